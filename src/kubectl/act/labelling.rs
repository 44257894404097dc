//! `kubectl label`, `annotate` and `set image` (K19).

use super::change::targets;
use super::{only_words, send, words_or_names};
use crate::kubectl::command::{Labelling, SetImage};
use crate::kubectl::response::{Printed, Response};
use crate::kubectl::select;
use crate::kubectl::usage_error::UsageError;
use crate::kubectl::world::World;
use serde_json::{Map, Value, json};

/// Sets and takes away labels or annotations. Upstream: kubectl/pkg/cmd/label, annotate.
pub(in crate::kubectl) fn labelling(command: &Labelling, world: &World<'_>) -> Result<Response, UsageError> {
    only_words(command.format.as_ref())?;
    let mut outcome = Response::default();
    let found = select::found(&command.selection, world, &mut outcome.printed);
    let field = if command.is_annotation { "annotations" } else { "labels" };
    for target in targets(&found, &world.snapshot)? {
        let known = &target.value["metadata"][field];
        if let Some(why) = overwritten(command, known) {
            outcome.printed.fail(&format!("error: {why}"));
            continue;
        }
        if !command.is_annotation {
            for (key, _) in command.changes.iter().filter(|(key, value)| value.is_none() && known[key].is_null()) {
                outcome.printed.stdout += &format!("label \"{key}\" not found.\n");
            }
        }
        let patch: Map<String, Value> = command
            .changes
            .iter()
            .filter(|(key, value)| known[key].as_str() != value.as_deref())
            .map(|(key, value)| (key.clone(), json!(value)))
            .collect();
        let removes_only = patch.values().all(Value::is_null);
        let words = match (command.is_annotation, removes_only) {
            (true, _) => ["annotated", "annotated"],
            (false, true) => ["unlabeled", "not labeled"],
            (false, false) => ["labeled", "not labeled"],
        };
        send(&target, &json!({ "metadata": { field: patch } }), words, command.dry_run, world, &mut outcome);
    }
    nothing(
        &found.iter().map(|(_, listing)| listing.count()).sum::<usize>(),
        command.selection.selects(),
        &mut outcome.printed,
    );
    words_or_names(&mut outcome, command.format.as_ref());
    Ok(outcome)
}

fn nothing(count: &usize, selects: bool, printed: &mut Printed) {
    if *count == 0 && selects && !printed.failed {
        printed.stderr += "No resources found\n";
    }
}

/// Values that would be replaced, though nobody said that they may be.
fn overwritten(command: &Labelling, known: &Value) -> Option<String> {
    if command.overwrite {
        return None;
    }
    let replaced = command.changes.iter().filter_map(|(key, value)| {
        let (old, new) = (known[key].as_str()?, value.as_deref()?);
        (old != new).then(|| format!("'{key}' already has a value ({old}), and --overwrite is false"))
    });
    let replaced: Vec<String> = replaced.collect();
    match &replaced[..] {
        [] => None,
        [one] => Some(one.clone()),
        all => Some(format!("[{}]", all.join(", "))),
    }
}

/// Gives containers other images; of a Job that has started the server refuses it.
pub(in crate::kubectl) fn set_image(command: &SetImage, world: &World<'_>) -> Result<Response, UsageError> {
    only_words(command.format.as_ref())?;
    let mut outcome = Response::default();
    let found = select::found(&command.selection, world, &mut outcome.printed);
    for target in targets(&found, &world.snapshot)? {
        let at = if target.value["kind"] == "CronJob" {
            "/spec/jobTemplate/spec/template/spec"
        } else {
            "/spec/template/spec"
        };
        let pod_spec = target.value.pointer(at).unwrap_or(&Value::Null);
        let mut patch: Map<String, Value> = Map::new();
        let mut missing = None;
        for (container, image) in &command.images {
            let mut is_there = false;
            for list in ["initContainers", "containers"] {
                let named = pod_spec[list].as_array().into_iter().flatten();
                for name in named.filter_map(|known| known["name"].as_str()) {
                    if container == "*" || name == container {
                        is_there = true;
                        if let Some(items) = patch.entry(list).or_insert_with(|| json!([])).as_array_mut() {
                            items.push(json!({ "name": name, "image": image }));
                        }
                    }
                }
            }
            missing = missing.or((!is_there).then_some(container));
        }
        if let Some(container) = missing {
            outcome.printed.fail(&format!("error: unable to find container named {}", crate::api::quoted(container)));
            continue;
        }
        let mut change = Value::Object(patch);
        for key in at.trim_start_matches('/').rsplit('/') {
            change = json!({ key: change });
        }
        if let Err(refusal) = target.admitted(&change) {
            let message = &refusal.message;
            outcome.printed.fail(&format!("error: failed to patch image update to pod template: {message}"));
            continue;
        }
        if target.admitted(&change).is_ok_and(|(is_new, _)| is_new) {
            send(&target, &change, ["image updated", "image updated"], command.dry_run, world, &mut outcome);
        }
    }
    words_or_names(&mut outcome, command.format.as_ref());
    Ok(outcome)
}
