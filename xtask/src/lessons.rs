//! The lessons as the page fetches them: one file, with the words of every language.

use crate::{Failure, files};
use job_playground::lessons::{COURSES, joined, structure};

/// What the page asks for.
pub(crate) const FILE: &str = "static/lessons.yaml";

/// Where the words of the languages are.
const LANGUAGES: [&str; 2] = ["en", "zh"];

/// All lessons in their order, each with its start.
pub(crate) fn file() -> Result<String, Failure> {
    let mut lessons = Vec::new();
    for id in COURSES.iter().flat_map(|world| world.lessons) {
        let structure = structure(id).ok_or_else(|| format!("there is no lesson {id}"))?;
        let mut prose = Vec::new();
        for lang in LANGUAGES {
            let path = files::root().join(format!("src/texts/{lang}/lessons/{id}.yaml"));
            prose.push((lang, files::read_text(&path)?));
        }
        let prose: Vec<(&str, &str)> = prose.iter().map(|(lang, text)| (*lang, text.as_str())).collect();
        lessons.push(joined(structure, &prose));
    }
    Ok(lessons.join("---\n"))
}
