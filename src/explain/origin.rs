//! Places in the ground state that decided something: a field of a spec, an input, a behavior, a setting of the
//! cluster. The page finds their lines in the text and lets them glow. Knows nothing of spans.

use crate::api::{Job, JobId, ObjectKey};
use crate::cluster::input;
use crate::cluster::reason::{StepId, Wake};
use crate::manifest;
use crate::recording::{Object, Recording, Verb};
use crate::scenario::Scenario;
use serde_json::Value;

/// A field of a Job's or CronJob's spec that decides something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecField {
    /// parallelism.
    Parallelism,
    /// completions.
    Completions,
    /// completionMode.
    CompletionMode,
    /// backoffLimit.
    BackoffLimit,
    /// backoffLimitPerIndex.
    BackoffLimitPerIndex,
    /// maxFailedIndexes.
    MaxFailedIndexes,
    /// activeDeadlineSeconds of the Job.
    ActiveDeadlineSeconds,
    /// ttlSecondsAfterFinished.
    TtlSecondsAfterFinished,
    /// suspend of the Job.
    Suspend,
    /// podFailurePolicy, or one of its rules.
    PodFailurePolicy,
    /// successPolicy.
    SuccessPolicy,
    /// podReplacementPolicy.
    PodReplacementPolicy,
    /// restartPolicy of the pod template.
    RestartPolicy,
    /// terminationGracePeriodSeconds of the pod template.
    TerminationGracePeriodSeconds,
    /// managedBy.
    ManagedBy,
    /// selector.
    Selector,
    /// schedule of the CronJob.
    Schedule,
    /// timeZone of the CronJob.
    TimeZone,
    /// concurrencyPolicy of the CronJob.
    ConcurrencyPolicy,
    /// startingDeadlineSeconds of the CronJob.
    StartingDeadlineSeconds,
    /// suspend of the CronJob.
    CronSuspend,
    /// successfulJobsHistoryLimit of the CronJob.
    SuccessfulJobsHistoryLimit,
    /// failedJobsHistoryLimit of the CronJob.
    FailedJobsHistoryLimit,
}

impl SpecField {
    /// All of them.
    pub const ALL: [SpecField; 23] = [
        SpecField::Parallelism,
        SpecField::Completions,
        SpecField::CompletionMode,
        SpecField::BackoffLimit,
        SpecField::BackoffLimitPerIndex,
        SpecField::MaxFailedIndexes,
        SpecField::ActiveDeadlineSeconds,
        SpecField::TtlSecondsAfterFinished,
        SpecField::Suspend,
        SpecField::PodFailurePolicy,
        SpecField::SuccessPolicy,
        SpecField::PodReplacementPolicy,
        SpecField::RestartPolicy,
        SpecField::TerminationGracePeriodSeconds,
        SpecField::ManagedBy,
        SpecField::Selector,
        SpecField::Schedule,
        SpecField::TimeZone,
        SpecField::ConcurrencyPolicy,
        SpecField::StartingDeadlineSeconds,
        SpecField::CronSuspend,
        SpecField::SuccessfulJobsHistoryLimit,
        SpecField::FailedJobsHistoryLimit,
    ];

    /// Its way from the root of a Job or CronJob of its own.
    pub fn path(self) -> &'static [&'static str] {
        match self {
            SpecField::Parallelism => &["spec", "parallelism"],
            SpecField::Completions => &["spec", "completions"],
            SpecField::CompletionMode => &["spec", "completionMode"],
            SpecField::BackoffLimit => &["spec", "backoffLimit"],
            SpecField::BackoffLimitPerIndex => &["spec", "backoffLimitPerIndex"],
            SpecField::MaxFailedIndexes => &["spec", "maxFailedIndexes"],
            SpecField::ActiveDeadlineSeconds => &["spec", "activeDeadlineSeconds"],
            SpecField::TtlSecondsAfterFinished => &["spec", "ttlSecondsAfterFinished"],
            SpecField::Suspend | SpecField::CronSuspend => &["spec", "suspend"],
            SpecField::PodFailurePolicy => &["spec", "podFailurePolicy"],
            SpecField::SuccessPolicy => &["spec", "successPolicy"],
            SpecField::PodReplacementPolicy => &["spec", "podReplacementPolicy"],
            SpecField::RestartPolicy => &["spec", "template", "spec", "restartPolicy"],
            SpecField::TerminationGracePeriodSeconds => &["spec", "template", "spec", "terminationGracePeriodSeconds"],
            SpecField::ManagedBy => &["spec", "managedBy"],
            SpecField::Selector => &["spec", "selector"],
            SpecField::Schedule => &["spec", "schedule"],
            SpecField::TimeZone => &["spec", "timeZone"],
            SpecField::ConcurrencyPolicy => &["spec", "concurrencyPolicy"],
            SpecField::StartingDeadlineSeconds => &["spec", "startingDeadlineSeconds"],
            SpecField::SuccessfulJobsHistoryLimit => &["spec", "successfulJobsHistoryLimit"],
            SpecField::FailedJobsHistoryLimit => &["spec", "failedJobsHistoryLimit"],
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.path().last().copied().unwrap_or_default()
    }

    /// Whether it belongs to a CronJob itself, not to a Job.
    pub fn is_of_cron_job(self) -> bool {
        self >= SpecField::Schedule
    }
}

/// Where an object was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectSource {
    /// A manifest of the text, from 0.
    Manifest(u32),
    /// The jobTemplate of the CronJob that is this manifest, from 0.
    JobTemplate(u32),
    /// The `create` of an input, from 0.
    Input(u32),
}

/// A place in the ground state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A field.
    Field {
        /// Whose.
        source: ObjectSource,
        /// Which.
        field: SpecField,
        /// The rule of a policy, from 0.
        rule: Option<u32>,
        /// Whether it stands there; if not, the default decided.
        written: bool,
    },
    /// An input, from 0.
    Input(u32),
    /// A behavior, from 0.
    Behavior(u32),
    /// A setting of `cluster`.
    ClusterSetting(&'static str),
}

impl Origin {
    /// The same place for whoever looks for its bytes.
    pub fn in_text(&self) -> manifest::Place {
        match *self {
            Origin::Field { source, field, rule, .. } => field_in_text(source, field, rule),
            Origin::Input(number) => manifest::Place::input(number as usize),
            Origin::Behavior(number) => manifest::Place::behavior(number as usize),
            Origin::ClusterSetting(name) => manifest::Place::scenario(&format!("spec.cluster.{name}")),
        }
    }
}

/// Where the text has a field, or one rule of it.
pub(super) fn field_in_text(source: ObjectSource, field: SpecField, rule: Option<u32>) -> manifest::Place {
    let rule = rule.map(|rule| format!(".rules[{rule}]")).unwrap_or_default();
    let path = format!("{}{rule}", field.path().join("."));
    match source {
        ObjectSource::Manifest(number) => manifest::Place::manifest(number as usize, &path),
        ObjectSource::JobTemplate(number) => {
            manifest::Place::manifest(number as usize, &format!("spec.jobTemplate.{path}"))
        }
        ObjectSource::Input(number) => {
            manifest::Place::Input { input: number as usize, path: manifest::Path::parse(&format!("create.{path}")) }
        }
    }
}

/// A field with the value that it had when it decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Which.
    pub field: SpecField,
    /// The rule of a policy, from 0.
    pub rule: Option<u32>,
    /// Its value as it is written, or the action of the rule; empty for a whole structure.
    pub value: String,
    /// Where it stands: the manifest, or the patch that set it last. `None` if that cannot be told.
    pub origin: Option<Origin>,
}

impl Setting {
    /// As it is written: `backoffLimit: 3`, `podFailurePolicy.rules[0]: Ignore`, `successPolicy`.
    pub fn chip(&self) -> String {
        let rule = self.rule.map(|rule| format!(".rules[{rule}]")).unwrap_or_default();
        let value = if self.value.is_empty() { String::new() } else { format!(": {}", self.value) };
        format!("{}{rule}{value}", self.field.name())
    }

    /// Whether nobody wrote it.
    pub fn is_default(&self) -> bool {
        matches!(self.origin, Some(Origin::Field { written: false, .. }))
    }
}

/// What an explanation is made of: the film, and what it was recorded from.
#[derive(Clone, Copy)]
pub(super) struct Film<'a> {
    pub(super) recording: &'a Recording,
    pub(super) scenario: &'a Scenario,
}

impl<'a> Film<'a> {
    /// A field of a Job or CronJob as it was right after a step; `None` where it is absent.
    pub(super) fn setting(self, key: ObjectKey, field: SpecField, step: StepId) -> Option<Setting> {
        let value = match spec_value(self.last_seen(key, step)?, field)? {
            Value::Null => return None,
            Value::String(text) => text.clone(),
            Value::Object(_) | Value::Array(_) => String::new(),
            value @ (Value::Bool(_) | Value::Number(_)) => value.to_string(),
        };
        Some(Setting { field, rule: None, value, origin: self.origin(key, field, step) })
    }

    /// One rule of a policy; its value is the rule's action.
    pub(super) fn rule(self, key: ObjectKey, field: SpecField, number: u32, step: StepId) -> Option<Setting> {
        let policy = spec_value(self.last_seen(key, step)?, field)?;
        let action = policy["rules"][number as usize]["action"].as_str().unwrap_or_default().to_owned();
        let origin = self.origin(key, field, step).map(|origin| match origin {
            Origin::Field { source, field, written, .. } => {
                Origin::Field { source, field, rule: Some(number), written }
            }
            other => other,
        });
        Some(Setting { field, rule: Some(number), value: action, origin })
    }

    /// An object as it was right after a step; one that is gone by then as it was last.
    pub(super) fn last_seen(self, key: ObjectKey, step: StepId) -> Option<&'a Object> {
        self.recording.history(key).rfind(|version| version.step <= step).map(|version| &version.object)
    }

    /// A Job as it was right after a step.
    pub(super) fn job(self, job: JobId, step: StepId) -> Option<&'a Job> {
        match self.last_seen(ObjectKey::Job(job), step)? {
            Object::Job(job) => Some(job),
            Object::Pod(_) | Object::CronJob(_) => None,
        }
    }

    /// Where the value of a field comes from: the input that changed it last, else the source of the object.
    fn origin(self, key: ObjectKey, field: SpecField, until: StepId) -> Option<Origin> {
        let mut last: Option<(StepId, Verb, Option<&Value>)> = None;
        for version in self.recording.history(key).take_while(|version| version.step <= until) {
            let value = spec_value(&version.object, field);
            let changes = match version.verb {
                Verb::Create => true,
                Verb::Update => last.is_none_or(|(_, _, before)| before != value),
                Verb::Status | Verb::Remove => false,
            };
            if changes {
                last = Some((version.step, version.verb, value));
            }
        }
        let (step, verb, _) = last?;
        if verb == Verb::Update {
            return match self.recording.step(step).trigger.wake {
                Wake::Input(number) => Some(Origin::Input(number)),
                _ => None,
            };
        }
        let source = self.source(key)?;
        Some(Origin::Field { source, field, rule: None, written: self.is_written(source, field) })
    }

    /// Where an object was written down.
    pub(super) fn source(self, key: ObjectKey) -> Option<ObjectSource> {
        let created = self.recording.history(key).next()?;
        if let Object::Job(job) = &created.object
            && let Some(owner) = job.meta.owner
        {
            return match self.source(ObjectKey::CronJob(owner))? {
                ObjectSource::Manifest(number) => Some(ObjectSource::JobTemplate(number)),
                ObjectSource::JobTemplate(_) | ObjectSource::Input(_) => None,
            };
        }
        match self.recording.step(created.step).trigger.wake {
            Wake::Manifest(number) => Some(ObjectSource::Manifest(number)),
            Wake::Input(number) => Some(ObjectSource::Input(number)),
            _ => None,
        }
    }

    fn is_written(self, source: ObjectSource, field: SpecField) -> bool {
        let (root, prefix): (&Value, &[&str]) = match source {
            ObjectSource::Manifest(number) => match self.scenario.manifests.get(number as usize) {
                Some(manifest) => (&manifest.value, &[]),
                None => return false,
            },
            ObjectSource::JobTemplate(number) => match self.scenario.manifests.get(number as usize) {
                Some(manifest) => (&manifest.value, &["spec", "jobTemplate"]),
                None => return false,
            },
            ObjectSource::Input(number) => match self.scenario.inputs.get(number as usize).map(|input| &input.action) {
                Some(input::InputAction::Create(value)) => (value, &[]),
                _ => return false,
            },
        };
        prefix.iter().chain(field.path()).try_fold(root, |value, key| value.get(key)).is_some()
    }
}

/// The field's value in an object.
fn spec_value(object: &Object, field: SpecField) -> Option<&Value> {
    let spec = match object {
        Object::Job(job) => &job.spec.value,
        Object::CronJob(cron_job) => &cron_job.spec.value,
        Object::Pod(_) => return None,
    };
    field.path()[1..].iter().try_fold(&**spec, |value, key| value.get(key))
}
