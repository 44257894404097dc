//! A run in a strip: its pods one after the other, small enough to stand beside a sentence.

use super::run_summary::{JobEnding, RunSummary, pods_of};
use crate::api::{JobId, ObjectKey, Phase, PodId};
use crate::cluster::reason::{CountedAs, Reason};
use crate::recording::{Object, Recording};
use crate::time::{Span, Time};

/// A piece of the strip.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripPiece {
    /// A pod and the phase in which it ended; `None` if it did not end.
    Pod(Option<Phase>),
    /// A failed pod that was not counted.
    Ignored,
    /// A wait before the next pod.
    Wait,
    JobFailed,
}

/// How many pods a strip shows.
const STRIP_PODS: usize = 4;

pub(super) fn strip(recording: &Recording, job: JobId) -> Vec<StripPiece> {
    let mut strip = Vec::new();
    let mut last_end: Option<Time> = None;
    for pod in pods_of(recording, job).take(STRIP_PODS) {
        let mut created = Time::ZERO;
        let mut ended = None;
        for (number, version) in recording.history(ObjectKey::Pod(pod)).enumerate() {
            let Object::Pod(object) = &version.object else {
                continue;
            };
            if number == 0 {
                created = recording.written_at(version);
            }
            if ended.is_none() && object.phase.is_terminal() {
                ended = Some((recording.written_at(version), object.phase));
            }
        }
        if last_end.is_some_and(|end| created - end > Span::from_seconds(5)) {
            strip.push(StripPiece::Wait);
        }
        let ignored = is_ignored(recording, pod);
        strip.push(if ignored { StripPiece::Ignored } else { StripPiece::Pod(ended.map(|(_, phase)| phase)) });
        last_end = ended.map(|(end, _)| end);
    }
    if matches!(RunSummary::of(recording, job).ending, JobEnding::Failed(_)) {
        strip.push(StripPiece::JobFailed);
    }
    strip
}

fn is_ignored(recording: &Recording, pod: PodId) -> bool {
    recording.history(ObjectKey::Pod(pod)).any(|version| {
        let reasons = recording.reasons(recording.step(version.step));
        reasons.iter().any(|reason| match reason {
            Reason::Counted { pod: counted, counted: CountedAs::Ignored { .. } } => *counted == pod,
            _ => false,
        })
    })
}
