//! The questions of one sync in the order in which the controller asks them, and which of them decided.

use super::sync::SyncStep;
use crate::cluster::reason::{Answer, Check, Reason, StepId};
use crate::time::Time;

/// What a sync asked.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq)]
pub struct Checklist {
    pub step: StepId,
    pub at: Time,
    pub rows: Vec<ChecklistRow>,
}

/// One line of the checklist.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChecklistRow {
    pub question: Question,
    pub answer: Answer,
    /// Whether this answer decided.
    pub decides: bool,
}

/// A line's question.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Check(Check),
    /// Limits per index and success policy, in one line where none of them is set.
    IndexLimitsAndSuccessPolicy,
    /// The creation of pods; the answer is how many were created of how many wanted, or that it was not reached.
    Create,
}

pub(super) fn of_sync(sync: SyncStep<'_>) -> Option<Checklist> {
    let asked: Vec<(Check, Answer)> =
        Check::ALL.into_iter().filter_map(|check| Some((check, sync.answer(check)?))).collect();
    if asked.is_empty() {
        return None;
    }
    let deciding = deciding(&asked);
    let after = |check: Check| deciding.is_some_and(|deciding| check > deciding);
    let is_set = |check| !matches!(sync.answer(check), None | Some(Answer::NotSet));
    let none_is_set = ![Check::MaxFailedIndexes, Check::FailedIndexes, Check::SuccessPolicy].into_iter().any(is_set);
    let mut rows = Vec::new();
    for check in Check::ALL {
        let answer = asked.iter().find(|(question, _)| *question == check).map(|(_, answer)| *answer);
        let answer = answer.unwrap_or(if after(check) { Answer::NotReached } else { Answer::NotSet });
        let question = match check {
            Check::MaxFailedIndexes | Check::FailedIndexes | Check::SuccessPolicy if none_is_set => {
                Question::IndexLimitsAndSuccessPolicy
            }
            // Restarts are counted with OnFailure only; suspension is worth a line only where it is used.
            Check::RestartLimit if matches!(answer, Answer::NotSet | Answer::NotReached) => continue,
            Check::Suspended | Check::TooManyPods if !answer.is_yes() => continue,
            Check::Completions if !answer.is_yes() => continue,
            _ => Question::Check(check),
        };
        let row = ChecklistRow { question, answer, decides: deciding == Some(check) };
        // Whether there are enough successes is asked after the pods were created.
        if check == Check::Completions {
            rows.push(create(sync));
        }
        match rows.last() {
            Some(ChecklistRow { question: Question::IndexLimitsAndSuccessPolicy, .. })
                if question == Question::IndexLimitsAndSuccessPolicy => {}
            _ => rows.push(row),
        }
    }
    if !rows.iter().any(|row| row.question == Question::Create) {
        rows.push(create(sync));
    }
    Some(Checklist { step: sync.id, at: sync.step.at, rows })
}

/// The question whose answer decided what the sync did.
fn deciding(asked: &[(Check, Answer)]) -> Option<Check> {
    let mut deciding = None;
    for (check, answer) in asked {
        match (check, answer) {
            // That a pod is missing decides only if the back-off, asked about next, is over.
            (Check::PodsMissing, answer) if answer.is_yes() => deciding = Some(*check),
            (Check::BackoffOver, Answer::Left(_)) => return Some(*check),
            (Check::BackoffOver, answer) if answer.is_yes() => return Some(*check),
            (_, answer) if answer.is_yes() && deciding.is_none() => return Some(*check),
            _ => {}
        }
    }
    deciding
}

fn create(sync: SyncStep<'_>) -> ChecklistRow {
    let (created, wanted) = created(sync);
    let answer = match created {
        0 => Answer::NotReached,
        _ => Answer::Count { count: created, limit: wanted, holds: true },
    };
    ChecklistRow { question: Question::Create, answer, decides: false }
}

fn created(sync: SyncStep<'_>) -> (u32, u32) {
    let batch = sync.reasons.iter().find_map(|reason| match *reason {
        Reason::CreatedPods { created, wanted } => Some((created, wanted)),
        _ => None,
    });
    batch.unwrap_or_else(|| {
        let created = sync.created().count() as u32;
        (created, created)
    })
}
