//! Rules of single values that several parts of an object share.

use super::at::At;
use super::field_error::Errors;
use super::names;

/// Required, and one of these.
pub(super) fn one_of(at: &At<'_>, supported: &'static [&'static str], errors: &mut Errors) {
    if at.text().is_empty() {
        errors.required(at, "");
    } else if !supported.contains(&at.text()) {
        errors.unsupported(at, supported);
    }
}

/// One of these, if it is given.
pub(super) fn one_of_if_set(at: &At<'_>, supported: &'static [&'static str], errors: &mut Errors) {
    if at.is_set() && !supported.contains(&at.text()) {
        errors.unsupported(at, supported);
    }
}

/// Its number is one of a user or group, if it is given.
pub(super) fn id(at: &At<'_>, errors: &mut Errors) {
    if let Some(id) = at.integer() {
        errors.invalid_each(at, names::user_id(id));
    }
}

/// Each must be given.
pub(super) fn required(source: &At<'_>, fields: &[&'static str], errors: &mut Errors) {
    for field in fields {
        let at = source.get(field);
        if at.is_empty() {
            errors.required(&at, "");
        }
    }
}
