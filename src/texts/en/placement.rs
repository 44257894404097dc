//! English: where pods run, what keeps them from starting, and what happens to their nodes.

use super::called::{self, container, it, span};
use crate::api::{ConfigKind, NodeId, ObjectKey, ProbeKind};
use crate::cluster::inventory::{Provided, PullError, ReferencedKind};
use crate::cluster::reason::Reason;
use crate::cluster::scheduler::{Obstacle, Refusals};
use crate::cluster::told::{Killing, Missing, Told};
use crate::explain::{MOST_GROUPS, Names, NodeFilter, alike};
use crate::texts::explain::NodeWords;
use crate::texts::format::{amount, count};
use crate::texts::sentence::{Phrase, Sentence, code, say};

/// What the scheduler asked of each node.
pub(super) static NODES: NodeWords = NodeWords {
    asked_at: |at| format!("What the scheduler asked at {}", called::clock(at)),
    node: "Node",
    refuses: "Refuses",
    filter: |filter| match filter {
        NodeFilter::Cordon => "cordoned?".to_owned(),
        NodeFilter::Taint => "taints tolerated?".to_owned(),
        NodeFilter::Selector => "selector matches?".to_owned(),
        NodeFilter::Ports => "ports free?".to_owned(),
        NodeFilter::Pods => "room for a pod?".to_owned(),
        NodeFilter::Resource { name, asked } => format!("{name}: {} asked", amount(name, *asked)),
        NodeFilter::Spread => "spread allows it?".to_owned(),
        NodeFilter::Affinity => "affinity allows it?".to_owned(),
    },
    answer: "Answer",
    yes: "yes",
    no: "no",
    not_asked: "not asked",
    free: |free, whole| format!("{free} of {whole} free"),
    full: |limit| format!("no, it has {limit}"),
    more: |count| called::many(count as u32, "more node", "more nodes"),
};

/// The sentence of a reason of this kind.
pub(super) fn words(reason: &Reason, names: Names<'_>) -> Sentence {
    match reason {
        Reason::SandboxMade { after } => {
            say!(
                "the sandbox of {} is up, {} after its volumes were there: now its containers can start.",
                it(names),
                span(*after)
            )
        }
        Reason::Told(told) => told_words(told, names),
        Reason::Untold(told) => {
            say!("*nobody hears of it*, because the node cannot reach the API server: {}", told_words(told, names))
        }
        Reason::Provided(Provided::Objects(reference)) => {
            say!("{} *exists from now on*.", code(reference.to_string()))
        }
        Reason::Provided(Provided::Images(pattern)) => say!("{} can be pulled from now on.", code(&**pattern)),
        Reason::NodesRefused(refusals) if refusals.total() == 0 => {
            say!("*no node was asked* for {}: there is none, or it names a claim that does not exist.", it(names))
        }
        Reason::NodesRefused(refusals) => say!("*no node can take {}*: {}.", it(names), refused(refusals, names)),
        Reason::NodesCompared(scores) => {
            let each: Vec<String> =
                scores.first.iter().map(|score| format!("{} {}", names.node(score.node), score.total())).collect();
            say!(
                "several nodes could take {}; the one with the most points wins, of equals the first: {}{}.",
                it(names),
                each.join(", "),
                and_more(scores.more)
            )
        }
        Reason::OnlyNode(id) => say!("{} was *the only node* that could take it.", node(*id, names)),
        Reason::NodeLost(id) => say!(
            "{} *cannot reach the API server any more*. Its containers run on, and nobody knows yet.",
            node(*id, names)
        ),
        Reason::NodeBack(id) => say!(
            "{} *reports again*: the cluster hears what has happened there since, and it hears what it is to do.",
            node(*id, names)
        ),
        Reason::NodeUnheard(id) => say!(
            "{} has not renewed its lease for more than 50\u{a0}seconds: *it counts as not ready*, and takes no new pods.",
            node(*id, names)
        ),
        Reason::TaintedForEviction(id) => say!(
            "{} is not ready: it gets a taint with {}. Its pods go when they tolerate that no longer, by default after 300\u{a0}seconds.",
            node(*id, names),
            code("NoExecute")
        ),
        Reason::NodeGone(id) => {
            say!("the node of {} does not exist any more, so it counts as failed.", called::pod(*id, names))
        }
        Reason::OutOfService(id) => say!(
            "the node of {} is marked as out of service: nobody will stop the pod there, so it is removed.",
            called::pod(*id, names)
        ),
        Reason::ProbeConcluded { container: place, probe: kind, succeeds } => {
            let (kind, container) = (*kind, container(*place, names));
            match (kind, succeeds) {
                (ProbeKind::Startup, true) => say!("the startup probe has succeeded: {} *has started*.", container),
                (_, true) => say!("the {} has succeeded: {} is *ready*.", probe(kind), container),
                (ProbeKind::Readiness, false) => {
                    say!("the readiness probe has failed as often as it may: {} is *not ready*.", container)
                }
                (_, false) => say!("the {} of {} has failed *as often as it may*.", probe(kind), container),
            }
        }
        Reason::CreationForbidden { kind, name, skipped: _ } => {
            say!("*the API server refused a pod*: there is no {} {}.", kind.as_str(), code(&**name))
        }
        _ => Sentence::default(),
    }
}

/// What ends a list of nodes that is not whole.
fn and_more(nodes: u32) -> String {
    match nodes {
        0 => String::new(),
        1 => " and one more node".to_owned(),
        more => format!(" and {} more nodes", count(i64::from(more))),
    }
}

fn node(id: NodeId, names: Names<'_>) -> Phrase {
    called::object(ObjectKey::Node(id), names)
}

/// Nodes that refused for the same reasons, together: `node-1, node-2 (cpu: 2 wanted, 0 free)`.
pub(super) fn refused(refusals: &Refusals, names: Names<'_>) -> String {
    let group = |(nodes, obstacles): (Vec<NodeId>, &[Obstacle])| {
        let mut shown: Vec<String> = nodes.iter().take(3).map(|node| names.node(*node).to_owned()).collect();
        shown.extend((nodes.len() > 3).then(|| format!("{} more", nodes.len() - 3)));
        let why: Vec<String> = obstacles.iter().map(obstacle).collect();
        format!("{} ({})", shown.join(", "), why.join(", "))
    };
    let groups = alike(refusals);
    let shown = groups.len().min(MOST_GROUPS);
    let more: usize = groups[shown..].iter().map(|(nodes, _)| nodes.len()).sum();
    let told: Vec<String> = groups.into_iter().take(shown).map(group).collect();
    format!("{}{}", told.join(", "), and_more(refusals.more + more as u32))
}

/// Why one node cannot take a pod, with the numbers.
pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Cordoned => "cordoned".to_owned(),
        Obstacle::Taint(taint) => format!("taint {taint} is not tolerated"),
        Obstacle::Selector => "labels do not match".to_owned(),
        Obstacle::Ports => "a port is in use".to_owned(),
        Obstacle::Insufficient { resource, wanted, whole, .. } if wanted > whole => {
            format!("{resource}: {} wanted, the whole node has {}", amount(resource, *wanted), amount(resource, *whole))
        }
        Obstacle::Insufficient { resource, wanted, free, .. } => {
            format!("{resource}: {} wanted, {} free", amount(resource, *wanted), amount(resource, *free))
        }
        Obstacle::TooManyPods { limit } => format!("it has {limit} pods, as many as it may"),
        Obstacle::Spread => "pods would be spread too unevenly".to_owned(),
        Obstacle::SpreadLabel => "it lacks the label by which pods are spread".to_owned(),
        Obstacle::Affinity => "no pod is there that it wants to be near".to_owned(),
        Obstacle::AntiAffinity => "a pod is there that it must not be near".to_owned(),
        Obstacle::OthersAntiAffinity => "a pod is there that must not be near it".to_owned(),
    }
}

fn probe(kind: ProbeKind) -> &'static str {
    match kind {
        ProbeKind::Startup => "startup probe",
        ProbeKind::Liveness => "liveness probe",
        ProbeKind::Readiness => "readiness probe",
    }
}

fn config(kind: ConfigKind) -> &'static str {
    ReferencedKind::from(kind).as_str()
}

fn pull_error(error: &PullError) -> String {
    match error {
        PullError::NotFound => "there is no such image in the registry".to_owned(),
        PullError::Unauthorized => "the registry does not let the node have it".to_owned(),
        PullError::Unavailable => "the registry does not answer".to_owned(),
        PullError::Other(message) => message.to_string(),
    }
}

fn told_words(told: &Told, names: Names<'_>) -> Sentence {
    match told {
        Told::Pulling(place) => say!("the image of {} is being pulled.", container(*place, names)),
        Told::Pulled { container: place, took: None } => {
            say!("the image of {} is on the node already.", container(*place, names))
        }
        Told::Pulled { container: place, took: Some(took) } => {
            say!("the image of {} was pulled in *{}*.", container(*place, names), span(*took))
        }
        Told::Created(place) => say!("{} was made.", container(*place, names)),
        Told::Started(place) => say!("{} *runs*.", container(*place, names)),
        Told::PullFailed { container: place, error } => say!(
            "the image of {} *could not be pulled*: {}. The pod does not fail because of it, it waits.",
            container(*place, names),
            pull_error(error)
        ),
        Told::NeverPulled(place) => say!(
            "the image of {} is not on the node, and {} forbids to pull it.",
            container(*place, names),
            code("imagePullPolicy: Never")
        ),
        Told::InvalidImageName(place) => {
            say!(
                "the image of {} has *no valid name*: capital letters and spaces are not allowed.",
                container(*place, names)
            )
        }
        Told::CannotStart { container: place, reason } => {
            say!("{} waits: {}.", container(*place, names), code(reason.as_str()))
        }
        Told::ConfigMissing { container: place, need, missing } => {
            let need = names.spec().and_then(|spec| spec.container(*place)?.config.get(usize::from(*need)));
            let Some(need) = need else { return say!("{} lacks configuration.", container(*place, names)) };
            match (missing, &need.key) {
                (Missing::Key(_), Some(key)) => say!(
                    "{} cannot start: {} {} has no key {}.",
                    container(*place, names),
                    config(need.kind),
                    code(&*need.name),
                    code(&**key)
                ),
                _ => say!(
                    "{} cannot start: there is no {} {}.",
                    container(*place, names),
                    config(need.kind),
                    code(&*need.name)
                ),
            }
        }
        Told::RefusesRoot(place) => say!(
            "{} cannot start: it must not run as root, its image would, and no {} says otherwise.",
            container(*place, names),
            code("runAsUser")
        ),
        Told::BackOffPulling(place) => {
            say!(
                "the image of {} is *not pulled yet*: the wait after the last failure is not over.",
                container(*place, names)
            )
        }
        Told::BackOffRestarting(place) => {
            say!("{} is *not started yet*: the wait after its last end is not over.", container(*place, names))
        }
        Told::Killing { container: place, why: Killing::Stopping } => {
            say!("{} is being stopped.", container(*place, names))
        }
        Told::Killing { container: place, why: Killing::Probe { probe: kind, restarts } } => match restarts {
            true => say!(
                "{} is being stopped and *started again*: its {} failed too often.",
                container(*place, names),
                probe(*kind)
            ),
            false => say!("{} is being *stopped*: its {} failed too often.", container(*place, names), probe(*kind)),
        },
        Told::Unhealthy { container: place, probe: kind } => {
            say!("the {} of {} *failed*.", probe(*kind), container(*place, names))
        }
        Told::ProbeErrored(place) => {
            say!(
                "the readiness probe finds {} stopped, while the pod's status does not say so yet.",
                container(*place, names)
            )
        }
        Told::MountFailed { mount, missing } => {
            let mount = names.spec().and_then(|spec| spec.mounts.get(usize::from(*mount)));
            let Some(mount) = mount else { return say!("a volume cannot be mounted.") };
            match missing {
                Missing::Object => say!(
                    "volume {} cannot be mounted: there is *no {} {}*. The pod waits, and the kubelet tries again.",
                    code(&*mount.volume),
                    config(mount.kind),
                    code(&*mount.name)
                ),
                Missing::Key(_) => say!(
                    "volume {} cannot be mounted: {} {} lacks a key.",
                    code(&*mount.volume),
                    config(mount.kind),
                    code(&*mount.name)
                ),
            }
        }
        Told::DeadlineExceeded => {
            say!("{} has run for as long as its own {} allows.", it(names), code("activeDeadlineSeconds"))
        }
        Told::Evicted => say!("the node is low on memory, and {} has to go.", it(names)),
        Told::Scheduled(id) => say!("it goes to {}.", node(*id, names)),
        Told::Unschedulable { message, .. } => say!("*no node can take {}*: {}", it(names), code(&**message)),
        Told::UnschedulableAgain { message, count, .. } => {
            say!("*still no node can take {}*, tried {} times: {}", it(names), *count, code(&**message))
        }
        Told::Preempted { pod, by, node: id } => say!(
            "{} has to go from {} for {}, which is *more important*.",
            called::pod(*pod, names),
            node(*id, names),
            called::pod(*by, names)
        ),
        Told::MarkedForDeletion(pod) => {
            say!(
                "{} does not tolerate a taint of its node, or not for longer: *it is deleted*.",
                called::pod(*pod, names)
            )
        }
        Told::DeletionCancelled(pod) => {
            say!("the taint is gone in time: {} *stays*.", called::pod(*pod, names))
        }
        Told::PodNodeNotReady(pod) => {
            say!("{} is not ready any more, because its node is not.", called::pod(*pod, names))
        }
        Told::NodeNotReady(id) => say!("{} is *not ready*.", node(*id, names)),
        Told::NodeRegistered(id) => say!("{} is known from now on.", node(*id, names)),
        Told::NodeRemoved(id) => say!("{} is gone.", node(*id, names)),
    }
}
