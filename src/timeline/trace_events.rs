//! A run in the Trace Event Format, which Perfetto and other viewers of traces open: a process for each Job, CronJob and
//! for the cluster, a thread for each lane, pod and container; times are microseconds of virtual time.

use super::controller::{SyncMark, Verdict};
use super::cron::{CronLane, Fate};
use super::depth::{ContainerBar, Pull, Run};
use super::job_lane::StretchKind;
use super::pods::{Bar, PodEnding, SegmentKind};
use super::{JobTrack, Timeline};
use crate::api::ConditionStatus;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use serde_json::{Value, json};

/// The trace as a JSON object. Names are Kubernetes's own words.
pub fn trace_events(recording: &Recording, scenario: &Scenario, timeline: &Timeline) -> String {
    let mut trace = Trace { lines: Vec::new(), processes: 0, threads: 0 };
    trace.cluster(recording, timeline);
    timeline.cron_jobs.iter().for_each(|lane| trace.cron_job(lane));
    timeline.jobs.iter().for_each(|track| trace.job(recording, track));
    let about = json!({ "kubernetes": "1.36", "startTime": crate::time::rfc3339(scenario.start_unix_seconds) });
    let events = trace.lines.join(",\n");
    format!("{{\"displayTimeUnit\":\"ms\",\"otherData\":{about},\"traceEvents\":[\n{events}\n]}}\n")
}

struct Trace {
    /// An event each.
    lines: Vec<String>,
    processes: u32,
    threads: u32,
}

/// Where events stand: a process and one of its threads.
#[derive(Clone, Copy)]
struct Place(u32, u32);

impl Trace {
    fn process(&mut self, name: &str) -> u32 {
        self.processes += 1;
        self.threads = 0;
        let number = self.processes;
        self.meta(Place(number, 0), "process_name", json!({ "name": name }));
        self.meta(Place(number, 0), "process_sort_index", json!({ "sort_index": number }));
        number
    }

    fn thread(&mut self, process: u32, name: &str) -> Place {
        self.threads += 1;
        let place = Place(process, self.threads);
        self.meta(place, "thread_name", json!({ "name": name }));
        self.meta(place, "thread_sort_index", json!({ "sort_index": self.threads }));
        place
    }

    fn meta(&mut self, place: Place, name: &str, args: Value) {
        self.push("M", place, Time::ZERO, name, &json!({ "args": args }));
    }

    /// Something that goes on for a while.
    fn slice(&mut self, place: Place, (from, to): (Time, Time), name: &str, args: Value) {
        self.push("X", place, from, name, &json!({ "dur": micros(to - from), "args": args }));
    }

    /// Something that happens.
    fn instant(&mut self, place: Place, at: Time, name: &str, args: Value) {
        self.push("i", place, at, name, &json!({ "s": "t", "args": args }));
    }

    fn push(&mut self, phase: &str, Place(process, thread): Place, at: Time, name: &str, more: &Value) {
        let mut event =
            json!({ "ph": phase, "pid": process, "tid": thread, "ts": micros(at - Time::ZERO), "name": name });
        if let (Some(event), Some(more)) = (event.as_object_mut(), more.as_object()) {
            event.extend(more.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        self.lines.push(event.to_string());
    }

    /// What happens from outside, and when nodes have which pods.
    fn cluster(&mut self, recording: &Recording, timeline: &Timeline) {
        let happened = || timeline.faults.iter().filter(|fault| !fault.disabled);
        if happened().next().is_none() {
            return;
        }
        let process = self.process("Cluster");
        let place = self.thread(process, "inputs");
        for fault in happened() {
            let hit = fault.pod.map(|pod| recording.pod_name(pod));
            let node = fault.action.node().map(|node| node.to_string());
            self.instant(
                place,
                fault.at,
                fault.action.keyword(),
                json!({ "pod": hit, "node": node, "refused": fault.refused.as_deref() }),
            );
        }
    }

    fn cron_job(&mut self, lane: &CronLane) {
        let process = self.process(&format!("CronJob {}", lane.name));
        let place = self.thread(process, "schedule");
        for tick in &lane.ticks {
            let name = match tick.fate {
                Fate::Started { .. } => "SuccessfulCreate",
                Fate::Forbidden => "JobAlreadyActive",
                Fate::Missed => "MissSchedule",
            };
            self.instant(place, tick.mark.at, name, json!({ "scheduled": seconds(tick.scheduled) }));
        }
    }

    fn job(&mut self, recording: &Recording, track: &JobTrack) {
        let process = self.process(&format!("Job {}", track.name));
        let place = self.thread(process, "status");
        for stretch in &track.lane.stretches {
            let name = match stretch.kind {
                StretchKind::Active => "Active",
                StretchKind::Suspended => "Suspended",
                StretchKind::Finishing => "Finishing",
                StretchKind::Finished => "Finished",
            };
            self.slice(place, (stretch.from, stretch.to), name, json!({}));
        }
        for flag in &track.lane.flags {
            let is_true = flag.status == ConditionStatus::True;
            let name = format!("{}={}", flag.condition.as_str(), if is_true { "True" } else { "False" });
            self.instant(place, flag.mark.at, &name, json!({ "reason": flag.reason }));
        }
        for counts in &track.lane.counts {
            let args = json!({ "active": counts.active, "succeeded": counts.succeeded, "failed": counts.failed, "terminating": counts.terminating });
            self.push("C", Place(process, 0), counts.mark.at, "pods", &json!({ "args": args }));
        }
        let place = self.thread(process, "controller");
        track.syncs.iter().for_each(|sync| self.sync(place, sync));
        for backoff in &track.backoffs {
            let args =
                json!({ "failures": backoff.failures, "index": backoff.index, "length": backoff.length.to_string() });
            self.slice(place, (backoff.mark.at, backoff.ended.max(backoff.mark.at)), "backoff", args);
        }
        track.bars.iter().for_each(|bar| self.pod(recording, process, bar));
    }

    fn sync(&mut self, place: Place, sync: &SyncMark) {
        let name = match sync.verdict {
            Some(Verdict::HeldBack(_) | Verdict::IndexHeldBack { .. }) => "sync: backoff",
            Some(Verdict::Refused { .. }) => "sync: FailedCreate",
            Some(Verdict::Condition(condition)) => condition.as_str(),
            Some(Verdict::Suspended) => "Suspended",
            Some(Verdict::Resumed) => "Resumed",
            Some(Verdict::Deletes) => "TTL: delete",
            None => "sync",
        };
        self.instant(place, sync.mark.at, name, json!({ "wrote": sync.wrote, "step": sync.mark.step.0 }));
    }

    fn pod(&mut self, recording: &Recording, process: u32, bar: &Bar) {
        let name = recording.pod_name(bar.pod);
        let place = self.thread(process, &name);
        let depth = bar.depth.as_deref();
        let node = depth.and_then(|depth| depth.bound).and_then(|(node, _)| recording.node_name(node));
        let args = json!({ "index": bar.birth.index, "attempt": bar.birth.attempt, "node": node });
        for segment in &bar.segments {
            let name = match segment.kind {
                SegmentKind::Pending => "Pending".to_owned(),
                SegmentKind::Waiting(waiting) => waiting.to_string(),
                SegmentKind::Running => "Running".to_owned(),
                SegmentKind::AwaitingRestart { .. } => "CrashLoopBackOff".to_owned(),
                SegmentKind::Terminating { .. } => "Terminating".to_owned(),
            };
            self.slice(place, (segment.from, segment.to), &name, args.clone());
        }
        for restart in &bar.restarts {
            self.instant(place, restart.mark.at, "restart", json!({ "restartCount": restart.number }));
        }
        if let Some(end) = &bar.end {
            let name = match end.how {
                PodEnding::Succeeded => "Succeeded",
                PodEnding::Failed => "Failed",
                PodEnding::Vanished => "Deleted",
            };
            self.instant(place, end.mark.at, name, json!({ "exitCode": end.exit_code, "oomKilled": end.oom }));
        }
        if let Some(gone) = bar.ghost {
            self.instant(place, gone.mark.at, "Deleted", json!({}));
        }
        for container in depth.map_or(&[][..], |depth| &depth.containers) {
            let place = self.thread(process, &format!("{name} {}", container.name));
            self.container(place, container);
        }
        let pulls = depth.map_or(&[][..], |depth| &depth.pulls);
        if !pulls.is_empty() {
            let place = self.thread(process, &format!("{name} pulls"));
            pulls.iter().for_each(|pull| self.pull(place, pull));
        }
    }

    fn container(&mut self, place: Place, container: &ContainerBar) {
        for Run { from, to, end, .. } in &container.runs {
            let args = json!({ "exitCode": end.map(|end| end.exit_code) });
            self.slice(place, (from.at, *to), &container.name, args);
        }
    }

    fn pull(&mut self, place: Place, pull: &Pull) {
        let name = if pull.failed { "ErrImagePull" } else { "Pulling" };
        self.slice(place, (pull.from.at, pull.to.at), name, json!({}));
    }
}

fn micros(span: Span) -> i64 {
    span.millis() * 1000
}

fn seconds(at: Time) -> f64 {
    at.millis() as f64 / 1000.0
}
