//! What is valid and will surprise.

use crate::program::Bound;

/// How many nodes refuse a pod for a reason that no pod's end can mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedBy {
    /// How many have this reason.
    pub count: usize,
    /// How many there are; the others have reasons of their own.
    pub all: usize,
    /// The deadline of the pod's Job, in seconds.
    pub deadline: Option<i64>,
}

/// What is valid and will surprise, with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Surprise {
    /// OnFailure: at this restart the Job fails, and the pod goes with its logs.
    OnFailureDeletesPod {
        /// Which restart.
        restart: u32,
    },
    /// A container that never ends keeps its pod from ending, and nothing else ends the Job.
    NeverEnds {
        /// Its name.
        container: String,
        /// Whether there are others beside it.
        beside_others: bool,
        /// The Job's deadline, in seconds.
        deadline: Option<i64>,
    },
    /// A command that is too much to be guessed at: its program is assumed to do what the default says.
    CommandNotGuessed {
        /// The container's name.
        container: String,
        /// The limit that it is beyond.
        bound: Bound,
    },
    /// None of its owners exists: the garbage collector deletes it at once.
    OwnerAbsent {
        /// `kind` of the first owner.
        kind: String,
        /// `name` of the first owner.
        name: String,
    },
    /// A name that no image can have: the pod stays Pending, which does not count as a failure.
    ImageName {
        /// The Job's deadline, in seconds.
        deadline: Option<i64>,
    },
    /// The deadline comes before all tries are made, even if each fails at once.
    DeadlineBeforeRetries {
        /// The deadline, in seconds.
        deadline: i64,
        /// How many tries can begin before it.
        possible: u32,
        /// How many backoffLimit allows.
        allowed: u32,
        /// How long the waits between them are in all, in seconds.
        waits: i64,
    },
    /// A deadline of nothing.
    DeadlineZero,
    /// A container asks for more than any node has.
    TooLargeForNodes {
        /// The name of the resource.
        resource: String,
        /// What the pod asks for, as the scheduler counts it.
        wanted: i64,
        /// The most that one of the nodes has.
        most: i64,
        /// The nodes.
        by: RefusedBy,
    },
    /// No node has the labels that a pod asks for.
    NoNodeMatches {
        /// One that none has; `None` if no node has them all.
        label: Option<(String, String)>,
        /// The nodes.
        by: RefusedBy,
    },
    /// A taint that a pod does not tolerate.
    TaintNotTolerated {
        /// As kubectl writes it.
        taint: String,
        /// The nodes.
        by: RefusedBy,
    },
    /// An image without a tag, pulled at each start.
    PulledEachTime {
        /// How often in the run; `None` if the policy is written.
        pulls: Option<usize>,
    },
    /// A rule of podFailurePolicy that fails the Job looks at init containers, too.
    InitFailsJob {
        /// The first of them.
        container: String,
    },
    /// A deadline in the pod template: it ends a pod, not the Job.
    PodDeadline {
        /// In seconds.
        seconds: i64,
        /// The deadline of the Job, in seconds.
        of_job: Option<i64>,
    },
    /// One eviction fails the Job.
    EvictionFailsJob,
    /// An exit code that no container has.
    ImpossibleExitCode {
        /// As given.
        code: i32,
    },
    /// A rule of podFailurePolicy that another one before it always meets first.
    RuleNeverReached {
        /// The rule, from 0.
        rule: usize,
        /// The one before it, from 0.
        by: usize,
    },
    /// The Job is deleted with its pods and their logs.
    DeletedSoon {
        /// This long after its end, in seconds.
        seconds: i64,
    },
    /// A pod that is being deleted and its replacement run side by side.
    ReplacementOverlaps {
        /// At most, in seconds.
        grace: i64,
    },
    /// More pods at a time than are needed at all.
    ParallelismAboveCompletions {
        /// As given.
        parallelism: i32,
        /// As given.
        completions: i32,
    },
    /// No pod may run.
    ParallelismZero,
    /// Nothing is to be done: complete at once.
    CompletionsZero,
    /// Several pods and no completions: the first success stops new ones.
    WorkQueue {
        /// How many.
        parallelism: i32,
    },
    /// All indexes share the failures of backoffLimit.
    SharedBudget {
        /// How many failures.
        limit: i32,
        /// How many indexes.
        indexes: i32,
    },
    /// With one failed index the success that it asks for is the last decision, and failed indexes are looked at first.
    PolicyMayBeLate {
        /// How many successes a rule of the policy asks for: all indexes but one.
        count: i32,
        /// How many indexes there are.
        indexes: i32,
    },
    /// One index that is given up fails the Job, when all others are done.
    PartialFailure {
        /// How many failures of one index are allowed.
        limit: i32,
    },
    /// Suspended from the start.
    Suspended,
    /// Another controller's Job: the one in the cluster leaves it alone.
    ManagedBy {
        /// Its name.
        manager: String,
    },
    /// The Job takes every pod that fits its selector for its own.
    SelectorByHand,
    /// A fixed hour without a time zone.
    NoTimeZone,
    /// Day of the month and day of the week: either is enough.
    EitherDay,
    /// A fixed hour and every minute: sixty runs.
    EveryMinuteOfHour {
        /// As written.
        hour: String,
    },
    /// A schedule without a time.
    NeverDue,
    /// Forbid: what falls due meanwhile starts when the last run has ended.
    ForbidHoldsBack,
    /// Allow: a run goes on when the next one begins.
    RunsOverlap {
        /// How long a run takes at least, in seconds; `None` if it does not end on its own.
        run: Option<i64>,
        /// How long after it the next one can be due, in seconds.
        gap: i64,
    },
    /// A starting deadline shorter than the controller's look.
    ShortStartingDeadline {
        /// In seconds.
        seconds: i64,
    },
    /// Jobs that are done are deleted at once.
    NoHistory {
        /// The failed ones, not the complete ones.
        failed: bool,
    },
    /// No Job starts.
    CronSuspended,
    /// Several objects in one text begin at the same time.
    StartTogether {
        /// How many.
        objects: usize,
    },
}
