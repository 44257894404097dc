//! The built-in lessons, for the page to fetch when somebody wants one: a file for each language. Each lesson is a text as
//! anyone can write one, behind a line `=== id`.

use crate::page::{Kind, named};
use crate::{Failure, files};
use job_playground::lessons::{COURSES, joined, structure};
use job_playground::texts::Lang;
use serde_json::{Map, Value};
use std::path::Path;

/// Writes the files; adds to `names` what each is called.
pub(crate) fn write(kind: Kind, next: &Path, names: &mut Map<String, Value>) -> Result<(), Failure> {
    for lang in Lang::ALL {
        let plain = format!("static/{}", lang.lessons_file());
        let content = of(lang)?;
        let (stem, extension) = plain.rsplit_once('.').unwrap_or((&plain, "txt"));
        let name = named(stem, extension, content.as_bytes(), kind);
        files::write(&next.join(&name), content)?;
        names.insert(plain, name.into());
    }
    Ok(())
}

/// All lessons with the words of one language, in order.
fn of(lang: Lang) -> Result<String, Failure> {
    let mut all = String::new();
    for id in COURSES.iter().flat_map(|course| course.lessons) {
        let (Some(structure), Some(prose)) = (structure(id), lang.built_in_lessons().of(id)) else {
            return Err(format!("the lesson {id} is not whole").into());
        };
        all += &format!("=== {id}\n{}", joined(structure, &[(lang.primary_tag(), prose)]));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_lessons() {
        let count: usize = COURSES.iter().map(|course| course.lessons.len()).sum();
        for lang in Lang::ALL {
            let all = of(lang).expect("all are whole");
            assert_eq!(all.lines().filter(|line| line.starts_with("=== ")).count(), count, "{lang:?}");
            assert!(all.starts_with("=== ") && all.ends_with('\n'), "{lang:?}");
        }
    }
}
