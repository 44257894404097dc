//! The state's part in which part of the timeline is shown.

use super::State;
use crate::time::Time;
use crate::timeline::axis::Axis;
use crate::timeline::window::Window;

/// What is shown of the pods, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sight {
    /// The part of the timeline; `None` is all of it.
    pub(crate) window: Option<Window>,
    /// As a table, not as the timeline.
    pub(crate) as_table: bool,
    /// On a phone: the rows, not the story.
    pub(crate) as_rows: bool,
    /// Whether a pod is being looked for.
    pub(crate) finding: bool,
}

/// How to look at the pods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Look {
    /// Closer by a factor less than 1, further away by a greater one; about a position of what is shown, else about the
    /// playhead.
    Zoom {
        about: Option<f64>,
        factor: f64,
    },
    /// Between two positions of what is shown.
    Within(f64, f64),
    /// On by so many times what is shown.
    Pan(f64),
    /// At all of it.
    All,
    /// From one time to another.
    Between(Time, Time),
    /// At this time, if it is not shown.
    With(Time),
    /// As closely as now, with this time in the middle.
    Around(Time),
    /// From the playhead on.
    FromPlayhead,
    /// Up to the playhead.
    ToPlayhead,
    /// At what is selected.
    Selection,
    AsTable(bool),
    AsRows(bool),
    /// Begin to look for a pod, or cease.
    Find(bool),
}

impl State {
    /// The whole axis, as it is drawn.
    fn axis(&self) -> &Axis {
        self.run.timeline.whole_axis(self.true_scale)
    }

    pub(super) fn look(&mut self, look: Look) {
        let (window, axis) = (self.sight.window, self.axis());
        self.sight.window = match look {
            Look::AsTable(on) => return self.sight.as_table = on,
            Look::AsRows(on) => return self.sight.as_rows = on,
            Look::Find(on) => return self.sight.finding = on,
            Look::Zoom { about, factor } => {
                let about = about.unwrap_or_else(|| {
                    let (left, right) = Window::shares(window, axis);
                    let playhead = (axis.x(self.playhead) - left) / (right - left);
                    if (0.0..=1.0).contains(&playhead) { playhead } else { 0.5 }
                });
                Window::zoomed(window, axis, about, factor)
            }
            Look::Within(one, other) => Window::within(window, axis, one, other),
            Look::Pan(widths) => Window::panned(window, axis, widths),
            Look::All => None,
            // What ends with the run shows the room behind it, too.
            Look::Between(from, to) if to >= self.end() => Window::between(axis, from, Window::whole(axis).to),
            Look::Between(from, to) => Window::between(axis, from, to),
            Look::With(at) => Window::with(window, axis, at),
            Look::Around(at) => Window::around(window, axis, at),
            Look::FromPlayhead => Window::beginning(window, axis, self.playhead),
            Look::ToPlayhead => Window::ending(window, axis, self.playhead),
            Look::Selection => {
                let object = self.selection.and_then(|on| on.object);
                match object.and_then(|object| self.run.timeline.stretch(object)) {
                    Some((from, to)) => Window::fitting(axis, from, to),
                    None => window,
                }
            }
        };
    }
}
