//! Where something that decided is written: a field of a spec, an input, a behavior, a setting of the cluster. The page
//! finds their lines in the text and highlights them; this file knows nothing of spans.

use super::spec_field::SpecField;
use crate::manifest;

/// Where an object was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectSource {
    /// A manifest of the text, from 0.
    Manifest(u32),
    /// The jobTemplate of the CronJob that is this manifest, from 0.
    JobTemplate(u32),
    /// The `create` of an input, from 0.
    Input(u32),
}

/// A place in the text on which a decision rests.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Field {
        source: ObjectSource,
        field: SpecField,
        /// The rule of a policy, from 0.
        rule: Option<u32>,
        /// Whether the text has it; if not, its default decided.
        written: bool,
    },
    /// An input, from 0.
    Input(u32),
    /// A behavior, from 0.
    Behavior(u32),
    /// A setting of `cluster`.
    ClusterSetting(&'static str),
}

impl Origin {
    /// The same place in terms of the text, to look up its bytes.
    pub fn in_text(&self) -> manifest::Place {
        match *self {
            Origin::Field { source, field, rule, .. } => field_in_text(source, field, rule),
            Origin::Input(number) => manifest::Place::input(number as usize),
            Origin::Behavior(number) => manifest::Place::behavior(number as usize),
            Origin::ClusterSetting(name) => manifest::Place::scenario(&format!("spec.cluster.{name}")),
        }
    }
}

/// Where the text has a field, or one rule of it.
pub(super) fn field_in_text(source: ObjectSource, field: SpecField, rule: Option<u32>) -> manifest::Place {
    let rule = rule.map(|rule| format!(".rules[{rule}]")).unwrap_or_default();
    let path = format!("{}{rule}", field.path());
    match source {
        ObjectSource::Manifest(number) => manifest::Place::manifest(number as usize, &path),
        ObjectSource::JobTemplate(number) => {
            manifest::Place::manifest(number as usize, &format!("spec.jobTemplate.{path}"))
        }
        ObjectSource::Input(number) => {
            manifest::Place::Input { input: number as usize, path: manifest::Path::parse(&format!("create.{path}")) }
        }
    }
}

/// A field with the value that it had when it decided.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub field: SpecField,
    /// The rule of a policy, from 0.
    pub rule: Option<u32>,
    /// Its value as it is written, or the action of the rule; empty for a whole structure.
    pub value: String,
    /// The manifest, or the input that set it last; `None` if neither did.
    pub origin: Option<Origin>,
}

impl Setting {
    /// Its value, if that is a whole number.
    pub fn number(&self) -> Option<i64> {
        self.value.parse().ok()
    }

    /// As it is written: `backoffLimit: 3`, `podFailurePolicy.rules[0]: Ignore`, `successPolicy`.
    pub fn chip(&self) -> String {
        let rule = self.rule.map(|rule| format!(".rules[{rule}]")).unwrap_or_default();
        let value = if self.value.is_empty() { String::new() } else { format!(": {}", self.value) };
        format!("{}{rule}{value}", self.field.name())
    }

    /// Whether nobody wrote it.
    pub fn is_default(&self) -> bool {
        matches!(self.origin, Some(Origin::Field { written: false, .. }))
    }
}
