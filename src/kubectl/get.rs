//! `kubectl get`: tables, names, and whole objects (K3, K10).

use super::command::{Get, OutputFormat};
use super::listing::Listing;
use super::resource::Resource;
use super::response::{Printed, Response};
use super::select::{self, nothing_found};
use super::snapshot::Snapshot;
use super::template::sorting::order_of;
use super::world::World;
use super::{get_table, printer, watch};
use serde_json::{Value, json};

/// Prints what is there and reports what is missing.
pub(super) fn run(get: &Get, world: &World<'_>) -> Response {
    if get.watch {
        return watch::run(get, world);
    }
    let snapshot = &world.snapshot;
    let mut printed = Printed::default();
    let mut blocks = select::found(&get.selection, world, &mut printed);
    let is_whole = get.sort_by.is_some() || !matches!(get.format, OutputFormat::Table { .. } | OutputFormat::Name);
    let count = blocks.iter().map(|(_, listing)| listing.count()).sum();
    if is_whole && !world.bears(count, &mut printed) {
        return printed.into();
    }
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
        let table = get_table::table(*resource, listing, wide, get, snapshot);
        if !table.is_empty() {
            texts.push(if get.no_headers { table.without_header() } else { table.with_header() });
        }
    }
    printed.stdout += &texts.join("\n");
    if texts.is_empty() && !printed.failed && !get.selection.ignores_missing {
        printed.stderr += &nothing_found(&get.selection, snapshot);
    }
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
