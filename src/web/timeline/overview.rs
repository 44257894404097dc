//! The overview: the whole run to scale in one strip, with the playhead and the part that the timeline shows. A press goes
//! there, a drag moves the part that is shown, or one of its edges; while all is shown, the playhead.

use super::layout::moved;
use crate::time::{Span, Time};
use crate::timeline::Timeline;
use crate::timeline::pods::{PodEnding, SegmentKind};
use crate::timeline::window::Window;
use crate::web::controls::drag::{Drag, TREMBLE, capture, use_drag};
use crate::web::controls::piece::{Piece, piece_of_list};
use crate::web::state::action::Action;
use crate::web::state::look::Look;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::fmt::Write;
use web_sys::Element;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(crate) struct OverviewProps {
    pub(crate) stage: Shared<Stage>,
    /// Where the playhead is.
    pub(crate) playhead: Time,
    /// The part that the timeline shows; `None` is all of it.
    pub(crate) window: Option<Window>,
}

/// Height of the strip in its own units, and the room that rows share.
const HEIGHT: f64 = 26.0;
const ROOM: f64 = 18.0;

/// What of the strip stays while time goes on.
#[derive(Clone, PartialEq)]
struct Strip {
    stage: Shared<Stage>,
    window: Option<Window>,
}

impl Strip {
    fn end(&self) -> Time {
        self.stage.timeline.end
    }

    fn share(&self, at: Time) -> f64 {
        share(&self.stage.timeline, at).clamp(0.0, 1.0)
    }

    /// The time at a place of the screen.
    fn time(&self, node: &NodeRef, client_x: f64) -> Option<Time> {
        let share = super::share_of(node, client_x)?;
        let scale = &self.stage.timeline.true_scale;
        Some(scale.time(share.clamp(0.0, 1.0) * scale.x(scale.end())))
    }

    fn edges(&self) -> Window {
        self.window.unwrap_or(Window { from: Time::ZERO, to: self.end() })
    }
}

impl Piece for OverviewProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_overview(self).run(hooks)
    }
}

/// A strip to scale.
#[hook]
fn use_overview(props: &OverviewProps) -> Html {
    let words = props.stage.lang.timeline();
    let strip = Strip { stage: props.stage.clone(), window: props.window };
    let node = use_node_ref();
    let paths = use_memo(props.stage.timeline.clone(), |timeline| paths(timeline));
    let Drag { onpointerdown, onpointermove, onpointerup } = use_grab(&strip, &node);
    let onkeydown = super::playhead_keys(&props.stage.on_action, strip.end());
    let Window { from, to } = strip.edges();
    html! {
        <div class={classes!("strip", props.window.is_some().then_some("part"))} ~style={format!("--from:{:.5};--to:{:.5}", strip.share(from), strip.share(to))}>
            <div class="scrub" ref={node.clone()} role="slider" tabindex="0" aria-label={words.overview} aria-valuemin="0"
                aria-valuemax={strip.end().millis().to_string()} aria-valuenow={props.playhead.millis().to_string()}
                aria-valuetext={props.stage.lang.format().clock_short(props.playhead)} {onpointerdown} {onpointermove} onpointercancel={onpointerup.clone()} {onpointerup} {onkeydown}>
                <svg class="marks" aria-hidden="true" viewBox={format!("0 0 10000 {HEIGHT}")} preserveAspectRatio="none">
                    { for paths.iter().map(|(class, d)| html! { <path class={*class} d={d.clone()}/> }) }
                </svg>
                <i ~style={moved(strip.share(props.playhead))}/>
            </div>
            { piece_of_list("from", EdgeProps { strip: strip.clone(), node: node.clone(), is_end: false }) }
            { piece_of_list("to", EdgeProps { strip, node, is_end: true }) }
        </div>
    }
}

/// Where the strip was pressed.
struct Grab {
    client_x: i32,
    at: Time,
    /// What was shown then, if the press was on it.
    window: Option<Window>,
    moved: bool,
}

#[hook]
fn use_grab(strip: &Strip, node: &NodeRef) -> Drag {
    let grab = use_mut_ref(|| None::<Grab>);
    let onpointerdown = {
        let (grab, node, strip) = (grab.clone(), node.clone(), strip.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(at) = strip.time(&node, f64::from(event.client_x())).filter(|_| event.button() == 0) else {
                return;
            };
            if let Some(element) = node.cast::<Element>() {
                capture(&element, event.pointer_id());
            }
            let window = strip.window.filter(|window| window.from <= at && at <= window.to);
            *grab.borrow_mut() = Some(Grab { client_x: event.client_x(), at, window, moved: false });
            if strip.window.is_none() {
                strip.stage.on_action.emit(Action::Seek(at));
            }
        })
    };
    let onpointermove = {
        let (grab, node, strip) = (grab.clone(), node.clone(), strip.clone());
        Callback::from(move |event: PointerEvent| {
            let mut grab = grab.borrow_mut();
            let Some((grab, at)) = grab.as_mut().zip(strip.time(&node, f64::from(event.client_x()))) else { return };
            if !grab.moved && f64::from((event.client_x() - grab.client_x).abs()) < TREMBLE {
                return;
            }
            grab.moved = true;
            strip.stage.on_action.emit(match grab.window {
                Some(window) => {
                    let length = window.to - window.from;
                    let last = strip.end().max(window.to) - length;
                    let from = (window.from + (at - grab.at)).clamp(Time::ZERO, last);
                    Action::Look(Look::Between(from, from + length))
                }
                None => Action::Seek(at),
            });
        })
    };
    let onpointerup = {
        let on_action = strip.stage.on_action.clone();
        let is_part = strip.window.is_some();
        Callback::from(move |_: PointerEvent| {
            let Some(Grab { at, moved, .. }) = grab.borrow_mut().take() else { return };
            if is_part && !moved {
                on_action.emit(Action::Seek(at));
                on_action.emit(Action::Look(Look::Around(at)));
            }
        })
    };
    Drag { onpointerdown, onpointermove, onpointerup }
}

/// An edge of what is shown.
#[derive(Clone, PartialEq)]
struct EdgeProps {
    strip: Strip,
    node: NodeRef,
    is_end: bool,
}

impl EdgeProps {
    /// What is shown with this edge at a time.
    fn look(&self, at: Time) -> Action {
        let Window { from, to } = self.strip.edges();
        Action::Look(if self.is_end { Look::Between(from, at) } else { Look::Between(at, to) })
    }
}

impl Piece for EdgeProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_edge(self).run(hooks)
    }
}

/// While all is shown there is nothing to step, and the edge is a handle for the pointer alone.
#[hook]
fn use_edge(props: &EdgeProps) -> Html {
    let strip = &props.strip;
    let Window { from, to } = strip.edges();
    let (at, class) = if props.is_end { (to.min(strip.end()), "edge to") } else { (from, "edge from") };
    let on_action = strip.stage.on_action.clone();
    // From the edge to the pointer.
    let offset = use_mut_ref(|| 0.0);
    let Drag { onpointerdown, onpointermove, onpointerup } = {
        let (props, offset, on_action) = (props.clone(), offset.clone(), on_action.clone());
        use_drag(Callback::from(move |event: PointerEvent| {
            let client_x = f64::from(event.client_x()) - *offset.borrow();
            if let Some(at) = props.strip.time(&props.node, client_x) {
                on_action.emit(props.look(at));
            }
        }))
    };
    let onpointerdown = {
        let (node, share) = (props.node.clone(), strip.share(at));
        Callback::from(move |event: PointerEvent| {
            let rect = node.cast::<Element>().map(|strip| strip.get_bounding_client_rect());
            let edge = rect.map_or(0.0, |rect| rect.left() + share * rect.width());
            *offset.borrow_mut() = f64::from(event.client_x()) - edge;
            onpointerdown.emit(event);
        })
    };
    let onkeydown = {
        let props = props.clone();
        // A hundredth of what is shown, or ten.
        let step = ((to - from).millis() / 100).max(100);
        Callback::from(move |event: KeyboardEvent| {
            let step = Span::from_millis(if event.shift_key() { 10 * step } else { step });
            let at = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => at - step,
                "ArrowRight" | "ArrowUp" => at + step,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            on_action.emit(props.look(at.clamp(Time::ZERO, props.strip.end())));
        })
    };
    let lang = strip.stage.lang;
    let is_part = strip.window.is_some();
    html! {
        <span {class} role={is_part.then_some("slider")} tabindex={is_part.then_some("0")} aria-label={is_part.then(|| lang.timeline().edges[usize::from(props.is_end)])}
            aria-valuemin={is_part.then_some("0")} aria-valuemax={is_part.then(|| strip.end().millis().to_string())}
            aria-valuenow={is_part.then(|| at.millis().to_string())} aria-valuetext={is_part.then(|| lang.format().clock(at))}
            data-at={at.millis().to_string()} {onpointerdown} {onpointermove} onpointercancel={onpointerup.clone()} {onpointerup} {onkeydown}/>
    }
}

/// Where a time lies on the strip.
fn share(timeline: &Timeline, at: Time) -> f64 {
    timeline.true_scale.x(at) / timeline.true_scale.x(timeline.end).max(f64::EPSILON)
}

fn paths(timeline: &Timeline) -> Vec<(&'static str, String)> {
    let x = |at: Time| share(timeline, at) * 1e4;
    let rows: usize = timeline.jobs.iter().map(|track| track.rows.len()).sum();
    let pitch = (ROOM / rows.max(1) as f64).min(6.0);
    let thick = (pitch * 0.7).clamp(0.6, 4.0);
    let mut paths = [
        ("t-waiting", String::new()),
        ("t-running", String::new()),
        ("t-terminating", String::new()),
        ("t-failed", String::new()),
        ("t-succeeded", String::new()),
        ("t-ghost", String::new()),
        ("t-pending", String::new()),
    ];
    let mut rect = |path: usize, x: f64, y: f64, width: f64, height: f64| {
        // Writing to a String cannot fail.
        let _ = write!(paths[path].1, "M{x:.0} {y:.2}h{width:.0}v{height:.2}h{:.0}z", -width);
    };
    // Thousands of rows lie on each other here: a few hundred tell as much.
    let every = rows.div_ceil(400).max(1);
    let mut y = 5.0;
    let (mut number, mut last_deletion) = (0, -1.0);
    for track in timeline.jobs.iter() {
        for row in &track.rows {
            number += 1;
            if (number - 1) % every != 0 {
                continue;
            }
            for wait in row.backoffs.iter().map(|position| &track.backoffs[*position]) {
                rect(0, x(wait.from), y + thick / 2.0 - 0.5, x(wait.ended) - x(wait.from), 1.0);
            }
            for bar in row.bars.iter().map(|position| &track.bars[*position]) {
                for segment in &bar.segments {
                    let (path, height) = match segment.kind {
                        SegmentKind::AwaitingRestart { .. } => (0, 1.0),
                        SegmentKind::Waiting(_) => (6, 1.0),
                        SegmentKind::Pending | SegmentKind::Running => (1, thick),
                        SegmentKind::Terminating { .. } => (2, thick),
                    };
                    rect(
                        path,
                        x(segment.from),
                        y + (thick - height) / 2.0,
                        (x(segment.to) - x(segment.from)).max(8.0),
                        height,
                    );
                }
                if let Some(cap) = bar.end {
                    rect(
                        if cap.how == PodEnding::Succeeded { 4 } else { 3 },
                        x(cap.mark.at).min(9930.0),
                        y,
                        70.0,
                        thick,
                    );
                }
            }
            y += pitch * every as f64;
        }
        if let Some((mark, _)) = track.lane.deleted
            && (last_deletion < 0.0 || x(mark.at) - last_deletion >= 120.0)
        {
            last_deletion = x(mark.at);
            rect(5, x(mark.at).min(9970.0), 4.0, 30.0, 18.0);
        }
    }
    paths.into_iter().filter(|(_, d)| !d.is_empty()).collect()
}
