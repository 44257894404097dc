//! The dialogs: what is shared, past texts, and the list of keys. Native dialogs hold the focus and close with Escape.

use super::history;
use crate::conformance::RECORDED_CASES;
use crate::texts::Lang;
use crate::web::controls::button::{icon_button, press};
use crate::web::controls::late::drawn_late;
use crate::web::controls::piece::piece;
use crate::web::controls::select::chosen;
use crate::web::keeping::past::PastText;
use crate::web::keeping::store::StoreError;
use crate::web::keys::{self, Line};
use crate::web::lessons::panel::PanelProps;
use crate::web::share::ShareProps;
use crate::web::state::action::{Action, Dialog};
use crate::web::state::preferences::Voice;
use std::rc::Rc;
use web_sys::HtmlDialogElement;
use yew::functional::Hook;
use yew::prelude::*;

/// What a dialog shows.
#[derive(PartialEq)]
pub(crate) struct DialogProps {
    pub(super) dialog: Dialog,
    /// What is shared, if that is what is shown.
    pub(super) share: Option<ShareProps>,
    /// The lessons, if they are what is shown.
    pub(super) learn: Option<PanelProps>,
    /// Past texts, as they were read.
    pub(super) past: Result<Rc<[PastText]>, StoreError>,
    pub(super) voice: Voice,
    pub(super) has_free_keys: bool,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

drawn_late!(DialogProps, |props| props, |props, hooks| use_open_dialog(props).run(hooks), |props| press(
    &props.on_action,
    Action::ShowDialog(None)
));

/// An open dialog.
#[hook]
fn use_open_dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with(props.dialog, {
        let node = node.clone();
        move |_| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
                // Fails only for a dialog that is open or outside the page.
                let _ = dialog.show_modal();
            }
        }
    });
    let words = props.lang.page();
    // The dialog closes itself: that gives the focus back to what had it.
    let close = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| close_dialog(&node))
    };
    let onclose = props.on_action.reform(|_: Event| Action::ShowDialog(None));
    // A press on the backdrop lands on the dialog itself, one inside it on something in it.
    let onclick = {
        let node = node.clone();
        Callback::from(move |event: MouseEvent| {
            let hit: Option<web_sys::Node> =
                event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into(target).ok());
            if hit.is_some() && hit == node.get() {
                close_dialog(&node);
            }
        })
    };
    let title = match props.dialog {
        Dialog::Share => words.share,
        Dialog::History => props.lang.keeping().history,
        Dialog::Help => words.help,
        Dialog::About => words.models,
        Dialog::Learn => props.lang.learn().learn,
    };
    let class = match props.dialog {
        Dialog::Share => Some("sharing"),
        Dialog::Learn => Some("learning"),
        Dialog::History | Dialog::Help | Dialog::About => None,
    };
    html! {
        <dialog ref={node} {class} aria-labelledby="dialog-title" {onclose} {onclick}>
            <div class="dlg">
                <header>
                    <h2 id="dialog-title">{ title }</h2>
                    { icon_button("btn icon", "close", words.close, Some(close)) }
                </header>
                {
                    match props.dialog {
                        Dialog::Share => props.share.clone().map(piece).unwrap_or_default(),
                        Dialog::History => history::list(&props.past, props.lang, &props.on_action),
                        Dialog::Help => html! {<>{ help(props.lang) }{ free_keys(props) }{ voice(props) }</>},
                        Dialog::About => about(props.lang),
                        Dialog::Learn => props.learn.clone().map(piece).unwrap_or_default(),
                    }
                }
            </div>
        </dialog>
    }
}

fn close_dialog(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Where differences are reported.
const REPORT: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/issues/new");

/// What is simulated, what is not, and by what it is judged.
fn about(lang: Lang) -> Html {
    let words = &lang.page().about;
    let list = |items: &'static [&'static str]| html! { <ul class="plain">{ for items.iter().map(|item| html! { <li>{ *item }</li> }) }</ul> };
    html! {
        <div>
            <h3>{ words.simulated }</h3>
            { list(words.simulated_list) }
            <h3>{ words.not_simulated }</h3>
            { list(words.not_simulated_list) }
            <h3>{ words.judge }</h3>
            <p>{ (words.judged)(RECORDED_CASES) }</p>
            <p><a href={REPORT} target="_blank" rel="noreferrer">{ words.report }</a>{ " " }{ words.report_how }</p>
        </div>
    }
}

/// Whether single keys act only on the timeline.
fn free_keys(props: &DialogProps) -> Html {
    let on = props.has_free_keys;
    let onchange = props.on_action.reform(move |_: Event| Action::SetFreeKeys(!on));
    html! { <label class="voice"><input type="checkbox" checked={!on} {onchange}/>{ props.lang.page().keys.only_there }</label> }
}

/// What a screen reader is told after a step.
fn voice(props: &DialogProps) -> Html {
    let words = props.lang.page();
    let onchange = props.on_action.reform(|event: Event| Action::SetVoice(chosen(&event, &Voice::ALL)));
    let options = Voice::ALL.iter().zip(words.voices);
    html! {
        <label class="voice">{ words.voice }
            <select {onchange}>{ for options.map(|(voice, name)| html! { <option selected={*voice == props.voice}>{ name }</option> }) }</select>
        </label>
    }
}

fn help(lang: Lang) -> Html {
    let (editor, words) = (&lang.editor().keys, lang.page().keys);
    let lines = |lines: &'static [Line]| lines.iter().map(|line| (line.keys, (line.words)(words))).collect();
    let groups: [(&str, Vec<(&str, &str)>); 4] = [
        (editor.title, editor.keys.to_vec()),
        (words.on_timeline, lines(&keys::ON_TIMELINE)),
        (words.on_edge, lines(&keys::ON_EDGE)),
        (words.everywhere, lines(&keys::EVERYWHERE)),
    ];
    let groups = groups.into_iter().map(|(title, lines)| {
        let rows = lines.into_iter().map(|(keys, what)| {
            html! {<>
                <dt>{ for keys.split(' ').map(|key| html! { <kbd>{ key }</kbd> }) }</dt>
                <dd>{ what }</dd>
            </>}
        });
        html! {<><h3>{ title }</h3><dl class="keylist">{ for rows }</dl></>}
    });
    html! { <div>{ for groups }</div> }
}
