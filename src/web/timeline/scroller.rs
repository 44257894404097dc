//! What is in sight of the lanes, where they are longer than their room.

use super::SheetProps;
use super::layout::{AXIS, Lane, LaneKind, ROW, is_row_of};
use crate::api::ObjectKey;
use crate::web::browser;
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

/// Between a menu and the edge of the window.
const EDGE: f64 = 8.0;
/// So much room is enough for most of a menu.
const MENU: f64 = 420.0;

/// Where a menu opens that belongs to a lane: under its row, or over it where there is more room. It is as high as that.
pub(super) fn menu_place(scroller: &NodeRef, top: f64) -> String {
    let element = scroller.cast::<Element>();
    let seen = element.as_ref().map_or(0.0, |element| f64::from(element.scroll_top()));
    let room = element.as_ref().map_or(0.0, |element| f64::from(element.client_height()));
    let top = top - seen;
    let (_, window) = browser::window_size();
    let above = element.map_or(0.0, |element| element.get_bounding_client_rect().top()) + top - EDGE;
    let below = window - above - ROW - 2.0 * EDGE;
    if below < MENU.min(above) {
        format!("bottom:{:.0}px;max-height:{above:.0}px", room - top)
    } else {
        format!("top:{:.0}px;max-height:{:.0}px", top + ROW, below.max(MENU / 2.0))
    }
}
