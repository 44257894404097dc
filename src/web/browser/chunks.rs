//! Whether chunks of the program are on their way. What waits for one hears of it by an event of the window.

use std::cell::Cell;
use web_sys::EventTarget;

/// A chunk has come, or cannot be had.
pub(crate) const SETTLED: &str = "job-playground-chunk";

thread_local! {
    /// How many fetches are on their way.
    static COMING: Cell<u32> = const { Cell::new(0) };
}

/// Where the event is heard.
pub(crate) fn target() -> Option<EventTarget> {
    web_sys::window().map(Into::into)
}

/// Whether chunks are being fetched: what is not here may come.
pub(crate) fn is_coming() -> bool {
    COMING.get() > 0
}

/// Chunks are being fetched from now on.
#[cfg(feature = "chunks")]
pub(crate) fn begins() {
    COMING.set(COMING.get() + 1);
    tell();
}

/// They have come, or cannot be had.
#[cfg(feature = "chunks")]
pub(crate) fn ends() {
    COMING.set(COMING.get().saturating_sub(1));
    tell();
}

/// Whoever waits for a chunk looks whether it is there.
#[cfg(feature = "chunks")]
pub(crate) fn tell() {
    if let (Some(target), Ok(event)) = (target(), web_sys::Event::new(SETTLED)) {
        // Refused only for an event that is being told already.
        let _ = target.dispatch_event(&event);
    }
}
