//! Chinese: what things are called inside a sentence.

use super::format::FORMAT;
use crate::api::{ContainerPlace, ContainerRole, ObjectKey, PodId};
use crate::explain::{Called, Names};
use crate::texts::format::NO_BREAK;
use crate::texts::sentence::{Phrase, Sentence, say};
use crate::time::{Span, Time};

pub(super) fn span(length: Span) -> String {
    FORMAT.span(length)
}

pub(super) fn clock(at: Time) -> String {
    FORMAT.clock_exact(at)
}

/// What an object is called inside a sentence.
pub(super) fn name(called: &Called) -> String {
    match called {
        Called::Pod { id, index: None } => format!("Pod{NO_BREAK}{}", id.0),
        Called::Pod { id, index: Some(index) } => format!("索引{NO_BREAK}{index} 的 Pod{NO_BREAK}{}", id.0),
        Called::Job { name: None, .. } => "该 Job".to_owned(),
        Called::Job { name: Some(name), .. } => format!("Job {name}"),
        Called::Node { name } => format!("节点 {name}"),
        Called::CronJob { name: None, .. } => "该 CronJob".to_owned(),
        Called::CronJob { name: Some(name), .. } => format!("CronJob {name}"),
    }
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
    names.subject().map_or_else(|| Phrase::Text("它".to_owned()), |key| object(key, names))
}

/// A container of the subject, by name where there are several.
pub(super) fn container(place: ContainerPlace, names: Names<'_>) -> String {
    names.container(place).map_or_else(|| "容器".to_owned(), |(role, name)| with_role(role, name))
}

/// A container of a pod: `Pod 1 的 Init 容器 fetch`; the pod alone where it is the only one.
pub(super) fn container_of(id: PodId, place: ContainerPlace, names: Names<'_>) -> Sentence {
    match names.container_of(id, place) {
        Some((role, name)) => say!("{} 的 {}", pod(id, names), with_role(role, name)),
        None => say!("{}", pod(id, names)),
    }
}

fn with_role(role: ContainerRole, name: &str) -> String {
    match role {
        ContainerRole::Init => format!("Init 容器 {name}"),
        ContainerRole::Sidecar => format!("边车容器 {name}"),
        ContainerRole::Regular => format!("容器 {name}"),
    }
}
