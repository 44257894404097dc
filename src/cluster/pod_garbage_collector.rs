//! The pod garbage collector: every 20 s it removes pods that are being deleted and never had a node
//! (reference cluster 9; C9.10), pods whose node is gone (P-86), and pods that are being deleted on a node that is out of
//! service (P-87). Upstream: pkg/controller/podgc.

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::Store;
use crate::api::{DisruptionReason, NodeId, NodeReady, Phase, Pod, PodId};
use crate::order::Map;
use crate::time::{Span, Time};
use std::rc::Rc;

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
}

impl PodGarbageCollector {
    /// Looks at `now` and every [`PERIOD`] from there.
    pub(crate) fn start(now: Time) -> PodGarbageCollector {
        PodGarbageCollector { start: now, acted: None, gone: Map::new() }
    }

    /// Pods that are being deleted on a node that is not ready and out of service.
    fn out_of_service(store: &Store) -> Vec<PodId> {
        let nodes = store.nodes().filter(|node| {
            node.ready != NodeReady::True && node.taints.iter().any(|taint| *taint.key == *OUT_OF_SERVICE)
        });
        let nodes: Vec<NodeId> = nodes.map(|node| node.id).collect();
        if nodes.is_empty() {
            return Vec::new();
        }
        let is_there = |pod: &&Rc<Pod>| pod.is_deleting() && pod.bound.is_some_and(|bound| nodes.contains(&bound.node));
        store.pods().filter(is_there).map(|pod| pod.id).collect()
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
        if store.unscheduled_terminating().next().is_none()
            && self.gone.is_empty()
            && Self::out_of_service(store).is_empty()
        {
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

    /// Nodes go.
    fn observe(&mut self, event: &WatchEvent, _: &Store) {
        if let (Some(Object::Node(node)), None) = (&event.old, &event.new) {
            self.gone.insert(node.id, 0);
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
        for id in Self::out_of_service(api.store) {
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
        let gone = std::mem::take(&mut self.gone);
        *self = PodGarbageCollector::start(start);
        self.gone = gone;
        self.gone.iter_mut().for_each(|(_, rounds)| *rounds = 0);
    }
}
