//! A script cut into words and operators.

/// A word before expansion.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::program::shell) struct Word(pub(in crate::program::shell) Vec<WordPart>);

/// A part of a word.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::program::shell) enum WordPart {
    Plain(String),
    Quoted(String),
    Variable(String),
    QuotedVariable(String),
    Arithmetic(String),
    /// `$(seq …)`: its arguments, numbers or variables.
    Numbers(Vec<WordPart>),
    /// `$(…)` and whatever else would have to be run.
    Unknown,
    /// `$(COMMAND)`, by its text; what it prints is not known.
    Substitution(String),
}

pub(super) enum Token {
    Word(Word),
    Operator(&'static str),
}

/// The tokens of a script; `None` for what this grammar does not have.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    Lexer { text, at: 0 }.tokens()
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn tokens(mut self) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        loop {
            self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r']).len();
            if let Some(continued) = self.rest().strip_prefix("\\\n") {
                self.at = self.text.len() - continued.len();
                continue;
            }
            let Some(first) = self.rest().chars().next() else { return Some(tokens) };
            if first == '#' {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                continue;
            }
            let start = self.at;
            if self.redirection()? {
                if diverts(&self.text[start..self.at]) {
                    tokens.push(Token::Operator(">"));
                }
                continue;
            }
            let operators = ["&&", "||", ";", "\n", "|", "(", ")", "&"];
            if let Some(operator) = operators.iter().find(|operator| self.rest().starts_with(**operator)) {
                self.at += operator.len();
                tokens.push(Token::Operator(if *operator == "\n" { ";" } else { operator }));
                continue;
            }
            tokens.push(Token::Word(self.word()?));
        }
    }

    /// Skips redirections such as `> file` and `2>&1`; whether there was one. `None` for here-documents.
    fn redirection(&mut self) -> Option<bool> {
        let rest = self.rest().trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(behind) = rest.strip_prefix("&>").or_else(|| rest.strip_prefix(['>', '<'])) else {
            return Some(false);
        };
        if rest.starts_with("<<") {
            return None;
        }
        let behind = behind.trim_start_matches(['>', '&', '|']).trim_start_matches([' ', '\t']);
        self.at = self.text.len() - behind.len();
        self.word()?;
        Some(true)
    }

    fn word(&mut self) -> Option<Word> {
        let mut parts = Vec::new();
        while let Some(first) = self.rest().chars().next() {
            match first {
                ' ' | '\t' | '\r' | '\n' | ';' | '|' | '&' | '(' | ')' | '<' | '>' => break,
                '\'' => {
                    let (quoted, _) = self.rest()[1..].split_once('\'')?;
                    parts.push(WordPart::Quoted(quoted.to_owned()));
                    self.at += quoted.len() + 2;
                }
                '"' => self.double_quoted(&mut parts)?,
                '$' => {
                    let part = self.dollar()?;
                    parts.push(part);
                }
                '`' => parts.push(self.backquoted()?),
                '\\' => {
                    let escaped = self.rest().chars().nth(1)?;
                    self.at += 1 + escaped.len_utf8();
                    if escaped != '\n' {
                        parts.push(WordPart::Quoted(escaped.to_string()));
                    }
                }
                plain => {
                    self.at += plain.len_utf8();
                    match parts.last_mut() {
                        Some(WordPart::Plain(text)) => text.push(plain),
                        _ => parts.push(WordPart::Plain(plain.to_string())),
                    }
                }
            }
        }
        (!parts.is_empty()).then_some(Word(parts))
    }

    /// A command in backquotes.
    fn backquoted(&mut self) -> Option<WordPart> {
        let (inside, _) = self.rest()[1..].split_once('`')?;
        let part = substitution(inside);
        self.at += inside.len() + 2;
        Some(part)
    }

    fn double_quoted(&mut self, parts: &mut Vec<WordPart>) -> Option<()> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let next = self.rest().chars().next()?;
            match next {
                '"' => break self.at += 1,
                '$' => {
                    parts.push(WordPart::Quoted(std::mem::take(&mut text)));
                    parts.push(match self.dollar()? {
                        WordPart::Variable(name) => WordPart::QuotedVariable(name),
                        part => part,
                    });
                }
                '`' => parts.push(self.backquoted()?),
                '\\' => {
                    let escaped = self.rest().chars().nth(1)?;
                    self.at += 1 + escaped.len_utf8();
                    match escaped {
                        '"' | '\\' | '$' | '`' => text.push(escaped),
                        '\n' => {}
                        other => text.extend(['\\', other]),
                    }
                }
                other => {
                    self.at += other.len_utf8();
                    text.push(other);
                }
            }
        }
        parts.push(WordPart::Quoted(text));
        Some(())
    }

    /// `$NAME`, `${NAME}`, `$((…))`, `$(…)`, `$?`.
    fn dollar(&mut self) -> Option<WordPart> {
        let rest = &self.rest()[1..];
        if let Some(expression) = rest.strip_prefix("((") {
            let end = expression.find("))")?;
            let part = WordPart::Arithmetic(expression[..end].to_owned());
            self.at += 3 + end + 2;
            return Some(part);
        }
        if rest.starts_with('(') {
            let end = closing(rest)?;
            let part = substitution(&rest[1..end]);
            self.at += 1 + end + 1;
            return Some(part);
        }
        if let Some(braced) = rest.strip_prefix('{') {
            let (name, _) = braced.split_once('}')?;
            let part = if is_name(name) { WordPart::Variable(name.to_owned()) } else { WordPart::Unknown };
            self.at += name.len() + 3;
            return Some(part);
        }
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (name, length) = match rest.chars().next() {
            Some('?') => ("?", 1),
            _ => (&rest[..length], length),
        };
        let part = match name {
            "" => WordPart::Plain("$".to_owned()),
            name if name == "?" || is_name(name) => WordPart::Variable(name.to_owned()),
            _ => WordPart::Unknown,
        };
        self.at += 1 + length;
        Some(part)
    }
}

/// What `$(…)` and backquotes stand for: a text that is known only of `seq` with numbers and variables.
fn substitution(inside: &str) -> WordPart {
    let mut words = inside.split_ascii_whitespace();
    let is_seq = words.next() == Some("seq");
    let argument = |word: &str| {
        let name = word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).or_else(|| word.strip_prefix('$'));
        match name {
            Some(name) => is_name(name).then(|| WordPart::Variable(name.to_owned())),
            None => word.parse::<i64>().ok().map(|_| WordPart::Plain(word.to_owned())),
        }
    };
    match words.map(argument).collect::<Option<Vec<WordPart>>>() {
        Some(arguments) if is_seq && (1..=3).contains(&arguments.len()) => WordPart::Numbers(arguments),
        _ => WordPart::Substitution(inside.to_owned()),
    }
}

/// The bracket that closes the first one.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

pub(super) fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a redirection keeps what is printed out of the log.
fn diverts(redirection: &str) -> bool {
    let output = redirection
        .strip_prefix("&>")
        .or_else(|| redirection.strip_prefix('1').unwrap_or(redirection).strip_prefix('>'));
    let Some(target) = output.map(|rest| rest.trim_start_matches(['>', '|', ' ', '\t'])) else { return false };
    !matches!(target, "&1" | "&2" | "/dev/stdout" | "/dev/stderr" | "/proc/1/fd/1" | "/proc/1/fd/2")
}

impl Token {
    pub(super) fn is_word(&self, wanted: &str) -> bool {
        match self {
            Token::Word(Word(parts)) => matches!(parts.as_slice(), [WordPart::Plain(text)] if text == wanted),
            Token::Operator(_) => false,
        }
    }
}

impl Word {
    /// Whether a part of it is quoted: then it is one argument.
    pub(in crate::program::shell) fn is_quoted(&self) -> bool {
        self.0.iter().any(|part| matches!(part, WordPart::Quoted(_) | WordPart::QuotedVariable(_)))
    }

    /// A word that bash unfolds, `{1..5}` or `x{a,b}`: whole, without anything quoted or variable in it.
    pub(in crate::program::shell) fn braces(&self) -> Option<&str> {
        let [WordPart::Plain(text)] = &*self.0 else { return None };
        let (_, inside) = text.split_once('{')?;
        let (inside, _) = inside.split_once('}')?;
        (inside.contains("..") || inside.contains(',')).then_some(text)
    }

    /// Whether it stands for the files that match it: `*.csv`.
    pub(in crate::program::shell) fn is_pattern(&self) -> bool {
        self.0.iter().any(|part| matches!(part, WordPart::Plain(text) if text.contains(['*', '?'])))
    }

    /// `NAME=value`.
    pub(super) fn assignment(&self) -> Option<(String, Word)> {
        let Some(WordPart::Plain(first)) = self.0.first() else { return None };
        let (name, value) = first.split_once('=')?;
        let value = Some(WordPart::Plain(value.to_owned()));
        is_name(name).then(|| (name.to_owned(), Word(value.into_iter().chain(self.0[1..].iter().cloned()).collect())))
    }
}
