//! English: what the engine records.

use super::called::{self, clock, container, it, many, pods, span};
use super::format::FORMAT;
use super::placement;
use crate::api::{FailureAction, ObjectKey};
use crate::cluster::input::Cascade;
use crate::cluster::reason::{Check, Component, CountedAs, DeletedBecause, EndedBy, NoEffect, Reason, Wake};
use crate::explain::Names;
use crate::texts::reason::{AnswerWords, ReasonWords};
use crate::texts::sentence::{Sentence, code, say};
use crate::time::Span;

pub(in crate::texts) static REASON: ReasonWords = ReasonWords {
    format: &FORMAT,
    reason: |reason, names| reason_words(reason, names).capitalized(),
    wake,
    component,
    check,
    answers: AnswerWords {
        not_set: "not set",
        not_reached: "not reached",
        no: "no",
        yes: "*yes*",
        no_limit: "no limit",
        decided: "{} of {} decided",
        elapsed: "{} of {}",
        pods: "{} wanted, {} active",
        pods_with_terminating: "{} wanted, {} active, {} stopping",
        left: "{} left, *wait*",
    },
    ended_by,
    no_effect,
    template_refused: "The API server refuses it: *the pod template of an existing Job cannot be changed*. Delete the Job and create it again, or use a new name.",
    deleted_because,
    called: called::name,
};

/// One sentence per reason, in one match: the compiler sees that none is missing.
fn reason_words(reason: &Reason, names: Names<'_>) -> Sentence {
    match reason {
        // The node.
        Reason::Bound { after } => {
            say!("the scheduler gave {} a node, *{} after its creation*.", it(names), span(*after))
        }
        Reason::NotBound => say!("{} gets no node any more: it is being deleted.", it(names)),
        Reason::ContainersStarted { after } => {
            say!("{} *runs*, {} after it got its node.", it(names), span(*after))
        }
        Reason::SandboxMade { .. }
        | Reason::Told(_)
        | Reason::Untold(_)
        | Reason::Provided(_)
        | Reason::NodesRefused(_)
        | Reason::NodesCompared(_)
        | Reason::OnlyNode(_)
        | Reason::NodeLost(_)
        | Reason::NodeBack(_)
        | Reason::NodeUnheard(_)
        | Reason::TaintedForEviction(_)
        | Reason::NodeGone(_)
        | Reason::OutOfService(_)
        | Reason::ProbeConcluded { .. }
        | Reason::CreationForbidden { .. } => placement::words(reason, names),
        Reason::ContainerEnded { container: number, exit_code, by } => say!(
            "{} of {} ended with *exit code {}*: {}.",
            container(*number, names),
            it(names),
            exit_code.to_string(),
            ended_by(*by)
        ),
        Reason::WillRestart { container: number, wait, at } => say!(
            "{} will be started again *in the same pod*, after a wait of *{}*, at {}.",
            container(*number, names),
            span(*wait),
            clock(*at)
        ),
        Reason::Restarted { container: number, restart_count } => {
            say!("{} of {} was started again: restart *{}*.", container(*number, names), it(names), *restart_count)
        }
        Reason::CrashLoopBackOff { container: number, until } => say!(
            "{} waits for its restart until {}, and is now shown as {}.",
            container(*number, names),
            clock(*until),
            code("CrashLoopBackOff")
        ),
        Reason::OthersRun { ended, exit_code, running, first } => {
            let on = match running {
                0 | 1 => format!("{} still runs", container(*first, names)),
                _ => many(*running, "other container still runs", "other containers still run"),
            };
            say!(
                "{} has ended with *{}*, but {} goes on: *{}*. A pod succeeds only when all its containers have ended.",
                container(*ended, names),
                exit_code.to_string(),
                it(names),
                on
            )
        }
        Reason::PodEnded { phase } => {
            say!("the last container ended, and with it {}: its phase is now *{}*.", it(names), phase.as_str())
        }
        Reason::StopBegan { grace } => {
            say!("the containers of {} got SIGTERM and have *{}* to stop.", it(names), span(*grace))
        }
        Reason::PodGone(id) if names.had_logs(*id) => {
            say!("{} went away; its logs went with it.", called::pod(*id, names))
        }
        Reason::PodGone(id) => say!("{} went away; nothing of it ever ran.", called::pod(*id, names)),
        Reason::PodHeldByFinalizer(id) => say!(
            "{} stays only because of its tracking finalizer: the Job controller has not counted it yet.",
            called::pod(*id, names)
        ),
        // Inputs, the API server, the garbage collectors.
        Reason::Created(key) => say!("{} was created.", called::object(*key, names)),
        Reason::Updated(key) => say!("the spec of {} was changed.", called::object(*key, names)),
        Reason::NoEffect(why) => say!("nothing happened: {}", no_effect(*why)),
        Reason::Refused(refusal) if refusal.is_about_template() => say!(REASON.template_refused),
        Reason::Refused(refusal) => say!("the API server refused it: {}", code(&*refusal.message)),
        Reason::DeletionBegan { pod: id, grace_seconds } => {
            say!(
                "{} was asked to go and has *{}* to stop.",
                called::pod(*id, names),
                span(Span::from_seconds(*grace_seconds))
            )
        }
        Reason::ObjectDeletionBegan { key, cascade } => match cascade {
            Cascade::Background => {
                say!("{} is deleted now; what it owns is deleted after it.", called::object(*key, names))
            }
            Cascade::Foreground => {
                say!("{} is being deleted: it goes when everything it owns has gone.", called::object(*key, names))
            }
            Cascade::Orphan => {
                say!("{} is being deleted; what it owns stays, without an owner.", called::object(*key, names))
            }
        },
        Reason::ObjectGone(key) => say!("{} went away.", called::object(*key, names)),
        Reason::DisruptionTarget(id) => say!(
            "{} got the condition {}: what a podFailurePolicy can recognise a disruption by.",
            called::pod(*id, names),
            code("DisruptionTarget")
        ),
        Reason::MemoryLost => say!(
            "the controllers were started again and *forgot what they held in memory*: above all how many failures there were in a row, so no back-off is left."
        ),
        Reason::OwnerDeleted(key) => {
            say!("the garbage collector deleted {}: its owner is gone, or is going.", called::object(*key, names))
        }
        Reason::OwnerAbsent { key, owner } => {
            say!(
                "the garbage collector deleted {}: its owner, {} {}, *does not exist here*.",
                called::object(*key, names),
                &*owner.kind,
                code(&*owner.name)
            )
        }
        Reason::OwnersForgotten(key) => say!(
            "the garbage collector took the owners that do not exist out of the ownerReferences of {}: it stays for the others.",
            called::object(*key, names)
        ),
        Reason::Orphaned(key) => say!("{} lost its owner and stays.", called::object(*key, names)),
        Reason::WaitsForDependents(left) => {
            say!(
                "{} is still there: it waits for *{}* to go.",
                it(names),
                many(*left, "object it owns", "objects it owns")
            )
        }
        Reason::HeldByFinalizer { key, finalizer } => say!(
            "{} stays until somebody takes its finalizer {} off: no controller here does.",
            called::object(*key, names),
            code(&**finalizer)
        ),
        Reason::NeverScheduled(id) => say!(
            "{} never had a node and is being deleted, so nobody would ever end it: the pod garbage collector made it Failed and removed it.",
            called::pod(*id, names)
        ),
        // The Job controller: what it sees and counts.
        Reason::JobGone => say!("there is nothing to do: {} is gone.", it(names)),
        Reason::ManagedByOther(name) => {
            say!("the Job controller leaves {} alone: it is managed by {}.", it(names), code(&**name))
        }
        Reason::JobDeleting => {
            say!(
                "the Job is being deleted: no pod is created or deleted for it any more, but ended ones are still counted."
            )
        }
        Reason::AlreadyFinished => say!("{} has finished, and a finished Job is *never touched again*.", it(names)),
        Reason::Observed { active, ready, terminating, succeeded, failed } => say!(
            "the controller saw *{} active* ({} ready), *{} terminating*, *{} succeeded*, *{} failed*.",
            *active,
            *ready,
            *terminating,
            *succeeded,
            *failed
        ),
        Reason::StartTimeSet => say!("{} started: the clock of its deadline runs from here.", it(names)),
        Reason::Adopted(id) => {
            say!("{} had no owner and fits the selector: {} adopted it.", called::pod(*id, names), it(names))
        }
        Reason::RuleMatched { pod: id, rule, action } => say!(
            "{} matched *rule {}* of podFailurePolicy: {}.",
            called::pod(*id, names),
            *rule + 1,
            match action {
                FailureAction::FailJob => "the whole Job fails",
                FailureAction::FailIndex => "its index fails",
                FailureAction::Ignore => "its failure is not counted",
                FailureAction::Count => "its failure counts as ever",
            }
        ),
        Reason::Backoff { failures, last } => {
            say!("*{} in a row*; the wait counts from {}.", many(*failures, "failure", "failures"), clock(*last))
        }
        Reason::BackoffReset => say!("a success ended the series of failures: the next wait is 10\u{a0}s again."),
        Reason::CountingDelayed { pod: id, index } => say!(
            "{} failed, but is counted only when the next pod of index {} is there: it carries the number of failures over.",
            called::pod(*id, names),
            *index
        ),
        Reason::IndexFailed { index, failures } => say!(
            "*index {} failed for good*, after {}; it is not tried again.",
            *index,
            many(*failures, "failure", "failures")
        ),
        Reason::Counted { pod: id, counted } => match counted {
            CountedAs::Succeeded => say!("{} was counted as *succeeded*.", called::pod(*id, names)),
            CountedAs::Failed => say!("{} was counted as *failed*.", called::pod(*id, names)),
            CountedAs::Ignored { rule } => {
                say!(
                    "{} was *not counted*: rule {} of podFailurePolicy ignores it.",
                    called::pod(*id, names),
                    *rule + 1
                )
            }
            CountedAs::Nothing => {
                say!("{} was *not counted*: it ended together with the Job.", called::pod(*id, names))
            }
        },
        Reason::TerminatingCountsAsFailed(id) => say!(
            "{} is still stopping, but *counts as failed already*, whatever its exit code will be.",
            called::pod(*id, names)
        ),
        Reason::CountingLimit => say!("500 pods are enough for one sync; the rest is counted in the next."),
        // The Job controller: what it decides.
        Reason::Asked { check: question, answer: found } => {
            say!("{}", check(*question)).and(" ", REASON.answer(*question, *found)).and("", say!("."))
        }
        Reason::CreationHeldBack { failures, wait, from, until } => say!(
            "*no pod is created before {}*: after {} in a row the wait is *{}*, from {} on.",
            clock(*until),
            many(*failures, "failure", "failures"),
            span(*wait),
            clock(*from)
        ),
        Reason::IndexHeldBack { index, failures, until } => say!(
            "index {} gets *no new pod before {}*: it has failed {}.",
            *index,
            clock(*until),
            many(*failures, "time", "times")
        ),
        Reason::CreatedPods { created, wanted } if created == wanted => {
            say!("*{}* created, in batches of 1, 2, 4 and so on.", pods(*created))
        }
        Reason::CreatedPods { created, wanted } => say!("*{} of {}* created.", *created, pods(*wanted)),
        Reason::CreationRefused { used, limited, skipped } => say!(
            "a pod was refused: the quota allows *{}* and *{}* there; {} not tried any more.",
            pods(*limited),
            many(*used, "is", "are"),
            many(*skipped, "was", "were")
        ),
        Reason::CreatedPod(id) => say!("{} was created.", called::pod(*id, names)),
        Reason::DeletedPod { pod: id, because } => {
            say!("the Job controller deleted {}: {}.", called::pod(*id, names), deleted_because(*because))
        }
        Reason::ConditionAdded { condition, reason } => {
            say!("{} got the condition {}, because of {}.", it(names), code(condition.as_str()), code(*reason))
        }
        Reason::EndWaitsForTerminating(left) => say!("the end is decided, but *waits for {}* to stop.", pods(*left)),
        Reason::StatusRefused(message) => say!("the API server refused the new status: {}", code(&**message)),
        Reason::ComesBack { at, wake: why } => {
            say!("it comes back by itself at *{}*: ", clock(*at)).and("", wake(*why, names)).and("", say!("."))
        }
        Reason::NothingToWrite => say!("nothing had changed, so nothing was written."),
        Reason::PodFreed(id) => {
            say!(
                "{} lost its tracking finalizer, since its Job is gone or finished: now it can go.",
                called::pod(*id, names)
            )
        }
        Reason::NothingToFree { counted: 0 } => say!("no pod was left that holds a tracking finalizer."),
        Reason::NothingToFree { counted } => {
            say!("no tracking finalizer was taken off: {} will still be counted by a Job.", pods(*counted))
        }
        Reason::EventDropped { reason } => {
            say!("the event {} was not sent: this object has used up its burst of 25 events.", code(*reason))
        }
        Reason::TtlRuns { finished, ttl, until } => say!(
            "{} finished at {} and is deleted *{}* later, at *{}*, with its pods and their logs.",
            it(names),
            clock(*finished),
            span(*ttl),
            clock(*until)
        ),
        Reason::TtlExpired { finished, ttl } => {
            say!("{} is deleted: it finished at {}, *{}* ago.", it(names), clock(*finished), span(*ttl))
        }
        // The CronJob controller.
        Reason::CronSuspended => say!("{} is suspended: *no run starts*.", it(names)),
        Reason::NothingScheduled { next: Some(next) } => {
            say!("nothing is due; the next run is at *{}*.", clock(*next))
        }
        Reason::NothingScheduled { next: None } => say!("nothing is due, and no further run is scheduled."),
        Reason::RunStarted { scheduled, job, missed: 0 } => {
            say!("{} was started, scheduled for *{}*.", called::object(ObjectKey::Job(*job), names), clock(*scheduled))
        }
        Reason::RunStarted { scheduled, job, missed } => say!(
            "{} was started for {}: *only the latest missed run is made up for*, {} not.",
            called::object(ObjectKey::Job(*job), names),
            clock(*scheduled),
            many(*missed, "the one before it is", "those before it are")
        ),
        Reason::RunForbidden { scheduled, active } => say!(
            "the run of {} is *held back*: {} still active, and the policy is Forbid. It starts late, once that has ended, unless the next run is due by then or startingDeadlineSeconds is over.",
            clock(*scheduled),
            many(*active, "run is", "runs are")
        ),
        Reason::RunReplaced(job) => {
            say!(
                "{} was deleted to make room for the next run: the policy is Replace.",
                called::object(ObjectKey::Job(*job), names)
            )
        }
        Reason::RunMissed { scheduled, late, deadline } => say!(
            "the run of {} is *missed*: that was {} ago, and startingDeadlineSeconds allows *{}*.",
            clock(*scheduled),
            span(*late),
            span(*deadline)
        ),
        Reason::RunOverlooked { scheduled, interval } => say!(
            "the run of {} was missed *and is not made up for*: the times are not evenly spaced, and the controller looks back only about {}.",
            clock(*scheduled),
            span(*interval)
        ),
        Reason::TooManyMissed(missed) => say!(
            "about *{}* were missed: more than 100, so the controller warns; the latest is started all the same.",
            many(*missed, "run", "runs")
        ),
        Reason::AlreadyRun { scheduled } => say!("the run of {} has been started already.", clock(*scheduled)),
        Reason::HistoryPruned(job) => {
            say!(
                "{} was deleted: more old Jobs than the history limit keeps.",
                called::object(ObjectKey::Job(*job), names)
            )
        }
        Reason::RunFinished(job) => say!("{} has finished.", called::object(ObjectKey::Job(*job), names)),
        Reason::JobWentMissing(job) => say!(
            "{} is gone without having been seen to finish: it is *no longer counted as active*.",
            called::object(ObjectKey::Job(*job), names)
        ),
        Reason::UnexpectedJob(job) => say!(
            "{} belongs to it and runs, but it did not start it, or forgot: it does *not count as active*.",
            called::object(ObjectKey::Job(*job), names)
        ),
        Reason::JobNameTaken { scheduled, job } => say!(
            "*no Job is made* for {}: {} has the name that it would get, which is made of the minute.",
            clock(*scheduled),
            called::object(ObjectKey::Job(*job), names)
        ),
        Reason::CronDeleting => say!("{} is being deleted: *no run starts*.", it(names)),
        Reason::ScheduleNeverDue => say!("the schedule names a time *that never comes*, say 31 February."),
        Reason::ScheduleUnreadable(why) => say!("the schedule cannot be read: {}", code(&**why)),
    }
}

fn wake(wake: Wake, names: Names<'_>) -> Sentence {
    match wake {
        Wake::Manifest(number) => say!("the manifest was created (document {} of the text)", number + 1),
        Wake::Input(number) => say!("input {} happened", number + 1),
        Wake::Changed(key) => say!("{} changed", called::object(key, names)),
        Wake::Batched(key) => {
            say!("{} changed; changes are looked at one second later, together", called::object(key, names))
        }
        Wake::BackoffOver => say!("the wait after a failure is over"),
        Wake::Deadline => say!("activeDeadlineSeconds may be over"),
        Wake::Retry(number) => say!("the last attempt ended with an error; this is try again number {}", number),
        Wake::TtlOver => say!("ttlSecondsAfterFinished may be over"),
        Wake::Schedule => say!("the schedule says so"),
        Wake::Restarted => say!("the controllers were started again"),
        Wake::Period(period) => say!("it looks every {}\u{a0}seconds", period.seconds().to_string()),
        Wake::Scheduling => say!("finding a node took its time"),
        Wake::Starting => say!("starting the containers took its time"),
        Wake::ProgramEnded => say!("the program ended by itself"),
        Wake::RestartDue => say!("the wait for the restart is over"),
        Wake::StopOver => say!("what got SIGTERM has stopped, or its grace period is over"),
        Wake::Looked => say!("the kubelet looks at the pod from time to time"),
        Wake::Retried => say!("a volume is tried again"),
        Wake::PullOver => say!("the pull of an image is over"),
        Wake::Probed => say!("a probe got an answer"),
        Wake::MayFit => say!("something has changed that may make room"),
        Wake::TaintsChanged => say!("the taints of the pod's node have changed"),
        Wake::TolerationOver => say!("the time is over for which the taint is tolerated"),
    }
}

fn component(component: Component) -> &'static str {
    match component {
        Component::Outside => "from outside",
        Component::Scheduler => "scheduler",
        Component::Kubelet => "kubelet",
        Component::NodeLifecycle => "node lifecycle controller",
        Component::TaintEviction => "taint eviction controller",
        Component::PodGarbageCollector => "pod garbage collector",
        Component::JobController => "Job controller",
        Component::OrphanPods => "Job controller, orphan pods",
        Component::TtlAfterFinished => "TTL-after-finished controller",
        Component::CronJobController => "CronJob controller",
        Component::GarbageCollector => "garbage collector",
    }
}

fn check(check: Check) -> &'static str {
    match check {
        Check::SuccessDecided => "Success already decided?",
        Check::FailureDecided => "Failure already decided?",
        Check::FailJobRule => "podFailurePolicy says FailJob?",
        Check::BackoffLimit => "More failures than backoffLimit?",
        Check::RestartLimit => "Restarts reach backoffLimit?",
        Check::ActiveDeadline => "Deadline passed?",
        Check::MaxFailedIndexes => "More failed indexes than maxFailedIndexes?",
        Check::FailedIndexes => "All indexes decided, some failed?",
        Check::SuccessPolicy => "successPolicy met?",
        Check::Suspended => "Suspended?",
        Check::TooManyPods => "Too many pods?",
        Check::PodsMissing => "A pod missing?",
        Check::BackoffOver => "Back-off over?",
        Check::Completions => "Enough successes, none active?",
    }
}

fn ended_by(by: EndedBy) -> &'static str {
    match by {
        EndedBy::Itself => "its program came to its end",
        EndedBy::FailInput => "the fault injected made it fail",
        EndedBy::OomKill => "it was killed for its memory",
        EndedBy::Sigterm => "it reacted to SIGTERM",
        EndedBy::Sigkill => "the grace period was over, so SIGKILL ended it",
        EndedBy::NotRunning => "it was not running when the pod was stopped",
    }
}

fn no_effect(why: NoEffect) -> &'static str {
    match why {
        NoEffect::NoSuchPod => "it is meant for a pod that is not there.",
        NoEffect::NoSuchObject => "there is no object of this name.",
        NoEffect::NotBound => "the pod has no node yet.",
        NoEffect::NotRunning => "no container of the pod runs at this time.",
        NoEffect::AlreadyEnded => "the pod has ended already.",
        NoEffect::AlreadyStopping => "the pod is being stopped already.",
        NoEffect::NoSuchNode => "there is no node of this name.",
        NoEffect::NodeExists => "a node of this name is there already.",
        NoEffect::NodeUnreachable => "the node cannot reach the API server.",
        NoEffect::NoChange => "it changes nothing.",
    }
}

fn deleted_because(because: DeletedBecause) -> &'static str {
    match because {
        DeletedBecause::TooMany => "more pods are active than wanted",
        DeletedBecause::WrongIndex => "its index is not one of the Job's, or another pod has it",
        DeletedBecause::Suspended => "the Job is suspended",
        DeletedBecause::JobEnds => "the Job ends",
    }
}
