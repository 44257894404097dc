//! Notices above the regions that stay until something is done about them: whose text is open, that another tab has one
//! of its own, and that something is not kept.

use crate::texts::Lang;
use crate::web::controls::button::{button, icon_button, press};
use crate::web::keeping::store::StoreError;
use crate::web::state::action::Action;
use crate::web::state::draft::{NotKept, Unkept};
use crate::web::state::run::Stage;
use crate::web::state::{Slot, State};
use yew::prelude::*;

/// All that there are now.
pub(super) fn notices(state: &State, stage: &Stage) -> Html {
    let draft = &state.draft;
    html! {<>
        if matches!(draft.slot, Slot::Link(_)) && !draft.is_quiet { { guest(draft.is_edited(), state.has_own_text, stage) } }
        if draft.offer.is_some() { { offer(stage) } }
        if let Some(notice) = state.keeper.notice() { { not_kept(notice, stage) } }
    </>}
}

/// Says that the text came with a link, and leads back to one's own; to who has none it is a text like any other, until
/// it is changed.
fn guest(is_edited: bool, has_own: bool, stage: &Stage) -> Html {
    let words = stage.lang.keeping();
    let act = |action: Action| press(&stage.on_action, action);
    let said = match (is_edited, has_own) {
        (false, false) => return Html::default(),
        (false, true) => [words.guest, words.own_is_kept],
        (true, true) => [words.guest_edited, words.own_is_kept],
        (true, false) => [words.guest_edited, ""],
    };
    html! {
        <aside class="notice guest"><span>{ said[0] }{ said[1] }</span><span class="grow"></span>
            if is_edited { { button("btn", Some("restart"), words.as_it_came, act(Action::AsItCame)) } }
            if has_own { { button("btn ring", None, words.back_to_mine, act(Action::BackToMine)) } }
            { icon_button("btn icon", "close", stage.lang.page().close, Some(act(Action::DismissGuest))) }
        </aside>
    }
}

/// Says that another tab has a text of its own, and offers it.
fn offer(stage: &Stage) -> Html {
    let words = stage.lang.keeping();
    let act = |action: Action| press(&stage.on_action, action);
    html! {
        <div class="notice offer" role="status"><span>{ words.offer }</span><span class="grow"></span>
            { button("btn ring", None, words.take_offer, act(Action::TakeOffer)) }
            { button("btn", None, words.decline_offer, act(Action::DeclineOffer)) }
        </div>
    }
}

fn not_kept_words(notice: NotKept, lang: Lang) -> String {
    let (words, why) = (lang.keeping(), why_not(notice.why, lang));
    match notice.what {
        Unkept::Text => (words.text_not_kept)(why),
        Unkept::Past => (words.past_not_kept)(why),
        Unkept::Before => (words.before_not_read)(why),
        Unkept::Cleared => words.cleared.to_owned(),
    }
}

/// Why the browser's storage does not do what it is asked for.
pub(super) fn why_not(error: StoreError, lang: Lang) -> &'static str {
    let words = lang.keeping();
    match error {
        StoreError::Denied => words.denied,
        StoreError::Full => words.full,
        StoreError::Broken => words.broken,
    }
}

/// Says that something is not kept, and how to keep it oneself.
fn not_kept(notice: NotKept, stage: &Stage) -> Html {
    let (words, page) = (stage.lang.keeping(), stage.lang.page());
    let act = |action: Action| press(&stage.on_action, action);
    html! {
        <div class="notice unkept" role="status"><span>{ not_kept_words(notice, stage.lang) }</span><span class="grow"></span>
            { button("btn ring", Some("copy"), page.copy, act(Action::Copy)) }
            { button("btn ring", Some("save"), words.download, act(Action::Download)) }
            { icon_button("btn icon", "close", page.close, Some(act(Action::DismissNotKept))) }
        </div>
    }
}
