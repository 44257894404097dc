//! Nothing happens before its time (JC-103, JC-106, JC-121, JC-158).

use super::{Run, Verdict, ensure};
use job_playground::api::{ConditionType, JobId, ObjectKey};
use job_playground::cluster::reason::Reason;
use job_playground::time::{Span, Time};
use std::collections::BTreeMap;

/// While creation is held back, no pod is created, unless a success or a restart of the controllers ends the wait.
pub(super) fn waits(run: &Run) -> Verdict {
    let mut held: BTreeMap<JobId, Time> = BTreeMap::new();
    let mut held_indexes: BTreeMap<(JobId, u32), Time> = BTreeMap::new();
    run.walk(|world, moment| {
        if moment.reasons.contains(&Reason::MemoryLost) {
            held.clear();
        }
        let Some(ObjectKey::Job(job)) = moment.step.key else { return Ok(()) };
        for reason in moment.reasons {
            match *reason {
                Reason::BackoffReset | Reason::Backoff { .. } => drop(held.remove(&job)),
                Reason::CreatedPod(pod) => {
                    let until = held.get(&job).filter(|until| moment.at < **until);
                    ensure!(until.is_none(), "{pod} is made before {until:?}");
                    let index = world.pods.get(&pod).and_then(|pod| pod.birth.index);
                    let until =
                        index.and_then(|index| held_indexes.get(&(job, index))).filter(|until| moment.at < **until);
                    ensure!(until.is_none(), "{pod} of index {index:?} is made before {until:?}");
                }
                Reason::CreationHeldBack { failures, wait, from, until } => {
                    ensure!(until == from + wait && until > moment.at, "it waits until {until:?}");
                    let doubled = 10 << (failures - 1).min(10);
                    ensure!(wait == Span::from_seconds(doubled.min(600)), "{wait:?} after {failures} failures");
                    held.insert(job, until);
                }
                Reason::IndexHeldBack { index, until, .. } => drop(held_indexes.insert((job, index), until)),
                _ => {}
            }
        }
        Ok(())
    })
}

pub(super) fn deadlines(run: &Run) -> Verdict {
    run.walk(|world, moment| {
        for reason in moment.reasons {
            if let Reason::TtlExpired { finished, ttl } = *reason {
                ensure!(moment.at >= finished + ttl, "deleted before {finished:?} + {ttl}");
            }
        }
        for change in &moment.changes {
            let Some((Some(before), after)) = change.job() else { continue };
            let target = after.status.true_condition(ConditionType::FailureTarget);
            let is_new = before.status.true_condition(ConditionType::FailureTarget).is_none();
            if target.is_some_and(|target| is_new && target.reason == "DeadlineExceeded") {
                let (Some(start), Some(seconds)) = (after.status.start_time, after.spec.active_deadline_seconds) else {
                    return Err("DeadlineExceeded without a deadline".to_owned());
                };
                ensure!(moment.at >= start + Span::from_seconds(seconds), "DeadlineExceeded too early");
            }
        }
        // A deadline is kept to the second while nobody else writes: no active Job outlives it by long.
        for job in world.jobs.values().filter(|job| !job.spec.suspend && !job.is_deleting()) {
            let own = job.spec.managed_by.as_deref().is_none_or(|by| by == "kubernetes.io/job-controller");
            let (Some(start), Some(seconds)) = (job.status.start_time, job.spec.active_deadline_seconds) else {
                continue;
            };
            let decided =
                job.status.conditions.iter().any(|condition| condition.condition_type != ConditionType::Suspended);
            let late = moment.at > start + Span::from_seconds(seconds) + Span::from_seconds(1);
            let since_change = job.meta.generation > 1;
            ensure!(!own || decided || !late || since_change, "{} outlives its deadline", job.id);
        }
        Ok(())
    })
}
