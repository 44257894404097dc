//! A lesson that is open, step by step: guess, watch, fix, kept. What it asks for is in [`Lesson`]; what the run says to
//! that is in [`crate::lessons`].

mod action;
pub(crate) mod asked;
mod door;
mod entering;
pub(crate) mod locks;
mod open;
pub(crate) mod own;
mod result;
mod run;
pub(crate) mod shelf;
mod writing;

pub(crate) use action::{Gesture, LearnAction};
pub(crate) use door::Door;
pub(crate) use open::{OpenLesson, Said, Stage};
pub(crate) use result::Theirs;
pub(crate) use shelf::{Shelf, Unit};
pub(crate) use writing::Outcome;

use super::effect::Effect;
use super::shared::Shared;
use super::{Opening, Slot, State};
use crate::scenario::lesson::Question;
use crate::texts::Lang;
use crate::time::Time;
use crate::web::keeping::progress::{Entry, Progress, Reached};
use crate::web::keeping::store::StoreError;
use std::rc::Rc;

/// What there is to learn, and how far one came.
#[derive(Default)]
pub(crate) struct Learn {
    pub(crate) shelf: Shelf,
    /// What was handed out to one, the newest first.
    pub(crate) handed: Shared<Vec<own::Handed>>,
    /// The language in which the lessons are here, or were asked for.
    shelf_lang: Option<Lang>,
    pub(crate) progress: Shared<Progress>,
    /// Why the progress is not kept.
    pub(crate) not_kept: Option<StoreError>,
    /// What there is to say about a file that was read.
    pub(crate) read_in: Option<ReadIn>,
    pub(crate) writing: writing::Writing,
    /// What is handed in, and whether it is in the clipboard.
    pub(crate) results: Option<(Rc<str>, bool)>,
    /// The course of which the panel was opened; with `false` there is no such course.
    pub(crate) course: Option<(Rc<str>, bool)>,
}

/// What became of a file with progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadIn {
    /// So many lessons were in it.
    Lessons(usize),
    Nothing,
}

impl Learn {
    /// Takes in what is better elsewhere.
    pub(super) fn take_in(&mut self, elsewhere: &Progress) {
        let mut progress = Progress::clone(&self.progress);
        progress.merge(elsewhere);
        self.progress = Shared::new(progress);
    }
}

impl State {
    pub(crate) fn lesson(&self) -> Option<&OpenLesson> {
        self.draft.lesson.as_deref()
    }

    /// The question with which the run is to end that is recorded.
    pub(crate) fn question(&self) -> Option<&Question> {
        let lesson = self.lesson().filter(|lesson| lesson.stage == Stage::Guess)?;
        lesson.lesson().ask.as_ref()
    }

    /// Where the film of the question is cut.
    pub(crate) fn cut_at(&self) -> Time {
        self.run.recording.end().map_or(Time::ZERO, |(_, at)| at)
    }

    /// Whether nothing happens but what the lesson has: before its answer, and where its task keeps what happens.
    pub(crate) fn keeps_what_happens(&self) -> bool {
        self.lesson().is_some_and(|lesson| !lesson.is_open() || lesson.locks.keeps_inputs)
    }

    /// Whether the text stays as it is, whatever is done.
    pub(super) fn is_locked(&self) -> bool {
        match &self.draft.slot {
            Slot::Lesson(_) => !self.lesson().is_some_and(OpenLesson::is_open),
            Slot::Mine | Slot::Link(_) => self.is_others(),
        }
    }

    pub(super) fn learn(&mut self, action: LearnAction) -> Vec<Effect> {
        match action {
            LearnAction::Open(id) => {
                self.dialog = None;
                return vec![Effect::GoToFragment(format!("{}{id}", shelf::LESSON)), Effect::FocusCard];
            }
            LearnAction::Leave => return self.leave(None),
            LearnAction::Fetch => return vec![Effect::FetchLessons],
            LearnAction::Unknown(id) => return self.notify(super::Toast::NoLesson(id)),
            LearnAction::CopyResults => return self.copy_results(),
            LearnAction::Save => return vec![Effect::SaveProgress],
            LearnAction::Forget => return self.forget(),
            LearnAction::ReadIn(text) => return self.read_in(&text),
            LearnAction::Write(gesture) => return self.write(gesture),
            LearnAction::HandOut(text) => return self.hand_out(&text, None),
            LearnAction::WriteOn(id) => return self.write_on(&id),
            LearnAction::HandBack(id) => return self.hand_back(&id),
            LearnAction::GoOnPlaying => {
                let text = self.draft.text.as_str().to_owned();
                return self.leave(Some(super::Action::OpenText(text)));
            }
            _ => {}
        }
        let Some(lesson) = self.draft.lesson.as_deref_mut() else { return Vec::new() };
        if lesson.is_others && !matches!(action, LearnAction::Fold(_)) {
            return Vec::new();
        }
        match (action, lesson.stage) {
            (LearnAction::Choose(option), Stage::Guess) => lesson.chosen = Some(option),
            (LearnAction::Answer, Stage::Guess) => return self.answer(),
            (LearnAction::ShowMe, Stage::Guess) => return self.show_me(),
            (LearnAction::Next { jumps }, Stage::Watch) => return self.next_stop(jumps),
            (LearnAction::Fix, Stage::Watch) => return self.fix(),
            (LearnAction::Hint, Stage::Fix) => {
                let all = lesson.unit.lesson.prose.iter().map(|(_, prose)| prose.hints.len()).max().unwrap_or(0);
                lesson.hints = (lesson.hints + 1).min(all);
                return self.keep_lesson();
            }
            (LearnAction::Solution, Stage::Fix) => {
                lesson.is_seen = true;
                let solution = lesson.unit.lesson.solution.clone();
                return solution.map_or_else(Vec::new, |text| self.change(|words| words.set(&text), true));
            }
            (LearnAction::Again, Stage::Fix | Stage::Kept) => {
                (lesson.stage, lesson.hints, lesson.is_seen) = (Stage::Fix, 0, false);
                if lesson.lesson().goals.is_empty() {
                    lesson.stage = Stage::Watch;
                    (lesson.stops, lesson.stop_at) = (0, None);
                }
                let start = Rc::clone(&lesson.unit.start);
                self.opening = Some(Opening::Telling);
                self.lock();
                let mut effects = self.change(|words| words.set(&start), true);
                effects.push(Effect::Record);
                return effects;
            }
            (LearnAction::Fold(on), _) => lesson.is_folded = on,
            _ => {}
        }
        Vec::new()
    }

    /// Leaves the lesson for one's own text, where something else is done then.
    pub(super) fn leave(&mut self, then: Option<super::Action>) -> Vec<Effect> {
        let mut effects = vec![Effect::LeaveFragment, Effect::FollowFragment];
        effects.extend(then.map(|action| Effect::Then(Box::new(action))));
        effects
    }

    fn answer(&mut self) -> Vec<Effect> {
        let Some(lesson) = self.draft.lesson.as_deref_mut() else { return Vec::new() };
        let Some(chosen) = lesson.chosen else { return Vec::new() };
        lesson.guess = Some(chosen);
        let key = lesson.lesson().ask.as_ref().and_then(|ask| Some(Rc::from(&*ask.options.get(chosen)?.0)));
        self.mark(|entry| entry.guess = entry.guess.take().or(key));
        self.show_me()
    }

    fn show_me(&mut self) -> Vec<Effect> {
        if let Some(lesson) = self.draft.lesson.as_deref_mut() {
            lesson.stage = Stage::Watch;
        }
        self.opening = Some(Opening::At(self.playhead));
        vec![Effect::Record, Effect::FocusCard]
    }

    fn fix(&mut self) -> Vec<Effect> {
        let Some(lesson) = self.draft.lesson.as_deref_mut() else { return Vec::new() };
        lesson.target = None;
        let has_goals = !lesson.lesson().goals.is_empty();
        lesson.stage = if has_goals { Stage::Fix } else { Stage::Kept };
        self.playing = false;
        let state = if has_goals { Reached::Watched } else { Reached::Solved };
        self.lock();
        self.mark(|entry| entry.state = entry.state.max(state));
        let mut effects = self.look_at_goals();
        effects.extend([Effect::KeepProgress, Effect::FocusCard]);
        effects
    }

    /// Notes something about the lesson that is open.
    fn mark(&mut self, change: impl FnOnce(&mut Entry)) {
        let Some(lesson) = self.draft.lesson.as_deref().filter(|lesson| !lesson.is_others) else { return };
        let mut progress = Progress::clone(&self.learn.progress);
        change(progress.entry(&lesson.unit.id));
        self.learn.progress = Shared::new(progress);
    }

    /// Keeps the edits of the lesson that is open.
    pub(crate) fn keep_lesson(&mut self) -> Vec<Effect> {
        let Some(lesson) = self.draft.lesson.as_deref().filter(|lesson| lesson.is_open()) else { return Vec::new() };
        let text = self.draft.text.rc();
        let edits = locks::lines_changed(&lesson.unit.start, text) as u32;
        let (hints, own) = (lesson.hints as u32, (edits > 0).then(|| Rc::clone(text)));
        self.mark(|entry| {
            (entry.text, entry.edits) = (own, edits);
            entry.hints = entry.hints.max(hints);
        });
        vec![Effect::KeepProgress]
    }

    fn forget(&mut self) -> Vec<Effect> {
        self.learn.progress = Shared::default();
        self.learn.read_in = None;
        let mut effects = vec![Effect::ForgetProgress];
        effects.extend(self.begin_anew());
        effects
    }

    /// What is at hand of the lessons goes; the one that is open is as the progress says.
    fn begin_anew(&mut self) -> Vec<Effect> {
        self.resting.retain(|draft| draft.lesson.is_none());
        let fresh =
            self.lesson().filter(|lesson| !lesson.is_others).and_then(|lesson| self.draft_of_lesson(&lesson.unit.id));
        let Some(fresh) = fresh else { return Vec::new() };
        self.draft = fresh;
        self.begin_lesson();
        vec![Effect::Record]
    }

    fn read_in(&mut self, text: &str) -> Vec<Effect> {
        let Some(read) = Progress::read(text) else {
            if own::is_handed(text) {
                self.learn.read_in = None;
                return self.hand_out(text, None);
            }
            self.learn.read_in = Some(ReadIn::Nothing);
            return Vec::new();
        };
        self.learn.read_in = Some(ReadIn::Lessons(read.lessons.len()));
        self.learn.take_in(&read);
        let mut effects = vec![Effect::KeepProgress];
        let is_begun = self.lesson().is_some_and(|lesson| lesson.stage > Stage::Guess);
        if is_begun {
            self.resting.retain(|draft| draft.lesson.is_none());
        } else {
            effects.extend(self.begin_anew());
        }
        effects
    }

    /// What was to be kept of the progress is, or not.
    pub(crate) fn progress_kept(&mut self, kept: Result<Progress, StoreError>) {
        match kept {
            Ok(progress) => {
                self.learn.not_kept = None;
                if progress != *self.learn.progress {
                    self.learn.progress = Shared::new(progress);
                }
            }
            Err(error) => self.learn.not_kept = Some(error),
        }
    }
}
