//! The machine: an API server, the controllers and a kubelet that meet in a store and know nothing of each other.
//! Own time, no clock; [`Cluster::step`] does the next thing and says why.

pub mod behavior;
pub mod input;
pub mod reason;
