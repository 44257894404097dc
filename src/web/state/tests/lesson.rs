//! A lesson step by step: what is shown, what is kept, what is said.

use super::super::effect::Effect;
use super::super::lesson::{LearnAction, ReadIn, Said, Shelf, Stage, Unit};
use super::super::{Announced, Opening, Slot, State, Toast};
use super::{Action, JOB, draft};
use crate::lessons;
use crate::manifest::edit;
use crate::recording::Recording;
use crate::texts::Lang;
use crate::timeline::Timeline;
use crate::web::keeping::progress::{Progress, Reached};
use std::rc::Rc;

const LESSON: &str = "\
apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: import, image: a, command: [sh, -c, sleep 5; exit 1]}
---
apiVersion: job-playground/v1
kind: Lesson
metadata: {name: tries}
spec:
  ask:
    at: {pod: {attempt: 1}, is: failed}
    options:
      two: {count: pods, is: 2}
      three: {count: pods, is: 3}
  stops:
    second: {pod: {attempt: 2}, is: created}
    end: {job: {}, is: Failed}
  goal:
    runs: {count: pods, is: 1}
  keep: [spec.template]
  solution: |
    apiVersion: batch/v1
    kind: Job
    metadata: {name: import}
    spec:
      backoffLimit: 0
      template:
        spec:
          restartPolicy: Never
          containers:
          - {name: import, image: a, command: [sh, -c, sleep 5; exit 1]}
  text:
    en: {title: A, symptom: B, ask: C, options: {two: {say: two}, three: {say: three}}, hints: [one, two], takeaway: D}
";

/// The state in a lesson, with what the app does about effects.
struct Class {
    state: State,
    kept: Progress,
    saved: usize,
}

fn shelf() -> Shelf {
    Shelf::read(Some(format!("=== tries\n{LESSON}").as_bytes()))
}

/// Records the text as far as it is shown, as the app does.
pub(super) fn record(state: &mut State) -> Vec<Effect> {
    let Some(scenario) = state.begin_recording() else { return Vec::new() };
    if state.shows(&scenario) {
        return state.stays();
    }
    let recording = Recording::of(&scenario);
    let (scenario, recording) = match state.question() {
        Some(question) => lessons::cut(&question.cut, &scenario, &recording),
        None => (scenario, recording),
    };
    let timeline = Timeline::of(&recording, &scenario);
    state.recorded(Rc::new(scenario), recording, timeline)
}

impl Class {
    fn open() -> Class {
        let mut class = Class::at_home();
        class.enter(None);
        class
    }

    fn at_home() -> Class {
        let mut state = State::new(draft(JOB, Slot::Mine, None), Opening::Telling);
        state.asks_for_lessons();
        state.lessons_fetched(Lang::En, shelf());
        let mut class = Class { state, kept: Progress::default(), saved: 0 };
        class.carry_out(vec![Effect::Record]);
        class
    }

    fn enter(&mut self, stage: Option<Stage>) {
        let effects = self.state.enter_lesson(&"tries".into(), stage);
        self.carry_out(effects);
    }

    fn learn(&mut self, action: LearnAction) {
        self.act(Action::Learn(action));
    }

    fn act(&mut self, action: Action) {
        let effects = self.state.apply(action);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let next = match effect {
                Effect::Record => record(&mut self.state),
                Effect::KeepText => self.state.keep_lesson(),
                Effect::KeepProgress => {
                    self.kept = Progress::clone(&self.state.learn.progress);
                    self.saved += 1;
                    Vec::new()
                }
                Effect::FollowFragment => match self.state.take_at_hand(&Slot::Mine) {
                    Some(mine) => self.state.enter(mine, None),
                    None => Vec::new(),
                },
                Effect::Then(action) => self.state.apply(*action),
                _ => Vec::new(),
            };
            self.carry_out(next);
        }
    }

    fn stage(&self) -> Stage {
        self.state.lesson().expect("it is open").stage
    }

    fn edit(&mut self, from: &str, to: &str) {
        let text = self.state.draft.text.as_str().replace(from, to);
        self.act(Action::Type(text));
    }

    fn limit(&self) -> u64 {
        let job = &self.state.draft.text.reading().scenario.manifests[0].value;
        job["spec"]["backoffLimit"].as_u64().unwrap_or(u64::MAX)
    }

    fn pods(&self) -> usize {
        self.state.run.recording.pods().count()
    }
}

#[test]
fn the_film_is_cut_at_the_question_and_the_text_stays() {
    let mut class = Class::open();
    assert_eq!(class.stage(), Stage::Guess);
    assert_eq!(class.pods(), 1, "nothing that comes later is there");
    assert_eq!(class.state.playhead, class.state.run.timeline.end);
    let text = class.state.draft.text.rc().clone();
    class.edit("backoffLimit: 2", "backoffLimit: 0");
    class.act(Action::SeekTenth(10));
    assert_eq!(*class.state.draft.text.rc(), text);
    class.learn(LearnAction::Answer);
    assert_eq!(class.stage(), Stage::Guess, "nothing was chosen");
}

#[test]
fn a_guess_is_answered_by_the_run_and_watched_stop_by_stop() {
    let mut class = Class::open();
    let cut = class.state.playhead;
    class.learn(LearnAction::Choose(0));
    class.learn(LearnAction::Answer);
    let lesson = class.state.lesson().expect("it is open");
    assert_eq!((lesson.stage, lesson.guess, lesson.truth), (Stage::Watch, Some(0), Some(1)));
    assert_eq!((class.pods(), class.state.playhead), (3, cut));
    assert_eq!(class.state.announced, Some(Announced::Learn(Said::Answer)));
    assert_eq!(class.kept.of("tries").map(|entry| (entry.guess.as_deref(), entry.right)), Some((Some("two"), false)));

    class.learn(LearnAction::Next { jumps: false });
    assert!(class.state.playing, "it is played to the stop");
    while class.state.playing {
        let effects = class.state.beat();
        class.carry_out(effects);
    }
    let lesson = class.state.lesson().expect("it is open");
    assert_eq!((lesson.stops, lesson.stop_at), (1, Some(class.state.playhead)));
    let selected = class.state.selection.expect("it is explained");
    assert_eq!(class.state.run.recording.step(selected.step).at, class.state.playhead);
    assert_eq!(class.state.announced, Some(Announced::Learn(Said::Stop(0))));

    // Pressed while it plays, it is there at once.
    class.learn(LearnAction::Next { jumps: false });
    class.learn(LearnAction::Next { jumps: false });
    assert!(!class.state.playing);
    assert_eq!(class.state.playhead, class.state.end());
    class.learn(LearnAction::Next { jumps: false });
    assert_eq!(class.stage(), Stage::Fix);
    assert_eq!(class.kept.of("tries").map(|entry| entry.state), Some(Reached::Watched));
}

#[test]
fn goals_follow_each_change_and_what_is_kept_keeps_them_open() {
    let mut class = Class::open();
    class.learn(LearnAction::ShowMe);
    assert_eq!(class.state.lesson().and_then(|lesson| lesson.guess), None);
    class.learn(LearnAction::Fix);
    let goals = |class: &Class| -> Vec<(bool, lessons::Seen)> {
        let goals = class.state.lesson().map(|lesson| Rc::clone(&lesson.goals)).unwrap_or_default();
        goals.iter().map(|goal| (goal.holds, goal.seen.clone())).collect()
    };
    assert_eq!(goals(&class), [(false, lessons::Seen::Number(3))]);
    class.edit("backoffLimit: 2", "backoffLimit: 1");
    assert_eq!(goals(&class), [(false, lessons::Seen::Number(2))]);
    class.edit("spec:", "spec: [");
    assert_eq!(goals(&class), [], "it does not run");
    class.act(Action::Undo);
    assert_eq!(goals(&class), [(false, lessons::Seen::Number(2))]);

    class.edit("exit 1", "exit 0");
    let locks = class.state.lesson().expect("it is open").locks.clone();
    assert!(!locks.is_whole && class.stage() == Stage::Fix, "the goal holds, but a kept line was touched");
    let touched: Vec<&str> =
        locks.touched.iter().map(|bytes| &class.state.draft.text.as_str()[bytes.clone()]).collect();
    assert_eq!(touched, ["0"]);
    class.act(Action::Undo);
    class.edit("backoffLimit: 1", "backoffLimit: 0");
    assert_eq!(class.stage(), Stage::Kept);
    let entry = class.kept.of("tries").expect("it is kept");
    assert_eq!((entry.state, entry.edits, entry.hints), (Reached::Solved, 1, 0));
    assert_eq!(entry.text.as_deref(), Some(class.state.draft.text.as_str()));
}

#[test]
fn the_solution_is_one_change_that_marks_it_seen() {
    let mut class = Class::open();
    class.learn(LearnAction::ShowMe);
    class.learn(LearnAction::Fix);
    for hints in [1, 2, 2] {
        class.learn(LearnAction::Hint);
        assert_eq!(class.state.lesson().map(|lesson| lesson.hints), Some(hints));
    }
    let before = class.state.draft.text.rc().clone();
    class.learn(LearnAction::Solution);
    assert_eq!(class.stage(), Stage::Kept);
    assert_eq!(class.kept.of("tries").map(|entry| (entry.state, entry.hints)), Some((Reached::Seen, 2)));
    class.act(Action::Undo);
    assert_eq!(*class.state.draft.text.rc(), before, "undo leads back");
    // Begun again, it can be solved.
    class.learn(LearnAction::Again);
    assert_eq!(class.stage(), Stage::Fix);
    class.edit("backoffLimit: 2", "backoffLimit: 0");
    assert_eq!(class.kept.of("tries").map(|entry| entry.state), Some(Reached::Solved));
}

#[test]
fn the_own_text_is_untouched_and_a_lesson_is_found_as_it_was_left() {
    let mut class = Class::open();
    class.learn(LearnAction::ShowMe);
    class.learn(LearnAction::Fix);
    class.edit("backoffLimit: 2", "backoffLimit: 1");
    class.learn(LearnAction::Leave);
    assert_eq!((class.state.draft.text.as_str(), &class.state.draft.slot), (JOB, &Slot::Mine));
    assert!(class.state.lesson().is_none());
    class.enter(None);
    assert_eq!((class.stage(), class.limit()), (Stage::Fix, 1));
    assert!(class.state.draft.text.can_undo());
    // A new page has the edits from what was kept.
    let mut page = Class::at_home();
    page.state.learn.progress = super::super::shared::Shared::new(class.kept.clone());
    page.enter(None);
    assert_eq!((page.stage(), page.limit()), (Stage::Fix, 1));
    page.enter(Some(Stage::Guess));
    assert_eq!((page.stage(), page.limit()), (Stage::Guess, 2));
}

#[test]
fn going_on_playing_takes_the_text_along_and_undo_leads_back() {
    let mut class = Class::open();
    class.enter(Some(Stage::Fix));
    class.edit("backoffLimit: 2", "backoffLimit: 0");
    let text = class.state.draft.text.rc().clone();
    class.learn(LearnAction::GoOnPlaying);
    assert_eq!((class.state.draft.text.rc(), &class.state.draft.slot), (&text, &Slot::Mine));
    class.act(Action::Undo);
    assert_eq!(class.state.draft.text.as_str(), JOB);
    // An example opens in the place of one's own text as well, not of the lesson's.
    class.enter(None);
    class.act(Action::OpenExample(1));
    assert_eq!(class.state.draft.slot, Slot::Mine);
}

#[test]
fn lessons_that_are_not_here_are_fetched_and_unknown_ones_are_said_so() {
    let mut class = Class::at_home();
    class.state.learn = super::super::lesson::Learn::default();
    let effects = class.state.enter_lesson(&"tries".into(), Some(Stage::Fix));
    assert!(effects.contains(&Effect::FetchLessons));
    assert_eq!(class.state.asks_for_lessons(), Some(Lang::En));
    assert_eq!(class.state.asks_for_lessons(), None, "they are on their way");
    class.carry_out(effects);
    assert!(class.state.lesson().is_none() && class.state.run.is_empty());
    let effects = class.state.lessons_fetched(Lang::En, Shelf::Missing);
    class.carry_out(effects);
    assert_eq!(class.state.learn.shelf, Shelf::Missing);
    assert_eq!(class.state.asks_for_lessons(), Some(Lang::En), "they are asked for once more");
    let effects = class.state.lessons_fetched(Lang::En, shelf());
    class.carry_out(effects);
    assert_eq!(class.stage(), Stage::Fix);

    let effects = class.state.enter_lesson(&"nothing".into(), None);
    class.carry_out(effects);
    assert_eq!(class.state.toast, Some(Toast::NoLesson("nothing".into())));
    assert_eq!(class.state.draft.slot, Slot::Mine);
    assert!(Shelf::read(Some(b"kind: Job")) == Shelf::Missing && Shelf::read(None) == Shelf::Missing);
}

#[test]
fn progress_is_forgotten_and_read_in_again() {
    let mut class = Class::open();
    class.enter(Some(Stage::Fix));
    class.edit("backoffLimit: 2", "backoffLimit: 0");
    let file = class.state.learn.progress.written();
    class.learn(LearnAction::Forget);
    assert_eq!(*class.state.learn.progress, Progress::default());
    assert_eq!(class.stage(), Stage::Guess, "it begins anew");
    class.learn(LearnAction::ReadIn("{}".into()));
    assert_eq!(class.state.learn.read_in, Some(ReadIn::Nothing));
    class.learn(LearnAction::ReadIn(file.as_str().into()));
    assert_eq!(class.state.learn.read_in, Some(ReadIn::Lessons(1)));
    assert_eq!(class.kept.of("tries").map(|entry| entry.state), Some(Reached::Solved));
    class.learn(LearnAction::Leave);
    class.enter(None);
    assert_eq!(class.stage(), Stage::Kept);
}

#[test]
fn the_solution_differs_from_the_start_where_it_is_to_be_changed() {
    let unit = Unit::read(LESSON).expect("it has a lesson");
    let solution = unit.lesson.solution.clone().expect("it has one");
    let change = edit::difference(&unit.start, &solution).expect("they differ");
    assert_eq!((&unit.start[change.range], &*change.replacement), ("2", "0"));
}
