//! The kubelet: starts containers, restarts them in place, stops them, and reports their status to the API server.
//! Knows pods and programs, no Jobs. Upstream: the kubelet of 1.36.3, as far as tests/conformance/README.md has it
//! (reference cluster 2 to 7).

use super::api_server::{ApiServer, WatchEvent};
use super::behavior::{Behaviors, ContainerRun};
use super::control_loop::{ControlLoop, Done, Due, Turn};
use super::journal::Object;
use super::reason::{Component, EndedBy, NoEffect, Reason, StepId, Trigger, Wake};
use super::store::Store;
use crate::api::{
    ContainerState, ContainerStatus, Disruption, DisruptionReason, Name, ObjectKey, Phase, Pod, PodId, Ready,
    ReadyReason, RestartPolicy, Terminated, TerminatedReason, WaitingReason,
};
use crate::order::{Map, Set};
use crate::program::Program;
use crate::time::{Span, Time};
use std::rc::Rc;

/// The shortest grace period that a running container gets (reference cluster 7).
const SHORTEST_GRACE: Span = Span::from_seconds(2);
/// A wait longer than this is shown as CrashLoopBackOff from here on (reference cluster 5).
const SHOWN_AS_CRASH_LOOP: Span = Span::from_seconds(60);
/// The waits start from the shortest again after a run that ended later than this after the last restart.
const BACKOFF_EXPIRES: Span = Span::from_seconds(600);

/// The pods on the node.
#[derive(Clone, Debug)]
pub(crate) struct Kubelet {
    starting: Span,
    behaviors: Behaviors,
    sandboxes: Map<PodId, Sandbox>,
    due: Set<(Time, PodId)>,
}

/// One pod on the node.
#[derive(Clone, Debug)]
struct Sandbox {
    /// When [`Kubelet::act`] looks at it next; [`Time::NEVER`] if nothing of it ends on its own.
    due: Time,
    /// The step that set `due`.
    cause: StepId,
    stage: Stage,
    /// By place in the template; empty until they start.
    runners: Vec<Runner>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Containers are being created; they start at this time.
    Starting { at: Time, took: Span },
    /// They run, wait for their restart, or have ended for good.
    Running,
    /// The pod was deleted at this instant; its containers get SIGTERM next.
    ToStop { grace: Span },
    /// They got SIGTERM.
    Stopping { node_pressure: bool },
}

/// One container.
#[derive(Clone, Copy, Debug)]
struct Runner {
    state: RunnerState,
    program: Program,
    restarts: u32,
    /// Waits in a row, which pick the length of the next.
    waits: u32,
    last_restart: Option<Time>,
    status: ContainerStatus,
}

#[derive(Clone, Copy, Debug)]
enum RunnerState {
    Runs { ends: Time, exit_code: i32, by: EndedBy },
    Waits { restart: Time, shown: Option<Time> },
    Over { exit_code: i32 },
}

impl ControlLoop for Kubelet {
    fn next_due(&self, _: &Store, _: Time) -> Option<Due> {
        self.due.first().map(|(at, pod)| Due { at: *at, turn: Turn::Pod(*pod) })
    }

    /// Pods are bound, deleted, or removed.
    fn observe(&mut self, event: &WatchEvent, _: &Store) {
        let (Some(Object::Pod(old)), new) = (&event.old, &event.new) else { return };
        let Some(Object::Pod(pod)) = new else {
            if let Some(sandbox) = self.sandboxes.remove(&old.id) {
                self.due.remove(&(sandbox.due, old.id));
            }
            return;
        };
        if old.bound.is_none() && pod.bound.is_some() {
            let took = self.behaviors.starting(pod.id, &pod.birth).unwrap_or(self.starting);
            let at = event.at + took;
            let stage = Stage::Starting { at, took };
            self.sandboxes.insert(pod.id, Sandbox { due: at, cause: event.step, stage, runners: Vec::new() });
            self.due.insert((at, pod.id));
        }
        if let (None, Some(deletion)) = (old.deletion, pod.deletion)
            && let Some(sandbox) = self.sandboxes.get_mut(&pod.id)
            && !matches!(sandbox.stage, Stage::Stopping { .. })
            && (sandbox.runners.is_empty() || sandbox.runners.iter().any(|runner| !runner.is_over()))
        {
            sandbox.stage = Stage::ToStop { grace: Span::from_seconds(deletion.grace_seconds) };
            sandbox.cause = event.step;
            self.set_due(pod.id, event.at);
        }
    }

    /// Does everything that is due for the next pod, in one write (reference cluster 2 to 7).
    fn act(&mut self, api: &mut ApiServer<'_>) -> Option<Done> {
        let (_, id) = self.due.pop_first()?;
        let mut sandbox = self.sandboxes.remove(&id)?;
        let pod = api.store.pod(id).cloned()?;
        let cause = Some(sandbox.cause);
        sandbox.cause = api.journal.current();
        let wake = match sandbox.stage {
            Stage::Starting { took, .. } => {
                api.reason(Reason::ContainersStarted { after: took });
                self.start(&mut sandbox, &pod, api.now);
                Wake::Starting
            }
            Stage::ToStop { grace } => {
                api.reason(Reason::StopBegan { grace });
                sandbox.stop(&pod, api.now, grace, false, api);
                Wake::Changed(ObjectKey::Pod(id))
            }
            Stage::Running | Stage::Stopping { .. } => self.run(&mut sandbox, &pod, api),
        };
        self.report(sandbox, &pod, api);
        let key = Some(ObjectKey::Pod(id));
        Some(Done { component: Component::Kubelet, key, trigger: Trigger { wake, cause } })
    }
}

impl Kubelet {
    /// A kubelet whose pods take `starting` from their node to their first run, unless a behavior says otherwise.
    pub(crate) fn new(starting: Span, behaviors: Behaviors) -> Kubelet {
        Kubelet { starting, behaviors, sandboxes: Map::new(), due: Set::new() }
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
        let sandbox = self.sandboxes.get_mut(&id).ok_or(NoEffect::NotBound)?;
        match sandbox.stage {
            Stage::Running => {}
            Stage::Starting { .. } => return Err(NoEffect::NotRunning),
            Stage::ToStop { .. } | Stage::Stopping { .. } => return Err(NoEffect::AlreadyStopping),
        }
        let containers = &pod.birth.template.spec.containers;
        let mut hit = false;
        for (runner, declared) in sandbox.runners.iter_mut().zip(containers.iter()) {
            if let RunnerState::Runs { .. } = runner.state
                && container.is_none_or(|name| *name == declared.name)
            {
                runner.state = RunnerState::Runs { ends: api.now, exit_code, by };
                hit = true;
            }
        }
        if !hit {
            return Err(NoEffect::NotRunning);
        }
        self.act_out_of_turn(id, &pod, api);
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
        let mut sandbox = self.take(id).ok_or(NoEffect::NotRunning)?;
        if matches!(sandbox.stage, Stage::ToStop { .. } | Stage::Stopping { .. }) {
            self.put_back(id, sandbox);
            return Err(NoEffect::AlreadyStopping);
        }
        sandbox.cause = api.journal.current();
        api.reason(Reason::StopBegan { grace: SHORTEST_GRACE });
        sandbox.stop(&pod, api.now, Span::ZERO, true, api);
        self.report(sandbox, &pod, api);
        Ok(())
    }

    /// Does what is due for a pod outside of the kubelet's turn, because of an input.
    fn act_out_of_turn(&mut self, id: PodId, pod: &Rc<Pod>, api: &mut ApiServer<'_>) {
        if let Some(mut sandbox) = self.take(id) {
            sandbox.cause = api.journal.current();
            self.run(&mut sandbox, pod, api);
            self.report(sandbox, pod, api);
        }
    }

    fn take(&mut self, id: PodId) -> Option<Sandbox> {
        let sandbox = self.sandboxes.remove(&id)?;
        self.due.remove(&(sandbox.due, id));
        Some(sandbox)
    }

    fn put_back(&mut self, id: PodId, sandbox: Sandbox) {
        if sandbox.due != Time::NEVER {
            self.due.insert((sandbox.due, id));
        }
        self.sandboxes.insert(id, sandbox);
    }

    fn set_due(&mut self, id: PodId, due: Time) {
        if let Some(mut sandbox) = self.take(id) {
            sandbox.due = due;
            self.put_back(id, sandbox);
        }
    }

    /// Starts all containers of a pod.
    fn start(&self, sandbox: &mut Sandbox, pod: &Pod, now: Time) {
        sandbox.stage = Stage::Running;
        let count = pod.birth.template.spec.containers.len();
        sandbox.runners = (0..count)
            .map(|container| {
                let program = self.program(pod, container, 0);
                let state = ContainerState::Running(now.truncated());
                Runner {
                    state: RunnerState::Runs {
                        ends: now.saturating_add(program.run),
                        exit_code: program.exit_code,
                        by: EndedBy::Itself,
                    },
                    program,
                    restarts: 0,
                    waits: 0,
                    last_restart: None,
                    status: ContainerStatus { state, last: None, restart_count: 0 },
                }
            })
            .collect();
    }

    fn program(&self, pod: &Pod, container: usize, restart: u32) -> Program {
        self.behaviors.program(ContainerRun { pod: pod.id, birth: &pod.birth, container, restart })
    }

    /// Ends and restarts the containers that are due now; what woke the kubelet.
    fn run(&self, sandbox: &mut Sandbox, pod: &Pod, api: &mut ApiServer<'_>) -> Wake {
        let now = api.now;
        let stopping = matches!(sandbox.stage, Stage::Stopping { .. });
        let restarts =
            pod.birth.template.spec.restart_policy == RestartPolicy::OnFailure && !stopping && !pod.is_deleting();
        let mut wake = Wake::ProgramEnded;
        for (place, runner) in sandbox.runners.iter_mut().enumerate() {
            let container = place as u16;
            match runner.state {
                RunnerState::Runs { ends, exit_code, by } if ends <= now => {
                    if matches!(by, EndedBy::Sigterm | EndedBy::Sigkill) {
                        wake = Wake::StopOver;
                    }
                    api.reason(Reason::ContainerEnded { container, exit_code, by });
                    runner.end(now, exit_code, by);
                    if restarts && exit_code != 0 {
                        let (wait, restart) = runner.wait(now);
                        api.reason(Reason::WillRestart { container, wait, at: restart });
                    }
                }
                RunnerState::Waits { restart, .. } if restart <= now => {
                    wake = Wake::RestartDue;
                    runner.restarts += 1;
                    runner.program = self.program(pod, place, runner.restarts);
                    runner.restart(now);
                    api.reason(Reason::Restarted { container, restart_count: runner.restarts });
                }
                RunnerState::Waits { restart, shown: Some(shown) } if shown <= now => {
                    wake = Wake::CrashLoop;
                    runner.state = RunnerState::Waits { restart, shown: None };
                    let waiting = ContainerState::Waiting(WaitingReason::CrashLoopBackOff);
                    runner.status = ContainerStatus { state: waiting, ..runner.status };
                    api.reason(Reason::CrashLoopBackOff { container, until: restart });
                }
                RunnerState::Runs { .. } | RunnerState::Waits { .. } | RunnerState::Over { .. } => {}
            }
        }
        wake
    }

    /// Writes the status of a pod if it changed, and sets when to look again.
    fn report(&mut self, mut sandbox: Sandbox, pod: &Rc<Pod>, api: &mut ApiServer<'_>) {
        if sandbox.runners.iter().all(Runner::is_over) {
            return sandbox.finish(pod, api);
        }
        sandbox.due = sandbox.runners.iter().map(Runner::due).min().unwrap_or(Time::NEVER);
        if matches!(sandbox.stage, Stage::Stopping { .. }) {
            // While the pod is being stopped, its status is written once, when the last container has ended (reference
            // cluster 7).
            return self.put_back(pod.id, sandbox);
        }
        let running = sandbox.runners.iter().filter(|runner| matches!(runner.state, RunnerState::Runs { .. })).count();
        let all_run = running == sandbox.runners.len();
        if !all_run && sandbox.runners.iter().any(Runner::is_over) {
            let first = sandbox.runners.iter().position(|runner| !runner.is_over()).unwrap_or(0) as u16;
            api.reason(Reason::OthersRun { running: running as u32, first });
        }
        let reason = if all_run { ReadyReason::Ready } else { ReadyReason::ContainersNotReady };
        let containers = sandbox.statuses();
        let ready = pod.ready.with_reason(reason, api.now);
        if pod.phase != Phase::Running || pod.ready != ready || *pod.containers != *containers {
            api.update_pod_status(Pod { phase: Phase::Running, ready, containers, ..Pod::clone(pod) });
        }
        self.put_back(pod.id, sandbox);
    }
}

impl Sandbox {
    /// Sends SIGTERM: sets when each running container ends; all others have ended (reference cluster 7).
    fn stop(&mut self, pod: &Pod, now: Time, grace: Span, node_pressure: bool, api: &mut ApiServer<'_>) {
        self.stage = Stage::Stopping { node_pressure };
        let kill = now + grace.max(SHORTEST_GRACE);
        if self.runners.is_empty() {
            let never = Runner::never_started();
            self.runners = pod.birth.template.spec.containers.iter().map(|_| never).collect();
        }
        for (container, runner) in self.runners.iter_mut().enumerate() {
            match runner.state {
                RunnerState::Runs { ends, exit_code, by } => {
                    let program = runner.program;
                    let (ends, exit_code, by) = if program.terminate_after == Span::FOREVER {
                        (ends, exit_code, by)
                    } else {
                        (now + program.terminate_after, program.terminate_exit_code, EndedBy::Sigterm)
                    };
                    runner.state = if ends <= kill {
                        RunnerState::Runs { ends, exit_code, by }
                    } else {
                        RunnerState::Runs { ends: kill, exit_code: 137, by: EndedBy::Sigkill }
                    };
                }
                RunnerState::Waits { .. } => {
                    let last = runner.status.terminated();
                    let exit_code = last.map_or(137, |last| last.exit_code);
                    if let Some(last) = last {
                        runner.status.state = ContainerState::Terminated(last);
                    }
                    runner.state = RunnerState::Over { exit_code };
                    let by = EndedBy::NotRunning;
                    api.reason(Reason::ContainerEnded { container: container as u16, exit_code, by });
                }
                RunnerState::Over { .. } => {}
            }
        }
    }

    fn statuses(&self) -> Rc<[ContainerStatus]> {
        self.runners.iter().map(|runner| runner.status).collect()
    }

    /// The last container has ended: writes the final status, and completes the deletion of the pod.
    fn finish(self, pod: &Rc<Pod>, api: &mut ApiServer<'_>) {
        let succeeded = self.runners.iter().all(|runner| matches!(runner.state, RunnerState::Over { exit_code: 0 }));
        let (phase, reason) = match succeeded {
            true => (Phase::Succeeded, ReadyReason::PodCompleted),
            false => (Phase::Failed, ReadyReason::PodFailed),
        };
        let node_pressure = self.stage == Stage::Stopping { node_pressure: true };
        let disruption = match node_pressure {
            true => Some(Disruption {
                reason: DisruptionReason::TerminationByKubelet,
                since: pod.disruption.map_or(api.now.truncated(), |earlier| earlier.since),
            }),
            false => pod.disruption,
        };
        api.reason(Reason::PodEnded { phase });
        api.update_pod_status(Pod {
            phase,
            ready: pod.ready.with_reason(reason, api.now),
            containers: self.statuses(),
            disruption,
            evicted: node_pressure && !succeeded,
            ..Pod::clone(pod)
        });
        if pod.is_deleting() {
            api.delete_pod(pod.id, Some(0));
        }
    }
}

impl Runner {
    /// A container that is stopped before its first start.
    fn never_started() -> Runner {
        let terminated = Terminated {
            exit_code: 137,
            reason: TerminatedReason::ContainerStatusUnknown,
            started: None,
            finished: None,
        };
        Runner {
            state: RunnerState::Over { exit_code: 137 },
            program: Program::default(),
            restarts: 0,
            waits: 0,
            last_restart: None,
            status: ContainerStatus { state: ContainerState::Terminated(terminated), last: None, restart_count: 0 },
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.state, RunnerState::Over { .. })
    }

    fn due(&self) -> Time {
        match self.state {
            RunnerState::Runs { ends, .. } => ends,
            RunnerState::Waits { restart, shown } => shown.unwrap_or(restart),
            RunnerState::Over { .. } => Time::NEVER,
        }
    }

    fn end(&mut self, now: Time, exit_code: i32, by: EndedBy) {
        let started = match self.status.state {
            ContainerState::Running(since) => Some(since),
            ContainerState::Waiting(_) | ContainerState::Terminated(_) => None,
        };
        let reason = match (by, exit_code) {
            (EndedBy::OomKill, _) => TerminatedReason::OomKilled,
            (_, 0) => TerminatedReason::Completed,
            _ => TerminatedReason::Error,
        };
        let terminated = Terminated { exit_code, reason, started, finished: Some(now.truncated()) };
        self.status.state = ContainerState::Terminated(terminated);
        self.state = RunnerState::Over { exit_code };
    }

    /// Waits for the restart: 1.5 s, then 10, 20, 40 … 300 s (reference cluster 5).
    fn wait(&mut self, now: Time) -> (Span, Time) {
        if self.last_restart.is_some_and(|restart| now - restart > BACKOFF_EXPIRES) {
            self.waits = 0;
        }
        let wait = match self.waits {
            0 => Span::from_millis(1500),
            n => Span::from_seconds((10 << (n - 1).min(5)).min(300)),
        };
        self.waits += 1;
        // Until then the ended run is both `state` and `lastState`.
        self.status.last = self.status.terminated();
        let shown = (wait > SHOWN_AS_CRASH_LOOP).then(|| now + SHOWN_AS_CRASH_LOOP);
        self.state = RunnerState::Waits { restart: now + wait, shown };
        (wait, now + wait)
    }

    fn restart(&mut self, now: Time) {
        let last = self.status.terminated();
        self.last_restart = Some(now);
        self.status =
            ContainerStatus { state: ContainerState::Running(now.truncated()), last, restart_count: self.restarts };
        self.state = RunnerState::Runs {
            ends: now.saturating_add(self.program.run),
            exit_code: self.program.exit_code,
            by: EndedBy::Itself,
        };
    }
}

impl ContainerStatus {
    /// How its last run ended.
    fn terminated(&self) -> Option<Terminated> {
        match self.state {
            ContainerState::Terminated(terminated) => Some(terminated),
            ContainerState::Waiting(_) | ContainerState::Running(_) => self.last,
        }
    }
}

impl Ready {
    /// The condition with another reason; its transition time changes only with its status.
    fn with_reason(self, reason: ReadyReason, now: Time) -> Ready {
        let flips = (self.reason == ReadyReason::Ready) != (reason == ReadyReason::Ready);
        Ready { reason, since: if flips { now.truncated() } else { self.since } }
    }
}
