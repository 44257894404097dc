//! Rules of volumes that project several sources into one directory.

use super::at::At;
use super::downward_api;
use super::field_error::Errors;
use super::files::{file_mode, file_path, key_to_path};
use super::values::required;
use crate::api::go_text::quoted;
use crate::order::Set;

const MIN_TOKEN_SECONDS: i64 = 600;
const MAX_TOKEN_SECONDS: i64 = 1 << 32;

/// `projected`. Sources behind feature gates that are off are gone before this.
pub(super) fn volume(at: &At<'_>, errors: &mut Errors) {
    file_mode(&at.get("defaultMode"), errors);
    let mut paths = Set::new();
    for source in at.get("sources").items() {
        for kind in ["secret", "configMap"] {
            let projection = source.get(kind);
            if projection.is_set() {
                keys(at, &projection, &mut paths, errors);
            }
        }
        let downward = source.get("downwardAPI");
        for item in downward.get("items").items() {
            let item = item.shown_as(&downward);
            downward_api::file(&item, errors);
            let path = item.get("path").text();
            if !path.is_empty() && !paths.insert(path.to_owned()) {
                errors.invalid_value(at, quoted(path), "conflicting duplicate paths");
            }
        }
        let token = source.get("serviceAccountToken");
        if token.is_set() {
            service_account_token(at, &token, errors);
        }
        let kinds = ["secret", "configMap", "downwardAPI", "serviceAccountToken"];
        if kinds.iter().filter(|kind| source.get(kind).is_set()).count() > 1 {
            errors.forbidden(&source, "may not specify more than 1 volume type per source");
        }
    }
}

fn keys(volume: &At<'_>, projection: &At<'_>, paths: &mut Set<String>, errors: &mut Errors) {
    required(projection, &["name"], errors);
    for item in projection.get("items").items() {
        key_to_path(&item, errors);
        let path = item.get("path").text();
        if !path.is_empty() && !paths.insert(path.to_owned()) {
            let name = projection.get("name").text();
            errors.invalid_value(volume, quoted(name), "conflicting duplicate paths");
        }
    }
}

/// Errors of its path are reported at the volume.
fn service_account_token(volume: &At<'_>, token: &At<'_>, errors: &mut Errors) {
    let expiration = token.get("expirationSeconds");
    let seconds = expiration.integer().unwrap_or(0);
    if seconds < MIN_TOKEN_SECONDS {
        errors.invalid(&expiration, "may not specify a duration less than 10 minutes");
    }
    if seconds > MAX_TOKEN_SECONDS {
        errors.invalid(&expiration, "may not specify a duration larger than 2^32 seconds");
    }
    let path = token.get("path").shown_below(volume, "path");
    if path.is_empty() {
        errors.required(&path, "");
    } else {
        file_path(&path, errors);
    }
}
