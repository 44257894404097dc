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
    named(&event.key(), event.shift_key(), event.ctrl_key() || event.meta_key(), event.alt_key())
}

/// What a key with these modifiers asks for.
fn named(key: &str, shift: bool, command: bool, alt: bool) -> Option<KeyCommand> {
    let by = if shift { 10 } else { 1 };
    Some(match (key, command, alt) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;
    use std::collections::BTreeSet;

    const KEYS: [&str; 17] = [
        "Enter",
        "Tab",
        "Escape",
        "F8",
        " ",
        "i",
        "[",
        "]",
        "ArrowUp",
        "ArrowDown",
        "ArrowLeft",
        "ArrowRight",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "a",
    ];

    /// Keys of the help, as events name them: the key, and whether Shift, Ctrl and Alt are held.
    fn in_the_help(lang: Lang) -> Vec<(String, bool, bool, bool)> {
        let keys = lang.editor().keys.keys.iter().flat_map(|(keys, _)| keys.split(' '));
        let named = keys.map(|written| {
            let (modifiers, key) = written.rsplit_once('+').unwrap_or(("", written));
            let key = match key {
                "Space" => " ".to_owned(),
                "↑" => "ArrowUp".to_owned(),
                "↓" => "ArrowDown".to_owned(),
                "Esc" => "Escape".to_owned(),
                key if key.len() == 1 => key.to_lowercase(),
                key => key.to_owned(),
            };
            let has = |modifier| modifiers.contains(modifier);
            (key, has("Shift"), has("Ctrl"), has("Alt"))
        });
        named.collect()
    }

    /// What every text box and every list does is not in the help, nor what it says in words: Shift with a key.
    fn is_told(command: KeyCommand) -> bool {
        !matches!(
            command,
            KeyCommand::Enter
                | KeyCommand::ShiftTab
                | KeyCommand::Choose(_)
                | KeyCommand::Away
                | KeyCommand::Step(10 | -10)
        )
    }

    #[test]
    fn the_keys_in_the_help_are_exactly_those_that_act() {
        let mut acting = BTreeSet::new();
        for key in KEYS {
            for held in 0..8 {
                let command = named(key, held & 1 > 0, held & 2 > 0, held & 4 > 0);
                acting.extend(command.filter(|command| is_told(*command)).map(|command| format!("{command:?}")));
            }
        }
        for lang in Lang::ALL {
            let told = in_the_help(lang).into_iter().map(|(key, shift, command, alt)| {
                let command = named(&key, shift, command, alt);
                format!("{:?}", command.unwrap_or_else(|| panic!("{key} does nothing")))
            });
            assert_eq!(told.collect::<BTreeSet<String>>(), acting, "{lang:?}");
        }
    }
}
