//! What would have changed it. Runs are recorded anew in small slices between frames, so nobody waits for them.

use super::parts::sentence;
use crate::api::Phase;
use crate::explain::{self, Counterfactual, Intervention, Selection, StripPiece, WhatIf};
use crate::manifest::Reading;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::web::controls::button::press;
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// How long the panel has to stand before anything is tried: stepping through marks must not wait.
const PAUSE_MILLIS: u32 = 150;
/// Between two slices.
const BREATH_MILLIS: u32 = 4;
/// Steps of a slice: a few milliseconds on a phone.
const SLICE_STEPS: usize = 400;

#[derive(Clone)]
pub(super) struct WhatIfProps {
    pub(super) recording: Rc<Recording>,
    pub(super) scenario: Rc<Scenario>,
    pub(super) reading: Rc<Reading>,
    pub(super) selected: Selection,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

impl PartialEq for WhatIfProps {
    fn eq(&self, other: &WhatIfProps) -> bool {
        self.question() == other.question()
            && Rc::ptr_eq(&self.reading, &other.reading)
            && self.lang == other.lang
            && self.on_action == other.on_action
    }
}

impl WhatIfProps {
    /// What the answer depends on.
    fn question(&self) -> (*const Recording, Selection) {
        (Rc::as_ptr(&self.recording), self.selected)
    }
}

/// What has been found so far; `done` when there is nothing more.
#[derive(Clone, Default, PartialEq)]
struct Found {
    list: Vec<Counterfactual>,
    done: bool,
}

impl Piece for WhatIfProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_what_if_list(self).run(hooks)
    }
}

#[hook]
fn use_what_if_list(props: &WhatIfProps) -> Html {
    let found = use_state(Found::default);
    {
        let (props, found) = (props.clone(), found.clone());
        use_effect_with(props.question(), move |_| {
            found.set(Found::default());
            let alive = Rc::new(Cell::new(true));
            let begin = Rc::clone(&alive);
            Timeout::new(PAUSE_MILLIS, move || {
                if !begin.get() {
                    return;
                }
                let why = explain::why(&props.recording, &props.scenario, props.selected);
                match why.and_then(|why| WhatIf::new(&props.recording, Rc::clone(&props.scenario), &why)) {
                    Some(what_if) => go_on(what_if, found, begin),
                    None => found.set(Found { list: Vec::new(), done: true }),
                }
            })
            .forget();
            move || alive.set(false)
        });
    }
    let words = props.lang.explain();
    if found.done && found.list.is_empty() {
        return Html::default();
    }
    html! {
        <div>
            <h3 id="why-what-if">{ words.what_if }</h3>
            <ul class="whatif" aria-labelledby="why-what-if" aria-busy={(!found.done).to_string()}>
                { for found.list.iter().map(|one| row(props, one)) }
            </ul>
            if !found.done && found.list.is_empty() { <p class="quiet">{ words.looking }</p> }
        </div>
    }
}

/// One slice, then the next one after a breath.
fn go_on(mut what_if: WhatIf, found: UseStateHandle<Found>, alive: Rc<Cell<bool>>) {
    let known = what_if.found().len();
    let more = what_if.advance(SLICE_STEPS);
    if !more || what_if.found().len() > known {
        found.set(Found { list: what_if.found().to_vec(), done: !more });
    }
    if more {
        Timeout::new(BREATH_MILLIS, move || {
            if alive.get() {
                go_on(what_if, found, alive);
            }
        })
        .forget();
    }
}

fn row(props: &WhatIfProps, found: &Counterfactual) -> Html {
    let words = props.lang.explain();
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
            let onclick = press(&props.on_action, action);
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
