//! Simplified Chinese, in the terms of the Kubernetes documentation.

pub(super) mod advice;
mod called;
pub(super) mod cluster;
mod depth;
pub(super) mod diagnostics;
pub(super) mod editor;
pub(super) mod examples;
pub(super) mod explain;
mod faults;
pub(super) mod format;
pub(super) mod help;
pub(super) mod in_words;
pub(super) mod keeping;
mod keys;
pub(super) mod kubectl;
pub(super) mod learn;
pub(super) mod lessons;
pub(super) mod outside;
pub(super) mod page;
pub(super) mod picture;
mod placement;
pub(super) mod reason;
mod schedule;
pub(super) mod share;
pub(super) mod timeline;
pub(super) mod transport;
pub(super) mod workshop;
