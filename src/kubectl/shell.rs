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
use std::collections::BTreeMap;

/// What runs kubectl for the shell, and knows the time.
pub trait Host {
    /// Runs `kubectl WORDS` with something piped in; what it prints, remarks included.
    fn kubectl(&mut self, words: &[String], stdin: Option<&str>) -> Printed;
    /// The time of the run, in milliseconds since 1970.
    fn now_unix_millis(&self) -> i64;
    /// The time of the run goes on.
    fn sleep(&mut self, span: Span);
    /// The language of what is not a program's own.
    fn lang(&self) -> Lang;
}

/// A shell with its variables.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    variables: BTreeMap<String, String>,
    failed: bool,
}

/// The most `$(…)` within each other.
const DEPTH: usize = 8;
/// The longest text that one line reads.
const BYTES: usize = 200_000;
/// The most commands of one paste.
const COMMANDS: usize = 500;

impl Shell {
    /// Runs a line, or several.
    pub fn run(&mut self, text: &str, host: &mut dyn Host) -> Printed {
        let mut printed = Printed::default();
        self.run_within(text, host, 0, &mut printed);
        printed.failed = self.failed;
        printed
    }

    fn run_within(&mut self, text: &str, host: &mut dyn Host, depth: usize, printed: &mut Printed) {
        self.failed = false;
        let words = host.lang().kubectl();
        let mut refuse = |line: String| {
            printed.stderr += &format!("{line}\n");
            true
        };
        if text.len() > BYTES || depth > DEPTH {
            self.failed = refuse((words.not_of_this_shell)("…"));
            return;
        }
        let pipelines = match read::read(text) {
            Ok(pipelines) if pipelines.len() <= COMMANDS => pipelines,
            Ok(_) => {
                self.failed = refuse((words.not_of_this_shell)("…"));
                return;
            }
            Err(Unread::NotHere(what)) => {
                self.failed = refuse((words.not_of_this_shell)(&what));
                return;
            }
            Err(Unread::Unfinished) => {
                self.failed = refuse(words.unfinished_line.to_owned());
                return;
            }
        };
        for (joint, pipeline) in &pipelines {
            let runs = match joint {
                Joint::Then => true,
                Joint::And => !self.failed,
                Joint::Or => self.failed,
            };
            if runs {
                self.failed = self.pipeline(pipeline, host, depth, printed);
            }
        }
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
            failed = result.failed;
            piped = Some(if command.drops_output { String::new() } else { result.stdout });
        }
        printed.stdout += &piped.unwrap_or_default();
        failed != pipeline.is_negated
    }

    fn simple(&mut self, command: &Simple, piped: Option<String>, host: &mut dyn Host, depth: usize) -> Printed {
        let mut printed = Printed::default();
        for (name, word) in &command.assignments {
            let value = self.expand(word, host, depth, &mut printed).join(" ");
            self.variables.insert(name.clone(), value);
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
        let Some((name, arguments)) = words.split_first() else { return printed };
        let result = match name.as_str() {
            "kubectl" | "k" => host.kubectl(arguments, piped.as_deref()),
            "export" => {
                for (name, value) in arguments.iter().filter_map(|word| word.split_once('=')) {
                    self.variables.insert(name.to_owned(), value.to_owned());
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
            name => match filters::run(name, arguments, piped.as_deref()) {
                Some(result) => result,
                None if read::KEYWORDS.contains(&name) => failure(&(host.lang().kubectl().not_of_this_shell)(name)),
                None => {
                    let mut result = failure(&format!("bash: {name}: command not found"));
                    result.stderr += &format!("{}\n", (host.lang().kubectl().not_modelled)(name));
                    result
                }
            },
        };
        Printed { stdout: result.stdout, stderr: printed.stderr + &result.stderr, failed: result.failed }
    }

    /// A word as arguments: what is not quoted is split at blanks.
    fn expand(&mut self, word: &Word, host: &mut dyn Host, depth: usize, printed: &mut Printed) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut open: Option<String> = None;
        for part in &word.0 {
            let (text, is_quoted) = match part {
                Part::Text(text) => (text.clone(), true),
                Part::Variable(name, is_quoted) => (self.variable(name), *is_quoted),
                Part::Command(text, is_quoted) => (self.substituted(text, host, depth, printed), *is_quoted),
            };
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

    fn variable(&self, name: &str) -> String {
        match name {
            "?" => i32::from(self.failed).to_string(),
            name => self.variables.get(name).cloned().unwrap_or_default(),
        }
    }

    fn substituted(&mut self, text: &str, host: &mut dyn Host, depth: usize, printed: &mut Printed) -> String {
        let mut inner = Shell { variables: self.variables.clone(), failed: false };
        let mut result = Printed::default();
        inner.run_within(text, host, depth + 1, &mut result);
        printed.stderr += &result.stderr;
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
