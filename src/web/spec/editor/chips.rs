//! The row above a phone's keyboard: what is hard to type on it.

use super::EditorProps;
use crate::web::controls::icon::icon;
use yew::prelude::*;

/// What a chip does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chip {
    /// Types this.
    Text(&'static str),
    Indent,
    Outdent,
    Undo,
    /// Open the card of the caret's place.
    Card,
}

const CHIPS: [(Chip, &str); 6] = [
    (Chip::Text(": "), ":"),
    (Chip::Text("- "), "-"),
    (Chip::Outdent, "outdent"),
    (Chip::Indent, "indent"),
    (Chip::Undo, "undo"),
    (Chip::Card, "note"),
];

/// The row. `covered`: how much of the window the keyboard covers, in pixels.
pub(super) fn row(props: &EditorProps, covered: f64, on_chip: &Callback<Chip>) -> Html {
    let words = props.stage.lang.editor();
    // A press must not take the focus: the keyboard would go away.
    let hold = Callback::from(|event: PointerEvent| event.prevent_default());
    let buttons = CHIPS.iter().zip(words.chips).map(|((chip, face), name)| {
        let chip = *chip;
        let onclick = on_chip.reform(move |_: MouseEvent| chip);
        let face = match chip {
            Chip::Text(_) => html! { <code>{ *face }</code> },
            Chip::Indent | Chip::Outdent | Chip::Undo | Chip::Card => icon(face),
        };
        html! { <button type="button" aria-label={name} {onclick}>{ face }</button> }
    });
    // Above the keyboard where it covers the window; else at the end of what is seen of the text.
    let style = (covered > 0.0).then(|| format!("position:fixed;bottom:{covered}px"));
    html! {
        <div class="edit-keys" role="toolbar" aria-label={words.chip_row} ~{style}
            onpointerdown={hold} onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}>
            { for buttons }
        </div>
    }
}
