//! Words about kubectl commands that the simulated cluster does not know.

use super::{Lang, en, zh};

/// Words for refusals that are not kubectl's own.
pub struct KubectlWords {
    /// kubectl knows this word, the simulated cluster does not.
    pub not_modelled: fn(&str) -> String,
}

impl Lang {
    /// Words about kubectl commands.
    pub fn kubectl(self) -> &'static KubectlWords {
        match self {
            Lang::En => &en::kubectl::KUBECTL,
            Lang::Zh => &zh::kubectl::KUBECTL,
        }
    }
}
