//! Why: the chain from a mark to the field, fault or rule that caused it. No words.

mod brief;
mod checklist;
mod decision;
mod intervention;
mod link;
mod names;
mod origin;
mod reality;
mod roots;
mod rule;
mod statement;
mod sync;
mod waiting;
mod what_if;
mod why;

pub use brief::{Brief, brief};
pub use checklist::{Checklist, ChecklistRow, Question};
pub use intervention::Intervention;
pub use link::{Counter, Fact, Link, LinkRole};
pub use names::{Called, Names};
pub use origin::{ObjectSource, Origin, Setting, SpecField};
pub use reality::{Docs, Note, RealLife};
pub use rule::Rule;
pub use statement::{CreatedBecause, JobFailure, JobSuccess, LimitUse, Statement};
pub use waiting::{PodSlots, Waiting, WaitingFor, waiting, waiting_schedule};
pub use what_if::{Counterfactual, Difference, JobEnding, RunSummary, StripPiece, WhatIf};
pub use why::{Selection, Tone, Why, next, origins, previous, spans, why};

use why::rule_of;
