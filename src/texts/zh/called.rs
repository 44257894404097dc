//! Chinese: what things are called inside a sentence.

use super::format::FORMAT;
use crate::api::{ContainerPlace, ObjectKey, PodId};
use crate::explain::{Called, Names};
use crate::texts::format::NO_BREAK;
use crate::texts::sentence::Phrase;
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
pub(super) fn container(number: ContainerPlace, names: Names<'_>) -> String {
    names.container(number).map_or_else(|| "容器".to_owned(), |name| format!("容器 {name} "))
}
