//! Carries out inputs: what a person or another program does to the cluster (docs/scenario.md, Inputs).

use super::api_server::ApiServer;
use super::input::{Cascade, InputAction, ObjectKind, ObjectSelector, PodSelector};
use super::kubelet::Kubelet;
use super::reason::{EndedBy, NoEffect, Reason};
use super::store::{NamespacedName, Store};
use crate::api::admission::{self, FieldValidation};
use crate::api::{CronJobId, DisruptionReason, JobId, ObjectKey, Pod};
use serde_json::Value;
use std::rc::Rc;

/// What an input came to.
pub(crate) enum Effect {
    /// It was done to this object.
    Done(Option<ObjectKey>),
    /// It did nothing.
    None(NoEffect),
    /// The API server refused it.
    Refused(Option<ObjectKey>, Rc<str>),
}

/// The first object of the text, which inputs without a name mean.
pub(crate) type FirstObject = Option<(ObjectKind, NamespacedName)>;

/// Does what an input says, except restarting the controllers.
pub(crate) fn carry_out(
    verb: &InputAction,
    first: &FirstObject,
    kubelet: &mut Kubelet,
    api: &mut ApiServer<'_>,
) -> Effect {
    match verb {
        InputAction::Fail { target, exit_code } => on_pod(target, api, |pod, api| {
            kubelet.exit_now(pod.id, target.container.as_ref(), *exit_code, EndedBy::FailInput, api)
        }),
        InputAction::OomKill(target) => on_pod(target, api, |pod, api| {
            kubelet.exit_now(pod.id, target.container.as_ref(), 137, EndedBy::OomKill, api)
        }),
        InputAction::Evict(target) => on_pod(target, api, |pod, api| {
            api.add_disruption_target(pod.id, DisruptionReason::EvictionByEvictionApi);
            api.delete_pod(pod.id, None);
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
        InputAction::RestartControllers => Effect::Done(None),
    }
}

/// Acts on the newest pod that fits.
fn on_pod(
    target: &PodSelector,
    api: &mut ApiServer<'_>,
    act: impl FnOnce(&Pod, &mut ApiServer<'_>) -> Result<(), NoEffect>,
) -> Effect {
    let Some(pod) = newest(target, api.store) else { return Effect::None(NoEffect::NoSuchPod) };
    match act(&pod, api) {
        Ok(()) => Effect::Done(Some(ObjectKey::Pod(pod.id))),
        Err(why) => Effect::None(why),
    }
}

/// The newest living pod that fits.
fn newest(target: &PodSelector, store: &Store) -> Option<Rc<Pod>> {
    let named = |pod: &Pod| {
        let declared = &pod.birth.template.containers;
        target.container.as_ref().is_none_or(|name| declared.iter().any(|container| container.name == *name))
    };
    store.pods().rev().find(|pod| target.fits(pod.id, &pod.birth) && named(pod)).cloned()
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

/// What an object selector means. Without a name it is the first object of the text; if that is of the other kind, the
/// newest living one of this kind, say the running Job of a CronJob.
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

fn delete(target: &ObjectSelector, cascade: Cascade, first: &FirstObject, api: &mut ApiServer<'_>) -> Effect {
    let Some(key) = find(target, first, api.store) else { return Effect::None(NoEffect::NoSuchObject) };
    match key {
        ObjectKey::Job(id) => api.delete_job(id, cascade),
        ObjectKey::CronJob(id) => api.delete_cron_job(id, cascade),
        ObjectKey::Pod(_) => {}
    }
    Effect::Done(Some(key))
}

/// Creates the Job of a manifest, as `kubectl create -f` does.
pub(crate) fn create(value: &Value, api: &mut ApiServer<'_>) -> Effect {
    if value["kind"] == "CronJob" {
        return create_cron_job(value, api);
    }
    // A refused Job takes no number, so the next one gets this one's.
    let id = api.store.peek_next_job();
    match admission::create_job(value, id, api.now) {
        Err(refusal) => Effect::Refused(None, refusal.message.into()),
        Ok(job) if api.store.job_named(&job.key()).is_some() => {
            let name = &job.meta.name;
            Effect::Refused(None, format!("jobs.batch \"{name}\" already exists").into())
        }
        Ok(job) => {
            let id: JobId = api.store.next_job();
            api.create_job(job);
            Effect::Done(Some(ObjectKey::Job(id)))
        }
    }
}

fn create_cron_job(value: &Value, api: &mut ApiServer<'_>) -> Effect {
    let id = api.store.peek_next_cron_job();
    match admission::create_cron_job(value, id, api.now) {
        Err(refusal) => Effect::Refused(None, refusal.message.into()),
        Ok(cron_job) if api.store.cron_job_named(&cron_job.key()).is_some() => {
            let name = &cron_job.meta.name;
            Effect::Refused(None, format!("cronjobs.batch \"{name}\" already exists").into())
        }
        Ok(cron_job) => {
            let id: CronJobId = api.store.next_cron_job();
            api.create_cron_job(cron_job);
            Effect::Done(Some(ObjectKey::CronJob(id)))
        }
    }
}

fn patch_object(target: &ObjectSelector, patch: &Value, first: &FirstObject, api: &mut ApiServer<'_>) -> Effect {
    let Some(key) = find(target, first, api.store) else { return Effect::None(NoEffect::NoSuchObject) };
    let refused = |refusal: admission::Refusal| Effect::Refused(Some(key), refusal.told().into());
    match key {
        ObjectKey::Job(id) => {
            let Some(old) = api.store.job(id).cloned() else { return Effect::None(NoEffect::NoSuchObject) };
            match admission::patch_job(&old, patch, FieldValidation::Warn) {
                Err(refusal) => return refused(refusal),
                Ok(changed) if changed.object == *old => return Effect::None(NoEffect::NoChange),
                Ok(changed) => api.update_job(changed.object),
            }
        }
        ObjectKey::CronJob(id) => {
            let Some(old) = api.store.cron_job(id).cloned() else { return Effect::None(NoEffect::NoSuchObject) };
            match admission::patch_cron_job(&old, patch, FieldValidation::Warn) {
                Err(refusal) => return refused(refusal),
                Ok(changed) if changed.object == *old => return Effect::None(NoEffect::NoChange),
                Ok(changed) => api.update_cron_job(changed.object),
            }
        }
        ObjectKey::Pod(_) => {}
    }
    api.reason(Reason::Updated(key));
    Effect::Done(Some(key))
}
