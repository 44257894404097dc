//! What keeps a pod from running: a dotted line with words at its start; pulls are ticks on it.

use super::super::layout::{percent, text_width};
use super::super::on_track::OnTrack;
use super::super::shapes;
use super::Painter;
use crate::cluster::reason::Reason;
use crate::cluster::scheduler::why_refused;
use crate::picture::labels::bold_width;
use crate::timeline::depth::Pull;
use crate::timeline::pods::{Bar, Segment};
use crate::timeline::waiting::Waiting;
use std::fmt::Write;
use yew::prelude::*;

/// Pulls that stand closer to each other, in pixels, are one tick.
const APART: f64 = 4.0;
/// Between words, and before them.
const SPACE: f64 = 8.0;

impl Painter<'_> {
    /// A stretch in which something keeps it from starting.
    pub(super) fn waits(&mut self, bar: &Bar, segment: &Segment, waiting: Waiting) {
        let extent = self.extent(segment.from, segment.to);
        let all = bar.depth.iter().flat_map(|depth| &depth.pulls);
        let near: Vec<_> = all.filter(|pull| pull.to.at >= segment.from && pull.from.at < segment.to).collect();
        // A pull that failed belongs to the wait that it began.
        let is_own = |pull: &&Pull| waiting.is_for_image() || !pull.failed;
        let pulls: Vec<&Pull> = near.iter().copied().filter(is_own).collect();
        // The words of a wait for an image stand above its ticks.
        let (middle, line, baseline) = match near.is_empty() {
            true => (19.0, "19", "23.5"),
            false => (27.0, "27", "17"),
        };
        let class = if waiting.is_backoff() { "m-wait backoff" } else { "m-wait" };
        self.drawing.marks.push(shapes::stretch(class, &extent, line, "0.01", "0"));
        let mut ticks = String::new();
        let (mut last, mut drawn) = (f64::MIN, 0.0);
        let format = self.props.stage.lang.format();
        for (n, pull) in pulls.iter().enumerate() {
            let at = self.share(pull.from.at);
            if self.x(pull.from.at) - last >= APART {
                last = self.x(pull.from.at);
                // Writing to a String cannot fail.
                let _ = write!(ticks, "M{:.1} {:.1}v10", at * 1e4, middle - 5.0);
            }
            let Some(next) = pulls.get(n + 1).filter(|_| pull.failed) else { continue };
            let text = format.span_rounded(next.from.at - pull.to.at);
            let (left, right) = (self.x(pull.from.at), self.x(next.from.at));
            if right - left > text_width(&text) + 3.0 * SPACE && left >= drawn {
                drawn = right;
                let x = percent((at + self.share(next.from.at)) / 2.0);
                let label = shapes::label("x-wait halo", (&x, "0"), "31", "middle", text);
                self.words(next.from.at, label);
            }
        }
        if near.is_empty() {
            self.drawing.marks.push(shapes::mark(
                &extent.0,
                line,
                html! { <rect y="-7" width="2" height="14" class="m-start"/> },
            ));
        } else {
            let path = html! { <svg viewBox="0 0 10000 38" preserveAspectRatio="none" height="38"><path class="m-pull" d={ticks}/></svg> };
            self.drawing.marks.push(path);
        }
        if waiting == Waiting::Unschedulable && segment.to < bar.last() {
            let end = html! { <circle r="3.5" class="m-placed"/> };
            self.drawing.marks.push(shapes::mark(&self.at(segment.to), line, end));
        }
        self.waiting_words(segment, waiting, (pulls.len(), baseline));
    }

    /// Its word, and behind it what there is room for. Words begin where the first of it is shown.
    fn waiting_words(&mut self, segment: &Segment, waiting: Waiting, (pulls, y): (usize, &'static str)) {
        let words = self.props.stage.lang.timeline();
        let seen = self.share(segment.from).max(0.0);
        let room = self.x(segment.to).min(self.props.width) - seen * self.props.width - 2.0 * SPACE;
        let word = waiting.to_string();
        let width = bold_width(&word);
        if width > room {
            return;
        }
        let class = if waiting.is_backoff() { "x-wait halo" } else { "x-pend halo" };
        self.words(segment.from, shapes::label(class, (&percent(seen), "8"), y, "start", word));
        let nothing = words.depth.counts_as_nothing;
        let details = match waiting {
            Waiting::Unschedulable => self.scheduler_says(segment),
            Waiting::Gated | Waiting::Init(_) if pulls == 0 => Vec::new(),
            _ if pulls == 0 => vec![nothing.to_owned()],
            _ => {
                let pulls = (words.depth.pulls)(pulls);
                vec![[&pulls, nothing].join(words.format.comma), pulls]
            }
        };
        let fits = |text: &&String| width + SPACE + text_width(text) <= room;
        if let Some(text) = details.iter().find(fits) {
            let dx = format!("{:.0}", SPACE + width + SPACE);
            self.words(segment.from, shapes::label("x-2 halo", (&percent(seen), &dx), y, "start", text.clone()));
        }
    }

    /// What kept it from its nodes, in the scheduler's words: all of it, and less and less.
    fn scheduler_says(&self, segment: &Segment) -> Vec<String> {
        let recording = &self.props.stage.recording;
        let refused = recording.reasons(recording.step(segment.step)).iter().find_map(|reason| match reason {
            Reason::NodesRefused(nodes) => Some(nodes),
            _ => None,
        });
        let Some(nodes) = refused else { return Vec::new() };
        let all = why_refused(nodes);
        let some = |count: usize| {
            let why = all[..count].join(", ") + if count < all.len() { ", …" } else { "" };
            [format!("0/{} nodes: {why}", nodes.total()), why]
        };
        (1..=all.len()).rev().flat_map(some).collect()
    }
}
