//! What would have changed it: changed scenarios, recorded anew, and only those told that end differently.

use super::intervention::Intervention;
use super::link::Fact;
use super::origin::{Film, ObjectSource, Origin, SpecField};
use super::statement::{JobFailure, Statement};
use super::why::Why;
use crate::api::{ConditionType, Job, JobId, ObjectKey, Phase, PodId, RestartPolicy};
use crate::cluster::reason::{CountedAs, Reason};
use crate::order;
use crate::recording::{Object, Progress, Recorder, Recording, Verb};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use serde_json::{Value, json};
use std::rc::Rc;

/// How a Job ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobEnding {
    /// Complete.
    Complete(Time),
    /// Failed.
    Failed(Time),
    /// Not within the recording.
    Open,
    /// It was never there.
    Absent,
}

/// What is compared of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunSummary {
    /// How it ends.
    pub ending: JobEnding,
    /// When the Job goes away.
    pub gone: Option<Time>,
    /// Pods counted as failed.
    pub failed: u32,
    /// Pods made.
    pub pods: u32,
}

/// A change and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactual {
    /// The change.
    pub change: Intervention,
    /// How it is now.
    pub before: RunSummary,
    /// How it would be.
    pub after: RunSummary,
    /// When the selected step was.
    pub here: Time,
    /// The changed run in a strip: its pods one after the other.
    pub strip: Vec<StripPiece>,
}

/// What a change makes of a run: of all that differs, what matters most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The Job fails at the selected moment.
    FailsHere(Time),
    /// It ends in the same way, at another time.
    EndMoves {
        /// Complete or Failed.
        condition: ConditionType,
        /// When it ends without the change.
        was: Time,
        /// When it ends with the change.
        now: Time,
    },
    /// It ends in another way, or at all.
    Ends {
        /// Complete or Failed.
        condition: ConditionType,
        /// When.
        at: Time,
    },
    /// It no longer ends within the recording.
    DoesNotEnd,
    /// It ends as before, with so many failures counted.
    Failures(u32),
    /// It ends as before, and is deleted at another time.
    Deleted(Time),
    /// It ends as before, and is not deleted.
    Stays,
    /// It ends as before, with more pods or fewer.
    Pods {
        /// Without the change.
        was: u32,
        /// With the change.
        now: u32,
    },
}

/// A piece of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripPiece {
    /// A pod, and how it ended; `None` if it did not end by itself.
    Pod(Option<Phase>),
    /// A failed pod that was not counted.
    Ignored,
    /// A wait before the next pod.
    Wait,
    /// The Job failed.
    JobFailed,
}

/// Counterfactuals, found one by one so that nobody has to wait for them.
#[derive(Clone, Debug)]
pub struct WhatIf {
    scenario: Rc<Scenario>,
    job: JobId,
    here: Time,
    before: RunSummary,
    candidates: std::vec::IntoIter<Intervention>,
    running: Option<(Intervention, Recorder)>,
    found: Vec<Counterfactual>,
}

/// How many are told.
const ENOUGH: usize = 3;
/// A changed run that goes on for longer than this is not worth the wait.
const MOST_STEPS: usize = 50_000;

impl WhatIf {
    /// For an answer; nothing happens yet.
    pub fn new(recording: &Recording, scenario: Rc<Scenario>, why: &Why) -> Option<WhatIf> {
        let job = job_of(Film { recording, scenario: &scenario }, why)?;
        let candidates = candidates(Film { recording, scenario: &scenario }, why, job).into_iter();
        let before = RunSummary::of(recording, job);
        Some(WhatIf { scenario, job, here: why.at, before, candidates, running: None, found: Vec::new() })
    }

    /// Goes on for about `steps` steps; `false` when there is nothing more to find.
    pub fn advance(&mut self, steps: usize) -> bool {
        let Some((change, mut recorder)) = self.running.take() else {
            let next = if self.found.len() < ENOUGH { self.candidates.next() } else { None };
            let Some(change) = next else {
                return false;
            };
            self.running = change.apply(&self.scenario).map(|changed| (change, Recorder::new(&changed)));
            return true;
        };
        if recorder.advance(steps) == Progress::More {
            if recorder.recording().steps().len() < MOST_STEPS {
                self.running = Some((change, recorder));
            }
            return true;
        }
        let recording = recorder.into_recording();
        let after = RunSummary::of(&recording, self.job);
        if self.is_worth_telling(&change, after) {
            let strip = strip(&recording, self.job);
            self.found.push(Counterfactual { change, before: self.before, after, here: self.here, strip });
        }
        true
    }

    /// What has been found so far.
    pub fn found(&self) -> &[Counterfactual] {
        &self.found
    }

    /// Different, and not the same change a second time with another number.
    fn is_worth_telling(&self, change: &Intervention, after: RunSummary) -> bool {
        let same_field = |known: &Intervention| match (known, change) {
            (Intervention::Field { field: a, .. }, Intervention::Field { field: b, .. }) => a == b,
            (Intervention::Quota(_), Intervention::Quota(_)) => true,
            _ => false,
        };
        after != self.before
            && after.ending != JobEnding::Absent
            && !self.found.iter().any(|known| same_field(&known.change) && known.after.ending == after.ending)
            && !self.found.iter().any(|known| known.after == after && same_field(&known.change))
    }
}

impl RunSummary {
    /// Of a Job in a recording.
    pub fn of(recording: &Recording, job: JobId) -> RunSummary {
        let mut outcome = RunSummary { ending: JobEnding::Absent, gone: None, failed: 0, pods: 0 };
        for version in recording.history(ObjectKey::Job(job)) {
            let Object::Job(object) = &version.object else {
                continue;
            };
            outcome.failed = object.status.failed;
            outcome.gone = (version.verb == Verb::Remove).then(|| recording.written_at(version));
            outcome.ending = match object.status.finished() {
                Some(condition) if condition.condition_type == ConditionType::Complete => {
                    JobEnding::Complete(condition.since)
                }
                Some(condition) => JobEnding::Failed(condition.since),
                None => JobEnding::Open,
            };
        }
        outcome.pods = pods_of(recording, job).count() as u32;
        outcome
    }
}

fn pods_of(recording: &Recording, job: JobId) -> impl Iterator<Item = PodId> + '_ {
    recording.pods().filter(move |pod| {
        let first = recording.history(ObjectKey::Pod(*pod)).next().map(|version| &version.object);
        matches!(first, Some(Object::Pod(pod)) if pod.birth.job == job)
    })
}

fn job_of(film: Film<'_>, why: &Why) -> Option<JobId> {
    match why.key? {
        ObjectKey::Job(job) => Some(job),
        ObjectKey::Pod(pod) => match film.last_seen(ObjectKey::Pod(pod), why.selected.step)? {
            Object::Pod(pod) => Some(pod.birth.job),
            Object::Job(_) | Object::CronJob(_) => None,
        },
        ObjectKey::CronJob(_) => None,
    }
}

/// Changes that may make a difference, the most instructive first.
fn candidates(film: Film<'_>, why: &Why, job: JobId) -> Vec<Intervention> {
    let step = why.selected.step;
    let Some((source, object)) = film.source(ObjectKey::Job(job)).zip(film.job(job, step)) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    let mut set = |field: SpecField, values: &[Value]| {
        changes.extend(values.iter().map(|value| Intervention::Field { source, field, value: value.clone() }));
    };
    let spec = &object.spec;
    match &why.statement {
        Statement::Retry { budget: Some(budget), ignored: None, .. } if budget.used > 0 => {
            set(SpecField::BackoffLimit, &[json!(budget.used - 1)]);
        }
        Statement::JobFails { failure, .. } => for_failure(failure, &mut set, object),
        Statement::IndexGivenUp { failures, .. } => {
            set(SpecField::BackoffLimitPerIndex, &[json!(failures), json!(failures * 2)]);
        }
        Statement::IndexRetry { failures, .. } => {
            set(SpecField::BackoffLimitPerIndex, &[json!(failures.saturating_sub(1))]);
        }
        Statement::Created { .. } | Statement::JobCompletes { .. } | Statement::Succeeded { .. } => {
            let parallelism = u32::try_from(spec.parallelism).unwrap_or(0);
            if spec.completions.is_some_and(|completions| completions > spec.parallelism) {
                set(SpecField::Parallelism, &[json!(parallelism + 1)]);
            }
            let failed = RunSummary::of(film.recording, job).failed;
            if failed > 0 {
                set(SpecField::BackoffLimit, &[json!(failed - 1)]);
            }
        }
        Statement::SlotsHeld { .. } => set(SpecField::PodReplacementPolicy, &[json!("TerminatingOrFailed")]),
        Statement::EndWaits { .. } | Statement::Ended { .. } => {
            set(SpecField::TerminationGracePeriodSeconds, &[json!(2)]);
        }
        Statement::Reason(reason) => for_reason(reason, &mut set, object),
        _ => {}
    }
    if let Statement::Refused { limited, .. } = why.statement {
        changes.extend([Intervention::Quota(None), Intervention::Quota(Some(limited + 1))]);
    }
    let inputs = why.chain.iter().filter_map(|link| match link.origin {
        Some(Origin::Input(number)) => Some(number),
        _ => None,
    });
    let selected = match why.statement {
        Statement::Input { number, .. } => Some(number),
        _ => None,
    };
    changes.extend(order::set(inputs.chain(selected)).into_items().filter_map(|number| {
        let input = film.scenario.inputs.get(number as usize)?;
        Some(Intervention::WithoutInput { number, keyword: input.action.keyword(), at: input.at })
    }));
    changes.extend(ignoring(why, source, object));
    changes
}

fn for_failure(failure: &JobFailure, set: &mut impl FnMut(SpecField, &[Value]), object: &Job) {
    match *failure {
        JobFailure::BackoffLimit { failed, .. } => {
            set(SpecField::BackoffLimit, &[json!(failed), json!(failed + 1), json!(failed * 2 + 1)]);
        }
        JobFailure::Restarts { restarts, .. } => {
            set(SpecField::BackoffLimit, &[json!(restarts + 1), json!(restarts * 2 + 1)]);
            set(SpecField::RestartPolicy, &[json!("Never")]);
        }
        JobFailure::Deadline { .. } => {
            let deadline = object.spec.active_deadline_seconds.unwrap_or(1).max(1);
            set(SpecField::ActiveDeadlineSeconds, &[json!(deadline * 2), json!(deadline * 4), Value::Null]);
        }
        JobFailure::Rule { .. } => set(SpecField::PodFailurePolicy, &[Value::Null]),
        JobFailure::MaxFailedIndexes { failed, .. } => set(SpecField::MaxFailedIndexes, &[json!(failed)]),
        JobFailure::FailedIndexes { .. } => {
            let limit = object.spec.backoff_limit_per_index.unwrap_or(0);
            set(SpecField::BackoffLimitPerIndex, &[json!(limit + 1), json!(limit * 2 + 2)]);
        }
    }
}

fn for_reason(reason: &crate::cluster::reason::Reason, set: &mut impl FnMut(SpecField, &[Value]), object: &Job) {
    match reason {
        Reason::TtlRuns { .. } | Reason::TtlExpired { .. } => {
            let ttl = object.spec.ttl_seconds_after_finished.unwrap_or(0);
            set(SpecField::TtlSecondsAfterFinished, &[json!(ttl * 2 + 60), Value::Null]);
        }
        Reason::WillRestart { .. } | Reason::Restarted { .. } => {
            set(SpecField::RestartPolicy, &[json!("Never")]);
            set(SpecField::BackoffLimit, &[json!(0)]);
        }
        Reason::StopBegan { .. } | Reason::DeletionBegan { .. } => {
            set(SpecField::TerminationGracePeriodSeconds, &[json!(2)]);
        }
        _ => {}
    }
}

/// A policy that ignores the failures in the chain, where there is none yet and one is allowed.
fn ignoring(why: &Why, source: ObjectSource, object: &Job) -> Option<Intervention> {
    if object.spec.pod_failure_policy.is_some() || object.spec.template.restart_policy != RestartPolicy::Never {
        return None;
    }
    let mut exit_codes: Vec<i32> = Vec::new();
    let mut disrupted = false;
    for link in &why.chain {
        match &link.fact {
            Fact::PodEnded { exit_code, .. } if *exit_code != 0 => exit_codes.push(*exit_code),
            Fact::Input { input, .. } => disrupted |= input.action.is_disruption(),
            _ => {}
        }
    }
    order::sort(&mut exit_codes);
    exit_codes.dedup();
    let rule = if disrupted {
        json!({"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]})
    } else if exit_codes.is_empty() {
        return None;
    } else {
        json!({"action": "Ignore", "onExitCodes": {"operator": "In", "values": exit_codes}})
    };
    Some(Intervention::Ignore { source, policy: json!({ "rules": [rule] }) })
}

/// How many pods a strip shows.
const STRIP_PODS: usize = 4;

fn strip(recording: &Recording, job: JobId) -> Vec<StripPiece> {
    let mut strip = Vec::new();
    let mut last_end: Option<Time> = None;
    for pod in pods_of(recording, job).take(STRIP_PODS) {
        let mut created = Time::ZERO;
        let mut ended = None;
        for (number, version) in recording.history(ObjectKey::Pod(pod)).enumerate() {
            let Object::Pod(object) = &version.object else {
                continue;
            };
            if number == 0 {
                created = recording.written_at(version);
            }
            if ended.is_none() && object.phase.is_terminal() {
                ended = Some((recording.written_at(version), object.phase));
            }
        }
        if last_end.is_some_and(|end| created - end > Span::from_seconds(5)) {
            strip.push(StripPiece::Wait);
        }
        let ignored = is_ignored(recording, pod);
        strip.push(if ignored { StripPiece::Ignored } else { StripPiece::Pod(ended.map(|(_, phase)| phase)) });
        last_end = ended.map(|(end, _)| end);
    }
    if matches!(RunSummary::of(recording, job).ending, JobEnding::Failed(_)) {
        strip.push(StripPiece::JobFailed);
    }
    strip
}

fn is_ignored(recording: &Recording, pod: PodId) -> bool {
    recording.history(ObjectKey::Pod(pod)).any(|version| {
        let reasons = recording.reasons(recording.step(version.step));
        reasons.iter().any(|reason| match reason {
            Reason::Counted { pod: counted, counted: CountedAs::Ignored { .. } } => *counted == pod,
            _ => false,
        })
    })
}

impl Counterfactual {
    /// The run without a field of a Job that is written in the text; `None` where that cannot be told, or takes more
    /// than `steps` steps. How a dot beside the field is checked: the chain of reasons says that it decided something,
    /// this says what would be without it.
    pub fn without(
        film: (&Recording, &Scenario),
        source: ObjectSource,
        field: SpecField,
        steps: usize,
    ) -> Option<Self> {
        let (recording, scenario) = film;
        let (ObjectSource::Manifest(number) | ObjectSource::JobTemplate(number)) = source else { return None };
        let name = &scenario.manifests.get(number as usize)?.value["metadata"]["name"];
        let job = recording.jobs().find(|job| {
            let first = recording.history(ObjectKey::Job(*job)).next().map(|version| &version.object);
            match first {
                Some(Object::Job(object)) => {
                    matches!(source, ObjectSource::JobTemplate(_)) || *name == *object.meta.name
                }
                _ => false,
            }
        })?;
        let change = Intervention::Field { source, field, value: Value::Null };
        let mut recorder = Recorder::new(&change.apply(scenario)?);
        if field.is_of_cron_job() || recorder.advance(steps) == Progress::More {
            return None;
        }
        let changed = recorder.into_recording();
        let (before, after) = (RunSummary::of(recording, job), RunSummary::of(&changed, job));
        // No moment is meant: before all of them.
        let here = Time::from_millis(-1_000_000);
        Some(Counterfactual { change, before, after, here, strip: strip(&changed, job) })
    }

    /// Whether nothing would be different of what is compared.
    pub fn is_same(&self) -> bool {
        self.before == self.after
    }

    /// The difference that is worth telling.
    pub fn difference(&self) -> Difference {
        let (before, after) = (&self.before, &self.after);
        let (complete, failed) = (ConditionType::Complete, ConditionType::Failed);
        match (before.ending, after.ending) {
            (_, JobEnding::Failed(end)) if self.fails_here() => Difference::FailsHere(end),
            (JobEnding::Complete(was), JobEnding::Complete(now)) if was != now => {
                Difference::EndMoves { condition: complete, was, now }
            }
            (JobEnding::Failed(was), JobEnding::Failed(now)) if was != now => {
                Difference::EndMoves { condition: failed, was, now }
            }
            (JobEnding::Failed(_) | JobEnding::Open | JobEnding::Absent, JobEnding::Complete(at)) => {
                Difference::Ends { condition: complete, at }
            }
            (JobEnding::Complete(_) | JobEnding::Open | JobEnding::Absent, JobEnding::Failed(at)) => {
                Difference::Ends { condition: failed, at }
            }
            (JobEnding::Complete(_) | JobEnding::Failed(_), JobEnding::Open | JobEnding::Absent) => {
                Difference::DoesNotEnd
            }
            _ if before.failed != after.failed => Difference::Failures(after.failed),
            _ if before.gone != after.gone => after.gone.map_or(Difference::Stays, Difference::Deleted),
            _ => Difference::Pods { was: before.pods, now: after.pods },
        }
    }

    /// Whether the Job would fail at this very moment, or at once after it.
    pub fn fails_here(&self) -> bool {
        match self.after.ending {
            JobEnding::Failed(at) => {
                let difference = at.millis() - self.here.millis();
                (-1000..=2000).contains(&difference)
            }
            JobEnding::Complete(_) | JobEnding::Open | JobEnding::Absent => false,
        }
    }
}
