//! Which objects a printed text names, and where it has their status: a page leads from there to what they are.

use super::snapshot::Snapshot;
use super::{beside, rows};
use crate::api::ObjectKey;
use crate::order::{Map, Set};
use crate::recording::{Object, pod_status};
use std::ops::Range;
use std::rc::Rc;

/// Bytes of a text that name an object, or its status.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Mention {
    pub range: Range<usize>,
    /// The object.
    pub name: Rc<str>,
    pub is_status: bool,
}

/// The objects of a run that a text names: all of its pods are gone through once for all lines.
pub struct Names(Map<String, Vec<ObjectKey>>);

impl Names {
    /// Those that this text names, whenever they are there.
    pub fn of(text: &str, snapshot: &Snapshot<'_>) -> Names {
        let mut wanted: Set<&str> = Set::new();
        for (_, word) in text.lines().flat_map(words) {
            wanted.insert(word);
        }
        let mut named: Map<String, Vec<ObjectKey>> = Map::new();
        for key in beside::all_keys(snapshot.recording) {
            let name = snapshot.name_of(key);
            if wanted.contains(name.as_str()) {
                named.get_or_insert_with(name, Vec::new).push(key);
            }
        }
        Names(named)
    }

    /// Where a part of the text names objects that are there, and in the same line behind them their status; at most so many.
    pub fn mentions(&self, text: &str, snapshot: &Snapshot<'_>, most: usize) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            let mut named: Option<(Rc<str>, String)> = None;
            for (start, word) in words(line) {
                if found.len() >= most {
                    return found;
                }
                let range = line_start + start..line_start + start + word.len();
                if let Some((name, _)) = named.take_if(|(_, status)| status == word) {
                    found.push(Mention { range, name, is_status: true });
                } else if let Some(status) = self.status(word, snapshot) {
                    let name: Rc<str> = word.into();
                    found.push(Mention { range, name: Rc::clone(&name), is_status: false });
                    named = Some((name, status));
                }
            }
            line_start += line.len();
        }
        found
    }

    /// The status of the object of this name, empty if it has none; `None` if it is not there.
    fn status(&self, name: &str, snapshot: &Snapshot<'_>) -> Option<String> {
        let there = |key: &ObjectKey| snapshot.recording.object_at(*key, snapshot.at);
        Some(match self.0.get(name)?.iter().rev().find_map(there)? {
            Object::Pod(pod) => pod_status::status(pod),
            Object::Job(job) => rows::job_status(job).to_owned(),
            Object::Node(node) => rows::node_status(node),
            Object::CronJob(_) => String::new(),
        })
    }
}

/// The words of a line that could be names, each with where it begins. Of `pod/x` also `x`.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_in_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | ':' | '/');
    let mut at = 0;
    line.split(move |letter: char| {
        // Letters of other alphabets have several bytes.
        !is_in_word(letter) && letter.is_ascii()
    })
    .flat_map(move |word| {
        let start = at;
        at += word.len() + 1;
        let name = word.rsplit_once('/').map(|(before, name)| (start + before.len() + 1, name));
        [Some((start, word)), name].into_iter().flatten().filter(|(_, word)| !word.is_empty())
    })
}
