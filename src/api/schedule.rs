//! `spec.schedule` of a CronJob: cron's language as Kubernetes reads it (robfig/cron v3, five fields; C19). Says
//! which times are meant; knows neither the clock nor the controller.

mod duration;
mod error;
mod next;
mod pattern;

use super::meta::Name;
use super::time_zone;
pub use duration::DurationError;
pub use error::ScheduleError;
pub use pattern::{Clock, Days, Hand, Pattern, Within};

/// A schedule that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The zone of a `TZ=` or `CRON_TZ=` prefix.
    pub zone: Option<Name>,
    times: Times,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Times {
    Fields(Fields),
    /// `@every`: this many seconds after the last time.
    Every(i64),
}

/// Which values match, field by field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fields {
    minute: Field,
    hour: Field,
    day_of_month: Field,
    month: Field,
    day_of_week: Field,
}

/// The values of one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Field {
    /// A bit per value.
    values: u64,
    /// Whether it was written with a star that leaves nothing out: then it does not restrict the other day field.
    star: bool,
}

impl Field {
    fn has(self, value: i64) -> bool {
        self.values >> value & 1 == 1
    }
}

/// What a field may hold.
struct Bounds {
    first: u64,
    last: u64,
    /// Names of values, the first of them for `first`.
    names: &'static [&'static str],
}

const MINUTES: Bounds = Bounds { first: 0, last: 59, names: &[] };
const HOURS: Bounds = Bounds { first: 0, last: 23, names: &[] };
const DAYS_OF_MONTH: Bounds = Bounds { first: 1, last: 31, names: &[] };
const MONTHS: Bounds = Bounds {
    first: 1,
    last: 12,
    names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
const DAYS_OF_WEEK: Bounds = Bounds { first: 0, last: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] };

impl Schedule {
    /// Reads a schedule.
    ///
    /// # Errors
    /// [`ScheduleError`], whose text is that of the API server (V10.3).
    pub fn parse(text: &str) -> Result<Schedule, ScheduleError> {
        if text.is_empty() {
            return Err(ScheduleError::Empty);
        }
        let (zone, rest) = split_zone(text)?;
        let times = match rest.strip_prefix('@') {
            Some(_) => descriptor(rest)?,
            None => Times::Fields(fields(rest)?),
        };
        Ok(Schedule { zone, times })
    }
}

/// Takes a `TZ=` or `CRON_TZ=` prefix off.
fn split_zone(text: &str) -> Result<(Option<Name>, &str), ScheduleError> {
    let Some(rest) = text.strip_prefix("TZ=").or_else(|| text.strip_prefix("CRON_TZ=")) else {
        return Ok((None, text));
    };
    let (zone, rest) = rest.split_once(' ').ok_or(ScheduleError::ZoneWithoutSchedule)?;
    if zone.starts_with(['/', '\\']) || zone.contains("..") {
        return Err(ScheduleError::InvalidZoneName(zone.to_owned()));
    }
    if !time_zone::is_known(zone) {
        return Err(ScheduleError::UnknownZone(zone.to_owned()));
    }
    Ok((Some(zone.into()), rest.trim()))
}

/// `@hourly` and the other descriptors.
fn descriptor(text: &str) -> Result<Times, ScheduleError> {
    let meaning = match text {
        "@yearly" | "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" | "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => return every(text),
    };
    Ok(Times::Fields(fields(meaning)?))
}

fn every(text: &str) -> Result<Times, ScheduleError> {
    let Some(duration) = text.strip_prefix("@every ") else {
        return Err(ScheduleError::UnknownDescriptor(text.to_owned()));
    };
    match duration::nanoseconds(duration) {
        // Whole seconds, and at least one.
        Ok(nanoseconds) => Ok(Times::Every((nanoseconds / 1_000_000_000).max(1))),
        Err(error) => Err(ScheduleError::Duration { descriptor: text.to_owned(), error }),
    }
}

fn fields(text: &str) -> Result<Fields, ScheduleError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [minute, hour, day_of_month, month, day_of_week] = words[..] else {
        return Err(ScheduleError::FieldCount(words.iter().map(|word| (*word).to_owned()).collect()));
    };
    Ok(Fields {
        minute: field(minute, &MINUTES)?,
        hour: field(hour, &HOURS)?,
        day_of_month: field(day_of_month, &DAYS_OF_MONTH)?,
        month: field(month, &MONTHS)?,
        day_of_week: field(day_of_week, &DAYS_OF_WEEK)?,
    })
}

/// A list of pieces; empty ones count for nothing, so `,` is a field that never matches.
fn field(text: &str, bounds: &Bounds) -> Result<Field, ScheduleError> {
    let mut all = Field::default();
    for piece in text.split(',').filter(|piece| !piece.is_empty()) {
        let one = values_of(piece, bounds)?;
        all = Field { values: all.values | one.values, star: all.star || one.star };
    }
    Ok(all)
}

/// `*`, `n`, `a-b`, each also with `/step`; `n/step` goes on to the maximum.
fn values_of(piece: &str, bounds: &Bounds) -> Result<Field, ScheduleError> {
    let mut slashes = piece.split('/');
    let (range, step, rest) = (slashes.next().unwrap_or_default(), slashes.next(), slashes.next());
    let mut hyphens = range.split('-');
    let (low, high) = (hyphens.next().unwrap_or_default(), hyphens.next());
    let star = matches!(low, "*" | "?");
    let (first, mut last) = match (star, high) {
        (true, _) => (bounds.first, bounds.last),
        (false, None) => {
            let value = value_of(low, bounds)?;
            (value, value)
        }
        (false, Some(high)) => {
            let first = value_of(low, bounds)?;
            if hyphens.next().is_some() {
                return Err(ScheduleError::TooManyHyphens(piece.to_owned()));
            }
            (first, value_of(high, bounds)?)
        }
    };
    if rest.is_some() {
        return Err(ScheduleError::TooManySlashes(piece.to_owned()));
    }
    let step = match step {
        None => 1,
        Some(step) => {
            if high.is_none() {
                last = bounds.last;
            }
            number(step)?
        }
    };
    check_range(first, last, step, piece, bounds)?;
    let values = (first..=last).step_by(usize::try_from(step).unwrap_or(usize::MAX));
    // A star with a step leaves values out: it restricts like any other list.
    Ok(Field { values: values.fold(0, |bits, value| bits | 1 << value), star: star && step == 1 })
}

fn check_range(first: u64, last: u64, step: u64, piece: &str, bounds: &Bounds) -> Result<(), ScheduleError> {
    let piece = piece.to_owned();
    if first < bounds.first {
        return Err(ScheduleError::BelowMinimum { first, minimum: bounds.first, piece });
    }
    if last > bounds.last {
        return Err(ScheduleError::AboveMaximum { last, maximum: bounds.last, piece });
    }
    if first > last {
        return Err(ScheduleError::Descending { first, last, piece });
    }
    if step == 0 {
        return Err(ScheduleError::NoStep(piece));
    }
    Ok(())
}

fn value_of(word: &str, bounds: &Bounds) -> Result<u64, ScheduleError> {
    let lower = word.to_lowercase();
    match bounds.names.iter().position(|name| **name == lower) {
        Some(place) => Ok(bounds.first + place as u64),
        None => number(word),
    }
}

/// A number as Go's `strconv.Atoi` reads it; a negative one is refused.
fn number(word: &str) -> Result<u64, ScheduleError> {
    let (negative, digits) = match word.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, word.strip_prefix('+').unwrap_or(word)),
    };
    if digits.is_empty() {
        return Err(ScheduleError::NotANumber(word.to_owned()));
    }
    let mut value: u64 = 0;
    for digit in digits.bytes() {
        if !digit.is_ascii_digit() {
            return Err(ScheduleError::NotANumber(word.to_owned()));
        }
        let next = value.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(digit - b'0')));
        value = next.ok_or_else(|| ScheduleError::OutOfRange(word.to_owned()))?;
    }
    let largest = i64::MAX as u64 + u64::from(negative);
    match (value, negative) {
        _ if value > largest => Err(ScheduleError::OutOfRange(word.to_owned())),
        (0, _) | (_, false) => Ok(value),
        (_, true) => Err(ScheduleError::Negative { number: value, word: word.to_owned() }),
    }
}

#[cfg(test)]
mod tests;
