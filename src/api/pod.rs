//! Pod: kept small, since a run may hold 600,000 versions of pods. What never changes is shared, what repeats is an
//! enum, and texts are made only when they are read.

use super::meta::{Deletion, JobId, Name, NodeId, PodId};
use super::template::PodTemplate;
use crate::time::Time;
use std::rc::Rc;

/// A pod object.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// spec.nodeName, and since when; `None` before.
    pub bound: Option<Binding>,
    /// What it waits for while it has no node; `None` if nothing was said about it.
    pub pending: Option<Rc<Pending>>,
    /// status.startTime, whole seconds: when the kubelet saw it first.
    pub started: Option<Time>,
    /// The condition PodReadyToStartContainers.
    pub sandbox: Sandbox,
    /// The conditions Ready and ContainersReady.
    pub ready: Ready,
    /// The condition DisruptionTarget.
    pub disruption: Option<Disruption>,
    /// status.reason.
    pub reason: Option<PodReason>,
    /// Whether its init containers have all been done, and its sidecars started: it stays so.
    pub initialized: bool,
    /// Of the template's containers, in the template's order; empty until the kubelet has seen the pod.
    pub containers: Rc<[ContainerStatus]>,
    /// Of the template's init containers, sidecars included, likewise; `None` if it has none.
    pub init_containers: Option<Rc<[ContainerStatus]>>,
}

/// To which node a pod is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The node.
    pub node: NodeId,
    /// Since when, whole seconds.
    pub at: Time,
}

/// The condition PodScheduled=False, and the node that is kept for the pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Why it has no node.
    pub reason: PendingReason,
    /// lastTransitionTime, whole seconds.
    pub since: Time,
    /// status.nominatedNodeName.
    pub nominated: Option<NodeId>,
}

/// Reason and message of PodScheduled=False.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingReason {
    /// `SchedulingGated` (P-3).
    Gated,
    /// `Unschedulable`, with the scheduler's words (P-6, P-7).
    Unschedulable(Rc<str>),
}

/// Whether the sandbox of a pod is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sandbox {
    /// Status of PodReadyToStartContainers.
    pub is_up: bool,
    /// Its lastTransitionTime, whole seconds.
    pub since: Time,
}

/// status.reason of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodReason {
    /// By the kubelet, under node pressure.
    Evicted,
    /// It ran longer than its activeDeadlineSeconds.
    DeadlineExceeded,
}

impl PodReason {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            PodReason::Evicted => "Evicted",
            PodReason::DeadlineExceeded => "DeadlineExceeded",
        }
    }

    /// status.message.
    pub fn message(self) -> &'static str {
        match self {
            PodReason::Evicted => DisruptionReason::TerminationByKubelet.message(),
            PodReason::DeadlineExceeded => "Pod was active on the node longer than the specified deadline",
        }
    }
}

/// What a pod is born with.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// spec.priority.
    pub priority: i32,
    /// Whether its preemptionPolicy is Never.
    pub never_preempts: bool,
    /// priorityClassName, if it has one.
    pub priority_class: Option<Name>,
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
    /// False: some containers are not ready.
    ContainersNotReady,
    /// False, without a reason, because its node is not ready; ContainersReady stays True (P-82).
    NodeNotReady,
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
    /// A taint of the node (P-81).
    DeletionByTaintManager,
    /// The node is gone, or out of service (P-86, P-87).
    DeletionByPodGC,
}

impl DisruptionReason {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            DisruptionReason::EvictionByEvictionApi => "EvictionByEvictionAPI",
            DisruptionReason::PreemptionByScheduler => "PreemptionByScheduler",
            DisruptionReason::TerminationByKubelet => "TerminationByKubelet",
            DisruptionReason::DeletionByTaintManager => "DeletionByTaintManager",
            DisruptionReason::DeletionByPodGC => "DeletionByPodGC",
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
            DisruptionReason::DeletionByTaintManager => "Taint manager: deleting due to NoExecute taint",
            DisruptionReason::DeletionByPodGC => "PodGC: node no longer exists",
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
    /// Whether it runs and its startup probe, if it has one, has succeeded.
    pub started: bool,
    /// Whether it has started and its readiness probe, if it has one, succeeds; an init container: whether it is done.
    pub ready: bool,
}

impl ContainerStatus {
    /// A container that waits for its first start.
    pub fn waiting(reason: WaitingReason) -> ContainerStatus {
        ContainerStatus {
            state: ContainerState::Waiting(reason),
            last: None,
            restart_count: 0,
            started: false,
            ready: false,
        }
    }

    /// How it ended, if it does not run or wait.
    pub fn terminated(&self) -> Option<Terminated> {
        match self.state {
            ContainerState::Terminated(terminated) => Some(terminated),
            ContainerState::Waiting(_) | ContainerState::Running(_) => None,
        }
    }

    /// Whether it has run at all.
    pub fn has_run(&self) -> bool {
        !matches!(self.state, ContainerState::Waiting(_)) || self.last.is_some()
    }
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
    /// Init containers come first.
    PodInitializing,
    /// It will be started again after a while.
    CrashLoopBackOff,
    /// Its image could not be pulled.
    ErrImagePull,
    /// Its image will be pulled again after a while.
    ImagePullBackOff,
    /// Its image is not there, and must not be pulled.
    ErrImageNeverPull,
    /// Its image has no valid name.
    InvalidImageName,
    /// Something that its configuration names is missing.
    CreateContainerConfigError,
}

impl WaitingReason {
    /// Whether nothing was tried yet.
    pub fn is_first(self) -> bool {
        matches!(self, WaitingReason::ContainerCreating | WaitingReason::PodInitializing)
    }

    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            WaitingReason::ContainerCreating => "ContainerCreating",
            WaitingReason::PodInitializing => "PodInitializing",
            WaitingReason::CrashLoopBackOff => "CrashLoopBackOff",
            WaitingReason::ErrImagePull => "ErrImagePull",
            WaitingReason::ImagePullBackOff => "ImagePullBackOff",
            WaitingReason::ErrImageNeverPull => "ErrImageNeverPull",
            WaitingReason::InvalidImageName => "InvalidImageName",
            WaitingReason::CreateContainerConfigError => "CreateContainerConfigError",
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

    /// The message that goes with it; mostly none.
    pub fn message(self) -> &'static str {
        match self {
            TerminatedReason::ContainerStatusUnknown => {
                "The container could not be located when the pod was terminated"
            }
            TerminatedReason::Completed | TerminatedReason::Error | TerminatedReason::OomKilled => "",
        }
    }
}
