//! What a cluster is made with.

use super::behavior::Behaviors;
use super::cron_job::WallClock;
use super::input::ObjectKind;
use crate::time::Span;
use serde_json::Value;
use std::rc::Rc;

/// How long a cluster takes for what, and what programs in it do.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Seed of generated names.
    pub seed: u64,
    /// t = 0 in seconds since 1970, for schedules.
    pub start_unix_seconds: i64,
    /// The rules of all time zones, if the text names one ([`crate::api::time_zone`]).
    pub time_zones: Option<Rc<[u8]>>,
    /// From a pod's creation to its node.
    pub scheduling: Span,
    /// From a pod's node to its running containers.
    pub starting: Span,
    /// Upper limit for pods that are neither Succeeded nor Failed; `None` is no limit.
    pub pod_quota: Option<u32>,
    /// What programs do.
    pub behaviors: Behaviors,
    /// The first object of the text; inputs that name no object mean this one.
    pub first_object: Option<(ObjectKind, Rc<Value>)>,
}

impl Settings {
    /// The clock by which schedules are read.
    pub(crate) fn wall_clock(&self) -> WallClock {
        WallClock { start_unix_seconds: self.start_unix_seconds, time_zones: self.time_zones.clone() }
    }
}
