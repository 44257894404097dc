//! What could stand at the end of a line: commands, flags, resources, names, and values that a flag takes.

use super::beside;
use super::command::{self, flag_names};
use super::listing::Listing;
use super::resource::Resource;
use super::snapshot::{Namespaces, Snapshot};
use super::{answers, shell};
use std::ops::Range;

/// The most that is proposed.
const MOST: usize = 50;

/// What fits at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// The bytes of the line that are replaced.
    pub range: Range<usize>,
    /// At most 50.
    pub items: Vec<Completion>,
}

/// One word that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What stands there then.
    pub text: String,
    /// What it is, in kubectl's own words: what a command does, the status of an object; may be empty.
    pub what: String,
    /// Whether the word goes on behind it: `--for=`.
    pub is_open: bool,
}

/// Commands of kubectl that are modelled, the most usual first.
const COMMANDS: [&str; 20] = [
    "get",
    "describe",
    "logs",
    "events",
    "wait",
    "delete",
    "explain",
    "create",
    "apply",
    "replace",
    "patch",
    "set",
    "label",
    "annotate",
    "cordon",
    "uncordon",
    "drain",
    "taint",
    "api-resources",
    "version",
];

/// Resources as they are usually written.
const RESOURCES: [(&str, Resource); 5] = [
    ("pods", Resource::Pod),
    ("jobs", Resource::Job),
    ("cronjobs", Resource::CronJob),
    ("nodes", Resource::Node),
    ("events", Resource::Event),
];

/// What fits at the end of a line that is typed up to its caret.
pub fn complete(line: &str, snapshot: &Snapshot<'_>) -> Option<Completions> {
    let words = shell::words_of_last(line)?;
    let (word, before) = words.split_last()?;
    let from = line.len() - word.len();
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let here = &Here { snapshot, namespaces: namespaces(&before) };
    // A value behind an equals sign is completed alone.
    let (head, value) = match word.split_once('=') {
        Some((flag, value)) if flag.starts_with('-') => (Some(flag), value),
        _ => (None, word.as_str()),
    };
    let candidates = match head {
        Some(flag) => values(flag, here),
        None => candidates(&before, word, here),
    };
    let start = line.len() - value.len();
    let items: Vec<Completion> =
        candidates.into_iter().filter(|item| item.text.starts_with(value) && item.text != value).take(MOST).collect();
    (!items.is_empty()).then_some(Completions { range: from.max(start)..line.len(), items })
}

/// Where the names are looked for.
struct Here<'s> {
    snapshot: &'s Snapshot<'s>,
    namespaces: Namespaces,
}

/// What the words before say of namespaces; the words beside kubectl mean all.
fn namespaces(before: &[&str]) -> Namespaces {
    if !matches!(before, ["kubectl" | "k", ..]) || before.iter().any(|word| matches!(*word, "-A" | "--all-namespaces"))
    {
        return Namespaces::All;
    }
    let named = before.iter().enumerate().find_map(|(place, word)| match *word {
        "-n" | "--namespace" => before.get(place + 1).copied(),
        word => word.strip_prefix("--namespace="),
    });
    Namespaces::One(named.unwrap_or("default").to_owned())
}

fn item(text: impl Into<String>, what: impl Into<String>) -> Completion {
    let text: String = text.into();
    Completion { is_open: text.ends_with('='), text, what: what.into() }
}

fn plain<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<Completion> {
    texts.into_iter().map(|text| item(text, "")).collect()
}

fn candidates(before: &[&str], word: &str, here: &Here<'_>) -> Vec<Completion> {
    match before {
        [] => {
            let mut first = vec![item("kubectl", "")];
            first.extend(plain(beside::WORDS));
            first
        }
        ["kubectl" | "k", rest @ ..] => of_kubectl(rest, word, here),
        ["why"] => objects(&[Resource::Pod, Resource::Job, Resource::CronJob, Resource::Node], here),
        ["inject"] => {
            let pods = beside::POD_FAULTS.iter().map(|(name, _)| item(*name, "pod"));
            let nodes = beside::NODE_FAULTS.iter().map(|(name, _)| item(*name, "node"));
            pods.chain(nodes).chain([item(beside::RESTART, "kube-controller-manager")]).collect()
        }
        ["inject", fault] if beside::POD_FAULTS.iter().any(|(name, _)| name == fault) => {
            objects(&[Resource::Pod], here)
        }
        ["inject", fault] if beside::NODE_FAULTS.iter().any(|(name, _)| name == fault) => {
            objects(&[Resource::Node], here)
        }
        ["time"] => plain(["+10s", "+1m", "+10m", "-10s"]),
        _ => Vec::new(),
    }
}

fn of_kubectl(words: &[&str], word: &str, here: &Here<'_>) -> Vec<Completion> {
    let Some((command, behind)) = words.split_first() else {
        return COMMANDS.iter().map(|command| item(*command, answers::about(command))).collect();
    };
    let (command, behind) = match (*command, behind) {
        ("create", [second @ ("job" | "cronjob"), rest @ ..]) => (format!("create {second}"), rest),
        ("set", ["image", rest @ ..]) => ("set image".to_owned(), rest),
        (command, behind) => (command.to_owned(), behind),
    };
    if word.starts_with('-') {
        return flag_names(&command).into_iter().map(|flag| item(flag, "")).collect();
    }
    // A flag that takes a value has it next.
    if let Some(flag) = behind.last().filter(|flag| flag.starts_with('-') && !flag.contains('=')) {
        let found = values(flag, here);
        if !found.is_empty() || command::takes_value(&command, flag) {
            return found;
        }
    }
    let arguments: Vec<&str> = arguments(&command, behind);
    match (command.as_str(), &arguments[..]) {
        ("get" | "describe" | "delete" | "label" | "annotate" | "patch" | "wait", []) => {
            let is_for_all = matches!(command.as_str(), "get");
            match word.split_once('/') {
                Some((resource, _)) => typed(resource, here),
                None => RESOURCES
                    .iter()
                    .filter(|(_, resource)| is_for_all || *resource != Resource::Event)
                    .map(|(name, _)| item(*name, ""))
                    .collect(),
            }
        }
        ("get" | "describe" | "delete" | "label" | "annotate" | "patch" | "wait", [resource, ..]) => {
            Resource::read(resource).map_or_else(|_| Vec::new(), |resource| names(resource, here))
        }
        ("logs", []) => match word.split_once('/') {
            Some((resource, _)) => typed(resource, here),
            None => {
                let mut all = objects(&[Resource::Job], here);
                all.extend(names(Resource::Pod, here));
                all
            }
        },
        ("cordon" | "uncordon" | "drain", []) => names(Resource::Node, here),
        ("taint", []) => plain(["nodes"]),
        ("taint", ["nodes" | "node" | "no"]) => names(Resource::Node, here),
        ("explain", []) => plain([
            "job",
            "job.spec",
            "job.spec.backoffLimit",
            "job.spec.podFailurePolicy",
            "job.spec.successPolicy",
            "job.status",
            "cronjob",
            "cronjob.spec",
            "pod",
        ]),
        ("create", []) => plain(["job", "cronjob", "-f"]),
        ("create job", [_]) => plain(["--image=", "--from=cronjob/"]),
        ("set", []) => plain(["image"]),
        ("set image", []) => objects(&[Resource::Job, Resource::CronJob], here),
        ("apply" | "replace", []) => plain(["-f"]),
        _ => Vec::new(),
    }
}

/// The words that are neither flags nor their values.
fn arguments<'w>(command: &str, words: &[&'w str]) -> Vec<&'w str> {
    let mut all = Vec::new();
    let mut is_value = false;
    for word in words {
        if std::mem::take(&mut is_value) {
            continue;
        }
        if word.starts_with('-') && word.len() > 1 {
            is_value = !word.contains('=') && command::takes_value(command, word);
        } else {
            all.push(*word);
        }
    }
    all
}

/// What a flag may be set to.
fn values(flag: &str, here: &Here<'_>) -> Vec<Completion> {
    match flag {
        "-o" | "--output" => plain(["wide", "yaml", "json", "name", "jsonpath=", "custom-columns=", "go-template="]),
        "--for" => {
            plain(["condition=complete", "condition=failed", "condition=Ready", "delete", "create", "jsonpath="])
        }
        "--cascade" => plain(["background", "foreground", "orphan"]),
        "--dry-run" => plain(["client", "server", "none"]),
        "--type" => plain(["strategic", "merge", "json"]),
        "--sort-by" => plain([".metadata.creationTimestamp", ".metadata.name", ".status.phase"]),
        "--from" => objects(&[Resource::CronJob], here),
        "-n" | "--namespace" => {
            let mut all: Vec<String> =
                beside::keys(here.snapshot).map(|key| here.snapshot.namespace_of(key).to_owned()).collect();
            crate::order::sort(&mut all);
            all.dedup();
            all.into_iter().filter(|name| !name.is_empty()).map(|name| item(name, "")).collect()
        }
        _ => Vec::new(),
    }
}

/// `pod/x` of each object of some resources.
fn objects(of: &[Resource], here: &Here<'_>) -> Vec<Completion> {
    of.iter().flat_map(|resource| named(*resource, resource.word(), here)).collect()
}

/// Of a resource as it was written before the slash.
fn typed(resource: &str, here: &Here<'_>) -> Vec<Completion> {
    Resource::read(resource).map_or_else(|_| Vec::new(), |found| named(found, resource, here))
}

fn named(resource: Resource, word: &str, here: &Here<'_>) -> Vec<Completion> {
    let named = names(resource, here).into_iter();
    named.map(|item| Completion { text: format!("{word}/{}", item.text), ..item }).collect()
}

/// The names of what is there, each with its status.
fn names(resource: Resource, here: &Here<'_>) -> Vec<Completion> {
    let Here { snapshot, namespaces } = here;
    let listing = Listing::of(resource, namespaces, snapshot);
    let places: Vec<usize> = (0..listing.count().min(MOST * 4)).collect();
    let listing = listing.at(&places);
    let (columns, rows) = listing.table(false, snapshot).into_parts();
    let status = columns.iter().position(|column| column.eq_ignore_ascii_case("status"));
    let names = listing.names(snapshot);
    let rows = names.into_iter().zip(rows);
    rows.map(|(name, row)| item(name, status.and_then(|place| row.get(place)).cloned().unwrap_or_default())).collect()
}
