//! The CronJob controller: its queue and what wakes it. The sync itself is in [`sync_cron_job`].
//! Upstream: cronjob_controllerv2.go; C19 … C22.

mod history;
mod job_from_template;
mod plan;
mod sync_cron_job;

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due};
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::{NamespacedName, Store};
use super::work_queue::{RateLimit, SyncError, WorkQueue};
use crate::api::{CronJob, CronJobId, ObjectKey};
use crate::time::{Span, Time};
pub(crate) use plan::WallClock;
use plan::{Plan, Plans};
use std::rc::Rc;

/// The CronJob controller: a queue, lost at a restart, and the schedules by a clock.
#[derive(Clone, Debug)]
pub(crate) struct CronJobController {
    queue: WorkQueue<NamespacedName>,
    plans: Plans,
}

impl CronJobController {
    /// A controller of an empty cluster.
    pub(crate) fn new(clock: WallClock) -> CronJobController {
        let limit = RateLimit { first: Span::from_millis(5), longest: Span::from_seconds(1000) };
        CronJobController { queue: WorkQueue::new(limit), plans: Plans::new(clock) }
    }

    /// The clock by which schedules are read.
    pub(crate) fn clock(&self) -> &WallClock {
        &self.plans.clock
    }

    /// A changed schedule only moves the next sync; any other change is synced at once.
    ///
    /// Upstream: updateCronJob.
    fn observe_update(&mut self, old: &CronJob, new: &CronJob, now: Time, trigger: Trigger) {
        if (&old.spec.schedule, &old.spec.time_zone) == (&new.spec.schedule, &new.spec.time_zone) {
            return self.queue.add(new.key(), trigger);
        }
        if let Ok(plan) = self.plans.of(new) {
            self.queue.add_at(new.key(), plan.next_wake(new, now), now, trigger);
        }
    }

    fn wake_owner(&mut self, owner: Option<CronJobId>, store: &Store, trigger: Trigger) {
        if let Some(cron_job) = owner.and_then(|owner| store.cron_job(owner)) {
            self.queue.add(cron_job.key(), trigger);
        }
    }
}

impl ControlLoop for CronJobController {
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        self.queue.next_due(now)
    }

    /// A CronJob or one of its Jobs was created, changed or removed.
    fn observe(&mut self, event: &WatchEvent, store: &Store) {
        let trigger = |key| Trigger::by(Wake::Changed(key), event.step);
        match (&event.old, &event.new) {
            (Some(Object::CronJob(old)), None) => {
                self.queue.remove(&old.key());
                self.plans.forget(old.id);
            }
            (Some(Object::CronJob(old)), Some(Object::CronJob(new))) => {
                self.observe_update(old, new, event.at, trigger(ObjectKey::CronJob(new.id)));
            }
            (None, Some(Object::CronJob(new))) => self.queue.add(new.key(), trigger(ObjectKey::CronJob(new.id))),
            (old, new) => {
                // A Job that changes its owner wakes the old one and the new one.
                let mut woken = None;
                for object in [old, new].into_iter().flatten() {
                    let Object::Job(job) = object else { continue };
                    let owner = job.meta.cron_job().filter(|owner| woken != Some(*owner));
                    woken = owner.or(woken);
                    self.wake_owner(owner, store, trigger(ObjectKey::Job(job.id)));
                }
            }
        }
    }

    /// Takes the next CronJob and syncs it.
    ///
    /// Upstream: processNextWorkItem.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let (key, trigger) = self.queue.take(api.now)?;
        let cron_job = api.store.cron_job_named(&key).cloned()?;
        let step = api.journal.current();
        match sync_cron_job::sync_cron_job(&cron_job, &mut self.plans, api) {
            Err(SyncError) => {
                self.queue.add_rate_limited(key.clone(), api.now, step);
                if let Some((at, wake)) = self.queue.waits(&key) {
                    api.reason(Reason::ComesBack { at, wake });
                }
            }
            Ok(None) => {}
            Ok(Some(at)) => {
                self.queue.forget(&key);
                let trigger = Trigger::by(Wake::Schedule, step);
                self.queue.add_at(key, at, api.now, trigger);
            }
        }
        let key = Some(ObjectKey::CronJob(cron_job.id));
        Some(Done { component: Component::CronJobController, key, trigger })
    }

    fn restart(&mut self, store: &Store, _: Time, step: StepId) {
        *self = CronJobController::new(self.plans.clock.clone());
        for cron_job in store.cron_jobs() {
            self.queue.add(cron_job.key(), Trigger::by(Wake::Restarted, step));
        }
    }
}

/// As `nth_scheduled_time`, in a cluster that starts at this second since 1970 and knows these time zones.
pub fn scheduled_time(
    cron_job: &CronJob,
    nth: u32,
    start_unix_seconds: i64,
    time_zones: Option<Rc<[u8]>>,
) -> Option<Time> {
    nth_scheduled_time(cron_job, nth, &WallClock { start_unix_seconds, time_zones })
}

/// The n-th time after its creation for which a CronJob is scheduled, from 1; `None` if its schedule is invalid or has
/// fewer times.
pub(crate) fn nth_scheduled_time(cron_job: &CronJob, nth: u32, clock: &WallClock) -> Option<Time> {
    let plan = Plan::of(cron_job, clock).ok()?;
    (0..nth).try_fold(cron_job.meta.created, |time, _| plan.next(time))
}
