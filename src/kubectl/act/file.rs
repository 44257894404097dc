//! `kubectl create -f`, `apply -f` and `replace -f` (K16).

use super::change::{Target, targets};
use super::{creation, difference, resource_of, send, tell};
use crate::api::JobId;
use crate::api::admission;
use crate::cluster::input::{Input, InputAction, ObjectKind};
use crate::kubectl::command::{CreateFile, DryRun, FileVerb, OutputFormat};
use crate::kubectl::create::Creation;
use crate::kubectl::listing::Listing;
use crate::kubectl::resource::Resource;
use crate::kubectl::response::Response;
use crate::kubectl::snapshot::{Namespaces, Snapshot};
use crate::kubectl::template::go_value;
use crate::kubectl::usage_error::UsageError;
use crate::kubectl::world::World;
use crate::manifest::answer::Answer;
use serde_json::{Value, json};

/// The annotation in which `apply` remembers what it was given.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Creates, applies or replaces the objects of a file.
pub(in crate::kubectl) fn create_file(command: &CreateFile, world: &World<'_>) -> Result<Response, UsageError> {
    let (text, file) = world.file(&command.file);
    let mut outcome = Response::default();
    let documents = Answer::to_documents(text);
    if documents.is_empty() {
        let verb = match command.verb {
            FileVerb::Create => "create",
            FileVerb::Apply => "apply",
            FileVerb::Replace | FileVerb::ReplaceByForce => "replace",
        };
        outcome.printed.fail(&format!("error: no objects passed to {verb}"));
        return Ok(outcome);
    }
    let mut refused = Vec::new();
    let mut others = 0;
    for (manifest, answer) in documents {
        let kind = match (&answer, manifest["kind"].as_str()) {
            (Answer::NotModelled { kind, .. }, _) => return Err(UsageError::NotModelled(kind.clone())),
            (Answer::Accepted(_), Some("Job")) => ObjectKind::Job,
            (Answer::Accepted(_), Some("CronJob")) => ObjectKind::CronJob,
            // What is there is changed: whether the change is good is not whether a new object would be.
            (Answer::Refused(_), Some("Job")) if command.verb == FileVerb::Apply => ObjectKind::Job,
            (Answer::Refused(_), Some("CronJob")) if command.verb == FileVerb::Apply => ObjectKind::CronJob,
            _ => {
                refused.push((manifest, answer));
                continue;
            }
        };
        let document = match Document::read(kind, manifest, command, file) {
            Ok(document) => document,
            Err(why) => {
                outcome.printed.fail(&why);
                others += 1;
                continue;
            }
        };
        let exists = document.find(&world.snapshot)?.is_some();
        if matches!(answer, Answer::Refused(_)) && !exists {
            refused.push((document.manifest, answer));
            continue;
        }
        let failed = std::mem::take(&mut outcome.printed.failed);
        document.run(command, &answer, world, &mut outcome)?;
        others += usize::from(outcome.printed.failed);
        outcome.printed.failed |= failed;
        refused.extend(matches!(command.verb, FileVerb::Create).then_some((document.manifest, answer)));
    }
    refused.retain(|(_, answer)| !matches!(answer, Answer::Accepted(admitted) if admitted.warnings.is_empty()));
    if !refused.is_empty() {
        let failed = refused.iter().any(|(_, answer)| !matches!(answer, Answer::Accepted(_)));
        let lines = Creation { file, documents: &refused }.errors_beside(others);
        let before = std::mem::take(&mut outcome.printed.stderr);
        outcome.printed.stderr = lines.iter().map(|line| format!("{line}\n")).collect::<String>() + &before;
        outcome.printed.failed |= failed;
    }
    Ok(outcome)
}

/// A manifest of the file, in the namespace that it is for.
struct Document<'f> {
    kind: ObjectKind,
    name: String,
    namespace: String,
    manifest: Value,
    file: &'f str,
}

impl<'f> Document<'f> {
    fn read(
        kind: ObjectKind,
        mut manifest: Value,
        command: &CreateFile,
        file: &'f str,
    ) -> Result<Document<'f>, String> {
        let metadata = &manifest["metadata"];
        let own = metadata["namespace"].as_str().filter(|name| !name.is_empty()).map(str::to_owned);
        if let (Some(own), Some(given)) = (&own, &command.namespace)
            && own != given
        {
            return Err(format!(
                "error: the namespace from the provided object \"{own}\" does not match the namespace \"{given}\". You \
                 must pass '--namespace={own}' to perform this operation."
            ));
        }
        let name = metadata["name"].as_str().unwrap_or_default().to_owned();
        let base = metadata["generateName"].as_str().unwrap_or_default().to_owned();
        if command.verb == FileVerb::Apply && name.is_empty() && !base.is_empty() {
            return Err(format!("error: from {base}: cannot use generate name with apply"));
        }
        if let (None, Some(given)) = (&own, command.namespace.as_deref().filter(|given| *given != "default")) {
            manifest["metadata"]["namespace"] = json!(given);
        }
        let namespace = own.or(command.namespace.clone()).unwrap_or_else(|| "default".to_owned());
        Ok(Document { kind, name, namespace, manifest, file })
    }

    fn find<'a>(&self, snapshot: &Snapshot<'a>) -> Result<Option<Target<'a>>, UsageError> {
        let resource = resource_of(self.kind);
        let listing = Listing::of(resource, &Namespaces::One(self.namespace.clone()), snapshot);
        let found = listing.named(std::slice::from_ref(&self.name), snapshot).0;
        Ok(targets(&[(resource, found)], snapshot)?.pop())
    }

    fn resource(&self) -> Resource {
        resource_of(self.kind)
    }

    fn run(
        &self,
        command: &CreateFile,
        answer: &Answer,
        world: &World<'_>,
        outcome: &mut Response,
    ) -> Result<(), UsageError> {
        let known = self.find(&world.snapshot)?;
        let (plural, name, file) = (self.resource().plural(), &self.name, self.file);
        match (command.verb, known) {
            (FileVerb::Create, Some(_)) if command.dry_run != DryRun::Client => {
                outcome.printed.fail(&format!(
                    "Error from server (AlreadyExists): error when creating \"{file}\": {plural} \"{name}\" already exists"
                ));
            }
            (FileVerb::Create, _) => self.create(command, answer, self.manifest.clone(), "created", world, outcome)?,
            (FileVerb::Apply, None) => {
                let manifest = self.with_annotation();
                self.create(command, answer, manifest, "created", world, outcome)?;
            }
            (FileVerb::Apply, Some(target)) => self.apply(command, &target, world, outcome),
            (FileVerb::Replace, None) => outcome.printed.fail(&format!(
                "Error from server (NotFound): error when replacing \"{file}\": {plural} \"{name}\" not found"
            )),
            (FileVerb::Replace, Some(target)) => self.replace(command, answer, &target, world, outcome)?,
            (FileVerb::ReplaceByForce, known) => {
                if let Some(target) = known {
                    let (qualified, namespace) = (target.resource.qualified(), &self.namespace);
                    outcome.printed.stdout += &format!("{qualified} \"{name}\" deleted from {namespace} namespace\n");
                    let action = InputAction::Delete { target: target.selector(), cascade: command.cascade };
                    outcome.inputs.push(Input::new(world.snapshot.at, action));
                }
                self.create(command, answer, self.manifest.clone(), "replaced", world, outcome)?;
            }
        }
        Ok(())
    }

    fn create(
        &self,
        command: &CreateFile,
        answer: &Answer,
        manifest: Value,
        how: &str,
        world: &World<'_>,
        outcome: &mut Response,
    ) -> Result<(), UsageError> {
        let name = match self.name.is_empty() {
            false => self.name.clone(),
            true => generated_name(self.kind, &manifest, outcome.inputs.len(), &world.snapshot),
        };
        let qualified = format!("{}/{name}", self.resource().qualified());
        let shown = match (command.dry_run, answer) {
            (DryRun::Client, _) | (_, Answer::NotModelled { .. }) => manifest.clone(),
            (_, Answer::Accepted(admitted)) => {
                let mut value = admitted.value.clone();
                value["apiVersion"] = json!("batch/v1");
                value["kind"] = json!(self.kind.as_str());
                value
            }
            _ => manifest.clone(),
        };
        let words = format!("{how}{}", command.dry_run.suffix());
        tell(&mut outcome.printed, command.format.as_ref(), &qualified, &words, &shown);
        if command.dry_run == DryRun::None {
            outcome.inputs.push(creation(self.kind, manifest, world.snapshot.at)?);
        }
        Ok(())
    }

    /// The manifest with the annotation by which `apply` knows next time what was given this time.
    fn with_annotation(&self) -> Value {
        let mut kept = self.manifest.clone();
        let annotations = &mut kept["metadata"]["annotations"];
        if annotations.is_null() {
            *annotations = json!({});
        }
        if let Some(annotations) = annotations.as_object_mut() {
            annotations.remove(LAST_APPLIED);
        }
        kept["metadata"]["namespace"] = json!(self.namespace);
        let text = go_value::json(&kept) + "\n";
        kept["metadata"]["annotations"][LAST_APPLIED] = json!(text);
        if self.manifest["metadata"]["namespace"].is_null()
            && let Some(metadata) = kept["metadata"].as_object_mut()
        {
            metadata.remove("namespace");
        }
        kept
    }

    fn apply(&self, command: &CreateFile, target: &Target<'_>, world: &World<'_>, outcome: &mut Response) {
        let known = target.value["metadata"]["annotations"][LAST_APPLIED].as_str();
        if known.is_none() {
            outcome.printed.warn(&format!(
                "resource {}/{} is missing the {LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply \
                 should only be used on resources created declaratively by either kubectl create --save-config or kubectl \
                 apply. The missing annotation will be patched automatically.",
                target.resource.resource(),
                self.name
            ));
        }
        if !target.value["metadata"]["deletionTimestamp"].is_null() {
            let name = &self.name;
            let text = format!("Detected changes to resource {name} which is currently being deleted.");
            outcome.printed.warn(&text);
        }
        let original = known.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
        let modified = self.with_annotation();
        let mut change = difference::applied(&original, &modified, &target.value).unwrap_or_else(|| json!({}));
        if let Some(fields) = change.as_object_mut() {
            fields.remove("status");
        }
        if change == json!({}) {
            let line = format!("{}/{} unchanged{}\n", target.resource.qualified(), self.name, command.dry_run.suffix());
            outcome.printed.stdout += &line;
            return;
        }
        send(target, &change, ["configured", "configured"], command.dry_run, world, outcome);
    }

    /// What is written takes the place of all that was; of a Job that is refused unless it has its generated selector.
    fn replace(
        &self,
        command: &CreateFile,
        answer: &Answer,
        target: &Target<'_>,
        world: &World<'_>,
        outcome: &mut Response,
    ) -> Result<(), UsageError> {
        let Answer::Accepted(admitted) = answer else { return Ok(()) };
        if self.kind == ObjectKind::Job {
            return Err(UsageError::NotModelled("replace of a Job without --force".to_owned()));
        }
        if command.format.as_ref().is_some_and(|format| *format != OutputFormat::Name) {
            return Err(UsageError::NotModelled("replace -o".to_owned()));
        }
        let change = difference::between(&target.value, &admitted.value);
        send(target, &change, ["replaced", "replaced"], command.dry_run, world, outcome);
        Ok(())
    }
}

/// The name that the server makes of generateName: by the number that the object gets.
fn generated_name(kind: ObjectKind, manifest: &Value, created_before: usize, snapshot: &Snapshot<'_>) -> String {
    let recording = snapshot.recording;
    let created = match kind {
        ObjectKind::Job => recording.jobs().filter(|id| existed(crate::api::ObjectKey::Job(*id), snapshot)).count(),
        ObjectKind::CronJob => return manifest["metadata"]["generateName"].as_str().unwrap_or_default().to_owned(),
    };
    let id = JobId((created + created_before + 1) as u32);
    admission::create_job(manifest, id, snapshot.at).map(|job| job.meta.name.to_string()).unwrap_or_default()
}

fn existed(key: crate::api::ObjectKey, snapshot: &Snapshot<'_>) -> bool {
    snapshot.recording.version_at(key, snapshot.at).is_some()
}

/// Whether there is an object of this name.
pub(super) fn exists(kind: ObjectKind, name: &str, namespace: &str, snapshot: &Snapshot<'_>) -> bool {
    let resource = resource_of(kind);
    let listing = Listing::of(resource, &Namespaces::One(namespace.to_owned()), snapshot);
    listing.named(&[name.to_owned()], snapshot).0.count() > 0
}
