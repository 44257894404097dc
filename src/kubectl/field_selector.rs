//! `--field-selector`: which fields the API server knows of each resource, and its words for the others (K10.6).

use super::resource::Resource;
use crate::api::quoted;
use serde_json::Value;

/// What follows `--field-selector`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FieldQuery {
    /// As it was given.
    pub(super) text: String,
    /// Fields with their values, and whether they are to be equal.
    terms: Vec<(String, bool, String)>,
}

impl FieldQuery {
    /// Reads a selector.
    ///
    /// # Errors
    /// The server's words for what is wrong with it. Upstream: apimachinery fields/selector.go.
    pub(super) fn parse(text: &str) -> Result<FieldQuery, String> {
        let mut terms = Vec::new();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let equal =
                part.find('=').ok_or_else(|| format!("invalid selector: '{text}'; can't understand '{part}'"))?;
            let (field, value) = (&part[..equal], &part[equal + 1..]);
            terms.push(match field.strip_suffix('!') {
                Some(field) => (field.to_owned(), false, value.to_owned()),
                None => (field.to_owned(), true, value.strip_prefix('=').unwrap_or(value).to_owned()),
            });
        }
        Ok(FieldQuery { text: text.to_owned(), terms })
    }

    /// The first field that the API server does not know of a resource, in its words.
    pub(super) fn unsupported(&self, resource: Resource) -> Option<String> {
        let unknown = |(field, ..): &&(String, bool, String)| !fields(resource).contains(&&**field);
        let (field, ..) = self.terms.iter().find(unknown)?;
        Some(match resource {
            Resource::Job => format!("field label {} not supported for Job", quoted(field)),
            Resource::CronJob => format!(
                "{} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
                quoted(field)
            ),
            Resource::Pod | Resource::Node | Resource::Event => format!("field label not supported: {field}"),
        })
    }

    /// Whether an object matches all of it.
    pub(super) fn matches(&self, resource: Resource, object: &Value) -> bool {
        self.terms.iter().all(|(field, is_equal, wanted)| (value_of(resource, field, object) == *wanted) == *is_equal)
    }
}

fn fields(resource: Resource) -> &'static [&'static str] {
    match resource {
        Resource::Job => &["metadata.name", "metadata.namespace", "status.successful"],
        Resource::CronJob => &["metadata.name", "metadata.namespace"],
        Resource::Node => &["metadata.name", "spec.unschedulable"],
        Resource::Pod => &[
            "metadata.name",
            "metadata.namespace",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "spec.hostNetwork",
            "status.phase",
            "status.podIP",
            "status.podIPs",
            "status.nominatedNodeName",
        ],
        Resource::Event => &[
            "metadata.name",
            "metadata.namespace",
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type",
        ],
    }
}

fn value_of(resource: Resource, field: &str, object: &Value) -> String {
    let path = match (resource, field) {
        (Resource::Job, "status.successful") => "status.succeeded",
        (Resource::Event, "source") => "source.component",
        (Resource::Pod, "status.podIPs") => "status.podIP",
        (_, field) => field,
    };
    let value = path.split('.').try_fold(object, |value, name| value.get(name));
    match (field, value) {
        (_, Some(Value::String(text))) => text.clone(),
        (_, Some(other)) => other.to_string(),
        ("status.successful", None) => "0".to_owned(),
        ("spec.unschedulable" | "spec.hostNetwork", None) => "false".to_owned(),
        ("source", None) => object["reportingComponent"].as_str().unwrap_or_default().to_owned(),
        (_, None) => String::new(),
    }
}
