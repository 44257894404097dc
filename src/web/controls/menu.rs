//! A button with a list that opens under it. Closes when something is chosen, when the focus leaves, and with Escape.

use crate::web::controls::piece::Piece;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(PartialEq)]
pub(crate) struct MenuProps {
    pub(crate) button: Html,
    /// The name of the button, if it has no words.
    pub(crate) name: Option<&'static str>,
    /// The classes of the button.
    pub(crate) class: Classes,
    /// The name of the list for screen readers.
    pub(crate) label: &'static str,
    /// The content of the list.
    pub(crate) children: Html,
}

impl Piece for MenuProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_menu(self).run(hooks)
    }
}

#[hook]
fn use_menu(props: &MenuProps) -> Html {
    let open = use_state_eq(|| false);
    let root = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let close = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |_: MouseEvent| {
            // What was pressed goes with the list: its focus is not lost.
            focus_item(&root, 0);
            open.set(false);
        })
    };
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: FocusEvent| {
            let goes_to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            let inside = root.get().is_some_and(|root| root.contains(goes_to.as_ref()));
            if !inside {
                open.set(false);
            }
        })
    };
    let onkeydown = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" if *open => {
                event.stop_propagation();
                open.set(false);
                focus_item(&root, 0);
            }
            "ArrowDown" | "ArrowUp" if *open => {
                event.prevent_default();
                focus_item(&root, if event.key() == "ArrowDown" { 1 } else { -1 });
            }
            _ => {}
        })
    };
    html! {
        <div class="menu" ref={root} {onfocusout} {onkeydown}>
            <button type="button" class={props.class.clone()} aria-haspopup="true" aria-expanded={open.to_string()} aria-label={props.name} title={props.name} onclick={toggle}>
                { props.button.clone() }
            </button>
            if *open {
                // Buttons take no focus on a press in some browsers: the list itself can, or it would close before the click.
                <div class="list" role="group" aria-label={props.label} tabindex="-1" onclick={close}>{ props.children.clone() }</div>
            }
        </div>
    }
}

/// Moves the focus by that many buttons; with 0 to the button of the menu.
fn focus_item(root: &NodeRef, by: isize) {
    let Some(root) = root.cast::<HtmlElement>() else { return };
    let Ok(buttons) = root.query_selector_all("button") else { return };
    let active = root.owner_document().and_then(|document| document.active_element());
    let buttons = (0..buttons.length()).filter_map(|at| buttons.item(at)?.dyn_into::<HtmlElement>().ok());
    // What there is no room for is not shown.
    let buttons: Vec<HtmlElement> = buttons.filter(|button| button.offset_parent().is_some()).collect();
    let at = buttons.iter().position(|button| button.is_same_node(active.as_deref().map(AsRef::as_ref)));
    let next = if by == 0 { 0 } else { at.unwrap_or(0).saturating_add_signed(by) };
    if let Some(button) = buttons.get(next).or(buttons.last()) {
        // Focus can only fail for an element outside the page.
        let _ = button.focus();
    }
}
