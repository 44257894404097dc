//! Rows of containers below those of their pods, as far as there is room for them.

use super::JobTrack;
use super::depth::ContainerBar;
use super::pods::Row;
use crate::api::{ContainerPlace, PodId};
use crate::limits::LANES;

impl JobTrack {
    /// How many rows its containers would have.
    pub(super) fn container_count(&self) -> usize {
        self.rows.iter().map(|row| self.all_containers_of(row).len()).sum()
    }

    /// How many marks they would have.
    pub(super) fn container_marks(&self) -> usize {
        let depths = self.bars.iter().filter_map(|bar| bar.depth.as_ref());
        depths.map(|depth| depth.pulls.len() + depth.containers.iter().map(|bar| bar.runs.len()).sum::<usize>()).sum()
    }

    /// The containers that have rows below a row of pods, in the order in which they start: none if a pod has only one,
    /// and none where the rows of all would be too many.
    pub fn containers_of(&self, row: &Row) -> &[ContainerBar] {
        if self.has_container_rows { self.all_containers_of(row) } else { &[] }
    }

    /// The same, however many they are: those of the newest pod of the row with the most of them, for a template may
    /// change between two attempts.
    pub fn all_containers_of(&self, row: &Row) -> &[ContainerBar] {
        let depths = row.bars.iter().filter_map(|bar| self.bars[*bar].depth.as_deref());
        depths.map(|depth| &*depth.containers).max_by_key(|containers| containers.len()).unwrap_or_default()
    }

    /// What a container did in each pod of a row.
    pub fn container_bars<'t>(
        &'t self,
        row: &'t Row,
        place: ContainerPlace,
    ) -> impl Iterator<Item = (PodId, &'t ContainerBar)> + 't {
        let bars = row.bars.iter().map(|bar| &self.bars[*bar]);
        let all = bars.flat_map(|bar| bar.depth.iter().flat_map(|depth| &depth.containers).map(|own| (bar.pod, own)));
        all.filter(move |(_, own)| own.place == place)
    }
}

/// Containers have no rows where those of all Jobs would be too many.
pub(super) fn make_room(jobs: &mut [JobTrack]) {
    let of_track = |track: &JobTrack| 2 + track.rows.len() + track.container_count();
    if jobs.len() > 1 && jobs.iter().map(of_track).sum::<usize>() > LANES {
        jobs.iter_mut().for_each(|track| track.has_container_rows = false);
    }
}
