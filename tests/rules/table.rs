//! The table of tests/rules/README.md is complete and true: it has every rule that the code or a case cites, each case
//! that it names exists, and no row is empty.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use support::{files, root, text};

/// What guards a rule, in the words of the table.
struct Row {
    guards: String,
    why_none: String,
}

fn table() -> BTreeMap<String, Row> {
    let text = text(&root().join("tests/rules/README.md"));
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
        for kind in ["JC-", "EC-", "DC-", "P-"] {
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

#[test]
fn every_rule_that_is_cited_is_in_the_table() {
    let table = table();
    assert!(table.len() > 300, "{}", table.len());
    let code: Vec<PathBuf> = [files("src/cluster"), files("src/api")].concat();
    let cited: BTreeSet<String> = code.iter().flat_map(|path| rules_in(&text(path)).collect::<Vec<_>>()).collect();
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
fn the_cases_that_the_table_names_exist() {
    let table = table();
    let own: BTreeSet<String> =
        super::run::all_cases().iter().flat_map(|case| rules_in(&case.title).collect::<Vec<_>>()).collect();
    for rule in &own {
        let row = table.get(rule).unwrap_or_else(|| panic!("a case cites {rule}"));
        assert!(row.guards.split("; ").any(|guard| guard == "own"), "{rule} has a case of its own");
    }
    let recorded = files("tests/conformance");
    // By its name alone, or with its folder.
    let recorded: BTreeSet<String> = recorded
        .iter()
        .filter_map(|file| {
            let name = file.file_name()?.to_str()?;
            let name = name.strip_suffix(".trace.jsonl").or_else(|| name.strip_suffix(".kubectl.txt"))?;
            let folder = file.parent()?.file_name()?.to_str()?;
            Some([name.to_owned(), format!("{folder}/{name}")])
        })
        .flatten()
        .collect();
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
