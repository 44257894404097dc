//! English.

pub(crate) mod advice;
pub(crate) mod diagnostics;
pub(crate) mod editor;
pub(crate) mod explain;
pub(crate) mod format;
pub(crate) mod help;
pub(crate) mod in_words;
pub(crate) mod kubectl;
pub(crate) mod page;
pub(crate) mod reason;
pub(crate) mod timeline;
