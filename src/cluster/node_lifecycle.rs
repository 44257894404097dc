//! The node lifecycle controller: registers nodes, notices that one does not report any more, and taints it
//! (P-80 … P-89). Upstream: pkg/controller/nodelifecycle.

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::scheduler::UNSCHEDULABLE;
use super::store::Store;
use super::told::Told;
use crate::api::{Name, Node, NodeId, NodeReady, ObjectKey, Pod, Ready, ReadyReason, Taint, TaintEffect};
use crate::order::Map;
use crate::time::{Span, Time};
use std::rc::Rc;

/// Key of the taint of a node that does not report.
pub(super) const UNREACHABLE: &str = "node.kubernetes.io/unreachable";

/// The time between two looks (nodeMonitorPeriod).
const PERIOD: Span = Span::from_seconds(5);
/// A node that was not heard of for longer is not ready (nodeMonitorGracePeriod).
const GRACE: Span = Span::from_seconds(50);
/// From a look to the pass that taints with NoExecute.
const PASS: Span = Span::from_millis(50);
/// The time between two nodes of a zone that are tainted (nodeEvictionRate 0.1).
const BETWEEN_TAINTS: Span = Span::from_seconds(10);
/// When a node renews its lease first, and how often from there (P-82).
pub(crate) const FIRST_RENEWAL: Span = Span::from_millis(2500);
pub(crate) const RENEWAL: Span = Span::from_seconds(10);
/// From a restart of the controllers to their first look (P-89).
const RESTART: Span = Span::from_millis(100);
/// So many nodes that are not ready, and such a share of them, keep the controller from evicting.
const MANY: usize = 2;
const LARGE_SHARE: f64 = 0.55;

/// What the controller knows of a node.
#[derive(Clone, Debug)]
struct Known {
    /// When it joined; its leases count from here.
    joined: Time,
    is_registered: bool,
    /// Since when it cannot reach the API server.
    lost: Option<Time>,
    /// The controllers' start: what was renewed before it counts from there.
    since: Time,
    /// When it is tainted with NoExecute, if it is to be.
    taint_at: Option<Time>,
}

/// The controller.
#[derive(Clone, Debug)]
pub(crate) struct NodeLifecycle {
    /// Whether it runs at all (P-88).
    runs: bool,
    /// Its looks are at this time and every [`PERIOD`] from there.
    start: Time,
    /// The last look.
    looked: Option<Time>,
    nodes: Map<NodeId, Known>,
    /// Nodes that are gone, and not yet noticed.
    removed: Vec<NodeId>,
    /// When each zone's last node was tainted.
    tainted: Map<Name, Time>,
    /// No node is ready, so nothing is evicted.
    all_lost: bool,
    outlook: Outlook,
}

/// What there is to do for the nodes as they are: worked out when one changes, since it is asked for at every step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outlook {
    /// The next look has something to see.
    has_news: bool,
    /// When the first of the lost nodes has not been heard of for too long.
    unheard: Option<Time>,
    /// When the next node is tainted with NoExecute.
    pass: Option<Time>,
}

impl NodeLifecycle {
    /// A controller at t = 0.
    pub(crate) fn new(runs: bool, nodes: &[Rc<Node>]) -> NodeLifecycle {
        let mut known = Map::new();
        for node in nodes {
            known.insert(node.id, Known::new(node, Time::ZERO));
        }
        NodeLifecycle {
            runs,
            start: Time::ZERO,
            looked: None,
            nodes: known,
            removed: Vec::new(),
            tainted: Map::new(),
            all_lost: false,
            outlook: Outlook { has_news: !nodes.is_empty(), unheard: None, pass: None },
        }
    }

    /// A node cannot reach the API server any more.
    pub(crate) fn lose(&mut self, node: NodeId, store: &Store, now: Time) {
        if let Some(known) = self.nodes.get_mut(&node) {
            known.lost.get_or_insert(now);
        }
        self.reckon(store);
    }

    /// It can again, and renews its lease.
    pub(crate) fn find(&mut self, node: NodeId, store: &Store) {
        if let Some(known) = self.nodes.get_mut(&node) {
            known.lost = None;
            known.taint_at = None;
        }
        self.reckon(store);
    }

    /// The first look not before a time.
    fn look_from(&self, at: Time) -> Time {
        if at <= self.start {
            return self.start;
        }
        let period = PERIOD.millis();
        let looks = ((at - self.start).millis() + period - 1) / period;
        self.start + Span::from_millis(looks * period)
    }

    /// The next look at which there is something to see.
    fn next_look(&self, now: Time) -> Option<Time> {
        let soon = || {
            self.look_from(match self.looked {
                Some(looked) if looked == now => now + Span::from_millis(1),
                _ => now,
            })
        };
        match self.outlook {
            Outlook { has_news: true, .. } => Some(soon()),
            Outlook { unheard, .. } => unheard.map(|unheard| unheard.max(soon())),
        }
    }

    /// Works the outlook out anew.
    fn reckon(&mut self, store: &Store) {
        let mut outlook = Outlook { has_news: !self.removed.is_empty(), unheard: None, pass: None };
        let earlier = |known: Option<Time>, at: Time| Some(known.map_or(at, |known| known.min(at)));
        for (id, known) in self.nodes.iter() {
            if let Some(at) = known.taint_at {
                outlook.pass = earlier(outlook.pass, at);
            }
            let Some(node) = store.node(*id) else { continue };
            if !known.is_registered || self.has_news(known, node) {
                outlook.has_news = true;
            } else if node.ready == NodeReady::True && known.lost.is_some() {
                outlook.unheard = earlier(outlook.unheard, self.unheard_at(known));
            }
        }
        self.outlook = outlook;
    }

    /// Whether a node that is back still has the taint.
    fn has_news(&self, known: &Known, node: &Node) -> bool {
        known.lost.is_none() && node.ready == NodeReady::True && is_tainted(node)
    }

    /// The look at which a lost node has not been heard of for too long (P-82).
    fn unheard_at(&self, known: &Known) -> Time {
        let Some(lost) = known.lost else { return Time::NEVER };
        let first = known.joined + FIRST_RENEWAL;
        let renewed = if lost < first {
            known.joined
        } else {
            let renewals = (lost - first).millis() / RENEWAL.millis();
            first + Span::from_millis(renewals * RENEWAL.millis())
        };
        let seen = self.look_from(renewed.max(known.since));
        self.look_from(seen + GRACE + Span::from_millis(1))
    }
}

impl Known {
    fn new(node: &Node, since: Time) -> Known {
        Known { joined: node.joined, is_registered: false, lost: None, since, taint_at: None }
    }
}

impl ControlLoop for NodeLifecycle {
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        if !self.runs {
            return None;
        }
        let look = self.next_look(now).map(|at| Due::of_cluster(at, Turn::NodeLifecycle));
        let pass = self.outlook.pass.map(|at| Due::of_cluster(at.max(now), Turn::TaintPass));
        look.into_iter().chain(pass).min_by_key(|due| (due.at, due.turn))
    }

    /// Nodes join, are cordoned, and go.
    fn observe(&mut self, event: &WatchEvent, store: &Store) {
        match (&event.old, &event.new) {
            (None, Some(Object::Node(node))) => {
                self.nodes.insert(node.id, Known::new(node, event.at));
            }
            (Some(Object::Node(node)), None) => {
                self.nodes.remove(&node.id);
                self.removed.push(node.id);
            }
            (Some(_), Some(Object::Node(_))) => {}
            _ => return,
        }
        self.reckon(store);
    }

    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let now = api.now;
        let done = |key| {
            let trigger = Trigger { wake: Wake::Period(PERIOD), cause: None };
            Some(Done { component: Component::NodeLifecycle, key, trigger })
        };
        if let Some(pass) = self.outlook.pass.filter(|pass| *pass <= now)
            && self.next_look(now).is_none_or(|look| look > now)
        {
            let (id, known) = self.nodes.iter_mut().find(|(_, known)| known.taint_at == Some(pass))?;
            known.taint_at = None;
            let id = *id;
            self.reckon(api.store);
            self.taint_not_ready(id, api);
            return done(Some(ObjectKey::Node(id)));
        }
        let did_something = self.look(api);
        self.reckon(api.store);
        if did_something { done(None) } else { None }
    }

    /// The controllers begin anew a moment later (P-89).
    fn restart(&mut self, store: &Store, now: Time, _: StepId) {
        self.start = now + RESTART;
        self.looked = None;
        self.removed.clear();
        self.tainted = Map::new();
        let start = self.start;
        for (id, known) in self.nodes.iter_mut() {
            known.is_registered = false;
            known.since = start;
            let is_lost = store.node(*id).is_some_and(|node| node.ready != NodeReady::True);
            known.taint_at = None;
            if is_lost {
                known.taint_at = Some(start + PASS);
            }
        }
        self.reckon(store);
    }
}

impl NodeLifecycle {
    /// One look at all nodes; whether anything came of it. Upstream: monitorNodeHealth.
    fn look(&mut self, api: &mut ApiServer<'_>) -> bool {
        let now = api.now;
        self.looked = Some(now);
        let before = (api.journal.reasons.len(), api.events.len());
        for id in std::mem::take(&mut self.removed) {
            api.reason(Reason::Told(Told::NodeRemoved(id)));
        }
        let ids: Vec<NodeId> = self.nodes.keys().copied().collect();
        for id in &ids {
            let Some(known) = self.nodes.get_mut(id) else { continue };
            if !std::mem::replace(&mut known.is_registered, true) {
                api.reason(Reason::Told(Told::NodeRegistered(*id)));
            }
        }
        let mut news = false;
        for id in &ids {
            let Some(known) = self.nodes.get(id) else { continue };
            let Some(node) = api.store.node(*id).cloned() else { continue };
            if known.lost.is_some() && node.ready == NodeReady::True && self.unheard_at(known) <= now {
                self.not_ready(&node, api);
                news = true;
            } else if self.has_news(known, &node) {
                api.update_node(without_taint(&node, UNREACHABLE, Some(TaintEffect::NoExecute)));
                news = true;
            }
        }
        if news {
            self.judge(api);
        }
        before != (api.journal.reasons.len(), api.events.len())
    }

    /// A node is not ready any more, and neither are its pods. Upstream: tryUpdateNodeHealth, MarkPodsNotReady.
    fn not_ready(&mut self, node: &Node, api: &mut ApiServer<'_>) {
        let now = api.now;
        let taint = Taint::new(UNREACHABLE, TaintEffect::NoSchedule);
        let unheard = Node { ready: NodeReady::Unknown, ready_since: now.truncated(), ..node.clone() };
        api.reason(Reason::NodeUnheard(node.id));
        api.update_node(with_taint(&unheard, taint));
        api.reason(Reason::Told(Told::NodeNotReady(node.id)));
        let on_node: Vec<Rc<Pod>> = api.store.pods_on(node.id).cloned().collect();
        for pod in on_node {
            if pod.ready.reason == ReadyReason::Ready {
                let ready = Ready { reason: ReadyReason::NodeNotReady, since: now.truncated() };
                api.update_pod_status(Pod { ready, ..Pod::clone(&pod) });
                api.reason(Reason::Told(Told::PodNodeNotReady(pod.id)));
            }
        }
    }

    /// Who is to be tainted with NoExecute, and when (P-83). Upstream: handleDisruption.
    fn judge(&mut self, api: &mut ApiServer<'_>) {
        let nodes: Vec<Rc<Node>> = api.store.nodes().cloned().collect();
        let is_ready = |node: &Node| node.ready == NodeReady::True;
        let all_lost = !nodes.iter().any(|node| is_ready(node));
        if all_lost {
            for node in &nodes {
                if let Some(known) = self.nodes.get_mut(&node.id) {
                    known.taint_at = None;
                }
                if !self.all_lost && is_tainted(node) {
                    api.update_node(without_taint(node, UNREACHABLE, Some(TaintEffect::NoExecute)));
                }
            }
            self.all_lost = true;
            return;
        }
        self.all_lost = false;
        let mut zones: Map<Name, Vec<Rc<Node>>> = Map::new();
        for node in &nodes {
            zones.get_or_insert_with(zone_of(node), Vec::new).push(Rc::clone(node));
        }
        for (zone, nodes) in zones.iter() {
            let lost: Vec<&Rc<Node>> = nodes.iter().filter(|node| !is_ready(node)).collect();
            let share = lost.len() as f64 / nodes.len() as f64;
            let is_partial = lost.len() > MANY && lost.len() < nodes.len() && share >= LARGE_SHARE;
            let mut next = api.now + PASS;
            if let Some(last) = self.tainted.get(zone) {
                next = next.max(*last + BETWEEN_TAINTS);
            }
            for node in lost {
                let Some(known) = self.nodes.get_mut(&node.id) else { continue };
                if is_partial {
                    known.taint_at = None;
                } else if !is_tainted(node) {
                    match known.taint_at {
                        Some(at) => next = next.max(at + BETWEEN_TAINTS),
                        None => {
                            known.taint_at = Some(next);
                            next += BETWEEN_TAINTS;
                        }
                    }
                }
            }
        }
    }

    fn taint_not_ready(&mut self, id: NodeId, api: &mut ApiServer<'_>) {
        let Some(node) = api.store.node(id).cloned() else { return };
        self.tainted.insert(zone_of(&node), api.now);
        let taint = Taint { added: Some(api.now.truncated()), ..Taint::new(UNREACHABLE, TaintEffect::NoExecute) };
        api.reason(Reason::TaintedForEviction(id));
        api.update_node(with_taint(&node, taint));
    }
}

/// Whether a node has the taint that makes pods go.
fn is_tainted(node: &Node) -> bool {
    node.taints.iter().any(|taint| *taint.key == *UNREACHABLE && taint.effect == TaintEffect::NoExecute)
}

/// Region and zone of a node. Upstream: component-helpers GetZoneKey.
fn zone_of(node: &Node) -> Name {
    let label = |key: &str| node.labels.get(key).map_or("", |value| &**value);
    let region = label("topology.kubernetes.io/region");
    format!("{region}:{}", label("topology.kubernetes.io/zone")).into()
}

/// A node with one more taint, in the place of one with the same key and effect.
pub(super) fn with_taint(node: &Node, taint: Taint) -> Node {
    let others = node.taints.iter().filter(|one| !one.replaces(&taint)).cloned();
    Node { taints: others.chain([taint.clone()]).collect(), ..node.clone() }
}

/// A node without the taints of a key, or the one with this effect, too.
pub(super) fn without_taint(node: &Node, key: &str, effect: Option<TaintEffect>) -> Node {
    let stays = |taint: &&Taint| *taint.key != *key || effect.is_some_and(|effect| effect != taint.effect);
    Node { taints: node.taints.iter().filter(stays).cloned().collect(), ..node.clone() }
}

/// A node that is cordoned, or not any more, with the taint that goes with it (P-80).
pub(super) fn cordoned(node: &Node, unschedulable: bool) -> Node {
    let node = Node { unschedulable, ..node.clone() };
    match unschedulable {
        true => with_taint(&node, Taint::new(UNSCHEDULABLE, TaintEffect::NoSchedule)),
        false => without_taint(&node, UNSCHEDULABLE, Some(TaintEffect::NoSchedule)),
    }
}
