//! Lines of a shell as commands.

/// Words with which a shell begins what is not read here.
pub(super) const KEYWORDS: [&str; 14] =
    ["for", "while", "until", "if", "case", "select", "function", "{", "[[", "((", "do", "done", "then", "fi"];

/// Why lines are not read.
pub(super) enum Unread {
    /// A part of a shell that is not here.
    NotHere(String),
    /// A quote or a bracket that is not closed.
    Unfinished,
}

/// When a command runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Then,
    And,
    Or,
}

/// Commands joined by pipes.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    pub(super) commands: Vec<Simple>,
    pub(super) is_negated: bool,
}

/// One command.
#[derive(Debug, Default)]
pub(super) struct Simple {
    pub(super) assignments: Vec<(String, Word)>,
    pub(super) words: Vec<Word>,
    /// A here-document, and whether variables in it stand for their values.
    pub(super) here: Option<(String, bool)>,
    /// `< FILE`
    pub(super) input: Option<Word>,
    /// `> /dev/null`
    pub(super) drops_output: bool,
    /// `2> /dev/null`
    pub(super) drops_errors: bool,
    /// `2>&1`
    pub(super) errors_to_output: bool,
}

/// A word before expansion.
#[derive(Clone, Debug, Default)]
pub(super) struct Word(pub(super) Vec<Part>);

/// A part of a word; whether it is in quotes.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Text(String),
    Variable(String, bool),
    Command(String, bool),
}

/// Reads lines.
pub(super) fn read(text: &str) -> Result<Vec<(Joint, Pipeline)>, Unread> {
    let mut reader = Reader { text, at: 0, pending: Vec::new() };
    let mut all = Vec::new();
    let mut joint = Joint::Then;
    loop {
        reader.skip_blank_lines();
        if reader.rest().is_empty() {
            return Ok(all);
        }
        let (mut pipeline, end) = reader.pipeline()?;
        reader.here_documents(&mut pipeline)?;
        if !pipeline.commands.is_empty() {
            all.push((joint, pipeline));
        }
        joint = end;
    }
}

/// The text of a here-document: like a text in double quotes, but quotes are letters.
pub(super) fn quoted_text(text: &str) -> Result<Word, Unread> {
    let mut reader = Reader { text, at: 0, pending: Vec::new() };
    let mut word = Word::default();
    reader.quoted(&mut word, None)?;
    Ok(word)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Here-documents whose text begins on the next line: command, end, whether values are put in, whether tabs go.
    pending: Vec<(usize, String, bool, bool)>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest().chars().next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            self.at += blank;
            if self.rest().starts_with("\\\n") {
                self.at += 2;
            } else if self.rest().starts_with("\\\r\n") {
                self.at += 3;
            } else {
                break;
            }
        }
        if self.rest().starts_with('#') {
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn skip_blank_lines(&mut self) {
        loop {
            self.skip_blanks();
            if self.rest().starts_with(['\n', ';']) && !self.rest().starts_with(";;") {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Up to `;`, `&&`, `||` or a line end; and how the next one is joined.
    fn pipeline(&mut self) -> Result<(Pipeline, Joint), Unread> {
        let mut pipeline = Pipeline::default();
        let mut command = Simple::default();
        loop {
            self.skip_blanks();
            let is_first = command.words.is_empty() && command.assignments.is_empty();
            let rest = self.rest();
            let end = match rest {
                "" => Some((0, Joint::Then)),
                rest if rest.starts_with("&&") => Some((2, Joint::And)),
                rest if rest.starts_with("||") => Some((2, Joint::Or)),
                rest if rest.starts_with(['\n', ';']) => Some((1, Joint::Then)),
                _ => None,
            };
            if let Some((length, joint)) = end {
                if !(is_first && pipeline.commands.is_empty() && command.here.is_none()) || command.input.is_some() {
                    pipeline.commands.push(command);
                }
                self.at += if rest.starts_with('\n') { 0 } else { length };
                return Ok((pipeline, joint));
            }
            if rest.starts_with('|') {
                self.at += 1;
                if self.rest().starts_with('&') {
                    self.at += 1;
                    command.errors_to_output = true;
                }
                pipeline.commands.push(std::mem::take(&mut command));
                self.skip_blank_lines();
                continue;
            }
            if rest.starts_with('&') && !rest.starts_with("&>") {
                return Err(Unread::NotHere("&".to_owned()));
            }
            if rest.starts_with('(') {
                return Err(Unread::NotHere("(".to_owned()));
            }
            if rest.starts_with(')') {
                return Err(Unread::Unfinished);
            }
            let negates = is_first && rest.starts_with("! ");
            if self.redirection(&mut command, pipeline.commands.len())? {
                continue;
            }
            if negates {
                self.at += 2;
                pipeline.is_negated = !pipeline.is_negated;
                continue;
            }
            let word = self.word()?;
            if is_first
                && let [Part::Text(text)] = &word.0[..]
                && KEYWORDS.contains(&text.as_str())
            {
                return Err(Unread::NotHere(text.clone()));
            }
            match assignment(&word).filter(|_| command.words.is_empty()) {
                Some(assignment) => command.assignments.push(assignment),
                None => command.words.push(word),
            }
        }
    }

    /// Whether there was one.
    fn redirection(&mut self, command: &mut Simple, place: usize) -> Result<bool, Unread> {
        let rest = self.rest();
        let (which, length) = match rest {
            rest if rest.starts_with("2>") => (2, 1),
            rest if rest.starts_with("1>") => (1, 1),
            rest if rest.starts_with("&>") => (3, 1),
            rest if rest.starts_with('>') => (1, 0),
            rest if rest.starts_with("<<") => {
                let length = if rest.starts_with("<<-") { 3 } else { 2 };
                let strips = length == 3;
                if rest.starts_with("<<<") {
                    self.at += 3;
                    self.skip_blanks();
                    let word = self.word()?;
                    let text: String =
                        word.0.iter().map(|part| if let Part::Text(text) = part { text } else { "" }).collect();
                    command.here = Some((text + "\n", false));
                    return Ok(true);
                }
                self.at += length;
                self.skip_blanks();
                let is_quoted = self.rest().starts_with(['\'', '"', '\\']);
                let word = self.word()?;
                let end: String =
                    word.0.iter().map(|part| if let Part::Text(text) = part { text } else { "" }).collect();
                self.pending.push((place, end, !is_quoted, strips));
                return Ok(true);
            }
            rest if rest.starts_with('<') => {
                self.at += 1;
                self.skip_blanks();
                command.input = Some(self.word()?);
                return Ok(true);
            }
            _ => return Ok(false),
        };
        self.at += length + 1;
        if self.rest().starts_with('>') {
            self.at += 1;
        }
        if self.rest().starts_with("&1") || self.rest().starts_with("&2") {
            command.errors_to_output |= which == 2 && self.rest().starts_with("&1");
            self.at += 2;
            return Ok(true);
        }
        self.skip_blanks();
        let word = self.word()?;
        match &word.0[..] {
            [Part::Text(file)] if file == "/dev/null" => {}
            // Files are not kept: what goes into one is gone.
            [Part::Text(file)] => return Err(Unread::NotHere(format!("> {file}"))),
            _ => return Err(Unread::NotHere(">".to_owned())),
        }
        command.drops_output |= which != 2;
        command.drops_errors |= which != 1;
        Ok(true)
    }

    /// The texts of here-documents, which begin on the line behind their commands.
    fn here_documents(&mut self, pipeline: &mut Pipeline) -> Result<(), Unread> {
        if self.pending.is_empty() {
            return Ok(());
        }
        if !self.rest().starts_with('\n') {
            // More commands on this line than one with a here-document.
            return match self.rest().is_empty() {
                true => Err(Unread::Unfinished),
                false => Err(Unread::NotHere("<<".to_owned())),
            };
        }
        self.at += 1;
        for (place, end, expands, strips) in std::mem::take(&mut self.pending) {
            let mut text = String::new();
            loop {
                let rest = self.rest();
                if rest.is_empty() {
                    return Err(Unread::Unfinished);
                }
                let line = rest.split_inclusive('\n').next().unwrap_or_default().to_owned();
                self.at += line.len();
                let line = if strips { line.trim_start_matches('\t') } else { &line };
                if line.trim_end_matches(['\n', '\r']) == end {
                    break;
                }
                text += line;
            }
            if let Some(command) = pipeline.commands.get_mut(place) {
                command.here = Some((text, expands));
            }
        }
        Ok(())
    }

    fn word(&mut self) -> Result<Word, Unread> {
        let mut word = Word::default();
        let start = self.at;
        while let Some(first) = self.rest().chars().next() {
            match first {
                ' ' | '\t' | '\r' | '\n' | ';' | '|' | '&' | '<' | '>' | '(' | ')' => break,
                '\'' => {
                    let rest = &self.rest()[1..];
                    let (inside, _) = rest.split_once('\'').ok_or(Unread::Unfinished)?;
                    let inside = inside.to_owned();
                    self.at += inside.len() + 2;
                    word.push(&inside);
                }
                '"' => {
                    self.at += 1;
                    word.push("");
                    self.quoted(&mut word, Some('"'))?;
                }
                '$' => self.dollar(&mut word, false)?,
                '`' => self.backquoted(&mut word, false)?,
                '\\' => {
                    self.at += 1;
                    match self.next() {
                        None => {}
                        Some('\n') => {}
                        Some(letter) => word.push(&letter.to_string()),
                    }
                }
                letter => {
                    self.at += letter.len_utf8();
                    word.push(letter.encode_utf8(&mut [0; 4]));
                }
            }
        }
        // A letter that begins no word and is nothing else.
        if self.at == start {
            return Err(match self.rest().chars().next() {
                None => Unread::Unfinished,
                Some(letter) => Unread::NotHere(letter.to_string()),
            });
        }
        Ok(word)
    }

    /// Up to the closing quote; a here-document has none.
    fn quoted(&mut self, word: &mut Word, close: Option<char>) -> Result<(), Unread> {
        loop {
            match self.rest().chars().next() {
                None => return if close.is_none() { Ok(()) } else { Err(Unread::Unfinished) },
                Some(letter) if Some(letter) == close => {
                    self.at += 1;
                    return Ok(());
                }
                Some('$') => self.dollar(word, true)?,
                Some('`') => self.backquoted(word, true)?,
                Some('\\') => {
                    self.at += 1;
                    match self.next() {
                        Some('\n') => {}
                        Some(letter @ ('$' | '`' | '\\')) => word.push(&letter.to_string()),
                        Some('"') if close.is_some() => word.push("\""),
                        Some(letter) => word.push(&format!("\\{letter}")),
                        None => word.push("\\"),
                    }
                }
                Some(letter) => {
                    self.at += letter.len_utf8();
                    word.push(letter.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    fn dollar(&mut self, word: &mut Word, is_quoted: bool) -> Result<(), Unread> {
        let rest = &self.rest()[1..];
        if rest.starts_with("((") {
            return Err(Unread::NotHere("$((".to_owned()));
        }
        if rest.starts_with('(') {
            let end = closing(rest).ok_or(Unread::Unfinished)?;
            word.0.push(Part::Command(rest[1..end].to_owned(), is_quoted));
            self.at += end + 2;
            return Ok(());
        }
        if let Some(braced) = rest.strip_prefix('{') {
            let (name, _) = braced.split_once('}').ok_or(Unread::Unfinished)?;
            if !is_name(name) {
                return Err(Unread::NotHere(format!("${{{name}}}")));
            }
            word.0.push(Part::Variable(name.to_owned(), is_quoted));
            self.at += name.len() + 3;
            return Ok(());
        }
        if rest.starts_with('?') {
            word.0.push(Part::Variable("?".to_owned(), is_quoted));
            self.at += 2;
            return Ok(());
        }
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        match is_name(&rest[..length]) {
            true => word.0.push(Part::Variable(rest[..length].to_owned(), is_quoted)),
            false => {
                self.at += 1;
                word.push("$");
                return Ok(());
            }
        }
        self.at += 1 + length;
        Ok(())
    }

    fn backquoted(&mut self, word: &mut Word, is_quoted: bool) -> Result<(), Unread> {
        let (inside, _) = self.rest()[1..].split_once('`').ok_or(Unread::Unfinished)?;
        let inside = inside.to_owned();
        self.at += inside.len() + 2;
        word.0.push(Part::Command(inside, is_quoted));
        Ok(())
    }
}

impl Word {
    fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Text(before)) => before.push_str(text),
            _ => self.0.push(Part::Text(text.to_owned())),
        }
    }
}

/// The bracket that closes the first one; brackets in quotes do not count.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut escaped) = (0usize, None, false);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (_, _) if escaped => escaped = false,
            (Some('\''), '\'') | (Some('"'), '"') => quote = None,
            (Some('\''), _) => {}
            (_, '\\') => escaped = true,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// `NAME=value`
fn assignment(word: &Word) -> Option<(String, Word)> {
    let Some(Part::Text(first)) = word.0.first() else { return None };
    let (name, value) = first.split_once('=')?;
    let value = Part::Text(value.to_owned());
    is_name(name).then(|| (name.to_owned(), Word([&[value], &word.0[1..]].concat())))
}
