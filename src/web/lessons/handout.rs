//! A lesson on paper: what happens, the question, what is to be kept, and the way to it as a QR code. The picture of the run
//! is that of the page.

use super::answers;
use super::marked::marked;
use super::props::CardProps;
use crate::picture::qr;
use crate::scenario::lesson::Prose;
use crate::web::browser::address;
use crate::web::state::lesson::Stage;
use yew::prelude::*;

/// Shown on paper only.
pub(super) fn handout(props: &CardProps, prose: &Prose) -> Html {
    let address = address::address_with(&props.fragment);
    let options = props.lesson().ask.iter().flat_map(|ask| &ask.options);
    html! {
        <div class="handout">
            <p>{ marked(&prose.symptom) }</p>
            if let Some(ask) = &prose.ask { <p><b>{ marked(ask) }</b></p> }
            <ul>{ for options.map(|(key, _)| html! { <li>{ marked(answers::say(prose, key)) }</li> }) }</ul>
            if props.stage > Stage::Guess { <p>{ marked(&prose.takeaway) }</p> }
            if let Some(qr::Code { side, path }) = qr::code(&address) {
                <figure>
                    <svg viewBox={format!("0 0 {side} {side}")} role="img" aria-label={props.lang.learn().code} shape-rendering="crispEdges">
                        <rect width="100%" height="100%" fill="#fff"/><path d={path} fill="#000"/>
                    </svg>
                    <figcaption>{ address }</figcaption>
                </figure>
            }
        </div>
    }
}
