//! A recorded run, and what every region of the page is given of it.

use super::action::Action;
use super::shared::Shared;
use crate::explain::Selection;
use crate::kubectl::{Conventions, Snapshot};
use crate::limits::{PAGE_RECORDING_JOBS, PAGE_RECORDING_PODS, PAGE_RECORDING_STEPS};
use crate::manifest;
use crate::recording::{Capacity, Recording};
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::Timeline;
use std::rc::Rc;
use yew::Callback;

/// What the page records: 100,000 pods that run and end fit in, in 300,000 steps; the program and two recordings, the
/// one that is shown and the one that is made, stay far below the 4 GB that a page has.
pub(crate) const CAPACITY: Capacity =
    Capacity { steps: PAGE_RECORDING_STEPS, pods: PAGE_RECORDING_PODS, jobs: PAGE_RECORDING_JOBS, ..Capacity::WHOLE };

/// A scenario, its recording, and the picture of it.
#[derive(Clone)]
pub(crate) struct RecordedRun {
    pub(crate) scenario: Shared<Scenario>,
    pub(crate) recording: Shared<Recording>,
    pub(crate) timeline: Shared<Timeline>,
    /// Whether it ends with the question of a lesson.
    pub(super) is_cut: bool,
}

impl RecordedRun {
    pub(crate) fn new(scenario: Rc<Scenario>, recording: Recording, timeline: Timeline) -> RecordedRun {
        let (recording, timeline) = (Shared::new(recording), Shared::new(timeline));
        RecordedRun { scenario: scenario.into(), recording, timeline, is_cut: false }
    }

    /// Of a short text, all at once.
    pub(super) fn of_text(text: &str) -> RecordedRun {
        let scenario = Rc::new(manifest::read(text).scenario);
        let recording = Recording::of(&scenario);
        let timeline = Timeline::of(&recording, &scenario);
        RecordedRun::new(scenario, recording, timeline)
    }

    /// Before anything is recorded.
    pub(super) fn nothing() -> RecordedRun {
        let (scenario, recording) = (Rc::default(), Recording::default());
        let timeline = Timeline::of(&recording, &scenario);
        RecordedRun::new(scenario, recording, timeline)
    }

    /// What its first object is called.
    pub(crate) fn name(&self) -> String {
        let first = self.scenario.manifests.first();
        first.and_then(|manifest| manifest.value["metadata"]["name"].as_str()).unwrap_or_default().to_owned()
    }

    /// Whether no Job and no CronJob was ever there.
    pub(crate) fn is_empty(&self) -> bool {
        self.recording.jobs().next().is_none() && self.recording.cron_jobs().next().is_none()
    }

    /// Whether there is such a step in it.
    pub(super) fn has(&self, on: Selection) -> bool {
        (on.step.0 as usize) < self.recording.steps().len()
    }

    /// Whether the API server refused every manifest.
    pub(crate) fn is_refused(&self) -> bool {
        self.is_empty() && !self.scenario.manifests.is_empty()
    }
}

/// The run that is shown, in which language, and who takes what a person does with it. Every region holds the same one;
/// there is a new one only when a run was recorded or the language changed. What moves while playing is not in it:
/// whatever depends on the stage alone is not drawn again then.
pub(crate) struct Stage {
    pub(crate) scenario: Shared<Scenario>,
    pub(crate) recording: Shared<Recording>,
    pub(crate) timeline: Shared<Timeline>,
    pub(crate) lang: Lang,
    pub(crate) on_action: Callback<Action>,
}

impl Stage {
    pub(crate) fn new(run: &RecordedRun, lang: Lang, on_action: Callback<Action>) -> Shared<Stage> {
        let RecordedRun { scenario, recording, timeline, .. } = run.clone();
        Shared::new(Stage { scenario, recording, timeline, lang, on_action })
    }

    /// Whether this is the stage of a run in a language.
    pub(crate) fn is_of(&self, run: &RecordedRun, lang: Lang) -> bool {
        self.timeline == run.timeline && self.lang == lang
    }

    /// What kubectl sees at a time.
    pub(crate) fn snapshot(&self, at: Time) -> Snapshot<'_> {
        Snapshot {
            recording: &self.recording,
            start_unix_seconds: self.scenario.start_unix_seconds,
            at,
            conventions: Conventions::Cluster,
        }
    }

    /// The same run with another picture of it.
    pub(crate) fn with_timeline(&self, timeline: Timeline) -> Shared<Stage> {
        Shared::new(Stage {
            scenario: self.scenario.clone(),
            recording: self.recording.clone(),
            timeline: Shared::new(timeline),
            lang: self.lang,
            on_action: self.on_action.clone(),
        })
    }
}
