//! Why a schedule cannot be read, in the words of the API server (V10.3).

use super::DurationError;
use std::fmt;

/// Why a schedule cannot be read. Its text is the API server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScheduleError {
    /// Nothing at all.
    Empty,
    /// Not five fields, but these.
    FieldCount(Vec<String>),
    /// A word that is neither a number nor a name.
    NotANumber(String),
    /// A number that no machine word holds.
    OutOfRange(String),
    /// A negative number.
    Negative {
        /// Without its sign.
        number: u64,
        /// As written.
        word: String,
    },
    /// `1-2-3`
    TooManyHyphens(String),
    /// `1/2/3`
    TooManySlashes(String),
    /// `0` as a day of the month.
    BelowMinimum {
        /// Where the range begins.
        first: u64,
        /// Where it may begin.
        minimum: u64,
        /// The whole piece between commas.
        piece: String,
    },
    /// `60` as a minute.
    AboveMaximum {
        /// Where the range ends.
        last: u64,
        /// Where it may end.
        maximum: u64,
        /// The whole piece between commas.
        piece: String,
    },
    /// `5-1`
    Descending {
        /// Where the range begins.
        first: u64,
        /// Where it ends.
        last: u64,
        /// The whole piece between commas.
        piece: String,
    },
    /// `*/0`
    NoStep(String),
    /// `@reboot`
    UnknownDescriptor(String),
    /// `@every` and something that is not a duration.
    Duration {
        /// The whole schedule.
        descriptor: String,
        /// What is wrong with the duration.
        error: DurationError,
    },
    /// `TZ=Mars/Phobos …`
    UnknownZone(String),
    /// `TZ=../zone …`
    InvalidZoneName(String),
    /// `TZ=Europe/Paris` without anything after it.
    ZoneWithoutSchedule,
}

impl std::error::Error for ScheduleError {}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScheduleError::Empty => f.write_str("empty spec string"),
            ScheduleError::FieldCount(fields) => {
                write!(f, "expected exactly 5 fields, found {}: [{}]", fields.len(), fields.join(" "))
            }
            ScheduleError::NotANumber(word) => {
                write!(f, "failed to parse int from {word}: strconv.Atoi: parsing {word:?}: invalid syntax")
            }
            ScheduleError::OutOfRange(word) => {
                write!(f, "failed to parse int from {word}: strconv.Atoi: parsing {word:?}: value out of range")
            }
            ScheduleError::Negative { number, word } => write!(f, "negative number (-{number}) not allowed: {word}"),
            ScheduleError::TooManyHyphens(piece) => write!(f, "too many hyphens: {piece}"),
            ScheduleError::TooManySlashes(piece) => write!(f, "too many slashes: {piece}"),
            ScheduleError::BelowMinimum { first, minimum, piece } => {
                write!(f, "beginning of range ({first}) below minimum ({minimum}): {piece}")
            }
            ScheduleError::AboveMaximum { last, maximum, piece } => {
                write!(f, "end of range ({last}) above maximum ({maximum}): {piece}")
            }
            ScheduleError::Descending { first, last, piece } => {
                write!(f, "beginning of range ({first}) beyond end of range ({last}): {piece}")
            }
            ScheduleError::NoStep(piece) => write!(f, "step of range should be a positive number: {piece}"),
            ScheduleError::UnknownDescriptor(text) => write!(f, "unrecognized descriptor: {text}"),
            ScheduleError::Duration { descriptor, error } => {
                write!(f, "failed to parse duration {descriptor}: {error}")
            }
            ScheduleError::UnknownZone(zone) => write!(f, "provided bad location {zone}: unknown time zone {zone}"),
            ScheduleError::InvalidZoneName(zone) => {
                write!(f, "provided bad location {zone}: time: invalid location name")
            }
            // The parser of upstream breaks here, and the API server shows how.
            ScheduleError::ZoneWithoutSchedule => {
                f.write_str("invalid schedule format: runtime error: slice bounds out of range [:-1]")
            }
        }
    }
}
