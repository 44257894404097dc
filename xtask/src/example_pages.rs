//! A page for each example and a list of them, in every language: its poster, what happens in it and why, its text, and a
//! link that opens it. Without scripts, for whoever searches or has none.

use crate::first::{LOGO, lines};
use crate::page::{Kind, named};
use crate::site::{Site, head};
use crate::still::{escaped, said};
use crate::{Failure, files, headers, style};
use job_playground::examples::EXAMPLES;
use job_playground::manifest::link;
use job_playground::picture::svg::{Look, Width, poster};
use job_playground::picture::{OwnedRun, Run};
use job_playground::texts::Lang;
use std::path::Path;

/// Where they lie. The page loads none of them.
pub(crate) const FOLDER: &str = "examples/";

/// What they may do: be looked at.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// Their style, behind the values of the page.
const STYLES: [&str; 2] = ["src/web/style/tokens.css", "src/web/style/example.css"];

/// The widths of posters, and what their files are called.
const POSTERS: [(Width, &str); 2] = [(Width::Wide, "poster"), (Width::Narrow, "poster.380")];

/// The addresses of all pages, in the first language: each has one for each other language below it.
pub(crate) fn addresses() -> Vec<String> {
    let pages = EXAMPLES.iter().map(|example| format!("{FOLDER}{}/", example.name));
    [FOLDER.to_owned()].into_iter().chain(pages).collect()
}

/// What stands behind an address for a language.
pub(crate) fn below(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "",
        Lang::Zh => "zh/",
    }
}

/// Writes all of them.
pub(crate) fn write(site: &Site, kind: Kind, next: &Path) -> Result<(), Failure> {
    let sheet = style::joined(&STYLES, kind)?;
    let name = named("example", "css", sheet.as_bytes(), kind);
    files::write(&next.join(FOLDER).join(&name), sheet)?;
    for lang in Lang::ALL {
        let list = list(lang, site, &name);
        files::write(&next.join(format!("{FOLDER}{}index.html", below(lang))), list)?;
    }
    for (number, example) in EXAMPLES.iter().enumerate() {
        let run = OwnedRun::of(example.text);
        for lang in Lang::ALL {
            let folder = next.join(format!("{FOLDER}{}/{}", example.name, below(lang)));
            for (width, name) in POSTERS {
                let look = Look { lang, width, ..Look::default() };
                files::write(&folder.join(format!("{name}.svg")), poster(&run.as_run(), look))?;
            }
            files::write(&folder.join("index.html"), page(number, &run.as_run(), lang, site, &name)?)?;
        }
    }
    Ok(())
}

/// One example, by its place, with its run.
fn page(number: usize, run: &Run<'_>, lang: Lang, site: &Site, sheet: &str) -> Result<String, Failure> {
    let example = &EXAMPLES[number];
    let (words, outside, picture) = (lang.page(), lang.outside(), lang.picture());
    let own = words.example(number).ok_or("an example has no words")?;
    let group = words.example_groups.iter().find(|group| group.examples.iter().any(|one| one.title == own.title));
    let address = format!("{FOLDER}{}/", example.name);
    let up = up_from(&address, lang);
    let title = escaped(&run.title(lang, None));
    let posters = format!(
        "<picture><source media=\"(max-width: 699px)\" srcset=\"poster.380.svg\">\
         <img src=\"poster.svg\" width=\"720\" alt=\"{title}\"></picture>"
    );
    let open = format!("{up}#{}", escaped(&link::encode_at(run.text, example.opens_at)));
    let why = run.why(lang, example.opens_at).ok_or("an example opens where nothing is told")?;
    let body = format!(
        "<p class=\"question\"><a href=\"{up}{FOLDER}{}\">{}</a> · {}</p>\n<h1>{}</h1>\n<p class=\"about\">{}</p>\n\
         <figure>{posters}<figcaption>{title}</figcaption></figure>\n\
         <h2>{}</h2>\n<p class=\"why\">{}</p>\n\
         <p><a class=\"open\" href=\"{open}\">{}</a></p>\n<p class=\"about\">{}</p>\n\
         <h2>{}</h2>\n<pre>{}</pre>\n",
        below(lang),
        words.examples,
        escaped(group.map_or("", |group| group.question)),
        escaped(own.title),
        escaped(own.about),
        lang.explain().why,
        said(&why),
        picture.open,
        outside.try_it,
        outside.text,
        lines(example.text),
    );
    Ok(document(lang, site, &address, &format!("{} · {}", own.title, words.product), own.about, sheet, &body))
}

/// All of them, by question.
fn list(lang: Lang, site: &Site, sheet: &str) -> String {
    let (words, outside) = (lang.page(), lang.outside());
    let up = up_from(FOLDER, lang);
    let mut body = format!("<h1>{}</h1>\n<p class=\"about\">{}</p>\n", outside.all_examples, escaped(words.purpose));
    let mut examples = EXAMPLES.iter();
    for group in words.example_groups {
        body += &format!("<h2>{}</h2>\n<ul>\n", escaped(group.question));
        for (own, example) in group.examples.iter().zip(examples.by_ref()) {
            let href = format!("{up}{FOLDER}{}/{}", example.name, below(lang));
            let (title, about) = (escaped(own.title), escaped(own.about));
            body += &format!("<li><a href=\"{href}\">{title}</a> <span>{about}</span></li>\n");
        }
        body += "</ul>\n";
    }
    document(lang, site, FOLDER, &format!("{} · {}", words.examples, words.product), words.purpose, sheet, &body)
}

/// From a page to the root of the site.
fn up_from(address: &str, lang: Lang) -> String {
    "../".repeat(address.matches('/').count() + below(lang).matches('/').count())
}

fn document(lang: Lang, site: &Site, address: &str, title: &str, about: &str, sheet: &str, body: &str) -> String {
    let (tag, up) = (lang.tag(), up_from(address, lang));
    let others = Lang::ALL.into_iter().filter(|other| *other != lang).map(|other| {
        let (tag, name) = (other.tag(), other.outside().own_name);
        format!("<a lang=\"{tag}\" hreflang=\"{tag}\" href=\"{up}{address}{}\">{name}</a>", below(other))
    });
    let html = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{}\
         <link rel=\"icon\" href=\"{up}static/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"{up}{FOLDER}{sheet}\">\n</head>\n<body>\n\
         <header><a class=\"brand\" href=\"{up}\">{LOGO}<span>{}</span></a>{}</header>\n<main>\n{body}</main>\n</body>\n</html>\n",
        head(site, lang, address, below, title, about, &up),
        lang.page().product,
        others.collect::<String>(),
    );
    headers::with_policy(&html, POLICY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_example_has_a_page_in_each_language_with_its_poster_its_text_and_a_link() {
        for (number, example) in EXAMPLES.iter().enumerate() {
            let run = OwnedRun::of(example.text);
            for lang in Lang::ALL {
                let html = page(number, &run.as_run(), lang, &Site::default(), "a.css").unwrap();
                let name = example.name;
                assert!(html.contains(&format!("<html lang=\"{}\">", lang.tag())), "{name}");
                assert!(
                    html.contains("src=\"poster.svg\"") && html.contains("#v1.") && html.contains("&amp;at="),
                    "{name}"
                );
                assert!(!html.contains("<p class=\"why\"></p>"), "{name}: why is not said");
                for forbidden in ["<script", " style=", "<style", "canonical"] {
                    assert!(!html.contains(forbidden), "{name}: {forbidden}");
                }
                let last = example.text.trim_end().lines().last().unwrap_or_default().trim();
                let last = last.split_once(": ").map_or(last, |(_, value)| value);
                assert!(html.contains(&escaped(last)), "{name}: {last}");
            }
        }
    }

    #[test]
    fn the_list_leads_to_all_of_them() {
        for lang in Lang::ALL {
            let html = list(lang, &Site::default(), "a.css");
            for example in &EXAMPLES {
                assert!(html.contains(&format!("{FOLDER}{}/{}\"", example.name, below(lang))), "{}", example.name);
            }
        }
    }

    #[test]
    fn a_page_names_the_root_from_where_it_is() {
        assert_eq!(up_from("examples/pi/", Lang::En), "../../");
        assert_eq!(up_from("examples/pi/", Lang::Zh), "../../../");
        assert_eq!(up_from("", Lang::En), "");
    }
}
