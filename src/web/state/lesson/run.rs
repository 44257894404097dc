//! What the run says to the lesson that is open: which answer holds, the stops, the goals.

use super::asked::ASKED;
use super::locks::Locks;
use super::{Said, Stage, State};
use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::lessons;
use crate::time::Time;
use crate::web::keeping::progress::Reached;
use crate::web::state::Announced;
use crate::web::state::effect::Effect;
use crate::web::state::run::RecordedRun;
use crate::web::state::shared::Shared;
use std::rc::Rc;

impl State {
    /// The run that the text has now, refused or not.
    fn run_of_text(&self) -> &RecordedRun {
        self.refused.as_ref().unwrap_or(&self.run)
    }

    /// A run arrived, or stays: what it says to the lesson.
    pub(in crate::web::state) fn look_at_lesson(&mut self) -> Vec<Effect> {
        self.lock();
        match self.lesson().map(|lesson| lesson.stage) {
            Some(Stage::Watch | Stage::Kept) => self.find_truth(),
            Some(Stage::Fix) => {
                let mut effects = self.find_truth();
                effects.extend(self.look_at_goals());
                effects
            }
            None if self.is_writing() => vec![Effect::LookThrough],
            Some(Stage::Guess) | None => Vec::new(),
        }
    }

    /// Which of the answers holds in the run of the start.
    fn find_truth(&mut self) -> Vec<Effect> {
        let Some(lesson) = self.draft.lesson.as_deref().filter(|lesson| lesson.truth.is_none()) else {
            return Vec::new();
        };
        let (Some(ask), Some(asked)) = (lesson.lesson().ask.as_ref(), ASKED.get()) else { return Vec::new() };
        let is_start = *self.draft.text.as_str() == *lesson.unit.start;
        // The text of a lesson that goes on is another one by now.
        let own = (!is_start).then(|| RecordedRun::of_text(&lesson.unit.start));
        let RecordedRun { scenario, recording, .. } = own.as_ref().unwrap_or(self.run_of_text());
        let truth = ask.options.iter().position(|(_, check)| (asked.observe)(check, scenario, recording).holds);
        let is_right = truth.is_some() && lesson.guess == truth;
        let is_first = lesson.guess.and_then(|guess| Some(&*ask.options.get(guess)?.0));
        let is_first = self.learn.progress.of(&lesson.unit.id).and_then(|entry| entry.guess.as_deref()) == is_first;
        let says = lesson.guess.is_some() && is_first && !lesson.is_others;
        if let Some(lesson) = self.draft.lesson.as_deref_mut() {
            lesson.truth = truth;
            let is_new = lesson.stage == Stage::Watch && lesson.stops == 0;
            self.announced = is_new.then_some(Announced::Learn(Said::Answer)).or(self.announced);
        }
        if !says {
            return Vec::new();
        }
        self.mark(|entry| entry.right = is_right);
        vec![Effect::KeepProgress]
    }

    /// What the run says to the goals. When all of them hold, and what is kept is as it was, the lesson is done.
    pub(super) fn look_at_goals(&mut self) -> Vec<Effect> {
        let runs = self.is_fresh() || self.refused.is_some();
        let Some(asked) = ASKED.get() else { return Vec::new() };
        let Some(lesson) = self.draft.lesson.as_deref().filter(|lesson| lesson.stage == Stage::Fix) else {
            return Vec::new();
        };
        let RecordedRun { scenario, recording, .. } = self.run_of_text();
        let observed = lesson.lesson().goals.iter().map(|goal| (asked.observe)(&goal.check, scenario, recording));
        let goals: Rc<[_]> = if runs { observed.collect() } else { Rc::default() };
        let is_done = !goals.is_empty() && goals.iter().all(|goal| goal.holds) && lesson.locks.is_whole;
        let state = if lesson.is_seen { Reached::Seen } else { Reached::Solved };
        let Some(lesson) = self.draft.lesson.as_deref_mut() else { return Vec::new() };
        let met = |goals: &[lessons::Observation]| goals.iter().filter(|goal| goal.holds).count();
        if met(&goals) != met(&lesson.goals) && !lesson.goals.is_empty() {
            self.announced = Some(Announced::Learn(Said::Goals(met(&goals), goals.len())));
        }
        lesson.goals = goals;
        if !is_done || lesson.is_others {
            return Vec::new();
        }
        lesson.stage = Stage::Kept;
        self.announced = Some(Announced::Learn(Said::Kept));
        self.mark(|entry| entry.state = entry.state.max(state));
        self.keep_lesson()
    }

    /// Nothing runs: no goal is reached.
    pub(in crate::web::state) fn no_goals(&mut self) {
        self.lock();
        if let Some(lesson) = self.draft.lesson.as_deref_mut() {
            lesson.goals = Rc::default();
        }
    }

    /// On to the next stop: played to, or there at once if it is being played to already.
    pub(super) fn next_stop(&mut self, jumps: bool) -> Vec<Effect> {
        let Some(lesson) = self.draft.lesson.as_deref() else { return Vec::new() };
        if let Some(target) = lesson.target {
            self.arrive(target);
            return Vec::new();
        }
        let Some(stop) = lesson.lesson().stops.get(lesson.stops) else { return self.fix() };
        let Some(asked) = ASKED.get() else { return Vec::new() };
        let RecordedRun { scenario, recording, .. } = &self.run;
        match (asked.step_of)(&stop.moment, scenario, recording) {
            Some(step) if jumps || recording.step(step).at <= self.playhead => self.arrive(step),
            Some(step) => {
                if let Some(lesson) = self.draft.lesson.as_deref_mut() {
                    lesson.target = Some(step);
                }
                self.playing = true;
                self.played_from = self.playhead;
            }
            None => self.reach(None),
        }
        Vec::new()
    }

    /// Ends playing at a stop, which is explained.
    fn arrive(&mut self, step: StepId) {
        self.playing = false;
        let (at, object) = (self.run.recording.step(step).at, self.run.recording.step(step).key);
        self.seek(at);
        self.selection = Some(Selection { step, object });
        self.reach(Some(at));
    }

    fn reach(&mut self, at: Option<Time>) {
        if let Some(lesson) = self.draft.lesson.as_deref_mut() {
            lesson.target = None;
            lesson.stops += 1;
            lesson.stop_at = at;
            self.announced = Some(Announced::Learn(Said::Stop(lesson.stops - 1)));
        }
    }

    /// A beat has passed: playing to a stop ends there.
    pub(in crate::web::state) fn pass_stop(&mut self) {
        let target = self.lesson().and_then(|lesson| lesson.target);
        if let Some(target) = target.filter(|target| self.run.recording.step(*target).at <= self.playhead) {
            self.arrive(target);
        }
    }

    /// How many events are between the playhead and the stop that is played to.
    pub(crate) fn events_to_stop(&self) -> Option<usize> {
        let target = self.lesson()?.target?;
        let passed = |at: Time| crate::timeline::stepping::passed(&self.run.timeline.moments, at);
        Some(passed(self.run.recording.step(target).at).saturating_sub(passed(self.played_from)))
    }

    /// Follows the text with the locks of what is kept of it.
    pub(super) fn lock(&mut self) {
        let reading = self.draft.text.reading().clone();
        let Some(lesson) = self.draft.lesson.as_deref_mut() else { return };
        let now = (reading.clone(), lesson.is_open());
        if lesson.locked.as_ref() == Some(&now) {
            return;
        }
        lesson.locks = Shared::new(Locks::of(&lesson.unit, lesson.is_open(), &reading));
        lesson.locked = Some(now);
    }
}
