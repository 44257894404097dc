//! Probes: each is asked in its own period (P-70 … P-74). Upstream: prober/worker.go,
//! prober_manager.go.

use super::super::reason::{Reason, Wake};
use super::super::told::Told;
use super::probe_worker::{ProbeWorker, Verdict, initial};
use super::runner::{Runner, RunnerState};
use super::worker::{Work, declared};
use crate::api::ProbeKind;
use crate::time::{Span, Time};

const KINDS: [ProbeKind; 3] = [ProbeKind::Startup, ProbeKind::Readiness, ProbeKind::Liveness];

impl Work<'_, '_> {
    /// The pod's volumes are mounted: its probes begin. Upstream: AddPod.
    pub(super) fn begin_probing(&mut self) {
        let spec = self.spec();
        let has_any = spec.containers.iter().chain(&spec.init_containers).any(|container| container.probes.is_some());
        if !has_any || !self.worker.probes.is_empty() {
            return;
        }
        let now = self.api.now;
        for runner in 0..spec.container_count() {
            let container = declared(&spec, runner);
            for kind in KINDS {
                let Some(probe) = container.probe(kind).copied() else { continue };
                self.worker.probes.push(ProbeWorker {
                    runner,
                    kind,
                    probe,
                    from: now,
                    due: Time::NEVER,
                    ticked: None,
                    run: None,
                    verdict: initial(kind),
                    last: None,
                    on_hold: false,
                    asked: false,
                });
            }
        }
    }

    /// The pod ends: if it is being deleted its readiness is still probed, until its containers have stopped. Upstream:
    /// StopLivenessAndStartup.
    pub(super) fn stop_probing(&mut self, is_deleting: bool) {
        self.worker.probes.retain(|probe| probe.kind == ProbeKind::Readiness && is_deleting);
    }

    fn probe_of(&self, runner: usize, kind: ProbeKind) -> Option<&ProbeWorker> {
        self.worker.probes.iter().find(|probe| probe.runner == runner && probe.kind == kind)
    }

    /// What a probe of a container came to in its present run; `None` if it has no such probe.
    pub(super) fn verdict(&self, runner: usize, kind: ProbeKind) -> Option<Verdict> {
        let probe = self.probe_of(runner, kind)?;
        let run = self.worker.runners[runner].status.restart_count;
        Some(if probe.run == Some(run) { probe.verdict } else { initial(kind) })
    }

    /// Whether a container that runs has started. Upstream: isContainerStarted.
    pub(super) fn has_started(&self, runner: usize) -> bool {
        self.verdict(runner, ProbeKind::Startup).is_none_or(|verdict| verdict == Verdict::Success)
    }

    /// Whether a container that has started is ready.
    pub(super) fn is_ready(&self, runner: usize) -> bool {
        self.verdict(runner, ProbeKind::Readiness).is_none_or(|verdict| verdict == Verdict::Success)
    }

    /// A status finds containers not ready: their probes are asked at once (P-71). Upstream: UpdatePodStatus.
    pub(super) fn ask_unready(&mut self) {
        if self.worker.ending.is_some() {
            return;
        }
        for number in 0..self.worker.probes.len() {
            if self.finds_unready(number) {
                self.worker.probes[number].asked = true;
            }
        }
    }

    /// Whether a look would ask a probe.
    pub(super) fn has_unready_probe(&self) -> bool {
        (0..self.worker.probes.len()).any(|number| self.finds_unready(number))
    }

    /// Whether a probe is one by which its container, which runs, is not ready.
    fn finds_unready(&self, number: usize) -> bool {
        let ProbeWorker { runner, kind, .. } = self.worker.probes[number];
        let runs = self.worker.runners.get(runner).is_some_and(Runner::runs);
        kind == ProbeKind::Readiness && runs && self.has_started(runner) && !self.is_ready(runner)
    }

    /// Asks the probes whose tick has come.
    pub(super) fn probe(&mut self) {
        if self.worker.probes.is_empty() || self.worker.runners.is_empty() {
            return;
        }
        let now = self.api.now;
        for number in 0..self.worker.probes.len() {
            let probe = &mut self.worker.probes[number];
            let asked = std::mem::take(&mut probe.asked);
            if asked {
                probe.from = now;
            }
            let ticks = probe.tick_at(now) && probe.ticked != Some(now);
            if asked || ticks {
                self.worker.probes[number].ticked = Some(now);
                if self.tick(number) {
                    self.worker.wanted += 1;
                }
            }
        }
        for number in 0..self.worker.probes.len() {
            self.worker.probes[number].due = self.next_tick(number);
        }
    }

    /// One tick of a worker; whether its result is new, which leads to a look. Upstream: doProbe.
    fn tick(&mut self, number: usize) -> bool {
        let now = self.api.now;
        let ProbeWorker { runner, kind, probe, .. } = self.worker.probes[number];
        let container = self.worker.runners[runner];
        if container.state == RunnerState::Never {
            return false;
        }
        let run = container.status.restart_count;
        let mut is_new = false;
        if self.worker.probes[number].run != Some(run) {
            let worker = &mut self.worker.probes[number];
            (worker.run, worker.verdict, worker.on_hold) = (Some(run), initial(kind), false);
            // That a liveness probe finds all well leads to none.
            is_new = kind != ProbeKind::Liveness;
        }
        if self.worker.probes[number].on_hold {
            return is_new;
        }
        let RunnerState::Runs { started, .. } = container.state else {
            if self.worker.ending.is_some() {
                // Its status still says that it runs.
                let container = self.place(runner);
                self.wake = Wake::Probed;
                self.tell(Told::ProbeErrored(container));
                return false;
            }
            return self.conclude(number, Verdict::Failure) || is_new;
        };
        let age = now - started.truncated();
        if age.seconds() < probe.initial_delay {
            return is_new;
        }
        let has_started = self.has_started(runner);
        if has_started == (kind == ProbeKind::Startup) {
            return is_new;
        }
        let age = now - started;
        let succeeds = age < container.hang && (kind == ProbeKind::Liveness || age >= container.ready);
        if !succeeds {
            let container = self.place(runner);
            self.wake = Wake::Probed;
            self.tell(Told::Unhealthy { container, probe: kind });
        }
        let worker = &mut self.worker.probes[number];
        let times = match worker.last {
            Some((last, times)) if last == succeeds => times + 1,
            _ => 1,
        };
        worker.last = Some((succeeds, times));
        let needed = if succeeds { probe.success_threshold } else { probe.failure_threshold };
        if times < needed {
            return is_new;
        }
        if !succeeds && kind != ProbeKind::Readiness {
            worker.on_hold = true;
            worker.last = Some((succeeds, 0));
        }
        if self.worker.probes[number].verdict != Verdict::of(succeeds) {
            let container = self.place(runner);
            self.api.reason(Reason::ProbeConcluded { container, probe: kind, succeeds });
        }
        self.conclude(number, Verdict::of(succeeds)) || is_new
    }

    /// Sets a verdict; whether it is a new one that leads to a look.
    fn conclude(&mut self, number: usize, verdict: Verdict) -> bool {
        let worker = &mut self.worker.probes[number];
        if std::mem::replace(&mut worker.verdict, verdict) == verdict {
            return false;
        }
        let leads = worker.kind != ProbeKind::Liveness || verdict == Verdict::Failure;
        if leads {
            self.wake = Wake::Probed;
        }
        leads
    }

    /// The next tick at which something can happen: ticks that find all as it was are left out.
    fn next_tick(&self, number: usize) -> Time {
        let worker = &self.worker.probes[number];
        let container = &self.worker.runners[worker.runner];
        let next = worker.tick_from(self.api.now + Span::from_millis(1));
        let run = container.status.restart_count;
        let RunnerState::Runs { started, .. } = container.state else {
            if self.worker.ending.is_some() {
                return if worker.run == Some(run) { next } else { Time::NEVER };
            }
            let news =
                worker.run == Some(run) && worker.verdict == Verdict::Success && worker.kind != ProbeKind::Liveness;
            return if news && container.state != RunnerState::Never { next } else { Time::NEVER };
        };
        if worker.run != Some(run) {
            return next;
        }
        if worker.on_hold {
            return Time::NEVER;
        }
        let has_started = self.has_started(worker.runner);
        if has_started == (worker.kind == ProbeKind::Startup) {
            return Time::NEVER;
        }
        let ready =
            started.saturating_add(if worker.kind == ProbeKind::Liveness { Span::ZERO } else { container.ready });
        let hang = started.saturating_add(container.hang);
        let is_settled = worker.verdict == Verdict::Success && worker.last.is_some_and(|(succeeds, _)| succeeds);
        if !is_settled || next < ready {
            return next;
        }
        if hang == Time::NEVER { Time::NEVER } else { worker.tick_from(hang).max(next) }
    }
}
