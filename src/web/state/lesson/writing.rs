//! Writing a lesson: its document stands behind the author's own text, and each gesture of the author is one change of that
//! text. What a check sees now is found out as the author writes.

use super::asked::ASKED;
use super::own::{Handed, OWN};
use super::shelf::LESSON;
use super::{Gesture, LearnAction};
use crate::api::Name;
use crate::cluster::reason::StepId;
use crate::lessons::{self, Checked, moment_at, observe, step_of, written};
use crate::limits::LESSON_STOPS;
use crate::manifest::edit::{self, EditError};
use crate::manifest::{self, Place, Reading};
use crate::scenario::lesson::{Check, Count, Counted, JobChange, Lesson, Moment};
use crate::texts::workshop::Stub;
use crate::time::Time;
use crate::web::state::action::{Action, Pane};
use crate::web::state::effect::Effect;
use crate::web::state::part::{Part, Tab, has_lesson};
use crate::web::state::run::RecordedRun;
use crate::web::state::shared::Shared;
use crate::web::state::{Slot, State, Toast};
use serde_json::{Value, json};
use std::rc::Rc;

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    NothingSelected,
    TooManyStops,
    /// There is such a stop, by its key.
    StopIsThere(Name),
    /// The stop was written, by its key.
    Stop(String),
    /// The question was written, at this time.
    Ask(Time),
    NoGoal,
    GoalMissed,
    /// The text is the solution; the start is back.
    Solution,
    /// The text is the solution, and still the start.
    SolutionIsStart,
    NotReadable,
}

/// What the page knows of the lesson that is being written.
#[derive(Default)]
pub(crate) struct Writing {
    /// The text that was looked at last, and what was found.
    looked: Option<(Rc<str>, Shared<Checked>)>,
    /// The start as it was when the author last spoke of it, by the lesson's id.
    start: Option<(Name, Rc<str>)>,
    /// What came of the last gesture, and the text that it is about.
    outcome: Option<(Rc<str>, Outcome)>,
}

impl Writing {
    /// What came of a gesture that made this text, or could not.
    pub(crate) fn outcome(&self, text: &Rc<str>) -> Option<&Outcome> {
        self.outcome.as_ref().filter(|(of, _)| Rc::ptr_eq(of, text)).map(|(_, outcome)| outcome)
    }

    /// What was found in this text.
    pub(crate) fn checked(&self, text: &Rc<str>) -> Option<&Shared<Checked>> {
        self.looked.as_ref().filter(|(of, _)| Rc::ptr_eq(of, text)).map(|(_, checked)| checked)
    }
}

impl State {
    /// Whether a lesson is being written: not one that is learned.
    pub(crate) fn is_writing(&self) -> bool {
        !matches!(self.draft.slot, Slot::Lesson(_)) && !self.is_others() && has_lesson(self.draft.text.as_str())
    }

    /// Looks at the lesson that is being written: too slow for every letter that is typed.
    pub(crate) fn look_at_writing(&mut self) {
        let text = self.draft.text.rc();
        if self.is_writing() && self.draft.text.is_read() && self.learn.writing.checked(text).is_none() {
            let Some(asked) = ASKED.get() else { return };
            let checked = Shared::new((asked.check)(text));
            self.learn.writing.looked = Some((Rc::clone(text), checked));
        }
    }

    pub(super) fn write(&mut self, gesture: Gesture) -> Vec<Effect> {
        ASKED.get().map(|asked| (asked.write)(self, gesture)).unwrap_or_default()
    }

    /// What a gesture of the author does.
    pub(super) fn write_into_lesson(&mut self, gesture: Gesture) -> Vec<Effect> {
        if matches!(self.draft.slot, Slot::Lesson(_)) || self.is_others() {
            return self.leave(Some(Action::Learn(LearnAction::Write(gesture))));
        }
        self.draft.text.read_now();
        self.learn.writing.outcome = None;
        let done = match gesture {
            Gesture::Make => Ok(self.make_lesson()),
            Gesture::Stop => self.stop_here(),
            Gesture::Ask => self.ask_here(),
            Gesture::Solution => self.take_solution(),
            Gesture::Try => self.try_it(),
        };
        done.unwrap_or_else(|outcome| {
            self.came_of_it(outcome);
            Vec::new()
        })
    }

    /// A Lesson with nothing but words to be replaced stands behind the text. One that is there already is shown.
    fn make_lesson(&mut self) -> Vec<Effect> {
        (self.dialog, self.pane) = (None, Pane::Spec);
        let text = self.draft.text.as_str();
        let mut effects = Vec::new();
        if !has_lesson(text) {
            let lesson = self.new_lesson();
            let text = format!("{}\n---\n{lesson}", text.trim_end());
            effects = self.change(|words| words.set(&text), false);
            self.remember_start();
        }
        self.tab = Tab::Text(Part::Lesson);
        effects
    }

    fn new_lesson(&self) -> String {
        let (stub, lang) = (self.stub(), self.preferences.lang.primary_tag());
        // In the end it may be gone.
        let completes = Moment::Job { job: Default::default(), is: JobChange::Complete };
        let RecordedRun { scenario, recording, .. } = &self.run;
        let is_missed = step_of(&completes, scenario, recording).is_none();
        let goal = if is_missed { "  goal:\n    completes: {moment: {job: {}, is: Complete}}\n" } else { "" };
        let words = if is_missed {
            format!("      task: {}\n      goal: {{completes: {}}}\n", quoted(stub.task), quoted(stub.goal))
        } else {
            String::new()
        };
        format!(
            "apiVersion: job-playground/v1\nkind: Lesson\nmetadata: {{name: my-lesson}}\nspec:\n{goal}  text:\n    {lang}:\n      title: {}\n      symptom: {}\n{words}      takeaway: {}\n",
            quoted(stub.title),
            quoted(stub.symptom),
            quoted(stub.takeaway),
        )
    }

    fn stub(&self) -> &'static Stub {
        &self.preferences.lang.workshop().stub
    }

    fn stop_here(&mut self) -> Result<Vec<Effect>, Outcome> {
        let (step, moment) = self.selected_moment()?;
        let lesson = self.readable()?;
        let RecordedRun { scenario, recording, .. } = &self.run;
        let same = lesson.stops.iter().find(|stop| step_of(&stop.moment, scenario, recording) == Some(step));
        if let Some(stop) = same {
            return Err(Outcome::StopIsThere(stop.key.clone()));
        }
        if lesson.stops.len() >= LESSON_STOPS {
            return Err(Outcome::TooManyStops);
        }
        let is_free = |key: &String| lesson.stops.iter().all(|stop| *stop.key != **key);
        let key = (1..).map(|number| format!("stop-{number}")).find(is_free).unwrap_or_default();
        let mut fields = vec![(format!("spec.stops.{key}"), moment)];
        fields.extend(in_words(&lesson, &format!("stops.{key}"), &json!(self.stub().stop)));
        self.put(&fields, Outcome::Stop(key))
    }

    /// Options that hold and do not hold are written, too, where there are none.
    fn ask_here(&mut self) -> Result<Vec<Effect>, Outcome> {
        let (step, moment) = self.selected_moment()?;
        let lesson = self.readable()?;
        let at = self.run.recording.step(step).at;
        let stub = self.stub();
        let mut fields = vec![("spec.ask.at".to_owned(), moment)];
        if lesson.ask.as_ref().is_none_or(|ask| ask.options.is_empty()) {
            let what = Count { of: Counted::Pods, pods: Default::default(), exit_code: None };
            let count = Check::Count { what, number: Default::default(), at: None };
            let seen = match observe(&count, &self.run.scenario, &self.run.recording).seen {
                lessons::Seen::Number(seen) => seen,
                _ => 0,
            };
            for (key, number) in [("right", seen), ("wrong", seen + 1)] {
                fields.push((format!("spec.ask.options.{key}"), json!({ "count": "pods", "is": number })));
                let words = json!({ "say": format!("{} ({number})", stub.say), "reply": stub.reply });
                fields.extend(in_words(&lesson, &format!("options.{key}"), &words));
            }
            fields.extend(in_words(&lesson, "ask", &json!(stub.ask)));
        }
        self.put(&fields, Outcome::Ask(at))
    }

    /// The text must meet the goal. The start that the author spoke of last comes back in its place.
    fn take_solution(&mut self) -> Result<Vec<Effect>, Outcome> {
        let lesson = self.readable()?;
        if lesson.goals.is_empty() {
            return Err(Outcome::NoGoal);
        }
        let RecordedRun { scenario, recording, .. } = self.refused.as_ref().unwrap_or(&self.run);
        if !lesson.goals.iter().all(|goal| observe(&goal.check, scenario, recording).holds) {
            return Err(Outcome::GoalMissed);
        }
        let reading = self.draft.text.reading().clone();
        let solution = reading.start();
        let text = with_solution(&reading.text, solution).map_err(|_| Outcome::NotReadable)?;
        let start = self.learn.writing.start.as_ref().filter(|(id, start)| *id == lesson.id && **start != *solution);
        let (text, outcome) = match start {
            Some((_, start)) => (with_start(&text, start), Outcome::Solution),
            None => (text, Outcome::SolutionIsStart),
        };
        let effects = self.change(|words| words.set(&text), false);
        self.came_of_it(outcome);
        Ok(effects)
    }

    fn came_of_it(&mut self, outcome: Outcome) {
        self.learn.writing.outcome = Some((Rc::clone(self.draft.text.rc()), outcome));
    }

    /// The lesson as others will have it.
    fn try_it(&mut self) -> Result<Vec<Effect>, Outcome> {
        let lesson = self.readable()?;
        let text = self.draft.text.as_str();
        let handed = Handed::read(text).filter(|handed| !handed.lessons.is_empty()).ok_or(Outcome::NotReadable)?;
        let stage = if lesson.ask.is_some() { "guess" } else { "fix" };
        self.remember_start();
        self.hold(handed);
        let fragment = format!("{}{OWN}{}&step={stage}", LESSON, lesson.id);
        Ok(vec![Effect::KeepText, Effect::KeepHanded, Effect::GoToFragment(fragment), Effect::FocusCard])
    }

    /// The selected step, and the moment that it is.
    fn selected_moment(&self) -> Result<(StepId, Value), Outcome> {
        let selected = self.selection.ok_or(Outcome::NothingSelected)?;
        let RecordedRun { scenario, recording, .. } = &self.run;
        let moment = moment_at(selected.step, selected.object, scenario, recording);
        let step = match moment {
            Moment::At(_) => step_of(&moment, scenario, recording).unwrap_or(selected.step),
            _ => selected.step,
        };
        Ok((step, written(&moment).ok_or(Outcome::NothingSelected)?))
    }

    /// The lesson, if its run is that of the text.
    fn readable(&self) -> Result<Lesson, Outcome> {
        let reading = self.draft.text.reading();
        let lesson = reading.lesson.clone().filter(|_| !reading.has_errors() || self.refused.is_some());
        lesson.filter(|lesson| !lesson.id.is_empty()).ok_or(Outcome::NotReadable)
    }

    /// Writes these fields of the Lesson, as one change.
    fn put(&mut self, fields: &[(String, Value)], outcome: Outcome) -> Result<Vec<Effect>, Outcome> {
        let text = match with_fields(self.draft.text.as_str(), fields) {
            Ok(text) => text,
            Err(error) => return Ok(self.notify(Toast::Edit(error))),
        };
        self.remember_start();
        let effects = self.change(|words| words.set(&text), true);
        self.came_of_it(outcome);
        Ok(effects)
    }

    /// What stands before the Lesson now is its start.
    fn remember_start(&mut self) {
        let reading = self.draft.text.reading();
        if let Some(lesson) = &reading.lesson {
            self.learn.writing.start = Some((lesson.id.clone(), reading.start().into()));
        }
    }
}

/// Words in each language that the lesson has.
fn in_words(lesson: &Lesson, path: &str, words: &Value) -> Vec<(String, Value)> {
    lesson.prose.iter().map(|(lang, _)| (format!("spec.text.{lang}.{path}"), words.clone())).collect()
}

/// The text with these fields of its Lesson.
fn with_fields(text: &str, fields: &[(String, Value)]) -> Result<String, EditError> {
    let mut text = text.to_owned();
    for (path, value) in fields {
        let edits = edit::set_field(&manifest::read(&text), &Place::lesson(path), value)?;
        text = edit::apply(&text, &edits);
    }
    Ok(text)
}

/// The text with this solution, as lines: in a text within braces it stands in quotes.
fn with_solution(text: &str, solution: &str) -> Result<String, EditError> {
    let place = Place::lesson("spec.solution");
    let field = |value: &str| [("spec.solution".to_owned(), json!(value))];
    let marked = with_fields(text, &field("here"))?;
    let reading = manifest::read(&marked);
    let (Some(key), Some(value)) = (reading.key_span(&place), reading.value_span(&place)) else {
        return Err(EditError::NotThere);
    };
    let line = marked[..key.start].rfind('\n').map_or(0, |end| end + 1);
    let indent = &marked[line..key.start];
    if !indent.bytes().all(|byte| byte == b' ') {
        return with_fields(text, &field(solution));
    }
    let mut lines = "|".to_owned();
    for line in solution.trim_end().lines() {
        lines += "\n";
        if !line.is_empty() {
            lines += &format!("{indent}  {line}");
        }
    }
    Ok([&marked[..value.start], &lines, &marked[value.end..]].concat())
}

/// The text with another start before its Lesson.
fn with_start(text: &str, start: &str) -> String {
    let reading: Reading = manifest::read(text);
    let span = reading.start_span();
    let glue = if start.ends_with('\n') { "" } else { "\n" };
    [&text[..span.start], start, glue, &text[span.end..]].concat()
}

fn quoted(words: &str) -> String {
    json!(words).to_string()
}
