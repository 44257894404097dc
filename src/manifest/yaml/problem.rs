//! Why a document cannot be read, in the words of Go's libraries.

use crate::limits::{ALIASED_BYTES, ALIASED_NODES, YAML_DEPTH};
use std::fmt;
use std::ops::Range;

/// Why a document cannot be read, in the words of Go's libraries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlProblem {
    /// The scanner or parser stops.
    Syntax {
        /// The sentence of go-yaml.
        problem: &'static str,
        /// The line that go-yaml names, counted within the document; often one before the mistake.
        line: Option<u64>,
    },
    /// `*name` without `&name` before it: the name.
    UnknownAnchor(String),
    /// An anchor inside its own value: its name.
    ContainsItself(String),
    /// Aliases that unfold to far more than was written.
    ExcessiveAliasing,
    /// Aliases and merge keys that add more than [`ALIASED_NODES`] or [`ALIASED_BYTES`]. Go reads on.
    AliasesBeyondLimit,
    /// `<<` with something else than a map or a list of maps.
    MergeWithoutMap,
    /// A map or a list as a key, in Go's syntax.
    InvalidKey(String),
    /// A key that JSON cannot have: null, or a number beyond `i64`. All in Go's syntax.
    UnsupportedKey {
        /// The type of the key.
        of: &'static str,
        /// The key.
        key: String,
        /// The value behind it.
        value: String,
    },
    /// A scalar that does not fit its tag: `!!int abc`.
    CannotDecode {
        /// The short tag of what it is: `!!str`.
        found: &'static str,
        /// The short tag that is written: `!!int`.
        tag: String,
        /// The scalar: `abc`.
        text: String,
    },
    /// `!!binary` with text that is not base64.
    InvalidBinary,
    /// `.inf` or `.nan`, which JSON cannot have, in Go's words.
    UnsupportedNumber(String),
    /// More than [`YAML_DEPTH`] levels.
    TooDeep,
    /// Behind a value of JSON, and neither JSON nor YAML.
    NotJson {
        /// The bytes up to and with the wrong one, where kubectl counts them.
        offset: Option<usize>,
        /// What is wrong, in Go's words.
        error: String,
    },
}

impl fmt::Display for YamlProblem {
    /// As kubectl prints it behind `error converting YAML to JSON: `.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            YamlProblem::Syntax { problem, line: Some(line) } => write!(f, "yaml: line {line}: {problem}"),
            YamlProblem::Syntax { problem, line: None } => write!(f, "yaml: {problem}"),
            YamlProblem::UnknownAnchor(name) => write!(f, "yaml: unknown anchor '{name}' referenced"),
            YamlProblem::ContainsItself(name) => write!(f, "yaml: anchor '{name}' value contains itself"),
            YamlProblem::ExcessiveAliasing => f.write_str("yaml: document contains excessive aliasing"),
            YamlProblem::AliasesBeyondLimit => {
                write!(f, "yaml: aliases add more than {ALIASED_NODES} values or {ALIASED_BYTES} bytes")
            }
            YamlProblem::MergeWithoutMap => {
                f.write_str("yaml: map merge requires map or sequence of maps as the value")
            }
            YamlProblem::InvalidKey(key) => write!(f, "yaml: invalid map key: {key}"),
            YamlProblem::UnsupportedKey { of, key, value } => {
                write!(f, "unsupported map key of type: {of}, key: {key}, value: {value}")
            }
            YamlProblem::CannotDecode { found, tag, text } => {
                write!(f, "yaml: cannot decode {found} `{text}` as a {tag}")
            }
            YamlProblem::InvalidBinary => f.write_str("yaml: !!binary value contains invalid base64 data"),
            YamlProblem::UnsupportedNumber(text) => write!(f, "json: unsupported value: {text}"),
            YamlProblem::NotJson { offset: Some(offset), error } => write!(f, "json: offset {offset}: {error}"),
            YamlProblem::NotJson { offset: None, error } => f.write_str(error),
            YamlProblem::TooDeep => write!(f, "yaml: exceeded depth of {YAML_DEPTH}"),
        }
    }
}

/// A problem and its bytes in the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) problem: YamlProblem,
    pub(crate) span: Range<usize>,
}
