//! The line that people quote: how a Job ended, how long it took, what it cost.

use super::Mark;
use super::job_lane::{ConditionFlag, JobLane};
use super::pods::{Bar, EndCap};
use crate::api::ConditionType;
use crate::cluster::reason::CountedAs;
use crate::time::{Span, Time};

/// How a Job went.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended, or its state at the end of the recording.
    pub verdict: OutcomeKind,
    /// From its creation to its end; `None` while it is not over.
    pub took: Option<Span>,
    /// Pods that were created.
    pub pods: u32,
    /// Failed pods that counted, by status.failed: what counts may still be stopping.
    pub failures: u32,
    /// Failed pods that a rule ignored.
    pub ignored: u32,
    /// backoffLimit; `None` if only the limit per index counts.
    pub limit: Option<u32>,
    pub restarts: u32,
    /// How long containers ran, summed over the pods.
    pub pod_time: Span,
    pub logs: Logs,
    /// Pods whose logs were lost before the Job was over.
    pub logs_lost: u32,
}

/// How long logs of a Job's pods can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Logs {
    /// There are none: no container ever ran.
    Never,
    /// Some can still be read.
    Kept,
    /// The last of them were lost then.
    Until(Time),
}

/// How a Job ended, or its state at the end of the recording.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// Complete or Failed.
    Finished {
        mark: Mark,
        /// Complete or Failed.
        condition: ConditionType,
        reason: &'static str,
    },
    /// Deleted before it was over.
    Deleted(Mark),
    Suspended,
    Active,
}

pub(super) fn of(lane: &JobLane, bars: &[Bar]) -> Outcome {
    let finished = lane.finished();
    let over = finished.map(|flag| flag.mark.at).or(lane.deleted.map(|(mark, _)| mark.at));
    let counted = |as_what: fn(CountedAs) -> bool| {
        let is = |end: EndCap| end.counted.is_some_and(|counted| as_what(counted.counted));
        bars.iter().filter(|bar| bar.end.is_some_and(is)).count() as u32
    };
    let had_logs = || bars.iter().filter(|bar| bar.logs_from.is_some());
    let gone = || had_logs().filter_map(|bar| bar.ghost.map(|ghost| ghost.mark.at));
    Outcome {
        verdict: verdict(lane, finished),
        // In the API's whole seconds, as kubectl's DURATION.
        took: over.map(|at| at.truncated() - lane.created.at.truncated()),
        pods: bars.len() as u32,
        failures: lane.last.status.failed,
        ignored: counted(|counted| matches!(counted, CountedAs::Ignored { .. })),
        limit: u32::try_from(lane.last.spec.backoff_limit).ok().filter(|limit| *limit < i32::MAX.unsigned_abs()),
        restarts: bars.iter().filter_map(|bar| bar.restarts.last()).map(|restart| restart.number).sum(),
        pod_time: bars.iter().fold(Span::ZERO, |sum, bar| sum + bar.run_time()),
        logs: match gone().max() {
            _ if had_logs().next().is_none() => Logs::Never,
            Some(last) if gone().count() == had_logs().count() => Logs::Until(last),
            _ => Logs::Kept,
        },
        logs_lost: gone().filter(|at| over.is_none_or(|over| *at <= over)).count() as u32,
    }
}

fn verdict(lane: &JobLane, finished: Option<&ConditionFlag>) -> OutcomeKind {
    if let Some(flag) = finished {
        return OutcomeKind::Finished { mark: flag.mark, condition: flag.condition, reason: flag.reason };
    }
    if let Some((mark, _)) = lane.deleted {
        return OutcomeKind::Deleted(mark);
    }
    if lane.last.status.true_condition(ConditionType::Suspended).is_some() {
        return OutcomeKind::Suspended;
    }
    OutcomeKind::Active
}
