//! What a look does with the containers of a pod. Upstream: kuberuntime_manager.go computePodActions and
//! computeInitContainerActions.

use super::probes::Verdict;
use super::runner::{Hold, RunnerState};
use super::worker::{Work, declared};
use crate::api::{PodSpec, ProbeKind};
use crate::time::Time;

/// What is to be done.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// All that run are to be stopped, and nothing is started any more.
    pub(super) kill_pod: bool,
    /// Runners to stop, and which probe asked for it.
    pub(super) kill: Vec<(usize, ProbeKind)>,
    /// Runners to start, in order.
    pub(super) start: Vec<usize>,
    /// Runners that have just ended and are started again without a back-off, and when: until then they count as
    /// running (P-38).
    pub(super) late: Vec<(usize, Time)>,
}

impl Plan {
    fn is_late(&self, number: usize) -> bool {
        self.late.iter().any(|(late, _)| *late == number)
    }
}

impl Work<'_, '_> {
    /// Looks at all containers.
    pub(super) fn plan(&self, spec: &PodSpec) -> Plan {
        let mut plan = Plan { late: self.late(spec), ..Plan::default() };
        let is_initialized = self.plan_init_containers(spec, &mut plan);
        if plan.kill_pod || !is_initialized {
            return plan;
        }
        let mut kept = false;
        let mut starts = false;
        for number in spec.init_containers.len()..self.worker.runners.len() {
            let container = declared(spec, number);
            let restarts = |exit_code: i32| !self.pod.is_deleting() && self.pod.is_restarted(container, exit_code);
            match self.worker.runners[number].state {
                _ if plan.is_late(number) => kept = true,
                RunnerState::Never => {
                    plan.start.push(number);
                    starts = true;
                }
                RunnerState::Exited { exit_code, .. } => {
                    if restarts(exit_code) {
                        plan.start.push(number);
                        starts = true;
                    }
                }
                RunnerState::Runs { .. } => {
                    let failed = [ProbeKind::Liveness, ProbeKind::Startup].into_iter();
                    let Some(probe) =
                        failed.into_iter().find(|kind| self.verdict(number, *kind) == Some(Verdict::Failure))
                    else {
                        kept = true;
                        continue;
                    };
                    plan.kill.push((number, probe));
                    if restarts(1) {
                        plan.start.push(number);
                        starts = true;
                    }
                }
            }
        }
        if !kept && !starts {
            plan.kill_pod = true;
            plan.start.clear();
        }
        plan
    }

    fn late(&self, spec: &PodSpec) -> Vec<(usize, Time)> {
        let late = |number: usize| {
            let exit_code = self.worker.runners[number].exit_code()?;
            let restarts = !self.pod.is_deleting() && self.pod.is_restarted(declared(spec, number), exit_code);
            match self.worker.runners[number].hold(self.api.now) {
                Hold::Until { at, told: false } if restarts => Some((number, at)),
                _ => None,
            }
        };
        (0..self.worker.runners.len()).filter_map(late).collect()
    }

    /// Looks at the init containers, from the last one on; whether all of them are done.
    fn plan_init_containers(&self, spec: &PodSpec, plan: &mut Plan) -> bool {
        let count = spec.init_containers.len();
        if count == 0 {
            return true;
        }
        let runners = &self.worker.runners;
        let mut initialized = runners[count..].iter().any(|runner| runner.state != RunnerState::Never);
        let mut beyond = initialized;
        let mut start = Vec::new();
        for number in (0..count).rev() {
            let container = &spec.init_containers[number];
            let state = runners[number].state;
            if state == RunnerState::Never {
                if beyond && container.is_sidecar {
                    start.push(number);
                }
                continue;
            }
            if beyond && !container.is_sidecar {
                continue;
            }
            match state {
                RunnerState::Exited { .. } if plan.is_late(number) => {
                    if container.is_sidecar && number == count - 1 {
                        initialized = true;
                    }
                }
                RunnerState::Runs { .. } if container.is_sidecar => match self.verdict(number, ProbeKind::Startup) {
                    Some(Verdict::Failure) => {
                        plan.kill.push((number, ProbeKind::Startup));
                        start.push(number);
                    }
                    Some(Verdict::Unknown) => {}
                    None | Some(Verdict::Success) => {
                        if number == count - 1 {
                            initialized = true;
                        } else if !beyond {
                            start.push(number + 1);
                        }
                        if self.verdict(number, ProbeKind::Liveness) == Some(Verdict::Failure) {
                            plan.kill.push((number, ProbeKind::Liveness));
                            start.push(number);
                        }
                    }
                },
                RunnerState::Exited { .. } if container.is_sidecar => start.push(number),
                RunnerState::Exited { exit_code, .. } if exit_code != 0 => {
                    if !self.pod.is_restarted(container, exit_code) {
                        plan.kill_pod = true;
                        return false;
                    }
                    start.push(number);
                }
                RunnerState::Exited { .. } if number == count - 1 => initialized = true,
                RunnerState::Exited { .. } => start.push(number + 1),
                RunnerState::Never | RunnerState::Runs { .. } => {}
            }
            beyond = true;
        }
        if !beyond {
            start.push(0);
        }
        start.reverse();
        plan.start = start;
        initialized
    }
}
