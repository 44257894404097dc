//! A node over its pods: a strip of how much of its cpu is reserved, and above it what it takes no pods for. All of it is
//! ink: nodes have no state that has a colour.

use super::layout::{Labels, Lane, LaneKind, ROW, RowIs, has_words, percent, text_width};
use super::on_track::OnTrack;
use super::pod_row::{Drawing, hit};
use super::shapes::{self, Extent};
use crate::api::ObjectKey;
use crate::explain::Selection;
use crate::time::Time;
use crate::timeline::Timeline;
use crate::timeline::axis::Axis;
use crate::timeline::nodes::{NodeLane, Part, Stretch};
use crate::web::controls::piece::Piece;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::rc::Rc;
use yew::functional::HookContext;
use yew::prelude::*;

/// The height of the strip.
const STRIP: f64 = 10.0;

#[derive(Clone, PartialEq)]
pub(super) struct NodeProps {
    pub(super) stage: Shared<Stage>,
    /// The position of the node.
    pub(super) node: usize,
    /// How high the faults are that stand over its strip.
    pub(super) over: f64,
    /// The last moment that the playhead has passed.
    pub(super) now: Time,
    pub(super) selection: Option<Selection>,
    pub(super) width: f64,
}

impl Piece for NodeProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        let node = &self.stage.timeline.nodes[self.node];
        let mut drawing = Drawing::default();
        let top = self.over + if has_words(node) { 28.0 } else { 10.0 };
        for lost in &node.lost {
            let (x, width) = self.shown(lost);
            drawing.marks.push(html! { <rect class="m-lost" {x} {width} height="100%"/> });
        }
        self.strip(node, top, &mut drawing);
        let mut labels = Labels::default();
        self.not_ready(node, &mut labels, &mut drawing);
        self.closed(node, &mut labels, &mut drawing);
        self.taints(node, &mut labels, &mut drawing);
        let words = self.stage.lang.timeline();
        let name = words.node_name(node, self.now);
        let (left, width) = self.shown(&node.here);
        // What a press selects has to be a step: the newest thing that happened to it.
        let style = format!("left:{left};width:{width}");
        if let Some(selection) = self.newest(node) {
            let name = format!("{name} {}", words.press_enter);
            let on = self.selection.is_some_and(|on| on.object == selection.object);
            drawing.buttons.push((node.here.from, hit(&self.stage.on_action, selection, "strip", on, style, name)));
        } else {
            let strip = html! { <span role="img" class="strip" aria-label={name} ~{style}/> };
            drawing.buttons.push((node.here.from, strip));
        }
        drawing.html()
    }
}

impl OnTrack for NodeProps {
    fn axis(&self) -> &Axis {
        &self.stage.timeline.axis
    }

    fn width(&self) -> f64 {
        self.width
    }
}

impl NodeProps {
    /// What is there at the end stays there: it goes on to the edge.
    fn shown(&self, stretch: &Stretch) -> Extent {
        let (from, to) = (self.share(stretch.from), self.share(stretch.to));
        let right = if stretch.to >= self.stage.timeline.end { to.max(1.0) } else { to };
        (percent(from), percent(right - from))
    }

    /// Where words stand over the strip, and the lines below them.
    fn baseline(&self) -> String {
        (self.over + 16.0).to_string()
    }

    fn line(&self) -> String {
        (self.over + 22.0).to_string()
    }

    /// The newest thing that happened to it by now, else the first.
    fn newest(&self, node: &NodeLane) -> Option<Selection> {
        let taints = node.taints.iter().map(|(_, stretch)| stretch);
        let all = node.lost.iter().chain(&node.not_ready).chain(&node.closed).chain(taints).chain([&node.here]);
        let mut steps: Vec<(Time, _)> = all.filter_map(|stretch| Some((stretch.from, stretch.step?))).collect();
        crate::order::sort(&mut steps);
        let newest = steps.iter().rfind(|(at, _)| *at <= self.now).or(steps.first());
        newest.map(|(_, step)| Selection { step: *step, object: Some(ObjectKey::Node(node.node)) })
    }

    fn strip(&self, node: &NodeLane, top: f64, drawing: &mut Drawing) {
        let (x, width) = self.shown(&node.here);
        let frame = |class| html! { <rect {class} x={x.clone()} y={top.to_string()} width={width.clone()} height={STRIP.to_string()} rx="2"/> };
        drawing.marks.push(frame("n-strip"));
        let until = node.reserved.iter().skip(1).map(|(at, _)| *at).chain([node.here.to]);
        for ((from, amount), to) in node.reserved.iter().zip(until).filter(|((_, amount), _)| *amount > 0) {
            let height = (STRIP * *amount as f64 / node.most() as f64).clamp(1.5, STRIP);
            let (x, width) = self.extent(*from, to);
            let y = format!("{:.1}", top + STRIP - height);
            drawing.marks.push(html! { <rect class="n-reserved" {x} {y} {width} height={format!("{height:.1}")}/> });
        }
        drawing.marks.push(frame("n-frame"));
    }

    /// The condition Ready is noticed late: a mark of its own.
    fn not_ready(&self, node: &NodeLane, labels: &mut Labels, drawing: &mut Drawing) {
        for stretch in &node.not_ready {
            let mark = html! { <rect y={(self.over + 4.0).to_string()} width="1.5" height="20" fill="var(--ink)"/> };
            drawing.marks.push(shapes::mark(&self.at(stretch.from), "0", mark));
            self.say(stretch, "NodeNotReady", "x-1 halo", labels, drawing);
        }
    }

    fn closed(&self, node: &NodeLane, labels: &mut Labels, drawing: &mut Drawing) {
        for stretch in &node.closed {
            let (x, width) = self.shown(stretch);
            drawing.marks.push(html! { <rect class="n-closed" {x} y={self.line()} {width} height="0.01"/> });
            self.say(stretch, self.stage.lang.timeline().depth.closed, "x-2 halo", labels, drawing);
        }
    }

    fn taints(&self, node: &NodeLane, labels: &mut Labels, drawing: &mut Drawing) {
        for (taint, stretch) in &node.taints {
            let (x, width) = self.shown(stretch);
            drawing.marks.push(html! { <rect class="n-taint" {x} y={self.line()} {width} height="1"/> });
            let word = self.stage.lang.timeline().depth.taint;
            let (x, left) = (percent(self.share(stretch.from).max(0.0)), self.x(stretch.from).max(0.0));
            let width = text_width(word) + 8.0 + 7.3 * taint.chars().count() as f64;
            if labels.fits(left, left + width) {
                let label = html! { <text class="x-2 halo" {x} dx="6" y={self.baseline()}>{ word }{ "\u{a0}" }<tspan class="mono">{ taint.clone() }</tspan></text> };
                drawing.words(stretch.from, self.now, label);
            }
        }
    }

    fn say(
        &self,
        stretch: &Stretch,
        text: &'static str,
        class: &'static str,
        labels: &mut Labels,
        drawing: &mut Drawing,
    ) {
        let (share, left) = (self.share(stretch.from).max(0.0), self.x(stretch.from).max(0.0));
        if labels.fits(left, left + text_width(text) * 1.05 + 14.0) {
            drawing.words(
                stretch.from,
                self.now,
                shapes::label(class, (&percent(share), "6"), self.baseline(), "start", text),
            );
        }
    }
}

/// Dotted lines from the end of a pod's wait for a node down to its row there.
#[derive(PartialEq)]
pub(super) struct Ties {
    pub(super) stage: Shared<Stage>,
    pub(super) lanes: Rc<Vec<Lane>>,
}

impl Piece for Ties {
    fn draw(&self, _: &mut HookContext) -> Html {
        ties(&self.stage.timeline, &self.lanes)
    }
}

fn ties(timeline: &Timeline, lanes: &[Lane]) -> Html {
    let ties = lanes.iter().filter_map(|lane| {
        let LaneKind::Row(n, RowIs::Pod(bar, Part::WithoutNode)) = lane.kind else { return None };
        let on_node = lanes.iter().find(|other| other.kind == LaneKind::Row(n, RowIs::Pod(bar, Part::OnNode)))?;
        let (_, bound) = timeline.jobs[n].bars[bar].node()?;
        let (top, foot) = (lane.top + ROW / 2.0 + 4.0, on_node.top + ROW / 2.0 - 5.0);
        let x = percent(timeline.axis.x(bound.at));
        Some(html! { <div class="tie" ~style={format!("left:{x};top:{top:.0}px;height:{:.0}px", foot - top)}/> })
    });
    html! { <div class="over" aria-hidden="true">{ for ties }</div> }
}
