//! Words for explanations: statements, the links of the chain, rules, one line per step, what a Job waits for.

use super::Lang;
use super::format::{FormatWords, amount};
use super::reason::ReasonWords;
use super::sentence::{Phrase, Sentence, capitalized, say};
use crate::cluster::reason::{Answer, Check, Component, StepId};
use crate::cluster::scheduler::Obstacle;
use crate::explain::{
    self, Brief, Counterfactual, Difference, Docs, Fact, Intervention, LinkRole, Names, NodeAnswer, NodeCell,
    NodeFilter, Note, PodSlots, Question, Rule, Statement, Waiting, WaitingFor, Why,
};
use crate::manifest::Tier;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::Time;
use serde_json::Value;

/// Words for [`crate::explain`].
#[allow(missing_docs)]
pub struct ExplainWords {
    /// Numbers, times and punctuation of the language.
    pub format: &'static FormatWords,
    /// Words for what the engine records.
    pub reason: &'static ReasonWords,
    /// The one sentence about a mark.
    pub statement: fn(&Statement, Names<'_>) -> Sentence,
    /// A link of the chain.
    pub fact: fn(&Fact, Names<'_>) -> Sentence,
    /// The part of a link in the chain, as a label.
    pub role: fn(LinkRole) -> &'static str,
    /// A rule of Kubernetes.
    pub rule: fn(Rule) -> Sentence,
    /// A piece of a step's line.
    pub brief: fn(&Brief, Names<'_>) -> String,
    /// The line of the checklist for the limits per index and the success policy, where none of them is set.
    pub index_limits_and_success_policy: &'static str,
    /// The line of the checklist for the creation of pods.
    pub create_pods: &'static str,
    /// Its answer: pods that were created, of how many wanted.
    pub created: fn(u32, u32) -> Sentence,
    /// One thing that is waited for.
    pub wait: fn(&WaitingFor) -> Sentence,
    pub slots: fn(PodSlots) -> Sentence,
    /// A common claim, and what the source does.
    pub note: fn(Note) -> Sentence,
    /// Where the documentation is in this language.
    pub docs_root: &'static str,
    pub why: &'static str,
    /// The panel's name where nothing is selected: what happens now.
    pub now: fn(Time) -> String,
    /// Head of what else happened in that instant.
    pub beside: &'static str,
    pub because: &'static str,
    pub asked_at: fn(Time) -> String,
    pub what_if: &'static str,
    /// A change that would have made a difference.
    pub change: &'static ChangeWords,
    /// What would come of it.
    pub difference: fn(Difference) -> Sentence,
    /// The logs of so many tries stay.
    pub logs_stay: fn(u32) -> Sentence,
    /// Shown while counterfactuals are being looked for.
    pub looking: &'static str,
    /// For screen readers and as a tip: what a press on a counterfactual does.
    pub try_it: &'static str,
    /// Opens the whole message of a refusal that is told in short.
    pub in_its_words: &'static str,
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
    /// What the scheduler asked of each node.
    pub nodes: &'static NodeWords,
    /// For screen readers: the row that decided.
    pub decided: &'static str,
}

/// Words for [`explain::NodeTable`].
#[allow(missing_docs)]
pub struct NodeWords {
    pub asked_at: fn(Time) -> String,
    /// Head of the first column.
    pub node: &'static str,
    /// Head of the column that has what refused, with its question.
    pub refuses: &'static str,
    /// What is asked, as the head of a column.
    pub filter: fn(&NodeFilter) -> String,
    /// Head of the last column, which has the scheduler's words.
    pub answer: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub not_asked: &'static str,
    /// So much of so much is free.
    pub free: fn(&str, &str) -> String,
    /// A node has as many pods as it may.
    pub full: fn(i64) -> String,
    /// So many nodes are left out.
    pub more: fn(usize) -> String,
}

impl NodeWords {
    /// An answer of a node, in words.
    pub fn cell(&self, filter: &NodeFilter, cell: &NodeCell) -> String {
        if let (NodeFilter::Resource { name, .. }, Some((free, whole))) = (filter, cell.free) {
            return (self.free)(&amount(name, free.max(0)), &amount(name, whole));
        }
        // Whether it is cordoned is the only question to which no is the good answer.
        let is_cordon = *filter == NodeFilter::Cordon;
        match &cell.answer {
            NodeAnswer::NotAsked => self.not_asked.to_owned(),
            NodeAnswer::Refuses(Obstacle::Taint(taint)) => taint.to_string(),
            NodeAnswer::Refuses(Obstacle::TooManyPods { limit }) => (self.full)(*limit),
            NodeAnswer::Refuses(_) => (if is_cordon { self.yes } else { self.no }).to_owned(),
            NodeAnswer::Passes => (if is_cordon { self.no } else { self.yes }).to_owned(),
        }
    }
}

/// A change of the text as a condition.
pub struct ChangeWords {
    /// A field is taken out.
    pub without: fn(Phrase) -> Sentence,
    /// A fault does not happen at its time.
    pub without_fault: fn(Time) -> Sentence,
    /// Another input, by its keyword, does not happen at its time.
    pub without_input: fn(&'static str, Time) -> Sentence,
}

impl Lang {
    /// What an answer is about, as a title and what supports it: what happened, or for a controller its name.
    pub fn subject(self, recording: &Recording, why: &Why) -> [String; 2] {
        let step = recording.step(why.selected.step);
        let names = Names::new(recording, why.selected.object.or(step.key));
        let line = |brief: &Brief| match brief {
            // The sentence has the API server's words.
            Brief::Refused(_) => (self.diagnostics().tier)(Tier::Refused).to_owned(),
            brief => (self.explain().brief)(brief, names),
        };
        let line: Vec<String> = why.subject.iter().map(line).collect();
        let (title, rest) = match (step.component, line.split_first()) {
            (Component::Outside | Component::Kubelet | Component::Scheduler, Some((first, rest))) => {
                (first.as_str(), rest)
            }
            (component, _) => ((self.reason().component)(component), line.as_slice()),
        };
        [capitalized(title), rest.join(self.format().comma)]
    }
}

impl ExplainWords {
    /// A line of the checklist.
    pub fn question(&self, question: Question) -> &'static str {
        match question {
            Question::Check(check) => (self.reason.check)(check),
            Question::IndexLimitsAndSuccessPolicy => self.index_limits_and_success_policy,
            Question::Create => self.create_pods,
        }
    }

    /// The answer in a line of the checklist.
    pub fn answer(&self, question: Question, answer: Answer) -> Sentence {
        match (question, answer) {
            (Question::Create, Answer::Count { count, limit, .. }) => (self.created)(count, limit),
            (Question::Check(check), answer) => self.reason.answer(check, answer),
            (Question::Create | Question::IndexLimitsAndSuccessPolicy, answer) => {
                self.reason.answer(Check::Completions, answer)
            }
        }
    }

    /// A change that would have made a difference, as a condition: `without podQuota`, `backoffLimit: 2`.
    pub fn change(&self, change: &Intervention) -> Sentence {
        let field = |words: &str| Phrase::Field(words.to_owned(), None);
        let with = |words: &str| say!("{}", field(words));
        match change {
            Intervention::Field { field: of, value: Value::Null, .. } => (self.change.without)(field(of.name())),
            Intervention::Field { field: of, value, .. } => {
                // As YAML has it on a line; of tolerations, what is tolerated by the last one.
                let last = value.as_array().and_then(|all| all.last()).and_then(|one| one["key"].as_str());
                let value = value.as_str().or(last).map_or_else(|| value.to_string(), str::to_owned);
                with(&format!("{}: {value}", of.name()))
            }
            Intervention::Ignore { .. } => with("podFailurePolicy: Ignore"),
            Intervention::WithoutInput {
                keyword: "fail" | "oomKill" | "evict" | "preempt" | "nodePressureEvict",
                at,
                ..
            } => (self.change.without_fault)(*at),
            Intervention::WithoutInput { keyword, at, .. } => (self.change.without_input)(keyword, *at),
            Intervention::WithoutCluster(setting) => (self.change.without)(field(&format!("cluster.{setting}"))),
            Intervention::Quota(None) => (self.change.without)(field("podQuota")),
            Intervention::Quota(Some(quota)) => with(&format!("podQuota: {quota}")),
        }
    }

    /// What would come of a change.
    pub fn then(&self, found: &Counterfactual) -> Sentence {
        let then = (self.difference)(found.difference());
        match found.keeps_logs() {
            Some(tries) => then.and(self.format.comma, (self.logs_stay)(tries)),
            None => then,
        }
    }

    /// A step of a recording in a line: `failed 0 → 1, waits until 0:17`.
    pub fn step(&self, recording: &Recording, scenario: &Scenario, step: StepId) -> String {
        let names = Names::new(recording, recording.step(step).key);
        self.line(&explain::brief(recording, scenario, step), names)
    }

    /// The pieces of a line put together.
    pub fn line(&self, briefs: &[Brief], names: Names<'_>) -> String {
        briefs.iter().map(|brief| (self.brief)(brief, names)).collect::<Vec<_>>().join(self.format.comma)
    }

    /// What is waited for, as one sentence.
    pub fn waiting(&self, waiting: &Waiting) -> Sentence {
        let waits = waiting.waits.iter().take(3).map(self.wait);
        let mut sentence = Sentence::default();
        for (number, wait) in waits.chain(waiting.slots.map(self.slots)).enumerate() {
            sentence = if number == 0 { wait } else { sentence.and(self.format.comma, wait) };
        }
        sentence.and("", Sentence::words(self.format.full_stop)).capitalized()
    }

    /// The address of a page of the documentation.
    pub fn docs_address(&self, docs: Docs) -> String {
        let hash = if docs.section.is_empty() { "" } else { "#" };
        format!("{}{}{hash}{}", self.docs_root, docs.page, docs.section)
    }
}
