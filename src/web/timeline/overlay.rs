//! What lies over all lanes: the axis with its breaks, the thread, the old future, the playhead.

use super::layout::{self, AXIS, CONTROLLER, Lane, LaneKind, moved, percent, text_width, time_at};
use super::shapes;
use crate::api::PodId;
use crate::explain::Selection;
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::Timeline;
use crate::timeline::idle::IdleReason;
use crate::timeline::thread::ThreadEnd;
use crate::web::controls::drag::{Drag, use_drag};
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::rc::Rc;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct AxisProps {
    pub(super) stage: Shared<Stage>,
    pub(super) playhead: Time,
    pub(super) width: f64,
    pub(super) track: NodeRef,
}

/// Times, and dots for what is collapsed. A press moves the playhead.
pub(super) fn axis(props: &AxisProps) -> Html {
    let axis = &props.stage.timeline.axis;
    let x = |share: f64| share * props.width;
    // The playhead carries its own time; what it would cover is left out.
    let chip = x(axis.x(props.playhead));
    let half_chip = text_width(&props.stage.lang.format().clock(props.playhead)) / 2.0 + 12.0;
    let is_free = |at: f64, width: f64| (at - chip).abs() > half_chip + width / 2.0;
    let mut written: Vec<(f64, f64)> = Vec::new();
    let ticks = axis.ticks.iter().map(|tick| {
        let text = clock_of(axis, tick.at, props.stage.lang);
        let width = text_width(&text);
        let at = x(tick.x);
        let left = if tick.x == 0.0 { at } else { at - width / 2.0 };
        let right = left + width;
        let shown = is_free(at, width) && written.last().is_none_or(|(_, end)| left > end + BETWEEN);
        if shown {
            written.push((left, right));
        }
        let place = percent(tick.x);
        html! { <>
            if shown { { shapes::label("x-3", (&place, "0"), "16", if tick.x == 0.0 { "start" } else { "middle" }, text) } }
            <rect x={place} y="24" width="1" height="6" fill="var(--line-2)"/>
        </> }
    });
    let ticks: Vec<Html> = ticks.collect();
    let breaks = axis.breaks.iter().map(|gap| {
        let middle = (gap.left + gap.right) / 2.0;
        let text = match gap.reason {
            IdleReason::Endless => props.stage.lang.timeline().for_ever.to_owned(),
            _ => props.stage.lang.format().span_rounded(gap.length),
        };
        let points = gap.points();
        let room = ((gap.right - gap.left) * props.width / 5.0).max(1.0) as usize;
        let points = points.min(room);
        let start = -2.5 * (points as f64 - 1.0);
        let dots = (0..points).map(|n| html! { <circle cx={format!("{:.1}", start + 5.0 * n as f64)} cy="0" r="1.25" fill="var(--line-3)"/> });
        let width = text_width(&text);
        let shift = beside(&written, x(middle), width).filter(|shift| is_free(x(middle) + shift, width));
        let shift = shift.filter(|_| (gap.right - gap.left) * props.width > width * 0.8);
        html! { <>
            if let Some(shift) = shift { { shapes::label("x-3", (&percent(middle), &format!("{shift:.0}")), "16", "middle", text) } }
            { shapes::mark(&percent(middle), "27", dots.collect()) }
        </> }
    });
    let onpointerdown = seek(props);
    html! {
        <div class="lane axis" ~style={format!("height:{AXIS}px")} aria-hidden="true">
            <div class="lab"/>
            <div class="track" ref={props.track.clone()} {onpointerdown}>
                <svg class="marks">{ for ticks }{ for breaks }</svg>
            </div>
        </div>
    }
}

/// The least room between two words on the axis.
const BETWEEN: f64 = 6.0;

/// How far words of this width move from their middle to stand clear of these, which ascend; `None` if they have no room,
/// or would stand so far away that they seemed to mean something else.
fn beside(written: &[(f64, f64)], middle: f64, width: f64) -> Option<f64> {
    let next = written.partition_point(|(left, right)| left + right < 2.0 * middle);
    let from = next.checked_sub(1).map_or(f64::MIN, |before| written[before].1 + BETWEEN) + width / 2.0;
    let to = written.get(next).map_or(f64::MAX, |(left, _)| left - BETWEEN) - width / 2.0;
    let place = (from <= to).then(|| middle.clamp(from, to))?;
    Some(place - middle).filter(|shift| shift.abs() < width / 2.0)
}

/// Whole seconds, unless the ticks stand closer than that.
fn clock_of(axis: &crate::timeline::axis::Axis, at: Time, lang: Lang) -> String {
    let is_fine = axis.ticks.windows(2).any(|pair| (pair[1].at - pair[0].at).millis() < 1000);
    if is_fine { lang.format().clock_exact(at).to_owned() } else { lang.format().clock_short(at) }
}

/// Moves the playhead to the time under the pointer.
fn seek(props: &AxisProps) -> Callback<PointerEvent> {
    let (timeline, track, width, on_action) =
        (props.stage.timeline.clone(), props.track.clone(), props.width, props.stage.on_action.clone());
    Callback::from(move |event: PointerEvent| {
        if let Some(share) = super::share_of(&track, f64::from(event.client_x())) {
            on_action.emit(Action::Seek(time_at(&timeline, share, width)));
        }
    })
}

impl Piece for AxisProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_playhead(self).run(hooks)
    }
}

/// The line at the playhead and its time, to be dragged or moved by keys.
#[hook]
fn use_playhead(props: &AxisProps) -> Html {
    let Drag { onpointerdown, onpointermove, onpointerup } = use_drag(seek(props));
    let onkeydown = super::playhead_keys(&props.stage.on_action, props.stage.timeline.end);
    let place = props.stage.timeline.axis.x(props.playhead);
    // At the edges the chip stays on the sheet, and it stays at the edge of what is shown.
    let share = place.clamp(0.0, 1.0);
    let class = classes!("playhead", (place != share).then_some("away"));
    let x = share * props.width;
    let half = text_width(&props.stage.lang.format().clock(props.playhead)) / 2.0 + 8.0;
    let shift = (half - x - 16.0).max(0.0) - (x + half - props.width - 16.0).max(0.0);
    html! {
        <div class="over head">
            <div {class} ~style={moved(share)}>
                <span role="slider" tabindex="0" ~style={format!("transform:translateX(calc(-50% + {shift:.0}px))")} aria-label={props.stage.lang.timeline().playhead}
                    aria-valuemin="0" aria-valuemax={props.stage.timeline.end.millis().to_string()} aria-valuenow={props.playhead.millis().to_string()}
                    aria-valuetext={props.stage.lang.format().clock_exact(props.playhead)} {onpointerdown} {onpointermove} {onpointerup} {onkeydown}>
                    { props.stage.lang.format().clock(props.playhead) }
                </span>
            </div>
        </div>
    }
}

/// Collapsed time: sunken paper with torn edges.
pub(super) fn breaks(timeline: &Timeline) -> Html {
    html! {
        <div class="over under" aria-hidden="true">
            { for timeline.axis.breaks.iter().map(|gap| html! { <>
                <div class="gap" ~style={format!("left:{};width:{}", percent(gap.left), percent(gap.right - gap.left))}/>
                { for [gap.left, gap.right].map(|edge| html! {
                    <svg class="wave" ~style={format!("left:{}", percent(edge))}><rect width="6" height="100%" fill="url(#p-wave)"/></svg>
                }) }
            </> }) }
        </div>
    }
}

/// The old future as outlines: bars that end after a time and are different now.
pub(super) fn old_future(old: &Timeline, timeline: &Timeline, lanes: &[Lane], after: Time, stays: bool) -> Html {
    let axis = &timeline.axis;
    let outlines = lanes.iter().filter_map(|lane| {
        let LaneKind::Row(n, row) = lane.kind else { return None };
        let new = &timeline.jobs[n];
        let row = layout::row_of(new, row);
        let old = old.jobs.get(n)?;
        let before = match old.rows.binary_search_by_key(&row.of, |row| row.of) {
            Ok(position) => &*old.rows[position].bars,
            Err(_) => return None,
        };
        let bars = before.iter().map(|position| &old.bars[*position]);
        let changed = bars.filter(|bar| bar.last() > after && new.bar(bar.pod) != Some(bar));
        let outlines: Vec<Html> = changed
            .map(|bar| {
                let from = axis.x(bar.created.at.max(after));
                let style = format!(
                    "top:{:.0}px;left:{};width:{}",
                    lane.top + 8.0,
                    percent(from),
                    percent((axis.x(bar.last()) - from).max(0.0))
                );
                html! { <i ~{style}/> }
            })
            .collect();
        (!outlines.is_empty()).then(|| html! { <>{ for outlines }</> })
    });
    html! { <div class={classes!("over", "old", stays.then_some("stays"))} aria-hidden="true">{ for outlines }</div> }
}

#[derive(Clone, PartialEq)]
pub(super) struct ThreadProps {
    pub(super) stage: Shared<Stage>,
    pub(super) selection: Option<Selection>,
    pub(super) lanes: Rc<Vec<Lane>>,
    pub(super) width: f64,
}

impl Piece for ThreadProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        thread_line(self)
    }
}

/// From the cause up to the controller's dot and down to the effect, at right angles with one radius.
fn thread_line(props: &ThreadProps) -> Html {
    let timeline = &props.stage.timeline;
    let Some(thread) = props.selection.and_then(|on| timeline.thread(on.step, on.object)) else {
        return Html::default();
    };
    let Some(track) = timeline.jobs.iter().position(|track| track.job == thread.job) else { return Html::default() };
    let lane = |kind: LaneKind| props.lanes.iter().find(|lane| lane.kind == kind);
    let Some(controller) = lane(LaneKind::Controller(track)) else { return Html::default() };
    let dot_y = controller.top + CONTROLLER / 2.0;
    let row_of = |pod: PodId| props.lanes.iter().find(|lane| layout::is_row_of(timeline, lane.kind, pod));
    let x = |at: Time| timeline.axis.x(at) * props.width;
    let mut paths: Vec<String> = Vec::new();
    let mut heads: Vec<(f64, f64, bool)> = Vec::new();
    let dot_x = thread.decision.map(x);
    if let (Some(ThreadEnd::PodEnd(pod, at)), Some(dot)) = (thread.cause, dot_x)
        && let Some(row) = row_of(pod)
    {
        let (from, radius) = (x(at) + 10.0, 8f64.min((dot - x(at) - 16.0).max(0.0)));
        if dot - from > 10.0 {
            paths.push(format!(
                "M{from:.1} {:.1}V{:.1}q0 -{radius} {radius} -{radius}H{:.1}",
                row.top + 7.0,
                dot_y + radius,
                dot - 6.0
            ));
        } else {
            paths.push(format!("M{dot:.1} {:.1}V{:.1}", row.top + 7.0, dot_y + 6.0));
        }
    }
    let start = dot_x.map(|dot| dot + label_room(props, track, thread.decision));
    match (thread.effect, start, dot_x) {
        (Some(ThreadEnd::Pod(pod, at) | ThreadEnd::Backoff(pod, at)), Some(start), Some(dot)) => {
            if let Some(row) = row_of(pod) {
                let to = x(at) - if matches!(thread.effect, Some(ThreadEnd::Backoff(..))) { 10.0 } else { 0.0 };
                let foot = row.top + 2.0;
                if to > start + 8.0 {
                    paths.push(format!("M{start:.1} {dot_y:.1}H{:.1}q8 0 8 8V{foot:.1}", to - 8.0));
                    heads.push((to, foot, false));
                } else {
                    paths.push(format!("M{dot:.1} {:.1}V{foot:.1}", dot_y + 6.0));
                    heads.push((dot, foot, false));
                }
            }
        }
        (Some(ThreadEnd::Lane(_)), _, Some(dot)) => {
            let top = controller.top - 4.0;
            paths.push(format!("M{dot:.1} {:.1}V{top:.1}", dot_y - 6.0));
            heads.push((dot, top, true));
        }
        _ => {}
    }
    html! {
        <svg class="over thread" aria-hidden="true" key={format!("{:?}", props.selection)}>
            { for paths.into_iter().map(|d| html! { <path class="tl" {d} pathLength="1"/> }) }
            { for heads.into_iter().map(|(x, y, is_up)| {
                let d = if is_up { format!("M{:.1} {y:.1}l4.5 -7 4.5 7z", x - 4.5) } else { format!("M{:.1} {y:.1}l4.5 7 4.5 -7z", x - 4.5) };
                html! { <path {d} fill="var(--thread)"/> }
            }) }
        </svg>
    }
}

/// The words beside the chosen dot: the thread goes on behind them.
fn label_room(props: &ThreadProps, track: usize, decision: Option<Time>) -> f64 {
    let syncs = &props.stage.timeline.jobs[track].syncs;
    let sync = decision.and_then(|at| syncs.iter().find(|sync| sync.mark.at == at));
    let label = sync.and_then(|sync| props.stage.lang.timeline().sync_label(sync));
    label.map_or(8.0, |label| text_width(&label) + 17.0)
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn words_move_clear_of_others_or_are_left_out() {
        let written = [(0.0, 30.0), (100.0, 130.0)];
        assert_eq!(beside(&written, 65.0, 40.0), Some(0.0), "there is room");
        assert_eq!(beside(&written, 80.0, 40.0), Some(-6.0));
        assert_eq!(beside(&written, 50.0, 40.0), Some(6.0));
        assert_eq!(beside(&written, 65.0, 60.0), None, "no room between them");
        assert_eq!(beside(&written, 104.0, 20.0), None, "too far away");
        assert_eq!(beside(&[], 5.0, 20.0), Some(0.0));
    }
}
