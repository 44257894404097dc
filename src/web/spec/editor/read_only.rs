//! A text that cannot be changed: what the editor does not do with it. Reading, looking a field up and copying stay.

use super::EditorMessage;
use super::key_bindings::{self, KeyCommand};

impl EditorMessage {
    /// Whether it may change the text.
    pub(super) fn changes(&self) -> bool {
        match self {
            EditorMessage::Key(event) => !matches!(key_bindings::of(event), Some(KeyCommand::Card)),
            EditorMessage::Typed(_)
            | EditorMessage::History(_)
            | EditorMessage::PointerDown(_)
            | EditorMessage::Step(_)
            | EditorMessage::Chip(_)
            | EditorMessage::Suggest
            | EditorMessage::Take(_) => true,
            _ => false,
        }
    }
}
