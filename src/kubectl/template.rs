//! The printers whose output the user describes: JSONPath, Go templates and custom columns (K10.2, K10.3, K10.11).

pub(super) mod custom_columns;
pub(super) mod go_template;
pub(super) mod go_value;
pub(super) mod jsonpath;
pub(super) mod sorting;
