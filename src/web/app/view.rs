//! The page as it is drawn: the header, the regions, the dock, and what lies over them.

use super::chrome::{dock, last_good, nothing_runs, skip_links, toast_view};
use super::dialogs::DialogProps;
use super::header::HeaderProps;
use super::notices::notices;
use super::{App, AppMessage, slot};
use crate::explain::{self, Names};
use crate::manifest::link;
use crate::recording::End;
use crate::timeline::stepping;
use crate::web::browser::{self, address};
use crate::web::controls::button::{button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::piece::piece;
use crate::web::controls::sprite::sprite;
use crate::web::detail::DetailProps;
use crate::web::spec::SpecProps;
use crate::web::state::action::{Action, Pane};
use crate::web::state::examples::EXAMPLES;
use crate::web::timeline::transport::{self, TransportProps};
use crate::web::timeline::{SheetProps, StoryProps};
use crate::web::why::{WhyProps, WhySummary};
use yew::html::Scope;
use yew::prelude::*;

impl App {
    pub(super) fn page(&self, link: &Scope<App>) -> Html {
        let (state, stage) = (&self.state, &self.stage);
        let class = classes!("page", self.dropping.then_some("dropping"));
        let pane = match state.pane {
            Pane::Spec => "spec",
            Pane::Run => "run",
            Pane::Why => "why",
        };
        let left = |event: DragEvent| event.related_target().is_none().then_some(AppMessage::DragLeft);
        let transport = self.transport();
        html! {
            <div {class} ondragover={link.callback(AppMessage::DragOver)} ondrop={link.callback(AppMessage::Dropped)}
                ondragleave={link.batch_callback(left)}>
                { sprite() }
                { skip_links(stage.lang) }
                { self.header() }
                { notices(state, stage) }
                <main class="app" data-pane={pane}>
                    { piece(SpecProps { stage: stage.clone(), reading: state.draft.text.reading().clone(), part: state.part, notes: self.margin.notes.clone(), reveal: state.reveal.clone() }) }
                    { self.timeline(&transport) }
                    <div class="whybox" id="why-region" tabindex="-1">{ piece(self.why()) }</div>
                    { piece(DetailProps { stage: stage.clone(), playhead: state.playhead, selection: state.selection, detail: state.detail }) }
                </main>
                { dock(state, &transport) }
                <p class="sr" aria-live="polite">{ self.announcement() }</p>
                if let Some(dialog) = state.dialog {
                    { piece(DialogProps { dialog, link: self.link(), past: state.past.clone(), lang: stage.lang, on_action: self.on_action.clone() }) }
                }
                if let Some(toast) = &state.toast { { toast_view(toast, stage) } }
            </div>
        }
    }

    fn header(&self) -> Html {
        let state = &self.state;
        let lang = state.preferences.lang;
        let example = EXAMPLES.iter().position(|example| example.text == state.draft.text.as_str());
        let title = slot::title(state);
        browser::set_title(&format!("{title} · {}", lang.page().product));
        piece(HeaderProps {
            title: title.into(),
            example,
            lang,
            can_undo: state.draft.text.can_undo(),
            can_redo: state.draft.text.can_redo(),
            on_action: self.on_action.clone(),
            on_paste: self.on_paste.clone(),
        })
    }

    /// The timeline; where there is no room for it, its story.
    fn timeline(&self, transport: &TransportProps) -> Html {
        let (state, stage) = (&self.state, &self.stage);
        let class =
            classes!("stage", "sheet", state.breaking.then_some("breaking"), (!state.is_fresh()).then_some("stale"));
        let is_empty = state.run.is_empty();
        html! {
            <section {class} id="stage" tabindex="-1" aria-label={stage.lang.page().stage_region}>
                if is_empty {
                    { nothing_runs(state, stage, self.recorder.is_busy(), &self.margin.notes.remarks) }
                } else {
                    { piece(SheetProps { stage: stage.clone(), playhead: state.playhead, selection: state.selection, ghost: state.ghost.clone(), true_scale: state.true_scale, held: state.held() }) }
                }
                if self.narrow && !is_empty {
                    { piece(StoryProps { stage: stage.clone(), playhead: state.playhead, selection: state.selection, children: piece(WhySummary(self.why())) }) }
                }
                if !state.is_fresh() && !is_empty { <p class="lastgood">{ icon("error") }{ last_good(state, stage) }</p> }
                if let Some(words) = stage.lang.page().goes_on(&stage.recording) {
                    <p class="lastgood goeson">{ icon("warn") }{ words }{ self.record_again() }</p>
                }
                { self.progress() }
                { transport::transport(transport) }
            </section>
        }
    }

    /// What was stopped can be recorded again.
    fn record_again(&self) -> Html {
        let stage = &self.stage;
        let was_stopped = matches!(stage.recording.end(), Some((End::Stopped, _)));
        if !was_stopped || self.recorder.is_busy() {
            return Html::default();
        }
        button("btn ring", None, stage.lang.page().record_again, press(&stage.on_action, Action::RecordAgain))
    }

    /// How far a recording is that takes long, and how to stop it.
    fn progress(&self) -> Html {
        let (stage, report) = (&self.stage, self.recorder.report());
        let words = stage.lang.page();
        // The live region is always there: one that appears with its words is not read out.
        let said = report.map(|report| match report.is_recorded {
            true => (words.lays_out)(report.steps),
            false => format!("{} {}", (words.records_at)(report.said.0, report.said.1), words.escape_stops),
        });
        let shown = report.map(|report| {
            let stop = press(&stage.on_action, Action::StopRecording);
            html! {
                <p class="lastgood recording">
                    if report.is_recorded {
                        <span>{ (words.lays_out)(report.steps) }</span>
                    } else {
                        <span aria-hidden="true">{ (words.records_at)(report.reached, report.steps) }</span>
                        { button("btn ring", None, words.stop_recording, stop) }<kbd>{ "Esc" }</kbd>
                    }
                </p>
            }
        });
        html! { <>{ shown.unwrap_or_default() }<p class="sr" role="status">{ said.unwrap_or_default() }</p></> }
    }

    fn transport(&self) -> TransportProps {
        let state = &self.state;
        TransportProps {
            stage: self.stage.clone(),
            playhead: state.playhead,
            true_scale: state.true_scale,
            playing: state.playing,
            speed: state.preferences.speed,
        }
    }

    fn why(&self) -> WhyProps {
        let state = &self.state;
        WhyProps::new(self.stage.clone(), state.draft.text.reading().clone(), state.selection, state.playhead)
    }

    /// The address of the text as it is now.
    fn link(&self) -> AttrValue {
        address::address_with(&link::encode(self.state.draft.text.as_str())).into()
    }

    /// After a step: when, which, and what happened.
    fn announcement(&self) -> String {
        let (state, stage) = (&self.state, &self.stage);
        let (Some(at), Some(selection)) = (state.announced.filter(|_| !state.playing), state.selection) else {
            return String::new();
        };
        let names = Names::new(&stage.recording, selection.object);
        let brief = explain::brief(&stage.recording, &stage.scenario, selection.step);
        let moments = &stage.timeline.moments;
        let number = stepping::passed(moments, state.playhead);
        let what = stage.lang.explain().line(&brief, names);
        (stage.lang.page().announce)(&stage.lang.format().clock_exact(at), number, moments.len(), &what)
    }
}

/// As the style sheet has it.
pub(super) fn is_narrow() -> bool {
    browser::media("screen and (max-width: 1099px)")
}
