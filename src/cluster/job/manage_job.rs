//! Creates and deletes pods until as many are active as should be. A sync does one or the other, deleting first.
//! Upstream: job_controller.go manageJob; JC-130 … JC-148.

use super::backoff::wait_after;
use super::indexed::{first_pending_indexes, remaining_for_index, split_by_index};
use super::job_sync::{JobSync, not_reached};
use super::pod_failure_policy::ignored_by;
use super::ranking::rank;
use crate::api::{
    EventType, Job, Message, Name, ObjectKey, Phase, Pod, PodBirth, PodId, PodReplacementPolicy, Ready, ReadyReason,
    Sandbox,
};
use crate::cluster::api_server::{ApiError, ApiServer};
use crate::cluster::inventory::ReferencedKind;
use crate::cluster::reason::{Answer, Check, DeletedBecause, Reason, Wake};
use crate::cluster::work_queue::SyncError;
use crate::order::{self, Set};
use crate::time::Span;
use std::rc::Rc;

/// MaxPodCreateDeletePerSync (JC-98).
const MOST_PER_SYNC: u32 = 500;
/// Longest generateName that leaves room for five more characters (JC-146).
const LONGEST_PREFIX: usize = 58;

impl JobSync {
    /// Creates or deletes pods.
    ///
    /// # Errors
    /// [`SyncError`] if a pod could not be created; those that could stay.
    pub(super) fn manage_job(&mut self, api: &mut ApiServer<'_>) -> Result<(), SyncError> {
        let suspended = self.job.spec.suspend;
        api.reason(Reason::Asked { check: Check::Suspended, answer: Answer::Is(suspended) });
        if suspended {
            let (pods, _) = self.pods_for_removal(self.active);
            self.delete_job_pods(&pods, DeletedBecause::Suspended, api);
            not_reached([Check::TooManyPods, Check::PodsMissing, Check::BackoffOver], api);
            return Ok(());
        }
        let wanted = self.wanted();
        let (surplus, because) = self.pods_for_removal(self.active.saturating_sub(wanted));
        api.reason(Reason::Asked { check: Check::TooManyPods, answer: self.compare_pods(wanted, !surplus.is_empty()) });
        if !surplus.is_empty() {
            let most = surplus.len().min(MOST_PER_SYNC as usize);
            self.delete_job_pods(&surplus[..most], because, api);
            not_reached([Check::PodsMissing, Check::BackoffOver], api);
            return Ok(());
        }
        let missing = wanted.saturating_sub(self.active + self.terminating_that_hold_a_place());
        api.reason(Reason::Asked { check: Check::PodsMissing, answer: self.compare_pods(wanted, missing > 0) });
        if missing == 0 {
            not_reached([Check::BackoffOver], api);
            return Ok(());
        }
        if self.job.spec.backoff_limit_per_index.is_none() && self.hold_back(api) {
            return Ok(());
        }
        let missing = missing.min(MOST_PER_SYNC);
        let indexes = match self.job.spec.is_indexed() {
            true => Some(self.indexes_to_create(missing, api)),
            false => None,
        };
        self.create_pods(indexes.as_deref(), missing, api)
    }

    /// Whether the wait after a failure holds back all creations (JC-106).
    fn hold_back(&mut self, api: &mut ApiServer<'_>) -> bool {
        let remaining = self.backoff.remaining(api.now);
        let answer = if remaining > Span::ZERO { Answer::Left(remaining) } else { Answer::Is(true) };
        api.reason(Reason::Asked { check: Check::BackoffOver, answer });
        let Some(from) = self.backoff.last.filter(|_| remaining > Span::ZERO) else { return false };
        let failures = self.backoff.failures;
        let wait = wait_after(failures);
        api.reason(Reason::CreationHeldBack { failures, wait, from, until: from + wait });
        self.requeue_after(remaining, Wake::BackoffOver, api.now);
        true
    }

    /// The indexes that get a pod now; each has its own back-off (JC-122).
    ///
    /// Upstream: getPodCreationInfoForIndependentIndexes.
    fn indexes_to_create(&mut self, missing: u32, api: &mut ApiServer<'_>) -> Vec<u32> {
        let spec = &self.job.spec;
        let none = Default::default();
        let failed = self.failed_indexes.as_ref().unwrap_or(&none);
        let pending = first_pending_indexes(spec, missing, &self.taken_indexes(), &self.completed, failed);
        if spec.backoff_limit_per_index.is_none() {
            return pending;
        }
        let mut shortest: Option<Span> = None;
        let mut ready = Vec::new();
        for index in pending {
            let (failures, left) = match self.delayed.get(&index) {
                Some(pod) => remaining_for_index(pod, api.now),
                None => (0, Span::ZERO),
            };
            if left == Span::ZERO {
                ready.push(index);
            } else {
                api.reason(Reason::IndexHeldBack { index, failures, until: api.now + left });
                shortest = Some(shortest.map_or(left, |shortest| shortest.min(left)));
            }
        }
        let answer = match shortest {
            Some(left) if ready.is_empty() => Answer::Left(left),
            Some(_) | None => Answer::Is(true),
        };
        api.reason(Reason::Asked { check: Check::BackoffOver, answer });
        if let Some(left) = shortest
            && ready.is_empty()
        {
            self.requeue_after(left, Wake::BackoffOver, api.now);
        }
        ready
    }

    /// How many pods should be active (JC-132).
    fn wanted(&self) -> u32 {
        let parallelism = u32::try_from(self.job.spec.parallelism).unwrap_or(0);
        match self.job.spec.completions {
            None if self.succeeded > 0 => self.active,
            None => parallelism,
            Some(completions) => {
                let left = u32::try_from(completions).unwrap_or(0).saturating_sub(self.succeeded);
                left.min(parallelism)
            }
        }
    }

    /// Terminating pods that are not to be replaced yet (JC-139).
    fn terminating_that_hold_a_place(&self) -> u32 {
        match self.job.spec.pod_replacement_policy {
            PodReplacementPolicy::Failed => self.terminating,
            PodReplacementPolicy::TerminatingOrFailed => 0,
        }
    }

    fn compare_pods(&self, wanted: u32, holds: bool) -> Answer {
        Answer::Pods { wanted, active: self.active, terminating: self.terminating_that_hold_a_place(), holds }
    }

    /// The pods to delete if there are `excess` too many, in the order of deletion (JC-133 … JC-136).
    ///
    /// Upstream: activePodsForRemoval.
    fn pods_for_removal(&self, excess: u32) -> (Vec<Rc<Pod>>, DeletedBecause) {
        let spec = &self.job.spec;
        let mut seen = Set::new();
        let orderly = !spec.is_indexed()
            || self.active_pods.iter().all(|pod| pod.valid_index(spec).is_some_and(|index| seen.insert(index)));
        if excess == 0 && orderly {
            return (Vec::new(), DeletedBecause::TooMany);
        }
        let mut ranked = self.active_pods.clone();
        rank(&mut ranked);
        let (mut wrong, rest) = match spec.is_indexed() {
            true => split_by_index(spec, &ranked),
            false => (Vec::new(), ranked),
        };
        let because = if wrong.is_empty() { DeletedBecause::TooMany } else { DeletedBecause::WrongIndex };
        let more = (excess as usize).saturating_sub(wrong.len());
        order::sort_by_key(&mut wrong, |pod| pod.birth.index);
        wrong.extend(rest.into_iter().take(more));
        (wrong, because)
    }

    /// Indexes that have an active pod, or a terminating one that holds its place (JC-150).
    fn taken_indexes(&self) -> Set<u32> {
        let holds = self.job.spec.pod_replacement_policy == PodReplacementPolicy::Failed;
        let holders = self.pods.iter().filter(|pod| pod.is_active() || holds && pod.is_terminating());
        order::set(holders.filter_map(|pod| pod.valid_index(&self.job.spec)))
    }

    /// Deletes pods so that they are never counted: first the finalizer, then the object (JC-142).
    fn delete_job_pods(&mut self, pods: &[Rc<Pod>], because: DeletedBecause, api: &mut ApiServer<'_>) {
        for slot in at_once(pods.len()) {
            let pod = &pods[slot];
            api.reason(Reason::DeletedPod { pod: pod.id, because });
            api.remove_tracking_finalizer(pod.id);
            api.delete_pod(pod.id, None);
            self.note_deleted(pod, api);
        }
    }

    /// Deletes all active pods because the Job ends; they are counted afterwards (JC-60).
    ///
    /// Upstream: deleteActivePods.
    pub(super) fn delete_active_pods(&mut self, api: &mut ApiServer<'_>) {
        for slot in at_once(self.active_pods.len()) {
            let pod = Rc::clone(&self.active_pods[slot]);
            api.reason(Reason::DeletedPod { pod: pod.id, because: DeletedBecause::JobEnds });
            api.delete_pod(pod.id, None);
            self.note_deleted(&pod, api);
        }
    }

    fn note_deleted(&mut self, pod: &Pod, api: &mut ApiServer<'_>) {
        let key = ObjectKey::Job(self.job.id);
        api.event(key, EventType::Normal, "SuccessfulDelete", Message::DeletedPod(pod.id));
        self.active -= 1;
        self.terminating += 1;
        self.ready -= u32::from(pod.is_ready());
    }

    /// Creates pods in batches of 1, 2, 4 …; after a batch with a refusal the rest is skipped (JC-143).
    fn create_pods(&mut self, indexes: Option<&[u32]>, missing: u32, api: &mut ApiServer<'_>) -> Result<(), SyncError> {
        let total = indexes.map_or(missing, |indexes| indexes.len() as u32);
        let (mut tried, mut created, mut batch) = (0, 0, 1);
        let mut refused = None;
        while tried < total && refused.is_none() {
            let end = total.min(tried + batch);
            let slots: Vec<Option<u32>> =
                (tried..end).map(|number| indexes.map(|indexes| indexes[number as usize])).collect();
            let (made, refusal) = self.create_batch(&slots, api);
            created += made;
            refused = refusal;
            tried = end;
            batch *= 2;
        }
        self.active += created;
        if total > 0 {
            api.reason(Reason::CreatedPods { created, wanted: total });
        }
        match refused {
            Some(Refused::Quota { used, limited }) => {
                api.reason(Reason::CreationRefused { used, limited, skipped: total - tried });
                Err(SyncError)
            }
            Some(Refused::Missing { kind, name }) => {
                api.reason(Reason::CreationForbidden { kind, name, skipped: total - tried });
                Err(SyncError)
            }
            None => Ok(()),
        }
    }

    /// Creates the pods of one batch at the same time; how many were created, and why one was refused, if one was. Which ones are refused, and the order of the events, follow the goroutines ([`at_once`]). Pods are
    /// numbered by index; without indexes, as they are created.
    fn create_batch(&self, slots: &[Option<u32>], api: &mut ApiServer<'_>) -> (u32, Option<Refused>) {
        let room = api.pod_quota.map_or(u32::MAX, |quota| quota.saturating_sub(api.store.unfinished_pods())) as usize;
        let order = match self.job.spec.is_indexed() {
            true => at_once(slots.len()),
            false => (0..slots.len()).collect(),
        };
        let mut lucky: Vec<usize> = order.iter().copied().take(room).collect();
        order::sort(&mut lucky);
        let made: Vec<(usize, PodId)> =
            lucky.into_iter().filter_map(|slot| Some((slot, self.create_pod(slots[slot], api).ok()?))).collect();
        let key = ObjectKey::Job(self.job.id);
        let mut refused = None;
        for slot in order {
            if let Ok(at) = made.binary_search_by_key(&slot, |(slot, _)| *slot) {
                let pod = made[at].1;
                api.event(key, EventType::Normal, "SuccessfulCreate", Message::CreatedPod(pod));
                continue;
            }
            let message = match self.create_pod(slots[slot], api) {
                Err(ApiError::QuotaExceeded { prefix, suffix, used, limited }) => {
                    refused = Some(Refused::Quota { used, limited });
                    Message::QuotaExceeded { prefix, suffix, used, limited }
                }
                Err(ApiError::NotAdmitted { prefix, suffix, kind, name }) => {
                    let why = not_found(kind, &name);
                    refused = Some(Refused::Missing { kind, name });
                    Message::Forbidden { prefix, suffix, why }
                }
                Err(ApiError::Refused(_)) | Ok(_) => continue,
            };
            api.event(key, EventType::Warning, "FailedCreate", message);
        }
        (made.len() as u32, refused)
    }

    /// Creates one pod.
    fn create_pod(&self, index: Option<u32>, api: &mut ApiServer<'_>) -> Result<PodId, ApiError> {
        let (failure_count, ignored_failure_count) = self.failure_counts(index);
        let prefix = generate_name(&self.job, index);
        let (ordinal, attempt) = api.store.next_attempt(self.job.id, index);
        let now = api.now.truncated();
        let job = &self.job;
        let priority = api.inventory.priority(job.spec.template.spec.priority_class.as_ref());
        let pod = api.create_pod(|id, suffix| {
            let birth = PodBirth {
                namespace: job.meta.namespace.clone(),
                prefix: prefix.clone(),
                suffix,
                job: job.id,
                job_name: job.meta.name.clone(),
                index,
                attempt,
                ordinal,
                failure_count,
                ignored_failure_count,
                template: Rc::clone(&job.spec.template),
                created: now,
                priority: priority.value,
                never_preempts: priority.never_preempts,
                priority_class: priority.class.clone(),
            };
            new_pod(id, job, birth)
        })?;
        api.store.count_attempt(job.id, index);
        api.reason(Reason::CreatedPod(pod));
        Ok(pod)
    }

    /// The annotations job-index-failure-count and job-index-ignored-failure-count (JC-116).
    ///
    /// Upstream: addIndexFailureCountAnnotation.
    fn failure_counts(&self, index: Option<u32>) -> (Option<u32>, u32) {
        let Some(index) = index.filter(|_| self.job.spec.backoff_limit_per_index.is_some()) else { return (None, 0) };
        let Some(last) = self.delayed.get(&index) else { return (Some(0), 0) };
        let (failures, ignored) = (last.birth.failure_count.unwrap_or(0), last.birth.ignored_failure_count);
        match ignored_by(&self.job, last) {
            Some(_) => (Some(failures), ignored + 1),
            None => (Some(failures + 1), ignored),
        }
    }
}

/// Why a pod could not be created.
enum Refused {
    Quota { used: u32, limited: u32 },
    Missing { kind: ReferencedKind, name: Name },
}

/// The words of the API server. Upstream: admission/serviceaccount, admission/priority.
fn not_found(kind: ReferencedKind, name: &str) -> Rc<str> {
    match kind {
        ReferencedKind::PriorityClass => format!("no PriorityClass with name {name} was found").into(),
        _ => format!("error looking up service account default/{name}: serviceaccount \"{name}\" not found").into(),
    }
}

/// The order in which requests sent at the same time arrive: upstream starts a goroutine for each, and the last one
/// started runs first. It decides which are refused and which events are combined.
fn at_once(count: usize) -> Vec<usize> {
    let last = count.checked_sub(1);
    last.into_iter().chain(0..last.unwrap_or(0)).collect()
}

/// `pi-` or `pi-0-`, truncated to leave room for the generated characters (JC-146).
fn generate_name(job: &Job, index: Option<u32>) -> Name {
    let tail = index.map_or_else(|| "-".to_owned(), |index| format!("-{index}-"));
    let mut name: &str = &job.meta.name;
    while name.len() + tail.len() > LONGEST_PREFIX {
        let mut letters = name.chars();
        letters.next_back();
        name = letters.as_str();
    }
    format!("{name}{tail}").into()
}

fn new_pod(id: PodId, job: &Job, birth: PodBirth) -> Pod {
    let since = birth.created;
    Pod {
        id,
        ready: Ready { reason: ReadyReason::Absent, since },
        birth: Rc::new(birth),
        owner: Some(job.id),
        tracked: true,
        deletion: None,
        phase: Phase::Pending,
        bound: None,
        pending: None,
        started: None,
        sandbox: Sandbox { is_up: false, since },
        disruption: None,
        reason: None,
        initialized: false,
        containers: Rc::new([]),
        init_containers: None,
    }
}
