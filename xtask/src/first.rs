//! What stands in the page before its program runs: its frame, in every language, and in it the run of the first example,
//! as a film that stands still. `static/first.js` chooses between them and lets the film play.

use crate::page::{Kind, named};
use crate::still::{drawn, escaped};
use crate::{Failure, embed, files};
use job_playground::examples::{EXAMPLES, Example};
use job_playground::picture::{OwnedRun, Run, film};
use job_playground::texts::Lang;
use job_playground::time::Time;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What stands for it in `index.html`.
const PLACE: &str = "<!-- The first picture. -->";

/// The script that runs before the first paint.
pub(crate) const SCRIPT: &str = "static/first.js";

/// What stands in it for what was built.
const FIRST: &str = "const FIRST = {};";

/// The glyph of the product.
pub(crate) const LOGO: &str = "<svg class=\"logo\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">\
    <rect x=\"2\" y=\"4\" width=\"9\" height=\"4\" rx=\"2\" fill=\"var(--failed)\"/>\
    <rect x=\"8\" y=\"10\" width=\"9\" height=\"4\" rx=\"2\" fill=\"var(--failed)\"/>\
    <path d=\"M3 12h3M4 18h7\" fill=\"none\" stroke=\"var(--line-3)\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-dasharray=\".1 3\"/>\
    <rect x=\"13\" y=\"16\" width=\"9\" height=\"4\" rx=\"2\" fill=\"var(--succeeded)\"/></svg>";

/// Puts the frames into the page; writes the films for them, and the player once more: `static/embed` has been built.
/// Returns the script that goes before all else.
pub(crate) fn fill(html: &mut String, kind: Kind, next: &Path) -> Result<String, Failure> {
    let example = &EXAMPLES[0];
    let run = OwnedRun::of(example.text);
    let mut frames = String::new();
    let mut films = Map::new();
    for lang in Lang::ALL {
        let film = film_of(&run.as_run(), lang)?;
        frames += &frame(example, lang, &film);
        let text = film.to_string();
        let name = named(&format!("film.{}", lang.tag()), "json", text.as_bytes(), kind);
        files::write(&next.join(&name), text)?;
        films.insert(lang.tag().into(), name.into());
    }
    *html = files::filled("index.html", html, PLACE, frames.trim_end())?;
    // Under a name of its content, as all that the page loads: the name of the player itself is public and stays.
    let player = files::read_text(&next.join(embed::PLAYER))?;
    let name = named("player", "js", player.as_bytes(), kind);
    files::write(&next.join(&name), player)?;
    let source = files::read_text(&files::root().join(SCRIPT))?;
    let built = format!("const FIRST = {};", json!({ "player": name, "films": films }));
    let script = files::filled(SCRIPT, &source, FIRST, &built)?;
    Ok(if kind == Kind::Release { embed::without_comments(&script) } else { script })
}

/// A run as a film.
fn film_of(run: &Run<'_>, lang: Lang) -> Result<Value, Failure> {
    Ok(serde_json::from_str(&film::film(run, lang))?)
}

/// The page in one language, as far as it can be there without its program.
fn frame(example: &Example, lang: Lang, film: &Value) -> String {
    let (words, outside, tag) = (lang.page(), lang.outside(), lang.tag());
    let name = words.example(0).map_or("", |words| words.title);
    let at = example.opens_at - Time::ZERO;
    let still = drawn(film, example.opens_at.millis().unsigned_abs());
    format!(
        "<div class=\"page first\" lang=\"{tag}\">\n\
         <header class=\"top\"><h1 class=\"brand\">{LOGO}<span>{product}</span></h1>\
         <span class=\"btn learn-button ink if-example\">{learn}</span>\
         <span class=\"btn learn-button if-own\">{learn}</span><span class=\"btn learn-button if-link\">{learn}</span>\
         <span class=\"btn doc if-example\"><span class=\"name\">{name}</span></span></header>\n\
         <section class=\"purpose if-example\" aria-label=\"{product}\">{purpose}</section>\n\
         <div class=\"app\" role=\"main\" data-pane=\"run\"><div class=\"upper\">\n\
         <section class=\"text\" aria-label=\"{spec}\"><div class=\"tabs\"><b class=\"tab\">{spec}</b></div>\
         <pre class=\"if-example\">{text}</pre></section><i class=\"divider\"></i>\n\
         <section class=\"stage sheet\" aria-label=\"{region}\">\
         <job-playground class=\"if-example\" load=\"eager\" at=\"{at}\">{still}</job-playground>\
         <p class=\"opens if-own\" role=\"status\">{own}</p><p class=\"opens if-link\" role=\"status\">{link}</p></section>\n\
         </div><i class=\"divider upper-edge\"></i><div class=\"lower\"><div class=\"whybox\">\
         <section class=\"waits sheet\"><p class=\"if-example\">{starting}</p></section></div></div></div>\n</div>\n",
        product = words.product,
        learn = lang.learn().learn,
        purpose = words.purpose,
        spec = words.spec,
        text = lines(example.text.split("\n---").next().unwrap_or_default()),
        region = words.stage_region,
        own = outside.opens_own,
        link = outside.opens_link,
        starting = outside.starting,
    )
}

/// A text with its keys and its lines marked.
pub(crate) fn lines(text: &str) -> String {
    let line = |line: &str| {
        let key = line.find(": ").or_else(|| line.strip_suffix(':').map(str::len));
        let key = key.filter(|_| !line.trim_start().starts_with('#'));
        match key {
            Some(end) => format!("<span><i>{}</i>{}</span>", escaped(&line[..=end]), escaped(&line[end + 1..])),
            None => format!("<span>{}</span>", escaped(line)),
        }
    };
    text.trim_end().lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::still::said;

    #[test]
    fn the_frame_has_the_run_in_every_language_and_no_style_that_a_strict_host_forbids() {
        let run = OwnedRun::of(EXAMPLES[0].text);
        for lang in Lang::ALL {
            let film = film_of(&run.as_run(), lang).unwrap();
            let frame = frame(&EXAMPLES[0], lang, &film);
            assert!(frame.contains("Complete") && frame.contains("0:25.301"), "{frame}");
            let why = said(&run.as_run().why(lang, EXAMPLES[0].opens_at).unwrap());
            assert!(frame.contains(&why) && frame.contains("backoffLimit"), "{frame}");
            for forbidden in [" style=", "<style", "<script", " onclick"] {
                assert!(!frame.contains(forbidden), "{forbidden}: {frame}");
            }
        }
    }

    #[test]
    fn keys_are_marked_and_nothing_is_lost() {
        let marked = lines("a: <b>\nspec:\n# no: key\n- \"c\"\n");
        assert_eq!(
            marked,
            "<span><i>a:</i> &lt;b&gt;</span><span><i>spec:</i></span><span># no: key</span><span>- &quot;c&quot;</span>"
        );
    }
}
