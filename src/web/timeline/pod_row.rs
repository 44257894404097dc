//! A row of pods: bars with everything that happened to each attempt, words at the marks, a button per mark.

mod waits;

use super::layout::{BESIDE, CAP, Labels, RowIs, percent, row_of, text_width};
use super::on_track::OnTrack;
use super::select;
use super::shapes;
use crate::api::ObjectKey;
use crate::cluster::reason::CountedAs;
use crate::explain::Selection;
use crate::kubectl;
use crate::order;
use crate::recording::{Object, pod_status};
use crate::time::Time;
use crate::timeline::JobTrack;
use crate::timeline::axis::Axis;
use crate::timeline::nodes::{Part, Stretch};
use crate::timeline::pods::{Backoff, Bar, EndCap, PodEnding, Row, Segment, SegmentKind};
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use yew::functional::HookContext;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct RowProps {
    pub(super) stage: Shared<Stage>,
    pub(super) track: usize,
    pub(super) row: RowIs,
    /// The last moment that the playhead has passed.
    pub(super) now: Time,
    pub(super) selection: Option<Selection>,
    pub(super) width: f64,
}

/// What is drawn below the veil, what above it, and what can be pressed.
#[derive(Default)]
pub(super) struct Drawing {
    pub(super) marks: Vec<Html>,
    pub(super) above: Vec<Html>,
    pub(super) buttons: Vec<(Time, Html)>,
}

impl Drawing {
    /// Words stand above the veil: those of the future are paler, and can still be read. They stay where they are when the
    /// playhead passes them, so that nothing but their colour changes.
    pub(super) fn words(&mut self, at: Time, now: Time, html: Html) {
        self.above.push(html! { <g class={(at > now).then_some("later")}>{ html }</g> });
    }

    /// The contents of a track.
    pub(super) fn html(mut self) -> Html {
        order::sort_by_key(&mut self.buttons, |(at, _)| *at);
        // A button stays the same one when others come and go: it may have the focus.
        let mut last = (Time::NEVER, 0);
        let buttons = self.buttons.into_iter().map(|(at, button)| {
            last = (at, if last.0 == at { last.1 + 1 } else { 0 });
            html! { <div role="gridcell" class="cell" key={format!("{} {}", at.millis(), last.1)}>{ button }</div> }
        });
        html! {
            <>
                <svg class="marks" aria-hidden="true">{ for self.marks }</svg>
                <svg class="marks above" aria-hidden="true">{ for self.above }</svg>
                <>{ for buttons }</>
            </>
        }
    }
}

impl Piece for RowProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        pod_track(self)
    }
}

/// The track of a row.
fn pod_track(props: &RowProps) -> Html {
    let track = &props.stage.timeline.jobs[props.track];
    let row = row_of(track, props.row);
    let mut painter = Painter {
        props,
        track,
        row: &row,
        axis: &props.stage.timeline.axis,
        drawing: Drawing::default(),
        labels: Labels::default(),
        words_end: 0.0,
    };
    for position in &row.bars {
        let bar = &track.bars[*position];
        let (from, to) = painter.shown(bar);
        let cap = if painter.has_end(bar) { CAP } else { 0.0 };
        let (left, right) = (painter.x(from), painter.x(to) + cap);
        painter.labels.take(left, right);
    }
    for position in &row.backoffs {
        let wait = &track.backoffs[*position];
        painter.wait(wait);
        let (left, right) = (painter.x(wait.from), painter.x(wait.ended));
        painter.labels.take(left, right);
    }
    for (n, position) in row.bars.iter().enumerate() {
        let next = row.bars.get(n + 1).map(|next| track.bars[*next].created.at);
        painter.bar(&track.bars[*position], next);
    }
    painter.drawing.html()
}

/// The width of what is left of a pod, where there is room.
const WIDEST: f64 = 60.0;

struct Painter<'p> {
    props: &'p RowProps,
    track: &'p JobTrack,
    row: &'p Row,
    axis: &'p Axis,
    drawing: Drawing,
    labels: Labels,
    /// Where the words at the last cap end.
    words_end: f64,
}

impl OnTrack for Painter<'_> {
    fn axis(&self) -> &Axis {
        self.axis
    }

    fn width(&self) -> f64 {
        self.props.width
    }
}

impl<'p> Painter<'p> {
    fn words(&mut self, at: Time, html: Html) {
        self.drawing.words(at, self.props.now, html);
    }

    fn wait(&mut self, wait: &Backoff) {
        let words = self.props.stage.lang.timeline();
        let extent = self.extent(wait.from, wait.ended);
        self.drawing.marks.push(shapes::stretch("m-backoff", &extent, "9.75", "18.5", "4"));
        let text = words.backoff_label(wait);
        // The cap of the pod that failed covers the beginning of the wait in its own row.
        let covered = self.row.bars.iter().any(|bar| self.track.bars[*bar].last() == wait.from);
        let (from, to) = (self.x(wait.from) + if covered { CAP } else { 0.0 }, self.x(wait.ended));
        // In the middle of what is collapsed, where the wait is at its longest; else in the middle of the bar.
        let gap = self.axis.breaks.iter().find(|gap| wait.from <= gap.from && gap.to <= wait.ended);
        let middle = gap.map_or((from + to) / 2.0, |gap| (gap.left + gap.right) / 2.0 * self.props.width);
        if to - from > text_width(&text) + 6.0 {
            let x = percent(middle / self.props.width.max(1.0));
            let label = shapes::label("x-backoff halo", (&x, "0"), "23.5", "middle", text);
            self.words(wait.ended, label);
        }
        let selection = Selection { step: wait.mark.step, object: Some(ObjectKey::Job(self.track.job)) };
        let on = self.props.selection == Some(selection);
        let style = format!("left:{};width:{}", extent.0, extent.1);
        let name = format!("{}. {}", (words.backoff_name)(wait), words.press_enter);
        self.button(wait.from, selection, on, style, name);
    }

    /// From when to when a pod is shown: until it has a node, from then on, or all the time.
    fn shown(&self, bar: &Bar) -> (Time, Time) {
        let bound = bar.node().map(|(_, mark)| mark.at);
        match (self.props.row.part(), bound) {
            (Part::WithoutNode, Some(bound)) => (bar.created.at, bound),
            (Part::OnNode, Some(bound)) => (bound, bar.last()),
            _ => (bar.created.at, bar.last()),
        }
    }

    /// Whether its end is shown.
    fn has_end(&self, bar: &Bar) -> bool {
        bar.end.is_some() && self.props.row.part() != Part::WithoutNode
    }

    fn bar(&mut self, bar: &Bar, next: Option<Time>) {
        let (from, to) = self.shown(bar);
        if self.props.row.part() == Part::WithoutNode {
            self.segments(bar, from, to);
            return self.bar_button(bar);
        }
        self.lost(bar);
        if let Some(first) = bar.logs_from {
            let until = bar.ghost.map_or(self.axis.end(), |ghost| ghost.mark.at);
            let (left, width) = self.extent(first.at, until);
            self.drawing.marks.push(
                html! { <rect class="m-log" x={left} y="34" width={width} height="0.01" stroke-dasharray="1 3"/> },
            );
        }
        self.segments(bar, from, to);
        self.unheard(bar, from, to);
        if let Some(end) = &bar.end {
            self.cap(bar, end, next);
        }
        self.ghost(bar, next);
        self.bar_button(bar);
    }

    /// What it did between two times.
    fn segments(&mut self, bar: &Bar, from: Time, to: Time) {
        for (n, segment) in bar.segments.iter().enumerate() {
            let part = Segment { from: segment.from.max(from), to: segment.to.min(to), ..*segment };
            if part.from < part.to {
                self.segment(bar, &part, n);
            }
        }
    }

    /// When the node of a pod cannot be heard of.
    fn losses(&self, bar: &Bar) -> &'p [Stretch] {
        let lane = bar.node().and_then(|(node, _)| self.props.stage.timeline.node(node));
        lane.map_or(&[], |lane| &lane.lost)
    }

    /// In the rows of a node its losses are hatched from top to bottom.
    fn lost(&mut self, bar: &Bar) {
        for lost in self.losses(bar).iter().filter(|_| matches!(self.props.row, RowIs::Pod(..))) {
            let (x, width) = self.extent(lost.from, lost.to);
            self.drawing.marks.push(html! { <rect class="m-lost" {x} {width} height="100%"/> });
        }
    }

    /// While its node cannot be heard of, a pod is only what was last said of it.
    fn unheard(&mut self, bar: &Bar, from: Time, to: Time) {
        let runs = bar.segments.iter().filter(|segment| segment.kind == SegmentKind::Running);
        for (lost, segment) in self.losses(bar).iter().flat_map(|lost| runs.clone().map(move |run| (lost, run))) {
            let (from, to) = (lost.from.max(from).max(segment.from), lost.to.min(to).min(segment.to));
            if from >= to {
                continue;
            }
            let extent = self.extent(from, to);
            self.drawing.marks.push(shapes::stretch("m-unheard", &extent, "9.75", "18.5", "0"));
            let text = self.props.stage.lang.timeline().depth.no_news;
            if self.x(to) - self.x(from) > text_width(text) + 24.0 {
                let label = shapes::label("x-2 halo thick", (&extent.0, "9"), "23.5", "start", text);
                self.words(from, label);
            }
        }
    }

    /// The loss of its node that covers a time.
    fn loss_at(&self, bar: &Bar, at: Time) -> Option<&'p Stretch> {
        self.losses(bar).iter().find(|lost| lost.covers(at))
    }

    /// A pod is to stop, and nobody there hears of it: no grace period runs until its node is back.
    fn unheard_stop(&mut self, bar: &Bar, segment: &Segment, n: usize) {
        let until = self.loss_at(bar, segment.from).map_or(segment.to, |lost| lost.to.min(segment.to));
        let extent = self.extent(segment.from, until);
        self.drawing.marks.push(shapes::stretch("m-unheard stop", &extent, "9.75", "18.5", "0"));
        let seen = self.share(segment.from).max(0.0);
        let room = self.x(until) - seen * self.props.width - 12.0;
        let words = self.props.stage.lang.timeline().depth.unheard_stop;
        if let Some(text) = words.into_iter().find(|text| text_width(text) <= room) {
            let label = shapes::label("x-term halo thick", (&percent(seen), "9"), "23.5", "start", text);
            self.words(segment.from, label);
        }
        if until < segment.to {
            self.segment(bar, &Segment { from: until, ..*segment }, n);
        }
    }

    /// Until when it is known that a pod runs: its node may be lost before the end of the segment.
    fn heard_until(&self, bar: &Bar, segment: &Segment) -> Time {
        let losses = self.losses(bar).iter().map(|lost| lost.from);
        losses.filter(|from| segment.from < *from && *from < segment.to).min().unwrap_or(segment.to)
    }

    fn segment(&mut self, bar: &Bar, segment: &Segment, n: usize) {
        let words = self.props.stage.lang.timeline();
        let extent = self.extent(segment.from, segment.to);
        let x = &extent.0;
        // Words begin where the first of it is shown.
        let seen = self.share(segment.from).max(0.0);
        let known = self.heard_until(bar, segment);
        let room = self.x(known) - seen * self.props.width;
        let (mark, label) = match segment.kind {
            SegmentKind::Waiting(waiting) => return self.waits(bar, segment, waiting),
            SegmentKind::Pending => (shapes::stretch("m-pending", &extent, "14", "10", "3"), None),
            SegmentKind::Running => {
                let is_start = |kind| matches!(kind, SegmentKind::Pending | SegmentKind::Waiting(_));
                let is_first = bar.segments[..n].iter().all(|before| is_start(before.kind));
                let restart = bar.restarts.iter().find(|restart| restart.mark.at == segment.from);
                let text = match restart {
                    Some(restart) => format!("↻ {}", restart.number),
                    None if is_first && self.track.lane.is_indexed => bar.birth.attempt.to_string(),
                    None => self.props.stage.lang.format().span_rounded(known - segment.from),
                };
                (shapes::stretch("m-running", &extent, "9", "20", "4"), Some((text, "x-inv")))
            }
            SegmentKind::AwaitingRestart { wait } => {
                let text = self.props.stage.lang.format().span_rounded(wait);
                let mark = shapes::stretch("m-backoff", &extent, "12.75", "12.5", "3");
                (mark, Some((text, "x-backoff halo")))
            }
            SegmentKind::Terminating { .. } if self.loss_at(bar, segment.from).is_some() => {
                return self.unheard_stop(bar, segment, n);
            }
            SegmentKind::Terminating { grace } => {
                let mark = shapes::stretch("m-term", &extent, "9.75", "18.5", "1");
                (mark, Some(((words.grace_label)(grace), "x-term halo thick")))
            }
        };
        self.drawing.marks.push(mark);
        if let Some(restart) = bar.restarts.iter().find(|restart| restart.mark.at == segment.from) {
            let name = (words.restart_name)(restart.number);
            let notch = html! { <path d="M-1 -.5h9L3.500 7z" fill="var(--sheet)"/> };
            self.drawing.marks.push(shapes::mark(x, "9", notch));
            let selection = Selection { step: restart.mark.step, object: Some(ObjectKey::Pod(bar.pod)) };
            let on = self.props.selection == Some(selection);
            self.button(restart.mark.at, selection, on, format!("left:{x};width:16px"), name);
        }
        let Some((text, class)) = label.filter(|(text, _)| room >= text_width(text) + 12.0) else { return };
        let label = match segment.kind {
            SegmentKind::AwaitingRestart { .. } => {
                let middle = percent((self.share(segment.from) + self.share(segment.to)) / 2.0);
                shapes::label(class, (&middle, "0"), "23.5", "middle", text)
            }
            _ => shapes::label(class, (&percent(seen), "9"), "23.5", "start", text),
        };
        self.words(segment.from, label);
    }

    /// What stands at its end, and something shorter. Where its containers have rows, their exit codes stand there, and
    /// here what Kubernetes prints for the pod.
    fn end_labels(&self, bar: &Bar, end: &EndCap) -> [Option<String>; 2] {
        let words = self.props.stage.lang.timeline();
        let is_plain = end.killed.is_none() && end.disruption.is_none() && end.how != PodEnding::Vanished;
        let has_containers = bar.depth.as_ref().is_some_and(|depth| !depth.containers.is_empty());
        let is_ignored = matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. }));
        let label = words.end_label(end);
        let longer = match (self.props.stage.recording.object_after(ObjectKey::Pod(bar.pod), end.mark.step), end) {
            (Some(Object::Pod(pod)), _) if has_containers && is_plain && !is_ignored => Some(pod_status::status(pod)),
            // It never ran, and became a failure when the Job ended.
            (_, EndCap { killed: Some(_), counted: Some(counted), .. })
                if counted.counted == CountedAs::Failed && bar.first_run().is_none() =>
            {
                Some([&*label, &(words.failed)(counted.number)].join(words.format.comma))
            }
            _ => None,
        };
        [longer, Some(label)]
    }

    fn cap(&mut self, bar: &Bar, end: &EndCap, next: Option<Time>) {
        let x = self.at(end.mark.at);
        let ignored = matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. }));
        let solid = "M0 0h16a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H0z";
        let (inner, class) = match end.how {
            _ if end.killed.is_some() => (
                html! { <><rect width="12" height="20" fill="var(--terminating)"/><rect x="3.5" y="7.5" width="5" height="5" fill="var(--ink-inv)"/></> },
                "x-term halo",
            ),
            PodEnding::Succeeded => (
                html! { <><path class="m-succeeded" d={solid}/><path class="m-glyph" d="M6 10.5l3 3 5.500-6.500"/></> },
                "x-succeeded halo",
            ),
            PodEnding::Failed if ignored => (
                html! { <>
                    <path d="M0 .75h16a3.25 3.25 0 0 1 3.25 3.25v12a3.25 3.25 0 0 1-3.25 3.25H0z" fill="var(--sheet)" stroke="var(--failed)" stroke-width="1.5"/>
                    <circle cx="9.5" cy="10" r="4" fill="none" stroke="var(--failed)" stroke-width="1.6"/>
                    <path d="M6.2 13.3l6.600-6.600" stroke="var(--failed)" stroke-width="1.6" stroke-linecap="round"/>
                </> },
                "x-failed halo",
            ),
            PodEnding::Failed => (
                html! { <><path class="m-failed" d={solid}/><path class="m-cross" d={solid}/><path class="m-glyph" d="M6.500 6.500l7 7M13.500 6.500l-7 7"/></> },
                "x-failed halo",
            ),
            PodEnding::Vanished => (
                html! { <><path d="M-19 -1H4V21H-19z" fill="var(--sheet)"/><path class="m-term" d="M-19 .75L0 10-19 19.25"/></> },
                "x-term halo",
            ),
        };
        self.drawing.marks.push(shapes::mark(&x, "9", inner));
        self.words_end = self.x(end.mark.at) + CAP;
        let left = self.x(end.mark.at) + if end.killed.is_some() { CAP } else { 28.0 };
        let limit = next.map_or(f64::MAX, |next| self.x(next));
        let [longer, label] = self.end_labels(bar, end);
        // Beside the track there is room for a short word; what lies beyond it is not seen at all.
        let edge = if left <= self.props.width + BESIDE { self.props.width + BESIDE } else { f64::MAX };
        for text in longer.into_iter().chain(label) {
            let right = left + text_width(&text);
            if right <= edge && right + 4.0 <= limit && self.labels.fits(left, right) {
                let dx = if end.killed.is_some() { "19" } else { "30" };
                self.words_end = right + 6.0;
                return self.words(end.mark.at, shapes::label(class, (&x, dx), "23.5", "start", text));
            }
        }
    }

    fn ghost(&mut self, bar: &Bar, next: Option<Time>) {
        let Some(ghost) = bar.ghost else { return };
        let words = self.props.stage.lang.timeline();
        // The words at the cap come first.
        let own = self.x(ghost.mark.at);
        let start = own.max(self.words_end + 4.0);
        let edge = if own <= self.props.width { self.props.width } else { start + WIDEST };
        let room = next.map_or(edge, |next| self.x(next) - 4.0) - start;
        if room < 26.0 {
            return;
        }
        let width = room.min(WIDEST);
        let x = percent(start / self.props.width.max(1.0));
        let box_and_glyph = html! { <>
            <rect class="m-hollow" x="0.75" y="10" width={format!("{:.1}", width - 1.5)} height="18" rx="4"/>
            <use href="#i-nolog" x="8" y="12" width="14" height="14" fill="none" stroke="var(--line-3)" stroke-width="1.6" stroke-linecap="round"/>
        </> };
        self.drawing.marks.push(shapes::mark(&x, "0", box_and_glyph));
        let selection = Selection { step: ghost.mark.step, object: Some(ObjectKey::Pod(bar.pod)) };
        let on = self.props.selection == Some(selection);
        self.button(
            ghost.mark.at,
            selection,
            on,
            format!("left:{x};width:{width:.0}px"),
            words.gone_name(ghost.because, bar.logs_from.is_some()),
        );
    }

    fn bar_button(&mut self, bar: &Bar) {
        let words = self.props.stage.lang.timeline();
        let step = bar.telling_step();
        let selection = Selection { step, object: Some(ObjectKey::Pod(bar.pod)) };
        let is_ghost = bar
            .ghost
            .is_some_and(|ghost| self.props.selection.is_some_and(|on| on.step == ghost.mark.step && on.step != step));
        let on = !is_ghost && self.props.selection.is_some_and(|on| on.object == selection.object);
        let cap = if self.has_end(bar) { CAP } else { 0.0 };
        let (from, to) = self.shown(bar);
        let (left, width) = self.extent(from, to);
        let style = format!("left:{left};width:calc({width} + {cap}px)");
        let waits = (self.props.row.part() == Part::WithoutNode).then_some(words.depth.waits_for_node);
        let name = match waits {
            Some(waits) => format!(
                "Pod {}{}{waits}{} {}",
                bar.pod.0, words.format.comma, words.format.full_stop, words.press_enter
            ),
            None => format!("{} {}", words.bar_name(bar, self.track.outcome.limit), words.press_enter),
        };
        let on_action = &self.props.stage.on_action;
        let button = hit_with(select(on_action, selection), selection, "", on, style, name, self.tip(bar));
        self.drawing.buttons.push((from, button));
    }

    /// What kubectl prints for the pod now.
    fn tip(&self, bar: &Bar) -> Option<String> {
        let snapshot = self.props.stage.snapshot(self.props.now);
        let pod = snapshot.recording.pod_at(bar.pod, snapshot.at)?;
        let cells = kubectl::pod_cells(pod, &snapshot);
        let columns = kubectl::POD_COLUMNS.iter().zip(&cells).skip(1).take(3);
        let mut parts: Vec<String> =
            columns.map(|(column, cell)| format!("{} {cell}", column.to_uppercase())).collect();
        parts.push(format!("NODE {}", kubectl::pod_node(pod, &snapshot)));
        Some(parts.join("\n"))
    }

    fn button(&mut self, at: Time, selection: Selection, on: bool, style: String, name: String) {
        self.drawing.buttons.push((at, hit(&self.props.stage.on_action, selection, "", on, style, name)));
    }
}

/// What is pressed to select a step: it lies over its mark, and carries its words.
pub(super) fn hit(
    on_action: &Callback<Action>,
    selection: Selection,
    class: &'static str,
    on: bool,
    style: String,
    name: String,
) -> Html {
    hit_with(select(on_action, selection), selection, class, on, style, name, None)
}

/// A button with a press of its own, and perhaps a tooltip.
pub(super) fn hit_with(
    onclick: Callback<MouseEvent>,
    selection: Selection,
    class: &'static str,
    on: bool,
    style: String,
    name: String,
    title: Option<String>,
) -> Html {
    let pod = match selection.object {
        Some(ObjectKey::Pod(pod)) => Some(pod.0.to_string()),
        Some(ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => None,
    };
    html! {
        <button type="button" tabindex="-1" class={classes!("hit", class, on.then_some("on"))} ~{style} {onclick} {title}
            aria-label={name} aria-current={on.then_some("true")} data-pod={pod} data-step={selection.step.0.to_string()}/>
    }
}
