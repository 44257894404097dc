//! Pictures in characters: `timeline/NAME.txt` shows the recorded case `conformance/**/NAME.yaml`.
//! `UPDATE_EXPECT=1 cargo test --test timeline` writes them again; read the difference before you keep it.

use job_playground::api::{JobId, ObjectKey, PodId};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use job_playground::time::{Span, Time};
use job_playground::timeline::crowd::{self, CellState};
use job_playground::timeline::instruments::{BudgetOf, CompletionProgress, Instruments};
use job_playground::timeline::story::Happening;
use job_playground::timeline::thread::ThreadEnd;
use job_playground::timeline::{Timeline, characters};
use std::path::PathBuf;
use support::{expect, files_with, root, stem, text};

const WIDTH: usize = 110;

fn scenario_text(name: &str) -> String {
    let folders =
        ["tests/timeline", "tests/conformance/curated", "tests/conformance/random", "tests/conformance/pods/curated"];
    let file = folders.iter().map(|folder| root().join(folder).join(format!("{name}.yaml"))).find(|file| file.exists());
    text(&file.unwrap_or_else(|| panic!("there is no scenario {name}.yaml")))
}

fn recorded(name: &str) -> (Recording, Timeline) {
    let scenario = manifest::read(&scenario_text(name)).scenario;
    let recording = Recording::of(&scenario);
    let timeline = Timeline::of(&recording, &scenario);
    (recording, timeline)
}

#[test]
fn pictures_match_the_expected_ones() {
    let pictures = files_with("txt", "tests/timeline");
    assert!(!pictures.is_empty());
    let differs = |path: &PathBuf| {
        let (_, timeline) = recorded(&stem(path));
        expect(path, characters::render(&timeline, WIDTH)).err()
    };
    let different: Vec<String> = pictures.iter().filter_map(differs).collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// What must hold for the timeline of every recorded case.
#[test]
fn every_timeline_is_consistent() {
    let mut cases = 0;
    for path in files_with("yaml", "tests/conformance/curated") {
        let name = stem(&path);
        let (recording, timeline) = recorded(&name);
        cases += 1;
        let bars: usize = timeline.jobs.iter().map(|track| track.bars.len()).sum();
        assert_eq!(bars, recording.pods().count(), "{name}: every attempt has its bar");
        for pair in timeline.moments.windows(2) {
            assert!(timeline.axis.x(pair[0].at) < timeline.axis.x(pair[1].at), "{name}: moments in order");
        }
        for track in timeline.jobs.iter() {
            for bar in &track.bars {
                for pair in bar.segments.windows(2) {
                    assert_eq!(pair[0].to, pair[1].from, "{name}: pod {} has a gap", bar.pod.0);
                }
                let first = bar.segments.first().map_or(bar.created.at, |segment| segment.from);
                assert_eq!(first, bar.created.at, "{name}: pod {} begins at its creation", bar.pod.0);
            }
            for row in &track.rows {
                for pair in row.bars.windows(2) {
                    let (before, after) = (&track.bars[pair[0]], &track.bars[pair[1]]);
                    assert!(before.pod < after.pod, "{name}: attempts in order");
                }
            }
            for wait in &track.backoffs {
                assert!(wait.from < wait.ended && wait.ended <= wait.until, "{name}: {wait:?}");
            }
        }
        for chapter in timeline.story(&recording) {
            assert!(chapter.moment < timeline.moments.len(), "{name}");
        }
    }
    assert!(cases > 100, "{cases} cases");
}

/// A run that waits for days is not drawn as days of waiting: what happened stands on most of its axis, and stepping
/// through it ends.
#[test]
fn what_only_repeats_itself_takes_little_room() {
    let folders = ["tests/timeline", "tests/conformance/pods/curated"];
    let (mut long, mut endless) = (0, 0);
    for path in folders.iter().flat_map(|folder| files_with("yaml", folder)) {
        let scenario = manifest::read(&text(&path)).scenario;
        let recording = Recording::of(&scenario);
        let timeline = Timeline::of(&recording, &scenario);
        let name = stem(&path);
        if timeline.end < Time::from_seconds(12 * 3600) || recording.cron_jobs().next().is_some() {
            assert!(!timeline.is_endless, "{name}");
            continue;
        }
        long += 1;
        endless += usize::from(timeline.is_endless);
        let hour = timeline.axis.x(Time::from_seconds(3600));
        assert!(hour > 0.4, "{name}: the first hour has {hour:.2} of the axis");
        assert!(timeline.moments.len() < 200, "{name}: {} moments", timeline.moments.len());
        for pair in timeline.moments.windows(2) {
            assert!(timeline.axis.x(pair[0].at) < timeline.axis.x(pair[1].at), "{name}: moments in order");
        }
    }
    assert!(long > 4 && endless > 2, "{long} long runs, {endless} without an end");
}

#[test]
fn the_story_of_a_lost_node_has_its_waits() {
    let (recording, timeline) = recorded("node_lost");
    let told: Vec<Happening> = timeline.story(&recording).into_iter().flat_map(|chapter| chapter.happenings).collect();
    let place = |wanted: &Happening| told.iter().position(|happening| happening == wanted);
    let order = [
        Happening::NodeNotReady("a".into()),
        Happening::NodeTainted("a".into(), Some(Span::from_seconds(300))),
        Happening::StopUnheard(PodId(1), "a".into()),
    ];
    let places: Vec<Option<usize>> = order.iter().map(place).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {told:?}");
    assert!(!told.contains(&Happening::PodStops(PodId(1))), "nobody tells it");
    for lang in Lang::ALL {
        let words: Vec<String> = order.iter().map(|happening| (lang.timeline().happening)(happening).plain()).collect();
        assert!(words.iter().all(|words| words.contains('a')), "{words:?}");
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn a_screen_reader_says_what_the_bar_shows() {
    let (_, timeline) = recorded("backoff_limit_two_then_success");
    let (_, ignored) = recorded("policy_ignore_exit_code");
    let (_, retried) = recorded("indexed_retry");
    let name = |timeline: &Timeline, pod: u32, lang: Lang| {
        let track = &timeline.jobs[0];
        let bar = track.bar(PodId(pod)).expect("the pod is there");
        plain(&lang.timeline().bar_name(bar, track.outcome.limit))
    };
    for (is, expected) in [
        (name(&timeline, 2, Lang::En), "Pod 2, attempt 2, failed, exit code 1, ran 6 s, counted: 2 of 3."),
        (name(&timeline, 2, Lang::Zh), "Pod 2，第 2 次尝试，失败，退出码 1，运行 6 秒，已计入：3 次中的第 2 次。"),
        (name(&timeline, 3, Lang::En), "Pod 3, attempt 3, succeeded, exit code 0, ran 5 s."),
        (name(&ignored, 1, Lang::En), "Pod 1, attempt 1, failed, exit code 3, ran 5.3 s, ignored by rule 1."),
        (name(&retried, 5, Lang::En), "Pod 5, attempt 3 of index 1, succeeded, exit code 0, ran 8 s."),
        (name(&retried, 5, Lang::Zh), "Pod 5，索引 1 的第 3 次尝试，成功，退出码 0，运行 8 秒。"),
    ] {
        assert_eq!(is, expected);
    }
}

#[test]
fn instruments_show_the_moment_under_the_playhead() {
    let (recording, _) = recorded("backoff_limit_two_then_success");
    let at = |millis| Instruments::at(&recording, JobId(1), Time::from_millis(millis)).expect("the Job is there");
    assert_eq!((at(8_224).budget.used, at(8_225).budget.used, at(25_301).budget.used), (0, 1, 2));
    assert_eq!((at(25_301).budget.left(), at(25_301).budget.is_spent()), (1, false));
    assert_eq!(at(51_365).completions, CompletionProgress::Pods { done: 1, needed: 1 });
    assert_eq!(at(0).fuse, None);
    let (recording, _) = recorded("on_failure_limit");
    let budget = Instruments::at(&recording, JobId(1), Time::from_seconds(30)).expect("the Job is there").budget;
    assert_eq!((budget.counts, budget.used, budget.allowed), (BudgetOf::Restarts, 2, 2), "the third restart ends it");
}

#[test]
fn the_thread_runs_from_the_failure_by_the_decision_to_the_next_pod() {
    let (_, timeline) = recorded("backoff_limit_two_then_success");
    let end = timeline.bar(PodId(2)).and_then(|bar| bar.end).expect("pod 2 has ended");
    let step = end.counted.expect("and was counted").mark.step;
    let thread = timeline.thread(step, Some(ObjectKey::Pod(PodId(2)))).expect("something followed");
    assert_eq!(thread.cause, Some(ThreadEnd::PodEnd(PodId(2), Time::from_millis(24_301))));
    assert_eq!(thread.decision, Some(Time::from_millis(25_301)));
    assert_eq!(thread.effect, Some(ThreadEnd::Backoff(PodId(3), Time::from_seconds(44))));
    assert_eq!(timeline.thread(step, Some(ObjectKey::Job(JobId(1)))), Some(thread), "its dot tells the same");
}

#[test]
fn merged_cells_show_the_worst_state_and_bands_join_equal_cells() {
    let (_, timeline) = recorded("indexed_retry");
    let crowd = &timeline.jobs[0].crowd;
    let cells = |seconds| crowd.states(0..3, Time::from_seconds(seconds)).collect::<Vec<CellState>>();
    assert_eq!(cells(0), [CellState::Pending; 3]);
    assert_eq!(cells(20), [CellState::Succeeded, CellState::Waiting, CellState::Succeeded]);
    assert_eq!(cells(60), [CellState::Succeeded; 3]);
    let bands: Vec<(u32, u32)> = crowd::bands(&cells(20)).iter().map(|band| (band.from, band.to)).collect();
    assert_eq!(bands, [(0, 0), (1, 1), (2, 2)]);
    assert_eq!(crowd::bands(&cells(60)).len(), 1);
    assert_eq!(crowd.merged(1).states(0..1, Time::from_seconds(20)).collect::<Vec<_>>(), [CellState::Waiting]);
}

/// Counts and merged cells are stored beside the cells, and must agree with them at every moment of every case.
#[test]
fn counts_and_merged_cells_agree_with_the_cells() {
    let mut looks = 0;
    for path in files_with("yaml", "tests/conformance/curated") {
        let name = stem(&path);
        let (_, timeline) = recorded(&name);
        for track in timeline.jobs.iter() {
            let crowd = &track.crowd;
            let halves = crowd.merged(2);
            for moment in timeline.moments.iter() {
                let cells: Vec<CellState> = crowd.states(0..crowd.len(), moment.at).collect();
                let mut counts = crowd::CellCounts::default();
                cells.iter().for_each(|state| counts[*state as usize] += 1);
                assert_eq!(crowd.counts(moment.at), counts, "{name} at {:?}", moment.at);
                let worst: Vec<CellState> = halves.states(0..halves.len(), moment.at).collect();
                if cells.len() > 2 {
                    let (left, right) = cells.split_at(cells.len() / 2);
                    assert_eq!(worst, [left, right].map(|half| *half.iter().max().expect("a cell")), "{name}");
                }
                looks += 1;
            }
        }
    }
    assert!(looks > 1000, "{looks}");
}
