//! Pods that no node could take: what each waits for, and when it is tried again (P-15 … P-17). Upstream:
//! backend/queue/scheduling_queue.go, the plugins' QueueingHints, client-go tools/events.

use super::filter::{Plugin, selects, untolerated};
use crate::api::{Node, Pod};
use crate::time::{Span, Time};

/// A pod is tried again when it has waited so long, at the next round.
const LONGEST_WAIT: Span = Span::from_seconds(300);
/// The rounds are every 30 s, from 29 s on.
const ROUND: Span = Span::from_seconds(30);
const FIRST_ROUND: Time = Time::from_seconds(29);
/// The rounds of the recorder of events: every 6 min, a second early.
const EVENT_ROUND: Span = Span::from_seconds(360);
const FIRST_EVENT_ROUND: Time = Time::from_seconds(359);
/// A series is closed when it has not been counted up for so long.
const SERIES_ENDS: Span = Span::from_seconds(360);
/// The rounds at which all counts are written.
const REFRESH_ROUND: Span = Span::from_seconds(1800);
const FIRST_REFRESH: Time = Time::from_seconds(1799);

/// One pod that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// When it was tried last.
    pub(super) since: Time,
    /// What refused it; empty after an error.
    pub(super) refused_by: Vec<Plugin>,
    /// How often there was an error, if the last try was one.
    pub(super) errors: u32,
    /// The Event that its refusals are told in.
    pub(super) series: Option<Series>,
}

/// An Event about a pod, and how often it was counted up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) message: std::rc::Rc<str>,
    /// How often it was told.
    pub(super) count: u32,
    /// The count that was written.
    pub(super) written: u32,
    pub(super) last: Time,
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
        round_from(self.since + LONGEST_WAIT, FIRST_ROUND, ROUND)
    }

    /// When something of its Event is written by itself.
    pub(super) fn next_write(&self, now: Time) -> Time {
        let Some(series) = &self.series else { return Time::NEVER };
        if series.count < 2 {
            return Time::NEVER;
        }
        let closes = round_after(series.last + SERIES_ENDS, FIRST_EVENT_ROUND, EVENT_ROUND);
        let refresh = round_after(now, FIRST_REFRESH, REFRESH_ROUND);
        closes.min(refresh)
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
            Plugin::PodTopologySpread => placement
                .spread
                .iter()
                .any(|one| one.label_selector.as_ref().is_some_and(|selector| selector.matches(&labels))),
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
            Plugin::PodTopologySpread => placement
                .spread
                .iter()
                .any(|one| one.label_selector.as_ref().is_some_and(|selector| selector.matches(&labels))),
            Plugin::InterPodAffinity => placement.affinity.iter().any(|term| term.is_about(&labels)),
            _ => false,
        })
    }

    /// Whether it might help that a node is as it is now; `old` is how it was before.
    pub(super) fn hopes_for_node(&self, pod: &Pod, old: Option<&Node>, node: &Node) -> bool {
        let placement = &pod.birth.template.spec.placement;
        let is_new = old.is_none();
        let was = |test: &dyn Fn(&Node) -> bool| old.is_some_and(test);
        self.refused_by.iter().any(|plugin| match plugin {
            Plugin::NodeUnschedulable => !node.unschedulable && (is_new || was(&|old| old.unschedulable)),
            Plugin::TaintToleration => {
                let tolerated = |node: &Node| untolerated(placement, node).is_none();
                tolerated(node) && !was(&tolerated)
            }
            Plugin::NodeAffinity => selects(placement, node) && !was(&|old| selects(placement, old)),
            Plugin::NodePorts => is_new,
            Plugin::NodeResourcesFit => {
                let fits = |resource: &crate::api::Name, wanted: &i64| {
                    node.capacity.as_ref().is_none_or(|capacity| *wanted <= capacity.amount(resource))
                };
                is_new && placement.requests.by_name.iter().all(|(resource, wanted)| fits(resource, wanted))
            }
            Plugin::PodTopologySpread => {
                is_new && placement.spread.iter().all(|one| node.labels.contains_key(&one.topology_key))
            }
            Plugin::InterPodAffinity => is_new,
            Plugin::VolumeBinding => is_new,
        })
    }
}

/// The first round not before a time.
fn round_from(at: Time, first: Time, every: Span) -> Time {
    round_after(at - Span::from_millis(1), first, every)
}

/// The first round after a time.
fn round_after(at: Time, first: Time, every: Span) -> Time {
    if at < first {
        return first;
    }
    let passed = (at - first).millis() / every.millis() + 1;
    first + Span::from_millis(passed * every.millis())
}
