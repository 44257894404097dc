//! Follows a script without doing anything: which sleeps it passes through and how it ends. `None` as soon as
//! something counts that it does not know: another program, a file, a variable from outside.

mod arithmetic;
mod syntax;

use crate::time::Span;
use std::collections::BTreeMap;
use syntax::{Node, Part, Word};

/// Commands that are followed before giving up: scripts that count to a thousand are no idioms.
const MAX_COMMANDS: u32 = 1_000;

/// A script and whether `-e` was given.
pub(super) struct Script<'a> {
    pub(super) text: &'a str,
    pub(super) stops_at_failure: bool,
}

/// How long it slept in all, and how it ended.
pub(super) struct Outcome {
    pub(super) slept: Span,
    pub(super) exit_code: i32,
}

/// Follows a shell script.
pub(super) fn script(script: Script<'_>, index: Option<u32>) -> Option<Outcome> {
    let program = syntax::parse(script.text)?;
    Machine::new(index, script.stops_at_failure).outcome(&program)
}

/// Follows a single program, started without a shell: nothing in its words is expanded.
pub(super) fn simple(words: &[&str], index: Option<u32>) -> Option<Outcome> {
    let name = words.first()?.rsplit('/').next()?;
    if !matches!(name, "sleep" | "true" | "false") && !is_quick(name) {
        return None;
    }
    let literal = |word: &&str| Word(vec![Part::Quoted((*word).to_owned())]);
    let words = [name].iter().chain(&words[1..]).map(literal).collect();
    Machine::new(index, false).outcome(&Node::Simple { assignments: Vec::new(), words })
}

/// Programs that are over at once and succeed, whatever their arguments.
fn is_quick(name: &str) -> bool {
    matches!(name, "echo" | "printf" | "date" | "hostname" | "pwd" | "whoami" | "uname" | "id" | "env" | "printenv")
}

/// What comes after a command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    Exit,
    Break,
    Continue,
}

struct Machine {
    /// Known variables; `None` is one whose value is not known.
    variables: BTreeMap<String, Option<String>>,
    slept: Span,
    status: i32,
    stops_at_failure: bool,
    /// Inside how many conditions: there a failure stops nothing.
    conditions: u32,
    commands: u32,
}

impl Machine {
    fn new(index: Option<u32>, stops_at_failure: bool) -> Machine {
        let index = index.map_or_else(String::new, |index| index.to_string());
        let variables = BTreeMap::from([("JOB_COMPLETION_INDEX".to_owned(), Some(index))]);
        Machine { variables, slept: Span::ZERO, status: 0, stops_at_failure, conditions: 0, commands: 0 }
    }

    fn outcome(mut self, program: &Node) -> Option<Outcome> {
        self.follow(program)?;
        Some(Outcome { slept: self.slept, exit_code: self.status & 0xff })
    }

    fn follow(&mut self, node: &Node) -> Option<Flow> {
        match node {
            Node::Simple { assignments, words } => self.simple(assignments, words),
            Node::Sequence(nodes) => {
                for node in nodes {
                    let flow = self.follow(node)?;
                    if flow != Flow::Next {
                        return Some(flow);
                    }
                }
                Some(Flow::Next)
            }
            Node::And(left, right) | Node::Or(left, right) => {
                let flow = self.condition(left)?;
                let goes_on = matches!(node, Node::And(..)) == (self.status == 0);
                if flow != Flow::Next || !goes_on { Some(flow) } else { self.follow(right) }
            }
            Node::Not(inner) => {
                let flow = self.condition(inner)?;
                self.status = i32::from(self.status == 0);
                Some(flow)
            }
            Node::Pipe(nodes) => self.pipe(nodes),
            Node::If { branches, otherwise } => self.branch(branches, otherwise.as_deref()),
            Node::Loop { condition, while_status_is_zero, body } => self.repeat(condition, *while_status_is_zero, body),
            Node::For { variable, words, body } => self.each(variable, words, body),
            Node::Subshell(inner) => {
                let outside = self.variables.clone();
                let flow = self.follow(inner)?;
                self.variables = outside;
                if self.slept == Span::FOREVER { Some(flow) } else { self.checked() }
            }
        }
    }

    /// After a command: `set -e` ends a script at a failure that nobody looks at.
    fn checked(&self) -> Option<Flow> {
        let stops = self.stops_at_failure && self.conditions == 0 && self.status != 0;
        Some(if stops { Flow::Exit } else { Flow::Next })
    }

    fn condition(&mut self, node: &Node) -> Option<Flow> {
        self.conditions += 1;
        let flow = self.follow(node);
        self.conditions -= 1;
        flow
    }

    /// The parts of a pipe run at the same time: the longest counts, the last one's status.
    fn pipe(&mut self, nodes: &[Node]) -> Option<Flow> {
        let before = self.slept;
        let mut longest = Span::ZERO;
        for node in nodes {
            self.slept = Span::ZERO;
            self.condition(node)?;
            longest = longest.max(self.slept);
        }
        self.slept = if longest == Span::FOREVER { longest } else { before + longest };
        self.checked()
    }

    fn branch(&mut self, branches: &[(Node, Node)], otherwise: Option<&Node>) -> Option<Flow> {
        for (condition, body) in branches {
            let flow = self.condition(condition)?;
            if flow != Flow::Next {
                return Some(flow);
            }
            if self.status == 0 {
                return self.follow(body);
            }
        }
        self.status = 0;
        otherwise.map_or(Some(Flow::Next), |body| self.follow(body))
    }

    /// A loop that comes back to where it was, with nothing changed but the time, never ends.
    fn repeat(&mut self, condition: &Node, while_status_is_zero: bool, body: &Node) -> Option<Flow> {
        loop {
            let before = self.variables.clone();
            let flow = self.condition(condition)?;
            if flow != Flow::Next {
                return Some(flow);
            }
            if (self.status == 0) != while_status_is_zero {
                self.status = 0;
                return Some(Flow::Next);
            }
            match self.follow(body)? {
                Flow::Exit => return Some(Flow::Exit),
                Flow::Break => return Some(Flow::Next),
                Flow::Next | Flow::Continue => {}
            }
            if self.variables == before {
                self.slept = Span::FOREVER;
                return Some(Flow::Exit);
            }
        }
    }

    fn each(&mut self, variable: &str, words: &[Word], body: &Node) -> Option<Flow> {
        for value in self.expand(words)? {
            self.variables.insert(variable.to_owned(), value);
            match self.follow(body)? {
                Flow::Exit => return Some(Flow::Exit),
                Flow::Break => break,
                Flow::Next | Flow::Continue => {}
            }
        }
        Some(Flow::Next)
    }

    fn simple(&mut self, assignments: &[(String, Word)], words: &[Word]) -> Option<Flow> {
        self.commands += 1;
        if self.commands > MAX_COMMANDS {
            return None;
        }
        for (name, word) in assignments {
            let value = self.word(word);
            self.variables.insert(name.clone(), value);
        }
        let mut words = self.expand(words)?.into_iter();
        let Some(name) = words.next() else {
            self.status = 0;
            return Some(Flow::Next);
        };
        let mut name = name?;
        if name == "exec" {
            name = words.next()??;
        }
        let name = name.rsplit('/').next()?.to_owned();
        let arguments: Vec<Option<String>> = words.collect();
        if is_quick(&name) || matches!(name.as_str(), "true" | ":") || name == "tee" {
            self.status = 0;
            return self.checked();
        }
        let arguments: Vec<String> = arguments.into_iter().collect::<Option<_>>()?;
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        self.builtin(&name, &arguments)
    }

    fn builtin(&mut self, name: &str, arguments: &[&str]) -> Option<Flow> {
        self.status = match name {
            "false" => 1,
            "sleep" => {
                self.slept = add(self.slept, sleep_of(arguments)?);
                if self.slept == Span::FOREVER {
                    return Some(Flow::Exit);
                }
                0
            }
            "exit" => {
                self.status = match arguments {
                    [] => self.status,
                    [code, ..] => code.parse().ok()?,
                };
                return Some(Flow::Exit);
            }
            "break" if arguments.is_empty() => return Some(Flow::Break),
            "continue" if arguments.is_empty() => return Some(Flow::Continue),
            "test" => test_of(arguments)?,
            "[" => test_of(arguments.strip_suffix(&["]"])?)?,
            "[[" => test_of(arguments.strip_suffix(&["]]"])?)?,
            "export" => {
                for argument in arguments {
                    if let Some((name, value)) = argument.split_once('=') {
                        self.variables.insert(name.to_owned(), Some(value.to_owned()));
                    }
                }
                0
            }
            "set" => {
                let has_e = |argument: &&str| argument.starts_with('-') && argument.contains('e');
                self.stops_at_failure |= arguments.iter().any(has_e);
                0
            }
            _ => return None,
        };
        self.checked()
    }

    /// Words to arguments: what is nothing but an unquoted empty variable disappears, unknown values stay unknown.
    fn expand(&self, words: &[Word]) -> Option<Vec<Option<String>>> {
        let mut arguments = Vec::new();
        for word in words {
            let value = self.word(word);
            let is_quoted = word.0.iter().any(|part| matches!(part, Part::Quoted(_) | Part::QuotedVariable(_)));
            match value {
                Some(value) if value.is_empty() && !is_quoted => {}
                Some(value) if !is_quoted && value.contains(char::is_whitespace) => {
                    arguments.extend(value.split_whitespace().map(|value| Some(value.to_owned())));
                }
                value => arguments.push(value),
            }
        }
        Some(arguments)
    }

    fn word(&self, word: &Word) -> Option<String> {
        let mut text = String::new();
        for part in &word.0 {
            match part {
                Part::Plain(plain) | Part::Quoted(plain) => text.push_str(plain),
                Part::Variable(name) | Part::QuotedVariable(name) => text.push_str(&self.variable(name)?),
                Part::Arithmetic(expression) => {
                    let value = arithmetic::value(expression, &|name| self.variable(name))?;
                    text.push_str(&value.to_string());
                }
                Part::Unknown => return None,
            }
        }
        Some(text)
    }

    fn variable(&self, name: &str) -> Option<String> {
        match name {
            "?" => Some(self.status.to_string()),
            _ => self.variables.get(name).cloned().flatten(),
        }
    }
}

/// Like `+`, but endless stays endless.
fn add(slept: Span, more: Span) -> Span {
    if slept == Span::FOREVER || more == Span::FOREVER { Span::FOREVER } else { slept + more }
}

/// What `sleep` makes of its arguments: their sum; `s` is the unit where none is given.
fn sleep_of(arguments: &[&str]) -> Option<Span> {
    let mut total = Span::ZERO;
    if arguments.is_empty() {
        return None;
    }
    for argument in arguments {
        if matches!(*argument, "infinity" | "inf") {
            return Some(Span::FOREVER);
        }
        let (number, unit) =
            argument.split_at(argument.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(argument.len()));
        let span = match unit {
            "" | "s" | "m" | "h" => {
                Span::parse(&format!("{number}{}", if unit.is_empty() { "s" } else { unit })).ok()?
            }
            "d" => Span::from_seconds(number.parse::<u32>().ok().map(|days| i64::from(days) * 86_400)?),
            _ => return None,
        };
        total = add(total, span);
    }
    Some(total)
}

/// The status of `test`: 0 true, 1 false, 2 nonsense; `None` for what asks about files.
fn test_of(arguments: &[&str]) -> Option<i32> {
    let truth = match arguments {
        ["!", rest @ ..] => return test_of(rest).map(|status| i32::from(status == 0)),
        [] => false,
        [text] => !text.is_empty(),
        ["-z", text] => text.is_empty(),
        ["-n", text] => !text.is_empty(),
        [left, "=" | "==", right] => left == right,
        [left, "!=", right] => left != right,
        [left, operator @ ("-eq" | "-ne" | "-lt" | "-le" | "-gt" | "-ge"), right] => {
            let (Ok(left), Ok(right)) = (left.parse::<i64>(), right.parse::<i64>()) else { return Some(2) };
            match *operator {
                "-eq" => left == right,
                "-ne" => left != right,
                "-lt" => left < right,
                "-le" => left <= right,
                "-gt" => left > right,
                _ => left >= right,
            }
        }
        ["-eq" | "-ne" | "-lt" | "-le" | "-gt" | "-ge" | "=" | "==" | "!=", _] => return Some(2),
        _ => return None,
    };
    Some(i32::from(!truth))
}
