//! The state's part in recording: what is to be recorded, and what becomes of the page when a run arrives.

use super::document;
use super::effect::Effect;
use super::run::RecordedRun;
use super::stood::Moment;
use super::{Lack, Opening, State};
use crate::explain::mark::marked_at;
use crate::explain::{Selection, same_step, telling_time};
use crate::manifest::Reading;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::timeline::Timeline;
use std::rc::Rc;

impl State {
    /// What is to be recorded now; `None` if the text has errors: then the run before stays, if it is of the same objects.
    pub(crate) fn begin_recording(&mut self) -> Option<Scenario> {
        self.refused = None;
        self.lacks = None;
        if self.is_other_text && self.back.is_none() && !self.is_about_the_same() {
            self.opening.get_or_insert(Opening::Telling);
        }
        if self.is_fresh() {
            let scenario = self.with_held(self.draft.text.reading().scenario.clone());
            if self.back.is_some() && self.shows(&scenario) {
                self.stand_back();
            }
            return Some(self.with_held(scenario));
        }
        self.end_foreign_run();
        self.no_goals();
        None
    }

    /// Whether the run that is shown is of the text as it was before it was edited.
    pub(super) fn is_of_the_text(&self) -> bool {
        !self.is_other_text && self.is_about_the_same()
    }

    /// Whether the run that is shown is of an object that is called as one of the text's.
    fn is_about_the_same(&self) -> bool {
        document::is_same(&self.run.scenario, self.draft.text.reading())
    }

    /// A run of something else is not shown beside a text that has none.
    pub(crate) fn end_foreign_run(&mut self) {
        if !self.run.is_empty() && !self.is_of_the_text() {
            self.run = RecordedRun::nothing();
            (self.selection, self.ghost, self.playhead) = (None, None, Time::ZERO);
            (self.playing, self.breaking) = (false, false);
            self.opening.get_or_insert(Opening::Telling);
        }
    }

    /// A long text was read.
    pub(crate) fn text_read(&mut self, reading: Reading) -> Vec<Effect> {
        self.draft.text.take_reading(reading);
        vec![Effect::Record]
    }

    /// Whether the run of a scenario is the one that is shown, with nothing left to be done for it.
    pub(crate) fn shows(&self, scenario: &Scenario) -> bool {
        *scenario == *self.run.scenario && self.opening.is_none() && self.run.is_cut == self.question().is_some()
    }

    /// What was to be recorded is shown already.
    pub(crate) fn stays(&mut self) -> Vec<Effect> {
        self.is_other_text = false;
        if std::mem::take(&mut self.follows) {
            self.follow();
        }
        let mut effects = self.look_at_lesson();
        effects.extend(self.follow_held());
        effects.extend(self.console_follows_run());
        effects
    }

    /// What the text needs to be run has arrived, or cannot be had.
    pub(crate) fn fetched(&mut self, what: Lack, found: bool) -> Vec<Effect> {
        self.lacks = (!found).then_some(what);
        if !found {
            self.end_foreign_run();
        }
        if found { vec![Effect::Record] } else { Vec::new() }
    }

    /// A new run takes the place of the old one. The playhead stays, unless the text has just been opened.
    pub(crate) fn recorded(&mut self, scenario: Rc<Scenario>, recording: Recording, timeline: Timeline) -> Vec<Effect> {
        if self.corrects(&recording, &timeline) {
            return vec![Effect::Record];
        }
        let mut run = RecordedRun::new(scenario, recording, timeline);
        run.is_cut = self.question().is_some();
        if run.is_cut && run.is_refused() {
            // What the API server says is the answer.
            run = RecordedRun { scenario: run.scenario, is_cut: true, ..RecordedRun::nothing() };
        }
        if run.is_refused() && !self.run.is_empty() && self.is_of_the_text() {
            self.refused = Some(run);
        } else {
            self.refused = None;
            self.replace_run(run);
        }
        let mut effects = vec![Effect::LookThrough];
        effects.extend(self.look_at_lesson());
        // While an input is held, the old future stays.
        effects.extend((self.ghost.is_some() && self.drag.is_none()).then_some(Effect::TimeGhost));
        effects.extend(self.follow_held());
        effects.extend(self.console_follows_run());
        effects
    }

    /// Lets a text that was just opened begin there; one that is open goes there.
    pub(crate) fn open_at(&mut self, there: Opening) {
        match &mut self.opening {
            Some(opening) => *opening = there,
            None => self.open_run_at(&there),
        }
    }

    /// Where a run begins to be looked at.
    fn open_run_at(&mut self, there: &Opening) {
        let RecordedRun { recording, timeline, .. } = &self.run;
        let (at, mark) = match there {
            Opening::At(at) => (*at, None),
            Opening::Mark(at, name) => (*at, marked_at(recording, name, *at)),
            Opening::On(mark) if self.run.has(*mark) => (recording.step(mark.step).at, Some(*mark)),
            Opening::On(_) | Opening::Telling => (telling_time(recording, timeline), None),
        };
        self.playing = false;
        self.seek(at);
        self.follow();
        self.selection = mark.or(self.selection);
        if std::mem::take(&mut self.plays_at_opening) {
            self.toggle_play();
        }
    }

    fn replace_run(&mut self, run: RecordedRun) {
        let old = std::mem::replace(&mut self.run, run);
        self.is_other_text = false;
        match self.opening.take() {
            Some(opening) => self.open_run_at(&opening),
            None => {
                self.ghost.get_or_insert(old.timeline);
                self.seek(self.playhead);
                if self.stand_back() {
                    self.follows = false;
                    return;
                }
                if std::mem::take(&mut self.follows) {
                    self.follow();
                    return self.explain_answer();
                }
                let RecordedRun { recording, timeline, .. } = &self.run;
                let at = self.playhead;
                self.selection = self.selection.and_then(|on| same_step(&old.recording, on, recording, timeline, at));
            }
        }
    }

    /// Selects what the server says to what was just applied.
    fn explain_answer(&mut self) {
        let Some(at) = self.answers.take() else { return };
        let applied = self.run.timeline.faults.iter().rev().find(|fault| fault.at == at);
        if let Some(mark) = applied.and_then(|fault| fault.mark) {
            self.selection = Some(Selection { step: mark.step, object: self.run.recording.step(mark.step).key });
        }
    }

    /// After undo: where the playhead stood with this text, in a run of it.
    fn stand_back(&mut self) -> bool {
        let Some(Moment { at, selection }) = self.back.take() else { return false };
        self.seek(at);
        self.selection = selection.filter(|on| self.run.has(*on));
        true
    }

    /// The old future has been seen.
    pub(crate) fn end_ghost(&mut self) -> Vec<Effect> {
        if self.drag.is_none() {
            self.ghost = None;
        }
        Vec::new()
    }
}
