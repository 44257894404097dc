//! A text of several lessons: each ends with its Lesson document, and a Course may stand before all of them.

use super::documents::split;
use super::yaml::{Scalar, Tree};
use crate::api::Name;
use crate::limits::COURSE_LESSONS;
use std::ops::Range;

/// The parts of a text. Ranges are bytes of it, without the separators around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// The Course with which it begins.
    pub course: Option<Range<usize>>,
    /// The lessons, in order.
    pub lessons: Vec<Unit>,
    /// The first lesson that is left out, and how many there are in all.
    pub beyond: Option<(Range<usize>, usize)>,
    /// What is behind the last Lesson document, or all of it if there is none; `None` if that is blank.
    pub rest: Option<Range<usize>>,
}

/// A text with one lesson: its start, then its Lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// metadata.name; empty if it cannot be read.
    pub id: Name,
    /// All of it.
    pub span: Range<usize>,
    /// The Lesson document.
    pub lesson: Range<usize>,
}

/// Splits a text into its lessons. Only documents that may be a Lesson or a Course are read for it.
pub fn units(text: &str) -> Units {
    let mut units = Units::default();
    let mut start = None;
    let (mut last, mut count) = (0, 0);
    for span in split(text, &mut Vec::new()) {
        last = span.end;
        match own_kind(&text[span.clone()]) {
            Some((kind, _)) if kind == "Course" && start.is_none() && units.lessons.is_empty() => {
                units.course.get_or_insert(span);
            }
            Some((kind, id)) if kind == "Lesson" => {
                let from = start.take().unwrap_or(span.start);
                count += 1;
                if count > COURSE_LESSONS {
                    units.beyond = Some((units.beyond.map_or(span, |(first, _)| first), count));
                } else {
                    units.lessons.push(Unit { id, span: from..span.end, lesson: span });
                }
            }
            _ if start.is_none() && is_blank(&text[span.clone()]) => {}
            _ => {
                start.get_or_insert(span.start);
            }
        }
    }
    units.rest = start.map(|from| from..last);
    units
}

/// The kind and the name of a document of the format.
fn own_kind(document: &str) -> Option<(String, Name)> {
    if !document.contains("job-playground/") || !["Lesson", "Course"].iter().any(|kind| document.contains(kind)) {
        return None;
    }
    let tree = Tree::parse(document, 0).ok()?;
    let text = |map, field: &str| match tree.scalar(tree.entry(map, field)?.value) {
        Some(Scalar::Text(text)) => Some(text),
        _ => None,
    };
    let root = tree.root()?;
    text(root, "apiVersion").filter(|version| version.starts_with("job-playground/"))?;
    let name = tree.entry(root, "metadata").and_then(|metadata| text(metadata.value, "name"));
    Some((text(root, "kind")?, name.unwrap_or_default().into()))
}

fn is_blank(document: &str) -> bool {
    document.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    const TEXT: &str = "\
apiVersion: job-playground/v1
kind: Course
metadata: {name: mine}
spec: {lessons: [one, two]}
---
kind: Job
apiVersion: batch/v1
---
apiVersion: job-playground/v1
kind: Scenario
spec: {}
---
apiVersion: job-playground/v1
kind: Lesson
metadata: {name: one}
---
kind: Job
apiVersion: batch/v1
---
apiVersion: job-playground/v1
kind: Scenario
spec: {}
---
{apiVersion: job-playground/v1, kind: Lesson, metadata: {name: two}}
---
# nothing
";

    #[test]
    fn a_course_has_units() {
        let found = units(TEXT);
        assert_eq!(found.course.map(|span| TEXT[span].lines().nth(1)), Some(Some("kind: Course")));
        let lessons: Vec<(&str, &str)> = found
            .lessons
            .iter()
            .map(|unit| (&*unit.id, TEXT[unit.span.clone()].lines().next().unwrap_or("")))
            .collect();
        assert_eq!(lessons, [("one", "kind: Job"), ("two", "kind: Job")]);
        assert_eq!(found.rest, None);
        for unit in &found.lessons {
            let reading = read(&TEXT[unit.span.clone()]);
            assert_eq!(reading.diagnostics, []);
            assert_eq!(reading.lesson.as_ref().map(|lesson| &lesson.id), Some(&unit.id));
            assert!(reading.start().starts_with("kind: Job\n") && reading.start().ends_with("spec: {}\n"));
        }
    }

    #[test]
    fn of_a_course_the_first_lesson_is_read() {
        let reading = read(TEXT);
        let said: Vec<(String, &str)> =
            reading.diagnostics.iter().map(|said| (format!("{:?}", said.code), &TEXT[said.span.clone()])).collect();
        assert_eq!(said, [("BehindLesson".to_owned(), "kind: Job")]);
        assert_eq!(reading.course.as_ref().map(|course| course.lessons.len()), Some(2));
        assert_eq!(reading.lesson.as_ref().map(|lesson| &*lesson.id), Some("one"));
        assert_eq!(reading.scenario.manifests.len(), 1);
        assert!(reading.start().starts_with("kind: Job\n") && reading.start().ends_with("spec: {}\n"));
    }

    #[test]
    fn a_text_without_lessons_is_a_rest() {
        assert_eq!(units("kind: Job\n").rest, Some(0..10));
        assert_eq!(units("# Lesson\n---\n").rest, None);
        assert_eq!(units("").lessons, []);
    }

    #[test]
    fn a_text_has_so_many_lessons_at_most() {
        let lesson = "---\napiVersion: job-playground/v1\nkind: Lesson\nmetadata: {name: a}\n";
        let found = units(&lesson.repeat(COURSE_LESSONS));
        assert_eq!((found.lessons.len(), found.beyond), (COURSE_LESSONS, None));
        let found = units(&lesson.repeat(COURSE_LESSONS + 9));
        assert_eq!(found.lessons.len(), COURSE_LESSONS);
        let (first, count) = found.beyond.expect("some are left out");
        assert_eq!((first.start / lesson.len(), count), (COURSE_LESSONS, COURSE_LESSONS + 9));
        assert_eq!(found.rest, None);
    }
}
