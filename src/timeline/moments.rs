//! The instants at which something visible happens: where a step forward or back goes.

use crate::api::ObjectKey;
use crate::cluster::reason::{Component, Reason, Step, StepId};
use crate::cluster::told::Told;
use crate::recording::Recording;
use crate::time::Time;
use std::ops::Range;

/// An instant at which something was written or tried, or an input came.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: Time,
    /// Its steps, as numbers of the recording.
    pub steps: Range<u32>,
    /// The step to select: the one with the weightiest decision, else a controller's, else an input, else the first that
    /// wrote.
    pub telling: StepId,
}

/// The moments of the steps that have been noted.
#[derive(Debug, Default)]
pub(super) struct Moments {
    pub(super) all: Vec<Moment>,
    /// The weight of the last one's telling step.
    weight: u8,
}

impl Moments {
    /// Takes in a step. They must come in order.
    pub(super) fn note(&mut self, recording: &Recording, number: usize) {
        let step = &recording.steps()[number];
        let Some(own) = weight_of(recording, step) else { return };
        let number = number as u32;
        match self.all.last_mut() {
            Some(last) if last.at == step.at => {
                last.steps.end = number + 1;
                if own > self.weight {
                    (self.weight, last.telling) = (own, StepId(number));
                }
            }
            _ => {
                self.weight = own;
                self.all.push(Moment { at: step.at, steps: number..number + 1, telling: StepId(number) });
            }
        }
    }
}

/// The weight of a step within its moment; `None` for one that neither wrote nor sent an event, nor tried anything.
fn weight_of(recording: &Recording, step: &Step) -> Option<u8> {
    if step.component == Component::Outside {
        return Some(2);
    }
    let tells = |says: fn(&Told) -> bool| {
        let says = |reason: &Reason| matches!(reason, Reason::Told(told) if says(told));
        recording.reasons(step).iter().any(says) && !is_late(recording, step)
    };
    let fails = tells(Told::is_failed_try);
    // A run that is skipped writes nothing but an event.
    if step.versions.is_empty() && step.events.is_empty() {
        return if fails { Some(2) } else { tells(Told::is_try).then_some(1) };
    }
    let decides = |reason: &Reason| {
        matches!(
            reason,
            Reason::CreationHeldBack { .. }
                | Reason::IndexHeldBack { .. }
                | Reason::CreationRefused { .. }
                | Reason::ConditionAdded { .. }
                | Reason::TtlExpired { .. }
        )
    };
    match step.component {
        _ if recording.reasons(step).iter().any(decides) => Some(4),
        Component::JobController | Component::TtlAfterFinished | Component::CronJobController => Some(3),
        _ if fails => Some(2),
        _ => Some(1),
    }
}

/// Whether the scheduler only counts what it has told, when the pod has got its node or is gone (P-17).
fn is_late(recording: &Recording, step: &Step) -> bool {
    let (Component::Scheduler, Some(ObjectKey::Pod(pod))) = (step.component, step.key) else { return false };
    recording.pod_at(pod, step.at).is_none_or(|pod| pod.bound.is_some())
}

/// The last instant that is shown: the last moment, or the end of the recording while a pod is still alive.
pub(super) fn end(recording: &Recording, moments: &[Moment]) -> Time {
    let last = moments.last().map_or(Time::ZERO, |moment| moment.at);
    let goes_on = recording.pods_at(Time::NEVER).any(|pod| !pod.phase.is_terminal());
    match recording.end() {
        Some((_, end)) if goes_on => last.max(end),
        _ => last,
    }
}
