//! Reading and printing.

use super::{Run, Verdict, ensure};
use job_playground::manifest::{self, print};
use job_playground::recording::Recording;

pub(super) fn without_errors(run: &Run) -> Verdict {
    ensure!(!run.reading.has_errors(), "{:?}", run.reading.diagnostics);
    Ok(())
}

pub(super) fn printed_reads_back(run: &Run) -> Verdict {
    let text = print::text(&run.reading.scenario);
    let again = manifest::read(&text);
    ensure!(!again.has_errors(), "{:?} in\n{text}", again.diagnostics);
    ensure!(
        again.scenario == run.reading.scenario,
        "{:?}\nis read back as\n{:?}",
        run.reading.scenario,
        again.scenario
    );
    Ok(())
}

/// Follows from the equal scenario, but the trace is what people compare.
pub(super) fn printed_runs_the_same(run: &Run) -> Verdict {
    let again = manifest::read(&print::text(&run.reading.scenario));
    let recording = Recording::of(&again.scenario.with_time_zones());
    ensure!(recording.trace("run") == run.recording.trace("run"), "another trace");
    Ok(())
}
