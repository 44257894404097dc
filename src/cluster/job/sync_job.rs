//! One sync of a Job: look at its pods, decide whether it ends, make and delete pods, write the status.
//! Upstream: job_controller.go syncJob; JC-40 … JC-72, in this order.

use super::adoption::claim_pods;
use super::backoff::BackoffRecord;
use super::indexed;
use super::manage_job::{delete_active_pods, not_reached};
use super::pod_failure_policy::{ignored_by, is_pod_failed, match_pod_failure_policy};
use super::success_policy::match_success_policy;
use super::{JobController, OWN_NAME, SyncError};
use crate::api::{
    Condition, ConditionStatus, ConditionType, EventType, IndexSet, Job, JobStatus, Message, ObjectKey, Phase, Pod,
    PodId, RestartPolicy,
};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::{Answer, Check, Reason, Trigger, Wake};
use crate::cluster::store::NamespacedName;
use crate::order::{self, Map};
use crate::time::{Span, Time};
use std::rc::Rc;

/// How a Job is to end. The interim condition is written first, the final one when nothing terminates any more.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ending {
    pub(super) failed: bool,
    pub(super) reason: &'static str,
    pub(super) message: Message,
}

/// What one sync knows. Counts change as the sync acts.
pub(super) struct JobSync {
    pub(super) key: NamespacedName,
    pub(super) job: Rc<Job>,
    /// The status to be written.
    pub(super) status: JobStatus,
    /// Pods that have not ended or are not counted yet, as they were when the sync began.
    pub(super) pods: Vec<Rc<Pod>>,
    pub(super) active_pods: Vec<Rc<Pod>>,
    pub(super) active: u32,
    pub(super) ready: u32,
    pub(super) terminating: u32,
    pub(super) succeeded: u32,
    pub(super) failed: u32,
    pub(super) backoff: BackoffRecord,
    /// Indexes that had succeeded before this sync, and with it.
    pub(super) completed_before: IndexSet,
    pub(super) completed: IndexSet,
    /// Indexes that have failed; `None` without backoffLimitPerIndex.
    pub(super) failed_indexes: Option<IndexSet>,
    pub(super) delayed: Map<u32, Rc<Pod>>,
    pub(super) ending: Option<Ending>,
    pub(super) needs_write: bool,
}

impl JobController {
    /// Brings one Job closer to its spec.
    pub(super) fn sync_job(&mut self, key: &NamespacedName, api: &mut ApiServer<'_>) -> Result<(), SyncError> {
        let Some(job) = api.job_named(key) else {
            self.backoff.remove(key);
            api.reason(Reason::JobGone);
            return Ok(());
        };
        if let Some(manager) = job.spec.managed_by.as_ref().filter(|manager| ***manager != *OWN_NAME) {
            api.reason(Reason::ManagedByOther(manager.clone()));
            return Ok(());
        }
        if job.is_finished() {
            self.backoff.remove(key);
            api.reason(Reason::AlreadyFinished);
            return Ok(());
        }
        let mut sync = self.look(key, job, api);
        self.decide_ending(&mut sync, api);
        let mut result = Ok(());
        let mut suspend_changed = false;
        if sync.ending.is_some() {
            delete_active_pods(&mut sync, api);
            not_reached(
                [Check::Suspended, Check::TooManyPods, Check::PodsMissing, Check::BackoffOver, Check::Completions],
                api,
            );
        } else {
            let managed = !sync.job.is_deleting();
            if managed {
                result = self.manage_job(&mut sync, api);
            } else {
                api.reason(Reason::JobDeleting);
                not_reached([Check::Suspended, Check::TooManyPods, Check::PodsMissing, Check::BackoffOver], api);
            }
            sync.ask_completions(api);
            if sync.ending.is_none() && managed {
                suspend_changed = sync.note_suspension(api);
            }
        }
        sync.note_counts(suspend_changed);
        self.track_status_and_remove_finalizers(&mut sync, api)?;
        result
    }

    /// Lists and counts the pods (JC-47 … JC-54).
    fn look(&mut self, key: &NamespacedName, job: Rc<Job>, api: &mut ApiServer<'_>) -> JobSync {
        let pods = claim_pods(&job, api);
        if job.spec.pod_failure_policy.is_some() {
            // Of a pod that was adopted just now no watch has told yet.
            pods.iter().for_each(|pod| self.remember_fail_job(pod, api.store));
        }
        let mut status = job.status.clone();
        let uncounted = status.uncounted.clone().unwrap_or_default();
        status.uncounted = Some(uncounted.clone());
        let active_pods: Vec<Rc<Pod>> = pods.iter().filter(|pod| pod.is_active()).cloned().collect();
        let newly = |counted: &[PodId], ended: &dyn Fn(&Pod) -> bool| -> Vec<Rc<Pod>> {
            let counted = order::set(counted.iter().copied());
            pods.iter()
                .filter(|pod| pod.tracked && !counted.contains(&pod.id))
                .filter(|pod| !job.spec.is_indexed() || pod.valid_index(&job.spec).is_some())
                .filter(|pod| ended(pod))
                .cloned()
                .collect()
        };
        let new_succeeded = newly(&uncounted.succeeded, &|pod| pod.phase == Phase::Succeeded);
        let new_failed = newly(&uncounted.failed, &|pod| is_pod_failed(pod, &job));
        let mut failed = status.failed + uncounted.failed.len() as u32;
        for pod in &new_failed {
            if let Some(found) = match_pod_failure_policy(&job, pod) {
                api.reason(Reason::RuleMatched { pod: pod.id, rule: found.rule, action: found.action });
            }
            if pod.is_terminating() {
                api.reason(Reason::TerminatingCountsAsFailed(pod.id));
            }
            failed += u32::from(ignored_by(&job, pod).is_none());
        }
        let (completed_before, completed) = match job.spec.is_indexed() {
            true => indexed::succeeded_indexes(&job, &pods),
            false => Default::default(),
        };
        let succeeded = match job.spec.is_indexed() {
            true => completed.len(),
            false => status.succeeded + (new_succeeded.len() + uncounted.succeeded.len()) as u32,
        };
        if status.start_time.is_none() && !job.spec.suspend {
            status.start_time = Some(api.now.truncated());
            api.reason(Reason::StartTimeSet);
        }
        let before = self.backoff.get(key).copied().unwrap_or_default();
        let backoff = before.after(&new_succeeded, &new_failed);
        note_backoff(before, backoff, api);
        let (failed_indexes, delayed) = self.look_at_indexes(&job, &pods, &active_pods, &completed, api);
        let count = |matches: &dyn Fn(&Pod) -> bool| pods.iter().filter(|pod| matches(pod)).count() as u32;
        let sync = JobSync {
            key: key.clone(),
            active: active_pods.len() as u32,
            ready: active_pods.iter().filter(|pod| pod.is_ready()).count() as u32,
            terminating: count(&|pod| pod.is_terminating()),
            succeeded,
            failed,
            backoff,
            completed_before,
            completed,
            failed_indexes,
            delayed,
            ending: None,
            needs_write: false,
            job,
            status,
            pods,
            active_pods,
        };
        let JobSync { active, ready, terminating, .. } = sync;
        api.reason(Reason::Observed { active, ready, terminating, succeeded, failed });
        sync
    }

    /// With backoffLimitPerIndex: which indexes have failed, and whose counting waits (JC-118, JC-120).
    fn look_at_indexes(
        &self,
        job: &Job,
        pods: &[Rc<Pod>],
        active: &[Rc<Pod>],
        completed: &IndexSet,
        api: &mut ApiServer<'_>,
    ) -> (Option<IndexSet>, Map<u32, Rc<Pod>>) {
        if job.spec.backoff_limit_per_index.is_none() {
            return (None, Map::new());
        }
        let (failed, new) = indexed::failed_indexes(job, pods);
        for found in new {
            api.reason(Reason::IndexFailed { index: found.index, failures: found.failures });
        }
        let delayed = indexed::delayed_deletion(job, pods, active, completed, &failed);
        for (index, pod) in delayed.iter() {
            api.reason(Reason::CountingDelayed { pod: pod.id, index: *index });
        }
        (Some(failed), delayed)
    }

    /// Asks in order whether the Job ends; the first yes decides (JC-56, JC-58).
    fn decide_ending(&mut self, sync: &mut JobSync, api: &mut ApiServer<'_>) {
        for check in ENDINGS {
            let (answer, ending) = match sync.ending {
                Some(_) => (Answer::NotReached, None),
                None => self.ask(check, sync, api.now),
            };
            api.reason(Reason::Asked { check, answer });
            if sync.ending.is_none() {
                sync.ending = ending;
            }
            if check == Check::ActiveDeadline && sync.ending.is_none() {
                self.come_back_for_deadline(sync, api);
            }
        }
    }

    fn ask(&self, check: Check, sync: &JobSync, now: Time) -> (Answer, Option<Ending>) {
        match check {
            Check::SuccessDecided => sync.already(ConditionType::SuccessCriteriaMet),
            Check::FailureDecided => sync.already(ConditionType::FailureTarget),
            Check::FailJobRule => self.ask_fail_job(sync),
            Check::BackoffLimit => decided(sync.compare_failed(), "BackoffLimitExceeded", BACKOFF_LIMIT_EXCEEDED),
            Check::RestartLimit => decided(sync.compare_restarts(), "BackoffLimitExceeded", BACKOFF_LIMIT_EXCEEDED),
            Check::ActiveDeadline => decided(sync.compare_deadline(now), "DeadlineExceeded", DEADLINE_EXCEEDED),
            Check::MaxFailedIndexes => {
                decided(sync.compare_failed_indexes(), "MaxFailedIndexesExceeded", MAX_FAILED_INDEXES_EXCEEDED)
            }
            Check::FailedIndexes => decided(sync.compare_decided_indexes(), "FailedIndexes", FAILED_INDEXES),
            Check::SuccessPolicy => sync.ask_success_policy(),
            Check::Suspended | Check::TooManyPods | Check::PodsMissing | Check::BackoffOver | Check::Completions => {
                (Answer::NotReached, None)
            }
        }
    }

    /// Does a FailJob rule match a failed pod (JC-56.3)?
    fn ask_fail_job(&self, sync: &JobSync) -> (Answer, Option<Ending>) {
        if sync.job.spec.pod_failure_policy.is_none() {
            return (Answer::NotSet, None);
        }
        match self.fail_job.get(&sync.job.id).and_then(|matches| matches.values().next()) {
            Some(found) => {
                let message = found.message.clone();
                (Answer::Yes, Some(Ending { failed: true, reason: "PodFailurePolicy", message }))
            }
            None => (Answer::No, None),
        }
    }

    /// Wakes the Job at its deadline (JC-56.6). A start is cut to whole seconds only when it is stored: the first sync
    /// reckons from its own instant.
    fn come_back_for_deadline(&mut self, sync: &JobSync, api: &ApiServer<'_>) {
        if let (Some(deadline), Some(started), false) =
            (sync.job.spec.active_deadline_seconds, sync.status.start_time, sync.job.spec.suspend)
        {
            let trigger = Trigger { wake: Wake::Deadline, cause: Some(api.journal.current()) };
            let started = if sync.job.status.start_time.is_none() { api.now } else { started };
            let at = started + Span::from_seconds(deadline);
            self.queue.add_at(sync.key.clone(), at, api.now, trigger);
        }
    }
}

/// The questions by which a Job ends, in order.
const ENDINGS: [Check; 9] = [
    Check::SuccessDecided,
    Check::FailureDecided,
    Check::FailJobRule,
    Check::BackoffLimit,
    Check::RestartLimit,
    Check::ActiveDeadline,
    Check::MaxFailedIndexes,
    Check::FailedIndexes,
    Check::SuccessPolicy,
];
const BACKOFF_LIMIT_EXCEEDED: &str = "Job has reached the specified backoff limit";
const DEADLINE_EXCEEDED: &str = "Job was active longer than specified deadline";
const MAX_FAILED_INDEXES_EXCEEDED: &str = "Job has exceeded the specified maximal number of failed indexes";
const FAILED_INDEXES: &str = "Job has failed indexes";

fn yes_or_no(yes: bool) -> Answer {
    if yes { Answer::Yes } else { Answer::No }
}

/// The ending that follows from a yes.
fn decided(answer: Answer, reason: &'static str, message: &'static str) -> (Answer, Option<Ending>) {
    let ending = answer.is_yes().then(|| Ending { failed: true, reason, message: message.into() });
    (answer, ending)
}

fn note_backoff(before: BackoffRecord, after: BackoffRecord, api: &mut ApiServer<'_>) {
    if before == after {
        return;
    }
    match after.last {
        Some(last) => api.reason(Reason::Backoff { failures: after.failures, last }),
        None => api.reason(Reason::BackoffReset),
    }
}

impl JobSync {
    /// Decided in an earlier sync, with its reason and message (JC-56.1, JC-56.2)?
    fn already(&self, condition: ConditionType) -> (Answer, Option<Ending>) {
        let ending = self.status.true_condition(condition).map(|found| Ending {
            failed: condition == ConditionType::FailureTarget,
            reason: found.reason,
            message: found.message.clone(),
        });
        (yes_or_no(ending.is_some()), ending)
    }

    /// More failed pods than backoffLimit (JC-107a)?
    fn compare_failed(&self) -> Answer {
        let limit = u32::try_from(self.job.spec.backoff_limit).unwrap_or(0);
        Answer::Count { count: self.failed, limit, holds: self.failed > limit }
    }

    /// As many restarts as backoffLimit (JC-107)? Upstream: pastBackoffLimitOnFailure.
    fn compare_restarts(&self) -> Answer {
        if self.job.spec.template.restart_policy != RestartPolicy::OnFailure {
            return Answer::NotSet;
        }
        let restarts = self.pods.iter().filter(|pod| !pod.phase.is_terminal()).map(|pod| pod.restarts()).sum();
        let limit = u32::try_from(self.job.spec.backoff_limit).unwrap_or(0);
        Answer::Count { count: restarts, limit, holds: restarts >= limit.max(1) }
    }

    /// Is the deadline over (JC-158)?
    fn compare_deadline(&self, now: Time) -> Answer {
        let Some(deadline) = self.job.spec.active_deadline_seconds else { return Answer::NotSet };
        // The clock stands still while the Job is suspended.
        let Some(started) = self.status.start_time.filter(|_| !self.job.spec.suspend) else { return Answer::No };
        let (elapsed, limit) = (now - started, Span::from_seconds(deadline));
        Answer::Elapsed { elapsed, limit, holds: elapsed >= limit }
    }

    /// More failed indexes than maxFailedIndexes (JC-58.7)?
    fn compare_failed_indexes(&self) -> Answer {
        let (Some(failed), Some(max)) = (&self.failed_indexes, self.job.spec.max_failed_indexes) else {
            return Answer::NotSet;
        };
        let limit = u32::try_from(max).unwrap_or(0);
        Answer::Count { count: failed.len(), limit, holds: failed.len() > limit }
    }

    /// All indexes decided, and one of them failed (JC-58.8)?
    fn compare_decided_indexes(&self) -> Answer {
        let Some(failed) = &self.failed_indexes else { return Answer::NotSet };
        let (count, limit) = (failed.len() + self.completed.len(), self.job.spec.index_count());
        Answer::Count { count, limit, holds: !failed.is_empty() && count >= limit }
    }

    /// Is the success policy met (JC-58.9)?
    fn ask_success_policy(&self) -> (Answer, Option<Ending>) {
        if self.job.spec.success_policy.is_none() {
            return (Answer::NotSet, None);
        }
        let ending = match_success_policy(&self.job.spec, &self.completed).map(|rule| Ending {
            failed: false,
            reason: "SuccessPolicy",
            message: Message::MatchedSuccessRule(rule),
        });
        (yes_or_no(ending.is_some()), ending)
    }

    /// Enough successes, and nothing active (JC-66)?
    fn ask_completions(&mut self, api: &mut ApiServer<'_>) {
        let enough = match self.job.spec.completions {
            None => self.succeeded > 0,
            Some(completions) => i64::from(self.succeeded) >= i64::from(completions),
        };
        let limit = self.job.spec.completions.map_or(1, |completions| u32::try_from(completions).unwrap_or(0));
        let holds = enough && self.active == 0;
        let answer = Answer::Count { count: self.succeeded, limit, holds };
        api.reason(Reason::Asked { check: Check::Completions, answer });
        if holds {
            let message = "Reached expected number of succeeded pods".into();
            self.ending = Some(Ending { failed: false, reason: "CompletionsReached", message });
        }
    }

    /// Keeps condition Suspended, startTime and the events in step with `spec.suspend` (JC-164).
    fn note_suspension(&mut self, api: &mut ApiServer<'_>) -> bool {
        let (status, reason, message) = match self.job.spec.suspend {
            true => (ConditionStatus::True, "JobSuspended", "Job suspended"),
            false => (ConditionStatus::False, "JobResumed", "Job resumed"),
        };
        let present = self.status.conditions.iter().find(|c| c.condition_type == ConditionType::Suspended);
        match present {
            None if !self.job.spec.suspend => return false,
            Some(condition) if condition.status == status => return false,
            None | Some(_) => {}
        }
        let key = ObjectKey::Job(self.job.id);
        self.status.set_condition(Condition {
            condition_type: ConditionType::Suspended,
            status,
            since: api.now.truncated(),
            reason,
            message: message.into(),
        });
        if self.job.spec.suspend {
            self.status.start_time = None;
            api.event(key, EventType::Normal, "Suspended", message);
        } else {
            self.status.start_time = Some(api.now.truncated());
            api.event(key, EventType::Normal, "Resumed", message);
        }
        api.reason(Reason::ConditionAdded { condition: ConditionType::Suspended, reason });
        true
    }

    /// Puts active, ready and terminating into the status (JC-70).
    fn note_counts(&mut self, suspend_changed: bool) {
        let (ready, terminating) = (Some(self.ready), Some(self.terminating));
        self.needs_write |= suspend_changed
            || self.status.active != self.active
            || self.status.ready != ready
            || self.status.terminating != terminating;
        self.status.active = self.active;
        self.status.ready = ready;
        self.status.terminating = terminating;
    }
}

impl JobStatus {
    /// Replaces the condition of this type, or appends it.
    pub(super) fn set_condition(&mut self, condition: Condition) {
        let mut conditions = self.conditions.to_vec();
        match conditions.iter_mut().find(|c| c.condition_type == condition.condition_type) {
            Some(present) => *present = condition,
            None => conditions.push(condition),
        }
        self.conditions = conditions.into();
    }
}
