//! The machine: an API server and components that meet in its store and know nothing of each other. It has a time of
//! its own and reads no clock; [`Cluster::step`] does the next thing and says why.

mod api_server;
pub mod behavior;
mod components;
mod control_loop;
mod cron_job;
pub(crate) mod event_recorder;
mod fault;
mod garbage_collector;
pub mod input;
mod input_result;
pub mod inventory;
mod job;
pub mod journal;
mod kubelet;
mod node_fault;
pub(crate) mod node_lifecycle;
mod pod_garbage_collector;
pub(crate) mod provisions;
pub mod reason;
pub mod scheduler;
mod settings;
mod step;
mod store;
mod taint_eviction;
pub mod told;
mod ttl_after_finished;
mod work_queue;

use crate::api::{Node, NodeId};
use crate::order::Set;
use crate::time::Time;
use api_server::{ApiServer, Backing, WatchEvent};
use components::Components;
use control_loop::{Done, Turn};
pub use cron_job::scheduled_time;
use event_recorder::EventRecorder;
use fault::FirstObject;
use input::{Input, ObjectKind};
use input_result::{InputResult, NotDone};
use journal::Journal;
use provisions::Provisions;
use reason::{Component, Reason, Trigger, Wake};
use serde_json::Value;
pub use settings::Settings;
use std::rc::Rc;
use store::{NamespacedName, Store};

/// A cluster at an instant. Cloning it is a branch in time.
#[derive(Clone, Debug)]
pub struct Cluster {
    now: Time,
    /// Once the controllers have begun, they go on until none has work; then it is the node's turn again.
    controllers_turn: bool,
    first_object: FirstObject,
    backing: Backing,
    components: Components,
}

impl Cluster {
    /// An empty cluster at t = 0.
    pub fn new(settings: Settings) -> Cluster {
        let mut store = Store::default();
        for node in settings.nodes() {
            store.put_node(node);
        }
        Cluster {
            now: Time::ZERO,
            controllers_turn: false,
            components: Components::new(&settings),
            first_object: settings.first_object.map(|(kind, value)| (kind, name_of(&value))),
            backing: Backing {
                seed: settings.seed,
                pod_quota: settings.pod_quota,
                inventory: Provisions::new(settings.inventory),
                store,
                recorder: EventRecorder::default(),
                unreachable: Set::new(),
            },
        }
    }

    /// The instant at which it stands.
    pub fn now(&self) -> Time {
        self.now
    }

    /// The nodes that are there now.
    pub fn nodes(&self) -> impl Iterator<Item = &Rc<Node>> {
        self.backing.store.nodes()
    }

    /// The nodes that cannot reach the API server.
    pub(crate) fn out_of_reach(&self) -> &Set<NodeId> {
        &self.backing.unreachable
    }

    /// When something happens next without an input; now, if something is due.
    pub fn next_wakeup(&self) -> Option<Time> {
        self.components.next_due(&self.backing.store, self.now)
    }

    /// Waits until `at`; nothing may be due before.
    pub fn wait_until(&mut self, at: Time) {
        self.now = self.now.max(at);
    }

    /// Lets the next component act whose turn it is now (docs/scenario.md, Same instant); false if nothing is due.
    pub fn step(&mut self, journal: &mut Journal) -> bool {
        let next = self.components.next_turn(self.controllers_turn, &self.backing.store, self.now);
        let Some((turn, place)) = next else { return std::mem::take(&mut self.controllers_turn) };
        if self.take_step(journal, |components, api| components.at(place)?.act(api)) {
            self.controllers_turn = turn == Turn::Controller;
        } else {
            journal.silent_turns += 1;
        }
        true
    }

    /// Creates the object of the n-th manifest, as `kubectl create -f` does.
    ///
    /// # Errors
    /// The API server's words, if it refuses the object.
    pub fn create(&mut self, number: u32, manifest: &Value, journal: &mut Journal) -> Result<(), Rc<str>> {
        let answer = self.outside(Wake::Manifest(number), journal, |_, api| fault::create(manifest, api));
        if number == 0 && answer.is_ok() {
            // By the name that it has now: a manifest with `generateName` has none.
            let store = &self.backing.store;
            let job = store.jobs().next().map(|job| (ObjectKind::Job, job.key()));
            let cron_job = || store.cron_jobs().next().map(|cron_job| (ObjectKind::CronJob, cron_job.key()));
            self.first_object = job.or_else(cron_job);
        }
        answer
    }

    /// Carries out the n-th input.
    ///
    /// # Errors
    /// The API server's words, if it refuses the request.
    pub fn input(&mut self, number: u32, input: &Input, journal: &mut Journal) -> Result<(), Rc<str>> {
        let first = self.first_object.clone();
        self.outside(Wake::Input(number), journal, |components, api| {
            fault::carry_out(&input.action, &first, components, api)
        })
    }

    /// The step of a person or a program outside of the cluster.
    fn outside(
        &mut self,
        wake: Wake,
        journal: &mut Journal,
        act: impl FnOnce(&mut Components, &mut ApiServer<'_>) -> InputResult,
    ) -> Result<(), Rc<str>> {
        let mut answer = Ok(());
        self.take_step(journal, |components, api| {
            let key = match act(components, api) {
                Ok(key) => key,
                Err(NotDone::NoEffect(why)) => {
                    api.reason(Reason::NoEffect(why));
                    None
                }
                Err(NotDone::Refused(key, refusal)) => {
                    answer = Err(Rc::clone(&refusal.message));
                    api.reason(Reason::Refused(refusal));
                    key
                }
            };
            Some(Done { component: Component::Outside, key, trigger: Trigger { wake, cause: None } })
        });
        answer
    }

    /// Opens the API server and lets somebody act; false, and no step, if nothing was done.
    fn take_step(
        &mut self,
        journal: &mut Journal,
        act: impl FnOnce(&mut Components, &mut ApiServer<'_>) -> Option<Done>,
    ) -> bool {
        let mut events = Vec::new();
        let mut api = self.backing.open(self.now, journal, &mut events);
        let done = act(&mut self.components, &mut api);
        if let Some(done) = done {
            self.close_step(done, &events, journal);
        }
        done.is_some()
    }

    /// Writes a step down, and shows all components what it wrote.
    fn close_step(&mut self, done: Done, events: &[WatchEvent], journal: &mut Journal) {
        journal.close_step(self.now, done.component, done.key, done.trigger);
        for event in events {
            self.components.observe(event, &self.backing.store);
        }
    }

    /// The n-th time, from 1, for which one of the living CronJobs is scheduled, whichever comes first; `None` without
    /// a CronJob, or if all schedules have fewer times.
    pub fn nth_scheduled_time(&self, nth: u32) -> Option<Time> {
        let clock = self.components.cron_job_controller.clock();
        self.backing.store.cron_jobs().filter_map(|cron_job| cron_job::nth_scheduled_time(cron_job, nth, clock)).min()
    }
}

fn name_of(manifest: &Value) -> NamespacedName {
    let metadata = &manifest["metadata"];
    NamespacedName {
        namespace: metadata["namespace"].as_str().unwrap_or("default").into(),
        name: metadata["name"].as_str().unwrap_or_default().into(),
    }
}
