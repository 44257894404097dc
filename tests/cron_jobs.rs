//! What the CronJob controller decides and why, where the recorded traces show only that nothing happened; and how a
//! recording with a CronJob ends: tests/cron_jobs/decisions.txt.

use job_playground::cluster::reason::{Component, Reason};
use job_playground::manifest;
use job_playground::recording::{End, Recording};
use job_playground::scenario::Scenario;
use job_playground::time::Time;
use support::{expect_answers, root};

/// The scenario of an input: `cron {spec}`, `scenario {spec}`, both in flow style.
fn scenario(input: &str) -> Scenario {
    let mut lines = input.lines();
    let mut spec = |keyword: &str| {
        let line = lines.next().and_then(|line| line.strip_prefix(keyword)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {keyword} in\n{input}"))
    };
    let (cron_job, scenario) = (spec("cron"), spec("scenario"));
    let cron_job = cron_job.trim_end_matches('}');
    let text = format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: tick}}\nspec: {cron_job}, jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: main, image: busybox}}]}}}}}}}}}}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {scenario}\n",
    );
    let reading = manifest::read(&text);
    assert!(reading.diagnostics.is_empty(), "{:?}\n{text}", reading.diagnostics);
    reading.scenario.with_time_zones()
}

/// A decision in a few words.
fn words(reason: &Reason) -> Option<String> {
    let time = |at: &Time| (*at - Time::ZERO).to_string();
    Some(match reason {
        Reason::NothingScheduled { next: Some(next) } => format!("next {}", time(next)),
        Reason::NothingScheduled { next: None } => "no next".to_owned(),
        Reason::RunStarted { scheduled, job, missed } => {
            format!("start job {} for {}, {missed} missed", job.0, time(scheduled))
        }
        Reason::AlreadyRun { scheduled } => format!("done {}", time(scheduled)),
        Reason::RunForbidden { scheduled, active } => format!("forbid {}, {active} active", time(scheduled)),
        Reason::RunMissed { scheduled, late, deadline } => {
            format!("missed {} by {late} of {deadline}", time(scheduled))
        }
        Reason::RunOverlooked { scheduled, interval } => {
            format!("overlooked {}, looking back {interval}", time(scheduled))
        }
        Reason::TooManyMissed(missed) => format!("too many: {missed}"),
        Reason::JobNameTaken { scheduled, job } => format!("name taken {} by job {}", time(scheduled), job.0),
        Reason::RunFinished(job) => format!("finished job {}", job.0),
        Reason::CronSuspended => "suspended".to_owned(),
        Reason::ScheduleNeverDue => "never due".to_owned(),
        Reason::ScheduleUnreadable(why) => format!("unreadable: {why}"),
        _ => return None,
    })
}

fn decisions(input: &str) -> String {
    let recording = Recording::of(&scenario(input));
    let mut found: Vec<(Time, String)> = Vec::new();
    for step in recording.steps().iter().filter(|step| step.component == Component::CronJobController) {
        for decision in recording.reasons(step).iter().filter_map(words) {
            if found.iter().all(|(_, known)| *known != decision) {
                found.push((step.at, decision));
            }
        }
    }
    let mut lines: Vec<String> =
        found.into_iter().map(|(at, words)| format!("{} {words}", at.millis() as f64 / 1000.0)).collect();
    if let Some((end, at)) = recording.end() {
        let end = match end {
            End::Settled => "settled",
            End::Horizon => "at the horizon",
            End::Limit => "at the limit",
            End::Full(_) => "when it is full",
            End::Stopped => "where it was stopped",
            End::Cut => "where it is cut",
        };
        lines.push(format!("ends {end} at {}", at - Time::ZERO));
    }
    lines.join("\n")
}

#[test]
fn each_decision_leaves_its_reason() {
    expect_answers(&root().join("tests/cron_jobs/decisions.txt"), decisions);
}

#[test]
fn without_zone_data_nothing_runs_and_an_event_says_so() {
    let with = scenario("cron {schedule: \"* * * * *\", timeZone: Asia/Shanghai}\nscenario {until: 2m}\n");
    assert!(with.needs_time_zones() && Recording::of(&with).jobs().count() == 1);
    let recording = Recording::of(&Scenario { time_zones: None, ..with });
    let events: Vec<_> = recording.steps().iter().flat_map(|step| recording.events(step)).collect();
    assert_eq!(recording.jobs().count(), 0);
    assert_eq!(events.first().map(|event| event.reason), Some("UnknownTimeZone"));
}
