//! English: what things are called inside a sentence.

use super::format::FORMAT;
use crate::api::{ContainerPlace, ContainerRole, ObjectKey, PodId};
use crate::explain::{Called, Names};
use crate::texts::format::{self, count};
use crate::texts::sentence::{Phrase, Sentence, say};
use crate::time::{Span, Time};

pub(super) fn span(length: Span) -> String {
    FORMAT.span(length)
}

pub(super) fn clock(at: Time) -> String {
    FORMAT.clock_exact(at)
}

/// `1 pod`, `3 pods`.
pub(super) fn many(number: u32, one: &str, more: &str) -> String {
    format!("{}{}{}", count(number), format::NO_BREAK, if number == 1 { one } else { more })
}

pub(super) fn pods(number: u32) -> String {
    many(number, "pod", "pods")
}

/// What an object is called inside a sentence.
pub(super) fn name(called: &Called) -> String {
    match called {
        Called::Pod { id, index: None } => format!("pod{}{}", format::NO_BREAK, id.0),
        Called::Pod { id, index: Some(index) } => format!("pod{}{} (index {index})", format::NO_BREAK, id.0),
        Called::Job { name: None, .. } => "the Job".to_owned(),
        Called::Job { name: Some(name), .. } => format!("Job {name}"),
        Called::Node { name } => node(name),
        Called::CronJob { name: None, .. } => "the CronJob".to_owned(),
        Called::CronJob { name: Some(name), .. } => format!("CronJob {name}"),
    }
}

/// A node, by its name: `node gpu-1`; most names say themselves that it is one.
pub(super) fn node(name: &str) -> String {
    if name.starts_with("node") { name.to_owned() } else { format!("node {name}") }
}

/// An object, by what it is called in a sentence about the subject of `names`.
pub(super) fn object(key: ObjectKey, names: Names<'_>) -> Phrase {
    Phrase::Object(name(&names.called(key)), key)
}

/// A pod, by what it is called in a sentence.
pub(super) fn pod(pod: PodId, names: Names<'_>) -> Phrase {
    object(ObjectKey::Pod(pod), names)
}

/// The subject, or a pronoun where the step has none.
pub(super) fn it(names: Names<'_>) -> Phrase {
    names.subject().map_or_else(|| Phrase::Text("it".to_owned()), |key| object(key, names))
}

/// A container of the subject, by name where there are several.
pub(super) fn container(place: ContainerPlace, names: Names<'_>) -> String {
    names.container(place).map_or_else(|| "the container".to_owned(), |(role, name)| with_role(role, name))
}

/// A container of a pod: `init container fetch of pod 1`; the pod alone where it is the only one.
pub(super) fn container_of(id: PodId, place: ContainerPlace, names: Names<'_>) -> Sentence {
    match names.container_of(id, place) {
        Some((role, name)) => say!("{} of {}", with_role(role, name), pod(id, names)),
        None => say!("{}", pod(id, names)),
    }
}

fn with_role(role: ContainerRole, name: &str) -> String {
    match role {
        ContainerRole::Init => format!("init container {name}"),
        ContainerRole::Sidecar => format!("sidecar {name}"),
        ContainerRole::Regular => format!("container {name}"),
    }
}
