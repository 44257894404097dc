//! Listeners for events that Yew does not know.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};
use yew::Callback;

/// Listens for as long as the value lives.
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
    captures: bool,
}

impl Listener {
    /// Hears events at a target or inside it.
    pub(crate) fn new(target: &EventTarget, name: &'static str, callback: Callback<Event>) -> Listener {
        let closure = Closure::new(move |event: Event| callback.emit(event));
        // Refused only if the callback is not a function.
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        Listener { target: target.clone(), name, closure, captures: false }
    }

    /// Hears events in the capture phase: before anything inside the target does, and also those that do not bubble, such
    /// as scrolling.
    pub(crate) fn before(target: &EventTarget, name: &'static str, callback: Callback<Event>) -> Listener {
        let closure = Closure::new(move |event: Event| callback.emit(event));
        let _ = target.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
        Listener { target: target.clone(), name, closure, captures: true }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, function, self.captures);
    }
}
