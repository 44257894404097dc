//! The TTL-after-finished controller: deletes finished Jobs when their time is over.
//! Upstream: ttlafterfinished_controller.go; JC-210 … JC-217, C17.

use super::api_server::{ApiServer, Change};
use super::input::Cascade;
use super::journal::Object;
use super::reason::{Reason, StepId, Trigger, Wake};
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

impl TtlAfterFinished {
    /// A controller that starts and lists everything there is.
    pub(crate) fn start(store: &Store, step: StepId) -> TtlAfterFinished {
        let mut controller = TtlAfterFinished::default();
        let trigger = Trigger { wake: Wake::Restarted, cause: Some(step) };
        for job in store.jobs().filter(|job| needs_cleanup(job)) {
            controller.queue.add(job.key(), trigger);
        }
        controller
    }

    /// A Job finished, or got another TTL.
    pub(crate) fn observe(&mut self, change: &Change, step: StepId) {
        if let Some(Object::Job(job)) = &change.new
            && needs_cleanup(job)
        {
            let trigger = Trigger { wake: Wake::Changed(ObjectKey::Job(job.id)), cause: Some(step) };
            self.queue.add(job.key(), trigger);
        }
    }

    /// Whether something is ready.
    pub(crate) fn has_work(&self) -> bool {
        self.queue.has_work()
    }

    /// When the next key becomes ready.
    pub(crate) fn next_due(&self) -> Option<Time> {
        self.queue.next_due()
    }

    /// Takes the next Job: deletes it, or comes back when its time is over.
    ///
    /// Upstream: processJob.
    pub(crate) fn act(&mut self, api: &mut ApiServer<'_>) -> Option<(Option<ObjectKey>, Trigger)> {
        let (key, trigger) = self.queue.take(api.now)?;
        let Some(job) = api.job_named(&key).filter(|job| needs_cleanup(job)) else {
            api.reason(Reason::JobGone);
            return Some((None, trigger));
        };
        let object = Some(ObjectKey::Job(job.id));
        let (Some(finished), Some(seconds)) = (job.status.finished(), job.spec.ttl_seconds_after_finished) else {
            return Some((object, trigger));
        };
        let (finished, ttl) = (finished.since, Span::from_seconds(seconds));
        let until = finished + ttl;
        if api.now < until {
            api.reason(Reason::TtlRuns { finished, ttl, until });
            let trigger = Trigger { wake: Wake::TtlOver, cause: Some(api.journal.current()) };
            self.queue.add_at(key, until, api.now, trigger);
        } else {
            api.reason(Reason::TtlExpired { finished, ttl });
            api.delete_job(job.id, Cascade::Foreground);
        }
        Some((object, trigger))
    }
}

/// Upstream: needsCleanup, and not being deleted.
fn needs_cleanup(job: &Job) -> bool {
    !job.is_deleting() && job.spec.ttl_seconds_after_finished.is_some() && job.is_finished()
}
