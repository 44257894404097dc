//! What a person prefers, whatever text is open.

use super::panes::Panes;
use crate::texts::Lang;
use crate::timeline::nodes::RowsBy;
use crate::timeline::sorted::RowOrder;

/// Kept from one visit to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Preferences {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) speed: Speed,
    pub(crate) panes: Panes,
    pub(crate) voice: Voice,
    /// In which order the rows of pods stand.
    pub(crate) order: RowOrder,
    /// Whether they stand by pod or by node.
    pub(crate) rows: RowsBy,
    /// Whether single keys act also where nothing has the focus that takes them.
    pub(crate) has_free_keys: bool,
}

impl Default for Preferences {
    fn default() -> Preferences {
        Preferences {
            lang: Lang::default(),
            theme: Theme::default(),
            speed: Speed::default(),
            panes: Panes::default(),
            voice: Voice::default(),
            order: RowOrder::default(),
            rows: RowsBy::default(),
            has_free_keys: true,
        }
    }
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

impl Theme {
    pub(crate) const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];
}

/// What a screen reader is told after a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Voice {
    /// When it is, which step, and what happened.
    #[default]
    Full,
    /// When it is, and which step.
    Brief,
    Silent,
}

impl Voice {
    pub(crate) const ALL: [Voice; 3] = [Voice::Full, Voice::Brief, Voice::Silent];

    /// What stands for it where it is kept.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Voice::Full => "full",
            Voice::Brief => "brief",
            Voice::Silent => "silent",
        }
    }
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
