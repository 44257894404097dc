//! What the API server and the controllers wrote into an object: `kubectl get -o yaml` prints it, and a copy must leave it
//! out.

use super::fix::{Fix, FixAction, Fixer};
use super::values;
use crate::manifest::{Path, edit, read};
use serde_json::Value;

const METADATA: [&str; 9] = [
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields",
    "selfLink",
    "ownerReferences",
];
const LABELS: [&str; 4] =
    ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"];
const ANNOTATIONS: [&str; 4] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "batch.kubernetes.io/job-tracking",
    "batch.kubernetes.io/cronjob-scheduled-timestamp",
    "cronjob.kubernetes.io/instantiate",
];

/// Takes all of it out; `None` if there is none.
pub(super) fn removed(fixer: &Fixer<'_>, manifest: &Value) -> Option<Fix> {
    let mut paths = Vec::new();
    let job = if values::kind(manifest) == Some("CronJob") { Path::parse("spec.jobTemplate") } else { Path::default() };
    metadata(manifest, &Path::parse("metadata"), &mut paths);
    if job != Path::default() {
        metadata(manifest, &job.joined("metadata"), &mut paths);
    }
    metadata(manifest, &job.joined("spec").joined("template").joined("metadata"), &mut paths);
    let spec = job.joined("spec");
    let by_hand = values::at_path(manifest, &spec.joined("manualSelector")) == true;
    let selector = values::at_path(manifest, &spec.joined("selector").joined("matchLabels")).as_object();
    let is_generated = selector.is_some_and(|labels| labels.keys().any(|label| LABELS.contains(&label.as_str())));
    if is_generated && !by_hand {
        paths.push(spec.joined("selector"));
    }
    if manifest.get("status").is_some() {
        paths.push(Path::parse("status"));
    }
    if paths.is_empty() {
        return None;
    }
    let together = Fixer::together(FixAction::RemoveServerWritten, paths.iter().map(|path| fixer.remove(path)));
    together.or_else(|| one_by_one(fixer, &paths))
}

/// Between brackets each removal changes what is around the next.
fn one_by_one(fixer: &Fixer<'_>, paths: &[Path]) -> Option<Fix> {
    let mut text = fixer.reading.text.to_string();
    for path in paths {
        fixer.budget.read(text.len())?;
        let edits = edit::remove_field(&read(&text), &fixer.place(path)).ok()?;
        text = edit::apply(&text, &edits);
    }
    let edits = edit::difference(&fixer.reading.text, &text).into_iter().collect();
    Some(Fix { action: FixAction::RemoveServerWritten, edits })
}

/// Of one `metadata`: these fields, labels and annotations; a map of which nothing stays goes whole.
fn metadata(manifest: &Value, path: &Path, paths: &mut Vec<Path>) {
    let Some(fields) = values::at_path(manifest, path).as_object() else { return };
    let mut gone = Vec::new();
    let mut stays = false;
    for (field, value) in fields {
        let written: &[&str] = match field.as_str() {
            "labels" => &LABELS,
            "annotations" => &ANNOTATIONS,
            field if METADATA.contains(&field) => {
                gone.push(path.joined(field));
                continue;
            }
            _ => &[],
        };
        let keys: Vec<&String> = value.as_object().into_iter().flat_map(|map| map.keys()).collect();
        let of_server = |key: &&&String| written.contains(&key.as_str());
        let count = keys.iter().filter(of_server).count();
        if count > 0 && count == keys.len() {
            gone.push(path.joined(field));
        } else {
            stays = true;
            gone.extend(keys.iter().filter(of_server).map(|key| path.joined(field).joined(key)));
        }
    }
    if !stays && !gone.is_empty() {
        gone = vec![path.clone()];
    }
    paths.extend(gone);
}
