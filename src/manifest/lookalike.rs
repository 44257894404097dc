//! Characters that look like those of YAML and are letters to it: full-width colons and commas, curly quotes, dashes and
//! spaces that word processors, chats and input methods put there. And characters that nobody sees.

use super::text_edit::Edit;
use std::ops::Range;

/// A character in the place of one of YAML's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookalike {
    /// Its bytes.
    pub span: Range<usize>,
    /// As it is written.
    pub found: char,
    /// What it looks like; nothing for what is invisible.
    pub meant: Option<char>,
    /// What has to stand there: the character, and the space that it needs.
    replacement: String,
}

impl Lookalike {
    /// Writes what was meant.
    pub fn edit(&self) -> Edit {
        Edit { range: self.span.clone(), replacement: self.replacement.clone() }
    }

    /// What has to stand there, without the space that it needs.
    pub fn with(&self) -> &str {
        self.replacement.trim_end()
    }
}

/// All of them in these bytes of a text, outside of quotes, comments and texts of several lines.
pub fn lookalikes(text: &str, span: &Range<usize>) -> Vec<Lookalike> {
    let mut found = Vec::new();
    let mut start = span.start;
    // The indent of the key whose text of several lines goes on.
    let mut block: Option<usize> = None;
    for line in text[span.clone()].split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        let indent = written.len() - written.trim_start_matches(' ').len();
        let is_inside = block.is_some_and(|outer| indent > outer || written.trim().is_empty());
        if !is_inside {
            block = opens_block(written).then_some(indent);
            // None of them is ASCII.
            if !written.is_ascii() {
                Scan { line: written, start, found: &mut found }.line();
            }
        }
        start += line.len();
    }
    found
}

/// `key: |`, with what may stand behind the bar.
fn opens_block(line: &str) -> bool {
    let written = line.split(" #").next().unwrap_or(line).trim_end();
    let mark = written.trim_end_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    [": |", ": >", "- |", "- >"].iter().any(|end| mark.ends_with(end))
}

struct Scan<'a> {
    line: &'a str,
    start: usize,
    found: &'a mut Vec<Lookalike>,
}

impl Scan<'_> {
    fn line(&mut self) {
        let letters: Vec<(usize, char)> = self.line.char_indices().collect();
        let mut depth = 0_usize;
        // Whether a value, an item or a key begins here; whether only a key stands before.
        let (mut begins, mut is_key) = (true, true);
        let mut at = 0;
        while at < letters.len() {
            let (_, letter) = letters[at];
            let next = letters.get(at + 1).map(|(_, next)| *next);
            let gap = if next.is_none_or(char::is_whitespace) { "" } else { " " };
            match letter {
                '#' if at == 0 || letters[at - 1].1.is_whitespace() => return,
                '"' | '\'' if begins && is_option(&letters[at + 1..]) => {
                    self.dash(&letters, at + 1);
                    begins = false;
                    at = closing(&letters, at, &[letter]).unwrap_or(letters.len());
                }
                '"' | '\'' if begins => match closing(&letters, at, &[letter]) {
                    Some(end) => {
                        at = end;
                        begins = false;
                    }
                    None => return,
                },
                '“' | '”' | '„' | '＂' if begins => at = self.quotes(&letters, at, &['”', '“', '＂', '"'], '"'),
                '‘' | '’' | '＇' if begins => at = self.quotes(&letters, at, &['’', '‘', '＇', '\''], '\''),
                '：' if is_key || depth > 0 => {
                    self.push(letters[at], ':', format!(":{gap}"));
                    (begins, is_key) = (true, false);
                }
                '，' if depth > 0 => {
                    self.push(letters[at], ',', format!(",{gap}"));
                    begins = true;
                }
                '–' | '—' | '－' if begins && is_key && next == Some(' ') => {
                    self.push(letters[at], '-', "-".to_owned())
                }
                _ if begins && is_option(&letters[at..]) => {
                    self.dash(&letters, at);
                    begins = false;
                }
                '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' => self.remove(letters[at]),
                '\u{a0}' | '\u{2003}' | '\u{2002}' => self.push(letters[at], ' ', " ".to_owned()),
                '\u{3000}' => self.push(letters[at], ' ', "  ".to_owned()),
                '[' | '{' if begins => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                ',' if depth > 0 => begins = true,
                ':' if next.is_none_or(char::is_whitespace) => (begins, is_key) = (true, false),
                '-' if begins && is_key && next.is_none_or(char::is_whitespace) => {}
                _ if letter.is_whitespace() => {}
                _ => {
                    begins = false;
                    is_key &= letter.is_ascii_alphanumeric() || "_-./".contains(letter);
                }
            }
            at += 1;
        }
    }

    /// Both quotes, if nothing between them would end the text; returns where it ends.
    fn quotes(&mut self, letters: &[(usize, char)], at: usize, ends: &[char], meant: char) -> usize {
        let Some(end) = closing(letters, at, ends) else { return at };
        let hinders = |letter: char| letter == meant || meant == '"' && letter == '\\';
        if letters[at + 1..end].iter().any(|(_, letter)| hinders(*letter)) {
            return end;
        }
        for place in [at, end] {
            if letters[place].1 != meant {
                self.push(letters[place], meant, meant.to_string());
            }
        }
        end
    }

    /// The dash in front of an option; a long one stands for two where the option is a word.
    fn dash(&mut self, letters: &[(usize, char)], at: usize) {
        let is_word = letters.get(at + 2).is_some_and(|(_, letter)| letter.is_ascii_alphanumeric());
        let dashes = if is_word && letters[at].1 == '—' { "--" } else { "-" };
        self.push(letters[at], '-', dashes.to_owned());
    }

    fn push(&mut self, (at, found): (usize, char), meant: char, replacement: String) {
        let span = self.start + at..self.start + at + found.len_utf8();
        self.found.push(Lookalike { span, found, meant: Some(meant), replacement });
    }

    fn remove(&mut self, (at, found): (usize, char)) {
        let span = self.start + at..self.start + at + found.len_utf8();
        self.found.push(Lookalike { span, found, meant: None, replacement: String::new() });
    }
}

/// What looks like a space.
pub(super) fn is_blank(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{2002}' | '\u{2003}' | '\u{3000}')
}

/// A dash of a word processor with a letter behind it.
fn is_option(letters: &[(usize, char)]) -> bool {
    let (dash, next) = (letters.first(), letters.get(1));
    dash.is_some_and(|(_, dash)| matches!(dash, '–' | '—' | '−' | '－'))
        && next.is_some_and(|(_, next)| next.is_ascii_alphanumeric())
}

fn closing(letters: &[(usize, char)], at: usize, ends: &[char]) -> Option<usize> {
    let inside = letters[at + 1..].iter();
    inside.enumerate().find(|(_, (_, letter))| ends.contains(letter)).map(|(behind, _)| at + 1 + behind)
}
