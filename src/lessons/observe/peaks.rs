//! The most pods at one instant.

use super::{is_meant, steps_until};
use crate::api::{ContainerState, Pod, PodId};
use crate::cluster::input::PodSelector;
use crate::order::Set;
use crate::recording::{Object, Recording, Verb};
use crate::scenario::lesson::Peak;
use crate::time::Time;

/// The most pods right after everything that happens at an instant.
pub(super) fn peak(what: Peak, pods: &PodSelector, recording: &Recording) -> u32 {
    let mut counted: Set<PodId> = Set::default();
    let (mut now, mut most) = (0, 0);
    let mut steps = steps_until(recording, Time::NEVER).peekable();
    while let Some((_, step)) = steps.next() {
        for version in recording.versions(step) {
            let Object::Pod(pod) = &version.object else { continue };
            let counts = version.verb != Verb::Remove && is(what, pod) && is_meant(pods, recording, pod);
            match counts {
                true => now += u32::from(counted.insert(pod.id)),
                false => now -= u32::from(counted.remove(&pod.id)),
            }
        }
        if steps.peek().is_none_or(|(_, next)| next.at > step.at) {
            most = most.max(now);
        }
    }
    most
}

fn is(what: Peak, pod: &Pod) -> bool {
    let runs = || pod.all_statuses().any(|(_, status)| matches!(status.state, ContainerState::Running(_)));
    !pod.phase.is_terminal() && (what == Peak::Alive || runs())
}
