//! From the screen to the text and back: which byte is under the pointer, and where a byte stands. Measures what is
//! drawn, so it is right for every font.

use super::across::Across;
use super::layer::Layer;
use super::text_box::utf16_of;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Node};

/// The lines that are drawn.
pub(super) struct Sight<'a> {
    /// The element that scrolls.
    pub(super) scroller: Element,
    /// The number of the first drawn line.
    pub(super) first: usize,
    pub(super) layer: &'a Layer,
    /// Which part of very long lines is drawn.
    pub(super) across: Across,
    /// The text that the layer shows.
    pub(super) text: &'a str,
}

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hit {
    /// The gutter beside a line.
    Gutter(usize),
    /// A byte of the text.
    Byte(usize),
}

/// Where something stands, in pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Sight<'_> {
    /// The height of a line.
    pub(super) fn line_height(&self) -> f64 {
        let line = self.scroller.query_selector(".ln").ok().flatten();
        line.map(|line| line.get_bounding_client_rect().height()).filter(|height| *height > 0.0).unwrap_or(22.0)
    }

    /// What is under a point of the window.
    pub(super) fn hit(&self, x: f64, y: f64) -> Option<Hit> {
        let page = self.scroller.query_selector(".lines").ok()??.get_bounding_client_rect();
        let line = ((y - page.top()) / self.line_height()).floor();
        if line < 0.0 || line as usize >= self.layer.lines.len() {
            return None;
        }
        let line = line as usize;
        let code = self.code(line)?;
        if x < code.get_bounding_client_rect().left() {
            return Some(Hit::Gutter(line));
        }
        let (start, words) = self.drawn(line);
        let ends: Vec<usize> = words.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
        let reached = |end: &usize| rect(&code, words, 0..*end).is_some_and(|rect| rect.right() <= x);
        let letter = ends.partition_point(reached);
        let at = if letter == 0 { 0 } else { *ends.get(letter - 1)? };
        (letter < ends.len()).then(|| Hit::Byte(self.layer.lines[line].start + start + at))
    }

    /// Where these bytes begin; at the gutter for a line as a whole.
    pub(super) fn spot(&self, bytes: &Range<usize>) -> Option<Spot> {
        let line = self.layer.lines.partition_point(|line| line.end < bytes.start);
        let code = self.code(line)?;
        let at = bytes.start.saturating_sub(self.layer.lines[line].start);
        let (start, words) = self.drawn(line);
        let row = code.parent_element()?.get_bounding_client_rect();
        let code_left = code.get_bounding_client_rect().left();
        let left = match (at.checked_sub(start), self.layer.long(line)) {
            (Some(0), None) => code_left,
            (Some(at), _) if 0 < at && at <= words.len() => rect(&code, words, 0..at)?.right(),
            (_, Some(long)) => code_left + long.pixels(at, &self.across),
            _ => return None,
        };
        Some(Spot { left, top: row.top(), bottom: row.bottom() })
    }

    /// What is drawn of a line: where it begins in the line, and its letters.
    fn drawn(&self, line: usize) -> (usize, &str) {
        let bytes = self.layer.drawn(line, &self.across).bytes;
        (bytes.start, &self.text[self.layer.lines[line].clone()][bytes])
    }

    /// The element with the letters of a drawn line.
    fn code(&self, line: usize) -> Option<Element> {
        let lines = self.scroller.query_selector(".lines").ok()??;
        let line = lines.children().item(u32::try_from(line.checked_sub(self.first)?).ok()?)?;
        line.query_selector("code").ok()?
    }
}

/// The rectangle around these bytes of a drawn line.
fn rect(code: &Element, words: &str, bytes: Range<usize>) -> Option<DomRect> {
    let range = web_sys::window()?.document()?.create_range().ok()?;
    let (start, start_at) = letter(code, utf16_of(words, bytes.start))?;
    let (end, end_at) = letter(code, utf16_of(words, bytes.end))?;
    range.set_start(&start, start_at).ok()?;
    range.set_end(&end, end_at).ok()?;
    Some(range.get_bounding_client_rect())
}

/// The text node with this letter, and the letter's position in the node.
fn letter(code: &Element, mut at: u32) -> Option<(Node, u32)> {
    let pieces = code.child_nodes();
    for number in 0..pieces.length() {
        let piece = pieces.item(number)?;
        let words = piece.first_child().unwrap_or(piece);
        let length = words.text_content().map_or(0, |words| words.encode_utf16().count()) as u32;
        if at <= length && words.dyn_ref::<web_sys::Text>().is_some() {
            return Some((words, at));
        }
        at = at.checked_sub(length)?;
    }
    None
}
