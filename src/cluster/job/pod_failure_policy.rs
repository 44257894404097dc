//! What the failure of a pod means: the first matching rule of podFailurePolicy decides.
//! Upstream: pod_failure_policy.go; JC-175 … JC-183.

use crate::api::{
    ContainerState, ExitCodeOperator, ExitCodeRequirement, FailureAction, Job, Message, Phase, Pod,
    PodConditionPattern, PodReplacementPolicy,
};

/// A rule that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleMatch {
    /// Its place in the policy, from 0.
    pub(crate) rule: u32,
    pub(crate) action: FailureAction,
    /// The message of the condition, if the Job fails because of it.
    pub(crate) message: Message,
}

/// Whether a pod counts as failed for the Job controller (JC-15).
///
/// Upstream: job_controller.go isPodFailed.
pub(crate) fn is_pod_failed(pod: &Pod, job: &Job) -> bool {
    if pod.phase == Phase::Failed {
        return true;
    }
    if job.spec.pod_replacement_policy == PodReplacementPolicy::Failed {
        return false;
    }
    pod.is_deleting() && pod.phase != Phase::Succeeded
}

/// The first rule that matches a failed pod; without one, the failure counts against backoffLimit.
///
/// Upstream: matchPodFailurePolicy.
pub(crate) fn match_pod_failure_policy(job: &Job, pod: &Pod) -> Option<RuleMatch> {
    let policy = job.spec.pod_failure_policy.as_ref()?;
    policy.rules.iter().zip(0..).find_map(|(rule, number)| {
        let message = match &rule.on_exit_codes {
            Some(requirement) => match_exit_codes(pod, requirement, number)?,
            None => match_conditions(pod, &rule.on_pod_conditions, number)?,
        };
        Some(RuleMatch { rule: number, action: rule.action, message })
    })
}

/// The place of the rule by which a failed pod is ignored.
pub(crate) fn ignored_by(job: &Job, pod: &Pod) -> Option<u32> {
    match_pod_failure_policy(job, pod).filter(|found| found.action == FailureAction::Ignore).map(|found| found.rule)
}

fn match_exit_codes(pod: &Pod, requirement: &ExitCodeRequirement, rule: u32) -> Option<Message> {
    let declared = &pod.birth.template.spec.containers;
    let regular = pod.statuses().into_iter().filter_map(|(place, status)| Some((declared.get(place)?, status)));
    let (container, exit_code) = regular.chain(pod.init_statuses()).find_map(|(declared, status)| {
        let ContainerState::Terminated(terminated) = status.state else { return None };
        let named = requirement.container_name.as_ref().is_none_or(|name| *name == declared.name);
        let listed = requirement.values.contains(&terminated.exit_code);
        let wanted = match requirement.operator {
            ExitCodeOperator::In => listed,
            ExitCodeOperator::NotIn => !listed,
        };
        // Exit code 0 never matches, not even NotIn.
        (named && wanted && terminated.exit_code != 0).then(|| (declared.name.clone(), terminated.exit_code))
    })?;
    let namespace = pod.birth.namespace.clone();
    Some(Message::FailJobExitCode { container, pod: pod.id, namespace, exit_code, rule })
}

fn match_conditions(pod: &Pod, patterns: &[PodConditionPattern], rule: u32) -> Option<Message> {
    let condition = pod.conditions().find(|condition| {
        patterns
            .iter()
            .any(|pattern| *pattern.condition_type == *condition.condition_type && *pattern.status == *condition.status)
    })?;
    let namespace = pod.birth.namespace.clone();
    Some(Message::FailJobCondition { pod: pod.id, namespace, condition: condition.condition_type.into(), rule })
}
