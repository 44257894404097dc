//! What a key in the text box asks for, by the key alone. The editor knows whether it can be done.

use web_sys::KeyboardEvent;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyCommand {
    /// Take what is chosen in the list, else begin a new line.
    Enter,
    /// Take what is chosen in the list, else indent the selected lines, else go to the next control.
    Tab,
    /// Outdent the selected lines, else go to the previous control.
    ShiftTab,
    Indent,
    Outdent,
    /// Step the number at the caret.
    Step(i64),
    /// Go to the next finding, or with -1 to the previous one.
    Finding(i32),
    /// Open the card of the caret's place.
    Card,
    /// Open the list of completions.
    Complete,
    /// Choose the next item of the list, or with -1 the previous one.
    Choose(i32),
    /// Close the list or the card.
    Escape,
    /// Move the caret.
    Away,
}

/// What a key asks for; nothing while an input method composes.
pub(super) fn of(event: &KeyboardEvent) -> Option<KeyCommand> {
    // 229: a key that the input method has taken, also where the browser says that the composition is over.
    if event.is_composing() || event.key_code() == 229 {
        return None;
    }
    let command = event.ctrl_key() || event.meta_key();
    let (shift, alt) = (event.shift_key(), event.alt_key());
    let by = if shift { 10 } else { 1 };
    Some(match (event.key().as_str(), command, alt) {
        ("Enter", false, false) => KeyCommand::Enter,
        ("Tab", false, false) if shift => KeyCommand::ShiftTab,
        ("Tab", false, false) => KeyCommand::Tab,
        ("]", true, false) => KeyCommand::Indent,
        ("[", true, false) => KeyCommand::Outdent,
        ("ArrowUp", false, true) => KeyCommand::Step(by),
        ("ArrowDown", false, true) => KeyCommand::Step(-by),
        ("F8", false, false) => KeyCommand::Finding(if shift { -1 } else { 1 }),
        ("i", true, false) if !shift => KeyCommand::Card,
        (" ", true, _) => KeyCommand::Complete,
        ("ArrowUp", false, false) if !shift => KeyCommand::Choose(-1),
        ("ArrowDown", false, false) if !shift => KeyCommand::Choose(1),
        ("Escape", false, false) => KeyCommand::Escape,
        ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp" | "PageDown", ..) => {
            KeyCommand::Away
        }
        _ => return None,
    })
}
