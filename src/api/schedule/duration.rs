//! Durations as Go's `time.ParseDuration` reads them, for `@every`.

use std::fmt;

/// Why a text is not a duration. Its text is Go's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DurationError {
    /// Not a duration, or too long a one.
    Invalid(String),
    /// A number without a unit.
    MissingUnit(String),
    /// A unit that does not exist.
    UnknownUnit {
        /// The unit.
        unit: String,
        /// The whole text.
        text: String,
    },
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DurationError::Invalid(text) => write!(f, "time: invalid duration {}", quoted(text)),
            DurationError::MissingUnit(text) => write!(f, "time: missing unit in duration {}", quoted(text)),
            DurationError::UnknownUnit { unit, text } => {
                write!(f, "time: unknown unit {} in duration {}", quoted(unit), quoted(text))
            }
        }
    }
}

/// As Go's package `time` quotes: bytes beyond ASCII and control characters in hexadecimal.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
            b' '..=b'~' | 0x7f => quoted.push(char::from(byte)),
            _ => quoted += &format!("\\x{byte:02x}"),
        }
    }
    quoted + "\""
}

/// The length in nanoseconds; anything that is not positive is a very short time to `@every`, and so 0 here.
pub(super) fn nanoseconds(text: &str) -> Result<i64, DurationError> {
    let invalid = || DurationError::Invalid(text.to_owned());
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    // Go counts in 64 bits; the most negative duration is one nanosecond longer than the longest.
    let longest = i128::from(i64::MAX) + i128::from(negative);
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let (part, tail) = leading_part(rest, text)?;
        total += part;
        if part > longest || total > longest {
            return Err(invalid());
        }
        rest = tail;
    }
    Ok(if negative { 0 } else { total as i64 })
}

/// A number with its unit, in nanoseconds, and what follows.
fn leading_part<'a>(rest: &'a str, text: &str) -> Result<(i128, &'a str), DurationError> {
    let invalid = || DurationError::Invalid(text.to_owned());
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (whole, tail) = rest.split_at(digits(rest));
    let (fraction, tail) = match tail.strip_prefix('.') {
        Some(tail) => tail.split_at(digits(tail)),
        None => ("", tail),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(invalid());
    }
    let unit_len = tail.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(tail.len());
    let (unit, tail) = tail.split_at(unit_len);
    let nanoseconds: i128 = match unit {
        "" => return Err(DurationError::MissingUnit(text.to_owned())),
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return Err(DurationError::UnknownUnit { unit: unit.to_owned(), text: text.to_owned() }),
    };
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| invalid())? };
    let whole = whole.checked_mul(nanoseconds).ok_or_else(invalid)?;
    Ok((whole + part_of(nanoseconds, fraction), tail))
}

/// `0.fraction` of a unit. Digits beyond the 18th make no nanosecond.
fn part_of(nanoseconds: i128, fraction: &str) -> i128 {
    let (mut sum, mut unit) = (0, nanoseconds * 1_000_000_000_000_000_000);
    for digit in fraction.bytes().take(18) {
        unit /= 10;
        sum += unit * i128::from(digit - b'0');
    }
    sum / 1_000_000_000_000_000_000
}
