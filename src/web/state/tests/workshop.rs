//! Lessons that are written and handed out, results that are handed in.

use super::super::effect::Effect;
use super::super::lesson::own::is_handed;
use super::super::lesson::{Door, Gesture, LearnAction, Outcome, Shelf, Stage};
use super::super::part::{Part, Tab};
use super::super::{Opening, Slot, State};
use super::lesson::record;
use super::{Action, draft};
use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::lessons;
use crate::limits::HANDED_FAULTS;
use crate::manifest::{Place, link, read};
use crate::texts::Lang;
use crate::web::keeping::progress::Reached;
use std::rc::Rc;

const CRASHES: &str = "\
apiVersion: batch/v1
kind: Job
metadata: {name: import}
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: import, image: a, command: [sh, -c, sleep 5; exit 1]}
---
apiVersion: job-playground/v1
kind: Scenario
spec:
  behaviors:
  - {match: {attempt: 3}, run: 5s}
";

const LESSON: &str = "\
---
apiVersion: job-playground/v1
kind: Lesson
metadata: {name: one}
spec:
  ask:
    at: {pod: {attempt: 1}, is: failed}
    options:
      two: {count: pods, is: 2}
      three: {count: pods, is: 3}
  stops:
    end: {job: {}, is: Failed}
  goal:
    done: {job: {}, is: Complete}
  text:
    en: {title: A, symptom: B, ask: C, options: {two: {say: two}, three: {say: three}}, takeaway: D}
";

const COURSE: &str = "\
apiVersion: job-playground/v1
kind: Course
metadata: {name: mine}
spec:
  lessons: [one, six-retries]
  text:
    en: {title: Mine}
    zh: {title: 我的}
---
";

/// A page with this text of one's own.
struct Desk {
    state: State,
    fragment: Option<String>,
}

impl Desk {
    fn with(text: &str) -> Desk {
        let mut state = State::new(draft(text, Slot::Mine, None), Opening::Telling);
        state.asks_for_lessons();
        let file = format!("=== six-retries\n{}", lessons::structure("six-retries").expect("it is there"));
        state.lessons_fetched(Lang::En, Shelf::read(Some(file.as_bytes())));
        let mut desk = Desk { state, fragment: None };
        desk.carry_out(vec![Effect::Record]);
        desk
    }

    fn learn(&mut self, action: LearnAction) {
        let effects = self.state.apply(Action::Learn(action));
        self.carry_out(effects);
    }

    fn write(&mut self, gesture: Gesture) -> Option<Outcome> {
        self.learn(LearnAction::Write(gesture));
        self.state.learn.writing.outcome(self.state.draft.text.rc()).cloned()
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let next = match effect {
                Effect::Record => record(&mut self.state),
                Effect::GoToFragment(fragment) => self.follow(&fragment),
                Effect::LookThrough => {
                    self.state.look_at_writing();
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

    fn follow(&mut self, fragment: &str) -> Vec<Effect> {
        self.fragment = Some(fragment.to_owned());
        match Door::of(fragment) {
            Some(Door::Lesson(id, stage)) => self.state.enter_lesson(&id, stage),
            Some(Door::Course(id)) => self.state.enter_course(&id),
            Some(Door::Handed(text, stage)) => self.state.hand_out(&text, stage),
            Some(Door::Result(theirs)) => self.state.enter_result(&theirs),
            None => Vec::new(),
        }
    }

    fn go_to(&mut self, fragment: &str) {
        let effects = self.follow(fragment);
        self.carry_out(effects);
    }

    fn text(&self) -> &str {
        self.state.draft.text.as_str()
    }

    fn edit(&mut self, from: &str, to: &str) {
        assert!(self.text().contains(from), "{}", self.text());
        let text = self.text().replacen(from, to, 1);
        let effects = self.state.apply(Action::Type(text));
        self.carry_out(effects);
    }

    fn backoff_limit(&self) -> Option<u64> {
        self.state.draft.text.reading().value_at(&Place::manifest(0, "spec.backoffLimit"))?.as_u64()
    }

    /// Selects the first step that is such a moment.
    fn select(&mut self, moment: &str) {
        let lesson = format!(
            "kind: Lesson\napiVersion: job-playground/v1\nmetadata: {{name: a}}\nspec: {{stops: {{a: {moment}}}}}\n"
        );
        let stop = read(&lesson).lesson.expect("it has a Lesson").stops.remove(0);
        let run = &self.state.run;
        let step: StepId = lessons::step_of(&stop.moment, &run.scenario, &run.recording).expect("it comes");
        self.state.selection = Some(Selection { step, object: run.recording.step(step).key });
    }
}

#[test]
fn a_lesson_that_was_handed_out_is_one_of_ones_own() {
    let text = format!("{CRASHES}{LESSON}");
    assert!(is_handed(&text) && !is_handed(CRASHES));
    let mut desk = Desk::with("kind: Job\n");
    desk.go_to(&link::encode(&text));
    assert_eq!(desk.state.draft.slot, Slot::Lesson("own:one".into()));
    assert_eq!(desk.state.lesson().map(|lesson| lesson.stage), Some(Stage::Guess));
    desk.learn(LearnAction::Choose(1));
    desk.learn(LearnAction::Answer);
    desk.learn(LearnAction::Fix);
    desk.edit("backoffLimit: 1", "backoffLimit: 2");
    assert_eq!(desk.state.learn.progress.of("own:one").map(|entry| entry.state), Some(Reached::Solved));
    assert!(desk.state.learn.progress.of("one").is_none());
    desk.learn(LearnAction::Leave);
    assert_eq!(desk.text(), "kind: Job\n");
    // A step in the address is one of a lesson that is handed out, too.
    desk.go_to(&format!("{}&step=watch", link::encode(&text)));
    assert_eq!(desk.state.lesson().map(|lesson| lesson.stage), Some(Stage::Watch));
}

#[test]
fn a_course_is_a_world_with_lessons_of_both_kinds() {
    let text = format!("{COURSE}{CRASHES}{LESSON}");
    let mut desk = Desk::with("kind: Job\n");
    desk.learn(LearnAction::HandOut(text.as_str().into()));
    let learn = &desk.state.learn;
    let course = &learn.handed[0];
    assert_eq!((&*course.id, course.title(Lang::Zh), course.faults.len()), ("own:mine", Some("我的"), 0));
    assert_eq!(course.lessons.iter().map(|id| &**id).collect::<Vec<_>>(), ["own:one", "six-retries"]);
    assert_eq!(learn.course, Some(("own:mine".into(), true)));
    assert_eq!(learn.place("own:one").map(|place| (place.number, place.of)), Some((1, 2)));
    assert_eq!(learn.place("six-retries").map(|place| place.of), Some(2), "within the course");
    // The same course once more takes the place of the first; and it can be given back.
    let newer = text.replace("{title: Mine}", "{title: Newer}");
    desk.learn(LearnAction::HandOut(newer.as_str().into()));
    assert_eq!(desk.state.learn.texts(), [Rc::from(newer)]);
    desk.learn(LearnAction::HandBack("own:mine".into()));
    assert!(desk.state.learn.handed.is_empty());
}

#[test]
fn what_is_damaged_is_said_with_its_line_and_the_rest_can_be_learned() {
    let text = format!("{COURSE}{CRASHES}{}", LESSON.replace("count: pods, is: 3", "count: cats, is: 3"))
        .replace("six-retries", "nowhere");
    let mut desk = Desk::with("kind: Job\n");
    desk.learn(LearnAction::HandOut(text.as_str().into()));
    let faults = &desk.state.learn.handed[0].faults;
    let lines: Vec<usize> = faults.iter().map(|(line, _)| *line).collect();
    let cats = text.lines().position(|line| line.contains("cats")).map(|line| line + 1);
    assert_eq!(lines, [5, cats.expect("it is there")], "{faults:?}");
    assert!(desk.state.dialog.is_some(), "the list is shown, not the lesson");
    assert!(desk.state.learn.unit("own:one").is_some());
}

#[test]
fn of_very_many_faults_the_first_are_listed() {
    let keys: String = (0..5_000).map(|_| "    o: {count: pods, is: 1}\n").collect();
    let lesson = LESSON.replace("  stops:\n", &format!("  stops:\n{keys}"));
    let mut desk = Desk::with(CRASHES);
    desk.go_to(&link::encode(&format!("{COURSE}{CRASHES}{lesson}")));
    let course = &desk.state.learn.handed[0];
    assert_eq!(course.faults.len(), HANDED_FAULTS);
    assert!(course.more_faults >= 4_900);
}

#[test]
fn results_are_links_that_are_checked_anew() {
    let text = format!("{CRASHES}{LESSON}");
    let mut desk = Desk::with("kind: Job\n");
    desk.learn(LearnAction::HandOut(text.as_str().into()));
    desk.learn(LearnAction::Choose(1));
    desk.learn(LearnAction::Answer);
    desk.learn(LearnAction::Fix);
    desk.edit("backoffLimit: 1", "backoffLimit: 2");
    let lines = desk.state.results(|fragment| format!("#{fragment}"));
    let [line, address] = lines.lines().collect::<Vec<_>>()[..] else { panic!("{lines}") };
    assert_eq!(line, "A · guess three · truth two · solved · 1 line");

    // Who opens it has the lesson, and a text and a progress of their own.
    let mut leader = Desk::with("kind: Job\n");
    leader.learn(LearnAction::HandOut(text.as_str().into()));
    leader.learn(LearnAction::Leave);
    let before = leader.state.learn.progress.clone();
    leader.go_to(&address[1..]);
    let lesson = leader.state.lesson().expect("it is open");
    assert!(lesson.is_others && lesson.stage == Stage::Fix);
    assert_eq!((lesson.guess, lesson.truth), (Some(1), Some(0)));
    assert!(lesson.goals.iter().all(|goal| goal.holds) && lesson.goals.len() == 1);
    assert_eq!((leader.backoff_limit(), leader.state.draft.text.reading().view.as_ref()), (Some(2), None));
    let typed = leader.state.apply(Action::Type("kind: Job\n".to_owned()));
    assert!(typed.is_empty() && leader.backoff_limit() == Some(2), "it stays as it was handed in");
    assert!(leader.state.learn.progress == before);
    leader.learn(LearnAction::Leave);
    assert_eq!(leader.text(), "kind: Job\n");

    // A link that claims more than its text reaches shows what it reaches.
    let claimed = link::encode(&format!(
        "{CRASHES}---\napiVersion: job-playground/v1\nkind: View\nspec: {{lesson: \"own:one\", guess: two}}\n"
    ));
    leader.go_to(&claimed);
    let lesson = leader.state.lesson().expect("it is open");
    assert_eq!(lesson.goals.iter().map(|goal| goal.holds).collect::<Vec<_>>(), [false]);
}

#[test]
fn a_job_that_is_gone_in_the_end_has_completed() {
    let mut desk = Desk::with(
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: pi}\nspec:\n  ttlSecondsAfterFinished: 5\n  template: {spec: \
         {restartPolicy: Never, containers: [{name: main, image: busybox}]}}\n",
    );
    desk.write(Gesture::Make);
    let lesson = desk.state.draft.text.reading().lesson.clone().expect("it is there");
    assert_eq!(lesson.goals, [], "there is nothing to reach: {}", desk.text());
}

#[test]
fn a_lesson_is_written_by_gestures() {
    let mut desk = Desk::with(CRASHES);
    assert_eq!(desk.write(Gesture::Make), None);
    assert_eq!(desk.state.tab, Tab::Text(Part::Lesson));
    let goals = |desk: &Desk| desk.state.draft.text.reading().lesson.as_ref().map(|lesson| lesson.goals.len());
    assert_eq!(goals(&desk), Some(1), "{}", desk.text());
    desk.state.selection = None;
    assert_eq!(desk.write(Gesture::Stop), Some(Outcome::NothingSelected));
    desk.select("{pod: {attempt: 1}, is: failed}");
    assert!(matches!(desk.write(Gesture::Ask), Some(Outcome::Ask(_))));
    desk.select("{job: {}, is: Failed}");
    assert_eq!(desk.write(Gesture::Stop), Some(Outcome::Stop("stop-1".to_owned())));
    assert_eq!(desk.write(Gesture::Stop), Some(Outcome::StopIsThere("stop-1".into())));
    assert_eq!(desk.write(Gesture::Solution), Some(Outcome::GoalMissed));
    let start = desk.state.draft.text.reading().start().to_owned();
    desk.edit("backoffLimit: 1", "backoffLimit: 2");
    assert_eq!(desk.write(Gesture::Solution), Some(Outcome::Solution));
    let reading = desk.state.draft.text.reading().clone();
    assert_eq!(reading.start().trim_end(), start.trim_end(), "the start is back");
    let lesson = reading.lesson.clone().expect("it is there");
    let solution = read(&lesson.solution.expect("it is there"));
    assert_eq!(solution.value_at(&Place::manifest(0, "spec.backoffLimit")), Some(2.into()));
    assert_eq!(solution.scenario.behaviors.list.len(), 1);
    let checked = desk.state.learn.writing.checked(desk.state.draft.text.rc()).expect("it was looked at");
    assert_eq!(checked.faults, [], "{}", desk.text());
    assert_eq!(checked.lines.iter().filter(|line| line.path.starts_with("ask.options") && line.start.holds).count(), 1);

    // Tried, it is a lesson like any other; undone, the gestures go one by one.
    desk.write(Gesture::Try);
    assert_eq!(desk.state.draft.slot, Slot::Lesson("own:my-lesson".into()));
    assert_eq!(desk.state.lesson().map(|lesson| lesson.stage), Some(Stage::Guess));
    desk.learn(LearnAction::Leave);
    let effects = desk.state.apply(Action::Undo);
    desk.carry_out(effects);
    let has_solution = desk.state.draft.text.reading().lesson.as_ref().is_some_and(|lesson| lesson.solution.is_some());
    assert!(!has_solution && desk.backoff_limit() == Some(2));
}
