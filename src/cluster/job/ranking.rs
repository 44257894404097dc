//! Which pods are deleted first when there are too many. Upstream: controller_utils.go ActivePods; JC-138.

use crate::api::{Phase, Pod};
use crate::order;
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

/// Sorts pods by the order of their deletion. Among equal pods of an Indexed Job, the lowest index comes first:
/// upstream sorts a list that is in the order of the indexes. It leaves other ties open; here the later pod comes first
/// (DC-2).
pub(crate) fn rank(pods: &mut [Rc<Pod>]) {
    order::sort_by(pods, |a, b| compare(a, b));
}

fn compare(a: &Pod, b: &Pod) -> Ordering {
    a.bound
        .is_some()
        .cmp(&b.bound.is_some())
        .then_with(|| weight(a).cmp(&weight(b)))
        .then_with(|| a.is_ready().cmp(&b.is_ready()))
        .then_with(|| match a.is_ready() && b.is_ready() {
            true => Reverse(a.ready.since).cmp(&Reverse(b.ready.since)),
            false => Ordering::Equal,
        })
        .then_with(|| Reverse(most_restarts(a)).cmp(&Reverse(most_restarts(b))))
        .then_with(|| Reverse(a.birth.created).cmp(&Reverse(b.birth.created)))
        .then_with(|| a.birth.index.cmp(&b.birth.index))
        .then_with(|| Reverse(a.id).cmp(&Reverse(b.id)))
}

fn weight(pod: &Pod) -> u8 {
    match pod.phase {
        Phase::Pending => 0,
        Phase::Running | Phase::Succeeded | Phase::Failed => 1,
    }
}

fn most_restarts(pod: &Pod) -> u32 {
    pod.containers.iter().map(|container| container.restart_count).max().unwrap_or(0)
}
