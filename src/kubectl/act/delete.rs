//! `kubectl delete` (K18).

use super::{MOST, selector};
use crate::cluster::input::{Input, InputAction, PodName, PodSelector};
use crate::kubectl::command::{Delete, DryRun};
use crate::kubectl::resource::Resource;
use crate::kubectl::response::Response;
use crate::kubectl::select;
use crate::kubectl::usage_error::UsageError;
use crate::kubectl::world::World;

/// Deletes what is there and reports what is missing.
pub(in crate::kubectl) fn delete(delete: &Delete, world: &World<'_>) -> Result<Response, UsageError> {
    let snapshot = &world.snapshot;
    let mut outcome = Response::default();
    if let Some((old, new)) = delete.deprecated {
        outcome.printed.stderr += &format!(
            "warning: --cascade={old} is deprecated (boolean value) and can be replaced with --cascade={new}.\n"
        );
    }
    if delete.force {
        outcome.printed.stderr += "Warning: Immediate deletion does not wait for confirmation that the running resource \
                                   has been terminated. The resource may continue to run on the cluster indefinitely.\n";
    }
    let how = if delete.force { "force deleted" } else { "deleted" };
    let mut count = 0;
    for (resource, listing) in select::found(&delete.selection, world, &mut outcome.printed) {
        let namespaces = listing.namespaces(snapshot);
        for (place, name) in listing.names(snapshot).into_iter().enumerate() {
            count += 1;
            let namespace = namespaces.get(place).map_or("default", String::as_str);
            let qualified = resource.qualified();
            let from = if resource.is_namespaced() { format!(" from {namespace} namespace") } else { String::new() };
            outcome.printed.stdout += &match delete.by_name {
                true => format!("{qualified}/{name}\n"),
                false => format!("{qualified} \"{name}\" {how}{from}{}\n", delete.dry_run.suffix()),
            };
            let action = match resource.object_kind() {
                Some(kind) => InputAction::Delete { target: selector(kind, &name, namespace), cascade: delete.cascade },
                None if resource == Resource::Node => InputAction::NodeDelete(name.into()),
                None => InputAction::DeletePod {
                    target: PodSelector { pod: Some(PodName::Name(name.into())), ..PodSelector::default() },
                    grace_seconds: delete.grace_seconds,
                },
            };
            if delete.dry_run == DryRun::None {
                outcome.inputs.push(Input::new(snapshot.at, action));
            }
        }
    }
    if count == 0 && !outcome.printed.failed {
        outcome.printed.stdout += "No resources found\n";
    }
    match count > MOST {
        true => Err(UsageError::NotModelled(format!("more than {MOST} objects at once"))),
        false => Ok(outcome),
    }
}
