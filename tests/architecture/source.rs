//! What the tests of the house read: files, the modules they are, and every path that they name.

use std::fs;
use std::path::{Path, PathBuf};
use support::{root, shown};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// The Rust files under a folder of the project, sorted.
pub(crate) fn rust_files(folder: &str) -> Vec<PathBuf> {
    support::files_with("rs", folder)
}

/// The module of a file of `src/`: `src/cluster/job.rs` is `cluster::job`.
pub(crate) fn module_of(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix(root().join("src")).expect("a file of src/");
    let names = inside.with_extension("").iter().map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>();
    if names == ["lib"] || names == ["main"] { Vec::new() } else { names }
}

/// Every path that a file names, as a list of names with `crate`, `self` and `super` resolved, and its line.
pub(crate) struct Paths {
    module: Vec<String>,
    /// Line and path.
    pub(crate) found: Vec<(usize, Vec<String>)>,
    /// What `use` brings in: the name under which it does, and the path.
    pub(crate) uses: Vec<(String, Vec<String>)>,
}

impl Paths {
    pub(crate) fn of(path: &Path) -> Paths {
        let text = fs::read_to_string(path).expect("a source file can be read");
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", shown(path)));
        let mut paths = Paths { module: module_of(path), found: Vec::new(), uses: Vec::new() };
        paths.visit_file(&file);
        paths
    }

    fn note(&mut self, line: usize, names: &[String]) {
        let resolved = self.resolved(names);
        self.found.push((line, resolved));
    }

    fn resolved(&self, names: &[String]) -> Vec<String> {
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
        resolved
    }

    fn note_used(&mut self, ident: &syn::Ident, known_as: &syn::Ident, names: &[String]) {
        let (names, known_as) = match names.split_last() {
            // `use a::b::{self}` brings in `b`.
            Some((last, module)) if last == "self" && !module.is_empty() => {
                let name = if known_as == "self" { module[module.len() - 1].clone() } else { known_as.to_string() };
                (module, name)
            }
            _ => (names, known_as.to_string()),
        };
        self.note(ident.span().start().line, names);
        self.uses.push((known_as, self.resolved(names)));
    }

    fn note_use(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |ident: &syn::Ident| before.iter().cloned().chain([ident.to_string()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.note_use(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.note_used(&name.ident, &name.ident, &with(&name.ident)),
            syn::UseTree::Rename(rename) => self.note_used(&rename.ident, &rename.rename, &with(&rename.ident)),
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
