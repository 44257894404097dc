//! The timeline in characters, for terminals and for tests: numbers and Kubernetes's own names, no sentences.

use super::axis::Axis;
use super::controller::{SyncMark, Verdict};
use super::cron::{CronLane, Fate};
use super::depth::ContainerBar;
use super::idle::IdleReason;
use super::job_lane::{JobLane, StretchKind};
use super::outcome::{Logs, OutcomeKind};
use super::pods::{Backoff, Bar, EndCap, PodEnding, Row, RowOf, SegmentKind};
use super::{DetailLevel, JobTrack, Timeline, crowd};
use crate::api::ContainerRole;
use crate::cluster::reason::CountedAs;
use crate::time::{Span, Time};

/// Width of the first column, which holds the names of lanes and rows.
const NAMES: usize = 14;
/// The least width of what stands beside the names.
const NARROWEST: usize = 40;

/// The timeline in `width` columns, a line per lane.
///
/// ```text
/// ░ pending  ┄ kept from starting  █ running  ▚ terminating  ╌ waiting  ≈ collapsed  ✓ succeeded  ✗ failed  ∅ ignored  ■ stopped by the controller  □ gone
/// ▬ a container  ╵ a pull  ● a controller wrote  ○ it found nothing to do  ◆ it deleted the Job
/// ```
pub fn render(timeline: &Timeline, width: usize) -> String {
    let canvas = Canvas { axis: &timeline.axis, columns: width.max(NAMES + NARROWEST) - NAMES };
    let mut lines = vec![canvas.axis()];
    if !timeline.faults.is_empty() {
        let mut line = canvas.line("input");
        for fault in &timeline.faults {
            let words = match fault.pod {
                Some(pod) => format!("▼{} {}", fault.action.keyword(), pod.0),
                None => format!("▼{}", fault.action.keyword()),
            };
            line.words(canvas.column(fault.at), &words);
        }
        lines.push(line.text());
    }
    lines.extend(timeline.cron_jobs.iter().map(|lane| canvas.cron(lane)));
    for track in timeline.jobs.iter() {
        lines.push(canvas.job(&track.lane));
        lines.push(canvas.controller(&track.syncs));
        match track.detail() {
            DetailLevel::Rows | DetailLevel::Thin => {
                for row in &track.rows {
                    lines.push(canvas.row(track, row));
                    let containers = track.containers_of(row);
                    lines.extend(containers.iter().map(|container| canvas.container(track, row, container)));
                }
            }
            DetailLevel::Cells | DetailLevel::Bands => lines.push(canvas.crowd(track, timeline.end)),
        }
        lines.push(summary(track));
    }
    lines.join("\n") + "\n"
}

/// How a Job went, in the API's words and numbers.
fn summary(track: &JobTrack) -> String {
    let outcome = &track.outcome;
    let verdict = match outcome.verdict {
        OutcomeKind::Finished { condition, reason, .. } => format!("{} {reason}", condition.as_str()),
        OutcomeKind::Deleted(_) => "Deleted".to_owned(),
        OutcomeKind::Suspended => "Suspended".to_owned(),
        OutcomeKind::Active => "Active".to_owned(),
    };
    let took = outcome.took.map_or(String::new(), |took| format!(" took={took}"));
    let limit = outcome.limit.map_or(String::new(), |limit| format!("/{limit}"));
    let logs = match outcome.logs {
        Logs::Until(until) => format!(" logs-until={}", clock(until)),
        Logs::Kept | Logs::Never => String::new(),
    };
    let mut text = format!("{} {verdict}{took} pods={} failures={}{limit}", track.name, outcome.pods, outcome.failures);
    for (name, number) in [("ignored", outcome.ignored), ("restarts", outcome.restarts)] {
        if number > 0 {
            text += &format!(" {name}={number}");
        }
    }
    format!("{text} pod-time={}{logs}", outcome.pod_time)
}

fn clock(at: Time) -> String {
    let seconds = at.seconds();
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

struct Canvas<'a> {
    axis: &'a Axis,
    columns: usize,
}

/// A line of the picture.
struct Line {
    name: String,
    cells: Vec<char>,
}

impl Line {
    fn put(&mut self, column: usize, letter: char) {
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = letter;
        }
    }

    fn fill(&mut self, from: usize, to: usize, letter: char) {
        for column in from..to.max(from + 1) {
            self.put(column, letter);
        }
    }

    /// Writes words from a column on if the place is free; at the right edge they move left.
    fn words(&mut self, column: usize, words: &str) {
        let length = words.chars().count();
        let column = column.min(self.cells.len().saturating_sub(length));
        let is_free = self.cells.iter().skip(column).take(length).all(|cell| *cell == ' ');
        if is_free {
            for (n, letter) in words.chars().enumerate() {
                self.put(column + n, letter);
            }
        }
    }

    /// Writes words in the middle of a stretch if they fit in it.
    fn middle(&mut self, from: usize, to: usize, words: &str) {
        let length = words.chars().count();
        if to > from + length + 1 {
            let start = from + (to - from - length) / 2;
            for (n, letter) in words.chars().enumerate() {
                self.put(start + n, letter);
            }
        }
    }

    /// Writes words at the beginning of a stretch if they fit in it.
    fn begin(&mut self, from: usize, to: usize, words: &str) {
        if to > from + words.chars().count() + 1 {
            for (n, letter) in words.chars().enumerate() {
                self.put(from + 1 + n, letter);
            }
        }
    }

    fn text(self) -> String {
        let cells: String = self.cells.into_iter().collect();
        format!("{:NAMES$}{cells}", self.name).trim_end().to_owned()
    }
}

impl Canvas<'_> {
    fn line(&self, name: &str) -> Line {
        // The end of a long name says more than its beginning: the Jobs of a CronJob differ there.
        let length = name.chars().count();
        let name = match name.split_once('/') {
            Some((kind, _)) if length >= NAMES => {
                let room = NAMES - kind.chars().count() - 3;
                format!("{kind}/…{}", name.chars().skip(length - room).collect::<String>())
            }
            _ => name.chars().take(NAMES - 1).collect(),
        };
        Line { name, cells: vec![' '; self.columns] }
    }

    fn column(&self, at: Time) -> usize {
        self.place(self.axis.x(at))
    }

    fn place(&self, share: f64) -> usize {
        ((share * self.columns as f64) as usize).min(self.columns - 1)
    }

    fn axis(&self) -> String {
        let mut line = self.line("");
        for gap in &self.axis.breaks {
            let (from, to) = (self.place(gap.left), self.place(gap.right));
            line.fill(from, to, '≈');
            let length = gap.length.to_string();
            line.middle(from, to, if gap.reason == IdleReason::Endless { "∞" } else { &length });
        }
        for tick in &self.axis.ticks {
            line.words(self.place(tick.x), &clock(tick.at));
        }
        line.text()
    }

    fn cron(&self, lane: &CronLane) -> String {
        let mut line = self.line(&format!("cronjob/{}", lane.name));
        for tick in &lane.ticks {
            let letter = match tick.fate {
                Fate::Started { .. } => '▲',
                Fate::Forbidden | Fate::Missed => '△',
            };
            line.put(self.column(tick.mark.at), letter);
        }
        line.text()
    }

    fn job(&self, lane: &JobLane) -> String {
        let mut line = self.line(&format!("job/{}", lane.name));
        for stretch in &lane.stretches {
            let letter = match stretch.kind {
                StretchKind::Active => '━',
                StretchKind::Suspended => '╌',
                StretchKind::Finishing => '▒',
                StretchKind::Finished => '·',
            };
            line.fill(self.column(stretch.from), self.column(stretch.to), letter);
        }
        for overlap in &lane.overlaps {
            line.fill(self.column(overlap.from.at), self.column(overlap.to), '═');
        }
        for pair in lane.counts.windows(2) {
            if pair[1].failed > pair[0].failed {
                let words = format!("✗{}", pair[1].failed);
                self.over(&mut line, pair[1].mark.at, &words);
            }
        }
        for flag in lane.flags.iter().filter(|flag| flag.is_terminal()) {
            self.over(&mut line, flag.mark.at, &format!("▶{}", flag.condition.as_str()));
        }
        if let Some((mark, _)) = lane.deleted {
            line.put(self.column(mark.at), '□');
        }
        line.text()
    }

    fn over(&self, line: &mut Line, at: Time, words: &str) {
        let column = self.column(at).min(self.columns.saturating_sub(words.chars().count()));
        for (n, letter) in words.chars().enumerate() {
            line.put(column + n, letter);
        }
    }

    fn controller(&self, syncs: &[SyncMark]) -> String {
        let mut line = self.line("controller");
        for sync in syncs.iter().filter(|sync| sync.wrote || sync.is_ttl) {
            line.put(self.column(sync.mark.at), if sync.is_ttl { '◆' } else { '●' });
        }
        for sync in syncs {
            let words = match sync.verdict {
                Some(Verdict::HeldBack(wait)) => wait.to_string(),
                Some(Verdict::IndexHeldBack { index, wait }) => format!("[{index}] {wait}"),
                Some(Verdict::Refused { used, limited }) => format!("{used}/{limited}"),
                Some(Verdict::Condition(_) | Verdict::Suspended | Verdict::Resumed | Verdict::Deletes) | None => {
                    continue;
                }
            };
            line.words(self.column(sync.mark.at) + 1, &words);
        }
        // A sync that wrote nothing is drawn only where nothing else is.
        for sync in syncs.iter().filter(|sync| !sync.wrote) {
            line.words(self.column(sync.mark.at), "○");
        }
        line.text()
    }

    fn row(&self, track: &JobTrack, row: &Row) -> String {
        let name = match row.of {
            RowOf::Pod(pod) => format!("  pod {}", pod.0),
            RowOf::Index(index) => format!("  index {index}"),
            RowOf::NeverMade => "  (none)".to_owned(),
        };
        let mut line = self.line(&name);
        for wait in row.backoffs.iter().map(|position| &track.backoffs[*position]) {
            self.wait(&mut line, wait);
        }
        for bar in row.bars.iter().map(|position| &track.bars[*position]) {
            self.bar(&mut line, bar);
        }
        for bar in row.bars.iter().map(|position| &track.bars[*position]) {
            if let Some(end) = &bar.end {
                line.words(self.column(end.mark.at) + 1, &code(end));
            }
        }
        line.text()
    }

    fn container(&self, track: &JobTrack, row: &Row, container: &ContainerBar) -> String {
        let kind = match container.role {
            ContainerRole::Init => "init",
            ContainerRole::Sidecar => "side",
            ContainerRole::Regular => "main",
        };
        let mut line = self.line(&format!("   {kind} {}", container.name));
        for run in track.container_bars(row, container.place).flat_map(|(_, bar)| &bar.runs) {
            let stopped = run.stopped.map_or(run.to, |mark| mark.at);
            line.fill(self.column(run.from.at), self.column(stopped), '▬');
            if run.stopped.is_some() {
                line.fill(self.column(stopped), self.column(run.to), '▚');
            }
            if let Some(until) = run.waits_until {
                line.fill(self.column(run.to), self.column(until), '╌');
            }
            if let Some(end) = run.end {
                line.words(self.column(run.to) + 1, &end.exit_code.to_string());
            }
        }
        line.text()
    }

    fn wait(&self, line: &mut Line, wait: &Backoff) {
        let (from, to) = (self.column(wait.from), self.column(wait.ended));
        line.fill(from, to, '╌');
        let real = wait.ended - wait.from;
        let words =
            if wait.was_cut_short() { format!("{}/{}", rounded(real), wait.length) } else { wait.length.to_string() };
        line.middle(from, to, &words);
    }

    fn bar(&self, line: &mut Line, bar: &Bar) {
        for segment in &bar.segments {
            let letter = match segment.kind {
                SegmentKind::Pending => '░',
                SegmentKind::Waiting(_) => '┄',
                SegmentKind::Running => '█',
                SegmentKind::AwaitingRestart { .. } => '╌',
                SegmentKind::Terminating { .. } => '▚',
            };
            let (from, to) = (self.column(segment.from), self.column(segment.to));
            line.fill(from, to, letter);
            match segment.kind {
                SegmentKind::AwaitingRestart { wait } => line.middle(from, to, &rounded(wait).to_string()),
                SegmentKind::Waiting(waiting) => line.begin(from, to, &waiting.to_string()),
                SegmentKind::Pending | SegmentKind::Running | SegmentKind::Terminating { .. } => {}
            }
        }
        for pull in bar.depth.iter().flat_map(|depth| &depth.pulls) {
            line.put(self.column(pull.from.at), '╵');
        }
        for restart in &bar.restarts {
            self.over(line, restart.mark.at, &format!("↻{}", restart.number));
        }
        if let Some(end) = &bar.end {
            line.put(self.column(end.mark.at), glyph(end));
        }
        if let Some(ghost) = bar.ghost {
            let column = self.column(ghost.mark.at);
            let own = bar.end.map(|end| self.column(end.mark.at));
            line.put(if own == Some(column) { column + 1 } else { column }, '□');
        }
    }

    fn crowd(&self, track: &JobTrack, at: Time) -> String {
        let mut line = self.line(&format!("  {} rows", track.rows.len()));
        let cells = track.crowd.merged(self.columns);
        for (column, state) in cells.states(0..cells.len(), at).enumerate() {
            let letter = match state {
                crowd::CellState::NotStarted => '·',
                crowd::CellState::Succeeded => '✓',
                crowd::CellState::Running => '█',
                crowd::CellState::Pending => '░',
                crowd::CellState::Waiting => '╌',
                crowd::CellState::Terminating => '▚',
                crowd::CellState::Failed => '✗',
            };
            line.put(column, letter);
        }
        line.text()
    }
}

fn rounded(length: Span) -> Span {
    Span::from_millis((length.millis() + 50) / 100 * 100)
}

fn glyph(end: &EndCap) -> char {
    let is_ignored = matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. }));
    match end.how {
        _ if end.killed.is_some() => '■',
        PodEnding::Succeeded => '✓',
        PodEnding::Failed if is_ignored => '∅',
        PodEnding::Failed => '✗',
        PodEnding::Vanished => '□',
    }
}

fn code(end: &EndCap) -> String {
    let mut text = end.exit_code.map_or(String::new(), |code| code.to_string());
    if end.oom {
        text += " OOMKilled";
    }
    if let Some(disruption) = end.disruption {
        text += " ";
        text += disruption.as_str();
    }
    text
}
