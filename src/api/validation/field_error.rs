//! An error in one field, and how errors are collected.

use super::at::At;
use super::cause::{Cause, Detail, supported_values};
use crate::api::field_path::FieldPath;
use crate::api::go_text;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// One error in one field. Its text is the API server's: `spec.parallelism: Invalid value: -1: must be …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field as the API server names it: `spec.template.spec.restartPolicy`. Not always where it stands in the
    /// object: the labels of a pod template are `spec.template.labels` here.
    pub field: String,
    /// Where it stands in the object.
    pub path: FieldPath,
    /// What the API server calls this kind of error.
    pub kind: FieldErrorKind,
    /// Which rule it breaks.
    pub cause: Cause,
    /// The refused value as the message shows it, if it does.
    pub bad_value: Option<String>,
    /// The last part of the message; empty where the kind says it all. For output only.
    pub detail: Cow<'static, str>,
}

impl FieldError {
    /// What follows the field: `Required value: valid values: "OnFailure", "Never"`.
    pub fn message(&self) -> String {
        let mut message = self.kind.title().to_owned();
        for part in [self.bad_value.as_deref().unwrap_or_default(), &*self.detail] {
            if !part.is_empty() {
                message.push_str(": ");
                message.push_str(part);
            }
        }
        message
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message())
    }
}

/// Kinds of field errors, as in `details.causes[].reason`.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldErrorKind {
    Required,
    Invalid,
    NotSupported,
    Duplicate,
    NotFound,
    Forbidden,
    TooLong,
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

/// Collects errors. `at` is the field; its value is the bad value unless another is given.
#[derive(Debug, Default)]
pub(super) struct Errors {
    list: Vec<FieldError>,
}

impl Errors {
    /// In the order in which they were found.
    pub(super) fn into_list(self) -> Vec<FieldError> {
        self.list
    }

    /// How many there are so far.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    pub(super) fn required(&mut self, at: &At<'_>, detail: impl Into<Detail>) {
        self.push(at, FieldErrorKind::Required, None, detail.into());
    }

    pub(super) fn forbidden(&mut self, at: &At<'_>, detail: impl Into<Detail>) {
        self.push(at, FieldErrorKind::Forbidden, None, detail.into());
    }

    /// A Go string is quoted as Go does it; anything else is JSON.
    pub(super) fn invalid(&mut self, at: &At<'_>, detail: impl Into<Detail>) {
        self.invalid_value(at, plain(at.value), detail);
    }

    /// For pointers, and strings with a type of their own: JSON, whose escapes differ.
    pub(super) fn invalid_typed(&mut self, at: &At<'_>, detail: impl Into<Detail>) {
        self.invalid_value(at, go_text::json(at.value), detail);
    }

    /// One for each detail.
    pub(super) fn invalid_each(&mut self, at: &At<'_>, details: Vec<Detail>) {
        for detail in details {
            self.invalid(at, detail);
        }
    }

    /// With another bad value than the field's own.
    pub(super) fn invalid_value(&mut self, at: &At<'_>, bad_value: String, detail: impl Into<Detail>) {
        self.push(at, FieldErrorKind::Invalid, Some(bad_value), detail.into());
    }

    /// No bad value is shown.
    pub(super) fn invalid_without_value(&mut self, at: &At<'_>, detail: impl Into<Detail>) {
        self.push(at, FieldErrorKind::Invalid, None, detail.into());
    }

    /// None of `supported`, which are listed in this order.
    pub(super) fn unsupported(&mut self, at: &At<'_>, supported: &'static [&'static str]) {
        self.unsupported_because(at, supported, Cause::NotSupported { allowed: supported });
    }

    /// As [`Errors::unsupported`], with a cause that says more than the list.
    pub(super) fn unsupported_because(&mut self, at: &At<'_>, supported: &[&str], cause: Cause) {
        let detail = cause.saying(supported_values(supported));
        self.push(at, FieldErrorKind::NotSupported, Some(go_text::json(at.value)), detail);
    }

    /// As [`Errors::unsupported`], for a plain Go string.
    pub(super) fn unsupported_text(&mut self, at: &At<'_>, supported: &'static [&'static str]) {
        let cause = Cause::NotSupported { allowed: supported };
        self.push(at, FieldErrorKind::NotSupported, Some(plain(at.value)), cause.into());
    }

    pub(super) fn duplicate(&mut self, at: &At<'_>) {
        let value = at.value.as_str().map_or_else(|| go_text::json(at.value), str::to_owned);
        self.push(at, FieldErrorKind::Duplicate, Some(plain(at.value)), Cause::Duplicate { value }.into());
    }

    pub(super) fn duplicate_value(&mut self, at: &At<'_>, value: &str) {
        let cause = Cause::Duplicate { value: value.to_owned() };
        self.push(at, FieldErrorKind::Duplicate, Some(go_text::quoted(value)), cause.into());
    }

    pub(super) fn not_found(&mut self, at: &At<'_>, detail: impl Into<Detail>) {
        self.push(at, FieldErrorKind::NotFound, Some(plain(at.value)), detail.into());
    }

    pub(super) fn too_long(&mut self, at: &At<'_>, most: usize) {
        self.push(at, FieldErrorKind::TooLong, None, Cause::TooLong { most }.into());
    }

    pub(super) fn too_many(&mut self, at: &At<'_>, most: usize) {
        let found = at.len().to_string();
        self.push(at, FieldErrorKind::TooMany, Some(found), Cause::TooMany { most }.into());
    }

    /// Not below zero (V8.3).
    pub(super) fn nonnegative(&mut self, at: &At<'_>) {
        if at.integer().is_some_and(|number| number < 0) {
            self.invalid(at, Cause::Negative);
        }
    }

    fn push(&mut self, at: &At<'_>, kind: FieldErrorKind, bad_value: Option<String>, detail: Detail) {
        let cause = detail.cause.unwrap_or(match kind {
            FieldErrorKind::Required => Cause::Required,
            FieldErrorKind::NotFound => Cause::NotFound,
            FieldErrorKind::Forbidden => Cause::Forbidden,
            // The other kinds always come with a cause.
            _ => Cause::Invalid,
        });
        let (field, path, detail) = (at.shown(), at.path(), detail.sentence);
        self.list.push(FieldError { field, path, kind, cause, bad_value, detail });
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => go_text::quoted(text),
        _ => go_text::json(value),
    }
}
