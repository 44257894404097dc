//! The columns of `kubectl get` beside those of the server: labels, the namespace, names with their kinds (K3.4, K3.5).

use super::command::Get;
use super::listing::Listing;
use super::resource::Resource;
use super::snapshot::{Namespaces, Snapshot};
use super::table::Table;

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
