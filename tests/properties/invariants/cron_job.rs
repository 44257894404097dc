//! CronJobs (C20 … C22).

use super::{Run, Verdict, ensure};
use job_playground::api::{ConcurrencyPolicy, ConditionType, CronJob, CronJobId, ObjectKey};
use job_playground::cluster::reason::{Component, Reason};
use job_playground::recording::{Object, Verb};
use job_playground::time::{Span, Time};
use std::collections::BTreeMap;

pub(super) fn concurrency(run: &Run) -> Verdict {
    let mut before: BTreeMap<CronJobId, usize> = BTreeMap::new();
    run.walk(|world, moment| {
        if moment.step.component == Component::CronJobController
            && let Some(ObjectKey::CronJob(id)) = moment.step.key
            && moment.reasons.iter().any(|reason| matches!(reason, Reason::RunStarted { .. }))
        {
            let Some(cron_job) = world.cron_jobs.get(&id) else { return Err("it starts a run and is gone".to_owned()) };
            ensure!(!cron_job.spec.suspend && cron_job.meta.deletion.is_none(), "it starts a run, and must not");
            let active = cron_job.status.active.len();
            match cron_job.spec.concurrency_policy {
                ConcurrencyPolicy::Allow => {}
                ConcurrencyPolicy::Forbid | ConcurrencyPolicy::Replace => ensure!(active == 1, "{active} are active"),
            }
            let listed = before.get(&id).copied().unwrap_or(0);
            ensure!(active <= listed + 1, "one run makes {active} of {listed}");
        }
        before = world.cron_jobs.iter().map(|(id, cron_job)| (*id, cron_job.status.active.len())).collect();
        Ok(())
    })
}

/// Scheduled times rise; no Job starts early, or later than startingDeadlineSeconds.
pub(super) fn once_and_in_time(run: &Run) -> Verdict {
    let mut last: BTreeMap<CronJobId, Time> = BTreeMap::new();
    run.walk(|world, moment| {
        for change in moment.changes.iter().filter(|change| change.verb == Verb::Status) {
            if let (Some(Object::CronJob(old)), Object::CronJob(new)) = (change.before, change.after) {
                forward(old, new)?;
            }
        }
        let Some(ObjectKey::CronJob(id)) = moment.step.key else { return Ok(()) };
        for reason in moment.reasons {
            let Reason::RunStarted { scheduled, .. } = *reason else { continue };
            ensure!(scheduled <= moment.at, "a run of {scheduled:?} starts early");
            ensure!(last.insert(id, scheduled).is_none_or(|earlier| earlier < scheduled), "{scheduled:?} is run twice");
            let deadline = world.cron_jobs.get(&id).and_then(|cron_job| cron_job.spec.starting_deadline_seconds);
            let late = deadline.is_some_and(|seconds| moment.at > scheduled + Span::from_seconds(seconds + 1));
            ensure!(!late, "a run of {scheduled:?} starts too late");
        }
        Ok(())
    })
}

fn forward(old: &CronJob, new: &CronJob) -> Verdict {
    let (old, new) = (&old.status, &new.status);
    ensure!(old.last_schedule_time <= new.last_schedule_time, "lastScheduleTime goes back");
    ensure!(old.last_successful_time <= new.last_successful_time, "lastSuccessfulTime goes back");
    Ok(())
}

/// After each sync there are no more finished Jobs than the limits allow.
pub(super) fn history(run: &Run) -> Verdict {
    run.walk(|world, moment| {
        let (Component::CronJobController, Some(ObjectKey::CronJob(id))) = (moment.step.component, moment.step.key)
        else {
            return Ok(());
        };
        let Some(cron_job) = world.cron_jobs.get(&id) else { return Ok(()) };
        for (ended, limit) in [
            (ConditionType::Complete, cron_job.spec.successful_jobs_history_limit),
            (ConditionType::Failed, cron_job.spec.failed_jobs_history_limit),
        ] {
            let kept = world
                .jobs_of(id)
                .filter(|job| !job.is_deleting() && job.status.true_condition(ended).is_some())
                .count();
            ensure!(kept <= usize::try_from(limit).unwrap_or(0), "{kept} Jobs that are {} of {limit}", ended.as_str());
        }
        for (job, _) in cron_job.status.active.iter() {
            let finished = world.jobs.get(job).is_some_and(|job| job.is_finished());
            ensure!(!finished, "{job} has finished and is listed as active");
        }
        Ok(())
    })
}
