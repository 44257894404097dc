//! A preprocessor of mdBook: fences that ask for a run become figures.

use super::{CliError, Name, note, pictures, print, recorded};
use job_playground::picture::svg::Look;
use job_playground::picture::{OwnedRun, figure};
use job_playground::texts::Lang;
use lexopt::prelude::*;
use serde_json::Value as Json;

const MDBOOK_HELP: &str = "\
A preprocessor of mdBook: reads a book and prints it with runs in place of the fences that ask for them.

job-playground mdbook                    in book.toml: [preprocessor.job-playground], command = \"job-playground mdbook\"
job-playground mdbook supports RENDERER  whether it has something to do for html, epub, \u{2026}

A fence asks for a run in its first line: ```yaml job-playground at=\"25s\"
";

pub(super) fn mdbook(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    match arguments.next()? {
        Some(Value(word)) if word == "supports" => {
            return if arguments.value()? == "html" { Ok(()) } else { Err(CliError::Reported) };
        }
        Some(Short('h') | Long("help")) => return print(MDBOOK_HELP),
        Some(other) => return Err(other.unexpected().into()),
        None => {}
    }
    let no_book = |error: serde_json::Error| CliError::Usage(format!("mdbook: standard input is no book: {error}"));
    let (context, mut book): (Json, Json) = serde_json::from_reader(std::io::stdin()).map_err(no_book)?;
    let mut preprocessor = Preprocessor::of(&context["config"]);
    // mdBook 0.4 has sections.
    for items in ["items", "sections"] {
        preprocessor.items(&mut book[items]);
    }
    // All mistakes have been told.
    if preprocessor.has_failed { Err(CliError::Reported) } else { print(&book.to_string()) }
}

struct Preprocessor {
    sources: String,
    page: String,
    lang: Lang,
    has_failed: bool,
}

impl Preprocessor {
    /// As book.toml says.
    fn of(config: &Json) -> Preprocessor {
        let said = |value: &Json, default: &str| value.as_str().unwrap_or(default).to_owned();
        Preprocessor {
            sources: said(&config["book"]["src"], "src"),
            page: said(&config["preprocessor"]["job-playground"]["page"], figure::PAGE),
            lang: Lang::of(&said(&config["book"]["language"], "en")),
            has_failed: false,
        }
    }

    fn items(&mut self, items: &mut Json) {
        for item in items.as_array_mut().into_iter().flatten() {
            let Some(chapter) = item.get_mut("Chapter") else { continue };
            let path = chapter["source_path"].as_str().or(chapter["path"].as_str()).unwrap_or("-");
            let file = format!("{}/{path}", self.sources);
            if let Some(content) = chapter["content"].as_str() {
                chapter["content"] = self.chapter(&file, content).into();
            }
            self.items(&mut chapter["sub_items"]);
        }
    }

    /// A chapter with figures in place of the fences that ask for them.
    fn chapter(&mut self, file: &str, content: &str) -> String {
        let mut out = String::new();
        let mut lines = content.split_inclusive('\n').enumerate();
        while let Some((number, line)) = lines.next() {
            out.push_str(line);
            let Some(fence) = Fence::opened_by(line) else { continue };
            let start = out.len();
            let mut text = String::new();
            for (_, line) in lines.by_ref() {
                out.push_str(line);
                if fence.is_closed_by(line) {
                    break;
                }
                text.push_str(fence.without_indent(line));
            }
            let Some(attributes) = fence.attributes() else { continue };
            // The first line of the text is the one behind the fence's, and both are counted from 1.
            match self.figure(&Name::part(file.to_owned(), number + 2), &text, attributes) {
                // HTML ends at an empty line.
                Ok(html) => out.replace_range(start - line.len().., &format!("{}{html}\n", fence.indent)),
                Err(error) => {
                    self.has_failed = true;
                    if let CliError::Usage(message) = error {
                        note(&message);
                    }
                }
            }
        }
        out
    }

    fn figure(&self, name: &Name, text: &str, attributes: &str) -> Result<String, CliError> {
        let attributes = pictures::attributes(name, attributes)?;
        let look = attributes.on(Look { lang: self.lang, ..Look::default() });
        let (reading, scenario, recording) = recorded(name, text, look.at)?;
        let run = OwnedRun::recorded(reading, scenario, recording);
        Ok(figure::figure(&run.as_run(), look, &self.page, &attributes))
    }
}

/// The first line of a fence.
struct Fence<'a> {
    indent: &'a str,
    /// Three or more of one letter.
    marks: &'a str,
    /// What stands behind them.
    info: &'a str,
}

impl<'a> Fence<'a> {
    fn opened_by(line: &'a str) -> Option<Fence<'a>> {
        let rest = line.trim_start_matches([' ', '\t']);
        let mark = rest.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
        let info = rest.trim_start_matches(mark);
        let (indent, marks) = (&line[..line.len() - rest.len()], &rest[..rest.len() - info.len()]);
        let is_fence = marks.len() >= 3 && !(mark == '`' && info.contains('`'));
        is_fence.then_some(Fence { indent, marks, info: info.trim() })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.marks.len() && line.trim_start_matches(&self.marks[..1]).is_empty()
    }

    /// A list moves what is in it to the right.
    fn without_indent<'l>(&self, line: &'l str) -> &'l str {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        &line[blank.min(self.indent.len())..]
    }

    /// What is said about the run, if one is asked for: `yaml job-playground at="25s"`.
    fn attributes(&self) -> Option<&'a str> {
        let rest = self.info.strip_prefix("yaml").or(self.info.strip_prefix("yml"))?;
        let rest = rest.trim_start_matches([' ', ',']).strip_prefix("job-playground")?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
    }
}
