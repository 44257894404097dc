//! The rules of the house, read from its files: who may name whom, what the engine may depend on, and how files look.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// The rooms of the library from the bottom up. A file may name its own room and those of the layers below; rooms of
/// one layer stand side by side and do not know each other.
const LAYERS: [&[&str]; 12] = [
    &["time", "chance", "order"],
    &["api"],
    &["cluster"],
    &["scenario"],
    &["manifest", "recording"],
    &["timeline"],
    &["explain"],
    &["advice"],
    &["texts"],
    &["kubectl", "lessons"],
    &["conformance"],
    &["web"],
];

/// What only `src/web` and `src/main.rs` may name.
const WEB_CRATES: [&str; 8] =
    ["yew", "wasm_bindgen", "wasm_bindgen_futures", "web_sys", "js_sys", "gloo", "gloo_timers", "gloo_events"];

/// Files that are longer than [`MAX_LINES`], and why a reader is better off so.
const LONG_FILES: [(&str, &str); 2] = [
    ("src/cluster/reason.rs", "one closed list: every reason that can come up, side by side"),
    ("src/web/app.rs", "the one component that changes state: all messages and what becomes of each"),
];

/// A file that is longer should be two. Some 500: nobody is to squeeze out the last lines.
const MAX_LINES: usize = 520;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files under a folder of the project, sorted.
fn files_under(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    files_under(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The module of a file of `src/`: `src/cluster/job.rs` is `cluster::job`.
fn module_of(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix(root().join("src")).expect("a file of src/");
    let names = inside.with_extension("").iter().map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>();
    if names == ["lib"] || names == ["main"] { Vec::new() } else { names }
}

fn layer_of(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

/// Every path that a file names, as a list of names with `crate`, `self` and `super` resolved, and its line.
struct Paths {
    module: Vec<String>,
    found: Vec<(usize, Vec<String>)>,
}

impl Paths {
    fn of(path: &Path) -> Paths {
        let text = fs::read_to_string(path).expect("a source file can be read");
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", shown(path)));
        let mut paths = Paths { module: module_of(path), found: Vec::new() };
        paths.visit_file(&file);
        paths
    }

    fn note(&mut self, line: usize, names: &[String]) {
        let mut resolved = self.module.clone();
        let mut rest = names;
        match names.first().map(String::as_str) {
            Some("crate" | "job_playground") => {
                resolved.clear();
                rest = &names[1..];
            }
            Some("self") => rest = &names[1..],
            Some("super") => {}
            _ => resolved = vec![String::new()],
        }
        while rest.first().is_some_and(|name| name == "super") {
            resolved.pop();
            rest = &rest[1..];
        }
        resolved.extend_from_slice(rest);
        self.found.push((line, resolved));
    }

    fn note_use(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |ident: &syn::Ident| before.iter().cloned().chain([ident.to_string()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.note_use(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.note(name.span().start().line, &with(&name.ident)),
            syn::UseTree::Rename(rename) => self.note(rename.span().start().line, &with(&rename.ident)),
            syn::UseTree::Glob(glob) => self.note(glob.span().start().line, before),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.note_use(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_use(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(path.span().start().line, &names);
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    /// What stands inside a macro call is not parsed as Rust; its paths are found name by name.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.note_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

impl Paths {
    fn note_tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let mut names: Vec<String> = Vec::new();
        let mut joined = false;
        let mut line = 0;
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Ident(ident) => {
                    if !joined {
                        self.note_all(line, &mut names);
                        line = ident.span().start().line;
                    }
                    names.push(ident.to_string());
                    joined = false;
                }
                proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ':' => joined = true,
                proc_macro2::TokenTree::Group(group) => {
                    self.note_all(line, &mut names);
                    self.note_tokens(group.stream());
                }
                proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {
                    self.note_all(line, &mut names);
                    joined = false;
                }
            }
        }
        self.note_all(line, &mut names);
    }

    fn note_all(&mut self, line: usize, names: &mut Vec<String>) {
        if names.len() > 1 {
            self.note(line, names);
        }
        names.clear();
    }
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
        if module.first().is_some_and(|room| room == "web") || file == root().join("src/main.rs") {
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
        _ => ["src", "tests", "benches", "xtask/src", "static"].iter().flat_map(|folder| files_under(folder)).collect(),
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
