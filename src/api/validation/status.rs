//! Rules of a status that a controller writes (V14, JC-281): those that a controller of this cluster can meet.
//! A rule is checked only if one of its fields has changed.

use crate::api::index_set::IndexSet;
use crate::api::job::{CompletionMode, ConditionType, Job, JobStatus};

/// Errors of a new status, each with its field.
pub(super) fn job_status(job: &Job, new: &JobStatus) -> Vec<String> {
    let old = &job.status;
    let mut wrong = Wrong::default();
    conditions(old, new, &mut wrong);
    finished(job, new, &mut wrong);
    indexes(job, new, &mut wrong);
    let pods_changed = old.active != new.active || old.ready != new.ready;
    if pods_changed && let Some(ready) = new.ready.filter(|ready| *ready > new.active) {
        wrong.invalid("ready", &ready.to_string(), "cannot set more ready pods than active");
    }
    criteria(new, &mut wrong);
    terminal(old, new, &mut wrong);
    if new.failed < old.failed {
        wrong.invalid("failed", &new.failed.to_string(), "cannot decrease the failed counter");
    }
    let is_elastic = job.spec.completion_mode == CompletionMode::Indexed
        && job.spec.completions.is_some_and(|completions| completions == job.spec.parallelism);
    if new.succeeded < old.succeeded && !is_elastic {
        wrong.invalid("succeeded", &new.succeeded.to_string(), "cannot decrease the succeeded counter");
    }
    if holds(old, ConditionType::SuccessCriteriaMet) && !holds(new, ConditionType::SuccessCriteriaMet) {
        wrong.conditions("cannot disable the SuccessCriteriaMet=True condition");
    }
    wrong.0
}

#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn invalid(&mut self, field: &str, value: &str, detail: &str) {
        self.0.push(format!("status.{field}: Invalid value: {value}: {detail}"));
    }

    fn required(&mut self, field: &str, detail: &str) {
        self.0.push(format!("status.{field}: Required value: {detail}"));
    }

    fn conditions(&mut self, detail: &str) {
        self.0.push(format!("status.conditions: Invalid value: {detail}"));
    }
}

fn holds(status: &JobStatus, condition: ConditionType) -> bool {
    status.true_condition(condition).is_some()
}

/// Conditions that exclude or need one another.
fn conditions(old: &JobStatus, new: &JobStatus, wrong: &mut Wrong) {
    use ConditionType::{Complete, Failed, FailureTarget, SuccessCriteriaMet};
    let changed = |condition| holds(old, condition) != holds(new, condition);
    let completed = changed(Complete) || old.completion_time != new.completion_time;
    if (changed(Complete) || changed(Failed)) && holds(new, Complete) && holds(new, Failed) {
        wrong.conditions("cannot set Complete=True and Failed=true conditions");
    }
    if (changed(Complete) || changed(FailureTarget)) && holds(new, Complete) && holds(new, FailureTarget) {
        wrong.conditions("cannot set Complete=True and FailureTarget=true conditions");
    }
    if completed && new.completion_time.is_none() && holds(new, Complete) {
        wrong.required("completionTime", "completionTime is required for Complete jobs");
    }
    let failed = changed(Failed) || old.failed_indexes != new.failed_indexes;
    if failed && holds(new, Failed) && !holds(new, FailureTarget) {
        wrong.conditions("cannot set Failed=True condition without the FailureTarget=true condition");
    }
    if (changed(Complete) || changed(SuccessCriteriaMet)) && holds(new, Complete) && !holds(new, SuccessCriteriaMet) {
        wrong.conditions("cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }
}

/// A finished Job has a start and no pods.
fn finished(job: &Job, new: &JobStatus, wrong: &mut Wrong) {
    let old = &job.status;
    if new.finished().is_none() {
        return;
    }
    let finished_now = old.finished().is_none();
    if (finished_now || old.active != new.active) && new.active > 0 {
        wrong.invalid("active", &new.active.to_string(), "active>0 is invalid for finished job");
    }
    let never_started = job.spec.suspend && job.spec.completions == Some(0);
    if (finished_now || old.start_time != new.start_time) && new.start_time.is_none() && !never_started {
        wrong.required("startTime", "startTime is required for finished job");
    }
    if let Some(uncounted) = new.uncounted.as_ref().filter(|_| finished_now || old.uncounted != new.uncounted)
        && uncounted.succeeded.len() + uncounted.failed.len() > 0
    {
        let list = |pods: &[crate::api::PodId]| {
            let quoted: Vec<String> = pods.iter().map(|pod| format!("\"{pod}\"")).collect();
            if quoted.is_empty() { "null".to_owned() } else { format!("[{}]", quoted.join(",")) }
        };
        let value = format!("{{\"Succeeded\":{},\"Failed\":{}}}", list(&uncounted.succeeded), list(&uncounted.failed));
        wrong.invalid("uncountedTerminatedPods", &value, "must be empty for finished job");
    }
    let terminating = new.terminating.filter(|_| finished_now || old.terminating != new.terminating);
    if let Some(terminating) = terminating.filter(|terminating| *terminating > 0) {
        wrong.invalid("terminating", &terminating.to_string(), "terminating>0 is invalid for finished job");
    }
}

/// An index cannot have failed and completed.
fn indexes(job: &Job, new: &JobStatus, wrong: &mut Wrong) {
    let old = &job.status;
    let changed = old.failed_indexes != new.failed_indexes || old.completed_indexes != new.completed_indexes;
    let Some(failed) = new.failed_indexes.as_ref().filter(|_| changed && job.spec.completions.is_some()) else {
        return;
    };
    if let Some(index) = first_common(&new.completed_indexes, failed) {
        let detail = format!("failedIndexes and completedIndexes overlap at index: {index}");
        wrong.invalid("failedIndexes", &format!("\"{failed}\""), &detail);
    }
}

fn first_common(one: &IndexSet, other: &IndexSet) -> Option<u32> {
    let overlap = |(a, b): &(u32, u32), (x, y): &(u32, u32)| (a <= y && x <= b).then(|| *a.max(x));
    one.intervals().iter().find_map(|a| other.intervals().iter().find_map(|b| overlap(a, b)))
}

fn criteria(new: &JobStatus, wrong: &mut Wrong) {
    if !holds(new, ConditionType::SuccessCriteriaMet) {
        return;
    }
    if holds(new, ConditionType::Failed) {
        wrong.conditions("cannot set SuccessCriteriaMet=True and Failed=true conditions");
    }
    if holds(new, ConditionType::FailureTarget) {
        wrong.conditions("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
    }
}

/// What ended stays ended.
fn terminal(old: &JobStatus, new: &JobStatus, wrong: &mut Wrong) {
    for condition in [ConditionType::Failed, ConditionType::Complete, ConditionType::FailureTarget] {
        if holds(old, condition) && !holds(new, condition) {
            wrong.conditions(&format!("cannot disable the terminal {}=True condition", condition.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::admission::create_job;
    use crate::api::{Condition, ConditionStatus, JobId, Message};
    use crate::time::Time;
    use serde_json::json;

    fn job() -> Job {
        let spec = json!({
            "completions": 3,
            "completionMode": "Indexed",
            "backoffLimitPerIndex": 1,
            "template": { "spec": { "restartPolicy": "Never", "containers": [{ "name": "main", "image": "x" }] } },
        });
        let manifest = json!({ "metadata": { "name": "pi" }, "spec": spec });
        let mut job = create_job(&manifest, JobId(1), Time::ZERO).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        job.status.start_time = Some(Time::ZERO);
        job
    }

    fn with(status: &JobStatus, types: &[ConditionType]) -> JobStatus {
        let condition = |condition_type: &ConditionType| Condition {
            condition_type: *condition_type,
            status: ConditionStatus::True,
            since: Time::ZERO,
            reason: "",
            message: Message::from(""),
        };
        JobStatus { conditions: types.iter().map(condition).collect(), ..status.clone() }
    }

    #[test]
    fn what_a_status_may_not_say() {
        use ConditionType::{Complete, Failed, FailureTarget, SuccessCriteriaMet};
        let mut job = job();
        let fresh = job.status.clone();
        let check = |job: &Job, new: &JobStatus, expected: &[&str]| assert_eq!(job_status(job, new), expected);
        check(&job, &fresh, &[]);
        check(&job, &with(&fresh, &[FailureTarget, Failed]), &[]);
        check(
            &job,
            &with(&fresh, &[Failed]),
            &["status.conditions: Invalid value: cannot set Failed=True condition without the FailureTarget=true \
               condition"],
        );
        check(
            &job,
            &JobStatus { active: 1, start_time: None, ..with(&fresh, &[SuccessCriteriaMet, Complete]) },
            &[
                "status.completionTime: Required value: completionTime is required for Complete jobs",
                "status.active: Invalid value: 1: active>0 is invalid for finished job",
                "status.startTime: Required value: startTime is required for finished job",
            ],
        );
        check(
            &job,
            &JobStatus { ready: Some(2), active: 1, ..fresh.clone() },
            &["status.ready: Invalid value: 2: cannot set more ready pods than active"],
        );
        let indexes = |range: (u32, u32)| IndexSet::from_intervals(vec![range]);
        check(
            &job,
            &JobStatus { completed_indexes: indexes((0, 1)), failed_indexes: Some(indexes((1, 2))), ..fresh.clone() },
            &["status.failedIndexes: Invalid value: \"1,2\": failedIndexes and completedIndexes overlap at index: 1"],
        );
        job.status = JobStatus { failed: 2, ..with(&fresh, &[FailureTarget, Failed]) };
        check(
            &job,
            &JobStatus { failed: 1, ..fresh },
            &[
                "status.conditions: Invalid value: cannot disable the terminal Failed=True condition",
                "status.conditions: Invalid value: cannot disable the terminal FailureTarget=True condition",
                "status.failed: Invalid value: 1: cannot decrease the failed counter",
            ],
        );
    }
}
