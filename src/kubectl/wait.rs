//! `kubectl wait` (K20): in the time of the run, so that it tells at once when it would have returned and with what.

use super::command::{Until, Wait};
use super::note::Note;
use super::resource::Resource;
use super::response::{Printed, Response};
use super::select;
use super::snapshot::Snapshot;
use super::world::World;
use crate::api::{ConditionType, ObjectKey};
use crate::recording::Object;
use crate::time::{Span, Time};
use serde_json::Value;

/// A negative timeout is a week.
const WEEK: Span = Span::from_seconds(7 * 24 * 3600);

/// Waits for all objects, one after the other; the time is shared. Upstream: kubectl/pkg/cmd/wait/wait.go.
pub(super) fn run(wait: &Wait, world: &World<'_>) -> Response {
    let snapshot = &world.snapshot;
    let timeout = if wait.timeout < Span::ZERO { WEEK } else { wait.timeout };
    let mut waiter = Waiter {
        world,
        deadline: snapshot.at + timeout,
        now: snapshot.at,
        is_check: timeout == Span::ZERO,
        by_name: wait.by_name,
        printed: Printed::default(),
        notes: Vec::new(),
        failures: Vec::new(),
    };
    for until in &wait.until {
        waiter.wait(wait, until);
        if waiter.printed.failed || !waiter.failures.is_empty() {
            break;
        }
    }
    waiter.finish()
}

struct Waiter<'w> {
    world: &'w World<'w>,
    deadline: Time,
    now: Time,
    /// `--timeout=0`: asks once.
    is_check: bool,
    by_name: bool,
    printed: Printed,
    notes: Vec<Note>,
    failures: Vec<String>,
}

/// An object that is waited for.
struct Wanted {
    resource: Resource,
    name: String,
    namespace: String,
    /// A pod has a name of its own; a Job may come again under the same name.
    key: Option<ObjectKey>,
}

impl Waiter<'_> {
    fn wait(&mut self, wait: &Wait, until: &Until) {
        if *until == Until::Created {
            return self.wait_for_creation(wait);
        }
        let there = World { snapshot: self.at(self.now), ..*self.world };
        let mut found = Printed::default();
        let blocks = select::found(&wait.selection, &there, &mut found);
        if *until == Until::Deleted {
            // What is not there is deleted.
            found = Printed { stderr: String::new(), failed: false, ..found };
        }
        let mut objects = Vec::new();
        for (resource, listing) in &blocks {
            let (namespaces, keys) = (listing.namespaces(&there.snapshot), listing.keys());
            for (place, name) in listing.names(&there.snapshot).into_iter().enumerate() {
                let namespace = namespaces.get(place).cloned().unwrap_or_default();
                let key = keys[place].filter(|key| matches!(key, ObjectKey::Pod(_)));
                objects.push(Wanted { resource: *resource, name, namespace, key });
            }
        }
        self.printed.stderr += &found.stderr;
        self.printed.failed |= found.failed;
        if objects.is_empty() && !found.failed && *until != Until::Deleted {
            return self.printed.fail("error: no matching resources found");
        }
        for object in objects {
            match self.time_of(&object, until) {
                Err(why) => self.printed.fail(&why),
                Ok(Some(at)) if at <= self.deadline || at <= self.now => {
                    self.now = self.now.max(at);
                    self.met(&object);
                }
                Ok(at) => self.not_met(&object, until, at),
            }
        }
    }

    fn met(&mut self, object: &Wanted) {
        let name = format!("{}/{}", object.resource.qualified(), object.name);
        self.printed.stdout += &if self.by_name { format!("{name}\n") } else { format!("{name} condition met\n") };
    }

    fn not_met(&mut self, object: &Wanted, until: &Until, at: Option<Time>) {
        let what = format!("{}/{}", object.resource.resource(), object.name);
        self.failures.push(match self.is_check {
            true => format!("condition not met for {what}"),
            false => format!("timed out waiting for the condition on {what}"),
        });
        let note = match (at, self.why_never(object, until)) {
            (Some(at), _) => Note::Later(at),
            (None, Some(note)) => note,
            (None, None) => match self.world.snapshot.recording.end() {
                Some((crate::recording::End::Settled, _)) | None => Note::NeverAgain,
                Some((_, end)) => Note::BeyondRecording(end),
            },
        };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
        self.now = self.deadline;
    }

    /// A Job that has ended otherwise does not become what is waited for.
    fn why_never(&self, object: &Wanted, until: &Until) -> Option<Note> {
        let Until::Condition(name, _) = until else { return None };
        if object.resource != Resource::Job {
            return None;
        }
        let recording = self.world.snapshot.recording;
        let mut ends = recording.jobs().filter_map(|id| {
            recording.history(ObjectKey::Job(id)).find_map(|version| match &version.object {
                Object::Job(job) if *job.meta.name == *object.name && *job.meta.namespace == *object.namespace => {
                    let ended = job.status.finished()?;
                    Some((ended.condition_type, recording.written_at(version)))
                }
                _ => None,
            })
        });
        let (condition, at) = ends.next_back()?;
        let condition = match condition {
            ConditionType::Complete => "Complete",
            _ => "Failed",
        };
        (!condition.eq_ignore_ascii_case(name)).then(|| Note::EndedAs { job: object.name.clone(), condition, at })
    }

    fn at(&self, at: Time) -> Snapshot<'_> {
        Snapshot { at, ..self.world.snapshot }
    }

    /// When something is true of an object, from now on; also later than the command waits.
    fn time_of(&self, object: &Wanted, until: &Until) -> Result<Option<Time>, String> {
        if self.holds(object, until, self.now)? {
            return Ok(Some(self.now));
        }
        for at in self.changes(object) {
            if at > self.now && self.holds(object, until, at)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// All objects that have or had this name.
    fn keys(&self, object: &Wanted) -> Vec<ObjectKey> {
        let snapshot = &self.world.snapshot;
        let recording = snapshot.recording;
        if let Some(key) = object.key {
            return vec![key];
        }
        let all: Vec<ObjectKey> = match object.resource {
            Resource::Job => recording.jobs().map(ObjectKey::Job).collect(),
            Resource::CronJob => recording.cron_jobs().map(ObjectKey::CronJob).collect(),
            Resource::Pod => recording.pods().map(ObjectKey::Pod).collect(),
            Resource::Node => recording.nodes().map(ObjectKey::Node).collect(),
            Resource::Event => Vec::new(),
        };
        let is_it =
            |key: &ObjectKey| snapshot.name_of(*key) == object.name && snapshot.namespace_of(*key) == object.namespace;
        all.into_iter().filter(is_it).collect()
    }

    /// The times at which an object of this name is written.
    fn changes(&self, object: &Wanted) -> Vec<Time> {
        let recording = self.world.snapshot.recording;
        let keys = self.keys(object).into_iter();
        let mut times: Vec<Time> =
            keys.flat_map(|key| recording.history(key).map(|version| recording.written_at(version))).collect();
        crate::order::sort(&mut times);
        times.dedup();
        times
    }

    fn holds(&self, object: &Wanted, until: &Until, at: Time) -> Result<bool, String> {
        let there = self.at(at);
        let value = self.keys(object).into_iter().map(|key| there.value(key)).find(|value| !value.is_null());
        let Some(value) = value else { return Ok(*until == Until::Deleted) };
        match until {
            Until::Deleted | Until::Created => Ok(*until == Until::Created),
            Until::Condition(name, wanted) => {
                let conditions = value["status"]["conditions"].as_array();
                let known = conditions
                    .into_iter()
                    .flatten()
                    .find(|condition| condition["type"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(name)));
                let status = known.and_then(|condition| condition["status"].as_str());
                Ok(status.is_some_and(|status| status.eq_ignore_ascii_case(wanted)))
            }
            Until::Path(path, wanted) => {
                let values = path.values(&value).map_err(|why| format!("error: {why}"))?;
                let [one] = &values[..] else {
                    return match values.len() {
                        0 => Ok(false),
                        _ => Err("error: given jsonpath expression matches more than one value".to_owned()),
                    };
                };
                match (one, wanted) {
                    (_, None) => Ok(true),
                    (Value::Array(_) | Value::Object(_), _) => {
                        Err("error: jsonpath leads to a nested object or list which is not supported".to_owned())
                    }
                    (one, Some(wanted)) => Ok(super::template::go_value::printed(one).trim() == wanted.trim()),
                }
            }
        }
    }

    fn wait_for_creation(&mut self, wait: &Wait) {
        for (resource, names) in select::named(&wait.selection, self.world) {
            if names.is_empty() {
                return self.printed.fail("error: resource name must be provided");
            }
            for name in names {
                let namespace =
                    if resource.is_namespaced() { wait.selection.namespace().to_owned() } else { String::new() };
                let object = Wanted { resource, name, namespace, key: None };
                match self.time_of(&object, &Until::Created) {
                    Ok(Some(at)) if at <= self.deadline => {
                        self.now = self.now.max(at);
                        self.met(&object);
                    }
                    Ok(at) => {
                        self.notes.push(at.map_or(Note::NeverAgain, Note::Later));
                        self.now = self.deadline;
                        self.printed.fail("error: timed out waiting for the condition");
                    }
                    Err(why) => self.printed.fail(&why),
                }
            }
        }
    }

    fn finish(mut self) -> Response {
        match &self.failures[..] {
            [] => {}
            [one] => {
                let line = format!("error: {one}");
                self.printed.fail(&line);
            }
            all => {
                let lines = all.join("\n");
                self.printed.fail(&lines);
            }
        }
        let until = (self.now > self.world.snapshot.at).then_some(self.now);
        if self.printed.failed && !self.notes.is_empty() || until.is_some() {
            self.notes.insert(0, Note::Returns(self.now));
        }
        Response { printed: self.printed, until, notes: self.notes, ..Response::default() }
    }
}
