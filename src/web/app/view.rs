//! The page as it is drawn: the header, the regions, the dock, and what lies over them.

use super::chrome::{dock, nothing_runs, run_before, skip_links, toast_view};
use super::dialogs::DialogProps;
use super::edge::{self, EdgeProps};
use super::header::HeaderProps;
use super::notices::notices;
use super::{App, AppMessage, slot};
use crate::examples::EXAMPLES;
use crate::explain::{self, Names, Selection};
use crate::late::Late;
use crate::recording::End;
use crate::timeline::stepping;
use crate::web::browser;
use crate::web::controls::button::{button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::late::late_piece;
use crate::web::controls::piece::{piece, piece_of_list};
use crate::web::controls::sprite::sprite;
use crate::web::detail::{DetailProps, lines};
use crate::web::lessons::phone::{Foot, Head};
use crate::web::share::ShareProps;
use crate::web::spec::SpecProps;
use crate::web::spec::margin::{Notes, findings};
use crate::web::state::Announced;
use crate::web::state::action::{Action, Dialog, Pane};
use crate::web::state::look::Look;
use crate::web::state::panes::Edge;
use crate::web::state::preferences::Voice;
use crate::web::state::run::Stage;
use crate::web::timeline::transport::{self, TransportProps};
use crate::web::timeline::{SheetProps, StoryProps};
use crate::web::why::WhyProps;
use yew::html::Scope;
use yew::prelude::*;

/// A screen reader is told so many things besides what decided.
const BESIDE: usize = 3;

impl App {
    pub(super) fn page(&self, link: &Scope<App>) -> Html {
        let (state, stage) = (&self.state, &self.stage);
        let class = classes!(
            "page",
            self.dropping.then_some("dropping"),
            self.has_ink().then_some("other-ink"),
            state.lesson().map(|_| "in-lesson")
        );
        let pane = match state.pane {
            Pane::Spec => "spec",
            Pane::Run => "run",
            Pane::Why => "why",
        };
        let left = |event: DragEvent| event.related_target().is_none().then_some(AppMessage::DragLeft);
        let transport = self.transport();
        // The run before stays under a veil.
        let veiled = !state.is_fresh() && !state.run.is_empty();
        let panes = state.preferences.panes;
        let card = self.card();
        let is_cut = state.question().is_some();
        let notes = if is_cut { Notes::default() } else { self.margin.notes.clone() };
        let locks = state.lesson().map(|lesson| lesson.locks.clone()).unwrap_or_else(|| self.no_locks.clone());
        let card_in = |there: bool| card.clone().filter(|_| there && !self.narrow).map(late_piece).unwrap_or_default();
        let (at_head, over_all) = (card_in(!self.large), card_in(self.large));
        html! {
            <div {class} ondragover={link.callback(AppMessage::DragOver)} ondrop={link.callback(AppMessage::Dropped)}
                ondragleave={link.batch_callback(left)}>
                { sprite() }
                { skip_links(stage.lang) }
                { self.header() }
                { notices(state, stage) }
                { over_all }
                if self.narrow { { for card.clone().map(|card| late_piece(Head(card))) } }
                <main class={classes!("app", veiled.then_some("stale"), panes.is_folded.then_some("folded"))} data-pane={pane} ~style={edge::style(&panes)}>
                    <div class="upper" id="upper">
                        { piece(SpecProps { stage: stage.clone(), reading: state.draft.text.reading().clone(), tab: state.tab, notes, reveal: state.reveal.clone(), applicable: state.applicable().filter(|_| state.lesson().is_none()).cloned(), panes, locks, card: at_head, author: self.author() }) }
                        { self.edge(Edge::Spec) }
                        { self.timeline(&transport) }
                    </div>
                    { self.edge(Edge::Upper) }
                    <div class="lower">
                        <div class="whybox" id="why-region" tabindex="-1">{ self.why_region() }</div>
                        { self.edge(Edge::Why) }
                        <div class="side">
                            <section class="detail" id="detail" tabindex="-1" aria-label={stage.lang.page().detail_region}>
                                { late_piece(DetailProps { stage: stage.clone(), playhead: state.playhead, selection: state.selection, detail: state.detail, is_refused: state.draft.text.reading().has_errors(), is_recorded: self.recorder.is_busy() && state.run.is_empty(), console: self.console() }) }
                            </section>
                            if let Some(toast) = &state.toast { { toast_view(toast, stage) } }
                        </div>
                    </div>
                </main>
                { dock(state, &transport, self.closed(), card.filter(|_| self.narrow).map(|card| late_piece(Foot(card)))) }
                <p class="sr" aria-live="polite">{ &self.said }</p>
                if let Some(dialog) = state.dialog {
                    { late_piece(DialogProps { dialog, share: (dialog == Dialog::Share).then(|| self.shared()), learn: (dialog == Dialog::Learn).then(|| self.panel()), past: state.past.clone(), voice: state.preferences.voice, has_free_keys: state.preferences.has_free_keys, lang: stage.lang, on_action: self.on_action.clone() }) }
                }
            </div>
        }
    }

    /// Between two regions that stand side by side.
    fn edge(&self, edge: Edge) -> Html {
        let preferences = self.state.preferences;
        piece_of_list(
            edge as u64,
            EdgeProps { edge, panes: preferences.panes, lang: preferences.lang, on_action: self.on_action.clone() },
        )
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
            has_purpose: slot::began_as(state).is_some(),
            lang,
            theme: state.preferences.theme,
            can_undo: state.draft.text.can_undo(),
            can_redo: state.draft.text.can_redo(),
            lesson: self.lesson_number(),
            on_action: self.on_action.clone(),
            on_paste: self.on_paste.clone(),
        })
    }

    /// The timeline; where there is no room for it, its story.
    fn timeline(&self, transport: &TransportProps) -> Html {
        let (state, stage) = (&self.state, &self.stage);
        // The question stands at the end of the story.
        let as_rows = state.sight.as_rows && state.question().is_none();
        let class = classes!("stage", "sheet", state.breaking.then_some("breaking"), as_rows.then_some("asrows"));
        let is_empty = state.run.is_empty();
        let is_busy = self.recorder.is_busy() || self.waits_for_rules;
        html! {
            <section {class} id="stage" tabindex="-1" aria-label={stage.lang.page().stage_region}>
                if self.narrow && !is_empty && state.question().is_none() { { self.story_or_rows(transport) } }
                if let Some(waits) = self.lesson_waits() {
                    { waits }
                } else if is_empty {
                    { nothing_runs(state, stage, is_busy, self.refusals()) }
                } else {
                    if self.narrow && !state.is_fresh() { { self.refusals() } }
                    { piece(SheetProps { stage: stage.clone(), playhead: state.playhead, selection: state.selection, ghost: state.ghost.clone(), true_scale: state.true_scale, sight: state.sight, held: state.held(), order: state.preferences.order, rows: state.preferences.rows, is_cut: state.question().is_some(), curtain: self.question().filter(|_| !self.narrow), closed: self.closed() }) }
                }
                if self.narrow && !is_empty && !as_rows {
                    { late_piece(StoryProps { stage: stage.clone(), playhead: state.playhead, selection: state.selection, children: self.told(), end: self.question().filter(|_| self.narrow).unwrap_or_default() }) }
                }
                if !state.is_fresh() && !is_empty { <p class="lastgood">{ icon("error") }{ run_before(state, stage) }</p> }
                if let Some(words) = goes_on(stage).filter(|_| state.question().is_none()) {
                    <p class="lastgood goeson">{ icon("warn") }{ words }{ self.record_again() }</p>
                }
                { self.progress() }
                { transport::transport(transport) }
            </section>
        }
    }

    /// On a phone: the story or the rows, and how closely these are looked at.
    fn story_or_rows(&self, transport: &TransportProps) -> Html {
        let words = self.stage.lang.page();
        let as_rows = self.state.sight.as_rows;
        let choice = |name: &'static str, rows: bool| {
            let onclick = press(&self.on_action, Action::Look(Look::AsRows(rows)));
            html! { <button type="button" class="tab" aria-pressed={(as_rows == rows).to_string()} {onclick}>{ name }</button> }
        };
        let [story, rows] = words.story_or_rows;
        html! {
            <div class="views-bar" role="group" aria-label={words.stage_region}>
                { choice(story, false) }{ choice(rows, true) }
                if as_rows { { transport::zoom(transport) } }
            </div>
        }
    }

    /// What the API server refuses of the text.
    fn refusals(&self) -> Html {
        // What the API server says is the question.
        if self.state.question().is_some() {
            return Html::default();
        }
        let reading = self.state.draft.text.reading();
        findings::refusals(reading, &self.margin.notes.remarks, self.stage.lang, &self.on_action)
    }

    /// WHY; of a text that was never run, why it is refused. Where there is room for one region only the refusal is in
    /// each.
    fn why_region(&self) -> Html {
        let (state, words) = (&self.state, self.stage.lang.explain());
        let refusals = self.refusals();
        let is_refused = refusals != Html::default();
        if is_refused && state.run.is_empty() && (self.narrow || state.run.timeline.moments.is_empty()) {
            return html! {
                <section class="why sheet" id="why" aria-label={words.why}>
                    <header><h2>{ words.why }</h2></header>
                    { refusals }
                </section>
            };
        }
        html! {<>
            if self.narrow && !state.is_fresh() { { refusals } }
            { late_piece(self.why()) }
        </>}
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
            window: state.sight.window,
            playing: state.playing,
            speed: state.preferences.speed,
        }
    }

    pub(super) fn why(&self) -> WhyProps {
        let state = &self.state;
        let reading = state.draft.text.reading().clone();
        WhyProps::new(self.stage.clone(), reading, state.selection, state.playhead).cut(state.question().is_some())
    }

    /// What is shared: the text as it is now, and the run if it is its own.
    fn shared(&self) -> ShareProps {
        let state = &self.state;
        let has_run = state.is_fresh() && !self.recorder.is_busy() && !state.run.is_empty();
        ShareProps {
            reading: state.draft.text.reading().clone(),
            stage: has_run.then(|| self.stage.clone()),
            playhead: state.playhead,
            selection: state.selection,
            name: state.object_name().into(),
            lang: state.preferences.lang,
            on_action: self.on_action.clone(),
        }
    }

    /// After a step: when, which, and what happened; after playing, how many events as well.
    pub(super) fn announcement(&self) -> String {
        let (state, stage) = (&self.state, &self.stage);
        if let Some(Announced::Learn(said)) = state.announced {
            return self.lesson_said(said);
        }
        let (Some(announced), Some(selection)) = (state.announced, state.selection) else { return String::new() };
        let (Announced::Step(at) | Announced::Played(at, _)) = announced else { return String::new() };
        let voice = state.preferences.voice;
        if voice == Voice::Silent {
            return String::new();
        }
        let moments = &stage.timeline.moments;
        let number = stepping::passed(moments, state.playhead);
        let what =
            ALL_AT.get().filter(|_| voice == Voice::Full).map(|all_at| all_at(stage, selection)).unwrap_or_default();
        let words = stage.lang.page();
        let last = (words.announce)(&stage.lang.format().clock_exact(at), number, moments.len(), &what);
        let last = last.trim_end();
        match announced {
            Announced::Played(_, events) => (words.played)(events, last),
            Announced::Step(_) | Announced::Learn(_) => last.to_owned(),
        }
    }
}

/// That a run goes on where its recording ends.
fn goes_on(stage: &Stage) -> Option<String> {
    let words = stage.lang.page();
    if stage.timeline.is_endless { Some(words.for_ever.to_owned()) } else { words.goes_on(&stage.recording) }
}

/// What a step did, in words: comes with a chunk.
pub(crate) static ALL_AT: Late<fn(&Stage, Selection) -> String> = Late::new(&TOLD_AT);
pub(crate) static TOLD_AT: fn(&Stage, Selection) -> String = all_at;

/// What a step did, and what else happened in the same instant.
fn all_at(stage: &Stage, selected: Selection) -> String {
    let words = stage.lang.explain();
    let brief = explain::brief(&stage.recording, &stage.scenario, selected.step);
    let mut told = vec![words.line(&brief, Names::new(&stage.recording, selected.object))];
    told.extend(lines::beside(stage, selected.step, BESIDE).into_iter().map(|line| match line.reason {
        Some(reason) => format!("{reason} {}", line.words),
        None => line.words,
    }));
    told.join(&format!("{}{}", words.format.full_stop, words.format.gap))
}

/// As the style sheet has it.
pub(super) fn is_narrow() -> bool {
    browser::media("screen and (max-width: 699px)")
}
