//! What an editor says about a text: tests/findings/*.txt, each case a text and what is said of it, in both languages,
//! with what each fix changes; those of tests/findings_in_runs with what their runs show. And what holds for every text
//! there is.

use job_playground::advice::{About, Finding, Fix, Tier, findings, findings_with_run};
use job_playground::limits::QUOTE_BYTES;
use job_playground::manifest::answer::Answer;
use job_playground::manifest::edit::apply;
use job_playground::manifest::{Code, DocumentKind, line_column, read};
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::mem::discriminant;
use support::{Case, cases, difference, expect_answers, files_with, root, shown, text};

/// The cases of texts alone, and those that are run.
const CASES: &str = "tests/findings";
const RUN_CASES: &str = "tests/findings_in_runs";

fn cases_of(folder: &str) -> Vec<Case> {
    files_with("txt", folder).iter().flat_map(|path| cases(path)).collect()
}

/// The findings of a text, and what its run shows beside.
fn findings_of_run(text: &str) -> Vec<Finding> {
    let reading = read(text);
    findings_with_run(&reading, Some(&Recording::of(&reading.scenario.clone().with_time_zones())))
}

/// Findings as the cases have them: tier, place, the marked bytes, the sentences, and what a fix changes.
fn described(text: &str, findings: Vec<Finding>) -> String {
    let mut lines = String::new();
    for finding in findings {
        let (line, column) = line_column(text, finding.span.start);
        let marked = &text[finding.span.clone()];
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{:?} {line}:{column} `{marked}`", finding.tier);
        for lang in Lang::ALL {
            let _ = writeln!(lines, "  {}", lang.finding(&finding.about).replace('\u{a0}', " "));
        }
        if let Some(quote) = &finding.quote {
            quote.lines().for_each(|line| lines += &format!("  “{line}”\n"));
        }
        for fix in &finding.fixes {
            let _ = writeln!(lines, "  * {} / {}", Lang::En.fix(&fix.action), Lang::Zh.fix(&fix.action));
            for line in difference(text, &apply(text, &fix.edits)) {
                // Tabs would be mistaken for spaces.
                let _ = writeln!(lines, "    {}", line.replace('\t', "→"));
            }
        }
    }
    lines
}

#[test]
fn what_is_said() {
    for path in files_with("txt", CASES) {
        expect_answers(&path, |text| described(text, findings(&read(text))));
    }
    for path in files_with("txt", RUN_CASES) {
        expect_answers(&path, |text| described(text, findings_of_run(text)));
    }
}

/// Every text of the cases, the examples and the recordings, by name.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = cases_of(CASES).into_iter().map(|case| (case.title, case.input)).collect();
    for folder in ["tests/examples", "tests/conformance/manifests", "tests/conformance/curated"] {
        for path in files_with("yaml", folder) {
            let bytes = std::fs::read(&path).expect("a text can be read");
            texts.push((shown(&path), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    assert!(texts.len() > 500, "{}", texts.len());
    texts
}

fn refused(text: &str) -> Vec<Finding> {
    findings(&read(text)).into_iter().filter(|finding| finding.tier == Tier::Refused).collect()
}

/// A fix ends what it is for, breaks nothing, and leaves every other byte alone.
#[test]
fn each_fix_ends_its_finding() {
    let mut fixes = 0;
    let mut faults = Vec::new();
    let mut try_all = |name: &str, text: &str, look: fn(&str) -> Vec<Finding>| {
        let before = look(text);
        for finding in &before {
            for fix in &finding.fixes {
                fixes += 1;
                if let Some(fault) = fault_of(text, look, &before, finding, fix) {
                    faults.push(format!("{name}: {:?} {:?}\n  {fault}", finding.about, fix.action));
                }
            }
        }
    };
    texts().iter().for_each(|(name, text)| try_all(name, text, |text| findings(&read(text))));
    cases_of(RUN_CASES).iter().for_each(|case| try_all(&case.title, &case.input, findings_of_run));
    assert!(faults.is_empty(), "{} of {fixes}\n{}", faults.len(), faults.join("\n"));
    assert!(fixes > 300, "{fixes}");
}

fn fault_of(
    text: &str,
    look: fn(&str) -> Vec<Finding>,
    before: &[Finding],
    finding: &Finding,
    fix: &Fix,
) -> Option<String> {
    let changed = apply(text, &fix.edits);
    let after = look(&changed);
    let count =
        |findings: &[Finding], about: &About| findings.iter().filter(|other| is_like(&other.about, about)).count();
    let is_same = |other: &&Finding| other.about == finding.about && other.quote == finding.quote;
    if after.iter().filter(is_same).count() >= before.iter().filter(is_same).count() {
        return Some(format!("is still there\n{changed}"));
    }
    // Mistakes of one step of the API server hide those of the next (V1.2): only in the same step they compare.
    let hides = matches!(&finding.about, About::Reading(_)) || finding.quote.as_deref().is_some_and(is_decoding);
    let new = after.iter().filter(|other| other.tier == Tier::Refused);
    let new: Vec<_> = new.filter(|other| count(&after, &other.about) > count(before, &other.about)).collect();
    if !hides && !new.is_empty() {
        return Some(format!("brings {:?}\n{changed}", new.iter().map(|new| &new.about).collect::<Vec<_>>()));
    }
    None
}

/// Whether both are about the same, with whatever numbers.
fn is_like(one: &About, other: &About) -> bool {
    match (one, other) {
        (About::Refused { field, cause }, About::Refused { field: other_field, cause: other_cause }) => {
            field == other_field && discriminant(cause) == discriminant(other_cause)
        }
        _ => one == other,
    }
}

fn is_decoding(quote: &str) -> bool {
    ["json: ", "strict decoding error: ", "quantities must", "unable to parse", "parsing time"]
        .iter()
        .any(|start| quote.starts_with(start))
}

/// A refused manifest has findings with the API server's words, an accepted one has none of that tier.
#[test]
fn refusals_and_findings_agree() {
    for (name, text) in texts() {
        let reading = read(&text);
        let found = findings(&reading);
        for finding in &found {
            assert!(text.get(finding.span.clone()).is_some_and(|marked| !marked.contains('\n')), "{name}: {finding:?}");
        }
        let refusals = refused(&text);
        let outside_manifests = refusals.iter().any(|finding| matches!(finding.about, About::Reading(_)));
        for document in &reading.documents {
            let DocumentKind::Manifest(number) = document.kind else { continue };
            let of_document = refusals.iter().filter(|finding| document.span.contains(&finding.span.start));
            let quotes: Vec<&str> = of_document.filter_map(|finding| finding.quote.as_deref()).collect();
            // With an apiVersion that is missing or wrong it is read as what was meant.
            let mut manifest = Value::clone(&reading.scenario.manifests[number].value);
            manifest["apiVersion"] = "batch/v1".into();
            match Answer::to_value(&manifest) {
                Answer::Refused(refusal) => {
                    for error in &refusal.errors {
                        let quote = error.to_string();
                        assert!(
                            quotes.iter().any(|said| said.lines().any(|line| line == quote)),
                            "{name}: {quote} is not among {quotes:?}"
                        );
                    }
                    assert!(!quotes.is_empty(), "{name}: nothing is said of {}", refusal.message);
                }
                Answer::Accepted(admitted) => {
                    assert!(quotes.is_empty() || outside_manifests, "{name}: {quotes:?}");
                    for warning in admitted.warnings.iter().map(ToString::to_string) {
                        assert!(
                            found.iter().any(|finding| finding.quote.as_deref() == Some(&*warning)),
                            "{name}: {warning}"
                        );
                    }
                }
                other => unreachable!("{name}: {other:?}"),
            }
        }
    }
}

/// Of a name as long as a text the API server's words have the beginning and the end.
#[test]
fn long_quotes_are_folded() {
    let quote = |length: usize| {
        let name = "é".repeat(length);
        let text = format!("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {name}\n");
        let found = refused(&text).into_iter().filter_map(|finding| finding.quote);
        found.into_iter().find(|quote| quote.starts_with("metadata.name: ")).expect("the name is refused")
    };
    let whole = quote(300);
    assert!(!whole.contains(" … "));
    let folded = quote(100_000);
    assert!(folded.len() <= QUOTE_BYTES + " … ".len(), "{}", folded.len());
    assert!(folded.contains(" … ") && folded.ends_with(&whole[whole.len() - 40..]), "{folded}");
}

/// A space between Chinese and everything else, none between Chinese and Chinese.
#[test]
fn chinese_is_spaced() {
    let han = |letter: char| matches!(letter, '\u{4e00}'..='\u{9fff}');
    let of_texts = texts().into_iter().map(|(name, text)| (findings(&read(&text)), name));
    let of_runs = cases_of(RUN_CASES).into_iter().map(|case| (findings_of_run(&case.input), case.title));
    for (findings, name) in of_texts.chain(of_runs) {
        for finding in findings {
            let labels = finding.fixes.iter().map(|fix| Lang::Zh.fix(&fix.action));
            for said in labels.chain([Lang::Zh.finding(&finding.about)]) {
                let letters: Vec<char> = said.chars().collect();
                for three in letters.windows(3) {
                    let touches = |one: char, other: char| han(one) && other.is_ascii_alphanumeric();
                    let is_wrong = touches(three[0], three[1])
                        || touches(three[1], three[0])
                        || (han(three[0]) && three[1].is_whitespace() && han(three[2]));
                    assert!(!is_wrong, "{name}: {three:?} in {said}");
                }
            }
        }
    }
}

/// The cases show each thing that can be said.
#[test]
fn each_thing_is_shown() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    let name_of = |debug: String| debug.split(['(', ' ', '{']).next().unwrap_or_default().to_owned();
    let of_texts = cases_of(CASES).into_iter().map(|case| findings(&read(&case.input)));
    for findings in of_texts.chain(cases_of(RUN_CASES).into_iter().map(|case| findings_of_run(&case.input))) {
        for finding in findings {
            said.insert(match &finding.about {
                About::Reading(Code::Yaml(_)) => "Yaml".to_owned(),
                About::Reading(code) => name_of(format!("{code:?}")),
                About::Malformed(malformed) => name_of(format!("{malformed:?}")),
                About::Refused { cause, .. } => name_of(format!("{cause:?}")),
                About::Warned(cause) => format!("warned {}", name_of(format!("{cause:?}"))),
                About::Surprise(surprise) => name_of(format!("{surprise:?}")),
                About::Idle { .. } => "Idle".to_owned(),
                About::RefusedInRun { .. } | About::NoEffect(_) => continue,
            });
            said.extend(finding.fixes.iter().map(|fix| format!("fix {}", name_of(format!("{:?}", fix.action)))));
        }
    }
    let declared = |file: &str, enumeration: &str, prefix: &str| -> Vec<String> {
        let source = text(&root().join("src").join(file));
        let body = source.split_once(&format!("pub enum {enumeration} {{\n")).expect("the enum").1;
        let body = body.split_once("\n}").expect("its end").0;
        let variants =
            body.lines().filter(|line| line.starts_with("    ") && line[4..].starts_with(char::is_uppercase));
        variants
            .map(|line| format!("{prefix}{}", line.trim().split([',', ' ', '(']).next().unwrap_or_default()))
            .collect()
    };
    let all = [
        declared("advice/malformed.rs", "Malformed", ""),
        declared("api/validation/cause.rs", "Cause", ""),
        declared("api/validation/warning.rs", "WarningCause", "warned "),
        declared("advice/surprise.rs", "Surprise", ""),
        declared("advice/fix.rs", "FixAction", "fix "),
    ];
    // Only a change of an object is refused for it, and the text alone does not tell that.
    said.insert("Immutable".to_owned());
    let missing: Vec<String> = all.concat().into_iter().filter(|name| !said.contains(name)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}
