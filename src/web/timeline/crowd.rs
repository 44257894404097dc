//! Many pods: thin rows, cells at the playhead, bands. Names go first, then patterns, then single pods; colour, order
//! and the worst state stay.

use super::outcome::cell_class;
use super::place::{MOST_CELLS, THIN_ROW, percent};
use super::pod_row::telling_step;
use super::select;
use super::shared::Shared;
use crate::api::{ObjectKey, PodId};
use crate::texts::Lang;
use crate::texts::format::count;
use crate::time::Time;
use crate::timeline::crowd::{self, CellState};
use crate::timeline::pods::{Ending, RowOf, SegmentKind};
use crate::timeline::{Detail, JobTrack, Timeline};
use crate::web::action::{Action, Selection};
use std::fmt::Write;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct CrowdProps {
    pub(super) timeline: Shared<Timeline>,
    pub(super) track: usize,
    /// The last moment that the playhead has passed: cells change only there.
    pub(super) now: Time,
    pub(super) selection: Option<Selection>,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

/// All rows of a Job that has too many of them.
#[function_component]
pub(super) fn Crowd(props: &CrowdProps) -> Html {
    match props.timeline.jobs[props.track].detail() {
        Detail::Rows | Detail::Thin => html! {
            <ThinRows timeline={props.timeline.clone()} track={props.track} selection={props.selection} lang={props.lang} on_action={props.on_action.clone()}/>
        },
        Detail::Cells => cells(props),
        Detail::Bands => bands(props),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ThinProps {
    timeline: Shared<Timeline>,
    track: usize,
    selection: Option<Selection>,
    lang: Lang,
    on_action: Callback<Action>,
}

/// A thin row per pod: one path per state for all of them, so the number of marks does not grow with the pods.
#[function_component]
fn ThinRows(props: &ThinProps) -> Html {
    let track = &props.timeline.jobs[props.track];
    let paths = use_memo((props.timeline.clone(), props.track), |(timeline, track)| {
        thin_paths(timeline, &timeline.jobs[*track])
    });
    let words = props.lang.timeline();
    let height = THIN_ROW * track.rows.len() as f64;
    html! {
        <>
            <svg class="marks thin" aria-hidden="true" viewBox={format!("0 0 10000 {height}")} preserveAspectRatio="none" style={format!("height:{height}px")}>
                { for paths.iter().map(|(class, d)| html! { <path class={*class} d={d.clone()}/> }) }
            </svg>
            { for track.rows.iter().enumerate().filter_map(|(n, row)| {
                let bar = &track.bars[*row.bars.last()?];
                let first = &track.bars[*row.bars.first()?];
                let selection = Selection { step: telling_step(bar), object: Some(ObjectKey::Pod(bar.pod)) };
                let on = props.selection.is_some_and(|on| on.object == selection.object);
                let (left, right) = (props.timeline.axis.x(first.created.at), props.timeline.axis.x(bar.last()));
                let style = format!("top:{}px;height:{THIN_ROW}px;left:{};width:calc({} + 6px)", n as f64 * THIN_ROW, percent(left), percent(right - left));
                let onclick = select(&props.on_action, selection);
                Some(html! {
                    <div role="gridcell" class="cell"><button type="button" tabindex="-1" class={classes!("hit", "thin", on.then_some("on"))} {style} {onclick}
                        aria-label={(words.bar_name)(bar, track.outcome.limit)} data-pod={bar.pod.0.to_string()}/></div>
                })
            }) }
        </>
    }
}

fn thin_paths(timeline: &Timeline, track: &JobTrack) -> Vec<(&'static str, String)> {
    let mut paths = [
        ("t-waiting", String::new()),
        ("t-pending", String::new()),
        ("t-running", String::new()),
        ("t-terminating", String::new()),
        ("t-failed", String::new()),
        ("t-succeeded", String::new()),
    ];
    let mut rect = |path: usize, row: usize, from: f64, width: f64| {
        let y = row as f64 * THIN_ROW + if path < 2 { 2.5 } else { 1.0 };
        let height = if path < 2 { 3.0 } else { 6.0 };
        // Writing to a String cannot fail.
        let _ = write!(
            paths[path].1,
            "M{:.0} {y}h{:.0}v{height}h{:.0}z",
            from * 1e4,
            (width * 1e4).max(8.0),
            -(width * 1e4).max(8.0)
        );
    };
    let x = |at| timeline.axis.x(at);
    for (n, row) in track.rows.iter().enumerate() {
        for wait in row.waits.iter().map(|position| &track.waits[*position]) {
            rect(0, n, x(wait.from), x(wait.ended) - x(wait.from));
        }
        for bar in row.bars.iter().map(|position| &track.bars[*position]) {
            for segment in &bar.segments {
                let path = match segment.kind {
                    SegmentKind::AwaitingRestart { .. } => 0,
                    SegmentKind::Pending => 1,
                    SegmentKind::Running => 2,
                    SegmentKind::Terminating { .. } => 3,
                };
                rect(path, n, x(segment.from), x(segment.to) - x(segment.from));
            }
            if let Some(end) = bar.end {
                rect(if end.how == Ending::Succeeded { 5 } else { 4 }, n, x(end.mark.at), 0.005);
            }
        }
    }
    paths.into_iter().filter(|(_, d)| !d.is_empty()).collect()
}

fn summary(props: &CrowdProps, cells: &[CellState]) -> Html {
    let words = props.lang.timeline();
    html! {
        <p class="sum">
            { for CellState::ALL.iter().filter_map(|state| {
                let number = cells.iter().filter(|cell| *cell == state).count();
                (number > 0).then(|| html! { <span class={classes!("st", cell_class(*state))}><i class={cell_class(*state)}/>{ (words.cells)(*state, number) }</span> })
            }) }
        </p>
    }
}

/// The newest pod of a row that exists by then.
fn newest(track: &JobTrack, of: RowOf, now: Time) -> Option<PodId> {
    let row = track.rows.binary_search_by_key(&of, |row| row.of).ok().map(|position| &track.rows[position])?;
    let started = row.bars.partition_point(|position| track.bars[*position].created.at <= now);
    row.bars[..started].last().map(|position| track.bars[*position].pod)
}

fn cells(props: &CrowdProps) -> Html {
    let track = &props.timeline.jobs[props.track];
    let cells = crowd::cells(track, props.now);
    // One listener for all: the cell that was pressed says its number.
    let onclick = {
        let (timeline, track, now, on_action) =
            (props.timeline.clone(), props.track, props.now, props.on_action.clone());
        Callback::from(move |event: MouseEvent| {
            let track = &timeline.jobs[track];
            let Some(number) = super::data_number(&event, "data-cell") else { return };
            let of = if track.lane.is_indexed {
                Some(RowOf::Index(number))
            } else {
                track.rows.get(number as usize).map(|row| row.of)
            };
            let Some(bar) = of.and_then(|of| newest(track, of, now)).and_then(|pod| track.bar(pod)) else { return };
            on_action.emit(Action::Select(Some(Selection {
                step: telling_step(bar),
                object: Some(ObjectKey::Pod(bar.pod)),
            })));
        })
    };
    html! {
        <div class="crowd">
            { summary(props, &cells) }
            if cells.len() <= MOST_CELLS {
                <div class="heat" role="presentation" {onclick}>
                    { for cells.iter().enumerate().map(|(n, cell)| html! { <i class={cell_class(*cell)} data-cell={n.to_string()}/> }) }
                </div>
            } else {
                <div class="heat merged" role="presentation">
                    { for crowd::merged(&cells, MOST_CELLS).iter().map(|cell| html! { <i class={cell_class(*cell)}/> }) }
                </div>
            }
        </div>
    }
}

fn bands(props: &CrowdProps) -> Html {
    let track = &props.timeline.jobs[props.track];
    let cells = crowd::cells(track, props.now);
    let merged = crowd::merged(&cells, 600);
    let share = 100.0 / merged.len().max(1) as f64;
    let bands = crowd::bands(&merged);
    html! {
        <div class="crowd">
            { summary(props, &cells) }
            <div class="band" aria-hidden="true">
                { for bands.iter().map(|band| {
                    let width = f64::from(band.to - band.from + 1) * share;
                    html! { <i class={cell_class(band.state)} style={format!("width:{width:.3}%")}/> }
                }) }
            </div>
            <p class="ends" aria-hidden="true"><span>{ "0" }</span><span>{ count(cells.len().saturating_sub(1) as i64) }</span></p>
        </div>
    }
}
