//! Texts as Go's `time.Parse(time.RFC3339, text)` reads them: what it refuses, in its words. It takes more than RFC 3339
//! does: an hour of one digit, a comma before the fraction, an offset of 24:60. Knows nothing of what a time is for.

use crate::time::calendar::days_in_month;

/// Go's layout of RFC 3339.
const LAYOUT: &str = "2006-01-02T15:04:05Z07:00";

/// Why a text is not a time; `None` if it is one.
pub(super) fn error(text: &str) -> Option<String> {
    let mut reader = Reader { rest: text };
    let why = match reader.time() {
        Ok(()) if reader.rest.is_empty() => return None,
        Ok(()) => format!(": extra text: {}", quoted(reader.rest)),
        Err(TimeError::Unlike(part)) => {
            format!(" as {}: cannot parse {} as {}", quoted(LAYOUT), quoted(reader.rest), quoted(part))
        }
        Err(TimeError::OutOfRange(what)) => format!(": {what} out of range"),
    };
    Some(format!("parsing time {}{why}", quoted(text)))
}

enum TimeError {
    /// The rest does not begin with this part of the layout.
    Unlike(&'static str),
    /// A number outside its range: an hour 24, a February 30.
    OutOfRange(&'static str),
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn time(&mut self) -> Result<(), TimeError> {
        let year = self.number("2006", 4, 0..=9999, "year")?;
        self.mark("-")?;
        let month = self.number("01", 2, 1..=12, "month")?;
        self.mark("-")?;
        // Whether the month has that day is asked when everything has been read.
        let day = self.number("02", 2, 0..=99, "day")?;
        self.mark("T")?;
        let digits = if digits_of(self.rest) == 1 { 1 } else { 2 };
        self.number("15", digits, 0..=23, "hour")?;
        self.mark(":")?;
        self.number("04", 2, 0..=59, "minute")?;
        self.mark(":")?;
        self.number("05", 2, 0..=59, "second")?;
        if let Some(fraction) = self.rest.strip_prefix(['.', ',']).filter(|fraction| digits_of(fraction) > 0) {
            self.rest = &fraction[digits_of(fraction)..];
        }
        self.zone()?;
        if self.rest.is_empty() && !(1..=days_in_month(year, month)).contains(&day) {
            return Err(TimeError::OutOfRange("day"));
        }
        Ok(())
    }

    fn mark(&mut self, mark: &'static str) -> Result<(), TimeError> {
        self.rest = self.rest.strip_prefix(mark).ok_or(TimeError::Unlike(mark))?;
        Ok(())
    }

    /// A number of exactly `digits` digits; further digits may follow.
    fn number(
        &mut self,
        part: &'static str,
        digits: usize,
        range: std::ops::RangeInclusive<i64>,
        name: &'static str,
    ) -> Result<i64, TimeError> {
        let number = digits_at(self.rest, 0, digits).ok_or(TimeError::Unlike(part))?;
        if !range.contains(&number) {
            return Err(TimeError::OutOfRange(name));
        }
        self.rest = &self.rest[digits..];
        Ok(number)
    }

    /// `Z`, or `+08:00`.
    fn zone(&mut self) -> Result<(), TimeError> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Ok(());
        }
        let unlike = TimeError::Unlike("Z07:00");
        if self.rest.len() < 6 || self.rest.as_bytes()[3] != b':' {
            return Err(unlike);
        }
        // Numbers outside their ranges are reported before anything else is looked at, the minute's first.
        let hour = digits_at(self.rest, 1, 2);
        let minute = hour.and_then(|_| digits_at(self.rest, 4, 2));
        if minute.is_some_and(|minute| minute > 60) {
            return Err(TimeError::OutOfRange("time zone offset minute"));
        }
        if hour.is_some_and(|hour| hour > 24) {
            return Err(TimeError::OutOfRange("time zone offset hour"));
        }
        if minute.is_none() || !self.rest.starts_with(['+', '-']) {
            return Err(unlike);
        }
        self.rest = &self.rest[6..];
        Ok(())
    }
}

/// How many digits a text begins with.
fn digits_of(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The number at these bytes, if all of them are digits.
fn digits_at(text: &str, from: usize, digits: usize) -> Option<i64> {
    let bytes = text.as_bytes().get(from..from + digits)?;
    bytes.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// As Go's package `time` quotes: what is not printable ASCII, byte by byte.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(byte)]),
            b' '..=0x7f => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for text in [
            "2024-02-29T12:00:00Z",
            "2000-01-01T1:00:00,5Z",
            "2000-01-01T12:00:00.123456789012+24:60",
            "0000-01-01T00:00:00-00:00",
        ] {
            assert_eq!(error(text), None, "{text}");
        }
    }

    #[test]
    fn no_times() {
        let layout = "as \"2006-01-02T15:04:05Z07:00\": cannot parse";
        for (text, why) in [
            ("", format!(" {layout} \"\" as \"2006\"")),
            ("2000", format!(" {layout} \"\" as \"-\"")),
            ("2000-01-01", format!(" {layout} \"\" as \"T\"")),
            ("2000-1-01T12:00:00Z", format!(" {layout} \"1-01T12:00:00Z\" as \"01\"")),
            ("2000-01-01 12:00:00Z", format!(" {layout} \" 12:00:00Z\" as \"T\"")),
            ("2000-01-01T12:00:00", format!(" {layout} \"\" as \"Z07:00\"")),
            ("2000-01-01T12:00:00z", format!(" {layout} \"z\" as \"Z07:00\"")),
            ("2000-01-01T12:00:00.Z", format!(" {layout} \".Z\" as \"Z07:00\"")),
            ("2000-01-01T12:00:00 08:00", format!(" {layout} \" 08:00\" as \"Z07:00\"")),
            ("2000-01-01T12:00:00Z\n", ": extra text: \"\\x0a\"".to_owned()),
            ("2024-02-30T12:00:00Z", ": day out of range".to_owned()),
            ("2024-02-30T12:00:00Z.", ": extra text: \".\"".to_owned()),
            ("2024-13-01T12:00:00Z", ": month out of range".to_owned()),
            ("2024-12-01T24:00:00Z", ": hour out of range".to_owned()),
            ("2024-12-01T12:00:60Z", ": second out of range".to_owned()),
            ("2024-12-01T12:00:00+25:61", ": time zone offset minute out of range".to_owned()),
            ("2024-12-01T12:00:00+25:x0", ": time zone offset hour out of range".to_owned()),
        ] {
            assert_eq!(error(text), Some(format!("parsing time {}{why}", quoted(text))), "{text}");
        }
        let chinese = error("\"中\"").unwrap_or_default();
        assert!(chinese.starts_with("parsing time \"\\\"\\xe4\\xb8\\xad\\\"\" as "), "{chinese}");
    }
}
