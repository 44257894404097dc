//! One run of a container, and the lines that it printed.

use crate::api::{ContainerPlace, ContainerState, ContainerStatus, Pod, WaitingReason, quoted};
use crate::cluster::behavior::ContainerRun;
use crate::kubectl::world::World;
use crate::program::{self, Surroundings};
use crate::time::calendar::Civil;
use crate::time::{Span, Time};
use std::collections::BTreeMap;

/// A run whose lines the kubelet still has: the current one of a container, and the one before.
pub(super) struct Log {
    pub(super) start: Time,
    /// `None` while it runs.
    pub(super) end: Option<Time>,
    pub(super) restart: u32,
}

/// A line of a log.
pub(super) struct Line {
    pub(super) at: Time,
    pub(super) text: String,
}

/// The run that is asked for.
///
/// # Errors
/// The kubelet's words for a container that has not run. Upstream: kubelet_pods.go validateContainerLogStatus.
pub(super) fn log_of(
    pod: &Pod,
    status: Option<&ContainerStatus>,
    previous: bool,
    pod_name: &str,
    container: &str,
) -> Result<Log, String> {
    let (pod_name, name) = (quoted(pod_name), quoted(container));
    let waiting = |why: &str| Err(format!("container {name} in pod {pod_name} is waiting to start: {why}"));
    let Some(status) = status else {
        let first = if pod.init_containers.is_some() { "PodInitializing" } else { "ContainerCreating" };
        return waiting(first);
    };
    let before = status.last.and_then(|last| Some((last.started?, last.finished?)));
    if previous {
        return match (before, status.state) {
            (Some((start, end)), state) => {
                let waits = matches!(state, ContainerState::Waiting(_));
                let restart = if waits { status.restart_count } else { status.restart_count.saturating_sub(1) };
                Ok(Log { start, end: Some(end), restart })
            }
            (None, _) => Err(format!("previous terminated container {name} in pod {pod_name} not found")),
        };
    }
    match (status.state, before) {
        (ContainerState::Running(start), _) => Ok(Log { start, end: None, restart: status.restart_count }),
        (ContainerState::Terminated(ended), _) => match (ended.started, ended.finished) {
            (Some(start), Some(end)) => Ok(Log { start, end: Some(end), restart: status.restart_count }),
            _ => Err(format!("container {name} in pod {pod_name} is terminated")),
        },
        (ContainerState::Waiting(_), Some((start, end))) => {
            Ok(Log { start, end: Some(end), restart: status.restart_count })
        }
        (ContainerState::Waiting(WaitingReason::ErrImagePull), None) => waiting("image can't be pulled"),
        (ContainerState::Waiting(WaitingReason::ImagePullBackOff), None) => waiting("trying and failing to pull image"),
        (ContainerState::Waiting(reason), None) => waiting(reason.as_str()),
    }
}

/// What a run printed up to a time: what the text says, else what its command tells, else one line that says that this
/// is not known.
pub(super) fn lines(pod: &Pod, place: ContainerPlace, log: &Log, until: Time, world: &World<'_>) -> Vec<Line> {
    let snapshot = &world.snapshot;
    let node = snapshot.node_of(pod);
    let run = ContainerRun { pod: pod.id, birth: &pod.birth, container: place, restart: log.restart, node };
    let told = world.behaviors.and_then(|behaviors| {
        let behavior = &behaviors.list[behaviors.position(run)?];
        behavior.logs.clone()
    });
    if let Some(told) = told {
        let lines = told.iter().map(|line| Line { at: log.start + line.after, text: line.text.to_string() });
        return lines.filter(|line| line.at <= until).collect();
    }
    let simulated = || world.lang.kubectl().simulated_log.to_owned();
    let start = log.start;
    let surroundings = Surroundings {
        start_unix_millis: snapshot.start_unix_seconds * 1000 + (start - Time::ZERO).millis(),
        until: until - start,
        hostname: snapshot.pod_name(pod),
        ..environment(pod, place)
    };
    let printed = run.declared().and_then(|container| {
        let started = container.into();
        program::guess(started, pod.birth.index).ok()?;
        program::output(started, pod.birth.index, &surroundings)
    });
    match printed {
        None => vec![Line { at: start, text: simulated() }],
        Some(printed) => {
            let lines = printed.into_iter().map(|line| Line {
                at: start + line.after.min(Span::from_seconds(1_000_000_000)),
                text: line.text.unwrap_or_else(simulated),
            });
            lines.collect()
        }
    }
}

fn environment(pod: &Pod, place: ContainerPlace) -> Surroundings {
    let spec = &pod.birth.template.spec.value;
    let container = match place {
        ContainerPlace::Init(place) => &spec["initContainers"][place as usize],
        ContainerPlace::Regular(place) => &spec["containers"][place as usize],
    };
    let mut variables: BTreeMap<String, Option<String>> = BTreeMap::new();
    for variable in container["env"].as_array().into_iter().flatten() {
        let Some(name) = variable["name"].as_str() else { continue };
        let value = match variable["valueFrom"]["fieldRef"]["fieldPath"].as_str() {
            Some("metadata.name") => Some(pod.birth.name()),
            Some("metadata.namespace") => Some(pod.birth.namespace.to_string()),
            Some(_) => None,
            None if variable["valueFrom"].is_null() => {
                // `$(NAME)` in it stands for another variable.
                variable["value"].as_str().or(Some("")).filter(|value| !value.contains("$(")).map(str::to_owned)
            }
            None => None,
        };
        variables.insert(name.to_owned(), value);
    }
    if let Some(index) = pod.birth.index {
        variables.insert("JOB_COMPLETION_INDEX".to_owned(), Some(index.to_string()));
    }
    let is_complete = container["envFrom"].as_array().is_none_or(Vec::is_empty);
    Surroundings { variables, is_complete, ..Surroundings::default() }
}

/// `2000-01-01T12:00:02.500000000Z`
pub(super) fn timestamp(at: Time, start_unix_seconds: i64) -> String {
    let millis = (at - Time::ZERO).millis();
    let Civil { year, month, day, hour, minute, second, .. } = Civil::of(start_unix_seconds + millis.div_euclid(1000));
    let nanos = millis.rem_euclid(1000) * 1_000_000;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanos:09}Z")
}

/// The status of one container, if the kubelet has seen its pod.
pub(super) fn status_of(pod: &Pod, place: ContainerPlace) -> Option<&ContainerStatus> {
    match place {
        ContainerPlace::Init(place) => pod.init_containers.as_ref()?.get(place as usize),
        ContainerPlace::Regular(place) => pod.containers.get(place as usize),
    }
}
