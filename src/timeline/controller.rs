//! The controller lane: one dot per instant at which a controller looked at a Job, hollow where it found nothing to do.

use super::Mark;
use super::facts::Facts;
use crate::api::{ConditionType, JobId};
use crate::cluster::reason::{Component, Reason, StepId};
use crate::recording::Recording;
use crate::time::{Span, Time};

/// What the controllers did for a Job at one instant.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncMark {
    /// The instant, and the step with the weightiest decision.
    pub mark: Mark,
    /// All steps of it, in order.
    pub steps: Vec<StepId>,
    /// Whether something was written; if not, the dot is hollow.
    pub wrote: bool,
    /// Whether it was the TTL-after-finished controller that acted.
    pub is_ttl: bool,
    /// The weightiest decision, if one is shown beside the dot.
    pub verdict: Option<Verdict>,
}

/// A decision that is shown beside the dot.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The back-off of the Job: no pod is created for this long.
    HeldBack(Span),
    /// The back-off of one index: no pod of it is created for a while.
    IndexHeldBack {
        index: u32,
        /// For how long from now.
        wait: Span,
    },
    /// Pods were refused by the quota.
    Refused {
        used: u32,
        limited: u32,
    },
    /// The end is decided, or reached.
    Condition(ConditionType),
    Suspended,
    Resumed,
    /// The TTL is over: the Job is deleted.
    Deletes,
}

impl Verdict {
    fn weight(self) -> u8 {
        match self {
            Verdict::IndexHeldBack { .. } => 1,
            Verdict::HeldBack(_) => 2,
            Verdict::Refused { .. } => 3,
            Verdict::Condition(ConditionType::Complete | ConditionType::Failed) => 5,
            Verdict::Condition(_) | Verdict::Suspended | Verdict::Resumed => 4,
            Verdict::Deletes => 6,
        }
    }
}

pub(super) fn syncs(recording: &Recording, facts: &Facts, job: JobId) -> Vec<SyncMark> {
    let mut syncs: Vec<SyncMark> = Vec::new();
    let mut held_until: Option<Time> = None;
    for id in &facts.job(job).steps {
        let step = recording.step(*id);
        let is_ttl = step.component == Component::TtlAfterFinished;
        let wrote = !step.versions.is_empty();
        // That the TTL controller begins to wait is shown on the Job lane.
        if is_ttl && !recording.reasons(step).iter().any(|reason| matches!(reason, Reason::TtlExpired { .. })) {
            continue;
        }
        let mark = Mark { at: step.at, step: *id };
        let verdict = verdict(recording.reasons(step), step.at, &mut held_until);
        let weight = |verdict: Option<Verdict>| verdict.map_or(0, Verdict::weight);
        match syncs.last_mut() {
            Some(last) if last.mark.at == step.at => {
                last.steps.push(*id);
                if weight(verdict) > weight(last.verdict) || (wrote && !last.wrote && last.verdict.is_none()) {
                    last.mark = mark;
                    last.verdict = verdict;
                    last.is_ttl = is_ttl;
                }
                last.wrote |= wrote;
            }
            _ => syncs.push(SyncMark { mark, steps: vec![*id], wrote, is_ttl, verdict }),
        }
    }
    syncs
}

fn verdict(reasons: &[Reason], at: Time, held_until: &mut Option<Time>) -> Option<Verdict> {
    let mut verdicts = Vec::new();
    for reason in reasons {
        match reason {
            // Every sync during a back-off repeats it; only the first one shows it.
            Reason::CreationHeldBack { wait, until, .. } if *held_until != Some(*until) => {
                *held_until = Some(*until);
                verdicts.push(Verdict::HeldBack(*wait));
            }
            Reason::IndexHeldBack { index, until, .. } if *held_until != Some(*until) => {
                *held_until = Some(*until);
                verdicts.push(Verdict::IndexHeldBack { index: *index, wait: *until - at });
            }
            Reason::CreationRefused { used, limited, .. } => {
                verdicts.push(Verdict::Refused { used: *used, limited: *limited });
            }
            Reason::ConditionAdded { condition: ConditionType::Suspended, reason } => {
                verdicts.push(if *reason == "JobResumed" { Verdict::Resumed } else { Verdict::Suspended });
            }
            Reason::ConditionAdded { condition, .. } => verdicts.push(Verdict::Condition(*condition)),
            Reason::TtlExpired { .. } => verdicts.push(Verdict::Deletes),
            _ => {}
        }
    }
    verdicts.into_iter().max_by_key(|verdict| verdict.weight())
}
