//! Pods: how many there may be, how they change, and whether their containers agree with them.

use super::world::World;
use super::{Run, Verdict, ensure};
use job_playground::api::{
    ContainerState, DisruptionReason, Job, JobId, Phase, Pod, PodReason, PodReplacementPolicy, ReadyReason,
    RestartPolicy,
};
use job_playground::cluster::input::InputAction;
use job_playground::cluster::reason::{Component, Reason};
use job_playground::recording::Verb;
use std::collections::{BTreeMap, BTreeSet};

fn parallelism(job: &Job) -> u32 {
    u32::try_from(job.spec.parallelism).unwrap_or(0)
}

/// If there are more pods than allowed (a lowered parallelism, adopted pods), no step creates another.
pub(super) fn no_more_than_allowed(run: &Run) -> Verdict {
    let mut before: BTreeMap<JobId, (u32, u32)> = BTreeMap::new();
    run.walk(|world, moment| {
        let adopts = moment.reasons.iter().any(|reason| matches!(reason, Reason::Adopted(_)));
        let made = moment.reasons.iter().any(|reason| matches!(reason, Reason::CreatedPod(_)));
        let owners = moment.changes.iter().filter_map(|change| change.pod()?.1.owner);
        let touched: BTreeSet<JobId> = owners.collect();
        for job in touched.iter().filter_map(|id| world.jobs.get(id)) {
            let active = world.pods_of(job.id).filter(|pod| pod.is_active()).count() as u32;
            let terminating = world.pods_of(job.id).filter(|pod| pod.is_terminating()).count() as u32;
            let (old_active, old_terminating) = before.insert(job.id, (active, terminating)).unwrap_or_default();
            let allowed = parallelism(job).max(old_active);
            ensure!(adopts || active <= allowed, "{active} active pods of {allowed}");
            if made && job.spec.pod_replacement_policy == PodReplacementPolicy::Failed {
                let allowed = parallelism(job).max(old_active + old_terminating);
                ensure!(active + terminating <= allowed, "{active} active and {terminating} terminating of {allowed}");
            }
            if let Some(completions) = job.spec.completions.filter(|_| active > old_active && !adopts) {
                let left = u32::try_from(completions).unwrap_or(0).saturating_sub(job.status.succeeded);
                ensure!(active <= left, "{active} active pods where {left} successes are missing");
            }
            one_for_each_index(job, world, adopts)?;
        }
        Ok(())
    })
}

fn one_for_each_index(job: &Job, world: &World<'_>, adopts: bool) -> Verdict {
    if !job.spec.is_indexed() || adopts || job.spec.manual_selector {
        return Ok(());
    }
    let holds = job.spec.pod_replacement_policy == PodReplacementPolicy::Failed;
    let mut taken = BTreeSet::new();
    for pod in world.pods_of(job.id).filter(|pod| pod.is_active()) {
        ensure!(taken.insert(pod.birth.index), "two active pods of index {:?}", pod.birth.index);
    }
    // A policy that was changed finds pods that an earlier one allowed.
    let always = job.meta.generation == 1;
    for pod in world.pods_of(job.id).filter(|pod| pod.is_terminating() && holds && always) {
        ensure!(taken.insert(pod.birth.index), "a pod beside a terminating one of index {:?}", pod.birth.index);
    }
    Ok(())
}

/// Phase, node, deletion, finalizer and restarts never go back.
pub(super) fn go_one_way(run: &Run) -> Verdict {
    // What happens on a lost node is reported all at once.
    let is_unseen = run.scenario.inputs.iter().any(|input| matches!(input.action, InputAction::NodeLost(_)));
    run.walk(|_, moment| {
        let adopted = |pod: &Pod| moment.reasons.contains(&Reason::Adopted(pod.id));
        for change in &moment.changes {
            let Some((Some(old), new)) = change.pod() else { continue };
            let id = new.id;
            ensure!(new.phase >= old.phase, "{id}: {:?} after {:?}", new.phase, old.phase);
            ensure!(!old.phase.is_terminal() || new.phase == old.phase, "{id}: {:?} after {:?}", new.phase, old.phase);
            ensure!(old.bound.is_none() || new.bound == old.bound, "{id} moves to another node");
            ensure!(old.tracked || !new.tracked || adopted(new), "{id} is tracked again");
            ensure!(old.owner == new.owner || new.owner.is_none() || adopted(new), "{id} has another owner");
            ensure!(old.reason.is_none() || new.reason == old.reason, "{id} has another reason");
            if let Some(deletion) = old.deletion {
                let Some(later) = new.deletion else { return Err(format!("{id}: its deletion is taken back")) };
                // A time that has gone by already becomes now.
                let latest = deletion.timestamp.max(moment.at.truncated());
                let shorter = later.grace_seconds <= deletion.grace_seconds && later.timestamp <= latest;
                ensure!(shorter, "{id} gets more time: {later:?} after {deletion:?}");
            }
            if let (Some(old), Some(new)) = (old.disruption, new.disruption) {
                ensure!(old.since == new.since, "{id}: DisruptionTarget moves");
            }
            ensure!(old.disruption.is_none() || new.disruption.is_some(), "{id} loses DisruptionTarget");
            for (old, new) in old.containers.iter().zip(new.containers.iter()) {
                let steps = new.restart_count.checked_sub(old.restart_count);
                ensure!(
                    steps.is_some_and(|steps| steps <= 1 || is_unseen),
                    "{id}: restarts {} after {}",
                    new.restart_count,
                    old.restart_count
                );
            }
        }
        Ok(())
    })
}

pub(super) fn containers_agree(run: &Run) -> Verdict {
    run.walk(|_, moment| {
        for change in moment.changes.iter().filter(|change| change.verb != Verb::Remove) {
            let Some((_, pod)) = change.pod() else { continue };
            one_pod(pod).map_err(|wrong| format!("{}: {wrong}: {pod:?}", pod.id))?;
        }
        Ok(())
    })
}

fn one_pod(pod: &Pod) -> Verdict {
    let template = &pod.birth.template;
    let all = pod.containers.len();
    ensure!(all == 0 || all == template.spec.containers.len(), "{all} containers");
    ensure!(pod.bound.is_some() || all == 0 || pod.phase.is_terminal(), "containers without a node");
    // Its node is gone, and nobody knows what became of its containers.
    let is_lost = pod.disruption.is_some_and(|why| why.reason == DisruptionReason::DeletionByPodGC);
    let has_init = pod.init_containers.is_some();
    let mut ended_well = true;
    for container in pod.containers.iter() {
        let restarted = container.restart_count > 0;
        ensure!(
            !restarted || template.spec.restart_policy == RestartPolicy::OnFailure,
            "a restart, and restartPolicy Never"
        );
        let ends = match container.state {
            ContainerState::Terminated(end) => Some(end),
            ContainerState::Running(since) => {
                ensure!(!pod.phase.is_terminal() || is_lost, "a container runs in a pod that has ended");
                ensure!(pod.bound.is_some_and(|bound| bound.at <= since), "a container runs before its pod has a node");
                None
            }
            ContainerState::Waiting(_) => {
                ensure!(!pod.phase.is_terminal() || is_lost || has_init, "a container waits in a pod that has ended");
                None
            }
        };
        for end in ends.into_iter().chain(container.last) {
            ensure!(end.started <= end.finished || end.finished.is_none(), "a container ends before it starts");
        }
        ended_well &= ends.is_some_and(|end| end.exit_code == 0);
    }
    let running =
        |container: &job_playground::api::ContainerStatus| matches!(container.state, ContainerState::Running(_));
    for container in pod.containers.iter() {
        ensure!(!container.ready || container.started, "a container is ready that has not started");
        ensure!(!container.started || running(container), "a container has started that does not run");
    }
    let all_ready = all > 0 && pod.containers.iter().all(|container| container.ready);
    ensure!(!pod.is_ready() || all_ready, "Ready, and not all containers are");
    let may_differ =
        has_init || template.spec.active_deadline.is_some() || is_lost || pod.ready.reason == ReadyReason::NodeNotReady;
    ensure!(pod.is_ready() || !all_ready || may_differ, "not Ready, and all containers are");
    ensure!(pod.phase != Phase::Succeeded || ended_well && all > 0, "Succeeded, and not all ended with 0");
    ensure!(
        pod.phase != Phase::Failed || all == 0 || !ended_well || is_lost || pod.reason.is_some(),
        "Failed, and all ended with 0"
    );
    ensure!(pod.phase != Phase::Succeeded || pod.ready.reason == ReadyReason::PodCompleted, "{:?}", pod.ready);
    ensure!(pod.reason != Some(PodReason::Evicted) || pod.disruption.is_some(), "evicted without DisruptionTarget");
    ensure!(pod.bound.is_none_or(|bound| bound.at >= pod.birth.created), "it has a node before it is there");
    Ok(())
}

/// No pods are created for Jobs that are suspended, being deleted, finished or managed by others, nor for completed or
/// failed indexes.
pub(super) fn none_for_the_unwilling(run: &Run) -> Verdict {
    let mut before: BTreeMap<JobId, &Job> = BTreeMap::new();
    run.walk(|world, moment| {
        for change in moment.changes.iter().filter(|change| change.verb == Verb::Create) {
            let Some((_, pod)) = change.pod() else { continue };
            ensure!(moment.step.component == Component::JobController, "{} is made by somebody else", pod.id);
            let Some(job) = pod.owner.and_then(|job| before.get(&job)) else {
                return Err(format!("{} is made for no Job", pod.id));
            };
            ensure!(!job.spec.suspend, "{} is made for a suspended Job", pod.id);
            ensure!(!job.is_deleting() && !job.is_finished(), "{} is made for a Job that is over", pod.id);
            let decided = job
                .status
                .conditions
                .iter()
                .any(|condition| condition.condition_type != job_playground::api::ConditionType::Suspended);
            ensure!(!decided, "{} is made for a Job that ends", pod.id);
            let own = job.spec.managed_by.as_deref().is_none_or(|by| by == "kubernetes.io/job-controller");
            ensure!(own, "{} is made for a Job that another controller manages", pod.id);
            ensure!(pod.birth.index.is_some() == job.spec.is_indexed(), "{} has an index or not", pod.id);
            let Some(index) = pod.birth.index else { continue };
            let failed = job.status.failed_indexes.as_ref().is_some_and(|failed| failed.contains(index));
            ensure!(!failed && !job.status.completed_indexes.contains(index), "index {index} is decided");
            ensure!(index < job.spec.index_count(), "index {index} is out of the Job's range");
        }
        before.clone_from(&world.jobs);
        Ok(())
    })
}

pub(super) fn quota_holds(run: &Run) -> Verdict {
    let Some(quota) = run.scenario.cluster.pod_quota else { return Ok(()) };
    run.walk(|world, _| {
        let used = world.pods.values().filter(|pod| !pod.phase.is_terminal()).count() as u32;
        ensure!(used <= quota, "{used} pods, and the quota is {quota}");
        Ok(())
    })
}
