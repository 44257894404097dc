//! The recorder of the scheduler's Events: attempts to schedule an unchanged pod are one Event that is counted up, whatever
//! they say (P-17). Upstream: client-go tools/events event_broadcaster.go.

use super::waiting::round_after;
use crate::api::PodId;
use crate::cluster::told::Told;
use crate::order::{Map, Set};
use crate::time::{Span, Time};
use std::rc::Rc;

/// The rounds at which old series are closed: every 6 min, a second early.
pub(super) const CLOSING: Span = Span::from_seconds(360);
const FIRST_CLOSING: Time = Time::from_seconds(359);
/// The rounds at which all series are written.
const REFRESH: Span = Span::from_seconds(1800);
const FIRST_REFRESH: Time = Time::from_seconds(1799);

/// The Events about pods that no node could take.
#[derive(Clone, Debug, Default)]
pub(super) struct Events {
    pods: Map<PodId, OfPod>,
    /// [`OfPod::due`] of all pods.
    due: Set<(Time, PodId)>,
}

/// The Events about one pod.
#[derive(Clone, Debug, Default)]
struct OfPod {
    /// How many there were.
    count: u32,
    /// Those that are not closed.
    series: Vec<Series>,
    /// When something of them is written by itself.
    due: Option<Time>,
}

/// One Event.
#[derive(Clone, Debug)]
struct Series {
    event: u32,
    message: Rc<str>,
    count: u32,
    last: Time,
    /// Whether the pod has not been written since.
    is_current: bool,
}

impl Events {
    /// The pod has been written: the next Event about it is a new one.
    pub(super) fn pod_written(&mut self, pod: PodId) {
        if let Some(of_pod) = self.pods.get_mut(&pod) {
            of_pod.series.iter_mut().for_each(|one| one.is_current = false);
        }
    }

    /// A pod was refused; what is told of it. From the third time on it is only counted.
    pub(super) fn refused(&mut self, pod: PodId, message: &Rc<str>, now: Time) -> Option<Told> {
        let of_pod = self.pods.get_or_insert_with(pod, OfPod::default);
        // What was not repeated in time is forgotten at the rounds.
        of_pod.series.retain(|one| one.count > 1 || one.closes_at() > now);
        if let Some(one) = of_pod.series.iter_mut().find(|one| one.is_current) {
            one.count += 1;
            one.last = now;
            let told = (one.count == 2).then(|| one.again());
            self.set_due(pod, now);
            return told;
        }
        of_pod.count += 1;
        let (event, message) = (of_pod.count, Rc::clone(message));
        of_pod.series.push(Series { event, message: Rc::clone(&message), count: 1, last: now, is_current: true });
        Some(Told::Unschedulable { message, event })
    }

    /// When a series is written by itself.
    pub(super) fn next_due(&self) -> Option<Time> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Writes what is due of the next pod; what is told of it.
    pub(super) fn write(&mut self, now: Time) -> Option<(PodId, Vec<Told>)> {
        let (at, pod) = self.due.first().copied().filter(|(at, _)| *at <= now)?;
        self.due.remove(&(at, pod));
        let refreshes = is_round(now, FIRST_REFRESH, REFRESH);
        let mut told = Vec::new();
        if let Some(OfPod { series, .. }) = self.pods.get_mut(&pod) {
            let closes = |one: &Series| one.closes_at() <= now;
            told.extend(series.iter().filter(|one| one.count > 1 && (refreshes || closes(one))).map(Series::again));
            series.retain(|one| !closes(one));
        }
        self.set_due(pod, now);
        Some((pod, told))
    }

    fn set_due(&mut self, pod: PodId, now: Time) {
        let Some(of_pod) = self.pods.get_mut(&pod) else { return };
        let counted = of_pod.series.iter().filter(|one| one.count > 1);
        let next = counted.map(|one| one.closes_at().min(round_after(now, FIRST_REFRESH, REFRESH))).min();
        if of_pod.due == next {
            return;
        }
        if let Some(known) = std::mem::replace(&mut of_pod.due, next) {
            self.due.remove(&(known, pod));
        }
        if let Some(next) = next {
            self.due.insert((next, pod));
        }
    }
}

impl Series {
    fn again(&self) -> Told {
        Told::UnschedulableAgain { message: Rc::clone(&self.message), event: self.event, count: self.count }
    }

    /// The first round at which it was last told more than 6 min ago.
    fn closes_at(&self) -> Time {
        round_after(self.last + CLOSING, FIRST_CLOSING, CLOSING)
    }
}

fn is_round(now: Time, first: Time, every: Span) -> bool {
    now >= first && (now - first).millis() % every.millis() == 0
}
