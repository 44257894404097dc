//! Events about pods and nodes, worked out from what components told ([`Told`]): the real recorders count equal ones up,
//! combine similar ones, and drop what is too much (P-17, P-92).

use super::{Object, Recording};
use crate::api::{
    ConfigKind, ContainerPlace, EventType, ImageName, Message, Name, NodeId, ObjectKey, Pod, PodId, PodReason,
    ProbeHandler, shown_message,
};
use crate::cluster::event_recorder::EventRecorder;
use crate::cluster::inventory::PullError;
use crate::cluster::reason::{Reason, Step, StepId};
use crate::cluster::told::{Killing, Missing, Told};
use crate::order::Map;
use crate::time::{Span, Time};

/// The size of every image, in bytes.
const IMAGE_SIZE: u32 = 4_000_000;

/// One write of an Event about a pod or a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodEvent {
    /// The step that told it.
    pub step: StepId,
    /// The pod or node.
    pub object: ObjectKey,
    /// The container it is about, if it is about one; by the field of the spec that lists it, and its name.
    pub container: Option<(ContainerPlace, Name)>,
    /// Normal or Warning.
    pub event_type: EventType,
    /// The reason, one word.
    pub reason: &'static str,
    /// Whether every container goes through it: it is made, and its image was there.
    pub is_routine: bool,
    /// The message.
    pub message: String,
    /// How often it happened.
    pub count: u32,
    /// First time.
    pub first: Time,
    /// Last time.
    pub last: Time,
    /// Who reported it.
    pub source: Source,
    /// Which Event object: writes with the same number are one object counted up.
    pub series: u32,
}

/// Who reports an Event about a pod or a node.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Scheduler,
    Kubelet(NodeId),
    NodeController,
    TaintEviction,
}

impl Source {
    /// As kubectl shows it.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Scheduler => "default-scheduler",
            Source::Kubelet(_) => "kubelet",
            Source::NodeController => "node-controller",
            Source::TaintEviction => "taint-eviction-controller",
        }
    }
}

/// How a pod is called in messages.
pub(crate) type PodNamer<'n> = &'n dyn Fn(PodId) -> String;

/// An event before it is counted.
struct Telling {
    object: ObjectKey,
    container: Option<(ContainerPlace, Name)>,
    event_type: EventType,
    reason: &'static str,
    message: String,
    source: Source,
}

/// Counts what is told, step by step.
pub(super) struct Teller<'r> {
    recording: &'r Recording,
    /// The objects whose events are worked out: what happens to one does not depend on the others.
    wanted: &'r dyn Fn(ObjectKey) -> bool,
    name: PodNamer<'r>,
    uid: PodNamer<'r>,
    recorders: Map<Source, EventRecorder>,
    /// Events of the scheduler that may be counted up, by their numbers.
    scheduling: Map<(PodId, u32), (u32, Time)>,
    series: u32,
}

impl Recording {
    /// The Events about some pods and nodes up to a time, in the order in which they were written; `name` and `uid` say
    /// how pods are called in their messages.
    pub(crate) fn pod_events_about(
        &self,
        wanted: &dyn Fn(ObjectKey) -> bool,
        until: Time,
        name: PodNamer<'_>,
        uid: PodNamer<'_>,
    ) -> Vec<PodEvent> {
        let mut teller = Teller::new(self, wanted, name, uid);
        let steps = self.steps().iter().zip(0..).take_while(|(step, _)| step.at <= until);
        steps.flat_map(|(step, number)| teller.of_step(step, StepId(number))).collect()
    }
}

impl<'r> Teller<'r> {
    pub(super) fn new(
        recording: &'r Recording,
        wanted: &'r dyn Fn(ObjectKey) -> bool,
        name: PodNamer<'r>,
        uid: PodNamer<'r>,
    ) -> Teller<'r> {
        Teller { recording, wanted, name, uid, recorders: Map::new(), scheduling: Map::new(), series: 0 }
    }

    /// The events of a step.
    pub(super) fn of_step(&mut self, step: &Step, id: StepId) -> Vec<PodEvent> {
        let mut events = Vec::new();
        for reason in self.recording.reasons(step) {
            match reason {
                Reason::MemoryLost => {
                    self.recorders.remove(&Source::NodeController);
                    self.recorders.remove(&Source::TaintEviction);
                }
                Reason::Bound { .. } => {
                    if let Some(node) = self.pod(step).and_then(|pod| pod.bound).map(|bound| bound.node) {
                        events.extend(self.tell(step, id, &Told::Scheduled(node)));
                    }
                }
                Reason::ContainersStarted { .. } => {
                    let count = self.pod(step).map_or(0, |pod| pod.birth.template.spec.containers.len());
                    for container in (0..count).map(|place| ContainerPlace::Regular(place as u16)) {
                        let started = [
                            Told::Pulled { container, took: None },
                            Told::Created(container),
                            Told::Started(container),
                        ];
                        events.extend(started.iter().filter_map(|told| self.tell(step, id, told)));
                    }
                }
                Reason::Told(told) => events.extend(self.tell(step, id, told)),
                // It is counted, and does not arrive (P-85).
                Reason::Untold(told) => drop(self.tell(step, id, told)),
                _ => {}
            }
        }
        events
    }

    /// The pod that a step is about, right after it.
    fn pod(&self, step: &Step) -> Option<&'r Pod> {
        match &self.recording.last(self.recording.history_of(step.key?), step.versions.end)?.object {
            Object::Pod(pod) => Some(pod),
            _ => None,
        }
    }

    fn tell(&mut self, step: &Step, id: StepId, told: &Told) -> Option<PodEvent> {
        if !object_of(step, told).is_some_and(self.wanted) {
            return None;
        }
        let telling = self.telling(step, told)?;
        let now = step.at.truncated();
        // Events of the new API have times finer than a second.
        let last = if telling.source == Source::Scheduler { step.at } else { now };
        let (message, count, first, series) = if telling.source == Source::Scheduler {
            let (series, first, count) = self.schedulers(&telling, told, last);
            (telling.message, count, first, series)
        } else {
            let part = telling.container.as_ref().map(|(_, name)| format!("{name}\0")).unwrap_or_default();
            let key = Message::Owned(format!("{part}{}", telling.message).into());
            let recorder = self.recorders.get_or_insert_with(telling.source, EventRecorder::default);
            let event = recorder.record(step.at, telling.object, telling.event_type, telling.reason, key).ok()?;
            // Series of different recorders must differ; those of the scheduler are even.
            let source = match telling.source {
                Source::Kubelet(node) => node.0 + 2,
                Source::NodeController => 1,
                Source::TaintEviction | Source::Scheduler => 2,
            };
            let series = event.series.wrapping_mul(2_000).wrapping_add(source).wrapping_mul(2).wrapping_add(1);
            (shown_message(event.combined, &telling.message), event.count, event.first, series)
        };
        Some(PodEvent {
            step: id,
            object: telling.object,
            container: telling.container,
            event_type: telling.event_type,
            reason: telling.reason,
            is_routine: matches!(told, Told::Created(_) | Told::Pulled { took: None, .. }),
            message,
            count,
            first,
            last,
            source: telling.source,
            series,
        })
    }

    /// Series, first time and count of an event of the scheduler.
    fn schedulers(&mut self, telling: &Telling, told: &Told, now: Time) -> (u32, Time, u32) {
        let ObjectKey::Pod(pod) = telling.object else { return (0, now, 1) };
        if let Told::UnschedulableAgain { event, count, .. } = told
            && let Some((series, first)) = self.scheduling.get(&(pod, *event))
        {
            return (*series, *first, *count);
        }
        self.series += 2;
        if let Told::Unschedulable { event, .. } = told {
            self.scheduling.insert((pod, *event), (self.series, now));
        }
        (self.series, now, 1)
    }

    fn telling(&self, step: &Step, told: &Told) -> Option<Telling> {
        use EventType::{Normal, Warning};
        let of_node = |node: NodeId, reason: &'static str, message: String| {
            let (object, source) = (ObjectKey::Node(node), Source::NodeController);
            Some(Telling { object, container: None, event_type: Normal, reason, message, source })
        };
        let node_name = |node: NodeId| self.recording.node_name(node).unwrap_or_default();
        let of_pod = |pod: PodId, event_type, reason, message: String, source| {
            Some(Telling { object: ObjectKey::Pod(pod), container: None, event_type, reason, message, source })
        };
        match told {
            Told::NodeNotReady(node) => {
                let message = format!("Node {} status is now: NodeNotReady", node_name(*node));
                return of_node(*node, "NodeNotReady", message);
            }
            Told::NodeRegistered(node) => {
                let node_name = node_name(*node);
                let message = format!("Node {node_name} event: Registered Node {node_name} in Controller");
                return of_node(*node, "RegisteredNode", message);
            }
            Told::NodeRemoved(node) => {
                let node_name = node_name(*node);
                let message = format!("Node {node_name} event: Removing Node {node_name} from Controller");
                return of_node(*node, "RemovingNode", message);
            }
            Told::PodNodeNotReady(pod) => {
                let message = "Node is not ready".to_owned();
                return of_pod(*pod, Warning, "NodeNotReady", message, Source::NodeController);
            }
            Told::MarkedForDeletion(pod) => {
                let message = format!("Marking for deletion Pod {}", self.path(*pod));
                return of_pod(*pod, Normal, "TaintManagerEviction", message, Source::TaintEviction);
            }
            Told::DeletionCancelled(pod) => {
                let message = format!("Cancelling deletion of Pod {}", self.path(*pod));
                return of_pod(*pod, Normal, "TaintManagerEviction", message, Source::TaintEviction);
            }
            Told::Preempted { pod, by, node } => {
                let message = format!("Preempted by pod {} on node {}", (self.uid)(*by), node_name(*node));
                return of_pod(*pod, Normal, "Preempted", message, Source::Scheduler);
            }
            _ => {}
        }
        let pod = self.pod(step)?;
        let spec = &pod.birth.template.spec;
        let kubelet = Source::Kubelet(pod.bound.map_or(NodeId(0), |bound| bound.node));
        let of_container = |place: ContainerPlace, event_type, reason, message: String| {
            let object = ObjectKey::Pod(pod.id);
            let container = spec.container(place).map(|container| (place, container.name.clone()));
            Some(Telling { object, container, event_type, reason, message, source: kubelet })
        };
        let container_name = |place: ContainerPlace| spec.container(place).map_or("", |container| &*container.name);
        let image = |place: ContainerPlace| spec.container(place).map_or("", |container| &*container.image);
        let full = || format!("{}_{}({})", (self.name)(pod.id), pod.birth.namespace, (self.uid)(pod.id));
        match told {
            Told::Scheduled(node) => {
                let message = format!("Successfully assigned {} to {}", self.path(pod.id), node_name(*node));
                of_pod(pod.id, Normal, "Scheduled", message, Source::Scheduler)
            }
            Told::Unschedulable { message, .. } | Told::UnschedulableAgain { message, .. } => {
                of_pod(pod.id, Warning, "FailedScheduling", message.to_string(), Source::Scheduler)
            }
            Told::DeadlineExceeded => {
                let message = PodReason::DeadlineExceeded.message().to_owned();
                of_pod(pod.id, Normal, "DeadlineExceeded", message, kubelet)
            }
            Told::Evicted => {
                let message = PodReason::Evicted.message().to_owned();
                of_pod(pod.id, Warning, "Evicted", message, kubelet)
            }
            Told::MountFailed { mount, missing } => {
                let need = spec.mounts.get(usize::from(*mount))?;
                let what = match missing {
                    Missing::Object => format!("{} \"{}\" not found", kind(need.kind), need.name),
                    Missing::Key(key) => {
                        let key = need.keys.get(usize::from(*key))?;
                        let of = match need.kind {
                            ConfigKind::ConfigMap => "configmap references non-existent config key",
                            ConfigKind::Secret => "references non-existent secret key",
                        };
                        format!("{of}: {key}")
                    }
                };
                let message = format!("MountVolume.SetUp failed for volume \"{}\" : {what}", need.volume);
                of_pod(pod.id, Warning, "FailedMount", message, kubelet)
            }
            Told::Pulling(place) => {
                of_container(*place, Normal, "Pulling", format!("Pulling image \"{}\"", image(*place)))
            }
            Told::Pulled { container, took: None } => of_container(
                *container,
                Normal,
                "Pulled",
                format!(
                    "Container image \"{}\" already present on machine and can be accessed by the pod",
                    image(*container)
                ),
            ),
            Told::Pulled { container, took: Some(took) } => of_container(
                *container,
                Normal,
                "Pulled",
                format!(
                    "Successfully pulled image \"{}\" in {} ({} including waiting). Image size: {IMAGE_SIZE} bytes.",
                    image(*container),
                    go_duration(*took),
                    go_duration(*took)
                ),
            ),
            Told::Created(place) => of_container(*place, Normal, "Created", "Container created".to_owned()),
            Told::Started(place) => of_container(*place, Normal, "Started", "Container started".to_owned()),
            Told::PullFailed { container, error } => {
                let image = image(*container);
                let message = format!("Failed to pull image \"{image}\": {}", pull_error(image, error));
                of_container(*container, Warning, "Failed", message)
            }
            Told::NeverPulled(place) => of_container(
                *place,
                Warning,
                "ErrImageNeverPull",
                format!("Container image \"{}\" is not present with pull policy of Never", image(*place)),
            ),
            Told::InvalidImageName(place) => {
                let image = image(*place);
                let why = ImageName::parse(image).err().map(|why| why.to_string()).unwrap_or_default();
                let message = format!(
                    "Failed to apply default image tag \"{image}\": couldn't parse image name \"{image}\": {why}"
                );
                of_container(*place, Warning, "InspectFailed", message)
            }
            Told::CannotStart { container, reason } => {
                of_container(*container, Warning, "Failed", format!("Error: {}", reason.as_str()))
            }
            Told::ConfigMissing { container, need, missing } => {
                let need = spec.container(*container)?.config.get(usize::from(*need))?;
                let message = match (missing, &need.key) {
                    (Missing::Key(_), Some(key)) => {
                        let of = match need.kind {
                            ConfigKind::ConfigMap => "ConfigMap",
                            ConfigKind::Secret => "Secret",
                        };
                        format!("Error: couldn't find key {key} in {of} {}/{}", pod.birth.namespace, need.name)
                    }
                    _ => format!("Error: {} \"{}\" not found", kind(need.kind), need.name),
                };
                of_container(*container, Warning, "Failed", message)
            }
            Told::RefusesRoot(place) => of_container(
                *place,
                Warning,
                "Failed",
                format!(
                    "Error: container has runAsNonRoot and image will run as root (pod: \"{}\", container: {})",
                    full(),
                    container_name(*place)
                ),
            ),
            Told::BackOffPulling(place) => {
                of_container(*place, Normal, "BackOff", format!("Back-off pulling image \"{}\"", image(*place)))
            }
            Told::BackOffRestarting(place) => of_container(
                *place,
                Warning,
                "BackOff",
                format!("Back-off restarting failed container {} in pod {}", container_name(*place), full()),
            ),
            Told::Killing { container, why } => {
                let container_name = container_name(*container);
                let init = if matches!(container, ContainerPlace::Init(_)) { "Init container" } else { "Container" };
                let message = match why {
                    Killing::Stopping => format!("Stopping container {container_name}"),
                    Killing::Probe { probe, restarts } => {
                        let probe = probe.as_str().to_lowercase();
                        let again = match (container, restarts) {
                            (ContainerPlace::Regular(_), true) => ", will be restarted",
                            _ => "",
                        };
                        format!("{init} {container_name} failed {probe} probe{again}")
                    }
                };
                of_container(*container, Normal, "Killing", message)
            }
            Told::ProbeErrored(place) => of_container(
                *place,
                Warning,
                "Unhealthy",
                "Readiness probe errored and resulted in unknown state: rpc error: code = NotFound desc = not found"
                    .to_owned(),
            ),
            Told::Unhealthy { container, probe } => {
                let handler = spec.container(*container)?.probe(*probe)?.handler;
                let why = match handler {
                    ProbeHandler::HttpGet => "HTTP probe failed with statuscode: 503",
                    ProbeHandler::TcpSocket => "connection refused",
                    ProbeHandler::Grpc | ProbeHandler::Exec => "unhealthy",
                };
                of_container(*container, Warning, "Unhealthy", format!("{} probe failed: {why}", probe.as_str()))
            }
            _ => None,
        }
    }

    /// `default/pi-abcde`
    fn path(&self, pod: PodId) -> String {
        let namespace = match self.recording.history(ObjectKey::Pod(pod)).next().map(|version| &version.object) {
            Some(Object::Pod(pod)) => &*pod.birth.namespace,
            _ => "default",
        };
        format!("{namespace}/{}", (self.name)(pod))
    }
}

/// The object that an event is about: mostly that of the step.
pub(super) fn object_of(step: &Step, told: &Told) -> Option<ObjectKey> {
    match told {
        Told::NodeNotReady(node) | Told::NodeRegistered(node) | Told::NodeRemoved(node) => Some(ObjectKey::Node(*node)),
        Told::PodNodeNotReady(pod)
        | Told::MarkedForDeletion(pod)
        | Told::DeletionCancelled(pod)
        | Told::Preempted { pod, .. } => Some(ObjectKey::Pod(*pod)),
        _ => step.key,
    }
}

fn kind(kind: ConfigKind) -> &'static str {
    match kind {
        ConfigKind::ConfigMap => "configmap",
        ConfigKind::Secret => "secret",
    }
}

/// The words of containerd (P-42).
fn pull_error(image: &str, error: &PullError) -> String {
    let Ok(parsed) = ImageName::parse(image) else { return String::new() };
    let full = parsed.full();
    let resolve = format!("failed to pull and unpack image \"{full}\": failed to resolve reference \"{full}\": ");
    match error {
        PullError::NotFound => format!("rpc error: code = NotFound desc = {resolve}{full}: not found"),
        PullError::Unauthorized => format!(
            "rpc error: code = Unknown desc = {resolve}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"
        ),
        PullError::Unavailable => format!(
            "rpc error: code = Unknown desc = {resolve}failed to do request: Head \"https://{}/v2/\": dial tcp: i/o timeout",
            parsed.host()
        ),
        PullError::Other(message) => format!("rpc error: code = Unknown desc = {message}"),
    }
}

/// As Go prints a duration: `1.3s`, `20.3s`, `1m3s`, `250ms`, `0s`.
fn go_duration(span: Span) -> String {
    let millis = span.millis();
    if millis == 0 {
        return "0s".to_owned();
    }
    if millis < 1000 {
        return format!("{millis}ms");
    }
    let (hours, minutes, rest) = (millis / 3_600_000, millis / 60_000 % 60, millis % 60_000);
    let seconds = format!("{}.{:03}", rest / 1000, rest % 1000);
    let seconds = seconds.trim_end_matches('0').trim_end_matches('.');
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{seconds}s"),
        _ => format!("{hours}h{minutes}m{seconds}s"),
    }
}
