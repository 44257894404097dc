//! The answers of a film: why each of its marks is as it is.

use super::Run;
use crate::api::ObjectKey;
use crate::cluster::reason::StepId;
use crate::explain::mark::called;
use crate::explain::{self, Counterfactual, Names, Selection, Tone, WhatIf, Why};
use crate::order;
use crate::texts::Lang;
use crate::texts::sentence::{Phrase, Sentence};
use crate::time::Time;
use serde_json::{Value, json};
use std::rc::Rc;

/// An answer, before it has a language.
pub(super) struct Answer {
    pub(super) key: String,
    why: Why,
    what_if: Vec<Counterfactual>,
}

/// How many steps are recorded to find out what would have changed a run.
const WHAT_IF_STEPS: usize = 10_000;

/// The answers to what can be asked. An object is named only where the answer about it is another than that about its
/// step.
pub(super) fn answers(run: &Run<'_>, asked: &[Selection]) -> Vec<Answer> {
    let mut asked: Vec<(u32, Option<ObjectKey>)> =
        asked.iter().flat_map(|on| [(on.step.0, None), (on.step.0, on.object)]).collect();
    order::sort(&mut asked);
    asked.dedup();
    let scenario = Rc::new(run.scenario.clone());
    let mut left = WHAT_IF_STEPS;
    let mut answers: Vec<Answer> = Vec::new();
    for (step, object) in asked {
        let step = StepId(step);
        let Some(why) = why_of(run, step, object) else { continue };
        let of_step = answers.last().filter(|answer| answer.why.selected.step == step);
        if object.is_some() && of_step.is_some_and(|answer| is_same(&answer.why, &why)) {
            continue;
        }
        let what_if = of_step.filter(|answer| answer.why.statement == why.statement);
        let what_if = match what_if {
            Some(answer) => answer.what_if.clone(),
            None => what_if_of(run, &scenario, &why, &mut left),
        };
        let key = object.map_or(step.0.to_string(), |object| format!("{}.{}", step.0, called(object)));
        answers.push(Answer { key, why, what_if });
    }
    answers
}

/// The answer about a step, or about an object in it.
fn why_of(run: &Run<'_>, step: StepId, object: Option<ObjectKey>) -> Option<Why> {
    let own = run.recording.steps().get(step.0 as usize).and_then(|step| step.key);
    explain::why(run.recording, run.scenario, Selection { step, object: object.or(own) })
}

/// Only the sentence of the answer about what is told at a moment.
pub(super) fn statement_at(run: &Run<'_>, lang: Lang, at: Time) -> Option<Value> {
    let moment = run.timeline.moments.iter().find(|moment| moment.at == at)?;
    let why = why_of(run, moment.telling, None)?;
    Some(parts(&(lang.explain().statement)(&why.statement, Names::new(run.recording, why.key))))
}

fn is_same(one: &Why, other: &Why) -> bool {
    (&one.statement, &one.chain, one.key, one.tone) == (&other.statement, &other.chain, other.key, other.tone)
}

/// What would have changed it, as long as there are steps left to find it out.
fn what_if_of(
    run: &Run<'_>,
    scenario: &Rc<crate::scenario::Scenario>,
    why: &Why,
    left: &mut usize,
) -> Vec<Counterfactual> {
    const SLICE: usize = 200;
    let Some(mut search) = WhatIf::new(run.recording, Rc::clone(scenario), why) else { return Vec::new() };
    while *left > 0 && search.advance(SLICE) {
        *left = left.saturating_sub(SLICE);
    }
    search.found().to_vec()
}

impl Answer {
    /// As a film has it.
    pub(super) fn written(&self, run: &Run<'_>, lang: Lang) -> Value {
        let (words, why) = (lang.explain(), &self.why);
        let names = Names::new(run.recording, why.key);
        let [title, rest] = lang.subject(run.recording, why);
        let chain: Vec<Value> = why
            .chain
            .iter()
            .map(|link| json!([(words.role)(link.role), parts(&(words.fact)(&link.fact, names))]))
            .collect();
        let asked = why.checklist.as_ref().map(|list| {
            let rows = list.rows.iter().map(|row| {
                let answer = parts(&words.answer(row.question, row.answer));
                json!([words.question(row.question), answer, u8::from(row.decides)])
            });
            json!([(words.asked_at)(list.at), rows.collect::<Vec<Value>>()])
        });
        let what_if =
            self.what_if.iter().map(|found| json!([parts(&words.change(&found.change)), parts(&words.then(found))]));
        json!([
            tone(why.tone),
            title,
            rest,
            parts(&(words.statement)(&why.statement, names)),
            chain,
            asked,
            what_if.collect::<Vec<Value>>()
        ])
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Failed => "failed",
        Tone::Succeeded => "succeeded",
        Tone::Running => "running",
        Tone::Waiting => "backoff",
        Tone::Stopping => "terminating",
    }
}

/// A sentence in parts: plain words, or a kind and words.
fn parts(sentence: &Sentence) -> Value {
    let part = |phrase: &Phrase| match phrase {
        Phrase::Text(words) => json!(words),
        Phrase::Strong(words) => json!(["strong", words]),
        Phrase::Object(words, _) => json!(["object", words]),
        Phrase::Code(words) => json!(["code", words]),
        Phrase::Field(words, None) => json!(["field", words]),
        Phrase::Field(words, Some(_)) => json!(["yours", words]),
    };
    Value::Array(sentence.0.iter().map(part).collect())
}
