//! Lessons on the page: the card at the head of the text, the curtain with the question on the stage, the panel with all
//! of them. Shows what the state says and reports what a learner does; decides nothing.

mod answers;
pub(crate) mod author;
pub(crate) mod card;
pub(crate) mod doors;
mod goals;
mod handout;
mod marked;
pub(crate) mod panel;
pub(crate) mod phone;
mod props;
pub(crate) mod question;
mod result;

pub(crate) use answers::{say, stop as stop_words};
pub(crate) use author::AuthorProps;
pub(crate) use card::next_action;
pub(crate) use marked::plain;
pub(crate) use props::CardProps;
pub(crate) use question::QuestionProps;

use super::browser;
use super::controls::late::is_there;
use web_sys::HtmlElement;

/// What a learner does first: choose an answer, else go on with the card. Says whether the card can have come.
pub(crate) fn focus() -> bool {
    let first = [".ask input:checked", ".ask input", ".lesson .acts .btn.ink", ".lesson"];
    let seen = first.iter().find_map(|selector| {
        browser::first::<HtmlElement>(selector).filter(|element| element.offset_parent().is_some())
    });
    if let Some(element) = seen {
        // A page that refuses the focus keeps working.
        let _ = element.focus();
    }
    is_there::<CardProps>()
}
