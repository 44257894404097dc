//! What a kubelet does with one pod, look by look: publishes its status, acts, and looks again when something has
//! changed (P-30 … P-33). Upstream: pod_workers.go, kubelet.go SyncPod.

use super::super::api_server::ApiServer;
use super::super::behavior::{Behaviors, ContainerRun};
use super::super::reason::{EndedBy, Reason, StepId, Wake};
use super::super::told::Told;
use super::images::Images;
use super::probes::ProbeWorker;
use super::runner::{Backoff, Runner, RunnerState};
use super::status::Containers;
use crate::api::{Container, ContainerPlace, Name, NodeId, Pod, PodReason, PodSpec, WaitingReason};
use crate::program::Program;
use crate::time::{Span, Time};
use std::rc::Rc;

/// The wait for the next look after one without an error (P-30).
const RESYNC: Span = Span::from_seconds(60);
/// … and after one with an error.
const RETRY: Span = Span::from_seconds(10);

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
    /// Does all that is due at this instant.
    pub(super) fn go_on(&mut self) {
        let now = self.api.now;
        loop {
            self.end_containers();
            self.stop_in_turn();
            self.probe();
            let can_interrupt =
                matches!(self.worker.stage, Stage::Idle | Stage::Mounting { .. } | Stage::Sandbox { .. });
            if self.worker.ending.is_some() && can_interrupt {
                self.begin_terminating();
                continue;
            }
            match self.worker.stage {
                Stage::Idle if self.worker.wanted > 0 || self.worker.next_look <= now || self.deadline() <= now => {
                    self.look()
                }
                Stage::Mounting { .. } => {
                    if !self.try_volumes() {
                        break;
                    }
                }
                Stage::Sandbox { at, took } if at <= now => self.sandbox_is_up(took),
                Stage::Pulling { runner, began, ends } if ends <= now => self.pulled(runner, now - began),
                Stage::Stopping if self.stopped() => self.start_next(),
                Stage::Terminating if !self.worker.runners.iter().any(Runner::runs) => return self.terminated(),
                _ => break,
            }
        }
    }

    /// One look. Upstream: SyncPod.
    fn look(&mut self) {
        self.worker.wanted = self.worker.wanted.saturating_sub(1);
        self.worker.next_look = Time::NEVER;
        self.worker.look = Look::default();
        if self.generate_status(Containers::MayRun).is_terminal() {
            self.worker.ending = Some(Ending { grace: self.pod.birth.template.spec.grace_seconds, reason: None });
            return;
        }
        self.note_others();
        if self.worker.volumes != Volumes::Mounted {
            return self.wait_for_volumes();
        }
        self.make_sandbox();
    }

    /// A container has ended for good while others of the pod go on.
    fn note_others(&mut self) {
        let now = self.api.now;
        let spec = self.spec();
        let first = spec.init_containers.len();
        let is_over = |number: usize| match self.worker.runners[number].state {
            RunnerState::Exited { exit_code, .. } => !self.pod.is_restarted(declared(&spec, number), exit_code),
            RunnerState::Never | RunnerState::Runs { .. } => false,
        };
        let regular = first..self.worker.runners.len().max(first);
        let ended = |number: usize| matches!(self.worker.runners[number].state, RunnerState::Exited { at, .. } if at == now);
        if !regular.clone().any(|number| ended(number) && is_over(number)) {
            return;
        }
        let running = regular.clone().filter(|number| self.worker.runners[*number].runs()).count() as u32;
        if let Some(number) = regular.into_iter().find(|number| !is_over(*number)) {
            let first = self.place(number);
            self.api.reason(Reason::OthersRun { running, first });
        }
    }

    /// The look has nothing left to do: sets when the next one comes.
    pub(super) fn end_look(&mut self) {
        let now = self.api.now;
        let look = std::mem::take(&mut self.worker.look);
        self.worker.stage = Stage::Idle;
        // What has changed while the look went on is seen by one look, what has changed just now by another.
        self.worker.wanted = match look.changed {
            Some((at, earlier)) => (u8::from(at == now) + u8::from(earlier || at < now)).max(self.worker.wanted),
            None => self.worker.wanted,
        };
        self.worker.next_look = match (look.failed, look.held_until) {
            (true, _) => now + RETRY,
            (false, Some(until)) => until.min(now + RESYNC),
            // Looks that find nothing new are left out; one that finds a container not ready asks its probe.
            (false, None) if self.has_unready_probe() => now + RESYNC,
            (false, None) => Time::NEVER,
        };
        if let Some(at) = look.restart_at {
            self.worker.next_look = self.worker.next_look.min(at);
        }
    }

    /// Containers whose time has come end now.
    fn end_containers(&mut self) {
        let now = self.api.now;
        for number in 0..self.worker.runners.len() {
            let RunnerState::Runs { ends, exit_code, by, .. } = self.worker.runners[number].state else { continue };
            if ends > now {
                continue;
            }
            self.worker.runners[number].end(now, exit_code, by);
            self.want_look();
            let container = self.place(number);
            self.api.reason(Reason::ContainerEnded { container, exit_code, by });
            self.wake = match by {
                EndedBy::Sigterm | EndedBy::Sigkill => Wake::StopOver,
                _ => Wake::ProgramEnded,
            };
        }
    }

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
