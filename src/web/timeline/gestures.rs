//! Gestures on the lanes that change what is shown of the run: the wheel with Ctrl or Shift, two fingers, a drag, and a drag
//! along the axis. The wheel alone stays the page's.

use super::layout::percent;
use crate::web::browser::listener::Listener;
use crate::web::controls::drag::{TREMBLE, capture};
use crate::web::state::action::Action;
use crate::web::state::look::Look;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, WheelEvent};
use yew::prelude::*;

/// The handlers of the lanes.
pub(super) struct Gestures {
    pub(super) onpointerdown: Callback<PointerEvent>,
    pub(super) onpointermove: Callback<PointerEvent>,
    pub(super) onpointerup: Callback<PointerEvent>,
    pub(super) onpointercancel: Callback<PointerEvent>,
    pub(super) ondblclick: Callback<MouseEvent>,
}

/// Pointers that are down, by their id, at most two; and whether they have moved.
#[derive(Default)]
struct Held {
    pointers: Vec<(i32, [f64; 2])>,
    moved: bool,
    /// Where the axis was pressed, and where the pointer is now, as shares of the track.
    range: Option<[f64; 2]>,
}

/// `lanes` is the element that the gestures are made on, `track` the one that positions are shares of.
#[hook]
pub(super) fn use_gestures(
    lanes: &NodeRef,
    track: &NodeRef,
    on_action: &Callback<Action>,
    is_part: bool,
) -> (Gestures, Html) {
    use_wheel(lanes, track, on_action);
    let held = use_mut_ref(Held::default);
    let range = use_state_eq(|| None::<[f64; 2]>);
    let onpointerdown = {
        let (held, track) = (held.clone(), track.clone());
        Callback::from(move |event: PointerEvent| {
            let mut held = held.borrow_mut();
            if event.button() != 0 || held.pointers.len() == 2 {
                return;
            }
            if is_ground(&event) {
                held.moved = false;
                held.pointers.push((event.pointer_id(), place(&event)));
            } else if held.pointers.is_empty() && is_in(&event, ".axis .track") {
                held.range = super::share_of(&track, f64::from(event.client_x())).map(|share| [share; 2]);
            }
        })
    };
    let onpointermove = {
        let (held, range, lanes, track, on_action) =
            (held.clone(), range.clone(), lanes.clone(), track.clone(), on_action.clone());
        Callback::from(move |event: PointerEvent| {
            let mut held = held.borrow_mut();
            // It was let go elsewhere.
            if event.buttons() == 0 {
                *held = Held::default();
                return;
            }
            let Some(width) = track.cast::<Element>().map(|track| track.get_bounding_client_rect().width()) else {
                return;
            };
            let hold = |id: i32| {
                if let Some(lanes) = lanes.cast::<Element>() {
                    capture(&lanes, id);
                }
            };
            if let Some([from, to]) = &mut held.range {
                *to = super::share_of(&track, f64::from(event.client_x())).unwrap_or(*to).clamp(0.0, 1.0);
                if range.is_some() || (*to - *from).abs() * width > TREMBLE {
                    hold(event.pointer_id());
                    range.set(Some([from.min(*to), from.max(*to)]));
                }
                return;
            }
            let Some(number) = held.pointers.iter().position(|(id, _)| *id == event.pointer_id()) else { return };
            let (before, now) = (held.pointers[number].1, place(&event));
            let is_pinch = held.pointers.len() == 2;
            if !held.moved {
                if !is_pinch && (!is_part || (now[0] - before[0]).abs() < TREMBLE) {
                    return;
                }
                held.moved = true;
                held.pointers.iter().for_each(|(id, _)| hold(*id));
            }
            held.pointers[number].1 = now;
            let Some((_, other)) = held.pointers.get(1 - number).filter(|_| is_pinch) else {
                on_action.emit(Action::Look(Look::Pan((before[0] - now[0]) / width)));
                return;
            };
            let apart = |one: [f64; 2]| (one[0] - other[0]).hypot(one[1] - other[1]).max(10.0);
            let factor = apart(before) / apart(now);
            let middle = (now[0] + other[0]) / 2.0;
            on_action.emit(Action::Look(Look::Zoom { about: super::share_of(&track, middle), factor }));
            on_action.emit(Action::Look(Look::Pan((before[0] - now[0]) / 2.0 / width)));
        })
    };
    let onpointercancel = {
        let (held, range) = (held.clone(), range.clone());
        Callback::from(move |event: PointerEvent| {
            let mut held = held.borrow_mut();
            held.pointers.retain(|(id, _)| *id != event.pointer_id());
            held.range = None;
            range.set(None);
        })
    };
    let onpointerup = {
        let (range, on_action, onpointercancel) = (range.clone(), on_action.clone(), onpointercancel.clone());
        Callback::from(move |event: PointerEvent| {
            let chosen = held.borrow().range.filter(|_| range.is_some());
            onpointercancel.emit(event);
            if let Some([from, to]) = chosen {
                on_action.emit(Action::Look(Look::Within(from, to)));
            }
        })
    };
    let ondblclick = {
        let on_action = on_action.clone();
        Callback::from(move |event: MouseEvent| {
            if is_ground(&event) && !is_in(&event, ".hit") {
                on_action.emit(Action::Look(Look::All));
            }
        })
    };
    let range = range.map(|[from, to]| {
        let style = format!("left:{};width:{}", percent(from), percent(to - from));
        html! { <div class="over range" aria-hidden="true"><i ~{style}/></div> }
    });
    (Gestures { onpointerdown, onpointermove, onpointerup, onpointercancel, ondblclick }, range.unwrap_or_default())
}

fn place(event: &PointerEvent) -> [f64; 2] {
    [f64::from(event.client_x()), f64::from(event.client_y())]
}

/// Whether an event is on the lanes, and not on something that is dragged or pressed for its own sake.
fn is_ground(event: &Event) -> bool {
    is_in(event, ".track") && !is_in(event, ".axis, .fault, .playhead, .crowd:not(.rows)")
}

fn is_in(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

/// Yew listens to the wheel without a say in what becomes of it.
#[hook]
fn use_wheel(lanes: &NodeRef, track: &NodeRef, on_action: &Callback<Action>) {
    let (lanes, track) = (lanes.clone(), track.clone());
    use_effect_with(on_action.clone(), move |on_action| {
        let on_action = on_action.clone();
        let turned = Callback::from(move |event: Event| {
            let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
            let Some(width) = track.cast::<Element>().map(|track| track.get_bounding_client_rect().width()) else {
                return;
            };
            let unit = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 16.0 };
            let look = if event.ctrl_key() || event.meta_key() {
                // Two fingers on a touchpad send small steps, a wheel large ones.
                let factor = (unit * event.delta_y() / 100.0).clamp(-0.4, 0.4).exp();
                Look::Zoom { about: super::share_of(&track, f64::from(event.client_x())), factor }
            } else if event.shift_key() {
                let turned = if event.delta_x() == 0.0 { event.delta_y() } else { event.delta_x() };
                Look::Pan(unit * turned / width)
            } else {
                return;
            };
            event.prevent_default();
            on_action.emit(Action::Look(look));
        });
        let listener = lanes.cast::<Element>().map(|lanes| Listener::new(&lanes, "wheel", turned));
        move || drop(listener)
    });
}
