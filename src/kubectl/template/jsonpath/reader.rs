//! A JSONPath from its text.

use super::{Action, DEPTH, Operator, Step};
use serde_json::Number;

/// Reads what is in braces.
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Parser<'a> {
        Parser { text, at: 0, depth: 0 }
    }

    pub(super) fn skip(&mut self, length: usize) {
        self.at += length;
    }

    pub(super) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// From behind a brace to behind the brace that closes it.
    pub(super) fn action(&mut self) -> Result<Action, String> {
        let (mut steps, mut is_range, mut is_end) = (Vec::new(), false, false);
        loop {
            let rest = self.rest();
            if rest.starts_with('}') {
                self.at += 1;
                return Ok(match (is_end, is_range) {
                    (true, _) => Action::End,
                    (_, true) => Action::Range(steps),
                    _ => Action::Path(steps, false),
                });
            }
            if rest.starts_with("[?(") {
                steps.push(self.filter()?);
                continue;
            }
            if rest.starts_with("..") {
                self.at += 2;
                steps.push(Step::Recursive);
                if self.rest().chars().next().is_some_and(char::is_alphanumeric) {
                    steps.push(self.field());
                }
                continue;
            }
            let start = self.at;
            match self.next() {
                None | Some('\n') => return Err("unclosed action".to_owned()),
                Some(' ' | '@' | '$') => {}
                Some('[') => steps.extend(self.array()?),
                Some(quote @ ('"' | '\'')) => steps.push(self.quoted(quote)?),
                Some('.') => steps.push(self.field()),
                Some(letter) if letter.is_ascii_digit() || letter == '+' || letter == '-' => {
                    self.at = start;
                    let rest = self.rest();
                    let length = rest.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c))).unwrap_or(rest.len());
                    let number = rest[..length].to_owned();
                    self.at += length;
                    let parsed = number.parse::<i64>().ok().map(Number::from);
                    let parsed = parsed.or_else(|| number.parse().ok().and_then(Number::from_f64));
                    steps.push(Step::Number(parsed.ok_or_else(|| format!("cannot parse number {number}"))?));
                }
                Some(letter) if letter.is_alphanumeric() || letter == '_' => {
                    self.at = start;
                    let rest = self.rest();
                    let length = rest.find(is_terminator).unwrap_or(rest.len());
                    let word = rest[..length].to_owned();
                    self.at += length;
                    match &*word {
                        "range" => is_range = true,
                        "end" => is_end = true,
                        "true" | "false" => steps.push(Step::Bool(word == "true")),
                        _ => steps.push(Step::Unknown(word)),
                    }
                }
                Some(other) => {
                    let code = u32::from(other);
                    return Err(format!("unrecognized character in action: U+{code:04X} '{other}'"));
                }
            }
        }
    }

    /// Behind the dot.
    fn field(&mut self) -> Step {
        let mut name = String::new();
        while let Some(letter) = self.rest().chars().next() {
            if letter == '\\' {
                self.at += 1;
                name.extend(self.next());
                continue;
            }
            if is_terminator(letter) {
                break;
            }
            self.at += letter.len_utf8();
            name.push(letter);
        }
        if name == "*" { Step::Wildcard } else { Step::Field(name) }
    }

    fn quoted(&mut self, quote: char) -> Result<Step, String> {
        let mut text = String::new();
        loop {
            match self.next() {
                None | Some('\n') => return Err("unterminated quoted string".to_owned()),
                Some(letter) if letter == quote => return Ok(Step::Text(text)),
                Some('\\') => match self.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some(other) => text.push(other),
                    None => return Err("unterminated quoted string".to_owned()),
                },
                Some(letter) => text.push(letter),
            }
        }
    }

    /// Behind the bracket.
    fn array(&mut self) -> Result<Vec<Step>, String> {
        let start = self.at;
        let mut quote = None;
        loop {
            match (self.next(), quote) {
                (None | Some('\n'), _) => return Err("unterminated array".to_owned()),
                (Some(letter), Some(open)) if letter == open => quote = None,
                (Some(_), Some(_)) => {}
                (Some(letter @ ('\'' | '"')), None) => quote = Some(letter),
                (Some(']'), None) => break,
                _ => {}
            }
        }
        let inside = &self.text[start..self.at - 1];
        let pieces: Vec<&str> = inside.split(',').map(str::trim).collect();
        match pieces[..] {
            [one] => index(one),
            _ => Ok(vec![Step::Union(pieces.into_iter().map(index).collect::<Result<_, _>>()?)]),
        }
    }

    /// `[?(@.type=="Complete")]`
    fn filter(&mut self) -> Result<Step, String> {
        self.at += 3;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("too many filters within each other".to_owned());
        }
        let start = self.at;
        let (mut depth, mut quote) = (1, None);
        let end = loop {
            match (self.next(), quote) {
                (None | Some('\n'), _) => return Err("unterminated filter".to_owned()),
                (Some(letter), Some(open)) if letter == open => quote = None,
                (Some(_), Some(_)) => {}
                (Some(letter @ ('\'' | '"')), None) => quote = Some(letter),
                (Some('('), None) => depth += 1,
                (Some(')'), None) => {
                    depth -= 1;
                    if depth == 0 {
                        break self.at - 1;
                    }
                }
                _ => {}
            }
        };
        if self.next() != Some(']') {
            return Err("unclosed array expect ]".to_owned());
        }
        let inside = &self.text[start..end];
        let is_operator = |c: char| "!<>=".contains(c);
        let (left, operator, right) = match inside.find(is_operator).filter(|at| *at > 0) {
            None => (inside, Operator::Exists, ""),
            Some(at) => {
                let length = inside[at..].find(|c: char| !is_operator(c)).unwrap_or(inside.len() - at);
                let operator = match &inside[at..at + length] {
                    "==" => Operator::Equal,
                    "!=" => Operator::NotEqual,
                    "<" => Operator::Less,
                    "<=" => Operator::LessOrEqual,
                    ">" => Operator::Greater,
                    ">=" => Operator::GreaterOrEqual,
                    other => return Err(format!("unrecognized filter operator {other}")),
                };
                (&inside[..at], operator, &inside[at + length..])
            }
        };
        let path = |text: &str| {
            let text = format!("{text}}}");
            let mut parser = Parser { text: &text, at: 0, depth: self.depth };
            match parser.action()? {
                Action::Path(steps, _) if parser.rest().is_empty() => Ok(steps),
                _ => Err("unclosed action".to_owned()),
            }
        };
        let step = Step::Filter { left: path(left)?, operator, right: path(right)? };
        self.depth -= 1;
        Ok(step)
    }
}

fn is_terminator(letter: char) -> bool {
    " \n.,[]$@{}".contains(letter)
}

/// What is in brackets: a key in quotes, which is read as a path; a number; a slice.
fn index(text: &str) -> Result<Vec<Step>, String> {
    if let Some(key) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        let text = format!(".{key}}}");
        return match (Parser { text: &text, at: 0, depth: 0 }).action()? {
            Action::Path(steps, _) => Ok(steps),
            _ => Err(format!("invalid array index {text}")),
        };
    }
    slice_of(text).map(|step| vec![step])
}

fn slice_of(text: &str) -> Result<Step, String> {
    if text == "*" {
        return Ok(Step::Slice { start: None, end: None, step: None, is_index: false });
    }
    let invalid = || format!("invalid array index {text}");
    let number = |text: &str| match text {
        "" => Ok(None),
        text => text.parse::<i32>().map(|number| Some(i64::from(number))).map_err(|_| invalid()),
    };
    let pieces: Vec<&str> = text.split(':').collect();
    match pieces[..] {
        [""] => Err(invalid()),
        [one] => Ok(Step::Slice { start: number(one)?, end: None, step: None, is_index: true }),
        [start, end] => Ok(Step::Slice { start: number(start)?, end: number(end)?, step: None, is_index: false }),
        [start, end, step] => {
            Ok(Step::Slice { start: number(start)?, end: number(end)?, step: number(step)?, is_index: false })
        }
        _ => Err(invalid()),
    }
}
