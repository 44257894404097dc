//! What a command runs in: the cluster at a moment, and what a shell gives to it.

use super::response::Printed;
use super::snapshot::Snapshot;
use crate::cluster::behavior::Behaviors;
use crate::texts::Lang;
use crate::texts::help::Help;

/// The cluster at a moment, the text of the run, and what is piped into a command.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct World<'a> {
    pub snapshot: Snapshot<'a>,
    /// What programs do, for their logs.
    pub behaviors: Option<&'a Behaviors>,
    /// The text of the run: whatever file a command names has its manifests.
    pub text: &'a str,
    /// What `-f -` reads.
    pub stdin: Option<&'a str>,
    /// What there is to say about fields.
    pub help: Option<&'a Help>,
    /// The language of what is not kubectl's own.
    pub lang: Lang,
    /// So many objects are printed whole, sorted or described by one command; `None` is any number.
    pub most_objects: Option<usize>,
}

impl<'a> World<'a> {
    /// A cluster alone: no text, nothing piped in.
    pub fn of(snapshot: Snapshot<'a>) -> World<'a> {
        World { snapshot, behaviors: None, text: "", stdin: None, help: None, lang: Lang::En, most_objects: None }
    }

    /// Whether so many objects can be printed whole; it is said if not.
    pub(super) fn bears(&self, count: usize, printed: &mut Printed) -> bool {
        let is_too_much = self.most_objects.is_some_and(|most| count > most);
        if is_too_much {
            printed.fail(self.lang.kubectl().too_much);
        }
        !is_too_much
    }

    /// What a file has, and what kubectl calls it.
    pub(super) fn file<'n>(&self, name: &'n str) -> (&'a str, &'n str) {
        match name {
            "-" => (self.stdin.unwrap_or_default(), "STDIN"),
            name => (self.text, name),
        }
    }
}
