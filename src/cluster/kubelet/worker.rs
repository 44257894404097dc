//! What a kubelet does with one pod, look by look: publishes its status, acts, and looks again when something has
//! changed (P-30 … P-33). Upstream: pod_workers.go, kubelet.go SyncPod.

use super::super::api_server::ApiServer;
use super::super::behavior::{Behaviors, ContainerRun};
use super::super::reason::{Reason, StepId, Wake};
use super::super::told::Told;
use super::images::Images;
use super::probe_worker::ProbeWorker;
use super::runner::{Backoff, Runner};
use crate::api::{Container, ContainerPlace, Name, NodeId, Pod, PodReason, PodSpec, WaitingReason};
use crate::program::Program;
use crate::time::{Span, Time};
use std::rc::Rc;

/// One pod on its node.
#[derive(Clone, Debug)]
pub(super) struct PodWorker {
    pub(super) node: NodeId,
    /// When it saw the pod first: its activeDeadlineSeconds count from here.
    pub(super) seen: Time,
    /// When something of it is due; [`Time::NEVER`] if nothing is.
    pub(super) due: Time,
    /// When `due` was set, if a container's end is due.
    pub(super) since: Time,
    /// The step that set `due`.
    pub(super) cause: StepId,
    pub(super) stage: Stage,
    /// Something has changed: so many looks follow as soon as the one before is over.
    pub(super) wanted: u8,
    /// When the next look comes by itself.
    pub(super) next_look: Time,
    /// Init containers, then regular ones. Empty until the sandbox is made.
    pub(super) runners: Vec<Runner>,
    /// By runner, where it is not empty: what kept it from starting when that was last tried.
    pub(super) waiting: Vec<Option<WaitingReason>>,
    /// The look that goes on.
    pub(super) look: Look,
    /// That the pod is to end.
    pub(super) ending: Option<Ending>,
    /// Back-offs of images, by name.
    pub(super) pulls: Vec<(Name, Backoff)>,
    pub(super) probes: Vec<ProbeWorker>,
    pub(super) volumes: Volumes,
    /// What the API server has not heard, because the node cannot reach it.
    pub(super) unpublished: Option<Rc<Pod>>,
    /// Whether its pod has ended, and the API server knows: then it is not needed any more.
    pub(super) is_over: bool,
}

/// What a kubelet is doing for a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It waits for the next look.
    Idle,
    /// The look waits for the pod's volumes, until `gives_up`.
    Mounting { gives_up: Time },
    /// The look waits for the sandbox.
    Sandbox { at: Time, took: Span },
    /// The look waits for the image of a container.
    Pulling { runner: usize, began: Time, ends: Time },
    /// The look waits for containers to stop.
    Stopping,
    /// The containers are being stopped for good.
    Terminating,
}

/// A look that goes on.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// Containers that it still has to start, the next one last.
    pub(super) plan: Vec<usize>,
    /// When it last made a sandbox, or started or stopped a container, and whether it did so at an earlier instant, too.
    pub(super) changed: Option<(Time, bool)>,
    /// Whether something failed.
    pub(super) failed: bool,
    /// The end of the earliest restart back-off.
    pub(super) held_until: Option<Time>,
    /// When a container is started again that has no back-off.
    pub(super) restart_at: Option<Time>,
}

/// Why and how a pod ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// Seconds from SIGTERM to SIGKILL.
    pub(super) grace: i64,
    /// By the kubelet itself.
    pub(super) reason: Option<PodReason>,
}

/// The volumes of a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Volumes {
    /// They are there.
    Mounted,
    /// By volume that is not there yet: when it is tried next, and how often it was.
    Waiting(Vec<Option<(Time, u32)>>),
}

impl PodWorker {
    /// A worker for a pod that has come to its node.
    pub(super) fn new(node: NodeId, spec: &PodSpec, now: Time, cause: StepId) -> PodWorker {
        let volumes = match spec.mounts.len() {
            0 => Volumes::Mounted,
            count => Volumes::Waiting(vec![Some((Time::ZERO, 0)); count]),
        };
        PodWorker {
            node,
            seen: now,
            due: Time::NEVER,
            since: Time::ZERO,
            cause,
            stage: Stage::Idle,
            wanted: 1,
            next_look: Time::NEVER,
            runners: Vec::new(),
            waiting: Vec::new(),
            look: Look::default(),
            ending: None,
            pulls: Vec::new(),
            probes: Vec::new(),
            volumes,
            unpublished: None,
            is_over: false,
        }
    }

    /// When the pod's activeDeadlineSeconds are over (P-90).
    pub(super) fn deadline(&self, spec: &PodSpec) -> Time {
        spec.active_deadline.map_or(Time::NEVER, |deadline| self.seen.saturating_add(deadline))
    }

    /// Sets `due` to the earliest thing that can happen.
    pub(super) fn reckon(&mut self, spec: &PodSpec, now: Time) {
        let deadline = if self.ending.is_some() { Time::NEVER } else { self.deadline(spec) };
        let stage = match &self.stage {
            Stage::Idle if self.wanted > 0 => now,
            Stage::Idle => self.next_look.min(deadline),
            Stage::Mounting { gives_up } => match &self.volumes {
                Volumes::Waiting(tries) => {
                    let next = tries.iter().flatten().map(|(at, _)| *at).min();
                    next.unwrap_or(Time::NEVER).min(*gives_up)
                }
                Volumes::Mounted => now,
            },
            Stage::Sandbox { at, .. } => *at,
            Stage::Pulling { ends, .. } => *ends,
            Stage::Stopping | Stage::Terminating => Time::NEVER,
        };
        let interrupted =
            self.ending.is_some() && matches!(self.stage, Stage::Idle | Stage::Mounting { .. } | Stage::Sandbox { .. });
        let first = self.runners.iter().min_by_key(|runner| runner.due());
        let runners = first.map_or(Time::NEVER, Runner::due);
        let probes = self.probes.iter().map(|probe| probe.due).min().unwrap_or(Time::NEVER);
        self.due = if interrupted { now } else { stage.min(runners).min(probes) };
        self.since = first.filter(|_| self.due == runners).map_or(Time::ZERO, |runner| runner.since);
    }
}

/// Whether containers of a pod can still run, as far as the pod's status is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Containers {
    /// They may, so it does not end yet.
    MayRun,
    /// They have all been stopped.
    Stopped,
}

/// A worker at work: what it needs for a step.
pub(super) struct Work<'w, 'a> {
    pub(super) worker: &'w mut PodWorker,
    /// With the status as the kubelet knows it.
    pub(super) pod: Pod,
    pub(super) behaviors: &'w Behaviors,
    pub(super) starting: Span,
    pub(super) images: &'w mut Images,
    /// Whether the API server can be reached.
    pub(super) connected: bool,
    pub(super) api: &'w mut ApiServer<'a>,
    /// What woke the kubelet.
    pub(super) wake: Wake,
    /// The pod is over: its worker is not needed any more.
    pub(super) done: bool,
}

impl Work<'_, '_> {
    /// A look follows as soon as the one before is over.
    pub(super) fn want_look(&mut self) {
        self.worker.wanted = self.worker.wanted.max(1);
    }

    /// The look has changed something.
    pub(super) fn note_change(&mut self) {
        let now = self.api.now;
        let earlier = self.worker.look.changed.is_some_and(|(at, earlier)| earlier || at < now);
        self.worker.look.changed = Some((now, earlier));
    }

    pub(super) fn spec(&self) -> Rc<PodSpec> {
        Rc::clone(&self.pod.birth.template.spec)
    }

    /// The place of a runner's container in the template.
    pub(super) fn place(&self, runner: usize) -> ContainerPlace {
        place_of(&self.pod.birth.template.spec, runner)
    }

    /// What a container does in its next run.
    pub(super) fn behavior_of(&self, runner: usize, restart: u32) -> (Program, Span, Span) {
        let run = ContainerRun {
            pod: self.pod.id,
            birth: &self.pod.birth,
            container: self.place(runner),
            restart,
            node: self.api.store.node(self.worker.node).map(|node| &*node.name),
        };
        let program = self.behaviors.program(run);
        let behavior = self.behaviors.position(run).map(|position| &self.behaviors.list[position]);
        let ready = behavior.and_then(|behavior| behavior.ready).unwrap_or(Span::ZERO);
        let hang = behavior.and_then(|behavior| behavior.hang).unwrap_or(Span::FOREVER);
        (program, ready, hang)
    }

    /// What the kubelet tells in an event about the pod; it is lost on a node that cannot reach the API server.
    pub(super) fn tell(&mut self, told: Told) {
        let reason = if self.connected { Reason::Told(told) } else { Reason::Untold(told) };
        self.api.reason(reason);
    }

    /// When the pod's activeDeadlineSeconds are over; never once it ends.
    pub(super) fn deadline(&self) -> Time {
        if self.worker.ending.is_some() { Time::NEVER } else { self.worker.deadline(&self.pod.birth.template.spec) }
    }
}

/// The place of a runner's container in the template.
pub(super) fn place_of(spec: &PodSpec, runner: usize) -> ContainerPlace {
    match runner.checked_sub(spec.init_containers.len()) {
        None => ContainerPlace::Init(runner as u16),
        Some(place) => ContainerPlace::Regular(place as u16),
    }
}

/// What is declared of a runner's container.
pub(super) fn declared(spec: &PodSpec, runner: usize) -> &Container {
    match runner.checked_sub(spec.init_containers.len()) {
        None => &spec.init_containers[runner],
        Some(place) => &spec.containers[place],
    }
}
