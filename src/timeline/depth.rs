//! A pod in depth: its containers as bars of their own, the pulls that it waited for, and its node. A plain pod, with one
//! container that simply starts, has none of it.

use super::Mark;
use crate::api::{Container, ContainerPlace, ContainerRole, Name, NodeId, Pod};
use crate::cluster::reason::{EndedBy, Reason};
use crate::cluster::told::Told;
use crate::time::{Span, Time};

/// What there is of a pod beside its bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Depth {
    /// Its containers, in the order in which they start; none if it has only one.
    pub containers: Vec<ContainerBar>,
    /// Pulls that failed or took a while.
    pub pulls: Vec<Pull>,
    /// Its node, and when it got it; only where the text is about nodes.
    pub bound: Option<(NodeId, Mark)>,
}

/// A container and its runs.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerBar {
    pub place: ContainerPlace,
    pub name: Name,
    pub role: ContainerRole,
    /// In order.
    pub runs: Vec<Run>,
}

/// A container from its start to its end.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub from: Mark,
    /// Its end, or the last that there is to see of it.
    pub to: Time,
    /// When the kubelet began to stop it.
    pub stopped: Option<Mark>,
    pub end: Option<RunEnd>,
    /// Until when it waits for its next start.
    pub waits_until: Option<Time>,
}

/// How a run of a container ended.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunEnd {
    pub mark: Mark,
    pub exit_code: i32,
    pub by: EndedBy,
}

/// A pull of an image.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pull {
    pub from: Mark,
    pub to: Mark,
    pub failed: bool,
}

/// What the steps say about the containers of one pod.
#[derive(Clone, Debug, Default)]
pub(super) struct ContainerFacts {
    /// What happened to one of them, or to all, in order.
    happened: Vec<(Option<ContainerPlace>, Happened, Mark)>,
    pulls: Vec<Pull>,
    /// The pull that goes on.
    pulling: Option<Mark>,
    /// When the first of its volumes could not be mounted.
    unmounted: Option<Mark>,
}

#[derive(Clone, Copy, Debug)]
enum Happened {
    Started,
    Stopped,
    Ended { exit_code: i32, by: EndedBy },
    WillRestart { at: Time },
}

impl ContainerFacts {
    /// Whether a reason says something about them.
    pub(super) fn concerns(reason: &Reason) -> bool {
        match reason {
            Reason::ContainerEnded { by, .. } => *by != EndedBy::NotRunning,
            Reason::WillRestart { .. } | Reason::ContainersStarted { .. } => true,
            Reason::Told(Told::Started(_) | Told::Killing { .. })
            | Reason::Untold(Told::Started(_) | Told::Killing { .. }) => true,
            _ => ContainerFacts::is_before_start(reason),
        }
    }

    /// Whether it is about what comes before a start: volumes and pulls, which the only container of a pod has, too.
    pub(super) fn is_before_start(reason: &Reason) -> bool {
        let (Reason::Told(told) | Reason::Untold(told)) = reason else { return false };
        matches!(
            told,
            Told::Pulling(_) | Told::Pulled { took: Some(_), .. } | Told::PullFailed { .. } | Told::MountFailed { .. }
        )
    }

    /// Takes in a reason that concerns them. `are_many`: whether the pod has more than one.
    pub(super) fn note(&mut self, reason: &Reason, mark: Mark, are_many: bool) {
        let (container, happened) = match reason {
            Reason::ContainersStarted { .. } => (None, Happened::Started),
            Reason::ContainerEnded { container, exit_code, by } => {
                (Some(*container), Happened::Ended { exit_code: *exit_code, by: *by })
            }
            Reason::WillRestart { container, at, .. } => (Some(*container), Happened::WillRestart { at: *at }),
            Reason::Told(told) | Reason::Untold(told) => match told {
                Told::Started(container) => (Some(*container), Happened::Started),
                Told::Killing { container, .. } => (Some(*container), Happened::Stopped),
                Told::MountFailed { .. } => return self.unmounted = self.unmounted.or(Some(mark)),
                Told::Pulling(_) => return self.pulling = Some(mark),
                told => return self.pulled(matches!(told, Told::PullFailed { .. }), mark),
            },
            _ => return,
        };
        if are_many {
            self.happened.push((container, happened, mark));
        }
    }

    fn pulled(&mut self, failed: bool, to: Mark) {
        let Some(from) = self.pulling.take() else { return };
        if failed || to.at - from.at >= LONG_PULL {
            self.pulls.push(Pull { from, to, failed });
        }
    }

    /// Whether they say nothing about a pod with one container.
    pub(super) fn is_plain(&self) -> bool {
        self.happened.is_empty() && self.pulls.is_empty() && self.unmounted.is_none()
    }

    /// From when on something keeps a pod from starting that its status has no word for: its volumes, or a pull that takes
    /// a while.
    pub(super) fn held(&self, from: Time, to: Time) -> Option<Mark> {
        let marks = self.unmounted.into_iter().chain(self.pulls.iter().map(|pull| pull.from));
        marks.filter(|mark| from <= mark.at && mark.at < to).min_by_key(|mark| mark.at)
    }

    /// The containers of a pod that has more than one, and its pulls. Nothing of it goes on after `last`.
    pub(super) fn depth(&self, pod: &Pod, last: Time) -> Depth {
        let spec = &pod.birth.template.spec;
        let mut depth = Depth { pulls: self.pulls.clone(), ..Depth::default() };
        if spec.container_count() > 1 {
            let bar = |(place, container): (ContainerPlace, &Container)| ContainerBar {
                place,
                name: container.name.clone(),
                role: container.role(place),
                runs: self.runs(place, last),
            };
            depth.containers = spec.all_containers().map(bar).collect();
        }
        depth
    }

    fn runs(&self, container: ContainerPlace, last: Time) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let is_own = |place: &Option<ContainerPlace>| place.is_none_or(|place| place == container);
        let own = self.happened.iter().filter(|(place, _, mark)| is_own(place) && mark.at <= last);
        for (_, happened, mark) in own {
            if let Happened::Started = happened {
                if let Some(before) = runs.last_mut() {
                    before.waits_until = Some(mark.at).filter(|at| *at > before.to);
                }
                runs.push(Run { from: *mark, to: last, stopped: None, end: None, waits_until: None });
                continue;
            }
            let Some(run) = runs.last_mut() else { continue };
            match happened {
                Happened::Started => {}
                Happened::Stopped => run.stopped = run.stopped.or(Some(*mark)),
                Happened::Ended { exit_code, by } => {
                    run.to = mark.at;
                    run.end = Some(RunEnd { mark: *mark, exit_code: *exit_code, by: *by });
                }
                Happened::WillRestart { at } => run.waits_until = Some((*at).min(last)).filter(|at| *at > run.to),
            }
        }
        runs
    }
}

/// A pull that takes less is not worth a mark.
const LONG_PULL: Span = Span::from_seconds(1);
