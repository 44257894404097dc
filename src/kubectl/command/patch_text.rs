//! The text behind `--patch`: what begins like JSON is sent as it stands, and read by the API server; the rest is YAML,
//! and read by kubectl. Upstream: apimachinery util/yaml ToJSON.

use crate::api::quoted;
use crate::kubectl::usage_error::UsageError;
use crate::manifest;
use serde_json::Value;
use serde_json::error::Category;

/// The patch, or the error of the API server for a text that is not JSON.
pub(super) fn read(text: &str) -> Result<Result<Value, String>, UsageError> {
    if text.trim_start().starts_with('{') {
        return Ok(serde_json::from_str(text).map_err(|error| in_go_words(text, &error)));
    }
    match manifest::value(text) {
        Ok(value) => Ok(Ok(value)),
        Err(problem) => Err(UsageError::error(format!("unable to parse {}: {problem}", quoted(text)))),
    }
}

/// The error of Go's encoding/json for the first wrong character.
fn in_go_words(text: &str, error: &serde_json::Error) -> String {
    if error.classify() == Category::Eof {
        return "unexpected end of JSON input".to_owned();
    }
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = error.column().min(line.len());
    let bytes = &line.as_bytes()[..column];
    let wrong = if error.column() == 0 { '\n' } else { bytes.last().copied().map_or('\n', char::from) };
    let said = error.to_string();
    let is_in_object = said.starts_with("key must be") || wrong == '}';
    let place = match &*said {
        said if said.starts_with("trailing comma") && !is_in_object => "looking for beginning of value",
        said if said.starts_with("key must be") || said.starts_with("trailing comma") => {
            "looking for beginning of object key string"
        }
        said if said.starts_with("expected value") => "looking for beginning of value",
        said if said.starts_with("expected `:`") => "after object key",
        said if said.starts_with("expected `,` or `}`") => "after object key:value pair",
        said if said.starts_with("expected `,` or `]`") => "after array element",
        said if said.starts_with("trailing characters") => "after top-level value",
        said if said.starts_with("control character") => "in string literal",
        said if said.starts_with("invalid escape") => "in string escape code",
        said if said.starts_with("expected ident") => "in literal",
        _ => "in numeric literal",
    };
    let wrong = match wrong {
        '\'' => r"'\''".to_owned(),
        '"' => "'\"'".to_owned(),
        '\n' => r"'\n'".to_owned(),
        other => format!("'{other}'"),
    };
    format!("invalid character {wrong} {place}")
}
