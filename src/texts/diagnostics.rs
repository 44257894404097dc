//! Words for what is wrong or surprising in a text, and for gestures and links that cannot be followed.

use super::Lang;
use crate::manifest::edit::EditError;
use crate::manifest::link::LinkError;
use crate::manifest::{Code, Tier};

/// Words for [`crate::manifest`].
pub struct DiagnosticWords {
    /// A diagnostic in plain words; kubectl's own are in [`Code::kubectl_words`].
    pub code: fn(&Code) -> String,
    /// The name of a tier.
    pub tier: fn(Tier) -> &'static str,
    /// Why a gesture cannot be written into the text.
    pub edit_error: fn(EditError) -> &'static str,
    /// Why a link does not open.
    pub link_error: fn(&LinkError) -> String,
    /// The rules of time zones are not to be had, and the text needs them.
    pub no_time_zones: &'static str,
}

impl Lang {
    /// A diagnostic in plain words.
    pub fn diagnostic(self, code: &Code) -> String {
        (self.diagnostics().code)(code)
    }
}
