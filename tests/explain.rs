//! What is said about real recordings: of each case, at a time, about an object.

use job_playground::api::{ContainerPlace, JobId, ObjectKey, PodId};
use job_playground::cluster::reason::{EndedBy, Reason, StepId};
use job_playground::explain::{
    self, JobEnding, Names, Note, ObjectSource, Origin, Selection, SpecField, Statement, WhatIf, Why,
};
use job_playground::manifest::Reading;
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use job_playground::time::Time;
use std::rc::Rc;
use support::{files_with, root, text};

struct Case {
    reading: Reading,
    recording: Recording,
}

impl Case {
    fn curated(name: &str) -> Case {
        Case::of(&text(&root().join(format!("tests/conformance/curated/{name}.yaml"))))
    }

    fn of(text: &str) -> Case {
        let reading = job_playground::manifest::read(text);
        let recording = Recording::of(&reading.scenario);
        Case { reading, recording }
    }

    /// Why the first step at a time about an object is as it is.
    fn why(&self, millis: i64, object: ObjectKey) -> Why {
        let at = Time::from_millis(millis);
        let found = self.recording.steps().iter().position(|step| step.at == at && step.key == Some(object));
        let step = StepId(found.unwrap_or_else(|| panic!("no step at {millis}")) as u32);
        self.why_at(step, Some(object)).expect("a step of the recording")
    }

    fn why_at(&self, step: StepId, object: Option<ObjectKey>) -> Option<Why> {
        explain::why(&self.recording, &self.reading.scenario, Selection { step, object })
    }

    /// Why each step about an object is as it is.
    fn whys(&self, object: ObjectKey) -> impl Iterator<Item = Why> {
        self.steps().filter_map(move |step| self.why_at(step, Some(object)))
    }

    fn steps(&self) -> impl Iterator<Item = StepId> {
        (0..self.recording.steps().len() as u32).map(StepId)
    }

    fn said(&self, why: &Why, lang: Lang) -> String {
        (lang.explain().statement)(&why.statement, Names::new(&self.recording, why.key)).plain().replace('\u{a0}', " ")
    }

    fn what_if(&self, why: &Why) -> Vec<explain::Counterfactual> {
        let scenario = Rc::new(self.reading.scenario.clone());
        let mut what_if = WhatIf::new(&self.recording, scenario, why).expect("a Job");
        while what_if.advance(1000) {}
        what_if.found().to_vec()
    }
}

const JOB: ObjectKey = ObjectKey::Job(JobId(1));

fn pod(number: u32) -> ObjectKey {
    ObjectKey::Pod(PodId(number))
}

#[test]
fn sentences_about_real_recordings() {
    for (case, millis, object, english) in [
        (
            "backoff_limit_two_then_success",
            24_301,
            pod(2),
            "Kubernetes tries again, but waits 20 s first: this is the 2nd failure in a row, and 2 is still within backoffLimit: 3.",
        ),
        (
            "backoff_limit_two_then_success",
            44_000,
            JOB,
            "Pod 3 is created: the wait of 20 s after 2 failures in a row is over.",
        ),
        (
            "backoff_limit_two_then_success",
            26_301,
            JOB,
            "Nothing new yet: 17.7 s of the wait are left, until 0:44. It is the wait after 2 failures in a row, and it holds back every new pod of the Job.",
        ),
        ("evict_limit_zero", 8_370, pod(1), "The Job fails: 1 pod has failed, and 1 is more than backoffLimit: 0."),
        (
            "deadline_during_backoff",
            25_000,
            JOB,
            "The Job fails: it has been active for 25 s, and activeDeadlineSeconds: 25 is over. Retries that are left do not matter.",
        ),
        (
            "on_failure_limit",
            44_015,
            JOB,
            "The Job fails: its containers were restarted 3 times, and with restartPolicy: OnFailure that must stay below backoffLimit: 3. Pod 1, which had not ended, is deleted and counts as failed too. The logs go with it. The condition Failed comes when every pod has stopped.",
        ),
        (
            "on_failure_limit",
            45_015,
            JOB,
            "Now the Job is Failed: that was decided at 0:44.015, but the end waits until every pod of it has stopped.",
        ),
        (
            "policy_ignore_disruption",
            8_370,
            pod(1),
            "Kubernetes tries again, but waits 10 s first: this is the 1st failure in a row. The policy ignores it, so nothing of backoffLimit: 0 is used; the wait grows all the same.",
        ),
    ] {
        let case_of = Case::curated(case);
        assert_eq!(case_of.said(&case_of.why(millis, object), Lang::En), english, "{case} at {millis}");
    }
}

#[test]
fn every_step_of_every_case_can_be_explained() {
    let mut steps = 0;
    for path in files_with("yaml", "tests/conformance/curated") {
        let case = Case::of(&text(&path));
        for (number, step) in case.recording.steps().iter().enumerate() {
            let step_id = StepId(number as u32);
            let why = case.why_at(step_id, step.key).expect("an answer");
            for lang in Lang::ALL {
                assert!(!case.said(&why, lang).is_empty(), "{path:?} step {number}");
                let line = lang.explain().step(&case.recording, &case.reading.scenario, step_id);
                assert!(!line.is_empty(), "{path:?} step {number}");
            }
            for place in explain::origins(&why) {
                let written = !matches!(place, Origin::Field { written: false, .. });
                let found = case.reading.span_of(&place.in_text()).is_some();
                assert_eq!(found, written, "{path:?} step {number}: {place:?}");
            }
            steps += 1;
        }
    }
    assert!(steps > 1000, "only {steps} steps");
}

#[test]
fn the_chain_ends_at_the_fault_and_at_the_field() {
    let case = Case::curated("evict_limit_zero");
    let why = case.why(8_870, pod(1));
    let places = explain::origins(&why);
    assert!(places.contains(&Origin::Input(0)), "{places:?}");
    let field = SpecField::BackoffLimit;
    let limit = Origin::Field { source: ObjectSource::Manifest(0), field, rule: None, written: true };
    assert!(places.contains(&limit), "{places:?}");
}

#[test]
fn counterfactuals_are_found_by_recording_anew() {
    let case = Case::curated("evict_limit_zero");
    let found = case.what_if(&case.why(8_870, pod(1)));
    let endings: Vec<_> = found.iter().map(|found| (found.change.clone(), found.after.ending)).collect();
    assert!(
        matches!(
            endings.as_slice(),
            [
                (explain::Intervention::Field { field: SpecField::BackoffLimit, .. }, JobEnding::Complete(_)),
                (explain::Intervention::WithoutInput { number: 0, keyword: "evict", .. }, JobEnding::Complete(_)),
                (explain::Intervention::Ignore { .. }, JobEnding::Complete(_)),
            ]
        ),
        "{endings:?}"
    );
    for found in found {
        let text = found.change.text(&case.reading).expect("it can be written");
        let again = Recording::of(&job_playground::manifest::read(&text).scenario);
        assert_eq!(explain::RunSummary::of(&again, JobId(1)), found.after, "{text}");
    }
}

/// What is said about each what-if of a step: the change, and what comes of it.
fn told(case: &Case, why: &Why, lang: Lang) -> Vec<String> {
    let words = lang.explain();
    let told = |found: &explain::Counterfactual| {
        format!("{}: {}", words.change(&found.change).plain(), words.then(found).plain()).replace('\u{a0}', " ")
    };
    case.what_if(why).iter().map(told).collect()
}

fn job(spec: &str, scenario: &str) -> String {
    format!(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec: {{{spec}, template: {{spec: {{restartPolicy: Never, \
         containers: [{{name: m, image: b}}]}}}}}}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {{{scenario}}}\n"
    )
}

#[test]
fn what_ifs_teach() {
    let fails = |why: &Why| matches!(why.statement, Statement::JobFails { .. });
    let ignores = |why: &Why| matches!(why.statement, Statement::Retry { ignored: Some(_), .. });
    let overlaps = |why: &Why| matches!(why.statement, Statement::Created { beside: Some(_), .. });
    let on_failure = |text: String| text.replace("restartPolicy: Never", "restartPolicy: OnFailure");
    let policy =
        "backoffLimit: 1, podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {operator: In, values: [3]}}]}";
    let slow =
        "behaviors: [{run: 60s, onTerminate: {after: 20s, exitCode: 143}}], inputs: [{at: 12s, delete: {pod: 1}}]";
    for (text, is_meant, expected) in [
        (
            job("backoffLimit: 2", "behaviors: [{run: 5s, exitCode: 1}]"),
            &fails as &dyn Fn(&Why) -> bool,
            "backoffLimit: 7: No limit helps: every try ends with exit code 1, it only fails later",
        ),
        (
            on_failure(job("backoffLimit: 2", "behaviors: [{run: 5s, exitCode: 1}]")),
            &fails,
            "and the logs of all 3 tries stay",
        ),
        (
            job(policy, "behaviors: [{match: {attempt: 1}, run: 5s, exitCode: 3}]"),
            &ignores,
            "without podFailurePolicy: ",
        ),
        (job("podReplacementPolicy: TerminatingOrFailed", slow), &overlaps, "podReplacementPolicy: Failed: "),
    ] {
        let case = Case::of(&text);
        let mut whys = case.steps().filter_map(|step| case.why_at(step, case.recording.step(step).key));
        let why = whys.find(is_meant).unwrap_or_else(|| panic!("no such step: {text}"));
        let english = told(&case, &why, Lang::En);
        assert!(english.iter().any(|one| one.contains(expected)), "{english:#?}\n{text}");
        assert_eq!(told(&case, &why, Lang::Zh).len(), english.len());
    }
}

#[test]
fn an_oom_kill_is_no_disruption() {
    let policy = "podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}";
    let case = Case::of(&job(policy, "inputs: [{at: 5s, oomKill: {pod: 1}}]"));
    let retry = case.whys(JOB).find(|why| matches!(why.statement, Statement::Retry { .. }));
    assert_eq!(retry.map(|why| why.real_life.note), Some(Some(Note::OomIsExitCode)));
}

#[test]
fn two_pods_at_once_are_said_to_be() {
    let case = Case::of(&text(&root().join("src/examples/overlap.yaml")));
    let said: Vec<String> = case.whys(JOB).map(|why| case.said(&why, Lang::En)).collect();
    let expected = "Pod 1 is still stopping, until 0:32: both run at once.";
    assert!(said.iter().any(|said| said.starts_with("Pod 2 is created") && said.ends_with(expected)), "{said:#?}");
}

/// A pod that waits for its image is replaced when it is deleted, but nothing runs twice.
#[test]
fn a_pod_that_never_ran_does_not_run_beside_its_successor() {
    let image =
        text(&root().join("src/examples/image.yaml")) + "  inputs:\n  - {at: 20s, evict: {job: migrate, attempt: 1}}\n";
    let case = Case::of(&image);
    let said: Vec<String> = case.whys(JOB).map(|why| case.said(&why, Lang::En)).collect();
    assert!(said.iter().any(|said| said.starts_with("Pod 2 is created")), "{said:#?}");
    assert!(said.iter().all(|said| !said.contains("both run at once")), "{said:#?}");
}

#[test]
fn the_container_that_goes_on_is_named() {
    let case = Case::of(&text(&root().join("src/examples/sidecar.yaml")));
    let named = case.recording.steps().iter().flat_map(|step| case.recording.reasons(step)).find_map(|reason| {
        let names = Names::new(&case.recording, Some(pod(1)));
        let said = (Lang::En.reason().reason)(reason, names).plain();
        said.contains("goes on").then_some(said)
    });
    let expected = "Container report has ended with 0, but pod 1 goes on: container proxy still runs. A pod succeeds only when all its containers have ended.";
    assert_eq!(named.map(|said| said.replace('\u{a0}', " ")).as_deref(), Some(expected));
}

#[test]
fn a_patched_field_leads_to_the_patch() {
    let case = Case::curated("limit_lowered");
    let failed = case.whys(JOB).find(|why| matches!(why.statement, Statement::JobFails { .. }));
    let places = explain::origins(&failed.expect("the Job fails"));
    assert!(places.iter().any(|place| matches!(place, Origin::Input(_))), "{places:?}");
}

#[test]
fn what_is_waited_for_when_nothing_happens() {
    let case = Case::curated("backoff_limit_two_then_success");
    for (seconds, english, chinese) in [
        (4, "1 pod runs.", "1 个 Pod 在运行。"),
        (30, "Waiting for the back-off, until 0:44 (14 s left).", "正在回退等待，到 0:44（还剩 14 秒）。"),
        (8, "Something has changed: the controller looks at it at 0:08.225.", "有了变化：控制器在 0:08.225 处理。"),
        (
            60,
            "Finished: nothing more happens, and without a TTL it stays.",
            "已结束：不会再有变化，没有设置 TTL 就一直保留。",
        ),
    ] {
        let at = Time::from_seconds(seconds);
        let waiting = explain::waiting(&case.recording, &case.reading.scenario, JobId(1), at);
        let said = |lang: Lang| lang.explain().waiting(&waiting).plain().replace('\u{a0}', " ");
        assert_eq!((said(Lang::En).as_str(), said(Lang::Zh).as_str()), (english, chinese), "at {seconds} s");
    }
}

#[test]
fn decisions_can_be_stepped_through_both_ways() {
    let case = Case::curated("backoff_limit_two_then_success");
    let scenario = &case.reading.scenario;
    let mut forth = vec![StepId(0)];
    while let Some(next) = explain::next(&case.recording, scenario, forth[forth.len() - 1]) {
        forth.push(next.step);
    }
    let mut back = vec![forth[forth.len() - 1]];
    while let Some(previous) = explain::previous(&case.recording, scenario, back[back.len() - 1]) {
        back.push(previous.step);
    }
    back.reverse();
    assert_eq!(forth, back);
    assert!((8..=14).contains(&forth.len()), "{} stops", forth.len());
}

/// A sidecar is stopped when the last regular container has ended: that is its end, and it did not wait for a restart.
#[test]
fn a_sidecar_that_is_stopped_with_its_pod_ends_once() {
    let case = Case::of(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      \
         initContainers: [{name: proxy, image: envoy, restartPolicy: Always}]\n      \
         containers: [{name: main, image: busybox, command: [sleep, '5']}]\n",
    );
    let reasons = case.recording.steps().iter().flat_map(|step| case.recording.reasons(step));
    let ends: Vec<EndedBy> = reasons
        .filter_map(|reason| match reason {
            Reason::ContainerEnded { container: ContainerPlace::Init(0), by, .. } => Some(*by),
            _ => None,
        })
        .collect();
    assert_eq!(ends, [EndedBy::Sigterm]);
}
