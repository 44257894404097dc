//! Whether a lesson is sound: the truth of its question, its stops and its goal are tried on recordings, its words are
//! compared with its structure.

mod course;
mod prose;
mod run;

use super::fault::{Checked, Fault, FaultKind};
use crate::limits::LESSON_LINK_LETTERS;
use crate::manifest::{DocumentKind, Place, Reading, Tier, link, read};
use crate::order;
use crate::scenario::lesson::Lesson;
pub use course::{CheckedText, check_text, skim_text};

/// Looks at a lesson: a text that ends with its Lesson.
pub fn check(text: &str) -> Checked {
    let reading = read(text);
    let fragment = link::encode(text);
    let mut found = Found { reading: &reading, faults: Vec::new(), lines: Vec::new() };
    found.reading();
    let id = reading.lesson.as_ref().map(|lesson| lesson.id.clone()).unwrap_or_default();
    match &reading.lesson {
        // What was left out is missed by all else.
        Some(lesson) if found.faults.is_empty() => {
            found.run(lesson);
            found.prose(lesson);
        }
        None if found.faults.is_empty() => found.say_at(0..0, FaultKind::NoLesson),
        _ => {}
    }
    if fragment.len() > LESSON_LINK_LETTERS {
        found.say("metadata.name", FaultKind::LinkTooLong { letters: fragment.len() });
    }
    if link::decode(&fragment).ok().as_deref() != Some(text) {
        found.say("metadata.name", FaultKind::LinkDiffers);
    }
    let Found { mut faults, lines, .. } = found;
    order::sort_by_key(&mut faults, |fault| fault.span.start);
    Checked { id, letters: fragment.len(), faults, lines }
}

/// Looks at a lesson as those do who only want to learn from it: whether it can be read, and has words.
fn skim(text: &str) -> Checked {
    let reading = read(text);
    let mut found = Found { reading: &reading, faults: Vec::new(), lines: Vec::new() };
    found.reading();
    match &reading.lesson {
        None if found.faults.is_empty() => found.say_at(0..0, FaultKind::NoLesson),
        Some(lesson) if lesson.prose.is_empty() => found.say("spec.text", FaultKind::NoText),
        _ => {}
    }
    let id = reading.lesson.as_ref().map(|lesson| lesson.id.clone()).unwrap_or_default();
    Checked { id, letters: 0, faults: found.faults, lines: Vec::new() }
}

/// What was found so far.
struct Found<'r> {
    reading: &'r Reading,
    faults: Vec<Fault>,
    lines: Vec<super::fault::Line>,
}

impl Found<'_> {
    /// Says something at a field of the Lesson, or what is nearest to it.
    fn say(&mut self, path: &str, what: FaultKind) {
        let span = self.reading.key_span(&Place::lesson(path));
        let span = span.or_else(|| self.reading.nearest_span(&Place::lesson(path))).unwrap_or(0..0);
        self.say_at(span, what);
    }

    fn say_at(&mut self, span: std::ops::Range<usize>, what: FaultKind) {
        self.faults.push(Fault { span, what });
    }

    /// Whatever is said of a Lesson counts; of its start, what would be refused. Refused by the API server it may be.
    fn reading(&mut self) {
        let documents = self.reading.documents.iter();
        let own =
            documents.filter(|document| matches!(document.kind, DocumentKind::Lesson | DocumentKind::BehindLesson));
        let own: Vec<_> = own.map(|document| document.span.clone()).collect();
        let is_of_lesson = |at: usize| own.iter().any(|span| span.start <= at && at <= span.end);
        let counts = self
            .reading
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.tier() == Tier::Refused || is_of_lesson(diagnostic.span.start));
        let faults = counts.map(|diagnostic| Fault {
            span: diagnostic.span.clone(),
            what: FaultKind::Reading(diagnostic.code.clone()),
        });
        self.faults.extend(faults.collect::<Vec<_>>());
    }
}

/// The keys of a list of pairs.
fn keys<T>(pairs: &[(crate::api::Name, T)]) -> impl Iterator<Item = &str> {
    pairs.iter().map(|(key, _)| &**key)
}

/// Whether a lesson asks anything of its reader.
fn has_task(lesson: &Lesson) -> bool {
    !lesson.goals.is_empty()
}
