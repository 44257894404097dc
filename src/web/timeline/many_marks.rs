//! Where many inputs or scheduled times stand on the axis: a path or two, however many they are. The cells below say how
//! many each place stands for, and open any of them.

use crate::time::Time;
use crate::timeline::axis::Axis;
use crate::timeline::cron::Fate;
use crate::web::controls::piece::Piece;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::fmt::Write;
use yew::functional::HookContext;
use yew::prelude::*;

/// Places on the axis that are told apart.
const PLACES: f64 = 2_000.0;

/// The inputs of the text.
#[derive(Clone, PartialEq)]
pub(super) struct InputMarks(pub(super) Shared<Stage>);

impl Piece for InputMarks {
    fn draw(&self, _: &mut HookContext) -> Html {
        let timeline = &self.0.timeline;
        let places = places(&timeline.axis, timeline.faults.iter().map(|fault| fault.at));
        marks("m-tick pale", &places, 6.0, 20.0)
    }
}

/// The scheduled times of a CronJob: filled where a Job was started, pale where none was.
#[derive(Clone, PartialEq)]
pub(super) struct TickMarks {
    pub(super) stage: Shared<Stage>,
    pub(super) lane: usize,
}

impl Piece for TickMarks {
    fn draw(&self, _: &mut HookContext) -> Html {
        let timeline = &self.stage.timeline;
        let of = |started: bool| {
            let ticks = timeline.cron_jobs[self.lane].ticks.iter();
            let ticks = ticks.filter(move |tick| matches!(tick.fate, Fate::Started { .. }) == started);
            places(&timeline.axis, ticks.map(|tick| tick.mark.at))
        };
        html! { <>{ marks("m-tick", &of(true), 9.0, 19.0) }{ marks("m-tick pale", &of(false), 14.0, 14.0) }</> }
    }
}

/// The places of instants, each place once.
fn places(axis: &Axis, instants: impl Iterator<Item = Time>) -> Vec<i32> {
    let mut places: Vec<i32> = Vec::new();
    for at in instants {
        let place = (axis.x(at) * PLACES) as i32;
        if places.last() != Some(&place) {
            places.push(place);
        }
    }
    places
}

fn marks(class: &'static str, places: &[i32], top: f64, height: f64) -> Html {
    let mut d = String::new();
    for place in places {
        // Writing to a String cannot fail.
        let _ = write!(d, "M{place} {top}h2v{height}h-2z");
    }
    html! {
        <svg class="marks many" aria-hidden="true" viewBox={format!("0 0 {PLACES} 34")} preserveAspectRatio="none" height="34"><path {class} {d}/></svg>
    }
}
