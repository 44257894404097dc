//! What becomes of the state, and what it asks of the browser, without a browser.

mod cluster;
mod console;
mod lesson;
mod long_text;
mod look;
mod moments;
mod workshop;

use super::action::{Action, Pane};
use super::draft::{Draft, NotKept, Unkept};
use super::effect::Effect;
use super::effect::Effect::{
    FollowFragment, KeepPast, KeepPreferences, KeepText, LeaveFragment, LookThrough, Record, ShowPreferences,
    TimeGhost, TimeToast,
};
use super::preferences::{Preferences, Speed, Theme};
use super::{Announced, Lack, Opening, Slot, State, Toast};
use crate::api::ObjectKey;
use crate::cluster::input::{Input, InputAction};
use crate::manifest::link::LinkError;
use crate::recording::Recording;
use crate::texts::Lang;
use crate::time::{Span, Time};
use crate::timeline::Timeline;
use crate::web::keeping::store::StoreError;
use crate::web::keeping::{Kept, Place};
use std::rc::Rc;

/// A Job whose pods fail at once, twice.
const JOB: &str = "\
apiVersion: batch/v1
kind: Job
metadata:
  name: a
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: busybox
        command: [sh, -c, sleep 5 && exit 1]
";

/// The state, with what the app does about effects: recording at once, and keeping the text.
struct Page {
    state: State,
    kept: String,
    recorded: usize,
}

fn draft(text: &str, slot: Slot, original: Option<&str>) -> Draft {
    let place = Place::new(slot.key());
    Draft::new(text, slot, place, original.map(Rc::from))
}

fn past(name: &str, text: &str) -> Effect {
    KeepPast { name: name.to_owned(), text: text.into() }
}

impl Page {
    fn open(text: &str) -> Page {
        let mut page = Page::unrecorded(text);
        page.carry_out(&[Record]);
        page
    }

    fn unrecorded(text: &str) -> Page {
        let state = State::new(draft(text, Slot::Mine, None), Opening::Telling);
        Page { state, kept: String::new(), recorded: 0 }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        let effects = self.state.apply(action);
        self.carry_out(&effects);
        effects
    }

    fn carry_out(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                KeepText => self.kept = self.text().to_owned(),
                Record => {
                    if let Some(mut reader) = self.state.draft.text.reader() {
                        let reading = std::iter::repeat_with(|| reader.advance(100)).flatten().next();
                        let effects = self.state.text_read(reading.expect("a reader comes to an end"));
                        self.carry_out(&effects);
                        continue;
                    }
                    let Some(scenario) = self.state.begin_recording() else { continue };
                    if !self.state.shows(&scenario) {
                        let recording = Recording::of(&scenario);
                        let timeline = Timeline::of(&recording, &scenario);
                        let effects = self.state.recorded(Rc::new(scenario), recording, timeline);
                        self.recorded += 1;
                        if effects[0] != LookThrough {
                            self.carry_out(&effects);
                        }
                    } else {
                        self.state.stays();
                    }
                }
                Effect::RunConsole => {
                    let effects = self.state.console_turn();
                    self.carry_out(&effects);
                }
                _ => {}
            }
        }
    }

    fn text(&self) -> &str {
        self.state.draft.text.as_str()
    }

    fn restart_at(seconds: i64) -> Action {
        let at = Time::from_seconds(seconds);
        Action::AddInput(Input::new(at, InputAction::RestartControllers))
    }
}

#[test]
fn typing_keeps_the_text_and_records_it() {
    let mut page = Page::open(JOB);
    let limit = |page: &Page| page.state.run.scenario.manifests[0].value["spec"]["backoffLimit"].clone();
    assert_eq!(limit(&page), 1);
    let typed = JOB.replace("backoffLimit: 1", "backoffLimit: 12");
    assert_eq!(page.act(Action::Type(typed.clone())), [KeepText, Record]);
    assert_eq!((page.kept.as_str(), page.text()), (typed.as_str(), typed.as_str()));
    assert_eq!(&*page.state.draft.text.reading().text, typed);
    assert_eq!(limit(&page), 12);
    assert_eq!(page.act(Action::Type(typed)), [], "nothing has changed");
    assert_eq!(page.state.reveal.serial, 0, "the caret is where it was typed");
}

#[test]
fn a_broken_text_leaves_the_last_run() {
    let mut page = Page::open(JOB);
    let timeline = page.state.run.timeline.clone();
    page.act(Action::Type(JOB.replace("spec:", "spec: [")));
    assert!(!page.state.is_fresh());
    assert!(page.state.run.timeline == timeline);
    page.act(Action::Undo);
    assert!(page.state.is_fresh());
    assert_eq!(page.recorded, 1, "it is the run that is shown");
}

#[test]
fn a_gesture_is_a_change_of_the_text_and_selects_what_it_did() {
    let mut page = Page::open(JOB);
    page.act(Action::Seek(Time::from_seconds(3)));
    page.act(Action::TogglePlay);
    let before = page.state.run.timeline.clone();
    assert_eq!(page.act(Page::restart_at(3)), [KeepText, Record]);
    assert!(page.text().starts_with(JOB) && page.text().contains("restartControllers"));
    assert!(!page.state.playing);
    assert_eq!(page.state.playhead, Time::from_seconds(3));
    assert!(page.state.selection.is_some());
    assert_eq!((page.state.reveal.serial, page.state.reveal.focus), (1, false));
    assert!(page.state.ghost.as_ref() == Some(&before), "the old future is shown");
    page.state.end_ghost();
    assert!(page.state.ghost.is_none());
}

#[test]
fn an_old_future_is_shown_for_a_while() {
    let mut page = Page::open(JOB);
    let changed = page.state.apply(Page::restart_at(3));
    assert_eq!(changed, [KeepText, Record]);
    let scenario = page.state.begin_recording().expect("it has no errors");
    let recording = Recording::of(&scenario);
    let timeline = Timeline::of(&recording, &scenario);
    assert_eq!(page.state.recorded(Rc::new(scenario), recording, timeline), [LookThrough, TimeGhost]);
}

#[test]
fn undo_goes_back_over_typing_and_gestures_alike() {
    let mut page = Page::open(JOB);
    let typed = JOB.replace("backoffLimit: 1", "backoffLimit: 3");
    page.act(Action::Type(typed.clone()));
    page.act(Page::restart_at(3));
    let gesture = page.text().to_owned();
    assert_eq!(page.act(Action::Undo), [KeepText, Record]);
    assert_eq!(page.text(), typed);
    assert_eq!(page.act(Action::Undo), [KeepText, Record]);
    assert_eq!(page.text(), JOB);
    assert_eq!(&JOB[page.state.reveal.bytes.clone()], "1", "what has changed is shown");
    assert_eq!(page.act(Action::Undo), []);
    page.act(Action::Redo);
    page.act(Action::Redo);
    assert_eq!(page.text(), gesture);
    assert_eq!(&*page.state.draft.text.reading().text, gesture);
    assert_eq!(page.act(Action::Redo), []);
    assert_eq!(page.kept, gesture);
}

#[test]
fn steps_of_a_number_are_one_change_until_it_is_let_go() {
    let mut page = Page::open(JOB);
    let number = JOB.find("backoffLimit").expect("the limit") + "backoffLimit: ".len();
    let text = |limit: u8| JOB.replace("backoffLimit: 1", &format!("backoffLimit: {limit}"));
    for limit in [2, 3] {
        page.act(Action::StepNumber { text: text(limit), number });
    }
    page.act(Action::EndSteps);
    page.act(Action::StepNumber { text: text(4), number });
    page.act(Action::Undo);
    assert_eq!(page.text(), text(3));
    page.act(Action::Undo);
    assert_eq!(page.text(), JOB);
}

#[test]
fn a_link_opens_beside_ones_own_text() {
    let mut page = Page::open(JOB);
    page.act(Action::Type(JOB.replace("name: a", "name: mine")));
    page.act(Action::TogglePlay);
    let linked = JOB.replace("name: a", "name: linked");
    let slot = Slot::Link("v1".to_owned());
    let effects = page.state.enter(draft(&linked, slot.clone(), Some(&linked)), None);
    assert_eq!(effects, [Record], "it is not kept until it is changed");
    page.carry_out(&effects);
    assert_eq!((page.text(), &page.state.draft.slot), (linked.as_str(), &slot));
    assert!(!page.state.playing && page.state.ghost.is_none());
    assert_eq!(page.act(Action::Undo), [], "it has a history of its own");
    assert_eq!(page.kept, JOB.replace("name: a", "name: mine"));
    assert_eq!(page.act(Action::BackToMine), [LeaveFragment, FollowFragment]);
    assert_eq!(page.text(), linked, "the address says what is open");
}

#[test]
fn a_damaged_link_says_so() {
    let mut page = Page::open(JOB);
    let toast = Toast::Link(LinkError::NotALink);
    assert_eq!(page.state.enter(draft(JOB, Slot::Mine, None), Some(toast.clone())), [Record, TimeToast]);
    assert_eq!(page.state.toast, Some(toast));
}

#[test]
fn a_refused_text_says_why_beside_the_last_run() {
    let mut page = Page::open(JOB);
    let timeline = page.state.run.timeline.clone();
    page.act(Action::Type(JOB.replace("Never", "Always")));
    assert!(page.state.refused.is_some() && !page.state.is_fresh());
    assert!(page.state.run.timeline == timeline);
    page.act(Action::Type(JOB.replace("Never", "OnFailure")));
    assert!(page.state.refused.is_none() && page.state.is_fresh());
    assert!(page.state.run.timeline != timeline);
}

#[test]
fn pasting_while_playing_stops_and_opens_the_text_where_it_says_most() {
    let mut page = Page::open(JOB);
    page.act(Action::SetSpeed(Speed::Times(10)));
    page.act(Action::Seek(Time::ZERO));
    page.act(Action::TogglePlay);
    assert_eq!(page.state.play_on(Span::from_millis(100)), []);
    assert_eq!(page.state.playhead, Time::from_millis(1000));
    let other = JOB.replace("sleep 5", "sleep 50");
    assert_eq!(page.act(Action::OpenText(other.clone())), [past("a", JOB), KeepText, Record, TimeToast]);
    assert!(!page.state.playing);
    assert_eq!(page.state.toast, Some(Toast::Replaced));
    assert!(page.state.playhead > Time::from_seconds(50), "at the first failure");
    assert!(page.state.selection.is_some());
    page.act(Action::Undo);
    assert_eq!(page.text(), JOB);
    assert_eq!(page.state.toast, None);
}

#[test]
fn playing_ends_with_the_run_and_begins_anew() {
    let mut page = Page::open(JOB);
    page.act(Action::SeekTenth(0));
    page.act(Action::TogglePlay);
    let mut beats = 0;
    while page.state.playing {
        page.state.beat();
        beats += 1;
        assert!(beats <= page.state.run.timeline.moments.len());
    }
    assert_eq!(page.state.playhead, page.state.run.timeline.end);
    page.act(Action::TogglePlay);
    assert_eq!((page.state.playing, page.state.playhead), (true, Time::ZERO));
    page.act(Action::StepBy(1));
    assert!(!page.state.playing);
}

#[test]
fn inputs_are_moved_disabled_and_removed_in_the_text() {
    let mut page = Page::open(JOB);
    page.act(Page::restart_at(3));
    let inputs = |page: &Page| page.state.draft.text.reading().scenario.inputs.to_vec();
    let moved = Time::from_millis(4500);
    assert_eq!(page.act(Action::DragInput(0, moved)), [Record]);
    assert_eq!(inputs(&page)[0].at, Time::from_seconds(3), "the text changes when it is let go");
    assert_eq!(page.act(Action::LetGo), [KeepText, Record, Record, TimeGhost]);
    assert_eq!(inputs(&page)[0].at, moved);
    page.act(Action::SetInputDisabled(0, true));
    assert!(inputs(&page)[0].disabled);
    page.act(Action::SetInputDisabled(0, false));
    assert!(!inputs(&page)[0].disabled);
    page.act(Action::RemoveInput(0));
    assert_eq!(inputs(&page), []);
    let text = page.text().to_owned();
    assert_eq!(page.act(Action::RemoveInput(0)), [TimeToast], "there is none to remove");
    assert!(matches!(page.state.toast, Some(Toast::Edit(_))));
    assert_eq!(page.text(), text);
    page.act(Action::DismissToast);
    assert_eq!(page.state.toast, None);
}

#[test]
fn a_dragged_fault_goes_where_it_is_possible_and_is_one_change() {
    let fail = format!(
        "{JOB}---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n  kubernetes: \"1.36\"\n  inputs:\n  - {{at: 4s, fail: {{pod: 1}}}}\n"
    );
    let mut page = Page::open(&fail);
    let end_of_first = |page: &Page| page.state.run.timeline.jobs[0].bars[0].last();
    assert_eq!(end_of_first(&page), Time::from_seconds(4));
    let before = (page.state.playhead, page.state.run.timeline.clone());
    for millis in [4_300, 4_800, 5_500] {
        page.act(Action::DragInput(0, Time::from_millis(millis)));
        assert_eq!(end_of_first(&page), Time::from_millis(millis), "the run follows the hand");
        assert_eq!(page.state.playhead, Time::from_millis(millis));
        assert_eq!(page.state.ghost, Some(before.1.clone()), "as it was before the drag");
        assert_eq!(page.state.end_ghost(), []);
    }
    // It would have ended long before: the last moment of its life is the nearest one.
    page.act(Action::DragInput(0, Time::from_seconds(30)));
    let held = page.state.held().expect("it is held");
    assert!(held.at < Time::from_seconds(9) && held.refusal.is_some(), "{held:?}");
    assert_eq!(end_of_first(&page), held.at);
    page.act(Action::CancelDrag);
    assert_eq!((page.state.playhead, end_of_first(&page)), (before.0, Time::from_seconds(4)));
    assert_eq!(page.text(), fail);
    page.act(Action::DragInput(0, Time::from_seconds(30)));
    page.act(Action::LetGo);
    assert!(matches!(page.state.toast, Some(Toast::Nearest(at, _)) if at == held.at));
    assert_eq!(page.state.playhead, held.at);
    assert_eq!(page.state.held(), None);
    page.act(Action::Undo);
    assert_eq!(page.text(), fail, "one change");
}

#[test]
fn preferences_are_kept_when_they_change() {
    let mut page = Page::open(JOB);
    assert_eq!(page.act(Action::SetLang(Lang::Zh)), [KeepPreferences, ShowPreferences]);
    assert_eq!(page.act(Action::SetLang(Lang::Zh)), []);
    page.act(Action::SetTheme(Theme::Dark));
    page.act(Action::SetSpeed(Speed::Times(60)));
    let expected =
        Preferences { lang: Lang::Zh, theme: Theme::Dark, speed: Speed::Times(60), ..Preferences::default() };
    assert_eq!(page.state.preferences, expected);
    page.state.enter(draft(JOB, Slot::Link("v1".to_owned()), Some(JOB)), None);
    assert_eq!(page.state.preferences, expected, "they belong to the person, not to the text");
}

#[test]
fn a_text_waits_for_the_rules_of_time_zones() {
    let mut page = Page::open(JOB);
    assert_eq!(page.state.fetched(Lack::TimeZones, false), []);
    assert!(!page.state.is_fresh());
    assert_eq!(page.state.fetched(Lack::TimeZones, true), [Record]);
    assert!(page.state.is_fresh());
}

#[test]
fn the_marks_of_a_field_are_selected_one_after_the_other() {
    let mut page = Page::open(JOB);
    let moments = &page.state.run.timeline.moments;
    let job = page.state.run.recording.jobs().next().map(ObjectKey::Job);
    let mark = |number: usize| crate::explain::Selection { step: moments[number].telling, object: job };
    let marks: Rc<[_]> = [mark(1), mark(2)].into();
    page.state.selection = None;
    for expected in [marks[0], marks[1], marks[0]] {
        page.act(Action::Cycle(Rc::clone(&marks)));
        assert_eq!(page.state.selection, Some(expected));
        assert_eq!(page.state.playhead, page.state.run.recording.step(expected.step).at);
    }
}

#[test]
fn an_example_that_is_open_opens_where_it_opens() {
    let mut page = Page::open(JOB);
    page.act(Action::OpenExample(1));
    let opens_at = page.state.playhead;
    page.act(Action::Seek(Time::ZERO));
    page.act(Action::OpenExample(1));
    assert_eq!(page.state.playhead, opens_at);
    assert_eq!(page.recorded, 3);
    page.act(Action::Seek(Time::ZERO));
    page.act(Page::restart_at(30));
    assert_eq!(page.state.playhead, Time::from_seconds(30), "the next gesture goes where it acts");
}

#[test]
fn what_takes_the_place_of_a_list_or_a_dialog_gives_the_focus_to_the_stage() {
    let mut page = Page::open(JOB);
    page.act(Action::ShowPane(Pane::Why));
    assert!(page.act(Action::OpenExample(1)).contains(&Effect::FocusStage));
    assert_eq!(page.state.pane, Pane::Run);
}

#[test]
fn a_notice_goes_with_the_next_thing_that_is_done() {
    let mut page = Page::open(JOB);
    let notices = [(Toast::Replaced, None), (Toast::Copied, None), (Toast::NotCopied, None), (Toast::PasteByKey, None)];
    let link = Toast::Link(LinkError::NotALink);
    for (toast, left) in notices.into_iter().chain([(link.clone(), Some(link))]) {
        page.state.notify(toast);
        page.act(Action::StepBy(1));
        assert_eq!(page.state.toast, left, "only that a link was not opened is said nowhere else");
    }
}

#[test]
fn a_text_that_was_left_is_found_with_its_changes() {
    let mut page = Page::open(JOB);
    let mine = JOB.replace("name: a", "name: mine");
    page.act(Action::Type(mine.clone()));
    let slot = Slot::Link("v1".to_owned());
    page.state.enter(draft(JOB, slot.clone(), Some(JOB)), None);
    page.act(Action::Type(JOB.replace("name: a", "name: linked")));
    assert!(page.state.take_at_hand(&Slot::Link("v1.other".to_owned())).is_none());

    let left = page.state.take_at_hand(&Slot::Mine).expect("one's own");
    page.state.enter(left, None);
    assert_eq!(page.text(), mine);
    page.act(Action::Undo);
    assert_eq!(page.text(), JOB);
    page.act(Action::Redo);
    assert_eq!(page.text(), mine);

    let left = page.state.take_at_hand(&slot).expect("the link");
    page.state.enter(left, None);
    page.act(Action::Undo);
    assert_eq!(page.text(), JOB);
}

#[test]
fn of_many_texts_that_were_left_the_oldest_go_but_ones_own() {
    let mut page = Page::open(JOB);
    let slot = |number: usize| Slot::Link(format!("v1.{number}"));
    for number in 0..=crate::limits::TEXTS_AT_HAND {
        page.state.enter(draft(JOB, slot(number), Some(JOB)), None);
    }
    assert_eq!(page.state.resting.len() + 1, crate::limits::TEXTS_AT_HAND);
    assert!(page.state.take_at_hand(&Slot::Mine).is_some());
    assert!(page.state.take_at_hand(&slot(1)).is_none());
    assert!(page.state.take_at_hand(&slot(2)).is_some());
}

#[test]
fn a_changed_link_is_shown_as_it_came_and_undo_leads_back() {
    let mut page = Page::open(JOB);
    page.state.enter(draft(JOB, Slot::Link("v1".to_owned()), Some(JOB)), None);
    assert_eq!(page.act(Action::AsItCame), [], "it is as it came");
    let changed = JOB.replace("name: a", "name: b");
    page.act(Action::Type(changed.clone()));
    assert!(page.state.draft.is_edited());
    assert_eq!(page.act(Action::AsItCame), [past("b", &changed), KeepText, Record]);
    assert_eq!((page.text(), page.state.draft.is_edited()), (JOB, false));
    page.act(Action::Undo);
    assert_eq!(page.text(), changed);
}

#[test]
fn a_text_that_is_deleted_at_once_becomes_a_past_one() {
    let mut page = Page::open(JOB);
    assert_eq!(page.act(Action::Type(String::new())), [past("a", JOB), KeepText, Record]);
}

#[test]
fn that_something_is_not_kept_is_said_once() {
    let mut page = Page::open(JOB);
    let kept = |text, past| Kept { text, past, other: None };
    let failed = Err(StoreError::Full);
    page.state.text_kept(kept(failed, Ok(())));
    assert_eq!(page.state.keeper.notice(), Some(NotKept { what: Unkept::Text, why: StoreError::Full }));
    page.state.text_kept(kept(Ok(()), Ok(())));
    assert_eq!(page.state.keeper.notice(), None, "it is kept now");
    page.state.text_kept(kept(Ok(()), failed));
    page.state.text_kept(kept(Ok(()), Ok(())));
    assert_eq!(page.state.keeper.notice().map(|notice| notice.what), Some(Unkept::Past), "that one never will be");
    page.act(Action::DismissNotKept);
    page.state.text_kept(kept(failed, failed));
    assert_eq!(page.state.keeper.notice(), None);
}
