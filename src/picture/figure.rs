//! The figure: a poster, its film and its text in one line of HTML, for a page of somebody else's. Without scripts, and until
//! somebody presses the button, it is a picture with a link, and the text below it.

use super::Run;
use super::attributes::Attributes;
use super::film;
use super::svg::{self, Look, escaped};
use super::verdict::Verdict;
use crate::time::Time;

/// Where the page is, unless an author says otherwise.
pub const PAGE: &str = "https://job-playground.github.io/job-playground/";

/// A run as a figure. A line break in the text is written as a character reference, since Markdown ends a block of HTML
/// at an empty line.
pub fn figure(run: &Run<'_>, look: Look, page: &str, attributes: &Attributes) -> String {
    let look = attributes.on(look);
    let ((poster, height), width) = (svg::drawn(run, look), look.width.pixels());
    let at = look.at.map_or_else(String::new, |at| format!(" at=\"{}\"", at - Time::ZERO));
    let address = attribute(&format!("{page}#{}", svg::fragment(run, look.at)));
    let title = attribute(&Verdict::of(run, look.lang, look.at).sentence(look.lang));
    let film = || escaped(film::film(run, look.lang).trim_end()).replace('\'', "&#39;");
    let film = if attributes.live { String::new() } else { format!(" film='{}'", film()) };
    let text = one_line(&escaped(run.text));
    let said = attributes.of_element.iter().map(|(name, value)| format!(" {name}=\"{}\"", attribute(value)));
    let said: String = said.collect();
    let caption = attributes.caption.as_deref().map(escaped).map(|words| format!("<figcaption>{words}</figcaption>"));
    format!(
        "<figure><job-playground lang=\"{}\"{at}{said}{film}><a href=\"{address}\"><img src=\"{}\" width=\"{width}\" \
         height=\"{height}\" alt=\"{title}\" loading=\"lazy\"></a><details><summary>YAML</summary><pre><code \
         class=\"language-yaml\">{text}</code></pre></details></job-playground>{}</figure>\n",
        look.lang.tag(),
        data_address(&poster),
        caption.unwrap_or_default()
    )
}

/// A picture as its own address.
fn data_address(poster: &str) -> String {
    let mut address = String::from("data:image/svg+xml,");
    for letter in poster.chars() {
        match letter {
            '%' | '#' | '<' | '>' | '&' | '"' => address.push_str(&format!("%{:02X}", letter as u32)),
            '\n' => {}
            letter => address.push(letter),
        }
    }
    address
}

/// Words in an attribute.
pub(super) fn attribute(text: &str) -> String {
    one_line(&escaped(text).replace('"', "&quot;"))
}

fn one_line(text: &str) -> String {
    text.replace('\n', "&#10;")
}
