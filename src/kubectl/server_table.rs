//! Tables as the API server sends them, before kubectl lays them out.

use super::listing::Listing;
use super::resource::Resource;
use super::snapshot::{Namespaces, Snapshot};

/// The table of a resource as the API server sends it: the names of its columns in capitals, each with whether it is
/// for `-o wide` only, and the rows, in the order of the list. `None` for a resource that is not known.
pub fn server_table(resource: &str, snapshot: &Snapshot<'_>) -> Option<(Vec<(String, bool)>, Vec<Vec<String>>)> {
    let resource = Resource::read(resource).ok()?;
    let listing = Listing::of(resource, &Namespaces::All, snapshot);
    let (narrow, _) = listing.table(false, snapshot).into_parts();
    let (columns, rows) = listing.table(true, snapshot).into_parts();
    let columns = columns.into_iter().map(|column| {
        let is_wide = !narrow.contains(&column);
        (column, is_wide)
    });
    Some((columns.collect(), rows))
}
