//! Bars, cells and dots in words, and figures with their units. They are composed here, once for all languages, from
//! the words that each language has for their parts.

use super::TimelineWords;
use crate::api::DisruptionReason;
use crate::cluster::reason::{CountedAs, DeletedBecause};
use crate::texts::format::{NO_BREAK, count, day_and_time, time_of_day};
use crate::time::{Span, Time};
use crate::timeline::controller::{SyncMark, Verdict};
use crate::timeline::cron::{CronLane, CronTick};
use crate::timeline::crowd::CellState;
use crate::timeline::instruments::{CompletionProgress, Fuse};
use crate::timeline::outcome::Logs;
use crate::timeline::pods::{Backoff, Bar, EndCap, GoneBecause, PodEnding, RowOf, SegmentKind};
use serde_json::Value;

/// A figure that is set in bold, with the word before it and the unit behind it: `51` `s`, `2` `of 3`.
#[allow(missing_docs)]
#[derive(Debug)]
pub struct Figure {
    pub before: &'static str,
    pub figure: String,
    pub unit: String,
}

/// The newest pod of a cell, for the cell's name.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// 1 for the first pod of its row.
    pub number: u32,
    /// Of the container that decided; `None` while the pod is alive.
    pub exit_code: Option<i32>,
}

/// The parts of a bar's name.
#[allow(missing_docs)]
pub struct BarWords {
    /// The attempt, of an index where the Job is Indexed.
    pub attempt: fn(Option<u32>, u32) -> String,
    /// What a pod that is alive does; `None` before its first segment.
    pub doing: fn(Option<SegmentKind>) -> &'static str,
    pub ended: fn(PodEnding) -> &'static str,
    pub exit_code: fn(i32) -> String,
    /// Killed for its memory.
    pub oom: &'static str,
    /// How long its containers ran.
    pub ran: fn(&str) -> String,
    /// How often its containers were restarted in place.
    pub restarted: fn(u32) -> String,
    /// Counted as the n-th failure, of the limit if there is one.
    pub counted: fn(u32, Option<u32>) -> String,
    /// Ignored by a rule of podFailurePolicy.
    pub ignored: fn(u32) -> String,
}

/// What stands at the end of a bar, in a word or two.
pub struct EndWords {
    /// The Job controller deleted the pod, for this.
    pub killed: fn(DeletedBecause) -> &'static str,
    /// The object went away before the pod had ended.
    pub vanished: &'static str,
    /// No container ever ran.
    pub never_ran: &'static str,
    /// PreemptionByScheduler.
    pub preempted: &'static str,
    /// Any other disruption.
    pub evicted: &'static str,
    /// A rule of podFailurePolicy ignored the failure.
    pub ignored: &'static str,
}

/// The parts of a cell's name.
pub struct CellWords {
    /// What the cell is at the playhead.
    pub state: fn(CellState) -> &'static str,
    /// The exit code of its newest pod.
    pub exit_code: fn(i32) -> String,
    /// Which attempt its newest pod is.
    pub attempt: fn(u32) -> String,
}

/// The parts of the name of a dot on the controller lane.
#[allow(missing_docs)]
pub struct SyncWords {
    /// Which controller, the TTL controller or not, and when.
    pub acted: fn(bool, &str) -> String,
    pub wrote: &'static str,
    pub nothing_to_do: &'static str,
    /// The decision in a word or two.
    pub verdict: fn(Verdict) -> String,
}

impl TimelineWords {
    /// A length of time, rounded: `51` `s`.
    pub fn length(&self, length: Span) -> Figure {
        // Of a long one two units are enough.
        let unit = match length.millis() {
            ..3_600_000 => 1,
            3_600_000..86_400_000 => 60_000,
            _ => 3_600_000,
        };
        let text = match length {
            Span::FOREVER => self.format.span(length),
            length => self.format.span_rounded(Span::from_millis((length.millis() + unit / 2) / unit * unit)),
        };
        let (figure, unit) = text.split_once(NO_BREAK).unwrap_or((&text, ""));
        Figure { before: "", figure: figure.to_owned(), unit: unit.to_owned() }
    }

    /// How much of a limit is used: `2` `of 3`; only the number where there is no limit.
    pub fn used_of(&self, used: u32, limit: Option<u32>) -> Figure {
        let unit =
            limit.filter(|limit| used <= *limit).map_or(String::new(), |limit| format!("{} {}", self.of, count(limit)));
        Figure { before: "", figure: count(used), unit }
    }

    /// How long logs can be read.
    pub fn logs(&self, logs: Logs) -> Figure {
        let (before, figure) = match logs {
            Logs::Never => ("", self.no_logs.to_owned()),
            Logs::Kept => ("", self.to_the_end.to_owned()),
            Logs::Until(at) => (self.until_time, self.format.clock_short(at)),
        };
        Figure { before, figure, unit: String::new() }
    }

    /// What the first instrument reads.
    pub fn completions_read(&self, completions: &CompletionProgress) -> String {
        let of = |done: u32, all: u32| format!("{} {} {}", count(done), self.of, count(all));
        match completions {
            CompletionProgress::Pods { done, needed } => of(*done, *needed),
            CompletionProgress::Indexes { done, count, .. } => of(done.len(), *count),
            CompletionProgress::WorkQueue { done, active } => (self.done_and_active)(&count(*done), &count(*active)),
        }
    }

    /// What the third instrument reads; where there is little room, the middle of it is enough.
    pub fn deadline_read(&self, fuse: Option<Fuse>) -> [String; 3] {
        let Some(fuse) = fuse else { return [String::new(), self.not_set.to_owned(), String::new()] };
        let clock = |length: Span| self.format.clock_short(Time::ZERO + length);
        let [before, behind] = self.left;
        [before.to_owned(), clock(fuse.left()), format!(" {} {}{behind}", self.of, clock(fuse.total))]
    }

    /// How long a wait is, at its bar; how much of it passed, where it ended early.
    pub fn backoff_label(&self, wait: &Backoff) -> String {
        let length = self.format.span(wait.length);
        match wait.was_cut_short() {
            true => format!("{} {} {length}", self.format.span_rounded(wait.ended - wait.from), self.of),
            false => length,
        }
    }

    /// A bar in words: `Pod 2, attempt 2, failed, exit code 1, ran 6 s, counted: 2 of 3.`
    pub fn bar_name(&self, bar: &Bar, limit: Option<u32>) -> String {
        let words = &self.bar;
        let mut parts = vec![format!("Pod {}", bar.pod.0), (words.attempt)(bar.birth.index, bar.birth.attempt)];
        match bar.end {
            None => parts.push(match bar.segments.last().map(|segment| segment.kind) {
                Some(SegmentKind::Waiting(waiting)) => waiting.to_string(),
                doing => (words.doing)(doing).to_owned(),
            }),
            Some(end) => {
                parts.push((words.ended)(end.how).to_owned());
                parts.extend(end.exit_code.map(words.exit_code));
                parts.extend(end.oom.then(|| words.oom.to_owned()));
                parts.extend(end.disruption.map(|disruption| disruption.as_str().to_owned()));
            }
        }
        if bar.first_run().is_some() {
            parts.push((words.ran)(&self.format.span_rounded(bar.run_time())));
        }
        parts.extend(bar.restarts.last().map(|restart| (words.restarted)(restart.number)));
        let counted = bar.end.and_then(|end| end.counted);
        parts.extend(counted.and_then(|counted| match counted.counted {
            CountedAs::Failed => Some((words.counted)(counted.number, limit.filter(|limit| counted.number <= *limit))),
            CountedAs::Ignored { rule } => Some((words.ignored)(rule)),
            CountedAs::Succeeded | CountedAs::Nothing => None,
        }));
        parts.join(self.format.comma) + self.format.full_stop
    }

    /// The place where a pod's object was, in words: `deleted with its Job, logs gone`.
    pub fn gone_name(&self, because: GoneBecause, had_logs: bool) -> String {
        let parts = [Some((self.gone)(because)), had_logs.then_some(self.logs_gone)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(self.format.comma)
    }

    /// What stands at the end of a bar: `evicted, exit 143`.
    pub fn end_label(&self, end: &EndCap) -> String {
        let words = &self.end;
        if let Some(because) = end.killed {
            return (words.killed)(because).to_owned();
        }
        if end.how == PodEnding::Vanished {
            return words.vanished.to_owned();
        }
        let disruption = end.disruption.map(|reason| match reason {
            DisruptionReason::PreemptionByScheduler => words.preempted,
            _ => words.evicted,
        });
        let exit = end.exit_code.map_or(words.never_ran.to_owned(), |code| format!("exit{NO_BREAK}{code}"));
        let is_ignored = matches!(end.counted.map(|counted| counted.counted), Some(CountedAs::Ignored { .. }));
        let before = [disruption, end.oom.then_some("OOM")].into_iter().flatten().map(str::to_owned);
        let behind = is_ignored.then(|| words.ignored.to_owned());
        before.chain([exit]).chain(behind).collect::<Vec<_>>().join(self.format.comma)
    }

    /// A cell in words, with its newest pod: `Index 4711, failed, exit 1, attempt 2. Press Enter for why.`
    pub fn cell_name(&self, of: RowOf, state: CellState, pod: Option<Attempt>) -> String {
        let mut parts = vec![(self.row)(of, 1).0.replace(NO_BREAK, " "), (self.cell.state)(state).to_owned()];
        let Some(Attempt { number, exit_code }) = pod else { return parts.join(self.format.comma) };
        parts.extend(exit_code.map(self.cell.exit_code));
        parts.push((self.cell.attempt)(number));
        parts.join(self.format.comma)
    }

    /// A scheduled time, by the wall clock of its schedule, and what became of it: `02:00 Job 1`.
    pub fn tick_label(&self, lane: &CronLane, tick: &CronTick) -> String {
        format!("{} {}", time_of_day(lane.wall_clock(tick.scheduled)), (self.tick_fate)(tick.fate))
    }

    /// The same in words: `03-04 02:00, started Job 1`.
    pub fn tick_name(&self, lane: &CronLane, tick: &CronTick) -> String {
        [day_and_time(lane.wall_clock(tick.scheduled)), (self.tick)(tick.fate)].join(self.format.comma)
    }

    /// A dot of the controller lane in a word or two, if it is worth one.
    pub fn sync_label(&self, sync: &SyncMark) -> Option<String> {
        sync.verdict.map(self.sync.verdict)
    }

    /// A dot of the controller lane in words.
    pub fn sync_name(&self, sync: &SyncMark) -> String {
        let words = &self.sync;
        let did = if sync.wrote { words.wrote } else { words.nothing_to_do };
        let mut parts = vec![(words.acted)(sync.is_ttl, &self.format.clock_exact(sync.mark.at)), did.to_owned()];
        parts.extend(self.sync_label(sync));
        parts.join(self.format.comma)
    }
}

/// What a patch sets in a spec, as `field: value`; of lists and maps only the field.
pub(in crate::texts) fn patched_fields(patch: &Value) -> Vec<String> {
    let fields = patch["spec"].as_object().into_iter().flatten();
    let shown = fields.map(|(field, value)| match value {
        Value::Object(_) | Value::Array(_) => field.clone(),
        value => format!("{field}: {value}"),
    });
    shown.collect()
}
