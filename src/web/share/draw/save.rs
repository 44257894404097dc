//! What is saved as a file.

use super::rows::Rows;
use crate::picture::svg::{self, Look, Theme, Width};
use crate::texts::share::size;
use crate::timeline::trace_events::trace_events;
use crate::web::browser::files;
use crate::web::controls::icon::icon;
use crate::web::share::png::png;
use crate::web::share::run::RunOfText;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How many pixels of a picture stand for one of the poster.
const SCALES: [u32; 2] = [1, 2];

impl Rows<'_> {
    pub(super) fn save_row(&self) -> Html {
        let words = self.props.lang.share();
        let text = Rc::clone(&self.text);
        html! {
            <section aria-labelledby="share-save">
                <h3 id="share-save">{ words.save }</h3>
                <div>
                    <div class="acts">
                        { self.file(words.file, &format!("{}.yaml", self.name), &size(text.len()), move |name| files::save(name, &text)) }
                        { self.pictures() }
                        { self.traces() }
                        { self.code_file() }
                    </div>
                    <p class="small" role="status">if *self.lacks_pixels { { words.no_pixels } }</p>
                    { self.look() }
                </div>
            </section>
        }
    }

    /// A button that saves a file: what it is, and how large.
    fn file(&self, what: &str, name: &str, size: &str, save: impl Fn(&str) + 'static) -> Html {
        let file = name.to_owned();
        let onclick = Callback::from(move |_: MouseEvent| save(&file));
        html! {
            <button type="button" class="btn ring" title={name.to_owned()} {onclick}>{ icon("save") }{ what.to_owned() }<small>{ size.to_owned() }</small></button>
        }
    }

    fn pictures(&self) -> Html {
        let words = self.props.lang.share();
        let Some(pictures) = &self.pictures else { return Html::default() };
        let ((svg, height), film) = (pictures.poster.clone(), Rc::clone(&pictures.film));
        let look = pictures.look;
        let sides = (f64::from(look.width.pixels()), height);
        let narrow = if look.width == Width::Narrow { ".380" } else { "" };
        let images = SCALES.into_iter().map(|scale| {
            let file = match scale {
                1 => format!("{}{narrow}.png", self.name),
                _ => format!("{}{narrow}@{scale}x.png", self.name),
            };
            let pixels = |side: f64| (side * f64::from(scale)).round();
            let size = format!("{} × {}", pixels(sides.0), pixels(sides.1));
            let (run, text) = (pictures.run.clone(), Rc::clone(&self.text));
            let lacks_pixels = self.lacks_pixels.clone();
            self.file(&(words.pixels)(scale), &file, &size, move |name| {
                // Pixels have no colours for two themes.
                let theme = if look.theme == Theme::Auto { Theme::Light } else { look.theme };
                let (svg, _) = svg::drawn(&run.as_run(&text), Look { theme, ..look });
                let (name, lacks_pixels) = (name.to_owned(), lacks_pixels.clone());
                spawn_local(async move {
                    let made = png(&svg, sides, f64::from(scale)).await;
                    lacks_pixels.set(made.is_none());
                    if let Some(blob) = made {
                        files::save_blob(&name, &blob);
                    }
                });
            })
        });
        html! {<>
            { self.file(words.picture, &format!("{}{narrow}.svg", self.name), &size(svg.len()), move |name| files::save(name, &svg)) }
            { for images }
            { self.file(words.film, &format!("{}.film.json", self.name), &size(film.len()), move |name| files::save(name, &film)) }
        </>}
    }

    /// What becomes of the run, for programs. It is made when it is asked for: it may be long.
    fn traces(&self) -> Html {
        let words = self.props.lang.share();
        let Some(run) = &self.run else { return Html::default() };
        let (name, own, other) = (self.name.clone(), run.clone(), run.clone());
        html! {<>
            { self.file(words.trace, &format!("{}.trace.jsonl", self.name), "JSON", move |file| {
                files::save(file, &(own.recording.trace_2(&name).join("\n") + "\n"));
            }) }
            { self.file(words.perfetto, &format!("{}.perfetto.json", self.name), "JSON", move |file| {
                let RunOfText { scenario, recording, timeline } = &other;
                files::save(file, &trace_events(recording, scenario, timeline));
            }) }
        </>}
    }

    fn code_file(&self) -> Html {
        let Some(code) = &self.link.code else { return Html::default() };
        let svg = code.svg();
        let size = size(svg.len());
        self.file(self.props.lang.share().qr_file, &format!("{}.qr.svg", self.name), &size, move |name| {
            files::save(name, &svg)
        })
    }

    /// How wide the picture is, and in which colours.
    fn look(&self) -> Html {
        if self.run.is_none() {
            return Html::default();
        }
        let (words, look) = (self.props.lang.share(), self.choice.look);
        let widths = [Width::Wide, Width::Narrow].into_iter().zip(words.widths);
        let themes = [Theme::Auto, Theme::Light, Theme::Dark].into_iter().zip(words.themes);
        html! {
            <div class="opts">
                <span>{ words.picture }</span>
                { self.segments(words.width, widths, look.width, |choice, width| choice.look.width = width) }
                { self.segments(words.colours, themes, look.theme, |choice, theme| choice.look.theme = theme) }
            </div>
        }
    }
}
