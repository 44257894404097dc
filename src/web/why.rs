//! The sheet WHY: one sentence, then because / what the controller asked / what would have changed it, then real
//! life. With nothing selected it tells what is waited for. Shows what [`crate::explain`] found; decides nothing.

mod card;
mod parts;
mod what_if;

pub(crate) use card::WhyCardProps;
pub(crate) use parts::{capitalized, sentence};

use crate::advice::Tier;
use crate::api::ObjectKey;
use crate::cluster::reason::{Answer, Component, StepId};
use crate::explain::{self, Brief, Checklist, Link, Names, RealLife, Selection, Waiting, Why};
use crate::manifest::Reading;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::explain::ExplainWords;
use crate::time::Time;
use crate::web::controls::button::{button, icon_button, press};
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::action::Action;
use parts::state;
use std::rc::Rc;
use what_if::WhatIfProps;
use yew::functional::HookContext;
use yew::prelude::*;

/// What WHY needs to know.
#[derive(Clone)]
pub(crate) struct WhyProps {
    /// The film.
    pub(crate) recording: Rc<Recording>,
    /// What it was recorded from.
    pub(crate) scenario: Rc<Scenario>,
    /// The text as it is now, for changes to be written into.
    pub(crate) reading: Rc<Reading>,
    /// What is selected.
    pub(crate) selection: Option<Selection>,
    /// Where the playhead stands.
    pub(crate) playhead: Time,
    /// In which language.
    pub(crate) lang: Lang,
    /// What a person does with it.
    pub(crate) on_action: Callback<Action>,
}

impl PartialEq for WhyProps {
    /// Recordings are compared by identity: comparing them would take longer than explaining them. What is explained
    /// does not move with the playhead; only what is waited for does.
    fn eq(&self, other: &WhyProps) -> bool {
        Rc::ptr_eq(&self.recording, &other.recording)
            && Rc::ptr_eq(&self.scenario, &other.scenario)
            && Rc::ptr_eq(&self.reading, &other.reading)
            && self.selection == other.selection
            && (self.playhead == other.playhead || self.selection.is_some())
            && self.lang == other.lang
            && self.on_action == other.on_action
    }
}

impl WhyProps {
    fn words(&self) -> &'static ExplainWords {
        self.lang.explain()
    }

    fn why(&self) -> Option<Why> {
        let Selection { step, object } = self.selection?;
        explain::why(&self.recording, &self.scenario, Selection { step, object })
    }

    /// The step at which stepping through the decisions begins.
    fn here(&self) -> StepId {
        let playhead = || {
            let passed = self.recording.steps().partition_point(|step| step.at <= self.playhead);
            StepId(passed.saturating_sub(1) as u32)
        };
        self.selection.map_or_else(playhead, |selection| selection.step)
    }

    /// Selects a step and moves the playhead there.
    fn go(&self, selected: Selection) -> Callback<MouseEvent> {
        let (recording, on_action) = (Rc::clone(&self.recording), self.on_action.clone());
        Callback::from(move |_| {
            let Selection { step, object } = selected;
            if let Some(at) = recording.steps().get(step.0 as usize).map(|step| step.at) {
                on_action.emit(Action::Seek(at));
                on_action.emit(Action::Select(Some(Selection { step, object })));
            }
        })
    }
}

impl Piece for WhyProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        why_panel(self)
    }
}

/// The panel.
fn why_panel(props: &WhyProps) -> Html {
    let words = props.words();
    let why = props.why();
    let body = match &why {
        Some(why) => explained(props, why),
        None => absent(props),
    };
    html! {
        <section class="why sheet" id="why" aria-label={words.why}>
            { header(props, why.as_ref()) }
            { body }
        </section>
    }
}

fn header(props: &WhyProps, why: Option<&Why>) -> Html {
    let words = props.words();
    let (recording, scenario, here) = (&*props.recording, &*props.scenario, props.here());
    let step = |selected: Option<Selection>, name: &'static str, label: &'static str| {
        let onclick = selected.map(|selected| props.go(selected));
        icon_button("btn icon", name, label, onclick)
    };
    let close = press(&props.on_action, Action::Select(None));
    html! {
        <header>
            <h2>{ words.why }</h2>
            { why.map(|why| subject(props, why)).unwrap_or_else(|| now(props)) }
            <span class="grow"></span>
            { step(explain::previous(recording, scenario, here), "left", words.previous) }
            { step(explain::next(recording, scenario, here), "right", words.next) }
            if why.is_some() {
                { icon_button("btn icon", "close", words.close, Some(close)) }
            }
        </header>
    }
}

/// `Pod 2 failed` in the colour of its state, the rest beside it; for a controller its name.
fn subject(props: &WhyProps, why: &Why) -> Html {
    let words = props.words();
    let step = props.recording.step(why.selected.step);
    let names = Names::new(&props.recording, why.selected.object.or(step.key));
    let told = |brief: &Brief| match brief {
        // The sentence below has the API server's words.
        Brief::Refused(_) => (props.lang.diagnostics().tier)(Tier::Refused).to_owned(),
        brief => (words.brief)(brief, names),
    };
    let line: Vec<String> = why.subject.iter().map(told).collect();
    let (title, rest) = match (step.component, line.split_first()) {
        (Component::Outside | Component::Kubelet | Component::Scheduler, Some((first, rest))) => (first.as_str(), rest),
        (component, _) => ((props.lang.reason().component)(component), line.as_slice()),
    };
    html! {
        <span class="subject">
            { state(why.tone, &parts::capitalized(title)) }
            <span class="support">{ rest.join(words.format.comma) }</span>
        </span>
    }
}

fn now(props: &WhyProps) -> Html {
    html! { <span class="subject"><span class="support">{ (props.words().now)(props.playhead) }</span></span> }
}

fn explained(props: &WhyProps, why: &Why) -> Html {
    let words = props.words();
    let names = Names::new(&props.recording, why.key);
    html! { <>
        <p class="sentence">{ sentence(&(words.statement)(&why.statement, names)) }</p>
        <div class="cols">
            if !why.chain.is_empty() {
                <div>
                    <h3>{ words.because }</h3>
                    <ol class="chain">{ for chain(props, &why.chain, names) }</ol>
                </div>
            }
            if let Some(checklist) = &why.checklist {
                <div>{ checks(words, checklist) }</div>
            }
            { piece(WhatIfProps { recording: Rc::clone(&props.recording), scenario: Rc::clone(&props.scenario), reading: Rc::clone(&props.reading), selected: why.selected, lang: props.lang, on_action: props.on_action.clone() }) }
        </div>
        { real_life(words, &why.real_life) }
    </> }
}

fn chain<'a>(props: &'a WhyProps, chain: &'a [Link], names: Names<'a>) -> impl Iterator<Item = Html> + 'a {
    let words = props.words();
    chain.iter().enumerate().map(move |(number, link)| {
        let repeats = number > 0 && chain[number - 1].role == link.role;
        let what = if repeats { "what sr" } else { "what" };
        let fact = sentence(&(words.fact)(&link.fact, names));
        let onclick = match link.step {
            Some(step) => {
                let object = props.recording.steps().get(step.0 as usize).and_then(|step| step.key);
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
    Some(press(&props.on_action, Action::GoTo(span)))
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

fn real_life(words: &'static ExplainWords, real_life: &RealLife) -> Html {
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
                <code class="command" lang="en">{ command }</code>
            }
            { for events }
            <span class="differ">
                if let Some(note) = real_life.note { <span>{ sentence(&(words.note)(note)) }</span> }
                if let Some(href) = docs { <a {href} target="_blank" rel="noopener">{ words.docs }</a> }
            </span>
        </footer>
    }
}

/// Nothing is selected: what is waited for, for each object that is there.
fn absent(props: &WhyProps) -> Html {
    let recording = &props.recording;
    let jobs = recording.jobs().map(ObjectKey::Job);
    let cron_jobs = recording.cron_jobs().map(ObjectKey::CronJob);
    let there: Vec<ObjectKey> = cron_jobs.chain(jobs).filter(|key| is_of_interest(props, *key)).collect();
    // The latest are the ones that are looked at.
    let shown = there[there.len().saturating_sub(4)..].iter();
    if there.is_empty() {
        return html! { <p class="sentence">{ props.words().nothing_recorded }</p> };
    }
    let several = there.len() > 1;
    html! { <>{ for shown.map(|key| waiting(props, *key, several)) }</> }
}

/// Whether an object is there now, or is the only one.
fn is_of_interest(props: &WhyProps, key: ObjectKey) -> bool {
    let alone = props.recording.jobs().nth(1).is_none() && props.recording.cron_jobs().next().is_none();
    alone || props.recording.object_at(key, props.playhead).is_some()
}

fn waiting(props: &WhyProps, key: ObjectKey, several: bool) -> Html {
    let words = props.words();
    let found: Waiting = match key {
        ObjectKey::Job(job) => explain::waiting(&props.recording, &props.scenario, job, props.playhead),
        key => explain::waiting_schedule(&props.recording, key, props.playhead),
    };
    let called = (props.lang.reason().called)(&Names::new(&props.recording, None).called(key));
    let class = if several { "sentence small" } else { "sentence" };
    let why = found.step.map(|step| props.go(Selection { step, object: Some(key) }));
    html! {
        <div class="waits">
            <p {class}>
                if several { <span class="who">{ parts::capitalized(&called) }</span> }
                { sentence(&words.waiting(&found)) }
            </p>
            if let Some(onclick) = why {
                { button("btn ring", None, words.why, onclick) }
            }
        </div>
    }
}
