//! A row of pods: bars with everything that happened to each attempt, and words at the marks.

use super::labels::text_width;
use super::painter::{BESIDE, Painter, SPACE, Words};
use super::{Class, Glyph};
use crate::api::ObjectKey;
use crate::cluster::reason::CountedAs;
use crate::recording::{Object, pod_status};
use crate::time::Time;
use crate::timeline::JobTrack;
use crate::timeline::pods::{Backoff, Bar, EndCap, PodEnding, Row, Segment, SegmentKind};
use crate::timeline::waiting::Waiting;

/// Pulls that stand closer to each other are one tick.
const APART: f64 = 4.0;

impl Painter<'_> {
    /// A row of pods.
    pub(super) fn pod_row(&mut self, track: &JobTrack, row: &Row) {
        let (name, rest) = (self.words.row)(row.of, row.bars.len());
        self.label(self.size.height, name, rest);
        let bars = || row.bars.iter().map(|bar| &track.bars[*bar]);
        for bar in bars() {
            let cap = if bar.end.is_some() { self.size.cap() } else { 0.0 };
            self.labels.take(self.x(bar.created.at), self.x(bar.last()) + cap);
        }
        for backoff in row.backoffs.iter().map(|backoff| &track.backoffs[*backoff]) {
            let covered = bars().any(|bar| bar.last() == backoff.from);
            self.labels.take(self.x(backoff.from), self.x(backoff.ended));
            self.backoff(track, backoff, covered);
        }
        for (n, bar) in bars().enumerate() {
            let next = row.bars.get(n + 1).map(|next| self.x(track.bars[*next].created.at));
            self.bar(track, bar, next);
        }
        self.end_lane(self.size.height);
    }

    /// Where a bar can be pressed.
    fn pressed(&self) -> (f64, f64) {
        (self.size.running.0 - 2.0, self.size.running.1 + 4.0)
    }

    /// A wait before a pod; the cap of the pod that failed covers its beginning in the same row.
    fn backoff(&mut self, track: &JobTrack, backoff: &Backoff, covered: bool) {
        let stretch = (backoff.from, backoff.ended);
        self.rect(stretch, self.size.hatched, Class::Backoff);
        let text = self.words.backoff_label(backoff);
        let cap = if covered { self.size.cap() / self.frame.width } else { 0.0 };
        let (from, to) = (self.share(backoff.from) + cap, self.share(backoff.ended));
        let gaps = &self.run.timeline.axis.breaks;
        // In the middle of what is collapsed, where the wait is at its longest; else in the middle of the bar.
        let gap = gaps.iter().find(|gap| backoff.from <= gap.from && gap.to <= backoff.ended);
        let middle = gap.map_or((from + to) / 2.0, |gap| (gap.left + gap.right) / 2.0);
        let room = 2.0 * (middle - from).min(to - middle);
        if !self.middle(middle, room, self.size.baseline, Class::Backoff, &text) {
            self.middle((from + to) / 2.0, to - from, self.size.baseline, Class::Backoff, &text);
        }
        let object = (backoff.mark.step, ObjectKey::Job(track.job));
        self.mark(stretch, (0.0, 0.0), self.pressed(), object, (self.words.backoff_name)(backoff));
    }

    fn bar(&mut self, track: &JobTrack, bar: &Bar, next: Option<f64>) {
        if let Some(first) = bar.logs_from {
            let until = bar.ghost.map_or(self.run.timeline.end, |ghost| ghost.mark.at);
            self.line((first.at, until), (self.size.log, 1.25), Class::Log);
        }
        for (n, segment) in bar.segments.iter().enumerate().filter(|(_, segment)| segment.from < segment.to) {
            self.segment(track, bar, segment, n);
        }
        let mut words_end = self.x(bar.last());
        if let Some(end) = &bar.end {
            words_end = self.cap(bar, end, next);
        }
        self.gone(bar, words_end, next);
        let behind = if bar.end.is_some() { self.size.cap() } else { 0.0 };
        let name = self.words.bar_name(bar, track.outcome.limit);
        let object = (bar.telling_step(), ObjectKey::Pod(bar.pod));
        self.mark((bar.created.at, bar.last()), (0.0, behind), self.pressed(), object, name);
        for restart in &bar.restarts {
            let at = restart.mark.at;
            let object = (restart.mark.step, ObjectKey::Pod(bar.pod));
            self.mark((at, at), (2.0, 14.0), self.pressed(), object, (self.words.restart_name)(restart.number));
        }
    }

    fn segment(&mut self, track: &JobTrack, bar: &Bar, segment: &Segment, n: usize) {
        let stretch = (segment.from, segment.to);
        let restart = bar.restarts.iter().find(|restart| restart.mark.at == segment.from);
        match segment.kind {
            SegmentKind::Waiting(waiting) => self.waiting(bar, segment, waiting),
            SegmentKind::Pending => self.rect(stretch, self.size.pending, Class::Pending),
            SegmentKind::Running => {
                self.rect(stretch, self.size.running, Class::Running);
                let is_start = |kind| matches!(kind, SegmentKind::Pending | SegmentKind::Waiting(_));
                let is_first = bar.segments[..n].iter().all(|before| is_start(before.kind));
                let length = self.words.format.span_rounded(segment.to - segment.from);
                let text = match restart {
                    Some(restart) => format!("↻ {}", restart.number),
                    None if is_first && track.lane.is_indexed && bar.birth.attempt > 1 => bar.birth.attempt.to_string(),
                    None => length,
                };
                self.on_bar(stretch, self.size.baseline, Class::Value, &text);
            }
            SegmentKind::AwaitingRestart { wait } => {
                self.rect(stretch, self.size.restart, Class::Backoff);
                let text = self.words.format.span_rounded(wait);
                let (x, to) = (self.share(segment.from), self.share(segment.to));
                self.middle((x + to) / 2.0, to - x, self.size.baseline, Class::Backoff, &text);
            }
            SegmentKind::Terminating { grace } => {
                self.rect(stretch, self.size.hatched, Class::Terminating);
                self.on_bar(stretch, self.size.baseline, Class::Terminating, &(self.words.grace_label)(grace));
            }
        }
        if restart.is_some() {
            self.glyph(Glyph::Notch, segment.from, self.size.running.0, Class::Running);
        }
    }

    /// A stretch in which something keeps it from starting: a line, a tick per pull, and Kubernetes's word.
    fn waiting(&mut self, bar: &Bar, segment: &Segment, waiting: Waiting) {
        let class = if waiting.is_backoff() { Class::Backoff } else { Class::Pending };
        let all = bar.depth.iter().flat_map(|depth| &depth.pulls);
        let pulls: Vec<Time> = all
            .filter(|pull| pull.to.at >= segment.from && pull.from.at < segment.to)
            .filter(|pull| waiting.is_for_image() || !pull.failed)
            .map(|pull| pull.from.at)
            .collect();
        // The words of a wait for an image stand above its ticks.
        let (middle, foot) = (self.size.running.0 + self.size.running.1 / 2.0, self.size.log);
        let are_apart = !pulls.is_empty() && self.size.scale() == 1.0;
        let (line, baseline) = if are_apart { (foot - 6.0, 15.0) } else { (middle, self.size.baseline) };
        self.line((segment.from, segment.to), (line, 1.5), class);
        let pulls_are_none = pulls.is_empty();
        let mut last = f64::MIN;
        for at in pulls {
            if self.x(at) - last >= APART {
                last = self.x(at);
                self.stem(at, (line - 4.0, 8.0), class);
            }
        }
        if pulls_are_none {
            self.stem(segment.from, (line - 6.0, 12.0), class);
        }
        if waiting == Waiting::Unschedulable && segment.to < bar.last() {
            self.dot(segment.to, line, 3.5, class);
        }
        self.on_bar((segment.from, segment.to), baseline, class, &waiting.to_string());
    }

    /// The end of a bar, and the words at it; where they end.
    fn cap(&mut self, bar: &Bar, end: &EndCap, next: Option<f64>) -> f64 {
        let is_ignored = matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. }));
        let (glyph, class) = match end.how {
            _ if end.killed.is_some() => (Glyph::Killed, Class::Terminating),
            PodEnding::Succeeded => (Glyph::Tick, Class::Succeeded),
            PodEnding::Failed if is_ignored => (Glyph::Ignored, Class::Failed),
            PodEnding::Failed => (Glyph::Cross, Class::Failed),
            PodEnding::Vanished => (Glyph::Vanished, Class::Terminating),
        };
        let scale = self.size.scale();
        self.glyph(glyph, end.mark.at, self.size.running.0, class);
        self.scale_glyph(scale);
        let dx = glyph.size().0 * scale + SPACE;
        let until = next.map_or(self.frame.width + BESIDE, |next| next - 4.0);
        let x = self.share(end.mark.at);
        for text in self.end_labels(bar, end).into_iter().flatten() {
            if self.start(Words { class, text: &text, x, dx, y: self.size.baseline }, until) {
                return x * self.frame.width + dx + text_width(&text);
            }
        }
        x * self.frame.width + dx
    }

    /// What stands at its end, and something shorter. Where its containers have rows, their exit codes stand there, and
    /// here what Kubernetes prints for the pod.
    fn end_labels(&self, bar: &Bar, end: &EndCap) -> [Option<String>; 2] {
        let is_plain = end.killed.is_none() && end.disruption.is_none() && end.how != PodEnding::Vanished;
        let has_containers = bar.depth.as_ref().is_some_and(|depth| !depth.containers.is_empty());
        let is_ignored = matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. }));
        let pod = self.run.recording.object_after(ObjectKey::Pod(bar.pod), end.mark.step);
        let status = match pod {
            Some(Object::Pod(pod)) if has_containers && is_plain && !is_ignored => Some(pod_status::status(pod)),
            _ => None,
        };
        [status, Some(self.words.end_label(end))]
    }

    /// Where its object was.
    fn gone(&mut self, bar: &Bar, words_end: f64, next: Option<f64>) {
        let Some(ghost) = bar.ghost else { return };
        let scale = self.size.scale();
        let width = Glyph::NoLogs.size().0 * scale;
        let start = self.x(ghost.mark.at).max(words_end + 4.0);
        let until = next.map_or(self.frame.width + BESIDE, |next| next - 4.0);
        // It stands where its object went away: not where only its words leave room.
        if start > self.x(ghost.mark.at) + 2.0 * self.size.cap()
            || !self.labels.fits(start, start + width)
            || start + width > until
        {
            return;
        }
        let beside = start - self.x(ghost.mark.at);
        let x = start / self.frame.width;
        self.glyph_at(Glyph::NoLogs, x, self.size.running.0 + scale, Class::Gone);
        self.scale_glyph(scale);
        let name = self.words.gone_name(ghost.because, bar.logs_from.is_some());
        let object = (ghost.mark.step, ObjectKey::Pod(bar.pod));
        self.mark((ghost.mark.at, ghost.mark.at), (0.0, beside + width), self.pressed(), object, name);
    }
}
