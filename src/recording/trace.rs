//! A recording as the lines of a conformance trace: one JSON object per instant at which something was written
//! (tests/conformance/README.md, Traces).

use super::status::{self, Spelling, pod_name};
use super::trace_2::Details;
use super::{Object, Recording, Verb};
use crate::api::{CronJob, Event, Job, JobStatus, Message, ObjectKey, PodId, shown_message};
use crate::cluster::reason::StepId;
use crate::order::{self, Set};
use crate::time::Time;
use serde_json::{Map, Value, json};

impl Recording {
    /// The whole trace, version 1, a line each; `scenario` is the name of the file without `.yaml`.
    pub fn trace(&self, scenario: &str) -> Vec<String> {
        self.trace_lines(scenario, None)
    }

    /// The whole trace, version 2: with nodes, containers and the events about pods (docs/scenario.md, Traces).
    pub fn trace_2(&self, scenario: &str) -> Vec<String> {
        self.trace_lines(scenario, Some(Details::new(self)))
    }

    fn trace_lines(&self, scenario: &str, mut details: Option<Details<'_>>) -> Vec<String> {
        let mut first = self.first_line(scenario);
        if details.is_some() {
            first["trace"] = json!(2);
        }
        let mut lines = vec![first.to_string()];
        let mut steps = self.steps().iter().zip(0..).peekable();
        while let Some((first, _)) = steps.peek() {
            let at = first.at;
            let mut instant = Instant::default();
            while let Some((step, number)) = steps.next_if(|(step, _)| step.at == at) {
                if let Some(details) = &mut details {
                    details.tell(step, StepId(number));
                }
                for version in self.versions(step) {
                    instant.add(version.verb, &version.object);
                }
                for event in self.events(step).iter().filter(|event| !is_left_out(event)) {
                    let message = shown_message(event.combined, &message(&event.message));
                    let (kind, reason, count) = (event.event_type.as_str(), event.reason, event.count);
                    instant.events.push(format!("{kind} {reason} x{count}: {message}"));
                }
            }
            lines.extend(instant.line(at, self, details.as_mut()));
        }
        lines
    }

    fn first_line(&self, scenario: &str) -> Value {
        let mut line = json!({ "scenario": scenario });
        let refusals = |rejected: bool| -> Vec<&super::RefusedRequest> {
            let of_manifest = |refused: &&super::RefusedRequest| {
                let wake = self.step(refused.step).trigger.wake;
                matches!(wake, crate::cluster::reason::Wake::Manifest(_)) == rejected
            };
            self.refused().iter().filter(of_manifest).collect()
        };
        if let Some(rejected) = refusals(true).first() {
            line["rejected"] = json!(&*rejected.message);
        }
        let refused: Vec<Value> = refusals(false)
            .iter()
            .map(|refused| json!({ "t": seconds(refused.at), "message": &*refused.message }))
            .collect();
        if !refused.is_empty() {
            line["refused"] = json!(refused);
        }
        line
    }
}

/// Whether the recordings leave an event out: the real CronJob controller may see one completion twice, so only the
/// first write of each such event is recorded.
fn is_left_out(event: &Event) -> bool {
    event.reason == "SawCompletedJob" && event.count > 1
}

/// The writes of one instant.
#[derive(Default)]
struct Instant {
    jobs: order::Map<String, Vec<Value>>,
    cron_jobs: order::Map<String, Value>,
    pods: Set<PodId>,
    gone: Set<PodId>,
    events: Vec<String>,
}

impl Instant {
    fn add(&mut self, verb: Verb, object: &Object) {
        match object {
            Object::Job(job) => {
                let name = job.meta.name.to_string();
                self.jobs.get_or_insert_with(name, Default::default).push(job_write(verb, job));
            }
            Object::CronJob(cron_job) => {
                let name = cron_job.meta.name.to_string();
                self.cron_jobs.insert(name, cron_job_state(cron_job));
            }
            Object::Node(_) => {}
            Object::Pod(pod) => {
                self.pods.insert(pod.id);
                if verb == Verb::Remove {
                    self.gone.insert(pod.id);
                }
            }
        }
    }

    fn line(mut self, at: Time, recording: &Recording, details: Option<&mut Details<'_>>) -> Option<String> {
        let mut line = Map::new();
        line.insert("t".into(), seconds(at));
        let jobs: Vec<Value> = std::mem::take(&mut self.jobs).into_values().flatten().collect();
        if !jobs.is_empty() {
            line.insert("job".into(), json!(jobs));
        }
        if !self.cron_jobs.is_empty() {
            line.insert("cronJob".into(), self.cron_jobs.into_values().collect());
        }
        let pods = self.pods.iter().filter_map(|pod| {
            let gone = self.gone.contains(pod);
            Some((*pod, pod_state(*pod, gone, at, recording)?))
        });
        let pods: Vec<Value> = match details {
            None => pods.map(|(_, state)| Value::Object(state)).collect(),
            Some(details) => {
                details.add_nodes(at, &mut line);
                details.add_events(&mut line);
                pods.filter_map(|(pod, state)| details.pod(pod, at, state)).collect()
            }
        };
        if !pods.is_empty() {
            line.insert("pods".into(), json!(pods));
        }
        order::sort(&mut self.events);
        if !self.events.is_empty() {
            line.insert("events".into(), json!(self.events));
        }
        (line.len() > 1).then(|| Value::Object(line).to_string())
    }
}

fn job_write(verb: Verb, job: &Job) -> Value {
    if verb == Verb::Remove {
        return json!({ "name": &*job.meta.name, "deleted": true });
    }
    let op = match verb {
        Verb::Create => "create",
        Verb::Update | Verb::Remove => "update",
        Verb::Status => "status",
    };
    let mut write = json!({ "name": &*job.meta.name, "op": op, "status": job_status(&job.status) });
    if job.is_deleting() {
        write["deleting"] = json!(true);
    }
    write
}

/// A Job's status: times in whole seconds since the start, pods as `pod#N`, in their order.
fn job_status(status: &JobStatus) -> Value {
    let pods = |pods: &[PodId]| {
        let mut pods = pods.to_vec();
        order::sort(&mut pods);
        pods.into_iter().map(pod_name).collect()
    };
    let time = |time: Time| json!(time.seconds());
    status::job_status(status, &Spelling { time: &time, pods: &pods, message: &message })
}

/// The state of a CronJob; its last one, if it is removed at this instant.
fn cron_job_state(cron_job: &CronJob) -> Value {
    let mut state = json!({ "name": &*cron_job.meta.name });
    let names: Vec<&str> = cron_job.status.active.iter().map(|(_, name)| &**name).collect();
    state["active"] = json!(names);
    let mut status = Map::new();
    let times = [
        ("lastScheduleTime", cron_job.status.last_schedule_time),
        ("lastSuccessfulTime", cron_job.status.last_successful_time),
    ];
    for (field, time) in times {
        if let Some(time) = time {
            status.insert(field.into(), json!(time.seconds()));
        }
    }
    state["status"] = Value::Object(status);
    state
}

fn pod_state(id: PodId, gone: bool, at: Time, recording: &Recording) -> Option<Map<String, Value>> {
    let pod = recording.last_pod(id, at)?;
    let mut state = Map::new();
    state.insert("pod".into(), json!(id.0));
    if let Some(index) = pod.birth.index {
        state.insert("index".into(), json!(index));
    }
    if let Some(owner) = pod.owner
        && let Some(Object::Job(job)) = recording.history(ObjectKey::Job(owner)).next().map(|version| &version.object)
    {
        state.insert("job".into(), json!(&*job.meta.name));
    }
    state.insert("phase".into(), json!(pod.phase.as_str()));
    let flags = [
        ("node", pod.bound.is_some()),
        ("ready", pod.is_ready()),
        ("deleting", pod.is_deleting()),
        ("tracked", pod.tracked),
        ("gone", gone),
    ];
    for (field, holds) in flags {
        if holds {
            state.insert(field.into(), json!(true));
        }
    }
    if pod.restarts() > 0 {
        state.insert("restarts".into(), json!(pod.restarts()));
    }
    if let Some(count) = pod.birth.failure_count {
        state.insert("failureCount".into(), json!(count.to_string()));
        if pod.birth.ignored_failure_count > 0 {
            state.insert("ignoredFailureCount".into(), json!(pod.birth.ignored_failure_count.to_string()));
        }
    }
    Some(state)
}

fn message(message: &Message) -> String {
    message.text(&pod_name, &|_| "?????".to_owned())
}

/// Seconds as a trace writes them: 37, 0.137.
fn seconds(at: Time) -> Value {
    if at.millis() % 1000 == 0 { json!(at.millis() / 1000) } else { json!(at.millis() as f64 / 1000.0) }
}
