//! Numbers, durations, times, percentages.

use super::decoder::Decoder;
use crate::manifest::diagnostic::{Code, Expected};
use crate::manifest::yaml::{NodeId, NodeKind, Scalar};
use crate::time::calendar::{days_in_month, days_since_1970};
use crate::time::{Span, SpanError, Time};
use std::ops::RangeInclusive;

impl Decoder<'_> {
    /// A scalar as it is written, whatever type YAML gives it.
    pub(super) fn written(&self, node: NodeId) -> Option<String> {
        match &self.tree.resolve(node).kind {
            NodeKind::Scalar { text, .. } => Some(text.clone()),
            _ => None,
        }
    }

    pub(super) fn text(&mut self, node: NodeId) -> Option<String> {
        match self.tree.scalar(node) {
            Some(Scalar::Text(text)) => Some(text),
            _ => self.wrong_type(node, Expected::Text),
        }
    }

    pub(super) fn truth(&mut self, node: NodeId) -> Option<bool> {
        match self.tree.scalar(node) {
            Some(Scalar::Bool(truth)) => Some(truth),
            _ => self.wrong_type(node, Expected::Truth),
        }
    }

    /// A whole number in a range, which must fit `T`.
    pub(super) fn number<T: TryFrom<i64>>(&mut self, node: NodeId, range: RangeInclusive<i64>) -> Option<T> {
        let number = match self.tree.scalar(node) {
            Some(Scalar::Int(number)) => number,
            Some(Scalar::Uint(_)) => i64::MAX,
            Some(Scalar::Float(number)) if number.fract() == 0.0 => number as i64,
            _ => return self.wrong_type(node, Expected::Number),
        };
        if !range.contains(&number) {
            let most = Some(*range.end()).filter(|most| *most < i64::from(i32::MAX));
            self.report(node, Code::OutOfRange { least: *range.start(), most });
            return None;
        }
        T::try_from(number).ok()
    }

    /// A whole number from 0 to `u64::MAX`.
    pub(super) fn unsigned(&mut self, node: NodeId) -> Option<u64> {
        match self.tree.scalar(node) {
            Some(Scalar::Uint(number)) => Some(number),
            _ => self.number(node, 0..=i64::MAX),
        }
    }

    /// A duration, as a time from the start of the run.
    pub(super) fn time(&mut self, node: NodeId) -> Option<Time> {
        self.length(node).map(|span| Time::from_millis(span.millis()))
    }

    /// A duration that ends.
    pub(super) fn length(&mut self, node: NodeId) -> Option<Span> {
        let span = self.length_or_forever(node)?;
        if span == Span::FOREVER {
            self.report(node, Code::ForeverNotHere);
            return None;
        }
        Some(span)
    }

    /// A duration, or `forever`.
    pub(super) fn length_or_forever(&mut self, node: NodeId) -> Option<Span> {
        let text = match (self.tree.scalar(node), self.written(node)) {
            (Some(Scalar::Text(_) | Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)), Some(text)) => text,
            _ => return self.wrong_type(node, Expected::Duration),
        };
        if text == "forever" {
            return Some(Span::FOREVER);
        }
        // `0` alone is a duration for Go, but numbers without a unit are refused here, all of them.
        let parsed = if text == "0" { Err(SpanError::NoUnit) } else { Span::parse(&text) };
        match parsed {
            Ok(Span::FOREVER) => {
                self.report(node, Code::Duration { error: SpanError::TooLong, text });
                None
            }
            Ok(span) => Some(span),
            Err(error) => {
                self.report(node, Code::Duration { error, text });
                None
            }
        }
    }

    /// A percentage with up to four decimals, `20%`, in millionths.
    pub(super) fn chance(&mut self, node: NodeId) -> Option<u32> {
        let Some(text) = self.written(node) else { return self.wrong_type(node, Expected::Text) };
        let millionths = text.strip_suffix('%').and_then(millionths);
        if millionths.is_none() {
            let number = Some(text).filter(|text| millionths_of(text).is_some());
            self.report(node, Code::Chance { number });
        }
        millionths
    }

    /// A time in RFC 3339, in seconds since 1970.
    pub(super) fn start_time(&mut self, node: NodeId) -> Option<i64> {
        let text = self.text(node)?;
        let seconds = rfc3339(&text);
        if seconds.is_none() {
            self.report(node, Code::StartTime);
        }
        seconds
    }
}

fn millionths_of(text: &str) -> Option<u32> {
    millionths(text.trim_end_matches('%'))
}

/// A percentage without its `%`, in millionths.
fn millionths(percent: &str) -> Option<u32> {
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() > 3 || fraction.len() > 4 {
        return None;
    }
    let fraction: u32 = format!("{fraction:0<4}").parse().ok()?;
    let whole: u32 = whole.parse().ok()?;
    Some(whole * 10_000 + fraction).filter(|millionths| *millionths <= 1_000_000)
}

/// `2000-01-01T12:00:00Z`, `…+08:00`; fractions of a second only if they are zero.
fn rfc3339(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = bytes.get(from..to)?;
        digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let valid = marks.iter().all(|(at, mark)| bytes[*at].to_ascii_uppercase() == *mark)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let mut zone = text.get(19..)?;
    if let Some(rest) = zone.strip_prefix('.') {
        let zeros = rest.len() - rest.trim_start_matches('0').len();
        zone = rest.get(zeros..).filter(|_| zeros > 0)?;
    }
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let from = text.len() - zone.len();
            let sign = match zone.as_bytes().first()? {
                b'+' => 1,
                b'-' => -1,
                _ => return None,
            };
            let (hours, minutes) = (number(from + 1, from + 3)?, number(from + 4, from + 6)?);
            if zone.len() != 6 || zone.as_bytes()[3] != b':' || hours > 23 || minutes > 59 {
                return None;
            }
            sign * (hours * 3600 + minutes * 60)
        }
    };
    valid.then(|| days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_times() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2000-01-01T12:00:00Z", Some(946_728_000)),
            ("2000-01-01T20:00:00+08:00", Some(946_728_000)),
            ("2000-02-29T00:00:00.000Z", Some(951_782_400)),
            ("1969-12-31T23:59:59Z", Some(-1)),
            ("2001-02-29T00:00:00Z", None),
            ("2000-01-01T12:00:00", None),
            ("2000-01-01 12:00:00Z", None),
            ("2000-01-01T12:00:00.5Z", None),
            ("2000-01-01T24:00:00Z", None),
            ("2000-01-01", None),
            ("2000-01-01T20:00:00+0800", None),
            ("日本", None),
            ("", None),
        ] {
            assert_eq!(rfc3339(text), seconds, "{text}");
        }
    }

    #[test]
    fn chances() {
        for (text, expected) in [
            ("20", Some(200_000)),
            ("0.0001", Some(1)),
            ("100", Some(1_000_000)),
            ("33.33", Some(333_300)),
            ("100.0001", None),
            ("0.00001", None),
            ("-1", None),
            ("", None),
            (".5", None),
        ] {
            assert_eq!(millionths(text), expected, "{text}");
        }
    }
}
