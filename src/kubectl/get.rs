//! `kubectl get`: tables, names, and whole objects (K3, K10).

use super::command::{Get, OutputFormat};
use super::listing::Listing;
use super::resource::Resource;
use super::response::{Printed, Response};
use super::select::{self, nothing_found};
use super::snapshot::{Namespaces, Snapshot};
use super::table::Table;
use super::template::sorting::order_of;
use super::world::World;
use super::{printer, watch};
use serde_json::{Value, json};

/// Prints what is there and reports what is missing.
pub(super) fn run(get: &Get, world: &World<'_>) -> Response {
    if get.watch {
        return watch::run(get, world);
    }
    let snapshot = &world.snapshot;
    let mut printed = Printed::default();
    let mut blocks = select::found(&get.selection, world, &mut printed);
    if let Some(path) = &get.sort_by {
        let is_table = matches!(get.format, OutputFormat::Table { .. });
        for (_, listing) in &mut blocks {
            match path.as_ref().map_err(String::clone).and_then(|path| order_of(&listing.values(snapshot), path)) {
                Ok(order) => *listing = listing.at(&order),
                // A table that cannot be sorted is none.
                Err(_) if is_table => *listing = listing.at(&[]),
                Err(why) => {
                    printed.fail(&format!("error: {why}"));
                    return printed.into();
                }
            }
        }
    }
    match &get.format {
        OutputFormat::Table { wide } => tables(&blocks, *wide, get, &mut printed, snapshot),
        OutputFormat::Name => {
            for (resource, listing) in &blocks {
                for name in listing.names(snapshot) {
                    printed.stdout += &format!("{}/{name}\n", resource.qualified());
                }
            }
        }
        format => {
            if let Some(value) = whole(get, &blocks, world) {
                match printer::print(format, &value, get.no_headers) {
                    Ok(text) => printed.stdout += &text,
                    Err(why) => printed.fail(&why),
                }
            }
        }
    }
    printed.into()
}

fn tables(blocks: &[(Resource, Listing<'_>)], wide: bool, get: &Get, printed: &mut Printed, snapshot: &Snapshot<'_>) {
    let mut texts = Vec::new();
    for (resource, listing) in blocks {
        let table = table(*resource, listing, wide, get, snapshot);
        if !table.is_empty() {
            texts.push(if get.no_headers { table.without_header() } else { table.with_header() });
        }
    }
    printed.stdout += &texts.join("\n");
    if texts.is_empty() && !printed.failed && !get.selection.ignores_missing {
        printed.stderr += &nothing_found(&get.selection, snapshot);
    }
}

/// The table of one resource with all columns that were asked for.
pub(super) fn table(
    resource: Resource,
    listing: &Listing<'_>,
    wide: bool,
    get: &Get,
    snapshot: &Snapshot<'_>,
) -> Table {
    let mut table = listing.table(wide, snapshot);
    if get.selection.wanted.len() > 1 || get.show_kind {
        table.prefix_names(resource.qualified());
    }
    for column in &get.label_columns {
        let header = column.rsplit('/').next().unwrap_or_default().to_uppercase();
        let cells = listing.label_maps().into_iter().map(|labels| {
            labels
                .get_key_value(&**column)
                .map_or_else(String::new, |(key, value)| snapshot.label_value(key, value).to_owned())
        });
        table.append(&header, cells.collect());
    }
    if get.show_labels {
        table.append("LABELS", listing.labels(snapshot));
    }
    if get.selection.namespaces == Namespaces::All && resource.is_namespaced() {
        table.prepend("NAMESPACE", listing.namespaces(snapshot));
    }
    table
}

/// One object by its name as it is, everything else in a List. Nothing, if all names are unknown.
fn whole(get: &Get, blocks: &[(Resource, Listing<'_>)], world: &World<'_>) -> Option<Value> {
    let mut items: Vec<Value> = blocks.iter().flat_map(|(_, listing)| listing.values(&world.snapshot)).collect();
    let named: usize = select::named(&get.selection, world).iter().map(|(_, names)| names.len()).sum();
    match named {
        1 => items.pop(),
        2.. if items.is_empty() => None,
        _ => Some(json!({ "apiVersion": "v1", "items": items, "kind": "List", "metadata": { "resourceVersion": "" } })),
    }
}
