//! What a person prefers, whatever text is open.

use crate::texts::Lang;
use crate::timeline::sorted::RowOrder;

/// Kept from one visit to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Preferences {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) speed: Speed,
    /// In which order the rows of pods stand.
    pub(crate) order: RowOrder,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    Light,
    Dark,
}

/// How fast to play.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Speed {
    /// One event per beat, however far apart they are.
    #[default]
    Beat,
    /// That many seconds of the run in one second.
    Times(u16),
}

impl Speed {
    pub(crate) const ALL: [Speed; 4] = [Speed::Beat, Speed::Times(1), Speed::Times(10), Speed::Times(60)];
}
