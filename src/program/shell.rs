//! Follows a shell script without executing anything: which sleeps it passes through, and how it ends. `None` as soon
//! as something unknown decides: another program, a file, a variable from outside.

mod arithmetic;
mod braces;
mod questions;
mod sleep;
mod syntax;

use super::budget::Budget;
use super::daemons::serves;
use super::outcome::Outcome;
use crate::time::Span;
use questions::test_of;
use sleep::{add, sleep_of};
use std::collections::BTreeMap;
use syntax::{Command, Joint, Word, WordPart};

/// The variable with the completion index.
const INDEX: &str = "JOB_COMPLETION_INDEX";

/// A script, and the shell that runs it.
pub(super) struct Script<'a> {
    pub(super) text: &'a str,
    pub(super) options: Options,
    /// bash knows braces; of another shell it depends on which one it is.
    pub(super) is_bash: bool,
}

/// Options of a shell, as its arguments and `set` give them.
#[derive(Clone, Copy, Default)]
pub(super) struct Options {
    /// `-e`: it stops at the first failure.
    pub(super) stops_at_failure: bool,
    /// `-o pipefail`: a pipe fails if any of its commands does.
    pipefail: bool,
}

impl Options {
    /// An option by its long name; others than these two change nothing here.
    pub(super) fn set(&mut self, name: &str, is_on: bool) {
        match name {
            "errexit" => self.stops_at_failure = is_on,
            "pipefail" => self.pipefail = is_on,
            _ => {}
        }
    }
}

/// What a shell script does.
pub(super) fn run_script(script: Script<'_>, index: Option<u32>, budget: &Budget) -> Option<Outcome> {
    let program = syntax::parse(script.text, budget)?;
    Interpreter::new(index, script.options, script.is_bash, budget).outcome(&program)
}

/// What a single program does that is started without a shell: nothing in its words is expanded.
pub(super) fn run_command(words: &[&str], index: Option<u32>, budget: &Budget) -> Option<Outcome> {
    let name = words.first()?.rsplit('/').next()?;
    if !matches!(name, "sleep" | "true" | "false") && !is_quick(name) && !serves(name, &words[1..]) {
        return None;
    }
    let literal = |word: &&str| Word(vec![WordPart::Quoted((*word).to_owned())]);
    let words = [name].iter().chain(&words[1..]).map(literal).collect();
    Interpreter::new(index, Options::default(), false, budget)
        .outcome(&Command::Simple { assignments: Vec::new(), words })
}

/// Programs that succeed at once, whatever their arguments.
fn is_quick(name: &str) -> bool {
    matches!(name, "echo" | "printf" | "date" | "hostname" | "pwd" | "whoami" | "uname" | "id" | "env" | "printenv")
}

/// Where a script continues after a command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Next,
    Exit,
    Break,
    Continue,
}

struct Interpreter<'a> {
    /// Known variables; `None` is one whose value is not known.
    variables: BTreeMap<String, Option<String>>,
    slept: Span,
    status: i32,
    options: Options,
    is_bash: bool,
    /// Depth of nested conditions; `-e` does not apply inside one.
    conditions: u32,
    /// When the longest command in the background ends, and the status of the last one; `None` if that is not known.
    background: Option<(Span, i32)>,
    /// Whether this is a command whose text is taken, `$(…)`.
    is_substituted: bool,
    budget: &'a Budget,
}

impl Interpreter<'_> {
    fn new(index: Option<u32>, options: Options, is_bash: bool, budget: &Budget) -> Interpreter<'_> {
        let index = index.map_or_else(String::new, |index| index.to_string());
        let variables = BTreeMap::from([(INDEX.to_owned(), Some(index))]);
        Interpreter {
            variables,
            slept: Span::ZERO,
            status: 0,
            options,
            is_bash,
            conditions: 0,
            background: Some((Span::ZERO, 0)),
            is_substituted: false,
            budget,
        }
    }

    fn outcome(mut self, program: &Command) -> Option<Outcome> {
        self.follow(program)?;
        Some(Outcome { slept: self.slept, exit_code: self.status & 0xff })
    }

    fn follow(&mut self, command: &Command) -> Option<Flow> {
        self.budget.step()?;
        match command {
            Command::Simple { assignments, words } => self.simple(assignments, words),
            Command::Sequence(commands) => {
                for command in commands {
                    let flow = self.follow(command)?;
                    if flow != Flow::Next {
                        return Some(flow);
                    }
                }
                Some(Flow::Next)
            }
            Command::AndOr { first, rest } => self.chain(first, rest),
            Command::Not(inner) => {
                let flow = self.condition(inner)?;
                self.status = i32::from(self.status == 0);
                Some(flow)
            }
            Command::Pipe(commands) => self.pipe(commands),
            Command::If { branches, otherwise } => self.branch(branches, otherwise.as_deref()),
            Command::Loop { condition, while_status_is_zero, body } => {
                self.repeat(condition, *while_status_is_zero, body)
            }
            Command::For { variable, words, body } => self.each(variable, words, body),
            Command::Background(inner) => self.start(inner),
            Command::Subshell(inner) => {
                let flow = self.apart(inner)?;
                if self.slept == Span::FOREVER { Some(flow) } else { self.checked() }
            }
        }
    }

    /// Follows a command in a shell of its own: what it sets and what it starts in the background stays there.
    fn apart(&mut self, command: &Command) -> Option<Flow> {
        let (variables, options) = (self.copied_variables()?, self.options);
        let background = self.background.replace((Span::ZERO, 0));
        let flow = self.follow(command);
        (self.variables, self.options, self.background) = (variables, options, background);
        flow
    }

    /// In the background: the shell goes on, and ends without it unless it waits.
    fn start(&mut self, command: &Command) -> Option<Flow> {
        let slept = self.slept;
        let followed = self.apart(command);
        if self.budget.exceeded().is_some() {
            return None;
        }
        let known = followed.and(self.background);
        self.background = known.map(|(end, _)| (end.max(self.slept), self.status));
        (self.slept, self.status) = (slept, 0);
        Some(Flow::Next)
    }

    /// `NAME=$(…)` has the status of what is in it; what is not known is taken to succeed.
    fn substitute(&mut self, text: &str) -> Option<Flow> {
        self.status = 0;
        if self.is_substituted {
            return Some(Flow::Next);
        }
        let slept = self.slept;
        self.is_substituted = true;
        let command = syntax::parse(text, self.budget);
        let known = command.and_then(|command| self.apart(&command));
        self.is_substituted = false;
        if self.budget.exceeded().is_some() {
            return None;
        }
        if known.is_none() {
            (self.slept, self.status) = (slept, 0);
        }
        if self.slept == Span::FOREVER { Some(Flow::Exit) } else { self.checked() }
    }

    /// Commands joined with `&&` and `||`, from left to right; `-e` applies to the last of them alone.
    fn chain(&mut self, first: &Command, rest: &[(Joint, Command)]) -> Option<Flow> {
        let mut flow = self.condition(first)?;
        for (place, (joint, command)) in (1..).zip(rest) {
            if flow != Flow::Next {
                return Some(flow);
            }
            if (*joint == Joint::And) == (self.status == 0) {
                flow = if place == rest.len() { self.follow(command)? } else { self.condition(command)? };
            }
        }
        Some(flow)
    }

    fn copied_variables(&self) -> Option<BTreeMap<String, Option<String>>> {
        for (name, value) in &self.variables {
            // How long the index is must not decide what fits: it is the same guess for every pod.
            let value = value.as_ref().filter(|_| name != INDEX);
            self.budget.value(name.len() + value.map_or(0, String::len))?;
        }
        Some(self.variables.clone())
    }

    /// After a command: `set -e` ends a script at a failure outside of conditions.
    fn checked(&self) -> Option<Flow> {
        let stops = self.options.stops_at_failure && self.conditions == 0 && self.status != 0;
        Some(if stops { Flow::Exit } else { Flow::Next })
    }

    fn condition(&mut self, command: &Command) -> Option<Flow> {
        self.conditions += 1;
        let flow = self.follow(command);
        self.conditions -= 1;
        flow
    }

    /// The commands of a pipe run at the same time: it takes as long as the longest, and has the status of the last, with
    /// `pipefail` of the last that failed.
    fn pipe(&mut self, commands: &[Command]) -> Option<Flow> {
        let before = self.slept;
        let (mut longest, mut failed) = (Span::ZERO, 0);
        for command in commands {
            self.slept = Span::ZERO;
            self.condition(command)?;
            longest = longest.max(self.slept);
            failed = if self.status == 0 { failed } else { self.status };
        }
        if self.options.pipefail {
            self.status = failed;
        }
        self.slept = if longest == Span::FOREVER { longest } else { before + longest };
        self.checked()
    }

    fn branch(&mut self, branches: &[(Command, Command)], otherwise: Option<&Command>) -> Option<Flow> {
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

    /// A loop that changes no variable in one round never ends.
    fn repeat(&mut self, condition: &Command, while_status_is_zero: bool, body: &Command) -> Option<Flow> {
        loop {
            let before = self.copied_variables()?;
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

    /// How many rounds there are must be known; a quoted word is one, whatever it is.
    fn each(&mut self, variable: &str, words: &[Word], body: &Command) -> Option<Flow> {
        if words.iter().any(|word| word.braces().is_none() && !word.is_quoted() && self.word(word).is_none()) {
            return None;
        }
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
        for (name, word) in assignments {
            let value = self.word(word);
            self.variables.insert(name.clone(), value);
        }
        if words.is_empty() {
            return self.assigned(assignments);
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

    /// Assignments alone.
    fn assigned(&mut self, assignments: &[(String, Word)]) -> Option<Flow> {
        self.status = 0;
        for part in assignments.iter().flat_map(|(_, word)| &word.0) {
            if let WordPart::Substitution(text) = part {
                let flow = self.substitute(text)?;
                if flow != Flow::Next {
                    return Some(flow);
                }
            }
        }
        Some(Flow::Next)
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
                self.set(arguments)?;
                0
            }
            "wait" => {
                let (end, status) = self.background?;
                self.slept = self.slept.max(end);
                if self.slept == Span::FOREVER {
                    return Some(Flow::Exit);
                }
                match arguments {
                    [] => 0,
                    ["$!"] => status,
                    _ => return None,
                }
            }
            name if serves(name, arguments) => {
                self.slept = Span::FOREVER;
                return Some(Flow::Exit);
            }
            _ => return None,
        };
        self.checked()
    }

    /// `set -euo pipefail`, `set +e`.
    fn set(&mut self, arguments: &[&str]) -> Option<()> {
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let (is_on, letters) = match (argument.strip_prefix('-'), argument.strip_prefix('+')) {
                (Some(letters), _) => (true, letters),
                (None, Some(letters)) => (false, letters),
                (None, None) => return None,
            };
            for letter in letters.chars() {
                match letter {
                    'e' => self.options.stops_at_failure = is_on,
                    'o' => self.options.set(arguments.next()?, is_on),
                    _ => {}
                }
            }
        }
        Some(())
    }

    /// Words to arguments: braces are unfolded, an unquoted empty variable disappears, unknown values stay unknown.
    fn expand(&self, words: &[Word]) -> Option<Vec<Option<String>>> {
        let mut arguments = Vec::new();
        for word in words {
            if let Some(text) = word.braces() {
                // What other shells do with braces depends on which one it is.
                let unfolded = if self.is_bash { braces::unfold(text, self.budget)? } else { return None };
                arguments.extend(unfolded.into_iter().map(Some));
                continue;
            }
            let value = self.word(word);
            let is_quoted = word.is_quoted();
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

    /// The text of a word; `None` if it is not known.
    fn word(&self, word: &Word) -> Option<String> {
        if word.is_pattern() {
            return None; // which files there are
        }
        let mut text = String::new();
        for part in &word.0 {
            let before = text.len();
            match part {
                WordPart::Plain(plain) | WordPart::Quoted(plain) => text.push_str(plain),
                WordPart::Variable(name) | WordPart::QuotedVariable(name) => text.push_str(&self.variable(name)?),
                WordPart::Arithmetic(expression) => {
                    let value = arithmetic::value(expression, &|name| self.variable(name), self.budget)?;
                    text.push_str(&value.to_string());
                }
                WordPart::Numbers(arguments) => self.numbers(arguments, &mut text)?,
                WordPart::Unknown | WordPart::Substitution(_) => return None,
            }
            self.budget.value(text.len() - before)?;
        }
        Some(text)
    }

    fn variable(&self, name: &str) -> Option<String> {
        match name {
            "?" => Some(self.status.to_string()),
            _ => {
                if name == INDEX {
                    self.budget.ask_for_index();
                }
                let value = self.variables.get(name)?.as_ref()?;
                self.budget.value(value.len())?;
                Some(value.clone())
            }
        }
    }

    /// What `seq` prints: `LAST`, `FIRST LAST` or `FIRST INCREMENT LAST`.
    fn numbers(&self, arguments: &[WordPart], text: &mut String) -> Option<()> {
        let number = |part: &WordPart| match part {
            WordPart::Variable(name) => self.variable(name)?.parse().ok(),
            WordPart::Plain(plain) => plain.parse().ok(),
            _ => None,
        };
        let numbers: Vec<i64> = arguments.iter().map(number).collect::<Option<_>>()?;
        let (first, step, last) = match numbers[..] {
            [last] => (1, 1, last),
            [first, last] => (first, 1, last),
            [first, step, last] if step != 0 => (first, step, last),
            _ => return None,
        };
        let mut next = Some(first);
        while let Some(number) = next.filter(|number| if step > 0 { *number <= last } else { *number >= last }) {
            if number != first {
                text.push('\n');
            }
            let written = number.to_string();
            self.budget.value(written.len())?;
            text.push_str(&written);
            next = number.checked_add(step);
        }
        Some(())
    }
}
