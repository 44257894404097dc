//! How it looks on a real cluster: the command that shows it, the events, the page of the documentation, and where the
//! documentation and the source differ.

use super::film::Film;
use super::link::{Fact, Link};
use super::names::Names;
use super::rule::Rule;
use super::spec_field::SpecField;
use super::statement::{JobFailure, Statement};
use crate::api::{ContainerPlace, EventType, Meta, ObjectKey, Pod, PodId};
use crate::cluster::reason::{EndedBy, Reason, StepId};
use crate::recording::Object;

/// What a person with a cluster would see.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RealLife {
    /// A command that shows it.
    pub command: Option<String>,
    /// The events of the step, in Kubernetes's words.
    pub events: Vec<EventText>,
    /// The page of the documentation.
    pub docs: Option<Docs>,
    /// Where the documentation, or a common claim, differs from what the source does.
    pub note: Option<Note>,
}

/// An event as `kubectl describe` prints it.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventText {
    /// Normal or Warning.
    pub event_type: EventType,
    pub reason: &'static str,
    pub message: String,
}

/// A place in the documentation of Kubernetes.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Docs {
    /// The page, below `https://kubernetes.io/` and `https://kubernetes.io/zh-cn/`.
    pub page: &'static str,
    pub section: &'static str,
}

/// A common claim that the source contradicts. Each variant says what the source does.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The wait is capped at ten minutes, not six.
    WaitCap,
    /// Exceeds with Never, reaches with OnFailure.
    ExceedsOrReaches,
    /// An eviction counts unless a policy ignores it.
    EvictionCounts,
    /// Ignore does not skip the wait.
    IgnoreWaits,
    /// Pods stopped because the Job fails are in `failed` too.
    StoppedCountAsFailed,
    /// The deadline is not per attempt.
    DeadlineIsNotPerAttempt,
    /// One failed index fails the Job.
    FailedIndexIsFailure,
    SuspendIsNoPause,
    /// parallelism and backoffLimit may be changed at any time.
    LimitsAreMutable,
    /// The TTL takes the pods and logs as well.
    TtlTakesLogs,
    /// A CronJob that missed many starts goes on.
    MissedStartsGoOn,
    /// A program that is started again starts from its beginning.
    AtLeastOnce,
    /// The old pod may still run beside the new one.
    OldAndNewOverlap,
    /// To a podFailurePolicy an OOM kill is an exit code.
    OomIsExitCode,
}

impl Note {
    /// All of them.
    pub const ALL: [Note; 14] = [
        Note::WaitCap,
        Note::ExceedsOrReaches,
        Note::EvictionCounts,
        Note::IgnoreWaits,
        Note::StoppedCountAsFailed,
        Note::DeadlineIsNotPerAttempt,
        Note::FailedIndexIsFailure,
        Note::SuspendIsNoPause,
        Note::LimitsAreMutable,
        Note::TtlTakesLogs,
        Note::MissedStartsGoOn,
        Note::AtLeastOnce,
        Note::OldAndNewOverlap,
        Note::OomIsExitCode,
    ];
}

const JOB: &str = "docs/concepts/workloads/controllers/job/";
const CRON_JOB: &str = "docs/concepts/workloads/controllers/cron-jobs/";

impl Rule {
    /// The section of the documentation about it.
    pub fn docs(self) -> Docs {
        let (page, section) = match self {
            Rule::WaitDoubles
            | Rule::WaitIsForTheWholeJob
            | Rule::WaitFromNotReady
            | Rule::FailsAboveLimit
            | Rule::FailsAtRestarts => (JOB, "pod-backoff-failure-policy"),
            Rule::WaitPerIndex | Rule::IndexLimit | Rule::FailedIndexFailsJob | Rule::MaxFailedIndexes => {
                (JOB, "backoff-limit-per-index")
            }
            Rule::IgnoredStillWaits | Rule::FailJobEndsAll | Rule::FirstRuleWins | Rule::DisruptionsCount => {
                (JOB, "pod-failure-policy")
            }
            Rule::DeadlineOverAll | Rule::EndWaits | Rule::RunningPodsFailToo => (JOB, "job-termination-and-cleanup"),
            Rule::NeverTouchedAgain => (JOB, "terminal-job-conditions"),
            Rule::Wanted | Rule::ScaleDown => (JOB, "controlling-parallelism"),
            Rule::EnoughSuccesses | Rule::WorkQueue => (JOB, "parallel-jobs"),
            Rule::SuccessPolicy | Rule::RunningPodsUncounted => (JOB, "success-policy"),
            Rule::TerminatingCounts | Rule::TerminatingHoldsPlace => (JOB, "pod-replacement-policy"),
            Rule::SuspendDeletes => (JOB, "suspending-a-job"),
            Rule::Finalizer => (JOB, "job-tracking-with-finalizers"),
            Rule::ManagedBy => (JOB, "delegation-of-managing-a-job-object-to-external-controller"),
            Rule::TtlFromEnd => (JOB, "ttl-mechanism-for-finished-jobs"),
            Rule::RefusedIsRetried => ("docs/concepts/policy/resource-quotas/", ""),
            Rule::RestartInPlace => ("docs/concepts/workloads/pods/pod-lifecycle/", "restart-policy"),
            Rule::GracePeriod => ("docs/concepts/workloads/pods/pod-lifecycle/", "pod-termination"),
            Rule::Foreground | Rule::Cascade => {
                ("docs/concepts/architecture/garbage-collection/", "cascading-deletion")
            }
            Rule::Batched | Rule::MemoryLost => ("docs/concepts/architecture/controller/", ""),
            Rule::Concurrency => (CRON_JOB, "concurrency-policy"),
            Rule::StartingDeadline => (CRON_JOB, "starting-deadline"),
            Rule::History => (CRON_JOB, "jobs-history-limits"),
            Rule::EveryFilter => ("docs/concepts/scheduling-eviction/kube-scheduler/", "kube-scheduler-implementation"),
            Rule::WaitingIsNoFailure => ("docs/concepts/workloads/pods/pod-lifecycle/", "pod-phase"),
            Rule::SidecarsStopLast => {
                ("docs/concepts/workloads/pods/sidecar-containers/", "jobs-with-sidecar-containers")
            }
            Rule::PullBackoff => ("docs/concepts/containers/images/", "imagepullbackoff"),
            Rule::TaintDrivesOut | Rule::ToleratedForAWhile => {
                ("docs/concepts/scheduling-eviction/taint-and-toleration/", "taint-based-evictions")
            }
        };
        Docs { page, section }
    }

    /// The common claim that it contradicts.
    pub fn note(self) -> Option<Note> {
        match self {
            Rule::WaitDoubles => Some(Note::WaitCap),
            Rule::FailsAboveLimit | Rule::FailsAtRestarts => Some(Note::ExceedsOrReaches),
            Rule::IgnoredStillWaits => Some(Note::IgnoreWaits),
            Rule::RunningPodsFailToo => Some(Note::StoppedCountAsFailed),
            Rule::DeadlineOverAll => Some(Note::DeadlineIsNotPerAttempt),
            Rule::FailedIndexFailsJob => Some(Note::FailedIndexIsFailure),
            Rule::SuspendDeletes => Some(Note::SuspendIsNoPause),
            Rule::ScaleDown => Some(Note::LimitsAreMutable),
            Rule::TtlFromEnd => Some(Note::TtlTakesLogs),
            Rule::StartingDeadline => Some(Note::MissedStartsGoOn),
            Rule::DisruptionsCount => Some(Note::EvictionCounts),
            Rule::RestartInPlace | Rule::TerminatingCounts => Some(Note::AtLeastOnce),
            Rule::TerminatingHoldsPlace => Some(Note::OldAndNewOverlap),
            Rule::WaitIsForTheWholeJob
            | Rule::WaitPerIndex
            | Rule::FailJobEndsAll
            | Rule::IndexLimit
            | Rule::MaxFailedIndexes
            | Rule::Wanted
            | Rule::EnoughSuccesses
            | Rule::WorkQueue
            | Rule::SuccessPolicy
            | Rule::EndWaits
            | Rule::RunningPodsUncounted
            | Rule::RefusedIsRetried
            | Rule::FirstRuleWins
            | Rule::Batched
            | Rule::NeverTouchedAgain
            | Rule::GracePeriod
            | Rule::Foreground
            | Rule::Cascade
            | Rule::Finalizer
            | Rule::MemoryLost
            | Rule::ManagedBy
            | Rule::Concurrency
            | Rule::History
            | Rule::EveryFilter
            | Rule::WaitingIsNoFailure
            | Rule::PullBackoff
            | Rule::TaintDrivesOut
            | Rule::ToleratedForAWhile
            | Rule::SidecarsStopLast
            | Rule::WaitFromNotReady => None,
        }
    }
}

pub(super) fn real_life(
    film: Film<'_>,
    step: StepId,
    key: Option<ObjectKey>,
    pod: Option<PodId>,
    statement: &Statement,
    chain: &[Link],
) -> RealLife {
    let rules = || {
        chain.iter().filter_map(|link| match link.fact {
            Fact::Rule(rule) => Some(rule),
            _ => None,
        })
    };
    // A rule with a note is worth more than the first one.
    let docs = rules().find(|rule| rule.note().is_some()).or_else(|| rules().next()).map(Rule::docs);
    RealLife {
        command: command(film, step, key, pod, statement),
        events: events(film, step),
        docs,
        note: oom_beside_policy(film, step, key, statement, chain).or_else(|| {
            rules()
                .find(|rule| matches!(rule, Rule::DisruptionsCount | Rule::IgnoredStillWaits))
                .or_else(|| rules().find(|rule| rule.note().is_some()))
                .and_then(Rule::note)
        }),
    }
}

/// A pod was killed for its memory and counted, though there is a podFailurePolicy.
fn oom_beside_policy(
    film: Film<'_>,
    step: StepId,
    key: Option<ObjectKey>,
    statement: &Statement,
    chain: &[Link],
) -> Option<Note> {
    let is_counted = matches!(
        statement,
        Statement::Retry { ignored: None, .. }
            | Statement::JobFails { failure: JobFailure::BackoffLimit { .. }, .. }
            | Statement::IndexRetry { .. }
            | Statement::IndexGivenUp { .. }
    );
    let is_oom = |link: &Link| matches!(link.fact, Fact::PodEnded { by: EndedBy::OomKill, .. });
    let job = match key? {
        ObjectKey::Pod(pod) => ObjectKey::Job(film.owner_of(pod, step)?),
        key => key,
    };
    film.setting(job, SpecField::PodFailurePolicy, step)?;
    (is_counted && chain.iter().any(is_oom)).then_some(Note::OomIsExitCode)
}

fn events(film: Film<'_>, step: StepId) -> Vec<EventText> {
    let pod_name = |pod: PodId| film.pod(pod, step).map_or_else(|| pod.to_string(), Pod::name);
    let suffix = |bytes: [u8; 5]| bytes.iter().map(|byte| char::from(*byte)).collect();
    let events = film.recording.events(film.recording.step(step));
    let texts = events.iter().take(3).map(|event| EventText {
        event_type: event.event_type,
        reason: event.reason,
        message: event.message.text(&pod_name, &suffix),
    });
    texts.collect()
}

fn command(
    film: Film<'_>,
    step: StepId,
    key: Option<ObjectKey>,
    pod: Option<PodId>,
    statement: &Statement,
) -> Option<String> {
    if let (Some(pod), Statement::Reason(reason)) = (pod, statement) {
        return pod_command(film, step, pod, reason);
    }
    match film.last_seen(key?, step)? {
        Object::Job(job) => {
            let (name, space) = name_and_space(&job.meta);
            Some(match statement {
                Statement::JobFails { failure: JobFailure::Rule { .. }, .. } | Statement::JobCompletes { .. } => {
                    format!("kubectl{space} get job {name} -o jsonpath='{{.status.conditions}}'")
                }
                Statement::Retry { .. } | Statement::StillWaiting { .. } | Statement::Created { .. } => {
                    format!("kubectl{space} get pods -l batch.kubernetes.io/job-name={name}")
                }
                Statement::IndexRetry { .. } | Statement::IndexGivenUp { .. } => format!(
                    "kubectl{space} get pods -l batch.kubernetes.io/job-name={name} -L batch.kubernetes.io/job-completion-index"
                ),
                Statement::NothingToDo { .. } | Statement::Succeeded { .. } => format!("kubectl{space} get job {name}"),
                _ => format!("kubectl{space} describe job {name}"),
            })
        }
        Object::CronJob(cron_job) => {
            let (name, space) = name_and_space(&cron_job.meta);
            Some(format!("kubectl{space} describe cronjob {name}"))
        }
        Object::Pod(pod) => {
            let space = namespace(&pod.birth.namespace);
            Some(format!("kubectl{space} describe pod {}", pod.name()))
        }
        Object::Node(node) => Some(format!("kubectl describe node {}", node.name)),
    }
}

fn pod_command(film: Film<'_>, step: StepId, pod: PodId, reason: &Reason) -> Option<String> {
    let object = film.pod(pod, step)?;
    let space = namespace(&object.birth.namespace);
    let name = object.name();
    let names = Names::new(film.recording, None);
    let of = |place: ContainerPlace| {
        names.container_of(pod, place).map_or_else(String::new, |(_, name)| format!(" -c {name}"))
    };
    Some(match (reason, object.deciding()) {
        (Reason::WillRestart { container, .. } | Reason::Restarted { container, .. }, _) => {
            format!("kubectl{space} logs {name}{} --previous", of(*container))
        }
        (Reason::ContainerEnded { container, .. }, _) => format!("kubectl{space} logs {name}{}", of(*container)),
        (Reason::PodEnded { .. }, Some((container, _))) => format!("kubectl{space} logs {name}{}", of(container)),
        _ => format!("kubectl{space} describe pod {name}"),
    })
}

fn name_and_space(meta: &Meta) -> (&str, String) {
    (&meta.name, namespace(&meta.namespace))
}

/// ` -n NAMESPACE`, where it is not the default.
fn namespace(namespace: &str) -> String {
    if namespace == "default" { String::new() } else { format!(" -n {namespace}") }
}
