//! The machine: an API server, the controllers and a kubelet that meet in a store and know nothing of each other.
//! Own time, no clock; [`Cluster::step`] does the next thing and says why.

mod api_server;
pub mod behavior;
mod cron_job;
mod event_recorder;
mod fault;
mod garbage_collector;
pub mod input;
mod job;
pub mod journal;
mod kubelet;
mod pod_garbage_collector;
pub mod reason;
mod scheduler;
mod store;
mod ttl_after_finished;
mod work_queue;

use crate::api::{JobId, ObjectKey, PodId};
use crate::time::{Span, Time};
use api_server::{ApiServer, Backing, Change};
use behavior::Behaviors;
use cron_job::{CronJobController, WallClock};
use event_recorder::EventRecorder;
use fault::{Effect, FirstObject};
use garbage_collector::GarbageCollector;
use input::{Input, InputAction, ObjectKind};
use job::JobController;
use journal::Journal;
use kubelet::Kubelet;
use pod_garbage_collector::PodGarbageCollector;
use reason::{Component, Reason, Step, Trigger, Wake};
use scheduler::Scheduler;
use serde_json::Value;
use std::rc::Rc;
use store::{NamespacedName, Store};
use ttl_after_finished::TtlAfterFinished;

/// What a cluster takes its time for, and what programs in it do.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// For generated names.
    pub seed: u64,
    /// t = 0 in seconds since 1970, for schedules.
    pub start_unix_seconds: i64,
    /// The rules of all time zones, if the text names one ([`crate::api::time_zone`]).
    pub time_zones: Option<Rc<[u8]>>,
    /// Pod created → bound to a node.
    pub scheduling: Span,
    /// Bound → containers running.
    pub starting: Span,
    /// At most so many pods that are neither Succeeded nor Failed.
    pub pod_quota: Option<u32>,
    /// What programs do.
    pub behaviors: Behaviors,
    /// The first object of the text, which inputs without a name mean.
    pub first_object: Option<(ObjectKind, Rc<Value>)>,
}

/// A cluster at an instant. Cloning it is a branch in time.
#[derive(Clone, Debug)]
pub struct Cluster {
    now: Time,
    /// Once the controllers have begun, they go on until none has work; then it is the node's turn again.
    controllers_turn: bool,
    first_object: FirstObject,
    backing: Backing,
    scheduler: Scheduler,
    kubelet: Kubelet,
    pod_garbage_collector: PodGarbageCollector,
    job_controller: JobController,
    ttl_after_finished: TtlAfterFinished,
    cron_job_controller: CronJobController,
    garbage_collector: GarbageCollector,
}

/// Who did something, for which object, and what woke it.
type Done = (Component, Option<ObjectKey>, Trigger);

impl Cluster {
    /// An empty cluster at t = 0.
    pub fn new(settings: Settings) -> Cluster {
        let first_object = settings.first_object.map(|(kind, value)| (kind, name_of(&value)));
        let clock = WallClock { start_unix_seconds: settings.start_unix_seconds, time_zones: settings.time_zones };
        Cluster {
            now: Time::ZERO,
            controllers_turn: false,
            first_object,
            backing: Backing {
                seed: settings.seed,
                pod_quota: settings.pod_quota,
                store: Store::default(),
                recorder: EventRecorder::default(),
            },
            scheduler: Scheduler::new(settings.scheduling),
            kubelet: Kubelet::new(settings.starting, settings.behaviors),
            pod_garbage_collector: PodGarbageCollector::start(Time::ZERO),
            job_controller: JobController::default(),
            ttl_after_finished: TtlAfterFinished::default(),
            cron_job_controller: CronJobController::new(clock),
            garbage_collector: GarbageCollector::default(),
        }
    }

    /// The instant at which it stands.
    pub fn now(&self) -> Time {
        self.now
    }

    /// When something will happen next without anything from outside; now, if something is due.
    pub fn next_wakeup(&self) -> Option<Time> {
        if self.has_work() {
            return Some(self.now);
        }
        [
            self.scheduler.next_due().map(|(at, _)| at),
            self.kubelet.next_due().map(|(at, _)| at),
            self.pod_garbage_collector.next_due(&self.backing.store, self.now),
            self.job_controller.next_due(),
            self.ttl_after_finished.next_due(),
            self.cron_job_controller.next_due(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Whether a controller has a key that is ready.
    fn has_work(&self) -> bool {
        self.garbage_collector.has_work()
            || self.job_controller.has_work()
            || self.ttl_after_finished.has_work()
            || self.cron_job_controller.has_work()
    }

    /// Waits until `at`; nothing may be due before.
    pub fn wait_until(&mut self, at: Time) {
        self.now = self.now.max(at);
    }

    /// Does the next thing that is due now: what the node does by pod number, then the pod garbage collector, then
    /// the controllers (docs/scenario.md, Same instant). False if nothing is due.
    ///
    /// The garbage collector goes before the other controllers: in the reference cluster it takes no time, so a Job
    /// that is deleted in the foreground is synced when its pods are being deleted already.
    pub fn step(&mut self, journal: &mut Journal) -> bool {
        let mut changes = Vec::new();
        let starts = Starts::of(journal);
        let node = [self.scheduler.next_due(), self.kubelet.next_due()];
        let collects =
            self.pod_garbage_collector.next_due(&self.backing.store, self.now).is_some_and(|at| at <= self.now);
        let mut api = self.backing.open(self.now, journal, &mut changes);
        let idle = !self.controllers_turn;
        let due = |next: Option<(Time, PodId)>| next.filter(|(at, _)| idle && *at <= api.now).map(|(_, pod)| pod);
        let done: Option<Done> = match (due(node[0]), due(node[1])) {
            (Some(pod), other) if other.is_none_or(|other| pod <= other) => {
                let acted = self.scheduler.act(&mut api);
                acted.map(|(component, pod, trigger)| (component, Some(ObjectKey::Pod(pod)), trigger))
            }
            (_, Some(_)) => {
                let acted = self.kubelet.act(&mut api);
                acted.map(|(pod, trigger)| (Component::Kubelet, Some(ObjectKey::Pod(pod)), trigger))
            }
            _ if idle && collects => {
                let trigger = self.pod_garbage_collector.act(&mut api);
                Some((Component::PodGarbageCollector, None, trigger))
            }
            _ => match controllers(
                &mut self.garbage_collector,
                &mut self.job_controller,
                &mut self.ttl_after_finished,
                &mut self.cron_job_controller,
                &mut api,
            ) {
                Some(done) => {
                    self.controllers_turn = true;
                    Some(done)
                }
                None => return std::mem::take(&mut self.controllers_turn),
            },
        };
        // A pod that is gone has nothing to tell: no step, but the next one may be due.
        if let Some(done) = done {
            self.close(starts, done, changes, journal);
        }
        true
    }

    /// Creates the object of the n-th manifest, as `kubectl create -f` does; the refusal, if it is refused.
    pub fn create(&mut self, number: u32, manifest: &Value, journal: &mut Journal) -> Option<Rc<str>> {
        let trigger = Trigger { wake: Wake::Manifest(number), cause: None };
        self.outside(trigger, journal, |_, _, api| fault::create(manifest, api))
    }

    /// Carries out the n-th input; the refusal, if the API server refuses it.
    pub fn input(&mut self, number: u32, input: &Input, journal: &mut Journal) -> Option<Rc<str>> {
        let trigger = Trigger { wake: Wake::Input(number), cause: None };
        if input.action == InputAction::RestartControllers {
            self.restart_controllers(trigger, journal);
            return None;
        }
        self.outside(trigger, journal, |first, kubelet, api| fault::carry_out(&input.action, first, kubelet, api))
    }

    fn outside(
        &mut self,
        trigger: Trigger,
        journal: &mut Journal,
        act: impl FnOnce(&FirstObject, &mut Kubelet, &mut ApiServer<'_>) -> Effect,
    ) -> Option<Rc<str>> {
        let mut changes = Vec::new();
        let starts = Starts::of(journal);
        let mut api = self.backing.open(self.now, journal, &mut changes);
        let (key, refused) = match act(&self.first_object, &mut self.kubelet, &mut api) {
            Effect::Done(key) => (key, None),
            Effect::None(why) => {
                api.reason(Reason::NoEffect(why));
                (None, None)
            }
            Effect::Refused(key, message) => {
                api.reason(Reason::Refused(Rc::clone(&message)));
                (key, Some(message))
            }
        };
        self.close(starts, (Component::Outside, key, trigger), changes, journal);
        refused
    }

    /// All controllers, the event recorder among them, forget everything and list what there is (docs/scenario.md).
    fn restart_controllers(&mut self, trigger: Trigger, journal: &mut Journal) {
        let starts = Starts::of(journal);
        let step = journal.current();
        self.backing.recorder.forget();
        self.pod_garbage_collector = PodGarbageCollector::start(self.now);
        self.job_controller = JobController::start(&self.backing.store, self.now, step);
        self.ttl_after_finished = TtlAfterFinished::start(&self.backing.store, step);
        let clock = self.cron_job_controller.clock().clone();
        self.cron_job_controller = CronJobController::start(clock, &self.backing.store, step);
        journal.reasons.push(Reason::MemoryLost);
        self.close(starts, (Component::Outside, None, trigger), Vec::new(), journal);
    }

    /// Writes a step down and tells everybody what changed in it.
    fn close(&mut self, starts: Starts, done: Done, changes: Vec<Change>, journal: &mut Journal) {
        let id = journal.current();
        let (component, key, trigger) = done;
        journal.steps.push(Step {
            at: self.now,
            component,
            key,
            trigger,
            reasons: starts.reasons..journal.reasons.len() as u32,
            versions: starts.versions..journal.versions.len() as u32,
            events: starts.events..journal.events.len() as u32,
        });
        for change in &changes {
            self.scheduler.observe(change, self.now, id);
            self.kubelet.observe(change, self.now, id);
            self.job_controller.observe(change, &self.backing.store, self.now, id);
            self.ttl_after_finished.observe(change, id);
            self.cron_job_controller.observe(change, &self.backing.store, self.now, id);
            self.garbage_collector.observe(change, id);
        }
    }

    /// The first of the n-th scheduled times of the CronJobs that live now; `None` without a CronJob, or if no
    /// schedule has so many times.
    pub fn nth_scheduled_time(&self, nth: u32) -> Option<Time> {
        let clock = self.cron_job_controller.clock();
        self.backing.store.cron_jobs().filter_map(|cron_job| cron_job::nth_scheduled_time(cron_job, nth, clock)).min()
    }

    /// The Jobs that live now.
    pub fn jobs(&self) -> impl Iterator<Item = JobId> {
        self.backing.store.jobs().map(|job| job.id)
    }
}

/// The controllers in order; the first that has work does one piece of it.
fn controllers(
    garbage_collector: &mut GarbageCollector,
    job_controller: &mut JobController,
    ttl_after_finished: &mut TtlAfterFinished,
    cron_job_controller: &mut CronJobController,
    api: &mut ApiServer<'_>,
) -> Option<Done> {
    if let Some((key, trigger)) = garbage_collector.act(api) {
        return Some((Component::GarbageCollector, Some(key), trigger));
    }
    if let Some(done) = job_controller.act(api) {
        return Some(done);
    }
    if let Some((key, trigger)) = ttl_after_finished.act(api) {
        return Some((Component::TtlAfterFinished, key, trigger));
    }
    let (key, trigger) = cron_job_controller.act(api)?;
    Some((Component::CronJobController, Some(key), trigger))
}

/// Where the lists of the journal stood when a step began.
#[derive(Clone, Copy)]
struct Starts {
    reasons: u32,
    versions: u32,
    events: u32,
}

impl Starts {
    fn of(journal: &Journal) -> Starts {
        Starts {
            reasons: journal.reasons.len() as u32,
            versions: journal.versions.len() as u32,
            events: journal.events.len() as u32,
        }
    }
}

fn name_of(manifest: &Value) -> NamespacedName {
    let metadata = &manifest["metadata"];
    NamespacedName {
        namespace: metadata["namespace"].as_str().unwrap_or("default").into(),
        name: metadata["name"].as_str().unwrap_or_default().into(),
    }
}
