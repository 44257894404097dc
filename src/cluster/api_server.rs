//! The API server as one component sees it during one step: every read and write goes through it, and it records what
//! was written and why. It refuses what the real one refuses; reacting to a write is up to the components.

use super::event_recorder::EventRecorder;
use super::input::Cascade;
use super::inventory::ReferencedKind;
use super::journal::{Journal, Object, Verb, Version};
use super::provisions::Provisions;
use super::reason::{Reason, StepId};
use super::store::{NamespacedName, Store};
use crate::api::{
    CronJob, CronJobId, CronJobStatus, Deletion, Disruption, DisruptionReason, EventType, Job, JobId, JobStatus,
    Message, Meta, Name, Node, NodeId, ObjectKey, OwnerReference, Pending, PendingReason, Pod, PodId,
};
use crate::order::Set;
use crate::time::{Span, Time};
use std::rc::Rc;

/// Finalizer of a Job or CronJob that is deleted in the foreground.
const FOREGROUND_DELETION: &str = "foregroundDeletion";

/// A write of one object, as those who watch the API server see it.
#[derive(Clone, Debug)]
pub(crate) struct WatchEvent {
    /// The object before; `None` if it was created.
    pub(crate) old: Option<Object>,
    /// The object after; `None` if it was removed.
    pub(crate) new: Option<Object>,
    pub(crate) at: Time,
    /// The step that wrote it.
    pub(crate) step: StepId,
}

/// Why the API server refuses a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApiError {
    /// HTTP 403: the pod quota.
    QuotaExceeded { prefix: Name, suffix: [u8; 5], used: u32, limited: u32 },
    /// HTTP 403: something that the pod names does not exist.
    NotAdmitted { prefix: Name, suffix: [u8; 5], kind: ReferencedKind, name: Name },
    /// Any other refusal, in the API server's words.
    Refused(Rc<str>),
}

/// What the API server keeps between steps.
#[derive(Clone, Debug)]
pub(crate) struct Backing {
    pub(crate) seed: u64,
    pub(crate) pod_quota: Option<u32>,
    pub(crate) inventory: Provisions,
    pub(crate) store: Store,
    pub(crate) recorder: EventRecorder,
    /// Nodes that cannot reach the API server.
    pub(crate) unreachable: Set<NodeId>,
}

impl Backing {
    /// Opens the API server for one step; `events` receives what is written.
    pub(crate) fn open<'a>(
        &'a mut self,
        now: Time,
        journal: &'a mut Journal,
        events: &'a mut Vec<WatchEvent>,
    ) -> ApiServer<'a> {
        let Backing { seed, pod_quota, inventory, store, recorder, unreachable } = self;
        ApiServer { now, seed: *seed, pod_quota: *pod_quota, inventory, store, journal, recorder, unreachable, events }
    }
}

/// The API server during one step.
pub(crate) struct ApiServer<'a> {
    pub(crate) now: Time,
    pub(crate) seed: u64,
    pub(crate) pod_quota: Option<u32>,
    pub(crate) inventory: &'a mut Provisions,
    pub(crate) store: &'a mut Store,
    pub(crate) journal: &'a mut Journal,
    pub(crate) recorder: &'a mut EventRecorder,
    pub(crate) unreachable: &'a mut Set<NodeId>,
    /// What was written in this step.
    pub(crate) events: &'a mut Vec<WatchEvent>,
}

impl ApiServer<'_> {
    /// Records a reason of this step.
    pub(crate) fn reason(&mut self, reason: Reason) {
        self.journal.reasons.push(reason);
    }

    /// Sends an event through the recorder.
    pub(crate) fn event(
        &mut self,
        object: ObjectKey,
        event_type: EventType,
        reason: &'static str,
        message: impl Into<Message>,
    ) {
        match self.recorder.record(self.now, object, event_type, reason, message.into()) {
            Ok(event) => self.journal.events.push(event),
            Err(dropped) => self.reason(dropped),
        }
    }

    /// Records which finalizer of the user's own keeps an object, if one does.
    pub(crate) fn note_finalizer(&mut self, key: ObjectKey, meta: &Meta) {
        let own = meta.finalizers.iter().find(|finalizer| ***finalizer != *FOREGROUND_DELETION);
        if let Some(finalizer) = own.cloned() {
            self.reason(Reason::HeldByFinalizer { key, finalizer });
        }
    }

    fn record(&mut self, verb: Verb, old: Option<Object>, new: Object) {
        let step = self.journal.current();
        self.journal.versions.push(Version { step, verb, object: new.clone() });
        let new = (verb != Verb::Remove).then_some(new);
        self.events.push(WatchEvent { old, new, at: self.now, step });
    }

    // ---- Jobs ----

    /// Creates a Job that has passed admission.
    pub(crate) fn create_job(&mut self, job: Job) {
        let job = Rc::new(job);
        self.reason(Reason::Created(ObjectKey::Job(job.id)));
        self.store.put_job(Rc::clone(&job));
        self.record(Verb::Create, None, Object::Job(job));
    }

    /// Writes spec or metadata of a Job; one that is being deleted and has no finalizers left is removed.
    pub(crate) fn update_job(&mut self, job: Job) {
        if job.meta.deletion.is_some() && job.meta.finalizers.is_empty() {
            self.remove_job(job.id);
            return;
        }
        self.put_job(Verb::Update, job);
    }

    /// Writes the status of a Job.
    ///
    /// # Errors
    /// [`ApiError::Refused`] by status validation (JC-281).
    pub(crate) fn update_job_status(&mut self, id: JobId, status: &JobStatus) -> Result<(), ApiError> {
        let Some(old) = self.store.job(id) else { return Err(ApiError::Refused("not found".into())) };
        if let Some(error) = crate::api::validation::job_status(old, status) {
            return Err(ApiError::Refused(error.into()));
        }
        let job = Job { status: status.clone(), ..Job::clone(old) };
        self.put_job(Verb::Status, job);
        Ok(())
    }

    fn put_job(&mut self, verb: Verb, job: Job) {
        let job = Rc::new(job);
        let old = self.store.put_job(Rc::clone(&job)).map(Object::Job);
        self.record(verb, old, Object::Job(job));
    }

    fn remove_job(&mut self, id: JobId) {
        if let Some(job) = self.store.remove_job(id) {
            self.reason(Reason::ObjectGone(ObjectKey::Job(id)));
            self.record(Verb::Remove, Some(Object::Job(Rc::clone(&job))), Object::Job(job));
        }
    }

    /// Removes a Job that waits for its pods, once the last is gone; whether it did. The garbage collector of the
    /// reference cluster takes no time, so this is part of the write that removes the pod.
    pub(crate) fn finish_foreground_deletion(&mut self, id: JobId) -> bool {
        let Some(job) = self.store.job(id) else { return false };
        if !job.meta.waits_for_dependents() || self.store.pods_of(id).next().is_some() {
            return false;
        }
        let mut job = Job::clone(job);
        job.meta.stop_waiting_for_dependents();
        self.note_finalizer(ObjectKey::Job(id), &job.meta);
        self.update_job(job);
        true
    }

    /// A DELETE request for a Job (C18).
    pub(crate) fn delete_job(&mut self, id: JobId, cascade: Cascade) {
        let Some(job) = self.store.job(id).cloned() else { return };
        self.reason(Reason::ObjectDeletionBegan { key: ObjectKey::Job(id), cascade });
        if cascade == Cascade::Orphan {
            let pods: Vec<Rc<Pod>> = self.store.pods_of(id).cloned().collect();
            for pod in pods {
                self.reason(Reason::Orphaned(ObjectKey::Pod(pod.id)));
                self.update_pod(Pod { owner: None, ..Pod::clone(&pod) });
            }
        }
        let mut job = Job::clone(&job);
        if job.meta.begin_deletion(cascade, self.now) {
            self.note_finalizer(ObjectKey::Job(id), &job.meta);
            self.put_job(Verb::Update, job);
        } else {
            self.remove_job(id);
        }
    }

    // ---- CronJobs ----

    /// Creates a CronJob that has passed admission.
    pub(crate) fn create_cron_job(&mut self, cron_job: CronJob) {
        let cron_job = Rc::new(cron_job);
        self.reason(Reason::Created(ObjectKey::CronJob(cron_job.id)));
        self.store.put_cron_job(Rc::clone(&cron_job));
        self.record(Verb::Create, None, Object::CronJob(cron_job));
    }

    /// Writes spec or metadata of a CronJob; one that is being deleted and has no finalizers left is removed.
    pub(crate) fn update_cron_job(&mut self, cron_job: CronJob) {
        if cron_job.meta.deletion.is_some() && cron_job.meta.finalizers.is_empty() {
            self.remove_cron_job(cron_job.id);
            return;
        }
        self.put_cron_job(Verb::Update, cron_job);
    }

    /// Writes the status of a CronJob.
    pub(crate) fn update_cron_job_status(&mut self, id: CronJobId, status: &CronJobStatus) {
        if let Some(old) = self.store.cron_job(id) {
            let cron_job = CronJob { status: status.clone(), ..CronJob::clone(old) };
            self.put_cron_job(Verb::Status, cron_job);
        }
    }

    fn put_cron_job(&mut self, verb: Verb, cron_job: CronJob) {
        let cron_job = Rc::new(cron_job);
        let old = self.store.put_cron_job(Rc::clone(&cron_job)).map(Object::CronJob);
        self.record(verb, old, Object::CronJob(cron_job));
    }

    fn remove_cron_job(&mut self, id: CronJobId) {
        if let Some(cron_job) = self.store.remove_cron_job(id) {
            self.reason(Reason::ObjectGone(ObjectKey::CronJob(id)));
            self.record(Verb::Remove, Some(Object::CronJob(Rc::clone(&cron_job))), Object::CronJob(cron_job));
        }
    }

    /// A DELETE request for a CronJob (C18).
    pub(crate) fn delete_cron_job(&mut self, id: CronJobId, cascade: Cascade) {
        let Some(cron_job) = self.store.cron_job(id).cloned() else { return };
        self.reason(Reason::ObjectDeletionBegan { key: ObjectKey::CronJob(id), cascade });
        if cascade == Cascade::Orphan {
            let jobs: Vec<Rc<Job>> = self.store.jobs_of(id).cloned().collect();
            for job in jobs {
                self.reason(Reason::Orphaned(ObjectKey::Job(job.id)));
                let mut job = Job::clone(&job);
                job.meta.owners = without(&job.meta.owners, ObjectKey::CronJob(id));
                self.update_job(job);
            }
        }
        let mut cron_job = CronJob::clone(&cron_job);
        if cron_job.meta.begin_deletion(cascade, self.now) {
            self.note_finalizer(ObjectKey::CronJob(id), &cron_job.meta);
            self.put_cron_job(Verb::Update, cron_job);
        } else {
            self.remove_cron_job(id);
        }
    }

    // ---- Nodes ----

    /// A node joins.
    pub(crate) fn create_node(&mut self, node: Node) {
        let node = Rc::new(node);
        self.reason(Reason::Created(ObjectKey::Node(node.id)));
        self.store.put_node(Rc::clone(&node));
        self.record(Verb::Create, None, Object::Node(node));
    }

    /// Writes a node.
    pub(crate) fn update_node(&mut self, node: Node) {
        let node = Rc::new(node);
        let old = self.store.put_node(Rc::clone(&node)).map(Object::Node);
        self.record(Verb::Update, old, Object::Node(node));
    }

    /// Removes a node.
    pub(crate) fn delete_node(&mut self, id: NodeId) {
        if let Some(node) = self.store.remove_node(id) {
            self.reason(Reason::ObjectGone(ObjectKey::Node(id)));
            self.record(Verb::Remove, Some(Object::Node(Rc::clone(&node))), Object::Node(node));
        }
    }

    // ---- Pods ----

    /// Whether everything exists that a new pod needs for its admission: its service account, then its priority (P-2).
    fn check_references(&self, id: PodId, make: &impl Fn(PodId, [u8; 5]) -> Pod) -> Result<(), ApiError> {
        if self.inventory.has_everything() {
            return Ok(());
        }
        let refusals = (self.journal.reasons.len() + self.journal.events.len()) as u64;
        let suffix = crate::chance::suffix(self.seed, &[u64::from(id.0), refusals, 1]);
        let pod = make(id, suffix);
        let spec = &pod.birth.template.spec;
        let account = Some((ReferencedKind::ServiceAccount, &spec.service_account));
        let class = spec.priority_class.as_ref().map(|class| (ReferencedKind::PriorityClass, class));
        let missing = [account, class].into_iter().flatten().find(|(kind, name)| !self.inventory.exists(*kind, name));
        match missing {
            Some((kind, name)) => {
                Err(ApiError::NotAdmitted { prefix: pod.birth.prefix.clone(), suffix, kind, name: name.clone() })
            }
            None => Ok(()),
        }
    }

    /// Creates the pod that `make` returns for a number and the generated end of a name.
    ///
    /// # Errors
    /// [`ApiError::QuotaExceeded`] if the quota is used up.
    pub(crate) fn create_pod(&mut self, make: impl Fn(PodId, [u8; 5]) -> Pod) -> Result<PodId, ApiError> {
        let id = self.store.next_pod();
        let used = self.store.unfinished_pods();
        self.check_references(id, &make)?;
        let mut pod = make(id, crate::chance::suffix(self.seed, &[u64::from(id.0)]));
        // Among thousands of pods two draws of five characters may be the same.
        // Upstream: registry/store.go createWithGenerateNameRetry.
        let mut draws = 1;
        while self.store.has_pod_named(&pod.birth) {
            pod = make(id, crate::chance::suffix(self.seed, &[u64::from(id.0), draws]));
            draws += 1;
        }
        if let Some(limited) = self.pod_quota
            && used >= limited
        {
            // The name of a pod that never was; it must not equal that of the next one.
            let refusals = (self.journal.reasons.len() + self.journal.events.len()) as u64;
            let suffix = crate::chance::suffix(self.seed, &[u64::from(id.0), refusals, 1]);
            return Err(ApiError::QuotaExceeded { prefix: pod.birth.prefix.clone(), suffix, used, limited });
        }
        if pod.birth.template.spec.is_gated && self.inventory.has_limits() {
            let since = pod.birth.created;
            pod.pending = Some(Rc::new(Pending { reason: PendingReason::Gated, since, nominated: None }));
        }
        self.put_pod(Verb::Create, pod);
        Ok(id)
    }

    /// Writes metadata of a pod; one that is being deleted with grace period 0 and has no finalizer left is removed.
    pub(crate) fn update_pod(&mut self, pod: Pod) {
        let goes = !pod.tracked && pod.deletion.is_some_and(|deletion| deletion.grace_seconds == 0);
        let id = pod.id;
        self.put_pod(Verb::Update, pod);
        if goes {
            self.remove_pod(id);
        }
    }

    /// Writes the status of a pod.
    pub(crate) fn update_pod_status(&mut self, pod: Pod) {
        self.put_pod(Verb::Status, pod);
    }

    /// Removes the tracking finalizer of a pod; without effect if the pod is gone.
    pub(crate) fn remove_tracking_finalizer(&mut self, id: PodId) {
        if let Some(pod) = self.store.pod(id)
            && pod.tracked
        {
            let pod = Pod { tracked: false, ..Pod::clone(pod) };
            self.update_pod(pod);
        }
    }

    /// A DELETE request for a pod (C9, reference cluster 6); whether it changed anything.
    ///
    /// Upstream: rest/delete.go BeforeDelete, pod strategy CheckGracefulDelete.
    pub(crate) fn delete_pod(&mut self, id: PodId, grace_seconds: Option<i64>) -> bool {
        let Some(pod) = self.store.pod(id).cloned() else { return false };
        let now = self.now.truncated();
        let deletion = match pod.deletion {
            Some(earlier) => {
                let Some(grace) = grace_seconds.map(at_least_one_if_negative) else { return false };
                if grace >= earlier.grace_seconds {
                    return false;
                }
                let shorter = Span::from_seconds(earlier.grace_seconds - grace);
                let timestamp = (earlier.timestamp - shorter).max(now);
                Deletion { timestamp, grace_seconds: grace }
            }
            None => {
                let own = pod.birth.template.spec.grace_seconds;
                let asked = at_least_one_if_negative(grace_seconds.unwrap_or(own));
                let grace = if pod.bound.is_none() || pod.phase.is_terminal() { 0 } else { asked };
                Deletion { timestamp: (self.now + Span::from_seconds(grace)).truncated(), grace_seconds: grace }
            }
        };
        self.reason(Reason::DeletionBegan { pod: id, grace_seconds: deletion.grace_seconds });
        if deletion.grace_seconds == 0 {
            if !pod.tracked {
                self.remove_pod(id);
                return true;
            }
            self.reason(Reason::PodHeldByFinalizer(id));
        }
        self.update_pod(Pod { deletion: Some(deletion), ..Pod::clone(&pod) });
        true
    }

    /// Sets the condition DisruptionTarget of a pod; a present one keeps its time.
    pub(crate) fn add_disruption_target(&mut self, id: PodId, reason: DisruptionReason) {
        let Some(pod) = self.store.pod(id) else { return };
        let since = match pod.disruption {
            Some(earlier) => earlier.since,
            None => self.now.truncated(),
        };
        let pod = Pod { disruption: Some(Disruption { reason, since }), ..Pod::clone(pod) };
        self.reason(Reason::DisruptionTarget(id));
        self.update_pod_status(pod);
    }

    /// A request to the eviction API; there are no disruption budgets. Upstream: registry/core/pod/storage/eviction.go.
    pub(crate) fn evict_pod(&mut self, id: PodId) {
        self.add_disruption_target(id, DisruptionReason::EvictionByEvictionApi);
        self.delete_pod(id, None);
    }

    fn put_pod(&mut self, verb: Verb, pod: Pod) {
        let pod = Rc::new(pod);
        let old = self.store.put_pod(Rc::clone(&pod)).map(Object::Pod);
        self.record(verb, old, Object::Pod(pod));
    }

    fn remove_pod(&mut self, id: PodId) {
        if let Some(pod) = self.store.remove_pod(id) {
            self.reason(Reason::PodGone(id));
            let owner = pod.owner;
            self.record(Verb::Remove, Some(Object::Pod(Rc::clone(&pod))), Object::Pod(pod));
            if let Some(owner) = owner {
                self.finish_foreground_deletion(owner);
            }
        }
    }

    /// The living Job of this name.
    pub(crate) fn job_named(&self, key: &NamespacedName) -> Option<Rc<Job>> {
        self.store.job_named(key).cloned()
    }
}

/// The references to all other owners.
fn without(owners: &[OwnerReference], gone: ObjectKey) -> Rc<[OwnerReference]> {
    owners.iter().filter(|owner| owner.object() != Some(gone)).cloned().collect()
}

/// A negative grace period counts as one second (C9.2).
fn at_least_one_if_negative(seconds: i64) -> i64 {
    if seconds < 0 { 1 } else { seconds }
}

impl Meta {
    /// Whether it is being deleted in the foreground: its dependents go first.
    pub(crate) fn waits_for_dependents(&self) -> bool {
        self.finalizers.iter().any(|finalizer| **finalizer == *FOREGROUND_DELETION)
    }

    /// Takes the finalizer off that makes it wait.
    pub(crate) fn stop_waiting_for_dependents(&mut self) {
        self.finalizers.retain(|finalizer| **finalizer != *FOREGROUND_DELETION);
    }

    /// Sets what a DELETE request sets. False if there are no finalizers, so that the object may be removed at once.
    fn begin_deletion(&mut self, cascade: Cascade, now: Time) -> bool {
        match cascade {
            Cascade::Foreground if self.waits_for_dependents() => {}
            Cascade::Foreground => self.finalizers.push(FOREGROUND_DELETION.into()),
            Cascade::Background | Cascade::Orphan => self.stop_waiting_for_dependents(),
        }
        if self.finalizers.is_empty() {
            return false;
        }
        if self.deletion.is_none() {
            self.generation += 1;
            self.deletion = Some(Deletion { timestamp: now.truncated(), grace_seconds: 0 });
        }
        true
    }
}
