//! `kubectl create job` and `kubectl create cronjob` (K17).

use super::file::exists;
use super::{creation, tell};
use crate::api::admission::{self, Admitted, Refusal};
use crate::cluster::input::ObjectKind;
use crate::kubectl::command::{CreateCronJob, CreateJob, DryRun, OutputFormat};
use crate::kubectl::resource::Resource;
use crate::kubectl::response::Response;
use crate::kubectl::snapshot::Namespaces;
use crate::kubectl::usage_error::UsageError;
use crate::kubectl::world::World;
use serde_json::{Value, json};

/// A UID for an object that is only asked about.
const UID: &str = "00000000-0000-0000-0000-000000000000";

/// `kubectl create job NAME --image=… -- COMMAND`, or `--from=cronjob/NAME`.
pub(in crate::kubectl) fn create_job(command: &CreateJob, world: &World<'_>) -> Result<Response, UsageError> {
    let mut outcome = Response::default();
    let manifest = match &command.from {
        None => job(command),
        Some((resource, name)) => match from(command, *resource, name, world, &mut outcome)? {
            Some(manifest) => manifest,
            None => return Ok(outcome),
        },
    };
    let new = New {
        kind: ObjectKind::Job,
        name: &command.name,
        namespace: &command.namespace,
        manifest,
        dry_run: command.dry_run,
        format: command.format.as_ref(),
    };
    new.create(world, outcome)
}

fn job(command: &CreateJob) -> Value {
    json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": { "name": command.name },
        "spec": { "template": template(&command.name, &command.image, &command.command, "Never") },
    })
}

fn template(name: &str, image: &str, command: &[String], restart: &str) -> Value {
    let mut container = json!({ "name": name, "image": image, "resources": {} });
    if !command.is_empty() {
        container["command"] = json!(command);
    }
    json!({ "metadata": {}, "spec": { "containers": [container], "restartPolicy": restart } })
}

/// The Job that a CronJob would make, by hand. `None` if there is no such CronJob.
fn from(
    command: &CreateJob,
    resource: Resource,
    name: &str,
    world: &World<'_>,
    outcome: &mut Response,
) -> Result<Option<Value>, UsageError> {
    let namespaces = Namespaces::One(command.namespace.clone());
    if resource != Resource::CronJob {
        let exists = resource.object_kind().is_none_or(|kind| exists(kind, name, &command.namespace, &world.snapshot));
        match exists {
            true => outcome.printed.fail(&format!("error: unknown object type *v1.{}", resource.kind())),
            false => outcome.printed.not_found(resource.plural(), name),
        }
        return Ok(None);
    }
    let found = world.snapshot.cron_jobs(&namespaces).into_iter().find(|cron_job| *cron_job.meta.name == *name);
    let Some(cron_job) = found else {
        outcome.printed.not_found(resource.plural(), name);
        return Ok(None);
    };
    let job_template = &cron_job.spec.value["jobTemplate"];
    let mut annotations = job_template["metadata"]["annotations"].as_object().cloned().unwrap_or_default();
    annotations.insert("cronjob.kubernetes.io/instantiate".to_owned(), json!("manual"));
    let mut metadata = json!({
        "name": command.name,
        "annotations": annotations,
        "ownerReferences": [{
            "apiVersion": "batch/v1",
            "controller": true,
            "kind": "CronJob",
            "name": name,
            "uid": cron_job.id.to_string(),
        }],
    });
    if let Some(labels) = job_template["metadata"]["labels"].as_object() {
        metadata["labels"] = json!(labels);
    }
    Ok(Some(json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": metadata,
        "spec": job_template["spec"],
    })))
}

/// `kubectl create cronjob NAME --image=… --schedule=… -- COMMAND`.
pub(in crate::kubectl) fn create_cron_job(command: &CreateCronJob, world: &World<'_>) -> Result<Response, UsageError> {
    let template = template(&command.name, &command.image, &command.command, &command.restart);
    let manifest = json!({
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": { "name": command.name },
        "spec": {
            "schedule": command.schedule,
            "jobTemplate": { "metadata": { "name": command.name }, "spec": { "template": template } },
        },
    });
    let new = New {
        kind: ObjectKind::CronJob,
        name: &command.name,
        namespace: &command.namespace,
        manifest,
        dry_run: command.dry_run,
        format: command.format.as_ref(),
    };
    new.create(world, Response::default())
}

/// An object that kubectl made up.
struct New<'a> {
    kind: ObjectKind,
    name: &'a str,
    namespace: &'a str,
    manifest: Value,
    dry_run: DryRun,
    format: Option<&'a OutputFormat>,
}

impl New<'_> {
    fn create(mut self, world: &World<'_>, mut outcome: Response) -> Result<Response, UsageError> {
        if self.namespace != "default" {
            self.manifest["metadata"]["namespace"] = json!(self.namespace);
        }
        let what = if self.kind == ObjectKind::Job { "job" } else { "cronjob" };
        let qualified = format!("{what}.batch/{}", self.name);
        let words = format!("created{}", self.dry_run.suffix());
        if self.dry_run == DryRun::Client {
            let mut shown = self.manifest.clone();
            shown["status"] = json!({});
            tell(&mut outcome.printed, self.format, &qualified, &words, &shown);
            return Ok(outcome);
        }
        if exists(self.kind, self.name, self.namespace, &world.snapshot) {
            let name = self.name;
            outcome.printed.fail(&format!("error: failed to create {what}: {what}s.batch \"{name}\" already exists"));
            return Ok(outcome);
        }
        let answer: Result<Admitted, Refusal> = match self.kind {
            ObjectKind::Job => admission::admit_job(&self.manifest, UID),
            ObjectKind::CronJob => admission::admit_cron_job(&self.manifest, UID),
        };
        match answer {
            Err(refusal) => {
                let message = &refusal.message;
                outcome.printed.fail(&format!("error: failed to create {what}: {message}"));
            }
            Ok(admitted) => {
                admitted.warnings.iter().for_each(|warning| outcome.printed.warn(&warning.to_string()));
                let mut shown = admitted.value;
                shown["apiVersion"] = json!("batch/v1");
                shown["kind"] = json!(self.kind.as_str());
                tell(&mut outcome.printed, self.format, &qualified, &words, &shown);
                if self.dry_run == DryRun::None {
                    outcome.inputs.push(creation(self.kind, tidy(self.manifest), world.snapshot.at)?);
                }
            }
        }
        Ok(outcome)
    }
}

/// A manifest without fields that say nothing: the text is read by people.
fn tidy(mut manifest: Value) -> Value {
    for path in ["/spec/template", "/spec/jobTemplate/spec/template"] {
        let Some(template) = manifest.pointer_mut(path) else { continue };
        if template["metadata"] == json!({})
            && let Some(fields) = template.as_object_mut()
        {
            fields.remove("metadata");
        }
        for container in template["spec"]["containers"].as_array_mut().into_iter().flatten() {
            if container["resources"] == json!({})
                && let Some(fields) = container.as_object_mut()
            {
                fields.remove("resources");
            }
        }
    }
    manifest
}
