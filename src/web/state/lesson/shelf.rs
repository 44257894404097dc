//! The lessons that there are. Their texts are a file of the page, fetched when someone wants to learn: nobody else needs
//! them.

use crate::lessons::COURSES;
use crate::manifest;
use crate::scenario::lesson::{Lesson, Prose};
use crate::texts::Lang;
use std::rc::Rc;

/// What stands in links before the id of a lesson.
pub(super) const LESSON: &str = "lesson/";

/// What stands in the file before the id of each lesson, whose text follows.
const HEAD: &str = "=== ";

/// A lesson with the text that it starts with.
#[derive(Debug, PartialEq)]
pub(crate) struct Unit {
    pub(crate) id: Rc<str>,
    pub(crate) lesson: Lesson,
    pub(crate) start: Rc<str>,
}

impl Unit {
    /// `None` if the text has no lesson, or one without a word.
    pub(crate) fn read(text: &str) -> Option<Unit> {
        let mut reading = manifest::read(text);
        let start = Rc::from(reading.start());
        let lesson = reading.lesson.take().filter(|lesson| !lesson.prose.is_empty())?;
        Some(Unit { id: Rc::from(&*lesson.id), lesson, start })
    }

    /// Its words in a language; without those in the first that it has.
    pub(crate) fn prose(&self, lang: Lang) -> Option<&Prose> {
        self.lesson.prose_in(lang.primary_tag())
    }
}

/// All lessons, once they are here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Shelf {
    /// Nobody has asked for them.
    #[default]
    Absent,
    Asked,
    /// They cannot be had now.
    Missing,
    Here(Rc<[Rc<Unit>]>),
}

/// Where a lesson stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1, among all.
    pub(crate) number: usize,
    pub(crate) of: usize,
    /// Its course, by its name.
    pub(crate) world: &'static str,
}

impl Shelf {
    /// Of a file.
    pub(crate) fn read(file: Option<&[u8]>) -> Shelf {
        let text = file.and_then(|file| std::str::from_utf8(file).ok()).unwrap_or_default();
        let heads = text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, start + line.len(), line))
        });
        let heads: Vec<(usize, usize)> =
            heads.filter(|(.., line)| line.starts_with(HEAD)).map(|(start, end, _)| (start, end)).collect();
        let ends = heads.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
        let units = heads.iter().zip(ends).filter_map(|((_, from), to)| Unit::read(&text[*from..to]));
        let units: Rc<[Rc<Unit>]> = units.map(Rc::new).collect();
        if units.is_empty() { Shelf::Missing } else { Shelf::Here(units) }
    }

    pub(crate) fn units(&self) -> &[Rc<Unit>] {
        match self {
            Shelf::Here(units) => units,
            Shelf::Absent | Shelf::Asked | Shelf::Missing => &[],
        }
    }

    pub(crate) fn is_here(&self) -> bool {
        matches!(self, Shelf::Here(_))
    }

    pub(crate) fn unit(&self, id: &str) -> Option<&Rc<Unit>> {
        self.units().iter().find(|unit| *unit.id == *id)
    }
}

/// All lessons in their order, with the course of each.
pub(crate) fn path() -> impl Iterator<Item = (&'static str, &'static str)> {
    COURSES.iter().flat_map(|world| world.lessons.iter().map(|lesson| (world.id, *lesson)))
}

/// Where a lesson stands; `None` for one that is in no course.
pub(crate) fn place(id: &str) -> Option<Place> {
    let at = path().position(|(_, lesson)| lesson == id)?;
    let (world, _) = path().nth(at)?;
    Some(Place { number: at + 1, of: path().count(), world })
}

/// The lesson after this one.
pub(crate) fn next(id: &str) -> Option<&'static str> {
    path().skip_while(|(_, lesson)| *lesson != id).nth(1).map(|(_, lesson)| lesson)
}
