//! The browser: the only folder that says yew. Knows how to show and what a gesture means; decides nothing.

pub mod action;
pub mod timeline;
pub mod why;

use yew::prelude::*;

/// The whole page.
#[function_component]
fn App() -> Html {
    html! { <main>{ "Job Playground" }</main> }
}

/// Mounts the page into the document's body.
pub fn mount() {
    yew::Renderer::<App>::new().render();
}
