//! Protects libyaml-safer 0.3 from texts on which it panics, where libyaml and go-yaml go on: the end of the text within a
//! line of a block scalar or behind a backslash, and a tag followed by a comma in a flow collection. Also hands it the
//! text in pieces, as go-yaml reads it.

use libyaml_safer::{Encoding, Scanner};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// How many bytes [`tag_before_comma`] examines. Behind them, everything that could be such a tag counts as one.
const MOST_BYTES: usize = 2_000_000;

/// Replaces byte order marks within the text: libyaml skips one at the beginning of a line, while go-yaml treats it as a
/// letter. A noncharacter of Unicode with as many bytes as the mark, so that places do not change.
pub(super) const MARK: char = '\u{fdd0}';

/// The text as libyaml-safer gets it: with a line break at its end, without spaces behind the last one, and with
/// [`MARK`]s.
pub(super) fn given(text: &str) -> Cow<'_, str> {
    let ended = ended(text);
    let marks = ended.len() - ended.trim_start_matches('\u{feff}').len();
    match ended[marks..].contains('\u{feff}') {
        true => {
            Cow::Owned(ended[..marks].to_owned() + &ended[marks..].replace('\u{feff}', MARK.encode_utf8(&mut [0; 4])))
        }
        false => ended,
    }
}

fn ended(text: &str) -> Cow<'_, str> {
    let without_spaces = text.trim_end_matches(' ');
    if without_spaces.is_empty() || without_spaces.ends_with(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Cow::Borrowed(without_spaces);
    }
    Cow::Owned(format!("{text}\n"))
}

/// A text in the pieces that go-yaml reads. A control character is reported when its piece is read: after the errors of
/// earlier pieces, before those of its own.
pub(super) struct Pieces {
    text: Rc<str>,
    /// How many bytes have been read.
    at: usize,
}

/// The length of a piece in bytes; a character that does not fit begins the next one.
const PIECE: usize = 512;

impl Pieces {
    pub(super) fn of(text: Rc<str>) -> Pieces {
        Pieces { text, at: 0 }
    }
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let most = self.text.len().min(self.at + PIECE);
        let end = (self.at..=most).rev().find(|end| self.text.is_char_boundary(*end)).unwrap_or(most);
        Ok(&self.text.as_bytes()[self.at..end])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// The first comma in `text` that directly follows a tag, which go-yaml refuses: `[!a, b]`.
pub(super) fn tag_before_comma(text: &str) -> Option<usize> {
    let mut looked_at = 0;
    for (start, _) in text.match_indices('!') {
        // Behind a letter it is a part of a plain scalar, or of a tag that was looked at.
        if text[..start].ends_with(|before: char| before.is_ascii_alphanumeric() || before == '!') {
            continue;
        }
        let rest = &text[start..];
        let length = match rest.starts_with("!<") {
            true => rest.find('>').map(|bracket| bracket + 1),
            false => rest.find(|found: char| !is_of_tag(found)),
        };
        let end = start + length.unwrap_or_default();
        if !text[end..].starts_with(',') {
            continue;
        }
        looked_at += end;
        if looked_at > MOST_BYTES || is_tag(text, start, end) {
            return Some(end);
        }
    }
    None
}

fn is_of_tag(found: char) -> bool {
    found.is_ascii_alphanumeric() || "-_;/?:@&=+$.!~*'()%#".contains(found)
}

/// Whether the bytes from `start` to `end` are a tag, and not part of a scalar or comment: whether a token begins there.
/// No token begins with a backquote, so with one in its place the scanner stops at that very byte if it expects a token
/// there, and earlier or not at all otherwise.
fn is_tag(text: &str, start: usize, end: usize) -> bool {
    let stops_there = scan(&format!("{}`\n", &text[..start])).err().is_some_and(|error| {
        error.problem() == "found character that cannot start any token"
            && error.problem_mark().is_some_and(|mark| mark.index as usize == start)
    });
    stops_there && scan(&format!("{} \n", &text[start..end])).is_ok()
}

/// Scans a text up to the first error. Behind an error the scanner must not be called again.
fn scan(text: &str) -> libyaml_safer::Result<()> {
    let mut input = text.as_bytes();
    let mut scanner = Scanner::new();
    scanner.set_encoding(Encoding::Utf8);
    scanner.set_input(&mut input);
    scanner.try_for_each(|token| token.map(drop))
}
