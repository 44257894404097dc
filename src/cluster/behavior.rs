//! What programs do: how long they run, how they end, what they make of SIGTERM (docs/scenario.md, behaviors).

mod command;

pub use command::{assumption, from_command};

use crate::api::{JobId, PodBirth, PodId};
use crate::chance;
use crate::cluster::input::{JobSelector, PodName, PodSelector};
use crate::time::Span;
use std::rc::Rc;

/// One line of `behaviors`; the first that matches decides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behavior {
    /// Which runs it is about.
    pub selector: PodSelector,
    /// In how many of a million draws it applies.
    pub chance_millionths: Option<u32>,
    /// Bound → running, for a pod's first start.
    pub starting: Option<Span>,
    /// How long the program runs.
    pub run: Option<Span>,
    /// How it ends.
    pub exit_code: Option<i32>,
    /// What it makes of SIGTERM.
    pub on_terminate: OnTerminate,
}

/// Reaction to SIGTERM; what is absent has its default: 500 ms, 143.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnTerminate {
    /// How long it goes on; [`Span::FOREVER`] ignores SIGTERM.
    pub after: Option<Span>,
    /// How it ends then.
    pub exit_code: Option<i32>,
}

/// What one run of one program will do, all defaults filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// How long it runs; [`Span::FOREVER`] until it is stopped.
    pub run: Span,
    /// How it ends.
    pub exit_code: i32,
    /// How long it goes on after SIGTERM; [`Span::FOREVER`] ignores it.
    pub terminate_after: Span,
    /// How it ends after SIGTERM.
    pub terminate_exit_code: i32,
}

impl Default for Program {
    fn default() -> Program {
        Program {
            run: Span::from_seconds(10),
            exit_code: 0,
            terminate_after: Span::from_millis(500),
            terminate_exit_code: 143,
        }
    }
}

/// One run of one container: what a behavior is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// Which pod.
    pub pod: PodId,
    /// What the pod was born with.
    pub birth: &'a PodBirth,
    /// Which container, by its place in the template.
    pub container: usize,
    /// Its restartCount.
    pub restart: u32,
}

/// A program that the command itself tells of, where no behavior matches: `sleep 5 && exit 1`.
#[derive(Clone, Debug, PartialEq)]
pub struct AssumedProgram {
    /// The Job, by its place in creation order; `None` for the Jobs of a CronJob of this text.
    pub job: Option<JobId>,
    /// Name of the object in the text.
    pub object: crate::api::Name,
    /// The container.
    pub container: crate::api::Name,
    /// What is assumed.
    pub program: Program,
}

/// All behaviors of a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behaviors {
    /// In the order of the text.
    pub list: Rc<[Behavior]>,
    /// For chance.
    pub seed: u64,
}

impl Behaviors {
    /// What this run does; [`crate::manifest`]'s reading of the command where no behavior matches.
    pub fn program(&self, run: Run<'_>) -> Program {
        match self.find(run) {
            Some(behavior) => {
                let default = Program::default();
                Program {
                    run: behavior.run.unwrap_or(default.run),
                    exit_code: behavior.exit_code.unwrap_or(default.exit_code),
                    terminate_after: behavior.on_terminate.after.unwrap_or(default.terminate_after),
                    terminate_exit_code: behavior.on_terminate.exit_code.unwrap_or(default.terminate_exit_code),
                }
            }
            None => {
                run.birth.template.containers.get(run.container).map_or_else(Program::default, |container| {
                    command::from_command(&container.command, run.birth.index)
                })
            }
        }
    }

    /// Which line decides this run, from 0.
    pub fn position(&self, run: Run<'_>) -> Option<usize> {
        self.list.iter().position(|behavior| behavior.applies(run, self.seed))
    }

    fn find(&self, run: Run<'_>) -> Option<&Behavior> {
        self.list.iter().find(|behavior| behavior.applies(run, self.seed))
    }

    /// How long this pod takes from its node to its first run, if a behavior says so.
    pub fn starting(&self, pod: PodId, birth: &PodBirth) -> Option<Span> {
        let run = Run { pod, birth, container: 0, restart: 0 };
        self.list
            .iter()
            .filter(|behavior| behavior.selector.container.is_none())
            .find(|behavior| behavior.applies(run, self.seed))
            .and_then(|behavior| behavior.starting)
    }
}

impl Behavior {
    fn applies(&self, run: Run<'_>, seed: u64) -> bool {
        self.selector.fits(run.pod, run.birth)
            && self.selector.restart.is_none_or(|restart| restart == run.restart)
            && self.selector.container.as_ref().is_none_or(|name| {
                run.birth.template.containers.get(run.container).is_some_and(|container| container.name == *name)
            })
            && self.chance_millionths.is_none_or(|millionths| {
                // The n-th pod of its Job, not of the scenario: another Job's pods must not change this one's luck.
                let which = run.birth.index.map_or(u64::from(run.birth.ordinal), u64::from);
                let what = [
                    chance::of_text(&run.birth.job_name),
                    u64::from(run.birth.index.is_some()),
                    which,
                    u64::from(run.birth.attempt),
                    run.container as u64,
                    u64::from(run.restart),
                ];
                chance::happens(seed, &what, millionths)
            })
    }
}

impl PodSelector {
    /// Whether a pod fits; container and restart are not looked at.
    pub fn fits(&self, pod: PodId, birth: &PodBirth) -> bool {
        let job = self.job.as_ref().is_none_or(|job| match job {
            JobSelector::Number(number) => birth.job.0 == *number,
            JobSelector::Name(name) => birth.job_name == *name,
        });
        let named = self.pod.as_ref().is_none_or(|name| match name {
            PodName::Number(number) => pod.0 == *number,
            PodName::Name(name) => birth.name() == **name,
        });
        job && named
            && self.index.as_ref().is_none_or(|set| birth.index.is_some_and(|index| set.contains(index)))
            && self.attempt.is_none_or(|attempt| attempt == birth.attempt)
    }
}
