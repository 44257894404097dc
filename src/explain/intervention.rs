//! A change that a person could make to the text, applied to a scenario or to its text.

use super::origin::{ObjectSource, Origin, field_in_text};
use super::spec_field::SpecField;
use crate::cluster::input::InputAction;
use crate::manifest::{PathStep, Reading, edit};
use crate::scenario::{Manifest, Scenario};
use crate::time::Time;
use serde_json::{Value, json};
use std::rc::Rc;

/// A change that a person could make to the text.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub enum Intervention {
    /// Another value of a field, or none.
    Field {
        source: ObjectSource,
        field: SpecField,
        /// The new value; null takes the field out.
        value: Value,
    },
    /// A podFailurePolicy that ignores the failures in question.
    Ignore { source: ObjectSource, policy: Value },
    /// An input does not happen.
    WithoutInput {
        /// Its number, from 0.
        number: u32,
        /// Its key in the text: `evict`.
        keyword: &'static str,
        /// When it would happen.
        at: Time,
    },
    /// Another quota, or none.
    Quota(Option<u32>),
    /// Without `images` or `missing` of the cluster: every image can be pulled, every object exists.
    WithoutCluster(&'static str),
}

impl Intervention {
    /// The scenario with this change; `None` where it cannot be made.
    pub fn apply(&self, scenario: &Scenario) -> Option<Scenario> {
        let mut changed = scenario.clone();
        match self {
            Intervention::Field { source, field, value } => {
                set(&mut changed, *source, &field_path(*source, *field), value.clone())?;
            }
            Intervention::Ignore { source, policy } => {
                let path = field_path(*source, SpecField::PodFailurePolicy);
                set(&mut changed, *source, &path, policy.clone())?;
            }
            Intervention::WithoutInput { number, .. } => {
                let mut inputs = changed.inputs.to_vec();
                inputs.get_mut(*number as usize)?.disabled = true;
                changed.inputs = inputs.into();
            }
            Intervention::Quota(quota) => changed.cluster.pod_quota = *quota,
            Intervention::WithoutCluster("images") => changed.cluster.inventory.images = [].into(),
            Intervention::WithoutCluster(_) => changed.cluster.inventory.missing = [].into(),
        }
        Some(changed)
    }

    /// The text with this change; `None` where it cannot be written into it.
    pub fn text(&self, reading: &Reading) -> Option<String> {
        let edits = match self {
            Intervention::Field { source, field, value: Value::Null } => {
                edit::remove_field(reading, &field_in_text(*source, *field, None))
            }
            Intervention::Field { source, field, value } => {
                edit::set_field(reading, &field_in_text(*source, *field, None), value)
            }
            Intervention::Ignore { source, policy } => {
                edit::set_field(reading, &field_in_text(*source, SpecField::PodFailurePolicy, None), policy)
            }
            Intervention::WithoutInput { number, .. } => edit::disable_input(reading, *number as usize),
            Intervention::Quota(None) => edit::remove_field(reading, &Origin::ClusterSetting("podQuota").in_text()),
            Intervention::WithoutCluster(setting) => {
                edit::remove_field(reading, &Origin::ClusterSetting(setting).in_text())
            }
            Intervention::Quota(Some(quota)) => {
                edit::set_field(reading, &Origin::ClusterSetting("podQuota").in_text(), &json!(quota))
            }
        };
        Some(edit::apply(&reading.text, &edits.ok()?))
    }
}

fn field_path(source: ObjectSource, field: SpecField) -> Vec<PathStep> {
    let prefix: &[&str] = match source {
        ObjectSource::JobTemplate(_) => &["spec", "jobTemplate"],
        ObjectSource::Manifest(_) | ObjectSource::Input(_) => &[],
    };
    let prefix = prefix.iter().map(|key| PathStep::Key((*key).to_owned()));
    prefix.chain(field.path().0).collect()
}

fn set(scenario: &mut Scenario, source: ObjectSource, path: &[PathStep], value: Value) -> Option<()> {
    match source {
        ObjectSource::Manifest(number) | ObjectSource::JobTemplate(number) => {
            let mut manifests = scenario.manifests.to_vec();
            let manifest = manifests.get_mut(number as usize)?;
            let changed = with(&manifest.value, path, value)?;
            *manifest = Manifest { kind: manifest.kind, value: Rc::new(changed) };
            scenario.manifests = manifests.into();
        }
        ObjectSource::Input(number) => {
            let mut inputs = scenario.inputs.to_vec();
            let InputAction::Create(manifest) = &mut inputs.get_mut(number as usize)?.action else {
                return None;
            };
            *manifest = Rc::new(with(manifest, path, value)?);
            scenario.inputs = inputs.into();
        }
    }
    Some(())
}

/// A manifest with another value at a path; null takes it out.
fn with(source: &Value, path: &[PathStep], value: Value) -> Option<Value> {
    let mut changed = source.clone();
    let (last, parents) = path.split_last()?;
    let mut parent = &mut changed;
    for step in parents {
        parent = match step {
            PathStep::Key(key) => parent.as_object_mut()?.entry(key).or_insert_with(|| json!({})),
            PathStep::Index(place) => parent.get_mut(place)?,
        };
    }
    let (map, PathStep::Key(last)) = (parent.as_object_mut()?, last) else { return None };
    if value.is_null() {
        map.remove(last)?;
    } else {
        map.insert(last.clone(), value);
    }
    Some(changed)
}
