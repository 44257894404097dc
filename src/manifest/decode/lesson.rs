//! A Lesson, a Course, and a View.

use super::decoder::{Decoder, Fields};
use crate::api::Name;
use crate::limits::{
    COURSE_LESSONS, LESSON_HINTS, LESSON_LANGUAGES, LESSON_LINES, LESSON_OPTIONS, LESSON_STOPS, LESSON_TEXTS,
};
use crate::manifest::diagnostic::{Code, Diagnostic, Limited};
use crate::manifest::schema;
use crate::manifest::schema::lesson as shapes;
use crate::manifest::yaml::{Entry, NodeId, Scalar, Tree};
use crate::scenario::lesson::{Answer, Course, Cut, Goal, Kept, Lesson, Prose, Question, Stop, View};
use std::rc::Rc;

/// Reads a Lesson.
pub(in crate::manifest) fn lesson(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) -> Lesson {
    let mut decoder = Decoder::new(tree, diagnostics);
    let mut lesson = Lesson::default();
    let Some((id, spec)) = decoder.own_document(&shapes::LESSON, &shapes::LESSON_SPEC) else { return lesson };
    lesson.id = id;
    let Some(spec) = spec else { return lesson };
    lesson.about = decoder.texts(&spec, "about");
    lesson.ask = spec.field("ask").and_then(|node| decoder.question(node));
    let stops = decoder.by_name(spec.field("stops"));
    let stops = decoder.first_entries(LESSON_STOPS, Limited::Stops, stops);
    let moment = |entry: Entry| Some(Stop { key: entry.name.into(), moment: decoder.moment(entry.value)? });
    lesson.stops = stops.into_iter().filter_map(moment).collect();
    let goals = decoder.by_name(spec.field("goal"));
    let goal = |entry: Entry| Some(Goal { key: entry.name.into(), check: decoder.check(entry.value)? });
    lesson.goals = goals.into_iter().filter_map(goal).collect();
    lesson.keep = decoder.texts(&spec, "keep").into_iter().map(kept).collect();
    lesson.solution = decoder.optional_text(&spec, "solution");
    lesson.more = decoder.optional_text(&spec, "more");
    let blocks = decoder.languages(&spec);
    let prose = |entry: Entry| Some((entry.name.into(), decoder.prose(entry.value)?));
    lesson.prose = blocks.into_iter().filter_map(prose).collect();
    lesson
}

/// Reads a Course.
pub(in crate::manifest) fn course(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) -> Course {
    let mut decoder = Decoder::new(tree, diagnostics);
    let mut course = Course::default();
    let Some((id, spec)) = decoder.own_document(&shapes::COURSE, &shapes::COURSE_SPEC) else { return course };
    course.id = id;
    let Some(spec) = spec else { return course };
    let lessons = spec.field("lessons").map(|node| decoder.list(node)).unwrap_or_default();
    let lessons = decoder.at_most(COURSE_LESSONS, Limited::Lessons, lessons);
    course.lessons = lessons.into_iter().filter_map(|node| decoder.id(node)).collect();
    let blocks = decoder.languages(&spec);
    let title = |entry: Entry| {
        let fields = decoder.map(entry.value, &shapes::COURSE_PROSE)?;
        Some((entry.name.into(), decoder.optional_text(&fields, "title")?))
    };
    course.titles = blocks.into_iter().filter_map(title).collect();
    course
}

/// Reads a View.
pub(in crate::manifest) fn view(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) -> View {
    let mut decoder = Decoder::new(tree, diagnostics);
    let mut view = View::default();
    let Some(root) = tree.root() else { return view };
    let Some(document) = decoder.map(root, &shapes::VIEW) else { return view };
    let Some(spec) = decoder.required(root, &document, "spec") else { return view };
    let Some(fields) = decoder.map(spec, &shapes::VIEW_SPEC) else { return view };
    let lesson = decoder.required(spec, &fields, "lesson").and_then(|node| decoder.text(node));
    view.lesson = lesson.unwrap_or_default().into();
    view.guess = fields.field("guess").and_then(|node| decoder.text(node)).map(Into::into);
    view.hints = fields.field("hints").and_then(|node| decoder.number(node, 0..=99)).unwrap_or_default();
    view.solution = fields.field("solution").and_then(|node| decoder.truth(node)).unwrap_or_default();
    view
}

fn kept(text: Name) -> Kept {
    match &*text {
        "scenario" => Kept::Scenario,
        "inputs" => Kept::Inputs,
        "behaviors" => Kept::Behaviors,
        _ => Kept::Path(text),
    }
}

impl Decoder<'_> {
    /// The id and the spec of a Lesson or a Course.
    fn own_document(
        &mut self,
        shape: &schema::ObjectSchema,
        spec: &schema::ObjectSchema,
    ) -> Option<(Name, Option<Fields>)> {
        let root = self.tree.root()?;
        let document = self.map(root, shape)?;
        let named = self.required(root, &document, "metadata").and_then(|node| {
            let metadata = self.map(node, &schema::METADATA)?;
            self.required(node, &metadata, "name")
        });
        let id = named.and_then(|node| self.id(node)).unwrap_or_default();
        let spec = document.field("spec").and_then(|node| self.map(node, spec));
        Some((id, spec))
    }

    /// An id: it stands in links.
    fn id(&mut self, node: NodeId) -> Option<Name> {
        let id = self.text(node)?;
        let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
        if id.is_empty() || id.len() > 63 || !id.bytes().all(fits) {
            self.report(node, Code::LessonId);
            return None;
        }
        Some(id.into())
    }

    fn question(&mut self, node: NodeId) -> Option<Question> {
        let fields = self.map(node, &shapes::ASK)?;
        let at = self.required(node, &fields, "at");
        let cut = at.and_then(|node| match self.tree.scalar(node) {
            Some(Scalar::Text(text)) if text == "start" => Some(Cut::Start),
            None => self.moment(node).map(Cut::After),
            Some(_) => {
                self.report(node, Code::StartOrMoment);
                None
            }
        });
        let options = self.required(node, &fields, "options");
        let options = self.by_name(options);
        let options = self.first_entries(LESSON_OPTIONS, Limited::Options, options);
        let option = |entry: Entry| Some((entry.name.into(), self.check(entry.value)?));
        let options = options.into_iter().filter_map(option).collect();
        Some(Question { cut: cut?, options })
    }

    fn prose(&mut self, node: NodeId) -> Option<Prose> {
        let fields = self.map(node, &shapes::PROSE)?;
        let text = |decoder: &mut Self, field: &str| decoder.optional_text(&fields, field);
        let options = self.by_name(fields.field("options"));
        let options = self.first_entries(LESSON_TEXTS, Limited::Texts, options);
        let options = options.into_iter().filter_map(|entry| Some((entry.name.into(), self.answer(entry.value)?)));
        Some(Prose {
            options: options.collect(),
            title: text(self, "title").unwrap_or_default(),
            symptom: text(self, "symptom").unwrap_or_default(),
            ask: text(self, "ask"),
            stops: self.texts_by_name(&fields, "stops"),
            task: text(self, "task"),
            goals: self.texts_by_name(&fields, "goal"),
            hints: self.hints(&fields),
            takeaway: text(self, "takeaway").unwrap_or_default(),
        })
    }

    fn answer(&mut self, node: NodeId) -> Option<Answer> {
        let fields = self.map(node, &shapes::ANSWER)?;
        let mut text = |field: &str| self.optional_text(&fields, field).unwrap_or_default();
        Some(Answer { say: text("say"), reply: text("reply") })
    }

    fn hints(&mut self, fields: &Fields) -> Vec<Rc<str>> {
        let hints = fields.field("hints").map(|node| self.list(node)).unwrap_or_default();
        let hints = self.at_most(LESSON_HINTS, Limited::Hints, hints);
        hints.into_iter().filter_map(|node| self.text(node)).map(Into::into).collect()
    }

    /// The entries of a map whose keys are the writer's own.
    fn by_name(&mut self, node: Option<NodeId>) -> Vec<Entry> {
        node.and_then(|node| self.map(node, &schema::MANIFEST)).map(|fields| fields.0).unwrap_or_default()
    }

    /// The first entries of a map; says at the next one that the rest is left out.
    fn first_entries(&mut self, most: usize, what: Limited, mut entries: Vec<Entry>) -> Vec<Entry> {
        let count = entries.len();
        if let Some(first) = entries.get(most) {
            let key = first.key;
            self.report(key, Code::TooMany { what, count });
            entries.truncate(most);
        }
        entries
    }

    /// The blocks of `text`, one for each language.
    fn languages(&mut self, spec: &Fields) -> Vec<Entry> {
        let blocks = self.by_name(spec.field("text"));
        self.first_entries(LESSON_LANGUAGES, Limited::Languages, blocks)
    }

    fn optional_text(&mut self, fields: &Fields, field: &str) -> Option<Rc<str>> {
        fields.field(field).and_then(|node| self.text(node)).map(Into::into)
    }

    fn texts(&mut self, fields: &Fields, field: &str) -> Vec<Name> {
        let items = fields.field(field).map(|node| self.list(node)).unwrap_or_default();
        let items = self.at_most(LESSON_LINES, Limited::Lines, items);
        items.into_iter().filter_map(|node| self.text(node)).map(Into::into).collect()
    }

    fn texts_by_name(&mut self, fields: &Fields, field: &str) -> Vec<(Name, Rc<str>)> {
        let entries = self.by_name(fields.field(field));
        let entries = self.first_entries(LESSON_TEXTS, Limited::Texts, entries);
        let text = |entry: Entry| Some((entry.name.into(), self.text(entry.value)?.into()));
        entries.into_iter().filter_map(text).collect()
    }
}
