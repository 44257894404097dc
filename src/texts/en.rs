//! English.

pub(crate) mod format;
pub(crate) mod reason;
