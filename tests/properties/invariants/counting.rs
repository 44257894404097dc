//! Every pod that ended is counted once (JC-74 … JC-81, JC-94 … JC-97, JC-225).

use super::{Run, Verdict, ensure};
use job_playground::api::{Job, JobId, ObjectKey, PodId};
use job_playground::cluster::reason::{CountedAs, Reason};
use job_playground::recording::{End, Verb};
use std::collections::{BTreeMap, BTreeSet};

/// A pod is listed once, and the counter rises by the pods that leave the list.
pub(super) fn once(run: &Run) -> Verdict {
    let mut were: BTreeSet<(bool, PodId)> = BTreeSet::new();
    run.job_changes(|before, after, verb| {
        if verb != Verb::Status {
            return Ok(());
        }
        let lists = |job: &Job| job.status.uncounted.clone().unwrap_or_default();
        let (old, new) = (lists(before), lists(after));
        for (failed, old, new, rise) in [
            (true, &old.failed, &new.failed, after.status.failed.abs_diff(before.status.failed)),
            (false, &old.succeeded, &new.succeeded, after.status.succeeded.abs_diff(before.status.succeeded)),
        ] {
            let left = old.iter().filter(|id| !new.contains(id)).count() as u32;
            let counts = failed || !after.spec.is_indexed();
            ensure!(!counts || left == rise, "{left} pods leave the list, and the counter moves by {rise}");
            for id in new.iter().filter(|id| !old.contains(id)) {
                ensure!(were.insert((failed, *id)), "{id} is counted twice");
            }
        }
        for id in new.failed.iter() {
            ensure!(!new.succeeded.contains(id), "{id} succeeded and failed");
        }
        Ok(())
    })?;
    in_total(run)
}

/// The final counters of a Job are the sum of its counted pods.
fn in_total(run: &Run) -> Verdict {
    let mut counted: BTreeMap<JobId, BTreeMap<PodId, CountedAs>> = BTreeMap::new();
    run.walk(|world, moment| {
        let Some(ObjectKey::Job(job)) = moment.step.key else { return Ok(()) };
        // A status that is refused counts nothing.
        let stands = !moment.reasons.iter().any(|reason| matches!(reason, Reason::StatusRefused(_)));
        for reason in moment.reasons.iter().filter(|_| stands) {
            let Reason::Counted { pod, counted: as_what } = *reason else { continue };
            let found = counted.entry(job).or_default().insert(pod, as_what);
            ensure!(found.is_none(), "{pod} is counted as {as_what:?} after {found:?}");
        }
        let Some(job) = world.jobs.get(&job).filter(|job| job.is_finished()) else { return Ok(()) };
        let none = BTreeMap::new();
        let of_job = counted.get(&job.id).unwrap_or(&none);
        let number = |wanted: CountedAs| of_job.values().filter(|found| **found == wanted).count() as u32;
        ensure!(job.status.failed == number(CountedAs::Failed), "failed {} is not what was counted", job.status.failed);
        if !job.spec.is_indexed() {
            let succeeded = job.status.succeeded;
            ensure!(succeeded == number(CountedAs::Succeeded), "succeeded {succeeded} is not what was counted");
        }
        Ok(())
    })
}

/// Once a Job is finished or gone, its pods have no finalizer; and when the run settles, every ended pod is counted.
pub(super) fn no_finalizer_survives(run: &Run) -> Verdict {
    let Some((end, at)) = run.recording.end() else { return Ok(()) };
    let after_all = |pod: PodId| run.recording.pod_at(pod, at);
    for pod in run.recording.pods().filter_map(after_all).filter(|pod| pod.tracked) {
        let job = pod.owner.and_then(|job| run.recording.job_at(job, at));
        let over = job.is_none_or(Job::is_finished);
        ensure!(!over, "{} is held, and its Job is finished or gone", pod.id);
        let own =
            job.is_none_or(|job| job.spec.managed_by.as_deref().is_none_or(|by| by == "kubernetes.io/job-controller"));
        if end == End::Settled && own {
            // With backoffLimitPerIndex the last failed pod of an index waits for its replacement (JC-120), which
            // need not come: the Job may be suspended, or have no place left.
            let delayed = job.is_some_and(|job| job.spec.backoff_limit_per_index.is_some());
            let ended = pod.phase.is_terminal() && !delayed;
            ensure!(!ended || is_index_beyond(pod.birth.index, job), "{} has ended and is never counted", pod.id);
        }
    }
    Ok(())
}

fn is_index_beyond(index: Option<u32>, job: Option<&Job>) -> bool {
    index.is_some_and(|index| job.is_some_and(|job| index >= job.spec.index_count()))
}
