//! What is said of a step does not contradict what it wrote, nor what comes next: for every step of every recorded case.

use job_playground::api::{JobId, ObjectKey};
use job_playground::cluster::reason::{Component, Reason, Step, StepId};
use job_playground::conformance::{CaseKind, cases};
use job_playground::explain::{self, Fact, Selection, SpecField, Statement, WaitingFor, Why};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::scenario::Scenario;
use job_playground::time::Time;
use support::{files_with, root, text};

struct Film {
    name: String,
    scenario: Scenario,
    recording: Recording,
}

impl Film {
    fn of(name: String, text: &str) -> Film {
        let scenario = manifest::read(text).scenario.with_time_zones();
        let recording = Recording::of(&scenario);
        Film { name, scenario, recording }
    }

    fn why(&self, step: StepId, object: Option<ObjectKey>) -> Why {
        let selected = Selection { step, object };
        explain::why(&self.recording, &self.scenario, selected).expect("a step of the recording")
    }

    /// The first pod that is created for a Job after a step and before a time, unless it is of another index.
    fn created_between(&self, job: JobId, after: StepId, before: Time, index: Option<u32>) -> Option<Time> {
        let later = &self.recording.steps()[after.0 as usize + 1..];
        let creates = |step: &&Step| {
            step.key == Some(ObjectKey::Job(job))
                && self.recording.reasons(step).iter().any(|reason| match reason {
                    Reason::CreatedPod(pod) => {
                        let born = self.recording.pod_at(*pod, step.at).and_then(|pod| pod.birth.index);
                        index.is_none() || index == born
                    }
                    _ => false,
                })
        };
        later.iter().take_while(|step| step.at < before).find(creates).map(|step| step.at)
    }

    fn check_step(&self, id: StepId, step: &Step) {
        let why = self.why(id, step.key);
        let at = || format!("{} at {}, {:?}", self.name, step.at - Time::ZERO, why.statement);
        if step.component == Component::JobController {
            if let Statement::NothingToDo { .. } = why.statement {
                assert!(self.recording.versions(step).is_empty(), "{} wrote something", at());
            }
            if let Statement::Created { count, .. } = why.statement {
                let reasons = self.recording.reasons(step).iter();
                let created = reasons.filter(|reason| matches!(reason, Reason::CreatedPod(_))).count();
                assert_eq!(created as u32, count, "{}", at());
            }
        }
        let index = if let Statement::IndexRetry { index, .. } = why.statement { Some(index) } else { None };
        for link in &why.chain {
            if let (Fact::NoPodUntil { until, cut, .. }, Some(ObjectKey::Job(job))) = (&link.fact, why.key) {
                let created = self.created_between(job, id, *until, index);
                assert_eq!(created, cut.map(|cut| cut.at), "{}: no pod until {}", at(), *until - Time::ZERO);
            }
        }
    }

    /// What a Job waits for, right after each instant: the wait holds, unless something comes in between.
    fn check_waiting(&self, id: StepId, step: &Step) {
        let Some(ObjectKey::Job(job)) = step.key else { return };
        let next = self.recording.steps().get(id.0 as usize + 1);
        if next.is_some_and(|next| next.at == step.at) {
            return;
        }
        for wait in explain::waiting(&self.recording, &self.scenario, job, step.at).waits {
            let WaitingFor::Backoff { until, .. } = wait else { continue };
            let Some(created) = self.created_between(job, id, until, None) else { continue };
            let between = self.recording.steps()[id.0 as usize + 1..].iter().take_while(|step| step.at <= created);
            let mut reasons = between.flat_map(|step| {
                let outside = step.component == Component::Outside;
                self.recording.reasons(step).iter().map(move |reason| (outside, reason))
            });
            assert!(
                reasons.any(|(outside, reason)| outside || matches!(reason, Reason::BackoffReset)),
                "{} at {}: it waits until {}, and a pod is created at {}",
                self.name,
                step.at - Time::ZERO,
                until - Time::ZERO,
                created - Time::ZERO
            );
        }
    }

    /// Where the garbage collector deletes what belonged to a Job whose time to live was over, the field is named.
    fn check_ttl(&self, id: StepId, step: &Step) -> bool {
        let expired =
            |step: &Step| self.recording.reasons(step).iter().any(|reason| matches!(reason, Reason::TtlExpired { .. }));
        let caused = step.trigger.cause.is_some_and(|cause| expired(self.recording.step(cause)));
        let deletes = self.recording.reasons(step).iter().any(|reason| matches!(reason, Reason::OwnerDeleted(_)));
        if step.component != Component::GarbageCollector || !caused || !deletes {
            return false;
        }
        for version in self.recording.versions(step) {
            let why = self.why(id, Some(version.object.key()));
            let names = |field| {
                why.chain.iter().any(|link| matches!(&link.fact, Fact::Setting(setting) if setting.field == field))
            };
            assert!(names(SpecField::TtlSecondsAfterFinished), "{}: {:?}", self.name, why.chain);
        }
        true
    }
}

#[test]
fn nothing_that_is_said_contradicts_what_happens() {
    let recorded = cases(&root().join("tests/conformance")).unwrap_or_else(|error| panic!("{error}"));
    let traces = recorded.into_iter().filter(|case| case.kind == CaseKind::Trace).map(|case| case.input);
    let mut ttl = 0;
    for path in traces.chain(files_with("yaml", "tests/reasons")) {
        let film = Film::of(support::stem(&path), &text(&path));
        for (number, step) in (0..).zip(film.recording.steps()) {
            film.check_step(StepId(number), step);
            film.check_waiting(StepId(number), step);
            ttl += usize::from(film.check_ttl(StepId(number), step));
        }
    }
    assert!(ttl > 0, "a time to live was over somewhere");
}
