//! A text that is to be copied, with the button that does it.

use crate::texts::Lang;
use crate::web::browser::clipboard;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// Such a text.
#[derive(PartialEq)]
pub(super) struct Copied {
    pub(super) lang: Lang,
    pub(super) text: AttrValue,
    /// What the text is, for screen readers.
    pub(super) name: &'static str,
    /// The link is one line, and the first thing that is copied.
    pub(super) is_link: bool,
}

impl Piece for Copied {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_copied(self).run(hooks)
    }
}

#[hook]
fn use_copied(props: &Copied) -> Html {
    let (words, page) = (props.lang.share(), props.lang.page());
    // What was copied last, and whether it is in the clipboard.
    let copied = use_state_eq(|| None::<(AttrValue, bool)>);
    let field = use_node_ref();
    let select = {
        let field = field.clone();
        move || {
            // What is selected can be copied by a key, whatever the browser allows the page.
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.select();
            } else if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.select();
            }
        }
    };
    let onfocus = {
        let select = select.clone();
        Callback::from(move |_: FocusEvent| select())
    };
    let onclick = {
        let (text, copied) = (props.text.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            select();
            let (copied, done) = (copied.clone(), text.clone());
            clipboard::copy(&text, move |is_copied| copied.set(Some((done, is_copied))));
        })
    };
    let is_copied = copied.as_ref().filter(|(text, _)| *text == props.text).map(|(_, is_copied)| *is_copied);
    let copy = if props.is_link { words.copy_link } else { page.copy };
    let (drawing, label) = match is_copied {
        None => ("copy", copy),
        Some(true) => ("tick", page.copied),
        Some(false) => ("copy", words.copy_by_key),
    };
    let button = html! {
        <button type="button" class={if props.is_link { "btn ink" } else { "btn ring" }} {onclick}>{ icon(drawing) }{ label }</button>
    };
    let status = html! { <p class="sr" role="status">{ is_copied.map(|_| label) }</p> };
    if props.is_link {
        return html! {
            <div class="copyrow">
                <input ref={field} type="text" readonly=true aria-label={props.name} value={props.text.clone()} {onfocus}/>{ button }{ status }
            </div>
        };
    }
    let rows = props.text.lines().count().clamp(2, 7).to_string();
    html! {
        <div class="snip">
            <textarea ref={field} readonly=true wrap="off" spellcheck="false" {rows} aria-label={props.name} value={props.text.clone()} {onfocus}/>{ button }{ status }
        </div>
    }
}
