//! Messages of events and conditions, kept as facts until they are read: 100,000 pods make no strings.

use super::meta::{Name, PodId};
use std::rc::Rc;

/// What an event or a condition says, in Kubernetes's words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Message {
    /// A fixed text.
    Text(&'static str),
    /// A text made on the spot.
    Owned(Rc<str>),
    /// `Created pod: NAME`
    CreatedPod(PodId),
    /// `Deleted pod: NAME`
    DeletedPod(PodId),
    /// `Error creating: pods "NAME" is forbidden: exceeded quota: …`; the name is that of a pod that was not created.
    QuotaExceeded {
        /// The generateName of the refused pod.
        prefix: Name,
        /// Its five generated characters.
        suffix: [u8; 5],
        /// Pods that count now.
        used: u32,
        /// Pods allowed.
        limited: u32,
    },
    /// `Error creating: pods "NAME" is forbidden: …`, for what the pod names and does not exist (P-2).
    Forbidden {
        /// The generateName of the refused pod.
        prefix: Name,
        /// Its five generated characters.
        suffix: [u8; 5],
        /// What is missing, in the words of the API server.
        why: Rc<str>,
    },
    /// `Container C for pod NS/NAME failed with exit code N matching FailJob rule at index I` (JC-183).
    FailJobExitCode {
        /// The container that matched.
        container: Name,
        /// Its pod.
        pod: PodId,
        /// Namespace of the pod.
        namespace: Name,
        /// Its exit code.
        exit_code: i32,
        /// The rule, from 0.
        rule: u32,
    },
    /// `Pod NS/NAME has condition T matching FailJob rule at index I` (JC-183).
    FailJobCondition {
        /// The pod.
        pod: PodId,
        /// Namespace of the pod.
        namespace: Name,
        /// The condition's type.
        condition: Name,
        /// The rule, from 0.
        rule: u32,
    },
    /// `Matched rules at index I` of the success policy (JC-192).
    MatchedSuccessRule(u32),
}

impl Message {
    /// The text, pods named by `pod_name`, the five random characters of a refused pod's name by `suffix`.
    pub fn text(&self, pod_name: &dyn Fn(PodId) -> String, suffix: &dyn Fn([u8; 5]) -> String) -> String {
        match self {
            Message::Text(text) => (*text).to_owned(),
            Message::Owned(text) => text.to_string(),
            Message::CreatedPod(pod) => format!("Created pod: {}", pod_name(*pod)),
            Message::DeletedPod(pod) => format!("Deleted pod: {}", pod_name(*pod)),
            Message::QuotaExceeded { prefix, suffix: random, used, limited } => format!(
                "Error creating: pods \"{prefix}{}\" is forbidden: exceeded quota: quota, requested: pods=1, used: pods={used}, limited: pods={limited}",
                suffix(*random)
            ),
            Message::Forbidden { prefix, suffix: random, why } => {
                format!("Error creating: pods \"{prefix}{}\" is forbidden: {why}", suffix(*random))
            }
            Message::FailJobExitCode { container, pod, namespace, exit_code, rule } => format!(
                "Container {container} for pod {namespace}/{} failed with exit code {exit_code} matching FailJob rule at index {rule}",
                pod_name(*pod)
            ),
            Message::FailJobCondition { pod, namespace, condition, rule } => format!(
                "Pod {namespace}/{} has condition {condition} matching FailJob rule at index {rule}",
                pod_name(*pod)
            ),
            Message::MatchedSuccessRule(rule) => format!("Matched rules at index {rule}"),
        }
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Message {
        Message::Text(text)
    }
}
