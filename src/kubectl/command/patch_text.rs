//! The text behind `--patch`: what begins like JSON is sent as it stands, and read by the API server; the rest is YAML,
//! and read by kubectl. Upstream: apimachinery util/yaml ToJSON.

use crate::api::quoted;
use crate::kubectl::usage_error::UsageError;
use crate::manifest::{self, json_error};
use serde_json::Value;

/// The patch, or the error of the API server for a text that is not JSON.
pub(super) fn read(text: &str) -> Result<Result<Value, String>, UsageError> {
    if text.trim_start().starts_with('{') {
        return Ok(serde_json::from_str(text).map_err(|error| json_error::in_go_words(text, &error)));
    }
    match manifest::value(text) {
        Ok(value) => Ok(Ok(value)),
        Err(problem) => Err(UsageError::error(format!("unable to parse {}: {problem}", quoted(text)))),
    }
}
