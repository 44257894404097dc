//! The cells READY, STATUS and RESTARTS of a pod, as the API server's printer makes them (K6, K7).
//! The reference cluster runs no init containers, so there is no `Init:` here.

use super::snapshot::Snapshot;
use crate::api::{ContainerState, ContainerStatus, Phase, Pod, Terminated};

/// `1/2`: containers that run and are ready, of all.
pub(super) fn ready(pod: &Pod) -> String {
    let ready = pod.containers.iter().filter(|status| is_ready(status)).count();
    format!("{ready}/{}", pod.birth.template.spec.containers.len())
}

/// `3 (25s ago)`: restarts, and how long ago the last terminated run ended.
pub(super) fn restarts(pod: &Pod, snapshot: &Snapshot<'_>) -> String {
    let count = pod.restarts();
    let last_end = pod.containers.iter().filter_map(|status| status.last?.finished).max();
    match last_end {
        Some(end) if count > 0 => format!("{count} ({} ago)", snapshot.age(end)),
        _ => count.to_string(),
    }
}

/// The word of the column STATUS.
///
/// Upstream: printers.go printPod.
pub(super) fn status(pod: &Pod) -> String {
    if pod.is_terminating() {
        return "Terminating".to_owned();
    }
    let statuses = pod.statuses();
    let statuses = || statuses.iter().map(|(_, status)| *status);
    let word = statuses().find_map(word);
    let word = word.unwrap_or_else(|| if pod.evicted { "Evicted".to_owned() } else { pod.phase.as_str().to_owned() });
    if word != "Completed" || pod.phase == Phase::Succeeded {
        return word;
    }
    let runs = statuses().any(is_ready);
    if runs && pod.is_ready() {
        return "Running".to_owned();
    }
    // Since 1.35 a container that failed takes precedence over one that completed.
    let failed = statuses().filter_map(terminated).find(|terminated| terminated.exit_code != 0);
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
        ContainerState::Terminated(terminated) => Some(terminated.reason.as_str().to_owned()),
        ContainerState::Running(_) => None,
    }
}

fn terminated(status: &ContainerStatus) -> Option<Terminated> {
    match status.state {
        ContainerState::Terminated(terminated) => Some(terminated),
        ContainerState::Waiting(_) | ContainerState::Running(_) => None,
    }
}

/// Without probes a container is ready while it runs.
fn is_ready(status: &ContainerStatus) -> bool {
    matches!(status.state, ContainerState::Running(_))
}
