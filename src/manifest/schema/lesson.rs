//! The fields of a Lesson, of a Course and of a View.

use super::{ATTEMPT, CONTAINER, FieldType, INDEX, JOB, METADATA, NODE_NAME, ObjectSchema, POD};
use crate::manifest::documents::SCENARIO_VERSION;
use crate::scenario::lesson::{JobChange, PodChange};

/// The document of a Lesson.
pub const LESSON: ObjectSchema = ObjectSchema::new(
    "lesson",
    &[
        ("apiVersion", FieldType::Word(&[SCENARIO_VERSION])),
        ("kind", FieldType::Word(&["Lesson"])),
        ("metadata", FieldType::Map(&METADATA)),
        ("spec", FieldType::Map(&LESSON_SPEC)),
    ],
);
/// `spec` of a Lesson.
pub const LESSON_SPEC: ObjectSchema = ObjectSchema::new(
    "lessonSpec",
    &[
        ("about", FieldType::Texts),
        ("ask", FieldType::Map(&ASK)),
        ("stops", FieldType::MomentsByName),
        ("goal", FieldType::ChecksByName),
        ("keep", FieldType::Texts),
        ("solution", FieldType::Text),
        ("more", FieldType::Text),
        ("text", FieldType::MapsByName(&PROSE)),
    ],
);
/// `spec.ask`.
pub const ASK: ObjectSchema =
    ObjectSchema::new("ask", &[("at", FieldType::StartOrMoment), ("options", FieldType::ChecksByName)]);
/// The words of a Lesson in one language.
pub const PROSE: ObjectSchema = ObjectSchema::new(
    "prose",
    &[
        ("title", FieldType::Text),
        ("symptom", FieldType::Text),
        ("ask", FieldType::Text),
        ("options", FieldType::MapsByName(&ANSWER)),
        ("stops", FieldType::TextsByName),
        ("task", FieldType::Text),
        ("goal", FieldType::TextsByName),
        ("hints", FieldType::Texts),
        ("takeaway", FieldType::Text),
    ],
);
/// The words of an option.
pub const ANSWER: ObjectSchema = ObjectSchema::new("answer", &[("say", FieldType::Text), ("reply", FieldType::Text)]);

/// The document of a Course.
pub const COURSE: ObjectSchema = ObjectSchema::new(
    "course",
    &[
        ("apiVersion", FieldType::Word(&[SCENARIO_VERSION])),
        ("kind", FieldType::Word(&["Course"])),
        ("metadata", FieldType::Map(&METADATA)),
        ("spec", FieldType::Map(&COURSE_SPEC)),
    ],
);
/// `spec` of a Course.
pub const COURSE_SPEC: ObjectSchema =
    ObjectSchema::new("courseSpec", &[("lessons", FieldType::Texts), ("text", FieldType::MapsByName(&COURSE_PROSE))]);
/// The words of a Course in one language.
pub const COURSE_PROSE: ObjectSchema = ObjectSchema::new("courseProse", &[("title", FieldType::Text)]);

/// The document of a View.
pub const VIEW: ObjectSchema = ObjectSchema::new(
    "view",
    &[
        ("apiVersion", FieldType::Word(&[SCENARIO_VERSION])),
        ("kind", FieldType::Word(&["View"])),
        ("metadata", FieldType::Map(&METADATA)),
        ("spec", FieldType::Map(&VIEW_SPEC)),
    ],
);
/// `spec` of a View.
pub const VIEW_SPEC: ObjectSchema = ObjectSchema::new(
    "viewSpec",
    &[
        ("lesson", FieldType::Text),
        ("guess", FieldType::Text),
        ("hints", FieldType::Number),
        ("solution", FieldType::Truth),
    ],
);

const IS: (&str, FieldType) = ("is", FieldType::Number);
const AT_LEAST: (&str, FieldType) = ("atLeast", FieldType::Number);
const AT_MOST: (&str, FieldType) = ("atMost", FieldType::Number);
const AT: (&str, FieldType) = ("at", FieldType::Duration);
const COUNT: (&str, FieldType) = ("count", FieldType::Word(COUNTED));
const EXIT_CODE: (&str, FieldType) = ("exitCode", FieldType::Number);

/// What can be counted.
pub const COUNTED: &[&str] = &["pods", "succeeded", "failed", "ignored", "restarts", "runs", "jobs"];
/// What can be counted at each instant.
pub const PEAKS: &[&str] = &["running", "alive"];
/// The states of a Job.
pub const JOB_STATES: &[&str] = &["Complete", "Failed", "Suspended", "Active", "Deleted"];
/// What becomes of a scheduled time.
pub const SCHEDULE_CHANGES: &[&str] = &["started", "held", "missed"];

/// All checks, by the key that makes them one. That of a Job is the last: its key is a filter in others.
pub const CHECKS: [(&str, &ObjectSchema); 11] = [
    ("count", &COUNT_CHECK),
    ("peak", &PEAK_CHECK),
    ("moment", &MOMENT_CHECK),
    ("logs", &LOGS_CHECK),
    ("field", &FIELD_CHECK),
    ("accepted", &ACCEPTED_CHECK),
    ("refused", &REFUSED_CHECK),
    ("all", &ALL_CHECK),
    ("any", &ANY_CHECK),
    ("not", &NOT_CHECK),
    ("job", &JOB_CHECK),
];
/// All moments, by the key that makes them one. Keys that are filters in others are the last.
pub const MOMENTS: [(&str, &ObjectSchema); 7] = [
    ("count", &COUNT_MOMENT),
    ("schedule", &SCHEDULE_MOMENT),
    ("event", &EVENT_MOMENT),
    ("input", &INPUT_MOMENT),
    ("pod", &POD_MOMENT),
    ("job", &JOB_MOMENT),
    ("at", &TIME_MOMENT),
];

/// How many there are in all.
pub const COUNT_CHECK: ObjectSchema = ObjectSchema::new(
    "countCheck",
    &[COUNT, JOB, POD, INDEX, ATTEMPT, CONTAINER, NODE_NAME, EXIT_CODE, IS, AT_LEAST, AT_MOST, AT],
);
/// How many there are at once.
pub const PEAK_CHECK: ObjectSchema = ObjectSchema::new(
    "peakCheck",
    &[("peak", FieldType::Word(PEAKS)), JOB, POD, INDEX, ATTEMPT, CONTAINER, NODE_NAME, IS, AT_LEAST, AT_MOST],
);
/// The state of a Job.
pub const JOB_CHECK: ObjectSchema = ObjectSchema::new(
    "jobCheck",
    &[("job", FieldType::Map(&JOB_FILTER)), ("is", FieldType::Word(JOB_STATES)), ("reason", FieldType::Text), AT],
);
/// When something happens.
pub const MOMENT_CHECK: ObjectSchema = ObjectSchema::new(
    "momentCheck",
    &[
        ("moment", FieldType::Moment),
        ("after", FieldType::Duration),
        ("before", FieldType::Duration),
        ("never", FieldType::Truth),
    ],
);
/// Whether logs can be read.
pub const LOGS_CHECK: ObjectSchema =
    ObjectSchema::new("logsCheck", &[("logs", FieldType::Map(&FILTER)), ("readable", FieldType::Truth), AT]);
/// What is stored in a field.
pub const FIELD_CHECK: ObjectSchema = ObjectSchema::new(
    "fieldCheck",
    &[
        ("field", FieldType::Map(&FIELD)),
        ("is", FieldType::Anything),
        AT_LEAST,
        AT_MOST,
        ("absent", FieldType::Truth),
        AT,
    ],
);
/// The field of a [`FIELD_CHECK`].
pub const FIELD: ObjectSchema = ObjectSchema::new(
    "field",
    &[("kind", FieldType::Word(&["Job", "CronJob"])), ("name", FieldType::Text), ("path", FieldType::Text)],
);
/// Whether the manifests are taken.
pub const ACCEPTED_CHECK: ObjectSchema = ObjectSchema::new("acceptedCheck", &[("accepted", FieldType::Truth)]);
/// Whether an input is refused.
pub const REFUSED_CHECK: ObjectSchema = ObjectSchema::new("refusedCheck", &[("refused", FieldType::Number)]);
/// Each of some checks.
pub const ALL_CHECK: ObjectSchema = ObjectSchema::new("allCheck", &[("all", FieldType::Checks)]);
/// One of some checks.
pub const ANY_CHECK: ObjectSchema = ObjectSchema::new("anyCheck", &[("any", FieldType::Checks)]);
/// The opposite of a check.
pub const NOT_CHECK: ObjectSchema = ObjectSchema::new("notCheck", &[("not", FieldType::Check)]);

/// Which pods.
pub const FILTER: ObjectSchema = ObjectSchema::new("filter", &[JOB, POD, INDEX, ATTEMPT, CONTAINER, NODE_NAME]);
/// Which Job.
pub const JOB_FILTER: ObjectSchema = ObjectSchema::new("jobFilter", &[JOB]);

/// A number is reached.
pub const COUNT_MOMENT: ObjectSchema =
    ObjectSchema::new("countMoment", &[COUNT, JOB, POD, INDEX, ATTEMPT, CONTAINER, NODE_NAME, EXIT_CODE, IS]);
/// Something becomes of a scheduled time.
pub const SCHEDULE_MOMENT: ObjectSchema =
    ObjectSchema::new("scheduleMoment", &[("schedule", FieldType::Number), ("is", FieldType::Word(SCHEDULE_CHANGES))]);
/// An event is sent.
pub const EVENT_MOMENT: ObjectSchema =
    ObjectSchema::new("eventMoment", &[("event", FieldType::Text), ("nth", FieldType::Number)]);
/// An input happens.
pub const INPUT_MOMENT: ObjectSchema = ObjectSchema::new("inputMoment", &[("input", FieldType::Number)]);
/// Something happens to a pod.
pub const POD_MOMENT: ObjectSchema =
    ObjectSchema::new("podMoment", &[("pod", FieldType::Map(&FILTER)), ("is", FieldType::Word(PodChange::WORDS))]);
/// Something happens to a Job.
pub const JOB_MOMENT: ObjectSchema =
    ObjectSchema::new("jobMoment", &[("job", FieldType::Map(&JOB_FILTER)), ("is", FieldType::Word(JobChange::WORDS))]);
/// An instant.
pub const TIME_MOMENT: ObjectSchema = ObjectSchema::new("timeMoment", &[AT]);

/// Every kind of object of Lessons, Courses and Views.
pub(in crate::manifest) const ALL: [ObjectSchema; 31] = [
    LESSON,
    LESSON_SPEC,
    ASK,
    PROSE,
    ANSWER,
    COURSE,
    COURSE_SPEC,
    COURSE_PROSE,
    VIEW,
    VIEW_SPEC,
    COUNT_CHECK,
    PEAK_CHECK,
    JOB_CHECK,
    MOMENT_CHECK,
    LOGS_CHECK,
    FIELD_CHECK,
    FIELD,
    ACCEPTED_CHECK,
    REFUSED_CHECK,
    ALL_CHECK,
    ANY_CHECK,
    NOT_CHECK,
    FILTER,
    JOB_FILTER,
    COUNT_MOMENT,
    SCHEDULE_MOMENT,
    EVENT_MOMENT,
    INPUT_MOMENT,
    POD_MOMENT,
    JOB_MOMENT,
    TIME_MOMENT,
];
