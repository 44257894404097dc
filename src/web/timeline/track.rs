//! What the tracks of the Job lane, of its controllers' lane and of a CronJob's lane share.

use super::on_track::OnTrack;
use super::pod_row::{hit, hit_with};
use crate::explain::Selection;
use crate::time::Time;
use crate::timeline::axis::Axis;
use crate::web::controls::button::press;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::rc::Rc;
use yew::prelude::*;

/// Whose track it is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum TrackOf {
    Job,
    Controller,
    CronJob,
}

#[derive(PartialEq)]
pub(super) struct TrackProps {
    pub(super) stage: Shared<Stage>,
    pub(super) of: TrackOf,
    /// Position of the track, or of the CronJob.
    pub(super) track: usize,
    /// The last moment that the playhead has passed.
    pub(super) now: Time,
    pub(super) selection: Option<Selection>,
    pub(super) width: f64,
}

impl OnTrack for TrackProps {
    fn axis(&self) -> &Axis {
        &self.stage.timeline.axis
    }

    fn width(&self) -> f64 {
        self.width
    }
}

impl TrackProps {
    pub(super) fn button(
        &self,
        selection: Selection,
        on: bool,
        style: String,
        class: &'static str,
        name: String,
    ) -> Html {
        hit(&self.stage.on_action, selection, class, on, style, name)
    }
}

/// A button for marks that stand at one place: a press selects the one that is drawn, each further press the next.
pub(super) fn pile_of(
    props: &TrackProps,
    marks: Rc<[Selection]>,
    drawn: Selection,
    style: String,
    class: &'static str,
    name: String,
) -> Html {
    let on = props.selection.is_some_and(|on| marks.iter().any(|mark| mark.step == on.step));
    let action = if on { Action::Cycle(marks) } else { Action::Select(Some(drawn)) };
    hit_with(press(&props.stage.on_action, action), drawn, class, on, style, name, None)
}
