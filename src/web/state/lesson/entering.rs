//! How a lesson is opened: from a link, from the list, or once it has been fetched.

use super::{LearnAction, OpenLesson, Shelf, Stage, own};
use crate::texts::Lang;
use crate::time::Time;
use crate::web::keeping::Place;
use crate::web::state::effect::Effect;
use crate::web::state::text::Text;
use crate::web::state::{Action, Dialog, Draft, Opening, Pane, Slot, State};
use std::rc::Rc;

impl State {
    /// The text of a lesson, as it begins or as it was left; `None` if there is no such lesson, or not yet.
    pub(crate) fn draft_of_lesson(&self, id: &str) -> Option<Draft> {
        let unit = self.learn.unit(id)?;
        let entry = self.learn.progress.of(id);
        let lesson = OpenLesson::new(Rc::clone(unit), entry);
        let own = entry.and_then(|entry| entry.text.as_deref()).filter(|_| lesson.is_open());
        let mut draft = Draft::of_lesson(id, Text::new(own.unwrap_or(&unit.start)));
        draft.lesson = Some(Box::new(lesson));
        Some(draft)
    }

    /// The lessons arrived, or cannot be had: the one that waits for them is opened.
    pub(crate) fn lessons_fetched(&mut self, lang: Lang, shelf: Shelf) -> Vec<Effect> {
        if self.learn.shelf_lang != Some(lang) {
            return Vec::new();
        }
        // In another language they are better than none.
        if !shelf.is_here() {
            self.learn.shelf_lang = None;
        }
        if shelf.is_here() || !self.learn.shelf.is_here() {
            self.learn.shelf = shelf;
        }
        let shelf = &self.learn.shelf;
        let lessons = self.resting.iter_mut().chain([&mut self.draft]).filter_map(|draft| draft.lesson.as_deref_mut());
        lessons.for_each(|lesson| lesson.unit = shelf.unit(&lesson.unit.id).unwrap_or(&lesson.unit).clone());
        match &self.draft.slot {
            Slot::Lesson(id) if self.lesson().is_none() && self.learn.shelf.is_here() => {
                let (id, stage) = (Rc::clone(id), self.draft.awaits);
                self.fill_lesson(&id, stage)
            }
            _ => self.fill_result(),
        }
    }

    /// The language in which the lessons are to be fetched, unless they are here or on their way.
    pub(crate) fn asks_for_lessons(&mut self) -> Option<Lang> {
        let lang = self.preferences.lang;
        if self.learn.shelf_lang.replace(lang) == Some(lang) {
            return None;
        }
        if !self.learn.shelf.is_here() {
            self.learn.shelf = Shelf::Asked;
        }
        Some(lang)
    }

    fn fill_lesson(&mut self, id: &Rc<str>, stage: Option<Stage>) -> Vec<Effect> {
        match self.draft_of_lesson(id) {
            Some(draft) => {
                self.draft = draft;
                self.go_to_stage(stage);
                self.begin_lesson();
                vec![Effect::Record, Effect::FocusCard]
            }
            None => self.leave(Some(Action::Learn(LearnAction::Unknown(Rc::clone(id))))),
        }
    }

    /// Opens a lesson, with its changes if it was open before. One that is not there yet is fetched.
    pub(crate) fn enter_lesson(&mut self, id: &Rc<str>, stage: Option<Stage>) -> Vec<Effect> {
        let slot = Slot::Lesson(Rc::clone(id));
        self.dialog = None;
        if self.draft.slot != slot {
            let at_hand = self.take_at_hand(&slot).filter(|draft| draft.lesson.is_some());
            let draft = at_hand.or_else(|| self.draft_of_lesson(id));
            if draft.is_none() && (own::is_own(id) || self.learn.shelf.is_here()) {
                return self.leave(Some(Action::Learn(LearnAction::Unknown(Rc::clone(id)))));
            }
            self.enter(draft.unwrap_or_else(|| Draft::of_lesson(id, Text::new(""))), None);
        }
        self.go_to_stage(stage);
        self.begin_lesson();
        let fetches = self.lesson().is_none().then_some(Effect::FetchLessons);
        fetches.into_iter().chain([Effect::Record, Effect::FocusCard]).collect()
    }

    /// Opens the panel at a course.
    pub(crate) fn enter_course(&mut self, id: &Rc<str>) -> Vec<Effect> {
        let is_handed = self.learn.handed.iter().any(|course| course.id == *id);
        let is_known = is_handed || crate::lessons::COURSES.iter().any(|world| *world.id == **id);
        self.learn.course = Some((Rc::clone(id), is_known));
        self.show_dialog(Some(Dialog::Learn))
    }

    /// The step at which a link opens a lesson.
    pub(crate) fn go_to_stage(&mut self, stage: Option<Stage>) {
        self.draft.awaits = stage;
        let Some((lesson, stage)) = self.draft.lesson.as_deref_mut().zip(stage) else { return };
        let has_goals = !lesson.lesson().goals.is_empty();
        lesson.stage = match stage {
            Stage::Guess if lesson.lesson().ask.is_none() => Stage::Fix,
            Stage::Fix if !has_goals => Stage::Watch,
            stage => stage,
        };
        if lesson.stage < Stage::Fix {
            (lesson.chosen, lesson.truth, lesson.stops, lesson.stop_at) = (None, None, 0, None);
            self.draft.text = Text::new(&lesson.unit.start);
        }
    }

    /// Where the run of a lesson that was just opened is looked at.
    pub(crate) fn begin_lesson(&mut self) {
        let stage = self.lesson().map(|lesson| lesson.stage);
        let opening = match stage {
            Some(Stage::Guess) => Opening::At(Time::NEVER),
            _ => Opening::Telling,
        };
        self.begin(opening);
        self.pane = Pane::Run;
        self.breaking = false;
        self.lock();
    }
}

impl Draft {
    /// A lesson that waits for its text, or has it.
    pub(crate) fn of_lesson(id: &str, text: Text) -> Draft {
        let slot = Slot::Lesson(id.into());
        let place = Place::new(slot.key());
        Draft::with(text, slot, place, None)
    }
}
