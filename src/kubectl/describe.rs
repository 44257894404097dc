//! `kubectl describe`: lines of cells, aligned column by column (K11 to K15). What is the same for
//! every kind; [`job`], [`cron_job`], [`pod`], [`template`] and [`volumes`] have the rest.

mod cron_job;
mod job;
mod pod;
mod template;
mod volumes;

use super::Printed;
use super::columns::{Widths, align};
use super::command::{Describe, ShowEvents};
use super::duration::human;
use super::get::nothing_found;
use super::listing::Listing;
use super::view::{Conventions, View};
use crate::api::{Event, Labels, ObjectKey};
use crate::order;
use cron_job::cron_job;
use job::job;
use pod::pod;
use std::fmt::{self, Display, Write};

/// Every object that was asked for, two blank lines between them. A name that nothing has may be the beginning of names.
pub(super) fn run(describe: &Describe, view: &View<'_>) -> Printed {
    let mut printed = Printed::default();
    let mut texts = Vec::new();
    for (kind, names) in &describe.wanted {
        let all = || {
            let all = Listing::of(*kind, &describe.namespaces, view);
            describe.selector.iter().fold(all, |all, selector| all.matching(selector))
        };
        if names.is_empty() {
            texts.extend(all().describe(describe.show_events, view));
        }
        for name in names {
            let (exact, _) = all().named(std::slice::from_ref(name), view);
            let mut found = exact.describe(describe.show_events, view);
            if found.is_empty() {
                let known = all().names(view);
                let beginning: Vec<String> = known.into_iter().filter(|known| known.starts_with(name)).collect();
                found = all().named(&beginning, view).0.describe(describe.show_events, view);
            }
            if found.is_empty() {
                printed.not_found(kind.resource(), name);
            }
            texts.extend(found);
        }
    }
    printed.stdout = texts.join("\n\n");
    if texts.is_empty() && !printed.failed {
        printed.stderr = nothing_found(&describe.namespaces);
    }
    printed
}

impl Listing<'_> {
    fn describe(&self, show_events: ShowEvents, view: &View<'_>) -> Vec<String> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|object| job(object, show_events, view)).collect(),
            Listing::CronJobs(all) => all.iter().map(|object| cron_job(object, show_events, view)).collect(),
            Listing::Pods(pods) => pods.iter().map(|object| pod(object, show_events, view)).collect(),
            // The command line refuses it.
            Listing::Events(_) => Vec::new(),
        }
    }
}

/// A described object before its columns are aligned.
struct Page<'a> {
    view: &'a View<'a>,
    text: String,
}

/// Longer annotations get lines of their own, and are cut.
const LONGEST_ANNOTATION: usize = 140;

impl<'a> Page<'a> {
    fn new(view: &'a View<'a>) -> Page<'a> {
        Page { view, text: String::new() }
    }

    /// A line without cells: it ends all columns.
    fn line(&mut self, text: impl Display) {
        self.add(format_args!("{text}\n"));
    }

    /// `Title:  value`; the indentation belongs to the title.
    fn field(&mut self, title: &str, value: impl Display) {
        self.add(format_args!("{title}:\t{value}\n"));
    }

    /// `Title:  value`, if there is a value.
    fn optional_field(&mut self, title: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.field(title, value);
        }
    }

    /// `Title:  one` and the others below; `<none>` for none.
    fn list(&mut self, title: &str, values: &[String]) {
        let Some((first, others)) = values.split_first() else { return self.field(title, "<none>") };
        self.field(title, first);
        for other in others {
            self.add(format_args!("\t{other}\n"));
        }
    }

    fn labels(&mut self, title: &str, labels: &Labels) {
        self.list(title, &self.view.labels(labels));
    }

    fn annotations(&mut self, title: &str, annotations: &Labels) {
        let shown = annotations.iter().filter(|(key, _)| &***key != "kubectl.kubernetes.io/last-applied-configuration");
        let mut lines = Vec::new();
        for (key, value) in shown {
            let value = value.strip_suffix('\n').unwrap_or(value);
            if key.len() + value.len() + 2 <= LONGEST_ANNOTATION && !value.contains('\n') {
                lines.push(format!("{key}: {value}"));
                continue;
            }
            lines.push(format!("{key}:"));
            lines.extend(value.split('\n').map(|line| format!("  {}", shortened(line, LONGEST_ANNOTATION - 2))));
        }
        self.list(title, &lines);
    }

    /// The table at the end: events by their last time.
    fn events(&mut self, about: ObjectKey) {
        let mut events = self.view.events(|object| object == about);
        if events.is_empty() {
            return self.field("Events", "<none>");
        }
        order::sort_by_key(&mut events, |event| event.last);
        let mut rows: Vec<[String; 5]> = events.into_iter().map(|event| self.event(event)).collect();
        if self.view.conventions == Conventions::Recordings {
            rows.chunk_by_mut(|one, other| one[..4] == other[..4]).for_each(<[_]>::sort);
        }
        self.line("Events:");
        self.line("  Type\tReason\tAge\tFrom\tMessage");
        self.line("  ----\t------\t----\t----\t-------");
        for row in rows {
            self.line(format_args!("  {}", row.join("\t")));
        }
    }

    fn event(&self, event: &Event) -> [String; 5] {
        let view = self.view;
        let age = match event.count {
            ..=1 => view.age(event.first),
            count => format!("{} (x{count} over {})", view.age(event.last), view.age(event.first)),
        };
        [
            event.event_type.as_str().to_owned(),
            event.reason.to_owned(),
            age,
            event.source().to_owned(),
            view.event_message(event),
        ]
    }

    fn add(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        let _ = self.text.write_fmt(text);
    }

    fn finish(self) -> String {
        align(&self.text, Widths { least: 0, padding: 2 })
    }
}

/// At most so many bytes, and a sign that there was more.
fn shortened(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    let end = (0..=longest).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}...", &text[..end])
}

/// A whole number of seconds with its unit.
fn seconds(seconds: i64) -> String {
    format!("{seconds}s")
}
