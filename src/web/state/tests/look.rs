//! Which part of the timeline is shown, and that it follows the playhead.

use super::*;
use crate::timeline::window::Window;
use crate::web::state::look::Look;

fn zoom(factor: f64) -> Action {
    Action::Look(Look::Zoom { about: None, factor })
}

impl Page {
    fn shown(&self) -> Window {
        self.state.sight.window.unwrap_or(Window::whole(&self.state.run.timeline.axis))
    }

    fn shows_playhead(&self) -> bool {
        (self.shown().from..=self.shown().to).contains(&self.state.playhead)
    }
}

#[test]
fn a_part_is_shown_and_the_whole_again() {
    let mut page = Page::open(JOB);
    let whole = page.shown();
    page.act(zoom(0.5));
    assert!(page.shown() != whole && page.shows_playhead());
    page.act(zoom(4.0));
    assert_eq!(page.state.sight.window, None);
    let end = page.state.run.timeline.end;
    page.act(Action::Look(Look::Between(Time::from_seconds(2), Time::from_seconds(5))));
    assert_eq!(page.shown(), Window { from: Time::from_seconds(2), to: Time::from_seconds(5) });
    page.act(Action::Look(Look::Between(Time::from_seconds(2), end)));
    assert_eq!(page.shown(), Window { from: Time::from_seconds(2), ..whole }, "with the room behind the end");
    page.act(Action::Look(Look::All));
    assert_eq!(page.shown(), whole);
}

#[test]
fn a_range_begins_and_ends_at_the_playhead() {
    let mut page = Page::open(JOB);
    page.act(Action::Seek(Time::from_seconds(3)));
    page.act(Action::Look(Look::FromPlayhead));
    assert_eq!(page.shown().from, Time::from_seconds(3));
    page.act(Action::Seek(Time::from_seconds(6)));
    page.act(Action::Look(Look::ToPlayhead));
    assert_eq!(page.shown(), Window { from: Time::from_seconds(3), to: Time::from_seconds(6) });
}

#[test]
fn what_is_shown_follows_the_playhead_and_not_the_other_way_round() {
    let mut page = Page::open(JOB);
    let end = page.state.run.timeline.end;
    page.act(Action::Look(Look::Between(Time::from_seconds(1), Time::from_seconds(3))));
    for action in [Action::Seek(end), Action::SeekTenth(0), Action::StepBy(1), Action::StepBy(4), Action::Seek(end)] {
        page.act(action.clone());
        assert!(page.shows_playhead() && page.state.sight.window.is_some(), "{action:?} {:?}", page.shown());
    }
    let playhead = page.state.playhead;
    page.act(Action::Look(Look::Pan(-3.0)));
    assert_eq!(page.state.playhead, playhead);
    assert!(!page.shows_playhead());
    page.act(Action::Look(Look::With(playhead)));
    assert!(page.shows_playhead());
}

#[test]
fn an_edit_keeps_what_is_shown_and_another_text_shows_all() {
    let mut page = Page::open(JOB);
    page.act(Action::Look(Look::Between(Time::from_seconds(1), Time::from_seconds(3))));
    let window = page.state.sight.window;
    page.act(Action::Seek(Time::from_seconds(2)));
    page.act(Page::restart_at(2));
    assert_eq!(page.state.sight.window, window);
    page.act(Action::OpenText(JOB.replace("name: a", "name: other")));
    assert_eq!(page.state.sight.window, None);
}

#[test]
fn what_is_selected_fills_the_timeline() {
    let mut page = Page::open(JOB);
    let bar = &page.state.run.timeline.jobs[0].bars[0];
    let (pod, from, to) = (bar.pod, bar.created.at, bar.last());
    let step = bar.created.step;
    page.act(Action::Select(Some(crate::explain::Selection { step, object: Some(ObjectKey::Pod(pod)) })));
    page.act(Action::Look(Look::Selection));
    let shown = page.shown();
    assert!(shown.from <= from && to < shown.to && shown.to < to + Span::from_seconds(3), "{shown:?}");
    page.act(Action::Select(None));
    page.act(Action::Look(Look::Selection));
    assert_eq!(page.shown(), shown, "nothing is selected");
}

#[test]
fn the_order_of_rows_is_kept() {
    use crate::timeline::nodes::RowsBy;
    use crate::timeline::sorted::RowOrder;
    let mut page = Page::open(JOB);
    assert_eq!(page.act(Action::SetOrder(RowOrder::Outcome)), [KeepPreferences, ShowPreferences]);
    assert_eq!(page.state.preferences.order, RowOrder::Outcome);
    assert_eq!(page.act(Action::SetRows(RowsBy::Node)), [KeepPreferences, ShowPreferences]);
    assert_eq!(page.state.preferences.rows, RowsBy::Node);
}
