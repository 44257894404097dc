//! Inserting into and removing from lists and maps, written as blocks of lines or between brackets.

use crate::manifest::documents::SCENARIO_VERSION;
use crate::manifest::place::{Field, PathStep};
use crate::manifest::print::{KUBERNETES, Piece};
use crate::manifest::reading::{DocumentKind, Reading};
use crate::manifest::schema;
use crate::manifest::text_edit::Edit;
use crate::manifest::yaml::{NodeId, NodeKind, Scalar, Tree};

/// Why a gesture cannot be written into a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The document that would have to change cannot be read.
    Unreadable,
    /// The text has no such line or field.
    NotThere,
    /// The place is shared through an anchor (`&name`): an edit would change more than one place.
    Shared,
    /// The change cannot be written into a text of this layout.
    Inexpressible,
}

/// In characters. Longer new lines are split.
const WIDTH: usize = 110;

/// Writes into one document.
pub(super) struct Pen<'a> {
    text: &'a str,
    tree: &'a Tree,
    newline: &'static str,
}

/// Where whole lines can be inserted.
enum Gap {
    /// Behind the end of a line: a line break comes first.
    LineEnd(usize),
    /// In front of the start of a line: a line break comes last.
    LineStart(usize),
}

/// `a.b.c: piece` as nested maps.
pub(super) fn nested(path: &[PathStep], piece: Piece) -> Result<Piece, EditError> {
    path.iter().rev().try_fold(piece, |inner, step| match step {
        PathStep::Key(name) => Ok(Piece::Map(vec![(name.clone(), inner)])),
        PathStep::Index(_) => Err(EditError::NotThere),
    })
}

impl<'a> Pen<'a> {
    pub(super) fn new(reading: &'a Reading, tree: &'a Tree) -> Pen<'a> {
        Pen { text: &reading.text, tree, newline: newline_of(&reading.text) }
    }

    /// A Scenario at the end of the text, with this in its spec. A Lesson stays behind it.
    pub(super) fn new_scenario(reading: &Reading, spec: Piece) -> Result<Vec<Edit>, EditError> {
        let Piece::Map(spec) = spec else { return Err(EditError::NotThere) };
        let text = &reading.text;
        let newline = newline_of(text);
        let mut lines = scenario_document(spec).block(WIDTH);
        let lesson = reading.documents.iter().position(|document| document.kind == DocumentKind::Lesson);
        let before = reading.documents[..lesson.unwrap_or(reading.documents.len())].last();
        let at = match (before, lesson.map(|lesson| &reading.documents[lesson])) {
            (_, None) => text.len(),
            (None, Some(lesson)) => lesson.span.start,
            (Some(before), Some(_)) => before.span.end,
        };
        // Behind a separator, or in a text of nothing but comments, no other separator is needed.
        match before {
            Some(before) if before.kind != DocumentKind::Empty => lines.insert(0, "---".to_owned()),
            None if lesson.is_some() => lines.push("---".to_owned()),
            _ => {}
        }
        let ends_line = at == 0 || text[..at].ends_with('\n') || text[..at] == *"\u{feff}";
        let mut replacement = if ends_line { String::new() } else { newline.to_owned() };
        for line in lines {
            replacement += &line;
            replacement += newline;
        }
        Ok(vec![Edit { range: at..at, replacement }])
    }

    /// Sets the field at `path` from `root`. Creates what is missing on the way.
    pub(super) fn set(&self, root: NodeId, path: &[PathStep], piece: Piece) -> Result<Vec<Edit>, EditError> {
        let mut found = Field { key: None, value: root };
        for (depth, step) in path.iter().enumerate() {
            let node = self.tree.node(found.value);
            let next = match (&node.kind, step) {
                (NodeKind::Alias { .. }, _) => return Err(EditError::Shared),
                (NodeKind::Sequence { items, .. }, PathStep::Index(index)) => {
                    Some(Field { key: None, value: *items.get(*index).ok_or(EditError::NotThere)? })
                }
                (NodeKind::Mapping { .. }, PathStep::Key(name)) => self.own_entry(found.value, name),
                (NodeKind::Scalar { .. }, PathStep::Key(_)) if self.is_null(found.value) => {
                    return self.fill(found, nested(&path[depth..], piece)?);
                }
                _ => return Err(EditError::NotThere),
            };
            found = match (next, step) {
                (Some(next), _) => next,
                (None, PathStep::Key(name)) => {
                    return self.insert_entry(found.value, name, nested(&path[depth + 1..], piece)?);
                }
                (None, PathStep::Index(_)) => return Err(EditError::NotThere),
            };
        }
        if self.is_null(found.value) {
            return self.fill(found, piece);
        }
        self.replace(found, piece)
    }

    /// Replaces a value. A value in lines below its key is replaced by one behind the colon: only a list may be at the
    /// column of its key.
    fn replace(&self, field: Field, piece: Piece) -> Result<Vec<Edit>, EditError> {
        let node = self.tree.node(field.value);
        let whole = Edit { range: node.span.clone(), replacement: piece.flow() };
        let Some(key) = field.key else { return Ok(vec![whole]) };
        let key_end = self.tree.node(key).span.end;
        let colon = self.text[key_end..].find(|c: char| !c.is_whitespace()).map_or(key_end, |blanks| key_end + blanks);
        if !self.text[colon..].starts_with(':') {
            return Err(EditError::Inexpressible);
        }
        let value_line = self.line_start(node.span.start);
        if value_line == self.line_start(colon) {
            return Ok(vec![whole]);
        }
        let lines = value_line..self.lines_end(colon + 1, field.value);
        Ok(vec![
            Edit { range: colon + 1..colon + 1, replacement: format!(" {}", piece.flow()) },
            Edit { range: lines, replacement: String::new() },
        ])
    }

    /// The last entry of a name that is written in the map itself, not merged into it.
    fn own_entry(&self, map: NodeId, name: &str) -> Option<Field> {
        self.pairs(map)
            .iter()
            .rev()
            .find(|(key, _)| self.name_of(*key).as_deref() == Some(name))
            .map(|(key, value)| Field { key: Some(*key), value: *value })
    }

    fn pairs(&self, map: NodeId) -> &'a [(NodeId, NodeId)] {
        match &self.tree.node(map).kind {
            NodeKind::Mapping { entries, .. } => entries,
            _ => &[],
        }
    }

    fn name_of(&self, key: NodeId) -> Option<String> {
        self.tree.scalar(key).and_then(Scalar::into_key)
    }

    fn is_null(&self, id: NodeId) -> bool {
        matches!(&self.tree.node(id).kind, NodeKind::Scalar { .. }) && self.tree.scalar(id) == Some(Scalar::Null)
    }

    /// Sets the value of a field that has none.
    pub(super) fn fill(&self, field: Field, piece: Piece) -> Result<Vec<Edit>, EditError> {
        let node = self.tree.node(field.value);
        if !self.is_null(field.value) {
            return Err(EditError::NotThere);
        }
        let is_line = field.key.is_some_and(|key| self.starts_line(self.tree.node(key).span.start));
        let is_scalar = matches!(piece, Piece::Scalar(_));
        if !node.span.is_empty() {
            return Ok(vec![Edit { range: node.span.clone(), replacement: piece.flow() }]);
        }
        let at = node.span.start;
        if is_scalar || !is_line {
            // `{a}` has a key without a colon.
            let colon = if self.text[..at].ends_with(':') { "" } else { ":" };
            return Ok(vec![Edit { range: at..at, replacement: format!("{colon} {}", piece.flow()) }]);
        }
        let column = field.key.map_or(0, |key| self.column(self.tree.node(key).span.start));
        let indent = if matches!(piece, Piece::List(_)) { column } else { column + 2 };
        Ok(vec![self.lines(Gap::LineEnd(self.line_end(at)), indent, &piece.block(WIDTH))])
    }

    /// Adds a key to a map: behind the last key that precedes it in the order of the format, else at the end.
    fn insert_entry(&self, map: NodeId, name: &str, piece: Piece) -> Result<Vec<Edit>, EditError> {
        let NodeKind::Mapping { entries, flow } = &self.tree.node(map).kind else { return Err(EditError::NotThere) };
        let before = |(key, _): &&(NodeId, NodeId)| {
            let known = self.name_of(*key).and_then(|known| order_of(&known));
            known.zip(order_of(name)).is_some_and(|(known, new)| known < new)
        };
        let neighbour = entries.iter().rev().find(before).or(entries.last());
        let wrapped = Piece::Map(vec![(name.to_owned(), piece)]);
        if *flow {
            let inside = wrapped.flow();
            let inside = &inside[1..inside.len() - 1];
            return Ok(vec![match neighbour {
                Some((key, value)) => self.behind_in_flow(*key, *value, inside),
                None => self.inside_empty(map, inside),
            }]);
        }
        let Some((key, value)) = neighbour else { return Err(EditError::NotThere) };
        let column = self.column(self.entry_start(entries[0].0));
        let gap = self.gap_after(self.tree.node(*key).span.end, *value);
        Ok(vec![self.lines(gap, column, &wrapped.block(WIDTH.saturating_sub(column)))])
    }

    /// Adds an item behind another one, in the same layout.
    pub(super) fn insert_item_after(
        &self,
        list: NodeId,
        neighbour: NodeId,
        piece: Piece,
    ) -> Result<Vec<Edit>, EditError> {
        let NodeKind::Sequence { flow, .. } = &self.tree.node(list).kind else { return Err(EditError::NotThere) };
        if *flow {
            return Ok(vec![self.behind_in_flow(neighbour, neighbour, &piece.flow())]);
        }
        let dash = self.dash_of(neighbour).ok_or(EditError::Inexpressible)?;
        let lines = self.item_lines(neighbour, &piece);
        Ok(vec![self.lines(self.gap_after(dash + 1, neighbour), self.column(dash), &lines)])
    }

    /// Adds an item in front of all others: directly below the key, above the comments of the next item.
    pub(super) fn insert_first_item(&self, list: Field, piece: Piece) -> Result<Vec<Edit>, EditError> {
        let node = self.tree.node(list.value);
        let NodeKind::Sequence { items, flow } = &node.kind else { return Err(EditError::NotThere) };
        let Some(first) = items.first() else { return Ok(vec![self.inside_empty(list.value, &piece.flow())]) };
        if *flow {
            let at = self.tree.node(*first).span.start;
            return Ok(vec![Edit { range: at..at, replacement: format!("{}, ", piece.flow()) }]);
        }
        let dash = self.dash_of(*first).filter(|dash| self.starts_line(*dash)).ok_or(EditError::Inexpressible)?;
        let key = list.key.ok_or(EditError::Inexpressible)?;
        let below = self.line_end(self.tree.node(key).span.end);
        if below > dash {
            return Err(EditError::Inexpressible);
        }
        let lines = self.item_lines(*first, &piece);
        Ok(vec![self.lines(Gap::LineEnd(below), self.column(dash), &lines)])
    }

    /// An item as lines: as many lines as the layout of its neighbour asks for.
    fn item_lines(&self, neighbour: NodeId, piece: &Piece) -> Vec<String> {
        let is_block = matches!(&self.tree.node(neighbour).kind, NodeKind::Mapping { flow: false, .. });
        let lines = if is_block { piece.block(WIDTH) } else { piece.compact(WIDTH) };
        let lines = lines.into_iter().enumerate();
        lines.map(|(number, line)| format!("{} {line}", if number == 0 { "-" } else { " " })).collect()
    }

    /// Removes an item from a list. If it is the only item of a block under a key, the key goes as well.
    pub(super) fn remove_item(&self, list: NodeId, item: NodeId) -> Result<Vec<Edit>, EditError> {
        let NodeKind::Sequence { items, flow } = &self.tree.node(list).kind else { return Err(EditError::Shared) };
        let place = items.iter().position(|known| *known == item).ok_or(EditError::NotThere)?;
        if *flow {
            let before = place.checked_sub(1).map(|before| self.tree.node(items[before]).span.end);
            let span = self.tree.node(item).span.clone();
            return Ok(vec![self.out_of_flow(before, span.start, span.end)]);
        }
        if items.len() == 1 {
            let (map, key) = self.parent_entry(list).ok_or(EditError::Inexpressible)?;
            return self.remove_entry(map, key);
        }
        let dash = self.dash_of(item).ok_or(EditError::Inexpressible)?;
        let end = self.lines_end(dash + 1, item);
        if self.starts_line(dash) {
            return Ok(vec![Edit { range: self.line_start(dash)..end, replacement: String::new() }]);
        }
        let next = items.get(place + 1).and_then(|next| self.dash_of(*next)).ok_or(EditError::Inexpressible)?;
        Ok(vec![Edit { range: dash..next, replacement: String::new() }])
    }

    /// Removes a key and its value from a map.
    pub(super) fn remove_entry(&self, map: NodeId, key: NodeId) -> Result<Vec<Edit>, EditError> {
        let NodeKind::Mapping { entries, flow } = &self.tree.node(map).kind else { return Err(EditError::Shared) };
        let place = entries.iter().position(|(known, _)| *known == key).ok_or(EditError::Shared)?;
        let value = entries[place].1;
        let start = self.entry_start(key);
        let value_end = self.tree.node(value).span.end.max(self.tree.node(key).span.end);
        if *flow {
            let before = place.checked_sub(1).map(|before| {
                let (key, value) = entries[before];
                self.tree.node(value).span.end.max(self.tree.node(key).span.end)
            });
            return Ok(vec![self.out_of_flow(before, start, value_end)]);
        }
        if self.starts_line(start) {
            let end = self.lines_end(value_end, value);
            return Ok(vec![Edit { range: self.line_start(start)..end, replacement: String::new() }]);
        }
        // The first key behind a dash: the next one moves up to its place.
        match entries.get(place + 1) {
            Some((next, _)) => Ok(vec![Edit { range: start..self.entry_start(*next), replacement: String::new() }]),
            None => Ok(vec![Edit { range: self.tree.node(map).span.clone(), replacement: "{}".to_owned() }]),
        }
    }

    pub(super) fn parent_entry(&self, value: NodeId) -> Option<(NodeId, NodeId)> {
        self.tree.maps().find_map(|(map, entries)| {
            let (key, _) = entries.iter().find(|(_, known)| *known == value)?;
            Some((map, *key))
        })
    }

    /// Inserts between brackets, behind an item or entry; on a line of its own if its neighbour is.
    fn behind_in_flow(&self, start: NodeId, end: NodeId, inside: &str) -> Edit {
        let (start, end) = (self.tree.node(start).span.start, self.tree.node(end).span.end);
        let at = end.max(start);
        let separator = if self.starts_line(start) {
            format!(",{}{}", self.newline, " ".repeat(self.column(start)))
        } else {
            ", ".to_owned()
        };
        Edit { range: at..at, replacement: format!("{separator}{inside}") }
    }

    fn inside_empty(&self, collection: NodeId, inside: &str) -> Edit {
        let end = self.tree.node(collection).span.end - 1;
        Edit { range: end..end, replacement: inside.to_owned() }
    }

    /// Removes bytes between brackets, with the comma behind them, else the one before them.
    fn out_of_flow(&self, end_before: Option<usize>, start: usize, end: usize) -> Edit {
        let behind = &self.text[end..];
        let comma = behind.find(|c: char| !c.is_whitespace()).filter(|at| behind[*at..].starts_with(','));
        let range = match (comma, end_before) {
            (Some(comma), _) => {
                let rest = &behind[comma + 1..];
                let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                start..end + comma + 1 + blanks
            }
            (None, Some(before)) => before..end,
            (None, None) => start..end,
        };
        Edit { range, replacement: String::new() }
    }

    /// Where lines can be added behind a node whose key or dash ends at `head`.
    fn gap_after(&self, head: usize, id: NodeId) -> Gap {
        let node = self.tree.node(id);
        let ends_with_block_scalar = node.read_to > node.span.end && self.text[..node.read_to].ends_with('\n');
        if ends_with_block_scalar {
            return Gap::LineStart(node.read_to);
        }
        Gap::LineEnd(self.line_end(node.span.end.max(head)))
    }

    /// The end of the lines of a node, their last line break included.
    fn lines_end(&self, head: usize, id: NodeId) -> usize {
        match self.gap_after(head, id) {
            Gap::LineStart(at) => at,
            Gap::LineEnd(at) => at + self.text[at..].find('\n').map_or(self.text.len() - at, |newline| newline + 1),
        }
    }

    fn lines(&self, gap: Gap, column: usize, lines: &[String]) -> Edit {
        let indent = " ".repeat(column);
        let mut replacement = String::new();
        for line in lines {
            let line = format!("{indent}{line}");
            match gap {
                Gap::LineEnd(_) => replacement += &format!("{}{line}", self.newline),
                Gap::LineStart(_) => replacement += &format!("{line}{}", self.newline),
            }
        }
        let (Gap::LineEnd(at) | Gap::LineStart(at)) = gap;
        Edit { range: at..at, replacement }
    }

    /// The dash in front of an item of a block list.
    fn dash_of(&self, item: NodeId) -> Option<usize> {
        let mut before = &self.text[..self.tree.node(item).span.start];
        loop {
            before = before.trim_end();
            let line = &before[self.line_start(before.len())..];
            if before.ends_with('-') && !line.trim_start().starts_with('#') {
                return Some(before.len() - 1);
            }
            // A comment between the dash and its item.
            let comment = line.find('#')?;
            before = &before[..self.line_start(before.len()) + comment];
        }
    }

    /// Where an entry begins: at its key, or at the `?` of a key that is written out.
    fn entry_start(&self, key: NodeId) -> usize {
        let start = self.tree.node(key).span.start;
        let before = self.text[..start].trim_end();
        let line = &before[self.line_start(before.len())..];
        let is_explicit = before.ends_with('?') && line.chars().all(|c| matches!(c, ' ' | '-' | '?'));
        if is_explicit { before.len() - 1 } else { start }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The end of the line, in front of its line break.
    fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline);
        if end > at && self.text[..end].ends_with('\r') { end - 1 } else { end }
    }

    fn starts_line(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].chars().all(|c| c == ' ' || c == '\u{feff}')
    }

    fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().filter(|c| *c != '\u{feff}').count()
    }
}

/// The line break of the text: that of its first line.
fn newline_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The position of a field in the order of the format; `None` for an unknown field.
fn order_of(name: &str) -> Option<usize> {
    let order: Vec<&str> =
        [schema::DOCUMENT, schema::SPEC].iter().flat_map(|object| object.fields).map(|(name, _)| *name).collect();
    order.iter().position(|known| *known == name)
}

/// A new Scenario with this spec.
fn scenario_document(mut spec: Vec<(String, Piece)>) -> Piece {
    if !spec.iter().any(|(name, _)| name == "kubernetes") {
        spec.insert(0, ("kubernetes".to_owned(), Piece::quoted(KUBERNETES)));
    }
    Piece::map([
        ("apiVersion", Piece::plain(SCENARIO_VERSION)),
        ("kind", Piece::plain("Scenario")),
        ("spec", Piece::Map(spec)),
    ])
}
