//! The browser: the only folder that says yew. Knows how to show and what a gesture means; decides nothing.

mod app;
pub mod browser;
mod controls;
mod detail;
mod keeping;
mod keys;
mod spec;
mod state;
mod timeline;
mod why;

/// Mounts the page into the document's body.
pub fn mount() {
    browser::panic::install_hook();
    state::before_reading(browser::panic::reading);
    yew::Renderer::<app::App>::new().render();
}
