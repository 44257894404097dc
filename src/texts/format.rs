//! Numbers, times and lists as each language writes them. Every topic uses these, so that `0:44` and `20 s` look the
//! same everywhere. A number and its unit are joined by a no-break space.

use crate::time::calendar::Civil;
use crate::time::{Span, Time};

/// A space at which a line is not broken.
pub const NO_BREAK: char = '\u{a0}';

/// What a language contributes to numbers, times and punctuation.
#[allow(missing_docs)]
pub struct FormatWords {
    pub milliseconds: &'static str,
    pub seconds: &'static str,
    pub minutes: &'static str,
    pub hours: &'static str,
    /// Days, for a count.
    pub days: fn(i64) -> &'static str,
    /// A length without end.
    pub forever: &'static str,
    /// A time that never comes.
    pub never: &'static str,
    /// Between two parts of a sentence: `, `, `，`.
    pub comma: &'static str,
    /// At the end of a sentence.
    pub full_stop: &'static str,
    /// Between two sentences.
    pub gap: &'static str,
    pub ordinal: fn(u32) -> String,
}

impl FormatWords {
    /// A time on the clock of the run, to the millisecond: `0:25.301`, `1:02:03.000`.
    pub fn clock(&self, at: Time) -> String {
        if at == Time::NEVER {
            return self.never.to_owned();
        }
        format!("{}.{:03}", self.clock_short(at), at.millis().rem_euclid(1000))
    }

    /// A time on the clock, cut to whole seconds as the API server cuts it: `0:25`, `1:02:03`, `2d 1:02:03`.
    pub fn clock_short(&self, at: Time) -> String {
        if at == Time::NEVER {
            return self.never.to_owned();
        }
        let seconds = at.seconds();
        let (sign, seconds) = if seconds < 0 { ("−", -seconds) } else { ("", seconds) };
        let (days, hours, minutes, rest) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        match (days, hours) {
            (0, 0) => format!("{sign}{minutes}:{rest:02}"),
            (0, _) => format!("{sign}{hours}:{minutes:02}:{rest:02}"),
            _ => format!("{sign}{days}d{NO_BREAK}{hours}:{minutes:02}:{rest:02}"),
        }
    }

    /// A time on the clock, with milliseconds only where there are any: `0:44`, `0:24.301`.
    pub fn clock_exact(&self, at: Time) -> String {
        if at.truncated() == at { self.clock_short(at) } else { self.clock(at) }
    }

    /// A length of time, exactly: `20 s`, `5.953 s`, `500 ms`, `5 min 30 s`, `1 h`; `20 秒`, `5 分钟 30 秒`.
    pub fn span(&self, span: Span) -> String {
        if span == Span::FOREVER {
            return self.forever.to_owned();
        }
        let sign = if span.millis() < 0 { "−" } else { "" };
        let millis = span.millis().saturating_abs();
        if millis > 0 && millis < 1000 {
            return format!("{sign}{millis}{NO_BREAK}{}", self.milliseconds);
        }
        let (days, hours, minutes, rest) =
            (millis / 86_400_000, millis / 3_600_000 % 24, millis / 60_000 % 60, millis % 60_000);
        let mut parts = Vec::new();
        for (count, unit) in [(days, (self.days)(days)), (hours, self.hours), (minutes, self.minutes)] {
            if count > 0 {
                parts.push(format!("{count}{NO_BREAK}{unit}"));
            }
        }
        if rest > 0 || parts.is_empty() {
            parts.push(format!("{}{NO_BREAK}{}", decimal(rest), self.seconds));
        }
        format!("{sign}{}", parts.join(&NO_BREAK.to_string()))
    }

    /// A length of time for reading, to a tenth of a second below a minute and to whole seconds above: `18.7 s`,
    /// `2 min 5 s`.
    pub fn span_rounded(&self, length: Span) -> String {
        if length == Span::FOREVER {
            return self.span(length);
        }
        let millis = length.millis();
        let unit = match millis.saturating_abs() {
            0..1_000 => 1,
            1_000..60_000 => 100,
            _ => 1000,
        };
        self.span(Span::from_millis((millis + unit / 2).div_euclid(unit) * unit))
    }
}

/// Thousandths as a decimal number without trailing zeros: `5.953`, `18.7`, `20`.
fn decimal(thousandths: i64) -> String {
    let (whole, fraction) = (thousandths / 1000, thousandths % 1000);
    if fraction == 0 {
        return whole.to_string();
    }
    let fraction = format!("{fraction:03}");
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}

/// What a wall clock shows: `02:00`, with seconds where there are any.
pub fn time_of_day(shown: Civil) -> String {
    let seconds = if shown.second == 0 { String::new() } else { format!(":{:02}", shown.second) };
    format!("{:02}:{:02}{seconds}", shown.hour, shown.minute)
}

/// The same with its day: `03-04 02:00`.
pub fn day_and_time(shown: Civil) -> String {
    format!("{:02}-{:02} {}", shown.month, shown.day, time_of_day(shown))
}

/// A count with its thousands set apart: `7`, `10,000`.
pub fn count(number: impl Into<i64>) -> String {
    let number = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An amount of a resource as the scheduler counts it, as people write it: `1.5` cpus are `1500m`, bytes have a unit.
pub fn amount(resource: &str, amount: i64) -> String {
    let whole = |units: &[(&str, i64)]| {
        let fits = units.iter().find(|(_, size)| amount != 0 && amount % size == 0);
        fits.map(|(unit, size)| format!("{}{unit}", amount / size))
    };
    match resource {
        "cpu" if amount % 1000 == 0 => (amount / 1000).to_string(),
        "cpu" => format!("{amount}m"),
        "memory" | "ephemeral-storage" => {
            whole(&[("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)]).unwrap_or_else(|| amount.to_string())
        }
        _ => amount.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    fn english() -> &'static FormatWords {
        Lang::En.format()
    }

    fn chinese() -> &'static FormatWords {
        Lang::Zh.format()
    }

    /// With plain spaces instead of no-break ones, so that the expected texts are readable.
    fn plain(text: String) -> String {
        text.replace(NO_BREAK, " ")
    }

    #[test]
    fn the_clock_reads_as_on_the_axis() {
        for (millis, exact, short) in [
            (0, "0:00", "0:00"),
            (25_301, "0:25.301", "0:25"),
            (44_000, "0:44", "0:44"),
            (111_000, "1:51", "1:51"),
            (3_723_004, "1:02:03.004", "1:02:03"),
            (180_000_000, "2d 2:00:00", "2d 2:00:00"),
        ] {
            let at = Time::from_millis(millis);
            assert_eq!(plain(english().clock_exact(at)), exact);
            assert_eq!(plain(chinese().clock_short(at)), short);
        }
        assert_eq!(english().clock(Time::from_millis(44_000)), "0:44.000");
        assert_eq!(english().clock(Time::NEVER), "never");
    }

    #[test]
    fn lengths_have_units() {
        for (millis, en, zh) in [
            (0, "0 s", "0 秒"),
            (500, "500 ms", "500 毫秒"),
            (20_000, "20 s", "20 秒"),
            (5_953, "5.953 s", "5.953 秒"),
            (330_000, "5 min 30 s", "5 分钟 30 秒"),
            (3_600_000, "1 h", "1 小时"),
            (172_800_000, "2 days", "2 天"),
            (-1_500, "−1.5 s", "−1.5 秒"),
        ] {
            assert_eq!(plain(english().span(Span::from_millis(millis))), en);
            assert_eq!(plain(chinese().span(Span::from_millis(millis))), zh);
        }
        assert_eq!(plain(english().span_rounded(Span::from_millis(18_699))), "18.7 s");
        assert_eq!(plain(english().span_rounded(Span::from_millis(59_960))), "1 min");
        assert_eq!(plain(chinese().span_rounded(Span::from_millis(125_499))), "2 分钟 5 秒");
        assert_eq!(english().span_rounded(Span::FOREVER), "forever");
    }

    #[test]
    fn counts_and_ordinals() {
        assert_eq!(count(7), "7");
        assert_eq!(count(10_000), "10,000");
        assert_eq!(count(-1_234_567), "−1,234,567");
        let ordinals: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(|n| (english().ordinal)(n)).into();
        assert_eq!(ordinals.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th");
        assert_eq!(plain((chinese().ordinal)(2)), "第 2");
    }
}
