//! The faults of nodes: which node each hits, and its button.

use super::{TrayProps, plain_chip};
use crate::api::{JobId, Node, NodeId, ObjectKey, Taint};
use crate::cluster::input::{Input, InputAction, TaintChange};
use crate::cluster::reason::NoEffect;
use crate::time::Time;
use crate::timeline::node_faults::{NodeFault, Reach};
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use yew::prelude::*;

/// That many of the newest pods are asked where they are.
const PODS: usize = 64;

/// The buttons: those of what can be done, and those of what could be if there were a node.
pub(super) fn chips(props: &TrayProps, reach: &Reach) -> Vec<Html> {
    let words = props.stage.lang.timeline().faults;
    let selected = props.selection.and_then(|on| on.object);
    let chips = NodeFault::ALL.into_iter().filter_map(|fault| {
        let face = (words.node)(fault);
        let (name, refusal, action) = match target(&props.stage, reach, props.job, selected, props.playhead, fault) {
            Ok(node) => {
                let input = Input::new(props.playhead, fault.on(node));
                ((words.node_on)(fault, &node.name), None, Some(Action::AddInput(input)))
            }
            Err(_) if undoes(fault) => return None,
            Err(NoEffect::NoSuchNode) => (face.to_owned(), Some(words.needs_node), None),
            Err(why) => (face.to_owned(), Some((props.stage.lang.reason().no_effect)(why)), None),
        };
        let class = if matches!(fault, NodeFault::Drain | NodeFault::Lost) { "chip" } else { "chip spare" };
        Some(plain_chip(props, class, icon_of(fault), face, &name, refusal, action))
    });
    chips.collect()
}

/// Whether it takes back what another one does: of no use before that.
fn undoes(fault: NodeFault) -> bool {
    matches!(fault, NodeFault::Uncordon | NodeFault::Untaint | NodeFault::Back)
}

pub(in crate::web::timeline) fn icon_of(fault: NodeFault) -> &'static str {
    match fault {
        NodeFault::Drain => "drain",
        NodeFault::Cordon => "cordon",
        NodeFault::Uncordon => "uncordon",
        NodeFault::Taint | NodeFault::Untaint => "taint",
        NodeFault::Lost => "lost",
        NodeFault::Back => "back",
        NodeFault::Delete => "trash",
    }
}

/// The node that a fault would hit: the selected one, that of the selected pod, those of the newest pods of the Job, and
/// then the first of all that it can act on.
pub(in crate::web::timeline) fn target<'r>(
    stage: &'r Stage,
    reach: &Reach,
    job: Option<JobId>,
    selected: Option<ObjectKey>,
    at: Time,
    fault: NodeFault,
) -> Result<&'r Node, NoEffect> {
    let recording = &stage.recording;
    let first = node_of(stage, selected, at);
    let bars = job.and_then(|job| stage.timeline.track(job)).map_or(&[][..], |track| &track.bars);
    let started = bars.partition_point(|bar| bar.created.at <= at);
    let newest = bars[..started].iter().rev().take(PODS);
    let busy = newest
        .filter(|bar| bar.end.is_none_or(|end| end.mark.at > at))
        .filter_map(|bar| node_of(stage, Some(ObjectKey::Pod(bar.pod)), at));
    let all = first.into_iter().chain(busy).chain(recording.nodes());
    let mut last = NoEffect::NoSuchNode;
    for node in all.filter_map(|id| recording.node_at(id, at)) {
        match reach.refusal(&fault.on(node), Some(node), at) {
            None => return Ok(node),
            Some(why) if last == NoEffect::NoSuchNode => last = why,
            Some(_) => {}
        }
    }
    Err(last)
}

/// The node that is selected, or that of the pod that is.
pub(in crate::web::timeline) fn node_of(stage: &Stage, object: Option<ObjectKey>, at: Time) -> Option<NodeId> {
    match object? {
        ObjectKey::Node(node) => Some(node),
        ObjectKey::Pod(pod) => Some(stage.recording.pod_at(pod, at)?.bound?.node),
        ObjectKey::Job(_) | ObjectKey::CronJob(_) => None,
    }
}

/// A fault on a node as an input; a taint may be another one.
pub(in crate::web::timeline) fn on_node(fault: NodeFault, node: &Node, at: Time, taint: Option<Taint>) -> Input {
    let action = match (fault, taint) {
        (NodeFault::Taint, Some(taint)) => {
            InputAction::Taint { node: node.name.clone(), change: TaintChange::Add(taint) }
        }
        _ => fault.on(node),
    };
    Input::new(at, action)
}
