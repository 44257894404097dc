//! What a Job or CronJob waits for at a time when nothing happens.

use super::film::Film;
use super::spec_field::SpecField;
use super::sync::SyncStep;
use crate::api::{ConditionType, JobId, ObjectKey, Phase};
use crate::cluster::reason::{Check, Reason, StepId, Wake};
use crate::recording::{Object, Recording};
use crate::scenario::Scenario;
use crate::time::{Span, Time};

/// What is being waited for.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting {
    /// What must happen next, the most important first; never empty.
    pub waits: Vec<WaitingFor>,
    pub slots: Option<PodSlots>,
    /// The last sync of the Job, where its decision can be seen.
    pub step: Option<StepId>,
}

/// How many pods may be active, and how many of these slots are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PodSlots {
    /// Active pods, and terminating ones that are not replaced yet.
    pub used: u32,
    /// How many pods may be active now.
    pub wanted: u32,
}

/// One thing that is waited for.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingFor {
    /// The wait after failures.
    Backoff {
        /// When it is over.
        until: Time,
        /// How much is left.
        left: Span,
    },
    /// The wait of an index.
    IndexBackoff {
        index: u32,
        /// When it is over.
        until: Time,
        /// How much is left.
        left: Span,
    },
    /// Pods that run must end.
    Running(u32),
    /// Pods that are pending must start.
    Pending(u32),
    /// Pods that are being stopped must stop.
    Stopping(u32),
    /// The end is decided and waits for pods to stop.
    EndWaits(u32),
    /// The next sync, up to one second after a change (JC-28).
    Batch { at: Time },
    /// The quota refused a pod; it is tried again.
    Quota {
        /// When, if that is known.
        again: Option<Time>,
    },
    /// Somebody must resume it.
    Suspended,
    /// Another controller's business.
    ManagedByOther,
    /// parallelism is 0.
    NoPodsWanted,
    /// The TTL must run out.
    Ttl {
        /// When it is over.
        until: Time,
        /// How much is left.
        left: Span,
    },
    /// Nothing: it has finished, and no TTL is set.
    Finished,
    /// Nothing: it is gone.
    Gone,
    /// It is not there yet.
    NotYetCreated,
    /// The next run of the CronJob.
    NextRun { at: Time },
    /// Nothing that is known.
    Nothing,
}

/// What a Job waits for right after everything that happens at `at`.
pub fn waiting(recording: &Recording, scenario: &Scenario, job: JobId, at: Time) -> Waiting {
    let film = Film { recording, scenario };
    let key = ObjectKey::Job(job);
    let Some(object) = recording.job_at(job, at) else {
        let created = recording.history(key).next().is_some_and(|version| recording.written_at(version) <= at);
        let wait = if created { WaitingFor::Gone } else { WaitingFor::NotYetCreated };
        return Waiting { waits: vec![wait], ..Waiting::default() };
    };
    let last = last_sync(film, job, at);
    let step = last.map(|sync| sync.id);
    if object.is_finished() {
        let wait = ttl(film, job, at).unwrap_or(WaitingFor::Finished);
        return Waiting { waits: vec![wait], slots: None, step };
    }
    if object.spec.managed_by.as_deref().is_some_and(|manager| manager != "kubernetes.io/job-controller") {
        return Waiting { waits: vec![WaitingFor::ManagedByOther], slots: None, step };
    }
    let status = &object.status;
    let terminating = status.terminating.unwrap_or(0);
    let ending = [ConditionType::FailureTarget, ConditionType::SuccessCriteriaMet]
        .iter()
        .any(|interim| status.true_condition(*interim).is_some());
    if ending {
        return Waiting { waits: vec![WaitingFor::EndWaits(terminating)], slots: None, step };
    }
    if object.spec.suspend {
        return Waiting { waits: vec![WaitingFor::Suspended], slots: None, step };
    }
    let mut waits = Vec::new();
    if let Some(last) = last.filter(|last| !is_forgotten(recording, last.id, at)) {
        waits.extend(decided(last, at));
    }
    let pods = count(recording, job, at).unwrap_or(Pods {
        running: status.ready.unwrap_or(0),
        pending: status.active.saturating_sub(status.ready.unwrap_or(0)),
        stopping: terminating,
    });
    waits.extend((pods.running > 0).then_some(WaitingFor::Running(pods.running)));
    waits.extend((pods.pending > 0).then_some(WaitingFor::Pending(pods.pending)));
    waits.extend((pods.stopping > 0).then_some(WaitingFor::Stopping(pods.stopping)));
    if waits.is_empty() {
        waits.extend(batch(recording, job, at));
    }
    if waits.is_empty() {
        waits.push(if object.spec.parallelism == 0 { WaitingFor::NoPodsWanted } else { WaitingFor::Nothing });
    }
    // That the only slot is taken goes without saying.
    let slots = last
        .and_then(|sync| sync.wanted())
        .filter(|(wanted, _)| *wanted > 1)
        .map(|(wanted, holding)| PodSlots { used: pods.running + pods.pending + holding.min(pods.stopping), wanted });
    Waiting { waits, slots, step }
}

/// Pods of a Job by what they do.
struct Pods {
    running: u32,
    pending: u32,
    stopping: u32,
}

/// With more pods than this the counts of the Job's status are used, which are at most a second behind.
const FEW: usize = 2_000;

fn count(recording: &Recording, job: JobId, at: Time) -> Option<Pods> {
    if recording.pods().nth(FEW).is_some() {
        return None;
    }
    let mut pods = Pods { running: 0, pending: 0, stopping: 0 };
    for pod in recording.pods_at(at).filter(|pod| pod.owner == Some(job)) {
        let count = match pod.phase {
            _ if pod.is_terminating() => &mut pods.stopping,
            Phase::Running => &mut pods.running,
            Phase::Pending => &mut pods.pending,
            Phase::Succeeded | Phase::Failed => continue,
        };
        *count += 1;
    }
    Some(pods)
}

/// Whether the controllers were restarted after a sync: they know nothing of the waits that it decided on.
fn is_forgotten(recording: &Recording, sync: StepId, at: Time) -> bool {
    let later = recording.steps()[sync.0 as usize + 1..].iter().take_while(|step| step.at <= at);
    later.flat_map(|step| recording.reasons(step)).any(|reason| matches!(reason, Reason::MemoryLost))
}

/// What the last sync decided to wait for.
fn decided(sync: SyncStep<'_>, at: Time) -> Vec<WaitingFor> {
    let again = sync.comes_back(|wake| matches!(wake, Wake::Retry(_)));
    let waits = sync.reasons.iter().filter_map(|reason| match *reason {
        Reason::CreationHeldBack { until, .. } if until > at => Some(WaitingFor::Backoff { until, left: until - at }),
        Reason::IndexHeldBack { index, until, .. } if until > at => {
            Some(WaitingFor::IndexBackoff { index, until, left: until - at })
        }
        Reason::CreationRefused { .. } => Some(WaitingFor::Quota { again }),
        _ => None,
    });
    waits.collect()
}

/// The sync that follows a change within a second.
fn batch(recording: &Recording, job: JobId, at: Time) -> Option<WaitingFor> {
    let next = recording.steps().partition_point(|step| step.at <= at);
    let soon = recording.steps()[next..].iter().take_while(|step| step.at - at <= Span::from_seconds(1));
    let mut syncs = soon.filter(|step| step.key == Some(ObjectKey::Job(job)));
    let sync = syncs.find(|step| {
        let seen = step.trigger.cause.is_some_and(|cause| recording.step(cause).at <= at);
        matches!(step.trigger.wake, Wake::Batched(ObjectKey::Pod(_))) && seen
    })?;
    Some(WaitingFor::Batch { at: sync.at })
}

fn ttl(film: Film<'_>, job: JobId, at: Time) -> Option<WaitingFor> {
    let last = StepId(film.recording.steps().partition_point(|step| step.at <= at).checked_sub(1)? as u32);
    film.setting(ObjectKey::Job(job), SpecField::TtlSecondsAfterFinished, last)?;
    let object = film.recording.job_at(job, at)?;
    let finished = object.status.finished()?.since;
    let until = finished + Span::from_seconds(object.spec.ttl_seconds_after_finished?);
    Some(WaitingFor::Ttl { until, left: until - at })
}

/// The last sync at or before a time that asked anything.
pub(super) fn last_sync<'a>(film: Film<'a>, job: JobId, at: Time) -> Option<SyncStep<'a>> {
    let end = film.recording.steps().partition_point(|step| step.at <= at) as u32;
    let mut syncs = (0..end).rev().filter_map(|id| SyncStep::of(film, StepId(id))).filter(|sync| sync.job == job);
    syncs.find(|sync| sync.answer(Check::BackoffLimit).is_some() || !sync.reasons.is_empty())
}

/// What a CronJob waits for.
pub fn waiting_schedule(recording: &Recording, key: ObjectKey, at: Time) -> Waiting {
    let wait = match recording.object_at(key, at) {
        Some(Object::CronJob(cron_job)) if cron_job.spec.suspend => WaitingFor::Suspended,
        Some(_) => next_run(recording, key, at).map_or(WaitingFor::Nothing, |at| WaitingFor::NextRun { at }),
        None => WaitingFor::Gone,
    };
    Waiting { waits: vec![wait], ..Waiting::default() }
}

fn next_run(recording: &Recording, key: ObjectKey, at: Time) -> Option<Time> {
    let end = recording.steps().partition_point(|step| step.at <= at);
    let told = recording.steps()[..end].iter().rev().filter(|step| step.key == Some(key)).find_map(|step| {
        recording.reasons(step).iter().find_map(|reason| match *reason {
            Reason::NothingScheduled { next } => next,
            Reason::ComesBack { at, wake: Wake::Schedule } => Some(at),
            _ => None,
        })
    })?;
    (told > at).then_some(told)
}
