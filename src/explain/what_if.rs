//! What would have changed it: changed scenarios are recorded anew, and those that end differently are kept.

use super::candidates::candidates;
use super::counterfactual::Counterfactual;
use super::film::Film;
use super::intervention::Intervention;
use super::kept_back;
use super::run_summary::{JobEnding, RunSummary, pods_of, start_of};
use super::spec_field::SpecField;
use super::strip::strip;
use super::why::Why;
use crate::api::{ContainerState, JobId, ObjectKey, PodId};
use crate::recording::{Object, Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::time::Time;
use std::rc::Rc;

/// Looks for counterfactuals in small slices, so that nobody has to wait for them.
#[derive(Clone, Debug)]
pub struct WhatIf {
    scenario: Rc<Scenario>,
    job: JobId,
    /// The pod that waits to start, if the question is about one.
    pod: Option<PodId>,
    here: Time,
    before: RunSummary,
    candidates: std::vec::IntoIter<Intervention>,
    running: Option<(Intervention, Recorder)>,
    found: Vec<Counterfactual>,
}

/// How many counterfactuals are looked for.
const ENOUGH: usize = 3;
/// A changed run that goes on for longer than this is not worth the wait.
const MOST_STEPS: usize = 50_000;

impl WhatIf {
    /// Collects the candidates for an answer; nothing is recorded yet.
    pub fn new(recording: &Recording, scenario: Rc<Scenario>, why: &Why) -> Option<WhatIf> {
        let film = Film { recording, scenario: &scenario };
        let job = job_of(film, why)?;
        let candidates = candidates(film, why, job).into_iter();
        let told = kept_back::told(film, why.selected.step, &why.statement);
        let pod = told.and_then(|(pod, told)| told.kept_back().map(|_| pod));
        let before = summary(recording, job, pod);
        Some(WhatIf { scenario, job, pod, here: why.at, before, candidates, running: None, found: Vec::new() })
    }

    /// Records about `steps` more steps; `false` when there is nothing more to find.
    pub fn advance(&mut self, steps: usize) -> bool {
        let Some((change, mut recorder)) = self.running.take() else {
            let next = if self.found.len() < ENOUGH { self.candidates.next() } else { None };
            let Some(change) = next else {
                return false;
            };
            self.running = change.apply(&self.scenario).map(|changed| (change, Recorder::new(&changed)));
            return true;
        };
        if recorder.advance(steps) == Progress::More {
            if recorder.recording().steps().len() < MOST_STEPS {
                self.running = Some((change, recorder));
            }
            return true;
        }
        let recording = recorder.into_recording();
        let after = summary(&recording, self.job, self.pod);
        let exits_alike = exits_alike(&recording, self.job, after.ending);
        if let Some(lower) = self.found.iter_mut().find(|known| is_as_useless(known, &change, exits_alike)) {
            *lower =
                Counterfactual { change, after, none_helps: true, strip: strip(&recording, self.job), ..lower.clone() };
        } else if self.is_worth_telling(&change, after) {
            let strip = strip(&recording, self.job);
            let (before, here) = (self.before, Some(self.here));
            self.found.push(Counterfactual { change, before, after, here, strip, exits_alike, none_helps: false });
        }
        true
    }

    /// What has been found so far.
    pub fn found(&self) -> &[Counterfactual] {
        &self.found
    }

    /// Whether the run ends differently, and no other value of the same field has the same effect.
    fn is_worth_telling(&self, change: &Intervention, after: RunSummary) -> bool {
        let same_field = |known: &Intervention| is_same_field(known, change);
        after != self.before
            && after.ending != JobEnding::Absent
            && !self.found.iter().any(|known| same_field(&known.change) && known.after.ending == after.ending)
            && !self.found.iter().any(|known| known.after == after && same_field(&known.change))
    }
}

/// What is compared: how the Job goes, and when the pod starts.
fn summary(recording: &Recording, job: JobId, pod: Option<PodId>) -> RunSummary {
    RunSummary { starts: pod.and_then(|pod| start_of(recording, pod)), ..RunSummary::of(recording, job) }
}

fn is_same_field(known: &Intervention, change: &Intervention) -> bool {
    match (known, change) {
        (Intervention::Field { field: a, .. }, Intervention::Field { field: b, .. }) => a == b,
        (Intervention::Quota(_), Intervention::Quota(_)) => true,
        _ => false,
    }
}

/// Whether another value of the same limit made every try fail in the same way.
fn is_as_useless(known: &Counterfactual, change: &Intervention, exits_alike: Option<i32>) -> bool {
    let is_limit = |change: &Intervention| match change {
        Intervention::Field { field: SpecField::BackoffLimit | SpecField::BackoffLimitPerIndex, value, .. } => {
            value.is_number()
        }
        _ => false,
    };
    is_limit(change)
        && is_same_field(&known.change, change)
        && exits_alike.is_some()
        && known.exits_alike == exits_alike
}

/// The exit code of all containers of a failed Job that ended before anything stopped them, if it is one and the same.
fn exits_alike(recording: &Recording, job: JobId, ending: JobEnding) -> Option<i32> {
    let JobEnding::Failed(_) = ending else { return None };
    let mut alike = None;
    for pod in pods_of(recording, job) {
        for version in recording.history(ObjectKey::Pod(pod)) {
            let Object::Pod(pod) = &version.object else { continue };
            if pod.is_deleting() || pod.disruption.is_some() {
                break;
            }
            let ended = pod.containers.iter().flat_map(|container| match container.state {
                ContainerState::Terminated(ended) => [Some(ended), container.last],
                ContainerState::Running(_) | ContainerState::Waiting(_) => [None, container.last],
            });
            for exit_code in ended.flatten().map(|ended| ended.exit_code) {
                if exit_code == 0 || alike.is_some_and(|alike| alike != exit_code) {
                    return None;
                }
                alike = Some(exit_code);
            }
        }
    }
    alike
}

fn job_of(film: Film<'_>, why: &Why) -> Option<JobId> {
    match why.key? {
        ObjectKey::Job(job) => Some(job),
        ObjectKey::Pod(pod) => match film.last_seen(ObjectKey::Pod(pod), why.selected.step)? {
            Object::Pod(pod) => Some(pod.birth.job),
            Object::Job(_) | Object::CronJob(_) | Object::Node(_) => None,
        },
        ObjectKey::CronJob(_) | ObjectKey::Node(_) => None,
    }
}
