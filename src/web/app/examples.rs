//! The list of examples, grouped by question, and a box to search them by the words that people search for.

use crate::examples::EXAMPLES;
use crate::texts::Lang;
use crate::texts::page::{ExampleWords, example_has};
use crate::web::browser;
use crate::web::controls::button::{button, press};
use crate::web::controls::late::drawn_late;
use crate::web::lessons::doors;
use crate::web::state::action::Action;
use crate::web::state::lesson::LearnAction;
use web_sys::HtmlInputElement;
use yew::functional::Hook;
use yew::prelude::*;

#[derive(PartialEq)]
pub(crate) struct ExamplesProps {
    /// The example that is open, unchanged.
    pub(super) open: Option<usize>,
    pub(super) lang: Lang,
    pub(super) on_action: Callback<Action>,
}

drawn_late!(ExamplesProps, |props| props, |props, hooks| use_examples(props).run(hooks));

#[hook]
fn use_examples(props: &ExamplesProps) -> Html {
    let words = props.lang.page();
    let query = use_state_eq(String::new);
    let search = use_node_ref();
    // Where letters can be typed at once they search; on a screen that is touched a keyboard would cover the list.
    use_effect_with((), {
        let search = search.clone();
        move |()| {
            if let Some(search) = search.cast::<HtmlInputElement>().filter(|_| !browser::media("(pointer: coarse)")) {
                // A page that refuses the focus keeps working.
                let _ = search.focus();
            }
        }
    });
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            query.set(event.target_dyn_into::<HtmlInputElement>().map_or_else(String::new, |input| input.value()));
        })
    };
    let item = |number: usize, example: &ExampleWords| {
        let onclick = press(&props.on_action, Action::OpenExample(number));
        let current = (props.open == Some(number)).then_some("true");
        let lesson = EXAMPLES.get(number).and_then(|example| doors::of_example(example.name));
        html! {<>
            <button type="button" class="item" aria-current={current} {onclick}>
                <b>{ example.title }</b><span>{ example.about }</span>
            </button>
            if let Some(id) = lesson {
                { button("link as-lesson", None, props.lang.learn().as_a_lesson, press(&props.on_action, Action::Learn(LearnAction::Open(id.into())))) }
            }
        </>}
    };
    let mut number = 0;
    let mut found = 0;
    let groups: Vec<Html> = (words.example_groups.iter())
        .map(|group| {
            let numbered = (number..).zip(group.examples).filter(|(number, _)| example_has(*number, &query));
            let items: Vec<Html> = numbered.map(|(number, example)| item(number, example)).collect();
            number += group.examples.len();
            found += items.len();
            html! { if !items.is_empty() { <p class="group">{ group.question }</p>{ for items } } }
        })
        .collect();
    // A press in the box is none on an item: the list stays open.
    let onclick = |event: MouseEvent| event.stop_propagation();
    html! {<>
        <input ref={search} type="search" class="search" placeholder={words.search_examples} aria-label={words.search_examples} value={(*query).clone()}
            autocomplete="off" spellcheck="false" {oninput} {onclick} />
        { for groups }
        <p class="group" role="status">{ if found == 0 { words.no_example } else { "" } }</p>
    </>}
}
