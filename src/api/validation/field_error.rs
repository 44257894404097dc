//! One mistake in one field, in the API server's words.

use super::at::At;
use crate::api::field_path::FieldPath;
use crate::api::go_text;
use serde_json::Value;

/// One mistake in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field as the API server names it: `spec.template.spec.restartPolicy`. Not always where it stands in the
    /// object: the labels of a pod template are `spec.template.labels` here.
    pub field: String,
    /// Kind of mistake.
    pub kind: FieldErrorKind,
    /// What follows the field: `Required value: valid values: "OnFailure", "Never"`.
    pub message: String,
    /// Where it stands in the object.
    pub path: FieldPath,
    /// The refused value as the message shows it, if it does.
    pub bad_value: Option<String>,
    /// Why: the last part of the message. Empty where the kind says it all.
    pub detail: String,
}

/// Kinds of mistakes, as in `details.causes[].reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldErrorKind {
    /// It must be given.
    Required,
    /// It must not be this.
    Invalid,
    /// It is none of the known values.
    NotSupported,
    /// It is there already.
    Duplicate,
    /// What it names is not there.
    NotFound,
    /// It must not be given.
    Forbidden,
    /// It has too many bytes.
    TooLong,
    /// It has too many items.
    TooMany,
}

impl FieldErrorKind {
    /// `FieldValueRequired`.
    pub fn reason(self) -> &'static str {
        match self {
            FieldErrorKind::Required => "FieldValueRequired",
            FieldErrorKind::Invalid => "FieldValueInvalid",
            FieldErrorKind::NotSupported => "FieldValueNotSupported",
            FieldErrorKind::Duplicate => "FieldValueDuplicate",
            FieldErrorKind::NotFound => "FieldValueNotFound",
            FieldErrorKind::Forbidden => "FieldValueForbidden",
            FieldErrorKind::TooLong => "FieldValueTooLong",
            FieldErrorKind::TooMany => "FieldValueTooMany",
        }
    }

    fn title(self) -> &'static str {
        match self {
            FieldErrorKind::Required => "Required value",
            FieldErrorKind::Invalid => "Invalid value",
            FieldErrorKind::NotSupported => "Unsupported value",
            FieldErrorKind::Duplicate => "Duplicate value",
            FieldErrorKind::NotFound => "Not found",
            FieldErrorKind::Forbidden => "Forbidden",
            FieldErrorKind::TooLong => "Too long",
            FieldErrorKind::TooMany => "Too many",
        }
    }
}

/// Mistakes as they are found. `at` is where; its value is the bad value unless another is given.
#[derive(Debug, Default)]
pub(super) struct Errors {
    list: Vec<FieldError>,
}

impl Errors {
    /// In the order they were found.
    pub(super) fn into_list(self) -> Vec<FieldError> {
        self.list
    }

    /// How many there are so far.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    pub(super) fn required(&mut self, at: &At<'_>, detail: &str) {
        self.push(at, FieldErrorKind::Required, None, detail);
    }

    pub(super) fn forbidden(&mut self, at: &At<'_>, detail: &str) {
        self.push(at, FieldErrorKind::Forbidden, None, detail);
    }

    /// A Go string is quoted as Go does it; anything else is JSON.
    pub(super) fn invalid(&mut self, at: &At<'_>, detail: &str) {
        self.push(at, FieldErrorKind::Invalid, Some(plain(at.value)), detail);
    }

    /// For pointers, and strings with a type of their own: JSON, whose escapes differ.
    pub(super) fn invalid_typed(&mut self, at: &At<'_>, detail: &str) {
        self.push(at, FieldErrorKind::Invalid, Some(go_text::json(at.value)), detail);
    }

    /// One for each detail.
    pub(super) fn invalid_each(&mut self, at: &At<'_>, details: Vec<String>) {
        for detail in details {
            self.invalid(at, &detail);
        }
    }

    /// With another bad value than the field's own.
    pub(super) fn invalid_value(&mut self, at: &At<'_>, bad_value: String, detail: &str) {
        self.push(at, FieldErrorKind::Invalid, Some(bad_value), detail);
    }

    /// No bad value is shown.
    pub(super) fn invalid_without_value(&mut self, at: &At<'_>, detail: &str) {
        self.push(at, FieldErrorKind::Invalid, None, detail);
    }

    /// None of `supported`, in the order in which they are told.
    pub(super) fn unsupported(&mut self, at: &At<'_>, supported: &[&str]) {
        self.push(at, FieldErrorKind::NotSupported, Some(go_text::json(at.value)), &supported_values(supported));
    }

    /// As [`Errors::unsupported`], for a plain Go string.
    pub(super) fn unsupported_text(&mut self, at: &At<'_>, supported: &[&str]) {
        self.push(at, FieldErrorKind::NotSupported, Some(plain(at.value)), &supported_values(supported));
    }

    pub(super) fn duplicate(&mut self, at: &At<'_>) {
        self.push(at, FieldErrorKind::Duplicate, Some(plain(at.value)), "");
    }

    pub(super) fn duplicate_value(&mut self, at: &At<'_>, bad_value: &str) {
        self.push(at, FieldErrorKind::Duplicate, Some(go_text::quoted(bad_value)), "");
    }

    pub(super) fn not_found(&mut self, at: &At<'_>, detail: &str) {
        self.push(at, FieldErrorKind::NotFound, Some(plain(at.value)), detail);
    }

    pub(super) fn too_long(&mut self, at: &At<'_>, bytes: usize) {
        self.push(at, FieldErrorKind::TooLong, None, &format!("may not be more than {bytes} bytes"));
    }

    pub(super) fn too_many(&mut self, at: &At<'_>, items: usize) {
        let found = at.len().to_string();
        self.push(at, FieldErrorKind::TooMany, Some(found), &format!("must have at most {items} items"));
    }

    /// Not below zero (V8.3).
    pub(super) fn nonnegative(&mut self, at: &At<'_>) {
        if at.integer().is_some_and(|number| number < 0) {
            self.invalid(at, "must be greater than or equal to 0");
        }
    }

    fn push(&mut self, at: &At<'_>, kind: FieldErrorKind, bad_value: Option<String>, detail: &str) {
        let mut message = kind.title().to_owned();
        for part in [bad_value.as_deref().unwrap_or_default(), detail] {
            if !part.is_empty() {
                message.push_str(": ");
                message.push_str(part);
            }
        }
        let detail = detail.to_owned();
        self.list.push(FieldError { field: at.shown(), kind, message, path: at.path(), bad_value, detail });
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => go_text::quoted(text),
        _ => go_text::json(value),
    }
}

fn supported_values(supported: &[&str]) -> String {
    let quoted: Vec<String> = supported.iter().map(|value| go_text::quoted(value)).collect();
    format!("supported values: {}", quoted.join(", "))
}
