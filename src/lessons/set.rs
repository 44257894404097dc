//! The lessons that everybody has. Their structure is in `src/lessons`, their words are in `src/texts/<lang>/lessons`;
//! joined they are a text as anyone can write one.

/// Hands the list of the built-in lessons to a macro: worlds with their lessons, in order. A new lesson is a word here, a
/// file beside this one, and one in each language.
macro_rules! each_lesson {
    ($with:ident) => {
        $with! {
            "counting":
                "six-retries", "lost-logs", "the-wait", "ceiling", "shared-budget", "one-bad-index", "stages";
            "stuck":
                "deadline", "two-deadlines", "pending", "image-pull", "no-room", "init", "sidecar", "wait";
            "gone":
                "ttl", "delete-pod", "suspend", "history";
            "disruption":
                "eviction", "policy", "drain", "overlap", "at-least-once", "node-lost", "boss-spot";
            "schedules":
                "restart-policy", "no-completions", "immutable", "forbid", "missed", "boss-nightly";
        }
    };
}
pub(crate) use each_lesson;

/// A built-in course: a world of lessons.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Its name in links: `counting`.
    pub id: &'static str,
    /// Ids of its lessons, in order.
    pub lessons: &'static [&'static str],
}

macro_rules! worlds {
    ($($world:literal: $($id:literal),*;)*) => { &[$(World { id: $world, lessons: &[$($id),*] }),*] };
}

macro_rules! structures {
    ($($world:literal: $($id:literal),*;)*) => { &[$($(($id, include_str!(concat!($id, ".yaml")))),*),*] };
}

/// All of them, in order.
pub const COURSES: &[World] = each_lesson!(worlds);

/// Ids, and texts without their words.
const STRUCTURES: &[(&str, &str)] = each_lesson!(structures);

/// Whether there is such a lesson. The page knows that without having the lessons.
pub fn is_built_in(id: &str) -> bool {
    COURSES.iter().any(|course| course.lessons.contains(&id))
}

/// The text of a lesson without its words; `None` if there is no such lesson.
pub fn structure(id: &str) -> Option<&'static str> {
    STRUCTURES.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

/// A lesson with its words in one language or more: the text, and the blocks by the language's tag. `spec` of its Lesson is
/// the last thing in the text.
pub fn joined(structure: &str, prose: &[(&str, &str)]) -> String {
    let mut text = structure.trim_end().to_owned();
    text.push_str("\n  text:\n");
    for (tag, block) in prose {
        text.push_str(&format!("    {tag}:\n"));
        for line in block.trim_end().lines() {
            let indented = if line.trim().is_empty() { String::new() } else { format!("      {line}") };
            text.push_str(&indented);
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    #[test]
    fn joined_is_a_text_as_anyone_can_write_one() {
        let prose = "title: A\nhints:\n- |\n  one\n\n  two\ntakeaway: B\n";
        let text = joined(
            "kind: Job\napiVersion: batch/v1\n---\napiVersion: job-playground/v1\nkind: Lesson\nmetadata: {name: a}\nspec:\n  solution: |\n    kind: Job\n",
            &[("en", prose), ("zh", prose)],
        );
        let reading = read(&text);
        assert_eq!(reading.diagnostics, []);
        let lesson = reading.lesson.expect("it has a Lesson");
        assert_eq!(lesson.solution.as_deref(), Some("kind: Job\n"));
        let tags: Vec<&str> = lesson.prose.iter().map(|(tag, _)| &**tag).collect();
        assert_eq!(tags, ["en", "zh"]);
        assert_eq!(lesson.prose[1].1.hints, ["one\n\ntwo\n".into()]);
        assert_eq!(&*lesson.prose[0].1.takeaway, "B");
    }
}
