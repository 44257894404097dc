//! Reasons about where pods run, what keeps them from starting, and what happens to their nodes.

use super::{POD, S, T};
use job_playground::api::{ContainerPlace, NodeId, PodId, ProbeKind, Taint, TaintEffect, WaitingReason};
use job_playground::cluster::inventory::{self, PullError, Reference, ReferencedKind};
use job_playground::cluster::reason::{CountedAs, Reason};
use job_playground::cluster::scheduler::{Listed, Obstacle, Refusals, Score};
use job_playground::cluster::told::{self, Missing, Told};
use job_playground::explain::{Brief, ContainerDoes, Fact, NodeChange};
use std::rc::Rc;

/// Where pods run, and what keeps them from starting.
pub(super) fn reasons() -> Vec<Reason> {
    use Reason::{
        CreationForbidden, NodeBack, NodeGone, NodeLost, NodeUnheard, NodesCompared, NodesRefused, OnlyNode,
        OutOfService, Provided, SandboxMade, TaintedForEviction, Untold,
    };
    let (main, node) = (ContainerPlace::Regular(0), NodeId(1));
    let score = Score { node, taints: 100, affinity: 0, least_allocated: 50, balanced: 50 };
    let reference = Reference { kind: ReferencedKind::ConfigMap, name: "app".into() };
    let missing = |kind| CreationForbidden { kind, name: "x".into(), skipped: 0 };
    let mut reasons = vec![
        SandboxMade { after: S },
        Untold(Told::Started(main)),
        Provided(inventory::Provided::Objects(reference)),
        Provided(inventory::Provided::Images("app:2".into())),
        NodesRefused(Refusals::none().into()),
        NodesRefused(refusals(0).into()),
        NodesRefused(refusals(990).into()),
        NodesCompared(listed(score, 0)),
        NodesCompared(listed(score, 1)),
        OnlyNode(node),
        NodeLost(node),
        NodeBack(node),
        NodeUnheard(node),
        TaintedForEviction(node),
        NodeGone(POD),
        OutOfService(POD),
        missing(ReferencedKind::ServiceAccount),
        missing(ReferencedKind::PriorityClass),
    ];
    reasons.extend(told(main, node).into_iter().map(Reason::Told));
    reasons
}

/// Why nodes refuse a pod: one that has every reason, four that have one, and others that are not listed.
pub(super) fn refusals(more: u32) -> Refusals {
    let insufficient = |whole| Obstacle::Insufficient { resource: "cpu".into(), wanted: 2000, free: 500, whole };
    let obstacles = vec![
        Obstacle::Cordoned,
        Obstacle::Taint(Taint::new("gpu", TaintEffect::NoSchedule)),
        Obstacle::Selector,
        Obstacle::Ports,
        insufficient(4000),
        insufficient(1000),
        Obstacle::TooManyPods { limit: 110 },
        Obstacle::Spread,
        Obstacle::SpreadLabel,
        Obstacle::Affinity,
        Obstacle::AntiAffinity,
        Obstacle::OthersAntiAffinity,
    ];
    let others = (2..6).map(|node| (NodeId(node), vec![Obstacle::Cordoned]));
    Listed { first: [(NodeId(1), obstacles)].into_iter().chain(others).collect(), more }
}

/// What is behind a pod that is kept back.
pub(super) fn facts() -> Vec<Fact> {
    let (pod, node, container) = (POD, NodeId(1), ContainerPlace::Regular(0));
    let taint = Taint::new("gpu", TaintEffect::NoExecute);
    vec![
        Fact::NodeFound { pod, found: Some((T, node)) },
        Fact::NodeFound { pod, found: None },
        Fact::PulledAgain { at: Some(T) },
        Fact::PulledAgain { at: None },
        Fact::PulledAfterRecording,
        Fact::DrivenOut { first: pod, count: 1, at: T },
        Fact::DrivenOut { first: pod, count: 2, at: T },
        Fact::Unheard { pod, node, until: Some(T) },
        Fact::Unheard { pod, node, until: None },
        Fact::CountedLater { first: pod, count: 1, counted: CountedAs::Failed, at: T },
        Fact::CountedLater { first: pod, count: 2, counted: CountedAs::Ignored { rule: 0 }, at: T },
        Fact::Starts { pod, container, at: Some(T) },
        Fact::Starts { pod, container, at: None },
        Fact::Tainted { node, taint: taint.clone(), at: Some(T) },
        Fact::Tainted { node, taint, at: None },
        Fact::OfCluster { setting: "images", value: "app:2".to_owned() },
    ]
}

/// The same in a line.
pub(super) fn briefs() -> Vec<Brief> {
    use Brief::{
        Container, DrivenOut, MayStay, NodeOfPodGone, NodeShows, NothingRan, PodRefused, PodShows, Ready, SandboxUp,
        StatusWritten, Unheard,
    };
    let (pod, node) = (POD, NodeId(1));
    let does = [
        ContainerDoes::Pulls,
        ContainerDoes::Pulled,
        ContainerDoes::Runs,
        ContainerDoes::Stops,
        ContainerDoes::Ends { exit_code: 1 },
    ];
    let mut briefs = vec![
        PodShows { pod, what: "ErrImagePull" },
        NodeShows { node, what: "NotReady" },
        Brief::NodeChanged(node, NodeChange::Cordoned),
        Brief::NodeChanged(node, NodeChange::Uncordoned),
        Brief::NodeChanged(node, NodeChange::Drained),
        Brief::NodeChanged(node, NodeChange::Tainted(Taint::new("gpu", TaintEffect::NoExecute))),
        Brief::NodeChanged(node, NodeChange::Untainted(Taint::new("gpu", TaintEffect::NoExecute))),
        Brief::StopUnheard(pod),
        SandboxUp(pod),
        DrivenOut(pod),
        MayStay(pod),
        Brief::NodeLost(node),
        Brief::NodeBack(node),
        Unheard,
        NodeOfPodGone(pod),
        Brief::Provided(inventory::Provided::Images("app:2".into())),
        PodRefused(ReferencedKind::ServiceAccount, "x".into()),
        NothingRan,
        Ready(pod, true),
        Ready(pod, false),
        StatusWritten,
    ];
    briefs.extend(does.map(|does| Container { pod, container: ContainerPlace::Regular(0), does }));
    briefs
}

fn listed<T>(first: T, more: u32) -> Rc<Listed<T>> {
    Rc::new(Listed { first: vec![first], more })
}

fn told(main: ContainerPlace, node: NodeId) -> Vec<Told> {
    use Told::*;
    let errors = [PullError::NotFound, PullError::Unauthorized, PullError::Unavailable, PullError::Other("no".into())];
    let mut all = vec![
        Pulling(main),
        Pulled { container: main, took: None },
        Pulled { container: main, took: Some(S) },
        Created(main),
        Started(main),
        NeverPulled(main),
        InvalidImageName(main),
        CannotStart { container: main, reason: WaitingReason::ErrImagePull },
        ConfigMissing { container: main, need: 0, missing: Missing::Object },
        RefusesRoot(main),
        BackOffPulling(main),
        BackOffRestarting(main),
        Killing { container: main, why: told::Killing::Stopping },
        ProbeErrored(main),
        MountFailed { mount: 0, missing: Missing::Object },
        DeadlineExceeded,
        Evicted,
        Scheduled(node),
        Unschedulable { message: "0/1 nodes are available".into(), event: 1 },
        UnschedulableAgain { message: "0/1 nodes are available".into(), event: 1, count: 2 },
        Preempted { pod: POD, by: PodId(2), node },
        MarkedForDeletion(POD),
        DeletionCancelled(POD),
        PodNodeNotReady(POD),
        NodeNotReady(node),
        NodeRegistered(node),
        NodeRemoved(node),
    ];
    all.extend(errors.map(|error| PullFailed { container: main, error: error.into() }));
    for probe in [ProbeKind::Startup, ProbeKind::Liveness, ProbeKind::Readiness] {
        all.push(Unhealthy { container: main, probe });
        for restarts in [true, false] {
            all.push(Killing { container: main, why: told::Killing::Probe { probe, restarts } });
        }
    }
    all
}
