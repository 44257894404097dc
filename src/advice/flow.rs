//! `{…}` and `[…]`, closed or not yet: where the caret is in them. Knows no types.

use super::caret::{CaretContext, OutlineStep, Style};
use std::ops::Range;

/// A map or list that was opened.
struct FlowCollection<'t> {
    is_map: bool,
    /// The step from the collection around it; `None` for the outermost.
    via: Option<OutlineStep<'t>>,
    /// Its keys so far.
    keys: Vec<&'t str>,
    /// The key whose value comes next.
    key: Option<&'t str>,
}

/// Where the caret was found.
struct CaretInFlow<'t> {
    frame: usize,
    path: Vec<OutlineStep<'t>>,
    key: Option<&'t str>,
    range: Range<usize>,
}

/// The caret in the flow collection that fills `span`; `path` leads to it.
pub(super) fn spot<'t>(
    text: &'t str,
    span: Range<usize>,
    caret: usize,
    path: Vec<OutlineStep<'t>>,
) -> Option<CaretContext<'t>> {
    let mut scan =
        Scan { text, at: span.start, end: span.end, caret, frames: Vec::new(), open: Vec::new(), found: None };
    scan.run(&path)?;
    let found = scan.found?;
    let word = &text[found.range.clone()];
    let own_key = text[found.range.end..span.end].trim_start().starts_with(':') && found.key.is_none();
    let mut siblings = scan.frames[found.frame].keys.clone();
    if own_key && let Some(own) = siblings.iter().position(|key| *key == word) {
        siblings.remove(own);
    }
    Some(CaretContext {
        path: found.path,
        key: found.key,
        range: found.range,
        siblings,
        column: 0,
        style: if scan.frames[found.frame].is_map { Style::FlowMap } else { Style::FlowList },
        has_colon: own_key,
    })
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    caret: usize,
    frames: Vec<FlowCollection<'t>>,
    /// Those of `frames` that are not closed.
    open: Vec<usize>,
    found: Option<CaretInFlow<'t>>,
}

impl<'t> Scan<'t> {
    /// Reads on until the frame of the caret is closed. `None` if the caret is in a quoted text or a comment.
    fn run(&mut self, path: &[OutlineStep<'t>]) -> Option<()> {
        while self.at < self.end {
            let rest = &self.text[self.at..self.end];
            let next = rest.chars().next()?;
            let before = self.at;
            match next {
                '{' | '[' => self.opened(next == '{'),
                '}' | ']' => {
                    self.find(path, before..before, before);
                    self.open.pop();
                    self.at += 1;
                }
                ',' => {
                    self.find(path, before..before, before);
                    self.top()?.key = None;
                    self.at += 1;
                }
                '"' | '\'' => {
                    let inside = &rest[1..][..end_of_quote(&rest[1..], next).unwrap_or(rest.len() - 1)];
                    self.at = (before + inside.len() + 2).min(self.end);
                    if (before + 1..self.at).contains(&self.caret) {
                        return None;
                    }
                    self.word(inside);
                }
                '#' if self.text[..self.at].ends_with([' ', '\n']) => {
                    self.at += rest.find('\n').unwrap_or(rest.len());
                    if (before..=self.at).contains(&self.caret) {
                        return None;
                    }
                }
                ':' => self.at += 1,
                _ if next.is_whitespace() => {
                    self.at += next.len_utf8();
                    let is_before_word = self.text[self.at..self.end].starts_with(|c: char| !" ,}]#\n".contains(c));
                    if !is_before_word || self.caret < self.at {
                        self.find(path, self.caret..self.caret, before);
                    }
                }
                _ => {
                    let length = word_length(rest);
                    self.at += length;
                    self.find(path, before..self.at, before);
                    self.word(&self.text[before..self.at]);
                }
            }
            if self.found.as_ref().is_some_and(|found| !self.open.contains(&found.frame)) {
                return Some(());
            }
        }
        self.find(path, self.caret..self.caret, self.end);
        Some(())
    }

    fn top(&mut self) -> Option<&mut FlowCollection<'t>> {
        let top = *self.open.last()?;
        self.frames.get_mut(top)
    }

    fn opened(&mut self, is_map: bool) {
        let via = self.top().map(|around| match around.key {
            Some(key) if around.is_map => OutlineStep::Key(key),
            _ => OutlineStep::Item,
        });
        self.open.push(self.frames.len());
        self.frames.push(FlowCollection { is_map, via, keys: Vec::new(), key: None });
        self.at += 1;
    }

    /// A word that was read: a key if a colon follows.
    fn word(&mut self, word: &'t str) {
        let is_key = self.text[self.at..self.end].trim_start().starts_with(':');
        let Some(top) = self.top().filter(|top| top.is_map && top.key.is_none() && is_key) else { return };
        top.key = Some(word);
        top.keys.push(word);
    }

    /// Takes the place for the caret's, if the caret is between `from` and where reading is.
    fn find(&mut self, path: &[OutlineStep<'t>], range: Range<usize>, from: usize) {
        if self.found.is_some() || !(from..=self.at).contains(&self.caret) {
            return;
        }
        let Some(top) = self.open.last() else { return };
        let inside = self.open.iter().filter_map(|frame| self.frames[*frame].via);
        let mut path: Vec<OutlineStep<'t>> = path.iter().copied().chain(inside).collect();
        let frame = &self.frames[*top];
        if !frame.is_map {
            path.push(OutlineStep::Item);
        }
        self.found = Some(CaretInFlow { frame: *top, path, key: frame.key, range });
    }
}

/// How far a word goes: to a comma, a bracket, or a colon that ends a key.
fn word_length(rest: &str) -> usize {
    let ends = |at: usize, c: char| match c {
        ',' | '{' | '}' | '[' | ']' | '\n' => true,
        ':' => rest[at + 1..].chars().next().is_none_or(|next| " ,{}[]\n".contains(next)),
        '#' => rest[..at].ends_with(' '),
        _ => false,
    };
    let end = rest.char_indices().find(|(at, c)| ends(*at, *c)).map_or(rest.len(), |(at, _)| at);
    rest[..end].trim_end().len().max(1)
}

/// How many brackets are open behind a line, `depth` of them from before.
pub(super) fn depth(line: &str, depth: usize) -> usize {
    let mut depth = depth;
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        at += c.len_utf8();
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '"' | '\'' => at += end_of_quote(&line[at..], c).map_or(line.len() - at, |end| end + 1),
            '#' if line[..at - 1].ends_with(' ') => return depth,
            _ => {}
        }
    }
    depth
}

/// Where a quoted text ends, from behind its first quote.
pub(super) fn end_of_quote(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let is_end = c == quote && !is_escaped;
        is_escaped = quote == '"' && c == '\\' && !is_escaped;
        is_end.then_some(at)
    })
}
