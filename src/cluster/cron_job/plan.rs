//! Which run is due, and when to look again: a schedule laid out on the time of the cluster.
//! Upstream: cronjob/utils.go; C20.

use crate::api::schedule::Schedule;
use crate::api::time_zone::TimeZone;
use crate::api::{CronJob, Name};
use crate::time::{Span, Time};
use std::rc::Rc;

/// A sync comes this long after a scheduled time (nextScheduleDelta).
const AFTER_THE_TIME: Span = Span::from_millis(100);

/// What the controller knows of the time of day.
#[derive(Clone, Debug, Default)]
pub(crate) struct WallClock {
    /// t = 0 in seconds since 1970.
    pub(crate) start_unix_seconds: i64,
    /// The rules of all zones, if the text names one.
    pub(crate) time_zones: Option<Rc<[u8]>>,
}

impl WallClock {
    /// An instant in seconds since 1970, rounded down.
    pub(super) fn unix_seconds(&self, at: Time) -> i64 {
        self.start_unix_seconds + at.seconds()
    }

    /// A zone by its name; UTC without one, which is what a kube-controller-manager runs in.
    pub(super) fn zone(&self, name: Option<&Name>) -> Option<TimeZone> {
        TimeZone::find(name.map_or("", |name| name), self.time_zones.as_deref())
    }
}

/// A CronJob's schedule in its zone.
pub(super) struct Plan {
    schedule: Schedule,
    zone: TimeZone,
    clock: WallClock,
}

/// Why nothing can be planned; the text is the error of the controller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlanError {
    UnknownZone(Name),
    Unreadable(String),
}

/// What is due now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// No scheduled time has come.
    Nothing,
    /// This run.
    Run {
        scheduled: Time,
        /// The estimate of how many times have come since the last run.
        missed: i64,
    },
    /// Times have come, but none so lately that the controller finds it.
    Overlooked {
        /// How far it looks back, about: the time between the first two of them.
        interval: Span,
    },
}

/// The schedule is well-formed, but there is no such time.
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

    /// The first scheduled time after `after`.
    pub(super) fn next(&self, after: Time) -> Option<Time> {
        let next = self.schedule.next(self.clock.unix_seconds(after), &self.zone)?;
        Some(Time::from_seconds(next - self.clock.start_unix_seconds))
    }

    /// All scheduled times after `after`, up to `until`.
    pub(super) fn times(&self, after: Time, until: Time) -> impl Iterator<Item = Time> {
        std::iter::successors(self.next(after), |time| self.next(*time)).take_while(move |time| *time <= until)
    }

    /// The run that is due now: the latest scheduled time after `earliest`. It is searched from an estimate, about one
    /// interval back, so after times that are not evenly spaced it may not be found.
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

    /// The next scheduled time, counted from the latest one: `@every` does not begin anew at each look.
    pub(super) fn next_run(&self, cron_job: &CronJob, now: Time) -> Option<Time> {
        let reference = reference(cron_job);
        let from = match self.most_recent(reference, now) {
            Ok(Due::Nothing) => reference,
            Ok(Due::Run { scheduled, .. }) => scheduled,
            Ok(Due::Overlooked { .. }) | Err(NoSuchTime) => now,
        };
        self.next(from)
    }

    /// When to look again: a moment after the next scheduled time. Without one it is looked at now, and the sync finds
    /// the mistake.
    ///
    /// Upstream: nextScheduleTimeDuration.
    pub(super) fn next_wake(&self, cron_job: &CronJob, now: Time) -> Time {
        self.next_run(cron_job, now).map_or(now, |next| next + AFTER_THE_TIME)
    }
}

/// From when on scheduled times count: the last run, or the creation.
pub(super) fn reference(cron_job: &CronJob) -> Time {
    cron_job.status.last_schedule_time.unwrap_or(cron_job.meta.created)
}
