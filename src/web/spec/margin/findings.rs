//! The list below the editor: what there is to say about the text, by how much it matters, each with its line, the
//! words of Kubernetes, and a way to fix it.

use super::Notes;
use super::remarks::Remark;
use crate::advice::Tier;
use crate::manifest::{Reading, line_column};
use crate::texts::Lang;
use crate::web::controls::button::{button, press};
use crate::web::controls::icon::icon;
use crate::web::spec::editor::tier_class;
use crate::web::state::action::Action;
use crate::web::state::lesson::LearnAction;
use crate::web::state::run::Stage;
use yew::prelude::*;

/// No more than this are listed; all of them are marked in the text.
const LISTED: usize = 40;

/// What the API server says in more bytes than this is folded: of a template it prints all.
const LONG_QUOTE: usize = 400;

/// No more than this stand in the place of a run.
const REFUSALS: usize = 8;

/// The tiers, worst first.
const TIERS: [Tier; 3] = [Tier::Refused, Tier::Surprising, Tier::NotModelled];

/// The icon of a tier.
pub(crate) fn glyph(tier: Tier) -> &'static str {
    match tier {
        Tier::Refused => "error",
        Tier::Surprising => "warn",
        Tier::NotModelled => "unmodelled",
    }
}

/// Valid or not, in a few words, once that is known: how many findings there are of each tier. Fields that play no part
/// here make no text less valid.
pub(crate) fn verdict(notes: &Notes, stage: &Stage) -> Html {
    let (words, remarks) = (stage.lang.editor(), &notes.remarks);
    if notes.is_missing {
        let again = press(&stage.on_action, Action::FetchChunks);
        return html! {
            <span class="valid" role="status" id="verdict">
                <span>{ words.not_checked }</span>{ button("btn ring", None, stage.lang.page().try_again, again) }
            </span>
        };
    }
    if notes.is_pending {
        return html! { <span class="valid" role="status" id="verdict"><span>{ words.checking }</span></span> };
    }
    let is_valid = is_valid(remarks);
    let parts = TIERS.iter().zip(words.tiers).map(|(tier, name)| {
        let counted = |remark: &&Remark| remark.tier == *tier && !(is_valid && remark.is_idle);
        let count = remarks.iter().filter(counted).count();
        html! {
            if count > 0 {
                <span class={tier_class(*tier)}>{ icon(glyph(*tier)) }{ count }<span>{ " " }{ name }</span></span>
            }
        }
    });
    html! {
        <span class="valid" role="status" id="verdict">
            if is_valid { <span class="ok">{ icon("tick") }{ words.valid }</span> }
            { for parts }
        </span>
    }
}

/// Whether the API server takes the text, and there is something of it that runs here.
fn is_valid(remarks: &[Remark]) -> bool {
    remarks.iter().all(|remark| remark.tier == Tier::Surprising || remark.is_idle)
}

/// The list.
pub(crate) fn list(reading: &Reading, remarks: &[Remark], lang: Lang, on_action: &Callback<Action>) -> Html {
    let words = lang.editor();
    let mut left = LISTED;
    let tiers: Html = TIERS
        .iter()
        .map(|tier| {
            let here: Vec<&Remark> = remarks.iter().filter(|remark| remark.tier == *tier).collect();
            let shown = here.len().min(left);
            left -= shown;
            if shown == 0 {
                return Html::default();
            }
            if here.iter().all(|remark| remark.is_idle) {
                return quiet(reading, &here[..shown], lang, on_action);
            }
            html! {
                <section class={tier_class(*tier)}>
                    <h2>{ icon(glyph(*tier)) }{ (lang.diagnostics().tier)(*tier) }</h2>
                    <ul>{ for here[..shown].iter().map(|remark| row(reading, remark, lang, on_action)) }</ul>
                </section>
            }
        })
        .collect();
    if remarks.is_empty() {
        return Html::default();
    }
    html! {
        <div class="problems" id="problems" role="region" aria-label={words.findings}>
            { tiers }
            if remarks.len() > LISTED { <p class="quiet">{ (words.more_problems)(remarks.len() - LISTED) }</p> }
        </div>
    }
}

/// One line for what plays no part here; all of it, if it is opened.
fn quiet(reading: &Reading, remarks: &[&Remark], lang: Lang, on_action: &Callback<Action>) -> Html {
    let tier = Tier::NotModelled;
    let first = remarks.first().map_or("", |remark| &remark.words);
    html! {
        <section class={tier_class(tier)}>
            <details>
                <summary>{ icon(glyph(tier)) }<span>{ lang.editor().simplified }</span><span class="first">{ first }</span></summary>
                <ul>{ for remarks.iter().map(|remark| row(reading, remark, lang, on_action)) }</ul>
            </details>
        </section>
    }
}

/// What the API server refuses, in the place of a run or above the one before. Nothing if nothing is refused.
pub(crate) fn refusals(reading: &Reading, remarks: &[Remark], lang: Lang, on_action: &Callback<Action>) -> Html {
    let words = lang.editor();
    let refused: Vec<&Remark> = remarks.iter().filter(|remark| remark.tier == Tier::Refused).collect();
    if refused.is_empty() {
        return Html::default();
    }
    let shown = refused.len().min(REFUSALS);
    html! {
        <div class="refusals">
            <h2>{ icon(glyph(Tier::Refused)) }{ words.nothing_created }</h2>
            <ul>{ for refused[..shown].iter().map(|remark| row(reading, remark, lang, on_action)) }</ul>
            if refused.len() > shown { <p class="quiet">{ (words.more_problems)(refused.len() - shown) }</p> }
        </div>
    }
}

fn row(reading: &Reading, remark: &Remark, lang: Lang, on_action: &Callback<Action>) -> Html {
    let (line, _) = line_column(&reading.text, remark.span.start);
    let show = press(on_action, Action::GoTo(remark.span.clone()));
    html! {
        <li>
            { button("line", None, (lang.editor().line)(line), show) }
            <div>{ in_full(remark, fixes(remark, "link", lang, on_action), lang) }</div>
        </li>
    }
}

/// A remark in full, with its tier: for the card.
pub(crate) fn message(remark: &Remark, lang: Lang, on_action: &Callback<Action>) -> Html {
    html! {
        <div class={classes!("message", tier_class(remark.tier))}>
            <h2>{ icon(glyph(remark.tier)) }{ if remark.is_idle { lang.editor().simplified } else { (lang.diagnostics().tier)(remark.tier) } }</h2>
            { in_full(remark, Html::default(), lang) }
            if !remark.fixes.is_empty() || remark.lesson.is_some() { <p class="fixes">{ fixes(remark, "btn ring", lang, on_action) }</p> }
        </div>
    }
}

/// Plain words, with something behind them, and the words of Kubernetes: long ones are folded.
fn in_full(remark: &Remark, behind: Html, lang: Lang) -> Html {
    let quote = remark.quote.as_ref().map(|quote| {
        let words = html! { <q lang="en">{ quote }</q> };
        match quote.len() {
            0..=LONG_QUOTE => words,
            _ => html! { <details><summary>{ lang.explain().in_its_words }</summary>{ words }</details> },
        }
    });
    html! {<>
        <p>{ &remark.words }{ behind }</p>
        { quote.unwrap_or_default() }
    </>}
}

/// Ways to fix it, and the lesson that shows it.
fn fixes(remark: &Remark, class: &'static str, lang: Lang, on_action: &Callback<Action>) -> Html {
    let buttons = remark.fixes.iter().map(|fix| {
        let fix_it = press(on_action, Action::Fix(fix.edits.clone()));
        html! {<>{ " " }{ button(class, None, fix.title.clone(), fix_it) }</>}
    });
    let door = remark.lesson.map(|id| {
        let open = press(on_action, Action::Learn(LearnAction::Open(id.into())));
        html! {<>{ " " }{ button(class, None, lang.learn().door, open) }</>}
    });
    buttons.chain(door).collect()
}
