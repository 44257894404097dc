//! Where a moment is.

use super::{counts, is_meant, steps_until};
use crate::api::{ConditionStatus, ConditionType, ContainerState, ContainerStatus, CronJob, Job, Phase, Pod};
use crate::cluster::input::PodSelector;
use crate::cluster::reason::{Reason, Step, StepId, Wake};
use crate::cluster::scheduled_time;
use crate::order::{Map, Set};
use crate::recording::{Object, Recording, Verb, Version};
use crate::scenario::Scenario;
use crate::scenario::lesson::{JobChange, Moment, PodChange, ScheduleChange};
use crate::time::Time;

/// The steps that are such a moment, in order.
pub(super) fn steps(moment: &Moment, scenario: &Scenario, recording: &Recording) -> Vec<StepId> {
    match moment {
        Moment::Pod { pods, is } => of_pods(pods, *is, recording),
        Moment::Job { job, is } => of_jobs(job, *is, recording),
        Moment::Schedule { number, is } => of_schedule(*number, *is, scenario, recording).into_iter().collect(),
        Moment::Event { reason, nth } => event(reason, *nth, recording).into_iter().collect(),
        Moment::Count(what, number) => counts::reached(what, *number, recording).into_iter().collect(),
        Moment::Input(number) => that(recording, |step| step.trigger.wake == Wake::Input(number - 1)),
        Moment::At(at) => steps_until(recording, *at).last().map(|(id, _)| id).into_iter().collect(),
    }
}

fn that(recording: &Recording, is: impl Fn(&Step) -> bool) -> Vec<StepId> {
    steps_until(recording, Time::NEVER).filter(|(_, step)| is(step)).map(|(id, _)| id).collect()
}

fn of_pods(pods: &PodSelector, is: PodChange, recording: &Recording) -> Vec<StepId> {
    let mut seen = Set::default();
    let mut is_new = |version: &Version| match &version.object {
        Object::Pod(pod) => {
            pod_is(pods, is, pod, version.verb) && is_meant(pods, recording, pod) && seen.insert(pod.id)
        }
        _ => false,
    };
    // All versions of a step are looked at: several pods may come with one.
    let found = steps_until(recording, Time::NEVER)
        .filter(|(_, step)| recording.versions(step).iter().filter(|version| is_new(version)).count() > 0);
    found.map(|(id, _)| id).collect()
}

/// With a container, what it runs and how it ends is meant, not the pod.
fn pod_is(pods: &PodSelector, is: PodChange, pod: &Pod, verb: Verb) -> bool {
    let named = |name: &str| pod.all_statuses().find(|(declared, _)| *declared.name == *name).map(|(_, status)| status);
    let container = pods.container.as_deref().map(named);
    let ended = |well: bool| {
        move |status: Option<&ContainerStatus>| {
            status.and_then(ContainerStatus::terminated).is_some_and(|ended| (ended.exit_code == 0) == well)
        }
    };
    let runs =
        |status: Option<&ContainerStatus>| status.is_some_and(|one| matches!(one.state, ContainerState::Running(_)));
    match is {
        PodChange::Created => true,
        PodChange::Running => container.map_or(pod.phase == Phase::Running, runs),
        PodChange::Succeeded => container.map_or(pod.phase == Phase::Succeeded, ended(true)),
        PodChange::Failed => container.map_or(pod.phase == Phase::Failed, ended(false)),
        PodChange::Terminating => pod.is_terminating(),
        PodChange::Deleted => verb == Verb::Remove,
    }
}

fn of_jobs(job: &PodSelector, is: JobChange, recording: &Recording) -> Vec<StepId> {
    // Whether it was so before: a Job may be suspended twice.
    let mut before = Map::new();
    let mut is_new = |version: &Version| match &version.object {
        Object::Job(one) if job.means_job(one.id, &one.meta.name) => {
            let now = job_is(is, one, version.verb);
            let was = before.insert(one.id, now).unwrap_or(false);
            now && !was
        }
        _ => false,
    };
    let found = steps_until(recording, Time::NEVER)
        .filter(|(_, step)| recording.versions(step).iter().filter(|version| is_new(version)).count() > 0);
    found.map(|(id, _)| id).collect()
}

fn job_is(is: JobChange, job: &Job, verb: Verb) -> bool {
    let has = |condition| job.status.true_condition(condition).is_some();
    match is {
        JobChange::Created => true,
        JobChange::Suspended => has(ConditionType::Suspended),
        JobChange::Resumed => job.status.conditions.iter().any(|condition| {
            condition.condition_type == ConditionType::Suspended && condition.status == ConditionStatus::False
        }),
        JobChange::FailureTarget => has(ConditionType::FailureTarget),
        JobChange::SuccessCriteriaMet => has(ConditionType::SuccessCriteriaMet),
        JobChange::Failed => has(ConditionType::Failed),
        JobChange::Complete => has(ConditionType::Complete),
        JobChange::Deleted => verb == Verb::Remove,
    }
}

/// What becomes of the n-th time for which the first CronJob is scheduled.
fn of_schedule(number: u32, is: ScheduleChange, scenario: &Scenario, recording: &Recording) -> Option<StepId> {
    let cron_job = first_cron_job(recording)?;
    let time = scheduled_time(cron_job, number, scenario.start_unix_seconds, scenario.time_zones.clone())?;
    for (id, step) in steps_until(recording, Time::NEVER) {
        for reason in recording.reasons(step) {
            let fate = match reason {
                Reason::RunStarted { scheduled, .. } if *scheduled == time => ScheduleChange::Started,
                Reason::RunForbidden { scheduled, .. } if *scheduled == time => ScheduleChange::Held,
                Reason::RunMissed { scheduled, .. } if *scheduled == time => ScheduleChange::Missed,
                // Nobody comes back to a time before these.
                Reason::RunStarted { scheduled, .. } | Reason::RunOverlooked { scheduled, .. }
                    if *scheduled >= time =>
                {
                    ScheduleChange::Missed
                }
                _ => continue,
            };
            if fate == is {
                return Some(id);
            }
            if fate != ScheduleChange::Held {
                return None;
            }
        }
    }
    None
}

fn first_cron_job(recording: &Recording) -> Option<&CronJob> {
    let first = recording.cron_jobs().next()?;
    match &recording.history(crate::api::ObjectKey::CronJob(first)).next()?.object {
        Object::CronJob(cron_job) => Some(cron_job),
        _ => None,
    }
}

/// The n-th time that an event with this reason is sent, about whatever object. Counting one up is sending it.
fn event(reason: &str, nth: u32, recording: &Recording) -> Option<StepId> {
    let of_jobs = steps_until(recording, Time::NEVER)
        .flat_map(|(id, step)| recording.events(step).iter().filter(|event| event.reason == reason).map(move |_| id));
    let of_pods = recording.pod_events_in(0..recording.steps().len() as u32);
    let of_pods = of_pods.iter().filter(|event| event.reason == reason).map(|event| event.step);
    let mut steps: Vec<StepId> = of_jobs.chain(of_pods).collect();
    steps.sort_unstable();
    steps.get(nth as usize - 1).copied()
}
