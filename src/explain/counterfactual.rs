//! A change of the text, and what comes of it.

use super::intervention::Intervention;
use super::origin::ObjectSource;
use super::run_summary::{JobEnding, RunSummary};
use super::spec_field::SpecField;
use super::strip::{StripPiece, strip};
use crate::api::{ConditionType, ObjectKey};
use crate::recording::{Object, Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::time::Time;
use serde_json::Value;

/// A change and what comes of it.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactual {
    pub change: Intervention,
    /// How it is now.
    pub before: RunSummary,
    /// How it would be.
    pub after: RunSummary,
    /// When the selected step was; `None` where no step is meant.
    pub here: Option<Time>,
    /// The changed run in a strip: its pods one after the other.
    pub strip: Vec<StripPiece>,
    /// The exit code of every try of a run in which all failed alike.
    pub exits_alike: Option<i32>,
    /// Whether lower values of the same limit only made it fail sooner.
    pub none_helps: bool,
}

/// What a change makes of a run: of all that differs, what matters most.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The Job fails at the selected moment.
    FailsHere(Time),
    /// It ends in the same way, at another time.
    EndMoves {
        /// Complete or Failed.
        condition: ConditionType,
        /// When it ends without the change.
        was: Time,
        /// When it ends with the change.
        now: Time,
    },
    /// It ends in another way, or at all.
    Ends {
        /// Complete or Failed.
        condition: ConditionType,
        at: Time,
    },
    /// It no longer ends within the recording.
    DoesNotEnd,
    /// It ends as before, and the pod that waited starts at another time.
    PodStarts {
        was: Option<Time>,
        /// `None` if it never starts.
        now: Option<Time>,
    },
    /// It ends as before, with so many failures counted.
    Failures(u32),
    /// It ends as before, and is deleted at another time.
    Deleted(Time),
    /// It ends as before, and is not deleted.
    Stays,
    /// It ends as before, with more pods or fewer.
    Pods { was: u32, now: u32 },
    /// It fails with every value, since every try ends with this exit code.
    NoneHelps(i32),
}

impl Counterfactual {
    /// The run without a field of a Job that is written in the text; `None` if it has none, or takes more than `steps`
    /// steps. A dot beside a field says that it decided something; this says what would happen without it.
    pub fn without(
        recording: &Recording,
        scenario: &Scenario,
        source: ObjectSource,
        field: SpecField,
        steps: usize,
    ) -> Option<Self> {
        let (ObjectSource::Manifest(number) | ObjectSource::JobTemplate(number)) = source else { return None };
        let name = &scenario.manifests.get(number as usize)?.value["metadata"]["name"];
        let job = recording.jobs().find(|job| {
            let first = recording.history(ObjectKey::Job(*job)).next().map(|version| &version.object);
            match first {
                Some(Object::Job(object)) => {
                    matches!(source, ObjectSource::JobTemplate(_)) || *name == *object.meta.name
                }
                _ => false,
            }
        })?;
        let change = Intervention::Field { source, field, value: Value::Null };
        let mut recorder = Recorder::new(&change.apply(scenario)?);
        if field.is_of_cron_job() || recorder.advance(steps) == Progress::More {
            return None;
        }
        let changed = recorder.into_recording();
        let (before, after) = (RunSummary::of(recording, job), RunSummary::of(&changed, job));
        let strip = strip(&changed, job);
        Some(Counterfactual { change, before, after, here: None, strip, exits_alike: None, none_helps: false })
    }

    /// Whether both runs have the same summary.
    pub fn is_same(&self) -> bool {
        self.before == self.after
    }

    /// How many tries keep their logs with the change: with Never each try is a pod of its own, and stays.
    pub fn keeps_logs(&self) -> Option<u32> {
        match &self.change {
            Intervention::Field { field: SpecField::RestartPolicy, value, .. } if *value == "Never" => {
                Some(self.after.pods).filter(|pods| *pods > 1 && self.after.gone.is_none())
            }
            _ => None,
        }
    }

    /// The difference that matters most.
    pub fn difference(&self) -> Difference {
        let (before, after) = (&self.before, &self.after);
        let (complete, failed) = (ConditionType::Complete, ConditionType::Failed);
        if let Some(exit_code) = self.exits_alike.filter(|_| self.none_helps) {
            return Difference::NoneHelps(exit_code);
        }
        match (before.ending, after.ending) {
            (_, JobEnding::Failed(end)) if self.fails_here() => Difference::FailsHere(end),
            (JobEnding::Complete(was), JobEnding::Complete(now)) if was != now => {
                Difference::EndMoves { condition: complete, was, now }
            }
            (JobEnding::Failed(was), JobEnding::Failed(now)) if was != now => {
                Difference::EndMoves { condition: failed, was, now }
            }
            (JobEnding::Failed(_) | JobEnding::Open | JobEnding::Absent, JobEnding::Complete(at)) => {
                Difference::Ends { condition: complete, at }
            }
            (JobEnding::Complete(_) | JobEnding::Open | JobEnding::Absent, JobEnding::Failed(at)) => {
                Difference::Ends { condition: failed, at }
            }
            (JobEnding::Complete(_) | JobEnding::Failed(_), JobEnding::Open | JobEnding::Absent) => {
                Difference::DoesNotEnd
            }
            _ if before.starts != after.starts => Difference::PodStarts { was: before.starts, now: after.starts },
            _ if before.failed != after.failed => Difference::Failures(after.failed),
            _ if before.gone != after.gone => after.gone.map_or(Difference::Stays, Difference::Deleted),
            _ => Difference::Pods { was: before.pods, now: after.pods },
        }
    }

    /// Whether the Job would fail at the selected moment.
    fn fails_here(&self) -> bool {
        match (self.after.ending, self.here) {
            // The API server keeps whole seconds, and the sync that decides may come two seconds later.
            (JobEnding::Failed(at), Some(here)) => (-1000..=2000).contains(&(at.millis() - here.millis())),
            _ => false,
        }
    }
}
