//! Lessons: texts in which almost everything may stand almost everywhere.

use crate::mutate::{Dice, floor};
use job_playground::lessons::{self, COURSES, check_text, joined, observe, structure};
use job_playground::manifest::{read, units};
use job_playground::recording::Recorder;
use job_playground::scenario::lesson::{Check, Cut};
use job_playground::texts::Lang;

/// Pieces of checks, moments and what is around them.
const PIECES: &[&str] = &[
    "{count: pods, is: 7}",
    "{count: runs, exitCode: 0, atLeast: 2}",
    "{count: restarts, container: main, atMost: 4294967295}",
    "{count: ignored, index: \"0-2147483647\", is: 0}",
    "{peak: alive, attempt: 1, atMost: 1}",
    "{peak: running, node: w, is: 1}",
    "{job: {job: 2147483647}, is: Deleted}",
    "{job: {}, is: Failed, reason: \"\", at: 0s}",
    "{moment: {pod: {}, is: terminating}, never: true, after: 9999h, before: 1ms}",
    "{moment: {schedule: 1000, is: missed}}",
    "{logs: {container: nobody}, readable: true, at: 1ms}",
    "{field: {path: \"status.conditions[4294967296].reason[\"}, absent: true}",
    "{field: {kind: CronJob, path: \"\"}, is: {a: [1, ~]}}",
    "{accepted: true}",
    "{refused: 2147483647}",
    "{all: []}",
    "{any: []}",
    "{not: {not: {not: {not: {not: {not: {not: {not: {all: []}}}}}}}}}",
    "{all: [{any: [{not: {count: pods, is: 1}}]}, {peak: alive, is: 2}]}",
    "{event: BackOff, nth: 2147483647}",
    "{input: 1}",
    "{at: 100000h}",
    "{pod: {pod: a, container: main}, is: running}",
    "start",
    "is: ",
    "not: ",
    "job: 1",
    "---\n",
    "kind: Course\n",
    "kind: Lesson\n",
    "  keep: [scenario, inputs, behaviors, \"\", \"spec[0].a\"]\n",
    "  solution: |\n    kind: Job\n",
    "&a ",
    "*a",
    "title: \u{202e}**`x\n",
];

pub(crate) fn text(number: u64) -> Vec<u8> {
    let mut dice = Dice::new(number);
    let ids: Vec<&str> = COURSES.iter().flat_map(|course| course.lessons.iter().copied()).collect();
    let one = |dice: &mut Dice| {
        let id = *dice.one_of(&ids);
        let prose = |lang: Lang| (lang.primary_tag(), lang.built_in_lessons().of(id).unwrap_or_default());
        joined(structure(id).unwrap_or_default(), &[prose(Lang::En), prose(Lang::Zh)])
    };
    let mut text = one(&mut dice);
    if dice.below(4) == 0 {
        text = format!("{text}---\n{}", one(&mut dice));
    }
    for _ in 0..=dice.below(4) {
        let piece = *dice.one_of(PIECES);
        // Most of what is found is a value in braces: it is replaced as a whole.
        let braces: Vec<usize> = text.match_indices(": {").map(|(at, _)| at + 2).collect();
        if dice.below(4) > 0 && !braces.is_empty() {
            let from = *dice.one_of(&braces);
            let to = text[from..].find('\n').map_or(text.len(), |end| from + end);
            text.replace_range(from..to, piece);
        } else {
            let (from, to) = dice.range(text.len());
            let (from, to) = (floor(&text, from), floor(&text, to.min(from + 40)));
            text.replace_range(from..to, piece);
        }
    }
    text.into_bytes()
}

/// Reads, tries and words it.
pub(crate) fn tried(bytes: &[u8], number: u64) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let found = units(&text);
    for unit in &found.lessons {
        assert!(text.get(unit.span.clone()).is_some() && text.get(unit.lesson.clone()).is_some());
    }
    let reading = read(&text);
    assert!(text.contains(reading.start()));
    if number.is_multiple_of(4) {
        for fault in check_text(&text).all_faults() {
            assert!(text.get(fault.span.clone()).is_some(), "{fault:?}");
            assert!(Lang::ALL.iter().all(|lang| !(lang.lesson_faults().fault)(&fault.what).is_empty()), "{fault:?}");
        }
    }
    let Some(lesson) = &reading.lesson else { return };
    let scenario = reading.scenario.with_time_zones();
    let mut recorder = Recorder::new(&scenario);
    recorder.advance(300);
    recorder.stop();
    let recording = recorder.into_recording();
    let options = lesson.ask.iter().flat_map(|ask| ask.options.iter().map(|(_, check)| check.clone()));
    let goals = lesson.goals.iter().map(|goal| goal.check.clone());
    let moments = lesson.stops.iter().map(|stop| stop.moment.clone());
    let moments =
        moments.map(|moment| Check::Moment { moment, after: None, before: None, never: number.is_multiple_of(2) });
    for check in options.chain(goals).chain(moments) {
        let seen = observe(&check, &scenario, &recording);
        for lang in Lang::ALL {
            let words = lang.lessons();
            assert!(!(words.wanted)(&check).is_empty() || matches!(check, Check::All(_) | Check::Any(_)));
            (words.sentence)(&check, &seen);
            words.seen(&seen);
        }
    }
    let cut = lesson.ask.as_ref().map_or(Cut::Start, |ask| ask.cut.clone());
    let (_, shown) = lessons::cut(&cut, &scenario, &recording);
    assert!(shown.steps().len() <= recording.steps().len().max(scenario.manifests.len()));
    assert!(shown.steps() == &recording.steps()[..shown.steps().len().min(recording.steps().len())]);
}
