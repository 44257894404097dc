//! Events as the API server receives them from the event recorder.

use super::message::Message;
use super::meta::ObjectKey;
use crate::time::Time;

/// `Normal` or `Warning`.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventType {
    Normal,
    Warning,
}

impl EventType {
    /// As in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            EventType::Normal => "Normal",
            EventType::Warning => "Warning",
        }
    }
}

/// One write of an Event object: a new one, or the count of an old one raised (C16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which Event object: writes with the same number are one object counted up.
    pub series: u32,
    /// The object it is about.
    pub object: ObjectKey,
    /// Normal or Warning.
    pub event_type: EventType,
    /// The reason, one word.
    pub reason: &'static str,
    /// The message.
    pub message: Message,
    /// Whether it stands for several events ([`shown_message`]).
    pub combined: bool,
    /// How often it happened.
    pub count: u32,
    /// First time.
    pub first: Time,
    /// Last time.
    pub last: Time,
}

/// A message as an Event has it: one that stands for several similar events says so (C16).
pub fn shown_message(is_combined: bool, message: &str) -> String {
    format!("{}{message}", if is_combined { "(combined from similar events): " } else { "" })
}

impl Event {
    /// Who reported it.
    pub fn source(&self) -> &'static str {
        match self.object {
            ObjectKey::CronJob(_) => "cronjob-controller",
            ObjectKey::Job(_) | ObjectKey::Pod(_) | ObjectKey::Node(_) => "job-controller",
        }
    }
}
