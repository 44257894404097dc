//! Which fields the format has, place by place. The published JSON Schema is held against these lists by a test, so
//! that reader and schema cannot drift apart.

use crate::cluster::behavior::Program;
use crate::manifest::documents::SCENARIO_VERSION;
use crate::scenario::{ClusterSettings, Scenario};
use crate::time;
use serde_json::Value;

/// The fields of one kind of map.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Name of its definition in the JSON Schema.
    pub name: &'static str,
    /// Fields that are read.
    pub fields: &'static [(&'static str, Holds)],
    /// Fields that are kept for later versions.
    pub reserved: &'static [&'static str],
    /// Whether any other field belongs here too.
    pub is_open: bool,
}

impl Shape {
    const fn new(name: &'static str, fields: &'static [(&'static str, Holds)]) -> Shape {
        Shape { name, fields, reserved: &[], is_open: false }
    }

    /// What a field holds; `None` if it is not read.
    pub fn holds(&self, field: &str) -> Option<Holds> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, holds)| *holds)
    }

    /// A verb stands there to be read even if nothing is behind it; every other null is an absent field.
    pub(super) fn keeps_null(&self, field: &str) -> bool {
        self.name == INPUT.name && VERBS.contains(&field)
    }
}

/// What the value of a field is.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A text.
    Text,
    /// One of a few texts, the usual one first.
    Word(&'static [&'static str]),
    /// true or false.
    Truth,
    /// A whole number.
    Number,
    /// `10s`.
    Duration,
    /// `10s` or `forever`.
    DurationOrForever,
    /// `20%`.
    Chance,
    /// RFC 3339.
    Time,
    /// A number in creation order or a name.
    NumberOrName,
    /// An index or a set of indexes.
    NumberOrSet,
    /// Fields.
    Map(&'static Shape),
    /// The fields of the one or of the other.
    Either(&'static Shape, &'static Shape),
    /// A list of such maps.
    List(&'static Shape),
}

/// Whose rules there are.
const KUBERNETES: &[&str] = &["1.36", "1.36.3"];

/// What a field of the format is where it is not written, if it is something then.
pub fn default_of(shape: &str, field: &str) -> Option<Value> {
    let (cluster, program) = (ClusterSettings::default(), Program::default());
    Some(match (shape, field) {
        ("spec", "kubernetes") => KUBERNETES[0].into(),
        ("spec", "seed") => 0.into(),
        ("spec", "startTime") => time::rfc3339(Scenario::DEFAULT_START_UNIX_SECONDS).into(),
        ("cluster", "scheduling") => cluster.scheduling.to_string().into(),
        ("cluster", "starting") => cluster.starting.to_string().into(),
        ("input", "disabled") => false.into(),
        ("deleteObject", "cascade") => "background".into(),
        ("fail", "exitCode") => 1.into(),
        ("behavior", "run") => program.run.to_string().into(),
        ("behavior", "exitCode") => program.exit_code.into(),
        ("onTerminate", "after") => program.terminate_after.to_string().into(),
        ("onTerminate", "exitCode") => program.terminate_exit_code.into(),
        _ => return None,
    })
}

/// The verbs of inputs.
pub const VERBS: &[&str] =
    &["fail", "oomKill", "evict", "preempt", "nodePressureEvict", "delete", "create", "patch", "restartControllers"];

/// The document.
pub const DOCUMENT: Shape = Shape::new(
    "document",
    &[
        ("apiVersion", Holds::Word(&[SCENARIO_VERSION])),
        ("kind", Holds::Word(&["Scenario"])),
        ("metadata", Holds::Map(&METADATA)),
        ("spec", Holds::Map(&SPEC)),
    ],
);
/// `metadata`.
pub const METADATA: Shape = Shape::new("metadata", &[("name", Holds::Text)]);
/// `spec`.
pub const SPEC: Shape = Shape {
    reserved: &["from"],
    ..Shape::new(
        "spec",
        &[
            ("kubernetes", Holds::Word(KUBERNETES)),
            ("seed", Holds::Number),
            ("startTime", Holds::Time),
            ("cluster", Holds::Map(&CLUSTER)),
            ("behaviors", Holds::List(&BEHAVIOR)),
            ("inputs", Holds::List(&INPUT)),
            ("until", Holds::Duration),
        ],
    )
};
/// `spec.cluster`.
pub const CLUSTER: Shape = Shape {
    reserved: &["nodes", "imagePull"],
    ..Shape::new(
        "cluster",
        &[("scheduling", Holds::Duration), ("starting", Holds::Duration), ("podQuota", Holds::Number)],
    )
};
/// One line of `behaviors`.
pub const BEHAVIOR: Shape = Shape::new(
    "behavior",
    &[
        ("match", Holds::Map(&MATCH)),
        ("chance", Holds::Chance),
        ("starting", Holds::Duration),
        ("run", Holds::DurationOrForever),
        ("exitCode", Holds::Number),
        ("onTerminate", Holds::Map(&ON_TERMINATE)),
    ],
);
/// `match` of a behavior.
pub const MATCH: Shape = Shape {
    reserved: &["node"],
    ..Shape::new("match", &[JOB, POD, INDEX, ATTEMPT, ("container", Holds::Text), ("restart", Holds::Number)])
};
/// `onTerminate` of a behavior.
pub const ON_TERMINATE: Shape =
    Shape::new("onTerminate", &[("after", Holds::DurationOrForever), ("exitCode", Holds::Number)]);
/// One line of `inputs`.
pub const INPUT: Shape = Shape {
    reserved: &["when", "drain", "nodeLost", "controllersDown", "setQuota"],
    ..Shape::new(
        "input",
        &[
            ("at", Holds::Duration),
            ("note", Holds::Text),
            ("disabled", Holds::Truth),
            ("fail", Holds::Map(&FAIL)),
            ("oomKill", Holds::Map(&OOM_KILL)),
            ("evict", Holds::Map(&TARGET)),
            ("preempt", Holds::Map(&TARGET)),
            ("nodePressureEvict", Holds::Map(&TARGET)),
            ("delete", Holds::Either(&DELETE_POD, &DELETE_OBJECT)),
            ("create", Holds::Map(&MANIFEST)),
            ("patch", Holds::Map(&MANIFEST)),
            ("restartControllers", Holds::Map(&NOTHING)),
        ],
    )
};
const JOB: (&str, Holds) = ("job", Holds::NumberOrName);
const POD: (&str, Holds) = ("pod", Holds::NumberOrName);
const INDEX: (&str, Holds) = ("index", Holds::NumberOrSet);
const ATTEMPT: (&str, Holds) = ("attempt", Holds::Number);
/// Behind `fail`.
pub const FAIL: Shape =
    Shape::new("fail", &[JOB, POD, INDEX, ATTEMPT, ("container", Holds::Text), ("exitCode", Holds::Number)]);
/// Behind `oomKill`.
pub const OOM_KILL: Shape = Shape::new("oomKill", &[JOB, POD, INDEX, ATTEMPT, ("container", Holds::Text)]);
/// Behind the verbs that are about whole pods.
pub const TARGET: Shape = Shape::new("target", &[JOB, POD, INDEX, ATTEMPT]);
/// Behind `delete`, of a pod.
pub const DELETE_POD: Shape =
    Shape::new("deletePod", &[JOB, POD, INDEX, ATTEMPT, ("gracePeriodSeconds", Holds::Number)]);
/// Behind `delete`, of a Job or CronJob.
pub const DELETE_OBJECT: Shape = Shape::new(
    "deleteObject",
    &[
        ("kind", Holds::Word(&["Job", "CronJob"])),
        ("namespace", Holds::Text),
        ("name", Holds::Text),
        ("cascade", Holds::Word(&["background", "foreground", "orphan"])),
    ],
);
/// A manifest or a part of one: its fields are Kubernetes's business.
pub const MANIFEST: Shape = Shape { is_open: true, ..Shape::new("manifest", &[]) };
/// Behind `restartControllers`.
pub const NOTHING: Shape = Shape::new("nothing", &[]);

/// Every kind of map.
pub(in crate::manifest) const ALL: [Shape; 15] = [
    DOCUMENT,
    METADATA,
    SPEC,
    CLUSTER,
    BEHAVIOR,
    MATCH,
    ON_TERMINATE,
    INPUT,
    FAIL,
    OOM_KILL,
    TARGET,
    DELETE_POD,
    DELETE_OBJECT,
    MANIFEST,
    NOTHING,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_has_the_fields_that_are_read() {
        let schema: Value = serde_json::from_str(include_str!("../../../static/job-playground.v1.schema.json"))
            .expect("the schema is JSON");
        for shape in ALL {
            let definition = &schema["$defs"][shape.name];
            assert!(definition.is_object(), "{} is not in the schema", shape.name);
            let properties = definition["properties"].as_object().into_iter().flatten();
            let published: Vec<&str> = properties.map(|(name, _)| name.as_str()).collect();
            let mut read: Vec<&str> = shape.fields.iter().map(|(name, _)| *name).collect();
            read.sort_unstable();
            assert_eq!(published, read, "{}", shape.name);
            assert_eq!(definition["additionalProperties"] == Value::Bool(false), !shape.is_open, "{}", shape.name);
        }
        let verbs = schema["$defs"]["input"]["oneOf"].as_array().into_iter().flatten();
        let verbs: Vec<&str> = verbs.filter_map(|verb| verb["required"][0].as_str()).collect();
        assert_eq!(verbs, VERBS);
    }
}
