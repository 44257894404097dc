//! What a cluster has beside the objects that it creates: nodes, images, and the objects that pods name
//! (docs/scenario.md, The cluster).

use crate::api::{Capacity, ConfigKind, ImageName, Labels, Name, Taint};
use crate::limits::GLOB_STEPS;
use crate::time::{Span, Time};
use serde_json::Value;
use std::fmt;
use std::rc::Rc;

/// One line of `cluster.nodes`, or what is behind `nodeAdd`: one node, or several of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeGroup {
    /// The node's name, or the beginning of their names.
    pub name: Name,
    /// How many: they are called `NAME-1` … `NAME-n`. `None`: one, called `NAME`.
    pub count: Option<u32>,
    /// What of the default is written otherwise, and what is added to it, in the order of the text.
    pub capacity: Vec<(Name, Name)>,
    /// Labels beside those that every node has.
    pub labels: Rc<Labels>,
    /// Taints.
    pub taints: Rc<[Taint]>,
}

impl NodeGroup {
    /// The names of its nodes, in order.
    pub fn names(&self) -> impl Iterator<Item = Name> + '_ {
        let one = self.count.is_none().then(|| self.name.clone());
        let many = (1..=self.count.unwrap_or(0)).map(|number| format!("{}-{number}", self.name).into());
        one.into_iter().chain(many)
    }

    /// The name of its first node, and that of its last if it is another.
    pub fn ends(&self) -> (Name, Option<Name>) {
        let mut names = self.names();
        (names.next().unwrap_or_else(|| self.name.clone()), names.last())
    }

    /// What each of its nodes has.
    pub fn whole_capacity(&self) -> Capacity {
        Capacity::with(self.capacity.iter().cloned())
    }
}

/// One line of `cluster.images`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRule {
    /// A glob over names of images.
    pub pattern: Name,
    /// How long a pull takes where the image is not there yet; `None` is [`ImageRule::DEFAULT_PULL`].
    pub pull: Option<Span>,
    /// How every pull ends, if not well.
    pub error: Option<PullError>,
    /// When the error is over.
    pub until: Option<Time>,
}

impl ImageRule {
    /// The place of the rule of an image among all: of the first that matches.
    pub fn of(rules: &[ImageRule], image: &str) -> Option<usize> {
        let names = ImageName::parse(image).map(|name| [name.short(), name.tagged(), name.full()]).unwrap_or_default();
        rules.iter().position(|rule| names.iter().any(|name| !name.is_empty() && glob_matches(&rule.pattern, name)))
    }

    /// How long a pull takes by default.
    pub const DEFAULT_PULL: Span = Span::from_seconds(3);
}

/// Why a pull fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullError {
    /// There is no such image.
    NotFound,
    /// The registry refuses.
    Unauthorized,
    /// The registry does not answer.
    Unavailable,
    /// In the words of the runtime.
    Other(Name),
}

impl PullError {
    /// The errors with a name of their own.
    pub const NAMED: [PullError; 3] = [PullError::NotFound, PullError::Unauthorized, PullError::Unavailable];

    /// As it is written in the text.
    pub fn as_str(&self) -> &str {
        match self {
            PullError::NotFound => "NotFound",
            PullError::Unauthorized => "Unauthorized",
            PullError::Unavailable => "Unavailable",
            PullError::Other(message) => message,
        }
    }

    /// What a text means.
    pub fn of(text: &str) -> PullError {
        let named = PullError::NAMED.into_iter().find(|error| error.as_str() == text);
        named.unwrap_or_else(|| PullError::Other(text.into()))
    }
}

/// Kinds of objects that a pod names and that are not simulated beyond that.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferencedKind {
    ConfigMap,
    Secret,
    PersistentVolumeClaim,
    ServiceAccount,
    PriorityClass,
}

impl ReferencedKind {
    /// All of them.
    pub const ALL: [ReferencedKind; 5] = [
        ReferencedKind::ConfigMap,
        ReferencedKind::Secret,
        ReferencedKind::PersistentVolumeClaim,
        ReferencedKind::ServiceAccount,
        ReferencedKind::PriorityClass,
    ];

    /// `kind` of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            ReferencedKind::ConfigMap => "ConfigMap",
            ReferencedKind::Secret => "Secret",
            ReferencedKind::PersistentVolumeClaim => "PersistentVolumeClaim",
            ReferencedKind::ServiceAccount => "ServiceAccount",
            ReferencedKind::PriorityClass => "PriorityClass",
        }
    }

    /// apiVersion of the manifest.
    pub fn api_version(self) -> &'static str {
        match self {
            ReferencedKind::PriorityClass => "scheduling.k8s.io/v1",
            _ => "v1",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<ReferencedKind> {
        ReferencedKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl From<ConfigKind> for ReferencedKind {
    fn from(kind: ConfigKind) -> ReferencedKind {
        match kind {
            ConfigKind::ConfigMap => ReferencedKind::ConfigMap,
            ConfigKind::Secret => ReferencedKind::Secret,
        }
    }
}

/// `KIND/NAME` of `cluster.missing` and of `provide`; the name may be a glob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Which kind.
    pub kind: ReferencedKind,
    /// A glob over names.
    pub name: Name,
}

impl Reference {
    /// Whether it means this object.
    pub fn matches(&self, kind: ReferencedKind, name: &str) -> bool {
        self.kind == kind && glob_matches(&self.name, name)
    }
}

impl fmt::Display for Reference {
    /// `KIND/NAME`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.as_str(), self.name)
    }
}

/// What `provide` provides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provided {
    /// Objects that pods name.
    Objects(Reference),
    /// Images: the rules with exactly this `match` have no error any more.
    Images(Name),
}

impl Provided {
    /// What stands in front of the `/` for images.
    pub const IMAGE: &'static str = "Image";

    /// What may stand in front of the `/`.
    pub fn kinds(or_image: bool) -> Vec<&'static str> {
        let kinds = ReferencedKind::ALL.into_iter().map(ReferencedKind::as_str);
        kinds.chain(or_image.then_some(Provided::IMAGE)).collect()
    }
}

impl fmt::Display for Provided {
    /// `KIND/NAME` or `Image/PATTERN`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Provided::Objects(reference) => reference.fmt(f),
            Provided::Images(pattern) => write!(f, "{}/{pattern}", Provided::IMAGE),
        }
    }
}

/// A document of the text of one of these kinds: it exists, whatever is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferencedObject {
    /// Which kind.
    pub kind: ReferencedKind,
    /// The whole document.
    pub value: Rc<Value>,
}

impl ReferencedObject {
    /// metadata.name.
    pub fn name(&self) -> &str {
        self.value["metadata"]["name"].as_str().unwrap_or_default()
    }

    /// Whether a ConfigMap or Secret has a key.
    pub fn has_key(&self, key: &str) -> bool {
        ["data", "binaryData", "stringData"].iter().any(|field| self.value[*field].get(key).is_some())
    }
}

/// What a cluster has beside the objects that it creates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// In the order of the text; `None`: one node without limits.
    pub nodes: Option<Rc<[NodeGroup]>>,
    /// In the order of the text: the first that matches an image counts.
    pub images: Rc<[ImageRule]>,
    /// What pods name and does not exist.
    pub missing: Rc<[Reference]>,
    /// What exists for certain.
    pub objects: Rc<[ReferencedObject]>,
}

impl Inventory {
    /// The name of the node that there is where nothing is said of nodes.
    pub const ONLY_NODE: &'static str = "node-1";

    /// The names of the nodes of the beginning, in order.
    pub fn node_names(&self) -> impl Iterator<Item = Name> + '_ {
        let only = self.nodes.is_none().then(|| Inventory::ONLY_NODE.into());
        only.into_iter().chain(self.nodes.iter().flat_map(|groups| groups.iter()).flat_map(NodeGroup::names))
    }

    /// The place of the line that says that an object is missing: of the first that means it.
    pub fn line_of_missing(&self, kind: ReferencedKind, name: &str) -> Option<usize> {
        self.missing.iter().position(|missing| missing.matches(kind, name))
    }

    /// An object that exists for certain.
    pub fn object(&self, kind: ReferencedKind, name: &str) -> Option<&ReferencedObject> {
        self.objects.iter().find(|object| object.kind == kind && object.name() == name)
    }
}

/// Whether a glob with `*`, `?` and `[…]` matches a whole text; `*` also crosses `/`.
pub fn glob_matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    // Where to go on if the rest does not match: behind the last star, one character later each time.
    let mut retry: Option<(usize, usize)> = None;
    for _ in 0..GLOB_STEPS {
        if t == text.len() && pattern[p..].iter().all(|c| *c == '*') {
            return true;
        }
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p + 1, t));
                p += 1;
                continue;
            }
            Some(_) if t < text.len() => {
                if let Some(length) = one_matches(&pattern[p..], text[t]) {
                    (p, t) = (p + length, t + 1);
                    continue;
                }
            }
            _ => {}
        }
        match retry {
            Some((behind, from)) if from < text.len() => {
                retry = Some((behind, from + 1));
                (p, t) = (behind, from + 1);
            }
            _ => return false,
        }
    }
    false
}

/// How many characters of a pattern stand for one character, if it matches.
fn one_matches(pattern: &[char], c: char) -> Option<usize> {
    match pattern {
        ['?', ..] => Some(1),
        ['[', rest @ ..] => {
            let (negated, rest, skipped) = match rest {
                ['!' | '^', rest @ ..] => (true, rest, 2),
                _ => (false, rest, 1),
            };
            let end = rest.iter().skip(1).position(|c| *c == ']').map(|at| at + 1);
            // Without an end it stands for itself.
            let Some(end) = end else { return (c == '[').then_some(1) };
            let set = &rest[..end];
            let mut hit = false;
            let mut at = 0;
            while at < set.len() {
                match set[at..] {
                    [from, '-', to, ..] => {
                        hit |= (from..=to).contains(&c);
                        at += 3;
                    }
                    _ => {
                        hit |= set[at] == c;
                        at += 1;
                    }
                }
            }
            (hit != negated).then_some(skipped + end + 1)
        }
        [first, ..] => (*first == c).then_some(1),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        for (pattern, text, matches) in [
            ("busybox:1.36", "busybox:1.36", true),
            ("busybox", "busybox:1.36", false),
            ("ghcr.io/acme/*", "ghcr.io/acme/a/b:1", true),
            ("*", "", true),
            ("*:latest", "app:latest", true),
            ("app-?", "app-1", true),
            ("app-?", "app-", false),
            ("app-[0-9]", "app-7", true),
            ("app-[!0-9]", "app-7", false),
            ("app-[^0-9]", "app-x", true),
            ("app-[ab", "app-[ab", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("**", "x", true),
            ("", "", true),
            ("", "x", false),
        ] {
            assert_eq!(glob_matches(pattern, text), matches, "{pattern} {text}");
        }
    }
}
