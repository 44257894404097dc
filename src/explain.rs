//! Why: the chain from a mark to the field, fault or rule that caused it. No words.

mod brief;
mod checklist;
mod decision;
mod intervention;
mod link;
mod names;
mod place;
mod reality;
mod roots;
mod rule;
mod statement;
mod sync;
mod waiting;
mod what_if;
mod why;

pub use brief::{Brief, brief};
pub use checklist::{Checklist, Question, Row};
pub use intervention::Intervention;
pub use link::{Counter, Fact, Link, Role};
pub use names::{Called, Names};
pub use place::{ObjectSource, Origin, Setting, SpecField};
pub use reality::{Docs, Note, RealLife};
pub use rule::Rule;
pub use statement::{Budget, CreatedBecause, Failure, Statement, Success};
pub use waiting::{Places, Wait, Waiting, waiting, waiting_schedule};
pub use what_if::{Counterfactual, Difference, Ending, RunSummary, Segment, WhatIf};
pub use why::{Selection, Tone, Why, next, places, previous, spans, why};

use why::rule_of;
