//! What an author pastes to show a run: one text for each place that docs/embedding.md and the kits name.

use super::figure;
use super::svg::escaped;
use crate::texts::Lang;
use crate::time::Time;

/// Where a run is to be shown.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A place that allows frames and strips scripts.
    Frame,
    /// A page that may add a script.
    Element,
    /// A place that takes pictures alone.
    Markdown,
    MdBook,
    Docusaurus,
    Hugo,
    MkDocs,
    Sphinx,
}

impl Form {
    /// All of them, those that need nothing built first.
    pub const ALL: [Form; 8] = [
        Form::Frame,
        Form::Element,
        Form::Markdown,
        Form::MdBook,
        Form::Docusaurus,
        Form::Hugo,
        Form::MkDocs,
        Form::Sphinx,
    ];

    /// Its own name; `None` of what every language has a word for.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Form::Frame | Form::Element => None,
            Form::Markdown => Some("Markdown"),
            Form::MdBook => Some("mdBook"),
            Form::Docusaurus => Some("Docusaurus"),
            Form::Hugo => Some("Hugo"),
            Form::MkDocs => Some("MkDocs"),
            Form::Sphinx => Some("Sphinx"),
        }
    }

    /// The name of its kit in `kits/`; `None` if it needs none.
    pub fn kit(self) -> Option<&'static str> {
        match self {
            Form::Frame | Form::Element | Form::Markdown => None,
            Form::MdBook => Some("mdbook"),
            Form::Docusaurus => Some("docusaurus"),
            Form::Hugo => Some("hugo"),
            Form::MkDocs => Some("mkdocs"),
            Form::Sphinx => Some("sphinx"),
        }
    }
}

/// A run that is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'s> {
    /// The address of the page, up to its last `/`.
    pub page: &'s str,
    /// The fragment of the link to the run, with its moment.
    pub fragment: &'s str,
    /// The fragment of its film; empty if there is none.
    pub film: &'s str,
    /// The moment that is shown first.
    pub at: Option<Time>,
    /// The language of the words.
    pub lang: Lang,
    /// How it went, in a sentence.
    pub title: &'s str,
    /// What its files are called, without an ending.
    pub name: &'s str,
    /// Width and height of its poster.
    pub size: (u32, f64),
    /// The text.
    pub text: &'s str,
    /// What the author says below it.
    pub caption: Option<&'s str>,
}

/// How much higher a frame is than a poster: the answer and the buttons below it.
const BELOW: f64 = 112.0;

impl Form {
    /// What is pasted.
    pub fn snippet(self, run: &Shown<'_>) -> String {
        let Shown { page, fragment, film, name, text, .. } = *run;
        let title = figure::attribute(run.title);
        let address = figure::attribute(&format!("{page}#{fragment}"));
        let (width, height) = run.size;
        match self {
            Form::Frame => format!(
                "<iframe src=\"{page}static/embed/embed.html#{film}{}&theme=auto&lang={}\"\n        sandbox=\"allow-scripts \
                 allow-popups\" loading=\"lazy\" style=\"width:100%;height:{}px;border:0\"\n        title=\"Job Playground: \
                 {title}\"></iframe>\n",
                run.at.map_or_else(String::new, |at| format!("&at={}", at - Time::ZERO)),
                run.lang.tag().split('-').next().unwrap_or_default(),
                height + BELOW
            ),
            Form::Element => format!(
                "<script type=\"module\" src=\"/js/job-playground.js\"></script>\n\n<job-playground src=\"{name}.film.json\"{}>\n  \
                 <a href=\"{address}\"><img src=\"{name}.svg\" width=\"{width}\" height=\"{height}\" alt=\"{title}\"></a>\n  \
                 <details><summary>YAML</summary><pre><code>{}</code></pre></details>\n</job-playground>\n",
                run.said(" ", |name, value| format!("{name}=\"{value}\"")),
                escaped(text.trim_end())
            ),
            Form::Markdown => {
                let words = run.title.replace('[', "\\[").replace(']', "\\]");
                format!("[![{words}]({name}.svg)]({page}#{fragment})\n")
            }
            Form::MdBook | Form::Docusaurus => {
                let said = run.said(" ", |name, value| format!("{name}=\"{value}\""));
                fenced(&format!("yaml job-playground{said}"), text)
            }
            Form::MkDocs => {
                let said = run.said(" ", |name, value| format!("{name}=\"{value}\""));
                fenced(&format!("yaml {{job-playground{said}}}"), text)
            }
            Form::Hugo => {
                let said = run.said(" ", |name, value| format!("{name}=\"{value}\""));
                format!("{{{{< job-playground run=\"{name}\"{said} >}}}}\n")
            }
            Form::Sphinx => {
                let said = run.said("\n   ", |name, value| format!(":{name}: {value}"));
                let lines = text.trim_end().lines();
                let lines: Vec<String> =
                    lines.map(|line| if line.is_empty() { String::new() } else { format!("   {line}") }).collect();
                format!(".. job-playground::{said}\n\n{}\n", lines.join("\n"))
            }
        }
    }
}

impl Shown<'_> {
    /// What is said about a figure.
    fn said(&self, between: &str, written: impl Fn(&str, &str) -> String) -> String {
        let at = self.at.map(|at| ("at", (at - Time::ZERO).to_string()));
        let said = at.into_iter().chain(self.caption.map(|caption| ("caption", caption.to_owned())));
        said.map(|(name, value)| format!("{between}{}", written(name, &value))).collect()
    }
}

/// A fence that no line of the text ends.
fn fenced(info: &str, text: &str) -> String {
    let longest = text.lines().map(|line| line.trim_start().bytes().take_while(|byte| *byte == b'`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}{info}\n{}\n{fence}\n", text.trim_end())
}
