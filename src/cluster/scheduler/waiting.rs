//! Pods that no node could take: what each waits for, and when it is tried again (P-15, P-16). Upstream:
//! backend/queue/scheduling_queue.go, the plugins' QueueingHints.

use super::filter::{Plugin, selects, untolerated};
use crate::api::{Labels, Name, Node, Placement, Pod, SpreadConstraint};
use crate::time::{Span, Time};

/// A pod is tried again when it has waited so long, at the next round.
const LONGEST_WAIT: Span = Span::from_seconds(300);
/// The rounds are every 30 s, from 29 s on.
pub(super) const ROUND: Span = Span::from_seconds(30);
const FIRST_ROUND: Time = Time::from_seconds(29);

/// One pod that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// When it was tried last.
    pub(super) since: Time,
    /// What refused it; empty after an error.
    pub(super) refused_by: Vec<Plugin>,
    /// How often there was an error, if the last try was one.
    pub(super) errors: u32,
}

impl Waiting {
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
        let labels = other.labels();
        let placement = &pod.birth.template.spec.placement;
        self.refused_by.iter().any(|plugin| match plugin {
            Plugin::NodeResourcesFit => true,
            Plugin::NodePorts => {
                let used = &other.birth.template.spec.placement.host_ports;
                used.iter().any(|used| placement.host_ports.iter().any(|port| port.conflicts(used)))
            }
            Plugin::PodTopologySpread => is_spread_over(placement, &labels),
            Plugin::InterPodAffinity => {
                let own = pod.labels();
                let theirs = &other.birth.template.spec.placement.anti_affinity;
                placement.anti_affinity.iter().any(|term| term.is_about(&labels))
                    || theirs.iter().any(|term| term.is_about(&own))
            }
            Plugin::NodeUnschedulable | Plugin::TaintToleration | Plugin::NodeAffinity | Plugin::VolumeBinding => false,
        })
    }

    /// Whether it might help that a pod has come to a node.
    pub(super) fn hopes_for_new_pod(&self, pod: &Pod, other: &Pod) -> bool {
        let labels = other.labels();
        let placement = &pod.birth.template.spec.placement;
        self.refused_by.iter().any(|plugin| match plugin {
            Plugin::PodTopologySpread => is_spread_over(placement, &labels),
            Plugin::InterPodAffinity => placement.affinity.iter().any(|term| term.is_about(&labels)),
            _ => false,
        })
    }

    /// Whether it might help that a node is as it is now; `old` is how it was before.
    pub(super) fn hopes_for_node(&self, pod: &Pod, old: Option<&Node>, node: &Node) -> bool {
        let placement = &pod.birth.template.spec.placement;
        let Some(old) = old else { return self.refused_by.iter().any(|plugin| hopes_for_new_node(*plugin, pod, node)) };
        let taints_changed = old.taints != node.taints || old.unschedulable != node.unschedulable;
        self.refused_by.iter().any(|plugin| match plugin {
            Plugin::NodeUnschedulable => !node.unschedulable && old.unschedulable,
            Plugin::TaintToleration => {
                let tolerated = |node: &Node| untolerated(placement, node).is_none();
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

/// Whether pods with these labels count for a pod's topologySpreadConstraints.
fn is_spread_over(placement: &Placement, labels: &Labels) -> bool {
    let matches = |one: &SpreadConstraint| one.label_selector.as_ref().is_some_and(|selector| selector.matches(labels));
    placement.spread.iter().any(matches)
}

fn hopes_for_new_node(plugin: Plugin, pod: &Pod, node: &Node) -> bool {
    let placement = &pod.birth.template.spec.placement;
    match plugin {
        Plugin::NodeUnschedulable => !node.unschedulable,
        Plugin::TaintToleration => untolerated(placement, node).is_none(),
        Plugin::NodeAffinity => selects(placement, node),
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
