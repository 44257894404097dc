//! English: what an editor says about a text.

use super::format::FORMAT;
use crate::advice::{FixAction, Malformed, RefusedBy, Surprise, Unchecked};
use crate::api::Shape;
use crate::api::validation::{Cause, WarningCause};
use crate::limits::{COMMAND_BYTES, SHELL_DEPTH, SHELL_STEPS, SHELL_TEXT_BYTES};
use crate::manifest::ValueKind;
use crate::program::Bound;
use crate::texts::advice::AdviceWords;
use crate::texts::format::{amount, count};
use crate::time::Span;

pub(in crate::texts) static ADVICE: AdviceWords = AdviceWords { malformed, refused, warned, surprise, idle, action };

fn malformed(malformed: &Malformed) -> String {
    match malformed {
        Malformed::UnknownField { field, of: "" } => format!("There is no field {field} here."),
        Malformed::UnknownField { field, of } => {
            format!("There is no field {field} here: a {of} has none of this name.")
        }
        Malformed::Misplaced { field, to } if to.is_empty() => format!("{field} belongs at the top of the manifest."),
        Malformed::Misplaced { field, to } => format!("{field} belongs in {to}, not here."),
        Malformed::WrongType { field, wanted, found } => {
            format!("{field} must be {}, not {}.", shape(wanted), found_words(*found))
        }
        Malformed::NotAWholeNumber { field } => format!("{field} must be a whole number that fits into its field."),
        Malformed::NotAQuantity { field } => format!("{field} must be an amount such as 500m, 2, 64Mi or 1Gi."),
        Malformed::NotATime { field } => format!("{field} must be a time such as 2000-01-01T12:00:00Z."),
    }
}

fn refused(cause: &Cause, field: &str) -> String {
    match cause {
        Cause::Required => format!("{field} must be given here."),
        Cause::NotSupported { allowed } => format!("{field} must be {}.", one_of(allowed)),
        Cause::Invalid => format!("{field} cannot have this value."),
        Cause::Duplicate { value } => format!("{value} is there already. Each may be given once."),
        Cause::NotFound => format!("What {field} names does not exist here."),
        Cause::Forbidden => format!("{field} may not be given here."),
        Cause::TooLong { .. } => format!("{field} is too long."),
        Cause::TooMany { .. } => format!("{field} has too many items."),
        Cause::RestartPolicyRequired => {
            "A Job's pods must not be restarted for ever, which is what Kubernetes assumes when \
            nothing is said. Never: each try is a new pod. OnFailure: the container starts again in the same pod."
                .to_owned()
        }
        Cause::OnFailureWithPodFailurePolicy => {
            "podFailurePolicy looks at pods that have failed. With OnFailure a pod is restarted in place instead, so \
             this must be Never."
                .to_owned()
        }
        Cause::Negative => format!("{field} cannot be below zero."),
        Cause::BadName => format!(
            "A {field} consists of small letters, digits and dashes, and begins and ends with a letter or digit."
        ),
        Cause::NameRequired => {
            "The object needs a name: metadata.name, or generateName for a new one each time.".to_owned()
        }
        Cause::CronJobNameTooLong { most } => {
            format!("The name may have {most} characters: the Jobs of a CronJob get eleven more behind it.")
        }
        Cause::JobNameTooLong { most } => {
            format!("The name may have {most} characters: it becomes a label of the pods.")
        }
        Cause::IndexedHostName { .. } => {
            "The pods of an Indexed Job are called NAME-INDEX, and that must make a host name: small letters, digits \
             and dashes, at most 63."
                .to_owned()
        }
        Cause::GeneratedLabel { .. } => {
            format!("Kubernetes writes the label {field} itself. A copied manifest must leave it out.")
        }
        Cause::OutOfRange { least, most } => format!("{field} must be a number from {least} to {most}."),
        Cause::Above { most } => format!("{field} can be {most} at most."),
        Cause::FailIndexWithoutLimit => {
            "FailIndex gives up one index. Only a Job with backoffLimitPerIndex can do without one.".to_owned()
        }
        Cause::IndexedWithoutCompletions => "An Indexed Job must say how many indexes it has: completions.".to_owned(),
        Cause::NeedsIndexed => {
            format!("{field} counts per index; only a Job with completionMode: Indexed has indexes.")
        }
        Cause::NeedsLimitPerIndex => {
            "maxFailedIndexes counts indexes that are given up, and only backoffLimitPerIndex gives an index up."
                .to_owned()
        }
        Cause::OwnSelector => "A Job makes a selector of its own. Leave this out.".to_owned(),
        Cause::ManualSelector => {
            "With manualSelector: true you choose selector and template labels yourself, and they must agree. Without \
             it Kubernetes does both."
                .to_owned()
        }
        Cause::ContainersRequired => "A pod needs at least one container.".to_owned(),
        Cause::ImageRequired => "A container needs an image to run.".to_owned(),
        Cause::Schedule(_) => {
            "A schedule has five fields: minute, hour, day of the month, month, day of the week.".to_owned()
        }
        Cause::ZoneInSchedule => "The time zone has a field of its own: timeZone.".to_owned(),
        Cause::TimeZone => {
            "No time zone has this name. Names are those of the IANA database, such as Europe/Paris.".to_owned()
        }
        Cause::TwoMatchers => {
            "A rule looks either at exit codes or at pod conditions. Make two rules of this.".to_owned()
        }
        Cause::NoMatcher => "A rule must say what it looks for: onExitCodes or onPodConditions.".to_owned(),
        Cause::ExitCodeZero => "Exit code 0 is success: no failed pod can have it.".to_owned(),
        Cause::ExitCodesUnordered => "Exit codes must ascend.".to_owned(),
        Cause::ReplacementWithPodFailurePolicy => {
            "With a podFailurePolicy a pod is replaced only once it has failed: this must be Failed.".to_owned()
        }
        Cause::RequestAboveLimit { .. } => "A container cannot request more than its limit.".to_owned(),
        Cause::NoSuchVolume { name } => format!("The pod has no volume {name}. Add it under volumes."),
        Cause::Immutable => format!(
            "{field} cannot be changed once the Job exists. Delete the Job and create it anew, or give the new one \
             another name."
        ),
    }
}

fn shape(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } | Shape::Map => "a map",
        Shape::List => "a list",
        Shape::Text => "a text",
        Shape::Truth => "true or false",
        Shape::Number => "a whole number",
        Shape::Quantity => "an amount",
        Shape::NumberOrText => "a whole number or a text",
        Shape::Time => "a time",
        Shape::Any => "something else",
    }
}

fn found_words(found: ValueKind) -> &'static str {
    match found {
        ValueKind::Map => "a map",
        ValueKind::List => "a list",
        ValueKind::Text => "a text",
        ValueKind::Number => "a number",
        ValueKind::Truth => "a truth value",
        ValueKind::Nothing => "nothing",
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn warned(cause: &WarningCause) -> &'static str {
    match cause {
        WarningCause::HostName => {
            "Pods get host names from this name, and this makes no good one. Use small letters, digits and dashes."
        }
        WarningCause::RepeatedVariable => "This variable is given twice. The later one counts.",
        WarningCause::RepeatedPort { .. } => "This port is listed twice. Once is enough.",
        WarningCause::NegativeGracePeriod => "A grace period cannot be below zero. It counts as 1 second.",
        WarningCause::Deprecated => "This is out of use. It is accepted and may do nothing.",
        WarningCause::UnknownField => {
            "There is no such field. The patch is taken, and this part of it dropped with a warning."
        }
        WarningCause::Other => "The API server accepts this with a warning.",
    }
}

fn surprise(surprise: &Surprise) -> String {
    match surprise {
        Surprise::OnFailureDeletesPod { restart } => format!(
            "With OnFailure the container starts again in the same pod. At the {} restart the Job fails and the pod \
             is deleted, its logs with it. Never keeps failed pods.",
            (FORMAT.ordinal)(*restart)
        ),
        Surprise::NeverEnds { container, beside_others: true, deadline } => format!(
            "{container} never ends, and a pod is done only when all its containers are. A helper belongs in \
             initContainers with restartPolicy: Always; else only {}.",
            deadline.map_or("a deadline ends this Job".to_owned(), |deadline| format!(
                "its deadline ends this Job, after {}",
                length(deadline)
            ))
        ),
        Surprise::NeverEnds { container, .. } => {
            format!("{container} never ends, and nothing else ends this Job. Set activeDeadlineSeconds.")
        }
        Surprise::CommandNotGuessed { container, bound } => {
            let why = match bound {
                Bound::Length => format!("it has more than {} bytes", count(COMMAND_BYTES as i64)),
                Bound::Depth => format!("it is nested deeper than {SHELL_DEPTH} levels"),
                Bound::Steps => format!("following it takes more than {} steps", count(SHELL_STEPS)),
                Bound::Text => {
                    format!("its words and variables grow beyond {} bytes", count(SHELL_TEXT_BYTES as i64))
                }
            };
            format!(
                "There is no guess what this command does: {why}. {container} is assumed to run 10 s and to succeed; \
                 behaviors of the Scenario can say something else."
            )
        }
        Surprise::OwnerAbsent { kind, name } => format!(
            "The owner named here, {kind} {name}, does not exist in this cluster: the garbage collector deletes this object at once."
        ),
        Surprise::ImageName { deadline } => format!(
            "No image can have this name: the pod stays Pending with InvalidImageName. That is no failure: backoffLimit \
             counts nothing, and {}.",
            only_deadline(*deadline)
        ),
        Surprise::DeadlineBeforeRetries { deadline, possible, allowed, waits } => format!(
            "backoffLimit allows {}, but the waits between them take {} in all. The deadline ends the Job after {}, \
             when at most {possible} have begun.",
            tries(*allowed),
            length(*waits),
            length(*deadline)
        ),
        Surprise::DeadlineZero => "The time is over before anything has begun: the Job fails at once.".to_owned(),
        Surprise::TooLargeForNodes { resource, wanted, most, by } => {
            let (wanted, most) = (amount(resource, *wanted), amount(resource, *most));
            let what = format!("The pod asks for {resource}: {wanted}");
            match by.count == by.all {
                true => format!("{what}, and no node has more than {most}. {}", stays_pending(by)),
                false => format!(
                    "{what}; {} no more than {most}, and the others refuse it for other reasons. {}",
                    of_nodes(by, "has", "have"),
                    stays_pending(by)
                ),
            }
        }
        Surprise::NoNodeMatches { label, by } => {
            let lacks = match label {
                Some((key, value)) => format!("the label {key}: {value}"),
                None => "all that is asked for here".to_owned(),
            };
            match by.count == by.all {
                true => format!("No node has {lacks}. {}", stays_pending(by)),
                false => format!(
                    "{} {lacks}, and the others refuse the pod for other reasons. {}",
                    of_nodes(by, "does not have", "do not have"),
                    stays_pending(by)
                ),
            }
        }
        Surprise::TaintNotTolerated { taint, by } => {
            let nodes = match (by.all, by.count == by.all) {
                (1, _) => "The only node has".to_owned(),
                (2, true) => "Both nodes have".to_owned(),
                (_, true) => format!("All {} nodes have", by.all),
                (_, false) => of_nodes(by, "has", "have"),
            };
            let others = if by.count == by.all { "" } else { ", and the others refuse it for other reasons" };
            format!("{nodes} the taint {taint}, which the pod does not tolerate{others}. {}", stays_pending(by))
        }
        Surprise::PulledEachTime { pulls } => {
            let times = pulls.map_or(String::new(), |pulls| format!(", {} times in this run", count(pulls as i64)));
            format!(
                "Without a tag this is the image latest, and with imagePullPolicy: Always each start pulls it anew{times}: \
                 no try begins while the registry does not answer, and two tries may run different programs."
            )
        }
        Surprise::InitFailsJob { container } => format!(
            "Without containerName this rule looks at init containers, too: if {container} ends so, the Job fails at once, \
             whatever backoffLimit allows."
        ),
        Surprise::PodDeadline { seconds, of_job: Some(of_job) } if of_job <= seconds => format!(
            "In the pod template a deadline ends one pod, {} after it began. The Job's own, {} after the Job began, comes \
             first: this one never does anything.",
            length(*seconds),
            length(*of_job)
        ),
        Surprise::PodDeadline { seconds, of_job: Some(of_job) } => format!(
            "In the pod template a deadline ends one pod after {}: a failure, and the Job tries again, until its own \
             deadline ends it after {}.",
            length(*seconds),
            length(*of_job)
        ),
        Surprise::PodDeadline { seconds, of_job: None } => format!(
            "In the pod template a deadline ends one pod after {}: a failure, and the Job tries again. The deadline of \
             the whole Job is spec.activeDeadlineSeconds.",
            length(*seconds)
        ),
        Surprise::EvictionFailsJob => {
            "With backoffLimit: 0 a single eviction or node drain fails the Job: it counts like a crash unless a \
             podFailurePolicy ignores DisruptionTarget."
                .to_owned()
        }
        Surprise::ImpossibleExitCode { code } => {
            format!("No container ends with {code}: exit codes go from 0 to 255. This never matches.")
        }
        Surprise::RuleNeverReached { rule, by } => {
            format!(
                "rules[{by}] matches all that rules[{rule}] does, and the first match decides: this one never does."
            )
        }
        Surprise::DeletedSoon { seconds: 0 } => {
            "The Job is deleted the moment it ends, its pods and logs with it.".to_owned()
        }
        Surprise::DeletedSoon { seconds } => {
            format!("{} after its end the Job is deleted, its pods and logs with it.", length(*seconds))
        }
        Surprise::ReplacementOverlaps { grace } => format!(
            "A pod that is deleted is replaced without waiting for its end, after the back-off, so the old and the new one may \
             run side by side for up to {}. podReplacementPolicy: Failed waits.",
            length(*grace)
        ),
        Surprise::ParallelismAboveCompletions { parallelism, completions } => {
            format!("No more pods run at a time than are still needed: {} at most, never {parallelism}.", completions)
        }
        Surprise::ParallelismZero => "While parallelism is 0 no pod runs: the Job waits.".to_owned(),
        Surprise::CompletionsZero => "Nothing is to be done: the Job is complete without any pod.".to_owned(),
        Surprise::WorkQueue { parallelism } => format!(
            "Without completions the {parallelism} pods share one queue of work: after the first success no new pod \
             starts, and the Job is complete when the others have ended."
        ),
        Surprise::SharedBudget { limit: 0, indexes } => {
            format!(
                "The first failure of any of the {} indexes ends all. backoffLimitPerIndex counts each on its own.",
                count(*indexes)
            )
        }
        Surprise::SharedBudget { limit, indexes } => format!(
            "The {} indexes share one budget of {}: a single bad index can use it up and end the others. \
             backoffLimitPerIndex counts each on its own.",
            count(*indexes),
            failures(*limit)
        ),
        Surprise::PolicyMayBeLate { count: asked, indexes } => format!(
            "{} of {} successes may come too late: if one index has failed for good by then, the {} success is the last \
             decision, and failed indexes are looked at first: the Job is Failed.",
            count(*asked),
            count(*indexes),
            (FORMAT.ordinal)(u32::try_from(*asked).unwrap_or(0))
        ),
        Surprise::PartialFailure { limit } => format!(
            "An index is given up at its {} failure and the others go on. But one such index, and the Job ends as \
             Failed when they are done; only a successPolicy that is met before the last index is decided lets it complete.",
            (FORMAT.ordinal)(u32::try_from(*limit).unwrap_or(0) + 1)
        ),
        Surprise::Suspended => {
            "The Job waits: no pod starts until suspend is false. To suspend a Job that runs deletes its pods."
                .to_owned()
        }
        Surprise::ManagedBy { manager } => {
            format!("This Job belongs to {manager}: the Job controller leaves it alone, so nothing happens here.")
        }
        Surprise::SelectorByHand => {
            "With manualSelector the Job takes every pod with these labels for its own, those of other Jobs too."
                .to_owned()
        }
        Surprise::NoTimeZone => {
            "Without timeZone the hour is that of the controller, here UTC, and seldom yours.".to_owned()
        }
        Surprise::EitherDay => {
            "Day of the month and day of the week are both given: either is enough, they need not agree.".to_owned()
        }
        Surprise::EveryMinuteOfHour { hour } => {
            format!("* for the minute means sixty runs, one each minute from {hour}:00 to {hour}:59.")
        }
        Surprise::NeverDue => "This time never comes: no Job ever starts.".to_owned(),
        Surprise::ForbidHoldsBack => {
            "Forbid holds a run back rather than skipping it: what falls due meanwhile, once, starts as soon as the \
             last Job has ended, however late. startingDeadlineSeconds limits how late."
                .to_owned()
        }
        Surprise::RunsOverlap { run: Some(run), gap } => format!(
            "A run takes {}, and the next one is due {} after it began: under Allow both run at the same time.",
            length(*run),
            length(*gap)
        ),
        Surprise::RunsOverlap { run: None, gap } => format!(
            "A run does not end by itself, and the next one is due {} after it began: under Allow they pile up.",
            length(*gap)
        ),
        Surprise::ShortStartingDeadline { seconds } => format!(
            "The controller may look only every 10 s. With a deadline of {} a run can be missed for no other reason.",
            length(*seconds)
        ),
        Surprise::NoHistory { failed: false } => {
            "Each Job is deleted as soon as it is complete, its pods and logs with it.".to_owned()
        }
        Surprise::NoHistory { failed: true } => {
            "Each Job is deleted as soon as it has failed, its pods and logs with it: nothing tells why.".to_owned()
        }
        Surprise::CronSuspended => "No Job starts until suspend is false.".to_owned(),
        Surprise::StartTogether { objects } => {
            let all = if *objects == 2 { "Both".to_owned() } else { format!("All {objects}") };
            format!("{all} objects of this text are created at 0:00 and run side by side.")
        }
    }
}

fn tries(count: u32) -> String {
    if count == 1 { "1 try".to_owned() } else { format!("{count} tries") }
}

fn failures(count: i32) -> String {
    if count == 1 { "1 failure".to_owned() } else { format!("{count} failures") }
}

/// `2 of 3 nodes have`
fn of_nodes(by: &RefusedBy, one: &str, many: &str) -> String {
    format!("{} of {} nodes {}", by.count, by.all, if by.count == 1 { one } else { many })
}

fn stays_pending(by: &RefusedBy) -> String {
    format!(
        "The pod stays Pending, which is no failure: backoffLimit counts nothing, and {}.",
        only_deadline(by.deadline)
    )
}

/// What ends a Job whose pods stay Pending.
fn only_deadline(deadline: Option<i64>) -> String {
    deadline.map_or("only an activeDeadlineSeconds would end the Job".to_owned(), |seconds| {
        format!("the Job ends only at its deadline, after {}", length(seconds))
    })
}

fn length(seconds: i64) -> String {
    FORMAT.span(Span::from_seconds(seconds))
}

fn idle(fields: &[String], unchecked: &[Unchecked]) -> String {
    let mut sentences = Vec::new();
    if !fields.is_empty() {
        sentences.push(format!("Kept, and changes nothing here: {}.", fields.join(", ")));
    }
    let assumed: Vec<&str> = Unchecked::assumed_kinds(unchecked).collect();
    if !assumed.is_empty() {
        sentences.push(format!("Taken to exist, unless cluster.missing says otherwise: {}.", assumed.join(", ")));
    }
    if unchecked.contains(&Unchecked::Node) {
        sentences.push("Until cluster.nodes says what nodes there are, every pod finds room.".to_owned());
    }
    let kinds: Vec<&str> = Unchecked::unknown_kinds(unchecked).collect();
    let exist = (!kinds.is_empty()).then(|| {
        let verb = if kinds.len() == 1 { "exists" } else { "exist" };
        format!("whether the {} {verb}", kinds.join(", "))
    });
    let policy = unchecked.contains(&Unchecked::Policy).then(|| "whether a policy forbids it".to_owned());
    let questions: Vec<String> = [exist, policy].into_iter().flatten().collect();
    if !questions.is_empty() {
        sentences.push(format!("Not checked here: {}.", questions.join("; ")));
    }
    sentences.join(" ")
}

fn action(action: &FixAction) -> String {
    match action {
        FixAction::Add { field, value } => format!("Add {field}: {value}"),
        FixAction::Set { field, value } => format!("Write {field}: {value}"),
        FixAction::Remove { field } => format!("Remove {field}"),
        FixAction::RemoveFirst { field } => format!("Remove the first {field}"),
        FixAction::Rename { from: _, to } => format!("Did you mean {to}?"),
        FixAction::Move { field, to } if to.is_empty() => format!("Move {field} to the top"),
        FixAction::Move { field, to } => format!("Move {field} to {to}"),
        FixAction::MakeSidecar { container } => format!("Make {container} a sidecar"),
        FixAction::Replace { found, with } => format!("Write {with} instead of {found}"),
        FixAction::PlainCharacters => "Write all of them as YAML has them".to_owned(),
        FixAction::Unwrap => "Keep only the manifest".to_owned(),
        FixAction::RemoveServerWritten => "Remove what the server wrote".to_owned(),
        FixAction::SpacesForTabs => "Indent with spaces".to_owned(),
        FixAction::KeepScenario { first: true } => "Keep the first, remove this one".to_owned(),
        FixAction::KeepScenario { first: false } => "Keep this one, remove the first".to_owned(),
    }
}
