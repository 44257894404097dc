//! Words for WHY: statements, the links of the chain, rules, one line per step, what is waited for.

use super::sentence::Sentence;
use crate::cluster::reason::{Answer, StepId};
use crate::explain::{
    self, Brief, Counterfactual, Docs, Fact, Intervention, Names, Note, Places, Question, Role, Rule, Statement, Wait,
    Waiting,
};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::Time;

/// Words for [`crate::explain`].
pub struct ExplainWords {
    /// The one sentence about a mark.
    pub statement: fn(&Statement, Names<'_>) -> Sentence,
    /// A link of the chain.
    pub fact: fn(&Fact, Names<'_>) -> Sentence,
    /// The part of a link in the chain, as a label.
    pub role: fn(Role) -> &'static str,
    /// A rule of Kubernetes.
    pub rule: fn(Rule) -> Sentence,
    /// A piece of a step's line.
    pub brief: fn(&Brief, Names<'_>) -> String,
    /// Between the pieces of such a line.
    pub between: &'static str,
    /// A line of the checklist.
    pub question: fn(Question) -> &'static str,
    /// Its answer.
    pub answer: fn(Question, Answer) -> Sentence,
    /// One thing that is waited for.
    pub wait: fn(&Wait) -> Sentence,
    /// Places for pods.
    pub places: fn(Places) -> Sentence,
    /// After them.
    pub full_stop: &'static str,
    /// What is often said, and what the source does.
    pub note: fn(Note) -> Sentence,
    /// Where the documentation is in this language.
    pub docs_root: &'static str,
    /// The panel's name.
    pub why: &'static str,
    /// The panel's name where nothing is selected: what happens now.
    pub now: fn(Time) -> String,
    /// Above the chain.
    pub because: &'static str,
    /// Above the checklist.
    pub asked_at: fn(Time) -> String,
    /// Above the counterfactuals.
    pub what_if: &'static str,
    /// A change that would have made a difference.
    pub change: fn(&Intervention) -> Sentence,
    /// What would come of it.
    pub then: fn(&Counterfactual) -> Sentence,
    /// While counterfactuals are being looked for.
    pub looking: &'static str,
    /// When none was found.
    pub no_difference: &'static str,
    /// For screen readers and as a tip: what a press on a counterfactual does.
    pub try_it: &'static str,
    /// Before the command.
    pub in_real_life: &'static str,
    /// The link to the documentation.
    pub docs: &'static str,
    /// Button: the decision before.
    pub previous: &'static str,
    /// Button: the decision after.
    pub next: &'static str,
    /// Button: close the panel.
    pub close: &'static str,
    /// The link from the small card to the whole panel.
    pub whole: &'static str,
    /// Nothing has been recorded yet.
    pub nothing_recorded: &'static str,
    /// For screen readers: the row that decided.
    pub decided: &'static str,
}

impl ExplainWords {
    /// A step of a recording in a line: `failed 0 → 1, waits until 0:17`.
    pub fn step(&self, recording: &Recording, scenario: &Scenario, step: StepId) -> String {
        let names = Names::new(recording, recording.step(step).key);
        self.line(&explain::brief(recording, scenario, step), names)
    }

    /// The pieces of a line put together.
    pub fn line(&self, briefs: &[Brief], names: Names<'_>) -> String {
        briefs.iter().map(|brief| (self.brief)(brief, names)).collect::<Vec<_>>().join(self.between)
    }

    /// What is waited for, as one sentence.
    pub fn waiting(&self, waiting: &Waiting) -> Sentence {
        let waits = waiting.waits.iter().take(3).map(self.wait);
        let mut sentence = Sentence::default();
        for (number, wait) in waits.chain(waiting.places.map(self.places)).enumerate() {
            sentence = if number == 0 { wait } else { sentence.and(self.between, wait) };
        }
        sentence.and("", Sentence::words(self.full_stop)).capitalized()
    }

    /// The address of a page of the documentation.
    pub fn docs_address(&self, docs: Docs) -> String {
        let hash = if docs.section.is_empty() { "" } else { "#" };
        format!("{}{}{hash}{}", self.docs_root, docs.page, docs.section)
    }
}
