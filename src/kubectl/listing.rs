//! Objects of one kind, in the order in which they are listed: what `get` prints, whatever the kind.

use super::command::Kind;
use super::rows::{self, Detail};
use super::table::Table;
use super::view::{Namespaces, View};
use crate::api::{CronJob, Event, Job, LabelSelector, Labels, ObjectKey, Pod};
use crate::order;
use serde_json::{Value, json};

/// Living objects of one kind.
pub(super) enum Listing<'a> {
    Jobs(Vec<&'a Job>),
    CronJobs(Vec<&'a CronJob>),
    Pods(Vec<&'a Pod>),
    Events(Vec<&'a Event>),
}

impl<'a> Listing<'a> {
    /// All objects of a kind.
    pub(super) fn of(kind: Kind, namespaces: &Namespaces, view: &View<'a>) -> Listing<'a> {
        match kind {
            Kind::Job => Listing::Jobs(view.jobs(namespaces)),
            Kind::CronJob => Listing::CronJobs(view.cron_jobs(namespaces)),
            Kind::Pod => Listing::Pods(view.pods(namespaces)),
            Kind::Event => {
                let mut events = view.events(|object| namespaces.contain(view.namespace_of(object)));
                order::sort_by_key(&mut events, |event| (view.namespace_of(event.object), view.event_name(event)));
                Listing::Events(events)
            }
        }
    }

    /// Those with these names, in the order of the names; and the names that nothing has.
    pub(super) fn named(self, names: &[String], view: &View<'_>) -> (Listing<'a>, Vec<String>) {
        fn pick<T: Copy>(all: &[T], names: &[String], name_of: impl Fn(T) -> String) -> (Vec<T>, Vec<String>) {
            let (mut found, mut missing) = (Vec::new(), Vec::new());
            for name in names {
                match all.iter().find(|object| name_of(**object) == *name) {
                    Some(object) => found.push(*object),
                    None => missing.push(name.clone()),
                }
            }
            (found, missing)
        }
        match self {
            Listing::Jobs(all) => {
                let (found, missing) = pick(&all, names, |job| job.meta.name.to_string());
                (Listing::Jobs(found), missing)
            }
            Listing::CronJobs(all) => {
                let (found, missing) = pick(&all, names, |cron_job| cron_job.meta.name.to_string());
                (Listing::CronJobs(found), missing)
            }
            Listing::Pods(all) => {
                let (found, missing) = pick(&all, names, |pod| view.pod_name(pod));
                (Listing::Pods(found), missing)
            }
            Listing::Events(all) => {
                let (found, missing) = pick(&all, names, |event| view.event_name(event));
                (Listing::Events(found), missing)
            }
        }
    }

    /// Those whose labels fit.
    pub(super) fn matching(self, selector: &LabelSelector) -> Listing<'a> {
        match self {
            Listing::Jobs(mut jobs) => {
                jobs.retain(|job| selector.matches(&job.meta.labels));
                Listing::Jobs(jobs)
            }
            Listing::CronJobs(mut cron_jobs) => {
                cron_jobs.retain(|cron_job| selector.matches(&cron_job.meta.labels));
                Listing::CronJobs(cron_jobs)
            }
            Listing::Pods(mut pods) => {
                pods.retain(|pod| selector.matches(&pod.labels()));
                Listing::Pods(pods)
            }
            Listing::Events(mut events) => {
                events.retain(|_| selector.matches(&Labels::new()));
                Listing::Events(events)
            }
        }
    }

    pub(super) fn table(&self, detail: Detail, view: &View<'_>) -> Table {
        match self {
            Listing::Jobs(jobs) => rows::jobs(jobs, detail, view),
            Listing::CronJobs(cron_jobs) => rows::cron_jobs(cron_jobs, detail, view),
            Listing::Pods(pods) => rows::pods(pods, detail, view),
            Listing::Events(events) => rows::events(events, detail, view),
        }
    }

    pub(super) fn names(&self, view: &View<'_>) -> Vec<String> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| job.meta.name.to_string()).collect(),
            Listing::CronJobs(cron_jobs) => cron_jobs.iter().map(|cron_job| cron_job.meta.name.to_string()).collect(),
            Listing::Pods(pods) => pods.iter().map(|pod| view.pod_name(pod)).collect(),
            Listing::Events(events) => events.iter().map(|event| view.event_name(event)).collect(),
        }
    }

    pub(super) fn namespaces(&self, view: &View<'_>) -> Vec<String> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| job.meta.namespace.to_string()).collect(),
            Listing::CronJobs(cron_jobs) => {
                cron_jobs.iter().map(|cron_job| cron_job.meta.namespace.to_string()).collect()
            }
            Listing::Pods(pods) => pods.iter().map(|pod| pod.birth.namespace.to_string()).collect(),
            Listing::Events(events) => events.iter().map(|event| view.namespace_of(event.object).to_owned()).collect(),
        }
    }

    /// `k=v,k2=v2` of each.
    pub(super) fn labels(&self, view: &View<'_>) -> Vec<String> {
        let text = |labels: &Labels| match labels.is_empty() {
            true => "<none>".to_owned(),
            false => view.labels(labels).join(","),
        };
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| text(&job.meta.labels)).collect(),
            Listing::CronJobs(cron_jobs) => cron_jobs.iter().map(|cron_job| text(&cron_job.meta.labels)).collect(),
            Listing::Pods(pods) => pods.iter().map(|pod| text(&pod.labels())).collect(),
            Listing::Events(events) => events.iter().map(|_| text(&Labels::new())).collect(),
        }
    }

    /// The whole objects.
    pub(super) fn values(&self, view: &View<'_>) -> Vec<Value> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| view.value(ObjectKey::Job(job.id))).collect(),
            Listing::CronJobs(cron_jobs) => {
                cron_jobs.iter().map(|cron_job| view.value(ObjectKey::CronJob(cron_job.id))).collect()
            }
            Listing::Pods(pods) => pods.iter().map(|pod| view.value(ObjectKey::Pod(pod.id))).collect(),
            Listing::Events(events) => events.iter().map(|event| event_value(event, view)).collect(),
        }
    }
}

fn event_value(event: &Event, view: &View<'_>) -> Value {
    let at = |time: crate::time::Time| crate::time::rfc3339(view.start_unix_seconds + time.seconds());
    let (api_version, kind, uid) = match event.object {
        ObjectKey::CronJob(id) => ("batch/v1", "CronJob", id.to_string()),
        ObjectKey::Job(id) => ("batch/v1", "Job", id.to_string()),
        ObjectKey::Pod(id) => ("v1", "Pod", id.to_string()),
    };
    let namespace = view.namespace_of(event.object);
    json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {
            "name": view.event_name(event),
            "namespace": namespace,
            "creationTimestamp": at(event.first),
        },
        "involvedObject": {
            "apiVersion": api_version,
            "kind": kind,
            "name": view.name_of(event.object),
            "namespace": namespace,
            "uid": uid,
        },
        "type": event.event_type.as_str(),
        "reason": event.reason,
        "message": view.event_message(event),
        "count": event.count,
        "firstTimestamp": at(event.first),
        "lastTimestamp": at(event.last),
        "eventTime": null,
        "source": { "component": event.source() },
        "reportingComponent": event.source(),
        "reportingInstance": "",
    })
}
