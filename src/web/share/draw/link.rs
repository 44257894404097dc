//! The link, to the run or to this moment of it, and what of it is redacted.

use super::copied::Copied;
use super::rows::Rows;
use crate::manifest::redact::{Replaced, What};
use crate::web::controls::piece::piece;
use yew::prelude::*;

impl Rows<'_> {
    pub(super) fn link_row(&self) -> Html {
        let (lang, words) = (self.props.lang, self.props.lang.share());
        let address = self.link.address.clone();
        let clock = lang.format().clock_exact(self.props.playhead);
        let moment = if self.has_mark { (words.at_mark)(&clock) } else { (words.at_moment)(&clock) };
        let has_run = self.props.stage.is_some();
        let note = (words.link_length)(address.len());
        html! {
            <section aria-labelledby="share-link">
                <h3 id="share-link">{ words.link }</h3>
                <div>
                    { piece(Copied { lang, text: address.into(), name: words.link, is_link: true }) }
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
