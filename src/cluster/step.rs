//! Steps: who does what on which occasion.

use crate::api::ObjectKey;
use crate::time::{Span, Time};
use std::ops::Range;

/// The number of a step in its recording, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(pub u32);

/// Who acts.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Component {
    /// A person or a program outside of the cluster: manifests at t = 0 and inputs.
    Outside,
    Scheduler,
    /// The kubelet of the pod's node.
    Kubelet,
    NodeLifecycle,
    TaintEviction,
    PodGarbageCollector,
    JobController,
    /// The worker of the Job controller that removes finalizers from pods whose Job is gone or finished (JC-33).
    OrphanPods,
    TtlAfterFinished,
    CronJobController,
    GarbageCollector,
}

/// The smallest thing that happens: one component does one piece of work at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The instant; steps are in the order in which they were made, so it never decreases.
    pub at: Time,
    /// Who acted.
    pub component: Component,
    /// The object that was worked on. `None` for inputs that concern no object, and for several objects at once.
    pub key: Option<ObjectKey>,
    /// What woke the component.
    pub trigger: Trigger,
    /// Why it did what it did: a range of the journal's reasons.
    pub reasons: Range<u32>,
    /// What it wrote: a range of the journal's versions.
    pub versions: Range<u32>,
    /// The events it sent: a range of the journal's events.
    pub events: Range<u32>,
}

/// What woke a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The kind of occasion.
    pub wake: Wake,
    /// The step that led to it; `None` for manifests, inputs and periods.
    pub cause: Option<StepId>,
}

impl Trigger {
    /// A trigger that goes back to a step.
    pub(crate) fn by(wake: Wake, cause: StepId) -> Trigger {
        Trigger { wake, cause: Some(cause) }
    }
}

/// The occasions on which a component acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// A manifest of the text is created at t = 0; its number, from 0.
    Manifest(u32),
    /// An input of the text; its number, from 0.
    Input(u32),
    /// This object changed; the change is handled at once.
    Changed(ObjectKey),
    /// This object changed; changes of one second are handled together (JC-28).
    Batched(ObjectKey),
    /// The wait after a failure is over (JC-106).
    BackoffOver,
    /// activeDeadlineSeconds may be over.
    Deadline,
    /// The last attempt ended with an error; the number of this retry, from 1.
    Retry(u32),
    /// ttlSecondsAfterFinished may be over.
    TtlOver,
    /// A CronJob's next scheduled time has come.
    Schedule,
    /// The controllers were restarted.
    Restarted,
    /// What acts looks so often, by itself.
    Period(Span),
    /// The time from a pod's creation to its node is over.
    Scheduling,
    /// The time from a pod's node to its running containers is over.
    Starting,
    /// A container ended on its own.
    ProgramEnded,
    /// A container's wait for its restart is over.
    RestartDue,
    /// A container ended because of SIGTERM or SIGKILL.
    StopOver,
    /// The kubelet looks at the pod again, as it does from time to time.
    Looked,
    /// A volume is tried again.
    Retried,
    /// The pull of an image is over.
    PullOver,
    /// A probe got an answer.
    Probed,
    /// Something has changed that may make room for the pod.
    MayFit,
    /// The taints of the pod's node have changed.
    TaintsChanged,
    /// The time is over for which the pod tolerates a taint.
    TolerationOver,
}
