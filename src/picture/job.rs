//! The lane of a Job, and that of its controllers.

use super::labels::{bold_width, text_width};
use super::painter::{BESIDE, Painter, SPACE, Words};
use super::{Class, Glyph, Kind};
use crate::api::{ConditionStatus, ConditionType, ObjectKey};
use crate::timeline::JobTrack;
use crate::timeline::controller::SyncMark;
use crate::timeline::job_lane::{ConditionFlag, StretchKind};

/// The lane of a Job: flags at its head, its ground at its foot.
const JOB: f64 = 34.0;
/// Where flags begin, and where their poles end.
const FLAG: f64 = 5.0;
const GROUND: f64 = 30.0;
/// The baseline of words beside flags.
const FLAG_WORDS: f64 = FLAG + 12.0;
/// The lane of controllers.
const CONTROLLER: f64 = 28.0;
/// The radius of a dot.
const DOT: f64 = 3.5;
/// Dots that stand closer to each other are one.
const APART: f64 = 5.0;

impl Painter<'_> {
    /// Whether it is there, suspended or over; its conditions as flags; its end.
    pub(super) fn job_lane(&mut self, track: &JobTrack) {
        let lane = &track.lane;
        let gone = lane.deleted.map_or(self.run.timeline.end, |(mark, _)| mark.at);
        self.label(JOB, "Job", &*track.name);
        self.line((lane.created.at, gone), (GROUND, 1.0), Class::Base);
        for stretch in lane.stretches.iter().filter(|stretch| stretch.kind == StretchKind::Suspended) {
            self.line((stretch.from, stretch.to), (GROUND - 5.0, 1.5), Class::Suspended);
        }
        let (terminal, interim): (Vec<&ConditionFlag>, Vec<&ConditionFlag>) =
            lane.flags.iter().partition(|flag| flag.is_terminal());
        for flag in &terminal {
            self.terminal_flag(track, flag);
        }
        for flag in interim {
            let with_terminal = terminal.iter().any(|other| other.mark.at == flag.mark.at);
            self.interim_flag(track, flag, with_terminal);
        }
        self.overlaps(track);
        self.end_of_job(track);
        self.end_lane(JOB);
    }

    fn terminal_flag(&mut self, track: &JobTrack, flag: &ConditionFlag) {
        let (x, left, class) = (self.share(flag.mark.at), self.x(flag.mark.at), class_of(flag.condition));
        let name = flag.condition.as_str();
        let width = bold_width(name).ceil() + 19.0;
        // No room to fly to the right: it flies to the left.
        let flips = left + width > self.frame.width + BESIDE / 2.0;
        let (kind, sign) = if flips { (Kind::End, -1.0) } else { (Kind::Start, 1.0) };
        self.stem(flag.mark.at, (FLAG, GROUND - FLAG), class);
        self.flag(flag.mark.at, FLAG, sign * width, class);
        let words = Words { class: Class::Value, text: name, x, dx: sign * 7.0, y: FLAG_WORDS };
        self.write(kind, words, 1.0);
        let (from, to) = if flips { (left - width, left) } else { (left, left + width) };
        self.labels.take(from, to);
        if flag.condition == ConditionType::Failed {
            let words = Words { class: Class::Second, text: flag.reason, x, dx: sign * (width + 6.0), y: FLAG_WORDS };
            let _ = if flips { self.end(words) } else { self.start(words, self.frame.width + BESIDE) };
        }
        let object = (flag.mark.step, ObjectKey::Job(track.job));
        let beside = if flips { (width, 0.0) } else { (0.0, width) };
        let name = [name, flag.reason].join(self.words.format.comma);
        self.mark((flag.mark.at, flag.mark.at), beside, (FLAG - 2.0, 20.0), object, name);
    }

    fn interim_flag(&mut self, track: &JobTrack, flag: &ConditionFlag, with_terminal: bool) {
        let text = (self.words.condition)(flag.condition, flag.status == ConditionStatus::True);
        let (x, left, width) = (self.share(flag.mark.at), self.x(flag.mark.at), text_width(text));
        // Beside a flag it stands left; alone it stands right, if it has room there.
        let is_right = !with_terminal
            && left + SPACE + width <= self.frame.width + BESIDE
            && self.labels.is_free(left, left + SPACE + width);
        let dx = if is_right { 6.0 } else { -6.0 };
        let words = Words { class: Class::Second, text, x, dx, y: FLAG_WORDS };
        let is_told = if is_right { self.start(words, self.frame.width + BESIDE) } else { self.end(words) };
        if !with_terminal {
            self.stem(flag.mark.at, (FLAG, GROUND - FLAG), class_of(flag.condition));
        }
        if is_told {
            let beside = if is_right { (0.0, width + SPACE) } else { (width + SPACE, 0.0) };
            let name = [text, flag.reason].join(self.words.format.comma);
            let object = (flag.mark.step, ObjectKey::Job(track.job));
            self.mark((flag.mark.at, flag.mark.at), beside, (FLAG - 2.0, 20.0), object, name);
        }
    }

    /// More pods alive than there may be.
    fn overlaps(&mut self, track: &JobTrack) {
        for overlap in &track.lane.overlaps {
            let (from, text) = (overlap.from.at, (self.words.alive_at_once)(overlap.alive));
            self.line((from, overlap.to), (GROUND - 5.0, 3.0), Class::Terminating);
            let words = Words { class: Class::Terminating, text: &text, x: self.share(from), dx: 0.0, y: FLAG_WORDS };
            let _ = self.start(words, self.frame.width + BESIDE);
        }
    }

    /// The wait for its deletion, and the deletion.
    fn end_of_job(&mut self, track: &JobTrack) {
        let lane = &track.lane;
        if let Some(ttl) = lane.ttl {
            let until = lane.deleted.map_or(ttl.until.min(self.run.timeline.end), |(mark, _)| mark.at);
            self.line((ttl.from, until), (GROUND - 5.0, 1.5), Class::Ttl);
        }
        let Some((mark, by)) = lane.deleted else { return };
        let words = self.words;
        self.stem(mark.at, (GROUND - 16.0, 16.0), Class::Gone);
        let text = words.deleted;
        let width = text_width(text) + SPACE;
        let words_there = Words { class: Class::Second, text, x: self.share(mark.at), dx: 6.0, y: GROUND - 4.0 };
        let is_told = self.start(words_there, self.frame.width + BESIDE + 20.0);
        let behind = if is_told { width } else { 12.0 };
        let object = (mark.step, ObjectKey::Job(track.job));
        self.mark((mark.at, mark.at), (4.0, behind), (GROUND - 18.0, 20.0), object, (words.deleted_by)(by).to_owned());
    }

    /// A dot for each sync, and words at those that tell something.
    pub(super) fn controller(&mut self, track: &JobTrack) {
        let words = self.words;
        self.label(CONTROLLER, words.controller, "");
        let y = CONTROLLER / 2.0;
        // Words cover no dot of a sync that wrote.
        for sync in track.syncs.iter().filter(|sync| sync.wrote) {
            let x = self.x(sync.mark.at);
            self.labels.take(x - DOT, x + DOT);
        }
        // One that wrote something, or has a word, stands for those beside it.
        let mut dots: Vec<&SyncMark> = Vec::new();
        for sync in &track.syncs {
            let is_near = |last: &&mut &SyncMark| self.x(sync.mark.at) - self.x(last.mark.at) < APART;
            match dots.last_mut().filter(is_near) {
                Some(last) if weight(sync) > weight(last) => *last = sync,
                Some(_) => {}
                None => dots.push(sync),
            }
        }
        for sync in &dots {
            let Some(text) = words.sync_label(sync) else { continue };
            let x = self.share(sync.mark.at);
            let place = Words { class: Class::Second, text: &text, x, dx: SPACE, y: y + 4.5 };
            if !self.start(place, self.frame.width + BESIDE) {
                let _ = self.end(Words { dx: -SPACE, ..place });
            }
        }
        for sync in dots {
            let (at, x) = (sync.mark.at, self.x(sync.mark.at));
            match (sync.is_ttl, sync.wrote) {
                (true, _) => self.glyph(Glyph::Diamond, at, y - 4.0, Class::Wrote),
                (false, true) => self.dot(at, y, DOT, Class::Wrote),
                // Words may stand where nothing was written.
                (false, false) if !self.labels.is_free(x - DOT, x + DOT) => {}
                (false, false) => self.dot(at, y, 2.6, Class::Looked),
            }
            let object = (sync.mark.step, ObjectKey::Job(track.job));
            self.mark((at, at), (7.0, 7.0), (3.0, CONTROLLER - 6.0), object, words.sync_name(sync));
        }
        self.end_lane(CONTROLLER);
    }
}

fn weight(sync: &SyncMark) -> (bool, bool) {
    (sync.verdict.is_some(), sync.wrote)
}

fn class_of(condition: ConditionType) -> Class {
    match condition {
        ConditionType::Complete | ConditionType::SuccessCriteriaMet => Class::Succeeded,
        ConditionType::Failed | ConditionType::FailureTarget => Class::Failed,
        ConditionType::Suspended => Class::Suspended,
    }
}
