//! A container below its pod: a thin bar for each of its runs, the waits between them, and how each ended.

use super::painter::{BESIDE, Painter, Words};
use super::{Class, Glyph};
use crate::api::{ObjectKey, PodId};
use crate::timeline::JobTrack;
use crate::timeline::depth::Run;
use crate::timeline::pods::Row;

const ROW: f64 = 20.0;
/// Below the last one.
const BELOW: f64 = 6.0;
const BASELINE: f64 = 14.5;

impl Painter<'_> {
    /// The container with a position of a row.
    pub(super) fn container_row(&mut self, track: &JobTrack, row: &Row, position: usize) {
        let containers = track.containers_of(row);
        let of = &containers[position];
        self.label(ROW, "", &*of.name);
        let own = track.container_bars(row, of.place);
        let runs: Vec<(PodId, &Run)> = own.flat_map(|(pod, own)| own.runs.iter().map(move |run| (pod, run))).collect();
        let (end, _) = Glyph::SmallTick.size();
        for (_, run) in &runs {
            let has_box = run.end.is_some() && run.stopped.is_none();
            self.labels.take(self.x(run.from.at), self.x(run.to) + if has_box { end } else { 4.0 });
            self.labels.take(self.x(run.to), self.x(run.waits_until.unwrap_or(run.to)));
        }
        for (pod, run) in runs {
            let stopped = run.stopped.map_or(run.to, |mark| mark.at);
            self.rect((run.from.at, stopped), (7.0, 6.0), Class::Running);
            if run.stopped.is_some() {
                self.rect((stopped, run.to), (8.0, 4.0), Class::Terminating);
            }
            if let Some(until) = run.waits_until.filter(|until| run.to < *until) {
                self.rect((run.to, until), (7.5, 5.0), Class::Backoff);
            }
            self.end_of_run(run);
            let step = run.end.map_or(run.from.step, |end| end.mark.step);
            let name = self.words.run_name(of.role, &of.name, run);
            self.mark((run.from.at, run.to), (0.0, end), (1.0, 18.0), (step, ObjectKey::Pod(pod)), name);
        }
        self.end_lane(ROW + if position + 1 == containers.len() { BELOW } else { 0.0 });
    }

    /// A box for an end by itself; the exit code of one that was stopped is quiet.
    fn end_of_run(&mut self, run: &Run) {
        let Some(end) = run.end else { return };
        let (glyph, class) = match (run.stopped, end.exit_code) {
            (Some(_), _) => (None, Class::Second),
            (None, 0) => (Some(Glyph::SmallTick), Class::Succeeded),
            (None, _) => (Some(Glyph::SmallCross), Class::Failed),
        };
        if let Some(glyph) = glyph {
            self.glyph(glyph, run.to, 4.0, class);
        }
        let dx = if glyph.is_some() { 18.0 } else { 8.0 };
        let text = self.words.run_label(run).unwrap_or_default();
        let words = Words { class, text: &text, x: self.share(run.to), dx, y: BASELINE };
        let _ = self.start(words, self.frame.width + BESIDE);
    }
}
