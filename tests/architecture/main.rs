//! The rules of the house, read from its files: who may name whom, what the engine may depend on, and how files look.

mod circles;
mod sentences;
mod source;

use source::{Paths, module_of, rust_files};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use support::{files, root, shown};

/// The rooms of the library from the bottom up. A file may name its own room and those of the layers below; rooms of
/// one layer stand side by side and do not know each other.
const LAYERS: [&[&str]; 14] = [
    &["limits", "late"],
    &["time", "chance", "order"],
    &["api", "program"],
    &["cluster"],
    &["scenario"],
    &["manifest", "recording"],
    &["timeline"],
    &["explain"],
    &["lessons"],
    &["advice"],
    &["texts"],
    &["kubectl", "picture"],
    &["conformance", "examples"],
    &["web"],
];

/// What only `src/web`, `src/main.rs` and `src/bin/engine.rs` may name.
const WEB_CRATES: [&str; 9] = [
    "yew",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "wasm_split_helpers",
    "web_sys",
    "js_sys",
    "gloo",
    "gloo_timers",
    "gloo_events",
];

/// Files that are longer than [`MAX_LINES`], and why a reader is better off so.
const LONG_FILES: [(&str, &str); 0] = [];

/// A file that is longer should be two. Some 500: nobody is to squeeze out the last lines.
const MAX_LINES: usize = 520;

fn layer_of(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

#[test]
fn lower_does_not_name_higher() {
    let mut faults = BTreeSet::new();
    for file in rust_files("src") {
        let module = module_of(&file);
        // lib.rs, main.rs and the terminal front end stand above all rooms.
        let Some(layer) = module.first().and_then(|room| layer_of(room)) else {
            let known = module.is_empty() || module[0] == "bin";
            assert!(known, "{}: this room has no layer; give it one in LAYERS", shown(&file));
            continue;
        };
        for (line, path) in Paths::of(&file).found {
            let Some(named) = path.first().and_then(|room| layer_of(room)) else { continue };
            let beside = named == layer && path[0] != module[0];
            if named > layer || beside {
                faults.insert(format!("{}:{line}: {} names {}", shown(&file), module[0], path.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "lower may not name higher:\n{}", lines(&faults));
}

#[test]
fn only_the_web_names_the_browser() {
    let mut faults = BTreeSet::new();
    for file in rust_files("src") {
        let module = module_of(&file);
        if module.first().is_some_and(|room| room == "web")
            || ["src/main.rs", "src/bin/engine.rs"].iter().any(|front| file == root().join(front))
        {
            continue;
        }
        for (line, path) in Paths::of(&file).found {
            if path.first().is_some_and(String::is_empty)
                && path.get(1).is_some_and(|name| WEB_CRATES.contains(&name.as_str()))
            {
                faults.insert(format!("{}:{line}: {}", shown(&file), path[1..].join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "the browser stays in src/web:\n{}", lines(&faults));
}

/// Strict hosts allow neither style attributes nor markup made of strings: docs/security.md. `~style` sets a property,
/// which is CSSOM.
#[test]
fn the_page_sets_no_style_attribute_and_no_markup() {
    let forbidden = [" style=", "{style}", "from_html_unchecked", "inner_html", "outer_html", "adjacent_html"];
    let mut faults = BTreeSet::new();
    for file in rust_files("src/web") {
        let text = fs::read_to_string(&file).expect("a source file can be read").replace("~{style}", "");
        for (number, line) in text.lines().enumerate() {
            if forbidden.iter().any(|word| line.contains(word)) {
                faults.insert(format!("{}:{}: {}", shown(&file), number + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", lines(&faults));
}

#[test]
fn the_engine_depends_on_nothing_of_the_browser() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--edges", "normal", "--prefix", "none", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo tree runs");
    let tree = String::from_utf8(output.stdout).expect("crates have readable names");
    assert!(tree.contains("serde_json"), "{}", String::from_utf8_lossy(&output.stderr));
    let is_of_the_browser = |name: &str| WEB_CRATES.contains(&name.replace('-', "_").as_str());
    let found: BTreeSet<&str> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| is_of_the_browser(name)).collect();
    assert!(found.is_empty(), "in the default build: {found:?}");
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut faults = BTreeSet::new();
    let folders = ["src", "tests", "benches", "xtask/src"];
    for file in folders.iter().flat_map(|folder| rust_files(folder)) {
        if file.iter().any(|part| part == "node_modules") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file can be read");
        if !text.starts_with("//!") {
            faults.insert(format!("{}:1: no `//!` that says what it is", shown(&file)));
        }
        let count = text.lines().count();
        let is_listed = LONG_FILES.iter().any(|(name, _)| root().join(name) == file);
        if count > MAX_LINES && !is_listed {
            faults.insert(format!("{}: {count} lines", shown(&file)));
        }
        if count <= MAX_LINES && is_listed {
            faults.insert(format!("{}: no longer long; take it out of LONG_FILES", shown(&file)));
        }
        if file.ends_with("mod.rs") {
            faults.insert(format!("{}: modules are `foo.rs` and `foo/`", shown(&file)));
        }
    }
    assert!(faults.is_empty(), "\n{}", lines(&faults));
}

/// Places of one person's machine or network have no business in files that everyone gets.
#[test]
fn no_file_knows_a_machine() {
    // In pieces, or this file would find itself.
    let forbidden = [
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["/Us", "ers/"],
        ["C:\\Us", "ers"],
        ["regis", "try.npmjs"],
        ["/wo", "rk/"],
        ["index.cra", "tes.io-"],
    ]
    .map(|pieces| pieces.concat());
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    // Outside a clone there is no list; then the sources are read.
    let files: Vec<PathBuf> = match listed {
        Ok(output) if output.status.success() => {
            let names = String::from_utf8(output.stdout).expect("files have readable names");
            names.split_terminator('\0').map(|name| root().join(name)).collect()
        }
        _ => ["src", "tests", "benches", "xtask/src", "static"].iter().flat_map(|folder| files(folder)).collect(),
    };
    let mut faults = BTreeSet::new();
    for file in files {
        // Recorded cases are what people paste: a mountPath is theirs.
        if file.starts_with(root().join("tests/conformance")) {
            continue;
        }
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for (number, line) in text.lines().enumerate() {
            if forbidden.iter().any(|place| line.contains(place)) {
                faults.insert(format!("{}:{}: {}", shown(&file), number + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", lines(&faults));
}

fn lines(faults: &BTreeSet<String>) -> String {
    faults.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
}
