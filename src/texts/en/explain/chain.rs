//! English: the links of the chain, and the rules.

use crate::api::{ObjectKey, PodId};
use crate::cluster::input::{Input, InputAction, TaintChange};
use crate::cluster::reason::CountedAs;
use crate::explain::{Cut, CutBy, Fact, LinkRole, Names, Origin, Rule};
use crate::texts::en::called::{self, clock, pods, span};
use crate::texts::en::reason::REASON;
use crate::texts::sentence::{Arg, Phrase, Sentence, code, say};

/// What ended a wait early, and when.
pub(super) fn cut_short(cut: Cut) -> Sentence {
    let at = clock(cut.at);
    match cut.by {
        CutBy::Restart => say!("*the wait ended at {}*, when the controllers were restarted and forgot it", at),
        CutBy::Success => say!("*the wait ended at {}*, since a success ends the row of failures", at),
        CutBy::Other => say!("*the wait ended at {}*", at),
    }
}

pub(super) fn fact(fact: &Fact, names: Names<'_>) -> Sentence {
    match fact {
        Fact::NoPodUntil { until, cut: Some(cut), then: Some(then) } => {
            say!("no pod was to come until {}, but", clock(*until))
                .and(" ", cut_short(*cut).and(": ", say!("{} is created", called::pod(*then, names))))
        }
        Fact::NoPodUntil { until, then: Some(then), .. } => {
            say!("no pod until *{}*, then {}", clock(*until), called::pod(*then, names))
        }
        Fact::NoPodUntil { until, then: None, .. } => say!("no pod until *{}*", clock(*until)),
        Fact::PodsCreated { first, count: 1 } => say!("{} is created", called::pod(*first, names)),
        Fact::PodsCreated { first, count } => {
            say!("*{}* are created, {} first", pods(*count), called::pod(*first, names))
        }
        Fact::PodsDeleted { count, because } => {
            say!("*{}* deleted: {}", pods(*count), (REASON.deleted_because)(*because))
        }
        Fact::JobEnds { condition, at: Some(at) } => say!("the Job is *{}* at *{}*", condition.as_str(), clock(*at)),
        Fact::JobEnds { condition, at: None } => {
            say!("the Job is *{}* only when every pod has stopped: this run does not get there", condition.as_str())
        }
        Fact::JobDeleted { job, at: Some(at) } => {
            say!("{} and its pods are deleted at *{}*", called::object(ObjectKey::Job(*job), names), clock(*at))
        }
        Fact::JobDeleted { job, at: None } => {
            say!("{} and its pods are deleted", called::object(ObjectKey::Job(*job), names))
        }
        Fact::Rule(the_rule) => rule(*the_rule),
        Fact::FailuresInARow { before, after, last } => {
            say!("failures in a row n *{}\u{a0}→\u{a0}{}*, the wait counts from {}", *before, *after, clock(*last))
        }
        Fact::Counter { counter, before, after } => {
            say!("{} *{}\u{a0}→\u{a0}{}*", code(counter.name()), *before, *after)
        }
        Fact::PodEnded { pod: id, container, exit_code, at, by } => say!(
            "{} ended at {} with *exit code {}*: {}",
            called::container_of(*id, *container, names),
            clock(*at),
            exit_code.to_string(),
            (REASON.ended_by)(*by)
        ),
        Fact::Asked(check, answer) => say!("{}", (REASON.check)(*check)).and(" ", REASON.answer(*check, *answer)),
        Fact::Reason(reason) => (REASON.reason)(reason, names),
        Fact::Input { input, pod, .. } => did(input, *pod, names).and("", say!(" at {}", clock(input.at))),
        Fact::Program { pod: id, container, behavior: Some(number), exit_code, run } => say!(
            "behavior {}: {} runs {} and ends with exit code {}",
            number + 1,
            called::container_of(*id, *container, names),
            span(*run),
            exit_code.to_string()
        ),
        Fact::Program { pod: id, container, behavior: None, exit_code, run } => say!(
            "assumed, since no behavior says more: {} runs {} and ends with exit code {}",
            called::container_of(*id, *container, names),
            span(*run),
            exit_code.to_string()
        ),
        Fact::Setting(setting) if setting.is_default() => say!("{} is the default", setting),
        Fact::Setting(setting) => say!("{}", setting),
        Fact::Quota(quota) => say!("podQuota: {} of the cluster", *quota),
        Fact::NodeFound { pod: id, found: Some((at, node)) } => say!(
            "{} waits until *{}*, then it goes to {}",
            called::pod(*id, names),
            clock(*at),
            called::object(ObjectKey::Node(*node), names)
        ),
        Fact::NodeFound { pod: id, found: None } => say!("{} gets *no node in this run*", called::pod(*id, names)),
        Fact::PulledAgain { at: Some(at) } => say!("the next pull begins at *{}*", clock(*at)),
        Fact::PulledAgain { at: None } => say!("*no further pull* comes in this run"),
        Fact::PulledAfterRecording => say!("*the next pull* comes after what is recorded, and so on"),
        Fact::DrivenOut { first, count: 1, at } => {
            say!("{} *has to go* for it at {}", called::pod(*first, names), clock(*at))
        }
        Fact::DrivenOut { count, at, .. } => say!("*{} have to go* for it, from {} on", pods(*count), clock(*at)),
        Fact::Unheard { pod: id, node, until } => {
            let node = called::object(ObjectKey::Node(*node), names);
            let ends = until.map_or_else(|| ": not in this run".to_owned(), |at| format!(", here at {}", clock(at)));
            say!(
                "*nobody stops {}*: {} does not hear of it, and no grace period runs out; it ends when the node is back or deleted{}",
                called::pod(*id, names),
                node,
                ends
            )
        }
        Fact::CountedLater { first, count, counted, at } => {
            let (which, counts, is) = match count {
                1 => (Arg::from(called::pod(*first, names)), "counts", "is"),
                _ => (Arg::from(pods(*count)), "count", "are"),
            };
            match counted {
                CountedAs::Ignored { rule } => {
                    say!("{} {} *not counted*: rule {} of podFailurePolicy, at {}", which, is, rule + 1, clock(*at))
                }
                _ => say!("{} *{} as failed* at {}", which, counts, clock(*at)),
            }
        }
        Fact::Starts { pod: id, container, at: Some(at) } => {
            say!("{} starts at *{}*", called::container_of(*id, *container, names), clock(*at))
        }
        Fact::Starts { pod: id, container, at: None } => {
            say!("{} *never starts* in this run", called::container_of(*id, *container, names))
        }
        Fact::Tainted { node, taint, at } => say!(
            "{} has the taint {}{}",
            called::object(ObjectKey::Node(*node), names),
            code(taint.to_string()),
            at.map_or_else(String::new, |at| format!(" since {}", clock(at)))
        ),
        Fact::OfCluster { setting, value } => {
            let value = if value.is_empty() { String::new() } else { format!(": {value}") };
            say!("{}", Phrase::Field(format!("cluster.{setting}{value}"), Some(Origin::ClusterSetting(setting))))
        }
    }
}

pub(super) fn role(role: LinkRole) -> &'static str {
    match role {
        LinkRole::Effect => "Effect",
        LinkRole::Rule => "Rule",
        LinkRole::Facts => "Facts",
        LinkRole::Spec => "Spec",
        LinkRole::You => "Injected",
        LinkRole::Program => "Program",
    }
}

pub(super) fn rule(rule: Rule) -> Sentence {
    match rule {
        Rule::WaitDoubles => {
            say!("each failure in a row doubles the wait: 10\u{a0}s\u{a0}×\u{a0}2ⁿ⁻¹, at most 10\u{a0}min")
        }
        Rule::WaitIsForTheWholeJob => say!("the wait is the Job's: no pod at all is created meanwhile"),
        Rule::WaitPerIndex => say!("with backoffLimitPerIndex, each index has a wait of its own"),
        Rule::IgnoredStillWaits => say!("an ignored failure is not counted, but the next pod waits all the same"),
        Rule::FailsAboveLimit => say!("the Job fails when failed pods exceed backoffLimit"),
        Rule::FailsAtRestarts => say!("with OnFailure, the Job fails when restarts reach backoffLimit"),
        Rule::DeadlineOverAll => {
            say!("the deadline runs from startTime over everything: starting, running, waiting")
        }
        Rule::FailJobEndsAll => say!("FailJob ends the whole Job at once, whatever the limits"),
        Rule::IndexLimit => say!("an index fails when its failures exceed backoffLimitPerIndex; it is not tried again"),
        Rule::FailedIndexFailsJob => say!("the other indexes go on, but one failed index makes the Job Failed"),
        Rule::MaxFailedIndexes => say!("more failed indexes than maxFailedIndexes end the Job at once"),
        Rule::Wanted => say!("as many pods as parallelism allows, and no more than successes are missing"),
        Rule::EnoughSuccesses => say!("enough successes and no active pod: the Job is done"),
        Rule::WorkQueue => say!("without completions one success is enough, once no pod is active"),
        Rule::SuccessPolicy => say!("the first rule of successPolicy that is met ends the Job"),
        Rule::EndWaits => say!("Complete and Failed wait until every pod has stopped"),
        Rule::RunningPodsFailToo => say!("what still runs when a Job fails is stopped and counted as failed"),
        Rule::RunningPodsUncounted => say!("what still runs then is stopped and counts as nothing"),
        Rule::DisruptionsCount => {
            say!("an eviction or a preemption counts as a failure, unless a podFailurePolicy ignores it")
        }
        Rule::TerminatingCounts => say!("a pod that is being deleted counts as failed at once"),
        Rule::TerminatingHoldsPlace => say!("with podReplacementPolicy: Failed, a pod is replaced when it has stopped"),
        Rule::SuspendDeletes => say!("suspending deletes the active pods; nothing is counted"),
        Rule::ScaleDown => say!("too many active pods: the newest and least ready go first, uncounted"),
        Rule::RefusedIsRetried => say!("a refused pod is no failure: it is tried again after 1, 2, 4\u{a0}… s"),
        Rule::FirstRuleWins => say!("the rules of podFailurePolicy in order, the first that matches decides"),
        Rule::Batched => say!("changes of pods are looked at one second later, together"),
        Rule::NeverTouchedAgain => say!("a Job that is Complete or Failed is never touched again"),
        Rule::RestartInPlace => say!("with OnFailure, the kubelet restarts the container in the same pod"),
        Rule::GracePeriod => say!("SIGTERM first; at the end of the grace period, SIGKILL"),
        Rule::TtlFromEnd => say!("the TTL runs from the end of the Job and takes its pods with it"),
        Rule::Foreground => say!("the Job goes when its last pod has gone"),
        Rule::Cascade => say!("what has lost its owner is deleted, or kept if the cascade is orphan"),
        Rule::Finalizer => say!("a pod stays until it has been counted; then its finalizer is taken off"),
        Rule::MemoryLost => say!("failures in a row are only in the controller's memory"),
        Rule::ManagedBy => say!("a Job with managedBy is left to that controller"),
        Rule::Concurrency => say!("Forbid holds the new run back, Replace deletes the old one, Allow lets both run"),
        Rule::StartingDeadline => say!("a run that is later than startingDeadlineSeconds is not started"),
        Rule::EveryFilter => {
            say!("one node must pass every filter; what is requested is reserved there, used or not")
        }
        Rule::WaitingIsNoFailure => {
            say!("a pod that waits to start is no failure and counts as nothing: only activeDeadlineSeconds ends it")
        }
        Rule::PullBackoff => {
            say!(
                "after a failed pull (ErrImagePull) the next one waits (ImagePullBackOff): 10, 20, 40\u{a0}s and so on, at most 5\u{a0}min"
            )
        }
        Rule::TaintDrivesOut => say!("a taint with NoExecute deletes the pods on its node that do not tolerate it"),
        Rule::ToleratedForAWhile => say!(
            "a taint may be tolerated for so many tolerationSeconds: by default 300\u{a0}s where a node is not ready or not heard of"
        ),
        Rule::SidecarsStopLast => say!(
            "a sidecar is stopped once every other container has ended, the last of them first, all within one grace period; its exit code counts as nothing"
        ),
        Rule::WaitFromNotReady => say!(
            "a pod whose regular containers never ended has no end time of its own: the wait counts from when it was not Ready, its very start"
        ),
        Rule::History => say!("only so many finished Jobs are kept: 3 complete and 1 failed by default"),
    }
}

/// What was injected: `pod 2 killed`.
pub(super) fn did(input: &Input, hit: Option<PodId>, names: Names<'_>) -> Sentence {
    let target = || hit.map_or_else(|| "a pod".into(), |id| Arg::from(called::pod(id, names)));
    match &input.action {
        InputAction::Fail { .. } => say!("{} killed", target()),
        InputAction::OomKill(_) => say!("{} out of memory", target()),
        InputAction::Evict(_) => say!("{} evicted", target()),
        InputAction::Preempt(_) => say!("{} preempted", target()),
        InputAction::NodePressureEvict(_) => say!("{}'s node under memory pressure", target()),
        InputAction::DeletePod { .. } => say!("{} deleted", target()),
        InputAction::Delete { target, .. } => say!("{} deleted", target.kind.as_str()),
        InputAction::Create(_) => say!("a Job created"),
        InputAction::Patch { target, .. } => say!("{} patched", target.kind.as_str()),
        InputAction::RestartControllers => say!("controllers restarted"),
        InputAction::Cordon(node) => say!("{} cordoned", called::node(node)),
        InputAction::Uncordon(node) => say!("{} uncordoned", called::node(node)),
        InputAction::Drain(node) => say!("{} drained", called::node(node)),
        InputAction::Taint { node, change: TaintChange::Add(taint) } => {
            say!("{} tainted {}", called::node(node), code(taint.to_string()))
        }
        InputAction::Taint { node, change } => {
            say!("taint {} taken off {}", code(change.to_string()), called::node(node))
        }
        InputAction::NodeLost(node) => say!("{} lost", called::node(node)),
        InputAction::NodeBack(node) => say!("{} back", called::node(node)),
        InputAction::NodeAdd(group) => match group.ends() {
            (first, None) => say!("{} joined", called::node(&first)),
            (first, Some(last)) => say!("{} to {} joined", called::node(&first), called::node(&last)),
        },
        InputAction::NodeDelete(node) => say!("{} deleted", called::node(node)),
        InputAction::Provide(what) => say!("{} provided", code(what.to_string())),
    }
}
