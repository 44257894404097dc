//! What the fragment of an address leads to: `lesson/six-retries`, `lesson/six-retries&step=fix`, `course/counting`.

use super::shelf::LESSON;
use super::{Stage, Theirs, own};
use crate::manifest::link;
use std::rc::Rc;

const COURSE: &str = "course/";

/// A way into the lessons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// A lesson by its id, at a step of it.
    Lesson(Rc<str>, Option<Stage>),
    /// The panel, at a course by its name.
    Course(Rc<str>),
    /// Lessons that the fragment itself holds, at a step of them.
    Handed(Rc<str>, Option<Stage>),
    /// Someone's result.
    Result(Theirs),
}

impl Door {
    /// `None` if the fragment leads elsewhere.
    pub(crate) fn of(fragment: &str) -> Option<Door> {
        let mut parts = fragment.split('&');
        let path = parts.next().unwrap_or_default();
        if let Some(course) = path.strip_prefix(COURSE) {
            return Some(Door::Course(course.into()));
        }
        let step = parts.find_map(|part| part.strip_prefix("step="));
        let stage = step.and_then(|step| match step {
            "guess" => Some(Stage::Guess),
            "watch" => Some(Stage::Watch),
            "fix" => Some(Stage::Fix),
            _ => None,
        });
        if let Some(id) = path.strip_prefix(LESSON) {
            return Some(Door::Lesson(id.into(), stage));
        }
        let text = link::decode(path).ok()?;
        if own::is_handed(&text) {
            return Some(Door::Handed(text.into(), stage));
        }
        Theirs::of(path, &text).map(Door::Result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_lead_to_lessons_and_courses() {
        let lesson = |id: &str, stage| Some(Door::Lesson(id.into(), stage));
        assert_eq!(Door::of("lesson/six-retries"), lesson("six-retries", None));
        assert_eq!(Door::of("lesson/ttl&step=fix"), lesson("ttl", Some(Stage::Fix)));
        assert_eq!(Door::of("lesson/ttl&step=never&step=fix"), lesson("ttl", None));
        assert_eq!(Door::of("lesson/"), lesson("", None));
        assert_eq!(Door::of("course/counting"), Some(Door::Course("counting".into())));
        // A link that holds lessons, or someone's result, is a way to them; any other one is not.
        let own = "apiVersion: job-playground/v1\nkind: Lesson\nmetadata: {name: a}\n";
        let handed = Door::of(&format!("{}&step=fix", link::encode(own)));
        assert_eq!(handed, Some(Door::Handed(own.into(), Some(Stage::Fix))));
        let result = "kind: Job\n---\napiVersion: job-playground/v1\nkind: View\nspec: {lesson: ttl}\n";
        assert!(matches!(Door::of(&link::encode(result)), Some(Door::Result(_))));
        assert_eq!(Door::of(&link::encode("kind: Job\n")), None);
        for other in ["", "v1.abc", "spec", "lessons/ttl", "lesson"] {
            assert_eq!(Door::of(other), None, "{other}");
        }
    }
}
