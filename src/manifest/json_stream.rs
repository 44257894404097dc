//! A text that begins with JSON: `kubectl` takes each value for a document. Upstream: apimachinery util/yaml
//! YAMLOrJSONDecoder.

use super::json_error;
use super::yaml::{Located, YamlProblem};
use serde::de::IgnoredAny;

/// How far a text is JSON.
#[derive(Default)]
pub(super) struct JsonStream {
    /// Where its documents end; the last one may have more behind it that is no document.
    pub(super) ends: Vec<usize>,
    /// From here on it is YAML.
    pub(super) rest: usize,
    /// What ends the stream: `kubectl` reads on neither as JSON nor as YAML.
    pub(super) broken: Option<Located>,
}

impl JsonStream {
    pub(super) fn read(text: &str) -> JsonStream {
        let mut stream = JsonStream::default();
        if !text.trim_start().starts_with('{') {
            return stream;
        }
        let error = loop {
            let behind = &text[stream.rest..];
            if behind.trim_start().is_empty() {
                // Blank lines belong to the last document.
                stream.ends.pop();
                stream.rest = stream.ends.last().copied().unwrap_or_default();
                return stream;
            }
            let mut values = serde_json::Deserializer::from_str(behind).into_iter::<IgnoredAny>();
            match values.next() {
                Some(Ok(_)) => stream.rest += values.byte_offset(),
                Some(Err(error)) => break error,
                None => return stream,
            }
            stream.ends.push(stream.rest);
        };
        let from = stream.rest;
        let behind = from + blank(&text[from..]);
        // Behind one value it may be YAML, behind several it is not. But a Scenario is written behind any text.
        let is_json = stream.ends.len() > 1 && !text[behind..].starts_with("---");
        stream.rest = if is_json { from } else { behind };
        if stream.ends.is_empty() || !is_json && reads_as_yaml(&text[stream.rest..]) {
            return stream;
        }
        let behind = &text[from..];
        let at = from + json_error::offset(behind, &error);
        let length = text[at..].chars().next().map_or(0, char::len_utf8);
        let error = json_error::in_go_words(behind, &error);
        let problem = YamlProblem::NotJson { offset: (!is_json).then_some(at + 1), error };
        stream.broken = Some(Located { problem, span: at..at + length });
        stream
    }
}

/// The blanks behind a value, up to and with the first line break.
fn blank(text: &str) -> usize {
    let blanks = text.len() - text.trim_start().len();
    text[..blanks].find('\n').map_or(blanks, |newline| newline + 1)
}

/// Whether the first document of a text is YAML.
fn reads_as_yaml(text: &str) -> bool {
    let first = text.strip_prefix("---").unwrap_or(text);
    super::is_yaml(first.split("\n---").next().unwrap_or_default())
}
