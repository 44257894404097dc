//! A text that is open, with all that must be there when it is opened again; and the state's part in keeping it.

use super::action::Dialog;
use super::effect::Effect;
use super::lesson::{OpenLesson, Stage};
use super::run::RecordedRun;
use super::text::Text;
use super::{Opening, State, Toast};
use crate::examples::is_example;
use crate::limits::TEXTS_AT_HAND;
use crate::manifest::Reading;
use crate::scenario::lesson::View;
use crate::web::keeping::past::PastText;
use crate::web::keeping::progress::{self, Progress};
use crate::web::keeping::store::StoreError;
use crate::web::keeping::{GUEST_KEY, Kept, Place, TEXT_KEY};
use std::rc::Rc;

/// Whose text is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Slot {
    /// One's own.
    Mine,
    /// One that came with this fragment of an address.
    Link(String),
    /// That of a lesson, by its id.
    Lesson(Rc<str>),
}

impl Slot {
    /// The key under which its text is kept.
    pub(crate) fn key(&self) -> String {
        match self {
            Slot::Mine => TEXT_KEY.to_owned(),
            Slot::Link(fragment) => format!("{GUEST_KEY}{fragment}"),
            // Kept with the progress.
            Slot::Lesson(id) => format!("job-playground/lesson/{id}"),
        }
    }
}

/// A text that is open, or was and may be opened again.
pub(crate) struct Draft {
    pub(crate) text: Text,
    pub(crate) slot: Slot,
    pub(crate) place: Place,
    /// The text as it came with a link.
    pub(crate) original: Option<Rc<str>>,
    /// What another tab keeps at the same place, to be opened here if one likes.
    pub(crate) offer: Option<Rc<str>>,
    /// Whether such an offer was declined: there is no other for this text.
    declined: bool,
    /// Whether nothing is to be said any more about whose text it is.
    pub(crate) is_quiet: bool,
    /// The lesson that it is of, once that is here.
    pub(crate) lesson: Option<Box<OpenLesson>>,
    /// What a link says about it, if it is someone's result.
    pub(super) view: Option<View>,
    /// The step at which it is to be opened then.
    pub(super) awaits: Option<Stage>,
}

impl Draft {
    pub(crate) fn new(text: &str, slot: Slot, place: Place, original: Option<Rc<str>>) -> Draft {
        Draft::with(Text::new(text), slot, place, original)
    }

    pub(super) fn with(text: Text, slot: Slot, mut place: Place, original: Option<Rc<str>>) -> Draft {
        place.call(object_name(text.complete_reading()));
        let (offer, lesson, view, awaits) = (None, None, None, None);
        Draft { text, slot, place, original, offer, declined: false, is_quiet: false, lesson, view, awaits }
    }

    /// Whether the text came with a link and is another one now.
    pub(crate) fn is_edited(&self) -> bool {
        self.original.as_ref().is_some_and(|original| **original != *self.text.as_str())
    }

    /// Whether something of one's own is in the text.
    pub(super) fn is_own(&self) -> bool {
        self.slot == Slot::Mine || self.is_edited()
    }
}

/// The name of the first object of a text; of texts that began as the same example, it tells one from the other. Empty if
/// there is none.
pub(crate) fn object_name(reading: &Reading) -> String {
    let called =
        |field| reading.scenario.manifests.iter().find_map(|manifest| manifest.value["metadata"][field].as_str());
    called("name").or_else(|| called("generateName")).unwrap_or_default().to_owned()
}

/// Something is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotKept {
    pub(crate) what: Unkept,
    pub(crate) why: StoreError,
}

/// What is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unkept {
    /// The open text.
    Text,
    /// The text that it took the place of.
    Past,
    /// What was kept before cannot be read.
    Before,
    /// Nothing any more: the store was emptied while the page was open.
    Cleared,
}

/// The notice that something is not kept: one at a time, and none after it was dismissed.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    notice: Option<NotKept>,
    dismissed: bool,
}

impl Keeper {
    pub(crate) fn notice(&self) -> Option<NotKept> {
        self.notice.filter(|_| !self.dismissed)
    }

    pub(super) fn say(&mut self, what: Unkept, why: StoreError) {
        self.notice = Some(NotKept { what, why });
    }

    pub(super) fn dismiss(&mut self) {
        self.dismissed = true;
    }

    /// All is kept again that the notice was about.
    fn text_is_kept(&mut self) {
        self.notice = self.notice.filter(|notice| matches!(notice.what, Unkept::Past | Unkept::Before));
    }
}

impl State {
    /// The text that an address names takes the place of the one that is open, with a history of its own.
    pub(crate) fn enter(&mut self, draft: Draft, toast: Option<Toast>) -> Vec<Effect> {
        let left = std::mem::replace(&mut self.draft, draft);
        self.has_own_text |= left.slot == Slot::Mine && !is_example(left.text.as_str());
        self.resting.push(left);
        let guests = |draft: &Draft| draft.slot != Slot::Mine;
        while self.resting.len() >= TEXTS_AT_HAND {
            let Some(oldest) = self.resting.iter().position(guests) else { break };
            self.resting.remove(oldest);
        }
        // Another text, even where its objects are called the same.
        self.run = RecordedRun::nothing();
        self.selection = None;
        self.begin(Opening::Telling);
        self.refused = None;
        let mut effects = vec![Effect::Record];
        effects.extend(toast.into_iter().flat_map(|toast| self.notify(toast)));
        effects
    }

    /// Takes a text that was left out of those at hand, with its changes and what of them can be undone.
    pub(crate) fn take_at_hand(&mut self, slot: &Slot) -> Option<Draft> {
        let at = self.resting.iter().position(|draft| draft.slot == *slot)?;
        Some(self.resting.remove(at))
    }

    /// What became of the text that was to be kept.
    pub(crate) fn text_kept(&mut self, kept: Kept) -> Vec<Effect> {
        match kept.text {
            Ok(()) => self.keeper.text_is_kept(),
            Err(why) => self.keeper.say(Unkept::Text, why),
        }
        if let Err(why) = kept.past {
            self.keeper.say(Unkept::Past, why);
        }
        if !self.draft.declined && kept.other.is_some() {
            self.draft.offer = kept.other;
        }
        Vec::new()
    }

    /// The text that another one took the place of is not kept.
    pub(crate) fn past_not_kept(&mut self, why: StoreError) -> Vec<Effect> {
        self.keeper.say(Unkept::Past, why);
        Vec::new()
    }

    /// What was kept before cannot be read.
    pub(crate) fn not_read(&mut self, why: StoreError) {
        self.keeper.say(Unkept::Before, why);
    }

    /// Another tab wrote a value, or removed it; without a key it removed all.
    pub(crate) fn kept_elsewhere(&mut self, key: Option<&str>, value: Option<&str>) -> Vec<Effect> {
        if let Some(elsewhere) = value.filter(|_| key == Some(progress::KEY)).and_then(Progress::read) {
            self.learn.take_in(&elsewhere);
        }
        let mut is_lost = false;
        for draft in self.resting.iter_mut().chain([&mut self.draft]) {
            let Some(key) = key else {
                is_lost |= draft.place.forget();
                continue;
            };
            if draft.place.home() != key || !draft.place.is_at_home() && draft.offer.is_none() {
                continue;
            }
            match value {
                Some(text) if *text == *draft.text.as_str() => {
                    draft.offer = None;
                    if draft.place.is_at_home() {
                        draft.place.agree(text.into(), object_name(draft.text.complete_reading()));
                    }
                }
                Some(text) if !draft.declined => draft.offer = Some(text.into()),
                Some(_) => {}
                None => is_lost |= draft.place.forget() && draft.slot == Slot::Mine,
            }
        }
        if is_lost {
            self.keeper.say(Unkept::Cleared, StoreError::Broken);
        }
        Vec::new()
    }

    /// The text that the other tab keeps takes the place of this one's, which becomes a past text.
    pub(super) fn take_offer(&mut self) -> Vec<Effect> {
        let Some(other) = self.draft.offer.take() else { return Vec::new() };
        let mut effects: Vec<Effect> = self.replaced().into_iter().collect();
        effects.extend(self.change(|text| text.set(&other), true));
        let name = self.object_name();
        self.draft.place.take_over(other, name);
        self.begin(Opening::Telling);
        effects
    }

    /// Both texts are kept, and this tab goes on with its own.
    pub(super) fn decline_offer(&mut self) -> Vec<Effect> {
        self.draft.offer = None;
        self.draft.declined = true;
        vec![Effect::KeepText]
    }

    /// The text as it came with its link. The changes become a past text.
    pub(super) fn as_it_came(&mut self) -> Vec<Effect> {
        let Some(original) = self.draft.original.clone() else { return Vec::new() };
        let mut effects: Vec<Effect> = self.replaced().into_iter().collect();
        effects.extend(self.change(|text| text.set(&original), true));
        effects
    }

    /// What is to be done as another text takes the place of this one.
    pub(super) fn replaced(&self) -> Option<Effect> {
        let draft = &self.draft;
        draft.is_own().then(|| Effect::KeepPast { name: self.object_name(), text: Rc::clone(draft.text.rc()) })
    }

    /// What the open text is called among the past texts.
    pub(crate) fn object_name(&self) -> String {
        object_name(self.draft.text.complete_reading())
    }

    /// The past texts were read, the newest first.
    pub(crate) fn past_texts_read(&mut self, texts: Result<Vec<PastText>, StoreError>) -> Vec<Effect> {
        self.past = texts.map(Rc::from);
        Vec::new()
    }

    /// A past text takes the place of the open one; undo leads back.
    pub(super) fn open_past(&mut self, time: u64) -> Vec<Effect> {
        let Ok(texts) = self.past.clone() else { return Vec::new() };
        let Some(past) = texts.iter().find(|past| past.time == time) else { return Vec::new() };
        self.dialog = None;
        let mut effects = self.open(&past.text, Opening::Telling);
        effects.push(Effect::FocusStage);
        effects
    }

    pub(super) fn show_dialog(&mut self, dialog: Option<Dialog>) -> Vec<Effect> {
        self.dialog = dialog;
        // What is shared is a moment: it stands still.
        self.playing &= dialog != Some(Dialog::Share);
        match dialog {
            Some(Dialog::History) => vec![Effect::ReadPastTexts],
            Some(Dialog::Learn) => vec![Effect::FetchLessons],
            _ => Vec::new(),
        }
    }
}
