//! What stands beside the text in the editor, derived from the text and its run: remarks, what fields decided, the glow
//! of what the selected step comes from, the spec in words. Kept, so that a moving playhead computes nothing anew.

pub(crate) mod findings;
pub(crate) mod remarks;

use crate::advice::{self, Review};
use crate::api::ObjectKey;
use crate::explain::{self, AssumedProgram, ClusterEffects, FieldEffect, FieldEffects, Selection, UnwrittenField};
use crate::late::Late;
use crate::manifest::Reading;
use crate::manifest::edit::{ClusterList, cluster_field};
use crate::recording::{Object, Recording};
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::sentence::Sentence;
use crate::timeline::Timeline;
use crate::web::browser;
use crate::web::state::State;
use crate::web::state::run::RecordedRun;
use crate::web::state::shared::Shared;
use remarks::Remark;
use std::ops::Range;
use std::rc::Rc;

/// What there is to say beside a text.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Notes {
    pub(crate) remarks: Rc<[Remark]>,
    /// Whether the text is still being looked through: there are no remarks yet.
    pub(crate) is_pending: bool,
    /// Whether it cannot be looked through: the part of the page that does could not be loaded.
    pub(crate) is_missing: bool,
    /// Where fields stand that can no longer be changed while the Job runs.
    pub(crate) locks: Rc<[usize]>,
    /// Which fields decided something: the dots in the gutter.
    pub(crate) effects: Rc<[FieldEffect]>,
    /// Bytes of the text that the selected step comes from.
    pub(crate) glow: Rc<[Range<usize>]>,
    /// What the first object asks for.
    pub(crate) in_words: Rc<[Sentence]>,
    pub(crate) unwritten: Rc<[UnwrittenField]>,
    pub(crate) assumed: Rc<[AssumedProgram]>,
    /// What the lines of the cluster decided, and whether its nodes have room.
    pub(crate) cluster: Rc<ClusterEffects>,
}

/// The margin: its notes, and what they were derived from.
#[derive(Default)]
pub(crate) struct Margin {
    pub(crate) notes: Notes,
    /// What the fields of the run's text decided, as of the last time that someone looked.
    effects: FieldEffects,
    cluster: Rc<ClusterEffects>,
    source: Option<Source>,
    /// The review of a text that takes longer than a slice.
    review: Option<Review>,
    /// What the glow was derived from, besides the source.
    selection: Option<Selection>,
}

/// How a text is looked through.
pub(crate) struct Reviewer {
    begin: fn(&Reading) -> Review,
    advance: fn(&mut Review, &Reading) -> bool,
    remarks: fn(Review, &Reading, Option<&RecordedRun>, Lang, bool) -> Vec<Remark>,
    locks: fn(&Reading) -> Vec<usize>,
}

/// It comes with a chunk.
pub(crate) static REVIEWER: Late<Reviewer> = Late::new(&REVIEWS);
pub(crate) static REVIEWS: Reviewer =
    Reviewer { begin: Review::new, advance: Review::advance, remarks: remarks::of, locks: advice::fixed_fields };

/// How a run is looked through.
pub(crate) struct Insight {
    effects: fn(&Recording, &Scenario, &Timeline) -> FieldEffects,
    cluster: fn(&Recording, &Scenario, &Timeline) -> ClusterEffects,
    unwritten: fn(&Reading, &Recording) -> Vec<UnwrittenField>,
    assumed: fn(&Recording, &Scenario) -> Vec<AssumedProgram>,
    in_words: fn(&Recording, &Scenario, Lang) -> Vec<Sentence>,
    glow: fn(&State, &ClusterEffects) -> Vec<Range<usize>>,
}

/// It comes with a chunk.
pub(crate) static INSIGHT: Late<Insight> = Late::new(&INSIGHTS);
pub(crate) static INSIGHTS: Insight = Insight {
    effects: FieldEffects::of,
    cluster: ClusterEffects::of,
    unwritten: explain::unwritten_fields,
    assumed: explain::assumed_programs,
    in_words,
    glow,
};

/// So long a text is looked through at once, in milliseconds; what remains is done in slices.
const SLICE_MILLIS: f64 = 12.0;

/// What notes are derived from.
#[derive(PartialEq)]
struct Source {
    reading: Shared<Reading>,
    recording: Shared<Recording>,
    lang: Lang,
    is_own: bool,
    is_refused: bool,
}

impl Margin {
    /// Follows the state. `is_own`: the run is that of the text; `in_time`: there is time to look through the text now.
    pub(crate) fn follow(&mut self, state: &State, is_own: bool, in_time: bool) {
        let source = Source {
            reading: state.draft.text.reading().clone(),
            recording: state.run.recording.clone(),
            lang: state.preferences.lang,
            is_own,
            is_refused: state.refused.is_some(),
        };
        let is_same = self.source.as_ref() == Some(&source);
        if !is_same && !state.draft.text.is_read() {
            // Nothing is said of a text before it is read, and what was said of the one before has lost its places.
            self.review = None;
            self.notes = Notes { is_pending: true, ..Notes::default() };
            self.source = None;
            return;
        }
        if !is_same {
            self.annotate(state, &source, in_time);
            self.source = Some(source);
        }
        if !is_same || self.selection != state.selection {
            self.selection = state.selection;
            let insight = INSIGHT.get().filter(|_| is_own);
            self.notes.glow = insight.map(|insight| (insight.glow)(state, &self.cluster).into()).unwrap_or_default();
        }
    }

    /// Looks through the run for what decided it: too slow for every letter that is typed.
    pub(crate) fn look_through(&mut self, state: &State) {
        if let Some(insight) = INSIGHT.get() {
            let RecordedRun { scenario, recording, timeline, .. } = &state.run;
            self.effects = (insight.effects)(recording, scenario, timeline);
            self.cluster = Rc::new((insight.cluster)(recording, scenario, timeline));
        }
        self.source = None;
    }

    /// Whether a review goes on.
    pub(crate) fn is_pending(&self) -> bool {
        self.review.is_some()
    }

    /// Goes on with a review for a slice; returns whether it is complete.
    pub(crate) fn advance(&mut self, state: &State) -> bool {
        let Some(source) = self.source.take() else { return false };
        let is_complete = self.review(state, &source);
        self.source = Some(source);
        is_complete
    }

    fn review(&mut self, state: &State, source: &Source) -> bool {
        let start = browser::now();
        let (Some(mut review), Some(reviewer)) = (self.review.take(), REVIEWER.get()) else { return false };
        while (reviewer.advance)(&mut review, &source.reading) {
            if browser::now() - start > SLICE_MILLIS {
                self.review = Some(review);
                return false;
            }
        }
        let run = state.refused.as_ref().or(source.is_own.then_some(&state.run));
        self.notes.remarks =
            (reviewer.remarks)(review, &source.reading, run, source.lang, state.lesson().is_none()).into();
        let checked = state.learn.writing.checked(state.draft.text.rc()).filter(|_| state.is_writing());
        if let Some(checked) = checked {
            self.notes.remarks = remarks::with_faults(&self.notes.remarks, checked, source.lang).into();
        }
        self.notes.is_pending = false;
        true
    }

    fn annotate(&mut self, state: &State, source: &Source, in_time: bool) {
        let (reading, recording) = (&*source.reading, &*source.recording);
        self.review = REVIEWER.get().map(|reviewer| (reviewer.begin)(reading));
        self.notes.locks = REVIEWER.get().map(|reviewer| (reviewer.locks)(reading).into()).unwrap_or_default();
        self.notes.is_pending = true;
        self.notes.is_missing = REVIEWER.get().is_none() && !browser::chunks::is_coming();
        if !(in_time && self.review(state, source)) {
            self.notes.remarks = Rc::default();
        }
        let notes = &mut self.notes;
        notes.effects =
            if source.is_own && INSIGHT.get().is_some() { self.effects.in_text(reading).into() } else { Rc::default() };
        notes.cluster = if source.is_own { Rc::clone(&self.cluster) } else { Rc::default() };
        if let Some(insight) = INSIGHT.get().filter(|_| source.is_own) {
            notes.unwritten = (insight.unwritten)(reading, recording).into();
            notes.assumed = (insight.assumed)(recording, &state.run.scenario).into();
            notes.in_words = (insight.in_words)(recording, &state.run.scenario, source.lang).into();
        } else if !state.is_fresh() || state.run.is_empty() {
            (notes.unwritten, notes.assumed, notes.in_words) = Default::default();
        }
    }
}

/// Bytes that the selected step comes from.
fn glow(state: &State, cluster: &ClusterEffects) -> Vec<Range<usize>> {
    let reading = state.draft.text.reading();
    let why = state.selection.and_then(|selected| explain::why(&state.run.recording, &state.run.scenario, selected));
    let origins = why.map_or_else(Vec::new, |why| explain::origins(&why));
    let step = state.selection.map(|selected| selected.step);
    let lists = [
        (ClusterList::Nodes, &cluster.nodes),
        (ClusterList::Images, &cluster.images),
        (ClusterList::Missing, &cluster.missing),
    ];
    let lines = lists.into_iter().flat_map(|(list, lines)| {
        let decided = lines.iter().enumerate().filter(|(_, marks)| marks.iter().any(|mark| Some(mark.step) == step));
        decided.map(move |(line, _)| cluster_field(list, line, ""))
    });
    let lines = lines.filter_map(|line| reading.span_of(&line));
    origins.iter().filter_map(|origin| reading.nearest_span(&origin.in_text())).chain(lines).collect()
}

/// No more objects than this are put into words.
const OBJECTS_IN_WORDS: usize = 8;

/// What the objects of a text ask for: each CronJob and the Jobs that no CronJob made, and of these the first.
fn in_words(recording: &Recording, scenario: &Scenario, lang: Lang) -> Vec<Sentence> {
    let first = |key| recording.history(key).next().map(|version| &version.object);
    let words = lang.in_words();
    let zones = scenario.time_zones.as_deref();
    let cron_jobs = recording.cron_jobs().map(ObjectKey::CronJob).filter_map(first);
    let jobs = recording.jobs().map(ObjectKey::Job).filter_map(first);
    let mut has_run = false;
    let is_told = |object: &&Object| match object {
        Object::Job(job) if job.meta.owners.iter().any(|owner| *owner.kind == *"CronJob") => {
            !std::mem::replace(&mut has_run, true)
        }
        _ => true,
    };
    let objects: Vec<&Object> = cron_jobs.chain(jobs).filter(is_told).take(OBJECTS_IN_WORDS).collect();
    let is_one = objects.len() == 1 || objects.len() == 2 && recording.cron_jobs().next().is_some();
    let sentences = objects.into_iter().map(|object| {
        let (name, sentence) = match object {
            Object::CronJob(cron_job) => {
                (&cron_job.meta.name, words.schedule(&cron_job.spec, scenario.start_unix_seconds, zones))
            }
            Object::Job(job) => (&job.meta.name, words.job(&job.spec)),
            Object::Pod(_) | Object::Node(_) => return Sentence::default(),
        };
        if is_one { sentence } else { words.named(name, sentence) }
    });
    sentences.collect()
}
