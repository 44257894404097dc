//! A Go template from its text.

use super::{FUNCTIONS, Node, Operand, Pipeline};
use serde_json::{Number, Value};

/// The most blocks, and the most brackets, within each other.
const DEPTH: usize = 20;

enum Piece<'a> {
    Text(String),
    Action(&'a str),
}

/// Reads a template.
pub(super) fn read(text: &str) -> Result<Vec<Node>, String> {
    let pieces = pieces(text)?;
    let mut reader = Reader { pieces: pieces.into_iter() };
    let (nodes, end) = reader.nodes(0)?;
    match end {
        None => Ok(nodes),
        Some(word) => Err(format!("unexpected {{{{{word}}}}}")),
    }
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let (mut pieces, mut rest, mut trims) = (Vec::new(), text, false);
    loop {
        let start = rest.find("{{").unwrap_or(rest.len());
        let mut plain = &rest[..start];
        if trims {
            plain = plain.trim_start();
        }
        let Some(behind) = rest.get(start + 2..) else {
            pieces.push(Piece::Text(plain.to_owned()));
            return Ok(pieces);
        };
        let inside = behind.strip_prefix("- ");
        if inside.is_some() {
            plain = plain.trim_end();
        }
        pieces.push(Piece::Text(plain.to_owned()));
        let inside = inside.unwrap_or(behind);
        let end = end_of_action(inside).ok_or("unclosed action")?;
        let action = &inside[..end];
        let trimmed = action.strip_suffix(" -");
        trims = trimmed.is_some();
        let action = trimmed.unwrap_or(action).trim();
        if !action.starts_with("/*") {
            pieces.push(Piece::Action(action));
        }
        rest = &inside[end + 2..];
    }
}

/// The closing braces, outside of quotes.
fn end_of_action(text: &str) -> Option<usize> {
    let (mut quote, mut escaped) = (None, false);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (_, _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(letter),
            (None, '}') if text[at..].starts_with("}}") => return Some(at),
            (None, _) => {}
        }
    }
    None
}

struct Reader<'a> {
    pieces: std::vec::IntoIter<Piece<'a>>,
}

impl<'a> Reader<'a> {
    /// Nodes up to `end` or `else`, which is returned with what stands behind it.
    fn nodes(&mut self, depth: usize) -> Result<(Vec<Node>, Option<&'a str>), String> {
        if depth > DEPTH {
            return Err("too many blocks within each other".to_owned());
        }
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.next() {
            let action = match piece {
                Piece::Text(text) => {
                    if !text.is_empty() {
                        nodes.push(Node::Text(text));
                    }
                    continue;
                }
                Piece::Action(action) => action,
            };
            let (word, rest) = action.split_once(char::is_whitespace).unwrap_or((action, ""));
            nodes.push(match word {
                "end" | "else" => return Ok((nodes, Some(action))),
                "if" => {
                    let condition = pipeline(rest)?;
                    let (then, otherwise) = self.block(depth)?;
                    Node::If { condition, then, otherwise }
                }
                "with" => {
                    let value = pipeline(rest)?;
                    let (then, otherwise) = self.block(depth)?;
                    Node::With { value, then, otherwise }
                }
                "range" => {
                    let list = pipeline(rest)?;
                    let (body, otherwise) = self.block(depth)?;
                    Node::Range { list, body, otherwise }
                }
                "" => return Err("missing value for command".to_owned()),
                _ => Node::Print(pipeline(action)?),
            });
        }
        Ok((nodes, None))
    }

    /// What a block does, and what it does otherwise.
    fn block(&mut self, depth: usize) -> Result<(Vec<Node>, Vec<Node>), String> {
        let (then, end) = self.nodes(depth + 1)?;
        let Some(end) = end else { return Err("unexpected EOF".to_owned()) };
        let Some(rest) = end.strip_prefix("else").map(str::trim) else { return Ok((then, Vec::new())) };
        if rest.is_empty() {
            return match self.nodes(depth + 1)? {
                (otherwise, Some("end")) => Ok((then, otherwise)),
                (_, Some(word)) => Err(format!("unexpected {{{{{word}}}}}")),
                (_, None) => Err("unexpected EOF".to_owned()),
            };
        }
        let condition = pipeline(rest.strip_prefix("if").ok_or("unexpected word behind else")?)?;
        if depth > DEPTH {
            return Err("too many blocks within each other".to_owned());
        }
        let (inner, otherwise) = self.block(depth + 1)?;
        Ok((then, vec![Node::If { condition, then: inner, otherwise }]))
    }
}

fn pipeline(text: &str) -> Result<Pipeline, String> {
    let mut tokens = Tokens { text, at: 0 };
    let mut read = tokens.pipeline(0)?;
    if !tokens.rest().is_empty() {
        return Err(format!("unexpected \"{}\" in operand", tokens.rest()));
    }
    if read.commands.is_empty() {
        return Err("missing value for command".to_owned());
    }
    read.commands.retain(|command| !command.is_empty());
    Ok(read)
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Tokens<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Up to the end or a closing bracket.
    fn pipeline(&mut self, depth: usize) -> Result<Pipeline, String> {
        if depth > DEPTH {
            return Err("too many brackets within each other".to_owned());
        }
        let mut read = Pipeline::default();
        self.skip_blanks();
        if let Some((names, _)) = self.rest().split_once(":=").filter(|(names, _)| names.starts_with('$')) {
            let variables: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).collect();
            if variables.len() <= 2 && variables.iter().all(|name| name.starts_with('$') && !name.contains(' ')) {
                self.at += names.len() + 2;
                read.variables = variables;
            }
        }
        let mut command = Vec::new();
        loop {
            self.skip_blanks();
            match self.rest().chars().next() {
                None | Some(')') => break,
                Some('|') => {
                    self.at += 1;
                    read.commands.push(std::mem::take(&mut command));
                }
                Some(_) => command.push(self.operand(depth)?),
            }
        }
        read.commands.push(command);
        Ok(read)
    }

    fn operand(&mut self, depth: usize) -> Result<Operand, String> {
        let first = self.rest().chars().next().unwrap_or(' ');
        match first {
            '(' => {
                self.at += 1;
                let inner = self.pipeline(depth + 1)?;
                if !self.rest().starts_with(')') {
                    return Err("unclosed left paren".to_owned());
                }
                self.at += 1;
                Ok(Operand::Group(inner, self.path()))
            }
            '.' => Ok(Operand::Field(self.path())),
            '$' => {
                let name = self.word();
                let (name, path) = name.split_once('.').map_or((&*name, None), |(name, path)| (name, Some(path)));
                let path = path.into_iter().flat_map(|path| path.split('.')).map(str::to_owned).collect();
                Ok(Operand::Variable(name.to_owned(), path))
            }
            '"' => self.quoted(),
            '`' => {
                let (inside, _) = self.rest()[1..].split_once('`').ok_or("unterminated raw quoted string")?;
                let inside = inside.to_owned();
                self.at += inside.len() + 2;
                Ok(Operand::Literal(Value::String(inside)))
            }
            _ => {
                let word = self.word();
                let number = word.parse::<i64>().ok().map(Number::from);
                let number = number.or_else(|| word.parse().ok().and_then(Number::from_f64));
                match &*word {
                    "" => Err(format!("unexpected \"{first}\" in operand")),
                    "true" | "false" => Ok(Operand::Literal(Value::Bool(word == "true"))),
                    "nil" => Ok(Operand::Literal(Value::Null)),
                    known if FUNCTIONS.contains(&known) => Ok(Operand::Function(word)),
                    _ => match number {
                        Some(number) => Ok(Operand::Literal(Value::Number(number))),
                        None => Err(format!("function \"{word}\" not defined")),
                    },
                }
            }
        }
    }

    fn word(&mut self) -> String {
        let is_end = |c: char| c.is_whitespace() || "()|\"`".contains(c);
        let length = self.rest().find(is_end).unwrap_or(self.rest().len());
        let word = self.rest()[..length].to_owned();
        self.at += length;
        word
    }

    /// `.a.b`; a dot alone is the value itself.
    fn path(&mut self) -> Vec<String> {
        if !self.rest().starts_with('.') {
            return Vec::new();
        }
        self.word().split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    fn quoted(&mut self) -> Result<Operand, String> {
        let mut text = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        loop {
            match letters.next() {
                None | Some((_, '\n')) => return Err("unterminated quoted string".to_owned()),
                Some((at, '"')) => {
                    self.at += at + 1;
                    return Ok(Operand::Literal(Value::String(text)));
                }
                Some((_, '\\')) => match letters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, 'r')) => text.push('\r'),
                    Some((_, other)) => text.push(other),
                    None => return Err("unterminated quoted string".to_owned()),
                },
                Some((_, letter)) => text.push(letter),
            }
        }
    }
}
