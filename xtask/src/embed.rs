//! What pages of others take from here: `static/embed/`. Its addresses are public, so its files keep their names; the
//! page itself loads none of them. Those of a release are small. `embed.html` becomes one file, which names its
//! scripts by their sums: a frame without an origin has no `'self'` in every browser.

use crate::page::Kind;
use crate::{Failure, browser, files, headers};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Where they lie, in the sources and on the server.
pub(crate) const FOLDER: &str = "static/embed/";

/// The player.
pub(crate) const PLAYER: &str = "static/embed/job-playground.js";

/// The player as a page of its own.
pub(crate) const PAGE: &str = "static/embed/embed.html";

/// The script of [`PAGE`], which goes into it.
const PAGE_SCRIPT: &str = "static/embed/embed.js";

/// How a style sheet begins in a script.
const SHEET: &str = "replaceSync(`";

/// What [`PAGE`] may do: run its scripts, and what these load from beside it: the engine, for texts that nobody recorded.
const POLICY: &str = "default-src 'none'; script-src SCRIPTS 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Writes one of the files below a folder, under its own name.
pub(crate) fn write(name: &str, kind: Kind, next: &Path) -> Result<(), Failure> {
    let content = match name {
        PAGE_SCRIPT => return Ok(()),
        PAGE => page(kind)?,
        _ => source(name, kind)?,
    };
    files::write(&next.join(name), content)
}

/// [`PAGE`] with its scripts.
fn page(kind: Kind) -> Result<String, Failure> {
    let mut html = files::read_text(&files::root().join(PAGE))?;
    let mut scripts = String::new();
    let mut sums = Vec::new();
    for name in [PLAYER, PAGE_SCRIPT] {
        let address = name.trim_start_matches(FOLDER);
        let tag = format!("<script defer src=\"{address}\"></script>\n");
        html = files::filled(PAGE, &html, &tag, "")?;
        let script = source(name, kind)?;
        sums.push(format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(&script))));
        scripts += &format!("<script>{script}</script>\n");
    }
    let policy = POLICY.replacen("SCRIPTS", &sums.join(" "), 1);
    // `defer` means nothing for a script in the page: it stands where the page has been read.
    Ok(headers::with_policy(&html, &policy).replacen("</body>", &format!("{scripts}</body>"), 1))
}

/// One of the files, as it is for a kind of page.
fn source(name: &str, kind: Kind) -> Result<String, Failure> {
    let text = files::read_text(&files::root().join(name))?;
    if kind != Kind::Release || !name.ends_with(".js") {
        return Ok(text);
    }
    let text = with_small_sheets(&without_comments(&text));
    match browser::terser() {
        Some(tool) => minified(&tool, &text),
        None => Ok(text),
    }
}

/// A script with short names.
fn minified(tool: &Path, script: &str) -> Result<String, Failure> {
    let mut node = Command::new("node")
        .arg(tool)
        .args(["--ecma", "2020", "--toplevel", "--mangle", "--compress", "passes=3"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    // All of it is read before anything is written.
    node.stdin.take().ok_or("no input")?.write_all(script.as_bytes())?;
    let output = node.wait_with_output()?;
    if !output.status.success() {
        return Err("terser failed".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// A script without the lines that are comments, and without the space that lines begin with.
pub(crate) fn without_comments(script: &str) -> String {
    let mut is_comment = false;
    let mut lines = Vec::new();
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/**");
        // Behind the end of one the line may go on.
        let code = if is_comment { line.split_once("*/").map_or("", |(_, rest)| rest.trim_start()) } else { line };
        if !code.starts_with("//") && !code.is_empty() {
            lines.push(code);
        }
        is_comment &= !line.contains("*/");
    }
    lines.join("\n") + "\n"
}

/// A script whose style sheets have no space but between words: for other tools they are texts like others.
fn with_small_sheets(script: &str) -> String {
    let mut parts = script.split(SHEET);
    let mut small = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sheet, rest) = part.split_once("`)").unwrap_or((part, ""));
        let sheet: String = sheet.lines().collect();
        let pairs = [(" {", "{"), ("{ ", "{"), ("; ", ";"), (";}", "}"), ("} ", "}"), (": ", ":"), (" > ", ">")];
        let sheet = pairs.iter().fold(sheet, |sheet, (space, none)| sheet.replace(space, none));
        small += &format!("{SHEET}{sheet}`){rest}");
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_small_and_scripts_stay() {
        let script =
            "a.replaceSync(`\n:host { display: block; }\n.a > b, .c { color: ${x({ y: 1 })}; }\n`);\nb({ c: 1 });\n";
        let small = "a.replaceSync(`:host{display:block}.a>b, .c{color:${x({y:1 })}}`);\nb({ c: 1 });\n";
        assert_eq!(with_small_sheets(script), small);
    }

    #[test]
    fn comments_go_and_the_rest_stays() {
        let script = "// What it is.\n/** @type {number} */\nconst a = 1; // one\n  /**\n   * More.\n   */\n  /** @type {any} */ (b).c = 1;\n  f(`\n.a { }\n`);\n";
        assert_eq!(without_comments(script), "const a = 1; // one\n(b).c = 1;\nf(`\n.a { }\n`);\n");
    }

    #[test]
    fn the_page_of_frames_names_its_scripts_by_their_sums() {
        let html = page(Kind::Release).unwrap();
        let policy = headers::policy_of(html.as_bytes());
        assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
        assert_eq!(html.matches("<script>").count(), 2);
        assert!(!html.contains("src="), "it is one file");
        for script in html.split("<script>").skip(1).filter_map(|rest| rest.split("</script>").next()) {
            assert!(policy.contains(&BASE64_STANDARD.encode(Sha256::digest(script))));
        }
    }
}
