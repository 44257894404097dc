//! How many there are of something, and when that number is reached.

use super::{is_meant, steps_until};
use crate::api::{ContainerPlace, ObjectKey, Phase, Pod, PodId};
use crate::cluster::input::PodSelector;
use crate::cluster::reason::{CountedAs, EndedBy, Reason, Step, StepId};
use crate::order::{Map, Set};
use crate::recording::{Object, Recording, Verb, Version};
use crate::scenario::lesson::{Count, Counted};
use crate::time::Time;

/// How many there are up to an instant.
pub(super) fn count(what: &Count, recording: &Recording, at: Time) -> u32 {
    let mut counter = Counter::new(what);
    steps_until(recording, at).for_each(|(_, step)| counter.count(recording, step));
    counter.total
}

/// The step with which a number is reached.
pub(super) fn reached(what: &Count, number: u32, recording: &Recording) -> Option<StepId> {
    let mut counter = Counter::new(what);
    let mut steps = steps_until(recording, Time::NEVER);
    let found = steps.find(|(_, step)| {
        counter.count(recording, step);
        counter.total >= number
    });
    found.map(|(id, _)| id)
}

/// Counts step by step.
struct Counter<'w> {
    what: &'w Count,
    total: u32,
    /// Pods that are counted: each is one.
    pods: Set<PodId>,
    /// How often each container of each pod was started again.
    restarts: Map<(PodId, usize), u32>,
}

impl Counter<'_> {
    fn new(what: &Count) -> Counter<'_> {
        Counter { what, total: 0, pods: Set::default(), restarts: Map::new() }
    }

    fn count(&mut self, recording: &Recording, step: &Step) {
        match self.what.of {
            Counted::Runs => self.count_runs(recording, step),
            Counted::Ignored => self.count_ignored(recording, step),
            Counted::Pods | Counted::Succeeded | Counted::Failed | Counted::Restarts | Counted::Jobs => {
                recording.versions(step).iter().for_each(|version| self.count_version(recording, version));
            }
        }
    }

    fn count_version(&mut self, recording: &Recording, version: &Version) {
        match (&version.object, self.what.of) {
            (Object::Job(job), Counted::Jobs) => {
                let is_meant = self.what.pods.means_job(job.id, &job.meta.name);
                self.total += u32::from(version.verb == Verb::Create && is_meant);
            }
            (Object::Pod(pod), Counted::Restarts) if is_meant(&self.what.pods, recording, pod) => {
                self.count_restarts(pod);
            }
            (Object::Pod(pod), Counted::Pods) => self.count_pod(recording, pod),
            (Object::Pod(pod), Counted::Succeeded) if pod.phase == Phase::Succeeded => self.count_pod(recording, pod),
            (Object::Pod(pod), Counted::Failed) if pod.phase == Phase::Failed => self.count_pod(recording, pod),
            _ => {}
        }
    }

    /// A pod with an exit code counts once it has ended with it.
    fn count_pod(&mut self, recording: &Recording, pod: &Pod) {
        let ended_so =
            |code: i32| pod.phase.is_terminal() && pod.deciding().is_some_and(|(_, ended)| ended.exit_code == code);
        if is_meant(&self.what.pods, recording, pod)
            && self.what.exit_code.is_none_or(ended_so)
            && self.pods.insert(pod.id)
        {
            self.total += 1;
        }
    }

    /// With an exit code, those restarts count that came after it.
    fn count_restarts(&mut self, pod: &Pod) {
        let is_asked = |name: &str| self.what.pods.container.as_ref().is_none_or(|asked| **asked == *name);
        for (place, (declared, status)) in pod.all_statuses().enumerate() {
            let before = self.restarts.insert((pod.id, place), status.restart_count).unwrap_or(0);
            let code = status.last.map(|ended| ended.exit_code);
            if is_asked(&declared.name) && self.what.exit_code.is_none_or(|asked| code == Some(asked)) {
                self.total += status.restart_count.saturating_sub(before);
            }
        }
    }

    fn count_ignored(&mut self, recording: &Recording, step: &Step) {
        for reason in recording.reasons(step) {
            if let Reason::Counted { pod, counted: CountedAs::Ignored { .. } } = reason
                && let Some(pod) = recording.last_pod(*pod, step.at)
            {
                self.count_pod(recording, pod);
            }
        }
    }

    /// Runs are counted by what the kubelet did, also where it could not say so.
    fn count_runs(&mut self, recording: &Recording, step: &Step) {
        let Some(ObjectKey::Pod(pod)) = step.key else { return };
        for reason in recording.reasons(step) {
            if let Reason::ContainerEnded { container, exit_code, by } = reason
                && *by != EndedBy::NotRunning
                && self.what.exit_code.is_none_or(|code| code == *exit_code)
                && let Some(pod) = recording.last_pod(pod, step.at)
                && is_meant(&self.what.pods, recording, pod)
                && is_named(&self.what.pods, pod, *container)
            {
                self.total += 1;
            }
        }
    }
}

/// Whether a container is the one that is asked for, if one is.
fn is_named(pods: &PodSelector, pod: &Pod, container: ContainerPlace) -> bool {
    let place = |name| pod.birth.template.spec.place_of(name);
    pods.container.as_ref().is_none_or(|name| place(name) == Some(container))
}
