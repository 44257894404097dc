//! What a scalar means, by the rules of go-yaml v2: those of YAML 1.1 without base 60.

use super::go_syntax;
use super::problem::YamlProblem;
use serde_json::{Number, Value};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// The meaning of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    /// `null`, `~`, or nothing at all.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites.
    Bool(bool),
    /// `17`, `0x11`, `021`, `1_000`.
    Int(i64),
    /// A whole number beyond `i64`.
    Uint(u64),
    /// `1.5`, `1e3`, `.inf`.
    Float(f64),
    /// Anything else, and everything in quotes.
    Text(String),
}

impl Scalar {
    /// Reads a scalar. Its tag, if there is one, decides what it is.
    pub(super) fn of(text: &str, style: ScalarStyle, tag: Option<&str>) -> Result<Scalar, YamlProblem> {
        let plain = style == ScalarStyle::Plain;
        let Some(short) = tag.and_then(|tag| tag.strip_prefix("tag:yaml.org,2002:")) else {
            let is_text = !plain || tag.is_some();
            return Ok(if is_text { Scalar::Text(text.to_owned()) } else { Scalar::plain(text) });
        };
        let scalar = Scalar::plain(text);
        let fits = match short {
            "int" => matches!(scalar, Scalar::Int(_) | Scalar::Uint(_)),
            "float" => matches!(scalar, Scalar::Int(_) | Scalar::Float(_)),
            "bool" => matches!(scalar, Scalar::Bool(_)),
            "null" => scalar == Scalar::Null,
            "binary" => return binary(text).map(Scalar::Text).ok_or(YamlProblem::InvalidBinary),
            _ => return Ok(Scalar::Text(text.to_owned())),
        };
        if fits {
            return Ok(scalar);
        }
        Err(YamlProblem::CannotDecode { found: scalar.tag(), tag: format!("!!{short}"), text: text.to_owned() })
    }

    fn tag(&self) -> &'static str {
        match self {
            Scalar::Null => "!!null",
            Scalar::Bool(_) => "!!bool",
            Scalar::Int(_) | Scalar::Uint(_) => "!!int",
            Scalar::Float(_) => "!!float",
            Scalar::Text(_) => "!!str",
        }
    }

    /// Reads a scalar without quotes and tag.
    pub(crate) fn plain(text: &str) -> Scalar {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
            "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
                return Scalar::Bool(true);
            }
            "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
                return Scalar::Bool(false);
            }
            ".nan" | ".NaN" | ".NAN" => return Scalar::Float(f64::NAN),
            ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
            "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
            _ => {}
        }
        let number = match text.as_bytes()[0] {
            b'0'..=b'9' | b'+' | b'-' => Scalar::number(&text.replace('_', "")),
            b'.' => float(text),
            _ => None,
        };
        number.unwrap_or_else(|| Scalar::Text(text.to_owned()))
    }

    fn number(text: &str) -> Option<Scalar> {
        let (negative, digits) = match text.as_bytes()[0] {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let prefixed = |long: [&str; 2]| long.iter().find_map(|prefix| digits.strip_prefix(prefix));
        let (radix, digits) = if let Some(rest) = prefixed(["0x", "0X"]) {
            (16, rest)
        } else if let Some(rest) = prefixed(["0o", "0O"]) {
            (8, rest)
        } else if let Some(rest) = prefixed(["0b", "0B"]) {
            (2, rest)
        } else if digits.len() > 1 && digits.starts_with('0') {
            (8, &digits[1..])
        } else {
            (10, digits)
        };
        let all_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        let magnitude = if all_digits { u128::from_str_radix(digits, radix).ok() } else { None };
        match magnitude {
            Some(magnitude) if negative && magnitude <= 1 << 63 => Some(Scalar::Int(-(magnitude as i128) as i64)),
            Some(magnitude) if !negative && magnitude <= i64::MAX as u128 => Some(Scalar::Int(magnitude as i64)),
            Some(magnitude) if !text.starts_with(['+', '-']) && magnitude <= u128::from(u64::MAX) => {
                Some(Scalar::Uint(magnitude as u64))
            }
            _ => float(text),
        }
    }

    /// The value in the JSON that is sent to the API server. Go prints integral floats as integers.
    pub(super) fn into_value(self) -> Result<Value, YamlProblem> {
        Ok(match self {
            Scalar::Null => Value::Null,
            Scalar::Bool(truth) => Value::Bool(truth),
            Scalar::Int(number) => Value::from(number),
            Scalar::Uint(number) => Value::from(number),
            Scalar::Float(number) if number.fract() == 0.0 && number.abs() < 9.0e15 => Value::from(number as i64),
            Scalar::Float(number) => match Number::from_f64(number) {
                Some(number) => Value::Number(number),
                None => return Err(YamlProblem::UnsupportedNumber(go_float(number))),
            },
            Scalar::Text(text) => Value::String(text),
        })
    }

    /// The key of a JSON object; `None` if Go cannot convert it.
    pub(crate) fn into_key(self) -> Option<String> {
        Some(match self {
            Scalar::Null | Scalar::Uint(_) => return None,
            Scalar::Bool(truth) => truth.to_string(),
            Scalar::Int(number) => number.to_string(),
            Scalar::Float(number) => go_syntax::float_key(number),
            Scalar::Text(text) => text,
        })
    }
}

/// The pattern of go-yaml: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`. A number that overflows is a text.
fn float(text: &str) -> Option<Scalar> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|text| {
        let text = text.strip_prefix(['+', '-']).unwrap_or(text);
        !text.is_empty() && digits(text)
    });
    if whole.is_empty() && fraction.is_empty() || !digits(whole) || !digits(fraction) || !exponent_fits {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite()).map(Scalar::Float)
}

/// Decodes base64. Bytes that are not UTF-8 become U+FFFD, as in Go's JSON.
fn binary(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let padding = digits.iter().rev().take_while(|byte| **byte == b'=').count();
    if !digits.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for digit in &digits[..digits.len() - padding] {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        (bits, count) = (bits << 6 | u32::from(value), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn go_float(number: f64) -> String {
    match number {
        number if number.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "+Inf".to_owned(),
        f64::NEG_INFINITY => "-Inf".to_owned(),
        number => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_mean_what_they_mean_to_kubernetes() {
        for (text, json) in [
            ("yes", "true"),
            ("Off", "false"),
            ("y", "true"),
            ("n", "false"),
            ("~", "null"),
            ("", "null"),
            ("0123", "83"),
            ("0o17", "15"),
            ("0x1F", "31"),
            ("-0b101", "-5"),
            ("1_000", "1000"),
            ("08", "8"),
            ("+5", "5"),
            ("1e3", "1000"),
            ("2.0", "2"),
            ("1.5", "1.5"),
            (".5", "0.5"),
            ("18446744073709551615", "18446744073709551615"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("10:30", "\"10:30\""),
            ("2000-01-01", "\"2000-01-01\""),
            ("1.36.3", "\"1.36.3\""),
            ("1e400", "\"1e400\""),
            ("-", "\"-\""),
            ("0x", "\"0x\""),
            ("0-4", "\"0-4\""),
            (".", "\".\""),
            ("..", "\"..\""),
            ("1e", "\"1e\""),
            ("nope", "\"nope\""),
            ("中文", "\"中文\""),
        ] {
            let value = Scalar::plain(text).into_value().map(|value| value.to_string());
            assert_eq!(value.as_deref(), Ok(json), "{text}");
        }
    }
}
