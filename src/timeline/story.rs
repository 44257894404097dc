//! The timeline as a list in order of time: one entry per moment, with what happened in it and the waits in between.

use super::Timeline;
use super::axis::Break;
use super::job_lane::DeletedBy;
use super::pods::SegmentKind;
use super::waiting::Waiting;
use crate::api::{ConditionType, JobId, Name, NodeId, ObjectKey, Phase, Pod, PodId};
use crate::cluster::reason::{Component, CountedAs, Reason, StepId, Wake};
use crate::order;
use crate::recording::{Object, Recording, Verb, Version};
use crate::time::{Span, Time};

/// What happened at one moment.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Its position in [`Timeline::moments`].
    pub moment: usize,
    pub at: Time,
    /// The step to select.
    pub step: StepId,
    /// What happened, at least one thing.
    pub happenings: Vec<Happening>,
    /// The collapsed wait before it.
    pub wait: Option<Break>,
    /// The collapsed time behind the last one, in which a run goes on without an end.
    pub then: Option<Break>,
    /// Whether the Job or TTL controller wrote something.
    pub is_controller: bool,
}

/// Something that happened.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A Job was created.
    JobCreated(JobId),
    /// Pods were created: the first of them and how many.
    PodsCreated(PodId, u32),
    /// A pod's containers run.
    PodRuns(PodId),
    /// Something keeps a pod from running.
    Waits(PodId, Waiting),
    /// A container of a pod that has several runs.
    ContainerRuns(PodId, Name),
    /// It ended, with this exit code.
    ContainerEnded(PodId, Name, i32),
    /// A container was restarted in place: the restarts of the pod so far.
    Restarted(PodId, u32),
    /// A container ended, and will be restarted in place after this time.
    WillRestart(PodId, Span),
    PodEnded {
        pod: PodId,
        /// Succeeded or Failed.
        phase: Phase,
        exit_code: Option<i32>,
        /// Whether an input caused it.
        by_input: bool,
    },
    /// A try to start a pod failed, or to find a node for it: what kubectl shows for it.
    KeptBack(PodId, &'static str),
    /// A pod's termination began.
    PodStops(PodId),
    /// A pod is to stop, and its lost node does not hear of it.
    StopUnheard(PodId, Name),
    /// A node was not heard of for too long.
    NodeNotReady(Name),
    /// A lost node was tainted, and how long its pods stay all the same; `None` if none has to go.
    NodeTainted(Name, Option<Span>),
    /// Pods were removed: the first of them and how many.
    #[allow(missing_docs)]
    PodsGone {
        first: PodId,
        count: u32,
        /// Whether a container of one of them ever ran.
        had_logs: bool,
    },
    /// Failed pods were counted: how many in all, of how many tolerated; `None` if there is no limit, or it is exceeded.
    Counted(u32, Option<u32>),
    /// The back-off of the Job began: no pod is created for this long.
    HeldBack(Span),
    /// A condition was set, with its reason.
    Condition(ConditionType, &'static str),
    /// A Job was removed; whether by its TTL.
    JobGone(JobId, bool),
    /// An input came: its number in the text, from 0.
    Input(usize),
}

impl Happening {
    /// The pod it is about.
    pub fn pod(&self) -> Option<PodId> {
        match self {
            Happening::PodsCreated(pod, _)
            | Happening::PodRuns(pod)
            | Happening::Waits(pod, _)
            | Happening::ContainerRuns(pod, _)
            | Happening::ContainerEnded(pod, ..)
            | Happening::Restarted(pod, _)
            | Happening::WillRestart(pod, _)
            | Happening::PodStops(pod)
            | Happening::StopUnheard(pod, _)
            | Happening::KeptBack(pod, _)
            | Happening::PodsGone { first: pod, .. }
            | Happening::PodEnded { pod, .. } => Some(*pod),
            Happening::JobCreated(_)
            | Happening::Counted(..)
            | Happening::HeldBack(_)
            | Happening::Condition(..)
            | Happening::JobGone(..)
            | Happening::NodeNotReady(_)
            | Happening::NodeTainted(..)
            | Happening::Input(_) => None,
        }
    }
}

impl Timeline {
    /// The story from the first moment to the last, without moments in which nothing of it happened.
    pub fn story(&self, recording: &Recording) -> Vec<Chapter> {
        let mut chapters = Vec::new();
        let mut breaks = self.axis.breaks.iter().peekable();
        for (position, moment) in self.moments.iter().enumerate() {
            let wait = breaks.next_if(|gap| gap.until <= moment.at).copied();
            let mut teller = Teller { recording, timeline: self, happenings: Vec::new(), is_controller: false };
            for step in moment.steps.clone() {
                teller.step(StepId(step));
            }
            if teller.happenings.is_empty() && wait.is_none() {
                continue;
            }
            let Teller { mut happenings, is_controller, .. } = teller;
            tidy(&mut happenings);
            chapters.push(Chapter {
                moment: position,
                at: moment.at,
                step: moment.telling,
                happenings,
                wait,
                then: None,
                is_controller,
            });
        }
        if let Some(last) = chapters.last_mut() {
            last.then = breaks.next().copied();
        }
        chapters
    }
}

struct Teller<'r> {
    recording: &'r Recording,
    timeline: &'r Timeline,
    happenings: Vec<Happening>,
    is_controller: bool,
}

impl Teller<'_> {
    fn step(&mut self, id: StepId) {
        let step = self.recording.step(id);
        let (component, wake) = (step.component, step.trigger.wake);
        if let (Component::Outside, Wake::Input(number)) = (component, wake) {
            self.happenings.push(Happening::Input(number as usize));
        }
        let acts = matches!(component, Component::JobController | Component::TtlAfterFinished);
        self.is_controller |= acts && !step.versions.is_empty();
        let is_input = matches!(wake, Wake::Input(_));
        if let Some(ObjectKey::Pod(pod)) = step.key {
            self.in_depth(pod, id);
        }
        let versions = self.recording.versions(step);
        for (number, version) in versions.iter().enumerate() {
            let key = version.object.key();
            let own = versions[..number].iter().rev().find(|before| before.object.key() == key);
            let earlier = || self.recording.history_before(key, id).next();
            let before = own.or_else(earlier).map(|before| &before.object);
            self.version(version, before, is_input);
        }
        let counts = |reason: &&Reason| matches!(reason, Reason::Counted { counted: CountedAs::Failed, .. });
        let reasons = self.recording.reasons(step);
        if reasons.iter().any(|reason| counts(&reason))
            && let Some(ObjectKey::Job(job)) = step.key
            && let Some(Object::Job(job)) = self.recording.object_after(ObjectKey::Job(job), id)
        {
            let limit = u32::try_from(job.spec.backoff_limit).ok().filter(|_| job.spec.backoff_limit < i32::MAX);
            let limit = limit.filter(|limit| job.status.failed <= *limit);
            self.happenings.push(Happening::Counted(job.status.failed, limit));
        }
        for reason in reasons {
            match reason {
                Reason::CreationHeldBack { wait, .. } => self.happenings.push(Happening::HeldBack(*wait)),
                Reason::ConditionAdded { condition, reason } => {
                    self.happenings.push(Happening::Condition(*condition, reason));
                }
                Reason::NodeUnheard(node) => {
                    self.happenings.extend(self.name_of(*node).map(Happening::NodeNotReady));
                }
                Reason::TaintedForEviction(node) => {
                    let stay = self.stay_of_pods(id);
                    self.happenings.extend(self.name_of(*node).map(|name| Happening::NodeTainted(name, stay)));
                }
                Reason::Told(told) if told.is_failed_try() => {
                    if let (Some(ObjectKey::Pod(pod)), Some(what)) = (step.key, told.kept_back()) {
                        self.happenings.push(Happening::KeptBack(pod, what));
                    }
                }
                Reason::WillRestart { wait, .. } => {
                    if let Some(ObjectKey::Pod(pod)) = step.key {
                        self.happenings.push(Happening::WillRestart(pod, *wait));
                    }
                }
                _ => {}
            }
        }
    }

    /// What its containers did in a step, and what has kept it from running since then.
    fn in_depth(&mut self, pod: PodId, step: StepId) {
        let Some(Object::Pod(object)) = self.recording.object_after(ObjectKey::Pod(pod), step) else { return };
        let track = self.timeline.track(object.birth.job);
        let Some(bar) = track.and_then(|track| track.bar(pod)) else { return };
        for container in bar.depth.iter().flat_map(|depth| &depth.containers) {
            for run in &container.runs {
                if let Some(end) = run.end.filter(|end| end.mark.step == step) {
                    self.happenings.push(Happening::ContainerEnded(pod, container.name.clone(), end.exit_code));
                }
                if run.from.step == step {
                    self.happenings.push(Happening::ContainerRuns(pod, container.name.clone()));
                }
            }
        }
        for segment in bar.segments.iter().filter(|segment| segment.step == step) {
            if let SegmentKind::Waiting(waiting) = segment.kind {
                self.happenings.push(Happening::Waits(pod, waiting));
            }
        }
    }

    fn version(&mut self, version: &Version, before: Option<&Object>, by_input: bool) {
        match (&version.object, version.verb) {
            (Object::Job(job), Verb::Create) => self.happenings.push(Happening::JobCreated(job.id)),
            (Object::Job(job), Verb::Remove) => {
                let deleted = self.timeline.track(job.id).and_then(|track| track.lane.deleted);
                let by_ttl = deleted.is_some_and(|(_, by)| by == DeletedBy::Ttl);
                self.happenings.push(Happening::JobGone(job.id, by_ttl));
            }
            (Object::Pod(pod), Verb::Create) => self.created(pod.id),
            (Object::Pod(pod), Verb::Remove) => self.gone(pod),
            (Object::Pod(pod), Verb::Update | Verb::Status) => {
                let Some(Object::Pod(before)) = before else { return };
                if pod.phase.is_terminal() && !before.phase.is_terminal() {
                    let exit_code = pod.deciding().map(|(_, ended)| ended.exit_code);
                    self.happenings.push(Happening::PodEnded { pod: pod.id, phase: pod.phase, exit_code, by_input });
                } else if pod.is_deleting() && !before.is_deleting() {
                    let at = self.recording.written_at(version);
                    let unheard = pod.bound.filter(|bound| self.recording.is_silent(bound.node, at));
                    if !pod.phase.is_terminal() {
                        let node = unheard.and_then(|bound| self.name_of(bound.node));
                        let stops = Happening::PodStops(pod.id);
                        self.happenings.push(node.map_or(stops, |node| Happening::StopUnheard(pod.id, node)));
                    }
                } else if pod.restarts() > before.restarts() {
                    self.happenings.push(Happening::Restarted(pod.id, pod.restarts()));
                } else if pod.phase == Phase::Running && before.phase == Phase::Pending {
                    self.happenings.push(Happening::PodRuns(pod.id));
                }
            }
            (Object::Job(_), Verb::Update | Verb::Status) | (Object::CronJob(_) | Object::Node(_), _) => {}
        }
    }

    fn name_of(&self, node: NodeId) -> Option<Name> {
        self.recording.node_name(node).map(Name::from)
    }

    /// How long the pods of a node stay that was tainted in a step: until the first of them has to go.
    fn stay_of_pods(&self, tainted: StepId) -> Option<Span> {
        let later = &self.recording.steps()[tainted.0 as usize + 1..];
        let goes = later.iter().find(|step| {
            step.component == Component::TaintEviction
                && step.trigger.cause == Some(tainted)
                && !step.versions.is_empty()
        })?;
        Some(goes.at - self.recording.step(tainted).at)
    }

    /// Pods that are created in one moment become one happening.
    fn created(&mut self, pod: PodId) {
        match self.happenings.last_mut() {
            Some(Happening::PodsCreated(_, count)) => *count += 1,
            _ => self.happenings.push(Happening::PodsCreated(pod, 1)),
        }
    }

    /// And so do those that are removed.
    fn gone(&mut self, pod: &Pod) {
        match self.happenings.last_mut() {
            Some(Happening::PodsGone { count, had_logs, .. }) => {
                *count += 1;
                *had_logs |= pod.ever_ran();
            }
            _ => self.happenings.push(Happening::PodsGone { first: pod.id, count: 1, had_logs: pod.ever_ran() }),
        }
    }
}

/// Leaves out the interim condition where the final one comes at the same moment, and puts what ends the Job before its
/// pods.
fn tidy(happenings: &mut Vec<Happening>) {
    // Several writes may make the same happening.
    happenings.dedup();
    // A try that failed says what the pod waits for from then on.
    let kept_back: Vec<PodId> = happenings
        .iter()
        .filter_map(|happening| match happening {
            Happening::KeptBack(pod, _) => Some(*pod),
            _ => None,
        })
        .collect();
    happenings.retain(|happening| !matches!(happening, Happening::Waits(pod, _) if kept_back.contains(pod)));
    let is_end = |happening: &Happening| {
        matches!(happening, Happening::Condition(ConditionType::Complete | ConditionType::Failed, _))
    };
    if happenings.iter().any(is_end) {
        happenings.retain(|happening| !matches!(happening, Happening::Condition(..)) || is_end(happening));
    }
    order::sort_by_key(happenings, |happening| !matches!(happening, Happening::Input(_) | Happening::JobGone(..)));
}
