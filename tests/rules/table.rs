//! The table of tests/rules/README.md tells the truth: it has every rule that the code or a case cites, each case that
//! it names is there, and no row is empty.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What guards a rule, in the words of the table.
struct Row {
    guards: String,
    why_none: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn table() -> BTreeMap<String, Row> {
    let text = fs::read_to_string(root().join("tests/rules/README.md")).unwrap_or_default();
    let mut rows = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let [_, rule, _, guards, why_none, _] = cells[..]
            && rules_in(rule).next().is_some()
        {
            let row = Row { guards: guards.to_owned(), why_none: why_none.to_owned() };
            assert!(rows.insert(rule.to_owned(), row).is_none(), "{rule} twice");
        }
    }
    rows
}

/// Rules that a text names: `JC-56`, `JC-107a`, `EC-12`, `DC-2`, and of what stands around the Job controller `C21.3`.
fn rules_in(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.')));
    words.filter_map(|word| {
        let word = word.trim_end_matches('.');
        let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).count();
        for kind in ["JC-", "EC-", "DC-"] {
            if let Some(rest) = word.strip_prefix(kind).filter(|rest| number(rest) > 0) {
                let digits = number(rest);
                let letter = usize::from(rest[digits..].starts_with('a'));
                return Some(format!("{kind}{}", &rest[..digits + letter]));
            }
        }
        let (chapter, rule) = word.strip_prefix('C')?.split_once('.')?;
        let whole = |digits: &str| !digits.is_empty() && number(digits) == digits.len();
        (whole(chapter) && whole(rule)).then(|| format!("C{chapter}.{rule}"))
    })
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        match path.is_dir() {
            true => sources(&path, files),
            false => files.push(path),
        }
    }
}

fn titles() -> Vec<String> {
    super::run::blocks().iter().filter_map(|block| Some(block.trim().lines().next()?.to_owned())).collect()
}

#[test]
fn every_rule_that_is_cited_is_in_the_table() {
    let table = table();
    assert!(table.len() > 300, "{}", table.len());
    let mut files = Vec::new();
    sources(&root().join("src/cluster"), &mut files);
    sources(&root().join("src/api"), &mut files);
    let code = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    let cited: BTreeSet<String> = code.flat_map(|text| rules_in(&text).collect::<Vec<_>>()).collect();
    // Of the cluster around the Job controller, CronJobs are complete; the rest where there are cases.
    let wanted =
        |rule: &&String| !rule.starts_with('C') || ["C19.", "C20.", "C21.", "C22."].iter().any(|c| rule.starts_with(c));
    let missing: Vec<&String> = cited.iter().filter(wanted).filter(|rule| !table.contains_key(*rule)).collect();
    assert!(missing.is_empty(), "the code cites {missing:?}");
    for number in 1..=159 {
        assert!(table.contains_key(&format!("EC-{number}")), "EC-{number}");
    }
}

#[test]
fn what_the_table_says_is_so() {
    let table = table();
    let own: BTreeSet<String> = titles().iter().flat_map(|title| rules_in(title).collect::<Vec<_>>()).collect();
    for rule in &own {
        let row = table.get(rule).unwrap_or_else(|| panic!("a case cites {rule}"));
        assert!(row.guards.split("; ").any(|guard| guard == "own"), "{rule} has a case of its own");
    }
    let mut recorded = Vec::new();
    sources(&root().join("tests/conformance"), &mut recorded);
    let recorded: BTreeSet<&str> =
        recorded.iter().filter_map(|file| file.file_name()?.to_str()?.strip_suffix(".trace.jsonl")).collect();
    for (rule, Row { guards, why_none }) in &table {
        assert!(guards.is_empty() != why_none.is_empty(), "{rule}: either what guards it, or why nothing does");
        for name in guards.split('`').skip(1).step_by(2) {
            assert!(recorded.contains(name), "{rule}: no recorded case {name}");
        }
        if guards.split("; ").any(|guard| guard == "own") {
            assert!(own.contains(rule), "no case cites {rule}");
        }
        if let Some(other) = why_none.strip_prefix("as ") {
            assert!(table.contains_key(other), "{rule}: as {other}?");
        }
    }
}

#[test]
fn rules_are_found_in_texts() {
    let found: Vec<String> = rules_in("JC-56.3, JC-107a and EC-12; JC-130 … JC-148 (C19.3, V6.1, C8.)").collect();
    assert_eq!(found, ["JC-56", "JC-107a", "EC-12", "JC-130", "JC-148", "C19.3"]);
}
