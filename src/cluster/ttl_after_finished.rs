//! The TTL-after-finished controller: deletes finished Jobs when their time to live is over.
//! Upstream: ttlafterfinished_controller.go; JC-210 … JC-217, C17.

use super::api_server::{ApiServer, WatchEvent};
use super::control_loop::{ControlLoop, Done, Due};
use super::input::Cascade;
use super::journal::Object;
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::{NamespacedName, Store};
use super::work_queue::{RateLimit, WorkQueue};
use crate::api::{Job, ObjectKey};
use crate::time::{Span, Time};

/// The TTL-after-finished controller: a queue, lost at a restart.
#[derive(Clone, Debug)]
pub(crate) struct TtlAfterFinished {
    queue: WorkQueue<NamespacedName>,
}

impl Default for TtlAfterFinished {
    fn default() -> TtlAfterFinished {
        let limit = RateLimit { first: Span::from_millis(5), longest: Span::from_seconds(1000) };
        TtlAfterFinished { queue: WorkQueue::new(limit) }
    }
}

impl ControlLoop for TtlAfterFinished {
    fn next_due(&self, _: &Store, now: Time) -> Option<Due> {
        self.queue.next_due(now)
    }

    /// A Job finished, or its time to live changed.
    fn observe(&mut self, event: &WatchEvent, _: &Store) {
        if let Some(Object::Job(job)) = &event.new
            && needs_cleanup(job)
        {
            let trigger = Trigger::by(Wake::Changed(ObjectKey::Job(job.id)), event.step);
            self.queue.add(job.key(), trigger);
        }
    }

    /// Deletes the next Job, or comes back when its time to live is over.
    ///
    /// Upstream: processJob.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let (key, trigger) = self.queue.take(api.now)?;
        let component = Component::TtlAfterFinished;
        let Some(job) = api.job_named(&key).filter(|job| needs_cleanup(job)) else {
            api.reason(Reason::JobGone);
            return Some(Done { component, key: None, trigger });
        };
        let done = Done { component, key: Some(ObjectKey::Job(job.id)), trigger };
        let (Some(finished), Some(seconds)) = (job.status.finished(), job.spec.ttl_seconds_after_finished) else {
            return Some(done);
        };
        let (finished, ttl) = (finished.since, Span::from_seconds(seconds));
        let until = finished + ttl;
        if api.now < until {
            api.reason(Reason::TtlRuns { finished, ttl, until });
            let trigger = Trigger::by(Wake::TtlOver, api.journal.current());
            self.queue.add_at(key, until, api.now, trigger);
        } else {
            api.reason(Reason::TtlExpired { finished, ttl });
            api.delete_job(job.id, Cascade::Foreground);
        }
        Some(done)
    }

    fn restart(&mut self, store: &Store, _: Time, step: StepId) {
        *self = TtlAfterFinished::default();
        let trigger = Trigger::by(Wake::Restarted, step);
        for job in store.jobs().filter(|job| needs_cleanup(job)) {
            self.queue.add(job.key(), trigger);
        }
    }
}

/// Whether a Job is to be deleted some time after it finished. Upstream: needsCleanup.
fn needs_cleanup(job: &Job) -> bool {
    !job.is_deleting() && job.spec.ttl_seconds_after_finished.is_some() && job.is_finished()
}
