//! A pod's spec as its containers see it.

use super::at::At;
use super::volumes::Volumes;
use crate::order::Set;

/// What a container is checked against.
pub(super) struct Pod<'a, 'v> {
    pub(super) spec: &'a At<'v>,
    pub(super) volumes: &'a Volumes<'v>,
    pub(super) claims: &'a Set<&'v str>,
}

impl Pod<'_, '_> {
    /// Whether the pod shares the host's user namespace.
    pub(super) fn host_users(&self) -> bool {
        self.spec.get("hostUsers").value != &serde_json::Value::Bool(false)
    }

    /// How long a stop may take.
    pub(super) fn grace_seconds(&self) -> Option<i64> {
        self.spec.get("terminationGracePeriodSeconds").integer()
    }
}

/// Every container with its place, init containers first.
pub(super) fn containers<'v>(spec: &At<'v>) -> impl Iterator<Item = At<'v>> + use<'v> {
    let lists = ["initContainers", "containers", "ephemeralContainers"].map(|list| spec.get(list));
    lists.into_iter().flat_map(|list| list.items().collect::<Vec<_>>())
}
