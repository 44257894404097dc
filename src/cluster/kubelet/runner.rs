//! One container: what the runtime knows of it, and its restart back-off.

use super::super::reason::EndedBy;
use crate::api::{ContainerState, ContainerStatus, Terminated, TerminatedReason};
use crate::program::Program;
use crate::time::{Span, Time};

/// The wait before a restart without a back-off (P-38; reference cluster 5).
const FIRST_WAIT: Span = Span::from_millis(1500);

/// A delay that doubles: 10, 20, 40 … 300 s. Upstream: client-go flowcontrol.Backoff.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backoff {
    delay: Span,
    set: Time,
}

impl Backoff {
    const FIRST: Span = Span::from_seconds(10);
    const LONGEST: Span = Span::from_seconds(300);
    /// It is forgotten after twice the longest delay.
    const EXPIRES: Span = Span::from_seconds(600);

    /// The next one after `this`, as of `now`; `event` is what may be too long after the last one.
    pub(super) fn next(this: Option<Backoff>, event: Time, now: Time) -> Backoff {
        let delay = match this {
            Some(this) if !this.is_expired(event) => (this.delay + this.delay).min(Self::LONGEST),
            _ => Self::FIRST,
        };
        Backoff { delay, set: now }
    }

    fn is_expired(self, event: Time) -> bool {
        event - self.set > Self::EXPIRES
    }

    /// Whether something that began with `since` is still held back at `now`. Upstream: IsInBackOffSince.
    fn holds_since(self, since: Time, now: Time) -> bool {
        !self.is_expired(since) && now - since < self.delay
    }

    /// Whether it still runs at `now`. Upstream: IsInBackOffSinceUpdate.
    pub(super) fn holds(self, now: Time) -> bool {
        !self.is_expired(now) && now - self.set < self.delay
    }
}

/// A container on the node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runner {
    pub(super) state: RunnerState,
    pub(super) program: Program,
    /// Its status as the runtime has it, without the words for what it waits for.
    pub(super) status: ContainerStatus,
    backoff: Option<Backoff>,
    /// How it is being stopped, if SIGTERM has to wait for something.
    pub(super) stop: Option<Stop>,
    /// Whether it got SIGTERM.
    terminating: bool,
    /// Whether it was stopped because its pod ends, so that it is not started again.
    pub(super) is_over: bool,
    /// When its end was set.
    pub(super) since: Time,
    /// Age from which its readiness and startup probes succeed.
    pub(super) ready: Span,
    /// Age from which all its probes fail.
    pub(super) hang: Span,
}

/// What a container does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunnerState {
    /// It was never made.
    Never,
    /// It runs.
    Runs { started: Time, ends: Time, exit_code: i32, by: EndedBy },
    /// It has ended. `killed`: by the kubelet itself, which starts it again at once.
    Exited { at: Time, exit_code: i32, killed: bool },
}

/// What keeps SIGTERM from a container that is being stopped (P-66, P-67).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    /// When its preStop hook, or its turn, is over at the latest.
    pub(super) until: Time,
    /// Since when it waits for that.
    pub(super) since: Time,
    /// Whole seconds that are left of its grace period as of `since`.
    pub(super) grace: i64,
    /// Whether it is its turn that it waits for, not its hook.
    pub(super) is_turn: bool,
    /// Whether it has to wait for its turn at all.
    pub(super) in_turn: bool,
}

/// Whether a container may be started again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// It may.
    None,
    /// Not before this time; `told` if it is a back-off.
    Until { at: Time, told: bool },
}

impl Runner {
    /// A container that has not been made.
    pub(super) fn new(status: ContainerStatus) -> Runner {
        Runner {
            state: RunnerState::Never,
            program: Program::default(),
            status,
            backoff: None,
            stop: None,
            terminating: false,
            is_over: false,
            since: Time::ZERO,
            ready: Span::ZERO,
            hang: Span::FOREVER,
        }
    }

    /// Whether it runs.
    pub(super) fn runs(&self) -> bool {
        matches!(self.state, RunnerState::Runs { .. })
    }

    /// Whether it runs and is being stopped.
    pub(super) fn is_stopping(&self) -> bool {
        self.runs() && (self.stop.is_some() || self.terminating)
    }

    /// Its exit code, if it has ended.
    pub(super) fn exit_code(&self) -> Option<i32> {
        match self.state {
            RunnerState::Exited { exit_code, .. } => Some(exit_code),
            RunnerState::Never | RunnerState::Runs { .. } => None,
        }
    }

    /// When something of it happens by itself.
    pub(super) fn due(&self) -> Time {
        match self.state {
            RunnerState::Runs { ends, .. } => ends.min(self.stop.map_or(Time::NEVER, |stop| stop.until)),
            RunnerState::Never | RunnerState::Exited { .. } => Time::NEVER,
        }
    }

    /// It ends now.
    pub(super) fn end(&mut self, now: Time, exit_code: i32, by: EndedBy) {
        let started = match self.status.state {
            ContainerState::Running(since) => Some(since),
            ContainerState::Waiting(_) | ContainerState::Terminated(_) => None,
        };
        let reason = match (by, exit_code) {
            (EndedBy::OomKill, _) => TerminatedReason::OomKilled,
            (_, 0) => TerminatedReason::Completed,
            _ => TerminatedReason::Error,
        };
        let terminated = Terminated { exit_code, reason, started, finished: Some(now.truncated()) };
        let killed = matches!(by, EndedBy::Sigterm | EndedBy::Sigkill);
        self.status.state = ContainerState::Terminated(terminated);
        self.state = RunnerState::Exited { at: now, exit_code, killed };
        (self.stop, self.terminating) = (None, false);
    }

    /// Whether something holds back its next start (P-38). Upstream: doBackOff.
    pub(super) fn hold(&self, now: Time) -> Hold {
        let RunnerState::Exited { at, killed: false, .. } = self.state else { return Hold::None };
        match self.backoff {
            Some(backoff) if backoff.holds_since(at, now) => Hold::Until { at: at + backoff.delay, told: true },
            Some(backoff) if !backoff.is_expired(at) => Hold::None,
            _ if now < at + FIRST_WAIT => Hold::Until { at: at + FIRST_WAIT, told: false },
            _ => Hold::None,
        }
    }

    /// It may be started again: its next back-off is longer.
    pub(super) fn lengthen_backoff(&mut self, now: Time) {
        if let RunnerState::Exited { at, killed: false, .. } = self.state {
            self.backoff = Some(Backoff::next(self.backoff, at, now));
        }
    }

    /// It starts now.
    pub(super) fn start(&mut self, program: Program, now: Time) {
        let restarts = self.status.restart_count + u32::from(self.state != RunnerState::Never);
        (self.program, self.since) = (program, now);
        self.status = ContainerStatus {
            state: ContainerState::Running(now.truncated()),
            last: self.status.terminated(),
            restart_count: restarts,
            started: false,
            ready: false,
        };
        self.state = RunnerState::Runs {
            started: now,
            ends: now.saturating_add(program.run),
            exit_code: program.exit_code,
            by: EndedBy::Itself,
        };
    }

    /// SIGTERM, and SIGKILL after this many seconds at the latest.
    pub(super) fn terminate(&mut self, now: Time, grace: i64) {
        (self.stop, self.terminating, self.since) = (None, true, now);
        let RunnerState::Runs { started, ends, exit_code, by } = self.state else { return };
        let kill = now + Span::from_seconds(grace);
        let program = self.program;
        let (ends, exit_code, by) = if program.terminate_after == Span::FOREVER {
            (ends, exit_code, by)
        } else {
            (now + program.terminate_after, program.terminate_exit_code, EndedBy::Sigterm)
        };
        self.state = if ends <= kill {
            RunnerState::Runs { started, ends, exit_code, by }
        } else {
            RunnerState::Runs { started, ends: kill, exit_code: 137, by: EndedBy::Sigkill }
        };
    }
}
