//! The pod garbage collector: every 20 s it removes pods that are being deleted and never had a node
//! (reference cluster 9; C9.10), pods whose node is gone (P-86), and pods that are being deleted on a node that is out of
//! service (P-87). Upstream: pkg/controller/podgc.

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::Store;
use crate::api::{DisruptionReason, Node, NodeId, NodeReady, Phase, Pod, PodId};
use crate::order::{Map, Set};
use crate::time::{Span, Time};

/// The time between two looks (gcCheckPeriod).
const PERIOD: Span = Span::from_seconds(20);
/// Rounds from the one that notices that a node is gone to the one that removes its pods (quarantineTime).
const QUARANTINE: u32 = 2;
/// Key of the taint by which people say that a node will not come back.
const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";
/// From a restart of the controllers to the first look (P-89).
const RESTART: Span = Span::from_millis(100);

/// A timer of [`PERIOD`], counted from the last start of the controllers.
#[derive(Clone, Debug)]
pub(crate) struct PodGarbageCollector {
    start: Time,
    /// When it last acted.
    acted: Option<Time>,
    /// Nodes that are gone and still have pods, and how many rounds have seen that.
    gone: Map<NodeId, u32>,
    /// Nodes that are not ready and out of service …
    out_of_service: Set<NodeId>,
    /// … and pods on them that are being deleted.
    stranded: Set<PodId>,
}

impl PodGarbageCollector {
    /// Looks at `now` and every [`PERIOD`] from there.
    pub(crate) fn start(now: Time) -> PodGarbageCollector {
        PodGarbageCollector {
            start: now,
            acted: None,
            gone: Map::new(),
            out_of_service: Set::new(),
            stranded: Set::new(),
        }
    }

    /// A node has become what it is now, or is gone.
    fn node_changed(&mut self, id: NodeId, node: Option<&Node>, store: &Store) {
        let is_out_of_service = node.is_some_and(|node| {
            node.ready != NodeReady::True && node.taints.iter().any(|taint| *taint.key == *OUT_OF_SERVICE)
        });
        if is_out_of_service && self.out_of_service.insert(id) {
            store.pods_on(id).for_each(|pod| self.pod_changed(pod));
        } else if !is_out_of_service && self.out_of_service.remove(&id) {
            store.pods_on(id).for_each(|pod| _ = self.stranded.remove(&pod.id));
        }
    }

    fn pod_changed(&mut self, pod: &Pod) {
        if pod.is_deleting() && pod.bound.is_some_and(|bound| self.out_of_service.contains(&bound.node)) {
            self.stranded.insert(pod.id);
        }
    }

    /// Upstream: gcOrphaned, podgc markFailedAndDeletePod.
    fn fail(id: PodId, disruption: Option<DisruptionReason>, api: &mut ApiServer<'_>) {
        if let Some(reason) = disruption {
            api.add_disruption_target(id, reason);
        }
        let Some(pod) = api.store.pod(id).cloned() else { return };
        if !pod.phase.is_terminal() {
            api.update_pod_status(Pod { phase: Phase::Failed, ..Pod::clone(&pod) });
        }
        api.delete_pod(id, Some(0));
    }
}

impl ControlLoop for PodGarbageCollector {
    /// The next tick, if there is a pod to remove; ticks without one are left out.
    fn next_due(&self, store: &Store, now: Time) -> Option<Due> {
        if store.unscheduled_terminating().next().is_none() && self.gone.is_empty() && self.stranded.is_empty() {
            return None;
        }
        if now < self.start {
            return Some(Due::of_cluster(self.start, Turn::PodGarbageCollector));
        }
        let periods = (now - self.start).millis().div_euclid(PERIOD.millis());
        let tick = self.start + Span::from_millis(periods * PERIOD.millis());
        let is_due = tick == now && self.acted.is_none_or(|acted| acted < now);
        Some(Due::of_cluster(if is_due { now } else { tick + PERIOD }, Turn::PodGarbageCollector))
    }

    /// Nodes change and go, and so do pods on them.
    fn observe(&mut self, event: &WatchEvent, store: &Store) {
        match (&event.old, &event.new) {
            (Some(Object::Node(node)), None) => {
                self.gone.insert(node.id, 0);
                self.node_changed(node.id, None, store);
            }
            (_, Some(Object::Node(node))) => self.node_changed(node.id, Some(node), store),
            (Some(Object::Pod(pod)), None) => _ = self.stranded.remove(&pod.id),
            (_, Some(Object::Pod(pod))) if !self.out_of_service.is_empty() => self.pod_changed(pod),
            _ => {}
        }
    }

    /// Makes those pods Failed and deletes them with grace 0.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        self.acted = Some(api.now);
        let before = (api.journal.reasons.len(), api.events.len());
        let mut over = Vec::new();
        for (node, rounds) in self.gone.iter_mut() {
            if *rounds == QUARANTINE {
                over.push(*node);
            }
            *rounds += 1;
        }
        let stranded: Vec<PodId> = self.stranded.iter().copied().collect();
        for id in stranded {
            api.reason(Reason::OutOfService(id));
            Self::fail(id, None, api);
        }
        for node in over {
            self.gone.remove(&node);
            let orphans: Vec<PodId> = api.store.pods_on(node).map(|pod| pod.id).collect();
            for id in orphans {
                api.reason(Reason::NodeGone(id));
                let runs = api.store.pod(id).is_some_and(|pod| !pod.phase.is_terminal());
                Self::fail(id, runs.then_some(DisruptionReason::DeletionByPodGC), api);
            }
        }
        let pods: Vec<PodId> = api.store.unscheduled_terminating().collect();
        for id in pods {
            api.reason(Reason::NeverScheduled(id));
            Self::fail(id, None, api);
        }
        if before == (api.journal.reasons.len(), api.events.len()) {
            return None;
        }
        let trigger = Trigger { wake: Wake::Period(PERIOD), cause: None };
        Some(Done { component: Component::PodGarbageCollector, key: None, trigger })
    }

    fn restart(&mut self, store: &Store, now: Time, _: StepId) {
        let runs_nodes = !self.gone.is_empty() || store.nodes().any(|node| node.capacity.is_some());
        let start = if runs_nodes { now + RESTART } else { now };
        (self.start, self.acted) = (start, None);
        self.gone.iter_mut().for_each(|(_, rounds)| *rounds = 0);
    }
}
