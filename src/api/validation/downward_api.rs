//! Rules of files that show the pod's own fields and resources.

use super::at::At;
use super::env;
use super::field_error::Errors;
use super::files::{file_mode, file_path};
use crate::api::go_text::quoted;

/// A volume of such files. Errors of a file are reported at the volume.
pub(super) fn volume(at: &At<'_>, errors: &mut Errors) {
    file_mode(&at.get("defaultMode"), errors);
    at.get("items").items().for_each(|item| file(&item.shown_as(at), errors));
}

/// One file; `item` already has the path that the API server shows.
pub(super) fn file(item: &At<'_>, errors: &mut Errors) {
    let path = item.get("path");
    if path.is_empty() {
        errors.required(&path, "");
    }
    file_path(&path, errors);
    let (field, resource) = (item.get("fieldRef"), item.get("resourceFieldRef"));
    if field.is_set() {
        env::field_selector(&field, &env::FILE_FIELDS, errors);
        if resource.is_set() {
            let detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
            errors.invalid_value(item, quoted("resource"), detail);
        }
    } else if resource.is_set() {
        env::file_resource_selector(&resource, errors);
    } else {
        errors.required(item, "one of fieldRef and resourceFieldRef is required");
    }
    file_mode(&item.get("mode"), errors);
}
