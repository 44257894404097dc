//! Whether a Job ends, and how: a list of questions, of which the first yes decides.
//! Upstream: job_controller.go syncJob; JC-56, JC-58, JC-66.

use super::job_sync::{FinishedCondition, JobSync};
use super::memory::Memory;
use super::success_policy::match_success_policy;
use crate::api::{ConditionType, Message, RestartPolicy};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::{Answer, Check, Reason, Wake};
use crate::time::{Span, Time};

/// The questions by which a Job ends, in order.
const CHECKS: [Check; 9] = [
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

impl JobSync {
    /// Asks in order whether the Job ends; the first yes decides (JC-56, JC-58).
    pub(super) fn decide(&mut self, memory: &Memory, api: &mut ApiServer<'_>) {
        for check in CHECKS {
            let (answer, finished) = match self.finished_condition {
                Some(_) => (Answer::NotReached, None),
                None => self.ask(check, memory, api.now),
            };
            api.reason(Reason::Asked { check, answer });
            if self.finished_condition.is_none() {
                self.finished_condition = finished;
            }
            if check == Check::ActiveDeadline && self.finished_condition.is_none() {
                self.requeue_for_deadline(api.now);
            }
        }
    }

    fn ask(&self, check: Check, memory: &Memory, now: Time) -> (Answer, Option<FinishedCondition>) {
        match check {
            Check::SuccessDecided => self.already(ConditionType::SuccessCriteriaMet),
            Check::FailureDecided => self.already(ConditionType::FailureTarget),
            Check::FailJobRule => self.ask_fail_job(memory),
            Check::BackoffLimit => decided(self.compare_failed(), "BackoffLimitExceeded", BACKOFF_LIMIT_EXCEEDED),
            Check::RestartLimit => decided(self.compare_restarts(), "BackoffLimitExceeded", BACKOFF_LIMIT_EXCEEDED),
            Check::ActiveDeadline => decided(self.compare_deadline(now), "DeadlineExceeded", DEADLINE_EXCEEDED),
            Check::MaxFailedIndexes => {
                decided(self.compare_failed_indexes(), "MaxFailedIndexesExceeded", MAX_FAILED_INDEXES_EXCEEDED)
            }
            Check::FailedIndexes => decided(self.compare_decided_indexes(), "FailedIndexes", FAILED_INDEXES),
            Check::SuccessPolicy => self.ask_success_policy(),
            Check::Suspended | Check::TooManyPods | Check::PodsMissing | Check::BackoffOver | Check::Completions => {
                (Answer::NotReached, None)
            }
        }
    }

    /// Does a FailJob rule match a failed pod (JC-56.3)?
    fn ask_fail_job(&self, memory: &Memory) -> (Answer, Option<FinishedCondition>) {
        if self.job.spec.pod_failure_policy.is_none() {
            return (Answer::NotSet, None);
        }
        match memory.fail_job_rule(self.job.id) {
            Some(found) => {
                let message = found.message.clone();
                (Answer::Is(true), Some(FinishedCondition { failed: true, reason: "PodFailurePolicy", message }))
            }
            None => (Answer::Is(false), None),
        }
    }

    /// Asks for a sync at the deadline (JC-56.6). A start is cut to whole seconds only when it is stored: the first
    /// sync counts from its own instant.
    fn requeue_for_deadline(&mut self, now: Time) {
        if let (Some(deadline), Some(started), false) =
            (self.job.spec.active_deadline_seconds, self.status.start_time, self.job.spec.suspend)
        {
            let started = if self.job.status.start_time.is_none() { now } else { started };
            self.requeue.push((started + Span::from_seconds(deadline), Wake::Deadline));
        }
    }

    /// Decided in an earlier sync, with its reason and message (JC-56.1, JC-56.2)?
    fn already(&self, condition: ConditionType) -> (Answer, Option<FinishedCondition>) {
        let finished = self.status.true_condition(condition).map(|found| FinishedCondition {
            failed: condition == ConditionType::FailureTarget,
            reason: found.reason,
            message: found.message.clone(),
        });
        (Answer::Is(finished.is_some()), finished)
    }

    /// More failed pods than backoffLimit (JC-107a)?
    fn compare_failed(&self) -> Answer {
        let limit = u32::try_from(self.job.spec.backoff_limit).unwrap_or(0);
        Answer::Count { count: self.failed, limit, holds: self.failed > limit }
    }

    /// As many restarts as backoffLimit (JC-107)? Upstream: pastBackoffLimitOnFailure.
    fn compare_restarts(&self) -> Answer {
        if self.job.spec.template.spec.restart_policy != RestartPolicy::OnFailure {
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
        let Some(started) = self.status.start_time.filter(|_| !self.job.spec.suspend) else { return Answer::Is(false) };
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
    fn ask_success_policy(&self) -> (Answer, Option<FinishedCondition>) {
        if self.job.spec.success_policy.is_none() {
            return (Answer::NotSet, None);
        }
        let finished = match_success_policy(&self.job.spec, &self.completed).map(|rule| FinishedCondition {
            failed: false,
            reason: "SuccessPolicy",
            message: Message::MatchedSuccessRule(rule),
        });
        (Answer::Is(finished.is_some()), finished)
    }

    /// Enough successes, and nothing active (JC-66)?
    pub(super) fn ask_completions(&mut self, api: &mut ApiServer<'_>) {
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
            self.finished_condition = Some(FinishedCondition { failed: false, reason: "CompletionsReached", message });
        }
    }
}

/// A failure with this reason, if the answer is yes.
fn decided(answer: Answer, reason: &'static str, message: &'static str) -> (Answer, Option<FinishedCondition>) {
    let finished = answer.is_yes().then(|| FinishedCondition { failed: true, reason, message: message.into() });
    (answer, finished)
}
