//! The page's program in chunks: what comes first shows the run of a text and steps through it, in one language. The rest
//! comes behind it: the other language when it is chosen; the rules of the API server, what there is to say about a text,
//! and edits; WHY, details, dialogs, menus, and what looks through a run; the console when it is opened.
//!
//! It is one program, which `cargo xtask` cuts where `cuts` says (two programs with messages between them would hold the
//! reader twice, and everything that is said would have to be written and read). Code in a chunk is reached only through a
//! [`crate::late::Late`], which stands beside what it is about; what asks for it says what is done while it is not there. A
//! function that is called directly, and all that it calls, is in the first chunk: a call too many makes that larger, and
//! breaks nothing. `cargo xtask sizes` has a limit for it. Built in one piece, without the feature `chunks`, everything is
//! there. `static/boot.js` loads the files; it has the words of the first language before it starts the program.

#[cfg(feature = "chunks")]
mod cuts;

use crate::texts::Lang;
#[cfg(feature = "chunks")]
use crate::web::browser::{
    self,
    chunks::{begins, ends, tell},
};
#[cfg(feature = "chunks")]
use crate::web::state::console::turn::RUNNER;
#[cfg(feature = "chunks")]
use std::cell::Cell;
#[cfg(feature = "chunks")]
use wasm_bindgen_futures::spawn_local;

/// Fetches the words of a language, and tells whether they are there.
#[cfg(feature = "chunks")]
pub(super) fn fetch_words(lang: Lang, done: impl FnOnce(bool) + 'static) {
    if lang.is_there() {
        return done(true);
    }
    spawn_local(async move {
        let result = match lang {
            Lang::En => cuts::en().await,
            Lang::Zh => cuts::zh().await,
        };
        done(result.is_ok());
    });
}

/// They are there.
#[cfg(not(feature = "chunks"))]
pub(super) fn fetch_words(_: Lang, done: impl FnOnce(bool) + 'static) {
    done(true);
}

/// Draws the page, and fetches the rest of it. Where a film stands, which can be asked why, the page takes its place once it
/// can be asked as well: nothing is to go away that was there.
pub(super) fn begin(draw: impl FnOnce() + 'static) {
    #[cfg(feature = "chunks")]
    if browser::reached::has_film() {
        begins();
        return spawn_local(async {
            let has_more = cuts::more().await.is_ok();
            draw();
            if has_more {
                let _ = cuts::check().await;
            }
            ends();
        });
    }
    draw();
    fetch();
}

/// Fetches what is missing, one chunk after the other: a text cannot be run before the first. Where one cannot be had nobody
/// is told to wait for the next. What fails can be asked for again; what is there is not fetched twice.
pub(super) fn fetch() {
    #[cfg(feature = "chunks")]
    if !browser::chunks::is_coming() {
        begins();
        spawn_local(async {
            if cuts::check().await.is_ok() {
                tell();
                let _ = cuts::more().await;
            }
            ends();
        });
    }
}

/// Fetches the console, when it is opened.
pub(super) fn fetch_console() {
    #[cfg(feature = "chunks")]
    if RUNNER.get().is_none() && !IS_CONSOLE_COMING.replace(true) {
        begins();
        spawn_local(async {
            let _ = cuts::console().await;
            IS_CONSOLE_COMING.set(false);
            ends();
        });
    }
}

#[cfg(feature = "chunks")]
thread_local! {
    static IS_CONSOLE_COMING: Cell<bool> = const { Cell::new(false) };
}
