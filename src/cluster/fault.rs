//! Carries out inputs: what a person or another program does to the cluster (docs/scenario.md, Inputs).

use super::api_server::ApiServer;
use super::components::Components;
use super::input::{Cascade, InputAction, ObjectKind, ObjectSelector, PodSelector};
use super::input_result::{InputResult, NotDone};
use super::node_fault;
use super::reason::{EndedBy, NoEffect, Reason};
use super::store::{NamespacedName, Store};
use crate::api::admission::{self, FieldValidation, Refusal};
use crate::api::{CronJobId, DisruptionReason, JobId, ObjectKey, Pod};
use serde_json::Value;
use std::rc::Rc;

/// The first object of the text; inputs that name no object mean this one.
pub(crate) type FirstObject = Option<(ObjectKind, NamespacedName)>;

/// Does what an input says.
pub(crate) fn carry_out(
    action: &InputAction,
    first: &FirstObject,
    components: &mut Components,
    api: &mut ApiServer<'_>,
) -> InputResult {
    let kubelet = &mut components.kubelet;
    match action {
        InputAction::Fail { target, exit_code } => on_pod(target, api, |pod, api| {
            kubelet.exit_now(pod.id, target.container.as_ref(), *exit_code, EndedBy::FailInput, api)
        }),
        InputAction::OomKill(target) => on_pod(target, api, |pod, api| {
            kubelet.exit_now(pod.id, target.container.as_ref(), 137, EndedBy::OomKill, api)
        }),
        InputAction::Evict(target) => on_pod(target, api, |pod, api| {
            api.evict_pod(pod.id);
            Ok(())
        }),
        InputAction::Preempt(target) => on_pod(target, api, preempt),
        InputAction::NodePressureEvict(target) => {
            on_pod(target, api, |pod, api| kubelet.evict_under_pressure(pod.id, api))
        }
        InputAction::DeletePod { target, grace_seconds } => on_pod(target, api, |pod, api| {
            // A second request matters only if it leaves less time than the first.
            let sooner = api.delete_pod(pod.id, *grace_seconds);
            if sooner { Ok(()) } else { Err(NoEffect::AlreadyStopping) }
        }),
        InputAction::Delete { target, cascade } => delete(target, *cascade, first, api),
        InputAction::Create(value) => create(value, api),
        InputAction::Patch { target, patch } => patch_object(target, patch, first, api),
        InputAction::RestartControllers => {
            restart_controllers(components, api);
            Ok(None)
        }
        InputAction::Cordon(_)
        | InputAction::Uncordon(_)
        | InputAction::Drain(_)
        | InputAction::Taint { .. }
        | InputAction::NodeLost(_)
        | InputAction::NodeBack(_)
        | InputAction::NodeAdd(_)
        | InputAction::NodeDelete(_) => node_fault::carry_out(action, components, api),
        InputAction::Provide(provided) => {
            api.inventory.provide(provided.clone());
            api.reason(Reason::Provided(provided.clone()));
            components.scheduler.claim_appears(api);
            Ok(None)
        }
    }
}

/// Restarts all controllers; their process has one event recorder, which forgets too.
fn restart_controllers(components: &mut Components, api: &mut ApiServer<'_>) {
    api.recorder.forget();
    components.restart(api.store, api.now, api.journal.current());
    api.reason(Reason::MemoryLost);
}

/// Acts on the newest pod that matches.
fn on_pod(
    target: &PodSelector,
    api: &mut ApiServer<'_>,
    act: impl FnOnce(&Pod, &mut ApiServer<'_>) -> Result<(), NoEffect>,
) -> InputResult {
    let pod = newest(target, api.store).ok_or(NoEffect::NoSuchPod)?;
    act(&pod, api)?;
    Ok(Some(ObjectKey::Pod(pod.id)))
}

/// The newest living pod that matches.
fn newest(target: &PodSelector, store: &Store) -> Option<Rc<Pod>> {
    let node = |pod: &Pod| Some(&*store.node(pod.bound?.node)?.name);
    store.pods().rev().find(|pod| target.means(pod, node(pod))).cloned()
}

fn preempt(pod: &Pod, api: &mut ApiServer<'_>) -> Result<(), NoEffect> {
    if pod.bound.is_none() {
        return Err(NoEffect::NotBound);
    }
    if pod.phase.is_terminal() {
        return Err(NoEffect::AlreadyEnded);
    }
    if pod.is_deleting() {
        return Err(NoEffect::AlreadyStopping);
    }
    api.add_disruption_target(pod.id, DisruptionReason::PreemptionByScheduler);
    api.delete_pod(pod.id, None);
    Ok(())
}

/// The object that a selector means. Without a name it is the first object of the text; if that has the other kind, the
/// newest living one of this kind, for example the running Job of a CronJob.
fn find(target: &ObjectSelector, first: &FirstObject, store: &Store) -> Option<ObjectKey> {
    let key = match (&target.name, first) {
        (Some(name), _) => NamespacedName {
            namespace: target.namespace.clone().unwrap_or_else(|| "default".into()),
            name: name.clone(),
        },
        (None, Some((kind, key))) if *kind == target.kind => key.clone(),
        (None, _) => return newest_object(target.kind, store),
    };
    match target.kind {
        ObjectKind::Job => store.job_named(&key).map(|job| ObjectKey::Job(job.id)),
        ObjectKind::CronJob => store.cron_job_named(&key).map(|cron_job| ObjectKey::CronJob(cron_job.id)),
    }
}

fn newest_object(kind: ObjectKind, store: &Store) -> Option<ObjectKey> {
    match kind {
        ObjectKind::Job => store.jobs().last().map(|job| ObjectKey::Job(job.id)),
        ObjectKind::CronJob => store.cron_jobs().last().map(|cron_job| ObjectKey::CronJob(cron_job.id)),
    }
}

fn delete(target: &ObjectSelector, cascade: Cascade, first: &FirstObject, api: &mut ApiServer<'_>) -> InputResult {
    let key = find(target, first, api.store).ok_or(NoEffect::NoSuchObject)?;
    match key {
        ObjectKey::Job(id) => api.delete_job(id, cascade),
        ObjectKey::CronJob(id) => api.delete_cron_job(id, cascade),
        ObjectKey::Pod(_) | ObjectKey::Node(_) => {}
    }
    Ok(Some(key))
}

/// Creates the object of a manifest, as `kubectl create -f` does.
pub(crate) fn create(value: &Value, api: &mut ApiServer<'_>) -> InputResult {
    if value["kind"] == "CronJob" {
        return create_cron_job(value, api);
    }
    // A refused Job takes no number, so the next one gets this one's.
    let id = api.store.peek_next_job();
    match admission::create_job(value, id, api.now) {
        Err(refusal) => Err(NotDone::Refused(None, refusal.into())),
        Ok(job) if api.store.job_named(&job.key()).is_some() => {
            Err(NotDone::Refused(None, Refusal::already_exists("jobs", &job.meta.name).into()))
        }
        Ok(job) => {
            let id: JobId = api.store.next_job();
            api.create_job(job);
            Ok(Some(ObjectKey::Job(id)))
        }
    }
}

fn create_cron_job(value: &Value, api: &mut ApiServer<'_>) -> InputResult {
    let id = api.store.peek_next_cron_job();
    match admission::create_cron_job(value, id, api.now) {
        Err(refusal) => Err(NotDone::Refused(None, refusal.into())),
        Ok(cron_job) if api.store.cron_job_named(&cron_job.key()).is_some() => {
            Err(NotDone::Refused(None, Refusal::already_exists("cronjobs", &cron_job.meta.name).into()))
        }
        Ok(cron_job) => {
            let id: CronJobId = api.store.next_cron_job();
            api.create_cron_job(cron_job);
            Ok(Some(ObjectKey::CronJob(id)))
        }
    }
}

fn patch_object(target: &ObjectSelector, patch: &Value, first: &FirstObject, api: &mut ApiServer<'_>) -> InputResult {
    let key = find(target, first, api.store).ok_or(NoEffect::NoSuchObject)?;
    let refused = |refusal: Refusal| NotDone::Refused(Some(key), refusal.into());
    match key {
        ObjectKey::Job(id) => {
            let old = api.store.job(id).cloned().ok_or(NoEffect::NoSuchObject)?;
            let changed = admission::patch_job(&old, patch, FieldValidation::Warn).map_err(refused)?.object;
            if changed == *old {
                return Err(NoEffect::NoChange.into());
            }
            api.update_job(changed);
        }
        ObjectKey::CronJob(id) => {
            let old = api.store.cron_job(id).cloned().ok_or(NoEffect::NoSuchObject)?;
            let changed = admission::patch_cron_job(&old, patch, FieldValidation::Warn).map_err(refused)?.object;
            if changed == *old {
                return Err(NoEffect::NoChange.into());
            }
            api.update_cron_job(changed);
        }
        ObjectKey::Pod(_) | ObjectKey::Node(_) => {}
    }
    api.reason(Reason::Updated(key));
    Ok(Some(key))
}
