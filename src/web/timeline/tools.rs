//! What stands over the rows of pods: finding one, their order, and the table of them.

use super::pick;
use crate::time::Time;
use crate::timeline::DetailLevel;
use crate::timeline::nodes::RowsBy;
use crate::timeline::sorted::RowOrder;
use crate::web::browser;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::{Piece, piece};
use crate::web::controls::select::chosen;
use crate::web::state::action::Action;
use crate::web::state::look::Look;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct ToolsProps {
    pub(super) stage: Shared<Stage>,
    pub(super) as_table: bool,
    /// Where the playhead is while a pod is looked for: nothing else here depends on it.
    pub(super) finding: Option<Time>,
    pub(super) order: RowOrder,
}

impl Piece for ToolsProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_tools(self).run(hooks)
    }
}

#[hook]
fn use_tools(props: &ToolsProps) -> Html {
    let words = &props.stage.lang.timeline().rows_words;
    let (as_table, finding) = (props.as_table, props.finding.is_some());
    let pressed = |glyph, name: &'static str, on: bool, look: Look| {
        let onclick = props.stage.on_action.reform(move |_: MouseEvent| Action::Look(look));
        html! { <button type="button" class="btn icon" aria-label={name} title={name} aria-pressed={on.to_string()} {onclick}>{ icon(glyph) }</button> }
    };
    html! {
        <div class="tools" role="group" aria-label={words.tools}>
            { pressed("find", words.find, finding, Look::Find(!finding)) }
            { order(props) }
            { pressed("table", words.as_table, as_table, Look::AsTable(!as_table)) }
            if let Some(playhead) = props.finding {
                { piece(FindProps { stage: props.stage.clone(), playhead }) }
            }
        </div>
    }
}

/// Whether the rows stand by pod or by node, where there are nodes.
pub(super) fn rows_by(stage: &Shared<Stage>, chosen: RowsBy) -> Html {
    let (words, timeline) = (stage.lang.timeline().depth, &stage.timeline);
    if timeline.nodes.is_empty() {
        return Html::default();
    }
    let is_possible = timeline.has_rows_by_node();
    let choice = |by: RowsBy| {
        let is_pressed = by == if is_possible { chosen } else { RowsBy::Pod };
        let disabled = by == RowsBy::Node && !is_possible;
        let onclick = stage.on_action.reform(move |_: MouseEvent| Action::SetRows(by));
        html! { <button type="button" {disabled} title={disabled.then_some(words.too_many)} aria-pressed={is_pressed.to_string()} {onclick}>{ (words.by)(by) }</button> }
    };
    html! {
        <div class="row rowsby">
            <div class="lab">{ words.rows }</div>
            <div class="seg" role="group" aria-label={words.rows}>{ for RowsBy::ALL.map(choice) }</div>
        </div>
    }
}

/// If the focus was in the view that goes, it is in the one that comes. To be used by what draws the two.
#[hook]
pub(super) fn use_focus_after(as_table: bool) {
    let (had_focus, shown) = (view(":focus-within").is_some(), use_mut_ref(|| as_table));
    use_effect_with(as_table, move |as_table| {
        if shown.replace(*as_table) != *as_table && had_focus {
            focus_view();
        }
    });
}

/// The view takes the focus: the pod that is selected, else what Tab leads to.
fn focus_view() {
    let Some(view) = view("") else { return };
    let first = |selector| browser::first_in::<HtmlElement>(&view, selector);
    let first = first(".podrow.on .hit.on").or_else(|| first(".hit[tabindex='0']"));
    // A page that refuses the focus keeps working.
    let _ = first.unwrap_or_else(|| view.clone()).focus();
}

/// The view that is on the page, if this is so of it.
fn view(is: &str) -> Option<HtmlElement> {
    browser::first(&format!(".podgrid{is}, .lanes{is}, .views > .late{is}"))
}

/// A native select under an icon.
fn order(props: &ToolsProps) -> Html {
    let words = &props.stage.lang.timeline().rows_words;
    let onchange = props.stage.on_action.reform(|event: Event| Action::SetOrder(chosen(&event, &RowOrder::ALL)));
    let has_rows = props.stage.timeline.jobs.iter().any(|track| track.detail() <= DetailLevel::Thin);
    let disabled = !props.as_table && !has_rows;
    let title = if disabled { words.no_order } else { words.order };
    html! {
        <span class={classes!("btn", "icon", "order", (props.order != RowOrder::default()).then_some("on"))} {title}>
            { icon("order") }
            <select aria-label={title} {disabled} {onchange}>
                { for RowOrder::ALL.iter().map(|order| html! { <option selected={*order == props.order}>{ (words.by)(*order) }</option> }) }
            </select>
        </span>
    }
}

#[derive(Clone, PartialEq)]
struct FindProps {
    stage: Shared<Stage>,
    playhead: Time,
}

impl Piece for FindProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_find(self).run(hooks)
    }
}

/// A field: each Enter goes to the next pod that is called so.
#[hook]
fn use_find(props: &FindProps) -> Html {
    let words = &props.stage.lang.timeline().rows_words;
    let field = use_node_ref();
    // What was looked for, how many were found, and which of them was gone to.
    let found = use_state(|| (String::new(), 0usize, 0usize));
    use_effect_with((), {
        let field = field.clone();
        move |()| {
            if let Some(field) = field.cast::<HtmlElement>() {
                // A page that refuses the focus keeps working.
                let _ = field.focus();
            }
        }
    });
    let onkeydown = {
        let (stage, playhead, found) = (props.stage.clone(), props.playhead, found.clone());
        Callback::from(move |event: KeyboardEvent| {
            let close = || stage.on_action.emit(Action::Look(Look::Find(false)));
            match event.key().as_str() {
                "Escape" => {
                    focus_view();
                    close();
                }
                "Enter" if !event.is_composing() => {
                    let called = event.target_unchecked_into::<HtmlInputElement>().value();
                    let pods = stage.timeline.find(&called);
                    let number = if found.0 == called && found.2 < pods.len() { found.2 } else { 0 };
                    if let Some(bar) = pods.get(number) {
                        stage.on_action.emit(pick(bar, playhead));
                        bring_into_sight();
                    }
                    found.set((called, pods.len(), (number + 1).min(pods.len())));
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let status = if found.0.is_empty() { String::new() } else { (words.found)(found.2, found.1) };
    // A press elsewhere closes it.
    let onfocusout = close_when_left(props);
    html! {
        <div class="find" {onfocusout}>
            <input ref={field} type="text" enterkeyhint="search" autocomplete="off" spellcheck="false" aria-label={words.find} placeholder={words.find_by} {onkeydown}/>
            <span role="status">{ status }</span>
        </div>
    }
}

/// What happens when the focus leaves the field, unless it goes to the button that closes it.
fn close_when_left(props: &FindProps) -> Callback<FocusEvent> {
    let on_action = props.stage.on_action.clone();
    Callback::from(move |event: FocusEvent| {
        let goes_to = event.related_target().and_then(|target| target.dyn_into::<Element>().ok());
        if goes_to.is_none_or(|element| element.closest(".tools").ok().flatten().is_none()) {
            on_action.emit(Action::Look(Look::Find(false)));
        }
    })
}

/// The page scrolls to the pod that was just selected, once it is drawn.
fn bring_into_sight() {
    gloo_timers::callback::Timeout::new(50, || {
        if let Some(row) = browser::first::<HtmlElement>(".podrow.on, .plot .chosen") {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    })
    .forget();
}
