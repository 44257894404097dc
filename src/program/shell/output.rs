//! What a script prints: for the log of a container. Followed only where somebody asks for it.

use super::{Interpreter, syntax};
use crate::program::surroundings::Surroundings;
use crate::time::Span;

/// What is printed, and where.
pub(super) struct Output<'a> {
    pub(super) surroundings: &'a Surroundings,
    /// Pieces of text with their times; `None` is one that is not known.
    pub(super) pieces: Vec<(Span, Option<String>)>,
    bytes: usize,
}

/// The most bytes that are kept of one log.
const MOST_BYTES: usize = 1 << 20;

impl<'a> Output<'a> {
    pub(super) fn new(surroundings: &'a Surroundings) -> Output<'a> {
        Output { surroundings, pieces: Vec::new(), bytes: 0 }
    }
}

impl<'a> Interpreter<'a> {
    /// Whether all that will be asked for has been printed.
    pub(super) fn has_printed_enough(&self) -> bool {
        self.output.as_ref().is_none_or(|output| self.slept > output.surroundings.until || output.bytes > MOST_BYTES)
    }

    /// A program that succeeds at once prints something.
    pub(super) fn print(&mut self, name: &str, arguments: &[Option<String>]) {
        let Some(output) = &self.output else { return };
        let surroundings = output.surroundings;
        let known: Option<Vec<&str>> = arguments.iter().map(|argument| argument.as_deref()).collect();
        let now = surroundings.start_unix_millis + self.slept.millis();
        let text = known.and_then(|arguments| match name {
            "echo" => Some(echo(&arguments)),
            "printf" => printf(&arguments),
            "date" => super::date::date(&arguments, now),
            "hostname" if arguments.is_empty() => Some(format!("{}\n", surroundings.hostname)),
            "whoami" => Some("root\n".to_owned()),
            "pwd" => Some("/\n".to_owned()),
            "seq" => seq(&arguments),
            "true" | ":" | "tee" => Some(String::new()),
            _ => None,
        });
        let slept = self.slept;
        if let Some(output) = &mut self.output {
            output.bytes += text.as_ref().map_or(20, String::len);
            if output.bytes <= MOST_BYTES {
                output.pieces.push((slept, text));
            }
        }
    }

    /// How many pieces there are.
    pub(super) fn printed(&self) -> usize {
        self.output.as_ref().map_or(0, |output| output.pieces.len())
    }

    /// What was printed since then goes somewhere else than to the log.
    pub(super) fn divert(&mut self, since: usize) {
        if let Some(output) = &mut self.output {
            output.pieces.truncate(since);
        }
    }

    /// What `$(COMMAND)` stands for; only where somebody asks what is printed.
    pub(super) fn substituted(&self, text: &str) -> Option<String> {
        let output = self.output.as_ref()?;
        if self.is_substituted {
            return None;
        }
        let command = syntax::parse(text, self.budget)?;
        let mut inner = Interpreter {
            variables: self.copied_variables()?,
            slept: self.slept,
            options: self.options,
            is_substituted: true,
            output: Some(Output::new(output.surroundings)),
            ..Interpreter::new(None, self.options, self.is_bash, self.budget)
        };
        inner.follow(&command)?;
        let pieces = inner.output?.pieces;
        let text: String = pieces.into_iter().map(|(_, text)| text).collect::<Option<_>>()?;
        self.budget.value(text.len())?;
        Some(text.trim_end_matches('\n').to_owned())
    }
}

fn echo(arguments: &[&str]) -> String {
    let is_option =
        |word: &&&str| word.len() > 1 && word.starts_with('-') && word[1..].bytes().all(|b| b"neE".contains(&b));
    let options = arguments.iter().take_while(is_option).count();
    let (options, words) = arguments.split_at(options);
    let has = |letter: char| options.iter().any(|option| option.contains(letter));
    let text = words.join(" ");
    let text = if has('e') { unescaped(&text) } else { text };
    if has('n') { text } else { text + "\n" }
}

fn unescaped(text: &str) -> String {
    let mut result = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => result.push('\n'),
                Some('t') => result.push('\t'),
                Some('r') => result.push('\r'),
                Some('\\') => result.push('\\'),
                Some('e') => result.push('\x1b'),
                Some(other) => result.extend(['\\', other]),
                None => result.push('\\'),
            },
            (letter, false) => result.push(letter),
        }
    }
    result
}

/// The format is used again as long as there are arguments.
fn printf(arguments: &[&str]) -> Option<String> {
    let (format, mut arguments) = arguments.split_first()?;
    let format = unescaped(format);
    let mut text = String::new();
    loop {
        let before = arguments.len();
        let mut letters = format.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                text.push(letter);
                continue;
            }
            let mut spec = String::new();
            let verb = loop {
                match letters.next()? {
                    flag @ ('0'..='9' | '-' | '.') => spec.push(flag),
                    verb => break verb,
                }
            };
            if verb == '%' {
                text.push('%');
                continue;
            }
            let argument = arguments.split_first().map_or("", |(first, rest)| {
                arguments = rest;
                *first
            });
            let piece = match verb {
                's' => argument.to_owned(),
                'b' => unescaped(argument),
                'd' | 'i' => (if argument.is_empty() { 0 } else { argument.parse::<i64>().ok()? }).to_string(),
                _ => return None,
            };
            let width: usize = spec.trim_start_matches(['-', '0']).parse().unwrap_or(0).min(200);
            text += &match (spec.starts_with('-'), spec.starts_with('0')) {
                (true, _) => format!("{piece:<width$}"),
                (false, true) => format!("{piece:0>width$}"),
                (false, false) => format!("{piece:>width$}"),
            };
        }
        if arguments.is_empty() || arguments.len() == before || text.len() > MOST_BYTES {
            return Some(text);
        }
    }
}

fn seq(arguments: &[&str]) -> Option<String> {
    let numbers: Vec<i64> = arguments.iter().map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let (first, step, last) = match numbers[..] {
        [last] => (1, 1, last),
        [first, last] => (first, 1, last),
        [first, step, last] if step != 0 => (first, step, last),
        _ => return None,
    };
    let mut text = String::new();
    let mut next = Some(first);
    while let Some(number) = next.filter(|number| if step > 0 { *number <= last } else { *number >= last }) {
        text += &format!("{number}\n");
        if text.len() > MOST_BYTES {
            return None;
        }
        next = number.checked_add(step);
    }
    Some(text)
}
