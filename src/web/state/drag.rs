//! An input in the hand: the run is recorded as if it came at the moment where it is held. The text changes once, when it
//! is let go.

use super::effect::Effect;
use super::{State, Toast};
use crate::cluster::input::Input;
use crate::cluster::reason::NoEffect;
use crate::explain::Selection;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::timeline::Timeline;
use crate::timeline::possible::Possible;

/// An input that is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Held {
    /// Its number in the text.
    pub(crate) input: usize,
    /// When it comes: where the hand is, or at the nearest moment that is possible.
    pub(crate) at: Time,
    /// Why it cannot come where the hand is.
    pub(crate) refusal: Option<NoEffect>,
}

/// What is known while an input is held.
pub(super) struct Drag {
    held: Held,
    /// Where the hand is.
    asked: Time,
    /// When it can come, once a run was recorded in which it has no effect.
    possible: Option<Possible>,
    /// It was let go before its run was recorded.
    let_go: bool,
    /// Where the playhead and the selection were.
    before: (Time, Option<Selection>),
}

impl Drag {
    fn settle(&mut self) {
        let Some(possible) = &self.possible else {
            self.held.at = self.asked;
            return;
        };
        let nearest = possible.nearest(self.asked);
        self.held.at = nearest.unwrap_or(self.asked);
        self.held.refusal = nearest.and_then(|_| possible.refusal(self.asked));
    }

    /// Whether a scenario has the input where it is held.
    fn is_in(&self, scenario: &Scenario) -> bool {
        scenario.inputs.get(self.held.input).is_some_and(|input| input.at == self.held.at)
    }
}

impl State {
    pub(crate) fn held(&self) -> Option<Held> {
        self.drag.as_ref().map(|drag| drag.held)
    }

    /// The hand moves an input.
    pub(super) fn drag(&mut self, input: usize, asked: Time) -> Vec<Effect> {
        self.playing = false;
        let begins = self.held().is_none_or(|held| held.input != input);
        let before = (self.playhead, self.selection);
        let held = Held { input, at: asked, refusal: None };
        let drag = self.drag.get_or_insert(Drag { held, asked, possible: None, let_go: false, before });
        if begins {
            *drag = Drag { held, asked, possible: None, let_go: false, before: drag.before };
            self.ghost = Some(self.run.timeline.clone());
        } else if drag.asked == asked {
            return Vec::new();
        }
        drag.asked = asked;
        drag.settle();
        vec![Effect::Record]
    }

    /// The hand lets go.
    pub(super) fn let_go(&mut self) -> Vec<Effect> {
        let is_recorded = |drag: &Drag| drag.is_in(&self.run.scenario);
        match &self.drag {
            Some(drag) if self.is_fresh() && !is_recorded(drag) => {
                if let Some(drag) = &mut self.drag {
                    drag.let_go = true;
                }
                Vec::new()
            }
            Some(_) => self.write_dragged(),
            None => Vec::new(),
        }
    }

    /// The input stays where it was.
    pub(super) fn cancel_drag(&mut self) -> Vec<Effect> {
        let Some(drag) = self.drag.take() else { return Vec::new() };
        (self.playhead, self.selection) = drag.before;
        self.ghost = None;
        vec![Effect::Record]
    }

    /// The scenario of the text, with the input where it is held.
    pub(super) fn with_held(&self, mut scenario: Scenario) -> Scenario {
        if let Some(held) = self.held() {
            let moved = |(number, input): (usize, &Input)| match number == held.input {
                true => Input { at: held.at, ..input.clone() },
                false => input.clone(),
            };
            scenario.inputs = scenario.inputs.iter().enumerate().map(moved).collect();
        }
        scenario
    }

    /// Whether a run shows that the input has to be moved to be possible: then that run is not to be shown.
    pub(super) fn corrects(&mut self, recording: &Recording, timeline: &Timeline) -> bool {
        let Some(drag) = self.drag.as_mut().filter(|drag| drag.possible.is_none()) else { return false };
        let fault = timeline.faults.iter().find(|fault| fault.input == drag.held.input);
        let Some(fault) = fault.filter(|fault| fault.no_effect.is_some()) else { return false };
        drag.possible = Possible::of_input(recording, &fault.action);
        drag.settle();
        drag.held.at != fault.at
    }

    /// A run with the input where it was held is shown: time goes there.
    pub(super) fn follow_held(&mut self) -> Vec<Effect> {
        let Some(drag) = &self.drag else { return Vec::new() };
        let (at, is_over) = (drag.held.at, drag.let_go && drag.is_in(&self.run.scenario));
        self.seek(at);
        self.follow();
        if is_over { self.write_dragged() } else { Vec::new() }
    }

    fn write_dragged(&mut self) -> Vec<Effect> {
        let Some(Drag { held, before, .. }) = self.drag.take() else { return Vec::new() };
        // Undo leads back to where time was before.
        let now = (self.playhead, self.selection);
        (self.playhead, self.selection) = before;
        let mut effects = self.edit(|edits, reading| (edits.move_input)(reading, held.input, held.at));
        (self.playhead, self.selection) = now;
        if let Some(why) = held.refusal.filter(|_| self.toast.is_none()) {
            effects.extend(self.notify(Toast::Nearest(held.at, why)));
        }
        // The run is the text's already, unless the text cannot be changed.
        effects.extend([Effect::Record, Effect::TimeGhost]);
        effects
    }
}
