//! The page's program in chunks: what comes first shows the run of a text and steps through it, in one language. The rest
//! comes behind it: the other language when it is chosen; the rules of the API server, what there is to say about a text,
//! and edits; WHY, details, dialogs, menus, and what looks through a run.
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

/// Fetches the words of a language, and tells whether they are there.
#[cfg(feature = "chunks")]
pub(super) fn fetch_words(lang: Lang, done: impl FnOnce(bool) + 'static) {
    if lang.is_there() {
        return done(true);
    }
    wasm_bindgen_futures::spawn_local(async move {
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

/// Fetches what is missing, one chunk after the other: a text cannot be run before the first.
pub(super) fn fetch() {
    #[cfg(feature = "chunks")]
    if !crate::web::browser::chunks::is_coming() {
        use crate::web::browser::chunks::tell;
        tell(true);
        wasm_bindgen_futures::spawn_local(async {
            // What fails can be asked for again; what is there is not fetched twice. Where the first cannot be had nobody is
            // told to wait for the second.
            if cuts::check().await.is_ok() {
                tell(true);
                let _ = cuts::more().await;
            }
            tell(false);
        });
    }
}
