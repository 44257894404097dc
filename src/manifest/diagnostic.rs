//! What there is to say about a text: places, and codes with arguments. No sentences: these are in [`crate::texts`].

use super::wrapping::Wrapping;
use super::yaml::YamlProblem;
use crate::api::IndexSetError;
use crate::cluster::input::ObjectKind;
use crate::cluster::inventory::ReferencedKind;
use crate::time::SpanError;
use std::ops::Range;

/// Something to report about a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Diagnostic {
    /// Bytes of the text; empty at its beginning for a diagnostic about the whole text.
    pub span: Range<usize>,
    pub code: Code,
}

/// How serious a diagnostic is, the most serious first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// It would be refused, or means nothing: the line or document is left out.
    Refused,
    /// It is valid, but has a surprising effect.
    Surprising,
    /// It is kept in the text, but has no effect in this simulation.
    NotModelled,
}

/// What is left out from some number on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Limited {
    Documents,
    Objects,
    Inputs,
    Behaviors,
    /// Of `cluster`, those of `nodeAdd` counted in.
    Nodes,
    /// Labels, taints and amounts of all of them.
    NodeFields,
    /// Lines of `cluster.images`.
    Images,
    /// Lines of `cluster.missing`.
    Missing,
    /// Documents that pods name: ConfigMaps, Secrets and the like.
    Referenced,
    /// Of the question of a Lesson.
    Options,
    Stops,
    Hints,
    /// Of a Lesson or a Course.
    Languages,
    /// Words of options, of stops or of goals in a language.
    Texts,
    /// Of `about` or `keep` of a Lesson.
    Lines,
    /// Of a Course.
    Lessons,
}

/// A kind of Kubernetes that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ManifestKind {
    Object(ObjectKind),
    Referenced(ReferencedKind),
}

impl ManifestKind {
    /// All of them.
    pub fn all() -> impl Iterator<Item = ManifestKind> {
        let objects = [ObjectKind::Job, ObjectKind::CronJob].map(ManifestKind::Object);
        objects.into_iter().chain(ReferencedKind::ALL.into_iter().map(ManifestKind::Referenced))
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<ManifestKind> {
        match name {
            "Job" => Some(ManifestKind::Object(ObjectKind::Job)),
            "CronJob" => Some(ManifestKind::Object(ObjectKind::CronJob)),
            _ => ReferencedKind::named(name).map(ManifestKind::Referenced),
        }
    }

    /// `kind` of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            ManifestKind::Object(kind) => kind.as_str(),
            ManifestKind::Referenced(kind) => kind.as_str(),
        }
    }

    /// apiVersion of the manifest.
    pub fn api_version(self) -> &'static str {
        match self {
            ManifestKind::Object(_) => "batch/v1",
            ManifestKind::Referenced(kind) => kind.api_version(),
        }
    }
}

/// What is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Code {
    /// More than [`crate::limits::TEXT_BYTES`]: how many there are.
    TooManyBytes { bytes: usize },
    /// More than [`crate::limits::TEXT_LINES`]: how many there are.
    TooManyLines { lines: usize },
    /// More of something than is read ([`crate::limits`]): how many there are. Stands at the first that is left out.
    TooMany { what: Limited, count: usize },
    /// Not UTF-8; nothing of the file is read. `utf16`: it begins with the byte order mark of UTF-16, which is what `>`
    /// writes in Windows PowerShell.
    NotUtf8 { utf16: bool },
    /// Not YAML, or not the YAML that Kubernetes reads.
    Yaml(YamlProblem),
    /// In a document that is not YAML: `{{`, with which Helm and Go templates begin an action.
    Template,
    /// Something around the manifest, or in its place, that is none of it.
    Wrapped(Wrapping),
    /// In a document that is not YAML: a character that looks like one of YAML's, or that nobody sees.
    Lookalike { found: char, meant: Option<char> },
    /// The same in a document that is YAML, where it is part of a value.
    LookalikeInValue { found: char, meant: Option<char> },
    /// Text behind `---`: the text.
    BadSeparator(String),
    /// The same key twice in a map: the last one wins. `first` is the offset of the first one, in bytes.
    DuplicateKey { key: String, first: usize },
    /// A document that is not a map.
    NotAManifest,
    /// No `kind`.
    NoKind,
    /// No `apiVersion`; it is read as that of its kind.
    NoApiVersion { kind: ManifestKind },
    /// Another apiVersion than that of its kind (`batch/v1beta1` was removed in 1.25); it is read as that.
    WrongApiVersion { kind: ManifestKind, found: String },
    /// A kind that the API server does not have in this version; `version` is empty where none is written.
    KindNotServed { kind: String, version: String },
    /// A kind that is not simulated.
    KindNotModelled(String),
    /// `kind: Scenario` without apiVersion; it is read.
    ScenarioWithoutVersion,
    /// A kind of the playground that this version does not know.
    NewerKind(String),
    /// A Scenario, Lesson or Course of another version; it is read as v1.
    NewerVersion(String),
    /// A second Scenario, which is left out.
    SecondScenario,
    /// A Lesson or a Course among the items of a List, where it is left out.
    InList,
    /// A Course that is not the first document, or a second one; it is left out.
    CourseNotFirst,
    /// The first document behind a Lesson, with which its text ends.
    BehindLesson,
    /// A field that this version does not know.
    UnknownField(String),
    /// A field that the format reserves for later versions.
    ReservedField(String),
    /// A value of another type than expected.
    WrongType { expected: Expected, found: ValueKind },
    /// Not a duration: why, and the value as it is written.
    Duration { error: SpanError, text: String },
    /// `forever` where the duration must end.
    ForeverNotHere,
    /// A number outside its range, whose ends are included. No `most`: the upper limit is that of the type.
    OutOfRange { least: i64, most: Option<i64> },
    /// None of the few words that are allowed.
    UnknownWord { allowed: &'static [&'static str] },
    /// Not a set of indexes.
    IndexSet(IndexSetError),
    /// Not a percentage from 0% to 100% with at most four decimals. `number`: only the `%` behind it is missing.
    Chance { number: Option<String> },
    /// Not an RFC 3339 time in whole seconds.
    StartTime,
    /// Another version of Kubernetes than 1.36.
    OtherKubernetes(String),
    /// A required field is missing.
    MissingField(&'static str),
    /// An input without a verb.
    NoVerb,
    /// An input with more than one verb: the first two.
    TwoVerbs { first: String, second: String },
    /// `starting` in a behavior that names a container or a restart, where it has no effect.
    StartingOfContainer,
    /// `restart` in the target of an input.
    RestartInTarget,
    /// A node's name that is not a DNS label.
    NodeName,
    /// A line makes a node of a name that another line has made already.
    SecondNode(String),
    /// A node that no line makes.
    UnknownNode(String),
    /// Not an amount of a resource.
    Quantity,
    /// Not the key or not the value of a label.
    Label,
    /// Not `KEY[=VALUE]:EFFECT`, or not `KEY[:EFFECT]` where it is to be removed.
    Taint { removed: bool },
    /// Not an id of a Lesson or a Course: lower-case letters, digits and `-`.
    LessonId,
    /// Neither `start` nor a moment.
    StartOrMoment,
    /// None of the keys that make a check.
    NoCheck,
    /// None of the keys that make a moment.
    NoMoment,
    /// A check of a number without one.
    NoNumber,
    /// A check or a moment with two such keys.
    TwoChecks { first: &'static str, second: &'static str },
    /// The first check of a Lesson beyond [`crate::limits::LESSON_CHECKS`].
    TooManyChecks,
    /// Checks in checks beyond [`crate::limits::CHECK_DEPTH`].
    ChecksTooDeep,
    /// Not `KIND/NAME` with a kind of what pods name, or, in `provide`, with `Image`.
    Reference { or_image: bool },
}

/// The type of value that a field of a Scenario needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Expected {
    Map,
    List,
    Text,
    /// A whole number.
    Number,
    Truth,
    Duration,
    NumberOrName,
    /// A number or a set of indexes: `0-2,5`.
    NumberOrSet,
    /// `500m`, `16Gi`; a number, too.
    Quantity,
}

/// The type of a value that is written in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ValueKind {
    Map,
    List,
    Text,
    Number,
    /// `true`, `yes`, `on`, … or their opposites, without quotes.
    Truth,
    /// `null`, `~` or nothing.
    Nothing,
}

impl Diagnostic {
    #[allow(missing_docs)]
    pub fn tier(&self) -> Tier {
        self.code.tier()
    }
}

impl Code {
    #[allow(missing_docs)]
    pub fn tier(&self) -> Tier {
        match self {
            // No key begins with such a space.
            Code::LookalikeInValue { meant: Some(' '), .. } => Tier::Refused,
            Code::DuplicateKey { .. }
            | Code::LookalikeInValue { .. }
            | Code::NewerVersion(_)
            | Code::StartingOfContainer
            | Code::UnknownNode(_) => Tier::Surprising,
            Code::KindNotModelled(_)
            | Code::NewerKind(_)
            | Code::UnknownField(_)
            | Code::ReservedField(_)
            | Code::BehindLesson
            | Code::TooManyChecks
            | Code::TooMany { .. } => Tier::NotModelled,
            _ => Tier::Refused,
        }
    }

    /// The error that kubectl prints, if it would refuse this.
    pub fn kubectl_words(&self) -> Option<String> {
        match self {
            Code::Yaml(problem @ YamlProblem::NotJson { .. }) => Some(problem.to_string()),
            Code::Yaml(problem) => Some(format!("error converting YAML to JSON: {problem}")),
            Code::BadSeparator(found) => Some(format!("invalid Yaml document separator: {found}")),
            Code::NotAManifest => Some("invalid object to validate".to_owned()),
            Code::NoKind => Some("error validating data: kind not set".to_owned()),
            Code::KindNotServed { kind, version } if !version.is_empty() => {
                Some(format!("no matches for kind \"{kind}\" in version \"{version}\""))
            }
            Code::NoApiVersion { .. } | Code::KindNotServed { .. } => {
                Some("error validating data: apiVersion not set".to_owned())
            }
            Code::WrongApiVersion { kind, found } => {
                Some(format!("no matches for kind \"{}\" in version \"{found}\"", kind.as_str()))
            }
            _ => None,
        }
    }
}

/// The line and column of a byte, both from 1; columns are counted in characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
