//! The pod garbage collector: every 20 s it ends pods that are being deleted and never had a node
//! (reference cluster 9; C9.10).

use super::api_server::ApiServer;
use super::reason::{Reason, StepId, Trigger, Wake};
use super::store::Store;
use crate::api::{Phase, Pod, PodId};
use crate::time::{Span, Time};

/// How often it looks.
const PERIOD: Span = Span::from_seconds(20);

/// A clock that strikes every 20 s, counted from the last start of the controllers.
#[derive(Clone, Debug)]
pub(crate) struct PodGarbageCollector {
    start: Time,
    /// The last strike that was heard.
    heard: Option<Time>,
}

impl PodGarbageCollector {
    /// Strikes at `now` and every 20 s from there.
    pub(crate) fn start(now: Time) -> PodGarbageCollector {
        PodGarbageCollector { start: now, heard: None }
    }

    /// The next strike, if there is anything to do: it is the same whether the others are heard or not.
    pub(crate) fn next_due(&self, store: &Store, now: Time) -> Option<Time> {
        store.unscheduled_terminating().next()?;
        let periods = (now - self.start).millis().div_euclid(PERIOD.millis());
        let last = self.start + Span::from_millis(periods * PERIOD.millis());
        let fresh = last == now && self.heard.is_none_or(|heard| heard < now);
        Some(if fresh { now } else { last + PERIOD })
    }

    /// Makes those pods Failed and deletes them with grace 0.
    pub(crate) fn act(&mut self, api: &mut ApiServer<'_>) -> Trigger {
        self.heard = Some(api.now);
        let doomed: Vec<PodId> = api.store.unscheduled_terminating().collect();
        for id in doomed {
            let Some(pod) = api.store.pod(id).cloned() else { continue };
            api.reason(Reason::NeverScheduled(id));
            api.update_pod_status(Pod { phase: Phase::Failed, ..Pod::clone(&pod) });
            api.delete_pod(id, Some(0));
        }
        Trigger { wake: Wake::Period, cause: None::<StepId> }
    }
}
