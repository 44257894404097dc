//! What the API server accepts with a warning, and how warnings are collected (V11).

use super::at::At;
use crate::api::field_path::FieldPath;
use std::fmt;

/// Something that is accepted with a warning. Its text is the API server's, one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where it stands in the object; the root where the API server names no field.
    pub path: FieldPath,
    /// Which rule warns.
    pub cause: WarningCause,
    text: String,
}

/// Why there is a warning. A rule has a variant of its own where there is more to say of it than its text.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningCause {
    /// A name that is not a host name.
    HostName,
    /// An environment variable that is given twice.
    RepeatedVariable,
    /// A port of a container that is given twice: before, at this place.
    RepeatedPort { first: FieldPath },
    /// A grace period below zero, which counts as 1 second.
    NegativeGracePeriod,
    /// A field, label or annotation that is deprecated or does nothing.
    Deprecated,
    /// A field of a patch that does not exist, and is dropped.
    UnknownField,
    /// Any other rule.
    Other,
}

impl Warning {
    pub(in crate::api) fn new(path: FieldPath, cause: WarningCause, text: String) -> Warning {
        Warning { path, cause, text }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Pairs of ports or of files are warned of one by one, so a text can ask for millions. The API server itself stops
/// after 4,096 characters.
const MOST_WARNINGS: usize = 1_000;

/// Collects warnings.
#[derive(Default)]
pub(super) struct Warnings(Vec<Warning>);

impl Warnings {
    /// In the order in which they were found.
    pub(super) fn into_list(self) -> Vec<Warning> {
        self.0
    }

    /// Whether the limit is reached, from which on no more pairs are compared.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() > MOST_WARNINGS
    }

    pub(super) fn add(&mut self, at: &At<'_>, text: &str) {
        self.add_because(at, WarningCause::Other, text);
    }

    pub(super) fn add_because(&mut self, at: &At<'_>, cause: WarningCause, text: &str) {
        self.0.push(Warning::new(at.path(), cause, format!("{}: {text}", at.shown())));
    }

    /// A whole text that does not begin with the field it is about.
    pub(super) fn add_text(&mut self, at: &At<'_>, text: String) {
        self.0.push(Warning::new(at.path(), WarningCause::Other, text));
    }
}
