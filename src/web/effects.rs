//! Which fields of the text decided something in its run, and which never came into play: the dots in the gutter.

use crate::api::ObjectKey;
use crate::cluster::input::ObjectKind;
use crate::cluster::reason::StepId;
use crate::explain::{self, ObjectSource, Origin, Selection, SpecField};
use crate::manifest::{self, Reading};
use crate::order::Map;
use crate::recording::Object;
use crate::scenario::Manifest;
use crate::texts::Lang;
use crate::texts::sentence::Sentence;
use crate::web::state::Run;
use serde_json::Value;
use std::ops::Range;
use std::rc::Rc;

/// So many moments of a run are looked at: what decides, decides early, and nobody waits for dots.
const MOMENTS: usize = 200;
/// Of a moment, so many steps from its beginning and from its end: between them are hundreds of pods that do the same.
const STEPS: u32 = 8;

/// Fields that decided something in a run, and the marks of what they decided.
pub(crate) type Decided = Map<(ObjectSource, SpecField), Vec<Selection>>;

/// Looks through a run.
pub(crate) fn decided(run: &Run) -> Decided {
    let mut decided = Decided::new();
    for moment in run.timeline.moments.iter().take(MOMENTS) {
        for step in first_and_last(&moment.steps).map(StepId) {
            let selected = Selection { step, object: run.recording.step(step).key };
            let why = explain::why(&run.recording, &run.scenario, selected);
            let places = why.map_or_else(Vec::new, |why| explain::origins(&why));
            for place in places {
                let Origin::Field { source, field, .. } = place else { continue };
                let marks = decided.get_or_insert_with((source, field), Default::default);
                if marks.last().is_none_or(|mark| mark.step != step) {
                    marks.push(Selection { step, object: selected.object });
                }
            }
        }
    }
    decided
}

fn first_and_last(steps: &Range<u32>) -> impl Iterator<Item = u32> + use<> {
    let first = steps.start..steps.end.min(steps.start + STEPS);
    let last = first.end.max(steps.end.saturating_sub(STEPS))..steps.end;
    first.chain(last)
}

/// A dot at a byte of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dot {
    pub(crate) at: usize,
    pub(crate) field: (ObjectSource, SpecField),
    /// The marks of what the field there decided; none: it never came into play.
    pub(crate) marks: Rc<[Selection]>,
}

impl Dot {
    /// Whether its field decided something.
    pub(crate) fn is_full(&self) -> bool {
        !self.marks.is_empty()
    }
}

/// The dots of a text.
pub(crate) fn dots(reading: &Reading, decided: &Decided) -> Vec<Dot> {
    let mut dots = Vec::new();
    for (number, manifest) in (0..).zip(reading.scenario.manifests.iter()) {
        for field in SpecField::ALL {
            let source = match (manifest.kind, field.is_of_cron_job()) {
                (ObjectKind::Job, true) => continue,
                (ObjectKind::CronJob, false) => ObjectSource::JobTemplate(number),
                (ObjectKind::Job, false) | (ObjectKind::CronJob, true) => ObjectSource::Manifest(number),
            };
            let origin = Origin::Field { source, field, rule: None, written: true };
            let marks = decided.get(&(source, field)).map_or(&[][..], Vec::as_slice);
            if let Some(span) = reading.key_span(&origin.in_text()).filter(|_| !marks.is_empty() || may_be_idle(field))
            {
                dots.push(Dot { at: span.start, field: (source, field), marks: marks.into() });
            }
        }
    }
    dots
}

/// A field that is not written, and the value that it has all the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Implied {
    pub(crate) place: manifest::Place,
    pub(crate) name: &'static str,
    pub(crate) value: Value,
}

/// Fields that shape every Job.
const SHAPING: [SpecField; 3] = [SpecField::Parallelism, SpecField::Completions, SpecField::BackoffLimit];

/// What the first Job of a text leaves to its defaults, with the values that the API server filled in.
pub(crate) fn implied(reading: &Reading, run: &Run) -> Vec<Implied> {
    let first = run.recording.jobs().next().and_then(|id| run.recording.history(ObjectKey::Job(id)).next());
    let Some(Object::Job(job)) = first.map(|version| &version.object) else { return Vec::new() };
    // The first manifest that was not refused: the one with the Job's name, or the CronJob that made it.
    let wrote = |manifest: &Manifest| match manifest.kind {
        ObjectKind::Job => manifest.value["metadata"]["name"] == *job.meta.name,
        ObjectKind::CronJob => job.meta.name.starts_with(manifest.value["metadata"]["name"].as_str().unwrap_or("?")),
    };
    let mut manifests = (0..).zip(reading.scenario.manifests.iter());
    let Some((number, manifest)) = manifests.find(|(_, manifest)| wrote(manifest)) else { return Vec::new() };
    let source = match manifest.kind {
        ObjectKind::Job => ObjectSource::Manifest(number),
        ObjectKind::CronJob => ObjectSource::JobTemplate(number),
    };
    let fields = SHAPING.into_iter().filter_map(|field| {
        let place = Origin::Field { source, field, rule: None, written: false }.in_text();
        let value = &job.spec.value[field.name()];
        // A limit without limit is the per-index limit's doing.
        let says_something = !value.is_null() && *value != i32::MAX;
        (says_something && reading.key_span(&place).is_none()).then(|| Implied {
            place,
            name: field.name(),
            value: value.clone(),
        })
    });
    fields.collect()
}

/// Fields that matter only when something happens. The others shape every run: of them nobody can say that they never
/// came into play.
fn may_be_idle(field: SpecField) -> bool {
    matches!(
        field,
        SpecField::BackoffLimit
            | SpecField::BackoffLimitPerIndex
            | SpecField::MaxFailedIndexes
            | SpecField::ActiveDeadlineSeconds
            | SpecField::TtlSecondsAfterFinished
            | SpecField::PodFailurePolicy
            | SpecField::SuccessPolicy
            | SpecField::StartingDeadlineSeconds
    )
}

/// What the first object of a run asks for, in words.
pub(crate) fn in_words(run: &Run, lang: Lang) -> Vec<Sentence> {
    let first = |key| run.recording.history(key).next().map(|version| &version.object);
    let words = lang.in_words();
    let job = run.recording.jobs().next().and_then(|id| first(ObjectKey::Job(id)));
    let cron_job = run.recording.cron_jobs().next().and_then(|id| first(ObjectKey::CronJob(id)));
    let sentences = [cron_job, job].into_iter().flatten().map(|object| match object {
        Object::CronJob(cron_job) => (words.cron_job)(&cron_job.spec),
        Object::Job(job) => words.job(&job.spec),
        Object::Pod(_) => Sentence::default(),
    });
    sentences.collect()
}
