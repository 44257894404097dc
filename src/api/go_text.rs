//! How Go writes values into messages: `%q`, JSON, floats.

use serde_json::{Number, Value};

/// `strconv.Quote`: `"a\tb"`.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            _ if is_printable(character) => out.push(character),
            _ => push_escape(&mut out, character as u32),
        }
    }
    out.push('"');
    out
}

fn push_escape(out: &mut String, code: u32) {
    out.push_str(&match code {
        0..=0x7f => format!("\\x{code:02x}"),
        0x80..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    });
}

/// `unicode.IsPrint`, as far as people type: no controls, no invisible marks, no spaces but the plain one.
fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character,
            '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}')
}

/// `json.Marshal`: compact, keys sorted, `<`, `>` and `&` escaped.
pub(super) fn json(value: &Value) -> String {
    escape_html(value.to_string())
}

/// What `json.Marshal` does to a text that is JSON already.
pub(super) fn escape_html(json: String) -> String {
    if !json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// What encoding/json calls a kind of value.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A number as it stands in JSON.
pub(super) fn number(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => self::float(float),
        _ => number.to_string(),
    }
}

fn float(float: f64) -> String {
    let size = float.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = format!("{float:e}");
        return if text.contains("e-") { text } else { text.replace('e', "e+") };
    }
    float.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_quotes() {
        assert_eq!(quoted("a\"\\\t\u{1}\u{7f}é中\u{200b}<"), r#""a\"\\\t\x01\x7fé中\u200b<""#);
        assert_eq!(json(&serde_json::json!({"b": "<&>", "a": null})), r#"{"a":null,"b":"\u003c\u0026\u003e"}"#);
    }

    #[test]
    fn go_numbers() {
        for (value, text) in
            [("1.5", "1.5"), ("1e21", "1e+21"), ("1e-7", "1e-7"), ("12", "12"), ("1e20", "100000000000000000000")]
        {
            let value: Value = serde_json::from_str(value).unwrap_or_default();
            assert_eq!(value.as_number().map(number).as_deref(), Some(text));
        }
    }
}
