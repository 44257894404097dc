//! English: what is wrong or surprising in a text.

use crate::api::TaintEffect;
use crate::cluster::inventory::Provided;
use crate::limits::{
    ALIASED_BYTES, ALIASED_NODES, BEHAVIORS, CHECK_DEPTH, COURSE_LESSONS, DOCUMENTS, INPUTS, INVENTORY_LINES,
    LESSON_CHECKS, LESSON_HINTS, LESSON_LANGUAGES, LESSON_LINES, LESSON_OPTIONS, LESSON_STOPS, LESSON_TEXTS,
    NODE_FIELDS, NODES, OBJECTS, TEXT_BYTES, TEXT_LINES, YAML_DEPTH,
};
use crate::manifest::edit::EditError;
use crate::manifest::link::LinkError;
use crate::manifest::schema::lesson::{CHECKS, MOMENTS};
use crate::manifest::{Code, Expected, Limited, Tier, ValueKind, Wrapping, YamlProblem};
use crate::texts::diagnostics::DiagnosticWords;
use crate::time::SpanError;

pub(in crate::texts) static DIAGNOSTICS: DiagnosticWords = DiagnosticWords {
    code,
    tier,
    edit_error,
    link_error,
    no_time_zones: "The rules of the time zones could not be fetched, so a schedule with timeZone cannot run.",
};

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Refused => "Refused",
        Tier::Surprising => "Valid, but",
        Tier::NotModelled => "Not modelled here",
    }
}

fn code(code: &Code) -> String {
    match code {
        Code::TooManyBytes { bytes } => {
            format!("This text has {bytes} bytes; at most {TEXT_BYTES} are read. Nothing of it was read.")
        }
        Code::TooMany { what, count } => {
            let (name, most) = match what {
                Limited::Documents => ("documents", DOCUMENTS),
                Limited::Objects => ("objects", OBJECTS),
                Limited::Inputs => ("inputs", INPUTS),
                Limited::Behaviors => ("behaviors", BEHAVIORS),
                Limited::Nodes => ("nodes", NODES),
                Limited::NodeFields => ("labels, taints and amounts of nodes", NODE_FIELDS),
                Limited::Images => ("lines of images", INVENTORY_LINES),
                Limited::Missing => ("missing objects", INVENTORY_LINES),
                Limited::Referenced => ("objects that pods name", INVENTORY_LINES),
                Limited::Options => ("options", LESSON_OPTIONS),
                Limited::Stops => ("stops", LESSON_STOPS),
                Limited::Hints => ("hints", LESSON_HINTS),
                Limited::Languages => ("languages", LESSON_LANGUAGES),
                Limited::Texts => ("texts of one kind in a language", LESSON_TEXTS),
                Limited::Lines => ("lines of one list", LESSON_LINES),
                Limited::Lessons => ("lessons", COURSE_LESSONS),
            };
            format!(
                "This text has {count} {name}; the first {most} are read. This one and those behind it are left out."
            )
        }
        Code::TooManyLines { lines } => {
            format!("This text has {lines} lines; at most {TEXT_LINES} are read. Nothing of it was read.")
        }
        Code::NotUtf8 { utf16: true } => {
            "This file is UTF-16, as > writes it in Windows PowerShell. Save it as UTF-8.".to_owned()
        }
        Code::NotUtf8 { utf16: false } => "This file is not UTF-8 from here on. Save it as UTF-8.".to_owned(),
        Code::Yaml(problem) => yaml(problem),
        Code::Template => {
            "This is a template, not a manifest yet: {{ … }} waits to be filled in. Render it first, for example with \
             helm template, and paste what comes out."
                .to_owned()
        }
        Code::Lookalike { meant: Some(':'), .. } => {
            "A full-width colon ： is a letter like any other in YAML. Write : and a space.".to_owned()
        }
        Code::Lookalike { meant: Some(' '), .. } => {
            "This looks like a space and is none. Write an ordinary space.".to_owned()
        }
        Code::LookalikeInValue { meant: Some(' '), .. } => {
            "This looks like a space and is none to YAML: it indents nothing and becomes part of the key. Write an \
             ordinary space."
                .to_owned()
        }
        Code::Lookalike { meant: None, .. } | Code::LookalikeInValue { meant: None, .. } => {
            "An invisible character stands here, and it is a part of the word. Take it out.".to_owned()
        }
        Code::Lookalike { found, meant: Some(meant) } => {
            format!("{found} looks like {meant} and is a letter like any other in YAML. Write {meant}.")
        }
        Code::LookalikeInValue { found, meant: Some(meant) } => {
            format!("{found} looks like {meant} and is none to YAML: it becomes part of the value. Write {meant}.")
        }
        Code::Wrapped(wrapping) => wrapped(*wrapping).to_owned(),
        Code::BadSeparator(_) => "Only a comment may stand behind the separator ---.".to_owned(),
        Code::DuplicateKey { key, .. } => {
            format!("{key} stands here a second time. Kubernetes uses this one and drops the one above without a word.")
        }
        Code::NotAManifest => "This is no manifest: a manifest has keys such as apiVersion and kind.".to_owned(),
        Code::NoKind => "This has no kind. Write kind: Job.".to_owned(),
        Code::NoApiVersion { kind } => {
            let (version, kind) = (kind.api_version(), kind.as_str());
            format!("This has no apiVersion. Write apiVersion: {version}; until then it is read as such a {kind}.")
        }
        Code::WrongApiVersion { kind, found } if found == "batch/v1beta1" => format!(
            "Kubernetes removed {} batch/v1beta1 in 1.25. Write batch/v1; nothing else has to change. It is read as batch/v1.",
            kind.as_str()
        ),
        Code::WrongApiVersion { kind, .. } => {
            let (version, kind) = (kind.api_version(), kind.as_str());
            format!("There is no {kind} in this apiVersion. Write {version}; until then it is read as that.")
        }
        Code::KindNotServed { kind, version } if version.is_empty() => {
            format!("This has no apiVersion: without one nobody knows which {kind} is meant.")
        }
        Code::KindNotServed { kind, version } => {
            format!("Kubernetes has no kind {kind} in {version}. Capital and small letters count.")
        }
        Code::KindNotModelled(kind) => {
            format!("{kind} plays no part here: Jobs and CronJobs run, everything else is kept and left alone.")
        }
        Code::ScenarioWithoutVersion => {
            "A Scenario needs apiVersion: job-playground/v1. It is read as that.".to_owned()
        }
        Code::NewerKind(kind) => {
            format!("This version does not know the kind {kind}. Was the text made by a newer version? It is kept.")
        }
        Code::NewerVersion(version) => {
            format!("This version knows job-playground/v1, not {version}. It reads what it understands.")
        }
        Code::SecondScenario => "A text has one Scenario: the first. This one is not read.".to_owned(),
        Code::InList => {
            "A Lesson or a Course is a document of its own, no item of a List. This one is not read.".to_owned()
        }
        Code::CourseNotFirst => {
            "A Course is the first document of its text, and there is one. This one is not read.".to_owned()
        }
        Code::BehindLesson => {
            "A lesson ends with its Lesson document. What is behind it belongs to the next one, and is not read here."
                .to_owned()
        }
        Code::UnknownField(field) => format!(
            "This version does not know the field {field}. A slip, or made by a newer version? It is kept and does nothing."
        ),
        Code::ReservedField(field) => {
            format!("The field {field} is kept for a later version. It does nothing in this one.")
        }
        Code::WrongType { expected, found } => {
            format!(
                "{} belongs here, not {}.{}",
                expected_words(*expected),
                found_words(*found),
                hint(*expected, *found)
            )
        }
        Code::Duration { error, text } => duration(*error, text),
        Code::ForeverNotHere => "forever is possible only in run, after, ready, hang and pull.".to_owned(),
        Code::OutOfRange { least, most: Some(most) } => format!("This must be a number from {least} to {most}."),
        Code::OutOfRange { least, most: None } => format!("This must be a number, {least} or more."),
        Code::UnknownWord { allowed } => format!("This must be {}.", one_of(allowed)),
        Code::IndexSet(error) => format!("This is no set of indexes ({error}). Write a number, or \"0-2,5\"."),
        Code::Chance { number: Some(number) } => format!("Write {number}%."),
        Code::Chance { number: None } => {
            "A chance is a percentage from 0% to 100% with at most four decimals: 20%.".to_owned()
        }
        Code::StartTime => "This is no time with a zone in whole seconds. Write \"2000-01-01T12:00:00Z\".".to_owned(),
        Code::OtherKubernetes(version) => {
            format!("The rules of Kubernetes {version} are not here. This runs with those of 1.36.")
        }
        Code::MissingField("is") => "The key “is” is missing here. This line is left out.".to_owned(),
        Code::MissingField(field) => format!("{field} is missing here. This line is left out."),
        Code::NoVerb => "This input does nothing: it needs one verb, such as evict or fail. It is left out.".to_owned(),
        Code::TwoVerbs { first, second } => {
            format!("An input does one thing. Make two lines of {first} and {second}. This one is left out.")
        }
        Code::StartingOfContainer => {
            "starting is about a pod's first start. It does nothing in a behavior with container or restart.".to_owned()
        }
        Code::RestartInTarget => "restart is possible only in match. This line is left out.".to_owned(),
        Code::NodeName => {
            "A node's name has at most 63 lower-case letters, digits and -, with a letter or digit at both \
                           ends. With count, the number behind it is a part of it. This line is left out."
                .to_owned()
        }
        Code::SecondNode(name) => format!("There is a node {name} already. This line is left out."),
        Code::UnknownNode(name) => format!("There is no node {name}. This does nothing."),
        Code::Quantity => "This is no amount. Write 4, 500m or 16Gi.".to_owned(),
        Code::Label => {
            "This cannot be a label: the key is a name such as zone or example.com/zone, the value has letters, \
                        digits, -, _ and . only, and both have at most 63 characters."
                .to_owned()
        }
        Code::Taint { removed: false } => format!(
            "This is no taint. Write KEY=VALUE:EFFECT or KEY:EFFECT; the effect is {}.",
            one_of(&TaintEffect::ALL.map(TaintEffect::as_str))
        ),
        Code::Taint { removed: true } => format!(
            "To remove a taint, write KEY:EFFECT or KEY; the effect is {}.",
            one_of(&TaintEffect::ALL.map(TaintEffect::as_str))
        ),
        Code::LessonId => {
            "This stands in links: write lower-case letters, digits and -, at most 63. It stays the same for ever."
                .to_owned()
        }
        Code::StartOrMoment => "Write start, or a moment such as {pod: {attempt: 1}, is: failed}.".to_owned(),
        Code::NoCheck => {
            format!("This is no check. It needs one of these keys: {}.", one_of(&CHECKS.map(|(key, _)| key)))
        }
        Code::NoMoment => {
            format!("This is no moment. It needs one of these keys: {}.", one_of(&MOMENTS.map(|(key, _)| key)))
        }
        Code::NoNumber => "How many? Write is, atLeast or atMost with a number.".to_owned(),
        Code::TwoChecks { first, second } => {
            format!(
                "This asks for two things, {first} and {second}. Make two of them; all and any hold several checks."
            )
        }
        Code::TooManyChecks => format!(
            "A Lesson has at most {LESSON_CHECKS} checks, those in others counted in. This one and those behind it are left out."
        ),
        Code::ChecksTooDeep => format!("Checks are nested deeper than {CHECK_DEPTH} levels here."),
        Code::Reference { or_image } => {
            format!("Write KIND/NAME; the kind is {}.", one_of(&Provided::kinds(*or_image)))
        }
    }
}

fn wrapped(wrapping: Wrapping) -> &'static str {
    match wrapping {
        Wrapping::MarkdownFence => {
            "The manifest was copied with the marks of Markdown around it. They are no YAML; the manifest is between them."
        }
        Wrapping::HereDocument => {
            "The manifest was copied with the shell command that feeds it to kubectl. Only what is between the command \
             and its closing word is YAML."
        }
        Wrapping::DiffMarks => {
            "This is a diff: + and - in front of lines belong to it, not to the manifest. Of the manifest the new version counts."
        }
        Wrapping::QuoteMarks => "Each line is quoted with >, as in a mail or an issue. The manifest is behind it.",
        Wrapping::LineNumbers => "Each line begins with its number. The manifest is behind it.",
        Wrapping::Prompt => "A command, or what it said, was copied with the manifest.",
        Wrapping::Description => {
            "This is what kubectl describe prints: a report, no manifest. kubectl get NAME -o yaml prints one."
        }
        Wrapping::Table => "This is the table that kubectl get prints. With -o yaml it prints manifests.",
    }
}

fn yaml(problem: &YamlProblem) -> String {
    match problem {
        YamlProblem::Syntax { problem, .. } => syntax(problem).to_owned(),
        YamlProblem::UnknownAnchor(name) => format!("Nothing above is marked with &{name}."),
        YamlProblem::ContainsItself(name) => format!("*{name} stands inside of &{name}: it would never end."),
        YamlProblem::AliasesBeyondLimit => format!(
            "Up to here, aliases and merge keys add more than {ALIASED_NODES} values or {ALIASED_BYTES} bytes to what is \
             written. Kubernetes may read this; the playground does not."
        ),
        YamlProblem::ExcessiveAliasing => {
            "The aliases of this document unfold to far more than was written.".to_owned()
        }
        YamlProblem::MergeWithoutMap => "<< merges a map, or a list of maps.".to_owned(),
        YamlProblem::InvalidKey(_) | YamlProblem::UnsupportedKey { .. } => {
            "A key must be a text, a number or a truth value.".to_owned()
        }
        YamlProblem::CannotDecode { tag, text, .. } => format!("{text} is no {tag}."),
        YamlProblem::InvalidBinary => "Behind !!binary stands no base64.".to_owned(),
        YamlProblem::UnsupportedNumber(_) => "Kubernetes has no such number.".to_owned(),
        YamlProblem::NotJson { .. } => {
            "The JSON breaks off here, and nothing behind it is read. Only blanks may stand between its objects."
                .to_owned()
        }
        YamlProblem::TooDeep => format!("This is nested deeper than {YAML_DEPTH} levels."),
    }
}

/// What usually lies behind a message of the YAML parser.
fn syntax(problem: &str) -> &'static str {
    match problem {
        "mapping values are not allowed in this context" => {
            "A colon cannot stand here. Is this line indented too far, or the line above not finished?"
        }
        "did not find expected key" => "This line fits none above it. Is it indented by one space too many or too few?",
        "did not find expected '-' indicator" => "A list goes on here, but this line does not begin with a dash.",
        "found character that cannot start any token" => {
            "Nothing can begin with this character. Indent with spaces, not tabs; put texts with @, ` or % in quotes."
        }
        "found a tab character that violates indentation" => "A tab indents nothing in YAML. Use spaces.",
        "could not find expected ':'" => "A key without a colon, or a line that belongs to nothing.",
        "block sequence entries are not allowed in this context" => {
            "A list cannot begin here. Put the dash on a line of its own below the key."
        }
        "did not find expected ',' or ']'" => "A bracket [ is still open here. Is a comma or a ] missing?",
        "did not find expected ',' or '}'" => "A brace { is still open here. Is a comma or a } missing?",
        "found unexpected end of stream" => "A quote is opened and never closed.",
        "found unexpected document indicator" => "A quote is still open at this separator.",
        "did not find expected node content" => "Something is missing here.",
        "control characters are not allowed" => "There is an invisible control character in this text.",
        "found unknown escape character" => "No such escape in double quotes. Use single quotes for backslashes.",
        _ => "This is not valid YAML.",
    }
}

fn duration(error: SpanError, text: &str) -> String {
    match error {
        SpanError::NoUnit => format!("A duration needs a unit: write {text}s."),
        SpanError::Negative => "A duration cannot be below zero.".to_owned(),
        SpanError::TooFine => "The finest step is 1 ms.".to_owned(),
        SpanError::TooLong => "This is longer than anything that could be simulated.".to_owned(),
        SpanError::Malformed => "This is no duration. Write 10s, 1.5s, 250ms or 1h2m.".to_owned(),
    }
}

fn expected_words(expected: Expected) -> &'static str {
    match expected {
        Expected::Map => "A map",
        Expected::List => "A list",
        Expected::Text => "A text",
        Expected::Number => "A whole number",
        Expected::Truth => "true or false",
        Expected::Duration => "A duration such as 10s",
        Expected::NumberOrName => "A number or a name",
        Expected::NumberOrSet => "A number or a set such as \"0-2,5\"",
        Expected::Quantity => "An amount such as 4, 500m or 16Gi",
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

/// Where quotes are all that is missing.
fn hint(expected: Expected, found: ValueKind) -> &'static str {
    match (expected, found) {
        (Expected::Text | Expected::NumberOrName, ValueKind::Truth) => {
            " YAML reads yes, no, on and off as truth values: put it in quotes."
        }
        (Expected::Text, ValueKind::Number) => " Put it in quotes.",
        (Expected::Number, ValueKind::Text) => " Take it out of quotes.",
        _ => "",
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn edit_error(error: EditError) -> &'static str {
    match error {
        EditError::Unreadable => "The Scenario cannot be read at the moment. Mend its YAML first.",
        EditError::NotThere => "There is no such line in the text any more.",
        EditError::Shared => "This part of the text is used in several places (&, *). Change it by hand.",
        EditError::Inexpressible => "This cannot be written into the text as it is laid out. Change it by hand.",
    }
}

fn link_error(error: &LinkError) -> String {
    match error {
        LinkError::NotALink => {
            "What follows # in the address is no link of Job Playground, or its beginning was changed on the way: links \
             begin with v1. (a small v)."
                .to_owned()
        }
        LinkError::Newer { version } => format!("This link was made by a newer version ({version}). Reload the page."),
        LinkError::Damaged { readable } if readable.is_empty() => {
            "This link is damaged. Nothing of it can be read.".to_owned()
        }
        LinkError::Damaged { .. } => "This link is damaged. Here is what could be read of it.".to_owned(),
        LinkError::Altered { .. } => {
            "This link was changed on its way: letters of it are not those that were shared. Here is what it says now."
                .to_owned()
        }
        LinkError::TooLong => "The text of this link is too long.".to_owned(),
    }
}
