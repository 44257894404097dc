//! What there are cells of, and how much of each is shown.

use crate::timeline::crowd::{CellState, Crowd};
use crate::timeline::many::Many;
use crate::timeline::{DetailLevel, Timeline};
use crate::web::state::run::Stage;

/// What the cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CrowdOf {
    /// The pods or indexes of the Job of the track with this position.
    Pods(usize),
    Many(Many),
}

/// The cells.
pub(super) fn crowd_of(timeline: &Timeline, of: CrowdOf) -> &Crowd {
    static NONE: Crowd = Crowd::EMPTY;
    match of {
        CrowdOf::Pods(track) => &timeline.jobs[track].crowd,
        CrowdOf::Many(many) => timeline.crowd(many).unwrap_or(&NONE),
    }
}

/// How much of each can be shown.
pub(super) fn detail(timeline: &Timeline, of: CrowdOf) -> DetailLevel {
    match of {
        CrowdOf::Pods(track) => timeline.jobs[track].detail(),
        CrowdOf::Many(_) => DetailLevel::of_rows(crowd_of(timeline, of).len()).max(DetailLevel::Cells),
    }
}

/// How many cells are in a state.
pub(super) fn in_state(stage: &Stage, of: CrowdOf, state: CellState, number: usize) -> String {
    let words = stage.lang.timeline();
    match of {
        CrowdOf::Pods(_) => (words.cells)(state, number),
        CrowdOf::Many(many) => words.many_in_state(many, state, number),
    }
}
