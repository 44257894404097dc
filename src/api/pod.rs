//! Pod: kept small, since a run may hold 600,000 versions of pods. What never changes is shared, what repeats is an
//! enum, and texts are made only when they are read.

use super::meta::{Deletion, JobId, Labels, Name, PodId};
use super::template::PodTemplate;
use crate::order;
use crate::time::Time;
use std::rc::Rc;

/// A pod object.
#[derive(Clone, Debug, PartialEq)]
pub struct Pod {
    /// Its UID.
    pub id: PodId,
    /// What never changes.
    pub birth: Rc<PodBirth>,
    /// The Job that controls it.
    pub owner: Option<JobId>,
    /// Whether it holds the finalizer `batch.kubernetes.io/job-tracking`.
    pub tracked: bool,
    /// Set while it is being deleted.
    pub deletion: Option<Deletion>,
    /// status.phase.
    pub phase: Phase,
    /// When it was bound to its node, whole seconds (status.startTime); `None` before.
    pub bound: Option<Time>,
    /// The conditions Ready and ContainersReady.
    pub ready: Ready,
    /// The condition DisruptionTarget.
    pub disruption: Option<Disruption>,
    /// Whether status.reason is `Evicted`.
    pub evicted: bool,
    /// Of the template's containers, in the template's order.
    pub containers: Rc<[ContainerStatus]>,
}

/// What a pod is born with.
#[derive(Clone, Debug, PartialEq)]
pub struct PodBirth {
    /// Namespace.
    pub namespace: Name,
    /// generateName: `pi-` or `pi-0-`.
    pub prefix: Name,
    /// The five generated characters.
    pub suffix: [u8; 5],
    /// The Job that made it; stays after adoption and release.
    pub job: JobId,
    /// Name of the Job that made it.
    pub job_name: Name,
    /// Completion index, for an Indexed Job.
    pub index: Option<u32>,
    /// Indexed: the n-th pod of its index in its Job; else the n-th pod of its Job. From 1.
    pub attempt: u32,
    /// The n-th pod of its Job, from 1.
    pub ordinal: u32,
    /// Annotation job-index-failure-count; `None` without backoffLimitPerIndex.
    pub failure_count: Option<u32>,
    /// Annotation job-index-ignored-failure-count, 0 where it is absent.
    pub ignored_failure_count: u32,
    /// The template it was made from.
    pub template: Rc<PodTemplate>,
    /// When, whole seconds.
    pub created: Time,
}

impl PodBirth {
    /// metadata.name.
    pub fn name(&self) -> String {
        let suffix: String = self.suffix.iter().map(|byte| char::from(*byte)).collect();
        format!("{}{suffix}", self.prefix)
    }
}

/// status.phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not all containers have started.
    Pending,
    /// At least one container runs or will run again.
    Running,
    /// All containers ended with 0.
    Succeeded,
    /// All containers ended, one of them not with 0.
    Failed,
}

impl Phase {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Pending => "Pending",
            Phase::Running => "Running",
            Phase::Succeeded => "Succeeded",
            Phase::Failed => "Failed",
        }
    }

    /// Succeeded or Failed: never changes again.
    pub fn is_terminal(self) -> bool {
        matches!(self, Phase::Succeeded | Phase::Failed)
    }
}

/// The conditions Ready and ContainersReady, which agree in the reference cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Whether it is ready, and if not, why.
    pub reason: ReadyReason,
    /// lastTransitionTime of the status, whole seconds.
    pub since: Time,
}

/// Status and reason of Ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyReason {
    /// No node yet: the condition is absent.
    Absent,
    /// True.
    Ready,
    /// False: some containers do not run.
    ContainersNotReady,
    /// False: it has succeeded.
    PodCompleted,
    /// False: it has failed.
    PodFailed,
}

/// The condition DisruptionTarget=True.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disruption {
    /// Why.
    pub reason: DisruptionReason,
    /// Since when, whole seconds.
    pub since: Time,
}

/// Reason of DisruptionTarget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisruptionReason {
    /// The eviction API: drain, autoscaler.
    EvictionByEvictionApi,
    /// The scheduler needed room.
    PreemptionByScheduler,
    /// The kubelet, under node pressure.
    TerminationByKubelet,
}

impl DisruptionReason {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            DisruptionReason::EvictionByEvictionApi => "EvictionByEvictionAPI",
            DisruptionReason::PreemptionByScheduler => "PreemptionByScheduler",
            DisruptionReason::TerminationByKubelet => "TerminationByKubelet",
        }
    }

    /// The condition's message.
    pub fn message(self) -> &'static str {
        match self {
            DisruptionReason::EvictionByEvictionApi => "Eviction API: evicting",
            DisruptionReason::PreemptionByScheduler => {
                "default-scheduler: preempting to accommodate a higher priority pod"
            }
            DisruptionReason::TerminationByKubelet => "The node was low on resource: memory. ",
        }
    }
}

/// Status of one container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContainerStatus {
    /// What it does now.
    pub state: ContainerState,
    /// How its last run ended, while it waits or runs again.
    pub last: Option<Terminated>,
    /// How often it was started again.
    pub restart_count: u32,
}

/// State of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerState {
    /// Not started, or not started again.
    Waiting(WaitingReason),
    /// Running since this time, whole seconds.
    Running(Time),
    /// Ended.
    Terminated(Terminated),
}

/// Why a container waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingReason {
    /// It is being made.
    ContainerCreating,
    /// It will be started again after a while.
    CrashLoopBackOff,
}

impl WaitingReason {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            WaitingReason::ContainerCreating => "ContainerCreating",
            WaitingReason::CrashLoopBackOff => "CrashLoopBackOff",
        }
    }
}

/// How a container ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminated {
    /// Exit code.
    pub exit_code: i32,
    /// In a word.
    pub reason: TerminatedReason,
    /// When it had started, whole seconds; `None` if it never did.
    pub started: Option<Time>,
    /// When it ended, whole seconds; `None` if it never started.
    pub finished: Option<Time>,
}

/// Reason of a terminated container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerminatedReason {
    /// Exit code 0.
    Completed,
    /// Another exit code.
    Error,
    /// Killed for its memory.
    OomKilled,
    /// It never started.
    ContainerStatusUnknown,
}

impl TerminatedReason {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            TerminatedReason::Completed => "Completed",
            TerminatedReason::Error => "Error",
            TerminatedReason::OomKilled => "OOMKilled",
            TerminatedReason::ContainerStatusUnknown => "ContainerStatusUnknown",
        }
    }
}

/// A pod condition, expanded from the compact form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PodCondition {
    /// Type.
    pub condition_type: &'static str,
    /// `True` or `False`.
    pub status: &'static str,
    /// Reason, or empty.
    pub reason: &'static str,
    /// lastTransitionTime.
    pub since: Time,
}

impl Pod {
    /// metadata.name.
    pub fn name(&self) -> String {
        self.birth.name()
    }

    /// Whether it is being deleted.
    pub fn is_deleting(&self) -> bool {
        self.deletion.is_some()
    }

    /// Neither ended nor being deleted (JC-10).
    pub fn is_active(&self) -> bool {
        !self.phase.is_terminal() && self.deletion.is_none()
    }

    /// Being deleted, and not ended (JC-11).
    pub fn is_terminating(&self) -> bool {
        !self.phase.is_terminal() && self.deletion.is_some()
    }

    /// Whether condition Ready is True (JC-12).
    pub fn is_ready(&self) -> bool {
        self.ready.reason == ReadyReason::Ready
    }

    /// Its containers by name, with their places in the template: so the kubelet lists their statuses.
    ///
    /// Upstream: kubelet/types SortedContainerStatuses.
    pub fn statuses(&self) -> Vec<(usize, &ContainerStatus)> {
        let declared = &self.birth.template.spec.containers;
        let mut statuses: Vec<(usize, &ContainerStatus)> = self.containers.iter().enumerate().collect();
        order::sort_by_key(&mut statuses, |(place, _)| declared.get(*place).map(|container| container.name.clone()));
        statuses
    }

    /// Restarts of all its containers.
    pub fn restarts(&self) -> u32 {
        self.containers.iter().map(|container| container.restart_count).sum()
    }

    /// Its labels: the template's, and for an Indexed Job its completion index (JC-147).
    pub fn labels(&self) -> Labels {
        let mut labels = Labels::clone(&self.birth.template.labels);
        if let Some(index) = self.birth.index {
            labels.insert("batch.kubernetes.io/job-completion-index".into(), index.to_string().into());
        }
        labels
    }

    /// status.conditions in the kubelet's order, foreign ones first (C3.1).
    pub fn conditions(&self) -> impl Iterator<Item = PodCondition> + '_ {
        let disruption = self.disruption.map(|disruption| PodCondition {
            condition_type: "DisruptionTarget",
            status: "True",
            reason: disruption.reason.as_str(),
            since: disruption.since,
        });
        let own = self.bound.into_iter().flat_map(move |bound| {
            let (status, reason) = match self.ready.reason {
                ReadyReason::Ready => ("True", ""),
                ReadyReason::Absent | ReadyReason::ContainersNotReady => ("False", "ContainersNotReady"),
                ReadyReason::PodCompleted => ("False", "PodCompleted"),
                ReadyReason::PodFailed => ("False", "PodFailed"),
            };
            let initialized = if self.ready.reason == ReadyReason::PodCompleted { "PodCompleted" } else { "" };
            [
                ("Initialized", "True", initialized, bound),
                ("Ready", status, reason, self.ready.since),
                ("ContainersReady", status, reason, self.ready.since),
                ("PodScheduled", "True", "", bound),
            ]
            .map(|(condition_type, status, reason, since)| PodCondition {
                condition_type,
                status,
                reason,
                since,
            })
        });
        disruption.into_iter().chain(own)
    }
}
