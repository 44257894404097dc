//! A text that is too long to be read at once.

use super::*;

/// [`JOB`] with a comment that makes it long.
fn long() -> String {
    format!("{JOB}# {}\n", "long ".repeat(40_000))
}

const SCENARIO: &str = "apiVersion: job-playground/v1\nkind: Scenario\nspec: {kubernetes: \"1.36\"}\n";

fn limit(page: &Page) -> u64 {
    page.state.run.scenario.manifests[0].value["spec"]["backoffLimit"].as_u64().unwrap()
}

#[test]
fn a_long_text_is_read_and_recorded_as_any_other() {
    let mut page = Page::open(&long());
    assert_eq!(limit(&page), 1);
    let playhead = page.state.playhead;
    page.act(Action::Type(long().replace("backoffLimit: 1", "backoffLimit: 3")));
    assert_eq!((limit(&page), page.state.playhead), (3, playhead));
    page.act(Action::Undo);
    assert_eq!(limit(&page), 1);
}

#[test]
fn what_is_typed_into_a_long_text_stays_while_it_is_read() {
    let mut page = Page::open(&long());
    let typed = long().replace("name: a", "name: b");
    assert_eq!(page.state.apply(Action::Type(typed.clone())), [KeepText, Record]);
    assert!(!page.state.draft.text.is_read());
    assert_eq!(page.text(), typed);
    // It is called as before, and its run stays, until that is known better.
    assert_eq!(page.state.object_name(), "a");
    assert_eq!(limit(&page), 1);
    page.carry_out(&[Record]);
    assert_eq!(page.state.object_name(), "b");
}

#[test]
fn a_gesture_in_a_text_that_is_being_read_reads_it_first() {
    let mut page = Page::open(&long());
    let typed = long().replace("backoffLimit: 1", "backoffLimit: 2");
    page.state.apply(Action::Type(typed));
    page.act(Page::restart_at(7));
    assert_eq!((limit(&page), page.state.run.scenario.inputs.len()), (2, 1));
}

#[test]
fn a_reading_of_a_text_that_was_changed_since_is_not_taken() {
    let mut page = Page::open(&long());
    page.state.apply(Action::Type(long().replace("name: a", "name: b")));
    let mut late = page.state.draft.text.reader().unwrap();
    page.act(Action::Type(long().replace("name: a", "name: c")));
    let late = std::iter::repeat_with(|| late.advance(100)).flatten().next().unwrap();
    page.state.text_read(late);
    assert_eq!(page.state.object_name(), "c");
}

#[test]
fn another_long_text_that_is_pasted_over_it_opens_where_it_tells_most() {
    let mut page = Page::open(&long());
    page.act(Action::Seek(Time::ZERO));
    page.act(Action::Type(long().replace("name: a", "name: other").replace("long", "text")));
    assert_ne!(page.state.playhead, Time::ZERO);
}

#[test]
fn another_long_text_is_pasted_and_edited_before_it_is_read() {
    let mut page = Page::open(&long());
    page.act(Action::Seek(Time::ZERO));
    let other = long().replace("name: a", "name: other").replace("long", "text");
    page.state.apply(Action::Type(other.clone()));
    page.act(Action::Type(other + "#"));
    assert_ne!(page.state.playhead, Time::ZERO, "it is another text all the same");
}

#[test]
fn a_gesture_of_the_table_reads_a_text_first() {
    let mut page = Page::open(&format!("{}---\n{SCENARIO}", long()));
    page.state.apply(Action::Type(page.text().replace("backoffLimit: 1", "backoffLimit: 2")));
    page.act(cluster::node("node-1"));
    assert_eq!(page.text().matches("kind: Scenario").count(), 1);
    page.state.apply(Action::Type(page.text().replace("backoffLimit: 2", "backoffLimit: 3")));
    page.act(cluster::step(Some(5)));
    assert_eq!(page.nodes(), [("node-1".to_owned(), Some("5".to_owned()))]);
}
