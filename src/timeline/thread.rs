//! The thread: from the cause of what is selected, by way of the controller's decision, to its effect. One chain at a
//! time.

use super::pods::{Backoff, Bar};
use super::{JobTrack, Mark, Timeline};
use crate::api::{ConditionType, JobId, ObjectKey, PodId};
use crate::cluster::reason::StepId;
use crate::time::Time;

/// A chain of at most three marks: cause, decision, effect.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The Job whose lanes it runs through.
    pub job: JobId,
    pub cause: Option<ThreadEnd>,
    /// The controller's dot, if a controller decided.
    pub decision: Option<Time>,
    /// What followed from it.
    pub effect: Option<ThreadEnd>,
}

/// An end of the thread.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreadEnd {
    /// The end of a pod's bar.
    PodEnd(PodId, Time),
    /// A time on a pod's row.
    Pod(PodId, Time),
    /// The end of the back-off before a pod.
    Backoff(PodId, Time),
    Lane(Time),
}

impl Timeline {
    /// The thread through a selected step and object; `None` where it has no cause and no effect.
    pub fn thread(&self, step: StepId, object: Option<ObjectKey>) -> Option<Thread> {
        match object {
            Some(ObjectKey::Pod(pod)) => {
                let track = self.track_of(pod)?;
                track.thread_of_bar(track.bar(pod)?, step)
            }
            Some(ObjectKey::Job(job)) => self.track(job)?.thread_of_step(step),
            // No decision about a pod is one of the CronJob controller's.
            Some(ObjectKey::CronJob(_) | ObjectKey::Node(_)) => None,
            None => self.jobs.iter().find_map(|track| track.thread_of_step(step)),
        }
    }
}

impl JobTrack {
    fn thread_of_bar(&self, bar: &Bar, step: StepId) -> Option<Thread> {
        if let Some(ghost) = bar.ghost.filter(|ghost| ghost.mark.step == step)
            && let Some(ttl) = self.lane.ttl
        {
            let (cause, effect) = (Some(ThreadEnd::Lane(ttl.from)), Some(ThreadEnd::Pod(bar.pod, ghost.mark.at)));
            return Some(Thread { job: self.job, cause, decision: Some(ghost.mark.at), effect });
        }
        let end = bar.end?;
        if end.killed.is_some() {
            let stopped = bar.segments.last().map_or(end.mark.at, |segment| segment.from);
            let effect = Some(ThreadEnd::Pod(bar.pod, stopped));
            return Some(Thread {
                job: self.job,
                cause: Some(ThreadEnd::Lane(stopped)),
                decision: Some(stopped),
                effect,
            });
        }
        let cause = Some(ThreadEnd::PodEnd(bar.pod, end.mark.at));
        let counted = end.counted.map(|counted| counted.mark)?;
        let wait = self.backoffs.iter().find(|wait| wait.mark.at == counted.at);
        let effect = wait.and_then(|wait| self.effect_of(wait)).or_else(|| self.end_at(counted));
        Some(Thread { job: self.job, cause, decision: Some(counted.at), effect })
    }

    fn thread_of_step(&self, step: StepId) -> Option<Thread> {
        if let Some(wait) = self.backoffs.iter().find(|wait| wait.mark.step == step) {
            let failed = self.bars.iter().rev().find(|bar| bar.end.is_some_and(|end| end.mark.at == wait.from));
            let cause = failed.map(|bar| ThreadEnd::PodEnd(bar.pod, wait.from));
            return Some(Thread { job: self.job, cause, decision: Some(wait.mark.at), effect: self.effect_of(wait) });
        }
        let counted = |bar: &&Bar| bar.end.and_then(|end| end.counted).is_some_and(|counted| counted.mark.step == step);
        let bar = self.bars.iter().rev().find(counted)?;
        let mark = bar.end?.mark;
        let decision = bar.end?.counted?.mark;
        let cause = Some(ThreadEnd::PodEnd(bar.pod, mark.at));
        Some(Thread { job: self.job, cause, decision: Some(decision.at), effect: self.end_at(decision) })
    }

    fn effect_of(&self, wait: &Backoff) -> Option<ThreadEnd> {
        wait.pods.first().map(|pod| ThreadEnd::Backoff(*pod, wait.ended))
    }

    fn end_at(&self, mark: Mark) -> Option<ThreadEnd> {
        let ends = |condition| !matches!(condition, ConditionType::Suspended);
        let flag = self.lane.flags.iter().find(|flag| flag.mark.at == mark.at && ends(flag.condition))?;
        Some(ThreadEnd::Lane(flag.mark.at))
    }
}
