//! Amounts of resources: `500m`, `1Gi`, `2e3`. Parsed, rounded and printed as Kubernetes does it
//! (apimachinery `resource.Quantity`; V4.11, V5.24).

use std::cmp::Ordering;
use std::fmt;

/// What is finer than 10^-9 is rounded away from zero.
const FINEST: i32 = -9;
/// The powers of ten of the decimal suffixes.
const DECIMAL: [(&str, i32); 10] =
    [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];
const BINARY: [(&str, u32); 6] = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60)];
/// The most digits with which Go counts in 64 bits.
const QUICK_DIGITS: usize = 18;

/// An amount: a whole number times a power of ten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    number: i128,
    exponent: i32,
    format: Format,
    /// Go holds it in 64 bits, not in a big number: what overflows differs.
    quick: bool,
    /// Go keeps the text it was read from.
    verbatim: bool,
}

/// The family of suffixes in which it was written, and is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Decimal,
    Binary,
    Exponent,
}

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuantityError {
    Format,
    Suffix,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            QuantityError::Format => {
                "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            }
            QuantityError::Suffix => "unable to parse quantity's suffix",
        })
    }
}

impl Quantity {
    /// None.
    pub(super) const ZERO: Quantity =
        Quantity { number: 0, exponent: 0, format: Format::Decimal, quick: true, verbatim: false };

    /// Reads an amount.
    pub(super) fn parse(text: &str) -> Result<Quantity, QuantityError> {
        if text.is_empty() {
            return Err(QuantityError::Format);
        }
        let negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, rest) = unsigned.split_at(digits(unsigned));
        let (fraction, suffix) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(digits(rest)),
            None => ("", rest),
        };
        let letters = suffix.bytes().take_while(|byte| b"eEinumkKMGTP".contains(byte)).count();
        let exponent = suffix[letters..].strip_prefix(['-', '+']).unwrap_or(&suffix[letters..]);
        if digits(exponent) != exponent.len() {
            return Err(QuantityError::Format);
        }
        let (scale, format) = read_suffix(suffix).ok_or(QuantityError::Suffix)?;
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            whole => whole,
        };
        let unsigned = Quantity::quick(whole, fraction, scale, format)
            .unwrap_or_else(|| Quantity::exact(whole, fraction, scale, format));
        let number = if negative { -unsigned.number } else { unsigned.number };
        Ok(Quantity { number, verbatim: unsigned.verbatim || text == "0", ..unsigned })
    }

    /// What Go reads in 64 bits. Texts that are as good as canonical are kept.
    fn quick(whole: &str, fraction: &str, scale: Scale, format: Format) -> Option<Quantity> {
        let shifted = format!("{whole}{fraction}");
        let number: i64 = shifted.parse().ok().filter(|_| shifted.len() <= QUICK_DIGITS)?;
        let (number, exponent, verbatim) = match scale {
            Scale::TenTo(power) => {
                let exponent = power - fraction.len() as i32;
                let verbatim = exponent % 3 == 0 && !shifted.ends_with("000") && !shifted.starts_with('0');
                (number, exponent, verbatim)
            }
            Scale::TwoTo(shift) => {
                // What the suffix is worth in decimal digits, roughly.
                let worth = (shift * 3 / 10) as usize;
                if !fraction.is_empty() || whole.len() + worth > QUICK_DIGITS - 4 {
                    return None;
                }
                (number.checked_mul(1 << shift)?, 0, number % 8 != 0)
            }
        };
        let is_quick = exponent >= FINEST;
        is_quick.then(|| Quantity { number: i128::from(number), exponent, format, quick: true, verbatim })
    }

    /// Everything else, rounded away from zero; the binary ones end where 64 bits end.
    fn exact(whole: &str, fraction: &str, scale: Scale, format: Format) -> Quantity {
        let digits = || whole.bytes().chain(fraction.bytes()).map(|byte| i128::from(byte - b'0'));
        let number = digits().fold(0_i128, |number, digit| number.saturating_mul(10).saturating_add(digit));
        let places = fraction.len() as i32;
        let (number, exponent) = match scale {
            Scale::TenTo(power) => (number, power.saturating_sub(places)),
            Scale::TwoTo(shift) => (number.saturating_mul(1 << shift), -places),
        };
        let read = Quantity { number, exponent, format, quick: false, verbatim: false }.rounded_to(FINEST);
        match format {
            Format::Binary if read > Quantity::whole(i64::MAX) => Quantity { format, ..Quantity::whole(i64::MAX) },
            Format::Binary if read < Quantity::whole(1) => Quantity { format: Format::Decimal, ..read },
            _ => read,
        }
    }

    fn whole(number: i64) -> Quantity {
        Quantity { number: i128::from(number), quick: false, ..Quantity::ZERO }
    }

    /// As it is stored when it was read from this text: often the text itself.
    pub(super) fn stored(self, text: &str) -> String {
        if self.verbatim { text.to_owned() } else { self.to_string() }
    }

    /// Rounded away from zero to 10^-3, as lists of resources are when defaults are filled in; `None` if it is so coarse
    /// already.
    pub(super) fn rounded_to_milli(self) -> Option<Quantity> {
        (!self.quick || self.exponent < -3).then(|| self.rounded_to(-3))
    }

    fn rounded_to(self, exponent: i32) -> Quantity {
        if self.exponent >= exponent {
            return self;
        }
        let number = divided(self.number, exponent.abs_diff(self.exponent));
        Quantity { number, exponent, verbatim: false, ..self }
    }

    /// Whether it is below zero.
    pub(super) fn is_negative(self) -> bool {
        self.number < 0
    }

    /// Whether it is zero.
    pub(super) fn is_zero(self) -> bool {
        self.number == 0
    }

    /// Whether it is a whole number, as far as 64 bits of thousandths show.
    pub(super) fn is_integer(self) -> bool {
        self.scaled(-3) % 1000 == 0
    }

    /// Whether it is a multiple of a page size.
    pub(super) fn is_multiple_of(self, page: Quantity) -> bool {
        page.number > 0 && page.is_integer() && self.scaled(0).checked_rem(page.scaled(0)) == Some(0)
    }

    /// How many times 10^`exponent` it is, rounded up. What overflows is what Go makes of it: nothing, or the low bits.
    pub(super) fn scaled(self, exponent: i32) -> i64 {
        if self.exponent < exponent {
            return divided(self.number, exponent.abs_diff(self.exponent)) as i64;
        }
        let power = self.exponent.abs_diff(exponent);
        let quick = || 10_i64.checked_pow(power)?.checked_mul(i64::try_from(self.number).ok()?);
        if self.quick {
            return quick().unwrap_or(0);
        }
        self.number.wrapping_mul(10_i128.wrapping_pow(power)) as i64
    }

    /// The sum; in the first one's format.
    pub(super) fn plus(self, other: Quantity) -> Quantity {
        let format = if self.is_zero() { other.format } else { self.format };
        let exponent = if self.is_zero() { other.exponent } else { self.exponent.min(other.exponent) };
        let number = self.number_at(exponent).saturating_add(other.number_at(exponent));
        let quick = self.quick && other.quick && i64::try_from(number).is_ok();
        Quantity { number, exponent, format, quick, verbatim: false }
    }

    /// The number for a smaller exponent; what has more than 38 digits counts as much as that.
    fn number_at(self, exponent: i32) -> i128 {
        let power = self.exponent.saturating_sub(exponent).max(0).unsigned_abs();
        self.number.saturating_mul(10_i128.checked_pow(power).unwrap_or(i128::MAX))
    }
}

/// How often `divisor` goes into an amount, rounded up, as a `resourceFieldRef` has it. Both count in whole units, CPU in
/// thousandths; no divisor, or 0, is 1. `None` if one of them is not a quantity.
///
/// Upstream: kubectl's resource.go ExtractContainerResourceValue.
pub fn amount_by_divisor(amount: &str, divisor: Option<&str>, is_cpu: bool) -> Option<i64> {
    let exponent = if is_cpu { -3 } else { 0 };
    let amount = Quantity::parse(amount).ok()?.scaled(exponent);
    let divisor = match Quantity::parse(divisor.unwrap_or("0")).ok()? {
        divisor if divisor.is_zero() => Quantity::whole(1),
        divisor => divisor,
    };
    let divisor = divisor.scaled(exponent);
    // In floating point, as upstream does.
    (divisor != 0).then(|| (amount as f64 / divisor as f64).ceil() as i64)
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Quantity) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        let exponent = self.exponent.min(other.exponent);
        Some(self.number_at(exponent).cmp(&other.number_at(exponent)))
    }
}

impl fmt::Display for Quantity {
    /// The canonical form: no fraction, the largest suffix that leaves a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.number == 0 {
            return f.write_str("0");
        }
        let whole = self.rounded_to(0).number_at(0);
        if self.format == Format::Binary && self.rounded_to(0) == *self && whole.abs() >= 1024 {
            let (mut number, mut suffix) = (whole, "");
            for (name, _) in BINARY.iter().take_while(|(_, shift)| whole % (1 << shift) == 0) {
                (number, suffix) = (number / 1024, name);
            }
            return write!(f, "{number}{suffix}");
        }
        let (mut number, mut exponent) = (self.number, self.exponent);
        while number % 10 == 0 {
            (number, exponent) = (number / 10, exponent + 1);
        }
        while exponent % 3 != 0 {
            (number, exponent) = (number.saturating_mul(10), exponent - 1);
        }
        match self.format {
            Format::Exponent if exponent == 0 => write!(f, "{number}"),
            Format::Exponent => write!(f, "{number}e{exponent}"),
            // Upstream has no suffix for more than that, and then leaves it out.
            Format::Decimal | Format::Binary => {
                let suffix = DECIMAL.iter().find(|(_, power)| *power == exponent).map_or("", |(suffix, _)| suffix);
                write!(f, "{number}{suffix}")
            }
        }
    }
}

/// What the number before a suffix is multiplied with.
#[derive(Clone, Copy)]
enum Scale {
    TenTo(i32),
    TwoTo(u32),
}

fn read_suffix(suffix: &str) -> Option<(Scale, Format)> {
    if let Some((_, power)) = DECIMAL.iter().find(|(name, _)| *name == suffix) {
        return Some((Scale::TenTo(*power), Format::Decimal));
    }
    if let Some((_, shift)) = BINARY.iter().find(|(name, _)| *name == suffix) {
        return Some((Scale::TwoTo(*shift), Format::Binary));
    }
    let exponent = suffix.strip_prefix(['e', 'E'])?.parse::<i64>().ok()?;
    Some((Scale::TenTo(exponent as i32), Format::Exponent))
}

/// Divided by a power of ten, away from zero.
fn divided(number: i128, power: u32) -> i128 {
    let divisor = 10_i128.checked_pow(power).unwrap_or(i128::MAX);
    number / divisor + if number % divisor == 0 { 0 } else { number.signum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_divisor_counts_whole_units_and_thousandths_of_cpu() {
        assert_eq!(amount_by_divisor("500m", None, true), Some(1));
        assert_eq!(amount_by_divisor("2", Some("1m"), true), Some(2000));
        assert_eq!(amount_by_divisor("2", Some("0"), true), Some(2));
        assert_eq!(amount_by_divisor("1Gi", None, false), Some(1_073_741_824));
        assert_eq!(amount_by_divisor("1Gi", Some("1M"), false), Some(1074));
        assert_eq!(amount_by_divisor("much", None, false), None);
    }

    #[test]
    fn canonical_forms() {
        for (text, canonical) in [
            ("0", "0"),
            ("0.5", "500m"),
            ("1000m", "1"),
            ("1.5Gi", "1536Mi"),
            ("1024Mi", "1Gi"),
            ("1000Ki", "1000Ki"),
            ("512", "512"),
            ("1000000", "1M"),
            ("0.5Ki", "512"),
            ("1e3", "1e3"),
            ("12E", "12E"),
            ("100e-3", "100e-3"),
            ("+5", "5"),
            ("1E3", "1e3"),
            ("1e100", "10e99"),
            ("1000000000000000000000", "1"),
            ("1.5Ti", "1536Gi"),
            ("9Ei", "9223372036854775807"),
            ("-9Ei", "-9223372036854775807"),
            ("-2.5", "-2500m"),
            (".5", "500m"),
            ("5.", "5"),
            ("0.1Ki", "102400m"),
            ("1n", "1n"),
            ("0.0000000001", "1n"),
            ("-", "0"),
            ("Ki", "0"),
        ] {
            assert_eq!(Quantity::parse(text).map(|quantity| quantity.to_string()).as_deref(), Ok(canonical), "{text}");
        }
        let rounded = |text| Quantity::parse(text).ok()?.rounded_to_milli().map(|rounded| rounded.to_string());
        assert_eq!(rounded("100u").as_deref(), Some("1m"));
        assert_eq!(rounded("-1n").as_deref(), Some("-1m"));
        assert_eq!(rounded("1.500"), None);
    }

    #[test]
    fn many_texts_are_kept() {
        for (text, stored) in [
            ("+5", "+5"),
            ("007", "007"),
            ("1.500", "1.500"),
            ("1.5", "1500m"),
            ("1E3", "1E3"),
            ("1e30", "1e30"),
            ("1000", "1k"),
            ("1024Mi", "1Gi"),
            ("1025Mi", "1025Mi"),
            ("00", "0"),
            ("-0", "0"),
        ] {
            let quantity = Quantity::parse(text).map(|quantity| quantity.stored(text));
            assert_eq!(quantity.as_deref(), Ok(stored), "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_counted_in_64_bits() {
        for (text, is_integer) in [("1", true), ("1500m", false), ("1E", true), ("1Ei", false), ("1e100", true)] {
            assert_eq!(Quantity::parse(text).map(Quantity::is_integer), Ok(is_integer), "{text}");
        }
    }

    #[test]
    fn refused_texts() {
        for (text, error) in [
            ("", QuantityError::Format),
            ("true", QuantityError::Format),
            ("1 Gi", QuantityError::Format),
            ("1GB", QuantityError::Format),
            ("10Mb", QuantityError::Format),
            ("1gi", QuantityError::Format),
            ("1K", QuantityError::Suffix),
            ("1MM", QuantityError::Suffix),
            ("1.2.3", QuantityError::Format),
            ("1i", QuantityError::Suffix),
        ] {
            assert_eq!(Quantity::parse(text).err(), Some(error), "{text}");
        }
    }
}
