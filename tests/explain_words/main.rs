//! Every reason, wake-up, answer, statement and fact has words in both languages, in the language's own script.

mod engine;
mod placement;

use job_playground::api::admission::{Refusal, Status};
use job_playground::api::{ConditionType, ContainerPlace, JobId, Name, ObjectKey, Phase, PodId, Taint, TaintEffect};
use job_playground::cluster::input::{
    Cascade, Input, InputAction, ObjectKind, ObjectSelector, PodSelector, TaintChange,
};
use job_playground::cluster::inventory::{NodeGroup, Provided};
use job_playground::cluster::reason::{Answer, Check, Component, Reason};
use job_playground::explain::{
    Brief, Counter, CreatedBecause, Cut, CutBy, Fact, JobFailure, JobSuccess, LimitUse, LinkRole, Names, Note,
    ObjectSource, Origin, PodSlots, Question, Rule, Setting, SpecField, Statement, StoppedPods, StoppingPod, Waiting,
    WaitingFor,
};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use job_playground::texts::sentence::{Phrase, Sentence};
use job_playground::time::{Span, Time};

use engine::{DELETIONS, ENDS, NO_EFFECTS, answers, reasons, wakes};

fn refusal() -> Refusal {
    Refusal { status: Status::Invalid, message: "field is immutable".into(), errors: Vec::new(), decode_error: None }
}

const T: Time = Time::from_millis(25_301);
const S: Span = Span::from_seconds(20);
const POD: PodId = PodId(2);
const MAIN: ContainerPlace = ContainerPlace::Regular(0);
const JOB: ObjectKey = ObjectKey::Job(JobId(1));

const CUT: Option<Cut> = Some(Cut { at: T, by: CutBy::Restart });

fn stopped(count: u32, never_started: bool) -> StoppedPods {
    StoppedPods { count, first: Some(POD), never_started }
}

fn setting(written: bool) -> Setting {
    let field = SpecField::BackoffLimit;
    let origin = Origin::Field { source: ObjectSource::Manifest(0), field, rule: None, written };
    Setting { field, rule: None, value: "3".to_owned(), origin: Some(origin) }
}

fn conditions() -> [ConditionType; 5] {
    use ConditionType::*;
    [Suspended, FailureTarget, SuccessCriteriaMet, Failed, Complete]
}

fn inputs() -> Vec<Input> {
    use InputAction::{Cordon, Drain, NodeBack, NodeDelete, NodeLost, Uncordon};
    let pod = PodSelector::default;
    let job = || ObjectSelector { kind: ObjectKind::Job, namespace: None, name: None };
    let taint = |change| InputAction::Taint { node: "node-1".into(), change };
    let nodes = |count| {
        let (capacity, labels, taints) = (Vec::new(), Default::default(), Vec::new().into());
        NodeGroup { name: "node-1".into(), count, capacity, labels, taints }.into()
    };
    let verbs = vec![
        InputAction::Fail { target: pod(), exit_code: 1 },
        InputAction::OomKill(pod()),
        InputAction::Evict(pod()),
        InputAction::Preempt(pod()),
        InputAction::NodePressureEvict(pod()),
        InputAction::DeletePod { target: pod(), grace_seconds: None },
        InputAction::Delete { target: job(), cascade: Cascade::Background },
        InputAction::Create(serde_json::json!({}).into()),
        InputAction::Patch { target: job(), patch: serde_json::json!({}).into() },
        InputAction::RestartControllers,
        taint(TaintChange::Remove { key: "gpu".into(), effect: None }),
        InputAction::NodeAdd(nodes(None)),
        InputAction::NodeAdd(nodes(Some(2))),
        InputAction::Provide(Provided::Images("busybox".into())),
    ];
    let of_nodes: [fn(Name) -> InputAction; 6] = [Cordon, Uncordon, Drain, NodeLost, NodeBack, NodeDelete];
    let added = TaintEffect::ALL.map(|effect| taint(TaintChange::Add(Taint::new("gpu", effect))));
    let verbs = verbs.into_iter().chain(of_nodes.map(|verb| verb("node-1".into()))).chain(added);
    verbs.map(|verb| Input { at: T, action: verb, note: None, disabled: false }).collect()
}

fn statements() -> Vec<Statement> {
    let limit = || Some(setting(true));
    let budget = |written| Some(LimitUse { used: 2, limit: setting(written) });
    let mut statements = vec![
        Statement::Retry { failures: 2, wait: S, until: T, budget: budget(true), ignored: None, holds_others: false },
        Statement::Retry { failures: 2, wait: S, until: T, budget: budget(false), ignored: None, holds_others: false },
        Statement::Retry { failures: 2, wait: S, until: T, budget: budget(true), ignored: Some(0), holds_others: true },
        Statement::Retry { failures: 2, wait: S, until: T, budget: None, ignored: None, holds_others: false },
        Statement::StillWaiting { failures: 2, left: S, until: T, cut: None },
        Statement::StillWaiting { failures: 2, left: S, until: T, cut: CUT },
        Statement::StatusWritten { active: 1, wanted: Some(1) },
        Statement::StatusWritten { active: 1, wanted: None },
        Statement::IndexRetry { index: 1, failures: 1, until: T, budget: budget(true) },
        Statement::IndexGivenUp { index: 1, failures: 2, limit: limit(), failed_indexes: 1 },
        Statement::Ended { condition: ConditionType::Failed, decided: Some(T) },
        Statement::Ended { condition: ConditionType::Complete, decided: None },
        Statement::EndWaits { terminating: 2 },
        Statement::ScaledDown { deleted: 2, wanted: Some(1), parallelism: limit() },
        Statement::ScaledDown { deleted: 2, wanted: None, parallelism: None },
        Statement::Suspended { deleted: 0, setting: limit() },
        Statement::Suspended { deleted: 2, setting: limit() },
        Statement::Refused { used: 3, limited: 3, created: 0, again: Some(T) },
        Statement::Refused { used: 3, limited: 3, created: 2, again: None },
        Statement::SlotsHeld { terminating: 1, policy: limit() },
        Statement::Succeeded { pod: POD, succeeded: 1, completions: limit() },
        Statement::Succeeded { pod: POD, succeeded: 1, completions: None },
        Statement::Ignored { pod: POD, rule: limit() },
        Statement::Ignored { pod: POD, rule: None },
        Statement::Unplaced { pod: POD, refusals: placement::refusals(0).into(), times: 1 },
        Statement::Unplaced { pod: POD, refusals: placement::refusals(0).into(), times: 3 },
        Statement::Written { key: ObjectKey::Pod(POD), ready: None },
        Statement::Written { key: ObjectKey::Pod(POD), ready: Some(true) },
        Statement::Written { key: ObjectKey::Pod(POD), ready: Some(false) },
        Statement::NothingToDo { active: 1, wanted: Some(1) },
        Statement::NothingToDo { active: 1, wanted: None },
    ];
    let becauses = [
        CreatedBecause::First { parallelism: limit() },
        CreatedBecause::First { parallelism: None },
        CreatedBecause::WaitOver { failures: 2, wait: S, ignored: false },
        CreatedBecause::WaitOver { failures: 2, wait: S, ignored: true },
        CreatedBecause::MoreNeeded { completions: limit() },
        CreatedBecause::MoreNeeded { completions: None },
        CreatedBecause::IndexWaitOver { index: 1, failures: 1 },
        CreatedBecause::Resumed,
        CreatedBecause::Missing,
    ];
    for (beside, is_heard) in [(None, true), (Some(T), true), (Some(Time::NEVER), true), (Some(T), false)] {
        let until = |at| Some(at).filter(|at| *at != Time::NEVER);
        let beside = beside.map(|at| StoppingPod { pod: POD, until: until(at), is_heard });
        statements.extend(becauses.iter().map(|because| {
            let because = because.clone();
            Statement::Created { first: POD, count: 2, because, wanted: Some(2), beside }
        }));
    }
    for limit in [limit(), None] {
        let failures = [
            JobFailure::BackoffLimit { failed: 4, limit: limit.clone() },
            JobFailure::Restarts { restarts: 3, limit: limit.clone() },
            JobFailure::Deadline { elapsed: S, limit: limit.clone() },
            JobFailure::Rule { pod: Some(POD), rule: limit.clone() },
            JobFailure::MaxFailedIndexes { failed: 2, limit: limit.clone() },
            JobFailure::FailedIndexes { failed: 1 },
        ];
        statements.extend(failures.map(|failure| Statement::JobFails {
            failure,
            stopped: stopped(2, false),
            at_once: false,
        }));
        let successes = [
            JobSuccess::Completions { succeeded: 3, completions: limit.clone() },
            JobSuccess::Policy { policy: limit.clone() },
        ];
        statements.extend(successes.map(|success| Statement::JobCompletes {
            success,
            stopped: stopped(1, true),
            at_once: true,
        }));
    }
    let hit = |input| Statement::Input { number: 0, input: Box::new(input), pod: Some(POD) };
    statements.extend(inputs().into_iter().map(hit));
    statements.extend(reasons().into_iter().map(Statement::Reason));
    statements
}

fn facts() -> Vec<Fact> {
    let mut facts = vec![
        Fact::NoPodUntil { until: T, cut: CUT, then: Some(POD) },
        Fact::NoPodUntil { until: T, cut: None, then: Some(POD) },
        Fact::NoPodUntil { until: T, cut: None, then: None },
        Fact::PodsCreated { first: POD, count: 1 },
        Fact::PodsCreated { first: POD, count: 3 },
        Fact::JobEnds { condition: ConditionType::Failed, at: Some(T) },
        Fact::JobEnds { condition: ConditionType::Complete, at: None },
        Fact::JobDeleted { job: JobId(1), at: Some(T) },
        Fact::JobDeleted { job: JobId(1), at: None },
        Fact::FailuresInARow { before: 1, after: 2, last: T },
        Fact::Asked(Check::PodsMissing, Answer::Is(true)),
        Fact::Reason(Reason::MemoryLost),
        Fact::Program { pod: POD, container: MAIN, behavior: Some(0), exit_code: 1, run: S },
        Fact::Program { pod: POD, container: MAIN, behavior: None, exit_code: 0, run: S },
        Fact::Setting(setting(true)),
        Fact::Quota(2),
        Fact::Setting(setting(false)),
    ];
    facts.extend(placement::facts());
    facts.extend(Rule::ALL.map(Fact::Rule));
    facts.extend(Counter::ALL.map(|counter| Fact::Counter { counter, before: 0, after: 1 }));
    facts.extend(ENDS.map(|by| Fact::PodEnded { pod: POD, container: MAIN, exit_code: 1, at: T, by }));
    facts.extend(DELETIONS.map(|because| Fact::PodsDeleted { count: 2, because }));
    let done = |input| Fact::Input { number: 0, input: Box::new(input), pod: Some(POD) };
    facts.extend(inputs().into_iter().map(done));
    facts
}

fn briefs() -> Vec<Brief> {
    use Brief::*;
    let mut briefs = vec![
        ObjectCreated(JOB),
        ObjectChanged(JOB),
        DeletionBegan(JOB, Cascade::Background),
        ObjectGone(JOB),
        PodsCreated { first: POD, count: 1 },
        PodsCreated { first: POD, count: 3 },
        PodBound(POD),
        PodRuns(POD),
        PodStops { pod: POD, grace: S },
        PodDisrupted(POD),
        PodEnded { pod: POD, phase: Phase::Failed },
        PodEnded { pod: POD, phase: Phase::Succeeded },
        Exit { code: 1, after: Some(S), yours: true },
        Exit { code: 0, after: None, yours: false },
        RestartAt(T),
        Restarted { pod: Some(POD), restart_count: 1 },
        Restarted { pod: None, restart_count: 2 },
        Brief::CrashLoopBackOff,
        More(12),
        OthersRun(1),
        Ignored(POD),
        WaitsUntil(T),
        IndexWaitsUntil { index: 1, until: T },
        IndexFailed(1),
        EndWaits(2),
        QuotaRefused,
        Brief::Refused("no".into()),
        Brief::TemplateRefused,
        Brief::MemoryLost,
        PodsFreed(2),
        TtlUntil(T),
        TtlOver,
        RunStarted(JobId(1)),
        RunSkipped(T),
        RunMissed(T),
        JobPruned(JobId(1)),
        RunFinished(JobId(1)),
        NextRun(T),
        NothingToDo,
    ];
    briefs.extend(placement::briefs());
    briefs.extend(DELETIONS.map(|because| PodsDeleted { first: POD, count: 1, because }));
    briefs.extend(NO_EFFECTS.map(Brief::NoEffect));
    briefs.extend(job_playground::explain::Counter::ALL.map(|counter| Brief::Counter { counter, before: 0, after: 1 }));
    briefs.extend(conditions().map(|condition| Condition { condition, reason: "JobSuspended" }));
    briefs
}

fn waits() -> Vec<WaitingFor> {
    use WaitingFor::*;
    vec![
        Backoff { until: T, left: S },
        IndexBackoff { index: 1, until: T, left: S },
        Running(1),
        Pending(2),
        Stopping(1),
        EndWaits(0),
        EndWaits(2),
        Batch { at: T },
        Quota { again: Some(T) },
        Quota { again: None },
        Suspended,
        ManagedByOther,
        NoPodsWanted,
        Ttl { until: T, left: S },
        Finished,
        Gone,
        NotYetCreated,
        NextRun { at: T },
        Nothing,
    ]
}

/// Everything that can be said in a language.
fn everything(lang: Lang) -> Vec<(String, Sentence)> {
    // A cluster with its node, and nothing else.
    let recording = Recording::of(&manifest::read("").scenario);
    let names = Names::new(&recording, Some(JOB));
    let (reason, explain) = (lang.reason(), lang.explain());
    let text = |words: &str| Sentence(vec![Phrase::Text(words.to_owned())]);
    let mut all = Vec::new();
    let mut add = |what: String, sentence: Sentence| all.push((what, sentence));
    reasons().iter().for_each(|it| add(format!("{it:?}"), (reason.reason)(it, names)));
    wakes().iter().for_each(|it| add(format!("{it:?}"), (reason.wake)(*it, names)));
    statements().iter().for_each(|it| add(format!("{it:?}"), (explain.statement)(it, names)));
    facts().iter().for_each(|it| add(format!("{it:?}"), (explain.fact)(it, names)));
    briefs().iter().for_each(|it| add(format!("{it:?}"), text(&(explain.brief)(it, names))));
    Note::ALL.iter().for_each(|it| add(format!("{it:?}"), (explain.note)(*it)));
    LinkRole::ALL.iter().for_each(|it| add(format!("{it:?}"), text((explain.role)(*it))));
    NO_EFFECTS.iter().for_each(|it| add(format!("{it:?}"), text((reason.no_effect)(*it))));
    ENDS.iter().for_each(|it| add(format!("{it:?}"), text((reason.ended_by)(*it))));
    for check in Check::ALL {
        add(format!("{check:?}"), text((reason.check)(check)));
        for answer in answers() {
            add(format!("{check:?} {answer:?}"), explain.answer(Question::Check(check), answer));
        }
    }
    for question in [Question::IndexLimitsAndSuccessPolicy, Question::Create] {
        add(format!("{question:?}"), text(explain.question(question)));
        answers().into_iter().for_each(|it| add(format!("{question:?} {it:?}"), explain.answer(question, it)));
    }
    for wait in waits() {
        let slots = Some(PodSlots { used: 1, wanted: 3 });
        let waiting = Waiting { waits: vec![wait], slots, step: None };
        add(format!("{wait:?}"), explain.waiting(&waiting));
    }
    use Component::*;
    for component in [
        Outside,
        Scheduler,
        Kubelet,
        PodGarbageCollector,
        JobController,
        OrphanPods,
        TtlAfterFinished,
        CronJobController,
        GarbageCollector,
        NodeLifecycle,
        TaintEviction,
    ] {
        add(format!("{component:?}"), text((reason.component)(component)));
    }
    all
}

fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Words in lower case that are no identifiers: what an English sentence is made of.
fn english_words(words: &str) -> usize {
    let words = words.split(|letter: char| !letter.is_ascii_alphabetic());
    words
        .filter(|word| ["the", "a", "is", "are", "of", "was", "pod", "pods", "and", "for", "its"].contains(word))
        .count()
}

#[test]
fn everything_has_words_in_each_language() {
    for lang in Lang::ALL {
        for (what, sentence) in everything(lang) {
            assert!(!sentence.is_empty(), "{what} says nothing in {lang:?}");
            let plain = sentence.plain();
            assert!(!plain.contains("{}") && !plain.contains('*'), "{what}: {plain}");
            assert!(!plain.contains("  ") && plain.trim() == plain, "{what}: stray spaces in {plain:?}");
        }
    }
}

#[test]
fn english_is_english_and_chinese_is_chinese() {
    for (what, sentence) in everything(Lang::En) {
        assert!(!sentence.plain().chars().any(is_cjk), "{what}: {}", sentence.plain());
    }
    for (what, sentence) in everything(Lang::Zh) {
        // What Kubernetes says stays English.
        let own = sentence.0.iter().filter(|part| !matches!(part, Phrase::Code(_) | Phrase::Field(..)));
        let words: String = own.map(Phrase::words).collect();
        assert_eq!(english_words(&words), 0, "{what}: {words}");
    }
}

#[test]
fn chinese_has_no_space_between_its_letters() {
    for (what, sentence) in everything(Lang::Zh) {
        let letters: Vec<char> = sentence.plain().chars().collect();
        let stray = letters.windows(3).any(|three| is_cjk(three[0]) && three[1] == ' ' && is_cjk(three[2]));
        assert!(!stray, "{what}: {}", sentence.plain());
    }
}

#[test]
fn chinese_keeps_a_space_beside_latin_letters_and_digits() {
    for (what, sentence) in everything(Lang::Zh) {
        let letters: Vec<char> = sentence.plain().chars().collect();
        for pair in letters.windows(2) {
            let han = |letter: char| matches!(letter, '\u{4e00}'..='\u{9fff}');
            let touches = |a: char, b: char| han(a) && b.is_ascii_alphanumeric();
            assert!(
                !touches(pair[0], pair[1]) && !touches(pair[1], pair[0]),
                "{what}: {}{} in {}",
                pair[0],
                pair[1],
                sentence.plain()
            );
        }
    }
}

#[test]
fn a_retry_says_the_wait_and_what_is_used_of_the_limit() {
    let recording = Recording::default();
    let names = Names::new(&recording, Some(JOB));
    let budget = Some(LimitUse { used: 2, limit: setting(true) });
    let statement = Statement::Retry { failures: 2, wait: S, until: T, budget, ignored: None, holds_others: false };
    let said = |lang: Lang| (lang.explain().statement)(&statement, names).plain().replace('\u{a0}', " ");
    assert_eq!(
        said(Lang::En),
        "Kubernetes tries again, but waits 20 s first: this is the 2nd failure in a row, and 2 is still within backoffLimit: 3."
    );
    assert_eq!(
        said(Lang::Zh),
        "Kubernetes 会重试，但要先等 20 秒：这是连续第 2 次失败，而 2 次仍在 backoffLimit: 3 之内。"
    );
}
