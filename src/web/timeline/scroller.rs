//! What is in sight of the lanes, where they are longer than their room.

use super::SheetProps;
use super::layout::{AXIS, Lane, LaneKind, ROW, is_row_of};
use crate::api::ObjectKey;
use web_sys::Element;
use yew::prelude::*;

/// The lane of what is selected.
fn selected(props: &SheetProps, lanes: &[Lane]) -> Option<Lane> {
    let object = props.selection.and_then(|on| on.object)?;
    let is_it = |kind: LaneKind| match (kind, object) {
        (row @ LaneKind::Row(..), ObjectKey::Pod(pod)) => is_row_of(&props.stage.timeline, row, pod),
        (LaneKind::Controller(n), ObjectKey::Job(job)) => props.stage.timeline.jobs[n].job == job,
        (LaneKind::Cron(n), ObjectKey::CronJob(cron_job)) => props.stage.timeline.cron_jobs[n].cron_job == cron_job,
        _ => false,
    };
    lanes.iter().find(|lane| is_it(lane.kind)).copied()
}

/// What is selected comes into sight, below the axis. Only the lanes scroll.
#[hook]
pub(super) fn use_in_sight(props: &SheetProps, lanes: &[Lane], scroller: &NodeRef) {
    let scroller = scroller.clone();
    use_effect_with((props.selection, selected(props, lanes)), move |(_, lane)| {
        let (Some(lane), Some(scroller)) = (lane, scroller.cast::<Element>()) else { return };
        let (seen, room) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
        if lane.top < seen + AXIS {
            scroller.set_scroll_top((lane.top - AXIS) as i32);
        } else if lane.top + lane.height > seen + room {
            scroller.set_scroll_top((lane.top + lane.height - room) as i32 + 1);
        }
    });
}

/// Where a menu opens that belongs to a lane: under its row, or over it where that is in the lower half.
pub(super) fn menu_place(scroller: &NodeRef, top: f64) -> String {
    let element = scroller.cast::<Element>();
    let seen = element.as_ref().map_or(0.0, |element| f64::from(element.scroll_top()));
    let room = element.map_or(0.0, |element| f64::from(element.client_height()));
    let top = top - seen;
    if top + ROW / 2.0 > room / 2.0 && room > 0.0 && top > 320.0 {
        format!("bottom:{:.0}px", room - top)
    } else {
        format!("top:{:.0}px", top + ROW)
    }
}
