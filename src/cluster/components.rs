//! The components of the cluster, in a closed list. A new one is a file with its [`ControlLoop`] and a line here.

use super::api_server::WatchEvent;
use super::control_loop::{ControlLoop, Turn};
use super::cron_job::CronJobController;
use super::garbage_collector::GarbageCollector;
use super::job::JobController;
use super::kubelet::Kubelet;
use super::pod_garbage_collector::PodGarbageCollector;
use super::reason::StepId;
use super::scheduler::Scheduler;
use super::settings::Settings;
use super::store::Store;
use super::ttl_after_finished::TtlAfterFinished;
use crate::time::Time;

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
    scheduler: Scheduler = Scheduler::new(settings.scheduling),
    kubelet: Kubelet = Kubelet::new(settings.starting, settings.behaviors.clone()),
    pod_garbage_collector: PodGarbageCollector = PodGarbageCollector::start(Time::ZERO),
    garbage_collector: GarbageCollector = GarbageCollector::default(),
    job_controller: JobController = JobController::default(),
    ttl_after_finished: TtlAfterFinished = TtlAfterFinished::default(),
    cron_job_controller: CronJobController = CronJobController::new(settings.wall_clock()),
}

impl Components {
    /// When the first of them acts.
    pub(crate) fn next_due(&self, store: &Store, now: Time) -> Option<Time> {
        self.list().filter_map(|component| component.next_due(store, now)).map(|due| due.at).min()
    }

    /// Whose turn it is of those that are due now, by its place in the list; only controllers, if `only_controllers`.
    pub(crate) fn next_turn(&self, only_controllers: bool, store: &Store, now: Time) -> Option<(Turn, usize)> {
        let due =
            self.list().enumerate().filter_map(|(place, component)| Some((place, component.next_due(store, now)?)));
        due.filter(|(_, due)| due.at <= now && (!only_controllers || due.turn == Turn::Controller))
            .map(|(place, due)| (due.turn, place))
            .min()
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
