//! A session in which the browser's storage fails: whatever fails and how often, no text is lost without a word.

use super::*;
use crate::time::Time;
use crate::web::keeping::store::Store;
use crate::web::keeping::store::fake::{FakeStore, Faults};
use crate::web::state::action::Action;

/// A session of one tab: the state, and the app's part in carrying out what it asks for.
struct Session<'s> {
    store: &'s FakeStore,
    tab: FakeStore,
    state: State,
    fragment: Option<String>,
    now: u64,
}

impl<'s> Session<'s> {
    fn open(store: &'s FakeStore, fragment: Option<String>) -> Session<'s> {
        let tab = FakeStore::default();
        let state = first_state(Keeping { store, tab: &tab, is_given: is_example }, fragment.clone());
        Session { store, tab, state, fragment, now: 0 }
    }

    fn keeping(&self) -> Keeping<'_> {
        Keeping { store: self.store, tab: &self.tab, is_given: is_example }
    }

    fn act(&mut self, action: Action) {
        let mut effects = self.state.apply(action);
        while !effects.is_empty() {
            effects = effects.into_iter().flat_map(|effect| self.carry_out(effect)).collect();
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Vec<Effect> {
        self.now += 1;
        let keeping = Keeping { store: self.store, tab: &self.tab, is_given: is_example };
        match effect {
            Effect::KeepText => keep(&mut self.state, keeping, self.now),
            Effect::KeepPast { name, text } => keep_past(&mut self.state, keeping, &name, &text, self.now),
            Effect::ReadPastTexts => self.state.past_texts_read(keeping.past_texts()),
            Effect::RemovePast(time) => remove_past(&mut self.state, keeping, time),
            Effect::LeaveFragment => {
                self.fragment = None;
                Vec::new()
            }
            Effect::FollowFragment => follow_address(&mut self.state, keeping, self.fragment.clone()),
            _ => Vec::new(),
        }
    }

    fn go_to(&mut self, fragment: Option<&str>) {
        self.fragment = fragment.map(str::to_owned);
        self.carry_out(Effect::FollowFragment);
    }

    fn reload(&mut self) {
        self.state = first_state(self.keeping(), self.fragment.clone());
    }

    fn text(&self) -> String {
        self.state.draft.text.as_str().to_owned()
    }

    /// Whether a notice is there.
    fn says_so(&self) -> bool {
        self.state.keeper.notice().is_some()
    }

    fn past(&self) -> Vec<String> {
        let texts = self.keeping().past_texts().unwrap_or_default();
        texts.into_iter().map(|past| past.text.to_string()).collect()
    }
}

fn job(name: &str) -> String {
    format!("apiVersion: batch/v1\nkind: Job\nmetadata: {{name: {name}}}\n")
}

/// Opens, edits, opens a link, edits it, goes back, opens an example, reloads in between; after each reload the text is
/// the last one, or a notice was there. Returns how often there was a notice.
fn play(store: &FakeStore, link: &str, context: &str) -> usize {
    let mut notices = 0;
    let mut session = Session::open(store, None);
    let check = |session: &mut Session, notices: &mut usize| {
        let (text, said) = (session.text(), session.says_so());
        session.reload();
        *notices += usize::from(said || session.says_so());
        let is_found = session.text() == text || session.past().contains(&text);
        assert!(is_found || said || session.says_so(), "{context}: lost {text:?}, shows {:?}", session.text());
        // Goes on with it in any case, as its user would from a copy.
        if session.text() != text {
            session.act(Action::SetText(text));
        }
    };
    for name in ["a", "ab", "abc"] {
        session.act(Action::Type(job(name)));
    }
    check(&mut session, &mut notices);
    session.act(Action::Type(job("abcd")));
    session.go_to(Some(link));
    assert!(session.text().contains("linked") || session.says_so(), "{context}");
    for name in ["linked1", "linked12"] {
        session.act(Action::Type(job(name)));
    }
    check(&mut session, &mut notices);
    session.act(Action::AsItCame);
    session.act(Action::Undo);
    session.act(Action::BackToMine);
    check(&mut session, &mut notices);
    session.act(Action::OpenExample(2));
    session.act(Action::Undo);
    session.act(Action::OpenText(job("pasted")));
    check(&mut session, &mut notices);
    session.go_to(Some(link));
    session.go_to(None);
    session.act(Action::Type(job("pasted1")));
    check(&mut session, &mut notices);
    notices
}

#[test]
fn in_a_store_that_works_all_is_found_and_nothing_is_said() {
    let store = FakeStore::default();
    assert_eq!(play(&store, &link::encode(&job("linked")), "no faults"), 0);
    assert_eq!(store.value(TEXT_KEY), Some(job("pasted1")));
}

#[test]
fn every_so_many_readings_writings_and_removals_may_fail() {
    let link = link::encode(&job("linked"));
    let kinds = [[true, false, false], [false, true, false], [false, false, true], [true; 3]];
    for error in [StoreError::Broken, StoreError::Denied] {
        for of in kinds {
            for every in 1.. {
                let store = FakeStore::default();
                store.put(TEXT_KEY, &job("before"));
                let faults = Faults { error, every, of };
                store.faults.set(Some(faults));
                let notices = play(&store, &link, &format!("{faults:?}"));
                if store.asked() < every {
                    assert_eq!(notices, 0, "nothing has failed");
                    break;
                }
                store.faults.set(None);
                let kept: Vec<String> = store.values.borrow().values().cloned().collect();
                let is_kept = kept.iter().any(|text| text.contains("name: before"));
                assert!(is_kept || notices > 0, "{faults:?}: the text of before is lost without a word");
                if every == 1 && of[1] {
                    assert!(notices > 0, "{faults:?}: nothing is kept, and nothing is said");
                }
            }
        }
    }
}

#[test]
fn a_store_with_little_room_says_so() {
    let link = link::encode(&job("linked"));
    for room in (0..4_000).step_by(40) {
        let store = FakeStore::default();
        store.room.set(Some(room));
        let notices = play(&store, &link, &format!("room for {room} bytes"));
        assert!(notices > 0 || room > 300, "nothing is said with room for {room} bytes");
    }
}

#[test]
fn two_tabs_work_side_by_side() {
    let store = FakeStore::default();
    store.put(TEXT_KEY, &job("both"));
    let (mut one, mut two) = (Session::open(&store, None), Session::open(&store, None));
    two.now = 1_000;
    one.act(Action::Type(job("one")));
    two.state.kept_elsewhere(Some(TEXT_KEY), Some(&job("one")));
    assert_eq!(two.state.draft.offer.as_deref(), Some(&*job("one")));
    assert_eq!(two.text(), job("both"), "it is only offered");

    two.act(Action::Type(job("two")));
    one.act(Action::Type(job("one1")));
    two.state.kept_elsewhere(Some(TEXT_KEY), Some(&job("one1")));
    assert_eq!(two.state.draft.offer.as_deref(), Some(&*job("one1")));
    for (session, text) in [(&mut one, job("one1")), (&mut two, job("two"))] {
        session.reload();
        assert_eq!(session.text(), text);
    }
    two.state.kept_elsewhere(Some(TEXT_KEY), Some(&job("one12")));
    assert_eq!(two.state.draft.offer, None, "each tab has its own now");
    assert!(!one.says_so() && !two.says_so());
}

#[test]
fn the_other_tabs_text_can_be_opened_and_undone() {
    let store = FakeStore::default();
    let (mut one, mut two) = (Session::open(&store, None), Session::open(&store, None));
    two.now = 1_000;
    two.act(Action::Type(job("two")));
    one.act(Action::Type(job("one")));
    assert_eq!(one.state.draft.offer.as_deref(), Some(&*job("two")), "found as it was to be overwritten");
    one.act(Action::TakeOffer);
    assert_eq!((one.text(), one.state.draft.offer.is_none()), (job("two"), true));
    one.act(Action::Undo);
    assert_eq!(one.text(), job("one"));
    assert_eq!(store.value(TEXT_KEY), Some(job("one")));
    assert!(one.past().contains(&job("two")), "the other tab's text is a past one: {:?}", one.past());
    two.act(Action::Type(job("two2")));
    two.reload();
    assert_eq!((two.text(), store.value(TEXT_KEY)), (job("two2"), Some(job("one"))));
}

#[test]
fn a_declined_text_is_not_offered_again() {
    let store = FakeStore::default();
    store.put(TEXT_KEY, &job("both"));
    let (mut one, mut two) = (Session::open(&store, None), Session::open(&store, None));
    one.act(Action::Type(job("one")));
    two.state.kept_elsewhere(Some(TEXT_KEY), Some(&job("one")));
    two.act(Action::DeclineOffer);
    two.act(Action::Type(job("two")));
    two.state.kept_elsewhere(Some(TEXT_KEY), Some(&job("one1")));
    assert_eq!(two.state.draft.offer, None);
    assert_eq!((store.value(TEXT_KEY), two.past().contains(&job("two"))), (Some(job("one")), true));
}

#[test]
fn a_store_that_is_emptied_is_told_and_the_text_stays() {
    let store = FakeStore::default();
    let mut session = Session::open(&store, None);
    session.state.kept_elsewhere(None, None);
    assert!(!session.says_so(), "nothing of the user's was there");
    session.act(Action::Type(job("mine")));
    store.values.borrow_mut().clear();
    session.state.kept_elsewhere(None, None);
    assert!(session.says_so());
    assert_eq!(session.text(), job("mine"));
    session.act(Action::Type(job("mine1")));
    assert!(!session.says_so(), "it is kept again");
}

#[test]
fn a_link_that_was_altered_says_so_also_when_its_text_was_changed() {
    let store = FakeStore::default();
    let link = link::encode(&job("linked"));
    let other = if link.ends_with('A') { "B" } else { "A" };
    let altered = format!("{}{other}", &link[..link.len() - 1]);
    let mut session = Session::open(&store, Some(altered));
    assert!(matches!(session.state.toast, Some(Toast::Link(LinkError::Altered { .. }))));
    session.act(Action::Type(job("changed")));
    session.reload();
    assert_eq!(session.text(), job("changed"));
    assert!(matches!(session.state.toast, Some(Toast::Link(LinkError::Altered { .. }))));
}

#[test]
fn what_is_no_link_leaves_ones_own_text_and_its_changes() {
    let store = FakeStore::default();
    let mut session = Session::open(&store, None);
    session.act(Action::Type(job("mine")));
    session.go_to(Some("x"));
    assert!(matches!(session.state.toast, Some(Toast::Link(LinkError::NotALink))));
    assert_eq!(session.text(), job("mine"));
    assert!(session.state.draft.text.can_undo());
    session.go_to(Some(&link::encode(&job("linked"))));
    session.go_to(Some("x"));
    assert!(session.text() == job("mine") && session.state.draft.text.can_undo());
}

#[test]
fn a_past_text_is_opened_and_undone_and_removed() {
    let store = FakeStore::default();
    let mut session = Session::open(&store, None);
    session.act(Action::Type(job("mine")));
    session.act(Action::OpenText(job("pasted")));
    session.act(Action::ShowDialog(Some(crate::web::state::action::Dialog::History)));
    let past = session.state.past.clone().expect("they can be read");
    assert_eq!(past.iter().map(|past| past.name.as_str()).collect::<Vec<_>>(), ["mine"]);
    session.act(Action::OpenPast(past[0].time));
    assert_eq!((session.text(), session.state.dialog), (job("mine"), None));
    session.act(Action::Undo);
    assert_eq!(session.text(), job("pasted"));
    let names: Vec<String> = texts_to_export(&session.state, 9).into_iter().map(|past| past.name).collect();
    assert_eq!(names, ["pasted", "mine"]);
    session.act(Action::RemovePast(past[0].time));
    assert_eq!(session.past(), [job("pasted")], "it was open when the past one took its place");
}

#[test]
fn who_has_no_text_of_ones_own_is_not_told_of_one() {
    let link = link::encode(&job("theirs"));
    let visit = |own: Option<&str>| {
        let store = FakeStore::default();
        if let Some(own) = own {
            store.set(TEXT_KEY, own).expect("it works");
        }
        Session::open(&store, Some(link.clone())).state.has_own_text
    };
    assert!(visit(Some(&job("mine"))));
    assert!(!visit(None));
    assert!(!visit(Some(EXAMPLES[1].text)), "an example was looked at");

    let store = FakeStore::default();
    let mut session = Session::open(&store, None);
    session.go_to(Some(&link));
    assert!(!session.state.has_own_text, "the first example was open");
    session.go_to(None);
    session.act(Action::SetText(job("mine")));
    session.go_to(Some(&link));
    assert!(session.state.has_own_text);
}

#[test]
fn a_link_to_a_moment_opens_there_and_is_the_same_text() {
    let store = FakeStore::default();
    let (text, at) = (job("linked"), Time::from_millis(1_234));
    let mut session = Session::open(&store, Some(link::encode_at(&text, at)));
    assert_eq!((session.text(), session.state.toast.is_some()), (text.clone(), false));
    session.act(Action::Type(job("changed")));
    session.go_to(Some(&link::encode(&text)));
    assert_eq!(session.text(), job("changed"), "the moment makes it no other text");
}
