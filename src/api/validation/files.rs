//! Rules of files in volumes: paths and modes.

use super::at::At;
use super::field_error::Errors;
use super::values::required;

/// One key as a file (V9.6).
pub(super) fn key_to_path(item: &At<'_>, errors: &mut Errors) {
    required(item, &["key", "path"], errors);
    file_path(&item.get("path"), errors);
    file_mode(&item.get("mode"), errors);
}

/// `0644` as 420.
pub(super) fn file_mode(mode: &At<'_>, errors: &mut Errors) {
    if mode.integer().is_some_and(|mode| !(0..=0o777).contains(&mode)) {
        errors.invalid(mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
}

/// A file in a volume: relative, no way up, no name that is reserved.
pub(super) fn file_path(path: &At<'_>, errors: &mut Errors) {
    relative_path(path, errors);
    if path.text().starts_with("..") && !path.text().starts_with("../") {
        errors.invalid(path, "must not start with '..'");
    }
}

/// Relative, and no way up.
pub(super) fn relative_path(path: &At<'_>, errors: &mut Errors) {
    if path.text().starts_with('/') {
        errors.invalid(path, "must be a relative path");
    }
    no_backsteps(path, errors);
}

/// No way up.
pub(super) fn no_backsteps(path: &At<'_>, errors: &mut Errors) {
    if path.text().split('/').any(|part| part == "..") {
        errors.invalid(path, "must not contain '..'");
    }
}
