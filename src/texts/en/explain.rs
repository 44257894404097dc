//! English: WHY.

use super::reason::{REASON, clock, many, object, pod, pods, span};
use crate::api::{ObjectKey, PodId};
use crate::cluster::input::{Input, Verb};
use crate::cluster::reason::{Answer, Check, DeletedBecause};
use crate::explain::{
    Brief, Budget, Change, Counterfactual, CreatedBecause, Ending, Fact, Failure, Names, Note, Places, Question, Role,
    Rule, Setting, Statement, Success, Wait,
};
use crate::texts::Lang;
use crate::texts::explain::ExplainWords;
use crate::texts::format::{self, NO_BREAK, clock_exact, ordinal, span_rounded};
use crate::texts::sentence::{Arg, Part, Sentence, code, say};
use crate::time::Time;
use serde_json::Value;

pub(crate) const EXPLAIN: ExplainWords = ExplainWords {
    statement: |statement, names| statement_words(statement, names).capitalized(),
    fact: |fact, names| fact_words(fact, names).capitalized(),
    role,
    rule,
    brief,
    between: ", ",
    question,
    answer,
    wait,
    places,
    full_stop: ".",
    note,
    docs_root: "https://kubernetes.io/",
    why: "Why",
    now: |at| format!("At {}", clock_exact(at, Lang::En)),
    because: "Because",
    asked_at: |at| format!("What the controller asked at {}", clock_exact(at, Lang::En)),
    what_if: "What would have changed it",
    change,
    then,
    looking: "Trying other values …",
    no_difference: "No single change that was tried would have ended it differently.",
    try_it: "Try it",
    in_real_life: "In real life",
    docs: "Documentation",
    previous: "Previous decision",
    next: "Next decision",
    close: "Close",
    whole: "Whole chain, checklist, what if",
    nothing_recorded: "Nothing has happened yet.",
    decided: "this decided",
};

fn statement_words(statement: &Statement, names: Names<'_>) -> Sentence {
    match statement {
        Statement::Retry { failures, wait, budget, ignored, .. } => {
            let start = say!(
                "Kubernetes tries again, but *waits {}* first: this is the *{} failure in a row*",
                span(*wait),
                ordinal(*failures, Lang::En)
            );
            start.and("", spent(budget.as_ref(), ignored.is_some()))
        }
        Statement::StillWaiting { failures, left, until } => say!(
            "nothing new yet: *{}* of the wait are left, until {}. It is the wait after {} in a row, and it holds back every new pod of the Job.",
            span_rounded(*left, Lang::En),
            clock(*until),
            many(*failures, "failure", "failures")
        ),
        Statement::IndexRetry { index, failures, until, budget } => {
            let start = say!(
                "index {} is tried again, but *not before {}*: it has failed *{}*",
                *index,
                clock(*until),
                many(*failures, "time", "times")
            );
            start.and("", spent(budget.as_ref(), false))
        }
        Statement::IndexGivenUp { index, failures, limit, failed_indexes } => say!(
            "*index {} has failed for good*, after {}{}. The other indexes go on, but with {} the Job can only end as Failed.",
            *index,
            many(*failures, "failure", "failures"),
            in_brackets(limit.as_ref()),
            many((*failed_indexes).max(1), "failed index", "failed indexes")
        ),
        Statement::Created { first, count, because, wanted } => created(*first, *count, because, *wanted, names),
        Statement::JobFails { failure, stopped, at_once } => {
            let start = say!("*the Job fails*: ").and("", failure_words(failure, names));
            start.and("", stopping(*stopped, true)).and("", once(*at_once, *stopped, "Failed"))
        }
        Statement::JobCompletes { success, stopped, at_once } => {
            let start = say!("*the Job is done*: ").and("", success_words(success));
            start.and("", stopping(*stopped, false)).and("", once(*at_once, *stopped, "Complete"))
        }
        Statement::Ended { condition, decided: Some(decided) } => say!(
            "now the Job is *{}*: that was decided at {}, but the end waits until every pod of it has stopped.",
            condition.as_str(),
            clock(*decided)
        ),
        Statement::Ended { condition, decided: None } => {
            say!("now the Job is *{}*: every pod of it has stopped.", condition.as_str())
        }
        Statement::EndWaits { terminating } => {
            say!(
                "the end is decided, but *{}* still to stop; only then is it final.",
                many(*terminating, "pod has", "pods have")
            )
        }
        Statement::ScaledDown { deleted, wanted, parallelism } => say!(
            "*{} deleted*, since only {} may be active now{}. They count as nothing.",
            many(*deleted, "pod was", "pods were"),
            wanted.map_or_else(|| "fewer".to_owned(), |wanted| wanted.to_string()),
            in_brackets(parallelism.as_ref())
        ),
        Statement::Suspended { deleted: 0, setting } => {
            say!("the Job is *suspended*{}: no pod is created.", in_brackets(setting.as_ref()))
        }
        Statement::Suspended { deleted, setting } => say!(
            "the Job is *suspended*{}: that is no pause, its *{} deleted*. They count as nothing, and the clock of the deadline begins anew when it is resumed.",
            in_brackets(setting.as_ref()),
            many(*deleted, "active pod is", "active pods are")
        ),
        Statement::Refused { used, limited, created, again } => {
            let start = say!(
                "*a pod was refused*: the quota allows {} and {} there. {}",
                pods(*limited),
                many(*used, "is", "are"),
                if *created == 0 {
                    String::new()
                } else {
                    format!("{} created before that. ", many(*created, "pod was", "pods were"))
                }
            );
            match again {
                Some(again) => {
                    start.and("", say!("It tries again at *{}*; this is no failure of the Job.", clock(*again)))
                }
                None => start.and("", say!("It tries again by itself; this is no failure of the Job.")),
            }
        }
        Statement::PlacesHeld { terminating, policy } => say!(
            "no new pod yet: *{} its place until it has stopped*{}.",
            many(*terminating, "pod keeps", "pods keep"),
            in_brackets(policy.as_ref())
        ),
        Statement::Succeeded { pod: id, succeeded, completions: Some(completions) } => {
            say!("{} succeeded: *{}* of {} so far.", pod(*id, names), *succeeded, completions)
        }
        Statement::Succeeded { pod: id, succeeded, completions: None } => say!(
            "{} succeeded ({} so far): without completions one success is enough, so no new pod is created and the Job is done when the others have ended.",
            pod(*id, names),
            *succeeded
        ),
        Statement::Ignored { pod: id, rule: Some(rule) } => {
            say!("{} failed, but *is not counted*: {} says so.", pod(*id, names), rule)
        }
        Statement::Ignored { pod: id, rule: None } => say!("{} failed, but *is not counted*.", pod(*id, names)),
        Statement::NothingToDo { active, wanted: Some(wanted) } => {
            say!("the controller looked and had *nothing to do*: {} wanted, {} active.", pods(*wanted), *active)
        }
        Statement::NothingToDo { wanted: None, .. } => say!("it looked and had *nothing to do*."),
        Statement::Input { input, pod, .. } => {
            say!("*you {}*: ", did(input, *pod, names)).and("", effect_of(&input.verb))
        }
        Statement::Reason(reason) => (REASON.reason)(reason, names),
    }
}

/// `, and 2 is still within backoffLimit: 3.`
fn spent(budget: Option<&Budget>, ignored: bool) -> Sentence {
    match budget {
        Some(Budget { limit, .. }) if ignored => {
            say!(". The policy ignores it, so nothing of {} is used; the wait grows all the same.", limit)
        }
        Some(Budget { used, limit }) if limit.is_default() => {
            say!(", and {} is still within {}, the default.", *used, limit)
        }
        Some(Budget { used, limit }) => say!(", and {} is still within {}.", *used, limit),
        None => say!("."),
    }
}

/// ` (backoffLimit: 3)`
fn in_brackets(setting: Option<&Setting>) -> Arg {
    match setting {
        Some(setting) => Arg::bracketed(" (", setting, ")"),
        None => "".into(),
    }
}

fn stopping(stopped: u32, counts: bool) -> Sentence {
    let running = many(stopped, "pod that still runs is", "pods that still run are");
    match (stopped, counts) {
        (0, _) => Sentence::default(),
        (1, true) => say!(" The {} stopped and counts as failed too.", running),
        (_, true) => say!(" The {} stopped and count as failed too.", running),
        (1, false) => say!(" The {} stopped and counts as nothing.", running),
        (_, false) => say!(" The {} stopped and count as nothing.", running),
    }
}

fn once(at_once: bool, stopped: u32, condition: &str) -> Sentence {
    match (at_once, stopped) {
        (true, _) => Sentence::default(),
        (false, 0 | 1) => say!(" The condition {} comes when every pod has stopped.", code(condition)),
        (false, _) => say!(" The condition {} comes when they have stopped.", code(condition)),
    }
}

fn created(first: PodId, count: u32, because: &CreatedBecause, wanted: Option<u32>, names: Names<'_>) -> Sentence {
    let what = match count {
        1 => say!("*{} is created*", pod(first, names)),
        _ => say!("*{} are created*", pods(count)),
    };
    let why = match because {
        CreatedBecause::First { parallelism: Some(parallelism) } => {
            say!(": the Job is new, and {} may run at a time, by {}.", pods(wanted.unwrap_or(count)), parallelism)
        }
        CreatedBecause::First { parallelism: None } => say!(": the Job is new."),
        CreatedBecause::WaitOver { failures, wait } => {
            say!(": the wait of *{}* after {} in a row is over.", span(*wait), many(*failures, "failure", "failures"))
        }
        CreatedBecause::IndexWaitOver { index, failures } => {
            say!(": the wait of index {} after {} is over.", *index, many(*failures, "failure", "failures"))
        }
        CreatedBecause::MoreNeeded { completions: Some(completions) } => {
            say!(": a place is free, and {} asks for more successes.", completions)
        }
        CreatedBecause::MoreNeeded { completions: None } => say!(": a place is free."),
        CreatedBecause::Resumed => say!(": the Job was resumed, and its clock begins anew."),
        CreatedBecause::Missing => {
            say!(": {} wanted, fewer were active.", many(wanted.unwrap_or(count), "pod is", "pods are"))
        }
    };
    what.and("", why)
}

fn failure_words(failure: &Failure, names: Names<'_>) -> Sentence {
    match failure {
        Failure::BackoffLimit { failed, limit: Some(limit) } => {
            say!("*{} failed*, and {} is more than {}.", many(*failed, "pod has", "pods have"), *failed, limit)
        }
        Failure::BackoffLimit { failed, limit: None } => say!("*{} failed*.", many(*failed, "pod has", "pods have")),
        Failure::Restarts { restarts, limit: Some(limit) } => say!(
            "its containers were restarted *{}*, and with restartPolicy: OnFailure that must stay below {}.",
            many(*restarts, "time", "times"),
            limit
        ),
        Failure::Restarts { restarts, limit: None } => {
            say!("its containers were restarted *{}*.", many(*restarts, "time", "times"))
        }
        Failure::Deadline { elapsed, limit: Some(limit) } => say!(
            "it has been active for *{}*, and {} is over. Retries that are left do not matter.",
            span_rounded(*elapsed, Lang::En),
            limit
        ),
        Failure::Deadline { elapsed, limit: None } => {
            say!("it has been active for *{}*.", span_rounded(*elapsed, Lang::En))
        }
        Failure::Rule { pod: Some(id), rule: Some(rule) } => {
            say!("{} matches {}, and that ends the whole Job, whatever is left of backoffLimit.", pod(*id, names), rule)
        }
        Failure::Rule { .. } => say!("a rule of podFailurePolicy says FailJob."),
        Failure::MaxFailedIndexes { failed, limit: Some(limit) } => {
            say!("*{} failed*, and that is more than {}.", many(*failed, "index has", "indexes have"), limit)
        }
        Failure::MaxFailedIndexes { failed, limit: None } => {
            say!("*{} failed*.", many(*failed, "index has", "indexes have"))
        }
        Failure::FailedIndexes { failed } => say!(
            "every index is decided, and *{} failed*. All others succeeded, but one failed index is enough.",
            many(*failed, "of them has", "of them have")
        ),
    }
}

fn success_words(success: &Success) -> Sentence {
    match success {
        Success::Completions { succeeded, completions: Some(completions) } => {
            say!(
                "*{} succeeded*, as {} asks, and none is active.",
                many(*succeeded, "pod has", "pods have"),
                completions
            )
        }
        Success::Completions { succeeded, completions: None } => say!(
            "*{} succeeded* and none is active; without completions that is enough.",
            many(*succeeded, "pod has", "pods have")
        ),
        Success::Policy { policy: Some(policy) } => say!("{} is met.", policy),
        Success::Policy { policy: None } => say!("the success policy is met."),
    }
}

/// What a person did, in the past tense: `killed pod 2`.
fn did(input: &Input, hit: Option<PodId>, names: Names<'_>) -> Sentence {
    let target = || hit.map_or_else(|| "a pod".into(), |id| Arg::from(pod(id, names)));
    match &input.verb {
        Verb::Fail { .. } => say!("killed {}", target()),
        Verb::OomKill(_) => say!("let {} run out of memory", target()),
        Verb::Evict(_) => say!("evicted {}", target()),
        Verb::Preempt(_) => say!("preempted {}", target()),
        Verb::NodePressureEvict(_) => say!("put {}'s node under memory pressure", target()),
        Verb::DeletePod { .. } => say!("deleted {}", target()),
        Verb::Delete { target, .. } => say!("deleted the {}", target.kind.as_str()),
        Verb::Create(_) => say!("created a Job"),
        Verb::Patch { target, .. } => say!("patched the {}", target.kind.as_str()),
        Verb::RestartControllers => say!("restarted the controllers"),
    }
}

/// What Kubernetes makes of it, at once.
fn effect_of(verb: &Verb) -> Sentence {
    match verb {
        Verb::Fail { exit_code, .. } => say!("its containers end with exit code {}.", exit_code.to_string()),
        Verb::OomKill(_) => say!(
            "its containers end with exit code 137, {}. To a podFailurePolicy that is an exit code, not a disruption.",
            code("OOMKilled")
        ),
        Verb::Evict(_) => say!(
            "the pod gets the condition {} and is deleted with its grace period. It counts as a failure unless a policy ignores that.",
            code("DisruptionTarget")
        ),
        Verb::Preempt(_) => say!(
            "a more important pod needs the place. The pod gets {} and is deleted with its grace period.",
            code("DisruptionTarget")
        ),
        Verb::NodePressureEvict(_) => say!(
            "the kubelet stops the pod within 2\u{a0}s and marks it {} and {}. The object stays.",
            code("Evicted"),
            code("DisruptionTarget")
        ),
        Verb::DeletePod { .. } => {
            say!("it gets SIGTERM and its grace period. A pod that has not ended counts as a failure.")
        }
        Verb::Delete { .. } => say!("the object goes, and what it owns follows the cascade."),
        Verb::Create(_) => say!("its first sync follows at once."),
        Verb::Patch { .. } => say!("a change of the spec is looked at at once, not a second later."),
        Verb::RestartControllers => say!("what they held in memory is lost, above all the failures in a row."),
    }
}

fn fact_words(fact: &Fact, names: Names<'_>) -> Sentence {
    match fact {
        Fact::NoPodUntil { until, then: Some(then) } => {
            say!("no pod until *{}*, then {}", clock(*until), pod(*then, names))
        }
        Fact::NoPodUntil { until, then: None } => say!("no pod until *{}*", clock(*until)),
        Fact::PodsCreated { first, count: 1 } => say!("{} is created", pod(*first, names)),
        Fact::PodsCreated { first, count } => {
            say!("*{}* are created, {} first", pods(*count), pod(*first, names))
        }
        Fact::PodsDeleted { count, because } => {
            say!("*{}* deleted: {}", pods(*count), (REASON.deleted_because)(*because))
        }
        Fact::JobEnds { condition, at: Some(at) } => say!("the Job is *{}* at *{}*", condition.as_str(), clock(*at)),
        Fact::JobEnds { condition, at: None } => say!("the Job will be *{}*", condition.as_str()),
        Fact::JobDeleted { job, at: Some(at) } => {
            say!("{} and its pods are deleted at *{}*", object(ObjectKey::Job(*job), names), clock(*at))
        }
        Fact::JobDeleted { job, at: None } => say!("{} and its pods are deleted", object(ObjectKey::Job(*job), names)),
        Fact::Rule(the_rule) => rule(*the_rule),
        Fact::FailuresInARow { before, after, last } => {
            say!("failures in a row n *{}\u{a0}→\u{a0}{}*, ended {}", *before, *after, clock(*last))
        }
        Fact::Counter { counter, before, after } => {
            say!("{} *{}\u{a0}→\u{a0}{}*", code(counter.name()), *before, *after)
        }
        Fact::PodEnded { pod: id, exit_code, at, by } => say!(
            "{} ended at {} with *exit code {}*: {}",
            pod(*id, names),
            clock(*at),
            exit_code.to_string(),
            (REASON.ended_by)(*by)
        ),
        Fact::Asked(check, answer) => say!("{}", (REASON.check)(*check)).and(" ", (REASON.answer)(*check, *answer)),
        Fact::Reason(reason) => (REASON.reason)(reason, names),
        Fact::Input { input, pod, .. } => did(input, *pod, names).and("", say!(" at {}", clock(input.at))),
        Fact::Program { pod: id, behavior: Some(number), exit_code, run } => say!(
            "behavior {}: {} runs {} and ends with exit code {}",
            number + 1,
            pod(*id, names),
            span(*run),
            exit_code.to_string()
        ),
        Fact::Program { pod: id, behavior: None, exit_code, run } => say!(
            "assumed, since no behavior says more: {} runs {} and ends with exit code {}",
            pod(*id, names),
            span(*run),
            exit_code.to_string()
        ),
        Fact::Setting(setting) if setting.is_default() => say!("{} is the default", setting),
        Fact::Setting(setting) => say!("{}", setting),
        Fact::Quota(quota) => say!("podQuota: {} of the cluster", *quota),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Effect => "Effect",
        Role::Rule => "Rule",
        Role::Facts => "Facts",
        Role::Spec => "Spec",
        Role::You => "You",
        Role::Program => "Program",
    }
}

fn rule(rule: Rule) -> Sentence {
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
        Rule::DisruptionsCount => say!("an eviction counts as a failure, unless a podFailurePolicy ignores it"),
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
        Rule::Concurrency => say!("Forbid skips the new run, Replace deletes the old one, Allow lets both run"),
        Rule::StartingDeadline => say!("a run that is later than startingDeadlineSeconds is not started"),
        Rule::History => say!("only so many finished Jobs are kept: 3 complete and 1 failed by default"),
    }
}

fn brief(brief: &Brief, names: Names<'_>) -> String {
    let called = |key| (REASON.called)(&names.called(key));
    let the_pod = |id| called(ObjectKey::Pod(id));
    let arrow = format!("{NO_BREAK}→{NO_BREAK}");
    match brief {
        Brief::ObjectCreated(key) => format!("{} created", called(*key)),
        Brief::ObjectChanged(key) => format!("{} changed", called(*key)),
        Brief::DeletionBegan(key, cascade) => format!("{} is being deleted ({})", called(*key), cascade.as_str()),
        Brief::ObjectGone(key) => format!("{} gone", called(*key)),
        Brief::PodsCreated { first, count: 1 } => format!("{} created", the_pod(*first)),
        Brief::PodsCreated { count, .. } => format!("{} created", pods(*count)),
        Brief::PodsDeleted { first, count: 1, because } => {
            format!("{} deleted, {}", the_pod(*first), deleted(*because))
        }
        Brief::PodsDeleted { count, because, .. } => format!("{} deleted, {}", pods(*count), deleted(*because)),
        Brief::PodBound(id) => format!("{} has a node", the_pod(*id)),
        Brief::PodRuns(id) => format!("{} runs", the_pod(*id)),
        Brief::PodStops { pod: id, grace } => format!("{} is stopped, {} grace", the_pod(*id), span(*grace)),
        Brief::PodDisrupted(id) => format!("{} is a DisruptionTarget", the_pod(*id)),
        Brief::PodEnded { pod: id, phase } => format!("{} {}", the_pod(*id), phase.as_str().to_lowercase()),
        Brief::Exit { code, after, yours } => {
            let after = after.map(|after| format!(" after {}", span(after))).unwrap_or_default();
            format!("exit{NO_BREAK}{code}{after}{}", if *yours { " (your fault)" } else { "" })
        }
        Brief::RestartAt(at) => format!("restarts at {}", clock(*at)),
        Brief::Restarted { pod: Some(id), restart_count } => {
            format!("{} restarted, {} time", the_pod(*id), ordinal(*restart_count, Lang::En))
        }
        Brief::Restarted { pod: None, restart_count } => {
            format!("restarted, {} time", ordinal(*restart_count, Lang::En))
        }
        Brief::CrashLoopBackOff => "CrashLoopBackOff".to_owned(),
        Brief::OthersRun(count) => format!("{} on", many(*count, "container goes", "containers go")),
        Brief::Counter { counter, before, after } => format!("{} {before}{arrow}{after}", counter.name()),
        Brief::Ignored(id) => format!("{} not counted", the_pod(*id)),
        Brief::WaitsUntil(until) => format!("waits until {}", clock(*until)),
        Brief::IndexWaitsUntil { index, until } => format!("index {index} waits until {}", clock(*until)),
        Brief::IndexFailed(index) => format!("index {index} failed"),
        Brief::Condition { condition, reason } => format!("{}: {reason}", condition.as_str()),
        Brief::EndWaits(count) => format!("waits for {} to stop", pods(*count)),
        Brief::QuotaRefused => "a pod refused by the quota".to_owned(),
        Brief::Refused(message) => format!("refused: {message}"),
        Brief::NoEffect(why) => format!("no effect: {}", (REASON.no_effect)(*why).trim_end_matches('.')),
        Brief::MemoryLost => "controllers restarted".to_owned(),
        Brief::PodsFreed(count) => format!("{} freed", pods(*count)),
        Brief::TtlUntil(until) => format!("to be deleted at {}", clock(*until)),
        Brief::TtlOver => "TTL over".to_owned(),
        Brief::RunStarted(job) => format!("{} started", called(ObjectKey::Job(*job))),
        Brief::RunSkipped(at) => format!("run of {} skipped", clock(*at)),
        Brief::RunMissed(at) => format!("run of {} missed", clock(*at)),
        Brief::JobPruned(job) => format!("{} deleted", called(ObjectKey::Job(*job))),
        Brief::RunFinished(job) => format!("{} finished", called(ObjectKey::Job(*job))),
        Brief::NextRun(at) => format!("next run at {}", clock(*at)),
        Brief::NothingToDo => "nothing to do".to_owned(),
    }
}

fn deleted(because: DeletedBecause) -> &'static str {
    match because {
        DeletedBecause::TooMany => "too many",
        DeletedBecause::WrongIndex => "wrong index",
        DeletedBecause::Suspended => "suspended",
        DeletedBecause::JobEnds => "the Job ends",
    }
}

fn question(question: Question) -> &'static str {
    match question {
        Question::Check(check) => (REASON.check)(check),
        Question::IndexLimitsAndSuccessPolicy => "Limits per index? successPolicy?",
        Question::Create => "Create pods",
    }
}

fn answer(question: Question, answer: Answer) -> Sentence {
    match (question, answer) {
        (Question::Create, Answer::Count { count, limit, .. }) if count == limit => say!("*{} created*", count),
        (Question::Create, Answer::Count { count, limit, .. }) => say!("*{} of {} created*", count, limit),
        (Question::Check(check), answer) => (REASON.answer)(check, answer),
        (Question::Create | Question::IndexLimitsAndSuccessPolicy, answer) => {
            (REASON.answer)(Check::Completions, answer)
        }
    }
}

fn wait(wait: &Wait) -> Sentence {
    let left = |left| span_rounded(left, Lang::En);
    match wait {
        Wait::Backoff { until, left: rest } => {
            say!("waiting for the *back-off, until {}* ({} left)", clock(*until), left(*rest))
        }
        Wait::IndexBackoff { index, until, left: rest } => {
            say!("index {} waits for its *back-off, until {}* ({} left)", *index, clock(*until), left(*rest))
        }
        Wait::Running(count) => say!("*{}*", many(*count, "pod runs", "pods run")),
        Wait::Pending(count) => say!("*{} to start*", many(*count, "pod has", "pods have")),
        Wait::Stopping(count) => say!("*{}*", many(*count, "pod is stopping", "pods are stopping")),
        Wait::EndWaits(0) => say!("the end is decided and is written down with the next sync"),
        Wait::EndWaits(count) => say!("the end is decided and waits for *{} to stop*", pods(*count)),
        Wait::Batch { at } => say!("something has changed: the controller looks at it at *{}*", clock(*at)),
        Wait::Quota { again: Some(again) } => {
            say!("a pod was refused by the quota; the next try is at *{}*", clock(*again))
        }
        Wait::Quota { again: None } => say!("a pod was refused by the quota"),
        Wait::Suspended => say!("*suspended*: nothing happens until somebody sets suspend: false"),
        Wait::ManagedByOther => say!("another controller manages it; Kubernetes itself does nothing"),
        Wait::NoPodsWanted => say!("*parallelism is 0*: no pod is wanted"),
        Wait::Ttl { until, left: rest } => {
            say!("finished; deleted with its pods at *{}* ({} left)", clock(*until), left(*rest))
        }
        Wait::Finished => say!("*finished*: nothing more happens, and without a TTL it stays"),
        Wait::Gone => say!("the object is *gone*"),
        Wait::NotYetCreated => say!("the object is not there yet"),
        Wait::NextRun { at } => say!("the next run is at *{}*", clock(*at)),
        Wait::Nothing => say!("nothing is waited for"),
    }
}

fn places(places: Places) -> Sentence {
    say!("{} of {} used", places.used, many(places.wanted, "place", "places"))
}

fn note(note: Note) -> Sentence {
    match note {
        Note::WaitCap => say!("The docs cap the wait at 6\u{a0}min, the source at 10"),
        Note::ExceedsOrReaches => say!("Never: failures must exceed the limit. OnFailure: restarts only reach it"),
        Note::EvictionCounts => {
            say!("Often read: evictions are free. In the source they count, unless a policy ignores them")
        }
        Note::IgnoreWaits => say!("Ignore saves the count, not the wait"),
        Note::StoppedCountAsFailed => say!("failed also counts the pods that the controller itself stops here"),
        Note::DeadlineIsNotPerAttempt => say!("The deadline is not per attempt; the pod template has one of its own"),
        Note::FailedIndexIsFailure => say!("A limit per index is no partial success: one failed index fails the Job"),
        Note::SuspendIsNoPause => say!("Suspending is no pause: the pods are deleted"),
        Note::LimitsAreMutable => {
            say!("Often read: fixed after creation. parallelism and backoffLimit may change at any time")
        }
        Note::TtlTakesLogs => say!("The TTL deletes the Job, its pods and their logs"),
        Note::MissedStartsGoOn => say!("Often read: dead after 100 missed starts. The source warns and goes on"),
        Note::OldAndNewOverlap => say!("By default the old pod may still run beside the new one; this policy waits"),
    }
}

fn change(change: &Change) -> Sentence {
    match change {
        Change::Field { field, value: Value::Null, .. } => say!("without {}", chip(field.name())),
        Change::Field { field, value, .. } => say!("{}", chip(&format!("{}: {}", field.name(), bare(value)))),
        Change::Ignore { .. } => say!("{}", chip("podFailurePolicy: Ignore")),
        Change::WithoutInput {
            keyword: "fail" | "oomKill" | "evict" | "preempt" | "nodePressureEvict", at, ..
        } => {
            say!("without your fault at {}", clock(*at))
        }
        Change::WithoutInput { keyword, at, .. } => say!("without your {} at {}", code(*keyword), clock(*at)),
        Change::Quota(None) => say!("without {}", chip("podQuota")),
        Change::Quota(Some(quota)) => say!("{}", chip(&format!("podQuota: {quota}"))),
    }
}

fn chip(words: &str) -> Part {
    Part::Field(words.to_owned(), None)
}

/// A value as YAML has it on a line.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn then(found: &Counterfactual) -> Sentence {
    let at = |at: Time| format::clock_short(at, Lang::En);
    let (before, after) = (&found.before, &found.after);
    match (before.ending, after.ending) {
        (_, Ending::Failed(end)) if found.fails_here() => say!("*the Job fails here, at {}*", at(end)),
        (Ending::Complete(was), Ending::Complete(end)) if was != end => {
            say!("*Complete at {}, {}*", at(end), sooner(was, end))
        }
        (Ending::Failed(was), Ending::Failed(end)) if was != end => {
            say!("*Failed at {}, {}*", at(end), sooner(was, end))
        }
        (Ending::Failed(_) | Ending::Open | Ending::Absent, Ending::Complete(end)) => {
            say!("*the Job completes, at {}*", at(end))
        }
        (Ending::Complete(_) | Ending::Open | Ending::Absent, Ending::Failed(end)) => {
            say!("*the Job fails, at {}*", at(end))
        }
        (Ending::Complete(_) | Ending::Failed(_), Ending::Open | Ending::Absent) => {
            say!("*it would not have ended by then*")
        }
        _ if before.failed != after.failed => {
            say!("*{} counted, the end stays the same*", many(after.failed, "failure", "failures"))
        }
        _ if before.gone != after.gone => match after.gone {
            Some(gone) => say!("*deleted at {}*", at(gone)),
            None => say!("*it stays, with its pods and logs*"),
        },
        _ => say!("*{} instead of {}*", pods(after.pods), before.pods),
    }
    .capitalized()
}

/// `22 s sooner`.
fn sooner(was: Time, end: Time) -> String {
    if end < was { format!("{} sooner", span(was - end)) } else { format!("{} later", span(end - was)) }
}
