//! Checks and moments of a Lesson. One with a mistake is reported and left out.

use super::decoder::{Decoder, Fields};
use crate::cluster::input::{ObjectKind, PodSelector};
use crate::limits::{CHECK_DEPTH, LESSON_CHECKS};
use crate::manifest::diagnostic::Code;
use crate::manifest::schema::ObjectSchema;
use crate::manifest::schema::lesson::{self as shapes, CHECKS, FIELD, FILTER, JOB_FILTER, MOMENTS};
use crate::manifest::yaml::NodeId;
use crate::scenario::lesson::{
    Bounds, Check, Count, Counted, Expectation, JobChange, JobState, Moment, Peak, PodChange, ScheduleChange,
};
use crate::time::Time;

/// The numbers of things, from 1, and of how many there are.
const MOST: i64 = i32::MAX as i64;

/// The n-th scheduled time is counted from the first.
const MOST_SCHEDULED: i64 = 1_000;

/// A map with one key that says what it is, and that key's value.
struct Keyed {
    key: &'static str,
    value: NodeId,
    fields: Fields,
}

impl Decoder<'_> {
    pub(super) fn check(&mut self, node: NodeId) -> Option<Check> {
        self.check_at(node, 0)
    }

    fn check_at(&mut self, node: NodeId, depth: usize) -> Option<Check> {
        self.checks += 1;
        if self.checks > LESSON_CHECKS {
            // Said once.
            if self.checks == LESSON_CHECKS + 1 {
                self.report(node, Code::TooManyChecks);
            }
            return None;
        }
        if depth > CHECK_DEPTH {
            self.report(node, Code::ChecksTooDeep);
            return None;
        }
        let before = self.errors;
        let Keyed { key, value, fields } = self.keyed(node, &CHECKS, Code::NoCheck)?;
        let at = fields.field("at").and_then(|node| self.time(node));
        let check = match key {
            "count" => Check::Count { what: self.count(value, &fields)?, number: self.bounds(node, &fields)?, at },
            "peak" => {
                let what = match self.word(value, shapes::PEAKS)? {
                    0 => Peak::Running,
                    _ => Peak::Alive,
                };
                Check::Peak { what, pods: self.selector(&fields)?, number: self.bounds(node, &fields)? }
            }
            "job" => {
                let is = self.required(node, &fields, "is")?;
                Check::Job {
                    job: self.filter(value, &JOB_FILTER)?,
                    is: JOB_STATES[self.word(is, shapes::JOB_STATES)?],
                    reason: fields.field("reason").and_then(|node| self.text(node)).map(Into::into),
                    at,
                }
            }
            "moment" => {
                let mut time = |field: &str| fields.field(field).and_then(|node| self.time(node));
                let (after, before) = (time("after"), time("before"));
                let never = fields.field("never").and_then(|node| self.truth(node)).unwrap_or(false);
                Check::Moment { moment: self.moment(value)?, after, before, never }
            }
            "logs" => {
                let readable = self.required(node, &fields, "readable")?;
                Check::Logs { pods: self.filter(value, &FILTER)?, readable: self.truth(readable)?, at }
            }
            "field" => self.field_check(node, value, &fields, at)?,
            "accepted" => Check::Accepted(self.truth(value)?),
            "refused" => Check::Refused(self.number(value, 1..=MOST)?),
            "not" => Check::Not(Box::new(self.check_at(value, depth + 1)?)),
            _ => {
                let items = self.list(value);
                let parts = items.into_iter().filter_map(|item| self.check_at(item, depth + 1)).collect();
                if key == "all" { Check::All(parts) } else { Check::Any(parts) }
            }
        };
        (self.errors == before).then_some(check)
    }

    pub(super) fn moment(&mut self, node: NodeId) -> Option<Moment> {
        let before = self.errors;
        let Keyed { key, value, fields } = self.keyed(node, &MOMENTS, Code::NoMoment)?;
        let moment = match key {
            "count" => {
                let is = self.required(node, &fields, "is")?;
                Moment::Count(self.count(value, &fields)?, self.number(is, 1..=MOST)?)
            }
            "schedule" => {
                let is = self.required(node, &fields, "is")?;
                let is = SCHEDULE_CHANGES[self.word(is, shapes::SCHEDULE_CHANGES)?];
                Moment::Schedule { number: self.number(value, 1..=MOST_SCHEDULED)?, is }
            }
            "event" => Moment::Event {
                reason: self.text(value)?.into(),
                nth: fields.field("nth").map_or(Some(1), |node| self.number(node, 1..=MOST))?,
            },
            "input" => Moment::Input(self.number(value, 1..=MOST)?),
            "pod" => {
                let is = self.required(node, &fields, "is")?;
                let is = PodChange::ALL[self.word(is, PodChange::WORDS)?];
                Moment::Pod { pods: self.filter(value, &FILTER)?, is }
            }
            "job" => {
                let is = self.required(node, &fields, "is")?;
                let is = JobChange::ALL[self.word(is, JobChange::WORDS)?];
                Moment::Job { job: self.filter(value, &JOB_FILTER)?, is }
            }
            _ => Moment::At(self.time(value)?),
        };
        (self.errors == before).then_some(moment)
    }

    /// A check or a moment, by the first of these keys that it has.
    fn keyed(&mut self, node: NodeId, kinds: &[(&'static str, &'static ObjectSchema)], none: Code) -> Option<Keyed> {
        let Some(entries) = self.tree.entries(node) else {
            self.report(node, none);
            return None;
        };
        let mut there = kinds.iter().filter(|(key, _)| entries.iter().any(|entry| entry.name == *key));
        let Some((key, shape)) = there.next() else {
            self.report(node, none);
            return None;
        };
        // What is a filter or a bound of this one makes no second one.
        let second = there.find(|(second, _)| shape.field_type(second).is_none());
        if let Some((second, _)) = second
            && let Some(entry) = entries.iter().find(|entry| entry.name == *second)
        {
            self.report(entry.key, Code::TwoChecks { first: key, second });
            return None;
        }
        let fields = self.map(node, shape)?;
        let value = self.required(node, &fields, key)?;
        Some(Keyed { key, value, fields })
    }

    fn count(&mut self, of: NodeId, fields: &Fields) -> Option<Count> {
        Some(Count {
            of: COUNTED[self.word(of, shapes::COUNTED)?],
            pods: self.selector(fields)?,
            exit_code: fields.field("exitCode").and_then(|node| self.exit_code(node)),
        })
    }

    fn filter(&mut self, node: NodeId, shape: &ObjectSchema) -> Option<PodSelector> {
        let fields = self.map(node, shape)?;
        self.selector(&fields)
    }

    fn bounds(&mut self, node: NodeId, fields: &Fields) -> Option<Bounds> {
        let before = self.errors;
        let mut number = |field: &str| fields.field(field).and_then(|node| self.number::<u32>(node, 0..=MOST));
        let (is, at_least, at_most) = (number("is"), number("atLeast"), number("atMost"));
        let bounds = Bounds { at_least: is.or(at_least), at_most: is.or(at_most) };
        if bounds == Bounds::default() && self.errors == before {
            self.report(node, Code::NoNumber);
        }
        Some(bounds)
    }

    fn field_check(&mut self, node: NodeId, field: NodeId, fields: &Fields, at: Option<Time>) -> Option<Check> {
        let which = self.map(field, &FIELD)?;
        let path = self.required(field, &which, "path")?;
        let value = match (fields.field("is"), fields.field("absent").and_then(|node| self.truth(node))) {
            (_, Some(true)) => Expectation::Absent,
            (Some(is), _) => Expectation::Is(self.tree.value_of(is).ok()?),
            (None, _) => Expectation::Within(self.bounds(node, fields)?),
        };
        Some(Check::Field {
            kind: which.field("kind").map_or(Some(ObjectKind::Job), |node| self.kind(node))?,
            name: which.field("name").and_then(|node| self.text(node)).map(Into::into),
            path: self.text(path)?.into(),
            value,
            at,
        })
    }

    /// The place of one of a few words.
    fn word(&mut self, node: NodeId, allowed: &'static [&'static str]) -> Option<usize> {
        let word = self.text(node)?;
        let place = allowed.iter().position(|known| *known == word);
        if place.is_none() {
            self.report(node, Code::UnknownWord { allowed });
        }
        place
    }
}

// In the order of their words.

const COUNTED: [Counted; 7] = [
    Counted::Pods,
    Counted::Succeeded,
    Counted::Failed,
    Counted::Ignored,
    Counted::Restarts,
    Counted::Runs,
    Counted::Jobs,
];
const JOB_STATES: [JobState; 5] =
    [JobState::Complete, JobState::Failed, JobState::Suspended, JobState::Active, JobState::Deleted];
const SCHEDULE_CHANGES: [ScheduleChange; 3] = [ScheduleChange::Started, ScheduleChange::Held, ScheduleChange::Missed];
