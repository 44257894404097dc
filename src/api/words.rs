//! Fields that hold one of a few words: which words, by the name that Go gives the type. The one list, for validation
//! and for completion. In the order in which the API server lists them.

/// `completionMode`.
pub(super) const COMPLETION_MODES: &[&str] = &["NonIndexed", "Indexed"];
/// `podReplacementPolicy`.
pub(super) const POD_REPLACEMENT_POLICIES: &[&str] = &["Failed", "TerminatingOrFailed"];
/// `action` of a rule of `podFailurePolicy`.
pub(super) const FAILURE_ACTIONS: &[&str] = &["Count", "FailIndex", "FailJob", "Ignore"];
/// `operator` of exit codes.
pub(super) const IN_OR_NOT: &[&str] = &["In", "NotIn"];
/// `status` of a condition.
pub(super) const CONDITION_STATUSES: &[&str] = &["False", "True", "Unknown"];
/// `concurrencyPolicy`.
pub(super) const CONCURRENCY_POLICIES: &[&str] = &["Allow", "Forbid", "Replace"];
/// `restartPolicy` of a pod.
pub(super) const RESTART_POLICIES: &[&str] = &["Always", "OnFailure", "Never"];
/// `restartPolicy` of a pod of a Job.
pub(super) const JOB_RESTART_POLICIES: &[&str] = &["OnFailure", "Never"];
/// `restartPolicy` of a container.
pub(super) const CONTAINER_RESTART_POLICIES: &[&str] = &["Always", "Never", "OnFailure"];
/// `action` of a rule of `restartPolicyRules`.
pub(super) const RESTART_ACTIONS: &[&str] = &["Restart", "RestartAllContainers"];
/// `dnsPolicy`.
pub(super) const DNS_POLICIES: &[&str] = &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
/// `preemptionPolicy`.
pub(super) const PREEMPTION_POLICIES: &[&str] = &["PreemptLowerPriority", "Never"];
/// `imagePullPolicy`.
pub(super) const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];
/// `terminationMessagePolicy`.
pub(super) const MESSAGE_POLICIES: &[&str] = &["File", "FallbackToLogsOnError"];
/// `restartPolicy` of a resize policy.
pub(super) const RESIZE_POLICIES: &[&str] = &["NotRequired", "RestartContainer"];
/// `protocol` of a port.
pub(super) const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];
/// `scheme` of an HTTP request.
pub(super) const SCHEMES: &[&str] = &["HTTP", "HTTPS"];
/// `operator` of a toleration.
pub(super) const TOLERATION_OPERATORS: &[&str] = &["Equal", "Exists"];
/// `effect` of a toleration.
pub(super) const TAINT_EFFECTS: &[&str] = &["NoSchedule", "PreferNoSchedule", "NoExecute"];
/// `operator` of a label selector.
pub(super) const SELECTOR_OPERATORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist"];
/// `operator` of a node selector.
pub(super) const NODE_OPERATORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
/// `whenUnsatisfiable`.
pub(super) const SPREAD_ACTIONS: &[&str] = &["DoNotSchedule", "ScheduleAnyway"];
/// `nodeAffinityPolicy`, `nodeTaintsPolicy`.
pub(super) const INCLUSION_POLICIES: &[&str] = &["Honor", "Ignore"];
/// `os.name`.
pub(super) const SYSTEMS: &[&str] = &["linux", "windows"];
/// `type` of a seccomp or AppArmor profile.
pub(super) const PROFILE_TYPES: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];
/// `procMount`.
pub(super) const PROC_MOUNTS: &[&str] = &["Default", "Unmasked"];
/// `fsGroupChangePolicy`.
pub(super) const GROUP_CHANGE_POLICIES: &[&str] = &["Always", "OnRootMismatch"];
/// `supplementalGroupsPolicy`.
pub(super) const GROUP_POLICIES: &[&str] = &["Merge", "Strict"];
/// `mountPropagation`.
pub(super) const PROPAGATIONS: &[&str] = &["Bidirectional", "HostToContainer", "None"];
/// `recursiveReadOnly`.
pub(super) const RECURSIVE_MODES: &[&str] = &["Disabled", "Enabled", "IfPossible"];
/// `accessModes` of a claim.
pub(super) const ACCESS_MODES: &[&str] = &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
/// `volumeMode` of a claim.
pub(super) const VOLUME_MODES: &[&str] = &["Block", "Filesystem"];
/// `type` of a path on the node.
pub(super) const HOST_PATH_TYPES: &[&str] =
    &["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

/// `fieldPath`: fields of a pod.
pub const POD_FIELDS: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.serviceAccountName",
    "spec.schedulerName",
    "status.phase",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// Go's type and its words; of a pod only what a Job allows.
const BY_TYPE: &[(&str, &[&str])] = &[
    ("AppArmorProfileType", PROFILE_TYPES),
    ("CompletionMode", COMPLETION_MODES),
    ("ConcurrencyPolicy", CONCURRENCY_POLICIES),
    ("ConditionStatus", CONDITION_STATUSES),
    ("ContainerRestartPolicy", CONTAINER_RESTART_POLICIES),
    ("ContainerRestartRuleAction", RESTART_ACTIONS),
    ("ContainerRestartRuleOnExitCodesOperator", IN_OR_NOT),
    ("DNSPolicy", DNS_POLICIES),
    ("HostPathType", HOST_PATH_TYPES),
    ("LabelSelectorOperator", SELECTOR_OPERATORS),
    ("MountPropagationMode", PROPAGATIONS),
    ("NodeInclusionPolicy", INCLUSION_POLICIES),
    ("NodeSelectorOperator", NODE_OPERATORS),
    ("OSName", SYSTEMS),
    ("PersistentVolumeAccessMode", ACCESS_MODES),
    ("PersistentVolumeMode", VOLUME_MODES),
    ("PodFSGroupChangePolicy", GROUP_CHANGE_POLICIES),
    ("PodFailurePolicyAction", FAILURE_ACTIONS),
    ("PodFailurePolicyOnExitCodesOperator", IN_OR_NOT),
    ("PodReplacementPolicy", POD_REPLACEMENT_POLICIES),
    ("PreemptionPolicy", PREEMPTION_POLICIES),
    ("ProcMountType", PROC_MOUNTS),
    ("Protocol", PROTOCOLS),
    ("PullPolicy", PULL_POLICIES),
    ("RecursiveReadOnlyMode", RECURSIVE_MODES),
    ("ResourceResizeRestartPolicy", RESIZE_POLICIES),
    ("RestartPolicy", JOB_RESTART_POLICIES),
    ("SeccompProfileType", PROFILE_TYPES),
    ("SupplementalGroupsPolicy", GROUP_POLICIES),
    ("TaintEffect", TAINT_EFFECTS),
    ("TerminationMessagePolicy", MESSAGE_POLICIES),
    ("TolerationOperator", TOLERATION_OPERATORS),
    ("URIScheme", SCHEMES),
    ("UnsatisfiableConstraintAction", SPREAD_ACTIONS),
];

/// The words of a Go type, in a Job; none if any text will do.
pub fn of(go_type: &str) -> &'static [&'static str] {
    BY_TYPE.iter().find(|(name, _)| *name == go_type).map_or(&[], |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_in_the_schema() {
        let table = include_str!("schema/types.txt");
        for (name, words) in BY_TYPE {
            let is_there = table.split([' ', ',', '\n', '*', '!', ']']).any(|word| word == *name);
            assert!(is_there && !words.is_empty(), "{name}");
        }
    }
}
