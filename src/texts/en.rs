//! English.

pub(crate) mod diagnostics;
