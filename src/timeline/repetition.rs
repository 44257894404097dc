//! Where a run goes in circles: for long nothing happens but what has happened before, such as the pulls of an image that
//! is not there. Once that is clear, the axis leaves out the rest.

use super::moments::Moment;
use crate::api::{ContainerState, ContainerStatus, Job, Pod};
use crate::cluster::reason::{Component, StepId};
use crate::recording::{End, Object, Recording, Verb, Version};
use crate::time::{Span, Time};

/// A stretch that only repeats what was before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fold {
    /// The first moment of which it is clear.
    pub(super) from: Time,
    /// The last repetition, or the end of the recording if there is no other.
    pub(super) to: Time,
    /// Whether nothing can ever end it.
    pub(super) is_endless: bool,
}

/// Shorter ones are shown, and those that are not so many times as long as what led to them.
const SHORTEST: Span = Span::from_seconds(600);
const SHARE: i64 = 3;
/// So many repetitions in one are the least.
const FEWEST: usize = 3;
/// What was written so many writes before is what comes again: a container goes through three states in a circle.
const CIRCLE: usize = 4;

/// Finds the folds of a run, and takes the moments inside of them out.
pub(super) fn fold(recording: &Recording, moments: &mut Vec<Moment>, end: Time) -> Vec<Fold> {
    if end - Time::ZERO < SHORTEST {
        return Vec::new();
    }
    let repeated: Vec<Option<bool>> = moments.iter().map(|moment| repeats(recording, moment)).collect();
    let mut folds = Vec::new();
    let mut kept = Vec::new();
    let mut changed = 0;
    for next in 1..=moments.len() {
        if repeated.get(next).is_some_and(Option::is_some) {
            continue;
        }
        if let Some((first, last)) = circle(&moments[changed..next], &repeated[changed..next]) {
            let (first, last) = (changed + first, changed + last);
            let (is_last, from) = (next == moments.len(), moments[first].at);
            let to = if is_last { end } else { moments[last].at };
            folds.push(Fold { from, to, is_endless: is_last && is_endless(recording, from) });
            kept.push(first + 1..last);
        }
        changed = next;
    }
    for inside in kept.into_iter().rev() {
        moments.drain(inside);
    }
    folds
}

/// Where the circle is clear, and its last repetition, as positions among a change and the moments that repeat what was
/// before it. Waits that grow have to reach their full length first; where nothing is written, it is clear at once.
fn circle(moments: &[Moment], repeated: &[Option<bool>]) -> Option<(usize, usize)> {
    let last = moments.len().checked_sub(1)?;
    let writes = repeated[1..].contains(&Some(true));
    let gap = |position: usize| moments[position].at - moments[position - 1].at;
    let longest = (1..moments.len()).map(gap).max()?;
    let is_full = |position: &usize| !writes || gap(*position).millis() * 10 >= longest.millis() * 9;
    let first = (1..moments.len()).find(is_full)?;
    let (before, length) = (moments[first].at - moments[0].at, moments[last].at - moments[first].at);
    let is_long = length >= SHORTEST && length.millis() >= before.millis() * SHARE;
    (is_long && last - first > FEWEST).then_some((first, last))
}

/// Whether a moment brings only what was there before, and whether it writes it; `None` if it brings something new.
fn repeats(recording: &Recording, moment: &Moment) -> Option<bool> {
    let mut writes = false;
    for number in moment.steps.clone() {
        let step = recording.step(StepId(number));
        if matches!(step.component, Component::Outside | Component::CronJobController) {
            return None;
        }
        for version in recording.versions(step) {
            writes = true;
            let before = recording.history_before(version.object.key(), version.step).take(CIRCLE);
            if version.verb != Verb::Status || !before.into_iter().any(|before| is_alike(before, version)) {
                return None;
            }
        }
    }
    Some(writes)
}

/// Whether two versions of an object differ in times and in counts of restarts alone.
fn is_alike(one: &Version, other: &Version) -> bool {
    match (&one.object, &other.object) {
        (Object::Pod(one), Object::Pod(other)) => is_alike_pod(one, other),
        // Most differ in the status, and that is quickly seen.
        (Object::Job(one), Object::Job(other)) => one.status == other.status && one == other,
        _ => false,
    }
}

fn is_alike_pod(one: &Pod, other: &Pod) -> bool {
    let pending = |pod: &Pod| pod.pending.as_ref().map(|pending| (pending.reason.clone(), pending.nominated));
    let rest = |pod: &Pod| (pod.bound, pod.deletion, pod.sandbox.is_up, pod.ready.reason, pod.reason, pod.initialized);
    let is_same = one.phase == other.phase && rest(one) == rest(other) && one.disruption == other.disruption;
    let are_alike = |one: &[ContainerStatus], other: &[ContainerStatus]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_alike_container(one, other))
    };
    is_same
        && are_alike(&one.containers, &other.containers)
        && are_alike(init(one), init(other))
        && pending(one) == pending(other)
}

fn init(pod: &Pod) -> &[ContainerStatus] {
    pod.init_containers.as_deref().unwrap_or_default()
}

fn is_alike_container(one: &ContainerStatus, other: &ContainerStatus) -> bool {
    let is_same = match (one.state, other.state) {
        (ContainerState::Waiting(one), ContainerState::Waiting(other)) => one == other,
        (ContainerState::Running(_), ContainerState::Running(_)) => true,
        (ContainerState::Terminated(one), ContainerState::Terminated(other)) => {
            (one.exit_code, one.reason) == (other.exit_code, other.reason)
        }
        _ => false,
    };
    is_same && (one.ready, one.started) == (other.ready, other.started)
}

/// Whether what goes on since `since`, where the recording ends, has no end: no deadline is set, and no restart is counted
/// that a limit could end.
pub(super) fn is_endless(recording: &Recording, since: Time) -> bool {
    let Some((End::Limit, end)) = recording.end() else { return false };
    let mut jobs = recording.jobs().filter_map(|job| recording.job_at(job, end));
    let has_deadline = |job: &Job| job.spec.active_deadline_seconds.is_some() && !job.is_finished();
    let waits = |pod: &Pod| {
        let before = recording.pod_at(pod.id, since).map_or(0, Pod::restarts);
        pod.restarts() == before && pod.birth.template.spec.active_deadline.is_none()
    };
    let mut pods = recording.pods_at(end).filter(|pod| !pod.phase.is_terminal());
    recording.cron_jobs().next().is_none() && !jobs.any(has_deadline) && pods.all(waits)
}
