//! Replays a recording: all objects after each step, and what the step changed.

use super::{Run, Verdict};
use job_playground::api::{CronJob, CronJobId, Job, JobId, Node, NodeId, ObjectKey, Pod, PodId};
use job_playground::cluster::reason::{Reason, Step, StepId};
use job_playground::recording::{Object, Verb};
use job_playground::time::Time;
use std::collections::BTreeMap;

/// All living objects.
#[derive(Default)]
pub(super) struct World<'a> {
    pub(super) jobs: BTreeMap<JobId, &'a Job>,
    pub(super) pods: BTreeMap<PodId, &'a Pod>,
    pub(super) cron_jobs: BTreeMap<CronJobId, &'a CronJob>,
    pub(super) nodes: BTreeMap<NodeId, &'a Node>,
}

/// One write.
pub(super) struct Change<'a> {
    pub(super) key: ObjectKey,
    pub(super) verb: Verb,
    pub(super) before: Option<&'a Object>,
    pub(super) after: &'a Object,
}

/// A step, and what belongs to it.
pub(super) struct Moment<'a> {
    pub(super) id: StepId,
    pub(super) step: &'a Step,
    pub(super) at: Time,
    pub(super) reasons: &'a [Reason],
    pub(super) changes: Vec<Change<'a>>,
}

impl<'a> World<'a> {
    /// The pods that a Job controls.
    pub(super) fn pods_of(&self, job: JobId) -> impl Iterator<Item = &'a Pod> {
        self.pods.values().copied().filter(move |pod| pod.owner == Some(job))
    }

    /// The Jobs that a CronJob controls.
    pub(super) fn jobs_of(&self, cron_job: CronJobId) -> impl Iterator<Item = &'a Job> {
        self.jobs.values().copied().filter(move |job| job.meta.cron_job() == Some(cron_job))
    }

    fn apply(&mut self, verb: Verb, object: &'a Object) {
        let lives = verb != Verb::Remove;
        match object {
            Object::Job(job) if lives => drop(self.jobs.insert(job.id, job)),
            Object::Pod(pod) if lives => drop(self.pods.insert(pod.id, pod)),
            Object::CronJob(cron_job) if lives => drop(self.cron_jobs.insert(cron_job.id, cron_job)),
            Object::Node(node) if lives => drop(self.nodes.insert(node.id, node)),
            Object::Job(job) => drop(self.jobs.remove(&job.id)),
            Object::Pod(pod) => drop(self.pods.remove(&pod.id)),
            Object::CronJob(cron_job) => drop(self.cron_jobs.remove(&cron_job.id)),
            Object::Node(node) => drop(self.nodes.remove(&node.id)),
        }
    }
}

impl<'a> Change<'a> {
    /// A write of a Job: the Job before and after.
    pub(super) fn job(&self) -> Option<(Option<&'a Job>, &'a Job)> {
        let Object::Job(after) = self.after else { return None };
        let before = match self.before {
            Some(Object::Job(before)) => Some(&**before),
            _ => None,
        };
        Some((before, after))
    }

    /// A write of a pod: the pod before and after.
    pub(super) fn pod(&self) -> Option<(Option<&'a Pod>, &'a Pod)> {
        let Object::Pod(after) = self.after else { return None };
        let before = match self.before {
            Some(Object::Pod(before)) => Some(&**before),
            _ => None,
        };
        Some((before, after))
    }
}

impl Run {
    /// Visits all steps in order, with the world after each.
    pub(super) fn walk<'a>(&'a self, mut visit: impl FnMut(&World<'a>, &Moment<'a>) -> Verdict) -> Verdict {
        let recording = &self.recording;
        let mut world = World::default();
        let mut latest: BTreeMap<ObjectKey, &Object> = BTreeMap::new();
        for (number, step) in recording.steps().iter().enumerate() {
            let mut changes = Vec::new();
            for version in recording.versions(step) {
                let key = version.object.key();
                let before = match version.verb {
                    Verb::Remove => latest.remove(&key),
                    _ => latest.insert(key, &version.object),
                };
                changes.push(Change { key, verb: version.verb, before, after: &version.object });
                world.apply(version.verb, &version.object);
            }
            let reasons = recording.reasons(step);
            let moment = Moment { id: StepId(number as u32), step, at: step.at, reasons, changes };
            visit(&world, &moment).map_err(|wrong| format!("step {number} at {:?}: {wrong}", step.at))?;
        }
        Ok(())
    }

    /// All writes of Jobs that change one, in order.
    pub(super) fn job_changes<'a>(&'a self, mut visit: impl FnMut(&'a Job, &'a Job, Verb) -> Verdict) -> Verdict {
        self.walk(|_, moment| {
            for change in &moment.changes {
                if let Some((Some(before), after)) = change.job() {
                    visit(before, after, change.verb)?;
                }
            }
            Ok(())
        })
    }
}
