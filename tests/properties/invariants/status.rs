//! The status of a Job (JC-16, JC-44, JC-78 … JC-97, JC-281).

use super::world::World;
use super::{Run, Verdict, ensure};
use job_playground::api::{ConditionType, IndexSet, Job, JobId, JobStatus};
use job_playground::cluster::reason::{Component, Reason};
use job_playground::recording::Verb;
use std::collections::BTreeSet;

/// An elastic Job whose completions are lowered loses the indexes beyond.
pub(super) fn counters_never_fall(run: &Run) -> Verdict {
    run.job_changes(|before, after, _| {
        let (old, new) = (&before.status, &after.status);
        ensure!(new.failed >= old.failed, "failed falls from {} to {}", old.failed, new.failed);
        if !after.spec.is_indexed() {
            ensure!(new.succeeded >= old.succeeded, "succeeded falls from {} to {}", old.succeeded, new.succeeded);
            return Ok(());
        }
        let lost = |old: &IndexSet, new: &IndexSet| {
            old.below(after.spec.index_count()).iter().any(|index| !new.contains(index))
        };
        let (old_set, new_set) = (&old.completed_indexes, &new.completed_indexes);
        ensure!(!lost(old_set, new_set), "completedIndexes {old_set} become {new_set}");
        if let (Some(old), Some(new)) = (&old.failed_indexes, &new.failed_indexes) {
            ensure!(!lost(old, new), "failedIndexes {old} become {new}");
        }
        Ok(())
    })
}

pub(super) fn indexes_fit(run: &Run) -> Verdict {
    run.job_changes(|_, after, verb| {
        let (status, spec) = (&after.status, &after.spec);
        let completed = &status.completed_indexes;
        ensure!(spec.is_indexed() || completed.is_empty(), "completedIndexes {completed} without indexes");
        if spec.is_indexed() {
            ensure!(status.succeeded == completed.len(), "succeeded {} of {completed}", status.succeeded);
        }
        let limited = spec.backoff_limit_per_index.is_some();
        ensure!(limited || status.failed_indexes.is_none(), "failedIndexes without a limit per index");
        let Some(failed) = &status.failed_indexes else { return Ok(()) };
        ensure!(!failed.iter().any(|index| completed.contains(index)), "{failed} failed and {completed} completed");
        // What lies beyond a new end goes with the next sync.
        if verb == Verb::Status {
            let end = spec.index_count();
            let within = |set: &IndexSet| set.iter().all(|index| index < end);
            ensure!(within(completed) && within(failed), "{completed} or {failed} is not below {end}");
        }
        Ok(())
    })
}

const ENDS: [(ConditionType, ConditionType); 2] = [
    (ConditionType::SuccessCriteriaMet, ConditionType::Complete),
    (ConditionType::FailureTarget, ConditionType::Failed),
];

pub(super) fn conditions_stay(run: &Run) -> Verdict {
    run.job_changes(|before, after, _| {
        let (old, new) = (&before.status, &after.status);
        let both = |status: &JobStatus, one, other| {
            status.true_condition(one).is_some() && status.true_condition(other).is_some()
        };
        use ConditionType::{Complete, Failed, FailureTarget, SuccessCriteriaMet};
        ensure!(!both(new, Complete, Failed), "Complete and Failed");
        ensure!(!both(new, SuccessCriteriaMet, FailureTarget), "SuccessCriteriaMet and FailureTarget");
        ensure!(!both(new, Complete, FailureTarget), "Complete and FailureTarget");
        let types: Vec<&str> = new.conditions.iter().map(|condition| condition.condition_type.as_str()).collect();
        let different: BTreeSet<&str> = types.iter().copied().collect();
        ensure!(different.len() == types.len(), "a condition is there twice: {types:?}");
        for condition in old.conditions.iter().filter(|condition| condition.condition_type != ConditionType::Suspended)
        {
            ensure!(new.conditions.contains(condition), "{condition:?} is gone");
        }
        for (interim, last) in ENDS {
            let Some(last_found) = new.true_condition(last).filter(|_| old.true_condition(last).is_none()) else {
                continue;
            };
            let Some(interim_found) = old.true_condition(interim) else {
                return Err(format!("{} comes without {}", last.as_str(), interim.as_str()));
            };
            let same = (last_found.reason, &last_found.message) == (interim_found.reason, &interim_found.message);
            ensure!(same, "{last_found:?} is not {interim_found:?}");
            ensure!(last_found.since >= interim_found.since, "{} is older", last.as_str());
        }
        Ok(())
    })
}

pub(super) fn finished_is_final(run: &Run) -> Verdict {
    run.job_changes(|before, after, verb| {
        if after.is_finished() {
            let status = &after.status;
            let pods = (status.active, status.ready, status.terminating);
            ensure!(pods == (0, Some(0), Some(0)), "active, ready, terminating: {pods:?}");
            ensure!(
                status.uncounted.clone().unwrap_or_default() == Default::default(),
                "uncounted: {:?}",
                status.uncounted
            );
        }
        if before.is_finished() {
            ensure!(verb != Verb::Status, "the status is written again");
        }
        Ok(())
    })
}

pub(super) fn times(run: &Run) -> Verdict {
    run.job_changes(|before, after, _| {
        let (old, new) = (&before.status, &after.status);
        let complete = new.true_condition(ConditionType::Complete);
        ensure!(new.completion_time.is_some() == complete.is_some(), "completionTime without Complete, or vice versa");
        ensure!(old.completion_time.is_none() || old.completion_time == new.completion_time, "completionTime moves");
        if let (Some(start), Some(end)) = (new.start_time, new.completion_time) {
            ensure!(start <= end, "it ends before it starts");
        }
        if let Some(start) = new.start_time {
            ensure!(start >= after.meta.created, "it starts before it is there");
        }
        let moved = old.start_time != new.start_time && old.start_time.is_some();
        let suspension = |status: &JobStatus| status.true_condition(ConditionType::Suspended).is_some();
        ensure!(!moved || suspension(old) != suspension(new), "startTime moves without a suspension");
        let unfounded = new.start_time.is_none() && new.active > 0;
        ensure!(!unfounded, "pods without startTime");
        for condition in new.conditions.iter() {
            ensure!(condition.since.truncated() == condition.since, "a time that is no whole second");
        }
        Ok(())
    })
}

/// After a sync that wrote it, the status agrees with the pods; only `terminating` may be higher (JC-90). If the last
/// status of a sync was refused, an earlier one stands.
pub(super) fn is_what_there_is(run: &Run) -> Verdict {
    run.walk(|world, moment| {
        let refused = moment.reasons.iter().any(|reason| matches!(reason, Reason::StatusRefused(_)));
        if moment.step.component != Component::JobController || refused {
            return Ok(());
        }
        let written: BTreeSet<JobId> = moment
            .changes
            .iter()
            .filter(|change| change.verb == Verb::Status)
            .filter_map(|change| Some(change.job()?.1.id))
            .collect();
        for job in written.iter().filter_map(|id| world.jobs.get(id)) {
            compare(job, world)?;
        }
        Ok(())
    })
}

fn compare(job: &Job, world: &World<'_>) -> Verdict {
    let status = &job.status;
    let count =
        |fits: fn(&job_playground::api::Pod) -> bool| world.pods_of(job.id).filter(|pod| fits(pod)).count() as u32;
    let active = count(|pod| pod.is_active());
    let ready = count(|pod| pod.is_active() && pod.is_ready());
    let terminating = count(|pod| pod.is_terminating());
    ensure!(status.active == active, "active {} of {active}", status.active);
    ensure!(status.ready == Some(ready), "ready {:?} of {ready}", status.ready);
    ensure!(status.ready <= Some(status.active), "ready {:?} of active {}", status.ready, status.active);
    ensure!(status.terminating >= Some(terminating), "terminating {:?} of {terminating}", status.terminating);
    let uncounted = status.uncounted.clone().unwrap_or_default();
    for id in uncounted.succeeded.iter().chain(uncounted.failed.iter()) {
        let tracked = world.pods.get(id).is_some_and(|pod| pod.tracked);
        ensure!(tracked, "{id} is to be counted, and has no finalizer");
    }
    Ok(())
}
