//! The style sheets of the page, out of those that `index.html` names: one that the first picture needs, and one for all
//! the rest.

use crate::page::{Kind, named};
use crate::{Failure, files};
use serde_json::{Map, Value, json};
use std::path::Path;

/// The last rule of a style sheet. Half of one is a style sheet, too: by this the page knows the whole.
const END: &str = "#end-of-style {}\n";

/// What their tags become, until their names are known.
const FIRST: &str = "<!-- The first sheet. -->";
const REST: &str = "<!-- The other sheet. -->";

/// One of several: one request, and they compress better together.
#[derive(Default)]
pub(crate) struct Sheets {
    first: String,
    rest: String,
}

impl Sheets {
    /// Adds a sheet; returns what is to stand in the place of its tag.
    pub(crate) fn add(&mut self, href: &str, is_first: bool, kind: Kind) -> Result<String, Failure> {
        let text = joined(&[href], kind)?;
        let (sheet, tag) = if is_first { (&mut self.first, FIRST) } else { (&mut self.rest, REST) };
        let tag = if sheet.is_empty() { tag } else { "" };
        sheet.push_str(&text);
        Ok(tag.to_owned())
    }

    /// Writes both, and names them in the page and for the script that loads them.
    pub(crate) fn write(
        self,
        html: &str,
        kind: Kind,
        next: &Path,
        built: &mut Map<String, Value>,
    ) -> Result<String, Failure> {
        let [first, rest] = [("first", self.first), ("style", self.rest)].map(|(stem, text)| {
            let text = text + END;
            (named(stem, "css", text.as_bytes(), kind), text)
        });
        for (name, text) in [&first, &rest] {
            files::write(&next.join(name), text)?;
        }
        built.insert("styles".into(), json!([first.0, rest.0]));
        // The rest is no style sheet yet: as long as one is awaited a browser shows nothing at all.
        Ok(html.replacen(FIRST, &format!("<link rel=\"stylesheet\" href=\"{}\">", first.0), 1).replacen(
            REST,
            &format!("<link rel=\"preload\" href=\"{}\" as=\"style\">", rest.0),
            1,
        ))
    }
}

/// Sheets as one.
pub(crate) fn joined(hrefs: &[&str], kind: Kind) -> Result<String, Failure> {
    let mut all = String::new();
    for href in hrefs {
        let text = files::read_text(&files::root().join(href))?;
        all += &if kind == Kind::Release { without_comments(&text) } else { text };
    }
    Ok(all)
}

/// A sheet without its comments, and without the space that lines begin with.
fn without_comments(sheet: &str) -> String {
    let mut out = String::new();
    let mut rest = sheet;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_a_sheet_go_and_the_rest_stays() {
        let sheet = "/* What\n it is. */\n\n.a { }  /* one */\n  .b { }\n";
        assert_eq!(without_comments(sheet), ".a { }\n.b { }\n");
    }
}
