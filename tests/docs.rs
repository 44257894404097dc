//! The pages of `docs/` hold what the code relies on: every numbered fact that something cites is there, the sections
//! that comments name exist, and the examples of the format can be read and run.

use job_playground::cluster::reason::Reason;
use job_playground::lessons::{check_text, structure};
use job_playground::manifest;
use job_playground::recording::Recording;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use support::{root, shown, text};

/// The pages with facts, and the kinds of facts on each.
const PAGES: [(&str, &[&str]); 4] = [
    ("docs/controllers.md", &["JC-", "EC-", "DC-", "C"]),
    ("docs/validation.md", &["V"]),
    ("docs/kubectl.md", &["K"]),
    ("docs/pods.md", &["P-"]),
];

/// All kinds of facts; `JC-` stands before `C`, which it ends with.
const KINDS: [&str; 7] = ["JC-", "EC-", "DC-", "C", "V", "K", "P-"];

/// What may cite a fact: folders and files.
const CITING: [&str; 8] = ["src", "tests", "benches", "xtask", "docs", "static", "README.md", "CONTRIBUTING.md"];

/// Where the page of the format is for who has no clone.
const FORMAT_URL: &str = "https://github.com/job-playground/job-playground/blob/main/docs/scenario.md";

fn read(path: &str) -> String {
    text(&root().join(path))
}

/// A number as a text has it: `JC-56.4`, `V8.10a`, `K3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    kind: &'static str,
    chapter: u32,
    /// The letter behind the chapter: `JC-107a`.
    letter: String,
    /// What is behind the point: `4`, `10a`.
    rest: Option<String>,
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}{}", self.kind, self.chapter, self.letter)?;
        self.rest.iter().try_for_each(|rest| write!(f, ".{rest}"))
    }
}

/// How many bytes of a text are digits, and whether one letter follows that is no beginning of a word.
fn digits(text: &str) -> (usize, usize) {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut after = text[count..].chars();
    let letter = after.next().is_some_and(|letter| letter.is_ascii_lowercase());
    let ends = after.next().is_none_or(|next| !next.is_alphanumeric());
    (count, usize::from(letter && ends))
}

/// The number at the beginning of a text, and its length in bytes.
fn number_at(text: &str) -> Option<(Number, usize)> {
    let kind = KINDS.into_iter().find(|kind| text.starts_with(kind))?;
    let mut end = kind.len();
    let (count, letter) = digits(&text[end..]);
    if !(1..=3).contains(&count) {
        return None;
    }
    // `K8s` is no chapter.
    let letter = if kind.ends_with('-') { letter } else { 0 };
    let chapter = text[end..end + count].parse().ok()?;
    end += count + letter;
    let letter = text[end - letter..end].to_owned();
    let mut rest = None;
    if let Some(behind) = text[end..].strip_prefix('.') {
        let (count, letter) = digits(behind);
        if count > 0 {
            rest = Some(behind[..count + letter].to_owned());
            end += 1 + count + letter;
        }
    }
    let ends = text[end..].chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '_');
    ends.then_some((Number { kind, chapter, letter, rest }, end))
}

/// All numbers of a line with their first and last byte. `IpAddr::V6` and the color `#C2410C` are none.
fn numbers_in(line: &str) -> Vec<(Number, usize, usize)> {
    let mut found = Vec::new();
    let mut skip_to = 0;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        let begins = !before.is_alphanumeric() && !matches!(before, '_' | ':' | '#' | '.' | '-' | '$');
        before = letter;
        if at < skip_to || !begins {
            continue;
        }
        if let Some((number, length)) = number_at(&line[at..]) {
            skip_to = at + length;
            found.push((number, at, at + length));
        }
    }
    found
}

/// The facts of one page with their lines: chapters (`## V8. …`), items and rows (`- **V8.4** …`), and the numbered
/// items within an item.
fn facts_of(text: &str) -> Vec<(Number, usize)> {
    let mut facts = Vec::new();
    let mut outer: Option<(Number, usize)> = None;
    for (line, text) in (1..).zip(text.lines()) {
        let inside = text.trim_start();
        let indentation = text.len() - inside.len();
        if let Some((number, length)) = inside.strip_prefix("## ").and_then(number_at) {
            outer = None;
            if inside[3 + length..].starts_with(". ") {
                facts.push((number, line));
            }
        } else if let Some(rest) = ["- **", "| **"].iter().find_map(|mark| inside.strip_prefix(mark)) {
            let found = number_at(rest).filter(|(_, length)| rest[*length..].starts_with("**"));
            outer = found.map(|(number, _)| (number, indentation));
            facts.extend(outer.clone().map(|(number, _)| (number, line)));
        } else if let Some((number, least)) = outer.as_ref().filter(|(_, least)| indentation > *least) {
            let (count, _) = digits(inside);
            if count > 0 && inside[count..].starts_with(". ") && number.rest.is_none() && *least == 0 {
                facts.push((Number { rest: Some(inside[..count].to_owned()), ..number.clone() }, line));
            }
        } else if !inside.is_empty() {
            outer = None;
        }
    }
    facts
}

/// Where each fact is.
fn facts() -> BTreeMap<Number, String> {
    let mut all: BTreeMap<Number, String> = BTreeMap::new();
    for (page, kinds) in PAGES {
        for (number, line) in facts_of(&read(page)) {
            let place = format!("{page}:{line}");
            assert!(kinds.contains(&number.kind), "{place}: {number} belongs on another page");
            let earlier = all.insert(number.clone(), place.clone());
            assert_eq!(earlier, None, "{place}: {number} is there already");
        }
    }
    all
}

/// Every file that may cite something. The recorded cases are what people paste; only their readme is ours.
fn citing_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut left: Vec<PathBuf> = CITING.iter().map(|path| root().join(path)).collect();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let skipped = ["node_modules", "target"].iter().any(|name| path.ends_with(name));
            if path.ends_with("tests/conformance") {
                files.push(path.join("README.md"));
            } else if !skipped {
                left.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
            }
        } else if path.extension().is_some_and(|end| ["rs", "txt", "md", "yaml", "js", "mjs"].iter().any(|e| end == *e))
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Every line of every such file, with its place.
fn lines() -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for file in citing_files() {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        // The samples of this test are made up.
        if file == root().join("tests/docs.rs") {
            continue;
        }
        lines.extend((1..).zip(text.lines()).map(|(line, text)| (format!("{}:{line}", shown(&file)), text.to_owned())));
    }
    lines
}

/// What is wrong with the numbers of a line: facts that are not there, ranges that are none.
fn faults_in(line: &str, facts: &BTreeSet<Number>) -> Vec<String> {
    let found = numbers_in(line);
    let unknown = found.iter().filter(|(number, ..)| !facts.contains(number));
    let mut faults: Vec<String> = unknown.map(|(number, ..)| format!("there is no {number}")).collect();
    for pair in found.windows(2) {
        let [(first, _, end), (last, start, _)] = pair else { continue };
        if !matches!(line[*end..*start].trim(), "…" | "to" | "–") {
            continue;
        }
        let rises = match (&first.rest, &last.rest) {
            (Some(from), Some(to)) => first.chapter == last.chapter && order_of(from) < order_of(to),
            (None, None) => first.chapter < last.chapter,
            _ => false,
        };
        if first.kind != last.kind || !rises {
            faults.push(format!("{first} to {last} is no range"));
        }
        // Chapters have no gaps that a reader would accept; facts have.
        let is_chapter = |number: &Number| number.kind.len() == 1 && number.rest.is_none();
        if is_chapter(first) && is_chapter(last) {
            let between = (first.chapter + 1..last.chapter).map(|chapter| Number { chapter, ..first.clone() });
            let missing = between.filter(|number| !facts.contains(number));
            faults.extend(missing.map(|number| format!("{first} to {last}: there is no {number}")));
        }
    }
    faults
}

/// `10a` comes after `9`.
fn order_of(rest: &str) -> (Option<u32>, &str) {
    let (count, _) = digits(rest);
    (rest[..count].parse().ok(), &rest[count..])
}

/// Places and what is wrong there, one a line.
fn listed(faults: &[String]) -> String {
    format!("\n{}", faults.join("\n"))
}

#[test]
fn every_number_that_is_cited_is_a_fact_of_the_docs() {
    let facts: BTreeSet<Number> = facts().into_keys().collect();
    let mut cited = BTreeSet::new();
    let mut faults = Vec::new();
    for (place, line) in lines() {
        cited.extend(numbers_in(&line).into_iter().map(|(number, ..)| number));
        faults.extend(faults_in(&line, &facts).into_iter().map(|fault| format!("{place}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", listed(&faults));
    assert!(cited.len() > 600, "only {} numbers were found", cited.len());
}

/// `reference cluster 7`: the items of that section of tests/conformance/README.md.
#[test]
fn items_of_the_reference_cluster_are_there() {
    let readme = read("tests/conformance/README.md");
    let (_, section) = readme.split_once("## The reference cluster").expect("the section is there");
    let section = section.split("\n## ").next().unwrap_or_default();
    let items: BTreeSet<&str> = section.lines().filter_map(|line| Some(line.split_once(". ")?.0)).collect();
    let mut faults = Vec::new();
    let mut count = 0;
    for (place, line) in lines() {
        for behind in line.split("reference cluster ").skip(1) {
            let numbers = behind.split(' ').take(3).map(|word| word.trim_end_matches([')', ';', ',', '.', ':']));
            let numbers = numbers.take_while(|word| *word == "to" || digits(word).0 > 0).filter(|word| *word != "to");
            for number in numbers {
                count += 1;
                if !items.contains(number) {
                    faults.push(format!("{place}: the reference cluster has no {number}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", listed(&faults));
    assert!(count > 5, "only {count} were found");
}

/// The headings of a page.
fn headings(page: &str) -> Vec<String> {
    let text = read(page);
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches(['#', ' ']).to_owned())
        .collect()
}

/// `docs/scenario.md, Same instant`: the page exists and has that section.
#[test]
fn pages_and_sections_that_are_named_exist() {
    let mut faults = Vec::new();
    let mut sections = 0;
    for (place, line) in lines() {
        for behind in line.split("docs/").skip(1) {
            let Some((page, behind)) = behind.split_once(".md") else { continue };
            if page.contains(|letter: char| !letter.is_ascii_lowercase()) {
                continue;
            }
            if !root().join(format!("docs/{page}.md")).is_file() {
                faults.push(format!("{place}: there is no docs/{page}.md"));
            } else if let Some(section) = behind.strip_prefix(", ") {
                sections += 1;
                let named = |heading: &String| section.to_lowercase().starts_with(&heading.to_lowercase());
                if !headings(&format!("docs/{page}.md")).iter().any(named) {
                    faults.push(format!("{place}: docs/{page}.md has no section {section}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", listed(&faults));
    assert!(sections > 5, "only {sections} were found");
}

/// A heading as the end of a link: `#same-instant`.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn links_of_the_docs_lead_somewhere() {
    let mut faults = Vec::new();
    let mut count = 0;
    let pages = ["scenario", "controllers", "validation", "kubectl", "pods", "pictures", "embedding", "teaching"];
    let kits = ["", "html/", "mdbook/", "mkdocs/", "sphinx/", "docusaurus/", "vitepress/", "hugo/", "reveal/"];
    let pages = pages.map(|page| format!("docs/{page}.md")).into_iter();
    let pages: Vec<String> = pages.chain(kits.map(|kit| format!("kits/{kit}README.md"))).collect();
    for page in pages.iter().map(String::as_str).chain(["README.md"]) {
        let folder = root().join(page).parent().map(Path::to_owned).unwrap_or_default();
        let mut is_code = false;
        for (line, text) in (1..).zip(read(page).lines()) {
            is_code ^= text.starts_with("```");
            if is_code {
                continue;
            }
            for link in text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)) {
                // In code there are things that look like links.
                let is_ours = link.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '.' | '#'));
                if !is_ours || link.contains("://") {
                    continue;
                }
                count += 1;
                let (path, section) = link.split_once('#').unwrap_or((link, ""));
                let target = if path.is_empty() { root().join(page) } else { folder.join(path) };
                let known = || headings(&shown(&target)).iter().any(|heading| anchor(heading) == section);
                if !target.exists() || !section.is_empty() && !known() {
                    faults.push(format!("{page}:{line}: {link}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", listed(&faults));
    assert!(count > 20, "only {count} were found");
}

/// Every example of a page with the line before it.
fn examples(page: &str) -> Vec<(usize, String)> {
    let mut examples = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (line, text) in (1..).zip(read(page).lines()) {
        match (&mut open, text) {
            (None, "```yaml") => open = Some((line, String::new())),
            (Some(_), "```") => examples.extend(open.take()),
            (Some((_, example)), text) => *example += &format!("{text}\n"),
            (None, _) => {}
        }
    }
    assert!(open.is_none(), "{page}: an example has no end");
    examples
}

/// What is wrong with an example: it is not read, or something in it is refused or does nothing.
fn faults_of(example: &str) -> Vec<String> {
    let reading = manifest::read(example);
    let mut faults: Vec<String> = reading
        .diagnostics
        .iter()
        .map(|found| format!("{:?} at {:?}", found.code, manifest::line_column(example, found.span.start)))
        .collect();
    let recording = Recording::of(&reading.scenario.with_time_zones());
    faults.extend(recording.refused().iter().map(|refused| refused.message.to_string()));
    for step in recording.steps() {
        let idle = recording.reasons(step).iter().filter(|reason| matches!(reason, Reason::NoEffect(_)));
        faults.extend(idle.map(|reason| format!("{reason:?} at {:?}", step.at)));
    }
    faults
}

#[test]
fn every_example_of_the_format_is_read_and_does_what_it_says() {
    let page = "docs/scenario.md";
    let examples = examples(page);
    assert!(examples.len() >= 5, "only {} were found", examples.len());
    let faults = examples.iter().flat_map(|(line, example)| {
        faults_of(example).into_iter().map(move |fault| format!("{page}:{line}: in this example: {fault}"))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{}", listed(&faults));
}

/// Those for authors are lessons that can be handed out; all else is for other programs.
#[test]
fn every_lesson_of_the_page_for_teachers_is_sound() {
    let page = "docs/teaching.md";
    let (lessons, others): (Vec<_>, Vec<_>) =
        examples(page).into_iter().partition(|(_, example)| example.contains("job-playground/v1"));
    assert!(lessons.len() == 1 && others.len() == 1, "{} and {} were found", lessons.len(), others.len());
    for (line, example) in lessons {
        let checked = check_text(&example);
        assert_eq!(checked.lessons.len(), 1, "{page}:{line}");
        let faults: Vec<String> = checked.all_faults().iter().map(|fault| format!("{fault:?}")).collect();
        assert!(faults.is_empty(), "{page}:{line}: {}", listed(&faults));
    }
    // The lessons that a leader is told to use are there.
    let text = read(page);
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let named: Vec<&str> = rows.filter_map(|row| row.split('|').nth(2)?.split('`').nth(1)).collect();
    assert!(named.len() > 12, "{named:?}");
    for id in named {
        assert!(structure(id).is_some(), "{page}: there is no lesson {id}");
    }
}

/// The page and editors show these files to people who have no clone.
#[test]
fn the_schema_and_the_help_say_where_the_format_is_written_down() {
    for file in ["static/job-playground.v1.schema.json", "static/help.en.txt", "static/help.zh.txt"] {
        assert!(read(file).contains(FORMAT_URL), "{file} does not link {FORMAT_URL}");
    }
}

#[test]
fn numbers_are_found_in_texts() {
    let found = |line: &str| numbers_in(line).iter().map(|(number, ..)| number.to_string()).collect::<Vec<_>>();
    assert_eq!(
        found("/// JC-56.3, JC-107a; (EC-12) C19–C22, V8.10a: K3. DC-2"),
        ["JC-56.3", "JC-107a", "EC-12", "C19", "C22", "V8.10a", "K3", "DC-2"]
    );
    assert_eq!(found("IpAddr::V6(a) #C2410C K8s C_1 SC5 V2x JC- C4096"), Vec::<String>::new());
}

#[test]
fn facts_are_chapters_items_rows_and_items_of_items() {
    let page = "# V7\n## V8. A Job\n- **V8.4** a\n- **V8.10** b:\n  - **V8.10a** c\n\n| **V8.11** | d |\n\n## Terms\n\
                - **V9** e\n  1. one\n  2. two\n\nno **V9.3** here\n  3. nor here\n";
    let found: Vec<String> = facts_of(page).into_iter().map(|(number, _)| number.to_string()).collect();
    assert_eq!(found, ["V8", "V8.4", "V8.10", "V8.10a", "V8.11", "V9", "V9.1", "V9.2"]);
}

#[test]
fn what_is_not_there_is_told() {
    let page = "## V8. a\n## V9. b\n- **V8.1** c\n- **V8.2** d\n## V11. e\n";
    let facts: BTreeSet<Number> = facts_of(page).into_iter().map(|(number, _)| number).collect();
    for (line, expected) in [
        ("V8, V8.1 … V8.2", &[][..]),
        ("V8 … V9", &[]),
        ("V8.3", &["there is no V8.3"]),
        ("JC-8", &["there is no JC-8"]),
        ("V8.2 to V8.1", &["V8.2 to V8.1 is no range"]),
        ("V8.1 – V9", &["V8.1 to V9 is no range"]),
        ("V9 … V11", &["V9 to V11: there is no V10"]),
    ] {
        assert_eq!(faults_in(line, &facts), expected, "{line}");
    }
}
