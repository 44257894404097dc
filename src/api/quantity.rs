//! Amounts of resources: `500m`, `1Gi`, `2e3`. Parsed, rounded and printed as Kubernetes does it
//! (apimachinery `resource.Quantity`; spec V4.11, V5.24).

use std::cmp::Ordering;
use std::fmt;

const NANO: i128 = 1_000_000_000;
/// What nano units a decimal suffix is worth: 10^-9 … 10^18.
const DECIMAL: [(&str, i32); 10] =
    [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];
const BINARY: [(&str, u32); 6] = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60)];

/// An amount, exact to 10^-9.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    nanos: i128,
    format: Format,
}

/// The family of suffixes in which it was written, and is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Decimal,
    Binary,
    Exponent,
}

/// Why a text is no quantity.
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
    pub(super) const ZERO: Quantity = Quantity { nanos: 0, format: Format::Decimal };

    /// Reads an amount; what is finer than 10^-9 is rounded away from zero.
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
        let nanos = scaled(whole, fraction, scale);
        let format = if format == Format::Binary && nanos > 0 && nanos < NANO { Format::Decimal } else { format };
        Ok(Quantity { nanos: if negative { -nanos } else { nanos }, format })
    }

    /// Rounded away from zero to 10^-3, as lists of resources are when defaults are filled in.
    pub(super) fn rounded_to_milli(self) -> Quantity {
        Quantity { nanos: round_up(self.nanos.abs(), NANO / 1000) * self.nanos.signum(), ..self }
    }

    /// Below zero.
    pub(super) fn is_negative(self) -> bool {
        self.nanos < 0
    }

    /// Zero.
    pub(super) fn is_zero(self) -> bool {
        self.nanos == 0
    }

    /// A whole number.
    pub(super) fn is_integer(self) -> bool {
        self.nanos % NANO == 0
    }

    /// Whether it is a multiple of a page size.
    pub(super) fn is_multiple_of(self, page: Quantity) -> bool {
        page.nanos > 0 && page.is_integer() && round_up(self.nanos, NANO) % page.nanos == 0
    }

    /// The sum; in the first one's format.
    pub(super) fn plus(self, other: Quantity) -> Quantity {
        let format = if self.is_zero() { other.format } else { self.format };
        Quantity { nanos: self.nanos.saturating_add(other.nanos), format }
    }
}

/// How often `divisor` goes into an amount, rounded up, as a `resourceFieldRef` has it. Both count in whole units, CPU in
/// thousandths; no divisor, or 0, is 1. `None` if one of them is no quantity.
///
/// Upstream: kubectl's resource.go ExtractContainerResourceValue.
pub fn amount_by_divisor(amount: &str, divisor: Option<&str>, is_cpu: bool) -> Option<i128> {
    let unit = if is_cpu { NANO / 1000 } else { NANO };
    let units = |quantity: Quantity| round_up(quantity.nanos, unit) / unit;
    let amount = units(Quantity::parse(amount).ok()?);
    let divisor = match Quantity::parse(divisor.unwrap_or("0")).ok()? {
        divisor if divisor.is_zero() => NANO / unit,
        divisor => units(divisor),
    };
    (divisor != 0).then(|| round_up(amount, divisor.abs()) / divisor)
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Quantity) -> bool {
        self.nanos == other.nanos
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        Some(self.nanos.cmp(&other.nanos))
    }
}

impl fmt::Display for Quantity {
    /// The canonical form: no fraction, the largest suffix that leaves a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanos == 0 {
            return f.write_str("0");
        }
        let whole = self.nanos / NANO;
        if self.format == Format::Binary && self.is_integer() && whole.abs() >= 1024 {
            let (mut number, mut suffix) = (whole, "");
            for (name, _) in BINARY.iter().take_while(|(_, shift)| whole % (1 << shift) == 0) {
                (number, suffix) = (number / 1024, name);
            }
            return write!(f, "{number}{suffix}");
        }
        let (mut number, mut exponent, mut suffix) = (self.nanos, -9, "n");
        for (name, power) in &DECIMAL[1..] {
            if number % 1000 != 0 {
                break;
            }
            (number, exponent, suffix) = (number / 1000, *power, name);
        }
        match self.format {
            Format::Exponent if exponent == 0 => write!(f, "{number}"),
            Format::Exponent => write!(f, "{number}e{exponent}"),
            Format::Decimal | Format::Binary => write!(f, "{number}{suffix}"),
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
    let exponent = suffix.strip_prefix(['e', 'E'])?.parse::<i32>().ok()?;
    Some((Scale::TenTo(exponent), Format::Exponent))
}

fn scaled(whole: &str, fraction: &str, scale: Scale) -> i128 {
    let digits = || whole.bytes().chain(fraction.bytes()).map(|byte| i128::from(byte - b'0'));
    let number = digits().fold(0_i128, |number, digit| number.saturating_mul(10).saturating_add(digit));
    let places = fraction.len() as i32;
    match scale {
        Scale::TenTo(power) => times_ten_to(number, power - places + 9),
        Scale::TwoTo(shift) => times_ten_to(number.saturating_mul(1 << shift), 9 - places),
    }
}

fn times_ten_to(number: i128, power: i32) -> i128 {
    let factor = |power: u32| 10_i128.checked_pow(power).unwrap_or(i128::MAX);
    if power >= 0 {
        return number.saturating_mul(factor(power.unsigned_abs()));
    }
    let divisor = factor(power.unsigned_abs());
    number / divisor + i128::from(number % divisor != 0)
}

/// Up to the next multiple.
fn round_up(number: i128, unit: i128) -> i128 {
    let rest = number.rem_euclid(unit);
    if rest == 0 { number } else { number.saturating_add(unit - rest) }
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
        let rounded = |text| Quantity::parse(text).map(|quantity| quantity.rounded_to_milli().to_string());
        assert_eq!(rounded("100u").as_deref(), Ok("1m"));
        assert_eq!(rounded("-1n").as_deref(), Ok("-1m"));
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
