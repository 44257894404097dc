//! The input behind a step: what a person did that caused it.

use super::film::Film;
use super::link::{Fact, Link, LinkRole};
use super::origin::Origin;
use crate::api::PodId;
use crate::cluster::reason::{Component, StepId, Wake};

/// How many steps up the chain of causes an input is looked for.
pub(super) const FAR_ENOUGH: usize = 16;

/// The input that caused a step, through components that only passed it on.
pub(super) fn input_of(film: Film<'_>, step: StepId) -> Option<u32> {
    let mut id = step;
    for _ in 0..FAR_ENOUGH {
        let step = film.recording.step(id);
        match step.trigger.wake {
            Wake::Input(number) => return Some(number),
            // A program that ends or a timer that expires is a cause in itself.
            Wake::ProgramEnded | Wake::BackoffOver | Wake::Deadline | Wake::TtlOver | Wake::Schedule => return None,
            _ if step.component == Component::JobController => return None,
            _ => id = step.trigger.cause.filter(|cause| *cause < id)?,
        }
    }
    None
}

/// The link to the input that caused a step.
pub(super) fn input_link(film: Film<'_>, step: StepId, pod: Option<PodId>) -> Option<Link> {
    numbered_input(film, input_of(film, step)?, step, pod)
}

/// The link to an input of this number that came before a step.
pub(super) fn numbered_input(film: Film<'_>, number: u32, step: StepId, pod: Option<PodId>) -> Option<Link> {
    let input = film.scenario.inputs.get(number as usize)?.clone();
    let acted = (0..=step.0).rev().map(StepId).take(1000).find(|id| {
        let step = film.recording.step(*id);
        step.component == Component::Outside && step.trigger.wake == Wake::Input(number)
    });
    Some(Link {
        role: LinkRole::You,
        fact: Fact::Input { number, input: Box::new(input), pod },
        step: acted.or(Some(step)),
        origin: Some(Origin::Input(number)),
    })
}
