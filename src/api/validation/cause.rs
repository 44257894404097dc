//! Why the API server refuses a field, as data. Words in each language and fixes hang on this, never on a sentence.

use crate::api::go_text::quoted;
use crate::api::schedule::ScheduleError;
use std::borrow::Cow;
use std::fmt;

/// Why a field is refused. A rule has a variant of its own where there is more to say of it than its kind; all other
/// rules share the variant of their kind, and only the API server's sentence beside it tells them apart.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    // By kind.
    /// It must be given.
    Required,
    /// It must not be this.
    Invalid,
    /// It is not one of the known values.
    NotSupported { allowed: &'static [&'static str] },
    /// It is there already.
    Duplicate { value: String },
    /// What it names is not there.
    NotFound,
    /// It must not be given.
    Forbidden,
    /// It has more bytes than `most`.
    TooLong { most: usize },
    /// It has more items than `most`.
    TooMany { most: usize },

    // Names and labels.
    /// Neither `name` nor `generateName` (V8.4).
    NameRequired,
    /// A name that is not an RFC 1123 label or subdomain (V12.1, V12.2).
    BadName,
    /// A CronJob's name leaves no room for the suffix of its Jobs' names (V10.9). `most`: in characters.
    CronJobNameTooLong { most: usize },
    /// A Job's name is also the value of a label of its pods (V8.40). `most`: in bytes.
    JobNameTooLong { most: usize },
    /// `longest`, the name with the last index behind it, is not a host name (V8.41).
    IndexedHostName { longest: String },
    /// A label that the Job generates for its pods has another value than this (V8.10).
    GeneratedLabel { value: String },
    /// A selector, or `manualSelector` in a CronJob, where the Job generates its own (V8.10, V10.8).
    OwnSelector,
    /// `manualSelector: true` without a selector, or with one that does not match the template's labels
    /// (V8.34, V8.35).
    ManualSelector,

    // Numbers.
    /// Below zero.
    Negative,
    /// Outside a range, both ends included.
    OutOfRange { least: i64, most: i64 },
    /// Above a limit.
    Above { most: Limit },
    /// A request above the limit of its resource, or not equal to it where the resource cannot be overcommitted.
    RequestAboveLimit { resource: String, limit: String, must_be_equal: bool },

    // The Job.
    /// An Indexed Job without completions.
    IndexedWithoutCompletions,
    /// A field that only an Indexed Job may have.
    NeedsIndexed,
    /// `maxFailedIndexes` without `backoffLimitPerIndex`.
    NeedsLimitPerIndex,
    /// No `restartPolicy`, or `Always`.
    RestartPolicyRequired,
    /// `restartPolicy: OnFailure` with a `podFailurePolicy`.
    OnFailureWithPodFailurePolicy,
    /// `podReplacementPolicy` other than Failed with a `podFailurePolicy`.
    ReplacementWithPodFailurePolicy,
    /// `action: FailIndex` without `backoffLimitPerIndex`.
    FailIndexWithoutLimit,
    /// A rule of `podFailurePolicy` with both `onExitCodes` and `onPodConditions`.
    TwoMatchers,
    /// A rule of `podFailurePolicy` with neither.
    NoMatcher,
    /// Exit code 0 with the operator `In`.
    ExitCodeZero,
    /// Exit codes that do not ascend.
    ExitCodesUnordered,
    /// A field of an object that was created, and that keeps its value (V13.2).
    Immutable,

    // The CronJob.
    /// A schedule that cannot be read.
    Schedule(ScheduleError),
    /// `TZ=` or `CRON_TZ=` in a schedule.
    ZoneInSchedule,
    /// A time zone that does not exist.
    TimeZone,

    // The pod.
    /// No container.
    ContainersRequired,
    /// A container without an image.
    ImageRequired,
    /// A mount of a volume that the pod does not have.
    NoSuchVolume { name: String },
}

/// What a number may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// This number.
    Number(i64),
    /// The number in this field beside it.
    Field(&'static str),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Number(most) => most.fmt(f),
            Limit::Field(most) => f.write_str(most),
        }
    }
}

impl Cause {
    /// The API server's words, as far as they follow from the cause. Empty where the kind of error says it all, or where
    /// one cause has several sentences: the rule then gives one with [`Cause::saying`].
    pub(super) fn sentence(&self) -> Cow<'static, str> {
        let text: &'static str = match self {
            Cause::NotSupported { allowed } => return supported_values(allowed).into(),
            Cause::TooLong { most } => return format!("may not be more than {most} bytes").into(),
            Cause::TooMany { most } => return format!("must have at most {most} items").into(),
            Cause::CronJobNameTooLong { most } => return format!("must be no more than {most} characters").into(),
            Cause::JobNameTooLong { most } => return format!("must be no more than {most} bytes").into(),
            Cause::IndexedHostName { longest } => {
                return format!("will not able to create pod with invalid DNS label: {longest}").into();
            }
            Cause::GeneratedLabel { value } => return format!("must be '{value}'").into(),
            Cause::OutOfRange { least, most } => {
                return format!("must be between {least} and {most}, inclusive").into();
            }
            Cause::Above { most } => return format!("must be less than or equal to {most}").into(),
            Cause::RequestAboveLimit { resource, limit, must_be_equal } => {
                let relation = if *must_be_equal { "equal to" } else { "less than or equal to" };
                return format!("must be {relation} {resource} limit of {limit}").into();
            }
            Cause::Schedule(error) => return error.to_string().into(),
            Cause::NameRequired => "name or generateName is required",
            Cause::Negative => "must be greater than or equal to 0",
            Cause::IndexedWithoutCompletions => "when completion mode is Indexed",
            Cause::NeedsIndexed => "requires indexed completion mode",
            Cause::NeedsLimitPerIndex => "when maxFailedIndexes is specified",
            Cause::RestartPolicyRequired => "valid values: \"OnFailure\", \"Never\"",
            Cause::OnFailureWithPodFailurePolicy => "only \"Never\" is supported when podFailurePolicy is specified",
            Cause::FailIndexWithoutLimit => "requires the backoffLimitPerIndex to be set",
            Cause::TwoMatchers => "specifying both OnExitCodes and OnPodConditions is not supported",
            Cause::NoMatcher => "specifying one of OnExitCodes and OnPodConditions is required",
            Cause::ExitCodeZero => "must not be 0 for the In operator",
            Cause::ExitCodesUnordered => "must be ordered",
            Cause::Immutable => "field is immutable",
            Cause::Required
            | Cause::Invalid
            | Cause::Duplicate { .. }
            | Cause::NotFound
            | Cause::Forbidden
            | Cause::BadName
            | Cause::OwnSelector
            | Cause::ManualSelector
            | Cause::ReplacementWithPodFailurePolicy
            | Cause::ZoneInSchedule
            | Cause::TimeZone
            | Cause::ContainersRequired
            | Cause::ImageRequired
            | Cause::NoSuchVolume { .. } => "",
        };
        text.into()
    }

    /// This cause in a sentence of its rule.
    pub(super) fn saying(self, sentence: impl Into<Cow<'static, str>>) -> Detail {
        Detail { cause: Some(self), sentence: sentence.into() }
    }
}

/// `supported values: "A", "B"`, in the order in which the API server lists them.
pub(super) fn supported_values(supported: &[&str]) -> String {
    let quoted: Vec<String> = supported.iter().map(|value| quoted(value)).collect();
    format!("supported values: {}", quoted.join(", "))
}

/// What a rule says of a field: its cause, if it has one of its own, and the API server's sentence.
#[derive(Debug)]
pub(super) struct Detail {
    pub(super) cause: Option<Cause>,
    pub(super) sentence: Cow<'static, str>,
}

/// The same sentences without their causes: for rules about a part of a value or an item of a list, whose field is not
/// itself a name.
pub(super) fn of_part(details: Vec<Detail>) -> Vec<Detail> {
    details.into_iter().map(|detail| Detail { cause: None, ..detail }).collect()
}

/// The sentences of several details as one text.
pub(super) fn joined(details: &[Detail], separator: &str) -> String {
    details.iter().map(|detail| &*detail.sentence).collect::<Vec<_>>().join(separator)
}

impl From<Cause> for Detail {
    fn from(cause: Cause) -> Detail {
        let sentence = cause.sentence();
        cause.saying(sentence)
    }
}

impl From<&'static str> for Detail {
    fn from(sentence: &'static str) -> Detail {
        Detail { cause: None, sentence: sentence.into() }
    }
}

impl From<String> for Detail {
    fn from(sentence: String) -> Detail {
        Detail { cause: None, sentence: sentence.into() }
    }
}
