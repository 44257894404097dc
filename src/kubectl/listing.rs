//! The objects of one resource, in the order in which the API server lists them.

use super::events::{self, SeenEvent};
use super::resource::Resource;
use super::rows;
use super::selector::Query;
use super::snapshot::{Namespaces, Snapshot};
use super::table::Table;
use crate::api::{CronJob, Job, Labels, Node, ObjectKey, Pod};
use crate::order::Map;
use serde_json::Value;
use std::borrow::Cow;

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
    pub(super) fn named(&self, names: &[String], snapshot: &Snapshot<'_>) -> (Listing<'a>, Vec<String>) {
        let mut places: Map<String, usize> = Map::new();
        for (place, name) in self.names(snapshot).into_iter().enumerate() {
            places.get_or_insert_with(name, || place);
        }
        let found: Vec<usize> = names.iter().filter_map(|name| places.get(name).copied()).collect();
        let missing = names.iter().filter(|name| places.get(*name).is_none()).cloned().collect();
        (self.at(&found), missing)
    }

    /// The objects at these places.
    pub(super) fn at(&self, places: &[usize]) -> Listing<'a> {
        fn pick<T: Clone>(all: &[T], places: &[usize]) -> Vec<T> {
            places.iter().filter_map(|place| all.get(*place).cloned()).collect()
        }
        match self {
            Listing::Jobs(all) => Listing::Jobs(pick(all, places)),
            Listing::CronJobs(all) => Listing::CronJobs(pick(all, places)),
            Listing::Pods(all) => Listing::Pods(pick(all, places)),
            Listing::Nodes(all) => Listing::Nodes(pick(all, places)),
            Listing::Events(all) => Listing::Events(pick(all, places)),
        }
    }

    /// The objects whose labels match.
    pub(super) fn matching(&self, query: &Query) -> Listing<'a> {
        let labels = self.label_maps();
        let places: Vec<usize> = (0..labels.len()).filter(|place| query.matches(&labels[*place])).collect();
        self.at(&places)
    }

    /// The labels of each object.
    pub(super) fn label_maps(&self) -> Vec<Cow<'_, Labels>> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|job| Cow::Borrowed(&*job.meta.labels)).collect(),
            Listing::CronJobs(all) => all.iter().map(|cron_job| Cow::Borrowed(&*cron_job.meta.labels)).collect(),
            Listing::Pods(pods) => pods.iter().map(|pod| Cow::Owned(pod.labels())).collect(),
            Listing::Nodes(nodes) => nodes.iter().map(|node| Cow::Borrowed(&*node.labels)).collect(),
            Listing::Events(events) => events.iter().map(|_| Cow::Owned(Labels::new())).collect(),
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

    /// Each object's key; an Event has none.
    pub(super) fn keys(&self) -> Vec<Option<ObjectKey>> {
        match self {
            Listing::Jobs(all) => all.iter().map(|job| Some(ObjectKey::Job(job.id))).collect(),
            Listing::CronJobs(all) => all.iter().map(|cron_job| Some(ObjectKey::CronJob(cron_job.id))).collect(),
            Listing::Pods(all) => all.iter().map(|pod| Some(ObjectKey::Pod(pod.id))).collect(),
            Listing::Nodes(all) => all.iter().map(|node| Some(ObjectKey::Node(node.id))).collect(),
            Listing::Events(all) => vec![None; all.len()],
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
        self.label_maps().iter().map(|labels| text(labels)).collect()
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
