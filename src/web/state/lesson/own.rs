//! Lessons that someone handed out: a Course, or lessons without one, in a text that came with a link or as a file. Their ids
//! on this page begin with `own:`, so that they are never taken for built-in ones.

use super::shelf::{self, Unit};
use super::{Learn, Stage};
use crate::api::Name;
use crate::lessons::{FaultKind, skim_text};
use crate::limits::HANDED_FAULTS;
use crate::manifest::{self, line_column, link};
use crate::texts::Lang;
use crate::web::state::action::{Action, Dialog};
use crate::web::state::effect::Effect;
use crate::web::state::shared::Shared;
use crate::web::state::{Slot, State};
use std::cell::OnceCell;
use std::rc::Rc;

/// What stands before the ids of lessons and courses that were handed out.
pub(crate) const OWN: &str = "own:";

/// A text of lessons.
#[derive(Debug, PartialEq)]
pub(crate) struct Handed {
    /// That of its Course, else of its first lesson.
    pub(crate) id: Rc<str>,
    titles: Vec<(Name, Rc<str>)>,
    /// Ids in their order; built-in ones among them.
    pub(crate) lessons: Vec<Rc<str>>,
    units: Vec<Rc<Unit>>,
    /// What is wrong with it, each with its line: the first of them.
    pub(crate) faults: Vec<(usize, FaultKind)>,
    /// How many more there are.
    pub(crate) more_faults: usize,
    pub(crate) text: Rc<str>,
    /// The text as a link, once it was asked for.
    fragment: OnceCell<Rc<str>>,
}

/// Whether a text is one of lessons, to be learned from.
pub(crate) fn is_handed(text: &str) -> bool {
    let units = manifest::units(text);
    units.course.is_some() || !units.lessons.is_empty()
}

/// Whether an id is one of what was handed out.
pub(crate) fn is_own(id: &str) -> bool {
    id.starts_with(OWN)
}

impl Handed {
    /// `None` if the text has no lessons.
    pub(crate) fn read(text: &str) -> Option<Handed> {
        let parts = manifest::units(text);
        let course = parts.course.as_ref().map(|span| manifest::read(&text[span.clone()]).course.unwrap_or_default());
        if course.is_none() && parts.lessons.is_empty() {
            return None;
        }
        let own = |id: &str| -> Rc<str> { format!("{OWN}{id}").into() };
        let units = parts.lessons.iter().filter_map(|part| Unit::read(&text[part.span.clone()]));
        let units: Vec<Rc<Unit>> = units.map(|unit| Rc::new(Unit { id: own(&unit.id), ..unit })).collect();
        let listed = course.as_ref().map(|course| {
            let listed = course.lessons.iter().map(|id| match units.iter().find(|unit| unit.lesson.id == *id) {
                Some(unit) => Rc::clone(&unit.id),
                None => Rc::from(&**id),
            });
            listed.collect()
        });
        let id = course.as_ref().map(|course| &course.id).or(parts.lessons.first().map(|part| &part.id));
        let skimmed = skim_text(text);
        let all = skimmed.all_faults();
        let faults = all.iter().take(HANDED_FAULTS);
        Some(Handed {
            id: own(id.map_or("", |id| id)),
            lessons: listed.unwrap_or_else(|| units.iter().map(|unit| Rc::clone(&unit.id)).collect()),
            titles: course.map(|course| course.titles).unwrap_or_default(),
            units,
            faults: faults.map(|fault| (line_column(text, fault.span.start).0, fault.what.clone())).collect(),
            more_faults: all.len().saturating_sub(HANDED_FAULTS),
            text: text.into(),
            fragment: OnceCell::new(),
        })
    }

    /// One of its own lessons.
    pub(crate) fn unit(&self, id: &str) -> Option<&Rc<Unit>> {
        self.units.iter().find(|unit| *unit.id == *id)
    }

    /// Its title in a language, or in the first that it has.
    pub(crate) fn title(&self, lang: Lang) -> Option<&str> {
        let is_meant = |tag: &str| tag.split(['-', '_']).next() == Some(lang.primary_tag());
        let meant = self.titles.iter().find(|(tag, _)| is_meant(tag)).or(self.titles.first());
        meant.map(|(_, title)| &**title)
    }
}

/// Where a lesson stands: its number from 1, of how many, and the course.
pub(crate) struct Placed<'l> {
    pub(crate) number: usize,
    pub(crate) of: usize,
    pub(crate) world: World<'l>,
}

/// A course of either kind.
pub(crate) enum World<'l> {
    BuiltIn(&'static str),
    Handed(&'l Handed),
}

impl Learn {
    /// A lesson of either kind.
    pub(crate) fn unit(&self, id: &str) -> Option<&Rc<Unit>> {
        let handed = || self.handed.iter().find_map(|course| course.unit(id));
        if is_own(id) { handed() } else { self.shelf.unit(id) }
    }

    /// The course of a lesson that was handed out: of several the one that the panel was opened at.
    fn course_of(&self, id: &str) -> Option<&Handed> {
        let is_named = |course: &&Handed| self.course.as_ref().is_some_and(|(named, _)| *named == course.id);
        let mut with = self.handed.iter().filter(|course| course.lessons.iter().any(|lesson| **lesson == *id));
        let named = with.clone().find(is_named);
        named.or_else(|| with.next().filter(|_| is_own(id)))
    }

    /// Where a lesson stands; `None` for one that is in no course.
    pub(crate) fn place(&self, id: &str) -> Option<Placed<'_>> {
        if let Some(course) = self.course_of(id) {
            let at = course.lessons.iter().position(|lesson| **lesson == *id)?;
            return Some(Placed { number: at + 1, of: course.lessons.len(), world: World::Handed(course) });
        }
        let shelf::Place { number, of, world } = shelf::place(id)?;
        Some(Placed { number, of, world: World::BuiltIn(world) })
    }

    /// The lesson after this one.
    pub(crate) fn next(&self, id: &str) -> Option<&Rc<Unit>> {
        let next = match self.course_of(id) {
            Some(course) => course.lessons.iter().skip_while(|lesson| ***lesson != *id).nth(1).map(|next| &**next),
            None => shelf::next(id),
        };
        self.unit(next?)
    }

    /// The fragment that leads others to a lesson: one that was handed out is in it.
    pub(crate) fn fragment_of(&self, id: &str) -> Rc<str> {
        match self.course_of(id).filter(|_| is_own(id)) {
            Some(course) => Rc::clone(course.fragment.get_or_init(|| link::encode(&course.text).into())),
            None => format!("{}{id}", shelf::LESSON).into(),
        }
    }

    /// The texts, as they are kept.
    pub(crate) fn texts(&self) -> Vec<Rc<str>> {
        self.handed.iter().map(|course| Rc::clone(&course.text)).collect()
    }

    /// What was kept of them.
    pub(crate) fn take_texts(&mut self, texts: &[Rc<str>]) {
        let handed = texts.iter().filter_map(|text| Handed::read(text));
        self.handed = Shared::new(handed.collect());
    }

    /// Takes in a text; one with the same id goes.
    fn add(&mut self, handed: Handed) {
        let others = self.handed.iter().filter(|known| known.id != handed.id).map(|known| known.text.clone());
        let texts: Vec<Rc<str>> = [handed.text].into_iter().chain(others).collect();
        self.take_texts(&texts);
    }
}

impl State {
    /// Lessons that someone handed out: one of them is opened at once, of several the list.
    pub(crate) fn hand_out(&mut self, text: &str, stage: Option<Stage>) -> Vec<Effect> {
        let Some(handed) = Handed::read(text) else { return Vec::new() };
        let (id, alone) = (
            Rc::clone(&handed.id),
            match &*handed.lessons {
                [lesson] if handed.faults.is_empty() => Some(Rc::clone(lesson)),
                _ => None,
            },
        );
        self.hold(handed);
        self.learn.course = Some((Rc::clone(&id), true));
        let mut effects = vec![Effect::KeepHanded];
        effects.extend(match alone {
            Some(lesson) => self.enter_lesson(&lesson, stage),
            None => self.show_dialog(Some(Dialog::Learn)),
        });
        effects
    }

    /// Takes in lessons. What was at hand of another text of them is forgotten.
    pub(super) fn hold(&mut self, handed: Handed) {
        if self.learn.handed.first().is_some_and(|known| known.text == handed.text) {
            return;
        }
        self.learn.add(handed);
        self.resting.retain(|draft| !matches!(&draft.slot, Slot::Lesson(id) if is_own(id)));
        if let Slot::Lesson(open) = &self.draft.slot
            && is_own(open)
            && let Some(fresh) = self.draft_of_lesson(open)
        {
            self.draft = fresh;
        }
    }

    /// The text of such lessons becomes one's own, to be written on.
    pub(super) fn write_on(&mut self, id: &str) -> Vec<Effect> {
        let Some(course) = self.learn.handed.iter().find(|course| *course.id == *id) else { return Vec::new() };
        let text = course.text.to_string();
        self.dialog = None;
        self.leave(Some(Action::OpenText(text)))
    }

    /// A course that was handed out is not wanted any more. What became of its lessons stays.
    pub(super) fn hand_back(&mut self, id: &str) -> Vec<Effect> {
        let texts: Vec<Rc<str>> =
            self.learn.handed.iter().filter(|course| *course.id != *id).map(|course| course.text.clone()).collect();
        self.learn.take_texts(&texts);
        let is_open = matches!(&self.draft.slot, Slot::Lesson(open) if self.learn.unit(open).is_none() && is_own(open));
        let mut effects = vec![Effect::KeepHanded];
        if is_open {
            effects.extend(self.leave(Some(Action::ShowDialog(Some(Dialog::Learn)))));
        }
        effects
    }
}
