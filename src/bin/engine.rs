//! `engine.wasm`: films made in the reader's browser, for pages that show runs without the whole page. Its JavaScript is
//! `static/embed/live.js`.

use job_playground::picture::live;
use job_playground::texts::Lang;
use wasm_bindgen::prelude::*;

fn main() {}

/// The film of a text, or of the link to one; the exception is why there is none, in words.
#[wasm_bindgen(js_name = film)]
pub fn film(source: &str, lang: &str, time_zones: Option<Vec<u8>>) -> Result<String, JsError> {
    live::film_of(source, Lang::of(lang), time_zones.as_deref()).map_err(|why| JsError::new(&why))
}

/// The film of the run with one more input: `{at: 7s, evict: {pod: 2}}`.
#[wasm_bindgen(js_name = filmWith)]
pub fn film_with(source: &str, input: &str, lang: &str, time_zones: Option<Vec<u8>>) -> Result<String, JsError> {
    live::film_with(source, input, Lang::of(lang), time_zones.as_deref()).map_err(|why| JsError::new(&why))
}

/// Whether the rules of time zones have to be given.
#[wasm_bindgen(js_name = needsTimeZones)]
pub fn needs_time_zones(source: &str) -> bool {
    live::needs_time_zones(source)
}
