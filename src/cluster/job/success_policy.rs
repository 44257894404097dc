//! When an Indexed Job has succeeded enough. Upstream: success_policy.go; JC-190 … JC-195.

use crate::api::{IndexSet, JobSpec, SuccessRule};

/// The place of the first rule that is met, from 0.
///
/// Upstream: matchSuccessPolicy.
pub(crate) fn match_success_policy(spec: &JobSpec, succeeded: &IndexSet) -> Option<u32> {
    let policy = spec.success_policy.as_ref()?;
    if succeeded.is_empty() {
        return None;
    }
    let met = policy.rules.iter().position(|rule| is_met(rule, spec.index_count(), succeeded))?;
    u32::try_from(met).ok()
}

fn is_met(rule: &SuccessRule, completions: u32, succeeded: &IndexSet) -> bool {
    let enough = rule.succeeded_count.and_then(|count| u32::try_from(count).ok());
    let Some(text) = &rule.succeeded_indexes else {
        return enough.is_some_and(|enough| succeeded.len() >= enough);
    };
    // After an elastic Job was made smaller, listed indexes may lie beyond its completions: they are cut off.
    let wanted = super::indexed::parse_stored(text, completions);
    if wanted.is_empty() {
        return false;
    }
    let there = wanted.iter().filter(|index| succeeded.contains(*index)).count() as u32;
    there >= wanted.len() || enough.is_some_and(|enough| there >= enough)
}
