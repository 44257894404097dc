//! The overview: the whole run to scale in one strip, with the playhead; press or drag to go there.

use super::layout::moved;
use crate::time::Time;
use crate::timeline::Timeline;
use crate::timeline::pods::{PodEnding, SegmentKind};
use crate::web::controls::drag::{Drag, use_press_and_drag};
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::fmt::Write;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// Props of [`Overview`].
#[derive(Clone, PartialEq)]
pub(crate) struct OverviewProps {
    pub(crate) stage: Shared<Stage>,
    /// Where the playhead is.
    pub(crate) playhead: Time,
}

/// Height of the strip in its own units, and the room that rows share.
const HEIGHT: f64 = 26.0;
const ROOM: f64 = 18.0;

impl Piece for OverviewProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_overview(self).run(hooks)
    }
}

/// A strip to scale.
#[hook]
fn use_overview(props: &OverviewProps) -> Html {
    let words = props.stage.lang.timeline();
    let node = use_node_ref();
    let paths = use_memo(props.stage.timeline.clone(), |timeline| paths(timeline));
    let seek = {
        let (node, timeline, on_action) = (node.clone(), props.stage.timeline.clone(), props.stage.on_action.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(share) = super::share_of(&node, f64::from(event.client_x())) {
                let end = timeline.end.millis() as f64;
                let at = Time::from_millis((share.clamp(0.0, 1.0) * end).round() as i64);
                on_action.emit(Action::Seek(at));
            }
        })
    };
    let Drag { onpointerdown, onpointermove, onpointerup } = use_press_and_drag(seek);
    let onkeydown = super::playhead_keys(&props.stage.on_action, props.stage.timeline.end);
    let share = props.playhead.millis() as f64 / props.stage.timeline.end.millis().max(1) as f64;
    html! {
        <div class="scrub" ref={node} role="slider" tabindex="0" aria-label={words.overview} aria-valuemin="0"
            aria-valuemax={props.stage.timeline.end.millis().to_string()} aria-valuenow={props.playhead.millis().to_string()}
            aria-valuetext={props.stage.lang.format().clock_short(props.playhead)} {onpointerdown} {onpointermove} {onpointerup} {onkeydown}>
            <svg class="marks" aria-hidden="true" viewBox={format!("0 0 10000 {HEIGHT}")} preserveAspectRatio="none">
                { for paths.iter().map(|(class, d)| html! { <path class={*class} d={d.clone()}/> }) }
            </svg>
            <i ~style={moved(share.clamp(0.0, 1.0))}/>
        </div>
    }
}

fn paths(timeline: &Timeline) -> Vec<(&'static str, String)> {
    let end = timeline.end.millis().max(1) as f64;
    let x = |at: Time| at.millis() as f64 / end * 1e4;
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
