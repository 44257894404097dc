//! The status of a pod, as a look finds it. Upstream: kubelet_pods.go generateAPIPodStatus and getPhase,
//! status_manager.go mergePodStatus and TerminatePod.

use super::super::told::Told;
use super::runner::{Runner, RunnerState};
use super::worker::{Containers, Work, declared};
use crate::api::{
    ContainerState, ContainerStatus, Disruption, DisruptionReason, Phase, Pod, PodReason, PodSpec, Ready, ReadyReason,
    Sandbox, Terminated, TerminatedReason, WaitingReason,
};
use crate::time::Time;
use std::rc::Rc;

impl Work<'_, '_> {
    /// Works the status out anew; the phase that it leads to. A terminal phase is not shown while containers may run.
    pub(super) fn generate_status(&mut self, containers: Containers) -> Phase {
        let now = self.api.now;
        let spec = self.spec();
        self.set_statuses(&spec);
        let old = self.pod.phase;
        let mut phase = phase_of(&spec, &self.worker.runners, &self.pod, containers == Containers::Stopped);
        let evicted = self.worker.ending.and_then(|ending| ending.reason) == Some(PodReason::Evicted);
        if evicted && containers == Containers::Stopped && phase != Phase::Succeeded {
            phase = Phase::Failed;
        }
        let mut reason = if phase == old { self.pod.reason } else { None };
        if self.is_too_old(&spec) {
            self.tell(Told::DeadlineExceeded);
            (phase, reason) = (Phase::Failed, Some(PodReason::DeadlineExceeded));
        }
        let ready = match phase {
            Phase::Succeeded => ReadyReason::PodCompleted,
            Phase::Failed => ReadyReason::PodFailed,
            Phase::Pending | Phase::Running if self.pod.unready().is_empty() => ReadyReason::Ready,
            Phase::Pending | Phase::Running => ReadyReason::ContainersNotReady,
        };
        self.pod.ready = self.pod.ready.with_reason(ready, now);
        if !phase.is_terminal() {
            self.ask_unready();
        }
        let is_up = containers == Containers::MayRun && !self.worker.runners.is_empty();
        if self.pod.sandbox.is_up != is_up {
            self.pod.sandbox = Sandbox { is_up, since: now.truncated() };
        }
        if containers == Containers::Stopped || !phase.is_terminal() {
            (self.pod.phase, self.pod.reason) = (phase, reason);
        }
        phase
    }

    /// Whether the pod's activeDeadlineSeconds are over, by the whole seconds of its status.startTime. Upstream:
    /// active_deadline.go pastActiveDeadline.
    pub(super) fn is_too_old(&self, spec: &PodSpec) -> bool {
        let (Some(deadline), Some(started)) = (spec.active_deadline, self.pod.started) else { return false };
        self.api.now - started >= deadline
    }

    /// The last status of a pod whose containers have all been stopped (P-68). Upstream: TerminatePod.
    pub(super) fn terminate_status(&mut self) {
        let spec = self.spec();
        let lost = |status: &ContainerStatus| {
            let terminated = Terminated {
                exit_code: 137,
                reason: TerminatedReason::ContainerStatusUnknown,
                started: None,
                finished: None,
            };
            let state = match status.state {
                ContainerState::Terminated(_) => status.state,
                ContainerState::Waiting(_) | ContainerState::Running(_) => ContainerState::Terminated(terminated),
            };
            ContainerStatus { state, ..*status }
        };
        let published = self.worker.unpublished.clone().or_else(|| self.api.store.pod(self.pod.id).cloned());
        if published.is_some_and(|pod| has_initialized(&spec, &pod))
            && self.pod.containers.iter().any(|status| status.terminated().is_none())
        {
            self.pod.containers = self.pod.containers.iter().map(lost).collect();
        }
        if let Some(init) = &self.pod.init_containers {
            let reached = init.iter().rposition(ContainerStatus::has_run).map_or(1, |last| last + 1);
            let all = init.iter().enumerate();
            self.pod.init_containers =
                Some(all.map(|(place, status)| if place < reached { lost(status) } else { *status }).collect());
        }
        if !self.pod.phase.is_terminal() {
            self.pod.phase = Phase::Failed;
        }
        let evicted = self.worker.ending.and_then(|ending| ending.reason) == Some(PodReason::Evicted);
        if evicted {
            let since = self.pod.disruption.map_or(self.api.now.truncated(), |earlier| earlier.since);
            self.pod.disruption = Some(Disruption { reason: DisruptionReason::TerminationByKubelet, since });
            if self.pod.phase == Phase::Failed {
                self.pod.reason = Some(PodReason::Evicted);
            }
        }
    }

    fn set_statuses(&mut self, spec: &PodSpec) {
        if self.worker.runners.is_empty() {
            return;
        }
        let statuses = |work: &Self, from: usize, old: &Rc<[ContainerStatus]>| -> Option<Rc<[ContainerStatus]>> {
            let new = |place: usize| work.status_of(spec, from + place);
            let changed = (0..old.len()).any(|place| new(place) != old[place]);
            changed.then(|| (0..old.len()).map(new).collect())
        };
        let init = spec.init_containers.len();
        if let Some(changed) = statuses(self, init, &self.pod.containers) {
            self.pod.containers = changed;
        }
        if let Some(changed) = self.pod.init_containers.as_ref().and_then(|old| statuses(self, 0, old)) {
            self.pod.init_containers = Some(changed);
        }
        self.pod.initialized = self.pod.is_initialized();
    }

    /// The status of one container. One that is to be started shows what kept it from that the last time (P-32).
    fn status_of(&self, spec: &PodSpec, number: usize) -> ContainerStatus {
        let runner = &self.worker.runners[number];
        let container = declared(spec, number);
        let is_init = number < spec.init_containers.len();
        let starts_again = !self.pod.is_deleting()
            && match runner.state {
                RunnerState::Never => true,
                RunnerState::Runs { .. } => false,
                RunnerState::Exited { exit_code, .. } => self.pod.shows_restart(container, exit_code),
            };
        let mut status = runner.status;
        if let Some(Some(reason)) = self.worker.waiting.get(number).filter(|_| starts_again) {
            status.last = status.terminated().or(status.last);
            status.state = ContainerState::Waiting(*reason);
        }
        status.started = runner.runs() && self.has_started(number);
        status.ready = match is_init && !container.is_sidecar {
            true => runner.exit_code() == Some(0),
            false => status.started && self.is_ready(number),
        };
        status
    }

    /// Writes the status, if the node can reach the API server and it is new.
    pub(super) fn publish(&mut self) {
        if !self.connected {
            self.worker.unpublished = Some(Rc::new(self.pod.clone()));
            return;
        }
        let Some(stored) = self.api.store.pod(self.pod.id).cloned() else { return };
        let merged = with_status_of(&stored, &self.pod);
        self.worker.unpublished = None;
        if merged != *stored {
            self.api.update_pod_status(merged);
        }
    }
}

/// A pod as it is stored, with the part of its status that its kubelet writes.
pub(super) fn with_status_of(stored: &Pod, kubelets: &Pod) -> Pod {
    let by_kubelet = |disruption: &Disruption| disruption.reason == DisruptionReason::TerminationByKubelet;
    Pod {
        phase: kubelets.phase,
        started: kubelets.started,
        sandbox: kubelets.sandbox,
        ready: kubelets.ready,
        reason: kubelets.reason,
        initialized: kubelets.initialized,
        containers: Rc::clone(&kubelets.containers),
        init_containers: kubelets.init_containers.clone(),
        disruption: kubelets.disruption.filter(by_kubelet).or(stored.disruption),
        ..stored.clone()
    }
}

/// The phase that follows from the containers. Upstream: getPhase.
fn phase_of(spec: &PodSpec, runners: &[Runner], pod: &Pod, is_terminal: bool) -> Phase {
    let count = spec.init_containers.len();
    if runners.is_empty() {
        return Phase::Pending;
    }
    let (init, regular) = runners.split_at(count);
    let has_started = regular.iter().any(|runner| runner.state != RunnerState::Never);
    let (mut pending_init, mut pending_sidecars, mut waiting, mut running) = (false, false, false, false);
    for (container, (runner, status)) in
        spec.init_containers.iter().zip(init.iter().zip(pod.init_containers.as_deref().unwrap_or_default()))
    {
        let waits = matches!(status.state, ContainerState::Waiting(_)) && status.last.is_none();
        match runner.state {
            RunnerState::Runs { .. } if container.is_sidecar => {
                running = true;
                pending_sidecars |= !status.started;
            }
            RunnerState::Never if container.is_sidecar => (pending_sidecars, waiting) = (true, true),
            RunnerState::Exited { .. } if container.is_sidecar => {}
            RunnerState::Exited { exit_code, .. } => {
                if exit_code != 0 && !pod.shows_restart(container, exit_code) {
                    return Phase::Failed;
                }
                pending_init |= waits;
            }
            RunnerState::Never | RunnerState::Runs { .. } => pending_init = true,
        }
    }
    let (mut stopped, mut succeeded, mut restarts) = (0, 0, false);
    for (container, runner) in spec.containers.iter().zip(regular) {
        match runner.state {
            RunnerState::Never => waiting = true,
            RunnerState::Runs { .. } => running = true,
            RunnerState::Exited { exit_code, .. } => {
                stopped += 1;
                succeeded += usize::from(exit_code == 0);
                restarts |= pod.shows_restart(container, exit_code);
            }
        }
    }
    if pending_init || pending_sidecars && !has_started || waiting {
        Phase::Pending
    } else if running || restarts && !is_terminal {
        Phase::Running
    } else if stopped == succeeded {
        Phase::Succeeded
    } else {
        Phase::Failed
    }
}

/// Whether a pod got as far as its regular containers. Upstream: status_manager.go hasPodInitialized.
fn has_initialized(spec: &PodSpec, pod: &Pod) -> bool {
    if pod.initialized {
        return true;
    }
    let Some((last, status)) = spec.init_containers.last().zip(pod.init_containers.as_ref().and_then(|all| all.last()))
    else {
        return true;
    };
    if pod.containers.iter().any(ContainerStatus::has_run) {
        return true;
    }
    let ended_well = |terminated: Option<Terminated>| terminated.is_some_and(|terminated| terminated.exit_code == 0);
    match last.is_sidecar {
        true => status.started,
        false => ended_well(status.terminated()) || ended_well(status.last),
    }
}

impl Ready {
    /// The condition with another reason; its transition time changes only with its status.
    pub(super) fn with_reason(self, reason: ReadyReason, now: Time) -> Ready {
        let flips = (self.reason == ReadyReason::Ready) != (reason == ReadyReason::Ready);
        Ready { reason, since: if flips { now.truncated() } else { self.since } }
    }
}

/// What a container waits for that has been held back from its restart.
pub(super) const HELD: WaitingReason = WaitingReason::CrashLoopBackOff;
