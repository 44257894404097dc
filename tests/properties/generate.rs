//! Random texts: manifests and a Scenario, as a list of documents. They say what the format and the specs can say;
//! nearly all of them are taken by the API server, a few are not.

mod cron_job;
mod depth;
mod job;
mod scenario;
mod template;

use crate::dice::Dice;
use serde_json::Value;

/// Choices for a whole text, so that its parts affect one another.
pub(crate) struct Style {
    /// Times are multiples of this many milliseconds: people write `10s`, so that much happens at one instant.
    grid_millis: i64,
    /// Names of all containers that a template may have.
    containers: i64,
    /// The first document is a CronJob.
    cron: bool,
    /// Pods carry a label by which another Job may adopt them.
    adoption: bool,
}

/// The documents of the text with this number; every third one has pods in depth.
pub(crate) fn documents(number: u64) -> Value {
    if number.is_multiple_of(3) { documents_in_depth(number) } else { made(number).0 }
}

/// The same with nodes, images and missing objects, and with pods that make use of them.
pub(crate) fn documents_in_depth(number: u64) -> Value {
    let (mut documents, style, mut dice) = made(number);
    depth::deepen(&mut documents, &style, &mut dice);
    documents
}

/// The documents of a text, and what more of it can be made with.
fn made(number: u64) -> (Value, Style, Dice) {
    let mut thrown = Dice::new(number);
    let dice = &mut thrown;
    let style = Style {
        grid_millis: dice.pick(&[5000, 1000, 500, 1]),
        containers: dice.pick(&[1, 1, 1, 2, 3]),
        cron: dice.one_in(5),
        adoption: dice.one_in(10),
    };
    let mut documents = match style.cron {
        true => vec![cron_job::manifest(&style, dice)],
        false => vec![job::manifest(job::FIRST, &style, dice)],
    };
    if dice.one_in(6) {
        documents.push(job::manifest(job::SECOND, &style, dice));
    }
    documents.push(scenario::document(&style, dice));
    (Value::Array(documents), style, thrown)
}

/// The text of documents.
pub(crate) fn text(documents: &Value) -> String {
    let each: Vec<String> =
        documents.as_array().into_iter().flatten().map(job_playground::manifest::print::yaml).collect();
    each.join("---\n")
}

/// A duration that is a multiple of the style's, as Go writes it.
fn duration(up_to_seconds: i64, style: &Style, dice: &mut Dice) -> String {
    let steps = up_to_seconds * 1000 / style.grid_millis;
    let millis = dice.between(0, steps.max(1)) * style.grid_millis;
    job_playground::time::Span::from_millis(millis).to_string()
}

/// A set of indexes, as in `completedIndexes`.
fn indexes(end: i64, dice: &mut Dice) -> String {
    let first = dice.between(0, end - 1);
    let last = dice.between(first, end - 1);
    match last - first {
        0 => first.to_string(),
        1 => format!("{first},{last}"),
        _ => format!("{first}-{last}"),
    }
}
