//! The looks of a kubelet at one pod: each publishes the status and acts, and another follows when something has
//! changed (P-30 … P-33). Upstream: pod_workers.go, kubelet.go SyncPod.

use super::super::reason::{EndedBy, Reason, Wake};
use super::runner::{Runner, RunnerState};
use super::worker::{Containers, Ending, Look, Stage, Volumes, Work, declared};
use crate::time::{Span, Time};

/// The wait for the next look after one without an error (P-30).
const RESYNC: Span = Span::from_seconds(60);
/// … and after one with an error.
const RETRY: Span = Span::from_seconds(10);

impl Work<'_, '_> {
    /// Does all that is due at this instant.
    pub(super) fn go_on(&mut self) {
        let now = self.api.now;
        loop {
            self.end_containers();
            self.stop_in_turn();
            self.probe();
            let can_interrupt =
                matches!(self.worker.stage, Stage::Idle | Stage::Mounting { .. } | Stage::Sandbox { .. });
            if self.worker.ending.is_some() && can_interrupt {
                self.begin_terminating();
                continue;
            }
            match self.worker.stage {
                Stage::Idle if self.worker.wanted > 0 || self.worker.next_look <= now || self.deadline() <= now => {
                    self.look()
                }
                Stage::Mounting { .. } => {
                    if !self.try_volumes() {
                        break;
                    }
                }
                Stage::Sandbox { at, took } if at <= now => self.sandbox_is_up(took),
                Stage::Pulling { runner, began, ends } if ends <= now => self.pulled(runner, now - began),
                Stage::Stopping if self.stopped() => self.start_next(),
                Stage::Terminating if !self.worker.runners.iter().any(Runner::runs) => return self.terminated(),
                _ => break,
            }
        }
    }

    /// One look. Upstream: SyncPod.
    fn look(&mut self) {
        self.worker.wanted = self.worker.wanted.saturating_sub(1);
        self.worker.next_look = Time::NEVER;
        self.worker.look = Look::default();
        if self.generate_status(Containers::MayRun).is_terminal() {
            self.worker.ending = Some(Ending { grace: self.pod.birth.template.spec.grace_seconds, reason: None });
            return;
        }
        self.note_others();
        if self.worker.volumes != Volumes::Mounted {
            return self.wait_for_volumes();
        }
        self.make_sandbox();
    }

    /// A container has ended for good while others of the pod go on.
    fn note_others(&mut self) {
        let now = self.api.now;
        let spec = self.spec();
        let first = spec.init_containers.len();
        let is_over = |number: usize| match self.worker.runners[number].state {
            RunnerState::Exited { exit_code, .. } => !self.pod.is_restarted(declared(&spec, number), exit_code),
            RunnerState::Never | RunnerState::Runs { .. } => false,
        };
        let regular = first..self.worker.runners.len().max(first);
        let ends_now = |number: usize| match self.worker.runners[number].state {
            RunnerState::Exited { at, exit_code, .. } if at == now && is_over(number) => Some((number, exit_code)),
            _ => None,
        };
        let Some((ended, exit_code)) = regular.clone().find_map(ends_now) else { return };
        let running = regular.clone().filter(|number| self.worker.runners[*number].runs()).count() as u32;
        if let Some(number) = regular.into_iter().find(|number| !is_over(*number)) {
            let (ended, first) = (self.place(ended), self.place(number));
            self.api.reason(Reason::OthersRun { ended, exit_code, running, first });
        }
    }

    /// The look has nothing left to do: sets when the next one comes.
    pub(super) fn end_look(&mut self) {
        let now = self.api.now;
        let look = std::mem::take(&mut self.worker.look);
        self.worker.stage = Stage::Idle;
        // What has changed while the look went on is seen by one look, what has changed just now by another.
        self.worker.wanted = match look.changed {
            Some((at, earlier)) => (u8::from(at == now) + u8::from(earlier || at < now)).max(self.worker.wanted),
            None => self.worker.wanted,
        };
        self.worker.next_look = match (look.failed, look.held_until) {
            (true, _) => now + RETRY,
            (false, Some(until)) => until.min(now + RESYNC),
            // Looks that find nothing new are left out; one that finds a container not ready asks its probe.
            (false, None) if self.has_unready_probe() => now + RESYNC,
            (false, None) => Time::NEVER,
        };
        if let Some(at) = look.restart_at {
            self.worker.next_look = self.worker.next_look.min(at);
        }
    }

    /// Containers whose time has come end now.
    fn end_containers(&mut self) {
        let now = self.api.now;
        for number in 0..self.worker.runners.len() {
            let RunnerState::Runs { ends, exit_code, by, .. } = self.worker.runners[number].state else { continue };
            if ends > now {
                continue;
            }
            self.worker.runners[number].end(now, exit_code, by);
            self.want_look();
            let container = self.place(number);
            self.api.reason(Reason::ContainerEnded { container, exit_code, by });
            self.wake = match by {
                EndedBy::Sigterm | EndedBy::Sigkill => Wake::StopOver,
                _ => Wake::ProgramEnded,
            };
        }
    }
}
