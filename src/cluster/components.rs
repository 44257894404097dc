//! The components of the cluster, in a closed list. A new one is a file with its [`ControlLoop`] and a line here.

use super::api_server::WatchEvent;
use super::control_loop::{ControlLoop, Due, Turn};
use super::cron_job::CronJobController;
use super::garbage_collector::GarbageCollector;
use super::job::JobController;
use super::kubelet::Kubelet;
use super::node_lifecycle::NodeLifecycle;
use super::pod_garbage_collector::PodGarbageCollector;
use super::reason::StepId;
use super::scheduler::Scheduler;
use super::settings::Settings;
use super::store::Store;
use super::taint_eviction::TaintEviction;
use super::ttl_after_finished::TtlAfterFinished;
use crate::time::Time;
use std::rc::Rc;

/// Declares [`Components`]: a field for each, and all of them as a list.
macro_rules! components {
    ($settings:ident => $($name:ident: $kind:ty = $new:expr,)*) => {
        /// All components.
        #[derive(Clone, Debug)]
        pub(crate) struct Components {
            $(pub(crate) $name: $kind,)*
        }

        impl Components {
            /// The components of an empty cluster at t = 0.
            pub(crate) fn new($settings: &Settings) -> Components {
                Components { $($name: $new,)* }
            }

            fn list(&self) -> impl Iterator<Item = &dyn ControlLoop> {
                [$(&self.$name as &dyn ControlLoop),*].into_iter()
            }

            fn list_mut(&mut self) -> impl Iterator<Item = &mut dyn ControlLoop> {
                [$(&mut self.$name as &mut dyn ControlLoop),*].into_iter()
            }
        }
    };
}

// Among those whose turn it is, the first acts. The garbage collector goes before the other controllers: in the
// reference cluster it takes no time, so the pods of a Job deleted in the foreground are being deleted when the Job is
// synced.
components! { settings =>
    kubelet: Kubelet = Kubelet::new(settings.starting, settings.behaviors.clone(), Rc::clone(&settings.inventory.images)),
    scheduler: Scheduler = Scheduler::new(settings.scheduling, settings.inventory.nodes.is_some()),
    node_lifecycle: NodeLifecycle = NodeLifecycle::new(settings.watches_nodes(), &settings.nodes()),
    taint_eviction: TaintEviction = TaintEviction::default(),
    pod_garbage_collector: PodGarbageCollector = PodGarbageCollector::start(Time::ZERO),
    garbage_collector: GarbageCollector = GarbageCollector::default(),
    job_controller: JobController = JobController::default(),
    ttl_after_finished: TtlAfterFinished = TtlAfterFinished::default(),
    cron_job_controller: CronJobController = CronJobController::new(settings.wall_clock()),
}

impl Components {
    /// When the first of them acts; `now` if one is due.
    pub(crate) fn next_due(&self, store: &Store, now: Time) -> Option<Time> {
        let mut next = None;
        for due in self.list().filter_map(|component| component.next_due(store, now)) {
            // Nothing is earlier, so the others need not be asked: this is done for every step.
            if due.at <= now {
                return Some(now);
            }
            next = Some(next.map_or(due.at, |next: Time| next.min(due.at)));
        }
        next
    }

    /// Whose turn it is of those that are due now, by its place in the list; only controllers, if `only_controllers`.
    pub(crate) fn next_turn(&self, only_controllers: bool, store: &Store, now: Time) -> Option<(Turn, usize)> {
        let mut first: Option<(Due, usize)> = None;
        for (place, component) in self.list().enumerate() {
            let Some(due) = component.next_due(store, now).filter(|due| due.at <= now) else { continue };
            if due.turn == Turn::Controller {
                // Only controllers are behind it in the list, and among them the first one acts.
                let first = first.filter(|(first, _)| first.since <= due.since).unwrap_or((due, place));
                return Some((first.0.turn, first.1));
            }
            if !only_controllers && first.is_none_or(|(first, _)| due.turn < first.turn) {
                first = Some((due, place));
            }
        }
        first.map(|(due, place)| (due.turn, place))
    }

    /// The component at this place in the list.
    pub(crate) fn at(&mut self, place: usize) -> Option<&mut dyn ControlLoop> {
        self.list_mut().nth(place)
    }

    /// Shows a write to all of them.
    pub(crate) fn observe(&mut self, event: &WatchEvent, store: &Store) {
        self.list_mut().for_each(|component| component.observe(event, store));
    }

    /// Starts all controllers again.
    pub(crate) fn restart(&mut self, store: &Store, now: Time, step: StepId) {
        self.list_mut().for_each(|component| component.restart(store, now, step));
    }
}
