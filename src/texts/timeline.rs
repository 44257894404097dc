//! Words of the timeline: at the marks, on the instruments, in the tray, and the names that screen readers say.

mod depth;
mod faults;
mod many;
mod names;
mod rows;

use super::format::FormatWords;
use super::sentence::Sentence;
use crate::api::ConditionType;
use crate::cluster::reason::NoEffect;
use crate::time::{Span, Time};
use crate::timeline::cron::Fate;
use crate::timeline::crowd::CellState;
use crate::timeline::faults::{Fault, PodFault};
use crate::timeline::idle::IdleReason;
use crate::timeline::instruments::FailureBudget;
use crate::timeline::job_lane::DeletedBy;
use crate::timeline::pods::{Backoff, GoneBecause, RowOf};
use crate::timeline::story::Happening;
pub use depth::DepthWords;
pub use faults::FaultWords;
pub use many::ManyWords;
pub(super) use names::patched_fields;
pub use names::{Attempt, BarWords, CellWords, EndWords, Figure, SyncWords};
pub use rows::RowsWords;

/// Words of the timeline.
#[allow(missing_docs)]
pub struct TimelineWords {
    /// Numbers, times and punctuation of the language.
    pub format: &'static FormatWords,
    /// Between a number and the one that it is part of: `2 of 3`, `2 / 3`.
    pub of: &'static str,
    pub timeline: &'static str,
    pub outcome: &'static str,
    /// Still going on at the end of the recording.
    pub active: &'static str,
    /// Suspended at the end.
    pub suspended: &'static str,
    /// Deleted before it was over.
    pub deleted_early: &'static str,
    /// Column heads of the strip.
    pub took: &'static str,
    /// Pods that were created.
    pub pods: fn(u32) -> &'static str,
    /// Failures used of the budget.
    pub failures_used: &'static str,
    /// Container restarts used of the budget (OnFailure).
    pub restarts_used: &'static str,
    /// Pod-seconds.
    pub pod_time: &'static str,
    pub logs_readable: &'static str,
    /// No container ever ran, so there are no logs.
    pub no_logs: &'static str,
    /// Before the time until which something lasts.
    pub until_time: &'static str,
    /// It lasts to the end of the recording.
    pub to_the_end: &'static str,

    /// `At 0:25.301`.
    pub at: &'static str,
    pub completions: &'static str,
    /// What it reads for a work queue: pods done, pods active.
    pub done_and_active: fn(&str, &str) -> String,
    /// Second instrument, by what counts.
    pub budget: fn(&FailureBudget) -> &'static str,
    pub budget_read: fn(&FailureBudget) -> String,
    /// Beside the last box.
    pub ends_the_job: &'static str,
    /// The whole instrument in a sentence.
    pub budget_name: fn(&FailureBudget) -> String,
    pub deadline: &'static str,
    /// There is no deadline.
    pub not_set: &'static str,
    /// Before and behind the time that is left.
    pub left: [&'static str; 2],

    pub cluster: &'static str,
    /// Job controller, TTL controller.
    pub controller: &'static str,
    /// A row's name, and how many attempts it holds.
    pub row: fn(RowOf, usize) -> (String, String),
    /// Many rows, of indexes or of pods: `Pods 1 to 60`.
    pub rows: fn(bool, usize, usize) -> String,

    /// A collapsed stretch, for screen readers: `10 s back-off`.
    pub idle: fn(IdleReason, Span) -> String,
    /// The length of what goes on without an end.
    pub for_ever: &'static str,
    pub playhead: &'static str,
    /// A back-off in words.
    pub backoff_name: fn(&Backoff) -> String,
    /// At the end of a bar.
    pub end: EndWords,
    /// In the stripes: `grace 30 s`.
    pub grace_label: fn(Span) -> String,
    /// Where the object was.
    pub gone: fn(GoneBecause) -> &'static str,
    /// Its logs went with it.
    pub logs_gone: &'static str,
    /// A bar in words.
    pub bar: BarWords,
    /// `Press Enter for why.`
    pub press_enter: &'static str,
    /// A container restart: number.
    pub restart_name: fn(u32) -> String,
    /// A dot of the controller lane in words.
    pub sync: SyncWords,
    /// `2 failed`.
    pub failed: fn(u32) -> String,
    /// `TTL`.
    pub ttl: &'static str,
    /// The Job is gone.
    pub deleted: &'static str,
    /// The Job is gone, and who deleted it.
    pub deleted_by: fn(DeletedBy) -> &'static str,
    /// `2 alive at once`.
    pub alive_at_once: fn(u32) -> String,
    /// A condition that has no flag: interim ones in the API's word, suspension in the reader's.
    pub condition: fn(ConditionType, bool) -> &'static str,
    /// A CronJob's tick in a word.
    pub tick_fate: fn(Fate) -> String,
    /// A CronJob's tick in words.
    pub tick: fn(Fate) -> String,
    /// A cell's state with its number.
    pub cells: fn(CellState, usize) -> String,
    /// The cells in a state, behind their number: `: 42, 171`.
    pub listed: fn(&[usize]) -> String,
    /// A cell in words.
    pub cell: CellWords,
    /// Goes to an index, or to a pod.
    pub go_to: fn(bool) -> &'static str,
    /// All cells in one strip.
    pub bands: &'static str,
    /// Cells that are no pods.
    pub many: ManyWords,

    /// `Fault injected: pod 2 killed`.
    pub fault: fn(&Fault) -> String,
    /// With its time, and how it can be moved.
    pub fault_name: fn(&Fault) -> String,
    /// Where a fault is, because it is not possible where it was asked for, and why not.
    pub nearest: fn(Time, NoEffect) -> String,
    /// Moves a fault later, or earlier, by a time.
    pub moved_by: fn(bool, Span) -> String,
    /// Take a fault out.
    pub remove: &'static str,
    /// Keep a fault in the text, but do not let it happen.
    pub disable: &'static str,
    /// Let it happen again.
    pub enable: &'static str,

    pub break_it: &'static str,
    /// A button of the tray.
    pub pod_fault: fn(PodFault) -> &'static str,
    /// What it does, to which pod.
    pub pod_fault_on: fn(PodFault, u32) -> String,
    /// What it does, to which pod, when that pod runs: none can be hit now.
    pub pod_fault_later: fn(PodFault, u32, Time) -> String,
    /// What can be done to nodes, and to what pods name.
    pub faults: &'static FaultWords,
    pub restart_controllers: &'static str,
    /// Opens the menu of a pod or Job.
    pub menu: fn(&str) -> String,
    /// Fields and buttons of the menus.
    pub menu_words: MenuWords,
    pub rows_words: RowsWords,
    /// Containers, what keeps pods from starting, nodes.
    pub depth: &'static DepthWords,
    pub overview: &'static str,
    /// The edges of the part of the run that is shown.
    pub edges: [&'static str; 2],
    /// The list on the phone.
    pub story: &'static str,
    /// Something that happened, in a short line: its object in bold.
    pub happening: fn(&Happening) -> Sentence,
}

/// Words of the fault menus.
#[allow(missing_docs)]
pub struct MenuWords {
    /// Before the exit code and the grace period in the tray, where there is little room.
    pub exit: &'static str,
    pub grace: &'static str,
    /// Label of the exit code.
    pub exit_code: &'static str,
    /// Label of the grace period.
    pub grace_seconds: &'static str,
    /// The pod's own grace period.
    pub own: &'static str,
    pub now: &'static str,
    pub suspend: &'static str,
    pub resume: &'static str,
    pub scale: &'static str,
    pub deadline: &'static str,
    pub delete_job: &'static str,
    pub cascade: &'static str,
    pub close: &'static str,
    /// The Job is over or gone.
    pub job_is_over: &'static str,
    /// Makes a Job of a CronJob at once.
    pub run_now: &'static str,
    /// Label of the new schedule.
    pub schedule: &'static str,
    pub delete_cron_job: &'static str,
    pub cron_job_is_gone: &'static str,
}
