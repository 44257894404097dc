//! The cells READY, STATUS and RESTARTS of a pod, as the API server's printer makes them (K6, K7; P-63, P-95, P-96).
//! Upstream: printers.go printPod.

use crate::api::{
    Container, ContainerState, ContainerStatus, PendingReason, Phase, Pod, Terminated, TerminatedReason, WaitingReason,
};
use crate::time::Time;
use std::fmt;

/// What the first init container that is not done shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initializing {
    /// It runs, or is about to: so many init containers are done, of so many.
    Progress {
        /// Done.
        done: u16,
        /// Of all.
        of: u16,
    },
    /// It ended, and not well.
    Ended(TerminatedReason),
    /// Something keeps it from starting.
    Waits(WaitingReason),
}

impl fmt::Display for Initializing {
    /// As in the column STATUS.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Initializing::Progress { done, of } => write!(f, "Init:{done}/{of}"),
            Initializing::Ended(reason) => write!(f, "Init:{}", reason.as_str()),
            Initializing::Waits(reason) => write!(f, "Init:{}", reason.as_str()),
        }
    }
}

/// `1/2`: regular containers and sidecars that run and are ready, of all.
pub(crate) fn ready(pod: &Pod) -> String {
    let is_ready = |status: &ContainerStatus| matches!(status.state, ContainerState::Running(_)) && status.ready;
    let sidecars = pod.init_statuses().filter(|(declared, _)| declared.is_sidecar);
    let ready = sidecars.chain(pod.regular_statuses()).filter(|(_, status)| is_ready(status)).count();
    let spec = &pod.birth.template.spec;
    let all = spec.containers.len() + spec.init_containers.iter().filter(|container| container.is_sidecar).count();
    format!("{ready}/{all}")
}

/// `3 (25s ago)`: restarts, and how long ago the last terminated run ended.
pub(crate) fn restarts(pod: &Pod, age: impl Fn(Time) -> String) -> String {
    let is_initializing = initializing(pod).is_some();
    let counted = |declared: &Container| is_initializing || declared.is_sidecar;
    let init = pod.init_statuses().filter(|(declared, _)| counted(declared));
    let regular = pod.regular_statuses().filter(|_| !is_initializing || is_initialized(pod));
    let all: Vec<&ContainerStatus> = init.chain(regular).map(|(_, status)| status).collect();
    let count: u32 = all.iter().map(|status| status.restart_count).sum();
    let last_end: Option<Time> = all.iter().filter_map(|status| status.last?.finished).max();
    match last_end {
        Some(end) if count > 0 => format!("{count} ({} ago)", age(end)),
        _ => count.to_string(),
    }
}

/// The word of the column STATUS.
pub(crate) fn status(pod: &Pod) -> String {
    if pod.is_terminating() {
        return "Terminating".to_owned();
    }
    let initializing = initializing(pod);
    let is_over = initializing.is_none() || is_initialized(pod);
    let word = initializing.map_or_else(|| phase(pod), |initializing| initializing.to_string());
    if is_over { of_regular(pod, word) } else { word }
}

fn phase(pod: &Pod) -> String {
    let is_gated = pod.pending.as_ref().is_some_and(|pending| pending.reason == PendingReason::Gated);
    match pod.reason {
        _ if is_gated => "SchedulingGated".to_owned(),
        Some(reason) => reason.as_str().to_owned(),
        None => pod.phase.as_str().to_owned(),
    }
}

/// Whether condition Initialized is True; it is absent while the pod has no node.
fn is_initialized(pod: &Pod) -> bool {
    pod.started.is_some() && pod.is_initialized()
}

/// What the first init container that is not done shows; `None` if all are.
pub(crate) fn initializing(pod: &Pod) -> Option<Initializing> {
    let of = pod.birth.template.spec.init_containers.len() as u16;
    pod.init_statuses().enumerate().find_map(|(place, (declared, status))| {
        let progress = Initializing::Progress { done: place as u16, of };
        match status.state {
            ContainerState::Terminated(terminated) if terminated.exit_code == 0 => None,
            ContainerState::Running(_) if declared.is_sidecar && status.started => None,
            ContainerState::Terminated(terminated) => Some(Initializing::Ended(terminated.reason)),
            ContainerState::Waiting(reason) if reason != WaitingReason::PodInitializing => {
                Some(Initializing::Waits(reason))
            }
            ContainerState::Waiting(_) | ContainerState::Running(_) => Some(progress),
        }
    })
}

/// What the regular containers say of it.
fn of_regular(pod: &Pod, before: String) -> String {
    let statuses = pod.statuses();
    let statuses = || statuses.iter().map(|(_, status)| *status);
    let word = statuses().find_map(word).unwrap_or(before);
    if word != "Completed" || pod.phase == Phase::Succeeded {
        return word;
    }
    let runs = statuses().any(|status| matches!(status.state, ContainerState::Running(_)) && status.ready);
    if runs && pod.is_ready() {
        return "Running".to_owned();
    }
    // Since 1.35 a container that failed takes precedence over one that completed.
    let failed = statuses().filter_map(ContainerStatus::terminated).find(|terminated| terminated.exit_code != 0);
    match failed {
        Some(terminated) => terminated.reason.as_str().to_owned(),
        None if runs => "NotReady".to_owned(),
        None => word,
    }
}

/// The reason why a container waits or has terminated; the first one is the word of the pod.
fn word(status: &ContainerStatus) -> Option<String> {
    match status.state {
        ContainerState::Waiting(reason) => Some(reason.as_str().to_owned()),
        ContainerState::Terminated(Terminated { reason, .. }) => Some(reason.as_str().to_owned()),
        ContainerState::Running(_) => None,
    }
}
