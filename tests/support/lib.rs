//! What the tests share: where files are, the syntax of written cases, and `UPDATE_EXPECT`. A crate of its own, so that
//! each test takes from it what it needs.
//!
//! # Written cases
//!
//! A file of cases opens with what it is about. A case is a title, an input and what comes of it:
//!
//! ```text
//! # Fields that are not where they belong.
//!
//! === a title, one line
//! the input: any number of lines
//! >>>
//! the expected answer: any number of lines, or none
//! ```
//!
//! Two marks show in an input what nobody would see: `→` is a tab, and `␃` at the end says that the last line has no
//! line break. What an input and an answer consist of is the business of the test that reads them.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of the project.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("tests/support is two folders below the root")
}

/// A path from the folder of the project on, as messages show it.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// All files below a folder of the project, by path.
///
/// # Panics
/// If a folder cannot be listed.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", shown(&folder)));
        for entry in entries {
            let path = entry.unwrap_or_else(|error| panic!("{}: {error}", shown(&folder))).path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The files below a folder of the project that have an extension, by path.
///
/// # Panics
/// If a folder cannot be listed.
pub fn files_with(extension: &str, folder: &str) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

/// The name of a file without its last extension.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The text of a file.
///
/// # Panics
/// If it cannot be read or is not UTF-8.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", shown(path)))
}

/// A written case.
pub struct Case {
    /// What it shows.
    pub title: String,
    /// The input, with its marks replaced by what they stand for.
    pub input: String,
    /// The expected answer, without blank lines at its end.
    pub expected: String,
    /// The input as it is in the file.
    written: String,
}

/// The cases of a file.
///
/// # Panics
/// If the file cannot be read, or a case lacks its `>>>`.
pub fn cases(path: &Path) -> Vec<Case> {
    parse(path).1
}

/// What a file of cases opens with, and its cases.
fn parse(path: &Path) -> (String, Vec<Case>) {
    const TITLE: &str = "=== ";
    let text = text(path);
    let start = if text.starts_with(TITLE) { 0 } else { text.find("\n=== ").map_or(text.len(), |at| at + 1) };
    let (head, blocks) = text.split_at(start);
    let blocks = blocks.strip_prefix(TITLE).into_iter().flat_map(|blocks| blocks.split("\n=== "));
    let cases = blocks.map(|block| {
        let (title, rest) = block.split_once('\n').unwrap_or((block, ""));
        // An input may be empty.
        let rest = format!("\n{rest}\n");
        let (written, expected) =
            rest.split_once("\n>>>\n").unwrap_or_else(|| panic!("{}: no `>>>` in `{title}`", shown(path)));
        let written = written.strip_prefix('\n').map_or_else(String::new, |written| format!("{written}\n"));
        let input = written.replace('→', "\t");
        let input = input.strip_suffix("␃\n").unwrap_or(&input).to_owned();
        Case { title: title.to_owned(), input, expected: expected.trim_end().to_owned(), written }
    });
    (head.to_owned(), cases.collect())
}

/// Holds the answers to all cases of a file against the expected ones. With `UPDATE_EXPECT` set, writes them instead.
///
/// # Panics
/// If an answer differs.
pub fn expect_answers(path: &Path, answer: impl Fn(&str) -> String) {
    let (mut found, cases) = parse(path);
    for Case { title, input, written, .. } in cases {
        let answer = answer(&input);
        let answer = answer.trim_end();
        let line_break = if answer.is_empty() { "" } else { "\n" };
        found += &format!("=== {title}\n{written}>>>\n{answer}{line_break}\n");
    }
    let found = found.trim_end().to_owned() + "\n";
    if let Err(difference) = expect(path, &found) {
        panic!("{difference}");
    }
}

/// Holds a text or bytes against a file. With `UPDATE_EXPECT` set, writes the file instead.
///
/// # Errors
/// The lines that differ.
///
/// # Panics
/// If the file cannot be written.
pub fn expect(path: &Path, found: impl AsRef<[u8]>) -> Result<(), String> {
    let found = found.as_ref();
    let expected = fs::read(path).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, found).unwrap_or_else(|error| panic!("{}: {error}", shown(path)));
        return Ok(());
    }
    let (expected, found) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(found));
    let difference = difference(&expected, &found).join("\n");
    Err(format!("{} differs; UPDATE_EXPECT=1 writes it anew\n{difference}", shown(path)))
}

/// The lines between the common beginning and the common end of two texts: `- ` was before, `+ ` is now.
pub fn difference(before: &str, after: &str) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same_start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let rest = before[same_start..].iter().rev().zip(after[same_start..].iter().rev());
    let same_end = rest.take_while(|(one, other)| one == other).count();
    let removed = before[same_start..before.len() - same_end].iter().map(|line| format!("- {line}"));
    let added = after[same_start..after.len() - same_end].iter().map(|line| format!("+ {line}"));
    removed.chain(added).collect()
}
