//! The lanes from top to bottom.

use super::labels::{Labels, fitted, text_width};
use super::painter::{BESIDE, Painter, SPACE, Words};
use super::{Class, Frame, Glyph, Kind, Picture, Run, axis};
use crate::api::ObjectKey;
use crate::timeline::many::Many;
use crate::timeline::sorted::RowOrder;
use crate::timeline::{DetailLevel, JobTrack};

/// What a person did.
const CLUSTER: f64 = 30.0;
/// One more line of it.
const FAULTS: f64 = 20.0;

/// Paints a run.
pub(super) fn paint(run: &Run<'_>, frame: Frame) -> Picture {
    let mut lanes = Painter::new(run, frame);
    lanes.end_lane(axis::HEIGHT);
    lanes.cluster();
    lanes.cron_jobs();
    lanes.jobs();
    // What is collapsed lies behind everything, and is as high as all of it.
    let mut ground = Painter::new(run, frame);
    ground.axis(lanes.y);
    ground.end_lane(lanes.y);
    let (mut picture, lanes) = (ground.picture, lanes.picture);
    picture.height = ground.y;
    picture.labels = lanes.labels;
    picture.shapes.extend(lanes.shapes);
    picture.marks = lanes.marks;
    picture.still = lanes.still;
    picture
}

impl Painter<'_> {
    /// The inputs of the text: a pin each, and what it did.
    fn cluster(&mut self) {
        let faults = &self.run.timeline.faults;
        if faults.is_empty() {
            return;
        }
        let words = self.words;
        if self.run.timeline.crowd(Many::Inputs).is_some() {
            return self.crowd_of_many(Many::Inputs);
        }
        // Words that would lie on each other stand in lines below each other.
        let mut lines: Vec<Labels> = Vec::new();
        for fault in faults.iter().filter(|fault| !fault.disabled) {
            let at = fault.at.min(self.run.timeline.end);
            let x = self.share(at);
            let (text, left, ends_here) = self.fault_words(x, &(words.fault)(fault));
            let (from, to) = (left - 6.0, left + text_width(&text) + 3.0 * SPACE);
            let line = lines.iter().position(|line| line.is_free(from, to)).unwrap_or(lines.len());
            if line == lines.len() {
                lines.push(Labels::default());
            }
            lines[line].take(from, to);
            let y = FAULTS * line as f64;
            self.stem(at, (y + 14.0, CLUSTER - 6.0), Class::Fault);
            self.glyph(Glyph::Pin, at, y + 7.0, Class::Fault);
            let class = if fault.no_effect.is_some() || fault.refused.is_some() { Class::Second } else { Class::Fault };
            let (kind, dx) = if ends_here { (Kind::End, -SPACE) } else { (Kind::Start, SPACE) };
            let room = if ends_here { x } else { 1.0 - x };
            self.write(kind, Words { class, text: &text, x, dx, y: y + 16.5 }, room);
            let object = fault.pod.map(ObjectKey::Pod).or(fault.job.map(ObjectKey::Job));
            if let Some(mark) = fault.mark {
                let width = text_width(&text) + SPACE;
                let (before, behind) = if ends_here { (width, 6.0) } else { (6.0, width) };
                let name = (words.fault)(fault);
                self.mark((at, at), (before, behind), (y + 2.0, 20.0), (mark.step, object), name);
            }
        }
        let height = CLUSTER + FAULTS * lines.len().saturating_sub(1) as f64;
        self.label(CLUSTER.min(height), words.cluster, "");
        self.end_lane(height);
    }

    /// As much of the words of a fault as there is room for, where they begin, and whether they stand before it.
    fn fault_words(&self, x: f64, text: &str) -> (String, f64, bool) {
        let at = x * self.frame.width;
        let (before, behind) = (at - SPACE, self.frame.width + BESIDE - at - SPACE);
        let width = text_width(text);
        let ends_here = width <= before || width > behind && before > behind;
        let text = fitted(text, if ends_here { before } else { behind });
        let left = if ends_here { at - SPACE - text_width(&text) } else { at + SPACE };
        (text, left, ends_here)
    }

    fn jobs(&mut self) {
        let timeline = self.run.timeline;
        if timeline.crowds.jobs.is_some() {
            self.crowd_of_many(Many::Jobs);
            // The one that a page opens.
            let subject = timeline.subject(None, self.frame.at);
            let shown = subject.filter(|track| track.detail() == DetailLevel::Rows && track.rows.len() <= 20);
            if let Some(track) = shown {
                self.job(track);
            }
            return;
        }
        for track in timeline.jobs.iter() {
            self.job(track);
        }
    }

    fn job(&mut self, track: &JobTrack) {
        self.job_lane(track);
        self.controller(track);
        match track.detail() {
            DetailLevel::Rows => {
                for row in track.sorted_rows(RowOrder::default()) {
                    let row = &track.rows[row];
                    self.pod_row(track, row);
                    for position in 0..track.containers_of(row).len() {
                        self.container_row(track, row, position);
                    }
                }
            }
            DetailLevel::Thin => self.thin_rows(track),
            DetailLevel::Cells | DetailLevel::Bands => self.crowd_of_pods(track),
        }
    }
}
