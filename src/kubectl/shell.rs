//! A shell's habits around kubectl: several commands, pipes to a few filters, `$(…)`, variables, here-documents. Loops
//! and conditions are refused in plain words.

mod filters;
mod pattern;
mod read;

use super::response::Printed;
use crate::program;
use crate::texts::Lang;
use crate::time::Span;
use read::{Joint, Part, Pipeline, Simple, Unread, Word};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// What runs kubectl for the shell, and knows the time.
pub trait Host {
    /// Runs `kubectl WORDS` with something piped in; what it prints, remarks included.
    fn kubectl(&mut self, words: &[String], stdin: Option<&str>) -> Printed;
    /// The time of the run, in milliseconds since 1970.
    fn now_unix_millis(&self) -> i64;
    /// The time of the run goes on.
    fn sleep(&mut self, span: Span);
    /// A word of the console itself, with what stands behind it; `None` if there is no such word.
    fn beside(&mut self, name: &str, arguments: &[String]) -> Option<Printed>;
    /// The language of what is not a program's own.
    fn lang(&self) -> Lang;
}

/// Whether a line goes on behind its end: a quote, a bracket or a here-document is open, or its end is taken back.
pub fn goes_on(text: &str) -> bool {
    let backslashes = text.len() - text.trim_end_matches('\\').len();
    backslashes % 2 == 1 || matches!(read::read(text), Err(Unread::Unfinished))
}

/// The words of the command at the end of a line, as they are typed; the last one is what is being typed. `None` inside
/// of quotes.
pub(super) fn words_of_last(line: &str) -> Option<Vec<String>> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' | '"' => {
                is_quoted = true;
                loop {
                    match letters.next()? {
                        end if end == letter => break,
                        inner => words.last_mut()?.push(inner),
                    }
                }
            }
            '|' | ';' | '&' | '(' | '\n' => (words, is_quoted) = (vec![String::new()], false),
            ' ' | '\t' => {
                is_quoted = false;
                if !words.last()?.is_empty() {
                    words.push(String::new());
                }
            }
            letter => words.last_mut()?.push(letter),
        }
    }
    // What replaces a word that is quoted would have to be quoted, too.
    (!is_quoted).then_some(words)
}

/// What is left to run of a paste.
#[derive(Debug, Default)]
pub struct Script {
    left: VecDeque<(Joint, Pipeline)>,
    count: usize,
}

impl Script {
    /// Whether nothing of it has run.
    pub fn is_fresh(&self) -> bool {
        self.left.len() == self.count
    }

    /// Whether nothing is left to run.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }
}

/// A shell with its variables.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    variables: BTreeMap<String, Rc<str>>,
    failed: bool,
    left: Left,
}

/// The most `$(…)` within each other.
const DEPTH: usize = 8;
/// The longest text that one line reads.
const BYTES: usize = 200_000;
/// The most commands of one paste, those in pipes and in `$(…)` too.
const COMMANDS: usize = 500;
/// The most bytes of words, variables and pipes that one paste makes: variables that double soon have no end.
const MADE_BYTES: usize = 64_000_000;
/// What a variable costs that is copied, beside its name.
const PER_VARIABLE: usize = 16;

/// What a paste may still do.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    commands: usize,
    bytes: usize,
    is_exceeded: bool,
}

impl Left {
    fn take_commands(&mut self, count: usize) {
        self.is_exceeded |= self.commands < count;
        self.commands = self.commands.saturating_sub(count);
    }

    fn take_bytes(&mut self, count: usize) {
        self.is_exceeded |= self.bytes < count;
        self.bytes = self.bytes.saturating_sub(count);
    }
}

impl Shell {
    /// Runs a line, or several.
    pub fn run(&mut self, text: &str, host: &mut dyn Host) -> Printed {
        let mut all = Printed::default();
        match self.begin(text, host.lang()) {
            Ok(mut script) => {
                while let Some(printed) = self.advance(&mut script, host) {
                    all.add(printed);
                }
            }
            Err(printed) => all.add(printed),
        }
        all.failed = self.failed;
        all
    }

    /// Reads a line, or several, to be run one command after the other.
    ///
    /// # Errors
    /// What is said instead, where it cannot be read.
    pub fn begin(&mut self, text: &str, lang: Lang) -> Result<Script, Printed> {
        self.left = Left { commands: COMMANDS, bytes: MADE_BYTES, is_exceeded: false };
        let mut printed = Printed::default();
        let pipelines = self.read(text, lang, 0, &mut printed);
        match pipelines.filter(|_| !self.left.is_exceeded) {
            Some(pipelines) => Ok(Script { count: pipelines.len(), left: pipelines.into() }),
            None => {
                self.say_what_is_exceeded(lang, &mut printed);
                printed.failed = true;
                Err(printed)
            }
        }
    }

    /// Runs the next command, or the next ones joined by pipes, and prints what they print; `None` at the end.
    pub fn advance(&mut self, script: &mut Script, host: &mut dyn Host) -> Option<Printed> {
        while let Some((joint, pipeline)) = script.left.pop_front() {
            if self.runs(joint) {
                let mut printed = Printed::default();
                self.failed = self.pipeline(&pipeline, host, 0, &mut printed);
                if self.left.is_exceeded {
                    script.left.clear();
                    self.say_what_is_exceeded(host.lang(), &mut printed);
                }
                printed.failed = self.failed;
                return Some(printed);
            }
        }
        None
    }

    /// A line as commands; `None` if that is refused.
    fn read(&mut self, text: &str, lang: Lang, depth: usize, printed: &mut Printed) -> Option<Vec<(Joint, Pipeline)>> {
        self.failed = false;
        if text.len() > BYTES || depth > DEPTH {
            self.left.is_exceeded = true;
            return None;
        }
        let words = lang.kubectl();
        let pipelines = match read::read(text) {
            Ok(pipelines) => pipelines,
            Err(Unread::NotHere(what)) => {
                self.refuse(&(words.not_of_this_shell)(&what), printed);
                return None;
            }
            Err(Unread::Unfinished) => {
                self.refuse(words.unfinished_line, printed);
                return None;
            }
        };
        // An empty `$()` is not free either.
        self.left.take_commands(pipelines.iter().map(|(_, pipeline)| pipeline.commands.len()).sum::<usize>().max(1));
        Some(pipelines)
    }

    fn runs(&self, joint: Joint) -> bool {
        match joint {
            Joint::Then => true,
            Joint::And => !self.failed,
            Joint::Or => self.failed,
        }
    }

    fn say_what_is_exceeded(&mut self, lang: Lang, printed: &mut Printed) {
        if self.left.is_exceeded {
            self.refuse(lang.kubectl().too_much, printed);
        }
    }

    /// What stands in `$(…)`.
    fn run_within(&mut self, text: &str, host: &mut dyn Host, depth: usize, printed: &mut Printed) {
        for (joint, pipeline) in self.read(text, host.lang(), depth, printed).into_iter().flatten() {
            if self.left.is_exceeded {
                return;
            }
            if self.runs(joint) {
                self.failed = self.pipeline(&pipeline, host, depth, printed);
            }
        }
    }

    fn refuse(&mut self, line: &str, printed: &mut Printed) {
        self.failed = true;
        printed.stderr += line;
        printed.stderr.push('\n');
    }

    /// Runs commands joined by pipes; whether the last one failed.
    fn pipeline(&mut self, pipeline: &Pipeline, host: &mut dyn Host, depth: usize, printed: &mut Printed) -> bool {
        let mut piped: Option<String> = None;
        let mut failed = false;
        for command in &pipeline.commands {
            let mut result = self.simple(command, piped.take(), host, depth);
            if command.errors_to_output {
                result.stdout += &std::mem::take(&mut result.stderr);
            }
            if !command.drops_errors {
                printed.stderr += &result.stderr;
            }
            printed.notes.append(&mut result.notes);
            // What is piped on is read as a whole.
            if pipeline.commands.len() == 1 && !command.drops_output {
                printed.add_later(result.later.as_deref());
            }
            failed = result.failed;
            self.left.take_bytes(result.stdout.len());
            piped = Some(if command.drops_output { String::new() } else { result.stdout });
        }
        printed.stdout += &piped.unwrap_or_default();
        failed != pipeline.is_negated
    }

    fn simple(&mut self, command: &Simple, piped: Option<String>, host: &mut dyn Host, depth: usize) -> Printed {
        let mut printed = Printed::default();
        for (name, word) in &command.assignments {
            let value = self.expand(word, host, depth, &mut printed).join(" ");
            self.variables.insert(name.clone(), value.into());
        }
        let mut words = Vec::new();
        for word in &command.words {
            words.extend(self.expand(word, host, depth, &mut printed));
        }
        if let Some(file) = &command.input {
            let file = self.expand(file, host, depth, &mut printed).join(" ");
            printed.fail(&format!("bash: {file}: No such file or directory"));
            return printed;
        }
        let piped = match &command.here {
            Some((text, true)) => Some(self.expand_text(text, host, depth, &mut printed)),
            Some((text, false)) => Some(text.clone()),
            None => piped,
        };
        if self.left.is_exceeded {
            printed.failed = true;
            return printed;
        }
        let Some((name, arguments)) = words.split_first() else { return printed };
        let result = match name.as_str() {
            "kubectl" | "k" => host.kubectl(arguments, piped.as_deref()),
            "export" => {
                for (name, value) in arguments.iter().filter_map(|word| word.split_once('=')) {
                    self.variables.insert(name.to_owned(), value.into());
                }
                Printed::default()
            }
            "sleep" => match arguments.first().and_then(|length| seconds(length)) {
                Some(span) => {
                    host.sleep(span);
                    Printed::default()
                }
                None => failure("sleep: invalid time interval"),
            },
            "date" => {
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                match program::date(&arguments, host.now_unix_millis()) {
                    Some(line) => Printed { stdout: line, ..Printed::default() },
                    None => failure("date: invalid date"),
                }
            }
            name => match filters::run(name, arguments, piped.as_deref(), host.lang().kubectl())
                .or_else(|| host.beside(name, arguments))
            {
                Some(result) => result,
                None if read::KEYWORDS.contains(&name) => failure(&(host.lang().kubectl().not_of_this_shell)(name)),
                None => {
                    let mut result = failure(&format!("bash: {name}: command not found"));
                    result.stderr += &format!("{}\n", (host.lang().kubectl().not_modelled)(name));
                    result
                }
            },
        };
        Printed { stderr: printed.stderr + &result.stderr, ..result }
    }

    /// A word as arguments: what is not quoted is split at blanks.
    fn expand(&mut self, word: &Word, host: &mut dyn Host, depth: usize, printed: &mut Printed) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut open: Option<String> = None;
        for part in &word.0 {
            let (text, is_quoted): (Rc<str>, bool) = match part {
                Part::Text(text) => (text.as_str().into(), true),
                Part::Variable(name, is_quoted) => (self.variable(name), *is_quoted),
                Part::Command(text, is_quoted) => (self.substituted(text, host, depth, printed).into(), *is_quoted),
            };
            self.left.take_bytes(text.len());
            if self.left.is_exceeded {
                break;
            }
            if is_quoted {
                open.get_or_insert_default().push_str(&text);
                continue;
            }
            if text.starts_with(char::is_whitespace) {
                words.extend(open.take());
            }
            for (place, piece) in text.split_whitespace().enumerate() {
                if place > 0 {
                    words.extend(open.take());
                }
                open.get_or_insert_default().push_str(piece);
            }
            if text.ends_with(char::is_whitespace) {
                words.extend(open.take());
            }
        }
        words.extend(open);
        words
    }

    fn expand_text(&mut self, text: &str, host: &mut dyn Host, depth: usize, printed: &mut Printed) -> String {
        match read::quoted_text(text) {
            Ok(word) => self.expand(&word, host, depth, printed).concat(),
            Err(_) => text.to_owned(),
        }
    }

    fn variable(&self, name: &str) -> Rc<str> {
        match name {
            "?" => i32::from(self.failed).to_string().into(),
            name => self.variables.get(name).cloned().unwrap_or_default(),
        }
    }

    fn substituted(&mut self, text: &str, host: &mut dyn Host, depth: usize, printed: &mut Printed) -> String {
        self.left.take_bytes(self.variables.keys().map(|name| name.len() + PER_VARIABLE).sum());
        let mut inner = Shell { variables: self.variables.clone(), failed: false, left: self.left };
        let mut result = Printed::default();
        inner.run_within(text, host, depth + 1, &mut result);
        self.left = inner.left;
        printed.stderr += &result.stderr;
        printed.notes.append(&mut result.notes);
        result.stdout.trim_end_matches('\n').to_owned()
    }
}

fn failure(line: &str) -> Printed {
    let mut printed = Printed::default();
    printed.fail(line);
    printed
}

fn seconds(text: &str) -> Option<Span> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    let number: f64 = digits.parse().ok().filter(|number| (0.0..1e6).contains(number))?;
    Some(Span::from_millis((number * unit * 1000.0) as i64))
}
