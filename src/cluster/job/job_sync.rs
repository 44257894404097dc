//! What one sync of a Job knows and has decided. The sync's parts, each in its file, read and change it.

use super::backoff::BackoffRecord;
use crate::api::{Condition, IndexSet, Job, JobStatus, Message, Pod};
use crate::cluster::api_server::ApiServer;
use crate::cluster::reason::{Answer, Check, Reason, Wake};
use crate::cluster::store::NamespacedName;
use crate::order::Map;
use crate::time::{Span, Time};
use std::rc::Rc;

/// Changes of pods are handled together, this long after the first (SyncJobBatchPeriod, JC-28).
pub(super) const BATCH: Span = Span::from_seconds(1);

/// How a Job ends. The interim condition is written first, the final one when no pod is terminating any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FinishedCondition {
    pub(super) failed: bool,
    pub(super) reason: &'static str,
    pub(super) message: Message,
}

/// One sync of a Job. Counts change as it creates and deletes pods.
pub(super) struct JobSync {
    pub(super) key: NamespacedName,
    pub(super) job: Rc<Job>,
    /// The status to be written.
    pub(super) status: JobStatus,
    /// Pods that have not ended or are not counted yet, as they were when the sync began.
    pub(super) pods: Vec<Rc<Pod>>,
    pub(super) active_pods: Vec<Rc<Pod>>,
    pub(super) active: u32,
    pub(super) ready: u32,
    pub(super) terminating: u32,
    pub(super) succeeded: u32,
    pub(super) failed: u32,
    pub(super) backoff: BackoffRecord,
    /// Indexes that had succeeded before this sync.
    pub(super) completed_before: IndexSet,
    /// Those, and the ones that succeed in this sync.
    pub(super) completed: IndexSet,
    /// Indexes that have failed; `None` without backoffLimitPerIndex.
    pub(super) failed_indexes: Option<IndexSet>,
    /// Failed pods that are counted when their replacement is there, by index (JC-120).
    pub(super) delayed: Map<u32, Rc<Pod>>,
    pub(super) finished_condition: Option<FinishedCondition>,
    pub(super) needs_write: bool,
    /// When to sync again, and for what.
    pub(super) requeue: Vec<(Time, Wake)>,
}

impl JobSync {
    /// Asks for another sync after `delay`, at least after a second (JC-20).
    pub(super) fn requeue_after(&mut self, delay: Span, wake: Wake, now: Time) {
        self.requeue.push((now + delay.max(BATCH), wake));
    }

    /// Writes active, ready and terminating into the status (JC-70).
    pub(super) fn note_counts(&mut self, suspend_changed: bool) {
        let (ready, terminating) = (Some(self.ready), Some(self.terminating));
        self.needs_write |= suspend_changed
            || self.status.active != self.active
            || self.status.ready != ready
            || self.status.terminating != terminating;
        self.status.active = self.active;
        self.status.ready = ready;
        self.status.terminating = terminating;
    }
}

/// Records that these questions were not asked.
pub(super) fn not_reached<const N: usize>(checks: [Check; N], api: &mut ApiServer<'_>) {
    for check in checks {
        api.reason(Reason::Asked { check, answer: Answer::NotReached });
    }
}

impl JobStatus {
    /// Replaces the condition of this type, or appends it.
    pub(super) fn set_condition(&mut self, condition: Condition) {
        let mut conditions = self.conditions.to_vec();
        match conditions.iter_mut().find(|c| c.condition_type == condition.condition_type) {
            Some(present) => *present = condition,
            None => conditions.push(condition),
        }
        self.conditions = conditions.into();
    }
}
