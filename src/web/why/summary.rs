//! WHY on a phone: the sentence, and the way to the whole panel.

use super::WhyProps;
use super::markup::sentence;
use crate::explain::Names;
use crate::web::controls::button::press;
use crate::web::controls::icon::icon;
use crate::web::controls::late::drawn_late;
use crate::web::state::action::{Action, Pane};
use yew::prelude::*;

/// What the panel shows, in short.
#[derive(Clone, PartialEq)]
pub(crate) struct WhySummary(pub(crate) WhyProps);

drawn_late!(WhySummary, |props| &props.0.stage, |props, _| summary(&props.0));

/// The sentence about the selected event; nothing where nothing is selected.
fn summary(props: &WhyProps) -> Html {
    let Some(why) = props.why() else {
        return Html::default();
    };
    let words = props.words();
    let names = Names::new(&props.stage.recording, why.key);
    let open = press(&props.stage.on_action, Action::ShowPane(Pane::Why));
    html! {
        <div class="whycard">
            <p class="sentence">{ sentence(&(words.statement)(&why.statement, names)) }</p>
            <button class="more" onclick={open}>{ words.whole }{ icon("right") }</button>
        </div>
    }
}
