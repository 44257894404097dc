//! What holds in every run, whatever the text says. An invariant has a name, which a failure is told by, and a
//! function that looks at a whole run and says what is wrong.

mod counting;
mod cron_job;
mod events;
mod film;
mod objects;
mod pods;
mod reading;
mod status;
mod telling;
mod timing;
mod world;

use job_playground::manifest::{self, Reading};
use job_playground::recording::Recording;
use job_playground::scenario::Scenario;

/// A text and what became of it.
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

/// `Err`: what is wrong.
pub(crate) type Verdict = Result<(), String>;

/// `return Err(…)` unless it holds.
macro_rules! ensure {
    ($holds:expr, $($told:tt)+) => {
        if !$holds {
            return Err(format!($($told)+));
        }
    };
}
use ensure;

/// An invariant's name and its test.
pub(crate) type Invariant = (&'static str, fn(&Run) -> Verdict);

/// What is looked at in every run.
pub(crate) const ALWAYS: &[Invariant] = &[
    ("the text is read without errors", reading::without_errors),
    ("the printed scenario reads back as the same", reading::printed_reads_back),
    ("steps follow one another", film::steps_follow_one_another),
    ("the same text gives the same recording, also in slices", film::slices_are_the_whole),
    ("seeking agrees with the versions", film::seeking_agrees),
    ("objects are created, changed and removed in order", objects::live_once),
    ("a write changes what it says", objects::writes_keep_their_part),
    ("generation rises with the spec", objects::generation_rises),
    ("counters never fall", status::counters_never_fall),
    ("indexes are the Job's, and not both completed and failed", status::indexes_fit),
    ("conditions come in order and stay", status::conditions_stay),
    ("a finished Job has no pods and is never touched again", status::finished_is_final),
    ("startTime and completionTime", status::times),
    ("the status is what there is", status::is_what_there_is),
    ("no more pods than the policy allows", pods::no_more_than_allowed),
    ("a pod goes one way", pods::go_one_way),
    ("a pod's containers and phase agree", pods::containers_agree),
    ("nothing is made for a Job that wants nothing", pods::none_for_the_unwilling),
    ("every pod is counted once", counting::once),
    ("no tracking finalizer survives", counting::no_finalizer_survives),
    ("the quota holds", pods::quota_holds),
    ("a sync asks every question once, in order", telling::every_question),
    ("waits are waited for", timing::waits),
    ("deadlines and time to live", timing::deadlines),
    ("events are counted up and combined", events::counted_up),
    ("events are sent for what happened", events::of_what_happened),
    ("concurrencyPolicy", cron_job::concurrency),
    ("a scheduled time is run once, in time", cron_job::once_and_in_time),
    ("history limits", cron_job::history),
];

/// What costs more, and is looked at in one of several runs.
pub(crate) const SOMETIMES: &[Invariant] = &[
    ("the printed scenario has the same trace", reading::printed_runs_the_same),
    ("every step is explained in both languages", telling::every_step),
    ("the timeline is drawn", telling::timeline),
    ("kubectl prints", telling::kubectl),
];
