//! From a look's plan to running containers: volumes, sandbox, image, configuration (P-33 … P-36, P-40 … P-55).
//! Upstream: kuberuntime_manager.go SyncPod and kuberuntime_container.go startContainer.

use super::super::reason::{Reason, Wake};
use super::super::told::{Missing, Told};
use super::pull::Pull;
use super::runner::{Backoff, Hold, Runner, RunnerState};
use super::status::HELD;
use super::worker::{Stage, Volumes, Work, declared};
use crate::api::{ConfigKind, Container, ContainerPlace, Name, PodSpec, Sandbox, WaitingReason};
use crate::cluster::inventory::ReferencedKind;
use crate::time::{Span, Time};

/// How long a look waits for volumes (P-55). Upstream: podAttachAndMountTimeout.
const MOUNT_PATIENCE: Span = Span::from_seconds(123);
/// The waits between two tries of one volume: 0.5, 1, 2 … s. Upstream: exponentialbackoff.
const FIRST_MOUNT_WAIT: Span = Span::from_millis(500);
const LONGEST_MOUNT_WAIT: Span = Span::from_seconds(122);

impl Work<'_, '_> {
    /// The look waits for volumes, or goes on at once if they are there.
    pub(super) fn wait_for_volumes(&mut self) {
        self.worker.stage = Stage::Mounting { gives_up: self.api.now + MOUNT_PATIENCE };
        self.try_volumes();
    }

    /// Tries the volumes whose time has come; whether something happened.
    pub(super) fn try_volumes(&mut self) -> bool {
        let (Stage::Mounting { gives_up }, now) = (self.worker.stage, self.api.now) else { return false };
        let spec = self.spec();
        let Volumes::Waiting(mut tries) = std::mem::replace(&mut self.worker.volumes, Volumes::Mounted) else {
            self.make_sandbox();
            return true;
        };
        let mut tried = false;
        for (number, (entry, mount)) in tries.iter_mut().zip(&spec.mounts).enumerate() {
            let Some((at, count)) = *entry else { continue };
            if at > now {
                continue;
            }
            tried = true;
            let missing = self.missing_of(mount.kind, &mount.name, mount.keys.iter().map(|key| &**key));
            *entry = missing.map(|missing| {
                let wait = FIRST_MOUNT_WAIT.millis().saturating_mul(1 << count.min(20));
                let wait = Span::from_millis(wait).min(LONGEST_MOUNT_WAIT);
                self.tell(Told::MountFailed { mount: number as u16, missing });
                (now + wait, count + 1)
            });
        }
        if tries.iter().all(Option::is_none) {
            self.make_sandbox();
            return true;
        }
        self.worker.volumes = Volumes::Waiting(tries);
        if gives_up <= now {
            self.worker.look.failed = true;
            self.end_look();
            return true;
        }
        if tried {
            self.wake = Wake::Retried;
        }
        false
    }

    /// What of a ConfigMap or Secret is missing.
    fn missing_of<'k>(&self, kind: ConfigKind, name: &str, mut keys: impl Iterator<Item = &'k str>) -> Option<Missing> {
        let kind = ReferencedKind::from(kind);
        if !self.api.inventory.exists(kind, name) {
            return Some(Missing::Object);
        }
        let missing = keys.position(|key| !self.api.inventory.has_key(kind, name, key))?;
        Some(Missing::Key(missing as u16))
    }

    /// The volumes are there: makes the sandbox, unless there is one.
    pub(super) fn make_sandbox(&mut self) {
        let now = self.api.now;
        self.begin_probing();
        if !self.worker.runners.is_empty() {
            return self.act();
        }
        let node = self.api.store.node(self.worker.node).map(|node| node.name.clone());
        let took = self.behaviors.starting(self.pod.id, &self.pod.birth, node.as_deref()).unwrap_or(self.starting);
        self.worker.stage = Stage::Sandbox { at: now + took, took };
    }

    /// The sandbox has come up.
    pub(super) fn sandbox_is_up(&mut self, took: Span) {
        self.wake = Wake::Starting;
        let init = self.pod.init_containers.as_deref().unwrap_or_default();
        self.worker.runners = init.iter().chain(self.pod.containers.iter()).copied().map(Runner::new).collect();
        self.note_change();
        self.worker.stage = Stage::Idle;
        let spec = self.spec();
        if self.all_start_at_once(&spec) {
            return self.start_all(&spec, took);
        }
        self.api.reason(Reason::SandboxMade { after: took });
        self.pod.sandbox = Sandbox { is_up: true, since: self.api.now.truncated() };
        self.act();
    }

    /// Whether nothing keeps any container from starting now: so it is with almost all pods, and one reason tells it.
    fn all_start_at_once(&self, spec: &PodSpec) -> bool {
        spec.init_containers.is_empty()
            && spec.containers.iter().all(|container| {
                self.images.is_there(self.worker.node, container)
                    && container.config.is_empty()
                    && !container.refuses_root
            })
    }

    fn start_all(&mut self, spec: &PodSpec, took: Span) {
        self.api.reason(match self.connected {
            true => Reason::ContainersStarted { after: took },
            false => Reason::SandboxMade { after: took },
        });
        for number in 0..spec.containers.len() {
            self.run(number);
        }
        self.end_look();
    }

    /// Acts on what the containers of the pod do.
    fn act(&mut self) {
        let spec = self.spec();
        let plan = self.plan(&spec);
        for (number, at) in plan.late {
            let restart_at = &mut self.worker.look.restart_at;
            *restart_at = Some(restart_at.map_or(at, |restart_at: Time| restart_at.min(at)));
            self.note_hold(number, self.place(number), at, false);
        }
        self.worker.look.plan = plan.start;
        self.worker.look.plan.reverse();
        if plan.kill_pod {
            self.kill_all(None);
        } else {
            for (number, probe) in plan.kill {
                self.kill_for_probe(&spec, number, probe);
            }
        }
        self.worker.stage = Stage::Stopping;
        if self.stopped() {
            self.start_next();
        }
    }

    /// Starts the next containers of the plan, until one makes the look last, or there is none.
    pub(super) fn start_next(&mut self) {
        let spec = self.spec();
        self.worker.stage = Stage::Idle;
        while let Some(number) = self.worker.look.plan.pop() {
            let container = declared(&spec, number);
            if !self.may_start(number) {
                self.after_failure(&spec, number);
                continue;
            }
            match self.pull(number, container) {
                Pull::Ready => self.create(&spec, number),
                Pull::Failed => self.after_failure(&spec, number),
                Pull::Takes(span) => {
                    let now = self.api.now;
                    self.worker.stage = Stage::Pulling { runner: number, began: now, ends: now.saturating_add(span) };
                    return;
                }
            }
        }
        self.end_look();
    }

    /// An init container that cannot be started ends the look (P-36: a regular one does not, nor a sidecar).
    fn after_failure(&mut self, spec: &PodSpec, number: usize) {
        if number < spec.init_containers.len() && !declared(spec, number).is_sidecar {
            self.worker.look.plan.clear();
        }
    }

    /// Whether no back-off holds a container (P-38).
    fn may_start(&mut self, number: usize) -> bool {
        let now = self.api.now;
        match self.worker.runners[number].hold(now) {
            Hold::None => {
                self.worker.runners[number].lengthen_backoff(now);
                true
            }
            Hold::Until { at, told } => {
                let held = &mut self.worker.look.held_until;
                *held = Some(held.map_or(at, |held: Time| held.min(at)));
                let container = self.place(number);
                if told {
                    self.tell(Told::BackOffRestarting(container));
                    self.set_waiting(number, Some(HELD));
                }
                self.note_hold(number, container, at, told);
                false
            }
        }
    }

    /// Says once for each wait until when a container waits for its restart.
    fn note_hold(&mut self, number: usize, container: ContainerPlace, at: Time, told: bool) {
        let RunnerState::Exited { at: ended, .. } = self.worker.runners[number].state else { return };
        if ended == self.api.now {
            self.api.reason(Reason::WillRestart { container, wait: at - ended, at });
        } else if told {
            self.api.reason(Reason::CrashLoopBackOff { container, until: at });
        }
    }

    /// What keeps a container from starting, as the next look shows it.
    pub(super) fn set_waiting(&mut self, number: usize, reason: Option<WaitingReason>) {
        if reason.is_none() && self.worker.waiting.is_empty() {
            return;
        }
        self.worker.waiting.resize(self.worker.runners.len(), None);
        self.worker.waiting[number] = reason;
    }

    /// Something keeps a container from starting: the next look is soon.
    pub(super) fn fail_start(&mut self, number: usize, reason: WaitingReason) {
        self.set_waiting(number, Some(reason));
        self.worker.look.failed = true;
    }

    /// A pull has ended.
    pub(super) fn pulled(&mut self, number: usize, took: Span) {
        self.wake = Wake::PullOver;
        let spec = self.spec();
        self.worker.stage = Stage::Idle;
        match self.finish_pull(number, declared(&spec, number), took) {
            true => self.create(&spec, number),
            false => self.after_failure(&spec, number),
        }
        self.start_next();
    }

    /// The image is there: makes and starts the container, if its configuration is there, too (P-50, P-51).
    fn create(&mut self, spec: &PodSpec, number: usize) {
        let container: &Container = declared(spec, number);
        let place = self.place(number);
        let missing = container.config.iter().enumerate().find_map(|(need, config)| {
            let missing = self.missing_of(config.kind, &config.name, config.key.iter().map(|key| &**key))?;
            Some(Told::ConfigMissing { container: place, need: need as u16, missing })
        });
        let refused = container.refuses_root.then_some(Told::RefusesRoot(place));
        if let Some(told) = missing.or(refused) {
            self.tell(told);
            self.fail_start(number, WaitingReason::CreateContainerConfigError);
            return self.after_failure(spec, number);
        }
        self.tell(Told::Created(place));
        self.tell(Told::Started(place));
        self.run(number);
    }

    fn run(&mut self, number: usize) {
        let now = self.api.now;
        let restart = match self.worker.runners[number].state {
            RunnerState::Never => 0,
            _ => self.worker.runners[number].status.restart_count + 1,
        };
        let (program, ready, hang) = self.behavior_of(number, restart);
        let runner = &mut self.worker.runners[number];
        runner.start(program, now);
        (runner.ready, runner.hang) = (ready, hang);
        self.note_change();
        self.set_waiting(number, None);
        if restart > 0 {
            self.wake = Wake::RestartDue;
            let container = self.place(number);
            self.api.reason(Reason::Restarted { container, restart_count: restart });
        }
    }

    /// The next delay of an image's back-off after a failed pull.
    pub(super) fn lengthen_pull_backoff(&mut self, image: &Name) {
        let now = self.api.now;
        let place = self.worker.pulls.iter().position(|(name, _)| name == image);
        let old = place.map(|place| self.worker.pulls[place].1);
        let next = Backoff::next(old, now, now);
        match place {
            Some(place) => self.worker.pulls[place].1 = next,
            None => self.worker.pulls.push((image.clone(), next)),
        }
    }
}
