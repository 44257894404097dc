//! What the reader of a text is told: tier, place, and a code with its arguments. No human words: these are in
//! [`crate::texts`].

use super::yaml::YamlProblem;
use crate::api::IndexSetError;
use crate::cluster::input::ObjectKind;
use crate::time::SpanError;
use std::ops::Range;

/// Something to tell about a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// What there is to tell.
    pub code: Code,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Would be refused, or means nothing: the line or document is left out.
    Refused,
    /// Valid, but surprising.
    Surprising,
    /// Kept, but not modelled here.
    NotModelled,
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// More than [`super::MAX_BYTES`].
    TooManyBytes {
        /// How many there are.
        bytes: usize,
    },
    /// More than [`super::MAX_LINES`].
    TooManyLines {
        /// How many there are.
        lines: usize,
    },
    /// Bytes that are no UTF-8; nothing of the file is read.
    NotUtf8 {
        /// It begins as UTF-16 does, which is what `>` writes in Windows PowerShell.
        utf16: bool,
    },
    /// Not YAML, or not the YAML that Kubernetes reads.
    Yaml(YamlProblem),
    /// In a document that is not YAML: `{{`, with which Helm and Go templates begin an action.
    Template,
    /// In a document that is not YAML: a character that looks like one of YAML's and is none.
    Lookalike {
        /// What stands there.
        found: char,
        /// What was meant.
        meant: char,
    },
    /// Text behind `---`.
    BadSeparator(String),
    /// The same key twice in a map: the last one wins.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where the first one stands.
        first: usize,
    },
    /// A document that is no map.
    NotAManifest,
    /// No `kind`.
    NoKind,
    /// No `apiVersion`; it is read as `batch/v1`.
    NoApiVersion {
        /// Of this kind.
        kind: ObjectKind,
    },
    /// Another apiVersion than `batch/v1` (`batch/v1beta1` was removed in 1.25); it is read as `batch/v1`.
    WrongApiVersion {
        /// Of this kind.
        kind: ObjectKind,
        /// What stands there.
        found: String,
    },
    /// A kind that plays no part here.
    KindNotModelled(String),
    /// `kind: Scenario` without apiVersion; it is read.
    ScenarioWithoutVersion,
    /// A kind of ours that this version does not know.
    NewerKind(String),
    /// A Scenario of another version; it is read as v1.
    NewerScenario(String),
    /// A second Scenario.
    SecondScenario,
    /// A field that this version does not know.
    UnknownField(String),
    /// A field that the format keeps for later versions.
    ReservedField(String),
    /// Something of another type was expected.
    WrongType {
        /// What belongs here.
        expected: Expected,
        /// What stands here.
        found: ValueKind,
    },
    /// Not a duration.
    Duration {
        /// Why.
        error: SpanError,
        /// What stands here.
        text: String,
    },
    /// `forever` where only a length will do.
    ForeverNotHere,
    /// A number outside its range, both ends included.
    OutOfRange {
        /// The least.
        least: i64,
        /// The most; `None` if there is no limit that matters.
        most: Option<i64>,
    },
    /// One of a few words was expected.
    UnknownWord {
        /// The words.
        allowed: &'static [&'static str],
    },
    /// Not a set of indexes, in the API server's words.
    IndexSet(IndexSetError),
    /// Not a percentage from 0% to 100% with at most four decimals.
    Chance {
        /// The number that stands there without its `%`, if it does.
        number: Option<String>,
    },
    /// Not an RFC 3339 time in whole seconds.
    StartTime,
    /// Rules of another Kubernetes than 1.36 were asked for.
    OtherKubernetes(String),
    /// A field that must be there.
    MissingField(&'static str),
    /// An input without a verb.
    NoVerb,
    /// An input with more than one verb.
    TwoVerbs {
        /// The first.
        first: String,
        /// The one too many.
        second: String,
    },
    /// `starting` in a behavior that names a container or a restart: it does nothing there.
    StartingOfContainer,
    /// `restart` in the target of an input.
    RestartInTarget,
}

/// What belongs somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A map.
    Map,
    /// A list.
    List,
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Truth,
    /// A duration.
    Duration,
    /// A number or a name.
    NumberOrName,
    /// A number or a set of indexes.
    NumberOrSet,
}

/// What stands somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A map.
    Map,
    /// A list.
    List,
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true`, `yes`, `on`, … or their opposites, without quotes.
    Truth,
    /// Nothing.
    Nothing,
}

impl Diagnostic {
    /// How bad it is.
    pub fn tier(&self) -> Tier {
        self.code.tier()
    }
}

impl Code {
    /// How bad it is.
    pub fn tier(&self) -> Tier {
        match self {
            Code::DuplicateKey { .. } | Code::NewerScenario(_) | Code::StartingOfContainer => Tier::Surprising,
            Code::KindNotModelled(_) | Code::NewerKind(_) | Code::UnknownField(_) | Code::ReservedField(_) => {
                Tier::NotModelled
            }
            _ => Tier::Refused,
        }
    }
}

impl Code {
    /// What kubectl prints where it would refuse this, in its own words.
    pub fn kubectl_words(&self) -> Option<String> {
        match self {
            Code::Yaml(problem) => Some(format!("error converting YAML to JSON: {problem}")),
            Code::BadSeparator(found) => Some(format!("invalid Yaml document separator: {found}")),
            Code::NotAManifest => Some("invalid object to validate".to_owned()),
            Code::NoKind => Some("error validating data: kind not set".to_owned()),
            Code::NoApiVersion { .. } => Some("error validating data: apiVersion not set".to_owned()),
            Code::WrongApiVersion { kind, found } => {
                Some(format!("no matches for kind \"{}\" in version \"{found}\"", kind.as_str()))
            }
            _ => None,
        }
    }
}

/// Line and column of a byte, both from 1, columns in characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
