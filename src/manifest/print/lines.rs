//! Ordered maps, lists and scalars as lines of YAML: a flow map if it fits on the line, else a block.

use crate::manifest::yaml::Scalar;
use serde_json::Value;
use std::fmt::Write;

/// A value to be printed; scalars are printed already, quoted if they must be.
pub(in crate::manifest) enum Piece {
    Scalar(String),
    List(Vec<Piece>),
    Map(Vec<(String, Piece)>),
}

impl Piece {
    /// A value that never needs quotes.
    pub(in crate::manifest) fn plain(value: impl ToString) -> Piece {
        Piece::Scalar(value.to_string())
    }

    /// A text, quoted if it must be.
    pub(in crate::manifest) fn text(text: &str) -> Piece {
        Piece::Scalar(scalar(text))
    }

    /// A text in quotes.
    pub(in crate::manifest) fn quoted(text: &str) -> Piece {
        Piece::Scalar(quoted(text))
    }

    pub(in crate::manifest) fn map<const N: usize>(fields: [(&str, Piece); N]) -> Piece {
        Piece::Map(fields.into_iter().map(|(name, piece)| (name.to_owned(), piece)).collect())
    }

    /// A JSON value; apiVersion, kind and metadata come first in alphabetical order anyway.
    pub(in crate::manifest) fn of(value: &Value) -> Piece {
        match value {
            Value::String(text) => Piece::text(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => Piece::plain(value),
            Value::Array(items) => Piece::List(items.iter().map(Piece::of).collect()),
            Value::Object(map) => {
                Piece::Map(map.iter().map(|(name, value)| (name.clone(), Piece::of(value))).collect())
            }
        }
    }

    /// On one line.
    pub(in crate::manifest) fn flow(&self) -> String {
        let mut text = String::new();
        self.write_flow(&mut text);
        text
    }

    fn write_flow(&self, text: &mut String) {
        match self {
            Piece::Scalar(scalar) => text.push_str(scalar),
            Piece::List(items) => {
                text.push('[');
                for (position, item) in items.iter().enumerate() {
                    text.push_str(if position > 0 { ", " } else { "" });
                    item.write_flow(text);
                }
                text.push(']');
            }
            Piece::Map(fields) => {
                text.push('{');
                for (position, (name, piece)) in fields.iter().enumerate() {
                    text.push_str(if position > 0 { ", " } else { "" });
                    // Writing to a String cannot fail.
                    let key = scalar(name);
                    let _ = write!(text, "{}{key}: ", if is_long(&key) { "? " } else { "" });
                    piece.write_flow(text);
                }
                text.push('}');
            }
        }
    }

    /// On several lines: the outermost level is a block; deeper values that fit into `width` characters are flow.
    pub(in crate::manifest) fn block(&self, width: usize) -> Vec<String> {
        match self {
            Piece::Map(fields) if !fields.is_empty() => {
                fields.iter().flat_map(|(name, piece)| field_lines(name, piece, width)).collect()
            }
            Piece::List(items) if !items.is_empty() => {
                items.iter().flat_map(|item| item_lines(item, width.saturating_sub(2))).collect()
            }
            _ => vec![self.flow()],
        }
    }

    /// On one line if that is short enough, else as a block.
    pub(in crate::manifest) fn compact(&self, width: usize) -> Vec<String> {
        let flow = self.flow();
        if flow.chars().count() <= width { vec![flow] } else { self.block(width) }
    }

    fn is_list_of_maps(&self) -> bool {
        matches!(self, Piece::List(items) if items.iter().any(|item| matches!(item, Piece::Map(_))))
    }

    fn is_block(&self) -> bool {
        match self {
            Piece::Scalar(_) => false,
            Piece::List(items) => !items.is_empty(),
            Piece::Map(fields) => !fields.is_empty(),
        }
    }
}

/// `name: value`. A list of maps always has a line for each item, and the spec, and a map with such a list, one for each
/// field.
fn field_lines(name: &str, piece: &Piece, width: usize) -> Vec<String> {
    let flow = piece.flow();
    let holds_lines = match piece {
        Piece::Map(fields) => fields.iter().any(|(_, piece)| piece.is_list_of_maps()),
        _ => piece.is_list_of_maps(),
    };
    let key = scalar(name);
    if is_long(&key) {
        return vec![format!("? {key}"), format!(": {flow}")];
    }
    if !piece.is_block() || (name != "spec" && !holds_lines && key.len() + 2 + flow.chars().count() <= width) {
        return vec![format!("{key}: {flow}")];
    }
    // Lists stand at their key's column, as everybody writes them.
    let indent = if matches!(piece, Piece::List(_)) { "" } else { "  " };
    let below = piece.block(width.saturating_sub(indent.len()));
    std::iter::once(format!("{key}:")).chain(below.into_iter().map(|line| format!("{indent}{line}"))).collect()
}

fn item_lines(item: &Piece, width: usize) -> Vec<String> {
    let lines = item.compact(width).into_iter().enumerate();
    lines.map(|(number, line)| format!("{} {line}", if number == 0 { "-" } else { " " })).collect()
}

/// Whether a key needs a `?`: without it, YAML looks for the colon only within 1024 characters.
fn is_long(key: &str) -> bool {
    key.len() > 1000
}

/// A text as YAML, in quotes unless every reader would read it back as itself.
fn scalar(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+' | '@');
    let starts_well = text.starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '_');
    let is_safe = starts_well && text.chars().all(is_word) && matches!(Scalar::plain(text), Scalar::Text(_));
    if is_safe { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes, with escapes for all characters that YAML does not allow there.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                let _ = write!(quoted, "\\x{:02x}", u32::from(c));
            }
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
