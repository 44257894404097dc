//! The CronJob lane: its ticks, and what became of each.

use super::dots::{reach, reach_style};
use super::layout::{Labels, text_width};
use super::on_track::OnTrack;
use super::pod_row::Drawing;
use super::shapes;
use super::track::TrackProps;
use crate::api::ObjectKey;
use crate::explain::Selection;
use crate::texts::format::time_of_day;
use crate::timeline::cron::Fate;
use yew::prelude::*;

/// The track of a CronJob's lane.
pub(super) fn cron_track(props: &TrackProps) -> Html {
    let lane = &props.stage.timeline.cron_jobs[props.track];
    let mut drawing = Drawing::default();
    let mut labels = Labels::default();
    let words = props.stage.lang.timeline();
    let (x, width) = props.extent(lane.created.at, lane.until);
    drawing.marks.push(html! { <rect {x} y="28" {width} height="1" fill="var(--line-2)"/> });
    for tick in &lane.ticks {
        labels.take(props.x(tick.mark.at) - 5.0, props.x(tick.mark.at) + 5.0);
    }
    let places: Vec<(f64, bool)> =
        lane.ticks.iter().map(|tick| (props.x(tick.mark.at), matches!(tick.fate, Fate::Started { .. }))).collect();
    for (n, tick) in lane.ticks.iter().enumerate() {
        let x = props.at(tick.mark.at);
        let is_started = matches!(tick.fate, Fate::Started { .. });
        let d = "M0 9l4 5v14h-8V14z";
        let mark = if is_started {
            html! { <path {d} fill="var(--ink-2)"/> }
        } else {
            html! { <path {d} fill="var(--sheet)" stroke="var(--line-3)" stroke-width="1.25"/> }
        };
        drawing.marks.push(shapes::mark(&x, "0", mark));
        let text = words.tick_name(lane, tick);
        let clock = time_of_day(lane.wall_clock(tick.scheduled));
        let left = props.x(tick.mark.at) + 9.0;
        let mut by_length = [words.tick_label(lane, tick), clock].into_iter();
        if let Some(label) = by_length.find(|label| labels.fits(left, left + text_width(label))) {
            let label = shapes::label("x-2 halo", (&x, "9"), "21", "start", label);
            drawing.words(tick.mark.at, props.now, label);
        }
        let selection = Selection { step: tick.mark.step, object: Some(ObjectKey::CronJob(lane.cron_job)) };
        let on = props.selection == Some(selection);
        let name = format!("{text}. {}", words.press_enter);
        drawing
            .buttons
            .push((tick.mark.at, props.button(selection, on, reach_style(&x, reach(&places, n)), "dot", name)));
    }
    drawing.html()
}
