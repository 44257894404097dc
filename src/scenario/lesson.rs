//! What a lesson is made of: a question about a run, moments at which to look, a goal, and the words for all of it in one
//! language or more. A Lesson is the last document of its text; the documents before it are its start. [`crate::manifest`]
//! reads it, [`crate::lessons`] asks a recording for its checks.

use crate::api::Name;
use crate::cluster::input::{ObjectKind, PodSelector};
use crate::time::Time;
use serde_json::Value;
use std::rc::Rc;

/// A Lesson as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// metadata.name: its id, for ever.
    pub id: Name,
    /// The misunderstandings that it is about: `L1`.
    pub about: Vec<Name>,
    /// The question; without one there is only a goal.
    pub ask: Option<Question>,
    /// Where to look, in order of time.
    pub stops: Vec<Stop>,
    /// What is to be reached; all of it must hold. Without goals the lesson ends after its last stop.
    pub goals: Vec<Goal>,
    /// What must stay as it is.
    pub keep: Vec<Kept>,
    /// The whole text of the start, changed so that it reaches the goal.
    pub solution: Option<Rc<str>>,
    /// Where people stumbled over this: an address.
    pub more: Option<Rc<str>>,
    /// By language (`en`), in the order of the text.
    pub prose: Vec<(Name, Prose)>,
}

impl Lesson {
    /// The words in a language, by the first part of its tag; in the first language of the text where it has none.
    pub fn prose_in(&self, primary_tag: &str) -> Option<&Prose> {
        let is_meant = |tag: &str| tag.split(['-', '_']).next() == Some(primary_tag);
        let meant = self.prose.iter().find(|(tag, _)| is_meant(tag));
        meant.or(self.prose.first()).map(|(_, prose)| prose)
    }
}

/// How far someone came with a lesson: the last document of that text. What the text reaches is not written down, it is
/// observed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The lesson's id; `own:` stands before that of a lesson that was handed out.
    pub lesson: Name,
    /// The option that was chosen, by its key; `None` if the answer was shown without one.
    pub guess: Option<Name>,
    /// How many hints were read.
    pub hints: u32,
    /// Whether the solution was shown.
    pub solution: bool,
}

/// Lessons in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// metadata.name.
    pub id: Name,
    /// Ids of lessons, built in or of the same text.
    pub lessons: Vec<Name>,
    /// Titles by language, in the order of the text.
    pub titles: Vec<(Name, Rc<str>)>,
}

/// What is asked before anything is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Up to where the run is shown with the question.
    pub cut: Cut,
    /// Two to four answers by key, in the order of the text; exactly one holds.
    pub options: Vec<(Name, Check)>,
}

/// The end of what is shown with the question.
#[derive(Clone, Debug, PartialEq)]
pub enum Cut {
    /// Right after the manifests are created; before that, if one of them is refused.
    Start,
    /// Right after this moment.
    After(Moment),
}

/// A moment to look at.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Stop {
    pub key: Name,
    pub moment: Moment,
}

/// One line of the goal.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Goal {
    pub key: Name,
    pub check: Check,
}

/// What the learner must leave alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A path of the first object: `spec.template`.
    Path(Rc<str>),
    /// The whole Scenario.
    Scenario,
    /// `inputs` of the Scenario.
    Inputs,
    /// `behaviors` of the Scenario.
    Behaviors,
}

/// The words of a lesson in one language. Plain, but for `` `code` `` and `**bold**`.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Prose {
    pub title: Rc<str>,
    pub symptom: Rc<str>,
    /// The question.
    pub ask: Option<Rc<str>>,
    /// By the keys of the options.
    pub options: Vec<(Name, Answer)>,
    /// By the keys of the stops.
    pub stops: Vec<(Name, Rc<str>)>,
    pub task: Option<Rc<str>>,
    /// By the keys of the goals.
    pub goals: Vec<(Name, Rc<str>)>,
    /// At most three.
    pub hints: Vec<Rc<str>>,
    pub takeaway: Rc<str>,
}

/// An answer to the question, and what is said to those who give it.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Answer {
    pub say: Rc<str>,
    pub reply: Rc<str>,
}

/// Something that a recording shows, or does not.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// So many of something, up to `at`.
    Count {
        /// What is counted.
        what: Count,
        /// How many there may be.
        number: Bounds,
        /// The end of the recording, if none is given.
        at: Option<Time>,
    },
    /// The most at one instant.
    Peak {
        /// Which pods are counted.
        what: Peak,
        /// Among these.
        pods: PodSelector,
        /// How many there may be.
        number: Bounds,
    },
    /// The state of a Job.
    Job {
        /// Which Job: `job` of it counts.
        job: PodSelector,
        /// Its state.
        is: JobState,
        /// The reason of its final condition.
        reason: Option<Name>,
        /// The end of the recording, if none is given.
        at: Option<Time>,
    },
    /// The first such moment lies between two instants, both included.
    Moment {
        /// Which one.
        moment: Moment,
        /// Not before it.
        after: Option<Time>,
        /// Not after it.
        before: Option<Time>,
        /// It must not come at all within them.
        never: bool,
    },
    /// Whether `kubectl logs` of the newest such pod has something to read.
    Logs {
        /// Which pods.
        pods: PodSelector,
        /// The expected answer.
        readable: bool,
        /// The end of the recording, if none is given.
        at: Option<Time>,
    },
    /// A field of a stored object.
    Field {
        /// Job or CronJob.
        kind: ObjectKind,
        /// Its name; without one it is found as inputs find theirs.
        name: Option<Name>,
        /// `status.failed`.
        path: Rc<str>,
        /// What stands there.
        value: Expectation,
        /// The end of the recording, if none is given.
        at: Option<Time>,
    },
    /// Whether the API server takes all manifests.
    Accepted(bool),
    /// The API server refuses this input, from 1.
    Refused(u32),
    /// Each of them.
    All(Vec<Check>),
    /// One of them at least.
    Any(Vec<Check>),
    /// The opposite.
    Not(Box<Check>),
}

/// A number of something: both bounds are included, and one of them at least is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Bounds {
    pub at_least: Option<u32>,
    pub at_most: Option<u32>,
}

impl Bounds {
    /// This number, and no other.
    pub fn only(number: u32) -> Bounds {
        Bounds { at_least: Some(number), at_most: Some(number) }
    }

    #[allow(missing_docs)]
    pub fn contains(self, number: u32) -> bool {
        self.at_least.is_none_or(|least| number >= least) && self.at_most.is_none_or(|most| number <= most)
    }
}

/// What a field must be.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Expectation {
    Is(Value),
    Within(Bounds),
    Absent,
}

/// What is counted, and among which pods.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// What is counted.
    pub of: Counted,
    /// Among these.
    pub pods: PodSelector,
    /// Only container runs that ended with it.
    pub exit_code: Option<i32>,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Pods that were created.
    Pods,
    /// Pods that ended in phase Succeeded.
    Succeeded,
    /// Pods that ended in phase Failed.
    Failed,
    /// Failed pods that a rule of podFailurePolicy ignored.
    Ignored,
    /// Restarts of containers.
    Restarts,
    /// Container runs that ended.
    Runs,
    /// Jobs that were created.
    Jobs,
}

/// What is counted at each instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peak {
    /// Pods whose containers run.
    Running,
    /// Pods that have not ended yet, terminating ones too.
    Alive,
}

/// The state of a Job at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum JobState {
    Complete,
    Failed,
    Suspended,
    /// None of the others, and there.
    Active,
    /// It was there, and is no more.
    Deleted,
}

/// A moment of a recording: the first step of which this is true.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// Something happens to a pod.
    Pod {
        /// The first pod of these.
        pods: PodSelector,
        /// What happens.
        is: PodChange,
    },
    /// Something happens to a Job.
    Job {
        /// `job` of it counts.
        job: PodSelector,
        /// What happens.
        is: JobChange,
    },
    /// Something becomes of the n-th scheduled time of a CronJob, from 1.
    Schedule {
        /// Which time.
        number: u32,
        /// What becomes of it.
        is: ScheduleChange,
    },
    /// The n-th event with this reason, from 1.
    Event {
        /// Its reason.
        reason: Name,
        /// Which of them.
        nth: u32,
    },
    /// So many are reached.
    Count(Count, u32),
    /// The n-th input of the text happens, from 1.
    Input(u32),
    /// The last step up to an instant.
    At(Time),
}

/// What happens to a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PodChange {
    Created,
    Running,
    Succeeded,
    Failed,
    Terminating,
    Deleted,
}

impl PodChange {
    /// All of them.
    pub const ALL: [PodChange; 6] = [
        PodChange::Created,
        PodChange::Running,
        PodChange::Succeeded,
        PodChange::Failed,
        PodChange::Terminating,
        PodChange::Deleted,
    ];
    /// How each is written in a text.
    pub const WORDS: &[&str] = &["created", "running", "succeeded", "failed", "terminating", "deleted"];

    /// How it is written in a text.
    pub fn word(self) -> &'static str {
        PodChange::WORDS[self as usize]
    }
}

/// What happens to a Job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum JobChange {
    Created,
    Suspended,
    Resumed,
    FailureTarget,
    SuccessCriteriaMet,
    Failed,
    Complete,
    Deleted,
}

impl JobChange {
    /// All of them.
    pub const ALL: [JobChange; 8] = [
        JobChange::Created,
        JobChange::Suspended,
        JobChange::Resumed,
        JobChange::FailureTarget,
        JobChange::SuccessCriteriaMet,
        JobChange::Failed,
        JobChange::Complete,
        JobChange::Deleted,
    ];
    /// How each is written in a text.
    pub const WORDS: &[&str] =
        &["created", "suspended", "resumed", "FailureTarget", "SuccessCriteriaMet", "Failed", "Complete", "deleted"];

    /// How it is written in a text.
    pub fn word(self) -> &'static str {
        JobChange::WORDS[self as usize]
    }
}

/// What becomes of a scheduled time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ScheduleChange {
    Started,
    /// `Forbid` holds it back.
    Held,
    Missed,
}
