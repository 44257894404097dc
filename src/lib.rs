//! Job Playground: a page in which anyone can paste a Kubernetes Job, break it, rewind it and ask *why*.

pub mod api;
pub mod chance;
pub mod cluster;
pub mod conformance;
pub mod explain;
pub mod manifest;
pub mod recording;
pub mod scenario;
pub mod texts;
pub mod time;
pub mod timeline;
#[cfg(feature = "web")]
pub mod web;
