//! What only the steps say, gathered in one pass over them: who deleted a pod, how it was counted, when the creation of pods was
//! held back. The lanes are made from this and from the versions of the objects.

use super::Mark;
use super::depth::ContainerFacts;
use super::node_faults::Reach;
use super::pods::{Backoff, PodCount};
use crate::api::{CronJobId, JobId, ObjectKey, Phase, PodId};
use crate::cluster::reason::{Component, CountedAs, DeletedBecause, NoEffect, Reason, Step, StepId, Wake};
use crate::order::{self, Map};
use crate::recording::{Object, Recording};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use std::rc::Rc;

/// What the steps say about one pod.
#[derive(Clone, Debug, Default)]
pub(super) struct PodFacts {
    /// How the Job controller counted it, if it did.
    pub(super) counted: Option<PodCount>,
    /// Why and when the Job controller deleted it.
    pub(super) deleted: Option<(DeletedBecause, Mark)>,
    /// Its grace period, and when its containers got SIGTERM.
    pub(super) stopped: Option<(Span, Mark)>,
}

/// What the steps say about one Job.
#[derive(Clone, Debug, Default)]
pub(super) struct JobFacts {
    /// The controllers' steps for it, in order.
    pub(super) steps: Vec<StepId>,
    /// The component that asked for its deletion.
    pub(super) deleted_by: Option<(Component, Mark)>,
    /// The TTL: when the Job finished, the length, when it is deleted, and the step that began to wait.
    pub(super) ttl: Option<(Time, Span, Time, Mark)>,
    backoffs: Vec<Backoff>,
    open: Map<Option<u32>, Backoff>,
    last_failure: Map<Option<u32>, Time>,
    succeeded: u32,
    failed: u32,
}

/// What an input did.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct InputEffect {
    pub(super) mark: Mark,
    pub(super) no_effect: Option<NoEffect>,
    pub(super) refused: Option<Rc<str>>,
    pub(super) pod: Option<PodId>,
    pub(super) job: Option<JobId>,
}

/// What the steps of a recording say.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pods: Vec<PodFacts>,
    jobs: Vec<JobFacts>,
    /// By CronJob: the steps of its controller for it.
    cron_jobs: Vec<Vec<StepId>>,
    /// By the number of the input in the text.
    pub(super) inputs: Vec<Option<InputEffect>>,
    /// Of the few pods of which the steps say something about containers or images.
    containers: Map<PodId, ContainerFacts>,
    /// Whether the text is about nodes.
    pub(super) are_nodes_told: bool,
    /// When nodes could not be heard of.
    pub(super) reach: Reach,
}

impl Facts {
    /// No facts yet.
    pub(super) fn new(recording: &Recording, scenario: &Scenario) -> Facts {
        Facts {
            pods: recording.pods().map(|_| PodFacts::default()).collect(),
            jobs: recording.jobs().map(|_| JobFacts::default()).collect(),
            cron_jobs: recording.cron_jobs().map(|_| Vec::new()).collect(),
            inputs: vec![None; scenario.inputs.len()],
            are_nodes_told: scenario.is_about_nodes(),
            containers: Map::new(),
            reach: Reach::default(),
        }
    }

    /// Takes in what a step says. They must come in order.
    pub(super) fn note(&mut self, recording: &Recording, number: usize) {
        let step = &recording.steps()[number];
        self.note_step(recording, step, Mark { at: step.at, step: StepId(number as u32) });
    }

    pub(super) fn pod(&self, pod: PodId) -> &PodFacts {
        &self.pods[pod.0 as usize - 1]
    }

    /// What the steps say about the containers of a pod; nothing about those of most.
    pub(super) fn containers(&self, pod: PodId) -> Option<&ContainerFacts> {
        self.containers.get(&pod).filter(|facts| !facts.is_plain())
    }

    pub(super) fn job(&self, job: JobId) -> &JobFacts {
        &self.jobs[job.0 as usize - 1]
    }

    /// Gives back the memory of a Job that has its track.
    pub(super) fn forget(&mut self, job: JobId) {
        self.jobs[job.0 as usize - 1] = JobFacts::default();
    }

    /// The steps of the CronJob controller for a CronJob, in order.
    pub(super) fn cron_job(&self, cron_job: CronJobId) -> &[StepId] {
        &self.cron_jobs[cron_job.0 as usize - 1]
    }

    /// The back-offs of a Job, each with the pods that ended it. One that no pod ended lasts until its time is over, or
    /// until the Job's `last` instant.
    pub(super) fn backoffs(&self, job: JobId, last: Time) -> Vec<Backoff> {
        let facts = self.job(job);
        let open = facts.open.values().map(|wait| Backoff { ended: wait.until.min(last), ..wait.clone() });
        let mut backoffs: Vec<Backoff> =
            facts.backoffs.iter().cloned().chain(open.filter(|wait| wait.ended > wait.from)).collect();
        order::sort_by_key(&mut backoffs, |wait| (wait.mark.step, wait.index));
        backoffs
    }

    fn note_step(&mut self, recording: &Recording, step: &Step, mark: Mark) {
        let reasons = recording.reasons(step);
        if let Wake::Input(number) = step.trigger.wake
            && step.component == Component::Outside
            && let Some(slot) = self.inputs.get_mut(number as usize)
        {
            *slot = Some(effect(recording, step, mark));
        }
        if let Some(ObjectKey::Pod(pod)) = step.key {
            self.note_pod(recording, pod, reasons, mark);
        }
        for reason in reasons {
            match reason {
                Reason::ObjectDeletionBegan { key: ObjectKey::Job(job), .. }
                | Reason::ObjectGone(ObjectKey::Job(job)) => {
                    self.jobs[job.0 as usize - 1].deleted_by.get_or_insert((step.component, mark));
                }
                reason => self.reach.note(reason, mark),
            }
        }
        let job = match step.key {
            Some(ObjectKey::Job(job)) => job,
            Some(ObjectKey::CronJob(cron_job)) if step.component == Component::CronJobController => {
                return self.cron_jobs[cron_job.0 as usize - 1].push(mark.step);
            }
            Some(ObjectKey::CronJob(_) | ObjectKey::Pod(_) | ObjectKey::Node(_)) | None => return,
        };
        match step.component {
            Component::JobController => {
                self.note_sync(job, reasons, mark);
                self.end_backoffs(recording, job, reasons, mark);
            }
            Component::TtlAfterFinished => self.note_ttl(job, reasons, mark),
            _ => {}
        }
    }

    fn note_pod(&mut self, recording: &Recording, pod: PodId, reasons: &[Reason], mark: Mark) {
        for reason in reasons {
            match reason {
                Reason::StopBegan { grace } => {
                    self.pods[pod.0 as usize - 1].stopped.get_or_insert((*grace, mark));
                }
                Reason::PodEnded { phase: Phase::Failed } => {
                    if let Some(Object::Pod(pod)) = recording.object_after(ObjectKey::Pod(pod), mark.step) {
                        let failures = &mut self.jobs[pod.birth.job.0 as usize - 1].last_failure;
                        failures.insert(None, mark.at);
                        failures.insert(pod.birth.index, mark.at);
                    }
                }
                reason if ContainerFacts::concerns(reason) => self.note_container(recording, pod, reason, mark),
                _ => {}
            }
        }
    }

    /// Most pods have one container, and of that nothing is kept: its bar is the pod's.
    fn note_container(&mut self, recording: &Recording, pod: PodId, reason: &Reason, mark: Mark) {
        let Some(born) = recording.born(pod) else { return };
        let are_many = born.birth.template.spec.container_count() > 1;
        if are_many || ContainerFacts::is_before_start(reason) {
            self.containers.get_or_insert_with(pod, ContainerFacts::default).note(reason, mark, are_many);
        }
    }

    fn note_ttl(&mut self, job: JobId, reasons: &[Reason], mark: Mark) {
        let facts = &mut self.jobs[job.0 as usize - 1];
        facts.steps.push(mark.step);
        for reason in reasons {
            if let Reason::TtlRuns { finished, ttl, until } = reason {
                facts.ttl = Some((*finished, *ttl, *until, mark));
            }
        }
    }

    fn note_sync(&mut self, job: JobId, reasons: &[Reason], mark: Mark) {
        let facts = &mut self.jobs[job.0 as usize - 1];
        facts.steps.push(mark.step);
        for reason in reasons {
            match reason {
                Reason::CreationHeldBack { failures, wait, from, until } => {
                    facts.hold_back(None, *failures, *wait, *from, *until, mark);
                }
                Reason::IndexHeldBack { index, failures, until } => {
                    let from = facts.last_failure.get(&Some(*index)).map_or(mark.at, |at| at.truncated());
                    facts.hold_back(Some(*index), *failures, *until - from, from, *until, mark);
                }
                Reason::DeletedPod { pod, because } => {
                    self.pods[pod.0 as usize - 1].deleted.get_or_insert((*because, mark));
                }
                Reason::Counted { pod, counted } => {
                    let number = match counted {
                        CountedAs::Succeeded => &mut facts.succeeded,
                        CountedAs::Failed => &mut facts.failed,
                        CountedAs::Ignored { .. } | CountedAs::Nothing => &mut 0,
                    };
                    *number += 1;
                    let counted = PodCount { counted: *counted, number: *number, mark };
                    self.pods[pod.0 as usize - 1].counted = Some(counted);
                }
                _ => {}
            }
        }
    }
}

impl Facts {
    /// Ends the back-offs after which a sync created pods.
    fn end_backoffs(&mut self, recording: &Recording, job: JobId, reasons: &[Reason], mark: Mark) {
        let facts = &mut self.jobs[job.0 as usize - 1];
        if facts.open.is_empty() {
            return;
        }
        for reason in reasons {
            let Reason::CreatedPod(pod) = reason else { continue };
            let index = match recording.object_after(ObjectKey::Pod(*pod), mark.step) {
                Some(Object::Pod(pod)) => pod.birth.index,
                Some(Object::Job(_) | Object::CronJob(_) | Object::Node(_)) | None => None,
            };
            for key in [None, index] {
                if let Some(wait) = facts.open.get_mut(&key)
                    && wait.pods.last() != Some(pod)
                {
                    wait.pods.push(*pod);
                }
            }
        }
        let ended: Vec<_> = facts.open.iter().filter(|(_, wait)| !wait.pods.is_empty()).map(|(key, _)| *key).collect();
        for key in ended {
            if let Some(wait) = facts.open.remove(&key) {
                facts.backoffs.push(Backoff { ended: mark.at, ..wait });
            }
        }
    }
}

impl JobFacts {
    fn hold_back(&mut self, index: Option<u32>, failures: u32, length: Span, from: Time, until: Time, mark: Mark) {
        if self.open.get(&index).is_some_and(|wait| wait.until == until) {
            return;
        }
        // The API server keeps whole seconds; the bar before this back-off ended some milliseconds later.
        let ended = self.last_failure.get(&index).copied().filter(|at| at.truncated() == from).unwrap_or(from);
        let wait = Backoff { index, from: ended, until, ended: until, length, failures, pods: Vec::new(), mark };
        self.open.insert(index, wait);
    }
}

fn effect(recording: &Recording, step: &Step, mark: Mark) -> InputEffect {
    let mut effect = InputEffect { mark, no_effect: None, refused: None, pod: None, job: None };
    match step.key {
        Some(ObjectKey::Pod(pod)) => effect.pod = Some(pod),
        Some(ObjectKey::Job(job)) => effect.job = Some(job),
        Some(ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => {}
    }
    for reason in recording.reasons(step) {
        match reason {
            Reason::NoEffect(why) => effect.no_effect = Some(*why),
            Reason::Refused(refusal) => effect.refused = Some(refusal.message.clone()),
            _ => {}
        }
    }
    effect
}
