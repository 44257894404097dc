//! Events as kubectl sees them: those of Jobs and CronJobs, which the recording holds, and those of pods and nodes,
//! which are worked out (K8).

use super::snapshot::{Conventions, Namespaces, Snapshot};
use super::table::Table;
use crate::api::{ContainerPlace, Event, EventType, ObjectKey, PodId};
use crate::order::{self, Map};
use crate::recording::{PodEvent, Source};
use crate::time::{Span, Time, rfc3339};
use serde_json::{Value, json};

/// How long after its last write the API server deletes an Event (C16.5).
const EVENT_LIFE: Span = Span::from_seconds(3600);

/// An Event object.
#[derive(Clone)]
pub(super) struct SeenEvent {
    pub(super) object: ObjectKey,
    /// The part of the object that it is about: `spec.containers{main}`.
    pub(super) field_path: String,
    pub(super) event_type: EventType,
    pub(super) reason: &'static str,
    pub(super) message: String,
    /// The component that reported it.
    pub(super) component: &'static str,
    /// Its node.
    pub(super) host: String,
    pub(super) count: u32,
    pub(super) first: Time,
    pub(super) last: Time,
    /// Of the new API: it has an eventTime and a series in place of first and last times.
    pub(super) is_new_style: bool,
    /// Whether it names the UID of its object; one that does not is not found by `kubectl describe`.
    pub(super) has_uid: bool,
    number: u32,
}

impl Snapshot<'_> {
    /// The Event objects about the `wanted` objects: those of the Job and CronJob controllers, then those about pods and
    /// nodes, each in the order of their creation.
    pub(super) fn events(&self, wanted: impl Fn(ObjectKey) -> bool) -> Vec<SeenEvent> {
        let recording = self.recording;
        let steps = recording.steps().iter().take_while(|step| step.at <= self.at);
        let written = steps.flat_map(|step| recording.events(step)).filter(|event| wanted(event.object));
        let living = written.filter(|event| self.at - event.last < EVENT_LIFE);
        let of_controllers: Vec<&Event> = match self.conventions {
            Conventions::Cluster => last_of_each(living, |event| event.series),
            Conventions::Recordings => living.collect(),
        };
        let name = |pod: PodId| self.name_of(ObjectKey::Pod(pod));
        let uid = |pod: PodId| self.uid_of(ObjectKey::Pod(pod));
        let told = recording.pod_events_about(&wanted, self.at, &name, &uid).into_iter();
        let told = told.filter(|event| self.at - event.last < EVENT_LIFE);
        let of_pods = match self.conventions {
            Conventions::Cluster => last_of_each(told, |event| event.series),
            Conventions::Recordings => {
                let (of_scheduler, others): (Vec<_>, Vec<_>) =
                    told.partition(|event| event.source == Source::Scheduler);
                let others = last_of_each(others.into_iter(), |event| event.series);
                of_scheduler.into_iter().chain(others).collect()
            }
        };
        let of_controllers = of_controllers.into_iter().map(|event| self.of_controller(event));
        of_controllers.chain(of_pods.into_iter().map(|event| self.of_pod(event))).collect()
    }

    pub(super) fn of_controller(&self, event: &Event) -> SeenEvent {
        SeenEvent {
            object: event.object,
            field_path: String::new(),
            event_type: event.event_type,
            reason: event.reason,
            message: self.event_message(event),
            component: event.source(),
            host: String::new(),
            count: event.count,
            first: event.first,
            last: event.last,
            is_new_style: false,
            has_uid: true,
            number: event.series,
        }
    }

    pub(super) fn of_pod(&self, event: PodEvent) -> SeenEvent {
        let field_path = event.container.as_ref().map(|(place, name)| match place {
            ContainerPlace::Init(_) => format!("spec.initContainers{{{name}}}"),
            ContainerPlace::Regular(_) => format!("spec.containers{{{name}}}"),
        });
        SeenEvent {
            object: event.object,
            field_path: field_path.unwrap_or_default(),
            event_type: event.event_type,
            reason: event.reason,
            message: event.message.trim().to_owned(),
            component: event.source.as_str(),
            host: match event.source {
                Source::Kubelet(node) => self.recording.node_name(node).unwrap_or_default().to_owned(),
                Source::Scheduler | Source::NodeController | Source::TaintEviction => String::new(),
            },
            count: event.count,
            first: event.first,
            last: event.last,
            is_new_style: event.source == Source::Scheduler,
            has_uid: event.source != Source::TaintEviction,
            number: event.series,
        }
    }

    /// `5s`, `5s (x3 over 20s)`
    pub(super) fn event_age(&self, event: &SeenEvent) -> String {
        match event.count {
            ..=1 => self.age(event.first),
            count => format!("{} (x{count} over {})", self.age(event.last), self.age(event.first)),
        }
    }

    /// metadata.namespace of an Event: that of its object; of one without, `default`.
    pub(super) fn namespace_of_event(&self, event: &SeenEvent) -> &str {
        match self.namespace_of(event.object) {
            "" => "default",
            namespace => namespace,
        }
    }

    /// metadata.name of an Event: the name of its object, and its first time in nanoseconds, in hexadecimal digits.
    pub(super) fn event_name(&self, event: &SeenEvent) -> String {
        let nanoseconds = (self.start_unix_seconds + event.first.seconds()) * 1_000_000_000 + i64::from(event.number);
        format!("{}.{nanoseconds:x}", self.name_of(event.object))
    }

    /// The Events that `kubectl describe` finds for an object: by its UID. The store of the recordings takes those without
    /// one for those of any node.
    pub(super) fn events_of(&self, about: ObjectKey) -> Vec<SeenEvent> {
        let is_node = matches!(about, ObjectKey::Node(_));
        let finds_others = is_node && self.conventions == Conventions::Recordings;
        let mut events = self.events(|object| object == about || finds_others);
        events.retain(|event| if event.has_uid { event.object == about } else { finds_others });
        events
    }

    /// All Events in some namespaces, in the order of their names.
    pub(super) fn events_in(&self, namespaces: &Namespaces) -> Vec<SeenEvent> {
        let mut events = self.events(|_| true);
        events.retain(|event| namespaces.contain(self.namespace_of_event(event)));
        order::sort_by_cached_key(&mut events, |event| (self.namespace_of_event(event), self.event_name(event)));
        events
    }
}

/// The last write of each series, in the order of the first ones: writes of one series are writes of one object.
fn last_of_each<T>(writes: impl Iterator<Item = T>, series: impl Fn(&T) -> u32) -> Vec<T> {
    let mut places: Map<u32, usize> = Map::new();
    let mut last: Vec<T> = Vec::new();
    for write in writes {
        match *places.get_or_insert_with(series(&write), || last.len()) {
            new if new == last.len() => last.push(write),
            place => last[place] = write,
        }
    }
    last
}

/// `5s` of `5s (x3 over 20s)`: the recordings are in no order among the events of one age.
pub(super) fn age_alone(age: &str) -> &str {
    age.split(' ').next().unwrap_or_default()
}

/// Every write of an Event after the moment of a snapshot, with its time.
pub(super) fn written_after(snapshot: &Snapshot<'_>) -> Vec<(Time, SeenEvent)> {
    let recording = snapshot.recording;
    let first = recording.steps().partition_point(|step| step.at <= snapshot.at);
    let of_controllers = recording.steps()[first..]
        .iter()
        .flat_map(|step| recording.events(step).iter().map(|event| (step.at, snapshot.of_controller(event))));
    let of_pods = recording.pod_events_in(first as u32..recording.steps().len() as u32).into_iter();
    let of_pods = of_pods.map(|event| (recording.step(event.step).at, snapshot.of_pod(event)));
    let mut all: Vec<(Time, SeenEvent)> = of_controllers.chain(of_pods).collect();
    order::sort_by_key(&mut all, |(at, _)| *at);
    all
}

/// The table of `kubectl get events`.
pub(super) fn table(events: &[SeenEvent], wide: bool, snapshot: &Snapshot<'_>) -> Table {
    let mut table = Table::new(match wide {
        false => &["Last Seen", "Type", "Reason", "Object", "Message"],
        true => {
            &["Last Seen", "Type", "Reason", "Object", "Subobject", "Source", "Message", "First Seen", "Count", "Name"]
        }
    });
    for event in events {
        let mut row = vec![
            snapshot.age(event.last),
            event.event_type.as_str().to_owned(),
            event.reason.to_owned(),
            format!("{}/{}", kind(event.object).to_lowercase(), snapshot.name_of(event.object)),
        ];
        match wide {
            false => row.push(event.message.clone()),
            true => row.extend([
                event.field_path.clone(),
                if event.host.is_empty() {
                    event.component.to_owned()
                } else {
                    format!("{}, {}", event.component, event.host)
                },
                event.message.clone(),
                snapshot.age(event.first),
                event.count.to_string(),
                snapshot.event_name(event),
            ]),
        }
        table.push(row);
    }
    table
}

pub(super) fn kind(object: ObjectKey) -> &'static str {
    match object {
        ObjectKey::CronJob(_) => "CronJob",
        ObjectKey::Job(_) => "Job",
        ObjectKey::Pod(_) => "Pod",
        ObjectKey::Node(_) => "Node",
    }
}

/// The whole Event.
pub(super) fn value(event: &SeenEvent, snapshot: &Snapshot<'_>) -> Value {
    let at = |time: Time| rfc3339(snapshot.start_unix_seconds + time.seconds());
    let micro = |time: Time| {
        let millis = (time - Time::ZERO).millis().rem_euclid(1000);
        at(time).replace('Z', &format!(".{millis:03}000Z"))
    };
    let api_version = if matches!(event.object, ObjectKey::CronJob(_) | ObjectKey::Job(_)) { "batch/v1" } else { "v1" };
    let namespace = snapshot.namespace_of_event(event);
    let mut value = json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {
            "name": snapshot.event_name(event),
            "namespace": namespace,
            "creationTimestamp": at(event.first),
        },
        "involvedObject": {
            "apiVersion": api_version,
            "kind": kind(event.object),
            "name": snapshot.name_of(event.object),
        },
        "type": event.event_type.as_str(),
        "reason": event.reason,
        "message": event.message,
        "reportingComponent": event.component,
        "reportingInstance": event.host,
    });
    let involved = &mut value["involvedObject"];
    if !matches!(event.object, ObjectKey::Node(_)) {
        involved["namespace"] = json!(namespace);
    }
    if event.has_uid {
        involved["uid"] = json!(snapshot.uid_of(event.object));
    }
    if !event.field_path.is_empty() {
        involved["fieldPath"] = json!(event.field_path);
    }
    let times = if event.is_new_style {
        json!({ "eventTime": micro(event.first), "firstTimestamp": null, "lastTimestamp": null, "source": {} })
    } else {
        json!({
            "count": event.count,
            "firstTimestamp": at(event.first),
            "lastTimestamp": at(event.last),
            "eventTime": null,
            "source": { "component": event.component },
        })
    };
    if let (Some(value), Value::Object(times)) = (value.as_object_mut(), times) {
        value.extend(times);
    }
    if event.is_new_style && event.count > 1 {
        value["series"] = json!({ "count": event.count, "lastObservedTime": micro(event.last) });
    }
    if !event.is_new_style && !event.host.is_empty() {
        value["source"]["host"] = json!(event.host);
    }
    value
}
