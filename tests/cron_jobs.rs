//! What the CronJob controller decides and why, where the recorded traces show only that nothing happened; and how long
//! a recording with a CronJob is. One table: a CronJob, a Scenario, and the reasons by time.

use job_playground::cluster::reason::{Component, Reason};
use job_playground::manifest;
use job_playground::recording::{End, Recording};
use job_playground::scenario::Scenario;
use job_playground::time::Time;

struct Case {
    name: &'static str,
    /// The spec of the CronJob, without jobTemplate, in flow style.
    spec: &'static str,
    /// The spec of the Scenario, in flow style. It starts at 2000-01-01T12:00:00Z, a Saturday.
    scenario: &'static str,
    /// Each decision once, at its first time.
    expected: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "every run starts a tenth of a second after its time",
        spec: r#"{schedule: "*/5 * * * *"}"#,
        scenario: "{until: 11m}",
        expected: &[
            "0 next 5m",
            "300.1 start job 1 for 5m, 0 missed",
            "300.1 next 10m",
            "312.6 finished job 1",
            "600.1 start job 2 for 10m, 0 missed",
            "600.1 next 15m",
            "612.6 finished job 2",
        ],
    },
    Case {
        name: "Forbid says what it waits for, and the run starts late",
        spec: r#"{schedule: "* * * * *", concurrencyPolicy: Forbid}"#,
        scenario: "{until: 135s, behaviors: [{run: 70s}]}",
        expected: &[
            "0 next 1m",
            "60.1 start job 1 for 1m, 0 missed",
            "60.1 next 2m",
            "120.1 forbid 2m, 1 active",
            "132.6 finished job 1",
            "132.6 start job 2 for 2m, 0 missed",
            "132.6 next 3m",
        ],
    },
    Case {
        name: "Forbid with a deadline: the time in which it may start goes by",
        spec: r#"{schedule: "*/2 * * * *", concurrencyPolicy: Forbid, startingDeadlineSeconds: 30}"#,
        scenario: "{until: 305s, behaviors: [{run: 180s}]}",
        expected: &[
            "0 next 2m",
            "120.1 start job 1 for 2m, 0 missed",
            "120.1 next 4m",
            "240.1 forbid 4m, 1 active",
            "302.6 finished job 1",
            "302.6 missed 4m by 1m2.6s of 30s",
            "302.6 next 6m",
        ],
    },
    Case {
        name: "a deadline of nothing lets no run start",
        spec: r#"{schedule: "* * * * *", startingDeadlineSeconds: 0}"#,
        scenario: "{until: 70s}",
        expected: &["0 next 1m", "60.1 missed 1m by 100ms of 0s", "60.1 next 2m"],
    },
    Case {
        name: "suspended for a while: the latest run is made up for, the others are counted",
        spec: r#"{schedule: "* * * * *", suspend: true}"#,
        scenario: "{until: 201s, inputs: [{at: 200s, patch: {spec: {suspend: false}}}]}",
        expected: &["0 suspended", "200 start job 1 for 3m, 2 missed", "200 next 4m"],
    },
    Case {
        name: "suspended for long: the controller warns, and starts the latest run all the same",
        spec: r#"{schedule: "* * * * *", suspend: true}"#,
        scenario: "{until: 6061s, inputs: [{at: 6060s, patch: {spec: {suspend: false}}}]}",
        expected: &["0 suspended", "6060 too many: 101", "6060 start job 1 for 1h41m, 100 missed", "6060 next 1h42m"],
    },
    Case {
        name: "times that are not evenly spaced: a missed run that the controller does not find",
        spec: r#"{schedule: "10,20 12 * * *", suspend: true}"#,
        scenario: "{until: 2h1s, inputs: [{at: 2h, patch: {spec: {suspend: false}}}]}",
        expected: &["0 suspended", "7200 overlooked 20m, looking back 10m", "7200 next 24h10m"],
    },
    Case {
        name: "two times in one minute: the second finds its name taken",
        spec: r#"{schedule: "@every 40s"}"#,
        scenario: r#"{startTime: "2000-01-01T12:00:30Z", until: 81s, behaviors: [{run: 1s}]}"#,
        expected: &[
            "0 next 40s",
            "40.1 start job 1 for 40s, 0 missed",
            "40.1 next 1m20s",
            "42.6 finished job 1",
            "80.1 name taken 1m20s by job 1",
        ],
    },
    Case {
        name: "a time that never comes",
        spec: r#"{schedule: "0 0 31 2 *"}"#,
        scenario: "{}",
        expected: &["0 never due", "ends settled at 0s"],
    },
    Case {
        name: "without until, a recording ends with the sixth scheduled time",
        spec: r#"{schedule: "@hourly", suspend: true}"#,
        scenario: "{inputs: [{at: 500h, patch: {spec: {suspend: false}}}]}",
        expected: &["0 suspended", "ends at the horizon at 6h"],
    },
    Case {
        name: "… but after 400 days at most",
        spec: r#"{schedule: "0 12 1 6 *", timeZone: Europe/Paris}"#,
        scenario: "{}",
        expected: &[
            "0 next 3646h",
            "13125600.1 start job 1 for 3646h, 0 missed",
            "13125600.1 next 12406h",
            "13125612.6 finished job 1",
            "ends at the horizon at 9600h",
        ],
    },
    Case {
        name: "a CronJob that is gone is waited for no more",
        spec: r#"{schedule: "@hourly"}"#,
        scenario: "{inputs: [{at: 10s, delete: {kind: CronJob}}]}",
        expected: &["0 next 1h", "ends settled at 10s"],
    },
];

fn scenario(case: &Case) -> Scenario {
    let text = format!(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: tick}}\nspec: {}, jobTemplate: {{spec: {{template: {{spec: {{restartPolicy: Never, containers: [{{name: main, image: busybox}}]}}}}}}}}}}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {}\n",
        case.spec.trim_end_matches('}'),
        case.scenario,
    );
    let reading = manifest::read(&text);
    assert!(reading.diagnostics.is_empty(), "{}: {:?}\n{text}", case.name, reading.diagnostics);
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

#[test]
fn each_decision_leaves_its_reason() {
    let mut differences = Vec::new();
    for case in CASES {
        let recording = Recording::of(&scenario(case));
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
        if let Some((end, at)) = recording.end()
            && case.expected.iter().any(|line| line.starts_with("ends"))
        {
            let end = match end {
                End::Settled => "settled",
                End::Horizon => "at the horizon",
                End::Limit => "at the limit",
                End::Full => "when it is full",
            };
            lines.push(format!("ends {end} at {}", at - Time::ZERO));
        }
        if lines != case.expected {
            differences.push(format!("{}\n  expected {:#?}\n  found {lines:#?}", case.name, case.expected));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn without_zone_data_nothing_runs_and_the_event_says_so() {
    let case = Case {
        name: "a zone",
        spec: r#"{schedule: "* * * * *", timeZone: Asia/Shanghai}"#,
        scenario: "{until: 2m}",
        expected: &[],
    };
    let with = scenario(&case);
    assert!(with.needs_time_zones() && Recording::of(&with).jobs().count() == 1);
    let recording = Recording::of(&Scenario { time_zones: None, ..with });
    let events: Vec<_> = recording.steps().iter().flat_map(|step| recording.events(step)).collect();
    assert_eq!(recording.jobs().count(), 0);
    assert_eq!(events.first().map(|event| event.reason), Some("UnknownTimeZone"));
}
