//! English numbers and lists.

use crate::texts::format::FormatWords;

pub(in crate::texts) static FORMAT: FormatWords = FormatWords {
    milliseconds: "ms",
    seconds: "s",
    minutes: "min",
    hours: "h",
    days: |count| if count == 1 { "day" } else { "days" },
    forever: "forever",
    never: "never",
    comma: ", ",
    full_stop: ".",
    gap: " ",
    ordinal: |number| {
        let suffix = match (number % 10, number % 100) {
            (_, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        format!("{number}{suffix}")
    },
};
