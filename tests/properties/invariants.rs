//! What holds in every run, whatever the text says. An invariant has a name, which the report of a failure gives, and a
//! function that checks a whole run.

mod counting;
mod cron_job;
mod events;
mod objects;
mod output;
mod pods;
mod reading;
mod recording;
mod redacting;
mod status;
mod timing;
mod world;

use job_playground::manifest::{self, Reading};
use job_playground::recording::Recording;
use job_playground::scenario::Scenario;

/// A text, and its reading and recording.
pub(crate) struct Run {
    pub(crate) reading: Reading,
    pub(crate) scenario: Scenario,
    pub(crate) recording: Recording,
}

impl Run {
    pub(crate) fn of(text: &str) -> Run {
        let reading = manifest::read(text);
        let scenario = reading.scenario.clone().with_time_zones();
        let recording = Recording::of(&scenario);
        Run { reading, scenario, recording }
    }
}

/// `Err` says what is wrong.
pub(crate) type Verdict = Result<(), String>;

/// Returns an error unless the condition holds.
macro_rules! ensure {
    ($holds:expr, $($message:tt)+) => {
        if !$holds {
            return Err(format!($($message)+));
        }
    };
}
use ensure;

/// An invariant's name and its test.
pub(crate) type Invariant = (&'static str, fn(&Run) -> Verdict);

/// Checked in every run.
pub(crate) const CHEAP: &[Invariant] = &[
    ("the text is read without errors", reading::without_errors),
    ("the printed scenario reads back the same", reading::printed_reads_back),
    ("steps are in order and have reasons", recording::steps_follow_one_another),
    ("recording in slices gives the same recording", recording::slices_are_the_whole),
    ("the state at a moment agrees with the versions", recording::seeking_agrees),
    ("objects are created, changed and removed in order", objects::live_once),
    ("a write changes only what its verb says", objects::writes_keep_their_part),
    ("generation rises with the spec", objects::generation_rises),
    ("counters never fall", status::counters_never_fall),
    ("indexes are in range, and not both completed and failed", status::indexes_fit),
    ("conditions are added in order and stay", status::conditions_stay),
    ("a finished Job has no pods and never changes again", status::finished_is_final),
    ("startTime and completionTime are set and kept as specified", status::times),
    ("the status agrees with the pods", status::is_what_there_is),
    ("there are no more pods than podReplacementPolicy allows", pods::no_more_than_allowed),
    ("a pod never returns to an earlier state", pods::go_one_way),
    ("a pod's containers and phase agree", pods::containers_agree),
    ("no pod is created for a Job that wants none", pods::none_for_the_unwilling),
    ("every pod is counted once", counting::once),
    ("no tracking finalizer is left behind", counting::no_finalizer_survives),
    ("the pod quota is kept", pods::quota_holds),
    ("a sync asks every question once, in order", output::every_question),
    ("no pod is created before its back-off is over", timing::waits),
    ("deadlines and times to live are kept", timing::deadlines),
    ("events are counted up and combined", events::counted_up),
    ("events are sent for what happened", events::of_what_happened),
    ("concurrencyPolicy is kept", cron_job::concurrency),
    ("a scheduled time is run once, within its deadline", cron_job::once_and_in_time),
    ("history limits are kept", cron_job::history),
];

/// Checked in a sample of the runs.
pub(crate) const EXPENSIVE: &[Invariant] = &[
    ("a redacted text has the same run", redacting::keeps_the_run),
    ("the printed scenario has the same trace", reading::printed_runs_the_same),
    ("every step is explained in both languages", output::every_step),
    ("the timeline can be laid out", output::timeline),
    ("kubectl prints every object", output::kubectl),
];
