//! One document as its lines and their indentation tell it, YAML or not yet: where the caret is in it. Forgiving where
//! a parser is not; knows no types.

use super::caret::{CaretContext, OutlineStep, Style};
use super::flow;
use std::ops::Range;

/// The lines of a document.
pub(super) struct Outline<'t> {
    text: &'t str,
    lines: Vec<Line<'t>>,
}

#[derive(Clone, Debug)]
struct Line<'t> {
    /// Its first byte in the whole text.
    start: usize,
    text: &'t str,
    /// Columns of the dashes in front.
    dashes: Vec<usize>,
    /// Column of what is behind the dashes; the length of the line if there is nothing.
    column: usize,
    /// The key without its quotes, and the column of its colon.
    key: Option<(&'t str, usize)>,
    /// Columns of the value: behind the colon, else behind the dashes.
    value: Range<usize>,
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Content,
    /// Nothing but blanks.
    Blank,
    Comment,
    /// Part of a scalar that began above.
    Scalar,
    /// Part of a flow collection that began in the line with this number.
    Flow(usize),
}

impl<'t> Line<'t> {
    fn leftmost(&self) -> usize {
        self.dashes.first().copied().unwrap_or(self.column)
    }

    fn is_content(&self) -> bool {
        self.role == Role::Content
    }

    fn has_content(&self) -> bool {
        self.is_content() && self.column < self.text.len()
    }

    /// A key with nothing behind it: what follows, deeper, belongs to it.
    fn opens(&self) -> bool {
        let value = self.value_text();
        self.key.is_some() && (value.is_empty() || value.starts_with(['&', '!']) && !value.contains(' '))
    }

    fn value_text(&self) -> &'t str {
        &self.text[self.value.clone()]
    }
}

impl<'t> Outline<'t> {
    /// Reads the lines of `span`.
    pub(super) fn of(text: &'t str, span: Range<usize>) -> Outline<'t> {
        let mut lines: Vec<Line<'t>> = Vec::new();
        let mut start = span.start;
        let mut open = Open::Nothing;
        for raw in text[span.clone()].split('\n') {
            let mut line = read_line(start, raw.trim_end_matches('\r'));
            start += raw.len() + 1;
            open.place(&mut line, lines.len());
            lines.push(line);
        }
        Outline { text, lines }
    }

    /// The value of a key of the root, if it stands behind it.
    pub(super) fn root_value(&self, name: &str) -> Option<&'t str> {
        let line = self
            .lines
            .iter()
            .find(|line| line.is_content() && line.leftmost() == 0 && line.key.is_some_and(|(key, _)| key == name))?;
        Some(line.value_text().trim_matches(['"', '\'']))
    }

    /// Whether nothing is written but in the line of the caret.
    pub(super) fn is_empty_but(&self, caret: usize) -> bool {
        let at = self.line_at(caret);
        self.lines.iter().enumerate().all(|(number, line)| {
            Some(number) == at || matches!(line.role, Role::Blank | Role::Comment) || line.text.starts_with("---")
        })
    }

    fn line_at(&self, caret: usize) -> Option<usize> {
        self.lines.iter().rposition(|line| line.start <= caret)
    }

    /// Where the caret is; `None` in comments and in texts over several lines, and behind values.
    pub(super) fn spot(&self, caret: usize) -> Option<CaretContext<'t>> {
        let at = self.line_at(caret)?;
        let line = &self.lines[at];
        let column = caret - line.start;
        if !line.text.is_char_boundary(column) {
            return None;
        }
        match line.role {
            Role::Comment | Role::Scalar => None,
            Role::Flow(owner) => self.flow_spot(owner, at, caret),
            Role::Blank => self.block_spot(at, column, caret..caret, false),
            Role::Content => self.content_spot(at, column),
        }
    }

    fn content_spot(&self, at: usize, column: usize) -> Option<CaretContext<'t>> {
        let line = &self.lines[at];
        let whole = |columns: Range<usize>| line.start + columns.start..line.start + columns.end;
        if !line.has_content() {
            let behind_dash = line.dashes.last().is_some_and(|dash| column > dash + 1);
            return behind_dash.then(|| self.block_spot(at, column, whole(column..column), false)).flatten();
        }
        if column < line.column {
            return None;
        }
        let value = line.value_text();
        if value.starts_with(['{', '[']) && column > line.value.start {
            return self.flow_spot(at, at, line.start + column);
        }
        let Some((key, colon)) = line.key else {
            let is_plain = column <= line.value.end && !value.contains([' ', '"', '\'', '#', '&', '*', '!', '|', '>']);
            return is_plain.then(|| self.block_spot(at, line.column, whole(line.value.clone()), false)).flatten();
        };
        if column <= colon {
            return self.block_spot(at, line.column, whole(line.column..colon), true);
        }
        let is_plain = !value.starts_with(['"', '\'', '&', '*', '!', '|', '>']);
        let is_behind = column > line.value.end && !value.is_empty();
        let in_comment = line.text[..column].contains(" #");
        if !is_plain || is_behind || in_comment || column < line.value.start && !value.is_empty() {
            return None;
        }
        let range = if value.is_empty() { column..column } else { line.value.clone() };
        let spot = self.block_spot(at, line.column, whole(range), true)?;
        Some(CaretContext { key: Some(key), ..spot })
    }

    /// A key or an item at a column of a line.
    fn block_spot(&self, at: usize, column: usize, range: Range<usize>, has_colon: bool) -> Option<CaretContext<'t>> {
        let mut frames = self.frames_above(at);
        let is_new = enter(&mut frames, &self.lines[at].dashes, column)?;
        let below = || self.lines[at + 1..].iter().filter(|line| line.is_content());
        let around = frames.iter().nth_back(1).map(|frame| frame.column);
        let is_beside = |line: &Line<'_>| line.leftmost() == column || Some(line.leftmost()) <= around;
        if is_new && below().next().is_some_and(|line| !is_beside(line)) {
            return None; // another column is in use here already
        }
        let frame = frames.last()?;
        let beside = below().take_while(|line| line.leftmost() >= column).filter(|line| line.leftmost() == column);
        let keys_below = beside.filter(|line| line.dashes.is_empty()).filter_map(|line| line.key);
        let siblings = frame.keys.iter().copied().chain(keys_below.map(|(key, _)| key)).collect();
        let path = frames.iter().filter_map(|frame| frame.via).collect();
        Some(CaretContext { path, key: None, range, siblings, column, style: Style::Block, has_colon })
    }

    /// The collections that are open when a line begins.
    fn frames_above(&self, at: usize) -> Vec<OpenCollection<'t>> {
        let mut frames = Vec::new();
        for line in self.lines[..at].iter().filter(|line| line.is_content()) {
            // A line that fits nowhere is left out.
            let entered = enter(&mut frames, &line.dashes, line.column);
            if let (Some(_), Some(frame), Some((key, _))) = (entered, frames.last_mut(), line.key) {
                frame.keys.push(key);
                frame.is_open = line.opens();
                frame.has_child = false;
            }
        }
        frames
    }

    fn flow_spot(&self, owner: usize, last: usize, caret: usize) -> Option<CaretContext<'t>> {
        let line = &self.lines[owner];
        let mut frames = self.frames_above(owner);
        enter(&mut frames, &line.dashes, line.column)?;
        let mut path: Vec<OutlineStep<'t>> = frames.iter().filter_map(|frame| frame.via).collect();
        path.extend(line.key.map(|(key, _)| OutlineStep::Key(key)));
        let mut end = last;
        while self.lines.get(end + 1).is_some_and(|line| line.role == Role::Flow(owner)) {
            end += 1;
        }
        let end = self.lines[end].start + self.lines[end].text.len();
        flow::spot(self.text, line.start + line.value.start..end, caret, path)
    }
}

/// A map or list that is open at some line.
struct OpenCollection<'t> {
    column: usize,
    is_list: bool,
    /// The step from the collection around it; `None` at the root.
    via: Option<OutlineStep<'t>>,
    keys: Vec<&'t str>,
    /// The last key has no value behind it: a deeper line is its value.
    is_open: bool,
    /// And there was such a line.
    has_child: bool,
}

/// Goes through the dashes of a line to what stands behind them. Whether that is the first of its map; `None` if it
/// fits nowhere.
fn enter(frames: &mut Vec<OpenCollection<'_>>, dashes: &[usize], column: usize) -> Option<bool> {
    for dash in dashes {
        enter_one(frames, *dash, true)?;
    }
    enter_one(frames, column, false)
}

fn enter_one(frames: &mut Vec<OpenCollection<'_>>, column: usize, is_list: bool) -> Option<bool> {
    // A list may stand right below its key; a key in the same column ends it.
    while frames.last().is_some_and(|top| top.column > column || !is_list && top.is_list && top.column == column) {
        frames.pop();
    }
    if frames.last().is_some_and(|top| top.column == column && top.is_list == is_list) {
        return Some(false);
    }
    let via = match frames.last_mut() {
        None => None,
        Some(around) if around.is_list => Some(OutlineStep::Item),
        Some(around) if !around.is_open || around.has_child => return None,
        Some(around) => {
            around.has_child = true;
            Some(OutlineStep::Key(around.keys.last()?))
        }
    };
    frames.push(OpenCollection { column, is_list, via, keys: Vec::new(), is_open: false, has_child: false });
    Some(true)
}

/// What goes on over the next lines.
enum Open {
    Nothing,
    /// `|`, `>`: everything deeper than this column.
    Block(usize),
    /// A quoted text that began in a line with this column.
    Quote(char, usize),
    /// A flow collection: number and column of its line, and its closing brackets still to come.
    Flow(usize, usize, usize),
}

impl Open {
    /// Sets the role of a line, given the lines above it.
    fn place(&mut self, line: &mut Line<'_>, number: usize) {
        let is_blank = matches!(line.role, Role::Blank);
        let deeper = |column: usize| is_blank || line.leftmost() > column;
        match *self {
            Open::Block(column) if deeper(column) => line.role = Role::Scalar,
            Open::Quote(quote, column) if deeper(column) => {
                line.role = Role::Scalar;
                if flow::end_of_quote(line.text, quote).is_some() {
                    *self = Open::Nothing;
                }
            }
            Open::Flow(owner, column, depth) if deeper(column) => {
                line.role = Role::Flow(owner);
                let depth = flow::depth(line.text, depth);
                *self = if depth == 0 { Open::Nothing } else { Open::Flow(owner, column, depth) };
            }
            _ => *self = Open::after(line, number),
        }
    }

    fn after(line: &Line<'_>, number: usize) -> Open {
        let (value, column) = (line.value_text(), line.leftmost());
        match value.chars().next() {
            _ if !line.is_content() => Open::Nothing,
            Some('|' | '>') => Open::Block(if line.key.is_some() { line.column } else { column }),
            Some(quote @ ('"' | '\'')) if flow::end_of_quote(&value[1..], quote).is_none() => {
                Open::Quote(quote, column)
            }
            Some('{' | '[') => match flow::depth(value, 0) {
                0 => Open::Nothing,
                depth => Open::Flow(number, column, depth),
            },
            _ => Open::Nothing,
        }
    }
}

fn read_line(start: usize, text: &str) -> Line<'_> {
    let mut dashes = Vec::new();
    let mut column = text.len() - text.trim_start_matches(' ').len();
    while text[column..] == *"-" || text[column..].starts_with("- ") {
        if text[column..].starts_with("---") {
            break;
        }
        dashes.push(column);
        let rest = &text[column + 1..];
        column += 1 + rest.len() - rest.trim_start_matches(' ').len();
    }
    let content = &text[column..];
    let role = match content.chars().next() {
        _ if content.starts_with("---") => Role::Comment,
        Some('#') => Role::Comment,
        None if dashes.is_empty() => Role::Blank,
        _ => Role::Content,
    };
    let key = key_of(content).map(|(key, colon)| (key, column + colon));
    let behind = key.map_or(column, |(_, colon)| colon + 1);
    let from = behind + text[behind..].len() - text[behind..].trim_start().len();
    let is_quoted = text[from..].starts_with(['"', '\'']);
    let comment = if text[from..].starts_with('#') { Some(0) } else { text[from..].find(" #").filter(|_| !is_quoted) };
    let to = comment.map_or(text.len(), |comment| from + comment);
    let value = from..from + text[from..to].trim_end().len();
    Line { start, text, dashes, column, key, value, role }
}

/// The key in front of a line and where its colon is.
fn key_of(content: &str) -> Option<(&str, usize)> {
    let (key, rest) = match content.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = flow::end_of_quote(&content[1..], quote)?;
            (&content[1..1 + end], end + 2)
        }
        '{' | '[' | '#' => return None,
        _ => {
            let mut colons = content.match_indices(':').map(|(at, _)| at);
            let colon = colons.find(|at| matches!(content[at + 1..].chars().next(), None | Some(' ')))?;
            (content[..colon].trim_end(), colon)
        }
    };
    let colon = rest + content[rest..].find(|c| c != ' ')?;
    (content[colon..].starts_with(':') && !key.contains(" #")).then_some((key, colon))
}
