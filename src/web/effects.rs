//! Which fields of the text decided something in its run, and which never came into play: the dots in the gutter.

use super::state::Run;
use crate::api::ObjectKey;
use crate::cluster::input::ObjectKind;
use crate::explain::{self, Document, Place, Selected, SpecField};
use crate::manifest::Reading;
use crate::recording::Object;
use crate::texts::Lang;
use crate::texts::sentence::Sentence;
use std::collections::BTreeSet;

/// So many moments of a run are looked at: what decides, decides early, and nobody waits for dots.
const MOMENTS: usize = 200;

/// Fields that decided something in a run.
pub(super) type Decided = BTreeSet<(Document, SpecField)>;

/// Looks through a run.
pub(super) fn decided(run: &Run) -> Decided {
    let mut decided = Decided::new();
    for moment in run.timeline.moments.iter().take(MOMENTS) {
        let object = run.recording.step(moment.telling).key;
        let selected = Selected { step: moment.telling, object };
        let Some(why) = explain::why(&run.recording, &run.scenario, selected) else { continue };
        for place in explain::places(&why) {
            if let Place::Field { document, field, .. } = place {
                decided.insert((document, field));
            }
        }
    }
    decided
}

/// A dot at a byte of the text: full if the field there decided something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dot {
    pub(super) at: usize,
    pub(super) is_full: bool,
}

/// The dots of a text.
pub(super) fn dots(reading: &Reading, decided: &Decided) -> Vec<Dot> {
    let mut dots = Vec::new();
    for (number, manifest) in (0..).zip(reading.scenario.manifests.iter()) {
        for field in SpecField::ALL {
            let document = match (manifest.kind, field.is_of_cron_job()) {
                (ObjectKind::Job, true) => continue,
                (ObjectKind::CronJob, false) => Document::JobTemplate(number),
                (ObjectKind::Job, false) | (ObjectKind::CronJob, true) => Document::Manifest(number),
            };
            let place = Place::Field { document, field, rule: None, written: true };
            if let Some(span) = reading.key_span(&place.in_text()) {
                dots.push(Dot { at: span.start, is_full: decided.contains(&(document, field)) });
            }
        }
    }
    dots
}

/// What the first object of a run asks for, in words.
pub(super) fn in_words(run: &Run, lang: Lang) -> Vec<Sentence> {
    let first = |key| run.recording.history(key).next().map(|version| &version.object);
    let words = lang.in_words();
    let job = run.recording.jobs().next().and_then(|id| first(ObjectKey::Job(id)));
    let cron_job = run.recording.cron_jobs().next().and_then(|id| first(ObjectKey::CronJob(id)));
    let sentences = [cron_job, job].into_iter().flatten().map(|object| match object {
        Object::CronJob(cron_job) => (words.cron_job)(&cron_job.spec),
        Object::Job(job) => (words.job)(&job.spec),
        Object::Pod(_) => Sentence::default(),
    });
    sentences.collect()
}
