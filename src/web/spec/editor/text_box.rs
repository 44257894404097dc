//! The text box counts in UTF-16, the text in bytes: where the caret is, and how a part of the text is replaced so that
//! the caret stays where a person expects it.

use std::ops::Range;
use web_sys::HtmlTextAreaElement;

/// A replacement of a part of what stands in the box, and what is selected after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replacement {
    /// Bytes of the text as it was.
    pub(super) range: Range<usize>,
    /// What takes their place.
    pub(super) text: String,
    /// What is selected afterwards: bytes of the text as it will be.
    pub(super) selection: Range<usize>,
}

impl Replacement {
    /// Puts a text in place of what is selected, with the caret after it.
    pub(super) fn insert(selection: Range<usize>, text: String) -> Replacement {
        let end = selection.start + text.len();
        Replacement { range: selection, text, selection: end..end }
    }

    /// Replaces in the text box.
    pub(super) fn make(&self, text_box: &HtmlTextAreaElement) {
        let value = text_box.value();
        let (start, end) = (utf16_of(&value, self.range.start), utf16_of(&value, self.range.end));
        // Both are refused only for a range outside the text.
        let _ = text_box.set_range_text_with_start_and_end(&self.text, start, end);
        select(text_box, self.selection.clone());
    }
}

/// What is selected, in bytes of the box's text; an empty range is the caret.
pub(super) fn selection(text_box: &HtmlTextAreaElement) -> Range<usize> {
    let value = text_box.value();
    let at = |edge: Result<Option<u32>, _>| byte_of(&value, edge.ok().flatten().unwrap_or(0));
    let start = at(text_box.selection_start());
    start..at(text_box.selection_end()).max(start)
}

/// Selects these bytes of the box's text.
pub(super) fn select(text_box: &HtmlTextAreaElement, bytes: Range<usize>) {
    let value = text_box.value();
    // Refused only for a range outside the text.
    let _ = text_box.set_selection_range(utf16_of(&value, bytes.start), utf16_of(&value, bytes.end));
}

/// The position of a byte in UTF-16; inside a letter, that of the letter.
pub(super) fn utf16_of(text: &str, byte: usize) -> u32 {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    text[..byte].encode_utf16().count() as u32
}

/// The byte at a position in UTF-16.
pub(super) fn byte_of(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    for (byte, letter) in text.char_indices() {
        if units >= utf16 {
            return byte;
        }
        units += letter.len_utf16() as u32;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_utf16_lead_to_each_other() {
        let text = "a任b😀c";
        for (byte, units) in [(0, 0), (1, 1), (4, 2), (5, 3), (9, 5), (10, 6)] {
            assert_eq!(utf16_of(text, byte), units);
            assert_eq!(byte_of(text, units), byte);
        }
        assert_eq!(utf16_of(text, 3), 1, "inside a letter");
        assert_eq!(byte_of(text, 99), text.len());
    }
}
