//! Commands that act: what each says, and the inputs that do it. The cluster itself is not touched: an input becomes
//! a line of the text, and the film is recorded anew.

use super::command::{Delete, Kind, Patch, Refusal};
use super::listing::Listing;
use super::view::{Namespaces, View};
use super::{Printed, Response};
use crate::api::Meta;
use crate::api::admission::{self, FieldValidation};
use crate::cluster::input::{Input, InputAction, ObjectKind, ObjectSelector, PodName, PodSelector};
use crate::manifest::answer::refused;
use crate::time::Time;
use serde_json::Value;
use std::collections::BTreeSet;

/// Deletes what is there; what is missing is told.
pub(super) fn delete(delete: &Delete, view: &View<'_>) -> Result<Response, Refusal> {
    let mut outcome = Response { printed: Printed::default(), inputs: Vec::new() };
    if delete.force {
        outcome.printed.stderr += "Warning: Immediate deletion does not wait for confirmation that the running resource \
                                   has been terminated. The resource may continue to run on the cluster indefinitely.\n";
    }
    for (kind, names) in &delete.wanted {
        let (found, missing) = find(*kind, names, &delete.namespace, view);
        let how = if delete.force { "force deleted" } else { "deleted" };
        for name in found {
            let (kind_name, namespace) = (kind.qualified(), &delete.namespace);
            outcome.printed.stdout += &format!("{kind_name} \"{name}\" {how} from {namespace} namespace\n");
            let verb = match object_kind(*kind) {
                Some(kind) => {
                    InputAction::Delete { target: selector(kind, &name, &delete.namespace), cascade: delete.cascade }
                }
                None => InputAction::DeletePod {
                    target: PodSelector { pod: Some(PodName::Name(name.into())), ..PodSelector::default() },
                    grace_seconds: delete.grace_seconds,
                },
            };
            outcome.inputs.push(input(verb, view.at));
        }
        missing.iter().for_each(|name| outcome.printed.not_found(kind.resource(), name));
    }
    Ok(outcome)
}

/// Patches a Job or CronJob, if the API server takes it. What changes nothing is no input.
pub(super) fn patch(patch: &Patch, view: &View<'_>) -> Result<Response, Refusal> {
    let mut outcome = Response { printed: Printed::default(), inputs: Vec::new() };
    let Some(kind) = object_kind(patch.kind) else { return Err(Refusal::NotModelled("patch".to_owned())) };
    let printed = &mut outcome.printed;
    let change = patch.patch.as_ref().unwrap_or(&Value::Null);
    match (admitted(kind, patch, change, view), &patch.patch) {
        (None, _) => printed.not_found(patch.kind.resource(), &patch.name),
        (_, Err(why)) => printed.fail(&format!("Error from server (BadRequest): {why}")),
        (Some(Err(refusal)), _) => {
            refused(kind.as_str(), &patch.name, &refusal).iter().for_each(|line| printed.fail(line));
        }
        (Some(Ok((is_new, warnings))), _) => {
            let mut told = BTreeSet::new();
            for warning in warnings.into_iter().filter(|warning| told.insert(warning.clone())) {
                printed.stderr += &format!("Warning: {warning}\n");
            }
            let how = if is_new { "patched" } else { "patched (no change)" };
            printed.stdout = format!("{}/{} {how}\n", patch.kind.qualified(), patch.name);
            if is_new {
                let target = selector(kind, &patch.name, &patch.namespace);
                outcome.inputs.push(input(InputAction::Patch { target, patch: change.clone().into() }, view.at));
            }
        }
    }
    Ok(outcome)
}

/// Whether a change makes something new, and what is warned of. `None` if there is no such object.
fn admitted(
    kind: ObjectKind,
    patch: &Patch,
    change: &Value,
    view: &View<'_>,
) -> Option<Result<(bool, Vec<String>), admission::Refusal>> {
    let namespaces = Namespaces::One(patch.namespace.clone());
    let is_it = |meta: &Meta| *meta.name == *patch.name;
    Some(match kind {
        ObjectKind::Job => {
            let old = view.jobs(&namespaces).into_iter().find(|job| is_it(&job.meta))?;
            let changed = admission::patch_job(old, change, FieldValidation::Warn);
            changed.map(|changed| (changed.object != *old, changed.warnings))
        }
        ObjectKind::CronJob => {
            let old = view.cron_jobs(&namespaces).into_iter().find(|cron_job| is_it(&cron_job.meta))?;
            let changed = admission::patch_cron_job(old, change, FieldValidation::Warn);
            changed.map(|changed| (changed.object != *old, changed.warnings))
        }
    })
}

/// Which of the names are there, and which are not.
fn find(kind: Kind, names: &[String], namespace: &str, view: &View<'_>) -> (Vec<String>, Vec<String>) {
    let all = Listing::of(kind, &Namespaces::One(namespace.to_owned()), view);
    let (found, missing) = all.named(names, view);
    (found.names(view), missing)
}

fn object_kind(kind: Kind) -> Option<ObjectKind> {
    match kind {
        Kind::Job => Some(ObjectKind::Job),
        Kind::CronJob => Some(ObjectKind::CronJob),
        Kind::Pod | Kind::Event => None,
    }
}

fn selector(kind: ObjectKind, name: &str, namespace: &str) -> ObjectSelector {
    let namespace = (namespace != "default").then(|| namespace.into());
    ObjectSelector { kind, namespace, name: Some(name.into()) }
}

fn input(verb: InputAction, at: Time) -> Input {
    Input { at, action: verb, note: None, disabled: false }
}
