//! Results: those that one hands in, as lines and links, and those of others, which are opened by such a link. Nothing in a
//! link has to be trusted: what its text reaches is observed anew.

use super::asked::ASKED;
use super::{LearnAction, OpenLesson, Stage, Unit, own};
use crate::manifest::{self, link};
use crate::recording::Recording;
use crate::scenario::lesson::View;
use crate::texts::Lang;
use crate::web::keeping::Place;
use crate::web::keeping::progress::{Entry, Reached};
use crate::web::state::draft::Draft;
use crate::web::state::effect::Effect;
use crate::web::state::{Action, Slot, State};
use std::fmt::Write as _;
use std::rc::Rc;

/// Someone's text of a lesson, with what a link says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Theirs {
    /// The fragment of the link.
    pub(crate) fragment: Rc<str>,
    text: Rc<str>,
    view: View,
}

impl Theirs {
    /// `None` if the text of the link has no View.
    pub(super) fn of(fragment: &str, text: &str) -> Option<Theirs> {
        // Most texts need not be read for it.
        let reading = text.contains("View").then(|| manifest::read(text))?;
        let view = reading.view.clone()?;
        Some(Theirs { fragment: fragment.into(), text: reading.start().into(), view })
    }
}

impl OpenLesson {
    fn of_others(unit: &Rc<Unit>, view: &View) -> OpenLesson {
        let guess = view.guess.as_deref().map(Rc::from);
        let entry = Entry { guess, hints: view.hints, ..Entry::default() };
        let lesson = OpenLesson::new(Rc::clone(unit), Some(&entry));
        OpenLesson { stage: Stage::Fix, is_seen: view.solution, is_others: true, ..lesson }
    }
}

impl State {
    /// Opens someone's result. One's own text and progress stay as they are.
    pub(crate) fn enter_result(&mut self, theirs: &Theirs) -> Vec<Effect> {
        let slot = Slot::Link(theirs.fragment.to_string());
        if self.draft.slot == slot {
            return Vec::new();
        }
        self.dialog = None;
        let draft = self.take_at_hand(&slot).unwrap_or_else(|| {
            let place = Place::new(slot.key());
            let mut draft = Draft::new(&theirs.text, slot, place, Some(Rc::clone(&theirs.text)));
            draft.view = Some(theirs.view.clone());
            draft
        });
        let mut effects = self.enter(draft, None);
        effects.extend(self.fill_result());
        effects
    }

    /// The lesson of a result, as soon as it is here.
    pub(super) fn fill_result(&mut self) -> Vec<Effect> {
        let Some(view) = self.draft.view.clone().filter(|_| self.draft.lesson.is_none()) else { return Vec::new() };
        if let Some(unit) = self.learn.unit(&view.lesson) {
            self.draft.lesson = Some(Box::new(OpenLesson::of_others(unit, &view)));
            self.begin_lesson();
            return vec![Effect::Record, Effect::FocusCard];
        }
        if own::is_own(&view.lesson) || self.learn.shelf.is_here() {
            self.draft.view = None;
            return self.learn(LearnAction::Unknown((&*view.lesson).into()));
        }
        vec![Effect::FetchLessons]
    }

    /// One's own results, to be handed in: a line for each lesson, and below it the link with the text. `address`: that of
    /// the page with a fragment.
    pub(crate) fn results(&self, address: impl Fn(&str) -> String) -> String {
        let lang = self.preferences.lang;
        let ids = super::shelf::path().map(|(_, id)| Rc::from(id));
        let handed = self.learn.handed.iter().flat_map(|course| course.lessons.iter().cloned());
        let mut lines = String::new();
        let mut told: Vec<Rc<str>> = Vec::new();
        for id in handed.chain(ids) {
            let is_new = !told.contains(&id);
            if let (true, Some(entry), Some(unit)) = (is_new, self.learn.progress.of(&id), self.learn.unit(&id)) {
                let fragment = link::encode(&handed_in(unit, entry));
                // Writing into a text does not fail.
                let _ = writeln!(lines, "{}\n{}", line(unit, entry, lang), address(&fragment));
            }
            told.push(id);
        }
        lines
    }

    /// Puts the results into the clipboard, and shows them.
    pub(super) fn copy_results(&mut self) -> Vec<Effect> {
        self.learn.results = None;
        vec![Effect::CopyResults]
    }

    /// The results are in the clipboard, or could not be put there.
    pub(crate) fn results_copied(&mut self, lines: String, copied: bool) -> Vec<Effect> {
        self.learn.results = Some((lines.into(), copied));
        Vec::new()
    }

    /// Leaves someone's result for another text.
    pub(in crate::web::state) fn is_others(&self) -> bool {
        self.lesson().is_some_and(|lesson| lesson.is_others)
    }

    /// What opens another text leaves a lesson first.
    pub(in crate::web::state) fn leaves_lesson(&self, action: &Action) -> bool {
        action.opens_text() && (matches!(self.draft.slot, Slot::Lesson(_)) || self.is_others())
    }
}

/// The text of a result: the learner's, and how far they came.
fn handed_in(unit: &Unit, entry: &Entry) -> String {
    let mut text = entry.text.as_deref().unwrap_or(&unit.start).trim_end().to_owned();
    text += "\n---\napiVersion: job-playground/v1\nkind: View\nspec:\n";
    let mut field = |name: &str, value: String| text += &format!("  {name}: {value}\n");
    field("lesson", serde_json::json!(*unit.id).to_string());
    if let Some(guess) = &entry.guess {
        field("guess", serde_json::json!(**guess).to_string());
    }
    if entry.hints > 0 {
        field("hints", entry.hints.to_string());
    }
    if entry.state == Reached::Seen {
        field("solution", "true".to_owned());
    }
    text
}

/// `Six retries are how many runs? · guess 6 · truth 7 · solved · 2 lines, 1 hint`.
fn line(unit: &Unit, entry: &Entry, lang: Lang) -> String {
    let (words, learn) = (lang.workshop(), lang.learn());
    let Some(prose) = unit.prose(lang) else { return unit.id.to_string() };
    let say = |key: &str| {
        let answer = prose.options.iter().find(|(known, _)| **known == *key);
        answer.map_or_else(|| key.to_owned(), |(_, answer)| answer.say.to_string())
    };
    let mut parts = vec![prose.title.to_string()];
    if let Some(ask) = &unit.lesson.ask {
        let scenario = manifest::read(&unit.start).scenario;
        let recording = Recording::of(&scenario);
        let holds = |check| ASKED.get().is_some_and(|asked| (asked.observe)(check, &scenario, &recording).holds);
        let truth = ask.options.iter().find(|(_, check)| holds(check));
        parts.push(entry.guess.as_ref().map_or_else(|| words.no_guess.to_owned(), |guess| (words.guess)(&say(guess))));
        parts.extend(truth.map(|(key, _)| (words.truth)(&say(key))));
    }
    let state = match entry.state {
        Reached::Begun => None,
        Reached::Watched => Some(1),
        Reached::Solved => Some(2),
        Reached::Seen => Some(3),
    };
    parts.extend(state.map(|state: usize| learn.states[state].to_owned()));
    if !unit.lesson.goals.is_empty() {
        parts.push((learn.lines_changed)(entry.edits as usize, entry.hints as usize));
    }
    parts.join(" · ").replace("**", "").replace('`', "")
}
