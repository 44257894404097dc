//! Words of the console beside kubectl: they move the time, ask why, and break things.

use super::resource::Resource;
use super::snapshot::Snapshot;
use crate::api::{NodeId, ObjectKey};
use crate::cluster::input::{InputAction, PodName, PodSelector};
use crate::cluster::reason::NoEffect;
use crate::recording::Recording;
use crate::texts::Lang;
use crate::time::{Span, Time};
use crate::timeline::faults::PodFault;
use crate::timeline::node_faults::{NodeFault, Reach};

/// All words, as they are completed and listed.
pub const WORDS: [&str; 12] =
    ["time", "next", "back", "why", "inject", "undo", "redo", "reset", "share", "history", "clear", "help"];

/// What is done to a pod, by the word behind `inject`.
pub const POD_FAULTS: [(&str, PodFault); 6] = [
    ("fail", PodFault::Fail),
    ("oom", PodFault::OomKill),
    ("evict", PodFault::Evict),
    ("pressure", PodFault::NodePressure),
    ("preempt", PodFault::Preempt),
    ("delete", PodFault::Delete),
];

/// What is done to a node, likewise.
pub const NODE_FAULTS: [(&str, NodeFault); 8] = [
    ("drain", NodeFault::Drain),
    ("cordon", NodeFault::Cordon),
    ("uncordon", NodeFault::Uncordon),
    ("taint", NodeFault::Taint),
    ("untaint", NodeFault::Untaint),
    ("lost", NodeFault::Lost),
    ("back", NodeFault::Back),
    ("remove", NodeFault::Delete),
];

/// kube-controller-manager is restarted, likewise: it is about no object.
pub const RESTART: &str = "restart";

/// What is asked of the page around the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// To the moment that many events away.
    Step(i32),
    /// Explain what an object has come to; without one, what has just happened.
    Why(Option<ObjectKey>),
    /// Take the last change of the text back.
    Undo,
    /// Make it once more.
    Redo,
    /// Take all inputs out of the text, and go to the start.
    Reset,
    /// Share the run.
    Share,
    /// List the lines that were typed.
    History,
    /// Empty the console.
    Clear,
}

/// What a word does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Beside {
    /// Says what time it is.
    Now,
    /// Goes to a time.
    GoTo(Time),
    Request(Request),
    Act(InputAction),
    Help,
}

/// Why a word is not understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Misuse {
    /// Not a time: `+5m`, `-30s`, `90s`, `1:30`.
    NotATime(String),
    /// No object is called so.
    NoSuchObject(String),
    /// No fault is called so, or none was named.
    NoSuchFault(String),
    /// Not a number.
    NotANumber(String),
    /// It would have no effect now.
    NoEffect(NoEffect),
    /// More words than it takes.
    TooMany(String),
}

impl Misuse {
    /// What is said of it.
    pub fn text(&self, lang: Lang) -> String {
        let words = lang.console();
        match self {
            Misuse::NotATime(text) => (words.not_a_time)(text),
            Misuse::NoSuchObject(name) => (words.no_such_object)(name),
            Misuse::NoSuchFault(name) => (words.no_such_fault)(name),
            Misuse::NotANumber(text) => (words.not_a_number)(text),
            Misuse::NoEffect(why) => lang.no_effect(*why),
            Misuse::TooMany(word) => (words.too_many)(word),
        }
    }
}

/// Reads a word and what stands behind it; `None` if it is none of [`WORDS`].
pub(super) fn read(name: &str, arguments: &[String], snapshot: &Snapshot<'_>) -> Option<Result<Beside, Misuse>> {
    if !WORDS.contains(&name) {
        return None;
    }
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let request = |request| Ok(Beside::Request(request));
    Some(match (name, &words[..]) {
        ("time", []) => Ok(Beside::Now),
        ("time", [to]) => time(to, snapshot.at).map(Beside::GoTo),
        ("next", []) => request(Request::Step(1)),
        ("back", []) => request(Request::Step(-1)),
        ("next", [count]) => steps(count).map(|count| Beside::Request(Request::Step(count))),
        ("back", [count]) => steps(count).map(|count| Beside::Request(Request::Step(-count))),
        ("why", []) => request(Request::Why(None)),
        ("why", words) => object(words, snapshot).map(|key| Beside::Request(Request::Why(Some(key)))),
        ("inject", words) => inject(words, snapshot).map(Beside::Act),
        (_, [extra, ..]) => Err(Misuse::TooMany((*extra).to_owned())),
        ("undo", []) => request(Request::Undo),
        ("redo", []) => request(Request::Redo),
        ("reset", []) => request(Request::Reset),
        ("share", []) => request(Request::Share),
        ("history", []) => request(Request::History),
        ("clear", []) => request(Request::Clear),
        (_, []) => Ok(Beside::Help),
    })
}

/// `+5m` and `-30s` from now, `90s` and `1:30` from the start.
fn time(text: &str, now: Time) -> Result<Time, Misuse> {
    let unknown = || Misuse::NotATime(text.to_owned());
    let span = |text: &str| -> Option<Span> {
        if !text.contains(':') {
            return Span::parse(text).ok().filter(|span| *span >= Span::ZERO);
        }
        let parts: Option<Vec<i64>> =
            text.split(':').map(|part| part.parse().ok().filter(|part| (0..100_000).contains(part))).collect();
        match parts?[..] {
            [minutes, seconds] => Some(Span::from_seconds(minutes * 60 + seconds)),
            [hours, minutes, seconds] => Some(Span::from_seconds((hours * 60 + minutes) * 60 + seconds)),
            _ => None,
        }
    };
    if let Some(further) = text.strip_prefix('+') {
        return Ok(now + span(further).ok_or_else(unknown)?);
    }
    if let Some(back) = text.strip_prefix('-') {
        return Ok((now - span(back).ok_or_else(unknown)?).max(Time::ZERO));
    }
    Ok(Time::ZERO + span(text).ok_or_else(unknown)?)
}

fn steps(text: &str) -> Result<i32, Misuse> {
    text.parse().ok().filter(|count| (1..=100_000).contains(count)).ok_or_else(|| Misuse::NotANumber(text.to_owned()))
}

/// `pod/x`, `pod x` or `x`: what is there now; else what was there last.
fn object(words: &[&str], snapshot: &Snapshot<'_>) -> Result<ObjectKey, Misuse> {
    let unknown = || Misuse::NoSuchObject(words.join(" "));
    let (resource, name) = match words {
        [word] => word.split_once('/').map_or((None, *word), |(resource, name)| (Some(resource), name)),
        [resource, name] => (Some(*resource), *name),
        _ => return Err(unknown()),
    };
    let resource = resource.map(Resource::read).transpose().map_err(|_| unknown())?;
    keys(snapshot)
        .filter(|key| resource.is_none_or(|resource| resource.is_of(*key)) && snapshot.name_of(*key) == name)
        .max_by_key(|key| snapshot.recording.object_at(*key, snapshot.at).is_some())
        .ok_or_else(unknown)
}

/// The object of this name that is there now, else was there last.
pub fn called(name: &str, snapshot: &Snapshot<'_>) -> Option<ObjectKey> {
    object(&[name], snapshot).ok()
}

/// All objects that there have been until now, the newest last.
pub(super) fn keys<'s>(snapshot: &'s Snapshot<'_>) -> impl Iterator<Item = ObjectKey> + 's {
    let recording = snapshot.recording;
    all_keys(recording).filter(|key| {
        let first = recording.history(*key).next();
        first.is_none_or(|version| recording.written_at(version) <= snapshot.at)
    })
}

/// All objects of a run.
pub(super) fn all_keys(recording: &Recording) -> impl Iterator<Item = ObjectKey> + use<> {
    let nodes = recording.nodes().map(ObjectKey::Node);
    let cron_jobs = recording.cron_jobs().map(ObjectKey::CronJob);
    let jobs = recording.jobs().map(ObjectKey::Job);
    let pods = recording.pods().map(ObjectKey::Pod);
    nodes.chain(cron_jobs).chain(jobs).chain(pods)
}

fn inject(words: &[&str], snapshot: &Snapshot<'_>) -> Result<InputAction, Misuse> {
    let [fault, rest @ ..] = words else { return Err(Misuse::NoSuchFault(String::new())) };
    if *fault == RESTART && rest.is_empty() {
        return Ok(InputAction::RestartControllers);
    }
    if let Some((_, fault)) = POD_FAULTS.iter().find(|(name, _)| name == fault) {
        let (code, words) = match rest {
            [words @ .., code] if *fault == PodFault::Fail && !words.is_empty() && code.parse::<i32>().is_ok() => {
                (code.parse().unwrap_or(1), words)
            }
            words => (1, words),
        };
        let ObjectKey::Pod(id) = object(words, snapshot)? else {
            return Err(Misuse::NoSuchObject(words.join(" ")));
        };
        if let Some(why) = fault.refusal(snapshot.recording.pod_at(id, snapshot.at)) {
            return Err(Misuse::NoEffect(why));
        }
        let name = PodName::Name(snapshot.name_of(ObjectKey::Pod(id)).as_str().into());
        return Ok(fault.on(PodSelector { pod: Some(name), ..PodSelector::default() }, code, None));
    }
    if let Some((_, fault)) = NODE_FAULTS.iter().find(|(name, _)| name == fault) {
        let ObjectKey::Node(id) = object(rest, snapshot)? else {
            return Err(Misuse::NoSuchObject(rest.join(" ")));
        };
        return on_node(*fault, id, snapshot).ok_or_else(|| Misuse::NoSuchObject(rest.join(" ")))?;
    }
    Err(Misuse::NoSuchFault((*fault).to_owned()))
}

/// `None` if the node is not there.
fn on_node(fault: NodeFault, id: NodeId, snapshot: &Snapshot<'_>) -> Option<Result<InputAction, Misuse>> {
    let node = snapshot.recording.node_at(id, snapshot.at)?;
    let action = fault.on(node);
    let refusal = Reach::of(snapshot.recording).refusal(&action, Some(node), snapshot.at);
    Some(refusal.map_or(Ok(action), |why| Err(Misuse::NoEffect(why))))
}
