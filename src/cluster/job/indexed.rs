//! Completion indexes: which are done, which have failed, which come next.
//! Upstream: indexed_job_utils.go; JC-118 … JC-122, JC-150 … JC-156.

use super::backoff::wait_after;
use super::pod_failure_policy::{is_pod_failed, match_pod_failure_policy};
use crate::api::{FailureAction, IndexSet, Job, JobSpec, Phase, Pod};
use crate::order::{self, Map, Set};
use crate::time::{Span, Time};
use std::rc::Rc;

/// Reads a stored set of indexes as the controller does: corrupt parts are skipped, indexes beyond `completions` are
/// cut off (JC-152).
pub(crate) fn parse_stored(text: &str, completions: u32) -> IndexSet {
    let mut intervals = Vec::new();
    for fragment in text.split(',') {
        let (first, last) = fragment.split_once('-').unwrap_or((fragment, fragment));
        let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) else { continue };
        if first >= completions {
            break;
        }
        intervals.push((first, last.min(completions - 1).max(first)));
    }
    IndexSet::from_intervals(intervals)
}

impl Pod {
    /// Its completion index, if that is below `completions` (JC-14).
    pub(crate) fn valid_index(&self, spec: &JobSpec) -> Option<u32> {
        self.birth.index.filter(|index| *index < spec.index_count())
    }
}

/// Indexes that had succeeded before, and those with the succeeded pods that are not counted yet (JC-58).
///
/// Upstream: calculateSucceededIndexes.
pub(crate) fn succeeded_indexes(job: &Job, pods: &[Rc<Pod>]) -> (IndexSet, IndexSet) {
    let before = job.status.completed_indexes.below(job.spec.index_count());
    let new = pods
        .iter()
        .filter(|pod| pod.phase == Phase::Succeeded && pod.tracked)
        .filter_map(|pod| pod.valid_index(&job.spec));
    let all = before.union(&IndexSet::from_indexes(new));
    (before, all)
}

/// An index that has failed for good (JC-118).
pub(crate) struct FailedIndex {
    pub(crate) index: u32,
    pub(crate) failures: u32,
}

/// All indexes that have failed for good, and the new ones among them (JC-118).
///
/// Upstream: calculateFailedIndexes, isIndexFailed.
pub(crate) fn failed_indexes(job: &Job, pods: &[Rc<Pod>]) -> (IndexSet, Vec<FailedIndex>) {
    let before = job.status.failed_indexes.clone().unwrap_or_default().below(job.spec.index_count());
    let limit = job.spec.backoff_limit_per_index.map_or(0, |limit| u32::try_from(limit).unwrap_or(0));
    let new: Vec<FailedIndex> = pods
        .iter()
        .filter(|pod| pod.tracked && is_pod_failed(pod, job))
        .filter_map(|pod| Some((pod, pod.valid_index(&job.spec)?)))
        .filter(|(_, index)| !before.contains(*index))
        .filter_map(|(pod, index)| {
            let failures = pod.birth.failure_count.unwrap_or(0);
            let ends = match match_pod_failure_policy(job, pod).map(|found| found.action) {
                Some(FailureAction::FailIndex) => true,
                Some(FailureAction::Ignore) => false,
                Some(FailureAction::FailJob | FailureAction::Count) | None => failures >= limit,
            };
            ends.then_some(FailedIndex { index, failures: failures + 1 })
        })
        .collect();
    let all = before.union(&IndexSet::from_indexes(new.iter().map(|failed| failed.index)));
    (all, new)
}

/// The failed pods that are counted only once their replacement exists, by index (JC-120).
///
/// Upstream: getPodsWithDelayedDeletionPerIndex.
pub(crate) fn delayed_deletion(
    job: &Job,
    pods: &[Rc<Pod>],
    active: &[Rc<Pod>],
    succeeded: &IndexSet,
    failed: &IndexSet,
) -> Map<u32, Rc<Pod>> {
    let active = order::set(active.iter().filter_map(|pod| pod.valid_index(&job.spec)));
    let mut delayed: Map<u32, Rc<Pod>> = Map::new();
    for pod in pods.iter().filter(|pod| pod.tracked && is_pod_failed(pod, job)) {
        let Some(index) = pod.valid_index(&job.spec) else { continue };
        if succeeded.contains(index) || failed.contains(index) || active.contains(&index) {
            continue;
        }
        let later = delayed
            .get(&index)
            .is_none_or(|other| failures_of(pod) >= failures_of(other) && pod.finish_time() >= other.finish_time());
        if later {
            delayed.insert(index, Rc::clone(pod));
        }
    }
    delayed
}

/// Failures of its index before this pod, ignored ones included.
fn failures_of(pod: &Pod) -> u32 {
    pod.birth.failure_count.unwrap_or(0) + pod.birth.ignored_failure_count
}

/// Failures of an index including its last failed pod, and how much of the wait is left (JC-121).
pub(crate) fn remaining_for_index(last_failed: &Pod, now: Time) -> (u32, Span) {
    let failures = failures_of(last_failed) + 1;
    let until = last_failed.finish_time() + wait_after(failures);
    (failures, (until - now).max(Span::ZERO))
}

/// The lowest `count` indexes that need a pod (JC-150).
///
/// Upstream: firstPendingIndexes.
pub(crate) fn first_pending_indexes(
    spec: &JobSpec,
    count: u32,
    taken: &Set<u32>,
    succeeded: &IndexSet,
    failed: &IndexSet,
) -> Vec<u32> {
    let free = succeeded.gaps(spec.index_count());
    free.filter(|index| !taken.contains(index) && !failed.contains(*index)).take(count as usize).collect()
}

/// Splits active pods into those that are deleted because of their index and the rest. Deleted are pods without a valid
/// index, and all but one pod of each index, the one that ranks last (JC-135). `ranked` is in the order of deletion.
///
/// Upstream: appendDuplicatedIndexPodsForRemoval.
pub(crate) fn split_by_index(spec: &JobSpec, ranked: &[Rc<Pod>]) -> (Vec<Rc<Pod>>, Vec<Rc<Pod>>) {
    let mut keeper: Map<u32, &Rc<Pod>> = Map::new();
    for pod in ranked {
        if let Some(index) = pod.valid_index(spec) {
            keeper.insert(index, pod);
        }
    }
    ranked.iter().cloned().partition(|pod| {
        pod.valid_index(spec).is_none_or(|index| keeper.get(&index).is_none_or(|kept| kept.id != pod.id))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_sets_are_read_leniently() {
        for (text, completions, read) in
            [("0-2,4,6-9", 8, "0-2,4,6,7"), ("", 5, ""), ("x,1", 5, "1"), ("7", 5, ""), ("0,1,2", 5, "0-2")]
        {
            assert_eq!(parse_stored(text, completions).to_string(), read, "{text}");
        }
    }
}
