//! The parts of the text: the manifests, the Scenario after them, and the Lesson at the end. Distinguished by how the lines look, so that a
//! part stays what it is while the YAML in it is broken.

use std::ops::Range;

/// What the region of the text shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// A part of the text.
    Text(Part),
    /// A table of what the Scenario says of the cluster.
    Cluster,
}

/// A part of the text, shown by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    /// What is declared: everything before the Scenario.
    #[default]
    Spec,
    /// What programs do and what happens from outside: the last document before the Lesson, if it is a Scenario.
    Scenario,
    /// What is asked about the run, and what is to be reached: the last document, if it is a Lesson.
    Lesson,
}

impl Part {
    /// Its bytes: without the separator, and without the line end before the next one.
    pub(crate) fn range(self, text: &str) -> Range<usize> {
        let cuts = Cuts::of(text);
        let (from, to) = match self {
            Part::Spec => (0, cuts.scenario),
            Part::Scenario => (cuts.scenario, cuts.lesson),
            Part::Lesson => (cuts.lesson, text.len()),
        };
        let line = text[from..to].find('\n').map_or(to - from, |end| end + 1);
        let separator = if self != Part::Spec && text[from..].starts_with("---") { line } else { 0 };
        let start = from + separator;
        let end = if to < text.len() { to.saturating_sub(1) } else { to };
        start..end.max(start)
    }

    /// The part with this byte.
    pub(crate) fn at(text: &str, offset: usize) -> Part {
        let Cuts { scenario, lesson } = Cuts::of(text);
        match offset {
            _ if offset < scenario || scenario == text.len() => Part::Spec,
            _ if offset < lesson || lesson == text.len() => Part::Scenario,
            _ => Part::Lesson,
        }
    }

    /// The whole text with `new` in place of this part.
    pub(crate) fn spliced(self, text: &str, new: &str) -> String {
        let range = self.range(text);
        let rest = &text[range.end..];
        let glue = if rest.starts_with("---") && !new.is_empty() && !new.ends_with('\n') { "\n" } else { "" };
        [&text[..range.start], new, glue, rest].concat()
    }
}

/// Whether the text has a Scenario at its end; a Lesson may stand behind it.
pub(crate) fn has_scenario(text: &str) -> bool {
    let Cuts { scenario, lesson } = Cuts::of(text);
    scenario < lesson
}

/// Whether the text ends with a Lesson.
pub(crate) fn has_lesson(text: &str) -> bool {
    Cuts::of(text).lesson < text.len()
}

/// The text with a minimal Scenario after its manifests.
pub(crate) fn with_scenario(text: &str) -> String {
    let (spec, lesson) = text.split_at(Cuts::of(text).lesson);
    let glue = if spec.is_empty() || spec.ends_with('\n') { "" } else { "\n" };
    let separator = if lesson.is_empty() || lesson.starts_with("---") { "" } else { "---\n" };
    format!(
        "{spec}{glue}---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n  kubernetes: \"1.36\"\n  behaviors:\n  - run: 10s\n{separator}{lesson}"
    )
}

/// Where the separators of the last documents stand.
struct Cuts {
    /// Of the Scenario; where the Lesson is, if there is none.
    scenario: usize,
    /// Of the Lesson; the end of the text if there is none.
    lesson: usize,
}

impl Cuts {
    fn of(text: &str) -> Cuts {
        // Where the last two documents start, and what they are.
        let mut last: [(usize, Option<Own>); 2] = [(0, None); 2];
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with("---") {
                last = [last[1], (offset, None)];
            } else if line.starts_with("apiVersion:") && line.contains("job-playground/") {
                // Until its kind is written it is a Scenario.
                last[1].1 = last[1].1.or(Some(Own::Scenario));
            } else if let Some(kind) = line.strip_prefix("kind:") {
                last[1].1 = match kind.trim() {
                    "Lesson" => Some(Own::Lesson),
                    "Course" | "View" => None,
                    kind if kind.ends_with("Scenario") => Some(Own::Scenario),
                    _ => last[1].1,
                };
            }
            offset += line.len();
        }
        match last {
            [(scenario, Some(Own::Scenario)), (lesson, Some(Own::Lesson))] => Cuts { scenario, lesson },
            [_, (lesson, Some(Own::Lesson))] => Cuts { scenario: lesson, lesson },
            [_, (scenario, Some(Own::Scenario))] => Cuts { scenario, lesson: text.len() },
            _ => Cuts { scenario: text.len(), lesson: text.len() },
        }
    }
}

/// A document of the format.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Scenario,
    Lesson,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "kind: Job\n---\nkind: Job\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {";

    #[test]
    fn the_scenario_begins_behind_its_separator() {
        assert_eq!(&TEXT[Part::Spec.range(TEXT)], "kind: Job\n---\nkind: Job");
        assert_eq!(&TEXT[Part::Scenario.range(TEXT)], "apiVersion: job-playground/v1\nkind: Scenario\nspec: {");
        assert_eq!(Part::at(TEXT, 23), Part::Spec);
        assert_eq!(Part::at(TEXT, 24), Part::Scenario);
    }

    #[test]
    fn without_a_scenario_at_the_end_all_is_spec() {
        for text in ["", "kind: Job\n", "kind: Scenario\n---\nkind: Job\n"] {
            assert_eq!(Part::Spec.range(text), 0..text.len(), "{text}");
            assert_eq!(Part::at(text, text.len()), Part::Spec, "{text}");
        }
    }

    #[test]
    fn a_changed_view_leaves_the_other_as_it_is() {
        assert_eq!(
            Part::Spec.spliced(TEXT, "kind: CronJob"),
            "kind: CronJob\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec: {"
        );
        let emptied = Part::Spec.spliced(TEXT, "");
        assert_eq!(&emptied[Part::Spec.range(&emptied)], "");
        assert_eq!(&Part::Spec.spliced(&emptied, "a")[..6], "a\n---\n");
        assert!(Part::Scenario.spliced(TEXT, "kind: Scenario").ends_with("kind: Job\n---\nkind: Scenario"));
    }

    #[test]
    fn a_lesson_is_the_last_part() {
        let text = &format!("{TEXT}}}\n---\napiVersion: job-playground/v1\nkind: Lesson\nspec: {{}}\n");
        let parts = [Part::Spec, Part::Scenario, Part::Lesson].map(|part| &text[part.range(text)]);
        let [spec, scenario, lesson] = parts;
        assert_eq!(spec, "kind: Job\n---\nkind: Job");
        assert!(scenario.starts_with("apiVersion") && scenario.ends_with("spec: {}"), "{scenario}");
        assert!(lesson.starts_with("apiVersion") && lesson.ends_with("spec: {}\n"), "{lesson}");
        for part in [Part::Spec, Part::Scenario, Part::Lesson] {
            assert_eq!(Part::at(text, part.range(text).start), part);
            assert_eq!(part.spliced(text, &text[part.range(text)]), *text);
        }
        let alone = "kind: Job\n---\nkind: Lesson\n";
        assert!(has_lesson(alone) && !has_scenario(alone) && has_scenario(&with_scenario(alone)));
        assert!(with_scenario(alone).ends_with("---\nkind: Lesson\n"));
    }

    #[test]
    fn a_scenario_can_be_begun() {
        for text in ["", "kind: Job", "kind: Job\n"] {
            assert!(has_scenario(&with_scenario(text)), "{text}");
        }
    }
}
