//! Virtual time: integer milliseconds since the start of the scenario. No clock is ever read.

pub mod calendar;

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// An instant: milliseconds since t = 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// A length of time in milliseconds; negative only as the result of a subtraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

impl Time {
    /// t = 0, the start of the scenario.
    pub const ZERO: Time = Time(0);
    /// Later than everything; `forever` in a text.
    pub const NEVER: Time = Time(i64::MAX);

    /// The instant `millis` milliseconds after the start.
    pub const fn from_millis(millis: i64) -> Time {
        Time(millis)
    }

    /// The instant `seconds` seconds after the start.
    pub const fn from_seconds(seconds: i64) -> Time {
        Time(seconds * 1000)
    }

    /// Milliseconds since the start.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the start, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// As the API server stores a time: rounded down to whole seconds (JC-88).
    pub const fn truncated(self) -> Time {
        Time(self.seconds() * 1000)
    }

    /// `self + span`, staying at [`Time::NEVER`].
    pub const fn saturating_add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl Span {
    /// 0 ms.
    pub const ZERO: Span = Span(0);
    /// Endless; `forever` in a text.
    pub const FOREVER: Span = Span(i64::MAX);

    /// A span of `millis` milliseconds.
    pub const fn from_millis(millis: i64) -> Span {
        Span(millis)
    }

    /// A span of `seconds` seconds; saturates.
    pub const fn from_seconds(seconds: i64) -> Span {
        Span(seconds.saturating_mul(1000))
    }

    /// The length in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Reads a duration as in docs/scenario.md: decimal numbers with `h`, `m`, `s`, `ms` (`1h2m`, `1.5s`, `250ms`).
    ///
    /// # Errors
    /// [`SpanError`] for an empty text, a missing unit, a negative number, an unknown unit, or parts finer than 1 ms.
    pub fn parse(text: &str) -> Result<Span, SpanError> {
        if text.starts_with('-') {
            return Err(SpanError::Negative);
        }
        if text == "0" {
            return Ok(Span::ZERO);
        }
        if text.is_empty() {
            return Err(SpanError::Malformed);
        }
        let mut rest = text;
        let mut total: i64 = 0;
        while !rest.is_empty() {
            let number_len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let (number, tail) = rest.split_at(number_len);
            let unit_len = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
            let (unit, tail) = tail.split_at(unit_len);
            let millis_per_unit = match unit {
                "h" => 3_600_000,
                "m" => 60_000,
                "s" => 1_000,
                "ms" => 1,
                "" => return Err(SpanError::NoUnit),
                "us" | "ns" => return Err(SpanError::TooFine),
                _ => return Err(SpanError::Malformed),
            };
            let part = millis_of(number, millis_per_unit)?;
            total = total.checked_add(part).ok_or(SpanError::TooLong)?;
            rest = tail;
        }
        Ok(Span(total))
    }
}

/// `number × millis_per_unit`, exactly.
fn millis_of(number: &str, millis_per_unit: i64) -> Result<i64, SpanError> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return Err(SpanError::Malformed);
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| SpanError::TooLong)? };
    let mut total = whole.checked_mul(millis_per_unit).ok_or(SpanError::TooLong)?;
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        let digits = u32::try_from(fraction.len()).map_err(|_| SpanError::TooFine)?;
        let scale = 10i64.checked_pow(digits).ok_or(SpanError::TooFine)?;
        let fraction: i64 = fraction.parse().map_err(|_| SpanError::TooFine)?;
        let scaled = fraction.checked_mul(millis_per_unit).ok_or(SpanError::TooFine)?;
        if scaled % scale != 0 {
            return Err(SpanError::TooFine);
        }
        total = total.checked_add(scaled / scale).ok_or(SpanError::TooLong)?;
    }
    Ok(total)
}

/// Why a text is not a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanError {
    /// A bare number: `5` instead of `5s`.
    NoUnit,
    /// Below zero.
    Negative,
    /// Parts finer than a millisecond.
    TooFine,
    /// More than an `i64` of milliseconds.
    TooLong,
    /// Anything else.
    Malformed,
}

impl fmt::Display for Span {
    /// The shortest spelling, as in docs/scenario.md: `1h2m`, `1.5s`, `250ms`, `0s`; `forever`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Span::FOREVER {
            return f.write_str("forever");
        }
        let millis = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if millis == 0 {
            return f.write_str("0s");
        }
        if millis < 1000 {
            return write!(f, "{millis}ms");
        }
        let (hours, minutes, rest) = (millis / 3_600_000, millis / 60_000 % 60, millis % 60_000);
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}m")?;
        }
        if rest > 0 {
            write!(f, "{}", rest / 1000)?;
            if rest % 1000 > 0 {
                write!(f, ".{}", format!("{:03}", rest % 1000).trim_end_matches('0'))?;
            }
            f.write_str("s")?;
        }
        Ok(())
    }
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        self.saturating_add(span)
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub<Time> for Time {
    type Output = Span;
    fn sub(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Sub<Span> for Time {
    type Output = Time;
    fn sub(self, span: Span) -> Time {
        Time(self.0.saturating_sub(span.0))
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Span;
    fn sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

/// Seconds since 1970 as RFC 3339 in UTC.
pub fn rfc3339(unix_seconds: i64) -> String {
    let calendar::Civil { year, month, day, hour, minute, second } = calendar::Civil::of(unix_seconds);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_printed() {
        for (text, millis, printed) in [
            ("10s", 10_000, "10s"),
            ("1.5s", 1_500, "1.5s"),
            ("1500ms", 1_500, "1.5s"),
            ("250ms", 250, "250ms"),
            ("1h2m", 3_720_000, "1h2m"),
            ("0.5h", 1_800_000, "30m"),
            ("90m", 5_400_000, "1h30m"),
            ("5.017s", 5_017, "5.017s"),
            ("0s", 0, "0s"),
            ("1m0.25s", 60_250, "1m0.25s"),
        ] {
            let span = Span::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert_eq!((span.millis(), span.to_string().as_str()), (millis, printed), "{text}");
            assert_eq!(Span::parse(printed), Ok(span));
        }
    }

    #[test]
    fn malformed_durations_are_refused_with_a_cause() {
        for (text, error) in [
            ("5", SpanError::NoUnit),
            ("-5s", SpanError::Negative),
            ("1.0005s", SpanError::TooFine),
            ("3us", SpanError::TooFine),
            ("5d", SpanError::Malformed),
            ("", SpanError::Malformed),
            (".s", SpanError::Malformed),
            ("1.2.3s", SpanError::Malformed),
            ("99999999999999999999h", SpanError::TooLong),
        ] {
            assert_eq!(Span::parse(text), Err(error), "{text}");
        }
    }
}
