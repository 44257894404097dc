//! The part of the shell's grammar that idioms use: tokens → commands.

mod tokens;

use crate::program::budget::Budget;
use tokens::{Token, is_name, tokens};
pub(super) use tokens::{Word, WordPart};

/// A script or a part of one.
pub(super) enum Command {
    Simple {
        assignments: Vec<(String, Word)>,
        words: Vec<Word>,
    },
    Sequence(Vec<Command>),
    /// Commands joined with `&&` and `||`, however many: a list, so that nothing recurses along it.
    AndOr {
        first: Box<Command>,
        rest: Vec<(Joint, Command)>,
    },
    Not(Box<Command>),
    Pipe(Vec<Command>),
    If {
        branches: Vec<(Command, Command)>,
        otherwise: Option<Box<Command>>,
    },
    Loop {
        condition: Box<Command>,
        while_status_is_zero: bool,
        body: Box<Command>,
    },
    For {
        variable: String,
        words: Vec<Word>,
        body: Box<Command>,
    },
    /// `COMMAND &`.
    Background(Box<Command>),
    /// `COMMAND > FILE`: what it prints is not seen.
    Diverted(Box<Command>),
    Subshell(Box<Command>),
}

/// When the next command of a chain runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `&&`: after success.
    And,
    /// `||`: after failure.
    Or,
}

/// Reads a script; `None` for what this grammar does not have.
pub(super) fn parse(text: &str, budget: &Budget) -> Option<Command> {
    let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), depth: 0, budget };
    let command = parser.list(&[])?;
    parser.tokens.peek().is_none().then_some(command)
}

struct Parser<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
    budget: &'a Budget,
}

impl Parser<'_> {
    /// Takes the next token if it is this word, unquoted.
    fn keyword(&mut self, keyword: &str) -> bool {
        self.tokens.next_if(|token| token.is_word(keyword)).is_some()
    }

    fn operator(&mut self, operator: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Operator(found) if *found == operator)).is_some()
    }

    /// Commands up to the end, a closing bracket, or one of `ends`, which is not consumed.
    fn list(&mut self, ends: &[&str]) -> Option<Command> {
        self.depth += 1;
        self.budget.depth(self.depth)?;
        let mut commands = Vec::new();
        loop {
            while self.operator(";") {}
            match self.tokens.peek() {
                None | Some(Token::Operator(")")) => break,
                Some(token) if ends.iter().any(|end| token.is_word(end)) => break,
                Some(_) => {
                    let command = self.and_or()?;
                    if self.operator("&") {
                        commands.push(Command::Background(Box::new(command)));
                        continue;
                    }
                    commands.push(command);
                }
            }
            if !matches!(self.tokens.peek(), None | Some(Token::Operator(";" | ")"))) {
                return None;
            }
        }
        self.depth -= 1;
        Some(Command::Sequence(commands))
    }

    fn and_or(&mut self) -> Option<Command> {
        let first = self.pipe()?;
        let mut rest = Vec::new();
        loop {
            let joint = if self.operator("&&") {
                Joint::And
            } else if self.operator("||") {
                Joint::Or
            } else {
                return Some(if rest.is_empty() { first } else { Command::AndOr { first: Box::new(first), rest } });
            };
            while self.operator(";") {}
            rest.push((joint, self.pipe()?));
        }
    }

    fn pipe(&mut self) -> Option<Command> {
        if self.keyword("!") {
            return self.pipe_of_commands().map(|command| Command::Not(Box::new(command)));
        }
        self.pipe_of_commands()
    }

    fn pipe_of_commands(&mut self) -> Option<Command> {
        let mut commands = vec![self.command()?];
        while self.operator("|") {
            commands.push(self.command()?);
        }
        if commands.len() == 1 { commands.pop() } else { Some(Command::Pipe(commands)) }
    }

    fn command(&mut self) -> Option<Command> {
        let mut diverted = false;
        while self.operator(">") {
            diverted = true;
        }
        let command = match self.tokens.peek() {
            // A redirection alone makes a file.
            None | Some(Token::Operator(_)) if diverted => Command::Sequence(Vec::new()),
            _ => self.undiverted(&mut diverted)?,
        };
        while self.operator(">") {
            diverted = true;
        }
        Some(if diverted { Command::Diverted(Box::new(command)) } else { command })
    }

    fn undiverted(&mut self, diverted: &mut bool) -> Option<Command> {
        if self.operator("(") {
            let inner = self.list(&[])?;
            return self.operator(")").then(|| Command::Subshell(Box::new(inner)));
        }
        if self.keyword("{") {
            let inner = self.list(&["}"])?;
            return self.keyword("}").then_some(inner);
        }
        if self.keyword("if") {
            return self.branches();
        }
        if self.keyword("while") {
            return self.repeat(true);
        }
        if self.keyword("until") {
            return self.repeat(false);
        }
        if self.keyword("for") {
            return self.each();
        }
        self.simple(diverted)
    }

    fn branches(&mut self) -> Option<Command> {
        let mut branches = Vec::new();
        loop {
            let condition = self.list(&["then"])?;
            self.keyword("then").then_some(())?;
            let body = self.list(&["elif", "else", "fi"])?;
            branches.push((condition, body));
            if self.keyword("elif") {
                continue;
            }
            let otherwise = if self.keyword("else") { Some(Box::new(self.list(&["fi"])?)) } else { None };
            return self.keyword("fi").then_some(Command::If { branches, otherwise });
        }
    }

    fn repeat(&mut self, while_status_is_zero: bool) -> Option<Command> {
        let condition = Box::new(self.list(&["do"])?);
        let body = Box::new(self.body()?);
        Some(Command::Loop { condition, while_status_is_zero, body })
    }

    fn each(&mut self) -> Option<Command> {
        let variable = match self.tokens.next()? {
            Token::Word(Word(parts)) => match parts.as_slice() {
                [WordPart::Plain(name)] if is_name(name) => name.clone(),
                _ => return None,
            },
            Token::Operator(_) => return None,
        };
        self.keyword("in").then_some(())?;
        let mut words = Vec::new();
        while let Some(Token::Word(word)) = self.tokens.next_if(|token| matches!(token, Token::Word(_))) {
            words.push(word);
        }
        while self.operator(";") {}
        Some(Command::For { variable, words, body: Box::new(self.body()?) })
    }

    fn body(&mut self) -> Option<Command> {
        self.keyword("do").then_some(())?;
        let body = self.list(&["done"])?;
        self.keyword("done").then_some(body)
    }

    fn simple(&mut self, diverted: &mut bool) -> Option<Command> {
        let (mut assignments, mut words) = (Vec::new(), Vec::new());
        loop {
            while self.operator(">") {
                *diverted = true;
            }
            let Some(Token::Word(word)) = self.tokens.next_if(|token| matches!(token, Token::Word(_))) else { break };
            match word.assignment().filter(|_| words.is_empty()) {
                Some(assignment) => assignments.push(assignment),
                None => words.push(word),
            }
        }
        (!assignments.is_empty() || !words.is_empty()).then_some(Command::Simple { assignments, words })
    }
}

impl Command {
    /// Whether it is a program of this name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        match self {
            Command::Simple { words, .. } => {
                words.first().is_some_and(|word| matches!(&*word.0, [WordPart::Plain(text)] if text == name))
            }
            Command::Diverted(inner) => inner.is_called(name),
            _ => false,
        }
    }
}
