//! Commands that act: what each prints, and the inputs that do it. The cluster itself is not touched: an input becomes
//! a line of the text, and the run is recorded again.

use super::command::{Delete, Patch};
use super::create::refused;
use super::listing::Listing;
use super::resource::Resource;
use super::response::{Printed, Response};
use super::snapshot::{Namespaces, Snapshot};
use super::usage_error::UsageError;
use crate::api::Meta;
use crate::api::admission::{self, FieldValidation};
use crate::api::validation::Warning;
use crate::cluster::input::{Input, InputAction, ObjectKind, ObjectSelector, PodName, PodSelector};
use crate::time::Time;
use serde_json::Value;
use std::collections::BTreeSet;

/// Deletes what is there and reports what is missing.
pub(super) fn delete(delete: &Delete, snapshot: &Snapshot<'_>) -> Result<Response, UsageError> {
    let mut outcome = Response { printed: Printed::default(), inputs: Vec::new() };
    if delete.force {
        outcome.printed.stderr += "Warning: Immediate deletion does not wait for confirmation that the running resource \
                                   has been terminated. The resource may continue to run on the cluster indefinitely.\n";
    }
    for (resource, names) in &delete.wanted {
        let (found, missing) = find(*resource, names, &delete.namespace, snapshot);
        let how = if delete.force { "force deleted" } else { "deleted" };
        for name in found {
            let (resource_name, namespace) = (resource.qualified(), &delete.namespace);
            let place = if resource.is_namespaced() { format!(" from {namespace} namespace") } else { String::new() };
            outcome.printed.stdout += &format!("{resource_name} \"{name}\" {how}{place}\n");
            let action = match object_kind(*resource) {
                Some(kind) => {
                    InputAction::Delete { target: selector(kind, &name, &delete.namespace), cascade: delete.cascade }
                }
                None if *resource == Resource::Node => InputAction::NodeDelete(name.into()),
                None => InputAction::DeletePod {
                    target: PodSelector { pod: Some(PodName::Name(name.into())), ..PodSelector::default() },
                    grace_seconds: delete.grace_seconds,
                },
            };
            outcome.inputs.push(input(action, snapshot.at));
        }
        missing.iter().for_each(|name| outcome.printed.not_found(resource.plural(), name));
    }
    Ok(outcome)
}

/// Patches a Job or CronJob, if the API server accepts it. A patch that changes nothing is not an input.
pub(super) fn patch(patch: &Patch, snapshot: &Snapshot<'_>) -> Result<Response, UsageError> {
    let mut outcome = Response { printed: Printed::default(), inputs: Vec::new() };
    let Some(kind) = object_kind(patch.resource) else { return Err(UsageError::NotModelled("patch".to_owned())) };
    let printed = &mut outcome.printed;
    let change = patch.patch.as_ref().unwrap_or(&Value::Null);
    match (admitted(kind, patch, change, snapshot), &patch.patch) {
        (None, _) => printed.not_found(patch.resource.plural(), &patch.name),
        (_, Err(why)) => printed.fail(&format!("Error from server (BadRequest): {why}")),
        (Some(Err(refusal)), _) => {
            refused(kind.as_str(), &patch.name, &refusal).iter().for_each(|line| printed.fail(line));
        }
        (Some(Ok((is_new, warnings))), _) => {
            let mut printed_before = BTreeSet::new();
            for warning in warnings.into_iter().filter(|warning| printed_before.insert(warning.to_string())) {
                printed.stderr += &format!("Warning: {warning}\n");
            }
            let how = if is_new { "patched" } else { "patched (no change)" };
            printed.stdout = format!("{}/{} {how}\n", patch.resource.qualified(), patch.name);
            if is_new {
                let target = selector(kind, &patch.name, &patch.namespace);
                outcome.inputs.push(input(InputAction::Patch { target, patch: change.clone().into() }, snapshot.at));
            }
        }
    }
    Ok(outcome)
}

/// Whether a patch changes the object, and the warnings. `None` if there is no such object.
fn admitted(
    kind: ObjectKind,
    patch: &Patch,
    change: &Value,
    snapshot: &Snapshot<'_>,
) -> Option<Result<(bool, Vec<Warning>), admission::Refusal>> {
    let namespaces = Namespaces::One(patch.namespace.clone());
    let is_it = |meta: &Meta| *meta.name == *patch.name;
    Some(match kind {
        ObjectKind::Job => {
            let old = snapshot.jobs(&namespaces).into_iter().find(|job| is_it(&job.meta))?;
            let changed = admission::patch_job(old, change, FieldValidation::Warn);
            changed.map(|changed| (changed.object != *old, changed.warnings()))
        }
        ObjectKind::CronJob => {
            let old = snapshot.cron_jobs(&namespaces).into_iter().find(|cron_job| is_it(&cron_job.meta))?;
            let changed = admission::patch_cron_job(old, change, FieldValidation::Warn);
            changed.map(|changed| (changed.object != *old, changed.warnings()))
        }
    })
}

/// Which of the names are there, and which are not.
fn find(resource: Resource, names: &[String], namespace: &str, snapshot: &Snapshot<'_>) -> (Vec<String>, Vec<String>) {
    let all = Listing::of(resource, &Namespaces::One(namespace.to_owned()), snapshot);
    let (found, missing) = all.named(names, snapshot);
    (found.names(snapshot), missing)
}

fn object_kind(resource: Resource) -> Option<ObjectKind> {
    match resource {
        Resource::Job => Some(ObjectKind::Job),
        Resource::CronJob => Some(ObjectKind::CronJob),
        Resource::Pod | Resource::Node | Resource::Event => None,
    }
}

fn selector(kind: ObjectKind, name: &str, namespace: &str) -> ObjectSelector {
    let namespace = (namespace != "default").then(|| namespace.into());
    ObjectSelector { kind, namespace, name: Some(name.into()) }
}

fn input(action: InputAction, at: Time) -> Input {
    Input { at, action, note: None, disabled: false }
}
