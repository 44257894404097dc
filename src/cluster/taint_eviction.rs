//! The taint eviction controller: deletes pods from nodes with taints that they do not tolerate, or not for longer
//! (P-81). Upstream: pkg/controller/tainteviction.

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::Store;
use super::told::Told;
use crate::api::{DisruptionReason, Node, ObjectKey, Pod, PodId, Taint, TaintEffect};
use crate::order::{Map, Set};
use crate::time::{Span, Time};

/// From a restart of the controllers to their beginning (P-89).
const RESTART: Span = Span::from_millis(100);

/// Pods whose time on a tainted node ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct TaintEviction {
    /// When each of them goes, and the step that began it.
    timers: Map<PodId, (Time, StepId)>,
    due: Set<(Time, PodId)>,
    /// Pods that were deleted, until nothing makes them go any more.
    done: Set<PodId>,
    /// Timers that are not needed any more, which is told.
    cancelled: Map<PodId, StepId>,
}

impl ControlLoop for TaintEviction {
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        let timer = self.due.first().map(|(at, _)| (*at).max(now));
        let at = if self.cancelled.is_empty() { timer? } else { now };
        Some(Due::of_cluster(at, Turn::TaintEviction))
    }

    /// Taints come and go, pods come to nodes and go.
    fn observe(&mut self, event: &WatchEvent, store: &Store) {
        match (&event.old, &event.new) {
            (Some(Object::Node(old)), Some(Object::Node(node))) if no_execute(old).ne(no_execute(node)) => {
                self.node_changed(node, event, store);
            }
            (Some(Object::Pod(old)), Some(Object::Pod(pod))) => {
                let Some(bound) = pod.bound else { return };
                if old.bound.is_none()
                    && let Some(node) = store.node(bound.node)
                {
                    self.weigh(pod, node, event.at, event.step);
                }
            }
            (Some(Object::Pod(pod)), None) => {
                self.done.remove(&pod.id);
                self.cancel(pod.id, event.step);
            }
            _ => {}
        }
    }

    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let done = |pod, wake, cause| {
            let trigger = Trigger { wake, cause: Some(cause) };
            Some(Done { component: Component::TaintEviction, key: Some(ObjectKey::Pod(pod)), trigger })
        };
        if let Some((pod, cause)) = self.cancelled.pop_first() {
            api.reason(Reason::Told(Told::DeletionCancelled(pod)));
            return done(pod, Wake::TaintsChanged, cause);
        }
        let (at, id) = self.due.pop_first()?;
        if at > api.now {
            self.due.insert((at, id));
            return None;
        }
        let (_, cause) = self.timers.remove(&id)?;
        api.store.pod(id)?;
        self.done.insert(id);
        api.reason(Reason::Told(Told::MarkedForDeletion(id)));
        api.add_disruption_target(id, DisruptionReason::DeletionByTaintManager);
        api.delete_pod(id, None);
        done(id, Wake::TolerationOver, cause)
    }

    /// It begins anew: tolerated taints have their seconds from there.
    fn restart(&mut self, store: &Store, now: Time, step: StepId) {
        *self = TaintEviction::default();
        let start = now + RESTART;
        for pod in store.pods() {
            if let Some(node) = pod.bound.and_then(|bound| store.node(bound.node)) {
                self.weigh(pod, node, start, step);
            }
        }
    }
}

impl TaintEviction {
    fn node_changed(&mut self, node: &Node, event: &WatchEvent, store: &Store) {
        for pod in store.pods_on(node.id) {
            self.weigh(pod, node, event.at, event.step);
        }
    }

    /// Sets when a pod goes, if it has to. Upstream: processPodOnNode.
    fn weigh(&mut self, pod: &Pod, node: &Node, now: Time, step: StepId) {
        let placement = &pod.birth.template.spec.placement;
        let taints: Vec<&Taint> = no_execute(node).collect();
        if taints.is_empty() {
            return self.cancel(pod.id, step);
        }
        if taints.iter().any(|taint| !placement.tolerates(taint)) {
            self.cancel(pod.id, step);
            return self.set(pod.id, now, step);
        }
        let used = placement.tolerations.iter().filter(|one| taints.iter().any(|taint| one.tolerates(taint)));
        let Some(seconds) = used.filter_map(|one| one.toleration_seconds).min() else {
            return self.cancel(pod.id, step);
        };
        // A timer that runs goes on.
        if self.timers.get(&pod.id).is_none() {
            self.set(pod.id, now + Span::from_seconds(seconds.max(0)), step);
        }
    }

    fn set(&mut self, pod: PodId, at: Time, step: StepId) {
        if !self.done.contains(&pod) {
            self.timers.insert(pod, (at, step));
            self.due.insert((at, pod));
        }
    }

    /// A pod does not go any more; that is told if it would have. Upstream: cancelWorkWithEvent.
    fn cancel(&mut self, pod: PodId, step: StepId) {
        self.done.remove(&pod);
        if let Some((at, _)) = self.timers.remove(&pod) {
            self.due.remove(&(at, pod));
            self.cancelled.insert(pod, step);
        }
    }
}

fn no_execute(node: &Node) -> impl Iterator<Item = &Taint> {
    node.taints.iter().filter(|taint| taint.effect == TaintEffect::NoExecute)
}
