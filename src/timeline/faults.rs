//! The cluster lane: the inputs of the text as boxes that can be moved, and which faults are possible at a moment.

use super::Mark;
use super::facts::Facts;
use crate::api::{ContainerState, JobId, Pod, PodId};
use crate::cluster::input::{InputAction, PodSelector};
use crate::cluster::reason::NoEffect;
use crate::order;
use crate::scenario::Scenario;
use crate::time::Time;
use std::rc::Rc;

/// An input of the text.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Its number in the text, from 0.
    pub input: usize,
    pub at: Time,
    pub action: InputAction,
    /// It is kept in the text, but does not happen.
    pub disabled: bool,
    /// Its step, if it happened.
    pub mark: Option<Mark>,
    /// The pod that it hit.
    pub pod: Option<PodId>,
    /// The Job that it hit.
    pub job: Option<JobId>,
    /// Why it did nothing.
    pub no_effect: Option<NoEffect>,
    /// Why the API server refused it, in its own words.
    pub refused: Option<Rc<str>>,
}

pub(super) fn of(scenario: &Scenario, facts: &Facts) -> Vec<Fault> {
    let effects = facts.inputs.iter().map(Option::as_ref);
    let mut faults: Vec<Fault> = scenario
        .inputs
        .iter()
        .zip(effects)
        .enumerate()
        .map(|(number, (input, effect))| Fault {
            input: number,
            at: input.at,
            action: input.action.clone(),
            disabled: input.disabled,
            mark: effect.map(|effect| effect.mark),
            pod: effect.and_then(|effect| effect.pod),
            job: effect.and_then(|effect| effect.job),
            no_effect: effect.and_then(|effect| effect.no_effect),
            refused: effect.and_then(|effect| effect.refused.clone()),
        })
        .collect();
    order::sort_by_key(&mut faults, |fault| (fault.at, fault.input));
    faults
}

/// A fault of the tray: what can be done to a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PodFault {
    /// Its program exits with a code.
    Fail,
    /// Its container is killed for its memory.
    OomKill,
    /// The eviction API.
    Evict,
    /// The node is low on memory.
    NodePressure,
    /// A pod with a higher priority needs the node.
    Preempt,
    /// `kubectl delete pod`.
    Delete,
}

impl PodFault {
    /// All of them, in the order of the tray.
    pub const ALL: [PodFault; 6] = [
        PodFault::Fail,
        PodFault::OomKill,
        PodFault::Evict,
        PodFault::NodePressure,
        PodFault::Preempt,
        PodFault::Delete,
    ];

    /// The fault on a pod: with the exit code of one that fails, and the grace period of one that is deleted, if it is not
    /// its own.
    pub fn on(self, target: PodSelector, exit_code: i32, grace_seconds: Option<i64>) -> InputAction {
        match self {
            PodFault::Fail => InputAction::Fail { target, exit_code },
            PodFault::OomKill => InputAction::OomKill(target),
            PodFault::Evict => InputAction::Evict(target),
            PodFault::NodePressure => InputAction::NodePressureEvict(target),
            PodFault::Preempt => InputAction::Preempt(target),
            PodFault::Delete => InputAction::DeletePod { target, grace_seconds },
        }
    }

    /// Why it would have no effect on this pod in its present state; `None` if it would (docs/scenario.md, Inputs).
    pub fn refusal(self, pod: Option<&Pod>) -> Option<NoEffect> {
        let Some(pod) = pod else { return Some(NoEffect::NoSuchPod) };
        let runs = pod.containers.iter().any(|container| matches!(container.state, ContainerState::Running(_)));
        match self {
            PodFault::Evict => None,
            PodFault::Delete => None,
            _ if pod.phase.is_terminal() => Some(NoEffect::AlreadyEnded),
            _ if pod.is_deleting() => Some(NoEffect::AlreadyStopping),
            PodFault::Preempt | PodFault::NodePressure => pod.bound.is_none().then_some(NoEffect::NotBound),
            PodFault::Fail | PodFault::OomKill => (!runs).then_some(NoEffect::NotRunning),
        }
    }
}
