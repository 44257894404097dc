//! What would have changed it. Runs are recorded again in small slices between frames, so nobody waits for them.

use super::markup::sentence;
use crate::api::Phase;
use crate::explain::{self, Counterfactual, Intervention, Selection, StripPiece, WhatIf};
use crate::manifest::Reading;
use crate::web::controls::button::press;
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// How long a selection must last before anything is tried: stepping through marks must not wait.
const PAUSE_MILLIS: u32 = 150;
/// Between two slices.
const BREATH_MILLIS: u32 = 4;
/// Steps of a slice: a few milliseconds on a phone.
const SLICE_STEPS: usize = 400;

#[derive(Clone, PartialEq)]
pub(super) struct WhatIfProps {
    pub(super) stage: Shared<Stage>,
    pub(super) reading: Shared<Reading>,
    pub(super) selected: Selection,
}

/// What was found so far.
#[derive(Clone, Default, PartialEq)]
struct Search {
    found: Vec<Counterfactual>,
    is_done: bool,
}

impl Piece for WhatIfProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_what_if_list(self).run(hooks)
    }
}

#[hook]
fn use_what_if_list(props: &WhatIfProps) -> Html {
    let search = use_state(Search::default);
    {
        let (stage, selected, search) = (props.stage.clone(), props.selected, search.clone());
        // In another language the answers stay the same.
        use_effect_with((stage.recording.clone(), selected), move |_| {
            search.set(Search::default());
            let alive = Rc::new(Cell::new(true));
            let begin = Rc::clone(&alive);
            Timeout::new(PAUSE_MILLIS, move || {
                if !begin.get() {
                    return;
                }
                let why = explain::why(&stage.recording, &stage.scenario, selected);
                match why.and_then(|why| WhatIf::new(&stage.recording, Rc::clone(stage.scenario.rc()), &why)) {
                    Some(what_if) => go_on(what_if, search, begin),
                    None => search.set(Search { found: Vec::new(), is_done: true }),
                }
            })
            .forget();
            move || alive.set(false)
        });
    }
    let words = props.stage.lang.explain();
    let Search { found, is_done } = &*search;
    if *is_done && found.is_empty() {
        return Html::default();
    }
    html! {
        <div>
            <h3 id="why-what-if">{ words.what_if }</h3>
            <ul class="whatif" aria-labelledby="why-what-if" aria-busy={(!is_done).to_string()}>
                { for found.iter().map(|one| row(props, one)) }
            </ul>
            if !is_done && found.is_empty() { <p class="quiet">{ words.looking }</p> }
        </div>
    }
}

/// One slice, then the next one after a breath.
fn go_on(mut what_if: WhatIf, search: UseStateHandle<Search>, alive: Rc<Cell<bool>>) {
    let known = what_if.found().len();
    let more = what_if.advance(SLICE_STEPS);
    if !more || what_if.found().len() > known {
        search.set(Search { found: what_if.found().to_vec(), is_done: !more });
    }
    if more {
        Timeout::new(BREATH_MILLIS, move || {
            if alive.get() {
                go_on(what_if, search, alive);
            }
        })
        .forget();
    }
}

fn row(props: &WhatIfProps, found: &Counterfactual) -> Html {
    let words = props.stage.lang.explain();
    let action = match found.change {
        Intervention::WithoutInput { number, .. } => Some(Action::SetInputDisabled(number as usize, true)),
        _ => found.change.text(&props.reading).map(Action::SetText),
    };
    let content = html! { <>
        <span class="cond">{ sentence(&words.change(&found.change)) }</span>
        <span class="then">{ sentence(&words.then(found)) }</span>
        { strip(&found.strip) }
    </> };
    match action {
        Some(action) => {
            let onclick = press(&props.stage.on_action, action);
            html! { <li><button type="button" {onclick} title={words.try_it}>{ content }</button></li> }
        }
        None => html! { <li><div class="row">{ content }</div></li> },
    }
}

/// The changed run, not to scale: one bar per pod, a line for a wait.
fn strip(segments: &[StripPiece]) -> Html {
    let mut x = 0.0;
    let mut marks = Vec::new();
    let mut rect = |x: f64, width: f64, fill: &'static str| {
        marks.push(html! { <rect x={x.to_string()} y="0" width={width.to_string()} height="10" rx="1.5" {fill} /> });
    };
    for segment in segments {
        match segment {
            StripPiece::Pod(phase) => {
                rect(x, 16.0, "var(--running)");
                match phase {
                    Some(Phase::Failed) => rect(x + 16.0, 4.0, "var(--failed)"),
                    Some(Phase::Succeeded) => rect(x + 16.0, 4.0, "var(--succeeded)"),
                    Some(Phase::Pending | Phase::Running) | None => {}
                }
                x += 22.0;
            }
            StripPiece::Ignored => {
                rect(x, 16.0, "var(--running)");
                rect(x + 16.0, 1.5, "var(--failed)");
                rect(x + 18.5, 1.5, "var(--failed)");
                x += 22.0;
            }
            StripPiece::Wait => {
                rect(x, 1.5, "var(--backoff)");
                rect(x + 4.0, 1.5, "var(--backoff)");
                rect(x + 8.0, 1.5, "var(--backoff)");
                x += 12.0;
            }
            StripPiece::JobFailed => {
                rect(x, 2.0, "var(--failed)");
                x += 4.0;
            }
        }
    }
    html! { <svg class="strip" viewBox="0 0 110 10" preserveAspectRatio="none" aria-hidden="true">{ for marks }</svg> }
}
