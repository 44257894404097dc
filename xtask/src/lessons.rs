//! The lessons as the page fetches them: one file, with the words of every language.

use crate::Failure;
use job_playground::lessons::{COURSES, joined, structure};
use job_playground::texts::Lang;

/// What the page asks for.
pub(crate) const FILE: &str = "static/lessons.yaml";

/// All lessons in their order, each with its start.
pub(crate) fn file() -> Result<String, Failure> {
    let lessons = COURSES.iter().flat_map(|world| world.lessons).map(|id| {
        let missing = || format!("the lesson {id} is not whole");
        let prose = Lang::ALL.iter().map(|lang| Some((lang.tag(), lang.built_in_lessons().of(id)?)));
        let prose: Vec<(&str, &str)> = prose.collect::<Option<_>>().ok_or_else(missing)?;
        Ok(joined(structure(id).ok_or_else(missing)?, &prose))
    });
    let lessons: Vec<String> = lessons.collect::<Result<_, Failure>>()?;
    Ok(lessons.join("---\n"))
}
