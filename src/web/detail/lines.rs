//! What happened, a line each: Events of Kubernetes in its words; of a step that sent none, what it did.

use crate::api::{Event, ObjectKey};
use crate::cluster::reason::{Component, StepId, Wake};
use crate::explain::{self, Brief, Names, Selection};
use crate::limits::EVENT_LINES;
use crate::recording::PodEvent;
use crate::time::Time;
use crate::timeline::moments::Moment;
use crate::timeline::stepping;
use crate::web::state::run::Stage;

/// As many moments as this are listed before and behind them, if there is room.
const AROUND: usize = 20;
/// Of moments with more steps than this, the Events of pods are not worked out: they would be folded anyway.
const MOST_STEPS: usize = 4_000;
/// If the lines of a block are too many, each moment has at most so many: the first that fits.
const FOLDS: [usize; 5] = [EVENT_LINES, 48, 24, 12, 5];

/// A line of the list.
#[derive(Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) at: Time,
    pub(crate) selection: Selection,
    pub(crate) dot: &'static str,
    /// The reason of an event of Kubernetes: `SuccessfulCreate`.
    pub(crate) reason: Option<&'static str>,
    pub(crate) words: String,
}

/// What else happened in the instant of a step, so many lines of it: several things may happen at once.
pub(crate) fn beside(stage: &Stage, step: StepId, most: usize) -> Vec<Line> {
    let at = stage.recording.step(step).at;
    let Some(moment) = stepping::current(&stage.timeline.moments, at).filter(|moment| moment.at == at) else {
        return Vec::new();
    };
    if moment.steps.len() == 1 {
        return Vec::new();
    }
    let told = told_around(stage, std::slice::from_ref(moment));
    let (mut found, mut left_out) = told_of(stage, &told, moment, EVENT_LINES);
    found.retain(|line| line.selection.step != step);
    // One more is no longer than that there is one more.
    if left_out > 0 || found.len() > most + 1 {
        left_out += found.len().saturating_sub(most);
        found.truncate(most);
    }
    if left_out > 0 {
        found.push(more(stage, moment, left_out));
    }
    found
}

/// The lines of so many moments from one on, and of as many before and behind it as there is room for.
pub(super) fn lines_around(stage: &Stage, block: usize, count: usize) -> Vec<Line> {
    let moments = &stage.timeline.moments;
    let end = (block + count).min(moments.len());
    let told = told_around(stage, &moments[block.saturating_sub(AROUND)..(end + AROUND).min(moments.len())]);
    let of = |from: usize, to: usize, most: usize| -> Vec<Line> {
        moments[from..to].iter().flat_map(|moment| lines(stage, &told, moment, most)).collect()
    };
    let folded = FOLDS.iter().map(|most| (*most, of(block, end, *most))).find(|(_, found)| found.len() <= EVENT_LINES);
    let Some((most, mut found)) = folded else { return Vec::new() };
    let mut before: Vec<Vec<Line>> = Vec::new();
    let mut room = EVENT_LINES - found.len();
    let (mut from, mut to) = (block, end);
    let fits = |line: &Vec<Line>, room: &mut usize| match room.checked_sub(line.len()) {
        Some(left) => {
            *room = left;
            true
        }
        None => false,
    };
    for _ in 0..AROUND {
        if to < moments.len() {
            let next = of(to, to + 1, most);
            if !fits(&next, &mut room) {
                break;
            }
            found.extend(next);
            to += 1;
        }
        if from > 0 {
            let next = of(from - 1, from, most);
            if !fits(&next, &mut room) {
                break;
            }
            before.push(next);
            from -= 1;
        }
    }
    before.into_iter().rev().flatten().chain(found).collect()
}

/// The Events about pods and nodes in these moments. What every pod goes through in one instant is not worth a line each:
/// that a container was made, and that its image was there.
fn told_around(stage: &Stage, moments: &[Moment]) -> Vec<PodEvent> {
    let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return Vec::new() };
    let steps = first.steps.start..last.steps.end;
    if steps.len() > MOST_STEPS {
        return Vec::new();
    }
    let mut told = stage.recording.pod_events_in(steps);
    told.retain(|event| !event.is_routine);
    told
}

/// The lines of a moment, at most so many, and that there are more.
fn lines(stage: &Stage, told: &[PodEvent], moment: &Moment, most: usize) -> Vec<Line> {
    let (mut lines, left_out) = told_of(stage, told, moment, most);
    if left_out > 0 {
        lines.push(more(stage, moment, left_out));
    }
    lines
}

/// The lines of a moment, in the order in which things happened: events of Kubernetes in its words; of a step that sent
/// none, what it did. At most so many, and how many are left out.
fn told_of(stage: &Stage, told: &[PodEvent], moment: &Moment, most: usize) -> (Vec<Line>, usize) {
    let (recording, lang) = (&*stage.recording, stage.lang);
    let mut lines = Vec::new();
    let mut left_out = 0;
    for number in moment.steps.clone() {
        let id = StepId(number);
        let step = recording.step(id);
        let is_input = step.component == Component::Outside && matches!(step.trigger.wake, Wake::Input(_));
        let line = |dot, reason, words| Line {
            at: moment.at,
            selection: Selection { step: id, object: step.key },
            dot,
            reason,
            words,
        };
        let told = &told[told.partition_point(|event| event.step < id)..told.partition_point(|event| event.step <= id)];
        let is_silent = step.events.is_empty();
        let is_seen = step.component == Component::Outside || !step.versions.is_empty();
        if is_input || is_silent && is_seen && !is_small(step.component, step.trigger.wake) {
            if lines.len() >= most && step.component == Component::Kubelet {
                // Thousands of pods may end at once, and each says something.
                left_out += 1;
                continue;
            }
            let mut briefs = explain::brief(recording, &stage.scenario, id);
            briefs.retain(|brief| told.is_empty() || !brief.is_told_in_event());
            let says = !briefs.is_empty() && *briefs != [Brief::NothingToDo];
            if says && lines.len() < most {
                let words = lang.explain().line(&briefs, Names::new(recording, None));
                lines.push(line(dot(step.component, &briefs), None, words));
            } else if says {
                left_out += 1;
            }
        }
        for event in recording.events(step) {
            if lines.len() >= most {
                left_out += 1;
                continue;
            }
            let words = subject(stage, event) + &recording.message(&event.message) + &times(event.count);
            lines.push(line("ev", Some(event.reason), words));
        }
        for event in told {
            if lines.len() >= most {
                left_out += 1;
                continue;
            }
            let words = whose(stage, event) + event.message.trim() + &times(event.count);
            lines.push(Line {
                selection: Selection { step: id, object: Some(event.object) },
                ..line("ev", Some(event.reason), words)
            });
        }
    }
    lines.retain(|line| line.reason.is_some() || !line.words.is_empty());
    (lines, left_out)
}

/// That more happened at that moment.
fn more(stage: &Stage, moment: &Moment, left_out: usize) -> Line {
    let selection = Selection { step: moment.telling, object: stage.recording.step(moment.telling).key };
    let words = (stage.lang.page().more_events)(left_out);
    Line { at: moment.at, selection, dot: "ev", reason: None, words }
}

/// How often an event happened, if more than once.
fn times(count: u32) -> String {
    if count > 1 { format!(" ×{count}") } else { String::new() }
}

/// The pod that an event is about, and of several containers its container. An event about a node names it itself.
fn whose(stage: &Stage, event: &PodEvent) -> String {
    let ObjectKey::Pod(pod) = event.object else { return String::new() };
    let names = Names::new(&stage.recording, None);
    let called = (stage.lang.reason().called)(&names.called(event.object));
    match &event.container {
        Some((place, name)) if names.container_of(pod, *place).is_some() => format!("{called}, {name}: "),
        _ => format!("{called}: "),
    }
}

/// Of several Jobs, the one that an event is about, unless it says so itself.
fn subject(stage: &Stage, event: &Event) -> String {
    let ObjectKey::Job(job) = event.object else { return String::new() };
    let name = stage.timeline.track(job).map_or("", |track| &track.name);
    let recording = &stage.recording;
    let says_so = recording.jobs().nth(1).is_none() || recording.message(&event.message).contains(name);
    if says_so { String::new() } else { format!("{name}: ") }
}

/// What happens to every pod and is seen on the timeline is not worth a line.
fn is_small(component: Component, wake: Wake) -> bool {
    component == Component::Scheduler || wake == Wake::Starting
}

fn dot(component: Component, briefs: &[Brief]) -> &'static str {
    let failed = briefs.iter().any(|brief| matches!(brief, Brief::PodEnded { phase: crate::api::Phase::Failed, .. }));
    let succeeded =
        briefs.iter().any(|brief| matches!(brief, Brief::PodEnded { phase: crate::api::Phase::Succeeded, .. }));
    match component {
        _ if failed => "failed",
        _ if succeeded => "succeeded",
        Component::Scheduler | Component::Kubelet => "ev",
        _ => "ctl",
    }
}
