//! The store (etcd): every living object, and indexes so that a sync never walks pods that have ended and are counted.
//! What a write means is the API server's business.

use super::journal::Object;
use crate::api::{CronJob, CronJobId, Job, JobId, Meta, Name, Node, NodeId, ObjectKey, Pod, PodBirth, PodId};
use crate::order::{Map, Set};
use std::rc::Rc;

/// Namespace and name: a key of the controllers' queues. A new object of the same name has the same key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NamespacedName {
    pub(crate) namespace: Name,
    pub(crate) name: Name,
}

/// All living objects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    jobs: Map<JobId, Rc<Job>>,
    job_names: Map<NamespacedName, JobId>,
    /// The Jobs that a CronJob owns; none is empty.
    owned_jobs: Map<CronJobId, Set<JobId>>,
    cron_jobs: Map<CronJobId, Rc<CronJob>>,
    cron_job_names: Map<NamespacedName, CronJobId>,
    /// By NodeId − 1; `None` once removed.
    nodes: Vec<Option<Rc<Node>>>,
    /// The names of nodes that are gone.
    gone_nodes: Vec<(Name, NodeId)>,
    /// By PodId − 1; `None` once removed.
    pods: Vec<Option<Rc<Pod>>>,
    owned: Map<JobId, OwnedPods>,
    /// Pods by the generated characters of their names.
    suffixes: Set<([u8; 5], PodId)>,
    /// Pods without a Job that controls them.
    orphans: Set<PodId>,
    /// Pods that are neither Succeeded nor Failed.
    unfinished: u32,
    /// Pods that hold the tracking finalizer.
    tracked: Set<PodId>,
    /// Pods that are being deleted and never had a node.
    unscheduled_terminating: Set<PodId>,
    attempts: Map<JobId, Attempts>,
    /// Jobs and CronJobs with ownerReferences that no controller wrote.
    naming_owners: Set<ObjectKey>,
    job_count: u32,
    cron_job_count: u32,
}

/// How many pods a Job has created, in all and per index: for `attempt` in a selector.
#[derive(Clone, Debug, Default)]
struct Attempts {
    pods: u32,
    by_index: Vec<u32>,
}

/// The pods of one Job.
#[derive(Clone, Debug, Default)]
struct OwnedPods {
    all: Set<PodId>,
    /// Those that a sync still has to look at ([`is_open`]).
    open: Set<PodId>,
}

impl Store {
    /// A Job, unless it was removed.
    pub(crate) fn job(&self, id: JobId) -> Option<&Rc<Job>> {
        self.jobs.get(&id)
    }

    /// The living Job of this name.
    pub(crate) fn job_named(&self, key: &NamespacedName) -> Option<&Rc<Job>> {
        self.jobs.get(self.job_names.get(key)?)
    }

    /// Any object, unless it was removed.
    pub(crate) fn object(&self, key: ObjectKey) -> Option<Object> {
        match key {
            ObjectKey::CronJob(id) => self.cron_job(id).cloned().map(Object::CronJob),
            ObjectKey::Job(id) => self.job(id).cloned().map(Object::Job),
            ObjectKey::Pod(id) => self.pod(id).cloned().map(Object::Pod),
            ObjectKey::Node(id) => self.node(id).cloned().map(Object::Node),
        }
    }

    /// A node, unless it was removed.
    pub(crate) fn node(&self, id: NodeId) -> Option<&Rc<Node>> {
        self.nodes.get(id.0 as usize - 1)?.as_ref()
    }

    /// All nodes, in their order.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Rc<Node>> {
        self.nodes.iter().flatten()
    }

    /// The node of this name.
    pub(crate) fn node_named(&self, name: &str) -> Option<&Rc<Node>> {
        self.nodes().find(|node| *node.name == *name)
    }

    /// The place of the next node.
    pub(crate) fn next_node(&self) -> NodeId {
        NodeId(self.nodes.len() as u32 + 1)
    }

    /// Stores a node; returns its previous version.
    pub(crate) fn put_node(&mut self, node: Rc<Node>) -> Option<Rc<Node>> {
        let place = node.id.0 as usize - 1;
        if place == self.nodes.len() {
            self.nodes.push(None);
        }
        self.nodes[place].replace(node)
    }

    /// Removes a node; returns its last version.
    pub(crate) fn remove_node(&mut self, id: NodeId) -> Option<Rc<Node>> {
        let node = self.nodes.get_mut(id.0 as usize - 1)?.take()?;
        self.gone_nodes.push((node.name.clone(), id));
        Some(node)
    }

    /// The last node of this name that is gone.
    pub(crate) fn gone_node_named(&self, name: &str) -> Option<NodeId> {
        self.gone_nodes.iter().rev().find(|(gone, _)| **gone == *name).map(|(_, id)| *id)
    }

    /// Living Jobs and CronJobs with ownerReferences that no controller wrote.
    pub(crate) fn naming_owners(&self) -> impl Iterator<Item = ObjectKey> {
        self.naming_owners.iter().copied()
    }

    /// All living Jobs, in creation order.
    pub(crate) fn jobs(&self) -> impl Iterator<Item = &Rc<Job>> {
        self.jobs.values()
    }

    /// All living Jobs of a CronJob, in creation order.
    pub(crate) fn jobs_of(&self, owner: CronJobId) -> impl DoubleEndedIterator<Item = &Rc<Job>> {
        self.owned_jobs.get(&owner).into_iter().flat_map(|owned| owned.iter()).filter_map(|id| self.job(*id))
    }

    /// A CronJob, unless it was removed.
    pub(crate) fn cron_job(&self, id: CronJobId) -> Option<&Rc<CronJob>> {
        self.cron_jobs.get(&id)
    }

    /// The living CronJob of this name.
    pub(crate) fn cron_job_named(&self, key: &NamespacedName) -> Option<&Rc<CronJob>> {
        self.cron_jobs.get(self.cron_job_names.get(key)?)
    }

    /// All living CronJobs, in creation order.
    pub(crate) fn cron_jobs(&self) -> impl Iterator<Item = &Rc<CronJob>> {
        self.cron_jobs.values()
    }

    /// A pod, unless it was removed.
    pub(crate) fn pod(&self, id: PodId) -> Option<&Rc<Pod>> {
        self.pods.get(id.0 as usize - 1)?.as_ref()
    }

    /// All living pods, in creation order. Walks all pods that ever were.
    pub(crate) fn pods(&self) -> impl DoubleEndedIterator<Item = &Rc<Pod>> {
        self.pods.iter().flatten()
    }

    /// All living pods on a node, in creation order. Walks all pods that ever were.
    pub(crate) fn pods_on(&self, node: NodeId) -> impl Iterator<Item = &Rc<Pod>> {
        self.pods().filter(move |pod| pod.bound.is_some_and(|bound| bound.node == node))
    }

    /// All living pods of a Job, in creation order.
    pub(crate) fn pods_of(&self, job: JobId) -> impl Iterator<Item = &Rc<Pod>> {
        self.owned.get(&job).into_iter().flat_map(|owned| owned.all.iter()).filter_map(|id| self.pod(*id))
    }

    /// The pods of a Job that have not ended or are not counted yet, in creation order.
    pub(crate) fn open_pods_of(&self, job: JobId) -> impl Iterator<Item = &Rc<Pod>> {
        self.owned.get(&job).into_iter().flat_map(|owned| owned.open.iter()).filter_map(|id| self.pod(*id))
    }

    /// Whether a living pod has the name that a pod with this birth would have.
    pub(crate) fn has_pod_named(&self, birth: &PodBirth) -> bool {
        let alike = self.suffixes.from(&(birth.suffix, PodId(0)));
        let alike = alike.take_while(|(suffix, _)| *suffix == birth.suffix);
        let mut pods = alike.filter_map(|(_, id)| self.pod(*id));
        pods.any(|pod| pod.birth.prefix == birth.prefix && pod.birth.namespace == birth.namespace)
    }

    /// Pods without a Job that controls them, in creation order.
    pub(crate) fn orphans(&self) -> impl Iterator<Item = &Rc<Pod>> {
        self.orphans.iter().filter_map(|id| self.pod(*id))
    }

    /// Pods that are neither Succeeded nor Failed: what a pod quota counts.
    pub(crate) fn unfinished_pods(&self) -> u32 {
        self.unfinished
    }

    /// Pods that hold the tracking finalizer, in creation order.
    pub(crate) fn tracked_pods(&self) -> impl Iterator<Item = &Rc<Pod>> {
        self.tracked.iter().filter_map(|id| self.pod(*id))
    }

    /// Pods that are being deleted and never had a node, in creation order.
    pub(crate) fn unscheduled_terminating(&self) -> impl Iterator<Item = PodId> {
        self.unscheduled_terminating.iter().copied()
    }

    /// For a Job's next pod: its number within the Job, and the attempt within its index or, without one, the Job. From
    /// 1.
    pub(crate) fn next_attempt(&self, job: JobId, index: Option<u32>) -> (u32, u32) {
        let attempts = self.attempts.get(&job);
        let ordinal = attempts.map_or(0, |attempts| attempts.pods) + 1;
        let of_index = |index: u32| attempts.and_then(|attempts| attempts.by_index.get(index as usize)).copied();
        (ordinal, index.map_or(ordinal, |index| of_index(index).unwrap_or(0) + 1))
    }

    /// Counts a pod that a Job has created.
    pub(crate) fn count_attempt(&mut self, job: JobId, index: Option<u32>) {
        let attempts = self.attempts.get_or_insert_with(job, Default::default);
        attempts.pods += 1;
        if let Some(index) = index {
            let place = index as usize;
            if attempts.by_index.len() <= place {
                attempts.by_index.resize(place + 1, 0);
            }
            attempts.by_index[place] += 1;
        }
    }

    /// The number of the next Job; does not use it up.
    pub(crate) fn peek_next_job(&self) -> JobId {
        JobId(self.job_count + 1)
    }

    /// The number of the next CronJob; does not use it up.
    pub(crate) fn peek_next_cron_job(&self) -> CronJobId {
        CronJobId(self.cron_job_count + 1)
    }

    /// Uses up the number of the next Job.
    pub(crate) fn next_job(&mut self) -> JobId {
        self.job_count += 1;
        JobId(self.job_count)
    }

    /// Uses up the number of the next CronJob.
    pub(crate) fn next_cron_job(&mut self) -> CronJobId {
        self.cron_job_count += 1;
        CronJobId(self.cron_job_count)
    }

    /// The number of the next pod; putting that pod uses it up.
    pub(crate) fn next_pod(&self) -> PodId {
        PodId(self.pods.len() as u32 + 1)
    }

    /// Stores a Job; returns its previous version.
    pub(crate) fn put_job(&mut self, job: Rc<Job>) -> Option<Rc<Job>> {
        self.job_names.insert(job.key(), job.id);
        self.index_owners(ObjectKey::Job(job.id), &job.meta);
        let (id, owner) = (job.id, job.meta.cron_job());
        let old = self.jobs.insert(id, job);
        let old_owner = old.as_ref().and_then(|old| old.meta.cron_job());
        if old_owner != owner {
            self.disown(old_owner, id);
            if let Some(owner) = owner {
                self.owned_jobs.get_or_insert_with(owner, Default::default).insert(id);
            }
        }
        old
    }

    /// Removes a Job; returns its last version.
    pub(crate) fn remove_job(&mut self, id: JobId) -> Option<Rc<Job>> {
        let job = self.jobs.remove(&id)?;
        self.naming_owners.remove(&ObjectKey::Job(id));
        self.job_names.remove(&job.key());
        self.disown(job.meta.cron_job(), id);
        Some(job)
    }

    /// The one owner that controls a Job of a CronJob is indexed as such.
    fn index_owners(&mut self, key: ObjectKey, meta: &Meta) {
        if meta.owners.is_empty() || meta.owners.len() == 1 && meta.cron_job().is_some() {
            self.naming_owners.remove(&key);
        } else {
            self.naming_owners.insert(key);
        }
    }

    fn disown(&mut self, owner: Option<CronJobId>, job: JobId) {
        let Some(owner) = owner else { return };
        let Some(owned) = self.owned_jobs.get_mut(&owner) else { return };
        owned.remove(&job);
        if owned.is_empty() {
            self.owned_jobs.remove(&owner);
        }
    }

    /// Stores a CronJob; returns its previous version.
    pub(crate) fn put_cron_job(&mut self, cron_job: Rc<CronJob>) -> Option<Rc<CronJob>> {
        self.cron_job_names.insert(cron_job.key(), cron_job.id);
        self.index_owners(ObjectKey::CronJob(cron_job.id), &cron_job.meta);
        self.cron_jobs.insert(cron_job.id, cron_job)
    }

    /// Removes a CronJob; returns its last version.
    pub(crate) fn remove_cron_job(&mut self, id: CronJobId) -> Option<Rc<CronJob>> {
        let cron_job = self.cron_jobs.remove(&id)?;
        self.naming_owners.remove(&ObjectKey::CronJob(id));
        self.cron_job_names.remove(&cron_job.key());
        Some(cron_job)
    }

    /// Stores a pod; returns its previous version.
    pub(crate) fn put_pod(&mut self, pod: Rc<Pod>) -> Option<Rc<Pod>> {
        let place = pod.id.0 as usize - 1;
        if place == self.pods.len() {
            self.pods.push(None);
            self.suffixes.insert((pod.birth.suffix, pod.id));
        }
        let old = self.pods[place].take();
        self.unindex(old.as_deref(), Some(&pod));
        self.index(&pod);
        self.pods[place] = Some(pod);
        old
    }

    /// Removes a pod; returns its last version.
    pub(crate) fn remove_pod(&mut self, id: PodId) -> Option<Rc<Pod>> {
        let old = self.pods.get_mut(id.0 as usize - 1)?.take()?;
        self.unindex(Some(&old), None);
        self.suffixes.remove(&(old.birth.suffix, id));
        Some(old)
    }

    /// Takes `old` out of the indexes, except those where `new` stays in place.
    fn unindex(&mut self, old: Option<&Pod>, new: Option<&Pod>) {
        let Some(old) = old else { return };
        self.tracked.remove(&old.id);
        self.unscheduled_terminating.remove(&old.id);
        if !old.phase.is_terminal() {
            self.unfinished -= 1;
        }
        let same_owner = new.is_some_and(|new| new.owner == old.owner);
        match old.owner {
            None if !same_owner => {
                self.orphans.remove(&old.id);
            }
            None => {}
            Some(job) => {
                let Some(owned) = self.owned.get_mut(&job) else { return };
                if !same_owner {
                    owned.all.remove(&old.id);
                }
                if !same_owner || !new.is_some_and(is_open) {
                    owned.open.remove(&old.id);
                }
            }
        }
    }

    fn index(&mut self, pod: &Pod) {
        if pod.tracked {
            self.tracked.insert(pod.id);
        }
        if pod.bound.is_none() && pod.is_terminating() {
            self.unscheduled_terminating.insert(pod.id);
        }
        if !pod.phase.is_terminal() {
            self.unfinished += 1;
        }
        match pod.owner {
            None => {
                self.orphans.insert(pod.id);
            }
            Some(job) => {
                let owned = self.owned.get_or_insert_with(job, Default::default);
                owned.all.insert(pod.id);
                if is_open(pod) {
                    owned.open.insert(pod.id);
                }
            }
        }
    }
}

/// Whether a sync of its Job still has to look at a pod: it has not ended, or is not counted yet.
fn is_open(pod: &Pod) -> bool {
    pod.tracked || !pod.phase.is_terminal()
}

impl Job {
    /// Its key in the controllers' queues.
    pub(crate) fn key(&self) -> NamespacedName {
        NamespacedName { namespace: self.meta.namespace.clone(), name: self.meta.name.clone() }
    }
}

impl CronJob {
    /// Its key in the controllers' queues.
    pub(crate) fn key(&self) -> NamespacedName {
        NamespacedName { namespace: self.meta.namespace.clone(), name: self.meta.name.clone() }
    }
}
