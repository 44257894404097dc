//! A change of the text that could as well be made in mid-run: `kubectl apply` at the playhead instead of another start.

use super::State;
use super::effect::Effect;
use super::shared::Shared;
use crate::cluster::input::{Input, InputAction, ObjectSelector};
use crate::manifest::Reading;
use crate::manifest::edit;
use crate::scenario::Manifest;
use crate::time::Time;
use serde_json::{Map, Value, json};
use std::ops::Range;
use std::rc::Rc;

/// What can be applied instead.
#[derive(Clone, PartialEq)]
pub(crate) struct Applicable {
    /// The text before it was changed.
    before: Shared<Reading>,
    /// Where the playhead is.
    pub(crate) at: Time,
    /// The bytes that were changed last.
    pub(crate) changed: Range<usize>,
}

impl State {
    /// A field was changed by hand: offers to apply it, if the run has begun and has not ended.
    pub(super) fn change_field(&mut self, change: impl FnOnce(&mut State) -> Vec<Effect>) -> Vec<Effect> {
        let goes_on = self.applicable().cloned();
        let before = goes_on.map_or_else(|| self.draft.text.reading().clone(), |offer| offer.before);
        let old = Rc::clone(self.draft.text.rc());
        // A text that is reported once more changes nothing, and the offer stays.
        let effects = change(self);
        let is_inside = Time::ZERO < self.playhead && self.playhead < self.end() && self.opening.is_none();
        if let Some(edit) = edit::difference(&old, self.draft.text.as_str()).filter(|_| is_inside) {
            let changed = edit.range.start..edit.range.start + edit.replacement.len();
            if patch(&before, self.draft.text.reading()).is_some() {
                self.applicable = Some(Applicable { before, at: self.playhead, changed });
            }
        }
        effects
    }

    /// What is offered, as long as the playhead stays and there is something to apply.
    pub(crate) fn applicable(&self) -> Option<&Applicable> {
        self.applicable.as_ref().filter(|offer| offer.at == self.playhead)
    }

    /// Takes the change back and applies it at the playhead; what the server says to it is explained.
    pub(super) fn apply_in_run(&mut self) -> Vec<Effect> {
        let Some(offer) = self.applicable.take() else { return Vec::new() };
        let Some(patch) = patch(&offer.before, self.draft.text.reading()) else { return Vec::new() };
        let input = Input { at: offer.at, action: patch, note: Some("kubectl apply".into()), disabled: false };
        let effects = self.edit_of(&offer.before.clone(), |edits, reading| (edits.add_input)(reading, &input));
        self.answers = Some(offer.at);
        effects
    }
}

/// What `kubectl apply` sends where one object was changed; `None` if none was, or more than one, or what cannot be
/// applied.
fn patch(before: &Reading, after: &Reading) -> Option<InputAction> {
    let (old, new) = (&before.scenario.manifests, &after.scenario.manifests);
    if before.has_errors() || old.len() != new.len() {
        return None;
    }
    let mut changed = old.iter().zip(new.iter()).enumerate().filter(|(_, (old, new))| old != new);
    let (number, (old, new)) = changed.next()?;
    let name = |manifest: &Manifest| manifest.value["metadata"]["name"].as_str().map(str::to_owned);
    let namespace = |manifest: &Manifest| manifest.value["metadata"]["namespace"].as_str().map(str::to_owned);
    if changed.next().is_some() || old.kind != new.kind || name(old) != name(new) || namespace(old) != namespace(new) {
        return None;
    }
    let mut patch = Map::new();
    for part in ["metadata", "spec"] {
        patch.extend(difference(&old.value[part], &new.value[part]).map(|changed| (part.to_owned(), changed)));
    }
    if patch.is_empty() {
        return None;
    }
    let name = if number == 0 { None } else { name(old).map(|name| name.as_str().into()) };
    let namespace = name.as_ref().and_then(|_| namespace(old)).map(|namespace| namespace.as_str().into());
    let target = ObjectSelector { kind: old.kind, namespace, name };
    Some(InputAction::Patch { target, patch: Rc::new(Value::Object(patch)) })
}

/// The strategic merge patch from one value to another; `None` if they are equal.
fn difference(old: &Value, new: &Value) -> Option<Value> {
    if old == new {
        return None;
    }
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            let gone = before.keys().filter(|key| !after.contains_key(*key)).map(|key| (key.clone(), Value::Null));
            let changed = after.iter().filter_map(|(key, value)| {
                let old = before.get(key).unwrap_or(&Value::Null);
                Some((key.clone(), difference(old, value)?))
            });
            Some(Value::Object(gone.chain(changed).collect()))
        }
        (Value::Array(before), Value::Array(after)) => {
            // Lists with names are merged by them.
            let named = |list: &[Value]| -> Option<Vec<String>> {
                list.iter().map(|item| item["name"].as_str().map(str::to_owned)).collect()
            };
            match (named(before), named(after)) {
                (Some(names), Some(others)) if names == others => {
                    let changed = before.iter().zip(after).zip(names).filter_map(|((old, new), name)| {
                        let mut changed = difference(old, new)?;
                        changed["name"] = json!(name);
                        Some(changed)
                    });
                    Some(changed.collect())
                }
                _ => Some(new.clone()),
            }
        }
        (_, new) => Some(new.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_says_what_is_different() {
        let between = |old: Value, new: Value| difference(&old, &new);
        assert_eq!(between(json!({"a": 1}), json!({"a": 1})), None);
        assert_eq!(
            between(json!({"a": 1, "b": {"c": 2, "d": 3}}), json!({"b": {"c": 2, "d": 4}})),
            Some(json!({"a": null, "b": {"d": 4}}))
        );
        let list = |image: &str| json!({"containers": [{"name": "a", "image": image, "args": ["x"]}]});
        assert_eq!(between(list("b"), list("c")), Some(json!({"containers": [{"name": "a", "image": "c"}]})));
    }
}
