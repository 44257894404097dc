//! `kubectl get`: tables, names, YAML and JSON (K3, K10).

use super::Printed;
use super::command::{Format, Get, Headers, Kind, LabelColumn};
use super::listing::Listing;
use super::rows::Detail;
use super::view::{Namespaces, View};
use crate::manifest::print::yaml;
use serde_json::{Value, json};

/// Everything that was asked for; what is missing is told, the rest is printed all the same.
pub(super) fn run(get: &Get, view: &View<'_>) -> Printed {
    let mut printed = Printed::default();
    let mut blocks: Vec<(Kind, Listing<'_>)> = Vec::new();
    for (kind, names) in &get.wanted {
        let mut listing = Listing::of(*kind, &get.namespaces, view);
        if let Some(selector) = &get.selector {
            listing = listing.matching(selector);
        }
        if !names.is_empty() {
            let (found, missing) = listing.named(names, view);
            missing.iter().for_each(|name| printed.not_found(kind.resource(), name));
            listing = found;
        }
        blocks.push((*kind, listing));
    }
    match get.format {
        Format::Table(detail) => tables(&blocks, detail, get, &mut printed, view),
        Format::Name => {
            for (kind, listing) in &blocks {
                for name in listing.names(view) {
                    printed.stdout += &format!("{}/{name}\n", kind.qualified());
                }
            }
        }
        Format::Yaml => printed.stdout += &whole(get, &blocks, view).map(|value| yaml(&value)).unwrap_or_default(),
        Format::Json => printed.stdout += &whole(get, &blocks, view).map(|value| json(&value)).unwrap_or_default(),
    }
    printed
}

fn tables(blocks: &[(Kind, Listing<'_>)], detail: Detail, get: &Get, printed: &mut Printed, view: &View<'_>) {
    let mut texts = Vec::new();
    for (kind, listing) in blocks {
        let mut table = listing.table(detail, view);
        if table.is_empty() {
            continue;
        }
        if get.wanted.len() > 1 {
            table.prefix_names(kind.qualified());
        }
        if get.label_column == LabelColumn::Shown {
            table.append("LABELS", listing.labels(view));
        }
        if get.namespaces == Namespaces::All {
            table.prepend("NAMESPACE", listing.namespaces(view));
        }
        texts.push(match get.headers {
            Headers::Shown => table.with_header(),
            Headers::Hidden => table.without_header(),
        });
    }
    printed.stdout += &texts.join("\n");
    if texts.is_empty() && !printed.failed {
        printed.stderr += &nothing_found(&get.namespaces);
    }
}

/// What kubectl says where there is nothing to list.
pub(super) fn nothing_found(namespaces: &Namespaces) -> String {
    match namespaces {
        Namespaces::One(namespace) => format!("No resources found in {namespace} namespace.\n"),
        Namespaces::All => "No resources found\n".to_owned(),
    }
}

/// One object by its name as it is, everything else in a List. Nothing, if all names are unknown.
fn whole(get: &Get, blocks: &[(Kind, Listing<'_>)], view: &View<'_>) -> Option<Value> {
    let mut items: Vec<Value> = blocks.iter().flat_map(|(_, listing)| listing.values(view)).collect();
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
