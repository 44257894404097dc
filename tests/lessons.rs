//! Lessons: what recordings say to checks, the built-in lessons, and what is said of damaged ones.
//!
//! In `tests/lessons/observed` an input is a text with a Lesson; the answer has a line for each of its options, stops and
//! goals: whether it holds, what was seen, in all languages. In `tests/lessons/damaged` the answer is what is said of the
//! text, with places, as `job-playground lesson` prints it. In `tests/lessons/attempts` an input is the id of a built-in
//! lesson and below it what somebody changes of its start: hunks as a diff has them, blank lines between them. The answer
//! is what the task says to that: goals with what was seen, and lines that it keeps. To `other_ways` it says nothing.

use job_playground::api::Name;
use job_playground::cluster::input::{Input, InputAction};
use job_playground::lessons::{self, COURSES, FaultKind, check, check_text, joined, structure};
use job_playground::manifest::{line_column, read};
use job_playground::recording::{End, Recording};
use job_playground::scenario::Scenario;
use job_playground::scenario::lesson::{Check, Kept};
use job_playground::texts::Lang;
use job_playground::time::Span;
use job_playground::timeline::{Timeline, characters};
use std::collections::BTreeSet;
use support::{cases, expect_answers, files_with, root, shown, text};

/// The ids of all built-in lessons, in order.
fn ids() -> impl Iterator<Item = &'static str> {
    COURSES.iter().flat_map(|course| course.lessons.iter().copied())
}

/// A built-in lesson with its words in all languages.
fn whole(id: &str) -> String {
    let structure = structure(id).unwrap_or_else(|| panic!("there is no {id}"));
    let prose = |lang: Lang| lang.built_in_lessons().of(id).unwrap_or_else(|| panic!("{lang:?} has no {id}"));
    joined(structure, &Lang::ALL.map(|lang| (lang.primary_tag(), prose(lang))))
}

/// What is wrong with a text, a line each.
fn faults(text: &str, lang: Lang) -> String {
    let checked = check_text(text);
    let line = |fault: &&lessons::Fault| {
        let (line, column) = line_column(text, fault.span.start);
        format!("{line}:{column}: {}\n", (lang.lesson_faults().fault)(&fault.what))
    };
    checked.all_faults().iter().map(line).collect()
}

/// A lesson that nobody can pass, or that tells its answer, would be named here.
#[test]
fn the_built_in_lessons_are_sound() {
    let mut wrong = String::new();
    for id in ids() {
        let text = whole(id);
        assert_eq!(read(&text).lesson.map(|lesson| lesson.id.to_string()).as_deref(), Some(id));
        let found = faults(&text, Lang::En);
        if !found.is_empty() {
            wrong += &format!("{id}:\n{found}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Who answers by the place of an option learns nothing: the right one stands in each of the first three places, in a
/// quarter of the questions at least, and never more than three times running.
#[test]
fn right_options_stand_in_every_place() {
    let mut places = Vec::new();
    for id in ids() {
        let reading = read(&whole(id));
        let scenario = reading.scenario.with_time_zones();
        let Some(question) = reading.lesson.and_then(|lesson| lesson.ask) else { continue };
        let recording = Recording::of(&scenario);
        let holds = |(_, check): &(Name, Check)| lessons::observe(check, &scenario, &recording).holds;
        places.push(question.options.iter().position(holds).unwrap_or_else(|| panic!("{id} has no right option")));
    }
    for place in 0..3 {
        let count = places.iter().filter(|right| **right == place).count();
        assert!(count * 4 >= places.len(), "place {place}: {count} of {}", places.len());
    }
    assert!(places.windows(4).all(|four| four.iter().any(|right| *right != four[0])), "{places:?}");
}

/// What is shown with a question is the beginning of the whole, and is drawn as if nothing came then.
#[test]
fn questions_tell_nothing_of_what_comes() {
    for id in ids() {
        let reading = read(&whole(id));
        let scenario = reading.scenario.with_time_zones();
        let Some(question) = reading.lesson.and_then(|lesson| lesson.ask) else { continue };
        let recording = Recording::of(&scenario);
        let (shown_scenario, shown) = lessons::cut(&question.cut, &scenario, &recording);
        let (count, asked) = (shown.steps().len(), shown.end().expect("it is complete").1);
        assert!(count < recording.steps().len(), "{id}");
        assert_eq!(shown.end().map(|(end, _)| end), Some(End::Cut), "{id}");
        assert_eq!(shown.steps(), &recording.steps()[..count], "{id}");
        assert!(shown_scenario.inputs.iter().all(|input| input.at <= asked), "{id}");
        // The same, where something else comes then.
        let mut inputs = scenario.inputs.to_vec();
        inputs.retain(|input| input.at <= asked || input.action.is_about_nodes());
        inputs.push(Input {
            at: asked + Span::from_seconds(1),
            action: InputAction::RestartControllers,
            note: None,
            disabled: false,
        });
        let other = Scenario { inputs: inputs.into(), ..scenario };
        let (other_scenario, other) = lessons::cut(&question.cut, &other, &Recording::of(&other));
        assert_eq!(other, shown, "{id}");
        let drawn = |recording, scenario| characters::render(&Timeline::of(recording, scenario), 100);
        assert_eq!(drawn(&other, &other_scenario), drawn(&shown, &shown_scenario), "{id}");
    }
}

/// Ids stand in links and bookmarks: one that was published stays.
#[test]
fn ids_are_for_ever() {
    let golden = text(&root().join("tests/lessons/ids.txt"));
    let golden: BTreeSet<&str> = golden.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let here: BTreeSet<&str> = ids().chain(COURSES.iter().map(|course| course.id)).collect();
    assert_eq!(here.len(), ids().count() + COURSES.len(), "an id is there twice");
    assert_eq!(here, golden, "add new ids to tests/lessons/ids.txt; never take one out");
}

/// Each of the 25 misunderstandings that the lessons are for has one.
#[test]
fn every_misunderstanding_has_a_lesson() {
    let about = |id| read(&whole(id)).lesson.map(|lesson| lesson.about).unwrap_or_default();
    let found: BTreeSet<String> = ids().flat_map(about).map(|name| name.to_string()).collect();
    let missing: Vec<String> = (1..=25).map(|n| format!("L{n}")).filter(|name| !found.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The example of docs/scenario.md, Lessons.
#[test]
fn the_example_of_the_format_is_sound() {
    let page = text(&root().join("docs/scenario.md"));
    let examples = page.split("```yaml\n").skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0));
    let lessons: Vec<&str> = examples.filter(|example| example.contains("kind: Lesson")).collect();
    assert!(!lessons.is_empty());
    for example in lessons {
        assert_eq!(faults(&format!("{example}\n"), Lang::En), "");
    }
}

#[test]
fn all_files_are_in_the_list() {
    let known: BTreeSet<String> = ids().map(str::to_owned).collect();
    for folder in ["src/lessons", "src/texts/en/lessons", "src/texts/zh/lessons"] {
        let files: BTreeSet<String> = files_with("yaml", folder).iter().map(|path| support::stem(path)).collect();
        assert_eq!(files, known, "{folder}");
    }
}

#[test]
fn recordings_answer_checks() {
    for path in files_with("txt", "tests/lessons/observed") {
        expect_answers(&path, |input| {
            let checked = check(input);
            let reading = checked.faults.iter().filter(|fault| matches!(fault.what, FaultKind::Reading(_)));
            let mut answer: String = reading.map(|fault| format!("{:?}\n", fault.what)).collect();
            for line in &checked.lines {
                let mark = if line.start.holds { "yes" } else { "no" };
                let words = Lang::ALL.map(|lang| {
                    let words = lang.lessons();
                    format!("{} · {}", words.seen(&line.start), (words.sentence)(&line.check, &line.start))
                });
                answer += &format!("{} {mark}: {}\n", line.path, words.join(" | "));
            }
            answer.replace('\u{a0}', " ")
        });
    }
}

#[test]
fn damage_is_said_at_its_place() {
    for path in files_with("txt", "tests/lessons/damaged") {
        expect_answers(&path, |input| format!("{}{}", faults(input, Lang::En), faults(input, Lang::Zh)));
        for case in cases(&path) {
            assert_ne!(case.expected, "", "{}: {}: nothing is said", shown(&path), case.title);
        }
    }
}

/// Whoever misses the point of a task does not get through it: by striking out the trouble, by doing nothing at all, by a
/// rule that is too wide. Who has another right answer does.
#[test]
fn attempts_beside_the_point_miss_the_goal() {
    for path in files_with("txt", "tests/lessons/attempts") {
        expect_answers(&path, |input| {
            let (id, hunks) = input.split_once('\n').expect("the lesson's id is the first line");
            missed(&whole(id), hunks)
        });
        let is_right = support::stem(&path) == "other_ways";
        for case in cases(&path) {
            assert_eq!(case.expected.is_empty(), is_right, "{}: {}", shown(&path), case.title);
        }
    }
}

/// What the task of a lesson misses in its changed start, a line each.
fn missed(text: &str, hunks: &str) -> String {
    let start = read(text);
    let lesson = start.lesson.as_ref().expect("it has a Lesson");
    let (unchanged, _) = text.split_once("---\napiVersion: job-playground/v1\nkind: Lesson").expect("it has a start");
    let now = read(&changed(unchanged, hunks));
    assert!(!now.has_errors(), "{hunks}\n{:?}", now.diagnostics);
    let scenario = now.scenario.clone().with_time_zones();
    let recording = Recording::of(&scenario);
    let mut said = String::new();
    for goal in &lesson.goals {
        let observed = lessons::observe(&goal.check, &scenario, &recording);
        if !observed.holds {
            said += &format!("{}: {}\n", goal.key, Lang::En.lessons().seen(&observed));
        }
    }
    for kept in lesson.keep.iter().filter(|kept| !lessons::stays(kept, &start, &now)) {
        let what = if let Kept::Path(path) = kept { path.to_string() } else { format!("{kept:?}").to_lowercase() };
        said += &format!("keeps {what}\n");
    }
    said
}

/// A text with hunks as a diff has them: lines that stay, go and come.
fn changed(text: &str, hunks: &str) -> String {
    let mut text = format!("\n{text}");
    for hunk in hunks.trim_end().split("\n\n") {
        let side = |other: char| -> String {
            let lines = hunk.lines().filter(|line| !line.starts_with(other));
            lines.map(|line| format!("\n{}", &line[1..])).collect()
        };
        let old = format!("{}\n", side('+'));
        assert_eq!(text.matches(&old).count(), 1, "{hunk}");
        text = text.replace(&old, &format!("{}\n", side('-')));
    }
    text.split_off(1)
}
