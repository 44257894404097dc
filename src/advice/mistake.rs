//! What the API server refuses or warns of, told apart by rule where people meet it often and by kind elsewhere.

use crate::api::validation::{FieldError, FieldErrorKind};
use crate::api::{FieldPath, Problem, Segment, Shape};
use crate::manifest::ValueKind;
use serde_json::Value;

/// What the API server refuses. `field` is the last name of the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// A field that the struct around it does not have.
    UnknownField {
        /// As it is written.
        field: String,
        /// Go's name of the struct around: `JobSpec`.
        of: &'static str,
    },
    /// A field of another struct.
    Misplaced {
        /// Its name.
        field: String,
        /// Where it belongs: `spec.template.spec`.
        to: String,
    },
    /// Another type was expected.
    WrongType {
        /// Its name.
        field: String,
        /// What belongs there.
        wanted: Shape,
        /// What stands there.
        found: ValueKind,
    },
    /// A number that is no whole number or does not fit.
    NotThisNumber {
        /// Its name.
        field: String,
    },
    /// A text that is no quantity.
    NoQuantity {
        /// Its name.
        field: String,
    },
    /// A text that is no time.
    NoTime {
        /// Its name.
        field: String,
    },
    /// No `restartPolicy`, or `Always`.
    RestartPolicy,
    /// `restartPolicy: OnFailure` with a podFailurePolicy.
    OnFailureWithPolicy,
    /// A number below zero.
    Negative {
        /// Its name.
        field: String,
    },
    /// A name that must be of small letters, digits and dashes.
    BadName {
        /// Its name.
        field: String,
    },
    /// No name.
    NoName,
    /// A name that is too long for what is made of it.
    LongName {
        /// The most characters.
        most: usize,
    },
    /// An Indexed Job whose name, with an index behind it, makes no host name.
    IndexedName,
    /// A label that the Job gives its pods, with another value.
    GeneratedLabel {
        /// Its key.
        label: String,
    },
    /// A number outside its range, both ends included.
    OutOfRange {
        /// Its name.
        field: String,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A number above a limit.
    Above {
        /// Its name.
        field: String,
        /// The most: a number or another field.
        most: String,
    },
    /// `FailIndex` without backoffLimitPerIndex.
    FailIndexWithoutLimit,
    /// An Indexed Job without completions.
    IndexedWithoutCompletions,
    /// A field that only an Indexed Job may have.
    NeedsIndexed {
        /// Its name.
        field: String,
    },
    /// maxFailedIndexes without backoffLimitPerIndex.
    NeedsLimitPerIndex,
    /// A selector where the Job makes its own.
    OwnSelector,
    /// `manualSelector: true` without a selector, or with one that does not match the template's labels.
    ManualSelector,
    /// No container.
    NoContainers,
    /// A container without an image.
    NoImage,
    /// A schedule that cannot be read.
    Schedule,
    /// `TZ=` in a schedule.
    ZoneInSchedule,
    /// A time zone that does not exist.
    TimeZone,
    /// A rule of podFailurePolicy that says both or neither of onExitCodes and onPodConditions.
    RuleMatchers {
        /// Both.
        both: bool,
    },
    /// Exit code 0 in a rule.
    ExitCodeZero,
    /// Exit codes that do not ascend.
    ExitCodesUnordered,
    /// `podReplacementPolicy` other than Failed beside a podFailurePolicy.
    ReplacementWithPolicy,
    /// A request above its limit.
    RequestAboveLimit,
    /// A volume that the pod does not have.
    NoSuchVolume {
        /// Its name.
        name: String,
    },
    /// A field that must be given.
    Required {
        /// Its name.
        field: String,
    },
    /// A value that is none of a few.
    NotSupported {
        /// Its name.
        field: String,
        /// The words that are.
        allowed: Vec<String>,
    },
    /// A value that must not be.
    Invalid {
        /// Its name.
        field: String,
    },
    /// A value that is there already.
    Duplicate {
        /// The value.
        value: String,
    },
    /// Something that is not there.
    NotFound {
        /// Its name.
        field: String,
    },
    /// A field that must not be given here.
    Forbidden {
        /// Its name.
        field: String,
    },
    /// A value of too many bytes.
    TooLong {
        /// Its name.
        field: String,
    },
    /// A list of too many items.
    TooMany {
        /// Its name.
        field: String,
    },
}

/// What the API server warns of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warned {
    /// A name that makes no host name.
    Name,
    /// An environment variable that is given twice.
    Env,
    /// A port of a container that is given twice.
    Port,
    /// A grace period below zero, which counts as 1.
    Grace,
    /// A field, label or annotation that is deprecated or does nothing.
    Deprecated,
    /// A field of a patch that does not exist, and is dropped.
    UnknownField,
    /// Anything else: its own words say it.
    Other,
}

impl Warned {
    pub(super) fn of(warning: &str) -> Warned {
        if warning.starts_with("metadata.name: ") {
            Warned::Name
        } else if warning.contains(": hides previous definition of ") {
            Warned::Env
        } else if warning.contains(": duplicate port definition with ") {
            Warned::Port
        } else if warning.contains(": must be >= 0; negative values are invalid") {
            Warned::Grace
        } else if warning.contains("deprecated ") || warning.contains("non-functional ") {
            Warned::Deprecated
        } else {
            Warned::Other
        }
    }
}

impl Mistake {
    /// The number of the lesson about it.
    pub(super) fn lesson(&self) -> Option<u8> {
        match self {
            Mistake::RestartPolicy => Some(24),
            Mistake::OnFailureWithPolicy => Some(11),
            _ => None,
        }
    }

    /// Why a value could not be read.
    pub(super) fn of_problem(manifest: &Value, problem: &Problem) -> Mistake {
        let field = name_of(&problem.path);
        let wanted = kind(manifest).and_then(|kind| Shape::at(kind, &problem.path)).unwrap_or(Shape::Any);
        let found = match value_at(manifest, &problem.path) {
            Value::Null => ValueKind::Nothing,
            Value::Bool(_) => ValueKind::Truth,
            Value::Number(_) => ValueKind::Number,
            Value::String(_) => ValueKind::Text,
            Value::Array(_) => ValueKind::List,
            Value::Object(_) => ValueKind::Map,
        };
        match (&wanted, found) {
            (Shape::Number | Shape::NumberOrText, ValueKind::Number) => Mistake::NotThisNumber { field },
            (Shape::Quantity, _) => Mistake::NoQuantity { field },
            (Shape::Time, ValueKind::Text) => Mistake::NoTime { field },
            _ => Mistake::WrongType { field, wanted, found },
        }
    }

    /// What is wrong with a field, by the rule that refuses it.
    pub(super) fn of_cause(cause: &FieldError) -> Mistake {
        let field = name_of(&cause.path);
        by_rule(cause, &field).unwrap_or_else(|| by_kind(cause, field))
    }
}

fn by_rule(cause: &FieldError, field: &str) -> Option<Mistake> {
    use FieldErrorKind::{Invalid, NotFound, NotSupported, Required};
    let detail = cause.detail.as_str();
    let path = cause.field.strip_prefix("spec.jobTemplate.").unwrap_or(&cause.field);
    Some(match (cause.kind, field, path) {
        (Required, "restartPolicy", "spec.template.spec.restartPolicy") => Mistake::RestartPolicy,
        (Invalid, "restartPolicy", _) if detail.contains("podFailurePolicy") => Mistake::OnFailureWithPolicy,
        (Invalid, ..) if detail == "must be greater than or equal to 0" => {
            Mistake::Negative { field: field.to_owned() }
        }
        (Required, "name", "metadata.name") => Mistake::NoName,
        (Invalid, _, "metadata.name") if detail.starts_with("must be no more than 52") => {
            Mistake::LongName { most: 52 }
        }
        (Invalid, "job-name" | "batch.kubernetes.io/job-name", "spec.template.labels") => {
            Mistake::LongName { most: 63 }
        }
        (Invalid, "name", _) if detail.contains("RFC 1123") || detail == "must not contain dots" => {
            Mistake::BadName { field: field.to_owned() }
        }
        (Invalid, "name", "metadata.name") if detail.starts_with("will not able to create pod") => Mistake::IndexedName,
        (Required | Invalid, ..) if is_generated_label(path) => Mistake::GeneratedLabel { label: field.to_owned() },
        (Invalid, "action", _) if detail.starts_with("requires the backoffLimitPerIndex") => {
            Mistake::FailIndexWithoutLimit
        }
        (Required, "completions", _) => Mistake::IndexedWithoutCompletions,
        (Invalid, ..) if detail == "requires indexed completion mode" => {
            Mistake::NeedsIndexed { field: field.to_owned() }
        }
        (Required, "backoffLimitPerIndex", _) => Mistake::NeedsLimitPerIndex,
        (Invalid, "selector", _) if detail.contains("auto-generated") => Mistake::OwnSelector,
        (NotSupported, "manualSelector", _) => Mistake::OwnSelector,
        (Required, "selector", _) => Mistake::ManualSelector,
        (Invalid, "labels", _) if detail.contains("does not match template") => Mistake::ManualSelector,
        (Required, "containers", _) => Mistake::NoContainers,
        (Required, "image", _) => Mistake::NoImage,
        (Invalid, "schedule", _) if detail.contains("cannot use TZ") => Mistake::ZoneInSchedule,
        (Invalid, "schedule", _) => Mistake::Schedule,
        (Invalid, "timeZone", _) => Mistake::TimeZone,
        (Invalid, ..) if detail.starts_with("specifying both OnExitCodes") => Mistake::RuleMatchers { both: true },
        (Invalid, ..) if detail.starts_with("specifying one of OnExitCodes") => Mistake::RuleMatchers { both: false },
        (Invalid, ..) if detail == "must not be 0 for the In operator" => Mistake::ExitCodeZero,
        (Invalid, "values", _) if detail == "must be ordered" => Mistake::ExitCodesUnordered,
        (NotSupported, "podReplacementPolicy", _) if detail == "supported values: \"Failed\"" => {
            Mistake::ReplacementWithPolicy
        }
        (Invalid, ..) if path.ends_with(".resources.requests") => Mistake::RequestAboveLimit,
        (NotFound, "name", _) if path.contains(".volumeMounts[") => {
            Mistake::NoSuchVolume { name: unquoted(cause.bad_value.as_deref().unwrap_or_default()) }
        }
        (Invalid, ..) => return limit(field, detail),
        _ => return None,
    })
}

/// `must be between 1 and 65535, inclusive`, `must be less than or equal to 100000 when …`.
fn limit(field: &str, detail: &str) -> Option<Mistake> {
    let field = field.to_owned();
    if let Some(range) = detail.strip_prefix("must be between ") {
        let (least, rest) = range.split_once(" and ")?;
        let (most, _) = rest.split_once(',')?;
        return Some(Mistake::OutOfRange { field, least: least.parse().ok()?, most: most.parse().ok()? });
    }
    let most = detail.strip_prefix("must be less than or equal to ")?.split(' ').next()?.to_owned();
    Some(Mistake::Above { field, most })
}

/// `spec.template.metadata.labels[job-name]` and its like: Kubernetes writes them itself.
fn is_generated_label(path: &str) -> bool {
    let label = path.strip_prefix("spec.template.metadata.labels[").and_then(|rest| rest.strip_suffix(']'));
    label.is_some_and(|label| {
        matches!(label.strip_prefix("batch.kubernetes.io/").unwrap_or(label), "controller-uid" | "job-name")
    })
}

fn by_kind(cause: &FieldError, field: String) -> Mistake {
    match cause.kind {
        FieldErrorKind::Required => Mistake::Required { field },
        FieldErrorKind::Invalid => Mistake::Invalid { field },
        FieldErrorKind::NotSupported => Mistake::NotSupported { field, allowed: allowed(cause) },
        FieldErrorKind::Duplicate => {
            Mistake::Duplicate { value: unquoted(cause.bad_value.as_deref().unwrap_or_default()) }
        }
        FieldErrorKind::NotFound => Mistake::NotFound { field },
        FieldErrorKind::Forbidden => Mistake::Forbidden { field },
        FieldErrorKind::TooLong => Mistake::TooLong { field },
        FieldErrorKind::TooMany => Mistake::TooMany { field },
    }
}

/// `supported values: "A", "B"` as a list.
fn allowed(cause: &FieldError) -> Vec<String> {
    let listed = cause.detail.strip_prefix("supported values: ").unwrap_or_default();
    // The rules of pods come first, and those of Jobs take this word back (V8.32).
    let is_taken_back = cause.field.ends_with(".template.spec.restartPolicy");
    let words = listed.split(", ").filter(|word| !word.is_empty()).map(unquoted);
    words.filter(|word| !(is_taken_back && word == "Always")).collect()
}

/// Without its quotes.
fn unquoted(word: &str) -> String {
    word.trim_matches('"').to_owned()
}

/// The name of a field; of an item, the name of its list.
fn name_of(path: &FieldPath) -> String {
    let name = path.0.iter().rev().find_map(|segment| match segment {
        Segment::Field(name) => Some(name.to_string()),
        Segment::Key(key) => Some(key.clone()),
        Segment::Index(_) => None,
    });
    name.unwrap_or_default()
}

/// The kind that a manifest says it is.
pub(super) fn kind(manifest: &Value) -> Option<&str> {
    manifest["kind"].as_str()
}

/// What stands at a path; null if nothing does.
pub(super) fn value_at<'v>(value: &'v Value, path: &FieldPath) -> &'v Value {
    path.0.iter().fold(value, |value, segment| match segment {
        Segment::Field(name) => &value[name.as_ref()],
        Segment::Key(key) => &value[key.as_str()],
        Segment::Index(index) => &value[*index],
    })
}
