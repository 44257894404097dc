//! Words for what an editor says about a text: each finding and each fix.

use super::Lang;
use crate::advice::{About, FixAction, Mistake, Surprise, Unchecked, Warned};

/// Words for [`crate::advice`].
pub struct AdviceWords {
    /// What the API server refuses, in plain words.
    pub mistake: fn(&Mistake) -> String,
    /// What it warns of, in plain words.
    pub warned: fn(Warned) -> &'static str,
    /// What will surprise.
    pub surprise: fn(&Surprise) -> String,
    /// Fields that change nothing here, and what is not checked here; at least one of them.
    pub idle: fn(&[String], &[Unchecked]) -> String,
    /// Fields that a refused change was to change, and that stay as they were created.
    pub immutable: fn(&[&str]) -> String,
    /// What a fix does, as the label of a button.
    pub change: fn(&FixAction) -> String,
}

impl Lang {
    /// What there is to say, in plain words.
    pub fn finding(self, about: &About) -> String {
        let words = self.advice();
        match about {
            About::Reading(code) => self.diagnostic(code),
            About::Refused(mistake) => (words.mistake)(mistake),
            About::Warned(warned) => (words.warned)(*warned).to_owned(),
            About::Surprise(surprise) => (words.surprise)(surprise),
            About::Idle { fields, unchecked } => (words.idle)(fields, unchecked),
        }
    }

    /// What a fix does, as the label of a button.
    pub fn fix(self, change: &FixAction) -> String {
        (self.advice().change)(change)
    }
}
