//! What stands beside the text in the editor, derived from the text and its run: remarks, dots, the glow of what the
//! selected step comes from, the spec in words. Kept, so that a moving playhead computes nothing anew.

pub(crate) mod findings;
pub(crate) mod remarks;

use crate::explain::{self, Selection};
use crate::manifest::Reading;
use crate::recording::Recording;
use crate::texts::Lang;
use crate::texts::sentence::Sentence;
use crate::web::assumed::{self, Assumed};
use crate::web::effects::{self, Decided, Dot, Implied};
use crate::web::spec::margin::remarks::Remark;
use crate::web::state::State;
use std::ops::Range;
use std::rc::Rc;

/// The margin.
#[derive(Default)]
pub(crate) struct Margin {
    pub(crate) remarks: Rc<[Remark]>,
    pub(crate) dots: Rc<[Dot]>,
    pub(crate) glow: Rc<[Range<usize>]>,
    pub(crate) in_words: Rc<[Sentence]>,
    pub(crate) implied: Rc<[Implied]>,
    pub(crate) assumed: Rc<[Assumed]>,
    decided: Decided,
    of: Option<Of>,
}

/// What the margin was derived from.
struct Of {
    reading: Rc<Reading>,
    recording: Rc<Recording>,
    lang: Lang,
    selection: Option<Selection>,
    own: bool,
    refused: bool,
}

impl Margin {
    /// Follows the state. `own`: the run is the text's own.
    pub(crate) fn annotate(&mut self, state: &State, own: bool) {
        let same_text = self.of.as_ref().is_some_and(|of| {
            Rc::ptr_eq(&of.reading, &state.reading)
                && Rc::ptr_eq(&of.recording, &state.run.recording)
                && of.lang == state.lang
                && of.own == own
                && of.refused == state.refused.is_some()
        });
        let same_selection = self.of.as_ref().is_some_and(|of| of.selection == state.selection);
        if !same_text {
            let run = state.refused.as_ref().or(own.then_some(&state.run));
            self.remarks = remarks::of(&state.reading, run, state.lang).into();
            self.dots = if own { effects::dots(&state.reading, &self.decided).into() } else { Rc::default() };
            if !state.is_fresh() {
                (self.implied, self.assumed, self.in_words) = (Rc::default(), Rc::default(), Rc::default());
            } else if own {
                self.implied = effects::implied(&state.reading, &state.run).into();
                self.assumed = assumed::of(&state.run).into();
                self.in_words = effects::in_words(&state.run, state.lang).into();
            }
        }
        if !same_text || !same_selection {
            self.glow = if own { glow(state).into() } else { Rc::default() };
        }
        self.of = Some(Of {
            reading: Rc::clone(&state.reading),
            recording: Rc::clone(&state.run.recording),
            lang: state.lang,
            selection: state.selection,
            own,
            refused: state.refused.is_some(),
        });
    }

    /// Looks through the run for what decided it.
    pub(crate) fn look(&mut self, state: &State) {
        self.decided = effects::decided(&state.run);
        self.of = None;
    }
}

/// Bytes that the selected step comes from.
fn glow(state: &State) -> Vec<Range<usize>> {
    let why = state.selection.and_then(|selection| {
        let selected = Selection { step: selection.step, object: selection.object };
        explain::why(&state.run.recording, &state.run.scenario, selected)
    });
    let places = why.map_or_else(Vec::new, |why| explain::origins(&why));
    places.iter().filter_map(|place| state.reading.nearest_span(&place.in_text())).collect()
}
