//! What is wrong with a text that is not JSON, as Go's encoding/json says it.

use serde_json::error::Category;

/// The byte of the first wrong character.
pub(super) fn offset(text: &str, error: &serde_json::Error) -> usize {
    let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let mut offset = (line + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The error of Go's encoding/json for the first wrong character.
pub fn in_go_words(text: &str, error: &serde_json::Error) -> String {
    if error.classify() == Category::Eof {
        return "unexpected end of JSON input".to_owned();
    }
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = error.column().min(line.len());
    let bytes = &line.as_bytes()[..column];
    let wrong = if error.column() == 0 { '\n' } else { bytes.last().copied().map_or('\n', char::from) };
    let said = error.to_string();
    let is_in_object = said.starts_with("key must be") || wrong == '}';
    let place = match &*said {
        said if said.starts_with("trailing comma") && !is_in_object => "looking for beginning of value",
        said if said.starts_with("key must be") || said.starts_with("trailing comma") => {
            "looking for beginning of object key string"
        }
        said if said.starts_with("expected value") => "looking for beginning of value",
        said if said.starts_with("expected `:`") => "after object key",
        said if said.starts_with("expected `,` or `}`") => "after object key:value pair",
        said if said.starts_with("expected `,` or `]`") => "after array element",
        said if said.starts_with("trailing characters") => "after top-level value",
        said if said.starts_with("control character") => "in string literal",
        said if said.starts_with("invalid escape") => "in string escape code",
        said if said.starts_with("expected ident") => &in_literal(bytes),
        _ => "in numeric literal",
    };
    let wrong = match wrong {
        '\'' => r"'\''".to_owned(),
        '"' => "'\"'".to_owned(),
        '\n' => r"'\n'".to_owned(),
        other => format!("'{other}'"),
    };
    format!("invalid character {wrong} {place}")
}

/// Which word of JSON the letters up to and with a wrong one begin, and what was to come.
fn in_literal(bytes: &[u8]) -> String {
    let right = bytes.len().saturating_sub(1);
    let letters = bytes[..right].iter().rev().take_while(|letter| letter.is_ascii_lowercase()).count();
    let begun = &bytes[right - letters..right];
    let literals = ["true", "false", "null"];
    let meant = literals.iter().find(|literal| literal.as_bytes().starts_with(begun)).copied().unwrap_or("null");
    let next = meant.chars().nth(letters).unwrap_or_default();
    format!("in literal {meant} (expecting '{next}')")
}
