//! Words for what an editor says about a text: each finding and each fix.

use super::Lang;
use super::sentence::say;
use crate::advice::{About, FixAction, Malformed, Surprise, Unchecked};
use crate::api::validation::{Cause, WarningCause};

/// Words for [`crate::advice`].
pub struct AdviceWords {
    /// What the API server cannot decode.
    pub malformed: fn(&Malformed) -> String,
    /// Why the API server refuses the field of this name.
    pub refused: fn(&Cause, &str) -> String,
    /// What it warns of.
    pub warned: fn(&WarningCause) -> &'static str,
    /// What will surprise.
    pub surprise: fn(&Surprise) -> String,
    /// Fields that change nothing here, and what is not checked here; at least one of them.
    pub idle: fn(&[String], &[Unchecked]) -> String,
    /// What a fix does, as the label of a button.
    pub action: fn(&FixAction) -> String,
}

impl Lang {
    /// What there is to say, in plain words.
    pub fn finding(self, about: &About) -> String {
        let words = self.advice();
        match about {
            About::Reading(code) => self.diagnostic(code),
            About::Malformed(malformed) => (words.malformed)(malformed),
            About::Refused { field, cause } => (words.refused)(cause, field),
            About::Warned(cause) => (words.warned)(cause).to_owned(),
            About::Surprise(surprise) => (words.surprise)(surprise),
            About::Idle { fields, unchecked } => (words.idle)(fields, unchecked),
            About::RefusedInRun { is_about_template: true } => say!(self.reason().template_refused).plain(),
            About::RefusedInRun { is_about_template: false } => self.page().refused.to_owned(),
            About::NoEffect(why) => self.no_effect(*why),
        }
    }

    /// What a fix does, as the label of a button.
    pub fn fix(self, action: &FixAction) -> String {
        (self.advice().action)(action)
    }
}
