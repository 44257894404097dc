//! Marks by name: `pod-2` in a film, and in a link to a moment, where it says what is explained there.

use super::Selection;
use crate::api::{CronJobId, JobId, NodeId, ObjectKey, PodId};
use crate::cluster::reason::StepId;
use crate::recording::Recording;
use crate::time::Time;

/// What a mark is about: `pod-2`.
pub fn called(object: ObjectKey) -> String {
    match object {
        ObjectKey::Pod(pod) => format!("pod-{}", pod.0),
        ObjectKey::Job(job) => format!("job-{}", job.0),
        ObjectKey::CronJob(id) => format!("cronjob-{}", id.0),
        ObjectKey::Node(node) => format!("node-{}", node.0),
    }
}

/// A mark of a moment: what it is about and, unless it is the last step about it there, which step of the moment: `pod-2.3`.
/// `None` if it is a mark of another moment, or of nothing in particular.
pub fn name_at(recording: &Recording, selection: Selection, at: Time) -> Option<String> {
    let name = called(selection.object?);
    if marked_at(recording, &name, at) == Some(selection) {
        return Some(name);
    }
    let step = steps_at(recording, at).position(|step| step == selection.step)?;
    Some(format!("{name}.{}", step + 1))
}

/// The mark with such a name at a moment.
pub fn marked_at(recording: &Recording, name: &str, at: Time) -> Option<Selection> {
    let (object, number) = match name.split_once('.') {
        Some((object, number)) => (object, Some(number.parse::<usize>().ok()?)),
        None => (name, None),
    };
    let object = object_called(object)?;
    let step = match number {
        Some(number) => steps_at(recording, at).nth(number.checked_sub(1)?),
        None => steps_at(recording, at).filter(|step| recording.step(*step).key == Some(object)).last(),
    };
    Some(Selection { step: step?, object: Some(object) })
}

/// The object that is called so.
pub fn object_called(name: &str) -> Option<ObjectKey> {
    let (kind, number) = name.split_once('-')?;
    let number = number.parse().ok()?;
    match kind {
        "pod" => Some(ObjectKey::Pod(PodId(number))),
        "job" => Some(ObjectKey::Job(JobId(number))),
        "cronjob" => Some(ObjectKey::CronJob(CronJobId(number))),
        "node" => Some(ObjectKey::Node(NodeId(number))),
        _ => None,
    }
}

/// The steps of an instant, in order.
fn steps_at(recording: &Recording, at: Time) -> impl Iterator<Item = StepId> + '_ {
    let steps = recording.steps();
    let first = steps.partition_point(|step| step.at < at);
    steps[first..]
        .iter()
        .zip(first..)
        .take_while(move |(step, _)| step.at == at)
        .map(|(_, number)| StepId(number as u32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    #[test]
    fn every_step_of_a_moment_is_found_again() {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec:\n  completions: 3\n  parallelism: 3\n  \
                    template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}\n";
        let recording = Recording::of(&manifest::read(text).scenario);
        let mut short = 0;
        for (step, number) in recording.steps().iter().zip(0..) {
            let selection = Selection { step: StepId(number), object: Some(ObjectKey::Job(JobId(1))) };
            let name = name_at(&recording, selection, step.at).expect("it has a name");
            assert_eq!(marked_at(&recording, &name, step.at), Some(selection), "{name}");
            short += usize::from(name == "job-1");
        }
        assert!(short > 2, "most need no number");
        let nothing = Selection { step: StepId(0), object: None };
        assert_eq!(name_at(&recording, nothing, Time::ZERO), None);
        for wrong in ["pod-7", "pod", "pod-2.0", "pod-2.99", "deployment-1", ""] {
            assert_eq!(marked_at(&recording, wrong, Time::ZERO), None, "{wrong}");
        }
    }
}
