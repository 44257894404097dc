//! Animation frames of the browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::Callback;

type Frame = Closure<dyn FnMut(f64)>;

/// Calls back before each repaint with the window's time in milliseconds, for as long as the value lives.
pub(crate) struct AnimationFrames {
    frame: Rc<RefCell<Option<Frame>>>,
    /// The handle of the next frame, to cancel it.
    asked: Rc<Cell<i32>>,
}

impl AnimationFrames {
    /// Begins with the next repaint.
    pub(crate) fn new(callback: Callback<f64>) -> AnimationFrames {
        let frames = AnimationFrames { frame: Rc::default(), asked: Rc::default() };
        let (frame, asked) = (Rc::downgrade(&frames.frame), Rc::clone(&frames.asked));
        *frames.frame.borrow_mut() = Some(Closure::new(move |now: f64| {
            if let Some(frame) = frame.upgrade() {
                request(&frame, &asked);
                callback.emit(now);
            }
        }));
        request(&frames.frame, &frames.asked);
        frames
    }
}

impl Drop for AnimationFrames {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // Refused only for a frame that was not requested.
            let _ = window.cancel_animation_frame(self.asked.get());
        }
    }
}

fn request(frame: &RefCell<Option<Frame>>, asked: &Cell<i32>) {
    if let (Some(window), Some(closure)) = (web_sys::window(), frame.borrow().as_ref()) {
        // Refused only without a window to paint.
        asked.set(window.request_animation_frame(closure.as_ref().unchecked_ref()).unwrap_or_default());
    }
}
