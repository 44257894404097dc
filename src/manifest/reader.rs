//! Reads a text, at once or piece by piece.

use super::decode;
use super::diagnostic::{Code, Diagnostic};
use super::documents::{self, Content, LocatedManifest, LocatedObject};
use super::reading::{Document, DocumentKind, Reading};
use super::yaml::{Aliased, Located, Tree, TreeReader};
use crate::limits::{TEXT_BYTES, TEXT_LINES};
use crate::order;
use crate::scenario::Manifest;
use std::ops::Range;
use std::rc::Rc;

/// Reads a text. Never fails: what cannot be read is left out and reported in [`Reading::diagnostics`].
pub fn read(text: &str) -> Reading {
    let mut reader = Reader::new(text.into());
    loop {
        if let Some(reading) = reader.advance(usize::MAX) {
            return reading;
        }
    }
}

/// Reads a text piece by piece, so that the page stays responsive.
pub struct Reader {
    /// As far as it is read.
    reading: Reading,
    /// The documents that are still to be read, the next one last.
    chunks: Vec<Range<usize>>,
    /// The document that is being read.
    current: Option<TreeReader>,
    aliased: Aliased,
    manifests: Vec<Manifest>,
    /// Objects that pods name, with the numbers of their documents.
    objects: Vec<(usize, LocatedObject)>,
    /// The number of the Scenario's document.
    scenario: Option<usize>,
    /// The number of the Lesson's document, with which the text ends.
    lesson: Option<usize>,
}

impl Reader {
    /// A reader at the beginning of a text.
    pub fn new(text: Rc<str>) -> Reader {
        let mut reading = Reading::unread(text);
        let mut chunks = Vec::new();
        if let Some(code) = beyond_limits(&reading.text) {
            reading.diagnostics.push(Diagnostic { span: 0..0, code });
        } else {
            chunks = documents::split(&reading.text, &mut reading.diagnostics);
            chunks.reverse();
        }
        Reader {
            reading,
            chunks,
            current: None,
            aliased: Aliased::default(),
            manifests: Vec::new(),
            objects: Vec::new(),
            scenario: None,
            lesson: None,
        }
    }

    /// The text that is being read.
    pub fn text(&self) -> &Rc<str> {
        &self.reading.text
    }

    /// Reads on: one document, or up to `events` YAML events of a long one. Returns the reading once it is complete; after
    /// that there is nothing more.
    pub fn advance(&mut self, events: usize) -> Option<Reading> {
        let Some(span) = self.chunks.last().cloned() else { return Some(self.finish()) };
        if self.lesson.is_some() {
            self.chunks.pop();
            self.leave_out(span);
            return None;
        }
        let reader = match self.current.take() {
            Some(reader) => Ok(reader),
            None => TreeReader::new(&self.reading.text[span.clone()], span.start),
        };
        let read = match reader {
            Ok(mut reader) => match reader.advance(events) {
                Some(read) => read,
                None => {
                    self.current = Some(reader);
                    return None;
                }
            },
            Err(problem) => Err(problem),
        };
        self.chunks.pop();
        self.add(span, read);
        None
    }

    /// Adds a document behind the Lesson.
    fn leave_out(&mut self, span: Range<usize>) {
        let reading = &mut self.reading;
        let mut kind = DocumentKind::Empty;
        if let Some(line) = documents::first_written(&reading.text, &span) {
            if !reading.documents.iter().any(|document| document.kind == DocumentKind::BehindLesson) {
                reading.diagnostics.push(Diagnostic { span: line, code: Code::BehindLesson });
            }
            kind = DocumentKind::BehindLesson;
        }
        reading.documents.push(Document { span, kind, tree: Tree::default() });
    }

    /// Adds a document that was read to its end.
    fn add(&mut self, span: Range<usize>, read: Result<Tree, Located>) {
        let reading = &mut self.reading;
        let parsed = documents::with_value(&reading.text, &span, read, &mut self.aliased, &mut reading.diagnostics);
        let (tree, value) = match parsed {
            Ok(parsed) => parsed,
            Err(problem) => {
                let kind = DocumentKind::Unreadable(problem);
                return reading.documents.push(Document { span, kind, tree: Tree::default() });
            }
        };
        let number = reading.documents.len();
        let known = self.manifests.len();
        let mut add = |found: LocatedManifest| {
            self.manifests.push(found.manifest);
            reading.manifests.push((number, found.node));
        };
        let kind = match documents::classify(&tree, value, &mut reading.diagnostics) {
            Content::Empty => DocumentKind::Empty,
            Content::Other => DocumentKind::Other,
            Content::Manifest(found) => {
                add(found);
                DocumentKind::Manifest(known)
            }
            Content::Referenced(object) => {
                self.objects.push((number, object));
                DocumentKind::Referenced
            }
            Content::List(items, named) => {
                items.into_iter().for_each(&mut add);
                self.objects.extend(named.into_iter().map(|object| (number, object)));
                DocumentKind::List(known..self.manifests.len())
            }
            Content::Scenario if self.scenario.is_none() => {
                self.scenario = Some(number);
                DocumentKind::Scenario
            }
            Content::Scenario => {
                documents::second_scenario(&tree, &mut reading.diagnostics);
                DocumentKind::Other
            }
            Content::Lesson => {
                self.lesson = Some(number);
                reading.lesson = Some(decode::lesson(&tree, &mut reading.diagnostics));
                DocumentKind::Lesson
            }
            Content::View if reading.view.is_none() => {
                reading.view = Some(decode::view(&tree, &mut reading.diagnostics));
                DocumentKind::View
            }
            Content::View => DocumentKind::Other,
            Content::Course if reading.documents.iter().all(|document| document.kind == DocumentKind::Empty) => {
                reading.course = Some(decode::course(&tree, &mut reading.diagnostics));
                DocumentKind::Course
            }
            Content::Course => {
                let span = tree.root().map_or(span.clone(), |root| documents::first_line(&tree, root));
                reading.diagnostics.push(Diagnostic { span, code: Code::CourseNotFirst });
                DocumentKind::Other
            }
        };
        reading.documents.push(Document { span, kind, tree });
    }

    fn finish(&mut self) -> Reading {
        let mut reading = std::mem::replace(&mut self.reading, Reading::unread(Rc::default()));
        if reading.documents.is_empty() {
            return reading;
        }
        let mut manifests = std::mem::take(&mut self.manifests);
        reading.leave_out_objects(&mut manifests);
        let first_kind = manifests.first().map(|manifest| manifest.kind);
        reading.scenario.manifests = manifests.into();
        if let Some(number) = self.scenario {
            reading.decode_scenario(number, first_kind);
        }
        reading.take_in(std::mem::take(&mut self.objects));
        reading.unwrap();
        order::sort_by_key(&mut reading.diagnostics, |diagnostic| (diagnostic.span.start, diagnostic.span.end));
        reading
    }
}

fn beyond_limits(text: &str) -> Option<Code> {
    if text.len() > TEXT_BYTES {
        return Some(Code::TooManyBytes { bytes: text.len() });
    }
    let lines = text.lines().count();
    (lines > TEXT_LINES).then_some(Code::TooManyLines { lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_begins_with_a_plus_is_no_diff() {
        let manifest = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n";
        let found = |line: &str| read(&format!("{line}\n{manifest}")).diagnostics.len();
        assert_eq!(found("+A: null"), 0);
        assert_eq!(found("+  backoffLimit: 3"), 1);
    }

    #[test]
    fn a_text_that_is_read_event_by_event_is_read_as_at_once() {
        let texts = [
            "",
            "# nothing\n---\n---\nkind: Pod\n",
            "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {backoffLimit: x, extra: [1, {a: b}]}\n",
            "{\"kind\": \"Job\"}{\"kind\": \"List\", \"items\": []}",
            "a: &a [1, 2]\nb: *a\n---\nc: [\n---\nd: !x,\n",
            "kind: Job\nname: \u{201c}a\u{201d}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {until: 5s}\n",
            "\u{feff}a: \"\u{feff}\"\n",
        ];
        for text in texts {
            let mut reader = Reader::new(text.into());
            let reading = std::iter::repeat_with(|| reader.advance(1)).flatten().next();
            assert_eq!(format!("{reading:?}"), format!("{:?}", Some(read(text))), "{text}");
        }
    }
}
