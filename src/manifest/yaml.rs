//! YAML 1.1 as Kubernetes reads it (sigs.k8s.io/yaml over go-yaml v2): one document becomes a tree in which every
//! node knows its bytes, and the tree becomes the value that the API server would see. Knows nothing of Jobs.

mod build;
mod convert;
mod go_syntax;
mod guard;
mod scalar;

pub(crate) use scalar::Scalar;

use std::fmt;
use std::ops::Range;

/// How deep collections may be nested, aliases counted in. Real manifests have about fifteen levels; the bound keeps
/// recursion over a value within WebAssembly's stack of 1 MB.
pub const MAX_DEPTH: usize = 200;

/// A node of a [`Tree`], by its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

/// One YAML document with the place of everything in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    root: Option<NodeId>,
}

/// A node: what it is and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: NodeKind,
    /// Its bytes in the whole text, anchor and tag included, comments and blank lines behind it left out.
    pub(crate) span: Range<usize>,
    /// Where the scanner stopped reading it: behind the line breaks that belong to a block scalar.
    pub(crate) read_to: usize,
    /// Explicit tag, in full: `tag:yaml.org,2002:str`.
    pub(crate) tag: Option<String>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    /// A text, a number, a truth, nothing.
    Scalar {
        /// The text without quotes and escapes.
        text: String,
        /// How it is written.
        style: ScalarStyle,
    },
    /// A list.
    Sequence {
        /// Its items.
        items: Vec<NodeId>,
        /// `[a, b]`, not lines with dashes.
        flow: bool,
    },
    /// A map.
    Mapping {
        /// Keys and values in the order of the text, merge keys and duplicates as they stand.
        entries: Vec<(NodeId, NodeId)>,
        /// `{a: b}`, not lines.
        flow: bool,
    },
    /// `*name`.
    Alias {
        /// The node with that anchor.
        target: NodeId,
        /// The anchor's name.
        name: String,
    },
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// A key and its value, merge keys resolved and duplicates decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key as JSON has it.
    pub(crate) name: String,
    /// The key's node.
    pub(crate) key: NodeId,
    /// The value's node.
    pub(crate) value: NodeId,
}

/// Why a document cannot be read, in the words of Go's libraries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlProblem {
    /// Scanner and parser.
    Syntax {
        /// go-yaml's sentence.
        problem: &'static str,
        /// The line that go-yaml names, counted within the document; often one before the mistake.
        line: Option<u64>,
    },
    /// `*name` without `&name` before it.
    UnknownAnchor(String),
    /// An anchor inside its own value.
    ContainsItself(String),
    /// Aliases that unfold to far more than was written.
    ExcessiveAliasing,
    /// `<<` with something else than a map or a list of maps.
    MergeWithoutMap,
    /// A map or a list as a key, in Go's syntax.
    InvalidKey(String),
    /// A key that has no place in JSON: nothing, or a number that only an unsigned one holds. All in Go's syntax.
    UnsupportedKey {
        /// Its type.
        of: &'static str,
        /// Itself.
        key: String,
        /// What it is the key of.
        value: String,
    },
    /// `!!int abc`: what it is, what it should be, and the text.
    CannotDecode {
        /// The short tag of what it is, `!!str`.
        found: &'static str,
        /// The short tag, `!!int`.
        tag: String,
        /// What has it.
        text: String,
    },
    /// `!!binary` with what is no base64.
    InvalidBinary,
    /// `.inf`, `.nan`: JSON has no such number.
    UnsupportedNumber(String),
    /// More than [`MAX_DEPTH`] levels.
    TooDeep,
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
            YamlProblem::TooDeep => write!(f, "yaml: exceeded depth of {MAX_DEPTH}"),
        }
    }
}

/// A problem and its bytes in the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) problem: YamlProblem,
    pub(crate) span: Range<usize>,
}

impl Tree {
    /// The document's node; `None` if it is empty.
    pub(crate) fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// The node as it stands; an alias is an alias.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The node that is meant: an alias is what it points to.
    pub(crate) fn resolve(&self, id: NodeId) -> &Node {
        let mut node = self.node(id);
        while let NodeKind::Alias { target, .. } = &node.kind {
            node = self.node(*target); // an alias points to a node with an anchor, which is no alias
        }
        node
    }

    /// What a scalar means; `None` for lists and maps.
    pub(crate) fn scalar(&self, id: NodeId) -> Option<Scalar> {
        let node = self.resolve(id);
        match &node.kind {
            NodeKind::Scalar { text, style } => Scalar::of(text, *style, node.tag.as_deref()).ok(),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn items(&self, id: NodeId) -> Option<&[NodeId]> {
        match &self.resolve(id).kind {
            NodeKind::Sequence { items, .. } => Some(items),
            _ => None,
        }
    }

    /// All maps and their entries as they stand, in the order of the text.
    pub(crate) fn maps(&self) -> impl Iterator<Item = (NodeId, &[(NodeId, NodeId)])> {
        self.nodes.iter().enumerate().filter_map(|(number, node)| match &node.kind {
            NodeKind::Mapping { entries, .. } => Some((NodeId(number as u32), entries.as_slice())),
            _ => None,
        })
    }
}
