//! Words about fields: the few that the page always has, and the paragraphs of `static/help.<lang>.txt`, one for each
//! field. Those live outside the program, since together they are larger than all other words and are not needed
//! before the first field is pointed at: the page fetches its language's file then.

use crate::advice::{FieldId, TypeName};
use crate::api::validation::Mutability;
use std::collections::BTreeMap;

/// What is said about every field in the same words.
pub struct FieldWords {
    /// What its value has to be.
    pub type_name: fn(&TypeName) -> String,
    /// When it may be changed.
    pub mutability: fn(Mutability) -> &'static str,
    /// The value that it has where it is not written.
    pub default: fn(&str) -> String,
    /// The API server refuses the object without it.
    pub required: &'static str,
    /// The version of Kubernetes that brought it or changed its standing.
    pub since: fn(&str) -> String,
    /// It changes nothing in a recording.
    pub not_modelled: &'static str,
    /// Instead of a paragraph, for a field that has none.
    pub no_help: &'static str,
}

/// The paragraphs of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    entries: BTreeMap<String, (String, String)>,
}

/// What is said about one field.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldHelp<'a> {
    pub text: &'a str,
    /// Versions as the file has them: `1.21, stable 1.24`.
    pub since: Option<&'a str>,
}

impl Help {
    /// Reads a file: blank lines between entries; an entry is a line with the ids of the fields that it is about,
    /// `JobSpec.suspend  since 1.21` or `PodSpec.hostPID, PodSpec.hostIPC`, and a paragraph of any number of lines.
    /// Lines with `#` in front are comments.
    pub fn parse(file: &str) -> Help {
        let mut entries = BTreeMap::new();
        let mut lines = file.lines().filter(|line| !line.starts_with('#'));
        while let Some(head) = lines.next() {
            let head = head.trim();
            if head.is_empty() {
                continue;
            }
            let text: Vec<&str> = lines.by_ref().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
            let (ids, since) = head.split_once("  since ").unwrap_or((head, ""));
            for id in ids.split(", ") {
                entries.insert(id.to_owned(), (text.join(" "), since.to_owned()));
            }
        }
        Help { entries }
    }

    /// The paragraph of a field, if it has one.
    pub fn of(&self, id: FieldId) -> Option<FieldHelp<'_>> {
        let (text, since) = self.entries.get(&id.to_string())?;
        Some(FieldHelp { text, since: Some(since.as_str()).filter(|since| !since.is_empty()) })
    }

    /// All ids and their paragraphs, in the order of the ids.
    pub fn entries(&self) -> impl Iterator<Item = (&str, FieldHelp<'_>)> {
        self.entries.iter().map(|(id, (text, since))| {
            let since = Some(since.as_str()).filter(|since| !since.is_empty());
            (id.as_str(), FieldHelp { text, since })
        })
    }
}
