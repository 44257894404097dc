//! Events, status and YAML at the playhead.

use super::action::{Action, Detail, Selection};
use super::moments::Moments;
use super::same::Same;
use crate::recording::Recording;
use crate::texts::Lang;
use crate::time::Time;
use yew::prelude::*;

/// What the region shows.
#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) recording: Same<Recording>,
    pub(super) moments: Same<Moments>,
    pub(super) playhead: Time,
    pub(super) selection: Option<Selection>,
    pub(super) detail: Detail,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

/// The region.
#[function_component]
pub(super) fn DetailPanel(props: &DetailProps) -> Html {
    let words = props.lang.page();
    let tabs = Detail::ALL.into_iter().zip(words.details).map(|(detail, name)| {
        let onclick = props.on_action.reform(move |_: MouseEvent| Action::ShowDetail(detail));
        let selected = (props.detail == detail).to_string();
        html! { <button type="button" class="tab" role="tab" aria-selected={selected} aria-controls="detail-panel" {onclick}>{ name }</button> }
    });
    html! {
        <section class="detail" id="detail" tabindex="-1" aria-label={words.detail_region}>
            <div class="tabs" role="tablist" aria-label={words.detail_region}>{ for tabs }</div>
            <div id="detail-panel" role="tabpanel"></div>
        </section>
    }
}
