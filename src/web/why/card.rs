//! The small card of the phone: the sentence, and the way to the whole panel.

use super::WhyProps;
use super::parts::sentence;
use crate::explain::Names;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use yew::functional::HookContext;
use yew::prelude::*;

/// What the card needs: all that the panel needs, and what a press on it does.
#[derive(Clone, PartialEq)]
pub(crate) struct WhyCardProps {
    /// As for the panel.
    pub(crate) why: WhyProps,
    /// Opens the whole panel.
    pub(crate) on_open: Callback<MouseEvent>,
}

impl Piece for WhyCardProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        why_card(self)
    }
}

/// The sentence about the selected event; nothing where nothing is selected.
fn why_card(props: &WhyCardProps) -> Html {
    let Some(why) = props.why.why() else {
        return Html::default();
    };
    let words = props.why.words();
    let names = Names::new(&props.why.recording, why.key);
    html! {
        <div class="whycard">
            <p class="sentence">{ sentence(&(words.statement)(&why.statement, names)) }</p>
            <button class="more" onclick={props.on_open.clone()}>{ words.whole }{ icon("right") }</button>
        </div>
    }
}
