//! Icons of the page, by their names in the sprite.

use yew::prelude::*;

/// An icon of the sprite by its name. Hidden from screen readers: its button has the words.
pub(crate) fn icon(name: &str) -> Html {
    classed(name, "i")
}

/// An icon with a class of its own.
pub(crate) fn classed(name: &str, class: &'static str) -> Html {
    html! { <svg {class} aria-hidden="true"><use href={format!("#i-{name}")} /></svg> }
}
