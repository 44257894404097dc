//! Objects of Kubernetes, field by field: what their types say decides what may stay. Of a field that no type has, which is
//! refused, nothing stays but that there is one.

use super::command;
use super::kept;
use super::names::{Names, What, is_plain};
use crate::api::schema::{StructId, Type};
use crate::api::words::{self, POD_FIELDS};
use crate::api::{self, subscripted};
use crate::cluster::inventory::ReferencedKind;
use serde_json::{Map, Value};

/// What walks over objects.
pub(super) struct Objects<'n> {
    pub(super) names: &'n mut Names,
    /// So many indexes has the Job that is walked over; 0: it has none.
    pub(super) indexes: u32,
    /// And so many may it get.
    pub(super) most_indexes: u32,
}

/// Fields that are written by the server or mean nothing to it.
const LEFT_OUT: [(&str, &str); 5] = [
    ("Job", "status"),
    ("CronJob", "status"),
    ("ObjectMeta", "managedFields"),
    ("ObjectMeta", "selfLink"),
    ("ObjectMeta", "resourceVersion"),
];

impl Objects<'_> {
    /// A Job or a CronJob, or a patch of one.
    pub(super) fn object(&mut self, kind: &str, value: &Value) -> Value {
        self.value(("", ""), &Type::Struct(StructId::named(kind)), value)
    }

    /// An object that pods name.
    pub(super) fn referenced(&mut self, kind: ReferencedKind, value: &Value) -> Value {
        let mut redacted = Map::new();
        for (field, value) in value.as_object().into_iter().flatten() {
            let value = match (field.as_str(), kind) {
                ("apiVersion" | "kind", _) => value.clone(),
                ("metadata", _) => self.value(("", ""), &Type::Struct(StructId::named("ObjectMeta")), value),
                ("data" | "stringData" | "binaryData", _) => self.texts(value, What::Value),
                ("value" | "globalDefault" | "immutable", _) if is_plain(value) => value.clone(),
                ("preemptionPolicy", _) => self.value(("", ""), &Type::Text("PreemptionPolicy"), value),
                ("spec", ReferencedKind::PersistentVolumeClaim) => {
                    self.value(("", ""), &Type::Struct(StructId::named("PersistentVolumeClaimSpec")), value)
                }
                _ => continue,
            };
            redacted.insert(field.clone(), value);
        }
        Value::Object(redacted)
    }

    /// The value of a field of a struct.
    fn value(&mut self, field: (&'static str, &'static str), of: &Type, value: &Value) -> Value {
        match (of, value) {
            (_, Value::Null) => Value::Null,
            (Type::Struct(id), Value::Object(map)) => self.map(*id, map),
            (Type::List(_), Value::Array(_)) if field.1 == "command" || field.1 == "args" => {
                command::each(value, self.names)
            }
            (Type::List(item), Value::Array(items)) => items.iter().map(|one| self.value(field, item, one)).collect(),
            (Type::Map(item), Value::Object(_)) if matches!(**item, Type::Text(_)) => match field.1 {
                "labels" | "matchLabels" | "nodeSelector" => self.texts(value, What::Label),
                _ => self.texts(value, What::Value),
            },
            (Type::ResourceList, Value::Object(map)) => {
                let amounts = map.iter().map(|(name, amount)| {
                    (
                        self.resource(name),
                        if is_plain(amount) || amount.as_str().is_some_and(is_amount) {
                            amount.clone()
                        } else {
                            "?".into()
                        },
                    )
                });
                Value::Object(amounts.collect())
            }
            (Type::Text(of), Value::String(text)) => self.text(field, of, text).into(),
            (Type::Quantity, Value::String(text)) if is_amount(text) => value.clone(),
            (Type::IntOrString, Value::String(text)) if text.strip_suffix('%').is_some_and(is_amount) => value.clone(),
            (Type::IntOrString, Value::String(text)) => self.names.name(What::Name, text).into(),
            (Type::Time, Value::String(text)) if text.bytes().all(|byte| b"0123456789-:.TZ+".contains(&byte)) => {
                value.clone()
            }
            // Of another type than it has to be: it is refused as well.
            (_, Value::Array(_)) => Value::Array(Vec::new()),
            (_, Value::Object(_)) => Value::Object(Map::new()),
            (_, Value::String(_)) => "?".into(),
            _ => value.clone(),
        }
    }

    fn map(&mut self, id: StructId, map: &Map<String, Value>) -> Value {
        let of = id.get();
        if of.name == "JobSpec" {
            let is_indexed = map.get("completionMode").is_some_and(|mode| mode == "Indexed");
            let completions = map.get("completions").and_then(Value::as_u64).unwrap_or_default();
            self.indexes = if is_indexed { (completions as u32).max(self.most_indexes) } else { 0 };
        }
        let mut redacted = Map::new();
        let is_container = of.json_field("image").is_some() && of.json_field("args").is_some();
        for (key, value) in map {
            if is_container && matches!(key.as_str(), "command" | "args") {
                continue;
            }
            // `$setElementOrder/containers` of a patch is a list like `containers`.
            let (directive, name) = match key.rsplit_once('/') {
                Some((directive, name)) if directive.starts_with('$') => (Some(directive), name),
                _ => (None, key.as_str()),
            };
            if name == "$patch" || name == "$retainKeys" {
                redacted.insert(key.clone(), of_patch(id, value));
                continue;
            }
            if LEFT_OUT.contains(&(of.name, name)) {
                continue;
            }
            let Some(slot) = of.json_field(name) else {
                redacted.insert(self.names.name(What::Text, key), true.into());
                continue;
            };
            let owner = slot.owner(of);
            let value = match (directive, value) {
                (Some(_), Value::Array(items)) if items.iter().all(Value::is_string) => {
                    let names = items.iter().filter_map(Value::as_str);
                    names.map(|name| Value::from(self.names.name(What::Name, name))).collect()
                }
                _ => self.value((owner, slot.field.name), &slot.field.kind, value),
            };
            redacted.insert(key.clone(), value);
        }
        if is_container {
            command::redact(map, &mut redacted, self.indexes, self.names);
        }
        Value::Object(redacted)
    }

    /// Texts by name.
    fn texts(&mut self, value: &Value, what: What) -> Value {
        let Some(map) = value.as_object() else { return "?".into() };
        let texts = map.iter().map(|(key, value)| {
            let text = match value.as_str() {
                Some(text) if what == What::Label => self.names.name(what, text).into(),
                Some(text) => self.annotation(key, text).unwrap_or_else(|| self.names.text(what, text)).into(),
                None => self.value(("", ""), &Type::Text("string"), value),
            };
            (self.names.name(What::Label, key), text)
        });
        Value::Object(texts.collect())
    }

    /// The value of an annotation that means something to the API server.
    fn annotation(&mut self, key: &str, text: &str) -> Option<String> {
        match text.strip_prefix("localhost/") {
            _ if !kept::is_annotation_of_kubernetes(key) => None,
            Some(profile) => Some(format!("localhost/{}", self.names.path(profile))),
            None => kept::is_value_of_annotation(text).then(|| text.to_owned()),
        }
    }

    fn text(&mut self, (owner, field): (&'static str, &'static str), of: &str, text: &str) -> String {
        let names = &mut *self.names;
        if of != "string" && of != "types.UID" && of != "ResourceName" {
            let is_word = words::of(of).contains(&text);
            return if is_word { text.to_owned() } else { names.name(What::Name, text) };
        }
        match (owner, field) {
            _ if kept::is_plain_text((owner, field), text) => text.to_owned(),
            (_, "apiVersion") => {
                let parts: Vec<String> = text.split('/').map(|part| names.name(What::Name, part)).collect();
                parts.join("/")
            }
            ("ObjectFieldSelector", "fieldPath") => field_path(names, text),
            ("ResourceFieldSelector", "resource") => match text.split_once('.') {
                Some((list @ ("limits" | "requests"), resource)) => format!("{list}.{}", self.resource(resource)),
                _ => names.name(What::Name, text),
            },
            (_, "resourceName") => self.resource(text),
            (_, "image") | ("ImageVolumeSource", "reference") => names.image(text),
            (_, "value") if owner != "Toleration" => names.text(What::Value, text),
            ("HTTPHeader", "name") if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
                names.text(What::Value, text)
            }
            (_, "ip" | "hostIP" | "nameservers") => names.address(text),
            (_, "key" | "values" | "value" | "topologyKey" | "matchLabelKeys" | "mismatchLabelKeys") => {
                names.name(What::Label, text)
            }
            (
                _,
                "path"
                | "mountPath"
                | "subPath"
                | "subPathExpr"
                | "workingDir"
                | "devicePath"
                | "localhostProfile"
                | "terminationMessagePath",
            ) => names.path(text),
            (_, "message") => names.text(What::Text, text),
            _ => names.name(What::Name, text),
        }
    }

    /// The name of a resource.
    pub(super) fn resource(&mut self, text: &str) -> String {
        if text.strip_prefix("hugepages-").is_some_and(is_amount) {
            text.to_owned()
        } else {
            self.names.name(What::Label, text)
        }
    }
}

/// What a patch says to do with a map.
fn of_patch(id: StructId, value: &Value) -> Value {
    let fields = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    match value.as_str() {
        Some(word @ ("replace" | "merge" | "delete")) => word.into(),
        Some(_) => "?".into(),
        None => fields.filter(|field| id.get().json_field(field).is_some()).map(Value::from).collect(),
    }
}

/// `metadata.labels['app']`.
fn field_path(names: &mut Names, text: &str) -> String {
    match subscripted(text) {
        Some((map, key)) if POD_FIELDS.contains(&map) => format!("{map}['{}']", names.name(What::Label, key)),
        _ => names.name(What::Name, text),
    }
}

/// A number with a unit.
fn is_amount(text: &str) -> bool {
    api::is_amount(text.trim_start_matches('-'))
}
