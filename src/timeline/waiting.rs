//! What keeps a pod from running, in the words of Kubernetes: those of its column STATUS and, while it has no node, those
//! of its condition PodScheduled.

use crate::api::{ContainerState, PendingReason, Phase, Pod, WaitingReason};
use crate::recording::{Initializing, pod_status};
use std::fmt;

/// What a pod waits for. A pod that is merely being started waits for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Somebody holds it back from the scheduler.
    Gated,
    /// No node takes it.
    Unschedulable,
    /// An init container runs, or cannot.
    Init(Initializing),
    /// A container cannot be started.
    Container(WaitingReason),
}

impl Waiting {
    /// What a pod waits for; `None` if it runs, ends, or is being started.
    pub(super) fn of(pod: &Pod) -> Option<Waiting> {
        if pod.deletion.is_some() || pod.phase.is_terminal() {
            return None;
        }
        match pod.bound {
            None => match pod.pending.as_ref()?.reason {
                PendingReason::Gated => Some(Waiting::Gated),
                PendingReason::Unschedulable(_) => Some(Waiting::Unschedulable),
            },
            Some(_) => Waiting::starting(pod).filter(|waiting| !waiting.is_start(pod)),
        }
    }

    /// What the containers of a pod that has a node wait for: also that of one that is being started.
    pub(super) fn starting(pod: &Pod) -> Option<Waiting> {
        if let Some(initializing) = pod_status::initializing(pod).filter(|_| pod.phase == Phase::Pending) {
            return Some(Waiting::Init(match initializing {
                Initializing::Waits(reason) => Initializing::Waits(settled(reason)),
                other => other,
            }));
        }
        let waits = |reason: &WaitingReason| *reason != WaitingReason::CrashLoopBackOff;
        let mut reasons = pod.regular_statuses().filter_map(|(_, status)| match status.state {
            ContainerState::Waiting(reason) => Some(reason),
            ContainerState::Running(_) | ContainerState::Terminated(_) => None,
        });
        Some(Waiting::Container(settled(reasons.find(waits)?)))
    }

    /// Whether nothing but the start of the pod is waited for.
    fn is_start(&self, pod: &Pod) -> bool {
        match self {
            Waiting::Init(Initializing::Progress { .. }) => !pod.init_statuses().any(|(_, status)| status.has_run()),
            Waiting::Init(Initializing::Waits(reason)) | Waiting::Container(reason) => reason.is_first(),
            Waiting::Init(Initializing::Ended(_)) | Waiting::Gated | Waiting::Unschedulable => false,
        }
    }

    /// Whether it waits for the next pull of an image.
    pub fn is_for_image(&self) -> bool {
        self.reason() == Some(WaitingReason::ImagePullBackOff)
    }

    /// Whether it waits for the end of a back-off.
    pub fn is_backoff(&self) -> bool {
        self.is_for_image() || self.reason() == Some(WaitingReason::CrashLoopBackOff)
    }

    fn reason(&self) -> Option<WaitingReason> {
        match self {
            Waiting::Container(reason) | Waiting::Init(Initializing::Waits(reason)) => Some(*reason),
            Waiting::Gated | Waiting::Unschedulable | Waiting::Init(_) => None,
        }
    }
}

/// A pod whose image cannot be pulled shows one word from a pull that fails to the next look, and another until the next
/// pull. It waits for the same.
fn settled(reason: WaitingReason) -> WaitingReason {
    if reason == WaitingReason::ErrImagePull { WaitingReason::ImagePullBackOff } else { reason }
}

impl fmt::Display for Waiting {
    /// `Unschedulable`, `Init:1/2`, `ImagePullBackOff`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Waiting::Gated => f.write_str("SchedulingGated"),
            Waiting::Unschedulable => f.write_str("Unschedulable"),
            Waiting::Init(initializing) => initializing.fmt(f),
            Waiting::Container(reason) => f.write_str(reason.as_str()),
        }
    }
}
