//! What must hold for every input.

use job_playground::api::{JobId, ObjectKey};
use job_playground::cluster::behavior::Behavior;
use job_playground::cluster::input::{Input, InputAction, PodSelector};
use job_playground::cluster::inventory::{Reference, ReferencedKind};
use job_playground::explain::{self, Names, Selection};
use job_playground::kubectl::{self, Command, Conventions, Creation, Snapshot};
use job_playground::limits::{TEXT_BYTES, TEXT_LINES};
use job_playground::manifest::answer::Answer;
use job_playground::manifest::edit::{self, ClusterChange, ClusterLine, ClusterList, Edit, EditError};
use job_playground::manifest::{self, Path, Place, Reading, line_column, print};
use job_playground::recording::Recorder;
use job_playground::texts::Lang;
use job_playground::time::Time;
use job_playground::timeline::{Timeline, characters};

/// How many steps of a run are recorded.
const STEPS: usize = 300;

/// Reads an input, answers it as the API server does, edits and prints every 4th, records every 16th.
pub(crate) fn everything(bytes: &[u8], number: u64) {
    let text = match manifest::text_of(bytes) {
        Ok(text) => text.to_owned(),
        Err((readable, code)) => {
            assert!(bytes.starts_with(readable.as_bytes()));
            has_words(&code);
            String::from_utf8_lossy(bytes).into_owned()
        }
    };
    let reading = manifest::read(&text);
    places(&reading);
    answers(&text, &reading);
    if number.is_multiple_of(4) {
        gestures(&reading);
        printing(&reading);
    }
    if number.is_multiple_of(16) {
        film(&reading);
    }
}

fn has_words(code: &manifest::Code) {
    for lang in [Lang::En, Lang::Zh] {
        assert!(!lang.diagnostic(code).is_empty(), "{code:?}");
    }
}

fn places(reading: &Reading) {
    let text = &reading.text;
    for diagnostic in &reading.diagnostics {
        assert!(text.get(diagnostic.span.clone()).is_some(), "{diagnostic:?}");
        has_words(&diagnostic.code);
        let (line, column) = line_column(text, diagnostic.span.start);
        assert!(line > 0 && column > 0);
    }
    let mut end = 0;
    for document in &reading.documents {
        assert!(text.get(document.span.clone()).is_some() && document.span.start >= end, "{:?}", document.span);
        end = document.span.end;
    }
    for offset in (0..=text.len()).step_by(1 + text.len() / 7) {
        // The way into one of two equal keys leads to the last: it need not have the field.
        let Some(place) = reading.place_at(offset) else { continue };
        let span = reading.nearest_span(&place).unwrap_or_else(|| panic!("{place:?} is nowhere"));
        assert!(text.get(span).is_some(), "{place:?}");
    }
}

fn answers(text: &str, reading: &Reading) {
    for answer in Answer::to_text(text) {
        assert!(answer.as_json().as_object().is_some_and(|answer| !answer.is_empty()));
    }
    let mut documents = Vec::new();
    for (number, manifest) in reading.scenario.manifests.iter().enumerate() {
        let answer = Answer::to_value(&manifest.value);
        if let Answer::Refused(refusal) = &answer {
            assert!(!refusal.message.is_empty());
            for error in &refusal.errors {
                assert!(error.message().starts_with(|letter: char| letter.is_ascii_uppercase()), "{error:?}");
                let place = Place::Manifest { manifest: number, path: Path::from(&error.path) };
                let span = reading.nearest_span(&place).unwrap_or_else(|| panic!("{place:?} is nowhere"));
                assert!(text.get(span).is_some(), "{place:?}");
            }
        }
        documents.push(((*manifest.value).clone(), answer));
    }
    let _ = Creation { file: "job.yaml", documents: &documents }.errors();
}

/// Every edit that is possible leads to a text that reads as intended.
fn gestures(reading: &Reading) {
    let inputs = reading.scenario.inputs.len();
    let evict = Input {
        at: Time::from_millis(5_000),
        action: InputAction::Evict(PodSelector::default()),
        note: Some("why: # not".into()),
        disabled: false,
    };
    let read = |edits: Result<Vec<Edit>, EditError>| {
        edits.ok().map(|edits| manifest::read(&edit::apply(&reading.text, &edits)))
    };
    let added = read(edit::add_input(reading, &evict));
    assert!(
        added.is_none_or(|added| added.scenario.inputs.len() == inputs + 1 && added.scenario.inputs.contains(&evict))
    );
    let cluster = |change: &ClusterChange| read(edit::change_cluster(reading, change));
    let reference = Reference { kind: ReferencedKind::ConfigMap, name: "a: #b".into() };
    let absent = cluster(&ClusterChange::Add(ClusterLine::Missing(reference.clone())));
    assert!(absent.is_none_or(|absent| absent.scenario.cluster.inventory.missing.last() == Some(&reference)));
    for list in [ClusterList::Nodes, ClusterList::Images, ClusterList::Missing] {
        for (line, field) in [(0, "capacity.cpu"), (0, "match"), (1, "labels"), (2, "")] {
            let place = edit::cluster_field(list, line, field);
            for value in [Some("a: #b".into()), None] {
                let change = ClusterChange::Set(list, line, field.to_owned(), value.clone());
                let changed = cluster(&change);
                let is_line = field.is_empty() && value.is_none();
                assert!(changed.is_none_or(|changed| is_line || changed.value_at(&place) == value), "{change:?}");
            }
            let lines = |reading: &Reading| {
                reading.value_at(&list.place()).map_or(0, |list| list.as_array().map_or(0, Vec::len))
            };
            let less = cluster(&ClusterChange::Remove(list, line));
            assert!(less.is_none_or(|less| lines(&less) + 1 == lines(reading)), "{list:?} {line}");
        }
    }
    let behavior = Behavior::default();
    let behaviors = reading.scenario.behaviors.list.len();
    for edits in [edit::add_behavior(reading, &behavior), edit::append_behavior(reading, &behavior)] {
        assert!(read(edits).is_none_or(|added| added.scenario.behaviors.list.len() == behaviors + 1));
    }
    for input in 0..inputs.min(3) {
        assert!(read(edit::remove_input(reading, input)).is_none_or(|less| less.scenario.inputs.len() == inputs - 1));
        let moved = read(edit::move_input(reading, input, Time::from_millis(1)));
        assert!(moved.is_none_or(|moved| moved.scenario.inputs[input].at == Time::from_millis(1)));
        let still = read(edit::disable_input(reading, input));
        assert!(still.is_none_or(|still| still.scenario.inputs[input].disabled));
        let again = read(edit::enable_input(reading, input));
        assert!(again.is_none_or(|again| !again.scenario.inputs[input].disabled));
    }
    for (path, pointer, value) in [
        ("spec.parallelism", "/spec/parallelism", 3.into()),
        ("spec.template.spec.containers[0].command", "/spec/template/spec/containers/0/command", ["sh"][..].into()),
    ] {
        let place = Place::manifest(0, path);
        if let Some(set) = read(edit::set_field(reading, &place, &value)) {
            let found = set.scenario.manifests.first().and_then(|first| first.value.pointer(pointer));
            assert_eq!(found, Some(&value), "{pointer}\n{}", set.text);
        }
        let _ = read(edit::remove_field(reading, &place));
    }
}

pub(crate) fn printing(reading: &Reading) {
    let printed = print::text(&reading.scenario);
    if printed.len() <= TEXT_BYTES && printed.lines().count() <= TEXT_LINES {
        assert_eq!(manifest::read(&printed).scenario, reading.scenario, "{printed}");
    }
    let redacted = manifest::redact::redact(reading).text;
    if redacted.len() <= TEXT_BYTES && redacted.lines().count() <= TEXT_LINES {
        let count = manifest::read(&redacted).scenario.manifests.len();
        assert_eq!(count, reading.scenario.manifests.len(), "{redacted}");
    }
}

pub(crate) fn film(reading: &Reading) {
    let scenario = reading.scenario.clone().with_time_zones();
    let mut recorder = Recorder::new(&scenario);
    recorder.advance(STEPS);
    let recording = recorder.into_recording();
    let timeline = Timeline::of(&recording, &scenario);
    assert!(!characters::render(&timeline, 80).is_empty());
    let _ = timeline.story(&recording);
    let end = recording.end().map(|(_, at)| at).or(recording.steps().last().map(|step| step.at)).unwrap_or(Time::ZERO);
    for number in (0..recording.steps().len()).step_by(29) {
        let step = job_playground::cluster::reason::StepId(number as u32);
        let object = recording.step(step).key;
        let selected = Selection { step, object };
        let Some(why) = explain::why(&recording, &scenario, selected) else { continue };
        for lang in [Lang::En, Lang::Zh] {
            let said = (lang.explain().statement)(&why.statement, Names::new(&recording, why.key));
            assert!(!said.plain().is_empty(), "{why:?}");
            let _ = lang.explain().step(&recording, &scenario, step);
        }
        for span in explain::spans(&why, reading) {
            assert!(reading.text.get(span).is_some());
        }
    }
    for job in recording.jobs().take(3) {
        let waiting = explain::waiting(&recording, &scenario, job, end);
        assert!(Lang::ALL.iter().all(|lang| lang.explain().waiting(&waiting).plain() != "?"));
    }
    let _ = recording.object_at(ObjectKey::Job(JobId(1)), end);
    let snapshot = Snapshot {
        recording: &recording,
        start_unix_seconds: scenario.start_unix_seconds,
        at: end,
        conventions: Conventions::Cluster,
    };
    for words in ["get jobs,pods,cronjobs -o wide", "describe jobs", "describe pods", "get jobs -o yaml", "get events"]
    {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let _ = Command::parse(&words).and_then(|command| kubectl::run(&command, &snapshot));
    }
}
