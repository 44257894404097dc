//! The wait between a failure and the next pod: 10 s, doubled with each failure in a row, at most 10 minutes.
//! Upstream: backoff_utils.go; JC-101 … JC-106, JC-121.

use crate::api::{Pod, ReadyReason};
use crate::time::{Span, Time};
use std::rc::Rc;

/// The wait after the first failure.
const FIRST_SECONDS: i64 = 10;
/// The longest wait.
const LONGEST_SECONDS: i64 = 600;

/// Failures since the last success, and when the last of them ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BackoffRecord {
    pub(crate) failures: u32,
    pub(crate) last: Option<Time>,
}

impl BackoffRecord {
    /// The record after these pods have ended since the last sync (JC-102).
    pub(crate) fn after(self, succeeded: &[Rc<Pod>], failed: &[Rc<Pod>]) -> BackoffRecord {
        let last_failure = failed.iter().map(|pod| pod.finish_time()).max();
        let Some(last_success) = succeeded.iter().map(|pod| pod.finish_time()).max() else {
            return match last_failure {
                None => self,
                Some(last) => BackoffRecord { failures: self.failures + failed.len() as u32, last: Some(last) },
            };
        };
        let later = failed.iter().filter(|pod| pod.finish_time() > last_success).count() as u32;
        BackoffRecord { failures: later, last: last_failure.filter(|_| later > 0) }
    }

    /// How much of the wait is left (JC-103).
    pub(crate) fn remaining(self, now: Time) -> Span {
        match self.last {
            Some(last) => (last + wait_after(self.failures) - now).max(Span::ZERO),
            None => Span::ZERO,
        }
    }
}

/// The whole wait after this many failures in a row.
pub(crate) fn wait_after(failures: u32) -> Span {
    match failures {
        0 => Span::ZERO,
        n => Span::from_seconds((FIRST_SECONDS << (n - 1).min(16)).min(LONGEST_SECONDS)),
    }
}

impl Pod {
    /// When it ended, for the Job controller (JC-105).
    pub(crate) fn finish_time(&self) -> Time {
        let sidecars = self.init_statuses().filter(|(declared, _)| declared.is_sidecar);
        let ended = sidecars.chain(self.regular_statuses()).filter_map(|(_, status)| status.terminated());
        // A container that nobody has seen ending has no time.
        let times: Option<Vec<Time>> = ended.map(|terminated| terminated.finished).collect();
        if let Some(last) = times.and_then(|times| times.into_iter().max()) {
            return last;
        }
        match self.ready.reason {
            ReadyReason::ContainersNotReady
            | ReadyReason::NodeNotReady
            | ReadyReason::PodCompleted
            | ReadyReason::PodFailed => self.ready.since,
            ReadyReason::Absent | ReadyReason::Ready => match self.deletion {
                Some(deletion) => deletion.timestamp - Span::from_seconds(deletion.grace_seconds),
                None => self.birth.created,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_minutes() {
        let seconds: Vec<i64> = (0..9).map(|failures| wait_after(failures).seconds()).collect();
        assert_eq!(seconds, [0, 10, 20, 40, 80, 160, 320, 600, 600]);
        assert_eq!(wait_after(u32::MAX).seconds(), 600);
    }

    #[test]
    fn the_remaining_wait_ends_at_zero() {
        let record = BackoffRecord { failures: 2, last: Some(Time::from_seconds(100)) };
        assert_eq!(record.remaining(Time::from_seconds(101)), Span::from_seconds(19));
        assert_eq!(record.remaining(Time::from_seconds(500)), Span::ZERO);
        assert_eq!(BackoffRecord::default().remaining(Time::ZERO), Span::ZERO);
    }
}
