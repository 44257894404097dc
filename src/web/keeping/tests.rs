//! What is kept, where, and for how long: against a store in memory.

use super::past::exported;
use super::store::StoreError;
use super::store::fake::{FakeStore, Faults};
use super::{GUEST_KEY, Keeping, Kept, Place, TEXT_KEY, ToKeep};
use crate::limits::{KEPT_LINKS, KEPT_LINKS_BYTES, KEPT_TEXTS, KEPT_TEXTS_BYTES};
use std::rc::Rc;

const KEPT: Kept = Kept { text: Ok(()), past: Ok(()), other: None };
const NOW: u64 = 1_800_000_000_000;

fn keeping<'s>(store: &'s FakeStore, tab: &'s FakeStore) -> Keeping<'s> {
    Keeping { store, tab, is_given: |text| text == "an example" }
}

fn open(keeping: Keeping, key: &str) -> (Place, Option<Rc<str>>) {
    let (mut place, text, error) = keeping.open(key.to_owned());
    assert_eq!(error, None);
    place.call(text.as_deref().map_or_else(String::new, |text| format!("named {text}")));
    (place, text)
}

fn keep(keeping: Keeping, place: &mut Place, text: &str) -> Kept {
    let name = format!("named {text}");
    keeping.keep(place, &ToKeep { name: &name, text: &text.into(), original: None, now: NOW })
}

fn past(keeping: Keeping) -> Vec<String> {
    keeping.past_texts().expect("they can be read").into_iter().map(|past| past.text.to_string()).collect()
}

fn link(number: usize) -> String {
    format!("{GUEST_KEY}v1.{number}")
}

#[test]
fn what_older_pages_kept_is_read() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    store.put("job-playground.text", "mine\n");
    store.put("job-playground.guest.v1.abc", "linked\n");
    assert_eq!(open(keeping, TEXT_KEY).1.as_deref(), Some("mine\n"));
    assert_eq!(open(keeping, &format!("{GUEST_KEY}v1.abc")).1.as_deref(), Some("linked\n"));
    assert_eq!(past(keeping), [""; 0]);
}

#[test]
fn a_text_is_kept_as_it_is_under_its_key() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let (mut place, text) = open(keeping, TEXT_KEY);
    assert_eq!(text, None);
    for text in ["a", "ab", ""] {
        assert_eq!(keep(keeping, &mut place, text), KEPT);
        assert_eq!(store.value(TEXT_KEY).as_deref(), Some(text));
    }
}

#[test]
fn what_a_visit_began_with_becomes_a_past_text() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    store.put(TEXT_KEY, "yesterday's");
    let (mut place, _) = open(keeping, TEXT_KEY);
    keep(keeping, &mut place, "yesterday's");
    assert_eq!(past(keeping), [""; 0], "nothing is new");
    keep(keeping, &mut place, "today's");
    keep(keeping, &mut place, "today's, and more");
    assert_eq!(past(keeping), ["yesterday's"]);
    assert_eq!(keeping.past_texts().expect("they can be read")[0].name, "named yesterday's");

    store.put(TEXT_KEY, "an example");
    let (mut place, _) = open(keeping, TEXT_KEY);
    keep(keeping, &mut place, "an example, changed");
    assert_eq!(past(keeping), ["yesterday's"]);
}

#[test]
fn two_tabs_overwrite_neither_text() {
    let (store, tab) = Default::default();
    let other_tab = FakeStore::default();
    let (one, two) = (keeping(&store, &tab), keeping(&store, &other_tab));
    store.put(TEXT_KEY, "mine");
    let ((mut first, _), (mut second, _)) = (open(one, TEXT_KEY), open(two, TEXT_KEY));
    assert_eq!(keep(one, &mut first, "mine 1"), KEPT);
    let kept = keep(two, &mut second, "mine 2");
    assert_eq!((kept.text, kept.other.as_deref()), (Ok(()), Some("mine 1")));
    assert!(!second.is_at_home());
    assert_eq!(keep(one, &mut first, "mine 1, more"), KEPT);
    assert_eq!(keep(two, &mut second, "mine 2, more"), KEPT);
    assert_eq!(store.value(TEXT_KEY).as_deref(), Some("mine 1, more"));
    assert_eq!(past(one), ["mine 2, more", "mine"]);

    // Each tab finds its own after a reload.
    assert_eq!(open(one, TEXT_KEY).1.as_deref(), Some("mine 1, more"));
    let (mut second, text) = open(two, TEXT_KEY);
    assert_eq!(text.as_deref(), Some("mine 2, more"));

    // The other's text is opened here: what is changed then is kept where it belongs, and both old texts are past ones.
    second.take_over("mine 1, more".into(), "taken".to_owned());
    assert_eq!(keep(two, &mut second, "mine 3"), KEPT);
    assert_eq!(store.value(TEXT_KEY).as_deref(), Some("mine 3"));
    assert_eq!(past(one), ["mine 1, more", "mine 2, more", "mine"]);
    assert_eq!(open(two, TEXT_KEY).1.as_deref(), Some("mine 3"));
}

#[test]
fn what_cannot_be_read_is_not_overwritten() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    store.put(TEXT_KEY, "kept before");
    store.faults.set(Some(Faults { error: StoreError::Broken, every: 1, of: [true, false, false] }));
    let (mut place, text, error) = keeping.open(TEXT_KEY.to_owned());
    assert_eq!((text, error), (None, Some(StoreError::Broken)));
    assert_eq!(keep(keeping, &mut place, "new").text, Err(StoreError::Broken));
    store.faults.set(None);
    assert_eq!(keep(keeping, &mut place, "new").other.as_deref(), Some("kept before"));
    assert_eq!(store.value(TEXT_KEY).as_deref(), Some("kept before"));
    assert_eq!(past(keeping), ["new"]);
}

#[test]
fn a_tab_that_forgets_shows_the_text_and_says_so() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    store.put(TEXT_KEY, "mine");
    tab.faults.set(Some(Faults { error: StoreError::Broken, every: 1, of: [true; 3] }));
    let (_, text, error) = keeping.open(TEXT_KEY.to_owned());
    assert_eq!((text.as_deref(), error), (Some("mine"), Some(StoreError::Broken)));
}

#[test]
fn after_the_store_was_emptied_a_text_is_kept_again() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let (mut place, _) = open(keeping, TEXT_KEY);
    keep(keeping, &mut place, "a");
    store.values.borrow_mut().clear();
    assert_eq!(keep(keeping, &mut place, "ab"), KEPT);
    assert_eq!(store.value(TEXT_KEY).as_deref(), Some("ab"));
}

#[test]
fn a_link_as_it_came_needs_no_room() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let (mut place, _) = open(keeping, &link(1));
    let keep = |place: &mut Place, text: &str| {
        keeping.keep(place, &ToKeep { name: "", text: &text.into(), original: Some("as it came"), now: NOW })
    };
    assert_eq!(keep(&mut place, "changed"), KEPT);
    assert_eq!(store.value(&link(1)).as_deref(), Some("changed"));
    assert_eq!(keep(&mut place, "as it came"), KEPT);
    assert_eq!(store.value(&link(1)), None);
    assert_eq!(keep(&mut place, "changed"), KEPT);
    assert_eq!(store.value(&link(1)).as_deref(), Some("changed"));
}

#[test]
fn of_changed_links_the_last_are_kept() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let links = || (0..100).filter(|number| store.value(&link(*number)).is_some()).collect::<Vec<_>>();
    // From before there was a bound, and so without an order.
    for number in 50..=80 {
        store.put(&link(number), "old");
    }
    let mut places: Vec<Place> = (0..=KEPT_LINKS).map(|number| open(keeping, &link(number)).0).collect();
    for place in &mut places[..KEPT_LINKS] {
        assert_eq!(keep(keeping, place, "new"), KEPT);
    }
    assert_eq!(links(), (0..KEPT_LINKS).collect::<Vec<_>>(), "as many as are kept");
    assert_eq!(keep(keeping, &mut places[0], "newer"), KEPT);
    assert_eq!(keep(keeping, &mut places[KEPT_LINKS], "one above"), KEPT);
    assert_eq!(links(), [0].into_iter().chain(2..=KEPT_LINKS).collect::<Vec<_>>());
}

#[test]
fn changed_links_have_so_many_bytes() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let fragment = "v1.1".len();
    let half = "x".repeat(KEPT_LINKS_BYTES / 2 - fragment);
    let kept = |number: usize| store.value(&link(number)).is_some();
    for number in [1, 2] {
        let (mut place, _) = open(keeping, &link(number));
        assert_eq!(keep(keeping, &mut place, &half), KEPT);
    }
    assert!(kept(1) && kept(2), "at the bound");
    let (mut second, _) = open(keeping, &link(2));
    assert_eq!(keep(keeping, &mut second, &format!("{half}x")), KEPT);
    assert!(!kept(1) && kept(2), "one above it");
    let whole = "x".repeat(KEPT_LINKS_BYTES - fragment);
    assert_eq!(keep(keeping, &mut second, &whole), KEPT);
    assert_eq!(keep(keeping, &mut second, &format!("{whole}x")).text, Err(StoreError::Full));
}

#[test]
fn of_past_texts_the_last_are_kept() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let place = Place::new(TEXT_KEY.to_owned());
    for number in 0..=KEPT_TEXTS {
        // All at the same time: the order is that in which they came.
        assert_eq!(keeping.keep_past(&place, "a", &number.to_string(), NOW), Ok(()));
        assert_eq!(past(keeping).len(), KEPT_TEXTS.min(number + 1));
    }
    assert_eq!(past(keeping).last().map(String::as_str), Some("1"));
    assert_eq!(keeping.keep_past(&place, "b", "7", NOW), Ok(()), "it is there already");
    assert_eq!(past(keeping).len(), KEPT_TEXTS);
    assert_eq!(past(keeping)[0], KEPT_TEXTS.to_string());
    keeping.remove_past(NOW + 5).expect("it can be removed");
    assert_eq!(past(keeping).len(), KEPT_TEXTS - 1);
    assert!(!past(keeping).contains(&"5".to_owned()));
}

#[test]
fn past_texts_have_so_many_bytes() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let place = Place::new(TEXT_KEY.to_owned());
    let text = |letter: &str, bytes: usize| letter.repeat(bytes - "a".len());
    let half = KEPT_TEXTS_BYTES / 2;
    for letter in ["x", "y"] {
        assert_eq!(keeping.keep_past(&place, "a", &text(letter, half), NOW), Ok(()));
    }
    assert_eq!(past(keeping).len(), 2, "at the bound");
    assert_eq!(keeping.keep_past(&place, "a", "b", NOW), Ok(()));
    assert_eq!(past(keeping), ["b".to_owned(), text("y", half)], "one above it");
    let too_long = text("z", KEPT_TEXTS_BYTES + 1);
    assert_eq!(keeping.keep_past(&place, "a", &too_long, NOW), Err(StoreError::Full));
    assert_eq!(past(keeping).len(), 2);
}

#[test]
fn a_full_store_makes_room_of_what_is_beyond_the_bounds() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    for number in 10..60 {
        store.put(&link(number), "old");
    }
    let bytes = |store: &FakeStore| store.values.borrow().iter().map(|(key, value)| key.len() + value.len()).sum();
    store.room.set(Some(bytes(&store)));
    let (mut place, _) = open(keeping, TEXT_KEY);
    assert_eq!(keep(keeping, &mut place, "mine"), KEPT);
    assert_eq!(store.values.borrow().len(), KEPT_LINKS + 1);
    store.room.set(Some(bytes(&store)));
    assert_eq!(keep(keeping, &mut place, "mine, and more").text, Err(StoreError::Full));
    assert_eq!(store.value(TEXT_KEY).as_deref(), Some("mine"));
}

#[test]
fn all_texts_are_one_file() {
    let (store, tab) = Default::default();
    let keeping = keeping(&store, &tab);
    let place = Place::new(TEXT_KEY.to_owned());
    for (name, text) in [("pi", "kind: Job\n"), ("", "kind: CronJob")] {
        keeping.keep_past(&place, name, text, NOW).expect("there is room");
    }
    let texts = keeping.past_texts().expect("they can be read");
    let file = exported(&texts, |time| (time - NOW).to_string());
    assert_eq!(file, "# - · 1\nkind: CronJob\n---\n# pi · 0\nkind: Job\n");
}
