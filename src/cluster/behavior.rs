//! What the text says programs do: how long they run, how they end, how they react to SIGTERM (docs/scenario.md,
//! behaviors). Where it says nothing, [`Guesses`] reads the command.

use crate::api::{Container, ContainerPlace, JobId, Name, Pod, PodBirth, PodId};
use crate::chance;
use crate::cluster::input::{JobSelector, PodName, PodSelector};
pub use crate::program::Program;
use crate::program::{Guesses, Started};
use crate::time::Span;
use std::rc::Rc;

/// One line of `behaviors`; the first that applies to a run decides. Absent fields have the defaults of [`Program`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behavior {
    /// Which runs it may apply to; an empty selector is all of them.
    pub selector: PodSelector,
    /// Probability that it applies, in millionths; `None` is always.
    pub chance_millionths: Option<u32>,
    /// From node to first run, instead of [`crate::cluster::Settings::starting`].
    pub starting: Option<Span>,
    /// How long the program runs.
    pub run: Option<Span>,
    /// Exit code when it ends on its own.
    pub exit_code: Option<i32>,
    /// Reaction to SIGTERM.
    pub on_terminate: OnTerminate,
    /// Age of the container from which its readiness and startup probes succeed.
    pub ready: Option<Span>,
    /// Age of the container from which all its probes fail.
    pub hang: Option<Span>,
    /// What the program prints.
    pub logs: Option<Rc<[LogLine]>>,
}

/// A line that a program prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// How long after its start.
    pub after: Span,
    /// The line, without its end.
    pub text: Rc<str>,
}

/// Reaction to SIGTERM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnTerminate {
    /// How long the program continues; [`Span::FOREVER`] ignores the signal.
    pub after: Option<Span>,
    /// Exit code when it ends because of the signal.
    pub exit_code: Option<i32>,
}

/// One run of one container, which a behavior may apply to.
#[derive(Clone, Copy, Debug)]
pub struct ContainerRun<'a> {
    /// The pod's number.
    pub pod: PodId,
    /// What the pod was created with: its Job, index, template.
    pub birth: &'a PodBirth,
    /// The container's place in the template.
    pub container: ContainerPlace,
    /// The container's restartCount in this run.
    pub restart: u32,
    /// The node's name.
    pub node: Option<&'a str>,
}

impl<'a> ContainerRun<'a> {
    /// What is declared of the container.
    pub fn declared(&self) -> Option<&'a Container> {
        self.birth.template.spec.container(self.container)
    }

    /// What a container does that nothing matches (docs/scenario.md).
    fn default_program(&self) -> Program {
        let default = Program::default();
        let run = match (self.container, self.declared()) {
            (ContainerPlace::Init(_), Some(container)) if container.is_sidecar => Span::FOREVER,
            (ContainerPlace::Init(_), _) => INIT_CONTAINER_RUN,
            (ContainerPlace::Regular(_), _) => default.run,
        };
        Program { run, ..default }
    }
}

/// How long an init container runs that nothing matches.
const INIT_CONTAINER_RUN: Span = Span::from_seconds(2);

/// All behaviors of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behaviors {
    /// In the order of the text.
    pub list: Rc<[Behavior]>,
    /// Seed of the draws for [`Behavior::chance_millionths`].
    pub seed: u64,
    /// What the commands of containers were guessed to do.
    pub guesses: Guesses,
}

impl<'a> From<&'a Container> for Started<'a> {
    fn from(container: &'a Container) -> Started<'a> {
        Started { command: &container.command, image: &container.image, container: &container.name }
    }
}

impl Behaviors {
    /// What a run does: what the first behavior that applies says; without one, the guess from its command.
    pub fn program(&self, run: ContainerRun<'_>) -> Program {
        let default = run.default_program();
        if let Some(behavior) = self.position(run).map(|position| &self.list[position]) {
            return Program {
                run: behavior.run.unwrap_or(default.run),
                exit_code: behavior.exit_code.unwrap_or(default.exit_code),
                terminate_after: behavior.on_terminate.after.unwrap_or(default.terminate_after),
                terminate_exit_code: behavior.on_terminate.exit_code.unwrap_or(default.terminate_exit_code),
            };
        }
        run.declared()
            .and_then(|container| self.guesses.guess(container.into(), run.birth.index).ok())
            .unwrap_or(default)
    }

    /// The first behavior that applies to a run, by its place in the list.
    pub fn position(&self, run: ContainerRun<'_>) -> Option<usize> {
        self.list.iter().position(|behavior| behavior.applies(run, self.seed))
    }

    /// How long a pod takes from its node to its first run, if a behavior says so. Behaviors of single containers do
    /// not count: all containers of a pod start together.
    pub fn starting(&self, pod: PodId, birth: &PodBirth, node: Option<&str>) -> Option<Span> {
        let run = ContainerRun { pod, birth, container: ContainerPlace::Regular(0), restart: 0, node };
        self.list
            .iter()
            .filter(|behavior| behavior.selector.container.is_none())
            .find(|behavior| behavior.applies(run, self.seed))
            .and_then(|behavior| behavior.starting)
    }
}

impl Behavior {
    fn applies(&self, run: ContainerRun<'_>, seed: u64) -> bool {
        let is_regular = matches!(run.container, ContainerPlace::Regular(_));
        self.selector.fits(run.pod, run.birth, run.node)
            && (is_regular || self.selector.container.is_some())
            && self.selector.restart.is_none_or(|restart| restart == run.restart)
            && self
                .selector
                .container
                .as_ref()
                .is_none_or(|name| run.declared().is_some_and(|container| container.name == *name))
            && self.chance_millionths.is_none_or(|millionths| {
                // The n-th pod of its Job, not of the scenario: another Job's pods must not change this one's luck.
                let which = run.birth.index.map_or(u64::from(run.birth.ordinal), u64::from);
                let what = [
                    chance::of_text(&run.birth.job_name),
                    u64::from(run.birth.index.is_some()),
                    which,
                    u64::from(run.birth.attempt),
                    match run.container {
                        ContainerPlace::Regular(place) => u64::from(place),
                        ContainerPlace::Init(place) => u64::MAX - u64::from(place),
                    },
                    u64::from(run.restart),
                ];
                chance::happens(seed, &what, millionths)
            })
    }
}

impl PodSelector {
    /// Whether a pod matches; `container` and `restart` are ignored.
    pub fn fits(&self, pod: PodId, birth: &PodBirth, node: Option<&str>) -> bool {
        let job = self.means_job(birth.job, &birth.job_name);
        let named = self.pod.as_ref().is_none_or(|name| match name {
            PodName::Number(number) => pod.0 == *number,
            PodName::Name(name) => birth.name() == **name,
        });
        job && named
            && self.index.as_ref().is_none_or(|set| birth.index.is_some_and(|index| set.contains(index)))
            && self.attempt.is_none_or(|attempt| attempt == birth.attempt)
            && self.node.as_ref().is_none_or(|name| node == Some(&**name))
    }

    /// Whether a pod matches, `container` being one that it has.
    pub fn means(&self, pod: &Pod, node: Option<&str>) -> bool {
        let has = |name: &Name| pod.birth.template.spec.place_of(name).is_some();
        self.fits(pod.id, &pod.birth, node) && self.container.as_ref().is_none_or(has)
    }

    /// Whether `job` is this one.
    pub fn means_job(&self, id: JobId, name: &Name) -> bool {
        self.job.as_ref().is_none_or(|job| match job {
            JobSelector::Number(number) => id.0 == *number,
            JobSelector::Name(own) => name == own,
        })
    }
}
