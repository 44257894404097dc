//! The controllers' lane: a dot for each sync, and words at those that tell something.

use super::dots::{reach, reach_style};
use super::layout::{Labels, text_width};
use super::on_track::OnTrack;
use super::pod_row::Drawing;
use super::shapes;
use super::track::{TrackProps, pile_of};
use crate::api::ObjectKey;
use crate::explain::Selection;
use crate::order;
use crate::timeline::JobTrack;
use crate::timeline::controller::SyncMark;
use std::fmt::Write;
use std::rc::Rc;
use yew::prelude::*;

/// The track of the controllers' lane.
pub(super) fn controller_track(props: &TrackProps) -> Html {
    let track = &props.stage.timeline.jobs[props.track];
    let mut drawing = Drawing::default();
    let words = props.stage.lang.timeline();
    let is_on = |sync: &SyncMark| props.selection.is_some_and(|on| sync.steps.contains(&on.step));
    let words_at = sync_labels(props, track, &is_on, &mut drawing);
    // Dots that would lie on each other are one dot; one with a verdict takes the place of others sooner.
    let apart = |sync: &SyncMark| if sync.verdict.is_some() { 2.0 } else { 5.0 };
    let heads = shapes::piles(
        &track.syncs,
        |sync| props.x(sync.mark.at),
        |before, sync, gap| is_on(before) || is_on(sync) || gap >= apart(sync),
    );
    // A dot that wrote something stands for those beside it that did not.
    let shown: Vec<(std::ops::Range<usize>, &SyncMark)> = heads
        .into_iter()
        .map(|pile| {
            let syncs = &track.syncs[pile.clone()];
            let sync = syncs.iter().find(|sync| is_on(sync)).or(syncs.iter().find(|sync| sync.wrote));
            (pile, sync.unwrap_or(&syncs[0]))
        })
        .collect();
    let places: Vec<(f64, bool)> = shown.iter().map(|(_, sync)| (props.x(sync.mark.at), sync.wrote)).collect();
    for (n, (pile, sync)) in shown.into_iter().enumerate() {
        let (x, more) = (places[n].0, pile.len() - 1);
        let on = is_on(sync);
        let mark = dot(props, sync, on);
        if on {
            drawing.above.push(mark)
        } else if words_at.is_free(x - DOT, x + DOT) {
            drawing.marks.push(mark)
        }
        let select = |sync: &SyncMark| Selection { step: sync.mark.step, object: Some(ObjectKey::Job(track.job)) };
        let mut name = format!("{}. {}", words.sync_name(sync), words.press_enter);
        let style = reach_style(&props.at(sync.mark.at), reach(&places, n));
        let class = if sync.wrote { "dot wrote" } else { "dot" };
        if more == 0 {
            drawing.buttons.push((sync.mark.at, props.button(select(sync), on, style, class, name)));
            continue;
        }
        let _ = write!(name, " {}", (words.many.more_here)(more));
        let marks: Rc<[Selection]> = track.syncs[pile].iter().map(select).collect();
        drawing.buttons.push((sync.mark.at, pile_of(props, marks, select(sync), style, class, name)));
    }
    drawing.html()
}

/// The radius of the dot of a sync that wrote: so far words stay away from it, and it is shown.
const DOT: f64 = 3.5;

/// The words at dots, those of the selected one first; where they stand. They cover no dot of a sync that wrote.
fn sync_labels(
    props: &TrackProps,
    track: &JobTrack,
    is_on: &dyn Fn(&SyncMark) -> bool,
    drawing: &mut Drawing,
) -> Labels {
    let words = props.stage.lang.timeline();
    let mut labels = Labels::default();
    let solid: Vec<f64> = track.syncs.iter().filter(|sync| sync.wrote).map(|sync| props.x(sync.mark.at)).collect();
    let before = |x: f64| solid.partition_point(|dot| *dot < x);
    let mut labelled: Vec<(&SyncMark, String)> =
        track.syncs.iter().filter_map(|sync| Some((sync, words.sync_label(sync)?))).collect();
    order::sort_by_key(&mut labelled, |(sync, _)| !is_on(sync));
    for (sync, text) in labelled {
        let (x, on) = (props.x(sync.mark.at), is_on(sync));
        let dx = if on { 13.0 } else { 8.0 };
        let width = text_width(&text);
        let class = if on { "x-thread halo" } else { "x-2 halo" };
        let (anchor, dx, from) = if x + dx + width > props.width + 8.0 && x <= props.width {
            ("end", -dx, x - dx - width)
        } else {
            ("start", dx, x + dx)
        };
        let (left, right) = (from - 2.0, from + width + 4.0);
        if (on || before(left - DOT) == before(right + DOT)) && labels.fits(left, right) {
            let label = shapes::label(class, (&props.at(sync.mark.at), &dx.to_string()), "20.5", anchor, text);
            if on { drawing.above.push(label) } else { drawing.words(sync.mark.at, props.now, label) }
        }
    }
    labels
}

fn dot(props: &TrackProps, sync: &SyncMark, on: bool) -> Html {
    let cx = props.at(sync.mark.at);
    if on {
        return html! { <>
            <circle cx={cx.clone()} cy="16" r="8" fill="var(--thread)" opacity=".16"/>
            <circle {cx} cy="16" r="4.5" fill="var(--thread)"/>
        </> };
    }
    if sync.is_ttl {
        let diamond =
            html! { <rect x="-3.2" y="-3.2" width="6.4" height="6.4" transform="rotate(45)" fill="var(--ink-2)"/> };
        return shapes::mark(&cx, "16", diamond);
    }
    if sync.wrote {
        html! { <circle {cx} cy="16" r={DOT.to_string()} fill="var(--ink-2)"/> }
    } else {
        html! { <circle {cx} cy="16" r="2.6" fill="var(--sheet)" stroke="var(--line-3)" stroke-width="1.25"/> }
    }
}
