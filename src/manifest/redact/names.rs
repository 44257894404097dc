//! What stands for what. All names of a text are numbered in their own order, since Kubernetes goes by it here and there;
//! the substitute of a valid name is valid, and that of an invalid one is not.

use super::kept;
use crate::api::{ImageName, Name};
use crate::chance;
use crate::cluster::input::InputAction;
use crate::cluster::inventory::{ImageRule, Inventory, Provided, glob_matches};
use crate::order::{Map, Set};
use crate::scenario::Scenario;
use serde_json::Value;

/// What is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The name of an object, a container, a volume, a node.
    Name,
    /// An image.
    Image,
    /// A key or a value of labels and annotations.
    Label,
    /// A value of the environment, of a header, of a ConfigMap or a Secret.
    Value,
    /// A command and its arguments.
    Command,
    /// Paths, addresses and all other texts.
    Text,
}

impl What {
    /// All of them.
    pub const ALL: [What; 6] = [What::Name, What::Image, What::Label, What::Value, What::Command, What::Text];
}

/// A replaced name or text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replaced {
    /// What it is.
    pub what: What,
    /// What the author wrote.
    pub from: String,
    /// What stands there now.
    pub to: String,
}

/// Substitutes by what they stand for.
#[derive(Default)]
pub(super) struct Names {
    names: Map<String, Entry>,
    images: Map<String, Entry>,
    texts: Map<String, Entry>,
    /// How commands and their like were replaced as a whole.
    commands: Map<String, String>,
    /// Names to which controllers add something: of Jobs, CronJobs and groups of nodes.
    bases: Set<String>,
    /// What is nobody's own in this text.
    own: Set<&'static str>,
    /// Globs over names and over images, in the order of the text.
    name_globs: Vec<Name>,
    image_globs: Vec<Name>,
    is_numbered: bool,
}

struct Entry {
    what: What,
    /// By its order, with as many digits as all have.
    number: String,
    /// As it was written where it was seen first, and what stands there now.
    written: String,
    to: String,
}

impl Names {
    pub(super) fn of(scenario: &Scenario) -> Names {
        let mut names = Names::default();
        let inventory = &scenario.cluster.inventory;
        if inventory.nodes.is_none() {
            names.own.insert(Inventory::ONLY_NODE);
        }
        let actions = || scenario.inputs.iter().map(|input| &input.action);
        let created = actions().filter_map(|action| match action {
            InputAction::Create(value) => Some(value),
            _ => None,
        });
        for value in scenario.manifests.iter().map(|manifest| &manifest.value).chain(created) {
            let meta = &value["metadata"];
            let given = [meta["name"].as_str(), meta["generateName"].as_str()].into_iter().flatten();
            given.for_each(|name| _ = names.bases.insert(name.trim_end_matches('-').to_owned()));
        }
        let joining = actions().filter_map(|action| match action {
            InputAction::NodeAdd(group) => Some(&**group),
            _ => None,
        });
        let groups = inventory.nodes.iter().flat_map(|groups| groups.iter()).chain(joining);
        groups.filter(|group| group.count.is_some()).for_each(|group| _ = names.bases.insert(group.name.to_string()));
        let provided = actions().filter_map(|action| match action {
            InputAction::Provide(Provided::Objects(reference)) => Some(&reference.name),
            _ => None,
        });
        let globs = inventory.missing.iter().map(|missing| &missing.name).chain(provided);
        for glob in globs.filter(|glob| is_glob(glob)) {
            add(&mut names.name_globs, glob);
        }
        let provided = actions().filter_map(|action| match action {
            InputAction::Provide(Provided::Images(pattern)) => Some(pattern),
            _ => None,
        });
        let globs = inventory.images.iter().map(|rule| &rule.pattern).chain(provided);
        globs.for_each(|glob| add(&mut names.image_globs, glob));
        names
    }

    /// All names have been seen: from now on there are substitutes for them.
    pub(super) fn number(&mut self) {
        for map in [&mut self.names, &mut self.images, &mut self.texts] {
            let width = map.iter().count().to_string().len();
            map.iter_mut().zip(1..).for_each(|((_, entry), number)| entry.number = format!("{number:0width$}"));
        }
        self.commands = Map::new();
        self.is_numbered = true;
    }

    /// A name of any kind; with a `/` its two parts are names.
    pub(super) fn name(&mut self, what: What, text: &str) -> String {
        let is_short_number = text.len() < 7 && text.bytes().all(|byte| byte.is_ascii_digit());
        if text.is_empty() || is_short_number || kept::is_own(text) || self.own.contains(text) {
            return text.to_owned();
        }
        if let Some((domain, rest)) = text.split_once('/')
            && !domain.is_empty()
            && !rest.contains('/')
        {
            let domain = match kept::domain(domain) {
                Some((before, end)) => self.name(what, before) + end,
                None => self.name(what, domain),
            };
            return format!("{domain}/{}", self.name(what, rest));
        }
        let stem = text.trim_end_matches('-');
        if !stem.is_empty() && stem.len() < text.len() {
            return self.name(what, stem) + &text[stem.len()..];
        }
        if let Some((base, rest)) = self.derived(text) {
            return format!("{}-{rest}", self.name(What::Name, &base));
        }
        self.put(|names| &mut names.names, what, (text, text), Names::named)
    }

    /// The name of a pod: that of its Job, its index and what is drawn for it.
    pub(super) fn pod(&mut self, text: &str) -> String {
        match text.rsplit_once('-') {
            Some((owner, suffix))
                if chance::is_suffix(suffix) && (self.bases.contains(owner) || self.derived(owner).is_some()) =>
            {
                format!("{}-{suffix}", self.name(What::Name, owner))
            }
            _ => self.name(What::Name, text),
        }
    }

    /// A name to which a controller has added a number.
    fn derived(&self, text: &str) -> Option<(String, String)> {
        let (base, rest) = text.rsplit_once('-')?;
        let is_number = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && self.bases.contains(base)).then(|| (base.to_owned(), rest.to_owned()))
    }

    /// An image. How it is named by tag and digest says how it is pulled.
    pub(super) fn image(&mut self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let Ok(name) = ImageName::parse(text) else {
            let form = |_: &Names, _: &str, number: &str| format!("Image {number}");
            return self.put(|names| &mut names.images, What::Image, (text, text), form);
        };
        let full = name.full();
        let image = self.put(
            |names| &mut names.images,
            What::Image,
            (&full, text),
            |names, _, number| {
                let of = |glob: &Name| {
                    let rule = ImageRule { pattern: glob.clone(), pull: None, error: None, until: None };
                    ImageRule::of(&[rule], text).is_some()
                };
                format!("image-{number}{}", marked(&names.image_globs, of))
            },
        );
        if !self.is_numbered {
            return text.to_owned();
        }
        let tag = match name.digest() {
            Some(_) => format!(
                "@sha256:{:064x}",
                self.images.get(&full).and_then(|entry| entry.number.parse::<u32>().ok()).unwrap_or_default()
            ),
            None if name.is_untagged() => String::new(),
            None if name.is_latest() => ":latest".to_owned(),
            None => ":1".to_owned(),
        };
        image + &tag
    }

    /// A glob over names: what it matches carries a mark.
    pub(super) fn name_glob(&mut self, glob: &str) -> String {
        match self.name_globs.iter().position(|known| **known == *glob) {
            Some(place) => mark_of(glob, place),
            None => self.name(What::Name, glob),
        }
    }

    /// A glob over images, in the same way.
    pub(super) fn image_glob(&self, glob: &str) -> String {
        self.image_globs
            .iter()
            .position(|known| **known == *glob)
            .map_or_else(String::new, |place| mark_of(glob, place))
    }

    /// A text that means nothing to Kubernetes.
    pub(super) fn text(&mut self, what: What, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        // What is a name elsewhere is that name here.
        if self.is_numbered && self.names.get(text).is_some() {
            return self.name(what, text);
        }
        self.put(|names| &mut names.texts, what, (text, text), |_, _, number| format!("text-{number}"))
    }

    /// A path, from the root if it was.
    pub(super) fn path(&mut self, text: &str) -> String {
        match text.strip_prefix('/') {
            Some(rest) => format!("/{}", self.text(What::Text, rest)),
            None => self.text(What::Text, text),
        }
    }

    /// An address of the documentation's own range.
    pub(super) fn address(&mut self, text: &str) -> String {
        let is_six = text.contains(':');
        self.put(
            |names| &mut names.texts,
            What::Text,
            (text, text),
            move |_, _, number| {
                let number = number.trim_start_matches('0');
                if is_six { format!("2001:db8::{number}") } else { format!("192.0.2.{number}") }
            },
        )
    }

    /// A command that was replaced as a whole.
    pub(super) fn command(&mut self, from: String, to: &str) {
        self.commands.insert(from, to.to_owned());
    }

    /// What was replaced by what.
    pub(super) fn replaced(&self) -> Vec<Replaced> {
        let entries = [&self.names, &self.images, &self.texts].into_iter().flat_map(Map::values);
        let entries = entries.filter(|entry| !entry.to.is_empty());
        let replaced = entries.map(|entry| (entry.what, entry.written.clone(), entry.to.clone()));
        let commands = self.commands.iter().map(|(from, to)| (What::Command, from.clone(), to.clone()));
        let all = replaced.chain(commands).map(|(what, from, to)| Replaced { what, from, to });
        let mut replaced: Vec<Replaced> = all.collect();
        crate::order::sort(&mut replaced);
        replaced
    }

    /// Notes a text, or gives its substitute, once it has a number.
    fn put(
        &mut self,
        map: fn(&mut Names) -> &mut Map<String, Entry>,
        what: What,
        (text, written): (&str, &str),
        form: impl FnOnce(&Names, &str, &str) -> String,
    ) -> String {
        if !self.is_numbered {
            let new = || Entry { what, number: String::new(), written: written.to_owned(), to: String::new() };
            let entry = map(self).get_or_insert_with(text.to_owned(), new);
            entry.what = entry.what.min(what);
            return written.to_owned();
        }
        if let Some(known) = map(self).get(text).map(|entry| &entry.to).filter(|to| !to.is_empty()) {
            return known.clone();
        }
        let number = map(self).get(text).map_or_else(String::new, |entry| entry.number.clone());
        let to = form(self, text, &number);
        if let Some(entry) = map(self).get_mut(text) {
            entry.to.clone_from(&to);
        }
        to
    }

    /// As valid as what it stands for, and matched by the same globs.
    fn named(&self, text: &str, number: &str) -> String {
        let marks = marked(&self.name_globs, |glob| glob_matches(glob, text));
        let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let (first, last) = (text.as_bytes()[0], text.as_bytes()[text.len() - 1]);
        let ends_well = first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric();
        let name = match () {
            () if ends_well && text.bytes().all(|byte| is_small(byte) || matches!(byte, b'-' | b'.')) => {
                let join = if text.contains('.') { '.' } else { '-' };
                format!("name{join}{number}{marks}")
            }
            () if ends_well && text.bytes().all(is_inside) => format!("Name_{number}{marks}"),
            () => format!("name {number}{marks}"),
        };
        // What is too long stays so.
        let missing = if text.len() > LONG { text.len().saturating_sub(name.len()) } else { 0 };
        name + &"x".repeat(missing)
    }
}

/// Names that are longer may be too long for something.
const LONG: usize = 40;

/// The marks of the globs that match.
fn marked(globs: &[Name], matches: impl Fn(&Name) -> bool) -> String {
    let numbers = (1..).zip(globs).filter(|(_, glob)| !is_all(glob) && matches(glob)).map(|(number, _)| number);
    let marks: String = numbers.map(|number: usize| format!("-g{number}")).collect();
    if marks.is_empty() { marks } else { marks + "-x" }
}

/// A glob that matches what carries its mark.
fn mark_of(glob: &str, place: usize) -> String {
    if is_all(glob) { glob.to_owned() } else { format!("*-g{}-*", place + 1) }
}

fn is_all(glob: &str) -> bool {
    !glob.is_empty() && glob.bytes().all(|byte| byte == b'*')
}

fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

fn add(globs: &mut Vec<Name>, glob: &Name) {
    if !globs.contains(glob) {
        globs.push(glob.clone());
    }
}

/// A value that means the same whoever wrote it: a number, a boolean, null.
pub(super) fn is_plain(value: &Value) -> bool {
    value.is_number() || value.is_boolean() || value.is_null()
}
