//! What stands around the regions: skip links, notices, the dock of a phone, and what is shown while nothing runs.

use crate::texts::Lang;
use crate::web::browser::{self, chunks};
use crate::web::controls::button::{button, icon_button, press};
use crate::web::controls::icon::icon;
use crate::web::state::action::{Action, Pane};
use crate::web::state::lesson::Stage as Step;
use crate::web::state::run::Stage;
use crate::web::state::{FileError, Lack, State, Toast};
use crate::web::timeline::transport::{self, TransportProps};
use yew::prelude::*;

/// Where the skip links lead.
const REGIONS: [&str; 4] = ["#spec", "#stage", "#why-region", "#detail"];

/// Whether a fragment leads to a region of the page: all others are meant as links.
pub(super) fn is_anchor(fragment: &str) -> bool {
    REGIONS.iter().any(|region| region.strip_prefix('#') == Some(fragment))
}

/// Links to the regions, for people with a keyboard.
pub(super) fn skip_links(lang: Lang) -> Html {
    lang.page()
        .skip
        .iter()
        .zip(REGIONS)
        .map(|(words, target)| {
            // By hand: the address's fragment belongs to the text.
            let onclick = Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                if let Some(region) = browser::first::<web_sys::HtmlElement>(target) {
                    let _ = region.focus();
                }
            });
            html! { <a class="skip" href={target} {onclick}>{ *words }</a> }
        })
        .collect()
}

/// What is shown while nothing runs: why, and the next step.
pub(super) fn nothing_runs(state: &State, stage: &Stage, records: bool, refusals: Html) -> Html {
    let words = stage.lang.page();
    if records {
        return html! { <div class="empty"><p>{ words.records }</p></div> };
    }
    if let Some(lack) = state.lacks {
        return html! { <div class="empty"><p>{ lacks(lack, stage.lang) }</p>{ fetch_again(lack, stage) }</div> };
    }
    if refusals != Html::default() {
        return html! { <div class="empty">{ refusals }</div> };
    }
    let first = words.example(0).map_or("", |example| example.title);
    html! {
        <div class="empty">
            <p>{ if state.is_fresh() { words.no_run } else { words.not_readable } }</p>
            { button("btn ring", Some("play"), first, press(&stage.on_action, Action::OpenExample(0))) }
        </div>
    }
}

/// Why the run that is shown is not the text's, and of which one it is.
pub(super) fn run_before(state: &State, stage: &Stage) -> Html {
    let words = stage.lang.page();
    let name = state.run.name();
    html! {<>
        if let Some(lack) = state.lacks { { lacks(lack, stage.lang) }{ fetch_again(lack, stage) }{ " " } }
        <span>{ (words.run_before)(&name) }</span>
    </>}
}

fn lacks(lack: Lack, lang: Lang) -> &'static str {
    match lack {
        Lack::TimeZones => lang.diagnostics().no_time_zones,
        Lack::Rules if chunks::is_coming() => lang.page().records,
        Lack::Rules => lang.page().rules_missing,
    }
}

fn fetch_again(lack: Lack, stage: &Stage) -> Html {
    let action = match lack {
        Lack::TimeZones => Action::FetchTimeZones,
        Lack::Rules if chunks::is_coming() => return Html::default(),
        Lack::Rules => Action::FetchChunks,
    };
    button("btn ring", None, stage.lang.page().try_again, press(&stage.on_action, action))
}

/// A notice about what just happened, with a way back where there is one.
pub(super) fn toast_view(toast: &Toast, stage: &Stage) -> Html {
    let (lang, on_action) = (stage.lang, &stage.on_action);
    let (words, editor) = (lang.page(), lang.editor());
    let (text, undoes) = match toast {
        Toast::Replaced => (words.replaced.to_owned(), true),
        Toast::Copied => (words.copied.to_owned(), false),
        Toast::NotCopied => (words.select_and_copy.to_owned(), false),
        Toast::NoLesson(id) => ((lang.learn().no_lesson)(id), false),
        Toast::Link(error) => ((lang.diagnostics().link_error)(error), false),
        Toast::Edit(error) => ((lang.diagnostics().edit_error)(*error).to_owned(), false),
        Toast::Nearest(at, why) => ((lang.timeline().nearest)(*at, *why), true),
        Toast::PasteByKey => (words.paste_by_key.to_owned(), false),
        Toast::PartMissing if chunks::is_coming() => (words.part_coming.to_owned(), false),
        Toast::PartMissing => (words.part_missing.to_owned(), false),
        Toast::WordsMissing(other) => ((words.words_missing)(other.name()), false),
        Toast::File(FileError::TooLarge(bytes)) => ((editor.file_too_large)(*bytes), false),
        Toast::File(FileError::NotText) => (editor.file_not_text.to_owned(), false),
        Toast::File(FileError::Unreadable) => (editor.file_unreadable.to_owned(), false),
    };
    html! {
        <div class="toast" role="status">
            <span>{ text }</span>
            if let Toast::WordsMissing(other) = toast {
                { button("btn", None, words.try_again, press(on_action, Action::SetLang(*other))) }
            }
            if undoes { { button("btn", None, words.undo, press(on_action, Action::Undo)) } }
            { icon_button("btn icon", "close", words.close, Some(press(on_action, Action::DismissToast))) }
        </div>
    }
}

/// On a phone: the transport and the three regions, always at hand.
/// `closed`: why nothing can be broken; `foot`: what is to be done in a lesson.
pub(super) fn dock(state: &State, transport: &TransportProps, closed: Option<&str>, foot: Option<Html>) -> Html {
    let (lang, on_action) = (transport.stage.lang, &transport.stage.on_action);
    let words = lang.page();
    let has_open_goal = state.lesson().is_some_and(|lesson| lesson.stage == Step::Fix);
    let panes = [(Pane::Spec, "pen"), (Pane::Run, "compare"), (Pane::Why, "help")];
    html! {
        <footer class="dock">
            { foot.unwrap_or_default() }
            <div class="bar" role="group" aria-label={words.playback}>{ transport::keys(transport) }{ transport::step_number(transport) }
                if let Some(closed) = closed {
                    <span class="closed">{ closed.to_owned() }</span>
                } else {
                    <button type="button" class="breakit" disabled={state.run.is_empty()} aria-expanded={state.breaking.to_string()} onclick={press(on_action, Action::ToggleBreaking)}>
                        { icon("bolt") }{ lang.timeline().break_it }
                    </button>
                }
            </div>
            <nav class="tabbar">
                { for panes.iter().zip(words.panes).map(|((pane, glyph), name)| {
                    let pane = *pane;
                    let current = (state.pane == pane).then_some("page");
                    html! { <button type="button" aria-current={current} onclick={press(on_action, Action::ShowPane(pane))}>{ icon(glyph) }{ name }if pane == Pane::Spec && has_open_goal { <i class="todo"></i> }</button> }
                }) }
            </nav>
        </footer>
    }
}
