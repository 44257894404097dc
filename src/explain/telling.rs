//! Which step says most: at a time, of a whole run, and, after a change of the text, in the place of another one.

use super::Selection;
use crate::api::ConditionType;
use crate::cluster::reason::{CountedAs, Reason, StepId};
use crate::recording::Recording;
use crate::time::Time;
use crate::timeline::pods::SegmentKind;
use crate::timeline::{Timeline, stepping};

/// The step that says most at a time; `None` before the first moment.
pub fn telling_step(recording: &Recording, timeline: &Timeline, at: Time) -> Option<Selection> {
    let moment = stepping::current(&timeline.moments, at)?;
    Some(Selection { step: moment.telling, object: recording.step(moment.telling).key })
}

/// Where a run is worth opening: at the first decision after a failure, else where the first Job fails, else in the
/// middle of the first pod's first run, else at the last moment.
pub fn telling_time(recording: &Recording, timeline: &Timeline) -> Time {
    let first = |says: fn(&Reason) -> bool| {
        timeline.moments.iter().find(|moment| recording.reasons(recording.step(moment.telling)).iter().any(says))
    };
    let failure = first(|reason| matches!(reason, Reason::Counted { counted: CountedAs::Failed, .. }));
    let end = || first(|reason| matches!(reason, Reason::ConditionAdded { condition: ConditionType::Failed, .. }));
    let at = failure.or_else(end).map(|moment| moment.at);
    at.or_else(|| first_run(timeline)).unwrap_or(timeline.end)
}

/// The middle of the run that begins first, to a tenth of a second.
fn first_run(timeline: &Timeline) -> Option<Time> {
    let segments = timeline.jobs.iter().flat_map(|track| &track.bars).flat_map(|bar| &bar.segments);
    let runs = segments.filter(|segment| segment.kind == SegmentKind::Running);
    let first = runs.min_by_key(|segment| (segment.from, segment.to))?;
    let middle = first.from.millis() + (first.to - first.from).millis() / 2;
    Some(Time::from_millis(middle / 100 * 100).max(first.from))
}

/// What was selected in an old run, in a new one: the step of the same component for the same object at the same
/// instant, else whatever says most at the playhead.
pub fn same_step(
    old: &Recording,
    selected: Selection,
    new: &Recording,
    timeline: &Timeline,
    playhead: Time,
) -> Option<Selection> {
    let step = old.steps().get(selected.step.0 as usize)?;
    let steps = new.steps();
    let first = steps.partition_point(|other| other.at < step.at);
    let same = steps[first..]
        .iter()
        .take_while(|other| other.at == step.at)
        .position(|other| other.component == step.component && other.key == step.key);
    match same {
        Some(position) => Some(Selection { step: StepId((first + position) as u32), ..selected }),
        None => telling_step(new, timeline, playhead),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  backoffLimit: 1\n  template:\n    \
        spec:\n      restartPolicy: Never\n      containers:\n      - {name: main, image: a, command: [sh, -c, sleep 5 && exit 1]}\n";

    fn run(text: &str) -> (Recording, Timeline) {
        let scenario = manifest::read(text).scenario;
        let recording = Recording::of(&scenario);
        let timeline = Timeline::of(&recording, &scenario);
        (recording, timeline)
    }

    #[test]
    fn a_run_opens_at_its_first_failure_or_its_end() {
        let (recording, timeline) = run(JOB);
        let at = telling_time(&recording, &timeline);
        assert!(Time::from_seconds(5) < at && at < timeline.end, "{at:?}");
        let selected = telling_step(&recording, &timeline, at).expect("something happens then");
        assert_eq!(recording.step(selected.step).at, at);
        let (recording, timeline) = run(&JOB.replace("exit 1", "exit 0"));
        let opens = telling_time(&recording, &timeline);
        let pod = timeline.jobs[0].bars[0].segment_at(opens).map(|segment| segment.kind);
        assert_eq!(pod, Some(SegmentKind::Running), "a Job that succeeds opens in its first run: {opens:?}");
        assert_eq!(telling_step(&recording, &timeline, Time::from_millis(-1)), None);
    }

    #[test]
    fn a_selection_is_found_again_in_the_run_of_a_changed_text() {
        let (old, old_timeline) = run(JOB);
        let (new, timeline) = run(&JOB.replace("backoffLimit: 1", "backoffLimit: 2"));
        let selected = telling_step(&old, &old_timeline, telling_time(&old, &old_timeline)).expect("a step");
        let again = same_step(&old, selected, &new, &timeline, Time::ZERO).expect("the first failure is the same");
        let (before, after) = (old.step(selected.step), new.step(again.step));
        assert_eq!((before.at, before.component, before.key), (after.at, after.component, after.key));
        // Where it is gone, what is explained is where the playhead stands.
        let (new, timeline) = run(&JOB.replace("sleep 5", "sleep 7"));
        let playhead = Time::from_seconds(3);
        let instead = same_step(&old, selected, &new, &timeline, playhead);
        assert_eq!(instead, telling_step(&new, &timeline, playhead));
    }
}
