//! Commands that act: what each prints, and the inputs that do it. The cluster itself is not touched: an input becomes
//! a line of the text, and the run is recorded again.

mod change;
mod delete;
mod difference;
mod file;
mod generate;
mod json_patch;
mod labelling;
mod node;
mod refuse;

pub(super) use delete::delete;
pub(super) use file::create_file;
pub(super) use generate::{create_cron_job, create_job};
pub(super) use labelling::{labelling, set_image};
pub(super) use node::{cordon, drain, taint};
pub(super) use refuse::{can_i, refuse};

use super::command::{DryRun, OutputFormat, Patch, PatchType};
use super::create::refused;
use super::resource::Resource;
use super::response::{Printed, Response};
use super::select;
use super::usage_error::UsageError;
use super::world::World;
use crate::cluster::input::{Input, InputAction, ObjectKind, ObjectSelector};
use crate::time::Time;
use change::{Target, targets};
use serde_json::Value;
use std::collections::BTreeSet;

/// The most objects that one command changes: each is a line of the text.
const MOST: usize = 200;

/// Patches Jobs and CronJobs, if the API server accepts it. A patch that changes nothing is not an input.
pub(super) fn patch(patch: &Patch, world: &World<'_>) -> Result<Response, UsageError> {
    only_words(patch.format.as_ref())?;
    let mut outcome = Response::default();
    let found = select::found(&patch.selection, world, &mut outcome.printed);
    for target in targets(&found, &world.snapshot)? {
        let change = match &patch.patch {
            Err(why) => {
                outcome.printed.fail(&format!("Error from server (BadRequest): {why}"));
                continue;
            }
            Ok(change) => match patch.patch_type {
                PatchType::Strategic => Ok(change.clone()),
                PatchType::Merge => Ok(difference::between(&target.value, &json_patch::merged(&target.value, change))),
                PatchType::Json => {
                    json_patch::applied(&target.value, change).map(|value| difference::between(&target.value, &value))
                }
            },
        };
        match change {
            Ok(change) => {
                send(&target, &change, ["patched", "patched (no change)"], patch.dry_run, world, &mut outcome)
            }
            Err(why) => outcome.printed.fail(&why),
        }
    }
    words_or_names(&mut outcome, patch.format.as_ref());
    Ok(outcome)
}

/// Sends a patch: prints what comes of it, with the words for a change and for none.
fn send(
    target: &Target<'_>,
    change: &Value,
    words: [&str; 2],
    dry_run: DryRun,
    world: &World<'_>,
    outcome: &mut Response,
) {
    let printed = &mut outcome.printed;
    match target.admitted(change) {
        Err(refusal) => {
            refused(target.kind.as_str(), &target.name, &refusal).iter().for_each(|line| printed.fail(line));
        }
        Ok((is_new, warnings)) => {
            let mut printed_before = BTreeSet::new();
            for warning in warnings.into_iter().filter(|warning| printed_before.insert(warning.to_string())) {
                printed.warn(&warning.to_string());
            }
            let how = if is_new { words[0] } else { words[1] };
            printed.stdout += &format!("{}/{} {how}{}\n", target.resource.qualified(), target.name, dry_run.suffix());
            if is_new && dry_run == DryRun::None {
                let action = InputAction::Patch { target: target.selector(), patch: change.clone().into() };
                outcome.inputs.push(Input::new(world.snapshot.at, action));
            }
        }
    }
}

/// After a change there is no object to print yet: it comes with the next recording.
fn only_words(format: Option<&OutputFormat>) -> Result<(), UsageError> {
    match format {
        None | Some(OutputFormat::Name) => Ok(()),
        Some(_) => Err(UsageError::NotModelled("-o of a command that changes something".to_owned())),
    }
}

/// With `-o name` the words behind the names are left out.
fn words_or_names(outcome: &mut Response, format: Option<&OutputFormat>) {
    if let Some(OutputFormat::Name) = format {
        let lines = outcome.printed.stdout.lines();
        let names = lines.map(|line| line.split(' ').next().unwrap_or_default().to_owned() + "\n");
        outcome.printed.stdout = names.collect();
    }
}

/// A result in words, or the object itself.
fn tell(printed: &mut Printed, format: Option<&OutputFormat>, name: &str, words: &str, value: &Value) {
    match format {
        None => printed.stdout += &format!("{name} {words}\n"),
        Some(OutputFormat::Name) => printed.stdout += &format!("{name}\n"),
        Some(format) => match super::printer::print(format, value, false) {
            Ok(text) => printed.stdout += &text,
            Err(why) => printed.fail(&why),
        },
    }
}

/// In mid-run only Jobs can be created: the format has no other input.
fn creation(kind: ObjectKind, manifest: Value, at: Time) -> Result<Input, UsageError> {
    match kind {
        ObjectKind::Job => Ok(Input::new(at, InputAction::Create(manifest.into()))),
        ObjectKind::CronJob => Err(UsageError::NotModelled("a CronJob that is created in mid-run".to_owned())),
    }
}

fn selector(kind: ObjectKind, name: &str, namespace: &str) -> ObjectSelector {
    let namespace = (namespace != "default").then(|| namespace.into());
    ObjectSelector { kind, namespace, name: Some(name.into()) }
}

/// The resource of a kind that the text of a run may have.
fn resource_of(kind: ObjectKind) -> Resource {
    match kind {
        ObjectKind::Job => Resource::Job,
        ObjectKind::CronJob => Resource::CronJob,
    }
}
