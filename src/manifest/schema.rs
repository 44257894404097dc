//! The schema of the format's own documents: which fields exist where, and of which type. A test compares it with the
//! published JSON Schema, so that reader and schema cannot differ.

pub mod lesson;

use crate::cluster::behavior::Program;
use crate::cluster::inventory::ImageRule;
use crate::manifest::documents::SCENARIO_VERSION;
use crate::scenario::{ClusterSettings, Scenario};
use crate::time::{self, Span};
use serde_json::Value;

/// The fields of one kind of object of the format.
#[derive(Clone, Copy, Debug)]
pub struct ObjectSchema {
    /// The name of its definition in the JSON Schema.
    pub name: &'static str,
    /// Fields that are read.
    pub fields: &'static [(&'static str, FieldType)],
    /// Fields that are reserved for later versions.
    pub reserved: &'static [&'static str],
    /// Whether other fields are allowed, too.
    pub is_open: bool,
}

impl ObjectSchema {
    const fn new(name: &'static str, fields: &'static [(&'static str, FieldType)]) -> ObjectSchema {
        ObjectSchema { name, fields, reserved: &[], is_open: false }
    }

    /// The type of a field; `None` if the field is not read.
    pub fn field_type(&self, field: &str) -> Option<FieldType> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, field_type)| *field_type)
    }

    /// Whether a field with the value null is read. A verb is; every other such field counts as absent.
    pub(super) fn keeps_null(&self, field: &str) -> bool {
        self.name == INPUT.name && VERBS.contains(&field)
    }
}

/// The type of a field.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum FieldType {
    Text,
    /// One of a few texts, the usual one first.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// Texts by name.
    TextsByName,
    /// Quantities by name: `{cpu: 4}`.
    Quantities,
    Truth,
    /// A whole number.
    Number,
    /// `10s`.
    Duration,
    /// `10s` or `forever`.
    DurationOrForever,
    /// `20%`.
    Chance,
    /// RFC 3339, in quotes.
    Time,
    /// A creation number, from 1, or a name.
    NumberOrName,
    /// An index or a set of indexes: `0-2,5`.
    NumberOrSet,
    Map(&'static ObjectSchema),
    /// One or the other object.
    Either(&'static ObjectSchema, &'static ObjectSchema),
    /// A list of objects.
    List(&'static ObjectSchema),
    /// Objects by names of the user's own.
    MapsByName(&'static ObjectSchema),
    /// Whatever a field of Kubernetes may be.
    Anything,
    /// One of [`lesson::CHECKS`].
    Check,
    /// A list of them.
    Checks,
    /// Checks by names of the user's own.
    ChecksByName,
    /// One of [`lesson::MOMENTS`].
    Moment,
    /// Moments by names of the user's own.
    MomentsByName,
    /// `start`, or a moment.
    StartOrMoment,
}

/// The versions of Kubernetes that a Scenario can name.
const KUBERNETES: &[&str] = &["1.36", "1.36.3"];

/// The default of a field, if it has one.
pub fn default_of(object: &str, field: &str) -> Option<Value> {
    let (cluster, program) = (ClusterSettings::default(), Program::default());
    Some(match (object, field) {
        ("spec", "kubernetes") => KUBERNETES[0].into(),
        ("spec", "seed") => 0.into(),
        ("spec", "startTime") => time::rfc3339(Scenario::DEFAULT_START_UNIX_SECONDS).into(),
        ("cluster", "scheduling") => cluster.scheduling.to_string().into(),
        ("cluster", "starting") => cluster.starting.to_string().into(),
        ("image", "pull") => ImageRule::DEFAULT_PULL.to_string().into(),
        ("input", "disabled") => false.into(),
        ("deleteObject", "cascade") => "background".into(),
        ("fail", "exitCode") => 1.into(),
        ("behavior", "run") => program.run.to_string().into(),
        ("behavior", "exitCode") => program.exit_code.into(),
        ("behavior", "ready") => Span::ZERO.to_string().into(),
        ("behavior", "hang") => Span::FOREVER.to_string().into(),
        ("onTerminate", "after") => program.terminate_after.to_string().into(),
        ("onTerminate", "exitCode") => program.terminate_exit_code.into(),
        _ => return None,
    })
}

/// The verbs of inputs.
pub const VERBS: &[&str] = &[
    "fail",
    "oomKill",
    "evict",
    "preempt",
    "nodePressureEvict",
    "delete",
    "create",
    "patch",
    "restartControllers",
    "cordon",
    "uncordon",
    "drain",
    "taint",
    "nodeLost",
    "nodeBack",
    "nodeAdd",
    "nodeDelete",
    "provide",
];

/// The document.
pub const DOCUMENT: ObjectSchema = ObjectSchema::new(
    "document",
    &[
        ("apiVersion", FieldType::Word(&[SCENARIO_VERSION])),
        ("kind", FieldType::Word(&["Scenario"])),
        ("metadata", FieldType::Map(&METADATA)),
        ("spec", FieldType::Map(&SPEC)),
    ],
);
/// `metadata`.
pub const METADATA: ObjectSchema = ObjectSchema::new("metadata", &[("name", FieldType::Text)]);
/// `spec`.
pub const SPEC: ObjectSchema = ObjectSchema {
    reserved: &["from"],
    ..ObjectSchema::new(
        "spec",
        &[
            ("kubernetes", FieldType::Word(KUBERNETES)),
            ("seed", FieldType::Number),
            ("startTime", FieldType::Time),
            ("cluster", FieldType::Map(&CLUSTER)),
            ("behaviors", FieldType::List(&BEHAVIOR)),
            ("inputs", FieldType::List(&INPUT)),
            ("until", FieldType::Duration),
        ],
    )
};
/// `spec.cluster`.
pub const CLUSTER: ObjectSchema = ObjectSchema {
    reserved: &["imagePull"],
    ..ObjectSchema::new(
        "cluster",
        &[
            ("scheduling", FieldType::Duration),
            ("starting", FieldType::Duration),
            ("podQuota", FieldType::Number),
            ("nodes", FieldType::List(&NODE)),
            ("images", FieldType::List(&IMAGE)),
            ("missing", FieldType::Texts),
        ],
    )
};
/// One line of `cluster.nodes`, and what is behind `nodeAdd`.
pub const NODE: ObjectSchema = ObjectSchema::new(
    "node",
    &[
        ("name", FieldType::Text),
        ("count", FieldType::Number),
        ("capacity", FieldType::Quantities),
        ("labels", FieldType::TextsByName),
        ("taints", FieldType::Texts),
    ],
);
/// One line of `cluster.images`.
pub const IMAGE: ObjectSchema = ObjectSchema::new(
    "image",
    &[
        ("match", FieldType::Text),
        ("pull", FieldType::DurationOrForever),
        ("error", FieldType::Text),
        ("until", FieldType::Duration),
    ],
);
/// One line of `behaviors`.
pub const BEHAVIOR: ObjectSchema = ObjectSchema::new(
    "behavior",
    &[
        ("match", FieldType::Map(&MATCH)),
        ("chance", FieldType::Chance),
        ("starting", FieldType::Duration),
        ("run", FieldType::DurationOrForever),
        ("exitCode", FieldType::Number),
        ("onTerminate", FieldType::Map(&ON_TERMINATE)),
        ("ready", FieldType::DurationOrForever),
        ("hang", FieldType::DurationOrForever),
        ("logs", FieldType::Text),
    ],
);
/// `match` of a behavior.
pub const MATCH: ObjectSchema =
    ObjectSchema::new("match", &[JOB, POD, INDEX, ATTEMPT, CONTAINER, ("restart", FieldType::Number), NODE_NAME]);
/// `onTerminate` of a behavior.
pub const ON_TERMINATE: ObjectSchema =
    ObjectSchema::new("onTerminate", &[("after", FieldType::DurationOrForever), ("exitCode", FieldType::Number)]);
/// One line of `inputs`.
pub const INPUT: ObjectSchema = ObjectSchema {
    reserved: &["when", "controllersDown", "setQuota"],
    ..ObjectSchema::new(
        "input",
        &[
            ("at", FieldType::Duration),
            ("note", FieldType::Text),
            ("disabled", FieldType::Truth),
            ("fail", FieldType::Map(&FAIL)),
            ("oomKill", FieldType::Map(&OOM_KILL)),
            ("evict", FieldType::Map(&TARGET)),
            ("preempt", FieldType::Map(&TARGET)),
            ("nodePressureEvict", FieldType::Map(&TARGET)),
            ("delete", FieldType::Either(&DELETE_POD, &DELETE_OBJECT)),
            ("create", FieldType::Map(&MANIFEST)),
            ("patch", FieldType::Map(&MANIFEST)),
            ("restartControllers", FieldType::Map(&NOTHING)),
            ("cordon", FieldType::Map(&NODE_TARGET)),
            ("uncordon", FieldType::Map(&NODE_TARGET)),
            ("drain", FieldType::Map(&NODE_TARGET)),
            ("taint", FieldType::Map(&TAINT)),
            ("nodeLost", FieldType::Map(&NODE_TARGET)),
            ("nodeBack", FieldType::Map(&NODE_TARGET)),
            ("nodeAdd", FieldType::Map(&NODE)),
            ("nodeDelete", FieldType::Map(&NODE_TARGET)),
            ("provide", FieldType::Text),
        ],
    )
};
const JOB: (&str, FieldType) = ("job", FieldType::NumberOrName);
const POD: (&str, FieldType) = ("pod", FieldType::NumberOrName);
const INDEX: (&str, FieldType) = ("index", FieldType::NumberOrSet);
const ATTEMPT: (&str, FieldType) = ("attempt", FieldType::Number);
const CONTAINER: (&str, FieldType) = ("container", FieldType::Text);
const NODE_NAME: (&str, FieldType) = ("node", FieldType::Text);
/// Behind `fail`.
pub const FAIL: ObjectSchema =
    ObjectSchema::new("fail", &[JOB, POD, INDEX, ATTEMPT, CONTAINER, ("exitCode", FieldType::Number), NODE_NAME]);
/// Behind `oomKill`.
pub const OOM_KILL: ObjectSchema = ObjectSchema::new("oomKill", &[JOB, POD, INDEX, ATTEMPT, CONTAINER, NODE_NAME]);
/// Behind the verbs that are about whole pods.
pub const TARGET: ObjectSchema = ObjectSchema::new("target", &[JOB, POD, INDEX, ATTEMPT, NODE_NAME]);
/// Behind `delete`, of a pod.
pub const DELETE_POD: ObjectSchema =
    ObjectSchema::new("deletePod", &[JOB, POD, INDEX, ATTEMPT, ("gracePeriodSeconds", FieldType::Number), NODE_NAME]);
/// Behind `delete`, of a Job or CronJob.
pub const DELETE_OBJECT: ObjectSchema = ObjectSchema::new(
    "deleteObject",
    &[
        ("kind", FieldType::Word(&["Job", "CronJob"])),
        ("namespace", FieldType::Text),
        ("name", FieldType::Text),
        ("cascade", FieldType::Word(&["background", "foreground", "orphan"])),
    ],
);
/// Behind the verbs that are about a node.
pub const NODE_TARGET: ObjectSchema = ObjectSchema::new("nodeTarget", &[NODE_NAME]);
/// Behind `taint`.
pub const TAINT: ObjectSchema =
    ObjectSchema::new("taint", &[NODE_NAME, ("add", FieldType::Text), ("remove", FieldType::Text)]);
/// A manifest or a part of one: its fields are Kubernetes's business.
pub const MANIFEST: ObjectSchema = ObjectSchema { is_open: true, ..ObjectSchema::new("manifest", &[]) };
/// Behind `restartControllers`.
pub const NOTHING: ObjectSchema = ObjectSchema::new("nothing", &[]);

/// Every kind of object of a Scenario.
pub(super) const ALL: [ObjectSchema; 19] = [
    DOCUMENT,
    METADATA,
    SPEC,
    CLUSTER,
    NODE,
    IMAGE,
    BEHAVIOR,
    MATCH,
    ON_TERMINATE,
    INPUT,
    FAIL,
    OOM_KILL,
    TARGET,
    DELETE_POD,
    DELETE_OBJECT,
    NODE_TARGET,
    TAINT,
    MANIFEST,
    NOTHING,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_has_the_fields_that_are_read() {
        let schema: Value = serde_json::from_str(include_str!("../../static/job-playground.v1.schema.json"))
            .expect("the schema is JSON");
        for object in ALL.into_iter().chain(lesson::ALL) {
            let definition = &schema["$defs"][object.name];
            assert!(definition.is_object(), "{} is not in the schema", object.name);
            let properties = definition["properties"].as_object().into_iter().flatten();
            let published: Vec<&str> = properties.map(|(name, _)| name.as_str()).collect();
            let mut read: Vec<&str> = object.fields.iter().map(|(name, _)| *name).collect();
            read.sort_unstable();
            assert_eq!(published, read, "{}", object.name);
            assert_eq!(definition["additionalProperties"] == Value::Bool(false), !object.is_open, "{}", object.name);
        }
        let verbs = schema["$defs"]["input"]["oneOf"].as_array().into_iter().flatten();
        let verbs: Vec<&str> = verbs.filter_map(|verb| verb["required"][0].as_str()).collect();
        assert_eq!(verbs, VERBS);
    }
}
