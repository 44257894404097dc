//! The CronJob lane: a tick per scheduled time, filled where a Job was started, hollow with its reason where not.

use super::Mark;
use super::facts::Facts;
use crate::api::schedule::Schedule;
use crate::api::time_zone::TimeZone;
use crate::api::{CronJobId, JobId, Name, ObjectKey};
use crate::cluster::reason::Reason;
use crate::recording::{Object, Recording, Verb};
use crate::scenario::Scenario;
use crate::time::Time;
use crate::time::calendar::Civil;

/// The lane of a CronJob.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct CronLane {
    pub cron_job: CronJobId,
    pub name: Name,
    pub created: Mark,
    /// Its scheduled times, as far as the controller looked at them.
    pub ticks: Vec<CronTick>,
    /// When its object was removed, or the end of the timeline.
    pub until: Time,
    /// When the run began, in seconds since 1970, and where its schedule is at home.
    started: i64,
    zone: TimeZone,
}

impl CronLane {
    /// What a wall clock shows where the schedule is at home.
    pub fn wall_clock(&self, at: Time) -> Civil {
        self.zone.civil_at(self.started + at.seconds())
    }
}

/// A scheduled time.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CronTick {
    /// The step that handled it.
    pub mark: Mark,
    pub scheduled: Time,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a scheduled time.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A Job was started.
    Started {
        job: JobId,
        /// Scheduled times that were missed before this one.
        missed: u32,
    },
    /// A run was still active (Forbid).
    Forbidden,
    /// Too late: startingDeadlineSeconds.
    Missed,
}

pub(super) fn lane(film: (&Recording, &Scenario), facts: &Facts, id: CronJobId, end: Time) -> Option<CronLane> {
    let (recording, scenario) = film;
    let key = ObjectKey::CronJob(id);
    let mut history = recording.history(key);
    let first = history.next()?;
    let Object::CronJob(cron_job) = &first.object else { return None };
    let until =
        history.find(|version| version.verb == Verb::Remove).map_or(end, |version| recording.written_at(version));
    let mut ticks: Vec<CronTick> = Vec::new();
    for id in facts.cron_job(id) {
        let step = recording.step(*id);
        let mark = Mark { at: step.at, step: *id };
        for reason in recording.reasons(step) {
            let (scheduled, fate) = match reason {
                Reason::RunStarted { scheduled, job, missed } => {
                    (*scheduled, Fate::Started { job: *job, missed: *missed })
                }
                Reason::RunForbidden { scheduled, .. } => (*scheduled, Fate::Forbidden),
                Reason::RunMissed { scheduled, .. } => (*scheduled, Fate::Missed),
                _ => continue,
            };
            let tick = CronTick { mark, scheduled, fate };
            match ticks.last_mut() {
                // A forbidden run is considered again whenever the active Job changes; the last decision counts.
                Some(last) if last.scheduled == scheduled && last.fate == fate => {}
                Some(last) if last.scheduled == scheduled && fate == Fate::Forbidden => *last = tick,
                _ => ticks.push(tick),
            }
        }
    }
    let created = Mark { at: recording.written_at(first), step: first.step };
    let schedule = Schedule::parse(&cron_job.spec.schedule).ok();
    let zone = schedule.as_ref().and_then(|schedule| schedule.zone.as_ref()).or(cron_job.spec.time_zone.as_ref());
    let zone = zone.and_then(|name| TimeZone::find(name, scenario.time_zones.as_deref())).unwrap_or(TimeZone::UTC);
    let (name, started) = (cron_job.meta.name.clone(), scenario.start_unix_seconds);
    Some(CronLane { cron_job: id, name, created, ticks, until, started, zone })
}
