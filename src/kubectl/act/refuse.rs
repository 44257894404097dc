//! Commands that kubectl or the server refuses for Jobs and their like, once the object is found (K19.3, K19.6).

use crate::api::Phase;
use crate::kubectl::command::{CanI, Refusal, Selection};
use crate::kubectl::listing::Listing;
use crate::kubectl::resource::Resource;
use crate::kubectl::response::{Printed, Response};
use crate::kubectl::select;
use crate::kubectl::usage_error::UsageError;
use crate::kubectl::world::World;

/// `kubectl auth can-i`: whoever uses this cluster may do everything.
pub(in crate::kubectl) fn can_i(can_i: &CanI) -> Printed {
    let mut printed = Printed::default();
    if let Some(resource) = can_i.warns_of {
        printed.warn(&format!("resource '{}' is not namespace scoped\n", resource.resource()));
    }
    printed.stdout = if can_i.quiet { String::new() } else { "yes\n".to_owned() };
    printed
}

/// Prints why a command cannot be done.
pub(in crate::kubectl) fn refuse(
    selection: &Selection,
    how: Refusal,
    world: &World<'_>,
) -> Result<Response, UsageError> {
    let mut outcome = Response::default();
    let found = select::found(selection, world, &mut outcome.printed);
    if how == Refusal::Scale && outcome.printed.failed {
        let why = outcome.printed.stderr.replace("Error from server (NotFound): ", "");
        outcome.printed.stderr = format!("error: no objects passed to scale {why}");
    }
    for (resource, listing) in found {
        for (place, name) in listing.names(&world.snapshot).into_iter().enumerate() {
            match words(resource, &listing, place, &name, how) {
                Some(words) => outcome.printed.fail(&words),
                None => return Err(UsageError::NotModelled(not_modelled(how).to_owned())),
            }
        }
    }
    Ok(outcome)
}

fn not_modelled(how: Refusal) -> &'static str {
    match how {
        Refusal::Scale => "scale",
        Refusal::Rollout(_) => "rollout",
        Refusal::Expose => "expose",
        Refusal::Autoscale => "autoscale",
        Refusal::Exec => "exec",
    }
}

fn words(resource: Resource, listing: &Listing<'_>, place: usize, name: &str, how: Refusal) -> Option<String> {
    let (kind, plural) = (resource.kind(), resource.plural());
    let kind_and_group = if resource.object_kind().is_some() { format!("{kind}.batch") } else { kind.to_owned() };
    let short = resource.resource();
    Some(match how {
        Refusal::Scale => "Error from server (NotFound): the server could not find the requested resource".to_owned(),
        Refusal::Rollout("status") => {
            format!("error: no status viewer has been implemented for {kind_and_group}")
        }
        Refusal::Rollout("history") => {
            format!("error: no history viewer has been implemented for {}", crate::api::quoted(&kind_and_group))
        }
        Refusal::Rollout("undo") => {
            format!("error: no rollbacker has been implemented for {}", crate::api::quoted(&kind_and_group))
        }
        Refusal::Rollout(word) => {
            let doing = match word {
                "restart" => "restarting",
                "pause" => "pausing",
                _ => "resuming",
            };
            format!("error: {plural} \"{name}\" {doing} is not supported")
        }
        Refusal::Expose if resource == Resource::Pod => return None,
        Refusal::Expose => format!("error: cannot expose a {kind_and_group}"),
        Refusal::Autoscale => format!(
            "error: cannot autoscale a {kind}: could not find scale subresource for batch/v1, Resource={short} in \
             discovery information"
        ),
        Refusal::Exec => {
            let Listing::Pods(pods) = listing else { return None };
            match pods.get(place)?.phase {
                phase @ (Phase::Succeeded | Phase::Failed) => format!(
                    "error: cannot exec into a container in a completed pod; current phase is {}",
                    phase.as_str()
                ),
                Phase::Pending | Phase::Running => return None,
            }
        }
    })
}
