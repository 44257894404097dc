//! The worker of one probe: its ticks, and what its answers came to (P-70). Upstream: prober/worker.go.

use crate::api::{Probe, ProbeKind};
use crate::time::{Span, Time};

/// What the last probes came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Unknown,
    Success,
    Failure,
}

impl Verdict {
    /// Of answers that came often enough.
    pub(super) fn of(succeeds: bool) -> Verdict {
        if succeeds { Verdict::Success } else { Verdict::Failure }
    }
}

/// The worker of one probe.
#[derive(Clone, Debug)]
pub(super) struct ProbeWorker {
    pub(super) runner: usize,
    pub(super) kind: ProbeKind,
    pub(super) probe: Probe,
    /// Its ticks are at this time and every period from there.
    pub(super) from: Time,
    /// The next tick at which something can happen.
    pub(super) due: Time,
    /// The last tick.
    pub(super) ticked: Option<Time>,
    /// The run of the container that it knows, by its number of restarts.
    pub(super) run: Option<u32>,
    pub(super) verdict: Verdict,
    /// The last answer, and how often it came in a row.
    pub(super) last: Option<(bool, u32)>,
    /// It waits for the container to be started again.
    pub(super) on_hold: bool,
    /// It is asked out of turn.
    pub(super) asked: bool,
}

impl ProbeWorker {
    pub(super) fn tick_at(&self, now: Time) -> bool {
        now > self.from && (now - self.from).millis() % self.probe.period.millis() == 0
    }

    /// The first tick not before this time.
    pub(super) fn tick_from(&self, at: Time) -> Time {
        let period = self.probe.period.millis();
        let passed = (at - self.from).millis().max(1);
        let ticks = (passed + period - 1) / period;
        self.from + Span::from_millis(ticks * period)
    }
}

/// Before the first answer. Upstream: newWorker.
pub(super) fn initial(kind: ProbeKind) -> Verdict {
    match kind {
        ProbeKind::Startup => Verdict::Unknown,
        ProbeKind::Liveness => Verdict::Success,
        ProbeKind::Readiness => Verdict::Failure,
    }
}
