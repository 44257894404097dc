//! The plugins of the scheduler that can refuse a pod.

/// A plugin: what refused a pod decides what is waited for (P-15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plugin {
    NodeUnschedulable,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
    VolumeBinding,
    PodTopologySpread,
    InterPodAffinity,
}

/// Some of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Plugins(u8);

impl Plugins {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn contains(self, plugin: Plugin) -> bool {
        self.0 & (1 << plugin as u8) != 0
    }

    /// Whether one of them is such.
    pub(super) fn any(self, is_such: impl Fn(Plugin) -> bool) -> bool {
        Plugin::ALL.into_iter().any(|plugin| self.contains(plugin) && is_such(plugin))
    }
}

impl FromIterator<Plugin> for Plugins {
    fn from_iter<I: IntoIterator<Item = Plugin>>(plugins: I) -> Plugins {
        Plugins(plugins.into_iter().fold(0, |all, plugin| all | 1 << plugin as u8))
    }
}

impl Plugin {
    const ALL: [Plugin; 8] = [
        Plugin::NodeUnschedulable,
        Plugin::TaintToleration,
        Plugin::NodeAffinity,
        Plugin::NodePorts,
        Plugin::NodeResourcesFit,
        Plugin::VolumeBinding,
        Plugin::PodTopologySpread,
        Plugin::InterPodAffinity,
    ];
}
