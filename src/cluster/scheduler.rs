//! The scheduler: gives every pod its node after a while. There is one node, and room for all.

use super::api_server::{ApiServer, Change};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use crate::api::{ContainerState, ContainerStatus, Pod, PodId, Ready, ReadyReason, WaitingReason};
use crate::order::Map;
use crate::time::{Span, Time};

/// Pods that wait for a node.
#[derive(Clone, Debug)]
pub(crate) struct Scheduler {
    scheduling: Span,
    due: Map<(Time, PodId), StepId>,
}

impl Scheduler {
    /// A scheduler that takes this long for each pod.
    pub(crate) fn new(scheduling: Span) -> Scheduler {
        Scheduler { scheduling, due: Map::new() }
    }

    /// A new pod waits for its node.
    pub(crate) fn observe(&mut self, change: &Change, now: Time, step: StepId) {
        if let (None, Some(Object::Pod(pod))) = (&change.old, &change.new) {
            self.due.insert((now + self.scheduling, pod.id), step);
        }
    }

    /// The next pod whose time has come.
    pub(crate) fn next_due(&self) -> Option<(Time, PodId)> {
        self.due.first().map(|(key, _)| *key)
    }

    /// Gives the next pod its node, unless it is being deleted (reference cluster 2).
    pub(crate) fn act(&mut self, api: &mut ApiServer<'_>) -> Option<(Component, PodId, Trigger)> {
        let ((_, id), cause) = self.due.pop_first()?;
        let pod = api.store.pod(id)?;
        let trigger = Trigger { wake: Wake::Scheduling, cause: Some(cause) };
        if pod.is_deleting() {
            api.reason(Reason::NotBound);
            return Some((Component::Scheduler, id, trigger));
        }
        let now = api.now.truncated();
        let waiting = ContainerStatus {
            state: ContainerState::Waiting(WaitingReason::ContainerCreating),
            last: None,
            restart_count: 0,
        };
        let containers = pod.birth.template.containers.iter().map(|_| waiting).collect();
        let ready = Ready { reason: ReadyReason::ContainersNotReady, since: now };
        let pod = Pod { bound: Some(now), ready, containers, ..Pod::clone(pod) };
        api.reason(Reason::Bound { after: self.scheduling });
        api.update_pod_status(pod);
        Some((Component::Scheduler, id, trigger))
    }
}
