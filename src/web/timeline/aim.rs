//! A fault of the tray over the lanes: whom it would hit, and when, is shown before it is dropped.

use super::SheetProps;
use super::layout::{self, Lane, LaneKind, percent, text_width, time_at};
use super::tray;
use crate::api::{ObjectKey, PodId};
use crate::cluster::reason::NoEffect;
use crate::time::Time;
use crate::timeline::faults::PodFault;
use crate::timeline::possible::Possible;
use crate::web::state::action::Action;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// What a fault would do where it is held.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Aim {
    fault: PodFault,
    pod: PodId,
    at: Time,
    /// Why not at the time of the place: then it is the nearest one.
    refusal: Option<NoEffect>,
    /// The row of the pod.
    top: f64,
    height: f64,
}

/// The handlers of the lanes, and what is shown over them.
pub(super) struct Aiming {
    pub(super) aim: Html,
    pub(super) ondragover: Callback<DragEvent>,
    pub(super) ondragleave: Callback<DragEvent>,
    pub(super) ondrop: Callback<DragEvent>,
}

#[hook]
pub(super) fn use_aim(props: &SheetProps, track: &NodeRef, lanes: &Rc<Vec<Lane>>, width: f64) -> Aiming {
    let shown = use_state_eq(|| None::<Aim>);
    let target = {
        let (props, track, lanes) = (props.clone(), track.clone(), Rc::clone(lanes));
        move |event: &DragEvent| {
            let fault = tray::dragged(event)?;
            let rect = track.cast::<Element>()?.get_bounding_client_rect();
            let share = super::share_of(&track, f64::from(event.client_x()))?;
            let at = time_at(&props.stage.timeline, share, width);
            aim(&props, &lanes, fault, at, f64::from(event.client_y()) - rect.top())
        }
    };
    let ondragover = {
        let (shown, target) = (shown.clone(), target.clone());
        Callback::from(move |event: DragEvent| {
            if tray::dragged(&event).is_some() {
                event.prevent_default();
                event.stop_propagation();
                shown.set(target(&event));
            }
        })
    };
    let ondragleave = {
        let shown = shown.clone();
        Callback::from(move |event: DragEvent| {
            // From one element of the lanes to another is not away from them.
            let inside = |lanes: Element| {
                let goes_to = event.related_target().and_then(|target| target.dyn_into::<Element>().ok());
                lanes.contains(goes_to.as_deref())
            };
            if !event.current_target().and_then(|lanes| lanes.dyn_into().ok()).is_some_and(inside) {
                shown.set(None);
            }
        })
    };
    let ondrop = {
        let (shown, on_action, recording) =
            (shown.clone(), props.stage.on_action.clone(), props.stage.recording.clone());
        Callback::from(move |event: DragEvent| {
            shown.set(None);
            if tray::dragged(&event).is_none() {
                return;
            }
            event.prevent_default();
            event.stop_propagation();
            let Some(aim) = target(&event) else { return };
            let Some(pod) = recording.pod_at(aim.pod, aim.at) else { return };
            let input = tray::numbered(aim.fault, pod, aim.at, tray::dropped_number(&event, aim.fault));
            on_action.emit(Action::add(input, aim.refusal));
        })
    };
    Aiming { aim: shown.map(|aim| picture(props, aim, width)).unwrap_or_default(), ondragover, ondragleave, ondrop }
}

/// The pod of the row under the pointer that can be hit soonest before or after a time; elsewhere any pod of the Job.
fn aim(props: &SheetProps, lanes: &[Lane], fault: PodFault, at: Time, y: f64) -> Option<Aim> {
    let (timeline, recording) = (&props.stage.timeline, &props.stage.recording);
    let under = lanes.iter().find(|lane| lane.top <= y && y < lane.top + lane.height)?;
    let hit = |pod: PodId| {
        let possible = Possible::of_pod(recording, pod, fault);
        Some((possible.nearest(at)?, pod, possible.refusal(at)))
    };
    let distance = |found: &(Time, PodId, Option<NoEffect>)| (found.0 - at).millis().abs();
    let found = match under.kind {
        LaneKind::Row(n, row) => {
            let track = &timeline.jobs[n];
            let row = layout::row_of(track, row);
            let pods = row.bars.iter().map(|bar| track.bars[*bar].pod);
            pods.filter_map(hit).min_by_key(distance)
        }
        LaneKind::Cluster
        | LaneKind::Cron(_)
        | LaneKind::Job(_)
        | LaneKind::Controller(_)
        | LaneKind::Group(..)
        | LaneKind::Container(..)
        | LaneKind::NoNode
        | LaneKind::Node(_)
        | LaneKind::Crowd(_) => {
            let selected = props.selection.and_then(|on| on.object);
            let track = timeline.subject(selected, at)?;
            let chosen = match selected {
                Some(ObjectKey::Pod(pod)) if track.bar(pod).is_some() => hit(pod),
                _ => None,
            };
            // Of many pods those that were made last before the time; the first ones, if there were none yet.
            let made = track.bars.partition_point(|bar| bar.created.at <= at).max(1).min(track.bars.len());
            let near = track.bars[made.saturating_sub(NEAR)..made].iter().rev().filter_map(|bar| hit(bar.pod));
            chosen.filter(|found| found.2.is_none()).or_else(|| near.min_by_key(distance))
        }
    };
    let (at, pod, refusal) = found?;
    let row = lanes.iter().find(|lane| layout::is_row_of(timeline, lane.kind, pod));
    let Lane { top, height, .. } = *row.unwrap_or(under);
    Some(Aim { fault, pod, at, refusal, top, height })
}

/// So many pods are looked at, where there is no row that names one.
const NEAR: usize = 100;

/// How high the words are.
const TIP: f64 = 44.0;

/// A line at the time, and words beside it.
fn picture(props: &SheetProps, aim: Aim, width: f64) -> Html {
    let lang = props.stage.lang;
    let words = lang.timeline();
    let clock = lang.format().clock(aim.at);
    let what = (words.pod_fault_on)(aim.fault, aim.pod.0);
    let why = aim.refusal.map(|why| (words.nearest)(aim.at, why));
    let share = props.stage.timeline.axis.x(aim.at);
    let room = text_width(&what).max(why.as_deref().map_or(0.0, text_width)) + text_width(&clock) + 40.0;
    let is_left = share * width + room > width;
    let place = percent(share);
    let side = if is_left { format!("right:calc(100% - {place})") } else { format!("left:{place}") };
    // Above the row: below the last one in sight it would be cut off.
    let height = match aim.top > TIP {
        true => format!("top:{:.0}px;transform:translateY(-100%)", aim.top),
        false => format!("top:{:.0}px", aim.top + aim.height),
    };
    html! {
        <div class="over faults aim" aria-hidden="true">
            <i ~style={format!("left:{place};top:{:.0}px;height:{:.0}px", aim.top, aim.height)}/>
            <p ~style={format!("{side};{height}")}><b>{ what }{ " " }<span class="when">{ clock }</span></b>if let Some(why) = why { <span>{ why }</span> }</p>
        </div>
    }
}
