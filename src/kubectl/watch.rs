//! `kubectl get --watch`: every change from the playhead to the end of the recording (K3.6).

use super::command::{Get, OutputFormat};
use super::events;
use super::get_table;
use super::listing::Listing;
use super::note::Note;
use super::printer;
use super::resource::Resource;
use super::response::{Printed, Response};
use super::select;
use super::snapshot::Snapshot;
use super::table::RememberedWidths;
use super::world::World;
use crate::recording::{Object, Verb, Version};
use crate::time::Time;

/// The most changes that are printed.
const MOST: usize = 2_000;

/// Prints what is there, then every change.
pub(super) fn run(get: &Get, world: &World<'_>) -> Response {
    let mut printed = Printed::default();
    let snapshot = &world.snapshot;
    let found = select::found(&get.selection, world, &mut printed);
    let Some((resource, listing)) = found.into_iter().next().filter(|_| !printed.failed) else {
        return printed.into();
    };
    let names: Vec<String> = get.selection.wanted.iter().flat_map(|(_, names)| names.iter().cloned()).collect();
    if names.len() > 1 {
        let text = "watch is only supported on individual resources and resource collections";
        printed.fail(&format!("error: {text} - {} resources were found", names.len()));
        return printed.into();
    }
    printed.later = Some(Vec::new());
    let mut writer = Writer { get, resource, widths: RememberedWidths::default(), printed, has_header: false };
    if get.lists {
        writer.write(&listing, "ADDED", snapshot);
    }
    let changes = match resource {
        Resource::Event => changes_of_events(get, world),
        _ => changes(get, resource, world),
    };
    let left = changes.len().saturating_sub(MOST);
    for (at, what, listing) in changes.into_iter().take(MOST) {
        let there = Snapshot { at, ..*snapshot };
        let listing = match names.is_empty() {
            true => listing,
            false => listing.named(&names, &there).0,
        };
        writer.printed.goes_on_at(at);
        writer.write(&listing, what, &there);
    }
    let end = snapshot.recording.end().map(|(_, at)| at).filter(|end| *end > snapshot.at);
    let mut notes: Vec<Note> = Vec::new();
    if left > 0 {
        notes.push(Note::CutShort(left));
    }
    notes.extend(end.map(Note::BeyondRecording));
    Response { printed: writer.printed, until: end, notes, ..Response::default() }
}

/// A change: when, which, and of what.
type Change<'a> = (Time, &'static str, Listing<'a>);

fn changes<'a>(get: &Get, resource: Resource, world: &World<'a>) -> Vec<Change<'a>> {
    let (snapshot, recording) = (&world.snapshot, world.snapshot.recording);
    let first = recording.steps().partition_point(|step| step.at <= snapshot.at);
    let Ok((labels, fields)) = select::queries(&get.selection, resource) else { return Vec::new() };
    let mut changes = Vec::new();
    for step in &recording.steps()[first..] {
        for version in recording.versions(step) {
            let Some(listing) = listing_of(version, resource) else { continue };
            let there = Snapshot { at: step.at, ..*snapshot };
            let namespaces = listing.namespaces(&there);
            if namespaces.first().is_some_and(|namespace| !get.selection.namespaces.contain(namespace)) {
                continue;
            }
            let listing = select::narrowed(listing, resource, labels.as_ref(), fields.as_ref(), &there);
            if listing.count() > 0 {
                let what = match version.verb {
                    Verb::Create => "ADDED",
                    Verb::Update | Verb::Status => "MODIFIED",
                    Verb::Remove => "DELETED",
                };
                changes.push((step.at, what, listing));
            }
        }
    }
    changes
}

fn listing_of(version: &Version, resource: Resource) -> Option<Listing<'_>> {
    match (&version.object, resource) {
        (Object::Job(job), Resource::Job) => Some(Listing::Jobs(vec![job])),
        (Object::CronJob(cron_job), Resource::CronJob) => Some(Listing::CronJobs(vec![cron_job])),
        (Object::Pod(pod), Resource::Pod) => Some(Listing::Pods(vec![pod])),
        (Object::Node(node), Resource::Node) => Some(Listing::Nodes(vec![node])),
        _ => None,
    }
}

fn changes_of_events<'a>(get: &Get, world: &World<'a>) -> Vec<Change<'a>> {
    let snapshot = &world.snapshot;
    let Ok((_, fields)) = select::queries(&get.selection, Resource::Event) else { return Vec::new() };
    let mut changes = Vec::new();
    for (at, event) in events::written_after(snapshot) {
        let there = Snapshot { at, ..*snapshot };
        if !get.selection.namespaces.contain(there.namespace_of_event(&event)) {
            continue;
        }
        let what = if event.count > 1 { "MODIFIED" } else { "ADDED" };
        let listing = Listing::Events(vec![event]);
        let listing = select::narrowed(listing, Resource::Event, None, fields.as_ref(), &there);
        if listing.count() > 0 {
            changes.push((at, what, listing));
        }
    }
    changes
}

struct Writer<'g> {
    get: &'g Get,
    resource: Resource,
    widths: RememberedWidths,
    printed: Printed,
    has_header: bool,
}

impl Writer<'_> {
    fn write(&mut self, listing: &Listing<'_>, what: &str, snapshot: &Snapshot<'_>) {
        if listing.count() == 0 {
            return;
        }
        match &self.get.format {
            OutputFormat::Table { wide } => {
                let mut table = get_table::table(self.resource, listing, *wide, self.get, snapshot);
                if self.get.shows_changes {
                    table.prepend("EVENT", vec![what.to_owned(); listing.count()]);
                }
                let with_header = !self.has_header && !self.get.no_headers;
                self.has_header = true;
                self.printed.stdout += &table.remembered(&mut self.widths, with_header);
            }
            OutputFormat::Name => {
                for name in listing.names(snapshot) {
                    self.printed.stdout += &format!("{}/{name}\n", self.resource.qualified());
                }
            }
            format => {
                for value in listing.values(snapshot).into_iter().filter(|value| !value.is_null()) {
                    if matches!(format, OutputFormat::Yaml) && self.has_header {
                        self.printed.stdout += "---\n";
                    }
                    let no_headers = self.has_header || self.get.no_headers;
                    self.has_header = true;
                    match printer::print(format, &value, no_headers) {
                        Ok(text) => self.printed.stdout += &text,
                        Err(why) => self.printed.fail(&why),
                    }
                }
            }
        }
    }
}
