//! Which fields of a text decided something in its run, and which never came into play.

use super::{ObjectSource, Origin, Selection, SpecField, origins, why};
use crate::cluster::input::ObjectKind;
use crate::cluster::reason::StepId;
use crate::manifest::Reading;
use crate::order::{self, Map};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::timeline::Timeline;
use std::ops::Range;
use std::rc::Rc;

/// That many moments of a run are looked at: what decides, decides early, and nobody is to wait for it.
const MOMENTS: usize = 200;
/// Of a moment, that many steps from its beginning and from its end: between them are hundreds of pods that do the same.
const STEPS: u32 = 8;

/// The fields that decided something in a run, and the marks of what they decided, in the order of time.
#[derive(Clone, Debug, Default)]
pub struct FieldEffects(Map<(ObjectSource, SpecField), Vec<Selection>>);

impl FieldEffects {
    /// Looks through the first [`MOMENTS`] moments of a run.
    pub fn of(recording: &Recording, scenario: &Scenario, timeline: &Timeline) -> FieldEffects {
        let mut effects = Map::new();
        for moment in timeline.moments.iter().take(MOMENTS) {
            for step in first_and_last(&moment.steps).map(StepId) {
                let selected = Selection { step, object: recording.step(step).key };
                let origins = why(recording, scenario, selected).map_or_else(Vec::new, |why| origins(&why));
                for origin in origins {
                    let Origin::Field { source, field, .. } = origin else { continue };
                    let marks: &mut Vec<Selection> = effects.get_or_insert_with((source, field), Default::default);
                    if marks.last().is_none_or(|mark| mark.step != step) {
                        marks.push(selected);
                    }
                }
            }
        }
        FieldEffects(effects)
    }

    /// What to show beside the fields of a text: all that decided something, and those of the others that could have.
    pub fn in_text(&self, reading: &Reading) -> Vec<FieldEffect> {
        let mut found = Vec::new();
        for (number, manifest) in (0..).zip(reading.scenario.manifests.iter()) {
            let of_containers = self.0.keys().map(|(_, field)| *field).filter(|field| field.is_of_container());
            for field in SpecField::ALL.into_iter().chain(order::set(of_containers).into_items()) {
                let source = match (manifest.kind, field.is_of_cron_job()) {
                    (ObjectKind::Job, true) => continue,
                    (ObjectKind::CronJob, false) => ObjectSource::JobTemplate(number),
                    (ObjectKind::Job, false) | (ObjectKind::CronJob, true) => ObjectSource::Manifest(number),
                };
                let origin = Origin::Field { source, field, rule: None, written: true };
                let marks = self.0.get(&(source, field)).map_or(&[][..], Vec::as_slice);
                let is_shown = !marks.is_empty() || may_be_idle(field);
                if let Some(span) = reading.key_span(&origin.in_text()).filter(|_| is_shown) {
                    found.push(FieldEffect { at: span.start, source, field, marks: marks.into() });
                }
            }
        }
        found
    }
}

fn first_and_last(steps: &Range<u32>) -> impl Iterator<Item = u32> + use<> {
    let first = steps.start..steps.end.min(steps.start + STEPS);
    let last = first.end.max(steps.end.saturating_sub(STEPS))..steps.end;
    first.chain(last)
}

/// What a field of the text decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldEffect {
    /// The byte of the text at which its key begins.
    pub at: usize,
    /// Whose field.
    pub source: ObjectSource,
    /// Which.
    pub field: SpecField,
    /// The marks of what it decided; empty if it never came into play.
    pub marks: Rc<[Selection]>,
}

impl FieldEffect {
    /// Whether the field decided something.
    pub fn has_decided(&self) -> bool {
        !self.marks.is_empty()
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    #[test]
    fn a_limit_that_was_reached_has_decided_and_one_that_was_not_is_idle() {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  backoffLimit: 0\n  \
            ttlSecondsAfterFinished: 100\n  activeDeadlineSeconds: 600\n  template:\n    spec:\n      restartPolicy: Never\n      \
            containers:\n      - {name: main, image: a, command: [sh, -c, exit 1]}\n";
        let reading = manifest::read(text);
        let recording = Recording::of(&reading.scenario);
        let timeline = Timeline::of(&recording, &reading.scenario);
        let found = FieldEffects::of(&recording, &reading.scenario, &timeline).in_text(&reading);
        let of = |field: SpecField| found.iter().find(|effect| effect.field == field).expect("it is shown");
        let limit = of(SpecField::BackoffLimit);
        assert!(limit.has_decided());
        assert!(text[limit.at..].starts_with("backoffLimit"));
        assert!(!of(SpecField::ActiveDeadlineSeconds).has_decided());
        assert!(found.iter().all(|effect| effect.field != SpecField::Suspend), "it is not written");
    }
}
