//! The grid of lanes: a row header per lane and its marks as buttons; over them the breaks, the veil, the thread and the
//! playhead. The keyboard walks over the buttons.

mod lane;

use super::aim::{Aiming, use_aim};
use super::fault_menu::{FaultMenuProps, MenuTarget};
use super::faults::FaultProps;
use super::layout::{self, AXIS, CLUSTER, FaultPlace, FaultTracks, Lane, LaneKind, Open, percent};
use super::node_row::Ties;
use super::overlay::{AxisProps, ThreadProps, axis, breaks, old_future};
use super::{SheetProps, gestures, grid_keys};
use crate::api::{ObjectKey, PodId};
use crate::order;
use crate::time::Time;
use crate::timeline::faults::Fault;
use crate::timeline::many::Many;
use crate::timeline::{Timeline, stepping};
use crate::web::browser;
use crate::web::controls::late::late_piece;
use crate::web::controls::piece::{Piece, piece, piece_of_list};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use gestures::Gestures;
use lane::{LanePainter, OpenMenu, menu_title};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// Width of the track until it is measured.
const WIDTH: f64 = 880.0;

/// The lanes of a sheet.
#[derive(PartialEq)]
pub(super) struct Lanes {
    /// On the axis of the part that is shown.
    pub(super) sheet: SheetProps,
    /// For what does not depend on the axis.
    pub(super) whole: Shared<Stage>,
}

impl Piece for Lanes {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_lanes(&self.sheet, &self.whole).run(hooks)
    }
}

/// Everything between the instruments and the tray.
#[hook]
fn use_lanes(props: &SheetProps, whole: &Shared<Stage>) -> Html {
    let words = props.stage.lang.timeline();
    let track = use_node_ref();
    let grid = use_node_ref();
    let width = use_width(&track);
    let menu = use_state(|| None::<OpenMenu>);
    let timeline = &props.stage.timeline;
    let now = stepping::current(&timeline.moments, props.playhead).map_or(Time::ZERO, |moment| moment.at);

    let kept_places = use_mut_ref(|| (Vec::<(usize, FaultPlace)>::new(), FaultTracks::default()));
    // Of many inputs only the open one has a box.
    let opened = use_state(|| 0usize);
    let are_many = timeline.crowd(Many::Inputs).is_some();
    let held = props.held.and_then(|held| timeline.faults.iter().position(|fault| fault.input == held.input));
    let open_input = held.or_else(|| open_input(props, *opened)).unwrap_or(*opened);
    let open_input = open_input.min(timeline.faults.len().saturating_sub(1));
    let boxes = if are_many { open_input..open_input + 1 } else { 0..timeline.faults.len() };
    let named: Vec<(usize, &Fault, String)> =
        boxes.map(|n| (n, &timeline.faults[n], (words.fault)(&timeline.faults[n]))).collect();
    let by_node = layout::is_by_node(timeline, props.rows);
    let (mut places, mut tracks) = layout::fault_places(timeline, &named, by_node, width);
    // While one is dragged, each stays in its track.
    if held.is_some() {
        let (kept, count) = &*kept_places.borrow();
        let place = |fault: &Fault| kept.iter().find(|(input, _)| *input == fault.input).map(|(_, place)| *place);
        places = named.iter().map(|(_, fault, _)| place(fault).unwrap_or_default()).collect();
        tracks = count.clone();
    } else {
        let inputs = named.iter().map(|(_, fault, _)| fault.input);
        *kept_places.borrow_mut() = (inputs.zip(places.iter().copied()).collect(), tracks.clone());
    }
    // In the order of the text: an element that is moved in the document is let go.
    let mut boxes: Vec<(&(usize, &Fault, String), FaultPlace)> = named.iter().zip(places.iter().copied()).collect();
    order::sort_by_key(&mut boxes, |((_, fault, _), _)| fault.input);
    let object = props.selection.and_then(|on| on.object);
    let subject = timeline.subject(object, props.playhead).map(|track| track.job);
    let open = Open {
        job: subject.and_then(|job| timeline.jobs.binary_search_by_key(&job, |track| track.job).ok()),
        cron_job: timeline.cron_lane(object.or(subject.map(ObjectKey::Job))),
        row: match object {
            Some(ObjectKey::Pod(pod)) => layout::open_row(timeline, pod),
            Some(ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => None,
        },
    };
    let of_lanes = (timeline.clone(), (props.order, props.rows), tracks.clone(), open, width.to_bits());
    let lanes = use_memo(of_lanes, |(timeline, order, tracks, open, width)| {
        layout::lanes(timeline, *order, tracks, *open, f64::from_bits(*width))
    });
    let height = lanes.last().map_or(AXIS, |lane| lane.top + lane.height);
    let on_open = Callback::from(move |input: usize| opened.set(input));
    let painter = LanePainter { props, whole, now, width, tracks, menu: menu.clone(), open_input, on_open };
    let axis_props = AxisProps { stage: props.stage.clone(), playhead: props.playhead, width, track: track.clone() };
    use_roving(&grid, props.stage.timeline.clone());

    let on_exit_code = {
        let (menu, lanes, timeline) = (menu.clone(), Rc::clone(&lanes), timeline.clone());
        Callback::from(move |pod: PodId| {
            let top =
                lanes.iter().find(|lane| layout::is_row_of(&timeline, lane.kind, pod)).map_or(AXIS, |lane| lane.top);
            menu.set(Some(OpenMenu { of: MenuTarget::Pod(pod), top, to_number: true }));
        })
    };
    let onkeydown = grid_keys::grid(props, &grid, &on_exit_code);
    let Aiming { aim, ondragover, ondragleave, ondrop } = use_aim(props, &track, &lanes, width);
    let onfocusin = grid_keys::keep_focus(props, &grid, &track);
    let is_part = props.sight.window.is_some();
    let (Gestures { onpointerdown, onpointermove, onpointerup, onpointercancel, ondblclick }, range) =
        gestures::use_gestures(&grid, &track, &props.stage.on_action, is_part);
    let class = classes!("lanes", held.is_some().then_some("held"), is_part.then_some("part"));
    // One for the life of the lanes: a menu that is drawn anew forgets what was typed into it.
    let close = use_callback(menu.setter(), |(), menu| menu.set(None));
    let scroller = use_node_ref();
    super::scroller::use_in_sight(props, &lanes, &scroller);
    html! {<>
        <div class="scroller" ref={scroller.clone()}>
        <div {class} ref={grid} ~style={format!("min-height:{:.0}px", height + 8.0)} {onkeydown} {onfocusin} {ondrop} {ondragover} {ondragleave}
            {onpointerdown} {onpointermove} {onpointercancel} {onpointerup} {ondblclick}>
            { axis(&axis_props) }
            <div role="grid" aria-label={words.timeline} class="grid">
                { for lanes.iter().map(|lane| painter.lane(lane)) }
            </div>
            { breaks(timeline) }
            if let Some(old) = &props.ghost { { old_future(old, timeline, &lanes, props.playhead, held.is_some()) } }
            <div class="over veils" aria-hidden="true"><div class="veil" ~style={layout::moved(timeline.axis.x(props.playhead).clamp(0.0, 1.0))}/></div>
            { piece(ThreadProps { stage: props.stage.clone(), selection: props.selection, lanes: Rc::clone(&lanes), width }) }
            { piece(Ties { stage: props.stage.clone(), lanes: Rc::clone(&lanes) }) }
            { stems(timeline, &lanes, &named, &places) }
            { piece(axis_props) }
            <div class="over faults">
                { for boxes.into_iter().map(|((n, fault, words), place)| html! {
                    { piece_of_list(fault.input, FaultProps { stage: props.stage.clone(), fault: *n, words: words.clone().into(), top: layout::fault_top(&lanes, place), width, on: is_on(props, fault), held: props.held.filter(|held| held.input == fault.input), track: track.clone() }) }
                }) }
            </div>
            { aim }
            { range }
        </div>
        </div>
        if let Some(OpenMenu { of, top, to_number }) = *menu {
            { late_piece(FaultMenuProps { stage: props.stage.clone(), of, place: super::scroller::menu_place(&scroller, top).into(), to_number, title: menu_title(timeline, of, props.stage.lang).into(), playhead: props.playhead, on_close: close }) }
        }
    </>}
}

/// The input that is selected, else the one that was opened last.
fn open_input(props: &SheetProps, opened: usize) -> Option<usize> {
    let step = props.selection?.step;
    let is_selected = |fault: &Fault| fault.mark.is_some_and(|mark| mark.step == step);
    let faults = &props.stage.timeline.faults;
    if faults.get(opened).is_some_and(is_selected) { Some(opened) } else { faults.iter().position(is_selected) }
}

fn is_on(props: &SheetProps, fault: &Fault) -> bool {
    props.selection.is_some_and(|on| fault.mark.is_some_and(|mark| mark.step == on.step))
}

/// Dashed lines from the faults down to what they hit.
fn stems(
    timeline: &Shared<Timeline>,
    lanes: &[Lane],
    named: &[(usize, &Fault, String)],
    places: &[FaultPlace],
) -> Html {
    let foot = |fault: &Fault, (node, _): FaultPlace| {
        if let Some(lane) = lanes.iter().find(|lane| node.is_some_and(|node| lane.kind == LaneKind::Node(node))) {
            return lane.top + lane.height - 4.0;
        }
        let track = |n: usize| &timeline.jobs[n];
        let hit = lanes.iter().find(|lane| match (lane.kind, fault.pod, fault.job) {
            (row @ LaneKind::Row(..), Some(pod), _) => layout::is_row_of(timeline, row, pod),
            (LaneKind::Job(n), None, Some(job)) => track(n).job == job,
            (LaneKind::Controller(_), None, None) => true,
            _ => false,
        });
        hit.map_or(AXIS + CLUSTER, |lane| lane.top + 9.0)
    };
    html! {
        <div class="over" aria-hidden="true">
            { for named.iter().map(|(_, fault, _)| *fault).zip(places).filter(|(fault, _)| !fault.disabled).map(|(fault, place)| {
                let top = layout::fault_top(lanes, *place) + 13.0;
                let style = format!("left:{};top:{top:.0}px;height:{:.0}px", percent(timeline.axis.x(fault.at)), (foot(fault, *place) - top).max(0.0));
                html! { <div class="stem" ~{style}/> }
            }) }
        </div>
    }
}

/// The width of an element, kept up to date.
#[hook]
fn use_width(node: &NodeRef) -> f64 {
    let width = use_state(|| WIDTH);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| {
            let element = node.cast::<Element>();
            let measured = element.clone();
            let on_resize = Closure::<dyn FnMut()>::new(move || {
                let now: f64 = measured.as_ref().map_or(0.0, |element| element.get_bounding_client_rect().width());
                if now > 0.0 {
                    // Whole steps: a pixel more changes no label.
                    width.set((now / 4.0).round() * 4.0);
                }
            });
            let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, &element) {
                observer.observe(element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(on_resize);
            }
        });
    }
    *width
}

/// One button of the grid can be reached by Tab; the arrow keys go on from there. If the one that has the focus goes, its
/// place is taken.
#[hook]
fn use_roving(grid: &NodeRef, timeline: Shared<Timeline>) {
    let had_focus =
        grid.cast::<Element>().is_some_and(|grid| browser::first_in::<Element>(&grid, ".grid .hit:focus").is_some());
    let grid = grid.clone();
    use_effect_with(timeline, move |_| {
        let Some(grid) = grid.cast::<Element>() else { return };
        let first = |selector| browser::first_in::<HtmlElement>(&grid, selector);
        let reached = first(".grid button[tabindex='0']");
        let reached = reached.or_else(|| first(".podrow .hit")).or_else(|| first(".hit"));
        let Some(reached) = reached else { return };
        reached.set_tab_index(0);
        if had_focus && first(".hit:focus").is_none() {
            // A page that refuses the focus keeps working.
            let _ = reached.focus();
        }
    });
}
