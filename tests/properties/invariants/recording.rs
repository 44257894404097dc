//! The recording itself: steps, slices, seeking.

use super::world::World;
use super::{Run, Verdict, ensure};
use job_playground::api::ObjectKey;
use job_playground::recording::{Progress, Recorder};
use job_playground::time::{Span, Time};
use std::collections::BTreeSet;

pub(super) fn steps_follow_one_another(run: &Run) -> Verdict {
    let mut ends = (Time::ZERO, 0, 0, 0);
    for (number, step) in run.recording.steps().iter().enumerate() {
        let (at, reasons, versions, events) = ends;
        ensure!(step.at >= at, "step {number}: time goes back");
        let starts = (step.reasons.start, step.versions.start, step.events.start);
        ensure!(starts == (reasons, versions, events), "step {number}: its lists do not follow the last one's");
        let earlier = step.trigger.cause.is_none_or(|cause| (cause.0 as usize) < number);
        ensure!(earlier, "step {number} has a later cause");
        ensure!(step.reasons.start < step.reasons.end, "step {number} has no reason: {step:?}");
        ends = (step.at, step.reasons.end, step.versions.end, step.events.end);
    }
    let Some((_, end)) = run.recording.end() else { return Err("it has no end".to_owned()) };
    ensure!(end >= ends.0, "it ends before its last step");
    Ok(())
}

/// Slices of one step first, then longer ones.
pub(super) fn slices_are_the_whole(run: &Run) -> Verdict {
    let mut recorder = Recorder::new(&run.scenario);
    let mut budget = 1;
    while recorder.advance(budget) == Progress::More {
        budget = budget % 7 + 1;
    }
    ensure!(*recorder.recording() == run.recording, "sliced, it is another recording");
    Ok(())
}

pub(super) fn seeking_agrees(run: &Run) -> Verdict {
    let recording = &run.recording;
    let mut touched: BTreeSet<ObjectKey> = BTreeSet::new();
    let mut lives = BTreeSet::new();
    let last = recording.steps().len();
    run.walk(|world, moment| {
        for change in &moment.changes {
            touched.insert(change.key);
            let after = recording.object_after(change.key, moment.id);
            ensure!(after.is_some() == is_there(world, change.key), "object_after of {:?}", change.key);
        }
        let next = recording.steps().get(moment.id.0 as usize + 1).map(|step| step.at);
        if next == Some(moment.at) {
            return Ok(());
        }
        for key in std::mem::take(&mut touched) {
            let now = recording.object_at(key, moment.at);
            ensure!(now == recording.object_after(key, moment.id), "object_at of {key:?} at the instant");
            ensure!(now.is_some() == is_there(world, key), "object_at of {key:?} is gone or not");
            let before = recording.object_at(key, moment.at - Span::from_millis(1));
            ensure!(before.is_some() == lives.contains(&key), "object_at of {key:?} before the instant");
            match now {
                Some(_) => drop(lives.insert(key)),
                None => drop(lives.remove(&key)),
            }
        }
        if moment.id.0 as usize + 1 == last {
            for (id, pod) in &world.pods {
                ensure!(recording.pod_at(*id, Time::NEVER) == Some(*pod), "{id} at the end");
            }
            for (id, job) in &world.jobs {
                ensure!(recording.job_at(*id, Time::NEVER) == Some(*job), "{id} at the end");
            }
        }
        Ok(())
    })
}

fn is_there(world: &World<'_>, key: ObjectKey) -> bool {
    match key {
        ObjectKey::Job(id) => world.jobs.contains_key(&id),
        ObjectKey::Pod(id) => world.pods.contains_key(&id),
        ObjectKey::CronJob(id) => world.cron_jobs.contains_key(&id),
        ObjectKey::Node(id) => world.nodes.contains_key(&id),
    }
}
