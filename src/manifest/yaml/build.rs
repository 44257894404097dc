//! Events → tree. Open collections are on a stack of its own, so deeply nested texts cannot overflow that of the machine.

use super::guard;
use super::problem::{Located, YamlProblem};
use super::scalar::ScalarStyle;
use super::tree::{Node, NodeId, NodeKind, Tree};
use crate::limits::YAML_DEPTH;
use crate::order::Map;
use libyaml_safer::{Encoding, Error, ErrorKind, Event, EventData, MappingStyle, Parser, SequenceStyle};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// What most texts have for each node, or more: the nodes are not moved while a long text is read.
const BYTES_OF_A_NODE: usize = 12;

impl Tree {
    /// Reads the first document of `text`, which begins at byte `offset` of the whole text.
    pub(crate) fn parse(text: &str, offset: usize) -> Result<Tree, Located> {
        let mut reader = TreeReader::new(text, offset)?;
        loop {
            if let Some(read) = reader.advance(usize::MAX) {
                return read;
            }
        }
    }
}

/// Reads a document piece by piece.
pub(crate) struct TreeReader {
    parser: Parser<guard::Pieces>,
    builder: Builder,
}

impl TreeReader {
    /// A reader of the first document of `text`, which begins at byte `offset` of the whole text.
    pub(crate) fn new(text: &str, offset: usize) -> Result<TreeReader, Located> {
        let text: Rc<str> = text.into();
        let given: Rc<str> = match guard::given(&text) {
            Cow::Borrowed(given) if given.len() == text.len() => Rc::clone(&text),
            given => given.into(),
        };
        let nodes = Vec::with_capacity(text.len() / BYTES_OF_A_NODE);
        let tree = Tree { nodes, ..Tree::default() };
        let has_marks = given.contains(guard::MARK);
        let builder = Builder { text, offset, tree, open: Vec::new(), anchors: Map::new(), has_marks };
        if let Some(comma) = guard::tag_before_comma(&given) {
            return Err(builder.tag_before_comma(comma));
        }
        let mut parser = Parser::new();
        parser.set_encoding(Encoding::Utf8);
        parser.set_input(guard::Pieces::of(given));
        Ok(TreeReader { parser, builder })
    }

    /// Takes up to `events` more events; returns the tree once it is complete, or why there is none.
    pub(crate) fn advance(&mut self, events: usize) -> Option<Result<Tree, Located>> {
        for _ in 0..events {
            let event = match self.parser.parse() {
                Ok(event) => event,
                Err(error) => return Some(Err(self.builder.syntax(&error))),
            };
            if matches!(event.data, EventData::DocumentEnd { .. } | EventData::StreamEnd) {
                return Some(Ok(std::mem::take(&mut self.builder.tree)));
            }
            if let Err(problem) = self.builder.take(event) {
                return Some(Err(problem));
            }
        }
        None
    }
}

struct Builder {
    text: Rc<str>,
    offset: usize,
    tree: Tree,
    /// The collections that are not closed yet, each with the key that has no value yet.
    open: Vec<(NodeId, Option<NodeId>)>,
    anchors: Map<String, NodeId>,
    /// Whether the guard's marks stand for byte order marks.
    has_marks: bool,
}

impl Builder {
    fn take(&mut self, event: Event) -> Result<(), Located> {
        let (start, end) = (event.start_mark.index as usize, event.end_mark.index as usize);
        match event.data {
            EventData::Scalar { anchor, tag, mut value, style, .. } => {
                let style = match style {
                    libyaml_safer::ScalarStyle::SingleQuoted | libyaml_safer::ScalarStyle::DoubleQuoted => {
                        ScalarStyle::Quoted
                    }
                    libyaml_safer::ScalarStyle::Literal | libyaml_safer::ScalarStyle::Folded => ScalarStyle::Block,
                    _ => ScalarStyle::Plain,
                };
                // The line break at its end is the guard's.
                if style == ScalarStyle::Block && end > self.text.len() && value.ends_with('\n') {
                    value.pop();
                }
                let text = if self.has_marks { value.replace(guard::MARK, "\u{feff}") } else { value };
                let id = self.add(NodeKind::Scalar { text, style }, tag, start..end);
                self.anchor(anchor, id);
                self.attach(id);
            }
            EventData::Alias { anchor } => {
                let Some(target) = self.anchors.get(&anchor).copied() else {
                    let span = self.offset + start..self.offset + end;
                    return Err(Located { problem: YamlProblem::UnknownAnchor(anchor), span });
                };
                let id = self.add(NodeKind::Alias { target, name: anchor }, None, start..end);
                self.attach(id);
            }
            EventData::SequenceStart { anchor, tag, style, .. } => {
                let flow = style == SequenceStyle::Flow;
                self.open(NodeKind::Sequence { items: Vec::new(), flow }, anchor, tag, start..end)?;
            }
            EventData::MappingStart { anchor, tag, style, .. } => {
                let flow = style == MappingStyle::Flow;
                self.open(NodeKind::Mapping { entries: Vec::new(), flow }, anchor, tag, start..end)?;
            }
            EventData::SequenceEnd | EventData::MappingEnd => self.close(end),
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, kind: NodeKind, tag: Option<String>, span: Range<usize>) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let span = span.start.min(self.text.len())..span.end.min(self.text.len());
        let read_to = self.offset + span.end;
        let written = self.text.get(span.clone()).unwrap_or_default().trim_end().len();
        let span = self.offset + span.start..self.offset + span.start + written;
        self.tree.nodes.push(Node { kind, span, read_to, tag });
        id
    }

    fn anchor(&mut self, name: Option<String>, id: NodeId) {
        if let Some(name) = name {
            self.anchors.insert(name, id);
        }
    }

    fn attach(&mut self, id: NodeId) {
        let Some((parent, waiting)) = self.open.last_mut() else {
            self.tree.root = Some(id);
            return;
        };
        match &mut self.tree.nodes[parent.0 as usize].kind {
            NodeKind::Sequence { items, .. } => items.push(id),
            NodeKind::Mapping { entries, .. } => match waiting.take() {
                Some(key) => entries.push((key, id)),
                None => *waiting = Some(id),
            },
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => {}
        }
    }

    fn open(
        &mut self,
        kind: NodeKind,
        anchor: Option<String>,
        tag: Option<String>,
        span: Range<usize>,
    ) -> Result<(), Located> {
        let id = self.add(kind, tag, span);
        if self.open.len() >= YAML_DEPTH {
            return Err(Located { problem: YamlProblem::TooDeep, span: self.tree.node(id).span.clone() });
        }
        self.anchor(anchor, id);
        self.attach(id);
        self.open.push((id, None));
        Ok(())
    }

    /// A flow collection ends at its bracket, a block one with its last child.
    fn close(&mut self, end: usize) {
        let Some((id, _)) = self.open.pop() else { return };
        let node = self.tree.node(id);
        let (flow, last) = match &node.kind {
            NodeKind::Sequence { items, flow } => (*flow, items.last().copied()),
            NodeKind::Mapping { entries, flow } => (*flow, entries.last().map(|(_, value)| *value)),
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => return,
        };
        let (end, read_to) = match last {
            _ if flow => (self.offset + end, self.offset + end),
            Some(last) => (self.tree.node(last).span.end, self.tree.node(last).read_to),
            None => (node.span.end, node.read_to),
        };
        let node = &mut self.tree.nodes[id.0 as usize];
        node.span.end = end.max(node.span.start);
        node.read_to = read_to.max(node.span.end);
    }

    fn tag_before_comma(&self, comma: usize) -> Located {
        let line = self.text[..comma].matches('\n').count() as u64;
        let line = (line > 0).then_some(line + 1);
        let problem = YamlProblem::Syntax { problem: "did not find expected whitespace or line break", line };
        Located { problem, span: self.offset + comma..self.offset + comma + 1 }
    }

    fn syntax(&self, error: &Error) -> Located {
        let problem = YamlProblem::Syntax { problem: error.problem(), line: self.go_line(error) };
        let mark = match error.problem() {
            // Noticed behind the key that lacks it.
            "could not find expected ':'" => error.context_mark(),
            _ => error.problem_mark(),
        };
        let at = match mark {
            Some(mark) => (mark.index as usize).min(self.text.len()),
            None => self.text.find(is_control).unwrap_or(0),
        };
        let rest = self.text.get(at..).unwrap_or_default();
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        if length > 0 {
            return Located { problem, span: self.offset + at..self.offset + at + length };
        }
        // The mistake is noticed where nothing is written: mark the last line before it.
        let before = self.text[..at].trim_end();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let start = start + before[start..].len() - before[start..].trim_start().len();
        Located { problem, span: self.offset + start..self.offset + before.len().max(start) }
    }

    /// go-yaml names the line of the problem (the context's if that is the first line); it counts from 0 for its
    /// parser and from 1 for its scanner, and says nothing for 0.
    fn go_line(&self, error: &Error) -> Option<u64> {
        let line = |mark: Option<libyaml_safer::Mark>| mark.map_or(0, |mark| mark.line);
        let is_behind_end = error.problem_mark().is_some_and(|mark| mark.index as usize > self.text.len());
        // What is never closed, and a key of several lines, end before the guard's line break.
        let (is_open, is_key) = match error.problem() {
            "found unexpected end of stream" => (true, false),
            "could not find expected ':'" => (false, true),
            _ => (false, false),
        };
        let is_long_key = is_key && line(error.context_mark()) + 1 < line(error.problem_mark());
        let too_far = u64::from(is_behind_end && (is_open || is_long_key));
        // Behind spaces, the end of the text is on a line of its own; the guard has removed them.
        let cut_at = self.text.trim_end_matches(' ').len();
        let is_cut = cut_at < self.text.len() && self.text[..cut_at].ends_with('\n');
        let is_at_cut = error.problem_mark().is_some_and(|mark| mark.index as usize >= cut_at);
        let too_near = u64::from(is_cut && is_at_cut && !is_open && !is_key);
        let problem = (line(error.problem_mark()) + too_near).saturating_sub(too_far);
        match (problem, line(error.context_mark())) {
            (0, 0) => None,
            (0, context) => Some(context),
            (problem, _) if error.kind() == ErrorKind::Scanner => Some(problem + 1),
            (problem, _) => Some(problem),
        }
    }
}

/// The characters that libyaml's reader refuses.
fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f'..='\u{84}' | '\u{86}'..='\u{9f}')
}
