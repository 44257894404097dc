//! What WHY says at each stop of a recorded run: its title, its sentence in each language, and the chain. And, over all
//! recordings, that what is said of a pod agrees with how it ended.

use job_playground::api::{ObjectKey, Phase, PodId};
use job_playground::cluster::reason::{Component, CountedAs, EndedBy, Reason, StepId};
use job_playground::conformance::{CaseKind, cases};
use job_playground::explain::{self, Brief, Fact, JobFailure, Names, Selection, Statement, WhatIf, why};
use job_playground::manifest;
use job_playground::recording::{Object, Recording};
use job_playground::scenario::Scenario;
use job_playground::texts::Lang;
use job_playground::timeline::Timeline;
use job_playground::timeline::story::Happening;
use support::{expect_answers, files_with, root, stem, text};

struct Film {
    name: String,
    scenario: Scenario,
    recording: Recording,
    timeline: Timeline,
}

impl Film {
    fn of(path: &std::path::Path) -> Film {
        let scenario = manifest::read(&text(path)).scenario.with_time_zones();
        let recording = Recording::of(&scenario);
        let timeline = Timeline::of(&recording, &scenario);
        Film { name: stem(path), scenario, recording, timeline }
    }

    fn brief(&self, step: StepId) -> Vec<Brief> {
        explain::brief(&self.recording, &self.scenario, step)
    }
}

/// The answer to the name of a recording, below `tests/conformance`.
fn explained(name: &str) -> String {
    let film = Film::of(&root().join("tests/conformance").join(name.trim()).with_extension("yaml"));
    let mut lines = Vec::new();
    for moment in film.timeline.moments.iter() {
        let selected = explain::telling_step(&film.recording, &film.timeline, moment.at).expect("a moment");
        let why = why(&film.recording, &film.scenario, selected).expect("a step");
        let names = Names::new(&film.recording, why.key);
        let at = Lang::En.format().clock_exact(moment.at);
        let words = Lang::En.explain();
        lines.push(format!("{at} {}", words.line(&why.subject, Names::new(&film.recording, selected.object))));
        for lang in Lang::ALL {
            lines.push(format!("  {}", (lang.explain().statement)(&why.statement, names).plain()));
        }
        if let Some(table) = explain::node_table(&film.recording, &film.scenario, selected.step) {
            for row in &table.rows {
                let asked = table.filters.iter().zip(&row.cells);
                let asked = asked.map(|(filter, cell)| {
                    format!("{} {}", (words.nodes.filter)(filter), words.nodes.cell(filter, cell))
                });
                let name = film.recording.node_name(row.node).unwrap_or_default();
                lines.push(format!("  | {name} | {}", asked.collect::<Vec<_>>().join(" | ")));
            }
        }
        for link in &why.chain {
            lines.push(format!("  - {}: {}", (words.role)(link.role), (words.fact)(&link.fact, names).plain()));
        }
        lines.extend(why.real_life.command.iter().map(|command| format!("  $ {command}")));
        if why.subject.iter().any(|brief| matches!(brief, Brief::PodShows { .. } | Brief::DrivenOut(_)))
            && let Some(mut what_if) = WhatIf::new(&film.recording, film.scenario.clone().into(), &why)
        {
            while what_if.advance(1000) {}
            for found in what_if.found() {
                lines.push(format!("  ? {}: {}", words.change(&found.change).plain(), words.then(found).plain()));
            }
        }
    }
    lines.join("\n").replace('\u{a0}', " ")
}

#[test]
fn what_is_said_at_each_stop() {
    for path in files_with("txt", "tests/explained") {
        expect_answers(&path, explained);
    }
}

/// The film of each recording of the real controllers.
fn films() -> impl Iterator<Item = Film> {
    let recorded = cases(&root().join("tests/conformance")).unwrap_or_else(|error| panic!("{error}"));
    recorded.into_iter().filter(|case| case.kind == CaseKind::Trace).map(|case| Film::of(&case.input))
}

/// What disrupts a pod says how the Job counts that, and what counts it says what disrupted the pod.
#[test]
fn a_disruption_and_its_count_lead_to_each_other() {
    let (mut disrupted, mut counted) = (0, 0);
    for film in films() {
        let why = |step: StepId| {
            let key = film.recording.step(step).key;
            why(&film.recording, &film.scenario, Selection { step, object: key }).expect("a step")
        };
        for (id, step) in (0..).map(StepId).zip(film.recording.steps()) {
            let pods = film.recording.reasons(step).iter().filter_map(|reason| match reason {
                Reason::DisruptionTarget(pod) => Some(*pod),
                _ => None,
            });
            // Who has ended by then counts for another reason.
            let is_alive = |pod: &PodId| {
                let before = film.recording.history_before(ObjectKey::Pod(*pod), id).next();
                matches!(before.map(|version| &version.object), Some(Object::Pod(pod)) if !pod.phase.is_terminal())
            };
            for pod in pods.filter(is_alive) {
                let count = (id.0 + 1..film.recording.steps().len() as u32).map(StepId).find_map(|later| {
                    film.recording.reasons(film.recording.step(later)).iter().find_map(|reason| match reason {
                        Reason::Counted { pod: other, counted: CountedAs::Failed | CountedAs::Ignored { .. } } => {
                            (*other == pod).then_some(later)
                        }
                        _ => None,
                    })
                });
                let Some(count) = count else { continue };
                let (name, told) = (&film.name, why(id));
                // Who asks why a pod was evicted by hand is answered by the sync that counts it.
                let leads = told.key.is_some_and(|key| matches!(key, ObjectKey::Job(_)))
                    || told.chain.iter().any(|link| matches!(link.fact, Fact::CountedLater { .. }));
                assert!(leads, "{name} step {id:?}: {:?}", told.statement);
                disrupted += 1;
                let back = why(count);
                let leads = back.chain.iter().any(|link| {
                    matches!(link.fact, Fact::Input { .. }) || link.step.is_some_and(|step| step <= count && step == id)
                });
                let failures = film.recording.reasons(film.recording.step(count)).iter();
                let failures = failures.filter(|reason| matches!(reason, Reason::Counted { .. })).count();
                // Of several failures in one sync not all are told, and an end says what has decided it.
                let says_more = match &back.statement {
                    Statement::JobCompletes { .. } | Statement::Ended { .. } => true,
                    Statement::JobFails { failure, .. } => !matches!(failure, JobFailure::BackoffLimit { .. }),
                    _ => failures > 1,
                };
                assert!(leads || says_more, "{name} step {count:?}: {:?}", back.statement);
                counted += 1;
            }
        }
    }
    assert!(disrupted > 50 && counted > 50, "{disrupted} {counted}");
}

#[test]
fn what_is_said_of_a_pod_agrees_with_how_it_ended() {
    let mut seen = [0; 5];
    for film in films() {
        let name = &film.name;
        for track in film.timeline.jobs.iter() {
            assert_eq!(track.outcome.failures, track.lane.last.status.failed, "{name}");
            for bar in &track.bars {
                let Some(end) = bar.end else { continue };
                let line = film.brief(end.mark.step);
                let exit = line.iter().find_map(|brief| match brief {
                    Brief::Exit { code, .. } => Some(*code),
                    _ => None,
                });
                let ended = line.iter().any(|brief| matches!(brief, Brief::PodEnded { pod, .. } if *pod == bar.pod));
                if ended && exit.is_some() {
                    assert_eq!(end.exit_code, exit, "{name} {:?}: {line:?}", bar.pod);
                    seen[0] += 1;
                }
                assert!(end.exit_code.is_none() || bar.logs_from.is_some(), "{name} {:?}", bar.pod);
            }
        }
        for chapter in film.timeline.story(&film.recording) {
            for happening in chapter.happenings {
                if let Happening::PodsGone { first, count: 1, had_logs } = happening {
                    let bar = film.timeline.jobs.iter().flat_map(|track| &track.bars).find(|bar| bar.pod == first);
                    assert_eq!(had_logs, bar.is_some_and(|bar| bar.logs_from.is_some()), "{name} {first:?}");
                    seen[1] += usize::from(!had_logs);
                }
            }
        }
        for (id, step) in (0..).map(StepId).zip(film.recording.steps()) {
            let line = film.brief(id);
            let is_idle = line.contains(&Brief::NothingToDo);
            assert!(!is_idle || step.versions.is_empty(), "{name} step {id:?}: {:?}", film.recording.reasons(step));
            seen[2] += usize::from(is_idle);
            let why = why(&film.recording, &film.scenario, Selection { step: id, object: step.key }).expect("a step");
            let tells = |reason: &Reason| matches!(reason, Reason::Told(_) | Reason::SandboxMade { .. });
            if let Statement::NothingToDo { .. } = why.statement {
                let reasons = film.recording.reasons(step);
                assert!(step.versions.is_empty() && !reasons.iter().any(tells), "{name} step {id:?}: {reasons:?}");
            }
            // What evicts a pod says why, not what comes of it.
            if step.component == Component::TaintEviction {
                assert!(matches!(why.statement, Statement::Reason(Reason::Told(_))), "{name} step {id:?}");
                seen[4] += 1;
            }
            for link in why.chain {
                let Fact::PodEnded { pod, exit_code, by, .. } = link.fact else { continue };
                let mut history = film.recording.history(ObjectKey::Pod(pod));
                let found = history.rfind(|version| version.step <= id).map(|version| &version.object);
                let Some(Object::Pod(found)) = found else { continue };
                if found.phase == Phase::Succeeded {
                    assert_eq!(exit_code, 0, "{name} step {id:?}: {pod:?} succeeded");
                    assert_ne!(by, EndedBy::NotRunning, "{name} step {id:?}: {pod:?} succeeded");
                    seen[3] += 1;
                }
            }
        }
    }
    assert!(seen.iter().all(|seen| *seen > 0), "{seen:?}");
}
