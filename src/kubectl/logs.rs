//! `kubectl logs` (K21): which pods and containers, what is printed around their lines, and what there is to say where
//! there are none. What the lines are is in [`run`].

mod run;

use super::command::Logs;
use super::listing::Listing;
use super::note::Note;
use super::resource::Resource;
use super::response::{Later, Printed, Response};
use super::selector::Query;
use super::snapshot::{Namespaces, Snapshot};
use super::usage_error::UsageError;
use super::world::World;
use crate::api::{ContainerPlace, Pod, quoted};
use crate::limits::whole_letters;
use crate::order;
use crate::recording::address;
use crate::time::{Span, Time};
use run::{Log, log_of, status_of};
use std::cmp::Ordering;

/// How long kubectl waits for the first pod of a Job.
const POD_RUNNING_TIMEOUT: Span = Span::from_seconds(20);

/// Prints the logs of some containers. Upstream: kubectl/pkg/cmd/logs, polymorphichelpers/logsforobject.go.
pub(super) fn run(logs: &Logs, world: &World<'_>) -> Result<Response, UsageError> {
    let mut printed = Printed::default();
    let mut at = world.snapshot.at;
    let namespaces = Namespaces::One(logs.namespace.clone());
    let pods = match &logs.of {
        None => match selected(logs, &namespaces, &world.snapshot) {
            Ok(pods) => pods,
            Err(why) => {
                printed.fail(&why);
                return Ok(printed.into());
            }
        },
        Some((Resource::Pod, name)) => {
            let found = Listing::of(Resource::Pod, &namespaces, &world.snapshot);
            let found = found.named(std::slice::from_ref(name), &world.snapshot).0;
            let Listing::Pods(pods) = found else { return Ok(printed.into()) };
            if pods.is_empty() {
                not_found(&mut printed, "pods", name, &logs.namespace);
                return Ok(printed.into());
            }
            pods
        }
        Some((Resource::Job, name)) => {
            let jobs = world.snapshot.jobs(&namespaces);
            let Some(job) = jobs.into_iter().find(|job| *job.meta.name == **name) else {
                not_found(&mut printed, "jobs.batch", name, &logs.namespace);
                return Ok(printed.into());
            };
            let pods_at = |at: Time| {
                let there = Snapshot { at, ..world.snapshot };
                there.pods_where(|pod| {
                    pod.birth.namespace == job.meta.namespace && pod.is_meant_by(Some(&job.spec.selector))
                })
            };
            let births = world.snapshot.recording.pods().filter_map(|id| {
                let version = world.snapshot.recording.history(crate::api::ObjectKey::Pod(id)).next()?;
                Some(world.snapshot.recording.written_at(version))
            });
            let now = at;
            let mut times = births.filter(|born| *born > now && *born <= now + POD_RUNNING_TIMEOUT);
            let mut pods = pods_at(at);
            while pods.is_empty() {
                // It waits for the first one.
                match times.next() {
                    None => {
                        printed.fail("error: timed out waiting for the condition");
                        let until = Some(at.max(world.snapshot.at) + POD_RUNNING_TIMEOUT);
                        return Ok(Response { printed, until, ..Response::default() });
                    }
                    Some(time) => {
                        at = time;
                        pods = pods_at(at);
                    }
                }
            }
            order::sort_by(&mut pods, |one, other| by_logging(one, other));
            if !logs.all_pods && pods.len() > 1 {
                let name = world.snapshot.pod_name(pods[0]);
                printed.stderr += &format!("Found {} pods, using pod/{name}\n", pods.len());
            }
            if !logs.all_pods {
                pods.truncate(1);
            }
            pods
        }
        Some((Resource::CronJob, name)) => {
            let exists = world.snapshot.cron_jobs(&namespaces).iter().any(|known| *known.meta.name == **name);
            match exists {
                true => printed
                    .fail("error: cannot get the logs from *v1.CronJob: selector for *v1.CronJob not implemented"),
                false => not_found(&mut printed, "cronjobs.batch", name, &logs.namespace),
            }
            return Ok(printed.into());
        }
        Some((resource, _)) => {
            let (kind, what) = (resource.kind(), "cannot get the logs from");
            printed.fail(&format!("error: {what} *v1.{kind}: selector for *v1.{kind} not implemented"));
            return Ok(printed.into());
        }
    };
    let there = World { snapshot: Snapshot { at, ..world.snapshot }, ..*world };
    Ok(Streams { logs, world: &there, printed }.print(&pods))
}

fn selected<'a>(logs: &Logs, namespaces: &Namespaces, snapshot: &Snapshot<'a>) -> Result<Vec<&'a Pod>, String> {
    let query = Query::parse(logs.labels.as_deref().unwrap_or_default()).map_err(|why| {
        let labels = quoted(logs.labels.as_deref().unwrap_or_default());
        format!(
            "Error from server (BadRequest): Unable to find \"/v1, Resource=pods\" that match label selector {labels}, \
             field selector \"\": {why}"
        )
    })?;
    match Listing::Pods(snapshot.pods(namespaces)).matching(&query) {
        Listing::Pods(pods) => Ok(pods),
        _ => Ok(Vec::new()),
    }
}

fn not_found(printed: &mut Printed, resource: &str, name: &str, namespace: &str) {
    printed.fail(&format!(
        "error: error from server (NotFound): {resource} {} not found in namespace {}",
        quoted(name),
        quoted(namespace)
    ));
}

/// The pod of which most is to be expected comes first. Upstream: kubectl/pkg/util/podutils ByLogging.
fn by_logging(one: &Pod, other: &Pod) -> Ordering {
    let phase = |pod: &Pod| usize::from(pod.phase.as_str() == "Pending");
    let is_ready = |pod: &Pod| matches!(pod.ready.reason, crate::api::ReadyReason::Ready);
    let restarts = |pod: &Pod| pod.containers.iter().map(|status| status.restart_count).max().unwrap_or(0);
    one.bound
        .is_none()
        .cmp(&other.bound.is_none())
        .then_with(|| phase(one).cmp(&phase(other)))
        .then_with(|| is_ready(other).cmp(&is_ready(one)))
        .then_with(|| match is_ready(one) {
            true => one.ready.since.cmp(&other.ready.since),
            false => Ordering::Equal,
        })
        .then_with(|| restarts(other).cmp(&restarts(one)))
        .then_with(|| one.birth.created.cmp(&other.birth.created))
}

/// The streams of one command.
struct Streams<'s> {
    logs: &'s Logs,
    world: &'s World<'s>,
    printed: Printed,
}

impl Streams<'_> {
    fn print(mut self, pods: &[&Pod]) -> Response {
        let mut wanted = Vec::new();
        for pod in pods {
            match self.containers(pod) {
                Ok(places) => wanted.extend(places.into_iter().map(|place| (*pod, place))),
                Err(why) => {
                    self.printed.fail(&why);
                    return self.printed.into();
                }
            }
        }
        if wanted.is_empty() && self.logs.labels.is_some() {
            self.printed.stderr += &format!("No resources found in {} namespace.\n", self.logs.namespace);
        }
        if self.logs.follow && wanted.len() > self.logs.most_streams {
            let (count, most) = (wanted.len(), self.logs.most_streams);
            self.printed.fail(&format!(
                "error: you are attempting to follow {count} log streams, but maximum allowed concurrency is {most}, use \
                 --max-log-requests to increase the limit"
            ));
            return self.printed.into();
        }
        let mut until: Option<Time> = None;
        for (pod, place) in wanted {
            match self.stream(pod, place) {
                Ok(end) => until = until.max(end),
                Err(why) => {
                    self.printed.fail(&why);
                    break;
                }
            }
        }
        let until = until.filter(|until| *until > self.world.snapshot.at);
        let notes = until.map(Note::Returns).into_iter().collect();
        Response { printed: self.printed, until, notes, ..Response::default() }
    }

    /// The containers of a pod whose logs are wanted.
    fn containers(&mut self, pod: &Pod) -> Result<Vec<ContainerPlace>, String> {
        let spec = &pod.birth.template.spec;
        let name = self.world.snapshot.pod_name(pod);
        let regular = || spec.all_containers().filter(|(place, _)| matches!(place, ContainerPlace::Regular(_)));
        let first = || spec.all_containers().filter(|(place, _)| matches!(place, ContainerPlace::Init(_)));
        if self.logs.all_containers {
            return Ok(first().chain(regular()).map(|(place, _)| place).collect());
        }
        if let Some(wanted) = &self.logs.container {
            let place = spec.place_of(wanted);
            return place
                .map(|place| vec![place])
                .ok_or_else(|| format!("error: container {wanted} is not valid for pod {name}"));
        }
        let annotated = pod.birth.template.annotations.get("kubectl.kubernetes.io/default-container");
        if let Some(place) = annotated.and_then(|wanted| spec.place_of(wanted)) {
            return Ok(vec![place]);
        }
        let Some((place, container)) = regular().next() else { return Ok(Vec::new()) };
        if spec.container_count() > 1 {
            let names = regular().map(|(_, container)| container.name.to_string());
            let names = names.chain(first().map(|(_, container)| format!("{} (init)", container.name)));
            let names = names.collect::<Vec<_>>().join(", ");
            self.printed.stderr += &format!("Defaulted container \"{}\" out of: {names}\n", container.name);
        }
        Ok(vec![place])
    }

    /// Prints one log; returns its end, if it is followed.
    fn stream(&mut self, pod: &Pod, place: ContainerPlace) -> Result<Option<Time>, String> {
        let snapshot = &self.world.snapshot;
        let recording = snapshot.recording;
        let pod_name = snapshot.pod_name(pod);
        let container = pod.birth.template.spec.container(place).map_or("", |container| &container.name);
        // Without a node there is nobody to ask, and nothing to print.
        let Some(binding) = pod.bound else { return Ok(None) };
        if recording.is_silent(binding.node, snapshot.at) {
            let (address, namespace) = (address::of_node(binding.node), &pod.birth.namespace);
            let place = format!("https://{address}:10250/containerLogs/{namespace}/{pod_name}/{container}");
            let why = format!("dial tcp {address}:10250: connect: no route to host");
            return Err(format!("Error from server: Get \"{place}\": {why}"));
        }
        let refused = |why: String| format!("Error from server (BadRequest): {why}");
        let status = status_of(pod, place);
        let log = log_of(pod, status, self.logs.previous, &pod_name, container).map_err(refused)?;
        let Log { end, restart, .. } = log;
        let end = end.or_else(|| end_of_run(pod, place, restart, snapshot));
        let last = recording.end().map_or(snapshot.at, |(_, at)| at).max(snapshot.at);
        let shown_until =
            if self.logs.follow { end.unwrap_or(last) } else { snapshot.at.min(end.unwrap_or(snapshot.at)) };
        let mut lines = run::lines(pod, place, &log, end.unwrap_or(last), self.world);
        lines.retain(|line| line.at <= shown_until);
        if let Some(since) = self.logs.since {
            lines.retain(|line| line.at >= snapshot.at - since);
        }
        // A tail counts from the playhead; what follows comes in full.
        let printed = lines.iter().filter(|line| line.at <= snapshot.at).count();
        let skipped = self.logs.tail.map_or(0, |tail| printed.saturating_sub(tail));
        let mut text = String::new();
        let mut later: Vec<Later> = Vec::new();
        let mut at = snapshot.at;
        for line in lines.iter().skip(skipped) {
            if line.at > at || text.is_empty() && self.logs.follow {
                at = line.at.max(at);
                later.push(Later { byte: self.printed.stdout.len() + text.len(), at });
            }
            if self.logs.prefix {
                text += &format!("[pod/{pod_name}/{container}] ");
            }
            if self.logs.timestamps {
                text += &run::timestamp(line.at, snapshot.start_unix_seconds);
                text.push(' ');
            }
            text += &line.text;
            text.push('\n');
        }
        if let Some(limit) = self.logs.limit_bytes {
            text.truncate(whole_letters(&text, limit).len());
        }
        self.printed.stdout += &text;
        later.retain(|later| later.byte < self.printed.stdout.len());
        if self.logs.follow {
            self.printed.later.get_or_insert_default().extend(later);
        }
        Ok(self.logs.follow.then(|| end.unwrap_or(last)))
    }
}

/// When a run that has not ended yet ends in this recording.
fn end_of_run(pod: &Pod, place: ContainerPlace, restart: u32, snapshot: &Snapshot<'_>) -> Option<Time> {
    let recording = snapshot.recording;
    let key = crate::api::ObjectKey::Pod(pod.id);
    recording.history(key).filter(|version| recording.written_at(version) > snapshot.at).find_map(|version| {
        let crate::recording::Object::Pod(later) = &version.object else { return None };
        let written = recording.written_at(version);
        if version.verb == crate::recording::Verb::Remove {
            return Some(written);
        }
        let status = status_of(later, place)?;
        let has_ended =
            status.restart_count > restart || !matches!(status.state, crate::api::ContainerState::Running(_));
        has_ended.then_some(written)
    })
}
