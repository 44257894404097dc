//! How long `sleep` takes.

use crate::time::Span;

/// `+`, where [`Span::FOREVER`] stays.
pub(super) fn add(slept: Span, more: Span) -> Span {
    if slept == Span::FOREVER || more == Span::FOREVER { Span::FOREVER } else { slept + more }
}

/// The sum of the arguments of `sleep`; seconds where no unit is given.
pub(super) fn sleep_of(arguments: &[&str]) -> Option<Span> {
    let mut total = Span::ZERO;
    if arguments.is_empty() {
        return None;
    }
    for argument in arguments {
        if matches!(*argument, "infinity" | "inf") {
            return Some(Span::FOREVER);
        }
        let (number, unit) =
            argument.split_at(argument.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(argument.len()));
        let span = match unit {
            "" | "s" | "m" | "h" => {
                Span::parse(&format!("{number}{}", if unit.is_empty() { "s" } else { unit })).ok()?
            }
            "d" => Span::from_seconds(number.parse::<u32>().ok().map(|days| i64::from(days) * 86_400)?),
            _ => return None,
        };
        total = add(total, span);
    }
    Some(total)
}
