//! Label selectors.

use super::meta::{Labels, Name};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A label selector.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LabelSelector {
    /// Labels that must be there with these values.
    pub match_labels: BTreeMap<Name, Name>,
    /// Further requirements.
    pub match_expressions: Vec<SelectorRequirement>,
}

/// One entry of `matchExpressions`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SelectorRequirement {
    /// Label key.
    pub key: Name,
    /// How it must stand to the values.
    pub operator: SelectorOperator,
    /// The values.
    #[serde(default)]
    pub values: Vec<Name>,
}

/// `operator` of a selector requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum SelectorOperator {
    /// The label has one of the values.
    In,
    /// The label is absent or has none of the values.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is absent.
    DoesNotExist,
}

impl LabelSelector {
    /// Whether `labels` satisfy it. An empty selector matches everything.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.accepts(&|key| labels.get(key).map(|value| Cow::Borrowed(&**value)))
    }

    /// Whether an object satisfies it that has these labels.
    pub(super) fn accepts<'l>(&self, label: &dyn Fn(&str) -> Option<Cow<'l, str>>) -> bool {
        self.match_labels.iter().all(|(key, value)| label(key).is_some_and(|found| *found == **value))
            && self.match_expressions.iter().all(|requirement| {
                let value = label(&requirement.key);
                let listed = value.as_ref().is_some_and(|value| requirement.values.iter().any(|one| **one == **value));
                match requirement.operator {
                    SelectorOperator::In => listed,
                    SelectorOperator::NotIn => !listed,
                    SelectorOperator::Exists => value.is_some(),
                    SelectorOperator::DoesNotExist => value.is_none(),
                }
            })
    }
}
