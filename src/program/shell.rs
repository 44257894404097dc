//! Follows a shell script without executing anything: which sleeps it passes through, and how it ends. `None` as soon
//! as something unknown decides: another program, a file, a variable from outside.

mod arithmetic;
mod braces;
mod builtins;
mod date;
mod expand;
mod output;
mod questions;
mod sleep;
mod syntax;

pub(super) use date::date;

use super::budget::Budget;
use super::daemons::serves;
use super::outcome::Outcome;
use super::surroundings::Surroundings;
use crate::time::Span;
use output::Output;
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

/// Pieces of what is printed, each with its time; `None` is one that is not known.
pub(super) type Pieces = Vec<(Span, Option<String>)>;

/// What a script prints.
pub(super) fn printed_by_script(
    script: Script<'_>,
    index: Option<u32>,
    surroundings: &Surroundings,
    budget: &Budget,
) -> Option<Pieces> {
    let program = syntax::parse(script.text, budget)?;
    Interpreter::new(index, script.options, script.is_bash, budget).printed_by(&program, surroundings)
}

/// What a single program prints.
pub(super) fn printed_by_command(
    words: &[&str],
    index: Option<u32>,
    surroundings: &Surroundings,
    budget: &Budget,
) -> Option<Pieces> {
    Interpreter::new(index, Options::default(), false, budget).printed_by(&command_of(words)?, surroundings)
}

/// What a single program does that is started without a shell: nothing in its words is expanded.
pub(super) fn run_command(words: &[&str], index: Option<u32>, budget: &Budget) -> Option<Outcome> {
    Interpreter::new(index, Options::default(), false, budget).outcome(&command_of(words)?)
}

fn command_of(words: &[&str]) -> Option<Command> {
    let name = words.first()?.rsplit('/').next()?;
    if !matches!(name, "sleep" | "true" | "false") && !is_quick(name) && !serves(name, &words[1..]) {
        return None;
    }
    let literal = |word: &&str| Word(vec![WordPart::Quoted((*word).to_owned())]);
    let words = [name].iter().chain(&words[1..]).map(literal).collect();
    Some(Command::Simple { assignments: Vec::new(), words })
}

/// Programs that succeed at once, whatever their arguments.
fn is_quick(name: &str) -> bool {
    let known = ["echo", "printf", "date", "hostname", "pwd", "whoami", "uname", "id", "env", "printenv", "seq"];
    known.contains(&name)
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
    /// What it prints, if that is asked for.
    output: Option<Output<'a>>,
    budget: &'a Budget,
}

impl<'a> Interpreter<'a> {
    fn new(index: Option<u32>, options: Options, is_bash: bool, budget: &'a Budget) -> Interpreter<'a> {
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
            output: None,
            budget,
        }
    }

    /// What a script prints; what it prints before something that is not understood does not count.
    fn printed_by(mut self, program: &Command, surroundings: &'a Surroundings) -> Option<Pieces> {
        self.variables.extend(surroundings.variables.clone());
        self.variables.insert("HOSTNAME".to_owned(), Some(surroundings.hostname.clone()));
        self.output = Some(Output::new(surroundings));
        let followed = self.follow(program);
        if followed.is_none() && !self.has_printed_enough() && self.budget.exceeded().is_none() {
            return None;
        }
        self.output.map(|output| output.pieces)
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
            Command::Diverted(inner) => {
                let before = self.printed();
                let flow = self.follow(inner);
                self.divert(before);
                flow
            }
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
        let (slept, before) = (self.slept, self.printed());
        self.is_substituted = true;
        let command = syntax::parse(text, self.budget);
        let known = command.and_then(|command| self.apart(&command));
        self.divert(before);
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
        for (place, command) in commands.iter().enumerate() {
            let printed = self.printed();
            self.slept = Span::ZERO;
            self.condition(command)?;
            if commands.get(place + 1).is_some_and(|next| !next.is_called("tee")) {
                self.divert(printed);
            }
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
            if self.variables == before && self.has_printed_enough() {
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
            self.print(&name, &arguments);
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
}
