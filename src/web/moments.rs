//! The moments of a recording: the instants at which something was written, which is what stepping goes by. Knows
//! nothing of the browser.

use crate::cluster::reason::{Component, Step, StepId, Wake};
use crate::recording::Recording;
use crate::time::Time;

/// The moments in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Moments(Vec<Moment>);

/// An instant at which something was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    /// When.
    pub(super) at: Time,
    /// The step of this instant that tells most.
    pub(super) step: StepId,
}

impl Moments {
    /// All moments of a recording.
    pub(super) fn of(recording: &Recording) -> Moments {
        let mut moments: Vec<Moment> = Vec::new();
        let mut weight = 0;
        for (number, step) in recording.steps().iter().enumerate() {
            if step.versions.is_empty() && step.events.is_empty() && !matches!(step.trigger.wake, Wake::Input(_)) {
                continue;
            }
            let id = StepId(number as u32);
            let own = telling(step);
            match moments.last_mut() {
                Some(last) if last.at == step.at => {
                    if own > weight {
                        *last = Moment { at: step.at, step: id };
                        weight = own;
                    }
                }
                _ => {
                    moments.push(Moment { at: step.at, step: id });
                    weight = own;
                }
            }
        }
        Moments(moments)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them.
    pub(super) fn as_slice(&self) -> &[Moment] {
        &self.0
    }

    /// How many have passed at `at`, that instant included: the number of the current one, from 1.
    pub(super) fn passed(&self, at: Time) -> usize {
        self.0.partition_point(|moment| moment.at <= at)
    }

    /// The moment so many after (or before) `at`; the first or last if there are not so many.
    pub(super) fn by(&self, at: Time, count: i32) -> Option<Moment> {
        let passed = self.passed(at) as i64;
        let before = self.0.partition_point(|moment| moment.at < at) as i64;
        let index = if count >= 0 { passed - 1 + i64::from(count) } else { before + i64::from(count) };
        let last = self.0.len() as i64 - 1;
        self.0.get(index.clamp(0, last.max(0)) as usize).copied()
    }

    /// The moment at exactly this time, else the last one before it.
    pub(super) fn current(&self, at: Time) -> Option<Moment> {
        self.0.get(self.passed(at).checked_sub(1)?).copied()
    }
}

/// Of several steps of one instant, the controller's decision tells most; a person's act tells more than what
/// follows from it.
fn telling(step: &Step) -> u32 {
    match (step.component, step.trigger.wake) {
        (Component::Outside, Wake::Input(_)) => 6,
        (Component::JobController | Component::CronJobController | Component::TtlAfterFinished, _) => 5,
        (Component::Kubelet, _) => 4,
        (Component::GarbageCollector | Component::PodGarbageCollector | Component::OrphanPods, _) => 3,
        (Component::Scheduler, _) => 2,
        (Component::Outside, _) => 1,
    }
}
