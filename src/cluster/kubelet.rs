//! The kubelets of all nodes: start containers, restart them in place, stop them, and report their status to the API
//! server (reference cluster 2 to 7; P-30 … P-92 of docs/pods.md). They know pods and programs, no Jobs. What happens to
//! one pod is in [`worker`]. Upstream: the kubelet of 1.36.3.

mod images;
mod look;
mod plan;
mod probe_worker;
mod probes;
mod pull;
mod runner;
mod start;
mod status;
mod stop;
mod worker;

use super::api_server::{ApiServer, WatchEvent};
use super::behavior::Behaviors;
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::inventory::ImageRule;
use super::journal::Object;
use super::reason::{Component, EndedBy, NoEffect, Reason, Wake};
use super::store::Store;
use super::told::Told;
use crate::api::{Name, NodeId, ObjectKey, Pod, PodId, PodReason};
use crate::order::{Map, Set};
use crate::time::{Span, Time};
use images::Images;
use runner::RunnerState;
use std::rc::Rc;
use worker::{Ending, PodWorker, Stage, Work, declared};

/// The pods on all nodes.
#[derive(Clone, Debug)]
pub(crate) struct Kubelet {
    starting: Span,
    behaviors: Behaviors,
    images: Images,
    workers: Map<PodId, Box<PodWorker>>,
    due: Set<(Time, PodId)>,
    /// Nodes that cannot reach the API server.
    lost: Set<NodeId>,
}

impl ControlLoop for Kubelet {
    fn next_due(&self, _: &Store, _: Time) -> Option<Due> {
        let (at, pod) = self.due.first()?;
        let since = self.workers.get(pod).map_or(Time::ZERO, |worker| worker.since);
        Some(Due { at: *at, turn: Turn::Kubelet(*pod), since })
    }

    /// Pods are bound, deleted, or removed.
    fn observe(&mut self, event: &WatchEvent, _: &Store) {
        let (Some(Object::Pod(old)), new) = (&event.old, &event.new) else { return };
        let Some(Object::Pod(pod)) = new else {
            return self.removed(old);
        };
        let Some(bound) = pod.bound.filter(|bound| !self.lost.contains(&bound.node)) else { return };
        if old.bound.is_none() {
            self.see(pod, bound.node, event);
        }
        if let (None, Some(deletion)) = (old.deletion, pod.deletion) {
            self.end(pod.id, Ending { grace: deletion.grace_seconds, reason: None }, event);
        }
    }

    /// Does everything that is due for the next pod, in one write.
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let (_, id) = self.due.pop_first()?;
        let mut worker = self.workers.remove(&id)?;
        let cause = Some(worker.cause);
        let noted = (api.journal.reasons.len(), api.events.len());
        let wake = match worker.ending {
            Some(_) => Wake::Changed(ObjectKey::Pod(id)),
            None => Wake::Looked,
        };
        let wake = self.work(&mut worker, id, wake, api)?;
        let did_something = noted != (api.journal.reasons.len(), api.events.len());
        if did_something {
            worker.cause = api.journal.current();
        }
        self.keep(id, worker);
        let key = Some(ObjectKey::Pod(id));
        let trigger = super::reason::Trigger { wake, cause };
        did_something.then_some(Done { component: Component::Kubelet, key, trigger })
    }
}

impl Kubelet {
    /// Kubelets whose pods take `starting` from their node to their sandbox, unless a behavior says otherwise.
    pub(crate) fn new(starting: Span, behaviors: Behaviors, images: Rc<[ImageRule]>) -> Kubelet {
        Kubelet {
            starting,
            behaviors,
            images: Images::new(images),
            workers: Map::new(),
            due: Set::new(),
            lost: Set::new(),
        }
    }

    /// A pod has come to a node.
    fn see(&mut self, pod: &Pod, node: NodeId, event: &WatchEvent) {
        let spec = &pod.birth.template.spec;
        let mut worker = Box::new(PodWorker::new(node, spec, event.at, event.step));
        // The first look is part of the write that binds the pod: what comes then is the sandbox.
        if spec.mounts.is_empty() && spec.containers.iter().chain(&spec.init_containers).all(|one| one.probes.is_none())
        {
            let name = None;
            let took = self.behaviors.starting(pod.id, &pod.birth, name).unwrap_or(self.starting);
            worker.stage = Stage::Sandbox { at: event.at + took, took };
            worker.wanted = 0;
        }
        worker.reckon(spec, event.at);
        self.keep_due(pod.id, worker.due);
        self.workers.insert(pod.id, worker);
    }

    /// A pod is to end.
    fn end(&mut self, id: PodId, ending: Ending, event: &WatchEvent) {
        let Some(mut worker) = self.take(id) else { return };
        if worker.ending.is_none() {
            worker.ending = Some(ending);
            worker.cause = event.step;
            // What cannot be interrupted goes on; all else ends now.
            if !matches!(worker.stage, Stage::Pulling { .. } | Stage::Stopping) {
                worker.due = event.at;
            }
        }
        self.keep_due(id, worker.due);
        self.workers.insert(id, worker);
    }

    /// A pod object is gone, and with it what is left of the pod.
    fn removed(&mut self, pod: &Pod) {
        self.take(pod.id);
    }

    fn take(&mut self, id: PodId) -> Option<Box<PodWorker>> {
        let worker = self.workers.remove(&id)?;
        self.due.remove(&(worker.due, id));
        Some(worker)
    }

    fn keep_due(&mut self, id: PodId, due: Time) {
        if due != Time::NEVER {
            self.due.insert((due, id));
        }
    }

    /// A worker goes on, unless its pod is over.
    fn keep(&mut self, id: PodId, worker: Box<PodWorker>) {
        if !worker.is_over {
            self.keep_due(id, worker.due);
            self.workers.insert(id, worker);
        }
    }

    /// Lets a worker do what is due, and publishes the status; what woke it. `None` if the pod is over.
    fn work(&mut self, worker: &mut PodWorker, id: PodId, wake: Wake, api: &mut ApiServer<'_>) -> Option<Wake> {
        let stored = api.store.pod(id).cloned();
        let pod = match (&worker.unpublished, &stored) {
            (Some(kept), _) => Rc::clone(kept),
            (None, Some(stored)) => Rc::clone(stored),
            (None, None) => return None,
        };
        let connected = !self.lost.contains(&worker.node);
        let mut pod = Pod::clone(&pod);
        if let Some(stored) = stored.filter(|_| connected) {
            (pod.deletion, pod.tracked, pod.owner) = (stored.deletion, stored.tracked, stored.owner);
        }
        if pod.started.is_none() {
            pod = pod.seen_first(api.now.truncated());
        }
        let now = api.now;
        let mut work = Work {
            worker,
            pod,
            behaviors: &self.behaviors,
            starting: self.starting,
            images: &mut self.images,
            connected,
            api,
            wake,
            done: false,
        };
        work.go_on();
        work.publish();
        let (done, wake) = (work.done, work.wake);
        let spec = work.spec();
        if done {
            worker.stage = Stage::Terminating;
            worker.due = Time::NEVER;
            worker.next_look = Time::NEVER;
            worker.is_over = connected;
            if connected && api.store.pod(id).is_some_and(|pod| pod.is_deleting()) {
                api.delete_pod(id, Some(0));
            }
        } else {
            worker.reckon(&spec, now);
        }
        Some(wake)
    }

    /// `fail` and `oomKill`: running containers, or the one named, exit now (docs/scenario.md).
    ///
    /// # Errors
    /// [`NoEffect`] if no such container runs, or the pod is being stopped.
    pub(crate) fn exit_now(
        &mut self,
        id: PodId,
        container: Option<&Name>,
        exit_code: i32,
        by: EndedBy,
        api: &mut ApiServer<'_>,
    ) -> Result<(), NoEffect> {
        let pod = api.store.pod(id).cloned().ok_or(NoEffect::NoSuchPod)?;
        if pod.phase.is_terminal() {
            return Err(NoEffect::AlreadyEnded);
        }
        let worker = self.workers.get(&id).ok_or(NoEffect::NotBound)?;
        if worker.ending.is_some() {
            return Err(NoEffect::AlreadyStopping);
        }
        let spec = &pod.birth.template.spec;
        let is_meant = |number: usize| container.is_none_or(|name| *name == declared(spec, number).name);
        if !(0..worker.runners.len()).any(|number| is_meant(number) && worker.runners[number].runs()) {
            return Err(NoEffect::NotRunning);
        }
        let Some(mut worker) = self.take(id) else { return Err(NoEffect::NotBound) };
        for number in 0..worker.runners.len() {
            let runner = &mut worker.runners[number];
            if let RunnerState::Runs { started, .. } = runner.state
                && is_meant(number)
            {
                runner.state = RunnerState::Runs { started, ends: api.now, exit_code, by };
            }
        }
        self.work_now(id, worker, api);
        Ok(())
    }

    /// `nodePressureEvict`: containers are stopped with 2 s of grace (docs/scenario.md).
    ///
    /// # Errors
    /// [`NoEffect`] if the pod has no node, has ended, or is being stopped.
    pub(crate) fn evict_under_pressure(&mut self, id: PodId, api: &mut ApiServer<'_>) -> Result<(), NoEffect> {
        let pod = api.store.pod(id).cloned().ok_or(NoEffect::NoSuchPod)?;
        if pod.bound.is_none() {
            return Err(NoEffect::NotBound);
        }
        if pod.phase.is_terminal() {
            return Err(NoEffect::AlreadyEnded);
        }
        let mut worker = self.take(id).ok_or(NoEffect::NotRunning)?;
        if worker.ending.is_some() || self.lost.contains(&worker.node) {
            let lost = self.lost.contains(&worker.node);
            self.keep(id, worker);
            return Err(if lost { NoEffect::NodeUnreachable } else { NoEffect::AlreadyStopping });
        }
        worker.ending = Some(Ending { grace: 0, reason: Some(PodReason::Evicted) });
        api.reason(Reason::Told(Told::Evicted));
        self.work_now(id, worker, api);
        Ok(())
    }

    /// Does what is due for a pod outside of the kubelet's turn, because of an input.
    fn work_now(&mut self, id: PodId, mut worker: Box<PodWorker>, api: &mut ApiServer<'_>) {
        worker.cause = api.journal.current();
        if self.work(&mut worker, id, Wake::Looked, api).is_some() {
            self.keep(id, worker);
        }
    }

    /// A node cannot reach the API server any more.
    pub(crate) fn lose(&mut self, node: NodeId, store: &Store) {
        self.lost.insert(node);
        // What it knows of its pods is what it has heard so far.
        for (id, worker) in self.workers.iter_mut().filter(|(_, worker)| worker.node == node) {
            worker.unpublished = store.pod(*id).cloned();
        }
    }

    /// It can again: it looks at all its pods, and hears of what has happened since (P-85).
    pub(crate) fn find(&mut self, node: NodeId, api: &ApiServer<'_>) {
        if !self.lost.remove(&node) {
            return;
        }
        let on_node: Vec<Rc<Pod>> = api.store.pods_on(node).cloned().collect();
        for pod in on_node {
            let mut worker = match self.take(pod.id) {
                Some(worker) => worker,
                None if pod.phase.is_terminal() => continue,
                None => {
                    let spec = &pod.birth.template.spec;
                    Box::new(PodWorker::new(node, spec, api.now, api.journal.current()))
                }
            };
            if let Some(deletion) = pod.deletion
                && worker.ending.is_none()
            {
                worker.ending = Some(Ending { grace: deletion.grace_seconds, reason: None });
            }
            worker.wanted = worker.wanted.max(1);
            worker.cause = api.journal.current();
            worker.due = api.now;
            self.keep(pod.id, worker);
        }
        let gone: Vec<PodId> = self
            .workers
            .iter()
            .filter(|(id, worker)| worker.node == node && api.store.pod(**id).is_none())
            .map(|(id, _)| *id)
            .collect();
        gone.into_iter().for_each(|id| drop(self.take(id)));
    }

    /// A machine is gone, and everything on it.
    pub(crate) fn remove_node(&mut self, node: NodeId) {
        let on_node: Vec<PodId> =
            self.workers.iter().filter(|(_, worker)| worker.node == node).map(|(id, _)| *id).collect();
        on_node.into_iter().for_each(|id| drop(self.take(id)));
        self.images.forget(node);
        self.lost.remove(&node);
    }
}
