//! The objects of one resource, in the order in which the API server lists them.

use super::events::{self, SeenEvent};
use super::resource::Resource;
use super::rows;
use super::snapshot::{Namespaces, Snapshot};
use super::table::Table;
use crate::api::{CronJob, Job, LabelSelector, Labels, Node, ObjectKey, Pod};
use serde_json::Value;

/// The existing objects of one resource.
pub(super) enum Listing<'a> {
    Jobs(Vec<&'a Job>),
    CronJobs(Vec<&'a CronJob>),
    Pods(Vec<&'a Pod>),
    Nodes(Vec<&'a Node>),
    Events(Vec<SeenEvent>),
}

impl<'a> Listing<'a> {
    /// All objects of a resource.
    pub(super) fn of(resource: Resource, namespaces: &Namespaces, snapshot: &Snapshot<'a>) -> Listing<'a> {
        match resource {
            Resource::Job => Listing::Jobs(snapshot.jobs(namespaces)),
            Resource::CronJob => Listing::CronJobs(snapshot.cron_jobs(namespaces)),
            Resource::Pod => Listing::Pods(snapshot.pods(namespaces)),
            Resource::Node => Listing::Nodes(snapshot.nodes()),
            Resource::Event => Listing::Events(snapshot.events_in(namespaces)),
        }
    }

    /// The objects with these names, in the order of the names; and the names without an object.
    pub(super) fn named(self, names: &[String], snapshot: &Snapshot<'_>) -> (Listing<'a>, Vec<String>) {
        fn pick<T: Clone>(all: Vec<T>, names: &[String], name_of: impl Fn(&T) -> String) -> (Vec<T>, Vec<String>) {
            let all: Vec<(String, T)> = all.into_iter().map(|object| (name_of(&object), object)).collect();
            let (mut found, mut missing) = (Vec::new(), Vec::new());
            for name in names {
                match all.iter().find(|(known, _)| known == name) {
                    Some((_, object)) => found.push(object.clone()),
                    None => missing.push(name.clone()),
                }
            }
            (found, missing)
        }
        match self {
            Listing::Jobs(all) => {
                let (found, missing) = pick(all, names, |job| job.meta.name.to_string());
                (Listing::Jobs(found), missing)
            }
            Listing::CronJobs(all) => {
                let (found, missing) = pick(all, names, |cron_job| cron_job.meta.name.to_string());
                (Listing::CronJobs(found), missing)
            }
            Listing::Pods(all) => {
                let (found, missing) = pick(all, names, |pod| snapshot.pod_name(pod));
                (Listing::Pods(found), missing)
            }
            Listing::Nodes(all) => {
                let (found, missing) = pick(all, names, |node| node.name.to_string());
                (Listing::Nodes(found), missing)
            }
            Listing::Events(all) => {
                let (found, missing) = pick(all, names, |event| snapshot.event_name(event));
                (Listing::Events(found), missing)
            }
        }
    }

    /// The objects whose labels match.
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
                pods.retain(|pod| pod.is_meant_by(Some(selector)));
                Listing::Pods(pods)
            }
            Listing::Nodes(mut nodes) => {
                nodes.retain(|node| selector.matches(&node.labels));
                Listing::Nodes(nodes)
            }
            Listing::Events(mut events) => {
                events.retain(|_| selector.matches(&Labels::new()));
                Listing::Events(events)
            }
        }
    }

    pub(super) fn table(&self, wide: bool, snapshot: &Snapshot<'_>) -> Table {
        match self {
            Listing::Jobs(jobs) => rows::jobs(jobs, wide, snapshot),
            Listing::CronJobs(cron_jobs) => rows::cron_jobs(cron_jobs, wide, snapshot),
            Listing::Pods(pods) => rows::pods(pods, wide, snapshot),
            Listing::Nodes(nodes) => rows::nodes(nodes, wide, snapshot),
            Listing::Events(all) => events::table(all, wide, snapshot),
        }
    }

    /// How many objects there are.
    pub(super) fn count(&self) -> usize {
        match self {
            Listing::Jobs(all) => all.len(),
            Listing::CronJobs(all) => all.len(),
            Listing::Pods(all) => all.len(),
            Listing::Nodes(all) => all.len(),
            Listing::Events(all) => all.len(),
        }
    }

    pub(super) fn names(&self, snapshot: &Snapshot<'_>) -> Vec<String> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| job.meta.name.to_string()).collect(),
            Listing::CronJobs(cron_jobs) => cron_jobs.iter().map(|cron_job| cron_job.meta.name.to_string()).collect(),
            Listing::Pods(pods) => pods.iter().map(|pod| snapshot.pod_name(pod)).collect(),
            Listing::Nodes(nodes) => nodes.iter().map(|node| node.name.to_string()).collect(),
            Listing::Events(events) => events.iter().map(|event| snapshot.event_name(event)).collect(),
        }
    }

    pub(super) fn namespaces(&self, snapshot: &Snapshot<'_>) -> Vec<String> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| job.meta.namespace.to_string()).collect(),
            Listing::CronJobs(cron_jobs) => {
                cron_jobs.iter().map(|cron_job| cron_job.meta.namespace.to_string()).collect()
            }
            Listing::Pods(pods) => pods.iter().map(|pod| pod.birth.namespace.to_string()).collect(),
            Listing::Events(events) => {
                events.iter().map(|event| snapshot.namespace_of_event(event).to_owned()).collect()
            }
            // They are in none.
            Listing::Nodes(_) => Vec::new(),
        }
    }

    /// `k=v,k2=v2` for each object.
    pub(super) fn labels(&self, snapshot: &Snapshot<'_>) -> Vec<String> {
        let text = |labels: &Labels| match labels.is_empty() {
            true => "<none>".to_owned(),
            false => snapshot.labels(labels).join(","),
        };
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| text(&job.meta.labels)).collect(),
            Listing::CronJobs(cron_jobs) => cron_jobs.iter().map(|cron_job| text(&cron_job.meta.labels)).collect(),
            Listing::Pods(pods) => pods.iter().map(|pod| text(&pod.labels())).collect(),
            Listing::Nodes(nodes) => nodes.iter().map(|node| text(&node.labels)).collect(),
            Listing::Events(events) => events.iter().map(|_| text(&Labels::new())).collect(),
        }
    }

    /// The whole objects.
    pub(super) fn values(&self, snapshot: &Snapshot<'_>) -> Vec<Value> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| snapshot.value(ObjectKey::Job(job.id))).collect(),
            Listing::CronJobs(cron_jobs) => {
                cron_jobs.iter().map(|cron_job| snapshot.value(ObjectKey::CronJob(cron_job.id))).collect()
            }
            Listing::Pods(pods) => pods.iter().map(|pod| snapshot.value(ObjectKey::Pod(pod.id))).collect(),
            Listing::Nodes(nodes) => nodes.iter().map(|node| snapshot.value(ObjectKey::Node(node.id))).collect(),
            Listing::Events(all) => all.iter().map(|event| events::value(event, snapshot)).collect(),
        }
    }
}
