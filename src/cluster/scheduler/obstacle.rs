//! Why a node cannot take a pod, and the scheduler's words for it (P-7, P-8).

use super::plugin::Plugin;
use crate::api::{Name, Taint};
use std::borrow::Cow;

/// One reason why a node cannot take a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The node is cordoned.
    Cordoned,
    /// A taint that the pod does not tolerate.
    Taint(Taint),
    /// The node does not match the pod's nodeSelector or required node affinity.
    Selector,
    /// Another pod has a port of the node.
    Ports,
    /// Not enough of a resource.
    Insufficient {
        /// Its name.
        resource: Name,
        /// What the pod asks for, thousandths of a cpu.
        wanted: i64,
        /// What is free.
        free: i64,
        /// What the whole node has.
        whole: i64,
    },
    /// As many pods as the node may have.
    TooManyPods {
        /// How many it may have.
        limit: i64,
    },
    /// topologySpreadConstraints.
    Spread,
    /// topologySpreadConstraints: the node lacks the label.
    SpreadLabel,
    /// podAffinity.
    Affinity,
    /// podAntiAffinity.
    AntiAffinity,
    /// podAntiAffinity of a pod that is there.
    OthersAntiAffinity,
}

impl Obstacle {
    /// The scheduler's words.
    pub fn text(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Obstacle::Cordoned => "node(s) were unschedulable",
            Obstacle::Taint(_) => "node(s) had untolerated taint(s)",
            Obstacle::Selector => "node(s) didn't match Pod's node affinity/selector",
            Obstacle::Ports => "node(s) didn't have free ports for the requested pod ports",
            Obstacle::Insufficient { resource, .. } => return Cow::Owned(format!("Insufficient {resource}")),
            Obstacle::TooManyPods { .. } => "Too many pods",
            Obstacle::Spread => "node(s) didn't match pod topology spread constraints",
            Obstacle::SpreadLabel => "node(s) didn't match pod topology spread constraints (missing required label)",
            Obstacle::Affinity => "node(s) didn't match pod affinity rules",
            Obstacle::AntiAffinity => "node(s) didn't match pod anti-affinity rules",
            Obstacle::OthersAntiAffinity => "node(s) didn't satisfy existing pods anti-affinity rules",
        })
    }

    /// Whether it could be mended by removing pods (P-9).
    pub fn is_resolvable(&self) -> bool {
        match self {
            Obstacle::Ports
            | Obstacle::TooManyPods { .. }
            | Obstacle::Spread
            | Obstacle::AntiAffinity
            | Obstacle::OthersAntiAffinity => true,
            Obstacle::Insufficient { wanted, whole, .. } => wanted <= whole,
            Obstacle::Cordoned
            | Obstacle::Taint(_)
            | Obstacle::Selector
            | Obstacle::SpreadLabel
            | Obstacle::Affinity => false,
        }
    }

    pub(super) fn plugin(&self) -> Plugin {
        match self {
            Obstacle::Cordoned => Plugin::NodeUnschedulable,
            Obstacle::Taint(_) => Plugin::TaintToleration,
            Obstacle::Selector => Plugin::NodeAffinity,
            Obstacle::Ports => Plugin::NodePorts,
            Obstacle::Insufficient { .. } | Obstacle::TooManyPods { .. } => Plugin::NodeResourcesFit,
            Obstacle::Spread | Obstacle::SpreadLabel => Plugin::PodTopologySpread,
            Obstacle::Affinity | Obstacle::AntiAffinity | Obstacle::OthersAntiAffinity => Plugin::InterPodAffinity,
        }
    }
}
