//! A sentence is made for people and never read back: what decides is data beside it. Only `api`, where the API
//! server's sentences are made, `texts`, and what prints (`manifest`, `kubectl`) may look into one.

use crate::source::rust_files;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use support::shown;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};

/// The rooms that are held to it.
const ROOMS: [&str; 4] = ["src/advice", "src/explain", "src/timeline", "src/web"];

/// What takes a text apart or compares it.
const METHODS: [&str; 14] = [
    "contains",
    "ends_with",
    "eq",
    "find",
    "match_indices",
    "rfind",
    "rsplit_once",
    "split",
    "split_once",
    "starts_with",
    "strip_prefix",
    "strip_suffix",
    "trim_end_matches",
    "trim_start_matches",
];

/// Files that look for such a text in what the user wrote, which is no message.
const READERS: [(&str, &str); 6] = [
    ("src/advice/nearest.rs", "a document that is not YAML: its lines are all there is"),
    ("src/advice/reading.rs", "a line that is not YAML: where its value begins"),
    ("src/web/app/incoming.rs", "whether a pasted text has a manifest"),
    ("src/web/spec/editor/commands.rs", "whether a completed key waits for its value"),
    ("src/web/spec/editor/typing.rs", "where the value of a key begins, for the indent of the next line"),
    ("src/web/state/part.rs", "the lines of a document with which its kind begins"),
];

#[test]
fn no_sentence_is_read_back() {
    let mut faults = BTreeSet::new();
    let mut readers = BTreeSet::new();
    let is_test = |file: &PathBuf| file.with_extension("").components().any(|part| part.as_os_str() == "tests");
    for file in ROOMS.iter().flat_map(|room| rust_files(room)).filter(|file| !is_test(file)) {
        let text = fs::read_to_string(&file).expect("a source file can be read");
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", shown(&file)));
        let mut found = Found::default();
        found.visit_file(&parsed);
        let name = shown(&file);
        match READERS.iter().find(|(reader, _)| *reader == name) {
            Some((reader, _)) if !found.0.is_empty() => drop(readers.insert(*reader)),
            _ => faults.extend(found.0.into_iter().map(|(line, text)| format!("{name}:{line}: {text:?}"))),
        }
    }
    let idle = READERS.iter().filter(|(reader, _)| !readers.contains(reader));
    faults.extend(idle.map(|(reader, _)| format!("{reader}: reads no such text any more; take it out of READERS")));
    assert!(
        faults.is_empty(),
        "decide by data, not by a sentence:\n{}",
        faults.into_iter().collect::<Vec<_>>().join("\n")
    );
}

/// Two words, or a word or nothing in front of a colon: `must be`, `metadata.name: `, `: `.
fn is_sentence(text: &str) -> bool {
    let has_letter = text.contains(char::is_alphabetic);
    text == ": " || has_letter && text.contains([' ', ':']) && !text.contains("://")
}

/// Texts of sentences that a file compares or looks for, with their lines.
#[derive(Default)]
struct Found(Vec<(usize, String)>);

impl Found {
    /// A literal, or the template of a `format!`.
    fn note(&mut self, expression: &syn::Expr) {
        let literal = match expression {
            syn::Expr::Reference(reference) => return self.note(&reference.expr),
            syn::Expr::Lit(literal) => Some(literal.lit.clone()),
            syn::Expr::Macro(call) if call.mac.path.is_ident("format") => {
                call.mac.tokens.clone().into_iter().next().and_then(|token| syn::parse2(token.into()).ok())
            }
            _ => None,
        };
        if let Some(syn::Lit::Str(text)) = literal {
            self.note_text(&text);
        }
    }

    fn note_text(&mut self, text: &syn::LitStr) {
        if is_sentence(&text.value()) {
            self.0.push((text.span().start().line, text.value()));
        }
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if METHODS.contains(&call.method.to_string().as_str()) {
            call.args.iter().for_each(|argument| self.note(argument));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if matches!(binary.op, syn::BinOp::Eq(_) | syn::BinOp::Ne(_)) {
            self.note(&binary.left);
            self.note(&binary.right);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        if let syn::Pat::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = pattern {
            self.note_text(text);
        }
        visit::visit_pat(self, pattern);
    }

    /// Of a macro call whatever reads as expressions.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let arguments = call.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated);
        arguments.iter().flatten().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = module.attrs.iter().any(|attribute| {
            attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
        });
        if !is_test {
            visit::visit_item_mod(self, module);
        }
    }
}
