//! Stopping containers: hooks, SIGTERM in order, SIGKILL, and the end of a pod (P-65 … P-68). Upstream:
//! kuberuntime_container.go killContainer, kuberuntime_termination_order.go, kubelet.go SyncTerminatingPod.

use super::super::reason::{EndedBy, Reason};
use super::super::told::{Killing, Told};
use super::runner::{Runner, RunnerState, Stop};
use super::worker::{Containers, Stage, Work, declared};
use crate::api::{PodSpec, ProbeKind};
use crate::time::Span;

/// The shortest time from SIGTERM to SIGKILL, in seconds (reference cluster 7).
const SHORTEST_GRACE: i64 = 2;

impl Work<'_, '_> {
    /// The pod is to end: what runs is stopped. Upstream: SyncTerminatingPod.
    pub(super) fn begin_terminating(&mut self) {
        let Some(ending) = self.worker.ending else { return };
        self.generate_status(Containers::MayRun);
        self.worker.wanted = 0;
        self.stop_probing(self.pod.is_deleting());
        if self.worker.runners.iter().any(Runner::runs) {
            self.api.reason(Reason::StopBegan { grace: Span::from_seconds(ending.grace.max(SHORTEST_GRACE)) });
        }
        self.note_not_running();
        self.kill_all(Some(ending.grace));
        self.worker.stage = Stage::Terminating;
    }

    /// Containers that wait for their restart, or never started, are simply over.
    fn note_not_running(&mut self) {
        let spec = self.spec();
        for number in 0..self.worker.runners.len() {
            let container = self.place(number);
            let runner = &self.worker.runners[number];
            let waits = |code: &i32| !runner.is_over && self.pod.is_restarted(declared(&spec, number), *code);
            if let Some(exit_code) = runner.exit_code().filter(waits) {
                self.api.reason(Reason::ContainerEnded { container, exit_code, by: EndedBy::NotRunning });
            }
        }
    }

    /// All containers are over: the last status, and the end of the pod, if it is being deleted. Upstream:
    /// SyncTerminatedPod.
    pub(super) fn terminated(&mut self) {
        self.generate_status(Containers::Stopped);
        if self.is_too_old(&self.spec()) {
            self.tell(Told::DeadlineExceeded);
        }
        self.terminate_status();
        self.api.reason(Reason::PodEnded { phase: self.pod.phase });
        self.done = true;
    }

    /// Stops all containers that run; with the pod's own grace period, if no other is given.
    pub(super) fn kill_all(&mut self, grace: Option<i64>) {
        let spec = self.spec();
        let grace = grace.unwrap_or(spec.grace_seconds);
        let in_turn = spec.has_sidecar();
        for number in 0..self.worker.runners.len() {
            if self.worker.runners[number].runs() {
                self.kill(&spec, number, grace, Killing::Stopping, in_turn);
            }
        }
        self.worker.look.plan.clear();
        self.stop_in_turn();
    }

    /// Stops a container of which a probe has failed.
    pub(super) fn kill_for_probe(&mut self, spec: &PodSpec, number: usize, probe: ProbeKind) {
        let own = declared(spec, number).probe(probe).and_then(|probe| probe.grace_seconds);
        let restarts = self.worker.look.plan.contains(&number);
        self.kill(spec, number, own.unwrap_or(spec.grace_seconds), Killing::Probe { probe, restarts }, false);
    }

    fn kill(&mut self, spec: &PodSpec, number: usize, grace: i64, why: Killing, in_turn: bool) {
        let now = self.api.now;
        let container = self.place(number);
        if self.worker.runners[number].stop.is_some() {
            return;
        }
        self.worker.runners[number].is_over = why == Killing::Stopping;
        self.tell(Told::Killing { container, why });
        self.note_change();
        let hook = declared(spec, number).pre_stop.filter(|_| grace > 0);
        match hook {
            Some(hook) => {
                let until = now + hook.min(Span::from_seconds(grace));
                self.worker.runners[number].stop = Some(Stop { until, since: now, grace, is_turn: false, in_turn });
            }
            None => self.wait_for_turn(spec, number, grace, in_turn),
        }
        if !in_turn {
            self.stop_in_turn();
        }
    }

    /// SIGTERM, unless containers have to go before this one.
    fn wait_for_turn(&mut self, spec: &PodSpec, number: usize, grace: i64, in_turn: bool) {
        let now = self.api.now;
        if in_turn && grace > 0 && self.must_wait(spec, number) {
            let until = now + Span::from_seconds(grace);
            self.worker.runners[number].stop = Some(Stop { until, since: now, grace, is_turn: true, in_turn });
        } else {
            self.worker.runners[number].terminate(now, grace.max(SHORTEST_GRACE));
        }
    }

    /// Whether containers still run that end before this one: a sidecar waits for all regular containers, and for the
    /// sidecars behind it.
    fn must_wait(&self, spec: &PodSpec, number: usize) -> bool {
        let count = spec.init_containers.len();
        number < count
            && spec.init_containers[number].is_sidecar
            && (number + 1..self.worker.runners.len()).any(|other| {
                let is_before = other >= count || spec.init_containers[other].is_sidecar;
                is_before && self.worker.runners[other].runs()
            })
    }

    /// Goes on with containers whose hook is over, or whose turn has come.
    pub(super) fn stop_in_turn(&mut self) {
        let now = self.api.now;
        if !self.worker.runners.iter().any(|runner| runner.stop.is_some()) {
            return;
        }
        let spec = self.spec();
        loop {
            let mut changed = false;
            for number in 0..self.worker.runners.len() {
                let Some(stop) = self.worker.runners[number].stop else { continue };
                let is_over = stop.until <= now || stop.is_turn && !self.must_wait(&spec, number);
                if !is_over || !matches!(self.worker.runners[number].state, RunnerState::Runs { .. }) {
                    continue;
                }
                changed = true;
                let grace = stop.grace - (now - stop.since).seconds();
                self.worker.runners[number].stop = None;
                self.wait_for_turn(&spec, number, grace, stop.in_turn && !stop.is_turn);
            }
            if !changed {
                return;
            }
        }
    }

    /// Whether what this look stops has stopped.
    pub(super) fn stopped(&self) -> bool {
        !self.worker.runners.iter().any(Runner::is_stopping)
    }
}
