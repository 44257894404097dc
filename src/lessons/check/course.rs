//! A text of several lessons, with a Course or without.

use super::{check, skim};
use crate::api::Name;
use crate::lessons::fault::{Checked, Fault, FaultKind};
use crate::lessons::set::is_built_in;
use crate::manifest::{Code, Limited, Path, PathStep, Place, Units, read, units};
use crate::order;
use std::ops::Range;

/// A text that was looked at.
#[derive(Clone, Debug)]
pub struct CheckedText {
    /// The id of its Course, if it has one.
    pub course: Option<Name>,
    /// Its lessons, and where each begins. Places of their faults are in the whole text.
    pub lessons: Vec<(usize, Checked)>,
    /// What is wrong with the Course, or with the text.
    pub faults: Vec<Fault>,
}

impl CheckedText {
    /// All faults, in the order of the text.
    pub fn all_faults(&self) -> Vec<&Fault> {
        let mut all: Vec<&Fault> =
            self.faults.iter().chain(self.lessons.iter().flat_map(|(_, checked)| &checked.faults)).collect();
        order::sort_by_key(&mut all, |fault| fault.span.start);
        all
    }
}

/// Looks at a text: a lesson, several, or a Course with its own.
pub fn check_text(text: &str) -> CheckedText {
    looked_at(text, check)
}

/// Looks at a text without recording anything: whether its lessons can be read and shown.
pub fn skim_text(text: &str) -> CheckedText {
    looked_at(text, skim)
}

fn looked_at(text: &str, look: fn(&str) -> Checked) -> CheckedText {
    let Units { course, lessons, beyond, rest } = units(text);
    let mut checked = CheckedText { course: None, lessons: Vec::new(), faults: Vec::new() };
    let part = |span: Range<usize>| {
        let mut found = look(&text[span.clone()]);
        found.faults.iter_mut().for_each(|fault| fault.span = moved(fault.span.clone(), span.start));
        found
    };
    for unit in &lessons {
        checked.lessons.push((unit.span.start, part(unit.span.clone())));
    }
    if let Some((first, count)) = beyond {
        let what = FaultKind::Reading(Code::TooMany { what: Limited::Lessons, count });
        checked.faults.push(Fault { span: first_line(text, first), what });
    }
    if let Some(rest) = rest {
        let is_course = read(&text[rest.clone()]).course.is_some();
        checked.faults.extend(match is_course {
            true => vec![Fault { span: first_line(text, rest), what: FaultKind::Reading(Code::CourseNotFirst) }],
            false => part(rest).faults,
        });
    }
    let mut seen: Vec<&Name> = Vec::new();
    for unit in &lessons {
        if seen.contains(&&unit.id) {
            let what = FaultKind::SecondLesson(unit.id.clone());
            checked.faults.push(Fault { span: first_line(text, unit.lesson.clone()), what });
        }
        seen.push(&unit.id);
    }
    match course {
        Some(span) => checked.course(text, span),
        None if lessons.is_empty() && checked.faults.is_empty() => {
            checked.faults.push(Fault { span: 0..0, what: FaultKind::NoLesson });
        }
        None => {}
    }
    checked
}

fn moved(span: Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let length = text[span.clone()].find('\n').unwrap_or(span.len());
    span.start..span.start + length
}

impl CheckedText {
    fn course(&mut self, text: &str, span: Range<usize>) {
        let reading = read(&text[span.clone()]);
        let mut faults = Vec::new();
        for diagnostic in &reading.diagnostics {
            faults.push((diagnostic.span.clone(), FaultKind::Reading(diagnostic.code.clone())));
        }
        let Some(course) = &reading.course else { return };
        self.course = Some(course.id.clone());
        let whole = reading.nearest_span(&Place::course("spec.lessons")).unwrap_or(0..0);
        if course.lessons.is_empty() {
            faults.push((whole.clone(), FaultKind::NoLessons));
        }
        let own = |id: &Name| self.lessons.iter().any(|(_, lesson)| lesson.id == *id);
        for (number, id) in course.lessons.iter().enumerate() {
            let path =
                Path(vec![PathStep::Key("spec".into()), PathStep::Key("lessons".into()), PathStep::Index(number)]);
            let place = reading.nearest_span(&Place::Course(path)).unwrap_or(0..0);
            if course.lessons[..number].contains(id) {
                faults.push((place, FaultKind::SecondLesson(id.clone())));
            } else if !own(id) && !is_built_in(id) {
                faults.push((place, FaultKind::UnknownLesson(id.clone())));
            }
        }
        for (_, lesson) in self.lessons.iter().filter(|(_, lesson)| !course.lessons.contains(&lesson.id)) {
            faults.push((whole.clone(), FaultKind::Unlisted(lesson.id.clone())));
        }
        if course.titles.is_empty() {
            let place = reading.nearest_span(&Place::course("spec.text")).unwrap_or(0..0);
            faults.push((place, FaultKind::NoText));
        }
        let faults = faults.into_iter().map(|(at, what)| Fault { span: moved(at, span.start), what });
        self.faults.extend(faults);
    }
}
