//! The edge between two regions: dragged, or moved by keys. With Enter the spec is folded and unfolded; any other edge,
//! and each on a double press, goes back to where the style sheet has it.

use crate::texts::Lang;
use crate::web::controls::drag::{Drag, use_drag};
use crate::web::controls::piece::Piece;
use crate::web::keys::{self, Command};
use crate::web::state::action::Action;
use crate::web::state::panes::{Edge, Panes};
use web_sys::Element;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// How many times as far with Shift.
const FURTHER: f64 = 5.0;

#[derive(PartialEq)]
pub(super) struct EdgeProps {
    pub(super) edge: Edge,
    pub(super) panes: Panes,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

impl Piece for EdgeProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_edge(self).run(hooks)
    }
}

/// Where the edges stand, as the style sheet takes it.
pub(super) fn style(panes: &Panes) -> String {
    let names = ["--spec", "--upper", "--why"];
    let moved = Edge::ALL.iter().zip(names).filter_map(|(edge, name)| Some((name, panes.edge(*edge)?)));
    moved.map(|(name, at)| format!("{name}:{:.1}%;", f64::from(at) / 10.0)).collect()
}

#[hook]
fn use_edge(props: &EdgeProps) -> Html {
    let node = use_node_ref();
    let (edge, panes) = (props.edge, props.panes);
    let is_upright = edge != Edge::Upper;
    let move_to = {
        let on_action = props.on_action.clone();
        move |at: Option<f64>| {
            let at = at.map(|at| at.round().clamp(0.0, 1000.0) as u16);
            on_action.emit(Action::SetPanes(panes.with(edge, at).folded(panes.is_folded && edge != Edge::Spec)));
        }
    };
    let on_move = {
        let (node, move_to) = (node.clone(), move_to.clone());
        Callback::from(move |event: PointerEvent| {
            let pointer = if is_upright { event.client_x() } else { event.client_y() };
            move_to(share(&node, is_upright, Some(f64::from(pointer))));
        })
    };
    let Drag { onpointerdown, onpointermove, onpointerup } = use_drag(on_move);
    let ondblclick = {
        let move_to = move_to.clone();
        Callback::from(move |_: MouseEvent| move_to(None))
    };
    let onkeydown = {
        let (node, on_action) = (node.clone(), props.on_action.clone());
        Callback::from(move |event: KeyboardEvent| {
            let further = if event.shift_key() { FURTHER } else { 1.0 };
            match keys::command(&keys::ON_EDGE, &event) {
                Some(Command::EdgeBy(step)) => move_to(share(&node, is_upright, None).map(|at| at + step * further)),
                Some(Command::EdgeTo(end)) => move_to(Some(end)),
                Some(Command::EdgeBack) if edge == Edge::Spec => {
                    on_action.emit(Action::SetPanes(panes.folded(!panes.is_folded)));
                }
                Some(Command::EdgeBack) => move_to(None),
                _ => return,
            }
            event.prevent_default();
        })
    };
    // Where it stands is known when it is laid out: said when it takes the focus, and after each move.
    let say = {
        let node = node.clone();
        move || {
            if let (Some(element), Some(at)) = (node.cast::<Element>(), share(&node, is_upright, None)) {
                // Fails only for an invalid name.
                let _ = element.set_attribute("aria-valuenow", &format!("{:.0}", at / 10.0));
            }
        }
    };
    let onfocus = {
        let say = say.clone();
        Callback::from(move |_: FocusEvent| say())
    };
    use_effect_with(panes, move |_| say());
    let (name, class, controls) = match edge {
        Edge::Spec => (props.lang.page().edges[0], "divider spec-edge", "spec"),
        Edge::Upper => (props.lang.page().edges[1], "divider upper-edge", "upper"),
        Edge::Why => (props.lang.page().edges[2], "divider why-edge", "why-region"),
    };
    let (least, most) = edge.bounds().into_inner();
    html! {
        <div ref={node} {class} role="separator" tabindex="0" aria-orientation={if is_upright { "vertical" } else { "horizontal" }} aria-label={name} title={name}
            aria-controls={controls} aria-valuemin={(least / 10).to_string()} aria-valuemax={(most / 10).to_string()} aria-valuenow="50"
            {onpointerdown} {onpointermove} {onpointerup} {ondblclick} {onkeydown} {onfocus}/>
    }
}

/// Where an edge stands, or would stand at a place of the window, in thousandths of the room of both regions.
fn share(node: &NodeRef, is_upright: bool, pointer: Option<f64>) -> Option<f64> {
    let element = node.cast::<Element>()?;
    let (own, room) = (element.get_bounding_client_rect(), element.parent_element()?.get_bounding_client_rect());
    let (start, width, from, length) = if is_upright {
        (own.left(), own.width(), room.left(), room.width())
    } else {
        (own.top(), own.height(), room.top(), room.height())
    };
    let at = pointer.map_or(start, |pointer| pointer - width / 2.0);
    (length > 0.0).then(|| (at - from) * 1000.0 / length)
}
