//! What the product shows of a run: explanation, timeline, kubectl. None of it panics or is empty.

use super::{Run, Verdict, ensure};
use job_playground::cluster::reason::{Check, Component, Reason, StepId};
use job_playground::explain::{self, Names, Origin, Selection};
use job_playground::kubectl::{self, Command, Conventions, Snapshot};
use job_playground::texts::Lang;
use job_playground::time::{Span, Time};
use job_playground::timeline::Timeline;
use job_playground::timeline::window::Window;

/// A sync that observed its pods records an answer to each of its questions, also to those that it did not reach; every
/// other sync records why it did not.
pub(super) fn every_question(run: &Run) -> Verdict {
    run.walk(|_, moment| {
        if moment.step.component != Component::JobController {
            return Ok(());
        }
        let looked = moment.reasons.iter().any(|reason| matches!(reason, Reason::Observed { .. }));
        let asked: Vec<Check> = moment
            .reasons
            .iter()
            .filter_map(|reason| match reason {
                Reason::Asked { check, .. } => Some(*check),
                _ => None,
            })
            .collect();
        let expected: &[Check] = if looked { &Check::ALL } else { &[] };
        ensure!(asked == expected, "it asks {asked:?}");
        let why_not =
            |reason: &Reason| matches!(reason, Reason::JobGone | Reason::ManagedByOther(_) | Reason::AlreadyFinished);
        ensure!(looked != moment.reasons.iter().any(why_not), "it looks, or says why not: {:?}", moment.reasons);
        Ok(())
    })
}

pub(super) fn every_step(run: &Run) -> Verdict {
    let (recording, scenario) = (&run.recording, &run.scenario);
    for (number, step) in recording.steps().iter().enumerate() {
        let id = StepId(number as u32);
        let selected = Selection { step: id, object: step.key };
        let Some(why) = explain::why(recording, scenario, selected) else {
            return Err(format!("step {number}: no answer"));
        };
        for lang in Lang::ALL {
            let names = Names::new(recording, why.key);
            let said = (lang.explain().statement)(&why.statement, names).plain();
            ensure!(!said.trim().is_empty(), "step {number}: no words for {:?}", why.statement);
            let line = lang.explain().step(recording, scenario, id);
            ensure!(!line.is_empty(), "step {number}: no line");
            let other = Names::new(recording, step.key);
            for reason in recording.reasons(step) {
                let said = (lang.reason().reason)(reason, other).plain();
                ensure!(!said.trim().is_empty(), "step {number}: no words for {reason:?}");
            }
        }
        for place in explain::origins(&why) {
            let written = !matches!(place, Origin::Field { written: false, .. });
            let found = run.reading.span_of(&place.in_text()).is_some();
            ensure!(found == written, "step {number}: {place:?} is found in the text: {found}");
        }
    }
    waiting(run)
}

fn waiting(run: &Run) -> Verdict {
    for at in moments(run) {
        for job in run.recording.jobs() {
            let waiting = explain::waiting(&run.recording, &run.scenario, job, at);
            for lang in Lang::ALL {
                ensure!(!lang.explain().waiting(&waiting).plain().is_empty(), "at {at:?}: no words for {waiting:?}");
            }
        }
    }
    Ok(())
}

/// Some moments of the run, evenly spaced.
fn moments(run: &Run) -> Vec<Time> {
    let end = run.recording.steps().last().map_or(Time::ZERO, |step| step.at);
    (0..6).map(|part| Time::from_millis(end.millis() * part / 5)).chain([end + Span::from_seconds(1)]).collect()
}

pub(super) fn timeline(run: &Run) -> Verdict {
    let timeline = Timeline::of(&run.recording, &run.scenario);
    ensure!(timeline == Timeline::of(&run.recording, &run.scenario), "twice, it is another timeline");
    let pods: usize = timeline.jobs.iter().map(|track| track.bars.len()).sum();
    ensure!(pods == run.recording.pods().count(), "{pods} bars of {} pods", run.recording.pods().count());
    for pair in timeline.moments.windows(2) {
        ensure!(pair[0].at <= pair[1].at, "moments go back");
    }
    for axis in [&timeline.axis, &timeline.true_scale] {
        let window = Window::zoomed(None, axis, 0.3, 0.2);
        let part = Window::axis(window, axis);
        ensure!(part.ticks.iter().all(|tick| (0.0..=1.0).contains(&tick.x)), "a tick beside {window:?}");
    }
    Ok(())
}

pub(super) fn kubectl(run: &Run) -> Verdict {
    let commands = [
        "get jobs,pods,cronjobs -o wide",
        "describe jobs",
        "describe pods",
        "describe cronjobs",
        "get events",
        "get jobs -o yaml",
    ];
    for at in moments(run) {
        let snapshot = Snapshot {
            recording: &run.recording,
            start_unix_seconds: run.scenario.start_unix_seconds,
            at,
            conventions: Conventions::Cluster,
        };
        for command in commands {
            if let Ok(command) = Command::parse(&kubectl::words(command)) {
                let _ = kubectl::run(&command, &snapshot);
            }
        }
    }
    Ok(())
}
