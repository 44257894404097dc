//! Redacted texts: the same run, without a name.

use super::{Run, Verdict, ensure};
use job_playground::manifest::redact::redact;

/// What happens and when, without a name.
fn shape(run: &Run) -> Vec<String> {
    let steps = run.recording.steps().iter().map(|step| {
        let kinds = run.recording.reasons(step).iter().map(|reason| {
            let told = format!("{reason:?}");
            told.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
        });
        format!("{:?} {:?} {:?} {:?}", step.at, step.component, step.key, kinds.collect::<Vec<_>>())
    });
    steps.collect()
}

pub(super) fn keeps_the_run(run: &Run) -> Verdict {
    let redacted = redact(&run.reading);
    // Other names have other luck.
    if redacted.has_chance || run.reading.has_errors() {
        return Ok(());
    }
    let (before, after) = (shape(run), shape(&Run::of(&redacted.text)));
    let differs = before.iter().zip(&after).position(|(one, other)| one != other);
    ensure!(
        before == after,
        "step {differs:?} of {}: {:?}, not {:?}\n{}",
        before.len(),
        differs.map(|at| &after[at]),
        differs.map(|at| &before[at]),
        redacted.text
    );
    Ok(())
}
