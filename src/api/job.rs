//! Job: spec, status, conditions. The whole spec stays a JSON value; [`JobSpec`] is the typed view of it that the
//! controllers read.

use super::index_set::IndexSet;
use super::message::Message;
use super::meta::{JobId, Meta, Name, PodId};
use super::pod_spec::PodSpec;
use super::selector::LabelSelector;
use super::template::PodTemplate;
use crate::time::Time;
use serde::Deserialize;
use serde_json::Value;
use std::rc::Rc;

/// A Job object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its UID.
    pub id: JobId,
    /// Metadata.
    pub meta: Meta,
    /// Spec; shared by all versions with the same spec.
    pub spec: Rc<JobSpec>,
    /// Status.
    pub status: JobStatus,
}

/// `completionMode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum CompletionMode {
    /// Each pod counts as one.
    #[default]
    NonIndexed,
    /// Each index must succeed once.
    Indexed,
}

/// `podReplacementPolicy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum PodReplacementPolicy {
    /// A pod that is being deleted is replaced at once.
    #[default]
    TerminatingOrFailed,
    /// A pod is replaced when it has failed.
    Failed,
}

/// The typed view of a defaulted and validated Job spec. Field names are Kubernetes's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct JobSpec {
    /// How many pods at a time.
    pub parallelism: i32,
    /// How many must succeed; `None` is a work queue.
    pub completions: Option<i32>,
    /// How long the Job may be active, from its startTime.
    pub active_deadline_seconds: Option<i64>,
    /// How many failed pods (or, with OnFailure, restarts) are tolerated.
    pub backoff_limit: i32,
    /// How many failures of one index are tolerated.
    pub backoff_limit_per_index: Option<i32>,
    /// How many failed indexes are tolerated.
    pub max_failed_indexes: Option<i32>,
    /// NonIndexed or Indexed.
    pub completion_mode: CompletionMode,
    /// Whether it is suspended.
    pub suspend: bool,
    /// Seconds from its end to its deletion.
    pub ttl_seconds_after_finished: Option<i64>,
    /// When a pod that is being deleted is replaced.
    pub pod_replacement_policy: PodReplacementPolicy,
    /// What a failed pod means.
    pub pod_failure_policy: Option<PodFailurePolicy>,
    /// What success means, beyond completions.
    pub success_policy: Option<SuccessPolicy>,
    /// Another controller's name, if one is to manage this Job.
    pub managed_by: Option<Name>,
    /// Whether the selector is the user's own.
    pub manual_selector: bool,
    /// Which pods are its own.
    pub selector: LabelSelector,
    /// What its pods look like.
    #[serde(skip)]
    pub template: Rc<PodTemplate>,
    /// The spec as the API server stores it, but for the pods' spec, which the template has: the Jobs of a CronJob share
    /// it, and differ in all the rest.
    #[serde(skip)]
    rest: Value,
}

impl Default for JobSpec {
    fn default() -> JobSpec {
        JobSpec {
            parallelism: 1,
            completions: None,
            active_deadline_seconds: None,
            backoff_limit: 6,
            backoff_limit_per_index: None,
            max_failed_indexes: None,
            completion_mode: CompletionMode::default(),
            suspend: false,
            ttl_seconds_after_finished: None,
            pod_replacement_policy: PodReplacementPolicy::default(),
            pod_failure_policy: None,
            success_policy: None,
            managed_by: None,
            manual_selector: false,
            selector: LabelSelector::default(),
            template: Rc::new(PodTemplate::from_value(&Value::Null)),
            rest: Value::Null,
        }
    }
}

impl JobSpec {
    /// The failure (or, with OnFailure, the restart) that ends the Job, counted from 1; `None` if backoffLimit is no limit.
    pub fn last_straw(&self) -> Option<u32> {
        let limit = u32::try_from(self.backoff_limit).ok().filter(|_| self.backoff_limit < i32::MAX)?;
        Some(match self.template.spec.restart_policy {
            super::RestartPolicy::OnFailure => limit.max(1),
            super::RestartPolicy::Never => limit + 1,
        })
    }

    /// The typed view of a defaulted and validated spec.
    ///
    /// # Errors
    /// What serde says where the value has not the shape of a Job spec; validation finds that first.
    pub fn from_value(mut value: Value) -> Result<JobSpec, serde_json::Error> {
        let mut spec = JobSpec::deserialize(&value)?;
        let pod_spec = value.pointer_mut("/template/spec").map(Value::take).unwrap_or_default();
        spec.template = Rc::new(PodTemplate::new(&value["template"]["metadata"], PodSpec::from_value(pod_spec)));
        spec.rest = value;
        Ok(spec)
    }

    /// The whole spec as the API server stores it.
    pub fn to_value(&self) -> Value {
        let mut value = self.rest.clone();
        if let Some(pod_spec) = value.pointer_mut("/template/spec") {
            *pod_spec = self.template.spec.value.clone();
        }
        value
    }

    /// The value of a field, by the names on the way to it; `None` where there is no such field.
    pub fn field(&self, path: &[&str]) -> Option<&Value> {
        let (root, path) = match path {
            ["template", "spec", path @ ..] => (&self.template.spec.value, path),
            path => (&self.rest, path),
        };
        path.iter().try_fold(root, |value, key| value.get(key))
    }

    /// Shares the pods' spec with another Job's if the two are equal.
    pub(crate) fn share(&mut self, other: &JobSpec) {
        if self.template.spec == other.template.spec {
            Rc::make_mut(&mut self.template).spec = Rc::clone(&other.template.spec);
        }
    }

    /// Whether the indexes of this Job matter.
    pub fn is_indexed(&self) -> bool {
        self.completion_mode == CompletionMode::Indexed
    }

    /// `completions` of an Indexed Job: the number of indexes.
    pub fn index_count(&self) -> u32 {
        self.completions.map_or(0, |count| u32::try_from(count).unwrap_or(0))
    }
}

/// `podFailurePolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PodFailurePolicy {
    /// Tried in order; the first that matches decides.
    #[serde(deserialize_with = "null_as_none")]
    pub rules: Vec<FailureRule>,
}

/// A list that Go writes even when it is absent.
fn null_as_none<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(list: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(list)?.unwrap_or_default())
}

/// A rule of `podFailurePolicy`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureRule {
    /// What to do.
    pub action: FailureAction,
    /// Matches by exit code.
    #[serde(default)]
    pub on_exit_codes: Option<ExitCodeRequirement>,
    /// Matches by pod condition.
    #[serde(default)]
    pub on_pod_conditions: Vec<PodConditionPattern>,
}

/// `action` of a failure rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum FailureAction {
    /// Fail the whole Job.
    FailJob,
    /// Fail this index.
    FailIndex,
    /// Do not count it.
    Ignore,
    /// Count it as ever.
    Count,
}

/// `onExitCodes`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExitCodeRequirement {
    /// Only this container, if given.
    #[serde(default)]
    pub container_name: Option<Name>,
    /// In or NotIn.
    pub operator: ExitCodeOperator,
    /// The exit codes.
    pub values: Vec<i32>,
}

/// `operator` of `onExitCodes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum ExitCodeOperator {
    /// One of the values.
    In,
    /// None of the values.
    NotIn,
}

/// A pattern of `onPodConditions`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PodConditionPattern {
    /// Condition type.
    #[serde(rename = "type")]
    pub condition_type: Name,
    /// Condition status, True by default.
    pub status: Name,
}

/// `successPolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SuccessPolicy {
    /// Tried in order; the first that is met decides.
    pub rules: Vec<SuccessRule>,
}

/// A rule of `successPolicy`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SuccessRule {
    /// Which indexes count; all if absent.
    #[serde(default)]
    pub succeeded_indexes: Option<Name>,
    /// How many of them are enough; all if absent.
    #[serde(default)]
    pub succeeded_count: Option<i32>,
}

/// `status` of a Job. Times are whole seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobStatus {
    /// In the order in which they were added; shared between versions.
    pub conditions: Rc<[Condition]>,
    /// When it was started or resumed.
    pub start_time: Option<Time>,
    /// When it completed; never set on a failed Job.
    pub completion_time: Option<Time>,
    /// Pods that run or wait and are not being deleted.
    pub active: u32,
    /// Active pods that are ready; `None` before the first sync.
    pub ready: Option<u32>,
    /// Pods that are being deleted and have not ended; `None` before the first sync.
    pub terminating: Option<u32>,
    /// Pods (or indexes) that succeeded.
    pub succeeded: u32,
    /// Pods that failed.
    pub failed: u32,
    /// Indexes that succeeded.
    pub completed_indexes: IndexSet,
    /// Indexes that failed for good; `None` without backoffLimitPerIndex.
    pub failed_indexes: Option<IndexSet>,
    /// Ended pods that are written down but still hold their finalizer; `None` before the first sync.
    pub uncounted: Option<UncountedPods>,
}

/// `uncountedTerminatedPods`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UncountedPods {
    /// To be added to `succeeded`.
    pub succeeded: Rc<[PodId]>,
    /// To be added to `failed`.
    pub failed: Rc<[PodId]>,
}

/// Type of a Job condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionType {
    /// Pods are held back.
    Suspended,
    /// It will fail, once nothing terminates any more.
    FailureTarget,
    /// It will complete, once nothing terminates any more.
    SuccessCriteriaMet,
    /// It has failed.
    Failed,
    /// It has completed.
    Complete,
}

impl ConditionType {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            ConditionType::Suspended => "Suspended",
            ConditionType::FailureTarget => "FailureTarget",
            ConditionType::SuccessCriteriaMet => "SuccessCriteriaMet",
            ConditionType::Failed => "Failed",
            ConditionType::Complete => "Complete",
        }
    }
}

/// Status of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionStatus {
    /// It holds.
    True,
    /// It does not hold.
    False,
}

impl ConditionStatus {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            ConditionStatus::True => "True",
            ConditionStatus::False => "False",
        }
    }
}

/// A condition of a Job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Which.
    pub condition_type: ConditionType,
    /// Whether it holds.
    pub status: ConditionStatus,
    /// lastProbeTime and lastTransitionTime, always equal here (JC-171).
    pub since: Time,
    /// One word.
    pub reason: &'static str,
    /// In words.
    pub message: Message,
}

impl JobStatus {
    /// The condition of this type that is True.
    pub fn true_condition(&self, condition_type: ConditionType) -> Option<&Condition> {
        self.conditions.iter().find(|c| c.condition_type == condition_type && c.status == ConditionStatus::True)
    }

    /// The condition that finished the Job: Complete or Failed (JC-16).
    pub fn finished(&self) -> Option<&Condition> {
        self.conditions.iter().find(|c| {
            matches!(c.condition_type, ConditionType::Complete | ConditionType::Failed)
                && c.status == ConditionStatus::True
        })
    }
}

impl Job {
    /// Whether it is Complete or Failed.
    pub fn is_finished(&self) -> bool {
        self.status.finished().is_some()
    }

    /// Whether it is being deleted.
    pub fn is_deleting(&self) -> bool {
        self.meta.deletion.is_some()
    }
}
