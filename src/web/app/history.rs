//! The History: past texts of one's own by name and time. Each can be opened or removed, and all be saved as one file.

use super::notices::why_not;
use crate::limits::{KEPT_LINKS, KEPT_TEXTS};
use crate::texts::Lang;
use crate::web::browser::local_date;
use crate::web::controls::button::{button, press};
use crate::web::controls::icon::icon;
use crate::web::keeping::past::PastText;
use crate::web::keeping::store::StoreError;
use crate::web::state::action::Action;
use std::rc::Rc;
use yew::prelude::*;

/// The content of the dialog.
pub(super) fn list(past: &Result<Rc<[PastText]>, StoreError>, lang: Lang, on_action: &Callback<Action>) -> Html {
    let words = lang.keeping();
    let content = match past {
        Err(error) => html! { <p role="status">{ (words.history_not_read)(why_not(*error, lang)) }</p> },
        Ok(texts) if texts.is_empty() => html! { <p class="none">{ words.no_history }</p> },
        Ok(texts) => html! { <ul class="past">{ for texts.iter().map(|past| row(past, lang, on_action)) }</ul> },
    };
    html! {<>
        <p>{ (words.history_about)(KEPT_TEXTS) }</p>
        { content }
        { button("btn ring", Some("save"), words.export, press(on_action, Action::ExportPastTexts)) }
        <p class="small">{ (words.links_about)(KEPT_LINKS) }</p>
    </>}
}

fn row(past: &PastText, lang: Lang, on_action: &Callback<Action>) -> Html {
    let words = lang.keeping();
    let name = if past.name.is_empty() { lang.page().untitled } else { &past.name };
    let remove = (words.remove)(name);
    let lines = (words.lines)(past.text.lines().count());
    html! {
        <li key={past.time}>
            <button type="button" class="item" onclick={press(on_action, Action::OpenPast(past.time))}>
                <b>{ name.to_owned() }</b><span>{ local_date(past.time, lang.tag()) }{ " · " }{ lines }</span>
            </button>
            <button type="button" class="btn icon" aria-label={remove.clone()} title={remove} onclick={press(on_action, Action::RemovePast(past.time))}>{ icon("trash") }</button>
        </li>
    }
}
