//! How far somebody has come in the film that stands in the page before its program runs. `static/boot.js` knows.

use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::explain::mark::object_called;
use crate::time::Time;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// To be called just before the program is drawn: it lets in the styles for it.
    #[wasm_bindgen(js_namespace = jobPlayground, js_name = takeOver)]
    fn take_over() -> String;
}

/// Whether a film stands where the program will: `static/first.js` has chosen.
#[cfg(feature = "chunks")]
pub(crate) fn has_film() -> bool {
    super::root().and_then(|root| root.get_attribute("data-opens")).is_some_and(|opens| opens == "example")
}

/// Where somebody stands in the film.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The moment.
    pub(crate) at: Time,
    /// The mark that was pressed.
    pub(crate) mark: Option<Selection>,
    pub(crate) plays: bool,
    /// Whether the focus is in the film.
    pub(crate) has_focus: bool,
}

impl Reached {
    /// The program takes the place of the film; `None` if none was shown.
    pub(crate) fn take_over() -> Option<Reached> {
        Reached::read(&take_over())
    }

    /// Milliseconds, and as many of these as are so: `12.pod-2` for a mark, `plays`, `focus`.
    fn read(said: &str) -> Option<Reached> {
        let mut words = said.split(' ');
        let mut reached = Reached { at: Time::from_millis(words.next()?.parse().ok()?), ..Reached::default() };
        for word in words {
            match word {
                "plays" => reached.plays = true,
                "focus" => reached.has_focus = true,
                _ => reached.mark = mark(word),
            }
        }
        Some(reached)
    }
}

/// A step, and the object as films call it.
fn mark(word: &str) -> Option<Selection> {
    let (step, object) = word.split_once('.')?;
    Some(Selection { step: StepId(step.parse().ok()?), object: object_called(object) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ObjectKey, PodId};

    #[test]
    fn what_is_said_is_read() {
        let at = Time::from_millis(25_301);
        assert_eq!(Reached::read("25301"), Some(Reached { at, ..Reached::default() }));
        let mark = Some(Selection { step: StepId(12), object: Some(ObjectKey::Pod(PodId(2))) });
        assert_eq!(
            Reached::read("25301 12.pod-2 plays focus"),
            Some(Reached { at, mark, plays: true, has_focus: true })
        );
        let mark = Some(Selection { step: StepId(3), object: None });
        assert_eq!(Reached::read("25301 3."), Some(Reached { at, mark, ..Reached::default() }));
    }

    #[test]
    fn nothing_is_reached_where_there_is_no_film() {
        for said in ["", "x", "NaN"] {
            assert_eq!(Reached::read(said), None, "{said}");
        }
    }
}
