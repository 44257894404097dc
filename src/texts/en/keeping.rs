//! Keeping in English.

use crate::texts::keeping::KeepingWords;

pub(in crate::texts) static KEEPING: KeepingWords = KeepingWords {
    guest: "This text came with a link.",
    guest_edited: "This text came with a link, and you changed it.",
    own_is_kept: " Your own text is kept.",
    as_it_came: "As it came",
    back_to_mine: "Back to my text",

    offer: "This text was changed in another tab. Both texts are kept.",
    take_offer: "Open that text",
    decline_offer: "Go on with this one",

    text_not_kept: |why| format!("Your text is not kept: {why}. Copy it or download it."),
    past_not_kept: |why| format!("The text before this one is not kept: {why}. Undo leads back to it."),
    before_not_read: |why| format!("What is kept of your texts cannot be read now: {why}. It stays as it is."),
    cleared: "What this browser kept of your texts was deleted. Your text is only in this page: copy it or download it.",
    denied: "the browser lets this page keep nothing",
    full: "the browser's storage is full",
    broken: "the browser's storage does not work",
    download: "Download",

    history: "History",
    history_about: |number| {
        format!(
            "Your texts that others took the place of, and what you began with when you came back. The last {number} are kept, in this browser alone."
        )
    },
    links_about: |number| {
        format!(
            "Of texts that came with links and that you changed, the last {number} are kept: their links open them."
        )
    },
    no_history: "Nothing yet. When another text takes the place of yours, yours is kept here.",
    history_not_read: |why| format!("It cannot be read: {why}."),
    lines: |number| if number == 1 { "1 line".to_owned() } else { format!("{number} lines") },
    remove: |name| format!("Delete {name}"),
    export: "Download all as one file",
};
