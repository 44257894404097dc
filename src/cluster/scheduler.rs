//! The scheduler: binds every pod after a fixed time. There is one node, with room for all pods.

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::Store;
use crate::api::{ContainerState, ContainerStatus, ObjectKey, Pod, PodId, Ready, ReadyReason, WaitingReason};
use crate::order::Map;
use crate::time::{Span, Time};

/// Pods that wait for a node.
#[derive(Clone, Debug)]
pub(crate) struct Scheduler {
    /// From a pod's creation to its node.
    scheduling: Span,
    /// When each pod gets its node, and the step that created it.
    due: Map<(Time, PodId), StepId>,
}

impl Scheduler {
    /// A scheduler that takes `scheduling` for each pod.
    pub(crate) fn new(scheduling: Span) -> Scheduler {
        Scheduler { scheduling, due: Map::new() }
    }
}

impl ControlLoop for Scheduler {
    fn next_due(&self, _: &Store, _: Time) -> Option<Due> {
        self.due.first().map(|((at, pod), _)| Due { at: *at, turn: Turn::Pod(*pod) })
    }

    /// A new pod waits for its node.
    fn observe(&mut self, event: &WatchEvent, _: &Store) {
        if let (None, Some(Object::Pod(pod))) = (&event.old, &event.new) {
            self.due.insert((event.at + self.scheduling, pod.id), event.step);
        }
    }

    /// Binds the next pod to the node, unless the pod is being deleted (reference cluster 2).
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let ((_, id), cause) = self.due.pop_first()?;
        let pod = api.store.pod(id)?;
        let trigger = Trigger::by(Wake::Scheduling, cause);
        let done = Done { component: Component::Scheduler, key: Some(ObjectKey::Pod(id)), trigger };
        if pod.is_deleting() {
            api.reason(Reason::NotBound);
            return Some(done);
        }
        let now = api.now.truncated();
        let waiting = ContainerStatus {
            state: ContainerState::Waiting(WaitingReason::ContainerCreating),
            last: None,
            restart_count: 0,
        };
        let containers = pod.birth.template.spec.containers.iter().map(|_| waiting).collect();
        let ready = Ready { reason: ReadyReason::ContainersNotReady, since: now };
        let pod = Pod { bound: Some(now), ready, containers, ..Pod::clone(pod) };
        api.reason(Reason::Bound { after: self.scheduling });
        api.update_pod_status(pod);
        Some(done)
    }
}
