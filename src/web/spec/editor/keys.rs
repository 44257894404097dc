//! What a key in the text box asks for. Decides by the key alone; whether it can be done, the editor knows.

use web_sys::KeyboardEvent;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A new line, or what is chosen in the list.
    Enter,
    /// What is chosen in the list; lines deeper; else on to the next control.
    Tab,
    /// Lines less deep; else back to the control before.
    ShiftTab,
    /// Lines deeper.
    Indent,
    /// Lines less deep.
    Outdent,
    /// The number at the caret by so many steps.
    Step(i64),
    /// On to the next finding, or back.
    Finding(i32),
    /// What there is to say about the caret's place.
    Card,
    /// The list of what could stand here.
    Complete,
    /// Up or down in the list.
    Choose(i32),
    /// Away with list or card.
    Escape,
    /// The caret goes elsewhere.
    Away,
}

/// What a key asks for; nothing while an input method composes.
pub(super) fn of(event: &KeyboardEvent) -> Option<Key> {
    // 229: a key that the input method has taken, also where the browser says that the composition is over.
    if event.is_composing() || event.key_code() == 229 {
        return None;
    }
    let command = event.ctrl_key() || event.meta_key();
    let (shift, alt) = (event.shift_key(), event.alt_key());
    let by = if shift { 10 } else { 1 };
    Some(match (event.key().as_str(), command, alt) {
        ("Enter", false, false) => Key::Enter,
        ("Tab", false, false) if shift => Key::ShiftTab,
        ("Tab", false, false) => Key::Tab,
        ("]", true, false) => Key::Indent,
        ("[", true, false) => Key::Outdent,
        ("ArrowUp", false, true) => Key::Step(by),
        ("ArrowDown", false, true) => Key::Step(-by),
        ("F8", false, false) => Key::Finding(if shift { -1 } else { 1 }),
        ("i", true, false) if !shift => Key::Card,
        (" ", true, _) => Key::Complete,
        ("ArrowUp", false, false) if !shift => Key::Choose(-1),
        ("ArrowDown", false, false) if !shift => Key::Choose(1),
        ("Escape", false, false) => Key::Escape,
        ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp" | "PageDown", ..) => {
            Key::Away
        }
        _ => return None,
    })
}
