//! What may stand at a place: Kubernetes's types and the Scenario's, behind one face. Knows no text.

use crate::api::defaulting;
use crate::api::schema::{Struct, StructId, Type};
use crate::api::words;
use crate::manifest::schema::lesson::{CHECKS, MOMENTS};
use crate::manifest::schema::{self, FieldType, ObjectSchema};
use crate::order;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

/// A field of a type, wherever it is used: `JobSpec.backoffLimit`, `cluster.podQuota`. Kubernetes's types begin with a
/// capital, the Scenario's do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldId {
    /// The Go struct, or the definition in the JSON Schema of the Scenario.
    pub owner: &'static str,
    /// The field's name.
    pub name: &'static str,
}

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.owner, self.name)
    }
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

/// What a value may be; more than one alternative where the text itself decides (a patch of a Job or of a CronJob).
#[derive(Clone, Debug)]
pub(super) struct SchemaType(Vec<Alternative>);

#[derive(Clone, Debug)]
enum Alternative {
    Go(Type),
    Own(FieldType),
}

/// A field that a kind has.
#[derive(Clone, Debug)]
pub(super) struct SchemaField {
    /// Which one.
    pub(super) id: FieldId,
    /// The Go struct in which it was found, whose defaults it has; `None` in a Scenario.
    of: Option<&'static Struct>,
    /// What its value may be.
    pub(super) kind: SchemaType,
    /// Whether Go always writes it.
    is_marked: bool,
}

/// Fields that Go would leave out when empty, and validation refuses to do without.
const REQUIRED: [(&str, &str); 34] = [
    ("TypeMeta", "apiVersion"),
    ("TypeMeta", "kind"),
    ("Job", "metadata"),
    ("Job", "spec"),
    ("CronJob", "metadata"),
    ("CronJob", "spec"),
    ("JobSpec", "template"),
    ("JobTemplateSpec", "spec"),
    ("CronJobSpec", "jobTemplate"),
    ("PodTemplateSpec", "spec"),
    ("PodSpec", "restartPolicy"),
    ("Container", "image"),
    ("document", "apiVersion"),
    ("document", "kind"),
    ("lesson", "apiVersion"),
    ("lesson", "kind"),
    ("lesson", "metadata"),
    ("lesson", "spec"),
    ("course", "apiVersion"),
    ("course", "kind"),
    ("course", "metadata"),
    ("course", "spec"),
    ("view", "apiVersion"),
    ("view", "kind"),
    ("view", "spec"),
    ("viewSpec", "lesson"),
    ("ask", "at"),
    ("ask", "options"),
    ("field", "path"),
    ("input", "at"),
    ("node", "name"),
    ("image", "match"),
    ("nodeTarget", "node"),
    ("taint", "node"),
];

impl SchemaField {
    /// Whether the text is refused without it.
    pub(super) fn is_required(&self) -> bool {
        let has_default = || self.default(&Map::new()).is_some();
        REQUIRED.contains(&(self.id.owner, self.id.name)) || self.is_marked && !has_default()
    }

    /// What it is where it is not written, next to fields that are.
    pub(super) fn default(&self, beside: &Map<String, Value>) -> Option<Value> {
        match self.of {
            Some(of) => defaulting::default_of(of, self.id.name, beside),
            None => schema::default_of(self.id.owner, self.id.name),
        }
    }
}

impl SchemaType {
    /// A Go struct.
    pub(super) fn go(name: &str) -> SchemaType {
        SchemaType(vec![Alternative::Go(Type::Struct(StructId::named(name)))])
    }

    /// A map of the Scenario.
    pub(super) fn own(shape: &'static ObjectSchema) -> SchemaType {
        SchemaType(vec![Alternative::Own(FieldType::Map(shape))])
    }

    /// The field of that name; `patched` are the Go structs that a patch may be of.
    pub(super) fn member(&self, name: &str, patched: &[&str]) -> Option<SchemaField> {
        let mut members = self.0.iter().filter_map(|alternative| alternative.member(name, patched));
        let mut first = members.next()?;
        members.for_each(|other| first.kind.0.extend(other.kind.0));
        Some(first)
    }

    /// Every field, each once, in the order of their names.
    pub(super) fn members(&self, patched: &[&str]) -> Vec<SchemaField> {
        let names = order::set(self.0.iter().flat_map(Alternative::names));
        names.into_items().filter_map(|name| self.member(name, patched)).collect()
    }

    /// What the items of a list are.
    pub(super) fn item(&self) -> Option<SchemaType> {
        let items: Vec<Alternative> = self.0.iter().filter_map(Alternative::item).collect();
        (!items.is_empty()).then_some(SchemaType(items))
    }

    /// What stands behind names of the user's own, in a Lesson or a Course.
    pub(super) fn named(&self) -> Option<SchemaType> {
        let Some(Alternative::Own(holds)) = self.0.first() else { return None };
        Some(SchemaType(vec![Alternative::Own(match holds {
            FieldType::MapsByName(shape) => FieldType::Map(shape),
            FieldType::ChecksByName => FieldType::Check,
            FieldType::MomentsByName => FieldType::Moment,
            FieldType::TextsByName => FieldType::Text,
            _ => return None,
        })]))
    }

    /// What it may be where it is one of several: a check, or a moment.
    pub(super) fn kinds(&self) -> &'static [(&'static str, &'static ObjectSchema)] {
        match self.0.first() {
            Some(Alternative::Own(FieldType::Check)) => &CHECKS,
            Some(Alternative::Own(FieldType::Moment | FieldType::StartOrMoment)) => &MOMENTS,
            _ => &[],
        }
    }

    /// The same, where the keys that it has tell which of several it is.
    pub(super) fn with_keys(self, has: impl Fn(&str) -> bool) -> SchemaType {
        match self.kinds().iter().find(|(key, _)| has(key)) {
            Some((_, shape)) => SchemaType::own(shape),
            None => self,
        }
    }

    /// Whether it is a map: with fields, or with names of the user's own.
    pub(super) fn is_map(&self) -> bool {
        matches!(self.type_name(), TypeName::Object | TypeName::Map(_))
    }

    /// The few words that it may be; none if that is not so.
    pub(super) fn words(&self) -> &'static [&'static str] {
        match self.0.first() {
            Some(Alternative::Go(Type::Text(name))) => words::of(name),
            Some(Alternative::Own(FieldType::Word(words))) => words,
            _ => &[],
        }
    }

    /// Its name.
    pub(super) fn type_name(&self) -> TypeName {
        match self.0.first() {
            Some(Alternative::Go(kind)) => go_type_name(kind),
            Some(Alternative::Own(holds)) => own_type_name(*holds),
            None => TypeName::Anything,
        }
    }
}

impl Alternative {
    fn names(&self) -> Vec<&'static str> {
        let names = |shape: &'static ObjectSchema| shape.fields.iter().map(|(name, _)| *name);
        match self {
            Alternative::Go(Type::Struct(id)) => id.get().json_fields().map(|found| found.field.name).collect(),
            Alternative::Own(FieldType::Map(shape)) => names(shape).collect(),
            Alternative::Own(FieldType::Either(one, other)) => names(one).chain(names(other)).collect(),
            // Until it has the key that makes it one, only those are of use.
            Alternative::Own(FieldType::Check) => CHECKS.iter().map(|(key, _)| *key).collect(),
            Alternative::Own(FieldType::Moment | FieldType::StartOrMoment) => {
                MOMENTS.iter().map(|(key, _)| *key).collect()
            }
            Alternative::Go(_) | Alternative::Own(_) => Vec::new(),
        }
    }

    fn member(&self, name: &str, patched: &[&str]) -> Option<SchemaField> {
        match self {
            Alternative::Go(Type::Struct(id)) => go_member(id.get(), name),
            Alternative::Own(FieldType::Map(shape)) => own_member(shape, name, patched),
            Alternative::Own(FieldType::Either(one, other)) => {
                own_member(one, name, patched).or_else(|| own_member(other, name, patched))
            }
            Alternative::Own(FieldType::Check) => keyed_member(&CHECKS, name),
            Alternative::Own(FieldType::Moment | FieldType::StartOrMoment) => keyed_member(&MOMENTS, name),
            Alternative::Go(_) | Alternative::Own(_) => None,
        }
    }

    fn item(&self) -> Option<Alternative> {
        match self {
            Alternative::Go(Type::List(item)) => Some(Alternative::Go((**item).clone())),
            Alternative::Own(FieldType::List(shape)) => Some(Alternative::Own(FieldType::Map(shape))),
            Alternative::Own(FieldType::Texts) => Some(Alternative::Own(FieldType::Text)),
            Alternative::Own(FieldType::Checks) => Some(Alternative::Own(FieldType::Check)),
            Alternative::Go(_) | Alternative::Own(_) => None,
        }
    }
}

fn go_member(of: &'static Struct, name: &str) -> Option<SchemaField> {
    let found = of.json_field(name)?;
    let id = FieldId { owner: found.owner(of), name: found.field.name };
    let kind = SchemaType(vec![Alternative::Go(found.field.kind.clone())]);
    Some(SchemaField { id, of: Some(of), kind, is_marked: found.field.is_marked() })
}

fn own_member(shape: &'static ObjectSchema, name: &str, patched: &[&str]) -> Option<SchemaField> {
    let (name, holds) = shape.fields.iter().find(|(known, _)| *known == name)?;
    let kind = match (shape.name, *name) {
        ("input", "create") => SchemaType::go("Job"),
        ("input", "patch") => SchemaType(patched.iter().flat_map(|kind| SchemaType::go(kind).0).collect()),
        _ => SchemaType(vec![Alternative::Own(*holds)]),
    };
    Some(SchemaField { id: FieldId { owner: shape.name, name }, of: None, kind, is_marked: false })
}

/// The field of a check or a moment. A key that makes one is that, not the filter that it is in others.
fn keyed_member(kinds: &[(&str, &'static ObjectSchema)], name: &str) -> Option<SchemaField> {
    let own = kinds.iter().find(|(key, _)| *key == name);
    own.into_iter().chain(kinds).find_map(|(_, shape)| own_member(shape, name, &[]))
}

fn go_type_name(kind: &Type) -> TypeName {
    match kind {
        Type::Text(_) => TypeName::Text,
        Type::Bool => TypeName::Truth,
        Type::Int32 | Type::Int64 => TypeName::Integer,
        Type::Quantity => TypeName::Quantity,
        Type::IntOrString => TypeName::IntegerOrText,
        Type::Time => TypeName::Time,
        Type::Raw => TypeName::Anything,
        Type::Struct(_) => TypeName::Object,
        Type::List(item) => TypeName::List(Box::new(go_type_name(item))),
        Type::Map(item) => TypeName::Map(Box::new(go_type_name(item))),
        Type::ResourceList => TypeName::Map(Box::new(TypeName::Quantity)),
    }
}

fn own_type_name(holds: FieldType) -> TypeName {
    match holds {
        FieldType::Text | FieldType::Word(_) => TypeName::Text,
        FieldType::Texts => TypeName::List(Box::new(TypeName::Text)),
        FieldType::TextsByName => TypeName::Map(Box::new(TypeName::Text)),
        FieldType::Quantities => TypeName::Map(Box::new(TypeName::Quantity)),
        FieldType::Truth => TypeName::Truth,
        FieldType::Number => TypeName::Integer,
        FieldType::Duration => TypeName::Duration,
        FieldType::DurationOrForever => TypeName::DurationOrForever,
        FieldType::Chance => TypeName::Percent,
        FieldType::Time => TypeName::Time,
        FieldType::NumberOrName => TypeName::NumberOrName,
        FieldType::NumberOrSet => TypeName::NumberOrSet,
        FieldType::Map(_) | FieldType::Either(..) => TypeName::Object,
        FieldType::List(_) | FieldType::Checks => TypeName::List(Box::new(TypeName::Object)),
        FieldType::MapsByName(_) | FieldType::ChecksByName | FieldType::MomentsByName => {
            TypeName::Map(Box::new(TypeName::Object))
        }
        FieldType::Check | FieldType::Moment | FieldType::StartOrMoment => TypeName::Object,
        FieldType::Anything => TypeName::Anything,
    }
}

/// Every field that a text can have: of Job, CronJob, Scenario, Lesson, Course and View, with everything in them.
pub fn all_fields() -> BTreeSet<FieldId> {
    let mut found = BTreeSet::new();
    let own = [&schema::DOCUMENT, &schema::lesson::LESSON, &schema::lesson::COURSE, &schema::lesson::VIEW];
    let mut open = vec![SchemaType::go("Job"), SchemaType::go("CronJob")];
    open.extend(own.map(SchemaType::own));
    while let Some(kind) = open.pop() {
        open.extend(kind.item());
        open.extend(kind.named());
        open.extend(kind.kinds().iter().map(|(_, shape)| SchemaType::own(shape)));
        for member in kind.members(&["Job", "CronJob"]) {
            if found.insert(member.id) {
                open.push(member.kind);
            }
        }
    }
    found
}
