//! The lessons that everybody has. Their structure is in `src/lessons`, their words are in `src/texts`; joined they are a
//! text as anyone can write one.

/// A built-in course: a world of lessons.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Its name in links: `counting`.
    pub id: &'static str,
    /// Ids of its lessons, in order.
    pub lessons: &'static [&'static str],
}

/// All of them, in order.
pub const COURSES: &[World] = &[];

/// The text of a lesson without its words; `None` if there is no such lesson.
pub fn structure(_id: &str) -> Option<&'static str> {
    todo!()
}

/// A lesson with its words in one language or more: the text, and the blocks by the language's tag.
pub fn joined(_structure: &str, _prose: &[(&str, &str)]) -> String {
    todo!()
}
