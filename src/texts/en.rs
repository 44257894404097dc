//! English.

pub(crate) mod format;
