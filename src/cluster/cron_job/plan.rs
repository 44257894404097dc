//! Which scheduled time is due, and when to sync again: a schedule on the virtual time of the cluster.
//! Upstream: cronjob/utils.go; C20.

use crate::api::schedule::Schedule;
use crate::api::time_zone::TimeZone;
use crate::api::{CronJob, CronJobId, Name};
use crate::order::Map;
use crate::time::{Span, Time};
use std::rc::Rc;

/// A sync comes this long after a scheduled time (nextScheduleDelta).
const AFTER_THE_TIME: Span = Span::from_millis(100);

/// Maps virtual time to the time of day.
#[derive(Clone, Debug, Default)]
pub(crate) struct WallClock {
    /// t = 0 in seconds since 1970.
    pub(crate) start_unix_seconds: i64,
    /// The rules of all time zones, if the text names one.
    pub(crate) time_zones: Option<Rc<[u8]>>,
}

impl WallClock {
    /// An instant in whole seconds since 1970, rounded down.
    pub(super) fn unix_seconds(&self, at: Time) -> i64 {
        self.start_unix_seconds + at.seconds()
    }

    /// A time zone by its name; without one, UTC, in which kube-controller-manager runs.
    fn zone(&self, name: Option<&Name>) -> Option<TimeZone> {
        TimeZone::find(name.map_or("", |name| name), self.time_zones.as_deref())
    }
}

/// The plans of all CronJobs: a schedule is parsed, and its zone read, once and not at each tick.
#[derive(Clone, Debug)]
pub(super) struct Plans {
    pub(super) clock: WallClock,
    known: Map<CronJobId, Known>,
}

/// A plan, and what it was made of.
#[derive(Clone, Debug)]
struct Known {
    schedule: Name,
    time_zone: Option<Name>,
    plan: Result<Rc<Plan>, PlanError>,
}

impl Plans {
    pub(super) fn new(clock: WallClock) -> Plans {
        Plans { clock, known: Map::new() }
    }

    /// The plan of a CronJob as it is now.
    pub(super) fn of(&mut self, cron_job: &CronJob) -> Result<Rc<Plan>, PlanError> {
        let spec = &cron_job.spec;
        if let Some(known) = self.known.get(&cron_job.id)
            && (&known.schedule, &known.time_zone) == (&spec.schedule, &spec.time_zone)
        {
            return known.plan.clone();
        }
        let plan = Plan::of(cron_job, &self.clock).map(Rc::new);
        let (schedule, time_zone) = (spec.schedule.clone(), spec.time_zone.clone());
        self.known.insert(cron_job.id, Known { schedule, time_zone, plan: plan.clone() });
        plan
    }

    /// A CronJob was removed.
    pub(super) fn forget(&mut self, cron_job: CronJobId) {
        self.known.remove(&cron_job);
    }
}

/// A CronJob's schedule in its zone.
#[derive(Debug)]
pub(super) struct Plan {
    schedule: Schedule,
    zone: TimeZone,
    clock: WallClock,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlanError {
    UnknownZone(Name),
    /// The schedule is invalid; the controller's error.
    Unreadable(String),
}

/// What is due now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// No scheduled time has come.
    Nothing,
    /// This scheduled time.
    Run {
        scheduled: Time,
        /// The controller's estimate of the times since the last run, this one included.
        missed: i64,
    },
    /// Times have come, but none so recent that the controller finds it.
    Overlooked {
        /// Between the first two of them; it looks back about that far.
        interval: Span,
    },
}

/// The schedule is well-formed, but matches no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoSuchTime;

impl Plan {
    /// The plan of a CronJob.
    pub(super) fn of(cron_job: &CronJob, clock: &WallClock) -> Result<Plan, PlanError> {
        let spec = &cron_job.spec;
        let unknown = || PlanError::UnknownZone(spec.time_zone.clone().unwrap_or_else(|| "".into()));
        let zone = clock.zone(spec.time_zone.as_ref()).ok_or_else(unknown)?;
        let schedule = Schedule::parse(&spec.schedule).map_err(|error| PlanError::Unreadable(error.to_string()))?;
        Ok(Plan { schedule, zone, clock: clock.clone() })
    }

    /// An instant of the virtual time as RFC 3339 in the zone.
    pub(super) fn rfc3339(&self, at: Time) -> String {
        self.zone.rfc3339(self.clock.unix_seconds(at))
    }

    /// The first scheduled time after `after`.
    pub(super) fn next(&self, after: Time) -> Option<Time> {
        let next = self.schedule.next(self.clock.unix_seconds(after), &self.zone)?;
        Some(Time::from_seconds(next - self.clock.start_unix_seconds))
    }

    /// All scheduled times after `after`, up to `until`.
    pub(super) fn times(&self, after: Time, until: Time) -> impl Iterator<Item = Time> {
        std::iter::successors(self.next(after), |time| self.next(*time)).take_while(move |time| *time <= until)
    }

    /// What is due now: the latest scheduled time after `earliest`. The search starts at an estimate, about one
    /// interval back, so it may miss times that are not evenly spaced.
    ///
    /// Upstream: mostRecentScheduleTime.
    pub(super) fn most_recent(&self, earliest: Time, now: Time) -> Result<Due, NoSuchTime> {
        let first = self.next(earliest).ok_or(NoSuchTime)?;
        if now < first {
            return Ok(Due::Nothing);
        }
        let second = self.next(first).ok_or(NoSuchTime)?;
        if now < second {
            return Ok(Due::Run { scheduled: first, missed: 1 });
        }
        let interval = second - first;
        let missed = (now - first).seconds() / interval.seconds() + 1;
        let from = first + Span::from_seconds((missed - 2) * interval.seconds());
        let latest = self.times(from, now).last();
        Ok(latest.map_or(Due::Overlooked { interval }, |scheduled| Due::Run { scheduled, missed }))
    }

    /// The next scheduled time after the latest one, so that `@every` does not start over with each sync.
    pub(super) fn next_run(&self, cron_job: &CronJob, now: Time) -> Option<Time> {
        let reference = reference(cron_job);
        let from = match self.most_recent(reference, now) {
            Ok(Due::Nothing) => reference,
            Ok(Due::Run { scheduled, .. }) => scheduled,
            Ok(Due::Overlooked { .. }) | Err(NoSuchTime) => now,
        };
        self.next(from)
    }

    /// When to sync next: a moment after the next scheduled time. Without one it is now, and the sync reports why.
    ///
    /// Upstream: nextScheduleTimeDuration.
    pub(super) fn next_wake(&self, cron_job: &CronJob, now: Time) -> Time {
        self.next_run(cron_job, now).map_or(now, |next| next + AFTER_THE_TIME)
    }
}

/// Scheduled times count from the last run or, without one, from the creation.
pub(super) fn reference(cron_job: &CronJob) -> Time {
    cron_job.status.last_schedule_time.unwrap_or(cron_job.meta.created)
}
