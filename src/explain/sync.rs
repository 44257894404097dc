//! One sync of a Job, read from its reasons: what it saw, asked, decided and did.

use super::film::Film;
use super::origin::Setting;
use super::spec_field::SpecField;
use crate::api::{ConditionType, FailureAction, JobId, ObjectKey, PodId};
use crate::cluster::reason::{Answer, Check, Component, CountedAs, DeletedBecause, Reason, Step, StepId, Wake};
use crate::time::{Span, Time};

/// A step of the Job controller.
#[derive(Clone, Copy)]
pub(super) struct SyncStep<'a> {
    pub(super) film: Film<'a>,
    pub(super) id: StepId,
    pub(super) step: &'a Step,
    pub(super) job: JobId,
    pub(super) reasons: &'a [Reason],
}

/// The back-off of a Job, as a sync found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Backoff {
    pub(super) failures: u32,
    pub(super) wait: Span,
    pub(super) until: Time,
}

impl<'a> SyncStep<'a> {
    /// The step, if it is one of the Job controller about a Job.
    pub(super) fn of(film: Film<'a>, id: StepId) -> Option<SyncStep<'a>> {
        let step = film.recording.step(id);
        match (step.component, step.key) {
            (Component::JobController, Some(ObjectKey::Job(job))) => {
                Some(SyncStep { film, id, step, job, reasons: film.recording.reasons(step) })
            }
            _ => None,
        }
    }

    pub(super) fn key(&self) -> ObjectKey {
        ObjectKey::Job(self.job)
    }

    pub(super) fn setting(&self, field: SpecField) -> Option<Setting> {
        self.film.setting(self.key(), field, self.id)
    }

    /// The syncs of the same Job after this one.
    pub(super) fn later(self) -> impl Iterator<Item = SyncStep<'a>> {
        syncs_after(self.film, self.job, self.id)
    }

    /// The syncs of the same Job before this one, newest first.
    pub(super) fn earlier(self) -> impl Iterator<Item = SyncStep<'a>> {
        let earlier = (0..self.id.0).rev().map(StepId);
        earlier.filter_map(move |id| SyncStep::of(self.film, id)).filter(move |sync| sync.job == self.job)
    }

    pub(super) fn answer(&self, check: Check) -> Option<Answer> {
        self.reasons.iter().find_map(|reason| match reason {
            Reason::Asked { check: asked, answer } if *asked == check => Some(*answer),
            _ => None,
        })
    }

    pub(super) fn says_yes(&self, check: Check) -> bool {
        self.answer(check).is_some_and(Answer::is_yes)
    }

    pub(super) fn backoff(&self) -> Option<Backoff> {
        self.reasons.iter().find_map(|reason| match *reason {
            Reason::CreationHeldBack { failures, wait, until, .. } => Some(Backoff { failures, wait, until }),
            _ => None,
        })
    }

    pub(super) fn created(&self) -> impl Iterator<Item = PodId> + 'a {
        self.reasons.iter().filter_map(|reason| match reason {
            Reason::CreatedPod(pod) => Some(*pod),
            _ => None,
        })
    }

    pub(super) fn deleted(&self) -> impl Iterator<Item = (PodId, DeletedBecause)> + 'a {
        self.reasons.iter().filter_map(|reason| match reason {
            Reason::DeletedPod { pod, because } => Some((*pod, *because)),
            _ => None,
        })
    }

    pub(super) fn deleted_for(&self, because: DeletedBecause) -> u32 {
        self.deleted().filter(|(_, why)| *why == because).count() as u32
    }

    pub(super) fn counted(&self) -> impl Iterator<Item = (PodId, CountedAs)> + 'a {
        self.reasons.iter().filter_map(|reason| match reason {
            Reason::Counted { pod, counted } => Some((*pod, *counted)),
            _ => None,
        })
    }

    /// The pods whose failure this sync saw for the first time.
    pub(super) fn failed_pods(&self) -> impl Iterator<Item = PodId> + 'a {
        self.reasons.iter().filter_map(|reason| match reason {
            Reason::Counted { pod, counted: CountedAs::Failed | CountedAs::Ignored { .. } }
            | Reason::CountingDelayed { pod, .. } => Some(*pod),
            _ => None,
        })
    }

    pub(super) fn ignoring_rule(&self) -> Option<(PodId, u32)> {
        self.reasons.iter().find_map(|reason| match reason {
            Reason::RuleMatched { pod, rule, action: FailureAction::Ignore } => Some((*pod, *rule)),
            Reason::Counted { pod, counted: CountedAs::Ignored { rule } } => Some((*pod, *rule)),
            _ => None,
        })
    }

    pub(super) fn condition(&self, wanted: ConditionType) -> Option<&'static str> {
        self.reasons.iter().find_map(|reason| match reason {
            Reason::ConditionAdded { condition, reason } if *condition == wanted => Some(*reason),
            _ => None,
        })
    }

    pub(super) fn end_waits(&self) -> Option<u32> {
        self.reasons.iter().find_map(|reason| match reason {
            Reason::EndWaitsForTerminating(left) => Some(*left),
            _ => None,
        })
    }

    /// active, succeeded, failed as the sync saw them.
    pub(super) fn observed(&self) -> Option<(u32, u32, u32)> {
        self.reasons.iter().find_map(|reason| match *reason {
            Reason::Observed { active, succeeded, failed, .. } => Some((active, succeeded, failed)),
            _ => None,
        })
    }

    /// How many pods may be active, and how many terminating ones are not replaced yet.
    pub(super) fn wanted(&self) -> Option<(u32, u32)> {
        [Check::PodsMissing, Check::TooManyPods].into_iter().find_map(|check| match self.answer(check)? {
            Answer::Pods { wanted, terminating, .. } => Some((wanted, terminating)),
            _ => None,
        })
    }

    /// Failures in a row after this sync, and when the last one ended.
    pub(super) fn failures_in_a_row(&self) -> Option<(u32, Option<Time>)> {
        self.reasons.iter().find_map(|reason| match *reason {
            Reason::Backoff { failures, last } => Some((failures, Some(last))),
            Reason::BackoffReset => Some((0, None)),
            _ => None,
        })
    }

    /// When the controller comes back for this purpose.
    pub(super) fn comes_back(&self, purpose: fn(Wake) -> bool) -> Option<Time> {
        self.reasons.iter().find_map(|reason| match *reason {
            Reason::ComesBack { at, wake } if purpose(wake) => Some(at),
            _ => None,
        })
    }
}

/// The syncs of a Job after a step.
pub(super) fn syncs_after<'a>(film: Film<'a>, job: JobId, step: StepId) -> impl Iterator<Item = SyncStep<'a>> {
    let later = (step.0 + 1..film.recording.steps().len() as u32).map(StepId);
    later.filter_map(move |id| SyncStep::of(film, id)).filter(move |sync| sync.job == job)
}
