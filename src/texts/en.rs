//! English.

mod advice;
mod called;
mod cluster;
mod depth;
mod diagnostics;
mod editor;
mod explain;
mod faults;
mod format;
mod help;
mod in_words;
mod keeping;
mod keys;
mod kubectl;
mod page;
mod picture;
mod placement;
mod reason;
mod schedule;
mod timeline;

use super::Language;

pub(super) static ENGLISH: Language = Language {
    tag: "en",
    help_file: "help.en.txt",
    advice: &advice::ADVICE,
    cluster: &cluster::CLUSTER,
    diagnostics: &diagnostics::DIAGNOSTICS,
    editor: &editor::EDITOR,
    explain: &explain::EXPLAIN,
    fields: &help::FIELDS,
    format: &format::FORMAT,
    in_words: &in_words::IN_WORDS,
    keeping: &keeping::KEEPING,
    kubectl: &kubectl::KUBECTL,
    page: &page::PAGE,
    picture: &picture::PICTURE,
    reason: &reason::REASON,
    timeline: &timeline::TIMELINE,
};
