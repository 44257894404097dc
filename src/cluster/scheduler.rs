//! The scheduler: finds a node for every pod (P-4 … P-18 of docs/pods.md). Upstream: pkg/scheduler.

mod attempt;
mod events;
mod filter;
mod node_info;
mod obstacle;
mod plugin;
mod pod_counts;
mod preemption;
mod score;
mod topology;
mod waiting;

pub use attempt::{Listed, NodeRefusal, Refusals, why_refused};
pub(crate) use filter::UNSCHEDULABLE;
pub use obstacle::Obstacle;
pub use score::Score;

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::inventory::ReferencedKind;
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::Store;
use super::told::Told;
use crate::api::{Binding, DisruptionReason, Node, NodeId, ObjectKey, Pending, PendingReason, Pod, PodId};
use crate::order::Map;
use crate::time::{Span, Time};
use attempt::{Choice, Outcome, Refusal, ask_nodes};
use events::Events;
use filter::Cluster;
use node_info::{NodeInfo, NodeInfos};
use plugin::Plugin;
use preemption::Candidate;
use std::cmp::Reverse;
use std::rc::Rc;
use topology::Topology;
use waiting::{Group, Likeness, Waiting, WaitingPods};

/// So many pods are tried in one turn, as long as nothing comes of it.
const TRIES: usize = 50;

/// When a pod is tried, and before which others: those with a higher priority come first, then those that came, or
/// failed last, earlier (P-14).
type QueueKey = (Time, Reverse<i32>, Time, PodId);

/// Pods that wait for a node, and what the nodes have.
#[derive(Clone, Debug)]
pub(crate) struct Scheduler {
    /// From a pod's creation to its node.
    scheduling: Span,
    /// Pods to be tried, and the step that led to it.
    queue: Map<QueueKey, (StepId, Wake)>,
    /// Pods that no node could take.
    waiting: WaitingPods,
    /// Groups of them that something may have helped: when it happened, and in which step.
    hopes: Map<Group, (Time, StepId)>,
    events: Events,
    /// Whether what nodes have decides anything: not with one node without limits.
    counts: bool,
    infos: NodeInfos,
    topology: Topology,
    /// Pods for which room is kept on a node.
    nominated: Map<PodId, (NodeId, Rc<Pod>)>,
    /// Refusals since the last change of anything that decides, each with the pod that got it.
    refusals: Map<Likeness, (Rc<Pod>, Refusal)>,
    /// Whether labels of pods may decide about pods that ask nothing about others: some have podAntiAffinity.
    labels_matter: bool,
}

impl Scheduler {
    /// A scheduler that takes `scheduling` for each pod; `counts`: nodes have limits.
    pub(crate) fn new(scheduling: Span, counts: bool) -> Scheduler {
        Scheduler {
            scheduling,
            queue: Map::new(),
            waiting: WaitingPods::default(),
            hopes: Map::new(),
            events: Events::default(),
            counts,
            infos: NodeInfos::default(),
            topology: Topology::default(),
            nominated: Map::new(),
            refusals: Map::new(),
            labels_matter: false,
        }
    }
}

impl ControlLoop for Scheduler {
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        let queue = self.queue.first().map(|((at, ..), _)| *at);
        let timer = self.waiting.first().map(|(at, _)| at);
        let hope = self.hopes.first().map(|(_, (at, _))| *at);
        let at = queue.into_iter().chain(hope).chain(timer).chain(self.events.next_due()).min()?;
        Some(Due::of_cluster(at.max(now), Turn::Scheduler))
    }

    /// Pods come, get a node, end and go; nodes change.
    fn observe(&mut self, event: &WatchEvent, store: &Store) {
        match (&event.old, &event.new) {
            (None, Some(Object::Pod(pod))) if !pod.birth.template.spec.is_gated || !self.counts => {
                let due = event.at + self.scheduling;
                self.queue.insert(queue_key(due, due, pod), (event.step, Wake::Scheduling));
            }
            (Some(Object::Pod(old)), new) => {
                let new = match new {
                    Some(Object::Pod(new)) => Some(new),
                    _ => None,
                };
                self.pod_changed(old, new, event, store);
            }
            (old, Some(Object::Node(node))) => {
                let old = match old {
                    Some(Object::Node(old)) => Some(&**old),
                    _ => None,
                };
                self.counts |= node.capacity.is_some();
                self.refusals = Map::new();
                self.retry(event.at, event.step, store, |waiting, pod| waiting.hopes_for_node(pod, old, node));
            }
            (Some(Object::Node(node)), None) => {
                *self.infos.get_mut(node.id) = NodeInfo::default();
                self.refusals = Map::new();
            }
            _ => {}
        }
    }

    /// Tries pods until something comes of it.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        for _ in 1..TRIES {
            let done = self.turn(api);
            if done.is_some() || self.next_due(api.store, api.now).is_none_or(|due| due.at > api.now) {
                return done;
            }
            api.journal.silent_turns += 1;
        }
        self.turn(api)
    }
}

impl Scheduler {
    /// Tries the next pod.
    fn turn(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        self.queue_hopeful(api.store);
        let is_due = |at: Option<Time>| at.is_some_and(|at| at <= api.now);
        if !is_due(self.queue.first().map(|((due, ..), _)| *due)) {
            if let Some((_, id)) = self.waiting.first().filter(|(at, _)| *at <= api.now) {
                return self.round(id, api);
            }
            return self.write_events(api);
        }
        let ((_, _, _, id), (cause, wake)) = self.queue.pop_first()?;
        let pod = api.store.pod(id).cloned()?;
        let trigger = Trigger::by(wake, cause);
        let done = Done { component: Component::Scheduler, key: Some(ObjectKey::Pod(id)), trigger };
        if pod.is_deleting() {
            let was_waiting = self.forget(id);
            if was_waiting {
                return None;
            }
            api.reason(Reason::NotBound);
            return Some(done);
        }
        self.schedule(&pod, api).then_some(done)
    }

    /// A claim exists from now on.
    pub(crate) fn claim_appears(&mut self, api: &ApiServer<'_>) {
        self.refusals = Map::new();
        let hopes = |waiting: &Waiting, _: &Pod| waiting.refused_by.contains(Plugin::VolumeBinding);
        self.retry(api.now, api.journal.current(), api.store, hopes);
    }

    fn pod_changed(&mut self, old: &Rc<Pod>, new: Option<&Rc<Pod>>, event: &WatchEvent, store: &Store) {
        let takes_room = |pod: &Pod| pod.bound.is_some() && !pod.phase.is_terminal();
        let (had, has) = (takes_room(old), new.is_some_and(|new| takes_room(new)));
        if new.is_none() {
            self.forget(old.id);
        }
        self.events.pod_written(old.id);
        if let Some(new) = new
            && new.bound.is_none()
            && let Some((_, kept)) = self.nominated.get_mut(&new.id)
        {
            *kept = Rc::clone(new);
        }
        if !self.counts {
            return;
        }
        let decides = |pod: &Pod| (pod.is_deleting(), pod.started);
        if had != has || had && new.is_some_and(|new| decides(new) != decides(old)) {
            self.refusals = Map::new();
        }
        if let Some(new) = new
            && has
            && let Some(bound) = new.bound
        {
            self.labels_matter |= !new.birth.template.spec.placement.anti_affinity.is_empty();
            let info = self.infos.get_mut(bound.node);
            match info.pods.get_mut(&new.id) {
                Some(known) => *known = Rc::clone(new),
                None => info.add(Rc::clone(new)),
            }
            if !had {
                self.retry(event.at, event.step, store, |waiting, pod| waiting.hopes_for_new_pod(pod, new));
            }
        }
        if had && !has {
            if let Some(bound) = old.bound {
                self.infos.get_mut(bound.node).remove(old.id);
            }
            self.retry(event.at, event.step, store, |waiting, pod| waiting.hopes_for_pod(pod, old));
        }
    }

    /// Tries the pods again that a change may help.
    fn retry(&mut self, now: Time, step: StepId, store: &Store, hopes: impl Fn(&Waiting, &Pod) -> bool) {
        for group in self.waiting.hopeful(|waiting, id| store.pod(id).is_some_and(|pod| hopes(waiting, pod))) {
            self.hopes.insert(group, (now, step));
        }
    }

    /// Puts the pods into the queue that something may have helped since the last turn.
    fn queue_hopeful(&mut self, store: &Store) {
        while let Some((group, (at, step))) = self.hopes.pop_first() {
            for (pod, waiting) in self.waiting.group(&group).filter_map(|(id, waiting)| Some((store.pod(id)?, waiting)))
            {
                self.queue.insert(queue_key(at, waiting.since, pod), (step, Wake::MayFit));
            }
        }
    }

    /// It does not wait any more; whether it did.
    fn forget(&mut self, id: PodId) -> bool {
        if self.nominated.remove(&id).is_some() {
            self.refusals = Map::new();
        }
        self.waiting.remove(id).is_some()
    }

    /// A pod has waited long enough to be tried again.
    fn round(&mut self, id: PodId, api: &mut ApiServer<'_>) -> Option<Done> {
        let Some(pod) = api.store.pod(id).filter(|pod| !pod.is_deleting()).cloned() else {
            self.forget(id);
            return None;
        };
        let errors = self.waiting.get(id).map_or(0, |waiting| waiting.errors);
        let wake = if errors > 0 { Wake::Retry(errors) } else { Wake::Period(waiting::ROUND) };
        self.schedule(&pod, api).then(|| by_itself(id, wake))
    }

    /// Events are written at the recorder's rounds.
    fn write_events(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let (pod, told) = self.events.write(api.now)?;
        if told.is_empty() {
            return None;
        }
        told.into_iter().for_each(|told| api.reason(Reason::Told(told)));
        Some(by_itself(pod, Wake::Period(events::CLOSING)))
    }

    /// One attempt; whether it did anything that can be seen. Upstream: ScheduleOne.
    fn schedule(&mut self, pod: &Rc<Pod>, api: &mut ApiServer<'_>) -> bool {
        let placement = &pod.birth.template.spec.placement;
        let likeness = Likeness::of(pod, self.labels_matter || placement.asks_about_pods());
        // A pod for which room is kept gets an answer of its own.
        let is_nominated = pod.pending.as_ref().is_some_and(|pending| pending.nominated.is_some());
        if let Some((_, refusal)) = self.refusals.get(&likeness).filter(|_| !is_nominated) {
            return self.refuse(pod, likeness, refusal.clone(), None, api);
        }
        match self.attempt(pod, api) {
            Outcome::Fits(node, choice) => {
                match choice {
                    Choice::Free => {}
                    Choice::Only => api.reason(Reason::OnlyNode(node)),
                    Choice::Best(scores) => api.reason(Reason::NodesCompared(scores)),
                }
                self.bind(pod, node, api);
                true
            }
            Outcome::Refused(refusal, candidate) => {
                if candidate.is_none() && !is_nominated {
                    self.refusals.insert(likeness, (Rc::clone(pod), refusal.clone()));
                }
                self.refuse(pod, likeness, refusal, candidate, api)
            }
        }
    }

    fn attempt(&mut self, pod: &Pod, api: &mut ApiServer<'_>) -> Outcome {
        let nodes: Vec<&Rc<Node>> = api.store.nodes().collect();
        let claims = &pod.birth.template.spec.placement.claims;
        let missing = claims.iter().find(|claim| !api.inventory.exists(ReferencedKind::PersistentVolumeClaim, claim));
        if let Some(claim) = missing
            && !nodes.is_empty()
        {
            let of = nodes.len();
            let message = format!("0/{of} nodes are available: persistentvolumeclaim \"{claim}\" not found. not found");
            return Outcome::Refused(Refusal::unasked(message, Some(Plugin::VolumeBinding)), None);
        }
        self.topology.learn(&nodes);
        let mut cluster = Cluster::new(pod, &nodes, &self.infos, &self.topology, &self.nominated);
        let outcome = ask_nodes(&mut cluster, &nodes);
        api.journal.node_looks += cluster.looks;
        outcome
    }

    /// Binds a pod. The kubelet's first look belongs to the same write, unless it cannot be reached.
    fn bind(&mut self, pod: &Pod, node: NodeId, api: &mut ApiServer<'_>) {
        self.forget(pod.id);
        let now = api.now.truncated();
        let bound = Pod { bound: Some(Binding { node, at: now }), pending: None, ..pod.clone() };
        let bound = if api.unreachable.contains(&node) { bound } else { bound.seen_first(now) };
        api.reason(Reason::Bound { after: self.scheduling });
        api.update_pod_status(bound);
    }

    /// No node can take a pod: says so, and makes room if that is possible; whether anything can be seen of it.
    fn refuse(
        &mut self,
        pod: &Rc<Pod>,
        likeness: Likeness,
        refusal: Refusal,
        candidate: Option<Candidate>,
        api: &mut ApiServer<'_>,
    ) -> bool {
        let Refusal { message, plugins: refused_by, nodes } = refusal;
        let now = api.now;
        let earlier = self.waiting.get(pod.id).map_or(0, |waiting| waiting.errors);
        let errors = if refused_by.is_empty() { earlier + 1 } else { 0 };
        let told = self.events.refused(pod.id, &message, now);
        let is_told = told.is_some();
        if let Some(told) = told {
            api.reason(Reason::Told(told));
        }
        self.waiting.insert(pod.id, Waiting { likeness, since: now, refused_by, errors });
        let known = pod.pending.as_ref();
        let nominated =
            candidate.as_ref().map(|candidate| candidate.node).or_else(|| known.and_then(|known| known.nominated));
        let since = known.map_or(now.truncated(), |known| known.since);
        let pending = Pending { reason: PendingReason::Unschedulable(message), since, nominated };
        let is_new = pod.pending.as_deref() != Some(&pending);
        match nodes {
            Some(nodes) if is_told || is_new => api.reason(Reason::NodesRefused(nodes)),
            // Its events are held back (P-17), its status is not.
            None if is_new && !is_told => api.reason(Reason::NodesRefused(Rc::new(Refusals::none()))),
            Some(_) | None => {}
        }
        let made_room = candidate.is_some();
        if let Some(candidate) = candidate {
            self.make_room(pod, candidate, api);
        }
        if is_new {
            let pod = Pod { pending: Some(Rc::new(pending)), ..Pod::clone(pod) };
            api.update_pod_status(pod);
        }
        is_told || is_new || made_room
    }

    /// The victims of a preemption go, and the room is kept for the pod.
    fn make_room(&mut self, pod: &Rc<Pod>, candidate: Candidate, api: &mut ApiServer<'_>) {
        for victim in &candidate.victims {
            api.reason(Reason::Told(Told::Preempted { pod: victim.id, by: pod.id, node: candidate.node }));
            if !victim.is_deleting() {
                api.add_disruption_target(victim.id, DisruptionReason::PreemptionByScheduler);
                api.delete_pod(victim.id, None);
            }
        }
        self.refusals = Map::new();
        self.labels_matter |= !pod.birth.template.spec.placement.anti_affinity.is_empty();
        self.nominated.insert(pod.id, (candidate.node, Rc::clone(pod)));
    }
}

fn by_itself(pod: PodId, wake: Wake) -> Done {
    let trigger = Trigger { wake, cause: None };
    Done { component: Component::Scheduler, key: Some(ObjectKey::Pod(pod)), trigger }
}

fn queue_key(due: Time, since: Time, pod: &Pod) -> QueueKey {
    (due, Reverse(pod.birth.priority), since, pod.id)
}
