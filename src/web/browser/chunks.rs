//! Whether chunks of the program are on their way. What waits for one hears of it by an event of the window.

use std::cell::Cell;
use web_sys::EventTarget;

/// A chunk has come, or cannot be had.
pub(crate) const SETTLED: &str = "job-playground-chunk";

thread_local! {
    static IS_COMING: Cell<bool> = const { Cell::new(false) };
}

/// Where the event is heard.
pub(crate) fn target() -> Option<EventTarget> {
    web_sys::window().map(Into::into)
}

/// Whether chunks are being fetched: what is not here may come.
pub(crate) fn is_coming() -> bool {
    IS_COMING.get()
}

/// Chunks are being fetched from now on, or no longer; whoever waits for one is told.
#[cfg(feature = "chunks")]
pub(crate) fn tell(is_coming: bool) {
    IS_COMING.set(is_coming);
    if let (Some(target), Ok(event)) = (target(), web_sys::Event::new(SETTLED)) {
        // Refused only for an event that is being told already.
        let _ = target.dispatch_event(&event);
    }
}
