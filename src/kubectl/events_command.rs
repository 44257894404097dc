//! `kubectl events`: by their last time, and counted (K8.3). Upstream: kubectl/pkg/cmd/events.

use super::command::{Events, OutputFormat};
use super::events::{self, SeenEvent, age_alone, kind};
use super::note::Note;
use super::printer;
use super::response::{Printed, Response};
use super::snapshot::{Conventions, Namespaces, Snapshot};
use super::table::{RememberedWidths, Table};
use super::world::World;
use crate::order;
use serde_json::{Value, json};

/// Prints the events of some namespaces, or about one object.
pub(super) fn run(command: &Events, world: &World<'_>) -> Response {
    let snapshot = &world.snapshot;
    let mut printed = Printed::default();
    let is_wanted = |event: &SeenEvent, there: &Snapshot<'_>| {
        let is_about = |event: &SeenEvent| {
            command
                .about
                .as_ref()
                .is_none_or(|(resource, name)| resource.is_of(event.object) && there.name_of(event.object) == *name)
        };
        let is_of_type = || command.types.iter().any(|one| one.eq_ignore_ascii_case(event.event_type.as_str()));
        command.namespaces.contain(there.namespace_of_event(event))
            && is_about(event)
            && (command.types.is_empty() || is_of_type())
    };
    let mut events = snapshot.events_in(&command.namespaces);
    events.retain(|event| is_wanted(event, snapshot));
    if command.watch {
        return watched(command, &events, is_wanted, snapshot);
    }
    if events.is_empty() {
        printed.stderr = match &command.namespaces {
            Namespaces::One(namespace) => format!("No events found in {namespace} namespace.\n"),
            Namespaces::All => "No events found.\n".to_owned(),
        };
        return printed.into();
    }
    order::sort_by_key(&mut events, |event| event.last);
    match &command.format {
        OutputFormat::Table { .. } => {
            let mut rows: Vec<Vec<String>> = events.iter().map(|event| row(command, event, snapshot)).collect();
            if snapshot.conventions == Conventions::Recordings {
                rows.chunk_by_mut(|one, other| age_alone(&one[0]) == age_alone(&other[0])).for_each(<[_]>::sort);
            }
            let table = table(command, rows);
            printed.stdout = if command.no_headers { table.without_header() } else { table.with_header() };
        }
        OutputFormat::Name => {
            let names = events.iter().map(|event| format!("event/{}\n", snapshot.event_name(event)));
            printed.stdout = names.collect();
        }
        format => {
            let items: Vec<Value> = events.iter().map(|event| events::value(event, snapshot)).collect();
            let list = json!({ "apiVersion": "v1", "items": items, "kind": "List", "metadata": {} });
            match printer::print(format, &list, command.no_headers) {
                Ok(text) => printed.stdout = text,
                Err(why) => printed.fail(&why),
            }
        }
    }
    printed.into()
}

fn watched(
    command: &Events,
    known: &[SeenEvent],
    is_wanted: impl Fn(&SeenEvent, &Snapshot<'_>) -> bool,
    snapshot: &Snapshot<'_>,
) -> Response {
    let mut widths = RememberedWidths::default();
    let mut printed = Printed { later: Some(Vec::new()), ..Printed::default() };
    let mut with_header = !command.no_headers;
    let mut write = |event: &SeenEvent, there: &Snapshot<'_>| {
        let table = table(command, vec![row(command, event, there)]);
        if there.at > snapshot.at {
            printed.goes_on_at(there.at);
        }
        printed.stdout += &table.remembered(&mut widths, with_header);
        with_header = false;
    };
    known.iter().for_each(|event| write(event, snapshot));
    for (at, event) in events::written_after(snapshot) {
        let there = Snapshot { at, ..*snapshot };
        if is_wanted(&event, &there) {
            write(&event, &there);
        }
    }
    let end = snapshot.recording.end().map(|(_, at)| at).filter(|end| *end > snapshot.at);
    let notes = end.map(Note::BeyondRecording).into_iter().collect();
    Response { printed, until: end, notes, ..Response::default() }
}

fn row(command: &Events, event: &SeenEvent, snapshot: &Snapshot<'_>) -> Vec<String> {
    let row = [
        snapshot.event_age(event),
        event.event_type.as_str().to_owned(),
        event.reason.to_owned(),
        format!("{}/{}", kind(event.object), snapshot.name_of(event.object)),
        event.message.clone(),
    ];
    let namespace = snapshot.namespace_of_event(event).to_owned();
    let namespace = (command.namespaces == Namespaces::All).then_some(namespace);
    namespace.into_iter().chain(row).collect()
}

fn table(command: &Events, rows: Vec<Vec<String>>) -> Table {
    let columns = ["Namespace", "Last Seen", "Type", "Reason", "Object", "Message"];
    let mut table = Table::new(if command.namespaces == Namespaces::All { &columns } else { &columns[1..] });
    rows.into_iter().for_each(|row| table.push(row));
    table
}
