//! How bars and rows are made from the versions of pods.

use super::Mark;
use super::depth::Depth;
use super::facts::Facts;
use super::pods::{Backoff, Bar, EndCap, Ghost, GoneBecause, PodEnding, Restart, Row, RowOf, Segment, SegmentKind};
use super::waiting::Waiting;
use crate::api::{ContainerState, NodeId, ObjectKey, Phase, Pod, PodId, TerminatedReason};
use crate::cluster::reason::Component;
use crate::order::Map;
use crate::recording::{Object, Recording, Verb, Version};
use crate::time::{Span, Time};

/// The bar of a pod; open segments reach to `end`.
pub(super) fn bar(recording: &Recording, facts: &Facts, pod: PodId, end: Time) -> Option<Bar> {
    let mut versions = recording.history(ObjectKey::Pod(pod));
    let (mark, born) = pod_version(recording, versions.next()?)?;
    let mut maker = Maker {
        bar: Bar {
            pod,
            job: born.birth.job,
            birth: born.birth.clone(),
            created: mark,
            segments: Vec::with_capacity(2),
            logs_from: None,
            restarts: Vec::new(),
            end: None,
            ghost: None,
            depth: None,
        },
        doing: (SegmentKind::Pending, mark),
        starting: None,
        bound: None,
        deletion: None,
        facts,
    };
    for version in versions {
        let (mark, pod) = pod_version(recording, version)?;
        if version.verb == Verb::Remove {
            maker.gone(recording, pod, mark);
            break;
        }
        maker.version(recording, pod, mark);
    }
    if maker.bar.end.is_none() && maker.bar.ghost.is_none() {
        maker.close(end);
    }
    maker.look_deeper(born);
    Some(maker.bar)
}

fn pod_version<'r>(recording: &'r Recording, version: &'r Version) -> Option<(Mark, &'r Pod)> {
    match &version.object {
        Object::Pod(pod) => Some((Mark { at: recording.written_at(version), step: version.step }, pod)),
        Object::Job(_) | Object::CronJob(_) | Object::Node(_) => None,
    }
}

struct Maker<'f> {
    bar: Bar,
    doing: (SegmentKind, Mark),
    /// What the containers of a pod that is being started wait for.
    starting: Option<Waiting>,
    /// Its node, and when it got it.
    bound: Option<(NodeId, Mark)>,
    /// The step that asked for its deletion.
    deletion: Option<Component>,
    facts: &'f Facts,
}

impl Maker<'_> {
    fn version(&mut self, recording: &Recording, pod: &Pod, mark: Mark) {
        if pod.deletion.is_some() && self.deletion.is_none() {
            self.deletion = Some(recording.step(mark.step).component);
        }
        if self.bar.logs_from.is_none() && pod.ever_ran() {
            self.bar.logs_from = Some(mark);
        }
        if self.bar.end.is_some() {
            return;
        }
        if let (None, Some(binding)) = (self.bound, pod.bound) {
            self.bound = Some((binding.node, mark));
        }
        if pod.phase.is_terminal() {
            // Node pressure stops containers without a deletion: the stop is known from its step alone.
            if let Some((grace, stopped)) = self.facts.pod(self.bar.pod).stopped
                && !matches!(self.doing.0, SegmentKind::Terminating { .. })
                && stopped.at < mark.at
            {
                self.begin(SegmentKind::Terminating { grace }, stopped);
            }
            self.close(mark.at);
            self.bar.end = Some(self.cap(pod, mark));
            return;
        }
        let restarts = pod.restarts();
        if self.bar.restarts.last().map_or(0, |restart| restart.number) < restarts {
            self.bar.restarts.push(Restart { mark, number: restarts });
        }
        let kind = doing(pod);
        let is_same = match (kind, self.doing.0) {
            (SegmentKind::Waiting(one), SegmentKind::Waiting(other)) => one == other,
            (one, other) => std::mem::discriminant(&one) == std::mem::discriminant(&other),
        };
        if !is_same {
            self.begin(kind, mark);
        }
        if kind == SegmentKind::Pending {
            self.starting = Waiting::starting(pod);
        }
    }

    fn gone(&mut self, recording: &Recording, pod: &Pod, mark: Mark) {
        let by = self.deletion.unwrap_or(recording.step(mark.step).component);
        if self.bar.end.is_none() {
            self.close(mark.at);
            let cap = self.cap(pod, mark);
            let how = if pod.phase.is_terminal() { cap.how } else { PodEnding::Vanished };
            self.bar.end = Some(EndCap { how, ..cap });
        }
        let by_ttl = self.facts.job(self.bar.job).deleted_by.is_some_and(|(by, _)| by == Component::TtlAfterFinished);
        let because = match by {
            Component::JobController | Component::OrphanPods => GoneBecause::Controller,
            Component::PodGarbageCollector => GoneBecause::NeverScheduled,
            Component::GarbageCollector | Component::TtlAfterFinished if by_ttl => GoneBecause::Ttl,
            Component::GarbageCollector | Component::TtlAfterFinished | Component::CronJobController => {
                GoneBecause::Cascade
            }
            Component::Outside
            | Component::Scheduler
            | Component::Kubelet
            | Component::NodeLifecycle
            | Component::TaintEviction => GoneBecause::Outside,
        };
        self.bar.ghost = Some(Ghost { mark, because });
    }

    fn cap(&self, pod: &Pod, mark: Mark) -> EndCap {
        let facts = self.facts.pod(self.bar.pod);
        let deciding = pod.deciding().map(|(_, ended)| ended);
        EndCap {
            mark,
            how: if pod.phase == Phase::Succeeded { PodEnding::Succeeded } else { PodEnding::Failed },
            exit_code: deciding.map(|terminated| terminated.exit_code),
            oom: deciding.is_some_and(|terminated| terminated.reason == TerminatedReason::OomKilled),
            disruption: pod.disruption.map(|disruption| disruption.reason),
            killed: facts.deleted.filter(|(_, deleted)| deleted.at <= mark.at).map(|(because, _)| because),
            counted: facts.counted,
        }
    }

    fn begin(&mut self, kind: SegmentKind, mark: Mark) {
        self.close(mark.at);
        self.doing = (kind, mark);
    }

    fn close(&mut self, at: Time) {
        let (kind, mark) = self.doing;
        if at <= mark.at {
            return;
        }
        // Its status has no word for volumes that are missing, nor for a pull that takes its time.
        if let (SegmentKind::Pending, Some(starting)) = (kind, self.starting)
            && let Some(held) = self.facts.containers(self.bar.pod).and_then(|facts| facts.held(mark.at, at))
        {
            if mark.at < held.at {
                self.bar.segments.push(Segment { from: mark.at, to: held.at, kind, step: mark.step });
            }
            let kind = SegmentKind::Waiting(starting);
            self.bar.segments.push(Segment { from: held.at, to: at, kind, step: held.step });
            return;
        }
        let kind = match kind {
            SegmentKind::AwaitingRestart { .. } => SegmentKind::AwaitingRestart { wait: at - mark.at },
            other => other,
        };
        self.bar.segments.push(Segment { from: mark.at, to: at, kind, step: mark.step });
    }
}

impl Maker<'_> {
    /// Adds the containers, the pulls and the node.
    fn look_deeper(&mut self, born: &Pod) {
        let facts = self.facts.containers(self.bar.pod);
        let bound = self.bound.filter(|_| self.facts.are_nodes_told);
        if facts.is_some() || bound.is_some() {
            let last = self.bar.last();
            let depth = facts.map_or_else(Depth::default, |facts| facts.depth(born, last));
            self.bar.depth = Some(Box::new(Depth { bound, ..depth }));
        }
    }
}

fn doing(pod: &Pod) -> SegmentKind {
    if let Some(deletion) = pod.deletion {
        return SegmentKind::Terminating { grace: Span::from_seconds(deletion.grace_seconds) };
    }
    match pod.phase {
        Phase::Pending => Waiting::of(pod).map_or(SegmentKind::Pending, SegmentKind::Waiting),
        Phase::Running | Phase::Succeeded | Phase::Failed => {
            let runs = |state| matches!(state, ContainerState::Running(_));
            let restarts = pod.regular_statuses().any(|(declared, status)| match status.state {
                ContainerState::Waiting(_) => true,
                ContainerState::Running(_) => false,
                ContainerState::Terminated(terminated) => pod.is_restarted(declared, terminated.exit_code),
            });
            // Sidecars run on while the others wait, and for a moment after the others are done.
            let sidecars = || pod.init_statuses().any(|(_, status)| runs(status.state));
            if pod.containers.iter().any(|container| runs(container.state)) || (!restarts && sidecars()) {
                return SegmentKind::Running;
            }
            Waiting::of(pod).map_or(SegmentKind::AwaitingRestart { wait: Span::ZERO }, SegmentKind::Waiting)
        }
    }
}

/// The rows of a Job: by index for an Indexed Job, else by pod; a back-off that no pod ended has a row of its own.
pub(super) fn rows(is_indexed: bool, bars: &[Bar], backoffs: &[Backoff]) -> Vec<Row> {
    let row_of = |bar: &Bar| match bar.birth.index {
        Some(index) if is_indexed => RowOf::Index(index),
        _ => RowOf::Pod(bar.pod),
    };
    let row_of_pod = |pod: &PodId| Some(row_of(&bars[bars.binary_search_by_key(pod, |bar| bar.pod).ok()?]));
    let mut rows: Map<RowOf, Row> = Map::new();
    for (position, bar) in bars.iter().enumerate() {
        let of = row_of(bar);
        rows.get_or_insert_with(of, || Row { of, bars: Vec::new(), backoffs: Vec::new() }).bars.push(position);
    }
    for (position, backoff) in backoffs.iter().enumerate() {
        let mut of: Vec<RowOf> = backoff.pods.iter().filter_map(row_of_pod).collect();
        if of.is_empty() {
            of.push(backoff.index.map_or(RowOf::NeverMade, RowOf::Index));
        }
        of.dedup();
        for of in of {
            rows.get_or_insert_with(of, || Row { of, bars: Vec::new(), backoffs: Vec::new() }).backoffs.push(position);
        }
    }
    rows.into_values().collect()
}
