//! Which fields the format has, place by place. The published JSON Schema is held against these lists by a test, so
//! that reader and schema cannot drift apart.

/// The fields of one kind of map.
#[derive(Clone, Copy, Debug)]
pub(in crate::manifest) struct Shape {
    /// Name of its definition in the JSON Schema.
    pub(in crate::manifest) name: &'static str,
    /// Fields that are read.
    pub(in crate::manifest) fields: &'static [&'static str],
    /// Fields that are kept for later versions.
    pub(in crate::manifest) reserved: &'static [&'static str],
    /// Whether any other field belongs here too.
    pub(in crate::manifest) is_open: bool,
}

impl Shape {
    const fn new(name: &'static str, fields: &'static [&'static str]) -> Shape {
        Shape { name, fields, reserved: &[], is_open: false }
    }

    /// A verb stands there to be read even if nothing is behind it; every other null is an absent field.
    pub(super) fn keeps_null(&self, field: &str) -> bool {
        self.name == INPUT.name && VERBS.contains(&field)
    }
}

/// The verbs of inputs.
pub(in crate::manifest) const VERBS: &[&str] =
    &["fail", "oomKill", "evict", "preempt", "nodePressureEvict", "delete", "create", "patch", "restartControllers"];

pub(in crate::manifest) const DOCUMENT: Shape = Shape::new("document", &["apiVersion", "kind", "metadata", "spec"]);
pub(super) const METADATA: Shape = Shape::new("metadata", &["name"]);
pub(in crate::manifest) const SPEC: Shape = Shape {
    reserved: &["from"],
    ..Shape::new("spec", &["kubernetes", "seed", "startTime", "cluster", "behaviors", "inputs", "until"])
};
pub(super) const CLUSTER: Shape =
    Shape { reserved: &["nodes", "imagePull"], ..Shape::new("cluster", &["scheduling", "starting", "podQuota"]) };
pub(super) const BEHAVIOR: Shape =
    Shape::new("behavior", &["match", "chance", "starting", "run", "exitCode", "onTerminate"]);
pub(super) const MATCH: Shape =
    Shape { reserved: &["node"], ..Shape::new("match", &["job", "pod", "index", "attempt", "container", "restart"]) };
pub(super) const ON_TERMINATE: Shape = Shape::new("onTerminate", &["after", "exitCode"]);
pub(super) const INPUT: Shape = Shape {
    reserved: &["when", "drain", "nodeLost", "controllersDown", "setQuota"],
    ..Shape::new(
        "input",
        &[
            "at",
            "note",
            "disabled",
            "fail",
            "oomKill",
            "evict",
            "preempt",
            "nodePressureEvict",
            "delete",
            "create",
            "patch",
            "restartControllers",
        ],
    )
};
pub(super) const FAIL: Shape = Shape::new("fail", &["job", "pod", "index", "attempt", "container", "exitCode"]);
pub(super) const OOM_KILL: Shape = Shape::new("oomKill", &["job", "pod", "index", "attempt", "container"]);
pub(super) const TARGET: Shape = Shape::new("target", &["job", "pod", "index", "attempt"]);
pub(super) const DELETE_POD: Shape = Shape::new("deletePod", &["job", "pod", "index", "attempt", "gracePeriodSeconds"]);
pub(super) const DELETE_OBJECT: Shape = Shape::new("deleteObject", &["kind", "namespace", "name", "cascade"]);
/// A manifest or a part of one: its fields are Kubernetes's business.
pub(super) const MANIFEST: Shape = Shape { is_open: true, ..Shape::new("manifest", &[]) };
pub(super) const NOTHING: Shape = Shape::new("nothing", &[]);

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
    use serde_json::Value;

    #[test]
    fn the_published_schema_has_the_fields_that_are_read() {
        let schema: Value = serde_json::from_str(include_str!("../../../static/job-playground.v1.schema.json"))
            .expect("the schema is JSON");
        for shape in ALL {
            let definition = &schema["$defs"][shape.name];
            assert!(definition.is_object(), "{} is not in the schema", shape.name);
            let properties = definition["properties"].as_object().into_iter().flatten();
            let published: Vec<&str> = properties.map(|(name, _)| name.as_str()).collect();
            let mut read = shape.fields.to_vec();
            read.sort_unstable();
            assert_eq!(published, read, "{}", shape.name);
            assert_eq!(definition["additionalProperties"] == Value::Bool(false), !shape.is_open, "{}", shape.name);
        }
        let verbs = schema["$defs"]["input"]["oneOf"].as_array().into_iter().flatten();
        let verbs: Vec<&str> = verbs.filter_map(|verb| verb["required"][0].as_str()).collect();
        assert_eq!(verbs, VERBS);
    }
}
