//! The scheduler: finds a node for every pod (P-4 … P-18 of docs/pods.md). Upstream: pkg/scheduler.

mod events;
mod filter;
mod node_info;
mod preemption;
mod score;
mod waiting;

pub(crate) use filter::UNSCHEDULABLE;
pub use filter::{Obstacle, Refusals};
pub use score::Score;

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::inventory::ReferencedKind;
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::Store;
use super::told::Told;
use crate::api::{Binding, DisruptionReason, Node, NodeId, ObjectKey, Pending, PendingReason, Pod, PodId};
use crate::order::{self, Map, Set};
use crate::time::{Span, Time};
use events::Events;
use filter::{Cluster, Plugin};
use node_info::NodeInfo;
use preemption::{Candidate, Preemption};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::rc::Rc;
use waiting::Waiting;

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
    waiting: Map<PodId, Waiting>,
    /// When pods are tried again by themselves.
    timers: Set<(Time, PodId)>,
    events: Events,
    /// Whether what nodes have decides anything: not with one node without limits.
    counts: bool,
    infos: Map<NodeId, NodeInfo>,
    /// Pods for which room is kept on a node.
    nominated: Map<PodId, (NodeId, Rc<Pod>)>,
}

/// That no node takes a pod.
struct Refusal {
    message: Rc<str>,
    /// What refused it; empty after an error.
    plugins: Vec<Plugin>,
    /// Why each node refused it, if they were asked.
    nodes: Option<Refusals>,
    /// Where room can be made for it.
    candidate: Option<Candidate>,
}

impl Scheduler {
    /// A scheduler that takes `scheduling` for each pod; `counts`: nodes have limits.
    pub(crate) fn new(scheduling: Span, counts: bool) -> Scheduler {
        Scheduler {
            scheduling,
            queue: Map::new(),
            waiting: Map::new(),
            timers: Set::new(),
            events: Events::default(),
            counts,
            infos: Map::new(),
            nominated: Map::new(),
        }
    }
}

impl ControlLoop for Scheduler {
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        let queue = self.queue.first().map(|((at, ..), _)| *at);
        let timer = self.timers.first().map(|(at, _)| *at);
        let at = queue.into_iter().chain(timer).chain(self.events.next_due()).min()?;
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
                self.retry(event, store, |waiting, pod| waiting.hopes_for_node(pod, old, node));
            }
            (Some(Object::Node(node)), None) => {
                self.infos.remove(&node.id);
            }
            _ => {}
        }
    }

    /// Tries the next pod.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let is_due = |at: Option<Time>| at.is_some_and(|at| at <= api.now);
        if !is_due(self.queue.first().map(|((due, ..), _)| *due)) {
            if let Some((at, id)) = self.timers.first().copied().filter(|(at, _)| *at <= api.now) {
                self.timers.remove(&(at, id));
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
}

impl Scheduler {
    /// A claim exists from now on.
    pub(crate) fn claim_appears(&mut self, api: &ApiServer<'_>) {
        let step = api.journal.current();
        let ids: Vec<PodId> = self.waiting.keys().copied().collect();
        for id in ids {
            let hopes = self.waiting.get(&id).is_some_and(|one| one.refused_by.contains(&Plugin::VolumeBinding));
            if let Some(pod) = api.store.pod(id).filter(|_| hopes) {
                self.try_again(pod, api.now, step);
            }
        }
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
        if let Some(new) = new
            && has
            && let Some(bound) = new.bound
        {
            let info = self.infos.get_or_insert_with(bound.node, NodeInfo::default);
            match info.pods.get_mut(&new.id) {
                Some(known) => *known = Rc::clone(new),
                None => info.add(Rc::clone(new)),
            }
            if !had {
                self.retry(event, store, |waiting, pod| waiting.hopes_for_new_pod(pod, new));
            }
        }
        if had && !has {
            if let Some(info) = old.bound.and_then(|bound| self.infos.get_mut(&bound.node)) {
                info.remove(old.id);
            }
            self.retry(event, store, |waiting, pod| waiting.hopes_for_pod(pod, old));
        }
    }

    /// Tries the pods again that this may help.
    fn retry(&mut self, event: &WatchEvent, store: &Store, hopes: impl Fn(&Waiting, &Pod) -> bool) {
        if self.waiting.is_empty() {
            return;
        }
        let ids: Vec<PodId> = self.waiting.iter().filter(|(_, one)| one.errors == 0).map(|(id, _)| *id).collect();
        for id in ids {
            let Some(pod) = store.pod(id) else { continue };
            if self.waiting.get(&id).is_some_and(|waiting| hopes(waiting, pod)) {
                self.try_again(pod, event.at, event.step);
            }
        }
    }

    fn try_again(&mut self, pod: &Pod, now: Time, step: StepId) {
        let Some(waiting) = self.waiting.get(&pod.id) else { return };
        self.queue.insert(queue_key(now, waiting.since, pod), (step, Wake::MayFit));
    }

    /// It does not wait any more; whether it did.
    fn forget(&mut self, id: PodId) -> bool {
        self.nominated.remove(&id);
        let Some(waiting) = self.waiting.remove(&id) else { return false };
        self.timers.remove(&(waiting.next_try(), id));
        true
    }

    /// A pod has waited long enough to be tried again.
    fn round(&mut self, id: PodId, api: &mut ApiServer<'_>) -> Option<Done> {
        let pod = api.store.pod(id).cloned()?;
        if pod.is_deleting() {
            self.forget(id);
            return None;
        }
        let errors = self.waiting.get(&id).map_or(0, |waiting| waiting.errors);
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
        let claims = &pod.birth.template.spec.placement.claims;
        let missing = claims.iter().find(|claim| !api.inventory.exists(ReferencedKind::PersistentVolumeClaim, claim));
        let nodes: Vec<Rc<Node>> = api.store.nodes().cloned().collect();
        if nodes.is_empty() {
            return self.refuse(pod, Refusal::unasked("no nodes available to schedule pods".into(), Vec::new()), api);
        }
        if let Some(claim) = missing {
            let message = format!(
                "0/{} nodes are available: persistentvolumeclaim \"{claim}\" not found. not found",
                nodes.len()
            );
            return self.refuse(pod, Refusal::unasked(message, vec![Plugin::VolumeBinding]), api);
        }
        let cluster = Cluster { nodes: &nodes, infos: &self.infos };
        let mut refused: Vec<(Rc<Node>, Vec<Obstacle>)> = Vec::new();
        let mut feasible: Vec<Rc<Node>> = Vec::new();
        for node in &nodes {
            let obstacles = cluster.obstacles(pod, node, &self.info_for(pod, node));
            if obstacles.is_empty() {
                feasible.push(Rc::clone(node));
            } else {
                refused.push((Rc::clone(node), obstacles));
            }
        }
        if let Some(node) = self.choose(pod, &feasible, refused.is_empty(), api) {
            self.bind(pod, node, api);
            return true;
        }
        let reasons =
            counted(refused.iter().flat_map(|(_, obstacles)| obstacles.iter().map(Obstacle::text))).join(", ");
        let mut message = format!("0/{} nodes are available: {reasons}.", nodes.len());
        let mut plugins: Vec<Plugin> =
            refused.iter().flat_map(|(_, obstacles)| obstacles.iter().map(Obstacle::plugin)).collect();
        order::sort(&mut plugins);
        plugins.dedup();
        let info_of = |node: &Node| self.info_for(pod, node).into_owned();
        let outcome = preemption::preempt(pod, &cluster, &refused, &info_of);
        let candidate = match outcome {
            Preemption::Possible(candidate) => Some(candidate),
            Preemption::Impossible(refusals) => {
                let refusals = counted(refusals.into_iter()).join(", ");
                message += &format!(
                    " no new claims to deallocate, preemption: 0/{} nodes are available: {refusals}.",
                    nodes.len()
                );
                None
            }
            Preemption::Never => {
                message += " no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.";
                None
            }
            Preemption::UnderWay => {
                message += " no new claims to deallocate, preemption: not eligible due to a terminating pod on the nominated node.";
                None
            }
        };
        let nodes = Some(refused.into_iter().map(|(node, obstacles)| (node.id, obstacles)).collect());
        self.refuse(pod, Refusal { message: message.into(), plugins, nodes, candidate }, api)
    }

    /// What a node has, with the room that is kept there for other pods.
    fn info_for(&self, pod: &Pod, node: &Node) -> Cow<'_, NodeInfo> {
        let mut info = match self.infos.get(&node.id) {
            Some(info) => Cow::Borrowed(info),
            None => Cow::Owned(NodeInfo::default()),
        };
        for (id, (nominated, other)) in self.nominated.iter() {
            if *nominated == node.id && *id != pod.id && other.birth.priority >= pod.birth.priority {
                info.to_mut().add(Rc::clone(other));
            }
        }
        info
    }

    /// The best of the nodes that can take a pod.
    fn choose(&self, pod: &Pod, feasible: &[Rc<Node>], is_free: bool, api: &mut ApiServer<'_>) -> Option<NodeId> {
        let [first, rest @ ..] = feasible else { return None };
        if rest.is_empty() {
            if !is_free {
                api.reason(Reason::OnlyNode(first.id));
            }
            return Some(first.id);
        }
        let scores = score::scores(pod, feasible, &self.infos);
        let most = scores.iter().map(Score::total).max()?;
        let best = scores.iter().find(|score| score.total() == most)?.node;
        api.reason(Reason::NodesCompared(scores.into()));
        Some(best)
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
    fn refuse(&mut self, pod: &Rc<Pod>, refusal: Refusal, api: &mut ApiServer<'_>) -> bool {
        let Refusal { message, plugins: refused_by, nodes, candidate } = refusal;
        let now = api.now;
        let old = self.waiting.remove(&pod.id);
        if let Some(old) = &old {
            self.timers.remove(&(old.next_try(), pod.id));
        }
        let is_error = refused_by.is_empty();
        let errors = if is_error { old.as_ref().map_or(0, |old| old.errors) + 1 } else { 0 };
        let told = self.events.refused(pod.id, &message, now);
        let is_told = told.is_some();
        if let Some(told) = told {
            api.reason(Reason::Told(told));
        }
        if is_told && let Some(nodes) = nodes {
            api.reason(Reason::NodesRefused(nodes));
        }
        let waiting = Waiting { since: now, refused_by, errors };
        self.timers.insert((waiting.next_try(), pod.id));
        self.waiting.insert(pod.id, waiting);
        let nominated = candidate
            .as_ref()
            .map(|candidate| candidate.node)
            .or_else(|| pod.pending.as_ref().and_then(|pending| pending.nominated));
        let made_room = candidate.is_some();
        if let Some(candidate) = candidate {
            self.make_room(pod, candidate, api);
        }
        let since = pod.pending.as_ref().map_or(now.truncated(), |pending| pending.since);
        let pending = Pending { reason: PendingReason::Unschedulable(message), since, nominated };
        let is_new = pod.pending.as_deref() != Some(&pending);
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
        self.nominated.insert(pod.id, (candidate.node, Rc::clone(pod)));
    }
}

impl Refusal {
    /// A refusal for which no node was asked.
    fn unasked(message: String, plugins: Vec<Plugin>) -> Refusal {
        Refusal { message: message.into(), plugins, nodes: None, candidate: None }
    }
}

fn by_itself(pod: PodId, wake: Wake) -> Done {
    let trigger = Trigger { wake, cause: None };
    Done { component: Component::Scheduler, key: Some(ObjectKey::Pod(pod)), trigger }
}

fn queue_key(due: Time, since: Time, pod: &Pod) -> QueueKey {
    (due, Reverse(pod.birth.priority), since, pod.id)
}

/// What kept a pod from its nodes, in the scheduler's words: each with the number of nodes.
pub fn why_refused(refusals: &Refusals) -> Vec<String> {
    counted(refusals.iter().flat_map(|(_, obstacles)| obstacles).map(Obstacle::text))
}

/// `1 Insufficient cpu, 2 node(s) were unschedulable`: each text with its count, sorted as texts (P-7).
fn counted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: Map<String, u32> = Map::new();
    for text in texts {
        *counts.get_or_insert_with(text, || 0) += 1;
    }
    let mut counted: Vec<String> = counts.iter().map(|(text, count)| format!("{count} {text}")).collect();
    order::sort(&mut counted);
    counted
}
