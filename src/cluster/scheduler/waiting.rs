//! Pods that no node could take: what each waits for, and when it is tried again (P-15, P-16). Upstream:
//! backend/queue/scheduling_queue.go, the plugins' QueueingHints.

use super::plugin::{Plugin, Plugins};
use crate::api::{Name, Node, Placement, Pod, PodId};
use crate::order::{Map, Set};
use crate::time::{Span, Time};
use std::rc::Rc;

/// A pod is tried again when it has waited so long, at the next round.
const LONGEST_WAIT: Span = Span::from_seconds(300);
/// The rounds are every 30 s, from 29 s on.
pub(super) const ROUND: Span = Span::from_seconds(30);
const FIRST_ROUND: Time = Time::from_seconds(29);

/// All pods that wait.
#[derive(Clone, Debug, Default)]
pub(super) struct WaitingPods {
    pods: Map<PodId, Waiting>,
    /// When they are tried again by themselves.
    timers: Set<(Time, PodId)>,
    /// Pods for which the same change is a hope.
    groups: Map<Group, Set<PodId>>,
}

/// Pods that are alike, and what refused them.
pub(super) type Group = (Likeness, Plugins);

impl WaitingPods {
    /// A pod waits from now on, or goes on.
    pub(super) fn insert(&mut self, id: PodId, waiting: Waiting) {
        let (next, group) = (waiting.next_try(), waiting.group());
        match self.pods.get_mut(&id) {
            Some(known) if known.group() == group => {
                self.timers.remove(&(known.next_try(), id));
                *known = waiting;
            }
            _ => {
                self.remove(id);
                self.groups.get_or_insert_with(group, Set::new).insert(id);
                self.pods.insert(id, waiting);
            }
        }
        self.timers.insert((next, id));
    }

    /// A pod does not wait any more.
    pub(super) fn remove(&mut self, id: PodId) -> Option<Waiting> {
        let waiting = self.pods.remove(&id)?;
        self.timers.remove(&(waiting.next_try(), id));
        let group = waiting.group();
        let pods = self.groups.get_mut(&group)?;
        pods.remove(&id);
        if pods.is_empty() {
            self.groups.remove(&group);
        }
        Some(waiting)
    }

    pub(super) fn get(&self, id: PodId) -> Option<&Waiting> {
        self.pods.get(&id)
    }

    /// The next one that is tried again by itself, and when.
    pub(super) fn first(&self) -> Option<(Time, PodId)> {
        self.timers.first().copied()
    }

    /// The groups for which a change is a hope.
    pub(super) fn hopeful(&self, hopes: impl Fn(&Waiting, PodId) -> bool) -> Vec<Group> {
        let hopeful = self.groups.iter().filter(|(_, pods)| {
            let first = pods.first().and_then(|id| Some((*id, self.pods.get(id)?)));
            first.is_some_and(|(id, waiting)| hopes(waiting, id))
        });
        hopeful.map(|(group, _)| *group).collect()
    }

    /// The pods of a group.
    pub(super) fn group(&self, group: &Group) -> impl Iterator<Item = (PodId, &Waiting)> {
        let pods = self.groups.get(group).into_iter().flat_map(Set::iter);
        pods.filter_map(|id| Some((*id, self.pods.get(id)?)))
    }
}

/// What two pods have in common that get the same answer from every node. It is known while one of them is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    /// The address of the template, which all pods of a Job share.
    template: usize,
    /// The completion index, if labels of pods matter.
    index: Option<u32>,
    priority: i32,
    never_preempts: bool,
}

impl Likeness {
    /// `labels_matter`: labels of pods may decide.
    pub(super) fn of(pod: &Pod, labels_matter: bool) -> Likeness {
        Likeness {
            template: Rc::as_ptr(&pod.birth.template).addr(),
            index: pod.birth.index.filter(|_| labels_matter),
            priority: pod.birth.priority,
            never_preempts: pod.birth.never_preempts,
        }
    }
}

/// One pod that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) likeness: Likeness,
    /// When it was tried last.
    pub(super) since: Time,
    /// What refused it; empty after an error.
    pub(super) refused_by: Plugins,
    /// How often there was an error, if the last try was one.
    pub(super) errors: u32,
}

impl Waiting {
    fn group(&self) -> Group {
        (self.likeness, self.refused_by)
    }

    /// When it is tried again by itself.
    pub(super) fn next_try(&self) -> Time {
        if self.errors > 0 {
            // 1, 2, 4, 8, 10, 10 … s, and then the next whole second (P-16).
            let backoff = (1_i64 << (self.errors - 1).min(4)).min(10);
            let over = self.since + Span::from_seconds(backoff);
            return over.truncated() + Span::from_seconds(1);
        }
        round_after(self.since + LONGEST_WAIT, FIRST_ROUND, ROUND)
    }

    /// Whether it might help a pod that one on a node has ended, gone, or become smaller.
    pub(super) fn hopes_for_pod(&self, pod: &Pod, other: &Pod) -> bool {
        let placement = &pod.birth.template.spec.placement;
        self.refused_by.any(|plugin| match plugin {
            Plugin::NodeResourcesFit => true,
            Plugin::NodePorts => {
                let used = &other.birth.template.spec.placement.host_ports;
                used.iter().any(|used| placement.host_ports.iter().any(|port| port.conflicts(used)))
            }
            Plugin::PodTopologySpread => is_spread_over(placement, other),
            Plugin::InterPodAffinity => {
                let theirs = &other.birth.template.spec.placement.anti_affinity;
                placement.anti_affinity.iter().any(|term| other.is_meant_by(term.label_selector.as_ref()))
                    || theirs.iter().any(|term| pod.is_meant_by(term.label_selector.as_ref()))
            }
            Plugin::NodeUnschedulable | Plugin::TaintToleration | Plugin::NodeAffinity | Plugin::VolumeBinding => false,
        })
    }

    /// Whether it might help that a pod has come to a node.
    pub(super) fn hopes_for_new_pod(&self, pod: &Pod, other: &Pod) -> bool {
        let placement = &pod.birth.template.spec.placement;
        self.refused_by.any(|plugin| match plugin {
            Plugin::PodTopologySpread => is_spread_over(placement, other),
            Plugin::InterPodAffinity => {
                placement.affinity.iter().any(|term| other.is_meant_by(term.label_selector.as_ref()))
            }
            _ => false,
        })
    }

    /// Whether it might help that a node is as it is now; `old` is how it was before.
    pub(super) fn hopes_for_node(&self, pod: &Pod, old: Option<&Node>, node: &Node) -> bool {
        let placement = &pod.birth.template.spec.placement;
        let Some(old) = old else { return self.refused_by.any(|plugin| hopes_for_new_node(plugin, pod, node)) };
        let taints_changed = old.taints != node.taints || old.unschedulable != node.unschedulable;
        self.refused_by.any(|plugin| match plugin {
            Plugin::NodeUnschedulable => !node.unschedulable && old.unschedulable,
            Plugin::TaintToleration => {
                let tolerated = |node: &Node| placement.untolerated(node).is_none();
                tolerated(node) && !tolerated(old)
            }
            // They ask no questions about taints.
            Plugin::NodeAffinity
            | Plugin::NodePorts
            | Plugin::NodeResourcesFit
            | Plugin::PodTopologySpread
            | Plugin::InterPodAffinity
            | Plugin::VolumeBinding => taints_changed,
        })
    }
}

/// Whether a pod counts for another one's topologySpreadConstraints.
fn is_spread_over(placement: &Placement, other: &Pod) -> bool {
    placement.spread.iter().any(|one| other.is_meant_by(one.label_selector.as_ref()))
}

fn hopes_for_new_node(plugin: Plugin, pod: &Pod, node: &Node) -> bool {
    let placement = &pod.birth.template.spec.placement;
    match plugin {
        Plugin::NodeUnschedulable => !node.unschedulable,
        Plugin::TaintToleration => placement.untolerated(node).is_none(),
        Plugin::NodeAffinity => placement.selects(node),
        Plugin::NodeResourcesFit => {
            let fits = |(resource, wanted): &(Name, i64)| {
                node.capacity.as_ref().is_none_or(|capacity| *wanted <= capacity.amount(resource))
            };
            placement.requests.by_name.iter().all(fits)
        }
        Plugin::PodTopologySpread => placement.spread.iter().all(|one| node.labels.contains_key(&one.topology_key)),
        Plugin::NodePorts | Plugin::InterPodAffinity | Plugin::VolumeBinding => true,
    }
}

/// The first round after a time.
pub(super) fn round_after(at: Time, first: Time, every: Span) -> Time {
    if at < first {
        return first;
    }
    let passed = (at - first).millis() / every.millis() + 1;
    first + Span::from_millis(passed * every.millis())
}
