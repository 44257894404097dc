//! Scenario → text in the style of docs/scenario.md; objects → YAML as kubectl prints them. What is printed reads back
//! as the same.

mod cluster;
mod kubectl;
mod lines;

pub(super) use cluster::{image as image_piece, node_group as node_piece};
pub use kubectl::yaml;
pub(super) use lines::Piece;

use crate::api::IndexSet;
use crate::cluster::behavior::{Behavior, LogLine};
use crate::cluster::input::{
    Input, InputAction, JobSelector, ObjectKind, ObjectSelector, PodName, PodSelector, TaintChange,
};
use crate::scenario::Scenario;
use crate::time::{Span, Time};
use serde_json::Value;

/// The version of Kubernetes in a Scenario that is printed.
pub(super) const KUBERNETES: &str = "1.36";

/// In characters. Longer lines are split.
const WIDTH: usize = 110;

/// A whole text: the objects that pods name and the manifests as kubectl would print them, and the Scenario behind them.
pub fn text(scenario: &Scenario) -> String {
    let mut text = String::new();
    let objects = scenario.cluster.inventory.objects.iter().map(|object| &object.value);
    for value in objects.chain(scenario.manifests.iter().map(|manifest| &manifest.value)) {
        text += &yaml(value);
        text += "---\n";
    }
    text + &document(scenario)
}

/// The Scenario's document alone. Fields that have their default are left out.
pub fn document(scenario: &Scenario) -> String {
    let mut spec = vec![("kubernetes".to_owned(), Piece::quoted(KUBERNETES))];
    let mut add = |name: &str, piece: Piece| spec.push((name.to_owned(), piece));
    if scenario.seed != 0 {
        add("seed", Piece::plain(scenario.seed));
    }
    if scenario.start_unix_seconds != Scenario::DEFAULT_START_UNIX_SECONDS {
        add("startTime", Piece::quoted(&crate::time::rfc3339(scenario.start_unix_seconds)));
    }
    let cluster = cluster::fields(&scenario.cluster);
    if !cluster.is_empty() {
        add("cluster", Piece::Map(cluster));
    }
    if !scenario.behaviors.list.is_empty() {
        add("behaviors", Piece::List(scenario.behaviors.list.iter().map(behavior_piece).collect()));
    }
    if !scenario.inputs.is_empty() {
        let first_kind = scenario.manifests.first().map(|manifest| manifest.kind);
        add("inputs", Piece::List(scenario.inputs.iter().map(|input| input_piece(input, first_kind)).collect()));
    }
    if let Some(until) = scenario.until {
        add("until", time(until));
    }
    let mut document = vec![
        ("apiVersion".to_owned(), Piece::plain(super::documents::SCENARIO_VERSION)),
        ("kind".to_owned(), Piece::plain("Scenario")),
    ];
    if let Some(name) = &scenario.name {
        document.push(("metadata".to_owned(), Piece::map([("name", Piece::text(name))])));
    }
    document.push(("spec".to_owned(), Piece::Map(spec)));
    let mut text = String::new();
    for line in Piece::Map(document).block(WIDTH) {
        text += &line;
        text.push('\n');
    }
    text
}

/// A text as a YAML scalar: quoted if it would be read as something else without quotes.
pub fn scalar(text: &str) -> String {
    Piece::text(text).flow()
}

/// One line of `inputs`, without the dash; `first_kind` is the kind of the text's first manifest.
pub fn input(input: &Input, first_kind: Option<ObjectKind>) -> String {
    input_piece(input, first_kind).flow()
}

/// One line of `behaviors`, without the dash.
pub fn behavior(behavior: &Behavior) -> String {
    behavior_piece(behavior).flow()
}

/// The fields of a behavior in the order of docs/scenario.md.
pub(super) fn behavior_piece(behavior: &Behavior) -> Piece {
    let selector = selector(&behavior.selector);
    let on_terminate = named([
        behavior.on_terminate.after.map(|after| ("after", span(after))),
        behavior.on_terminate.exit_code.map(|code| ("exitCode", Piece::plain(code))),
    ]);
    Piece::Map(named([
        (!selector.is_empty()).then_some(("match", Piece::Map(selector))),
        behavior.chance_millionths.map(|millionths| ("chance", Piece::plain(percent(millionths)))),
        behavior.starting.map(|starting| ("starting", span(starting))),
        behavior.run.map(|run| ("run", span(run))),
        behavior.exit_code.map(|code| ("exitCode", Piece::plain(code))),
        (!on_terminate.is_empty()).then_some(("onTerminate", Piece::Map(on_terminate))),
        behavior.ready.map(|ready| ("ready", span(ready))),
        behavior.hang.map(|hang| ("hang", span(hang))),
        behavior.logs.as_ref().map(|logs| ("logs", Piece::quoted(&log_text(logs)))),
    ]))
}

/// The lines of a log as they are written: a time where it is another one than before.
fn log_text(lines: &[LogLine]) -> String {
    let mut after = Span::ZERO;
    let lines = lines.iter().map(|line| {
        let is_new = after != line.after;
        after = after.max(line.after);
        // What looks like a time would be read as one.
        match is_new || line.text.starts_with('+') {
            true => format!("+{} {}\n", line.after, line.text),
            false => format!("{}\n", line.text),
        }
    });
    lines.collect()
}

/// The fields of an input in the order of docs/scenario.md.
pub(super) fn input_piece(input: &Input, first_kind: Option<ObjectKind>) -> Piece {
    Piece::Map(named([
        Some(("at", time(input.at))),
        Some((input.action.keyword(), verb(&input.action, first_kind))),
        input.note.as_ref().map(|note| ("note", Piece::quoted(note))),
        input.disabled.then(|| ("disabled", Piece::plain(true))),
    ]))
}

fn verb(verb: &InputAction, first_kind: Option<ObjectKind>) -> Piece {
    match verb {
        InputAction::Fail { target, exit_code } => {
            let mut fields = selector(target);
            if *exit_code != 1 {
                fields.push(("exitCode".to_owned(), Piece::plain(exit_code)));
            }
            Piece::Map(fields)
        }
        InputAction::OomKill(target)
        | InputAction::Evict(target)
        | InputAction::Preempt(target)
        | InputAction::NodePressureEvict(target) => Piece::Map(selector(target)),
        InputAction::DeletePod { target, grace_seconds } => {
            let mut fields = selector(target);
            fields.extend(named([grace_seconds.map(|seconds| ("gracePeriodSeconds", Piece::plain(seconds)))]));
            Piece::Map(fields)
        }
        InputAction::Delete { target, cascade } => Piece::Map(named([
            Some(("kind", Piece::plain(target.kind.as_str()))),
            target.namespace.as_ref().map(|namespace| ("namespace", Piece::text(namespace))),
            target.name.as_ref().map(|name| ("name", Piece::text(name))),
            (*cascade != Default::default()).then(|| ("cascade", Piece::plain(cascade.as_str()))),
        ])),
        InputAction::Create(job) => Piece::of(job),
        InputAction::Patch { target, patch } => patch_piece(target, patch, first_kind),
        InputAction::RestartControllers => Piece::Map(Vec::new()),
        InputAction::Cordon(node)
        | InputAction::Uncordon(node)
        | InputAction::Drain(node)
        | InputAction::NodeLost(node)
        | InputAction::NodeBack(node)
        | InputAction::NodeDelete(node) => Piece::map([("node", Piece::text(node))]),
        InputAction::Taint { node, change } => {
            let verb = if matches!(change, TaintChange::Add(_)) { "add" } else { "remove" };
            Piece::map([("node", Piece::text(node)), (verb, Piece::text(&change.to_string()))])
        }
        InputAction::NodeAdd(group) => node_piece(group),
        InputAction::Provide(what) => Piece::text(&what.to_string()),
    }
}

/// The kind is left out if it is Job and the default, as in almost every text.
fn patch_piece(target: &ObjectSelector, patch: &Value, first_kind: Option<ObjectKind>) -> Piece {
    let is_default = target.kind == ObjectKind::Job && first_kind.unwrap_or(ObjectKind::Job) == ObjectKind::Job;
    let mut metadata = named([
        target.namespace.as_ref().map(|namespace| ("namespace", Piece::text(namespace))),
        target.name.as_ref().map(|name| ("name", Piece::text(name))),
    ]);
    if let Some(Piece::Map(changed)) = patch.get("metadata").map(Piece::of) {
        metadata.extend(changed);
    }
    let mut fields = named([
        (!is_default).then(|| ("kind", Piece::plain(target.kind.as_str()))),
        (!metadata.is_empty()).then_some(("metadata", Piece::Map(metadata))),
    ]);
    let rest = patch.as_object().into_iter().flatten().filter(|(name, _)| *name != "metadata");
    fields.extend(rest.map(|(name, value)| (name.clone(), Piece::of(value))));
    Piece::Map(fields)
}

fn selector(selector: &PodSelector) -> Vec<(String, Piece)> {
    named([
        selector.job.as_ref().map(|job| match job {
            JobSelector::Number(number) => ("job", Piece::plain(number)),
            JobSelector::Name(name) => ("job", Piece::text(name)),
        }),
        selector.pod.as_ref().map(|pod| match pod {
            PodName::Number(number) => ("pod", Piece::plain(number)),
            PodName::Name(name) => ("pod", Piece::text(name)),
        }),
        selector.index.as_ref().map(|set| ("index", index(set))),
        selector.attempt.map(|attempt| ("attempt", Piece::plain(attempt))),
        selector.container.as_ref().map(|name| ("container", Piece::text(name))),
        selector.restart.map(|restart| ("restart", Piece::plain(restart))),
        selector.node.as_ref().map(|name| ("node", Piece::text(name))),
    ])
}

fn index(set: &IndexSet) -> Piece {
    match set.intervals() {
        [(first, last)] if first == last => Piece::plain(first),
        _ => Piece::quoted(&set.to_string()),
    }
}

fn named<'a>(fields: impl IntoIterator<Item = Option<(&'a str, Piece)>>) -> Vec<(String, Piece)> {
    fields.into_iter().flatten().map(|(name, piece)| (name.to_owned(), piece)).collect()
}

fn span(span: Span) -> Piece {
    Piece::plain(span)
}

fn time(at: Time) -> Piece {
    span(at - Time::ZERO)
}

fn percent(millionths: u32) -> String {
    let (whole, fraction) = (millionths / 10_000, millionths % 10_000);
    match fraction {
        0 => format!("{whole}%"),
        _ => format!("{whole}.{}%", format!("{fraction:04}").trim_end_matches('0')),
    }
}
