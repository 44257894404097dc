//! The browser: the only folder that says yew. Knows how to show and what a gesture means; decides nothing.

pub mod action;
mod app;
mod browser;
mod detail;
mod dialogs;
mod editor;
mod examples;
mod frames;
mod header;
mod highlight;
mod history;
mod icon;
mod menu;
mod moments;
mod part;
mod spec;
mod state;
pub mod timeline;
mod transport;
pub mod why;

/// Mounts the page into the document's body.
pub fn mount() {
    yew::Renderer::<app::App>::new().render();
}
