//! Which container decides how a pod ends, and whether any ran at all. One place: what the timeline, the explanations
//! and the events say of a pod's end is the same.

use super::container::ContainerPlace;
use super::pod::{ContainerStatus, Pod, Terminated};

impl ContainerStatus {
    /// Whether it was running at any time, so that there are logs of it. One that never started may be Terminated all
    /// the same: as ContainerStatusUnknown (P-68).
    pub fn ever_ran(&self) -> bool {
        self.has_run() && self.terminated().is_none_or(|ended| ended.started.is_some()) || self.last.is_some()
    }
}

impl Pod {
    /// The container that decides how the pod ends, and how it ended: the init container that failed, else the first
    /// container that did not end with 0, else the first that ended. Sidecars decide nothing, nor does what never ran.
    pub fn deciding(&self) -> Option<(ContainerPlace, Terminated)> {
        let init = self.init_statuses().zip(0..).filter(|((declared, _), _)| !declared.is_sidecar);
        let init = init.map(|((_, status), place)| (ContainerPlace::Init(place), status));
        let regular = self.containers.iter().zip(0..).map(|(status, place)| (ContainerPlace::Regular(place), status));
        let ended = |(place, status): (ContainerPlace, &ContainerStatus)| {
            Some((place, status.terminated().filter(|_| status.ever_ran())?))
        };
        let (mut init, mut regular) = (init.filter_map(ended), regular.filter_map(ended));
        let failed = |(_, ended): &(ContainerPlace, Terminated)| ended.exit_code != 0;
        let first = regular.clone().next();
        init.find(failed).or_else(|| regular.find(failed)).or(first)
    }

    /// Whether any of its containers ever ran, init containers and sidecars included.
    pub fn ever_ran(&self) -> bool {
        self.all_statuses().any(|(_, status)| status.ever_ran())
    }
}
