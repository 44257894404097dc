//! Thin rows: one path per state for all of them, so that the number of marks does not grow with the pods.

use super::layout::THIN_ROW;
use crate::timeline::pods::{PodEnding, SegmentKind};
use crate::timeline::{JobTrack, Timeline};
use std::fmt::Write;

/// Classes and paths of these rows of a track, in a space that is 10,000 wide.
pub(super) fn thin_paths(timeline: &Timeline, track: &JobTrack, rows: &[usize]) -> Vec<(&'static str, String)> {
    let mut paths = [
        ("t-waiting", String::new()),
        ("t-pending", String::new()),
        ("t-running", String::new()),
        ("t-terminating", String::new()),
        ("t-failed", String::new()),
        ("t-succeeded", String::new()),
    ];
    let mut rect = |path: usize, row: usize, from: f64, width: f64| {
        let y = row as f64 * THIN_ROW + if path < 2 { 2.5 } else { 1.0 };
        let height = if path < 2 { 3.0 } else { 6.0 };
        // Writing to a String cannot fail.
        let _ = write!(
            paths[path].1,
            "M{:.0} {y}h{:.0}v{height}h{:.0}z",
            from * 1e4,
            (width * 1e4).max(8.0),
            -(width * 1e4).max(8.0)
        );
    };
    let x = |at| timeline.axis.x(at);
    for (n, row) in rows.iter().map(|row| &track.rows[*row]).enumerate() {
        for wait in row.backoffs.iter().map(|position| &track.backoffs[*position]) {
            rect(0, n, x(wait.from), x(wait.ended) - x(wait.from));
        }
        for bar in row.bars.iter().map(|position| &track.bars[*position]) {
            for segment in &bar.segments {
                let path = match segment.kind {
                    SegmentKind::AwaitingRestart { .. } => 0,
                    SegmentKind::Pending | SegmentKind::Waiting(_) => 1,
                    SegmentKind::Running => 2,
                    SegmentKind::Terminating { .. } => 3,
                };
                rect(path, n, x(segment.from), x(segment.to) - x(segment.from));
            }
            if let Some(end) = bar.end {
                rect(if end.how == PodEnding::Succeeded { 5 } else { 4 }, n, x(end.mark.at), 0.005);
            }
        }
    }
    paths.into_iter().filter(|(_, d)| !d.is_empty()).collect()
}
