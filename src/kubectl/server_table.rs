//! Tables as the API server sends them, before kubectl lays them out.

use super::listing::Listing;
use super::resource::Resource;
use super::snapshot::{Namespaces, Snapshot};

/// A table as the API server sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerTable {
    /// The names of the columns in capitals, each with whether it is for `-o wide` only.
    pub columns: Vec<(String, bool)>,
    /// The cells of each object, in the order of the list.
    pub rows: Vec<Vec<String>>,
}

/// The table of a resource; `None` if it is not known.
pub fn server_table(resource: &str, snapshot: &Snapshot<'_>) -> Option<ServerTable> {
    let resource = Resource::read(resource).ok()?;
    let listing = Listing::of(resource, &Namespaces::All, snapshot);
    let (narrow, _) = listing.table(false, snapshot).into_parts();
    let (columns, rows) = listing.table(true, snapshot).into_parts();
    let columns = columns.into_iter().map(|column| {
        let is_wide = !narrow.contains(&column);
        (column, is_wide)
    });
    Some(ServerTable { columns: columns.collect(), rows })
}
