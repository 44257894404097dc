//! The verbs of a node: of its lane, and below those of a pod that is on it.

use super::{FaultMenuProps, Moment, add, moment, press_or_enter};
use crate::api::{Node, NodeId, Taint};
use crate::cluster::reason::NoEffect;
use crate::time::Time;
use crate::timeline::node_faults::{NodeFault, Reach};
use crate::timeline::possible::Possible;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::{Piece, piece_of_list};
use crate::web::timeline::tray::nodes::{icon_of, on_node};
use crate::web::why::capitalized;
use web_sys::HtmlInputElement;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// All that can be done to a node, at the playhead or at the nearest moment at which it can.
pub(super) fn verbs(menu: &FaultMenuProps, reach: &Reach, node: NodeId) -> Html {
    let verbs = NodeFault::ALL.into_iter().filter_map(|fault| {
        let moment = moment_of(menu, reach, node, fault);
        moment.is_ok().then(|| piece_of_list(fault as u64, NodeVerbProps { menu: menu.clone(), node, fault, moment }))
    });
    html! { <ul>{ for verbs }</ul> }
}

fn moment_of(menu: &FaultMenuProps, reach: &Reach, id: NodeId, fault: NodeFault) -> Moment {
    let (recording, playhead) = (&menu.stage.recording, menu.playhead);
    let now = recording.node_at(id, playhead);
    let node = now.or_else(|| recording.node_at(id, Time::ZERO)).ok_or(NoEffect::NoSuchNode)?;
    let action = fault.on(node);
    moment(playhead, reach.refusal(&action, now, playhead), || Possible::of_node(recording, reach, &action))
}

#[derive(Clone, PartialEq)]
struct NodeVerbProps {
    menu: FaultMenuProps,
    node: NodeId,
    fault: NodeFault,
    moment: Moment,
}

impl NodeVerbProps {
    fn node(&self, at: Time) -> Option<&Node> {
        self.menu.stage.recording.node_at(self.node, at)
    }
}

impl Piece for NodeVerbProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_node_verb(self).run(hooks)
    }
}

/// One verb; which taint can be typed.
#[hook]
fn use_node_verb(props: &NodeVerbProps) -> Html {
    let lang = props.menu.stage.lang;
    let words = lang.timeline();
    let taint = use_node_ref();
    let (Ok((at, instead)), fault) = (props.moment, props.fault) else { return Html::default() };
    let act = {
        let (props, taint) = (props.clone(), taint.clone());
        move || {
            let Some(node) = props.node(at) else { return };
            let typed = taint.cast::<HtmlInputElement>().and_then(|input| Taint::parse(input.value().trim()));
            let input = on_node(fault, node, at, typed);
            add(&props.menu, input, instead);
        }
    };
    let (onclick, onkeydown) = press_or_enter(act);
    let note = instead.map(|why| capitalized(&(words.nearest)(at, why)));
    html! {
        <li>
            <button type="button" class="verb" {onclick} title={note.clone()}>{ icon(icon_of(fault)) }<span>{ (words.faults.node)(fault) }</span></button>
            if fault == NodeFault::Taint {
                <label><span class="sr">{ words.faults.taint }</span><input type="text" class="wide" ref={taint} value={NodeFault::taint().to_string()} {onkeydown}/></label>
            }
            if let Some(note) = note { <small>{ note }</small> }
        </li>
    }
}
