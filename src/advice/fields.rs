//! The field at a byte of the text: its type, values and default, and when it may be changed.

use super::kind::{FieldId, Kind, Member};
use super::nearest;
use crate::api::validation::{Mutability, job_mutability};
use crate::cluster::input::ObjectKind;
use crate::manifest::{PathStep, Place, Reading, shape};
use serde_json::{Map, Value};
use std::ops::Range;

/// A field that is written in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key.
    pub span: Range<usize>,
    /// Its value; empty, right behind the colon, if nothing is written there.
    pub value_span: Range<usize>,
    /// Where it is; `None` in a document that cannot be read.
    pub place: Option<Place>,
    /// Which field of which type.
    pub id: FieldId,
    /// What its value has to be.
    pub type_name: TypeName,
    /// The words that it may be; none if it is not one of a few.
    pub values: &'static [&'static str],
    /// What it would be if it were not written, beside the fields that are.
    pub default: Option<Value>,
    /// When it may be changed; `None` for what is no part of an object of Kubernetes.
    pub mutability: Option<Mutability>,
    /// Whether it can change anything in a recording.
    pub modelled: bool,
    /// Whether the text would be refused without it.
    pub required: bool,
}

/// What a value has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// true or false.
    Truth,
    /// `500m`, `1Gi`.
    Quantity,
    /// A port's number or its name.
    IntegerOrText,
    /// RFC 3339.
    Time,
    /// Anything at all.
    Anything,
    /// Fields.
    Object,
    /// Names of the user's own, and for each such a value.
    Map(Box<TypeName>),
    /// A list of such values.
    List(Box<TypeName>),
    /// `1m30s`.
    Duration,
    /// `1m30s` or `forever`.
    DurationOrForever,
    /// `20%`.
    Percent,
    /// A number in creation order, or a name.
    NumberOrName,
    /// An index, or a set of indexes.
    NumberOrSet,
}

/// Types of Kubernetes that decide something in a recording, with all their fields.
const MODELLED_TYPES: [&str; 15] = [
    "Job",
    "CronJob",
    "TypeMeta",
    "JobSpec",
    "CronJobSpec",
    "JobTemplateSpec",
    "PodTemplateSpec",
    "PodFailurePolicy",
    "PodFailurePolicyRule",
    "PodFailurePolicyOnExitCodesRequirement",
    "PodFailurePolicyOnPodConditionsPattern",
    "SuccessPolicy",
    "SuccessPolicyRule",
    "LabelSelector",
    "LabelSelectorRequirement",
];

/// Single fields of types that are mostly carried along.
const MODELLED_FIELDS: [(&str, &str); 10] = [
    ("ObjectMeta", "name"),
    ("ObjectMeta", "generateName"),
    ("ObjectMeta", "namespace"),
    ("ObjectMeta", "labels"),
    ("PodSpec", "containers"),
    ("PodSpec", "restartPolicy"),
    ("PodSpec", "terminationGracePeriodSeconds"),
    ("Container", "name"),
    ("Container", "command"),
    ("Container", "args"),
];

/// The field at a byte of the text. In an item of a list, and in a map of the user's own names, that list or map.
/// Right behind a key or value counts as in it. Of a document that cannot be read, as far as its lines tell it.
pub fn field_at(reading: &Reading, offset: usize) -> Option<Field> {
    read_field_at(reading, offset).or_else(|| nearest::field_at(reading, offset))
}

fn read_field_at(reading: &Reading, offset: usize) -> Option<Field> {
    let is_space = |c: char| c.is_whitespace();
    let (before, behind) = reading.text.split_at_checked(offset)?;
    let is_behind = !before.is_empty() && !before.ends_with(is_space) && behind.chars().next().is_none_or(is_space);
    let mut place = reading.place_at(offset - usize::from(is_behind))?;
    let (root, path) = match &mut place {
        Place::Manifest { manifest, path } => {
            (Kind::go(struct_of(reading.scenario.manifests.get(*manifest)?.kind)), path)
        }
        Place::Scenario(path) => (Kind::own(&shape::DOCUMENT), path),
        Place::Input { path, .. } => (Kind::own(&shape::INPUT), path),
        Place::Behavior { path, .. } => (Kind::own(&shape::BEHAVIOR), path),
    };
    let (member, depth) = follow(root, &path.0, &patched(reading))?;
    path.0.truncate(depth);
    let spans = (reading.key_span(&place)?, reading.value_span(&place)?);
    let beside = beside(reading, &place);
    let mutability = mutability_at(reading, &place);
    Some(described(&member, spans, Some(place), mutability, &beside))
}

/// What there is to say of a field; `spans`: its key and its value.
pub(super) fn described(
    member: &Member,
    spans: (Range<usize>, Range<usize>),
    place: Option<Place>,
    mutability: Option<Mutability>,
    beside: &Map<String, Value>,
) -> Field {
    Field {
        span: spans.0,
        value_span: spans.1,
        place,
        id: member.id,
        type_name: member.kind.type_name(),
        values: member.kind.words(),
        default: member.default(beside),
        mutability,
        modelled: is_modelled(member.id),
        required: member.is_required(),
    }
}

/// The Go structs that a patch may be of: what the text has, the first first.
pub(super) fn patched(reading: &Reading) -> Vec<&'static str> {
    let mut found = Vec::new();
    for manifest in reading.scenario.manifests.iter() {
        let name = struct_of(manifest.kind);
        if !found.contains(&name) {
            found.push(name);
        }
    }
    if found.is_empty() { vec!["Job"] } else { found }
}

fn struct_of(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Job => "Job",
        ObjectKind::CronJob => "CronJob",
    }
}

/// The last step of a path that is a known field, and how many steps lead there. Nothing for unknown fields.
fn follow(root: Kind, path: &[PathStep], patched: &[&str]) -> Option<(Member, usize)> {
    let mut kind = root;
    let mut found = None;
    for (position, step) in path.iter().enumerate() {
        kind = match step {
            PathStep::Index(_) => match kind.item() {
                Some(item) => item,
                None => break,
            },
            PathStep::Key(_) if matches!(kind.type_name(), TypeName::Map(_) | TypeName::Anything) => break,
            PathStep::Key(name) => {
                let member = kind.member(name, patched)?;
                let kind = member.kind.clone();
                found = Some((member, position + 1));
                kind
            }
        };
    }
    found
}

/// The fields around a field of a manifest, itself included.
fn beside(reading: &Reading, place: &Place) -> Map<String, Value> {
    let Place::Manifest { manifest, path } = place else { return Map::new() };
    let Some((_, around)) = path.0.split_last() else { return Map::new() };
    let Some(manifest) = reading.scenario.manifests.get(*manifest) else { return Map::new() };
    let map = around.iter().try_fold(&*manifest.value, |value, step| match step {
        PathStep::Key(name) => value.get(name),
        PathStep::Index(index) => value.get(index),
    });
    map.and_then(Value::as_object).cloned().unwrap_or_default()
}

fn mutability_at(reading: &Reading, place: &Place) -> Option<Mutability> {
    let Place::Manifest { manifest, path } = place else { return None };
    let manifest = reading.scenario.manifests.get(*manifest)?;
    let names: Vec<&str> = path.0.iter().filter_map(name_of).collect();
    Some(mutability(manifest.kind, &names, manifest.value["spec"]["completionMode"] == "Indexed"))
}

/// When a field may be changed; `names` lead to it from the root, places in lists left out.
pub(super) fn mutability(kind: ObjectKind, names: &[&str], is_indexed: bool) -> Mutability {
    match (kind, names) {
        (ObjectKind::CronJob, ["spec", "jobTemplate", ..]) => Mutability::FutureJobs,
        (ObjectKind::CronJob, ["spec", ..]) => Mutability::Always,
        (_, names) => job_mutability(names, is_indexed),
    }
}

fn name_of(step: &PathStep) -> Option<&str> {
    match step {
        PathStep::Key(name) => Some(name),
        PathStep::Index(_) => None,
    }
}

/// Whether a field can change anything in a recording; all of a Scenario can.
pub(super) fn is_modelled(id: FieldId) -> bool {
    let is_of_modelled_type = MODELLED_TYPES.contains(&id.owner) && id.name != "status";
    id.owner.starts_with(char::is_lowercase) || is_of_modelled_type || MODELLED_FIELDS.contains(&(id.owner, id.name))
}
