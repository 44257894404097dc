//! Sentences and states as markup: what the panel and its summary share.

use crate::explain::Tone;
use crate::texts::sentence::{Phrase, Sentence};
use crate::web::controls::icon::icon;
use yew::prelude::*;

/// A sentence: what matters in bold, fields as chips, Kubernetes's own words in mono.
pub(crate) fn sentence(sentence: &Sentence) -> Html {
    let parts = sentence.0.iter().map(|part| match part {
        Phrase::Text(words) => html! { { words } },
        Phrase::Strong(words) => html! { <b>{ words }</b> },
        Phrase::Object(words, _) => html! { <span class="nw">{ words }</span> },
        Phrase::Code(words) => html! { <code lang="en">{ words }</code> },
        // A field that stands somewhere in the text glows there in the same colour.
        Phrase::Field(words, place) => {
            let class = if place.is_some() { "field thread" } else { "field" };
            html! { <span {class} lang="en">{ words }</span> }
        }
    });
    html! { <>{ for parts }</> }
}

/// Words in the colour of a state, with its glyph.
pub(super) fn state(tone: Tone, words: &str) -> Html {
    let (class, glyph) = match tone {
        Tone::Plain => ("st", None),
        Tone::Failed => ("st failed", Some("cross")),
        Tone::Succeeded => ("st succeeded", Some("tick")),
        Tone::Running => ("st running", Some("play")),
        Tone::Waiting => ("st backoff", None),
        Tone::Stopping => ("st terminating", None),
    };
    html! { <span {class}>{ for glyph.map(icon) }{ words }</span> }
}
