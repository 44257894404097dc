//! Which objects a printed text names, and where it has their status: a page leads from there to what they are.

use super::rows;
use super::snapshot::{Namespaces, Snapshot};
use crate::order::{Map, Set};
use crate::recording::pod_status;
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

/// The first names of objects that are there, and in the same line behind them their status; at most so many.
pub fn mentions(text: &str, snapshot: &Snapshot<'_>, most: usize) -> Vec<Mention> {
    let mut wanted: Set<&str> = Set::new();
    for (_, word) in text.lines().flat_map(words) {
        wanted.insert(word);
    }
    let statuses = statuses(|name| wanted.contains(name), snapshot);
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let mut named: Option<&(Rc<str>, String)> = None;
        for (start, word) in words(line) {
            if found.len() >= most {
                return found;
            }
            let range = line_start + start..line_start + start + word.len();
            let is_status = named.is_some_and(|(_, status)| *status == word);
            let known = if is_status { named.take() } else { statuses.get(word) };
            if let Some((name, _)) = known {
                found.push(Mention { range, name: Rc::clone(name), is_status });
            }
            if !is_status && known.is_some() {
                named = known;
            }
        }
        line_start += line.len();
    }
    found
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

/// The names and the status of the objects that are there and wanted.
fn statuses(is_wanted: impl Fn(&str) -> bool, snapshot: &Snapshot<'_>) -> Map<String, (Rc<str>, String)> {
    let mut all: Map<String, (Rc<str>, String)> = Map::new();
    let mut note = |name: &str, status: String| {
        all.insert(name.to_owned(), (name.into(), status));
    };
    for node in snapshot.nodes().into_iter().filter(|node| is_wanted(&node.name)) {
        note(&node.name, rows::node_status(node));
    }
    for cron_job in snapshot.cron_jobs(&Namespaces::All).into_iter().filter(|found| is_wanted(&found.meta.name)) {
        note(&cron_job.meta.name, String::new());
    }
    for job in snapshot.jobs(&Namespaces::All).into_iter().filter(|job| is_wanted(&job.meta.name)) {
        note(&job.meta.name, rows::job_status(job).to_owned());
    }
    for pod in snapshot.recording.pods_at(snapshot.at) {
        let name = snapshot.pod_name(pod);
        if is_wanted(&name) {
            note(&name, pod_status::status(pod));
        }
    }
    all
}
