//! The pod garbage collector: every 20 s it removes pods that are being deleted and never had a node
//! (reference cluster 9; C9.10).

use super::api_server::ApiServer;
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::reason::{Component, Reason, StepId, Trigger, Wake};
use super::store::Store;
use crate::api::{Phase, Pod, PodId};
use crate::time::{Span, Time};

/// The time between two looks (gcCheckPeriod).
const PERIOD: Span = Span::from_seconds(20);

/// A timer of [`PERIOD`], counted from the last start of the controllers.
#[derive(Clone, Debug)]
pub(crate) struct PodGarbageCollector {
    start: Time,
    /// When it last acted.
    acted: Option<Time>,
}

impl PodGarbageCollector {
    /// Looks at `now` and every [`PERIOD`] from there.
    pub(crate) fn start(now: Time) -> PodGarbageCollector {
        PodGarbageCollector { start: now, acted: None }
    }
}

impl ControlLoop for PodGarbageCollector {
    /// The next tick, if there is a pod to remove; ticks without one are left out.
    fn next_due(&self, store: &Store, now: Time) -> Option<Due> {
        store.unscheduled_terminating().next()?;
        let periods = (now - self.start).millis().div_euclid(PERIOD.millis());
        let tick = self.start + Span::from_millis(periods * PERIOD.millis());
        let is_due = tick == now && self.acted.is_none_or(|acted| acted < now);
        Some(Due { at: if is_due { now } else { tick + PERIOD }, turn: Turn::PodGarbageCollector })
    }

    /// Makes those pods Failed and deletes them with grace 0.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        self.acted = Some(api.now);
        let pods: Vec<PodId> = api.store.unscheduled_terminating().collect();
        for id in pods {
            let Some(pod) = api.store.pod(id).cloned() else { continue };
            api.reason(Reason::NeverScheduled(id));
            api.update_pod_status(Pod { phase: Phase::Failed, ..Pod::clone(&pod) });
            api.delete_pod(id, Some(0));
        }
        let trigger = Trigger { wake: Wake::Period, cause: None };
        Some(Done { component: Component::PodGarbageCollector, key: None, trigger })
    }

    fn restart(&mut self, _: &Store, now: Time, _: StepId) {
        *self = PodGarbageCollector::start(now);
    }
}
