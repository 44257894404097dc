//! The header: whose text is open, examples, paste, share, language and theme.

use super::action::{Action, Dialog, Theme};
use super::examples::EXAMPLES;
use super::icon::{icon, logo};
use super::menu::MenuProps;
use super::preferences;
use crate::texts::Lang;
use crate::web::piece::{Piece, piece};
use yew::functional::HookContext;
use yew::prelude::*;

/// What the header shows.
#[derive(PartialEq)]
pub(super) struct HeaderProps {
    /// What the open text is called.
    pub(super) title: AttrValue,
    /// The example that is open, unchanged.
    pub(super) example: Option<usize>,
    pub(super) lang: Lang,
    pub(super) can_undo: bool,
    pub(super) can_redo: bool,
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
    let words = props.lang.page();
    let act = |action: Action| props.on_action.reform(move |_: MouseEvent| action.clone());
    let onpaste = props.on_paste.reform(|_: MouseEvent| ());
    let ontheme = {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| {
            on_action.emit(Action::SetTheme(if preferences::is_dark() { Theme::Light } else { Theme::Dark }));
        })
    };
    let other = match props.lang {
        Lang::En => Lang::Zh,
        Lang::Zh => Lang::En,
    };
    let other_name = match other {
        Lang::En => "English",
        Lang::Zh => "中文",
    };
    // On a phone there is room for them only in the menu.
    let menu = html! {<>
        <button type="button" class="item narrow" onclick={onpaste.clone()}><b>{ words.paste }</b></button>
        <button type="button" class="item narrow" disabled={!props.can_undo} onclick={act(Action::Undo)}><b>{ words.undo }</b></button>
        <button type="button" class="item narrow" onclick={act(Action::ShowDialog(Some(Dialog::Help)))}><b>{ words.help }</b></button>
        { examples(props) }
    </>};
    let doc = html! {<>
        <span class="name">{ props.title.clone() }</span>
        { icon("down") }
    </>};
    html! {
        <header class="top">
            <h1 class="brand">{ logo() }<span>{ words.product }</span></h1>
            { piece(MenuProps { button: doc, class: classes!("btn", "doc"), label: words.examples, children: menu }) }
            <nav aria-label={words.examples}>
                { piece(MenuProps { button: html! { { words.examples } }, class: classes!("btn"), label: words.examples, children: examples(props) }) }
                <button type="button" class="btn" onclick={onpaste}>{ icon("paste") }{ words.paste }</button>
            </nav>
            <span class="grow"></span>
            <span class="model">{ words.models }</span>
            <button type="button" class="btn icon wide" aria-label={words.undo} title={words.undo} disabled={!props.can_undo} onclick={act(Action::Undo)}>{ icon("undo") }</button>
            <button type="button" class="btn icon wide" aria-label={words.redo} title={words.redo} disabled={!props.can_redo} onclick={act(Action::Redo)}>{ icon("redo") }</button>
            <button type="button" class="btn ring wide" onclick={act(Action::ShowDialog(Some(Dialog::Share)))}>{ icon("share") }{ words.share }</button>
            <span class="sep wide"></span>
            <button type="button" class="btn" lang={other.tag()} onclick={act(Action::SetLang(other))}>{ other_name }</button>
            <button type="button" class="btn icon" aria-label={words.theme} title={words.theme} onclick={ontheme}>{ icon("theme") }</button>
            <button type="button" class="btn icon wide" aria-label={words.help} title={words.help} onclick={act(Action::ShowDialog(Some(Dialog::Help)))}>{ icon("help") }</button>
            <button type="button" class="btn icon narrow" aria-label={words.share} onclick={act(Action::ShowDialog(Some(Dialog::Share)))}>{ icon("share") }</button>
        </header>
    }
}

fn examples(props: &HeaderProps) -> Html {
    let mut number = 0;
    props
        .lang
        .page()
        .example_groups
        .iter()
        .map(|group| {
            let items: Html = group
                .examples
                .iter()
                .map(|example| {
                    let this = number;
                    number += 1;
                    debug_assert!(this < EXAMPLES.len());
                    let onclick = props.on_action.reform(move |_: MouseEvent| Action::OpenExample(this));
                    let current = (props.example == Some(this)).then_some("true");
                    html! {
                        <button type="button" class="item" aria-current={current} {onclick}>
                            <b>{ example.title }</b><span>{ example.about }</span>
                        </button>
                    }
                })
                .collect();
            html! {<><p class="group">{ group.question }</p>{ items }</>}
        })
        .collect()
}
