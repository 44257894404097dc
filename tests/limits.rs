//! The limits: `docs/limits.md` and `src/limits.rs` have the same names and numbers.

use std::collections::BTreeMap;
use support::{root, text};

fn number(written: &str, place: &str) -> u64 {
    written.replace(['_', ','], "").parse().unwrap_or_else(|_| panic!("{place}: {written:?} is not a number"))
}

/// `pub const NAME: usize = 1_000;`
fn in_the_source() -> BTreeMap<String, u64> {
    let source = text(&root().join("src/limits.rs"));
    let constants = source.lines().filter_map(|line| line.strip_prefix("pub const "));
    let named = constants.map(|constant| {
        let (name, rest) = constant.split_once(": ").unwrap_or_else(|| panic!("no type: {constant}"));
        let (_, value) = rest.split_once(" = ").unwrap_or_else(|| panic!("no value on the line: {constant}"));
        (name.to_owned(), number(value.trim_end_matches(';'), name))
    });
    named.collect()
}

/// ``| `NAME` | 1,000 | unit | beyond it |``
fn on_the_page() -> BTreeMap<String, u64> {
    let page = text(&root().join("docs/limits.md"));
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let named = rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, value, unit, beyond] = cells[..] else { panic!("not four cells: {row}") };
        assert!(!unit.is_empty() && !beyond.is_empty(), "{row}");
        (name.trim_matches('`').to_owned(), number(value, name))
    });
    named.collect()
}

#[test]
fn the_page_has_the_numbers_of_the_source() {
    let source = in_the_source();
    assert!(source.len() >= 10, "only {} were found", source.len());
    assert_eq!(on_the_page(), source);
}
