//! What the components of a cluster have in common: each watches the store, and writes to it through the API server.
//! None knows another.

use super::api_server::{ApiServer, WatchEvent};
use super::reason::{Component, StepId, Trigger};
use super::store::Store;
use crate::api::{ObjectKey, PodId};
use crate::time::Time;

/// A component: a kubelet, a scheduler, a controller.
pub(crate) trait ControlLoop {
    /// When it acts next if nothing is written before; not before `now`.
    fn next_due(&self, store: &Store, now: Time) -> Option<Due>;

    /// Notes what a write means for it; `store` holds the state after the whole step.
    fn observe(&mut self, _event: &WatchEvent, _store: &Store) {}

    /// Does the next piece of work that is due. `None` if there was nothing to do after all: then it has written and
    /// noted nothing.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done>;

    /// Starts again at step `step`: a controller forgets everything and lists what there is. What runs on a node goes
    /// on.
    fn restart(&mut self, _store: &Store, _now: Time, _step: StepId) {}
}

/// What a component did: the part of a [`Step`](super::reason::Step) that only it knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    pub(crate) component: Component,
    /// The object that was worked on; `None` if it is gone, or if there are several.
    pub(crate) key: Option<ObjectKey>,
    pub(crate) trigger: Trigger,
}

/// When a component acts next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) at: Time,
    pub(crate) turn: Turn,
    /// Since when it is known. Of what is due at one instant, a controller's timer that was set before those of the
    /// nodes goes first.
    pub(crate) since: Time,
}

impl Due {
    /// A controller's turn.
    pub(crate) fn of_controller(at: Time, since: Time) -> Due {
        Due { at, turn: Turn::Controller, since }
    }

    /// The turn of something that is known long before, or that no timer of a controller can meet.
    pub(crate) fn of_cluster(at: Time, turn: Turn) -> Due {
        Due { at, turn, since: Time::ZERO }
    }
}

/// The order of what is due at one instant (docs/scenario.md, Same instant).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Turn {
    /// What happens to a pod on its node, by pod number.
    Kubelet(PodId),
    /// In the order of its queue.
    Scheduler,
    NodeLifecycle,
    TaintPass,
    TaintEviction,
    PodGarbageCollector,
    /// In the order of the list of components.
    Controller,
}
