//! English: explanations.

mod chain;
mod line;
mod what_if;

use super::called::{self, clock, many, pods, span};
use super::format::FORMAT;
use super::placement;
use super::reason::REASON;
use crate::api::{PodId, TaintEffect};
use crate::cluster::input::{InputAction, TaintChange};
use crate::explain::{
    CreatedBecause, JobFailure, JobSuccess, LimitUse, Names, Note, Setting, Statement, StoppedPods, StoppingPod,
};
use crate::texts::explain::ExplainWords;
use crate::texts::sentence::{Arg, Sentence, code, say};

pub(in crate::texts) static EXPLAIN: ExplainWords = ExplainWords {
    statement: |statement, names| statement_words(statement, names).capitalized(),
    fact: |fact, names| chain::fact(fact, names).capitalized(),
    role: chain::role,
    rule: chain::rule,
    brief: line::brief,
    format: &FORMAT,
    reason: &REASON,
    index_limits_and_success_policy: "Limits per index? successPolicy?",
    create_pods: "Create pods",
    created,
    wait: line::wait,
    slots: line::slots,
    note,
    docs_root: "https://kubernetes.io/",
    why: "Why",
    now: |at| format!("At {}", FORMAT.clock_exact(at)),
    beside: "At the same moment",
    because: "Because",
    asked_at: |at| format!("What the controller asked at {}", FORMAT.clock_exact(at)),
    what_if: "What would have changed it",
    change: &what_if::CHANGE,
    difference: what_if::difference,
    logs_stay: |tries| say!("and *the logs of all {} tries stay*", tries),
    looking: "Trying other values …",
    try_it: "Try it",
    in_its_words: "The server's own words",
    in_real_life: "In real life",
    docs: "Documentation",
    previous: "Previous decision",
    next: "Next decision",
    close: "Close",
    whole: "Whole chain, checklist, what if",
    nothing_recorded: "Nothing has happened yet.",
    nodes: &placement::NODES,
    decided: "this decided",
};

fn statement_words(statement: &Statement, names: Names<'_>) -> Sentence {
    match statement {
        Statement::Retry { failures, wait, budget, ignored, holds_others, .. } => {
            let start = say!(
                "Kubernetes tries again, but *waits {}* first: this is the *{} failure in a row*",
                span(*wait),
                (FORMAT.ordinal)(*failures)
            );
            let others = if *holds_others {
                say!(" The wait is the Job's: *no pod at all is created meanwhile*.")
            } else {
                Sentence::default()
            };
            start.and("", spent(budget.as_ref(), ignored.is_some())).and("", others)
        }
        Statement::StillWaiting { failures, left, until, cut } => {
            let waits = say!(
                "nothing new yet: *{}* of the wait are left, until {}. It is the wait after {} in a row, and it holds back every new pod of the Job.",
                FORMAT.span_rounded(*left),
                clock(*until),
                many(*failures, "failure", "failures")
            );
            match cut {
                Some(cut) => waits.and(" ", chain::cut_short(*cut).capitalized()).and("", say!(".")),
                None => waits,
            }
        }
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
        Statement::Created { first, count, because, wanted, beside } => {
            let overlap = match beside {
                Some(StoppingPod { pod, is_heard: false, .. }) => say!(
                    " Nobody stops {}: its node is not heard of, and *it may still run*.",
                    called::pod(*pod, names)
                ),
                Some(StoppingPod { pod, until: Some(until), .. }) => say!(
                    " {} is still stopping, until {}: *both run at once*.",
                    Sentence(vec![called::pod(*pod, names)]).capitalized(),
                    clock(*until)
                ),
                Some(StoppingPod { pod, until: None, .. }) => {
                    say!(
                        " {} is still stopping: *both run at once*.",
                        Sentence(vec![called::pod(*pod, names)]).capitalized()
                    )
                }
                None => Sentence::default(),
            };
            pods_created(*first, *count, because, *wanted, names).and("", overlap)
        }
        Statement::JobFails { failure, stopped, at_once } => {
            let start = say!("*the Job fails*: ").and("", failure_words(failure, names));
            let logs = matches!(failure, JobFailure::Restarts { .. }) && stopped.count > 0;
            let logs = if logs { say!(" The logs go with it.") } else { Sentence::default() };
            start.and("", stopping(stopped, true, names)).and("", logs).and("", once(*at_once, stopped.count, "Failed"))
        }
        Statement::JobCompletes { success, stopped, at_once } => {
            let start = say!("*the Job is done*: ").and("", success_words(success));
            start.and("", stopping(stopped, false, names)).and("", once(*at_once, stopped.count, "Complete"))
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
        Statement::SlotsHeld { terminating, policy } => say!(
            "no new pod yet: *{} its place until it has stopped*{}.",
            many(*terminating, "pod keeps", "pods keep"),
            in_brackets(policy.as_ref())
        ),
        Statement::Succeeded { pod: id, succeeded, completions: Some(completions) } => {
            say!("{} succeeded: *{}* of {} so far.", called::pod(*id, names), *succeeded, completions)
        }
        Statement::Succeeded { pod: id, succeeded, completions: None } => say!(
            "{} succeeded ({} so far): without completions one success is enough, so no new pod is created and the Job is done when the others have ended.",
            called::pod(*id, names),
            *succeeded
        ),
        Statement::Ignored { pod: id, rule: Some(rule) } => {
            say!("{} failed, but *is not counted*: {} says so.", called::pod(*id, names), rule)
        }
        Statement::Ignored { pod: id, rule: None } => say!("{} failed, but *is not counted*.", called::pod(*id, names)),
        Statement::StatusWritten { active, wanted: Some(wanted) } => say!(
            "the controller brought the *counters of the status up to date*; no pod was missing: {} wanted, {} active.",
            pods(*wanted),
            *active
        ),
        Statement::StatusWritten { wanted: None, .. } => {
            say!("the controller brought the *counters of the status up to date*.")
        }
        Statement::Written { key, ready: Some(true) } => {
            say!("{} is *Ready* from now on.", called::object(*key, names))
        }
        Statement::Written { key, ready: Some(false) } => say!("{} is *no longer Ready*.", called::object(*key, names)),
        Statement::Written { key, ready: None } => {
            say!("what is known of {} was *brought up to date*.", called::object(*key, names))
        }
        Statement::Unplaced { pod, refusals, times } => {
            let still = if *times > 1 { "still no node" } else { "no node" };
            let tried = if *times > 1 { format!(", after {times} tries") } else { String::new() };
            let refused = placement::refused(refusals, names);
            say!("*{} can take {}*{}: {}.", still, called::pod(*pod, names), tried, refused)
        }
        Statement::NothingToDo { active, wanted: Some(wanted) } => {
            say!("the controller looked and had *nothing to do*: {} wanted, {} active.", pods(*wanted), *active)
        }
        Statement::NothingToDo { wanted: None, .. } => say!("it looked and had *nothing to do*."),
        Statement::Input { input, pod, .. } => {
            say!("*injected: {}*. ", chain::did(input, *pod, names)).and("", effect_of(&input.action).capitalized())
        }
        Statement::Reason(reason) => (REASON.reason)(reason, names),
    }
}

/// `, and 2 is still within backoffLimit: 3.`
fn spent(budget: Option<&LimitUse>, ignored: bool) -> Sentence {
    match budget {
        Some(LimitUse { limit, .. }) if ignored => {
            say!(". The policy ignores it, so nothing of {} is used; the wait grows all the same.", limit)
        }
        Some(LimitUse { used, limit }) if limit.is_default() => {
            say!(", and {} is still within {}, the default.", *used, limit)
        }
        Some(LimitUse { used, limit }) => say!(", and {} is still within {}.", *used, limit),
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

fn stopping(stopped: &StoppedPods, counts: bool, names: Names<'_>) -> Sentence {
    let which = match (stopped.count, stopped.first, stopped.never_started) {
        (0, ..) => return Sentence::default(),
        (1, Some(pod), true) => say!("*{}, which never started*, is", called::pod(pod, names)),
        (1, Some(pod), false) => say!("*{}*, which had not ended, is", called::pod(pod, names)),
        (count, _, true) => say!("*{} that never started* are", pods(count)),
        (count, _, false) => say!("*{} that had not ended* are", pods(count)),
    };
    let counted = match (stopped.count, counts) {
        (1, true) => " deleted and counts as failed too.",
        (_, true) => " deleted and count as failed too.",
        (1, false) => " deleted and counts as nothing.",
        (_, false) => " deleted and count as nothing.",
    };
    say!(" ").and("", which.capitalized()).and("", say!("{}", counted))
}

fn once(at_once: bool, stopped: u32, condition: &str) -> Sentence {
    match (at_once, stopped) {
        (true, _) => Sentence::default(),
        (false, 0 | 1) => say!(" The condition {} comes when every pod has stopped.", code(condition)),
        (false, _) => say!(" The condition {} comes when they have stopped.", code(condition)),
    }
}

fn pods_created(first: PodId, count: u32, because: &CreatedBecause, wanted: Option<u32>, names: Names<'_>) -> Sentence {
    let what = match count {
        1 => say!("*{} is created*", called::pod(first, names)),
        _ => say!("*{} are created*", pods(count)),
    };
    let why = match because {
        CreatedBecause::First { parallelism: Some(parallelism) } => match (wanted, parallelism.number()) {
            (Some(missing), Some(most)) if i64::from(missing) < most => say!(
                ": the Job is new, and {} missing; {} would allow {}.",
                many(missing, "success is", "successes are"),
                parallelism,
                most.to_string()
            ),
            _ => say!(": the Job is new, and {} may run at a time, by {}.", pods(wanted.unwrap_or(count)), parallelism),
        },
        CreatedBecause::First { parallelism: None } => say!(": the Job is new."),
        CreatedBecause::WaitOver { failures, wait, ignored } => say!(
            ": the wait of *{}* after {} in a row is over{}.",
            span(*wait),
            many(*failures, "failure", "failures"),
            if *ignored { " (not counted, but it lengthens the wait)" } else { "" }
        ),
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

fn failure_words(failure: &JobFailure, names: Names<'_>) -> Sentence {
    match failure {
        JobFailure::BackoffLimit { failed, limit: Some(limit) } => {
            say!("*{} failed*, and {} is more than {}.", many(*failed, "pod has", "pods have"), *failed, limit)
        }
        JobFailure::BackoffLimit { failed, limit: None } => say!("*{} failed*.", many(*failed, "pod has", "pods have")),
        JobFailure::Restarts { restarts, limit: Some(limit) } => say!(
            "its containers were restarted *{}*, and with restartPolicy: OnFailure that must stay below {}.",
            many(*restarts, "time", "times"),
            limit
        ),
        JobFailure::Restarts { restarts, limit: None } => {
            say!("its containers were restarted *{}*.", many(*restarts, "time", "times"))
        }
        JobFailure::Deadline { elapsed, limit: Some(limit) } => say!(
            "it has been active for *{}*, and {} is over. Retries that are left do not matter.",
            FORMAT.span_rounded(*elapsed),
            limit
        ),
        JobFailure::Deadline { elapsed, limit: None } => {
            say!("it has been active for *{}*.", FORMAT.span_rounded(*elapsed))
        }
        JobFailure::Rule { pod: Some(id), rule: Some(rule) } => {
            say!(
                "{} matches {}, and that ends the whole Job, whatever is left of backoffLimit.",
                called::pod(*id, names),
                rule
            )
        }
        JobFailure::Rule { .. } => say!("a rule of podFailurePolicy says FailJob."),
        JobFailure::MaxFailedIndexes { failed, limit: Some(limit) } => {
            say!("*{} failed*, and that is more than {}.", many(*failed, "index has", "indexes have"), limit)
        }
        JobFailure::MaxFailedIndexes { failed, limit: None } => {
            say!("*{} failed*.", many(*failed, "index has", "indexes have"))
        }
        JobFailure::FailedIndexes { failed } => say!(
            "every index is decided, and *{} failed*. All others succeeded, but one failed index is enough.",
            many(*failed, "of them has", "of them have")
        ),
    }
}

fn success_words(success: &JobSuccess) -> Sentence {
    match success {
        JobSuccess::Completions { succeeded, completions: Some(completions) } => {
            say!(
                "*{} succeeded*, as {} asks, and none is active.",
                many(*succeeded, "pod has", "pods have"),
                completions
            )
        }
        JobSuccess::Completions { succeeded, completions: None } => say!(
            "*{} succeeded* and none is active; without completions that is enough.",
            many(*succeeded, "pod has", "pods have")
        ),
        JobSuccess::Policy { policy: Some(policy) } => say!("{} is met.", policy),
        JobSuccess::Policy { policy: None } => say!("the success policy is met."),
    }
}

/// What follows from an input at once.
fn effect_of(verb: &InputAction) -> Sentence {
    match verb {
        InputAction::Fail { exit_code, .. } => say!("its containers end with exit code {}.", exit_code.to_string()),
        InputAction::OomKill(_) => say!(
            "its containers end with exit code 137, {}. To a podFailurePolicy that is an exit code, not a disruption.",
            code("OOMKilled")
        ),
        InputAction::Evict(_) => say!(
            "the pod gets the condition {} and is deleted with its grace period. It counts as a failure unless a policy ignores that.",
            code("DisruptionTarget")
        ),
        InputAction::Preempt(_) => say!(
            "a more important pod needs the place. The pod gets {} and is deleted with its grace period.",
            code("DisruptionTarget")
        ),
        InputAction::NodePressureEvict(_) => say!(
            "the kubelet stops the pod within 2\u{a0}s and marks it {} and {}. The object stays.",
            code("Evicted"),
            code("DisruptionTarget")
        ),
        InputAction::DeletePod { .. } => {
            say!("it gets SIGTERM and its grace period. A pod that has not ended counts as a failure.")
        }
        InputAction::Delete { .. } => say!("the object goes, and what it owns follows the cascade."),
        InputAction::Create(_) => say!("its first sync follows at once."),
        InputAction::Patch { .. } => say!("a change of the spec is looked at at once, not a second later."),
        InputAction::RestartControllers => say!("what they held in memory is lost, above all the failures in a row."),
        InputAction::Cordon(_) => say!("it takes no new pods. Those that are there run on."),
        InputAction::Uncordon(_) => say!("it takes pods again."),
        InputAction::Drain(_) => say!(
            "it takes no new pods, and every pod on it is evicted: {}, then its grace period.",
            code("DisruptionTarget")
        ),
        InputAction::Taint { change: TaintChange::Add(taint), .. } => match taint.effect {
            TaintEffect::NoSchedule => say!("it takes no new pods but those that tolerate the taint."),
            TaintEffect::PreferNoSchedule => say!("pods that do not tolerate the taint go to other nodes if they can."),
            TaintEffect::NoExecute => {
                say!("pods that do not tolerate the taint do not come, and those that are there are deleted.")
            }
        },
        InputAction::Taint { .. } => say!("it takes pods again that did not tolerate the taint."),
        InputAction::NodeLost(_) => {
            say!(
                "its containers run on, but nobody hears of them. In time the node counts as lost and its pods are deleted, unless no other node is ready: then nothing is."
            )
        }
        InputAction::NodeBack(_) => say!("it reports what has happened there in the meantime."),
        InputAction::NodeAdd(_) => say!("pods that wait for a node are looked at again."),
        InputAction::NodeDelete(_) => {
            say!("what ran there is gone with it, and the pod garbage collector deletes its pods.")
        }
        InputAction::Provide(_) => say!("what waits for it goes on at its next try."),
    }
}

fn created(count: u32, wanted: u32) -> Sentence {
    if count == wanted { say!("*{} created*", count) } else { say!("*{} of {} created*", count, wanted) }
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
        Note::AtLeastOnce => {
            say!("The program starts again from its beginning: a Job runs at least once, so make its work repeatable")
        }
        Note::OomIsExitCode => say!("No rule matches: an OOM kill is exit code 137, not a DisruptionTarget"),
        Note::OldAndNewOverlap => say!("By default the old pod may still run beside the new one; this policy waits"),
    }
}
