//! The two parts of the text: the manifests, and the Scenario after them. Distinguished by how the lines look, so that a
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
    /// What programs do and what happens from outside: the last document, if it is a Scenario.
    Scenario,
}

impl Part {
    /// Its bytes: without the separator, and without the line end before it.
    pub(crate) fn range(self, text: &str) -> Range<usize> {
        let split = split(text);
        match self {
            Part::Spec if split == text.len() => 0..split,
            Part::Spec => 0..split.saturating_sub(1),
            Part::Scenario => {
                let line = text[split..].find('\n').map_or(text.len() - split, |end| end + 1);
                let separator = if text[split..].starts_with("---") { line } else { 0 };
                split + separator..text.len()
            }
        }
    }

    /// The part with this byte.
    pub(crate) fn at(text: &str, offset: usize) -> Part {
        let split = split(text);
        if offset < split || split == text.len() { Part::Spec } else { Part::Scenario }
    }

    /// The whole text with `new` in place of this part.
    pub(crate) fn spliced(self, text: &str, new: &str) -> String {
        let range = self.range(text);
        let rest = &text[range.end..];
        let glue = if rest.starts_with("---") && !new.is_empty() && !new.ends_with('\n') { "\n" } else { "" };
        [&text[..range.start], new, glue, rest].concat()
    }
}

/// Whether the text ends with a Scenario.
pub(crate) fn has_scenario(text: &str) -> bool {
    split(text) < text.len()
}

/// The text with a minimal Scenario after it.
pub(crate) fn with_scenario(text: &str) -> String {
    let glue = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!(
        "{text}{glue}---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n  kubernetes: \"1.36\"\n  behaviors:\n  - run: 10s\n"
    )
}

/// Where the Scenario's separator stands; the end of the text if its last document is not a Scenario.
fn split(text: &str) -> usize {
    let mut start = 0;
    let mut is_scenario = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("---") {
            start = offset;
            is_scenario = false;
        } else if line.starts_with("apiVersion:") {
            is_scenario |= line.contains("job-playground/");
        } else if line.starts_with("kind:") {
            is_scenario |= line.trim_end().ends_with("Scenario");
        }
        offset += line.len();
    }
    if is_scenario { start } else { text.len() }
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
    fn a_scenario_can_be_begun() {
        for text in ["", "kind: Job", "kind: Job\n"] {
            assert!(has_scenario(&with_scenario(text)), "{text}");
        }
    }
}
