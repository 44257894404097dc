//! What is made of a text and its run, to be copied and saved.

use super::run::RunOfText;
use crate::explain::{Selection, mark};
use crate::manifest::link;
use crate::picture::qr::{self, Code};
use crate::picture::snippet::{Form, Shown};
use crate::picture::svg::{self, Look, Width};
use crate::picture::{Run, film};
use crate::time::Time;
use crate::web::browser::address;
use std::rc::Rc;

/// What somebody has chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    /// The link leads to the playhead, and the picture shows it.
    pub(super) is_at: bool,
    pub(super) is_redacted: bool,
    pub(super) form: Form,
    pub(super) look: Look,
}

/// What is explained at a moment, by its name.
pub(super) fn mark_at(run: Option<&RunOfText>, at: Time, selection: Option<Selection>) -> Option<String> {
    let (run, selection) = run.zip(selection)?;
    mark::name_at(&run.recording, selection, at)
}

/// The link.
pub(super) struct Link {
    /// What stands in it behind `#`.
    pub(super) fragment: String,
    pub(super) address: String,
    /// It as a code for a camera, unless it is too long.
    pub(super) code: Option<Code>,
}

impl Link {
    /// The link to a text, or to a moment and a mark there.
    pub(super) fn to(text: &str, at: Option<Time>, mark: Option<&str>) -> Link {
        let fragment = at.map_or_else(|| link::encode(text), |at| link::encode_mark(text, at, mark));
        let address = address::address_with(&fragment);
        let code = qr::code(&address);
        Link { fragment, address, code }
    }
}

/// The pictures of a run.
pub(super) struct Pictures {
    pub(super) run: RunOfText,
    /// How it went, in a sentence.
    pub(super) title: String,
    /// As somebody has chosen it, and how high it is.
    pub(super) poster: (Rc<str>, f64),
    /// How high the poster is that the snippets name.
    wide: f64,
    pub(super) film: Rc<str>,
    /// The film in an address.
    film_fragment: String,
    /// How they look.
    pub(super) look: Look,
}

impl Pictures {
    pub(super) fn of(of_text: RunOfText, text: &str, look: Look) -> Pictures {
        let run = of_text.as_run(text);
        let (poster, height) = svg::drawn(&run, look);
        let wide = match look.width {
            Width::Wide => height,
            Width::Narrow => svg::drawn(&run, Look { width: Width::Wide, ..look }).1,
        };
        let film: Rc<str> = film::film(&run, look.lang).into();
        let (title, film_fragment) = (run.title(look.lang, look.at), link::encode_film(&film));
        Pictures { run: of_text, title, poster: (poster.into(), height), wide, film, film_fragment, look }
    }

    /// What is pasted.
    pub(super) fn snippet(&self, form: Form, (name, text, fragment): (&str, &str, &str)) -> String {
        form.snippet(&Shown {
            page: &address::page(),
            fragment,
            film: &self.film_fragment,
            at: self.look.at,
            lang: self.look.lang,
            title: &self.title,
            name,
            size: (Width::Wide.pixels(), self.wide),
            text,
            caption: None,
        })
    }
}

impl RunOfText {
    pub(super) fn as_run<'r>(&'r self, text: &'r str) -> Run<'r> {
        Run { text, scenario: &self.scenario, recording: &self.recording, timeline: &self.timeline }
    }
}
