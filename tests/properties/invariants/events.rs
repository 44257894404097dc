//! Events (C16): counted, combined, and each for something that happened.

use super::{Run, Verdict, ensure};
use job_playground::api::{Event, Message, ObjectKey};
use job_playground::cluster::reason::{Component, Reason};
use std::collections::BTreeMap;

pub(super) fn counted_up(run: &Run) -> Verdict {
    let mut series: BTreeMap<u32, &Event> = BTreeMap::new();
    run.walk(|_, moment| {
        for event in run.recording.events(moment.step) {
            ensure!(event.last == moment.at.truncated(), "{event:?} is not of now");
            ensure!(event.first <= event.last && event.count >= 1, "{event:?}");
            let Some(before) = series.insert(event.series, event) else { continue };
            let same = (before.object, before.event_type, before.reason, before.first, before.combined)
                == (event.object, event.event_type, event.reason, event.first, event.combined);
            ensure!(same, "{event:?} is in one series with {before:?}");
            ensure!(event.count > before.count, "{event:?} does not count up {before:?}");
            ensure!(event.combined || event.message == before.message, "{event:?} says another thing than {before:?}");
        }
        Ok(())
    })
}

/// One event for each pod that is created or deleted, unless it is dropped. Only controllers send events.
pub(super) fn of_what_happened(run: &Run) -> Verdict {
    run.walk(|_, moment| {
        let events = run.recording.events(moment.step);
        let from_controllers = matches!(moment.step.component, Component::JobController | Component::CronJobController);
        ensure!(events.is_empty() || from_controllers, "{:?} sends events", moment.step.component);
        if moment.step.component != Component::JobController {
            return Ok(());
        }
        let is_of_job = events.iter().all(|event| matches!(event.object, ObjectKey::Job(_)));
        ensure!(is_of_job, "the Job controller speaks of something else");
        let dropped = |of: &str| {
            moment
                .reasons
                .iter()
                .filter(|reason| matches!(reason, Reason::EventDropped { reason } if *reason == of))
                .count()
        };
        let sent = |of: &str| events.iter().filter(|event| event.reason == of).count();
        let reasons = |fits: fn(&Reason) -> bool| moment.reasons.iter().filter(|reason| fits(reason)).count();
        for (name, happened) in [
            ("SuccessfulCreate", reasons(|reason| matches!(reason, Reason::CreatedPod(_)))),
            ("SuccessfulDelete", reasons(|reason| matches!(reason, Reason::DeletedPod { .. }))),
        ] {
            let recorded = sent(name) + dropped(name);
            ensure!(recorded == happened, "{happened} times, and {recorded} events {name}");
        }
        for event in events {
            if let Message::CreatedPod(pod) = event.message {
                ensure!(moment.reasons.contains(&Reason::CreatedPod(pod)), "{pod} was not made now");
            }
        }
        Ok(())
    })
}
