//! Rows of containers below those of their pods, as far as there is room for them.

use super::JobTrack;
use super::depth::ContainerBar;
use super::pods::Row;
use crate::api::{ContainerPlace, ContainerRole, Name};
use crate::limits::LANES;

/// A container that has a row of its own below its pod.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerRow {
    pub place: ContainerPlace,
    pub name: Name,
    pub role: ContainerRole,
}

impl JobTrack {
    /// How many rows its containers would have.
    pub(super) fn container_count(&self) -> usize {
        self.rows.iter().map(|row| self.deepest(row).map_or(0, <[ContainerBar]>::len)).sum()
    }

    /// How many marks they would have.
    pub(super) fn container_marks(&self) -> usize {
        let depths = self.bars.iter().filter_map(|bar| bar.depth.as_ref());
        depths.map(|depth| depth.pulls.len() + depth.containers.iter().map(|bar| bar.runs.len()).sum::<usize>()).sum()
    }

    /// The containers that have rows below a row of pods, in the order in which they start: none if a pod has only one,
    /// and none where the rows of all would be too many.
    pub fn containers_of(&self, row: &Row) -> Vec<ContainerRow> {
        if self.has_container_rows { self.all_containers_of(row) } else { Vec::new() }
    }

    /// The same, however many they are.
    pub fn all_containers_of(&self, row: &Row) -> Vec<ContainerRow> {
        let containers = self.deepest(row).unwrap_or_default().iter();
        containers.map(|bar| ContainerRow { place: bar.place, name: bar.name.clone(), role: bar.role }).collect()
    }

    /// Of the pods of a row the newest one with the most containers: a template may change between two attempts.
    fn deepest(&self, row: &Row) -> Option<&[ContainerBar]> {
        let depths = row.bars.iter().filter_map(|bar| self.bars[*bar].depth.as_deref());
        depths.map(|depth| &*depth.containers).max_by_key(|containers| containers.len())
    }

    /// What a container did in each pod of a row.
    pub fn container_bars<'t>(
        &'t self,
        row: &'t Row,
        place: ContainerPlace,
    ) -> impl Iterator<Item = &'t ContainerBar> + 't {
        let depths = row.bars.iter().filter_map(|bar| self.bars[*bar].depth.as_ref());
        depths.flat_map(|depth| &depth.containers).filter(move |bar| bar.place == place)
    }
}

/// Containers have no rows where those of all Jobs would be too many.
pub(super) fn make_room(jobs: &mut [JobTrack]) {
    let of_track = |track: &JobTrack| 2 + track.rows.len() + track.container_count();
    if jobs.len() > 1 && jobs.iter().map(of_track).sum::<usize>() > LANES {
        jobs.iter_mut().for_each(|track| track.has_container_rows = false);
    }
}
