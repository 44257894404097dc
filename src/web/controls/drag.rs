//! Dragging: an element is held from a press to its release, wherever the pointer goes.

use web_sys::Element;
use yew::prelude::*;

/// How far a pointer moves before it is a drag: a press that trembles is a press.
pub(crate) const TREMBLE: f64 = 4.0;

/// All that a pointer does until it is let go is done to this element.
pub(crate) fn capture(element: &Element, pointer: i32) {
    // Fails only for a pointer that has gone already.
    let _ = element.set_pointer_capture(pointer);
}

/// The handlers of an element that can be dragged.
pub(crate) struct Drag {
    pub(crate) onpointerdown: Callback<PointerEvent>,
    pub(crate) onpointermove: Callback<PointerEvent>,
    pub(crate) onpointerup: Callback<PointerEvent>,
}

/// Calls `on_move` while the element is held.
#[hook]
pub(crate) fn use_drag(on_move: Callback<PointerEvent>) -> Drag {
    let held = use_mut_ref(|| false);
    let onpointerdown = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            *held.borrow_mut() = true;
            if let Some(element) = event.target_dyn_into::<Element>() {
                capture(&element, event.pointer_id());
            }
        })
    };
    let onpointermove = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            // A pointer that was taken away while it was down comes back without a button.
            if *held.borrow() && event.buttons() != 0 {
                on_move.emit(event);
            }
        })
    };
    let onpointerup = Callback::from(move |_: PointerEvent| *held.borrow_mut() = false);
    Drag { onpointerdown, onpointermove, onpointerup }
}

/// The same, for an element on which a press alone is a move, too.
#[hook]
pub(crate) fn use_press_and_drag(on_move: Callback<PointerEvent>) -> Drag {
    let Drag { onpointerdown, onpointermove, onpointerup } = use_drag(on_move.clone());
    let onpointerdown = Callback::from(move |event: PointerEvent| {
        onpointerdown.emit(event.clone());
        on_move.emit(event);
    });
    Drag { onpointerdown, onpointermove, onpointerup }
}
