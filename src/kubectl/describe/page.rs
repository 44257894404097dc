//! The text of a described object: lines of cells, aligned column by column.

use crate::api::{Labels, ObjectKey};
use crate::kubectl::columns::{Widths, align, escaped};
use crate::kubectl::events::{SeenEvent, age_alone};
use crate::kubectl::snapshot::{Conventions, Snapshot};
use crate::limits::whole_letters;
use crate::order;
use serde_json::Value;
use std::fmt::{self, Display, Write};

/// The text of a described object before its columns are aligned.
pub(super) struct Page<'a> {
    pub(super) snapshot: &'a Snapshot<'a>,
    /// The metadata of the pod that is described: what a `fieldRef` in its environment can be resolved from.
    pub(super) pod_metadata: Option<Value>,
    text: String,
}

/// In bytes. Longer attributes of a volume are cut; longer annotations get lines of their own and are cut.
pub(super) const LONGEST_LINE: usize = 140;

impl<'a> Page<'a> {
    pub(super) fn new(snapshot: &'a Snapshot<'a>) -> Page<'a> {
        Page { snapshot, pod_metadata: None, text: String::new() }
    }

    /// A line without cells; it ends all columns.
    pub(super) fn line(&mut self, text: impl Display) {
        self.add(format_args!("{text}\n"));
    }

    /// `Title:  value`; the indentation belongs to the title.
    pub(super) fn field(&mut self, title: &str, value: impl Display) {
        self.add(format_args!("{title}:\t{value}\n"));
    }

    /// `Title:  value`, if there is a value.
    pub(super) fn optional_field(&mut self, title: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.field(title, value);
        }
    }

    /// `Title:  first`, and the others in lines below; `<none>` for an empty list.
    pub(super) fn list(&mut self, title: &str, values: &[String]) {
        let Some((first, others)) = values.split_first() else { return self.field(title, "<none>") };
        self.field(title, first);
        for other in others {
            self.add(format_args!("\t{other}\n"));
        }
    }

    pub(super) fn labels(&mut self, title: &str, labels: &Labels) {
        self.list(title, &self.snapshot.labels(labels));
    }

    pub(super) fn annotations(&mut self, title: &str, annotations: &Labels) {
        let shown = annotations.iter().filter(|(key, _)| &***key != "kubectl.kubernetes.io/last-applied-configuration");
        let mut lines = Vec::new();
        for (key, value) in shown {
            let value = value.strip_suffix('\n').unwrap_or(value);
            if key.len() + value.len() + 2 <= LONGEST_LINE && !value.contains('\n') {
                lines.push(format!("{key}: {value}"));
                continue;
            }
            lines.push(format!("{key}:"));
            lines.extend(value.split('\n').map(|line| format!("  {}", shortened(line, LONGEST_LINE - 2))));
        }
        self.list(title, &lines);
    }

    /// The table of events at the end, ordered by their last time; those of the new API have none, and come first.
    pub(super) fn events(&mut self, about: ObjectKey) {
        let mut events = self.snapshot.events_of(about);
        if events.is_empty() {
            return self.field("Events", "<none>");
        }
        order::sort_by_key(&mut events, |event| (!event.is_new_style).then_some(event.last));
        let mut rows: Vec<[String; 5]> = events.iter().map(|event| self.event(event)).collect();
        if self.snapshot.conventions == Conventions::Recordings {
            let are_alike = |one: &[String; 5], other: &[String; 5]| match about {
                ObjectKey::CronJob(_) | ObjectKey::Job(_) => one[..4] == other[..4],
                ObjectKey::Pod(_) | ObjectKey::Node(_) => age_alone(&one[2]) == age_alone(&other[2]),
            };
            rows.chunk_by_mut(are_alike).for_each(<[_]>::sort);
        }
        self.line("Events:");
        self.line("  Type\tReason\tAge\tFrom\tMessage");
        self.line("  ----\t------\t----\t----\t-------");
        for row in rows {
            self.line(format_args!("  {}", row.join("\t")));
        }
    }

    fn event(&self, event: &SeenEvent) -> [String; 5] {
        let part = if event.field_path.is_empty() { String::new() } else { format!("{}: ", event.field_path) };
        [
            event.event_type.as_str().to_owned(),
            event.reason.to_owned(),
            self.snapshot.event_age(event),
            event.component.to_owned(),
            format!("{part}{}", event.message),
        ]
    }

    pub(super) fn add(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = self.text.write_fmt(text);
    }

    pub(super) fn finish(self) -> String {
        align(&escaped(&self.text), Widths { least: 0, padding: 2 })
    }
}

/// The text cut to `longest` bytes, with `...` if it was cut.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    format!("{}...", whole_letters(text, longest))
}

/// A whole number of seconds with its unit.
pub(super) fn seconds(seconds: i64) -> String {
    format!("{seconds}s")
}
