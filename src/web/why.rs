//! The sheet WHY: one sentence, then because / what the controller asked / what would have changed it, then real
//! life. With nothing selected it says what is waited for. Shows what [`crate::explain`] found; decides nothing.

mod markup;
mod nodes;
pub(super) mod summary;
mod what_if;

pub(crate) use crate::texts::sentence::capitalized;
pub(crate) use markup::sentence;
pub(crate) use summary::WhySummary;

use crate::api::ObjectKey;
use crate::cluster::reason::{Answer, Reason, StepId, Wake};
use crate::explain::{self, Checklist, Link, Names, RealLife, Selection, Statement, Waiting, Why};
use crate::manifest::Reading;
use crate::recording::Recording;
use crate::texts::explain::ExplainWords;
use crate::texts::sentence::Sentence;
use crate::time::Time;
use crate::web::controls::button::{button, icon_button, press};
use crate::web::controls::late::drawn_late;
use crate::web::controls::piece::piece;
use crate::web::detail::lines;
use crate::web::state::action::Action;
use crate::web::state::console::ConsoleAction;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use markup::state;
use what_if::WhatIfProps;
use yew::prelude::*;

/// What WHY shows.
#[derive(Clone, PartialEq)]
pub(crate) struct WhyProps {
    stage: Shared<Stage>,
    /// The text as it is now, for changes to be written into.
    reading: Shared<Reading>,
    subject: Subject,
    /// Whether the film is cut: what the rest of it would show is not said.
    is_cut: bool,
}

/// What WHY is about. What is explained does not move with the playhead; only what is waited for does.
#[derive(Clone, Copy, PartialEq)]
enum Subject {
    Selected(Selection),
    /// What is waited for at this time.
    Playhead(Time),
}

impl WhyProps {
    pub(crate) fn new(
        stage: Shared<Stage>,
        reading: Shared<Reading>,
        selection: Option<Selection>,
        playhead: Time,
    ) -> WhyProps {
        WhyProps {
            stage,
            reading,
            subject: selection.map_or(Subject::Playhead(playhead), Subject::Selected),
            is_cut: false,
        }
    }

    /// Without what the rest of the film would show.
    pub(crate) fn cut(self, is_cut: bool) -> WhyProps {
        WhyProps { is_cut, ..self }
    }

    fn words(&self) -> &'static ExplainWords {
        self.stage.lang.explain()
    }

    fn why(&self) -> Option<Why> {
        match self.subject {
            Subject::Selected(selected) => explain::why(&self.stage.recording, &self.stage.scenario, selected),
            Subject::Playhead(_) => None,
        }
    }

    /// The step at which stepping through the decisions begins.
    fn here(&self) -> StepId {
        match self.subject {
            Subject::Selected(selected) => selected.step,
            Subject::Playhead(at) => {
                let passed = self.stage.recording.steps().partition_point(|step| step.at <= at);
                StepId(passed.saturating_sub(1) as u32)
            }
        }
    }

    /// Selects a step and moves the playhead there.
    fn go(&self, selected: Selection) -> Callback<MouseEvent> {
        let stage = self.stage.clone();
        Callback::from(move |_| {
            if let Some(step) = stage.recording.steps().get(selected.step.0 as usize) {
                stage.on_action.emit(Action::Seek(step.at));
                stage.on_action.emit(Action::Select(Some(selected)));
            }
        })
    }
}

drawn_late!(WhyProps, |props| &props.stage, |props, _| why_panel(props));

/// The panel.
fn why_panel(props: &WhyProps) -> Html {
    let words = props.words();
    let why = props.why();
    let (title, body) = match (&why, props.subject) {
        (Some(why), _) => (subject(props, why), explained(props, why)),
        (None, Subject::Playhead(at)) => (now(props, at), absent(props, at)),
        (None, Subject::Selected(_)) => (Html::default(), Html::default()),
    };
    html! {
        <section class="why sheet" id="why" aria-label={words.why}>
            { header(props, title, why.is_some()) }
            { body }
        </section>
    }
}

fn header(props: &WhyProps, title: Html, closes: bool) -> Html {
    let words = props.words();
    let (stage, here) = (&props.stage, props.here());
    let step = |selected: Option<Selection>, glyph: &'static str, label: &'static str| {
        icon_button("btn icon", glyph, label, selected.map(|selected| props.go(selected)))
    };
    let close = press(&stage.on_action, Action::Select(None));
    html! {
        <header>
            <h2>{ words.why }</h2>
            { title }
            <span class="grow"></span>
            { step(explain::previous(&stage.recording, &stage.scenario, here), "left", words.previous) }
            { step(explain::next(&stage.recording, &stage.scenario, here), "right", words.next) }
            if closes {
                { icon_button("btn icon", "close", words.close, Some(close)) }
            }
        </header>
    }
}

/// `Pod 2 failed` in the colour of its state, the rest beside it; for a controller its name.
fn subject(props: &WhyProps, why: &Why) -> Html {
    let [title, rest] = props.stage.lang.subject(&props.stage.recording, why);
    html! {
        <span class="subject">
            { state(why.tone, &title) }
            <span class="support">{ rest }</span>
        </span>
    }
}

fn now(props: &WhyProps, at: Time) -> Html {
    html! { <span class="subject"><span class="support">{ (props.words().now)(at) }</span></span> }
}

fn explained(props: &WhyProps, why: &Why) -> Html {
    let words = props.words();
    let names = Names::new(&props.stage.recording, why.key);
    // What is said of an input tells what becomes of it.
    let step = props.stage.recording.step(why.selected.step);
    let tells_ahead = props.is_cut && matches!(step.trigger.wake, Wake::Input(_));
    html! { <>
        if !tells_ahead { <p class="sentence">{ sentence(&(words.statement)(&why.statement, names)) }</p> }
        if let Statement::Reason(Reason::Refused(refusal)) = &why.statement
            && refusal.is_about_template()
        {
            <details class="raw"><summary>{ words.in_its_words }</summary><code lang="en">{ &*refusal.message }</code></details>
        }
        { beside(props, why.selected.step) }
        { nodes::nodes(&props.stage, why.selected) }
        <div class="cols">
            if !why.chain.is_empty() {
                <div>
                    <h3>{ words.because }</h3>
                    <ol class="chain">{ for chain(props, &why.chain, names) }</ol>
                </div>
            }
            if props.is_cut {
                <p class="quiet behind">{ props.stage.lang.learn().opens_with_answer }</p>
            } else {
                if let Some(checklist) = &why.checklist {
                    <div>{ checks(words, checklist) }</div>
                }
                { piece(WhatIfProps { stage: props.stage.clone(), reading: props.reading.clone(), selected: why.selected }) }
            }
        </div>
        { real_life(props, &why.real_life) }
    </> }
}

/// So many lines tell what else happened in the same instant.
const BESIDE: usize = 4;

/// What else happened in the same instant: a step forward or back goes over all of it.
fn beside(props: &WhyProps, step: StepId) -> Html {
    let lines = lines::beside(&props.stage, step, BESIDE);
    if lines.is_empty() {
        return Html::default();
    }
    let lines = lines.into_iter().map(|line| {
        let onclick = press(&props.stage.on_action, Action::Select(Some(line.selection)));
        html! {
            <li><button type="button" class="link" {onclick}>if let Some(reason) = line.reason { <b>{ reason }</b>{ " " } }{ line.words }</button></li>
        }
    });
    html! { <div class="beside"><h3>{ props.words().beside }</h3><ul>{ for lines }</ul></div> }
}

fn chain<'a>(props: &'a WhyProps, chain: &'a [Link], names: Names<'a>) -> impl Iterator<Item = Html> + 'a {
    let words = props.words();
    let mut facts: Vec<(&Link, Sentence)> = chain.iter().map(|link| (link, (words.fact)(&link.fact, names))).collect();
    // Of several pods one input may be the cause, and is the same cause.
    facts.dedup_by(|(_, fact), (_, before)| fact == before);
    let mut role = None;
    facts.into_iter().map(move |(link, fact)| {
        let repeats = role.replace(link.role) == Some(link.role);
        let what = if repeats { "what sr" } else { "what" };
        let fact = sentence(&fact);
        let onclick = match link.step {
            Some(step) => {
                let object = props.stage.recording.steps().get(step.0 as usize).and_then(|step| step.key);
                Some(props.go(Selection { step, object }))
            }
            None => written(props, link),
        };
        let fact = match onclick {
            Some(onclick) => html! { <button type="button" class="link" {onclick}>{ fact }</button> },
            None => fact,
        };
        html! { <li class={classes!(link.is_yours().then_some("yours"))}><span class={what}>{ (words.role)(link.role) }</span><span class="fact">{ fact }</span></li> }
    })
}

/// Goes to where a link stands in the text.
fn written(props: &WhyProps, link: &Link) -> Option<Callback<MouseEvent>> {
    let span = props.reading.span_of(&link.origin?.in_text())?;
    Some(press(&props.stage.on_action, Action::GoTo(span)))
}

fn checks(words: &'static ExplainWords, checklist: &Checklist) -> Html {
    let rows = checklist.rows.iter().map(|row| {
        let reached = row.answer != Answer::NotReached;
        let class = if row.decides { Some("decides") } else { (!reached).then_some("off") };
        html! {
            <div {class}>
                <dt>{ words.question(row.question) }</dt>
                <dd>
                    { sentence(&words.answer(row.question, row.answer)) }
                    if row.decides { <span class="sr">{ " (" }{ words.decided }{ ")" }</span> }
                </dd>
            </div>
        }
    });
    html! { <>
        <h3>{ (words.asked_at)(checklist.at) }</h3>
        <dl class="checks">{ for rows }</dl>
    </> }
}

fn real_life(props: &WhyProps, real_life: &RealLife) -> Html {
    let words = props.words();
    let events = real_life.events.iter().map(|event| {
        html! { <code lang="en">{ format!("{} {}: {}", event.event_type.as_str(), event.reason, event.message) }</code> }
    });
    let docs = real_life.docs.map(|docs| words.docs_address(docs));
    if real_life.command.is_none() && real_life.events.is_empty() && real_life.note.is_none() && docs.is_none() {
        return Html::default();
    }
    html! {
        <footer>
            <span class="what">{ words.in_real_life }</span>
            if let Some(command) = &real_life.command {
                { command_button(props, command) }
            }
            { for events }
            <span class="differ">
                if let Some(note) = real_life.note { <span>{ sentence(&(words.note)(note)) }</span> }
                if let Some(href) = docs { <a {href} target="_blank" rel="noopener">{ words.docs }</a> }
            </span>
        </footer>
    }
}

/// A command of kubectl: a press runs it in the console.
fn command_button(props: &WhyProps, command: &str) -> Html {
    let title = (props.stage.lang.console().run_this)(command);
    let onclick = press(&props.stage.on_action, Action::Console(ConsoleAction::Run(command.to_owned())));
    html! {
        <button type="button" class="command" {title} {onclick}>
            <span class="pr" aria-hidden="true">{ "$" }</span><code lang="en">{ command.to_owned() }</code>
        </button>
    }
}

/// Nothing is selected: what is waited for, for each object that is there.
fn absent(props: &WhyProps, at: Time) -> Html {
    let recording = &props.stage.recording;
    let jobs = recording.jobs().map(ObjectKey::Job);
    let cron_jobs = recording.cron_jobs().map(ObjectKey::CronJob);
    let there: Vec<ObjectKey> = cron_jobs.chain(jobs).filter(|key| is_of_interest(recording, *key, at)).collect();
    // The latest are the ones that are looked at.
    let shown = there[there.len().saturating_sub(4)..].iter();
    if there.is_empty() {
        return html! { <p class="sentence">{ props.words().nothing_recorded }</p> };
    }
    let several = there.len() > 1;
    html! { <>{ for shown.map(|key| waiting(props, *key, at, several)) }</> }
}

/// Whether an object is there now, or is the only one.
fn is_of_interest(recording: &Recording, key: ObjectKey, at: Time) -> bool {
    let alone = recording.jobs().nth(1).is_none() && recording.cron_jobs().next().is_none();
    alone || recording.object_at(key, at).is_some()
}

fn waiting(props: &WhyProps, key: ObjectKey, at: Time, several: bool) -> Html {
    let (words, stage) = (props.words(), &props.stage);
    let found: Waiting = match key {
        ObjectKey::Job(job) => explain::waiting(&stage.recording, &stage.scenario, job, at),
        key => explain::waiting_schedule(&stage.recording, key, at),
    };
    let called = (stage.lang.reason().called)(&Names::new(&stage.recording, None).called(key));
    let class = if several { "sentence small" } else { "sentence" };
    let why = found.step.map(|step| props.go(Selection { step, object: Some(key) }));
    html! {
        <div class="waits">
            <p {class}>
                if several { <span class="who">{ capitalized(&called) }</span> }
                { sentence(&words.waiting(&found)) }
            </p>
            if let Some(onclick) = why {
                { button("btn ring", None, words.why, onclick) }
            }
        </div>
    }
}
