//! The browser: the only folder that says yew. Knows how to show and what a gesture means; decides nothing.

mod app;
pub mod browser;
mod chunks;
mod console;
mod controls;
mod detail;
mod keeping;
mod keys;
mod lessons;
mod share;
mod spec;
mod state;
mod timeline;
mod why;

use gloo_timers::callback::Timeout;

/// Mounts the page into the document's body.
pub fn mount() {
    browser::panic::install_hook();
    state::before_reading(browser::panic::reading);
    chunks::fetch_words(app::lang(), |is_there| {
        // The loader has them before it starts the program.
        assert!(is_there, "there are no words");
        // A long text takes its time to be read: the page is drawn in a task of its own.
        let first = app::First::read();
        chunks::begin(|| {
            Timeout::new(0, || {
                yew::Renderer::<app::App>::with_props(first.go_on()).render();
            })
            .forget();
        });
    });
}
