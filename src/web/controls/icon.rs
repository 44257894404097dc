//! Icons and patterns of the page: one sprite, used by name.

use yew::prelude::*;

/// An icon of the sprite by its name. Hidden from screen readers: its button has the words.
pub(crate) fn icon(name: &str) -> Html {
    classed(name, "i")
}

/// An icon with a class of its own.
pub(crate) fn classed(name: &str, class: &'static str) -> Html {
    html! { <svg {class} aria-hidden="true"><use href={format!("#i-{name}")} /></svg> }
}

/// All icons, and the patterns of the states. Once per page.
pub(crate) fn sprite() -> Html {
    Html::from_html_unchecked(AttrValue::Static(include_str!("../style/sprite.svg")))
}

/// The glyph of the product: two failures, then a success.
pub(crate) fn logo() -> Html {
    Html::from_html_unchecked(AttrValue::Static(include_str!("../style/logo.svg")))
}
