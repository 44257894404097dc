//! The fields of a spec that decide something.

use crate::api::ContainerPlace;
use crate::manifest::{Path, PathStep};
use crate::recording::Object;
use serde_json::Value;

/// A field of a container that decides whether it can start, and where.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContainerField {
    Image,
    ImagePullPolicy,
    Env,
    EnvFrom,
    /// resources.requests of cpu.
    Cpu,
    /// resources.requests of memory.
    Memory,
    /// resources.requests.
    Requests,
}

impl ContainerField {
    /// The one that asks for a resource.
    pub(super) fn requesting(resource: &str) -> ContainerField {
        match resource {
            "cpu" => ContainerField::Cpu,
            "memory" => ContainerField::Memory,
            _ => ContainerField::Requests,
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            ContainerField::Image => &["image"],
            ContainerField::ImagePullPolicy => &["imagePullPolicy"],
            ContainerField::Env => &["env"],
            ContainerField::EnvFrom => &["envFrom"],
            ContainerField::Cpu => &["resources", "requests", "cpu"],
            ContainerField::Memory => &["resources", "requests", "memory"],
            ContainerField::Requests => &["resources", "requests"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            ContainerField::Cpu => "requests.cpu",
            ContainerField::Memory => "requests.memory",
            _ => self.keys().last().copied().unwrap_or_default(),
        }
    }
}

/// A field of a Job's or CronJob's spec that decides something.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecField {
    Parallelism,
    Completions,
    CompletionMode,
    BackoffLimit,
    BackoffLimitPerIndex,
    MaxFailedIndexes,
    /// activeDeadlineSeconds of the Job.
    ActiveDeadlineSeconds,
    TtlSecondsAfterFinished,
    /// suspend of the Job.
    Suspend,
    /// podFailurePolicy, or one of its rules.
    PodFailurePolicy,
    SuccessPolicy,
    PodReplacementPolicy,
    /// restartPolicy of the pod template.
    RestartPolicy,
    /// terminationGracePeriodSeconds of the pod template.
    TerminationGracePeriodSeconds,
    ManagedBy,
    Selector,
    /// nodeSelector of the pod template.
    NodeSelector,
    /// affinity of the pod template.
    Affinity,
    /// tolerations of the pod template.
    Tolerations,
    /// topologySpreadConstraints of the pod template.
    TopologySpread,
    /// volumes of the pod template.
    Volumes,
    /// activeDeadlineSeconds of the pod template.
    PodDeadline,
    /// A field of a container of the pod template.
    OfContainer(ContainerPlace, ContainerField),
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
    /// All of them but those of containers.
    pub const ALL: [SpecField; 29] = [
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
        SpecField::NodeSelector,
        SpecField::Affinity,
        SpecField::Tolerations,
        SpecField::TopologySpread,
        SpecField::Volumes,
        SpecField::PodDeadline,
        SpecField::Schedule,
        SpecField::TimeZone,
        SpecField::ConcurrencyPolicy,
        SpecField::StartingDeadlineSeconds,
        SpecField::CronSuspend,
        SpecField::SuccessfulJobsHistoryLimit,
        SpecField::FailedJobsHistoryLimit,
    ];

    /// The keys to it from the root of a Job or CronJob manifest; of a field of a container, to the list of containers.
    fn keys(self) -> &'static [&'static str] {
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
            SpecField::NodeSelector => &["spec", "template", "spec", "nodeSelector"],
            SpecField::Affinity => &["spec", "template", "spec", "affinity"],
            SpecField::Tolerations => &["spec", "template", "spec", "tolerations"],
            SpecField::TopologySpread => &["spec", "template", "spec", "topologySpreadConstraints"],
            SpecField::Volumes => &["spec", "template", "spec", "volumes"],
            SpecField::PodDeadline => &["spec", "template", "spec", "activeDeadlineSeconds"],
            SpecField::OfContainer(ContainerPlace::Init(_), _) => &["spec", "template", "spec", "initContainers"],
            SpecField::OfContainer(ContainerPlace::Regular(_), _) => &["spec", "template", "spec", "containers"],
            SpecField::Schedule => &["spec", "schedule"],
            SpecField::TimeZone => &["spec", "timeZone"],
            SpecField::ConcurrencyPolicy => &["spec", "concurrencyPolicy"],
            SpecField::StartingDeadlineSeconds => &["spec", "startingDeadlineSeconds"],
            SpecField::SuccessfulJobsHistoryLimit => &["spec", "successfulJobsHistoryLimit"],
            SpecField::FailedJobsHistoryLimit => &["spec", "failedJobsHistoryLimit"],
        }
    }

    /// Its path from the root of a Job or CronJob manifest.
    pub fn path(self) -> Path {
        let key = |key: &&str| PathStep::Key((*key).to_owned());
        let mut steps: Vec<PathStep> = self.keys().iter().map(key).collect();
        if let SpecField::OfContainer(ContainerPlace::Init(place) | ContainerPlace::Regular(place), field) = self {
            steps.push(PathStep::Index(usize::from(place)));
            steps.extend(field.keys().iter().map(key));
        }
        Path(steps)
    }

    /// Its name; of a field of a container with as much of its path as tells it apart.
    pub fn name(self) -> &'static str {
        match self {
            SpecField::OfContainer(_, field) => field.name(),
            _ => self.keys().last().copied().unwrap_or_default(),
        }
    }

    /// Its value in the spec of a Job, or of a CronJob.
    pub(super) fn value_in(self, object: &Object) -> Option<&Value> {
        let keys = &self.keys()[1..];
        let found = match object {
            Object::Job(job) => job.spec.field(keys),
            Object::CronJob(cron_job) => keys.iter().try_fold(&*cron_job.spec.value, |value, key| value.get(key)),
            Object::Pod(_) | Object::Node(_) => None,
        };
        match self {
            SpecField::OfContainer(ContainerPlace::Init(place) | ContainerPlace::Regular(place), field) => {
                let container = found?.get(usize::from(place))?;
                field.keys().iter().try_fold(container, |value, key| value.get(key))
            }
            _ => found,
        }
    }

    /// Whether it belongs to a container.
    pub(super) fn is_of_container(self) -> bool {
        matches!(self, SpecField::OfContainer(..))
    }

    /// Whether it belongs to a CronJob itself, not to a Job.
    pub fn is_of_cron_job(self) -> bool {
        self >= SpecField::Schedule
    }
}
