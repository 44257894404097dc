//! One line of `behaviors`.

use super::decoder::Decoder;
use crate::cluster::behavior::{Behavior, LogLine, OnTerminate};
use crate::cluster::input::PodSelector;
use crate::manifest::diagnostic::Code;
use crate::manifest::schema;
use crate::manifest::yaml::NodeId;
use crate::time::Span;
use std::rc::Rc;

impl Decoder<'_> {
    /// `None`, with a diagnostic, if anything in it is wrong.
    pub(super) fn behavior(&mut self, node: NodeId) -> Option<Behavior> {
        let before = self.errors;
        let fields = self.map(node, &schema::BEHAVIOR)?;
        let selector = match fields.field("match") {
            Some(node) => self.map(node, &schema::MATCH).and_then(|fields| self.selector(&fields)),
            None => Some(PodSelector::default()),
        };
        let starting = fields.field("starting").and_then(|node| self.length(node));
        let mut behavior = Behavior {
            selector: selector.unwrap_or_default(),
            chance_millionths: fields.field("chance").and_then(|node| self.chance(node)),
            starting,
            run: fields.field("run").and_then(|node| self.length_or_forever(node)),
            exit_code: fields.field("exitCode").and_then(|node| self.exit_code(node)),
            on_terminate: OnTerminate::default(),
            ready: fields.field("ready").and_then(|node| self.length_or_forever(node)),
            hang: fields.field("hang").and_then(|node| self.length_or_forever(node)),
            logs: fields.field("logs").and_then(|node| self.text(node)).map(|text| log_lines(&text)),
        };
        if let Some(fields) = fields.field("onTerminate").and_then(|node| self.map(node, &schema::ON_TERMINATE)) {
            behavior.on_terminate = OnTerminate {
                after: fields.field("after").and_then(|node| self.length_or_forever(node)),
                exit_code: fields.field("exitCode").and_then(|node| self.exit_code(node)),
            };
        }
        if let Some(node) = fields.field("starting")
            && (behavior.selector.container.is_some() || behavior.selector.restart.is_some())
        {
            self.report(node, Code::StartingOfContainer);
        }
        (self.errors == before).then_some(behavior)
    }

    /// From 0 to 255.
    pub(super) fn exit_code(&mut self, node: NodeId) -> Option<i32> {
        self.number(node, 0..=255)
    }
}

/// The lines of `logs`: `+5s Half way` is printed 5 s after the start, a line without a time together with the one
/// before it.
fn log_lines(text: &str) -> Rc<[LogLine]> {
    let mut after = Span::ZERO;
    let line = |line: &str| {
        let timed = line.strip_prefix('+').map(|rest| rest.split_once(' ').unwrap_or((rest, "")));
        let timed = timed.and_then(|(time, rest)| Some((Span::parse(time).ok()?, rest)));
        let (time, text) = timed.unwrap_or((after, line));
        after = after.max(time);
        LogLine { after, text: text.into() }
    };
    text.lines().map(line).collect()
}
