//! What components tell about pods and nodes in events, kept as facts: the Event objects are worked out when somebody
//! looks ([`crate::recording`]), so that 100,000 pods cost none.

use super::inventory::PullError;
use crate::api::{ContainerPlace, NodeId, PodId, ProbeKind, WaitingReason};
use crate::time::Span;
use std::rc::Rc;

/// One thing that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Told {
    // The kubelet, about a container (P-39 … P-51, P-72, P-73).
    Pulling(ContainerPlace),
    /// `took`: none if the image was there.
    Pulled {
        container: ContainerPlace,
        took: Option<Span>,
    },
    Created(ContainerPlace),
    Started(ContainerPlace),
    PullFailed {
        container: ContainerPlace,
        error: Rc<PullError>,
    },
    /// It must not be pulled.
    NeverPulled(ContainerPlace),
    InvalidImageName(ContainerPlace),
    /// It could not be started.
    CannotStart {
        container: ContainerPlace,
        reason: WaitingReason,
    },
    /// What one of its variables needs is missing; `need`: its place among them.
    ConfigMissing {
        container: ContainerPlace,
        need: u16,
        missing: Missing,
    },
    RefusesRoot(ContainerPlace),
    BackOffPulling(ContainerPlace),
    BackOffRestarting(ContainerPlace),
    Killing {
        container: ContainerPlace,
        why: Killing,
    },
    Unhealthy {
        container: ContainerPlace,
        probe: ProbeKind,
    },
    /// The readiness probe of a container that has stopped, in a pod whose status does not say so yet.
    ProbeErrored(ContainerPlace),

    // The kubelet, about the pod (P-55, P-90, P-91).
    /// `mount`: its place among those that are needed.
    MountFailed {
        mount: u16,
        missing: Missing,
    },
    DeadlineExceeded,
    Evicted,

    // The scheduler (P-5, P-6, P-18).
    Scheduled(NodeId),
    /// `event`: the number of the Event among those of the pod.
    Unschedulable {
        message: Rc<str>,
        event: u32,
    },
    /// The same Event, counted up.
    UnschedulableAgain {
        message: Rc<str>,
        event: u32,
        count: u32,
    },
    /// The pod had to go for another one.
    Preempted {
        pod: PodId,
        by: PodId,
        node: NodeId,
    },

    // The controllers of nodes (P-81, P-82, P-86, P-88).
    MarkedForDeletion(PodId),
    DeletionCancelled(PodId),
    PodNodeNotReady(PodId),
    NodeNotReady(NodeId),
    NodeRegistered(NodeId),
    NodeRemoved(NodeId),
}

impl Told {
    /// What keeps a pod back or ends it, in the word that kubectl shows for it; `None` if it is about something else.
    pub fn kept_back(&self) -> Option<&'static str> {
        Some(match self {
            Told::PullFailed { .. } => WaitingReason::ErrImagePull.as_str(),
            Told::BackOffPulling(_) => WaitingReason::ImagePullBackOff.as_str(),
            Told::BackOffRestarting(_) => WaitingReason::CrashLoopBackOff.as_str(),
            Told::NeverPulled(_) => WaitingReason::ErrImageNeverPull.as_str(),
            Told::InvalidImageName(_) => WaitingReason::InvalidImageName.as_str(),
            Told::ConfigMissing { .. } | Told::RefusesRoot(_) => WaitingReason::CreateContainerConfigError.as_str(),
            Told::CannotStart { reason, .. } => reason.as_str(),
            Told::Unhealthy { .. } | Told::ProbeErrored(_) => "Unhealthy",
            Told::MountFailed { .. } => "FailedMount",
            Told::DeadlineExceeded => "DeadlineExceeded",
            Told::Evicted => "Evicted",
            Told::Unschedulable { .. } | Told::UnschedulableAgain { .. } => "Unschedulable",
            _ => return None,
        })
    }

    /// Whether something is tried that may fail, or has failed: worth a stop, though nothing is written.
    pub fn is_try(&self) -> bool {
        matches!(self, Told::Pulling(_)) || self.is_failed_try()
    }

    /// Whether a try failed that may be tried again.
    pub fn is_failed_try(&self) -> bool {
        matches!(
            self,
            Told::PullFailed { .. }
                | Told::MountFailed { .. }
                | Told::Unschedulable { .. }
                | Told::UnschedulableAgain { .. }
        )
    }
}

/// What of a ConfigMap or Secret is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// All of it.
    Object,
    /// One of the keys that are needed, by its place among them.
    Key(u16),
}

/// Why the kubelet stops a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Killing {
    /// Its pod ends, or it is a sidecar whose pod is done.
    Stopping,
    /// A probe has failed.
    Probe {
        /// Which.
        probe: ProbeKind,
        /// Whether the container is started again.
        restarts: bool,
    },
}
