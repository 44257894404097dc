//! Simplified Chinese.

pub(crate) mod diagnostics;
