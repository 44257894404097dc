//! status.conditions of a pod, expanded from the compact form, and what else follows from its statuses.
//! Upstream: kubelet/status/generate.go.

use super::container::{Container, ContainerPlace};
use super::meta::Labels;
use super::pod::{ContainerState, ContainerStatus, PendingReason, Pod, ReadyReason, WaitingReason};
use super::pod_spec::RestartPolicy;
use super::selector::LabelSelector;
use crate::order;
use crate::time::Time;
use std::borrow::Cow;

/// The label with the completion index of a pod of an Indexed Job (JC-147).
const INDEX_LABEL: &str = "batch.kubernetes.io/job-completion-index";

/// A pod condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodCondition {
    /// Type.
    pub condition_type: &'static str,
    /// `True` or `False`.
    pub status: &'static str,
    /// Reason, or empty.
    pub reason: &'static str,
    /// Message, or empty.
    pub message: String,
    /// lastTransitionTime.
    pub since: Time,
}

impl PodCondition {
    fn new(condition_type: &'static str, status: bool, reason: &'static str, since: Time) -> PodCondition {
        let status = if status { "True" } else { "False" };
        PodCondition { condition_type, status, reason, message: String::new(), since }
    }

    fn saying(self, message: String) -> PodCondition {
        PodCondition { message, ..self }
    }
}

impl Pod {
    /// metadata.name.
    pub fn name(&self) -> String {
        self.birth.name()
    }

    /// Whether it is being deleted.
    pub fn is_deleting(&self) -> bool {
        self.deletion.is_some()
    }

    /// Neither ended nor being deleted (JC-10).
    pub fn is_active(&self) -> bool {
        !self.phase.is_terminal() && self.deletion.is_none()
    }

    /// Being deleted, and not ended (JC-11).
    pub fn is_terminating(&self) -> bool {
        !self.phase.is_terminal() && self.deletion.is_some()
    }

    /// Whether condition Ready is True (JC-12).
    pub fn is_ready(&self) -> bool {
        self.ready.reason == ReadyReason::Ready
    }

    /// Its containers by name, with their places in the template: so the kubelet lists their statuses (P-37).
    ///
    /// Upstream: kubelet/types SortedContainerStatuses.
    pub fn statuses(&self) -> Vec<(usize, &ContainerStatus)> {
        let declared = &self.birth.template.spec.containers;
        let mut statuses: Vec<(usize, &ContainerStatus)> = self.containers.iter().enumerate().collect();
        order::sort_by_key(&mut statuses, |(place, _)| declared.get(*place).map(|container| container.name.clone()));
        statuses
    }

    /// Its init containers, sidecars included, with what is declared, in order.
    pub fn init_statuses(&self) -> impl DoubleEndedIterator<Item = (&Container, &ContainerStatus)> + ExactSizeIterator {
        let statuses = self.init_containers.as_deref().unwrap_or_default();
        self.birth.template.spec.init_containers.iter().zip(statuses)
    }

    /// Its regular containers with what is declared, in the template's order.
    pub fn regular_statuses(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&Container, &ContainerStatus)> + ExactSizeIterator {
        self.birth.template.spec.containers.iter().zip(self.containers.iter())
    }

    /// All its containers with what is declared, init containers first.
    pub fn all_statuses(&self) -> impl Iterator<Item = (&Container, &ContainerStatus)> {
        self.init_statuses().chain(self.regular_statuses())
    }

    /// The status of one container; `None` before the kubelet has seen the pod.
    pub fn status_of(&self, place: ContainerPlace) -> Option<&ContainerStatus> {
        match place {
            ContainerPlace::Init(place) => self.init_containers.as_ref()?.get(usize::from(place)),
            ContainerPlace::Regular(place) => self.containers.get(usize::from(place)),
        }
    }

    /// Restarts of all its containers, init containers included.
    pub fn restarts(&self) -> u32 {
        let init = self.init_containers.as_deref().unwrap_or_default();
        init.iter().chain(self.containers.iter()).map(|container| container.restart_count).sum()
    }

    /// Its labels: the template's, and for an Indexed Job its completion index (JC-147).
    pub fn labels(&self) -> Labels {
        let mut labels = Labels::clone(&self.birth.template.labels);
        if let Some(index) = self.birth.index {
            labels.insert(INDEX_LABEL.into(), index.to_string().into());
        }
        labels
    }

    /// The value of one of its labels.
    pub fn label(&self, key: &str) -> Option<Cow<'_, str>> {
        match self.birth.index {
            Some(index) if key == INDEX_LABEL => Some(Cow::Owned(index.to_string())),
            _ => self.birth.template.labels.get(key).map(|value| Cow::Borrowed(&**value)),
        }
    }

    /// Whether a selector means it; without one nothing does.
    pub fn is_meant_by(&self, selector: Option<&LabelSelector>) -> bool {
        selector.is_some_and(|selector| selector.accepts(&|key| self.label(key)))
    }

    /// status.conditions in the kubelet's order, foreign ones first (C3.1).
    pub fn conditions(&self) -> impl Iterator<Item = PodCondition> + '_ {
        let disruption = self.disruption.map(|disruption| {
            let reason = disruption.reason;
            PodCondition::new("DisruptionTarget", true, reason.as_str(), disruption.since)
                .saying(reason.message().to_owned())
        });
        let own = (self.ready.reason != ReadyReason::Absent).then(|| self.kubelets_conditions());
        disruption.into_iter().chain(own.into_iter().flatten()).chain(self.pod_scheduled())
    }

    /// The conditions that the kubelet writes, but PodScheduled, which comes last.
    fn kubelets_conditions(&self) -> [PodCondition; 4] {
        let since = self.ready.since;
        let (is_ready, reason) = match self.ready.reason {
            ReadyReason::Ready | ReadyReason::NodeNotReady => (true, ""),
            ReadyReason::Absent | ReadyReason::ContainersNotReady => (false, "ContainersNotReady"),
            ReadyReason::PodCompleted => (false, "PodCompleted"),
            ReadyReason::PodFailed => (false, "PodFailed"),
        };
        let unready = match reason {
            "ContainersNotReady" => format!("containers with unready status: [{}]", self.unready().join(" ")),
            _ => String::new(),
        };
        let containers_ready = PodCondition::new("ContainersReady", is_ready, reason, since).saying(unready.clone());
        let ready = PodCondition::new("Ready", is_ready, reason, since).saying(unready);
        let ready = match self.ready.reason {
            ReadyReason::NodeNotReady => PodCondition { status: "False", ..ready },
            _ => ready,
        };
        let sandbox = PodCondition::new("PodReadyToStartContainers", self.sandbox.is_up, "", self.sandbox.since);
        [sandbox, self.initialized(), ready, containers_ready]
    }

    fn pod_scheduled(&self) -> Option<PodCondition> {
        if let Some(bound) = self.bound {
            return Some(PodCondition::new("PodScheduled", true, "", bound.at));
        }
        let pending = self.pending.as_ref()?;
        let (reason, message) = match &pending.reason {
            PendingReason::Gated => {
                ("SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates".to_owned())
            }
            PendingReason::Unschedulable(message) => ("Unschedulable", message.to_string()),
        };
        Some(PodCondition::new("PodScheduled", false, reason, pending.since).saying(message))
    }

    /// The names of the containers that are not ready, sidecars first (C3.3).
    pub fn unready(&self) -> Vec<&str> {
        let sidecars = self.init_statuses().filter(|(declared, _)| declared.is_sidecar);
        let all = sidecars.chain(self.regular_statuses());
        all.filter(|(_, status)| !status.ready).map(|(declared, _)| &*declared.name).collect()
    }

    /// Whether the condition Initialized is True.
    pub fn is_initialized(&self) -> bool {
        self.initialized
            || self.regular_statuses().any(|(_, status)| status.has_run())
            || self.incomplete().next().is_none()
    }

    /// The init containers that are not done, and the sidecars that have not started.
    fn incomplete(&self) -> impl Iterator<Item = &str> {
        let is_done = |declared: &Container, status: &ContainerStatus| match declared.is_sidecar {
            true => status.started,
            false => status.ready,
        };
        self.init_statuses()
            .filter(move |(declared, status)| !is_done(declared, status))
            .map(|(declared, _)| &*declared.name)
    }

    /// Upstream: GeneratePodInitializedCondition.
    fn initialized(&self) -> PodCondition {
        let since = self.initialized_since();
        if self.ready.reason == ReadyReason::PodCompleted {
            return PodCondition::new("Initialized", true, "PodCompleted", since);
        }
        if self.is_initialized() {
            return PodCondition::new("Initialized", true, "", since);
        }
        let incomplete: Vec<&str> = self.incomplete().collect();
        let message = format!("containers with incomplete status: [{}]", incomplete.join(" "));
        PodCondition::new("Initialized", false, "ContainersNotInitialized", since).saying(message)
    }

    /// When its last init container was done; without init containers, when the kubelet saw it.
    fn initialized_since(&self) -> Time {
        let start = self.started.unwrap_or(self.birth.created);
        if !self.is_initialized() {
            return start;
        }
        let done = self.init_statuses().filter_map(|(_, status)| match status.state {
            ContainerState::Terminated(terminated) => terminated.finished,
            ContainerState::Running(since) => Some(since),
            ContainerState::Waiting(_) => None,
        });
        done.max().unwrap_or(start)
    }

    /// As the kubelet writes it when it sees the pod for the first time (P-34).
    pub(crate) fn seen_first(&self, now: Time) -> Pod {
        let spec = &self.birth.template.spec;
        let reason = match spec.init_containers.is_empty() {
            true => WaitingReason::ContainerCreating,
            false => WaitingReason::PodInitializing,
        };
        let waiting = ContainerStatus::waiting(reason);
        let waiting = |containers: &[Container]| containers.iter().map(|_| waiting).collect();
        Pod {
            started: Some(now),
            ready: super::pod::Ready { reason: ReadyReason::ContainersNotReady, since: now },
            sandbox: super::pod::Sandbox { is_up: false, since: now },
            initialized: spec.init_containers.is_empty(),
            containers: waiting(&spec.containers),
            init_containers: (!spec.init_containers.is_empty()).then(|| waiting(&spec.init_containers)),
            ..self.clone()
        }
    }

    /// Whether the kubelet restarts a container that has ended with this code.
    pub fn is_restarted(&self, container: &Container, exit_code: i32) -> bool {
        container.is_sidecar || self.shows_restart(container, exit_code)
    }

    /// Whether its status says so, too: not for a sidecar that ended with 0. Upstream: kubelet_pods.go
    /// convertToAPIContainerStatuses.
    pub fn shows_restart(&self, container: &Container, exit_code: i32) -> bool {
        if container.is_sidecar {
            return exit_code != 0;
        }
        if let Some(restarts) = container.restart_rules.as_ref().and_then(|rules| rules.decide(exit_code)) {
            return restarts;
        }
        self.birth.template.spec.restart_policy == RestartPolicy::OnFailure && exit_code != 0
    }
}
