//! What every row of the sheet is given.

use crate::manifest::redact::Redacted;
use crate::web::share::made::{Choice, Link, Pictures};
use crate::web::share::props::ShareProps;
use crate::web::share::run::RunOfText;
use std::rc::Rc;
use yew::prelude::*;

/// What every row is given.
pub(super) struct Rows<'p> {
    pub(super) props: &'p ShareProps,
    pub(super) choice: UseStateHandle<Choice>,
    pub(super) redacted: &'p Redacted,
    /// What is shared: the text, or what is left of it; what its files are called.
    pub(super) text: Rc<str>,
    pub(super) name: String,
    pub(super) link: &'p Link,
    /// Whether it can lead to what is explained at the moment.
    pub(super) has_mark: bool,
    /// The run of it, once there is one, and its pictures.
    pub(super) run: Option<RunOfText>,
    pub(super) pictures: Option<Rc<Pictures>>,
    /// Whether the browser did not make the pixels that were asked for last.
    pub(super) lacks_pixels: UseStateHandle<bool>,
}

impl Rows<'_> {
    /// A press changes what is chosen.
    pub(super) fn choose<E: 'static>(&self, change: impl Fn(&mut Choice) + 'static) -> Callback<E> {
        let choice = self.choice.clone();
        Callback::from(move |_: E| {
            let mut new = *choice;
            change(&mut new);
            choice.set(new);
        })
    }

    /// One of several, side by side.
    pub(super) fn segments<T: Copy + PartialEq + 'static>(
        &self,
        label: &'static str,
        options: impl Iterator<Item = (T, &'static str)>,
        chosen: T,
        set: fn(&mut Choice, T),
    ) -> Html {
        let buttons = options.map(|(value, name)| {
            let onclick = self.choose::<MouseEvent>(move |choice| set(choice, value));
            html! { <button type="button" aria-pressed={(value == chosen).to_string()} {onclick}>{ name }</button> }
        });
        html! { <span class="choices" role="group" aria-label={label}>{ for buttons }</span> }
    }
}
