//! Whose run is shown, where the playhead stands in it, and what is explained there.

use super::*;
use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::web::state::action::Dialog;

#[test]
fn a_refused_text_about_something_else_has_no_run_before() {
    let refused = JOB.replace("Never", "Always");
    let foreign = refused.replace("name: a", "name: migrate");
    let broken = JOB.replace("name: a", "name: migrate").replace("spec:", "spec: [");
    let cron_job = JOB.replace("kind: Job", "kind: CronJob");
    // Called the same, but nothing else of it is.
    let namesake = format!("{refused}---\n{}", "# something else altogether\n".repeat(40));
    for text in [&foreign, &broken, &cron_job, &namesake] {
        for action in [Action::OpenText(text.clone()), Action::Type(text.clone())] {
            let mut page = Page::open(JOB);
            page.act(action);
            assert!(page.state.run.is_empty() && page.state.selection.is_none_or(|on| on.object.is_none()), "{text}");
            page.act(Action::Undo);
            assert!(page.state.is_fresh() && !page.state.run.is_empty(), "the run is there again");
        }
    }
    let mut page = Page::open(JOB);
    page.act(Action::Type(refused.clone()));
    assert!(!page.state.run.is_empty(), "the text, edited");
    page.act(Action::OpenText(JOB.replace("Never", "Sometimes")));
    assert!(page.state.run.is_empty(), "a text that was opened, though of the same name");
    let mut page = Page::open(JOB);
    let effects = page.state.enter(draft(&refused, Slot::Link("v1".to_owned()), Some(&refused)), None);
    page.carry_out(&effects);
    assert!(page.state.run.is_empty(), "another text, though of the same name");
}

#[test]
fn a_screen_reader_is_told_of_a_step_and_at_the_end_of_playing_of_what_has_passed() {
    let mut page = Page::open(JOB);
    let moments: Vec<Time> = page.state.run.timeline.moments.iter().map(|moment| moment.at).collect();
    page.act(Action::Seek(Time::ZERO));
    assert_eq!(page.state.announced, None);
    page.act(Action::StepBy(1));
    assert_eq!(page.state.announced, Some(Announced::Step(moments[1])));
    page.act(Action::TogglePlay);
    page.state.beat();
    page.state.beat();
    page.act(Action::TogglePlay);
    assert_eq!(page.state.announced, Some(Announced::Played(moments[3], 2)));
    page.act(Action::TogglePlay);
    for _ in &moments {
        page.state.beat();
    }
    assert!(!page.state.playing);
    let all = moments.len() - 4;
    assert_eq!(page.state.announced, Some(Announced::Played(*moments.last().expect("an event"), all)));
}

#[test]
fn what_is_explained_follows_the_playhead() {
    let mut page = Page::open(JOB);
    let explained = |page: &Page| page.state.selection.map(|on| page.state.run.recording.step(on.step).at);
    let moments: Vec<Time> = page.state.run.timeline.moments.iter().map(|moment| moment.at).collect();
    let end = page.state.run.timeline.end;
    let before = |at: Time| moments.iter().rev().find(|moment| **moment <= at).copied();
    let chosen = crate::explain::Selection { step: page.state.run.timeline.moments[1].telling, object: None };
    for action in [Action::Seek(Time::from_seconds(3)), Action::Seek(Time::ZERO), Action::Seek(end)]
        .into_iter()
        .chain((0..=10).map(Action::SeekTenth))
    {
        page.act(Action::Select(Some(chosen)));
        page.act(action.clone());
        assert_eq!(explained(&page), before(page.state.playhead), "{action:?}");
    }
    assert_eq!(page.state.playhead, end, "the last tenth is the end");
    page.act(Action::Select(Some(chosen)));
    page.act(Action::Seek(moments[1]));
    assert_eq!(page.state.selection, Some(chosen), "the playhead stays");
    page.act(Action::Select(None));
    page.act(Action::Seek(Time::ZERO));
    page.act(Action::Select(None));
    page.act(Action::Seek(Time::ZERO));
    assert_eq!(explained(&page), Some(moments[0]), "the start explains the first step");
}

#[test]
fn a_job_that_succeeds_opens_in_its_first_run_however_it_is_pasted() {
    let other = JOB.replace("name: a", "name: migrate").replace("exit 1", "exit 0");
    for action in [Action::OpenText(other.clone()), Action::Type(other.clone())] {
        let mut page = Page::open(JOB);
        page.act(Action::Seek(page.state.run.timeline.end));
        page.act(action);
        let bar = &page.state.run.timeline.jobs[0].bars[0];
        let segment = bar.segment_at(page.state.playhead).map(|segment| segment.kind);
        assert_eq!(segment, Some(crate::timeline::pods::SegmentKind::Running));
    }
    let mut page = Page::open(JOB);
    page.act(Action::Seek(Time::from_seconds(3)));
    page.act(Action::Type(JOB.replace("name: a", "name: ab")));
    assert_eq!(page.state.playhead, Time::from_seconds(3), "a new name is no new text");
}

#[test]
fn undo_brings_back_the_moment() {
    let mut page = Page::open(JOB);
    page.act(Action::Seek(Time::from_seconds(3)));
    let before = (page.state.playhead, page.state.selection);
    let at = Time::from_seconds(5);
    let input = Input::new(at, InputAction::RestartControllers);
    page.act(Action::AddNearest(input, crate::cluster::reason::NoEffect::NotRunning));
    assert_eq!(page.state.playhead, at);
    assert!(matches!(page.state.toast, Some(Toast::Nearest(..))));
    let after = (page.state.playhead, page.state.selection);
    page.act(Action::Undo);
    assert_eq!((page.state.playhead, page.state.selection), before);
    page.act(Action::Redo);
    assert_eq!((page.state.playhead, page.state.selection), after);
    page.act(Action::OpenExample(1));
    page.act(Action::Undo);
    assert_eq!((page.state.playhead, page.state.selection), after, "also of a text that was replaced");
    page.act(Action::Type(page.text().replace("spec:", "spec: [")));
    page.act(Action::Seek(Time::ZERO));
    page.act(Action::Undo);
    assert_eq!((page.state.playhead, page.state.selection), after, "also where its run is still shown");
}

#[test]
fn a_change_in_mid_run_can_be_applied_there() {
    let typed = JOB.replace("backoffLimit: 1", "backoffLimit: 12");
    let mut page = Page::open(JOB);
    page.act(Action::Seek(Time::ZERO));
    page.act(Action::Type(typed.clone()));
    assert!(page.state.applicable().is_none(), "at the start it is the same");
    page.act(Action::Undo);
    let at = Time::from_seconds(3);
    page.act(Action::Seek(at));
    page.act(Action::Type(JOB.replace("backoffLimit: 1", "backoffLimit: 1 # one")));
    assert!(page.state.applicable().is_none(), "the object is the same");
    page.act(Action::Type(typed.clone()));
    page.act(Action::Type(JOB.replace("backoffLimit: 1", "backoffLimit: 123")));
    page.act(Action::Type(JOB.replace("backoffLimit: 1", "backoffLimit: 123")));
    assert_eq!(page.state.applicable().map(|offer| offer.at), Some(at), "also when it is reported twice");
    page.act(Action::Apply);
    assert_eq!(page.state.run.scenario.manifests[0].value["spec"]["backoffLimit"], 1, "the manifest is as it was");
    let inputs = page.state.draft.text.reading().scenario.inputs.to_vec();
    let InputAction::Patch { patch, .. } = &inputs[0].action else { panic!("a patch: {inputs:?}") };
    assert_eq!((inputs[0].at, &**patch), (at, &serde_json::json!({"spec": {"backoffLimit": 123}})));
    assert_eq!(page.state.playhead, at);
    let fault = &page.state.run.timeline.faults[0];
    assert_eq!(fault.refused, None);
    assert_eq!(page.state.selection.map(|on| on.step), fault.mark.map(|mark| mark.step));

    page.act(Action::Undo);
    page.act(Action::Undo);
    let image = page.text().replace("image: busybox", "image: alpine");
    page.act(Action::Type(image));
    page.act(Action::Apply);
    let fault = &page.state.run.timeline.faults[0];
    assert!(fault.refused.is_some(), "the template of a Job is immutable: {fault:?}");
    assert_eq!(page.state.selection.map(|on| on.step), fault.mark.map(|mark| mark.step), "what the server says");

    page.act(Action::Undo);
    page.act(Action::Type(typed.clone()));
    page.act(Action::Seek(Time::from_seconds(4)));
    assert!(page.state.applicable().is_none(), "the playhead has moved");
}

#[test]
fn a_run_opens_at_the_mark_that_was_pressed_before_there_was_one() {
    let recorded = Page::open(JOB).state.run;
    let moment = recorded.timeline.moments.last().expect("it has moments");
    let mark = Selection { step: moment.telling, object: None };
    let nowhere = Selection { step: StepId(u32::MAX), object: None };
    for (mark, selected) in [(mark, true), (nowhere, false)] {
        let mut page = Page::unrecorded(JOB);
        page.state.open_at(Opening::On(mark));
        page.carry_out(&[Record]);
        assert_eq!(page.state.selection == Some(mark), selected);
        assert_eq!(page.state.playhead == moment.at, selected);
    }
}

#[test]
fn a_run_that_plays_stands_still_when_a_moment_of_it_is_shared() {
    let mut page = Page::open(JOB);
    page.act(Action::Seek(Time::ZERO));
    page.act(Action::TogglePlay);
    page.act(Action::ShowDialog(Some(Dialog::Help)));
    assert!(page.state.playing);
    page.act(Action::ShowDialog(Some(Dialog::Share)));
    assert!(!page.state.playing);
}

#[test]
fn what_played_before_there_was_a_run_plays_on_once() {
    let mut page = Page::unrecorded(JOB);
    page.state.open_at(Opening::At(Time::ZERO));
    page.state.plays_at_opening = true;
    page.carry_out(&[Record]);
    assert!(page.state.playing);
    page.act(Action::TogglePlay);
    page.act(Action::OpenText(JOB.replace("name: a", "name: b")));
    assert!(!page.state.playing);
}
