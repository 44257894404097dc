//! When nodes could not reach the API server: nobody wrote that down but the recorder. From it follow the renewals of
//! their leases.

use super::Recording;
use crate::api::{Node, NodeId, Pod};
use crate::cluster::node_lifecycle::{FIRST_RENEWAL, RENEWAL};
use crate::order::Set;
use crate::time::{Span, Time};

/// A time during which a node could not reach the API server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Silence {
    node: NodeId,
    from: Time,
    /// When it was back, if it was.
    until: Option<Time>,
}

/// How old the lease of a node is that joins, before it renews it first.
const OF_FIRST_LEASE: Span = Span::from_millis(1500);

/// Takes down which nodes are out of reach now.
pub(super) fn note(silences: &mut Vec<Silence>, out_of_reach: &Set<NodeId>, now: Time) {
    for silence in silences.iter_mut().filter(|silence| silence.until.is_none()) {
        if !out_of_reach.contains(&silence.node) {
            silence.until = Some(now);
        }
    }
    for node in out_of_reach.iter() {
        if !silences.iter().any(|silence| silence.node == *node && silence.until.is_none()) {
            silences.push(Silence { node: *node, from: now, until: None });
        }
    }
}

impl Recording {
    /// Whether a node cannot reach the API server at a time.
    pub fn is_silent(&self, node: NodeId, at: Time) -> bool {
        let own = self.silences.iter().filter(|silence| silence.node == node);
        { own }.any(|silence| silence.from <= at && silence.until.is_none_or(|until| at < until))
    }

    /// Whether a pod got the condition DisruptionTarget while its node could not see it, and cannot yet.
    pub(super) fn is_disruption_unseen(&self, pod: &Pod, now: Time) -> bool {
        let (Some(disruption), Some(bound)) = (pod.disruption, pod.bound) else { return false };
        self.silences.iter().filter(|silence| silence.node == bound.node).any(|silence| {
            silence.from.truncated() <= disruption.since && silence.until.is_none_or(|until| until > now)
        })
    }

    /// When the kubelet of a node wrote its conditions last: in the reference cluster only when it joins, and when it
    /// can again (P-85).
    pub(crate) fn last_report(&self, node: &Node, now: Time) -> Time {
        let back = self.silences.iter().filter(|silence| silence.node == node.id).filter_map(|silence| silence.until);
        back.filter(|until| *until <= now).fold(node.joined, Time::max)
    }

    /// When a node renewed its lease last (P-82, P-85).
    pub fn lease_renewed(&self, node: &Node, at: Time) -> Time {
        let silences = || self.silences.iter().filter(|silence| silence.node == node.id && silence.from <= at);
        // Back again, it renews the lease at once.
        let back = silences().filter_map(|silence| silence.until).filter(|until| *until <= at).max();
        let lost = silences().find(|silence| silence.until.is_none_or(|until| until > at));
        let reached = lost.map_or(at, |silence| silence.from);
        let first = node.joined + FIRST_RENEWAL;
        let in_turn = match reached < first {
            true => node.joined - OF_FIRST_LEASE,
            false => first + Span::from_millis((reached - first).millis() / RENEWAL.millis() * RENEWAL.millis()),
        };
        in_turn.max(back.unwrap_or(in_turn))
    }
}
