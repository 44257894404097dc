//! Whether `kubectl logs` has something to read.

use super::{Logs, is_meant};
use crate::api::{ObjectKey, Pod, PodBirth};
use crate::cluster::input::PodSelector;
use crate::recording::{Object, Recording, Verb};
use crate::time::Time;
use std::rc::Rc;

/// The newest of these pods at an instant, and whether `kubectl logs` can read what its container wrote: of the run that
/// goes on, or of the last one while it waits for the next. Without a name it is the container that kubectl takes.
pub(super) fn logs(pods: &PodSelector, recording: &Recording, at: Time) -> (Option<Rc<PodBirth>>, Logs) {
    let version = |id| recording.version_at(ObjectKey::Pod(id), at);
    let newest = recording.pods().rev().filter_map(version).find_map(|version| match &version.object {
        Object::Pod(pod) if is_meant(pods, recording, pod) => Some((version, pod)),
        _ => None,
    });
    let Some((version, pod)) = newest else { return (None, Logs::NoPod) };
    let logs = if version.verb == Verb::Remove {
        Logs::Gone(recording.written_at(version))
    } else if !has_run(pod, pods.container.as_deref()) {
        Logs::NotStarted
    } else if pod
        .bound
        .is_some_and(|bound| recording.is_silent(bound.node, at) || recording.node_at(bound.node, at).is_none())
    {
        Logs::OutOfReach
    } else {
        Logs::Readable
    };
    (Some(Rc::clone(&pod.birth)), logs)
}

fn has_run(pod: &Pod, container: Option<&str>) -> bool {
    let mut statuses: Box<dyn Iterator<Item = _>> = match container {
        Some(name) => Box::new(pod.all_statuses().filter(move |(declared, _)| *declared.name == *name)),
        None => Box::new(pod.regular_statuses()),
    };
    statuses.next().is_some_and(|(_, status)| status.ever_ran())
}
