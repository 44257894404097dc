//! Below a line that was changed: whether the change is meant from the start, as it was taken, or in mid-run.

use super::EditorProps;
use super::layer::Layer;
use crate::web::controls::button::{button, press};
use crate::web::state::action::Action;
use yew::prelude::*;

/// The offer; nothing where there is none, or where its line is not shown.
pub(super) fn view(props: &EditorProps, layer: &Layer) -> Html {
    let Some(offer) = props.applicable.as_ref().filter(|offer| layer.range.contains(&offer.changed.start)) else {
        return Html::default();
    };
    let (words, on_action) = (props.stage.lang.editor(), &props.stage.on_action);
    let line = layer.line_at(offer.changed.end) + 1;
    html! {
        <div class="offers" ~style={format!("top:calc({line} * var(--line-h))")}>
            <div class="offer" role="group">
                { button("btn", None, words.from_the_start, press(on_action, Action::DeclineApply)) }
                { button("btn ring", None, (words.apply_at)(offer.at), press(on_action, Action::Apply)) }
            </div>
        </div>
    }
}
