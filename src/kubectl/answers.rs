//! What kubectl answers whatever there is in the cluster: help, versions, resources, and words that it does not know.

use super::command::Resources;
use super::response::Printed;
use super::table::Table;

/// Commands, in the order in which kubectl knows them.
const COMMANDS: [&str; 47] = [
    "create",
    "expose",
    "run",
    "set",
    "explain",
    "get",
    "edit",
    "delete",
    "rollout",
    "scale",
    "autoscale",
    "certificate",
    "cluster-info",
    "top",
    "cordon",
    "uncordon",
    "drain",
    "taint",
    "describe",
    "logs",
    "attach",
    "exec",
    "port-forward",
    "proxy",
    "cp",
    "auth",
    "debug",
    "events",
    "diff",
    "apply",
    "patch",
    "replace",
    "wait",
    "kustomize",
    "label",
    "annotate",
    "completion",
    "api-resources",
    "api-versions",
    "config",
    "plugin",
    "version",
    "options",
    "help",
    "alpha",
    "kuberc",
    "__complete",
];

/// What `kubectl create WORD` makes.
pub(super) const CREATORS: [&str; 20] = [
    "clusterrole",
    "clusterrolebinding",
    "configmap",
    "cm",
    "deployment",
    "deploy",
    "ingress",
    "namespace",
    "ns",
    "poddisruptionbudget",
    "pdb",
    "priorityclass",
    "quota",
    "role",
    "rolebinding",
    "secret",
    "service",
    "svc",
    "serviceaccount",
    "token",
];

pub(super) fn is_command(name: &str) -> bool {
    COMMANDS.contains(&name)
}

/// The refusal of an unknown command, with those that are spelt alike (K1.6).
pub(super) fn unknown_command(name: &str) -> String {
    let shown = crate::api::quoted(name);
    let small = name.to_lowercase();
    let is_alike = |known: &&&str| distance(&small, known) <= 2 || (!small.is_empty() && known.starts_with(&small));
    let alike = COMMANDS[..COMMANDS.len() - 5].iter().filter(is_alike).map(|known| format!("\t{known}\n"));
    let alike: String = if small.len() > 40 { String::new() } else { alike.collect() };
    match alike.is_empty() {
        true => format!("error: unknown command {shown} for \"kubectl\"\n"),
        false => format!("error: unknown command {shown} for \"kubectl\"\n\nDid you mean this?\n{alike}"),
    }
}

/// How many letters have to be changed, added or left out.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = line + 1;
        for (place, known) in other.iter().enumerate() {
            let next = (row[place] + 1).min(row[place + 1] + 1).min(before + usize::from(letter != *known));
            before = std::mem::replace(&mut row[place + 1], next);
        }
    }
    row.last().copied().unwrap_or_default()
}

fn says(text: &str) -> Printed {
    Printed { stdout: text.to_owned(), ..Printed::default() }
}

/// What a command does, as the help lists it; empty if it does not.
pub(super) fn about(command: &str) -> &'static str {
    let lines = include_str!("help.txt").lines().filter_map(|line| line.strip_prefix("  ")?.split_once(' '));
    lines.filter(|(name, _)| *name == command).map(|(_, about)| about.trim()).next().unwrap_or_default()
}

/// `kubectl`, `kubectl help`.
pub(super) fn help() -> Printed {
    says(include_str!("help.txt"))
}

/// `kubectl api-versions`.
pub(super) fn api_versions() -> Printed {
    says("batch/v1\nv1\n")
}

/// `kubectl version`.
pub(super) fn version(client_only: bool, output: Option<&str>) -> Printed {
    match output {
        None | Some("") => {}
        Some("json" | "yaml") => return says(&structured_version(client_only, output == Some("json"))),
        Some(_) => {
            let mut printed = Printed::default();
            printed.fail("error: --output must be 'yaml' or 'json'");
            return printed;
        }
    }
    let client = "Client Version: v1.36.0\nKustomize Version: v5.8.1\n";
    match client_only {
        true => says(client),
        false => says(&format!("{client}Server Version: v1.36.0\n")),
    }
}

fn structured_version(client_only: bool, is_json: bool) -> String {
    use serde_json::json;
    let version = json!({ "gitVersion": "v1.36.0", "major": "1", "minor": "36" });
    let mut all = json!({ "clientVersion": version, "kustomizeVersion": "v5.8.1" });
    if !client_only {
        all["serverVersion"] = version;
    }
    match is_json {
        true => serde_json::to_string_pretty(&all).unwrap_or_default() + "\n",
        false => crate::manifest::print::yaml(&all),
    }
}

/// The resources of this cluster: name, short names, version, whether in namespaces, kind, verbs, categories.
const RESOURCES: [(&str, &str, &str, bool, &str, &str, &str); 5] = [
    ("events", "ev", "v1", true, "Event", ALL_VERBS, ""),
    ("nodes", "no", "v1", false, "Node", ALL_VERBS, ""),
    ("pods", "po", "v1", true, "Pod", ALL_VERBS, "all"),
    ("cronjobs", "cj", "batch/v1", true, "CronJob", ALL_VERBS, "all"),
    ("jobs", "", "batch/v1", true, "Job", ALL_VERBS, "all"),
];

const ALL_VERBS: &str = "create,delete,deletecollection,get,list,patch,update,watch";

/// `kubectl api-resources`: those that this cluster has.
pub(super) fn api_resources(command: &Resources) -> Printed {
    let mut table = match command.wide {
        true => Table::new(&["Name", "Shortnames", "Apiversion", "Namespaced", "Kind", "Verbs", "Categories"]),
        false => Table::new(&["Name", "Shortnames", "Apiversion", "Namespaced", "Kind"]),
    };
    let mut names = String::new();
    for (name, short, version, namespaced, kind, verbs, categories) in RESOURCES {
        let group = version.split_once('/').map_or("", |(group, _)| group);
        let is_wanted = command.group.as_ref().is_none_or(|wanted| wanted == group)
            && command.namespaced.is_none_or(|wanted| wanted == namespaced);
        if !is_wanted {
            continue;
        }
        names += &if group.is_empty() { format!("{name}\n") } else { format!("{name}.{group}\n") };
        let row = [name, short, version, if namespaced { "true" } else { "false" }, kind, verbs, categories];
        table.push(row[..if command.wide { 7 } else { 5 }].iter().map(|cell| (*cell).to_owned()).collect());
    }
    match (command.by_name, command.no_headers) {
        (true, _) => says(&names),
        (false, true) => says(&table.without_header()),
        (false, false) => says(&table.with_header()),
    }
}
