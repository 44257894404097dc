//! The header: whose text is open, examples, paste, History, share, language and theme.

use super::examples::ExamplesProps;
use crate::texts::Lang;
use crate::web::controls::button::{button, icon_button, press};
use crate::web::controls::icon::icon;
use crate::web::controls::late::late_piece;
use crate::web::controls::menu::MenuProps;
use crate::web::controls::piece::{Piece, piece};
use crate::web::controls::sprite::logo;
use crate::web::state::action::{Action, Dialog};
use crate::web::state::lesson::LearnAction;
use crate::web::state::preferences::Theme;
use yew::functional::HookContext;
use yew::prelude::*;

/// What the header shows.
#[derive(PartialEq)]
pub(super) struct HeaderProps {
    /// What the open text is called.
    pub(super) title: AttrValue,
    /// The example that is open, unchanged.
    pub(super) example: Option<usize>,
    /// Whether the text is not a person's own: then there is a line about what this is. A change does not take it away,
    /// as nothing is to move under the hand.
    pub(super) has_purpose: bool,
    pub(super) lang: Lang,
    pub(super) theme: Theme,
    pub(super) can_undo: bool,
    pub(super) can_redo: bool,
    /// Which lesson is open, of how many; `(0, 0)` for one that is in no course.
    pub(super) lesson: Option<(usize, usize)>,
    pub(super) on_action: Callback<Action>,
    /// Reads the clipboard.
    pub(super) on_paste: Callback<()>,
}

impl Piece for HeaderProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        header(self)
    }
}

/// The header.
fn header(props: &HeaderProps) -> Html {
    let (words, history, back) = (props.lang.page(), props.lang.keeping().history, props.lang.keeping().back_to_mine);
    let learn = props.lang.learn();
    let act = |action: Action| press(&props.on_action, action);
    let show = |dialog: Dialog| act(Action::ShowDialog(Some(dialog)));
    let onpaste = props.on_paste.reform(|_: MouseEvent| ());
    let other = match props.lang {
        Lang::En => Lang::Zh,
        Lang::Zh => Lang::En,
    };
    let list = late_piece(ExamplesProps { open: props.example, lang: props.lang, on_action: props.on_action.clone() });
    // On a phone there is room for them only in the menu.
    let menu = html! {<>
        <button type="button" class="item narrow" onclick={show(Dialog::Learn)}><b>{ learn.learn }</b></button>
        if props.lesson.is_some() { <button type="button" class="item narrow" onclick={act(Action::Learn(LearnAction::Leave))}><b>{ back }</b></button> }
        <button type="button" class="item narrow" onclick={onpaste.clone()}><b>{ words.paste }</b></button>
        <button type="button" class="item narrow" disabled={!props.can_undo} onclick={act(Action::Undo)}><b>{ words.undo }</b></button>
        <button type="button" class="item narrow" onclick={show(Dialog::History)}><b>{ history }</b></button>
        <button type="button" class="item narrow" onclick={show(Dialog::Help)}><b>{ words.help }</b></button>
        <button type="button" class="item narrow" onclick={show(Dialog::About)}><b>{ words.models }</b></button>
        { list.clone() }
    </>};
    let number = props.lesson.filter(|(number, _)| *number > 0).map(|(number, of)| (learn.number)(number, of));
    let in_lesson = props.lesson.map(|_| format!("{} {}", learn.learn, number.clone().unwrap_or_default()));
    let doc = html! {<>
        <span class="name">{ in_lesson.map_or(props.title.clone(), AttrValue::from) }</span>
        { icon("down") }
    </>};
    // On a first visit it is the one thing to be pressed.
    let learn_class = classes!("btn", "learn-button", (props.has_purpose && props.lesson.is_none()).then_some("ink"));
    html! {<>
        <header class={classes!("top", props.lesson.is_some().then_some("in-lesson"))}>
            <h1 class="brand">{ logo() }<span>{ words.product }</span></h1>
            <button type="button" class={learn_class} aria-haspopup="dialog" onclick={show(Dialog::Learn)}>{ learn.learn }if let Some(number) = number { <small>{ number }</small> }</button>
            { piece(MenuProps { button: doc, name: None, class: classes!("btn", "doc"), label: words.examples, children: menu }) }
            <nav aria-label={words.examples}>
                { piece(MenuProps { button: html! { { words.examples } }, name: None, class: classes!("btn"), label: words.examples, children: list }) }
                { button("btn", Some("paste"), words.paste, onpaste) }
            </nav>
            <span class="grow"></span>
            if props.lesson.is_some() { { button("btn wide", None, back, act(Action::Learn(LearnAction::Leave))) } }
            <button type="button" class="model" aria-haspopup="dialog" onclick={show(Dialog::About)}>{ words.models }</button>
            { icon_button("btn icon wide", "undo", words.undo, props.can_undo.then(|| act(Action::Undo))) }
            { icon_button("btn icon wide", "redo", words.redo, props.can_redo.then(|| act(Action::Redo))) }
            { icon_button("btn icon wide", "history", history, Some(show(Dialog::History))) }
            { button("btn ring wide", Some("share"), words.share, show(Dialog::Share)) }
            <span class="sep wide"></span>
            <button type="button" class="btn" lang={other.tag()} onclick={act(Action::SetLang(other))}>{ other.name() }</button>
            { piece(MenuProps { button: icon("theme"), name: Some(words.theme), class: classes!("btn", "icon"), label: words.theme, children: themes(props) }) }
            { icon_button("btn icon wide", "help", words.help, Some(show(Dialog::Help))) }
            { icon_button("btn icon narrow", "share", words.share, Some(show(Dialog::Share))) }
        </header>
        if props.has_purpose { <section class="purpose" aria-label="Job Playground">{ words.purpose }</section> }
    </>}
}

fn themes(props: &HeaderProps) -> Html {
    let theme = |(theme, name): (Theme, &'static str)| {
        let is_chosen = (props.theme == theme).to_string();
        html! { <button type="button" class="item" aria-pressed={is_chosen} onclick={press(&props.on_action, Action::SetTheme(theme))}><b>{ name }</b></button> }
    };
    Theme::ALL.into_iter().zip(props.lang.page().themes).map(theme).collect()
}
