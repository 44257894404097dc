//! The link, to the run or to this moment of it, and what of it is redacted.

use super::Rows;
use crate::manifest::redact::{Replaced, What};
use crate::texts::Lang;
use crate::web::browser::clipboard;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::{Piece, piece};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

impl Rows<'_> {
    pub(super) fn link_row(&self) -> Html {
        let (lang, words) = (self.props.lang, self.props.lang.share());
        let link = self.link();
        let clock = lang.format().clock_exact(self.props.playhead);
        let moment = if self.fragment.contains("&mark=") { (words.at_mark)(&clock) } else { (words.at_moment)(&clock) };
        let has_run = self.props.stage.is_some();
        let note = (words.link_length)(link.len());
        html! {
            <section aria-labelledby="share-link">
                <h3 id="share-link">{ words.link }</h3>
                <div>
                    { piece(Copied { lang, text: link.into(), name: words.link, is_link: true }) }
                    <div class="opts">
                        if has_run {
                            <label class="ck"><input type="checkbox" checked={self.choice.is_at} onchange={self.choose(|choice| choice.is_at ^= true)}/>{ moment }</label>
                        }
                        <label class="ck"><input type="checkbox" checked={self.choice.is_redacted} onchange={self.choose(|choice| choice.is_redacted ^= true)}/>{ words.redact }</label>
                    </div>
                    <p class="small">{ note }</p>
                    { self.redaction() }
                </div>
            </section>
        }
    }

    /// What is replaced, or would be.
    fn redaction(&self) -> Html {
        let words = self.props.lang.share();
        let replaced = &self.redacted.replaced;
        let of = |what: What| replaced.iter().filter(|one| one.what == what).count();
        let kinds = What::ALL.map(|what| (what, of(what)));
        let kinds: Vec<(What, usize)> = kinds.into_iter().filter(|(_, count)| *count > 0).collect();
        if kinds.is_empty() {
            return html! { <p class="small">{ words.nothing_to_replace }</p> };
        }
        if !self.choice.is_redacted {
            return html! { <p class="small">{ (words.would_replace)(&kinds) }</p> };
        }
        let line = |Replaced { from, to, .. }: &Replaced| {
            html! { <><dt>{ from.clone() }</dt><dd>{ to.clone() }</dd></> }
        };
        html! {<>
            <details class="replaced">
                <summary class="small">{ (words.replaced)(&kinds) }</summary>
                <dl>{ for replaced.iter().take(MOST).map(line) }</dl>
            </details>
            if self.redacted.has_chance { <p class="small">{ words.has_chance }</p> }
        </>}
    }
}

/// So many of what was replaced are listed.
const MOST: usize = 500;

/// A text that is to be copied, with the button that does it.
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
