//! `kubectl get`: tables, names, YAML and JSON (K3, K10).

use super::command::{Get, OutputFormat, Wanted};
use super::listing::Listing;
use super::resource::Resource;
use super::response::Printed;
use super::snapshot::{Conventions, Namespaces, Snapshot};
use crate::manifest::print::yaml;
use serde_json::{Value, json};

/// Prints what is there and reports what is missing.
pub(super) fn run(get: &Get, snapshot: &Snapshot<'_>) -> Printed {
    let mut printed = Printed::default();
    let mut blocks: Vec<(Resource, Listing<'_>)> = Vec::new();
    for (resource, names) in &get.wanted {
        let mut listing = Listing::of(*resource, &get.namespaces, snapshot);
        if let Some(selector) = &get.selector {
            listing = listing.matching(selector);
        }
        if !names.is_empty() {
            let (found, missing) = listing.named(names, snapshot);
            missing.iter().for_each(|name| printed.not_found(resource.plural(), name));
            listing = found;
        }
        blocks.push((*resource, listing));
    }
    match get.format {
        OutputFormat::Table { wide } => tables(&blocks, wide, get, &mut printed, snapshot),
        OutputFormat::Name => {
            for (resource, listing) in &blocks {
                for name in listing.names(snapshot) {
                    printed.stdout += &format!("{}/{name}\n", resource.qualified());
                }
            }
        }
        OutputFormat::Yaml => {
            printed.stdout += &whole(get, &blocks, snapshot).map(|value| yaml(&value)).unwrap_or_default()
        }
        OutputFormat::Json => {
            printed.stdout += &whole(get, &blocks, snapshot).map(|value| json(&value)).unwrap_or_default()
        }
    }
    printed
}

fn tables(blocks: &[(Resource, Listing<'_>)], wide: bool, get: &Get, printed: &mut Printed, snapshot: &Snapshot<'_>) {
    let mut texts = Vec::new();
    for (resource, listing) in blocks {
        let mut table = listing.table(wide, snapshot);
        if table.is_empty() {
            continue;
        }
        if get.wanted.len() > 1 {
            table.prefix_names(resource.qualified());
        }
        if get.show_labels {
            table.append("LABELS", listing.labels(snapshot));
        }
        if get.namespaces == Namespaces::All && resource.is_namespaced() {
            table.prepend("NAMESPACE", listing.namespaces(snapshot));
        }
        texts.push(if get.no_headers { table.without_header() } else { table.with_header() });
    }
    printed.stdout += &texts.join("\n");
    if texts.is_empty() && !printed.failed {
        printed.stderr += &nothing_found(&get.wanted, &get.namespaces, snapshot);
    }
}

/// What kubectl says where there is nothing to list. The recordings name a namespace also for nodes, which are in none.
pub(super) fn nothing_found(wanted: &Wanted, namespaces: &Namespaces, snapshot: &Snapshot<'_>) -> String {
    let are_namespaced = wanted.iter().all(|(resource, _)| resource.is_namespaced());
    match namespaces {
        Namespaces::One(namespace) if are_namespaced || snapshot.conventions == Conventions::Recordings => {
            format!("No resources found in {namespace} namespace.\n")
        }
        Namespaces::One(_) | Namespaces::All => "No resources found\n".to_owned(),
    }
}

/// One object by its name as it is, everything else in a List. Nothing, if all names are unknown.
fn whole(get: &Get, blocks: &[(Resource, Listing<'_>)], snapshot: &Snapshot<'_>) -> Option<Value> {
    let mut items: Vec<Value> = blocks.iter().flat_map(|(_, listing)| listing.values(snapshot)).collect();
    let named: usize = get.wanted.iter().map(|(_, names)| names.len()).sum();
    match named {
        1 => items.pop(),
        2.. if items.is_empty() => None,
        _ => Some(json!({ "apiVersion": "v1", "items": items, "kind": "List", "metadata": { "resourceVersion": "" } })),
    }
}

/// kubectl indents JSON by four blanks.
fn json(value: &Value) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    // Writing a value to a Vec does not fail.
    let _ = serde::Serialize::serialize(value, &mut serializer);
    String::from_utf8_lossy(&bytes).into_owned() + "\n"
}
