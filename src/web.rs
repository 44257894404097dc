//! The browser: the only folder that says yew. Knows how to show and what a gesture means; decides nothing.

pub mod action;
mod app;
mod assumed;
mod browser;
mod button;
mod detail;
mod dialogs;
mod editor;
mod effects;
mod examples;
pub mod exports;
mod findings;
mod frame;
mod frames;
mod header;
mod highlight;
mod history;
mod icon;
mod keys;
mod margin;
mod menu;
mod moments;
mod panic;
mod part;
mod piece;
mod preferences;
mod remarks;
mod slot;
mod spec;
mod state;
pub mod timeline;
mod transport;
pub mod why;

/// Mounts the page into the document's body.
pub fn mount() {
    panic::install_hook();
    yew::Renderer::<app::App>::new().render();
}
