//! What is pasted into pages of others, and the link as a code for a camera.

use super::copied::Copied;
use super::rows::Rows;
use crate::picture::qr;
use crate::picture::snippet::Form;
use crate::web::controls::piece::piece;
use yew::prelude::*;

/// Where the kits are.
const KITS: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/tree/main/kits/");

impl Rows<'_> {
    pub(super) fn embed_row(&self) -> Html {
        let words = self.props.lang.share();
        html! {
            <section aria-labelledby="share-embed">
                <h3 id="share-embed">{ words.embed }</h3>
                <div class="two">
                    <div>{ self.snippets() }</div>
                    { self.code() }
                </div>
            </section>
        }
    }

    fn snippets(&self) -> Html {
        let (lang, words) = (self.props.lang, self.props.lang.share());
        let Some(pictures) = &self.pictures else { return Html::default() };
        let form = self.choice.form;
        let tabs = Form::ALL.into_iter().map(|one| {
            let name = one.name().unwrap_or(if one == Form::Frame { words.frame } else { words.element });
            let onclick = self.choose::<MouseEvent>(move |choice| choice.form = one);
            html! { <button type="button" class="tab" aria-pressed={(one == form).to_string()} {onclick}>{ name }</button> }
        });
        let snippet = pictures.snippet(form, (&self.name, &self.text, &self.link.fragment));
        let needs = match form {
            Form::Frame => words.for_frame.to_owned(),
            Form::Element => (words.for_element)(&self.name),
            Form::Markdown => (words.for_picture)(&self.name),
            Form::Hugo => (words.for_hugo)(&self.name),
            _ => words.for_kit.to_owned(),
        };
        let kit = form.kit().map(|kit| {
            html! { <><a href={format!("{KITS}{kit}")} target="_blank" rel="noreferrer">{ format!("kits/{kit}") }</a>{ " " }</> }
        });
        html! {<>
            <div class="tabs" role="group" aria-label={words.embed}>{ for tabs }</div>
            <p class="small">{ needs }</p>
            { piece(Copied { lang, text: snippet.clone().into(), name: words.snippet, is_link: false }) }
            <p class="small">{ kit }{ (words.characters)(snippet.chars().count()) }</p>
        </>}
    }

    fn code(&self) -> Html {
        let words = self.props.lang.share();
        match &self.link.code {
            Some(code) => {
                let side = code.side;
                let ground = format!("M0 0h{side}v{side}h-{side}z");
                html! {
                    <figure class="qr">
                        <svg viewBox={format!("0 0 {side} {side}")} role="img" aria-label={words.qr} shape-rendering="crispEdges">
                            <path class="ground" d={ground}/><path d={code.path.clone()}/>
                        </svg>
                        <figcaption class="small">{ words.qr }</figcaption>
                    </figure>
                }
            }
            None => html! { <p class="qr small">{ (words.qr_too_long)(self.link.address.len(), qr::LONGEST) }</p> },
        }
    }
}
