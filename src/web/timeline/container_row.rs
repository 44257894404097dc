//! A container below its pod: a thin bar for each of its runs, the waits between them, and how each ended.

use super::layout::{BESIDE, Labels, RowIs, percent, row_of, text_width};
use super::on_track::OnTrack;
use super::pod_row::{Drawing, hit};
use super::shapes;
use crate::api::{ContainerRole, ObjectKey, PodId};
use crate::explain::Selection;
use crate::time::Time;
use crate::timeline::axis::Axis;
use crate::timeline::depth::{ContainerBar, Run};
use crate::web::controls::piece::Piece;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use yew::functional::HookContext;
use yew::prelude::*;

/// The side of the box at the end of a run.
const END: f64 = 12.0;

#[derive(Clone, PartialEq)]
pub(super) struct ContainerProps {
    pub(super) stage: Shared<Stage>,
    pub(super) track: usize,
    pub(super) row: RowIs,
    /// The position of the container.
    pub(super) position: usize,
    /// The last moment that the playhead has passed.
    pub(super) now: Time,
    pub(super) selection: Option<Selection>,
    pub(super) width: f64,
}

impl Piece for ContainerProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        let mut drawing = Drawing::default();
        let track = &self.stage.timeline.jobs[self.track];
        let row = row_of(track, self.row);
        let Some(container) = track.all_containers_of(&row).get(self.position) else { return Html::default() };
        let mut labels = Labels::default();
        let own = track.container_bars(&row, container.place);
        let runs: Vec<(PodId, &Run)> = own.flat_map(|(pod, own)| own.runs.iter().map(move |run| (pod, run))).collect();
        for (_, run) in &runs {
            labels.take(self.x(run.from.at), self.x(run.to) + END);
            labels.take(self.x(run.to), self.x(run.waits_until.unwrap_or(run.to)));
        }
        for (pod, run) in runs {
            self.run(container, pod, run, &mut labels, &mut drawing);
        }
        drawing.html()
    }
}

impl OnTrack for ContainerProps {
    fn axis(&self) -> &Axis {
        &self.stage.timeline.axis
    }

    fn width(&self) -> f64 {
        self.width
    }
}

impl ContainerProps {
    fn run(&self, of: &ContainerBar, pod: PodId, run: &Run, labels: &mut Labels, drawing: &mut Drawing) {
        let stopped = run.stopped.map_or(run.to, |mark| mark.at);
        drawing.marks.push(shapes::stretch("m-running", &self.extent(run.from.at, stopped), "7", "6", "3"));
        if run.stopped.is_some() {
            // It tapers, and is seen however short it is.
            let least = END / self.width.max(1.0);
            let width = percent((self.share(run.to) - self.share(stopped)).max(least));
            let x = self.at(stopped);
            drawing.marks.push(html! {
                <svg {x} y="7" {width} height="6" viewBox="0 0 10 6" preserveAspectRatio="none"><path d="M0 0L10 3 0 6z" fill="var(--terminating)"/></svg>
            });
        }
        if let Some(until) = run.waits_until {
            self.wait(run.to, until, drawing, &self.extent(run.to, until));
        }
        self.end(of.role, run, labels, drawing);
        let words = self.stage.lang.timeline();
        // Why a sidecar ends is why it is stopped.
        let stopped = run.stopped.filter(|_| of.role == ContainerRole::Sidecar);
        let step = stopped.or(run.end.map(|end| end.mark)).map_or(run.from.step, |mark| mark.step);
        let selection = Selection { step, object: Some(ObjectKey::Pod(pod)) };
        let (left, width) = self.extent(run.from.at, run.to);
        let style = format!("left:{left};width:calc({width} + {END}px)");
        let name = format!("{} {}", words.run_name(of.role, &of.name, run), words.press_enter);
        let on = self.selection == Some(selection);
        drawing.buttons.push((run.from.at, hit(&self.stage.on_action, selection, "run", on, style, name)));
    }

    /// The back-off before its next start.
    fn wait(&self, from: Time, until: Time, drawing: &mut Drawing, extent: &shapes::Extent) {
        drawing.marks.push(shapes::stretch("m-backoff", extent, "7.500", "5", "2"));
        let text = self.stage.lang.format().span_rounded(until - from);
        let (left, right) = (self.x(from) + END, self.x(until));
        if right - left > text_width(&text) + 8.0 {
            let x = percent((left + right) / 2.0 / self.width.max(1.0));
            drawing.words(until, self.now, shapes::label("x-wait halo", (&x, "0"), "14", "middle", text));
        }
    }

    /// A box for an end by itself; one that was stopped has tapered, and its exit code is quiet.
    fn end(&self, kind: ContainerRole, run: &Run, labels: &mut Labels, drawing: &mut Drawing) {
        let (Some(end), words) = (run.end, self.stage.lang.timeline()) else { return };
        let x = self.at(run.to);
        let class = match (run.stopped, end.exit_code) {
            (Some(_), _) => "x-2 halo",
            (None, 0) => {
                let tick = html! { <><rect class="m-succeeded" width="12" height="12" rx="3"/><path class="m-glyph small" d="M3 6.5l2 2 4-4.500"/></> };
                drawing.marks.push(shapes::mark(&x, "4", tick));
                "x-succeeded halo"
            }
            (None, _) => {
                let cross = html! { <><rect class="m-failed" width="12" height="12" rx="3"/><path class="m-glyph small" d="M3.500 3.500l5 5M8.500 3.500l-5 5"/></> };
                drawing.marks.push(shapes::mark(&x, "4", cross));
                "x-failed halo"
            }
        };
        let code = words.run_label(run).unwrap_or_default();
        let is_sidecar = kind == ContainerRole::Sidecar && run.stopped.is_some();
        let nothing = [&*code, words.depth.counts_as_nothing].join(words.format.comma);
        let left = self.x(run.to) + END + 6.0;
        for text in is_sidecar.then_some(nothing).into_iter().chain([code]) {
            let right = left + text_width(&text);
            // Beside the track there is room for a short word.
            if right <= self.width + BESIDE && labels.fits(left, right) {
                let label = shapes::label(class, (&x, "18"), "14", "start", text);
                drawing.words(run.to, self.now, label);
                return;
            }
        }
    }
}
