//! Which lines the list of events has: what `kubectl get events` tells, write by write, and what steps did that told
//! nothing.

use crate::api::{Event, ObjectKey};
use crate::cluster::reason::{Component, Reason, Step, StepId, Wake};
use crate::explain::{self, Brief, Names, Selection};
use crate::limits::{EVENT_LINE_BYTES, EVENT_LINES, fold};
use crate::recording::PodEvent;
use crate::time::Time;
use crate::timeline::idle::IdleReason;
use crate::timeline::moments::Moment;
use crate::timeline::stepping;
use crate::web::state::run::Stage;
use std::ops::Range;

/// So many moments have one list: most moves of the playhead make no new lines.
pub(super) const BLOCK: usize = 10;
/// As many moments as this are listed before and behind them, if there is room.
const AROUND: usize = 20;
/// Of moments with more steps than this, the Events of pods are not worked out: they would be folded anyway.
const MOST_STEPS: usize = 4_000;
/// So many steps between two moments are looked at for what they tell.
const MOST_BETWEEN: u32 = 400;
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
    /// Which Event of a pod or node it counts up.
    pub(crate) event: Option<Counted>,
}

/// An Event as it is after one of its writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// Which.
    pub(crate) series: u32,
    pub(crate) count: u32,
    pub(crate) first: Time,
    pub(crate) last: Time,
}

/// What else happened in the instant of a step, so many lines of it: several things may happen at once.
pub(crate) fn beside(stage: &Stage, step: StepId, most: usize) -> Vec<Line> {
    let at = stage.recording.step(step).at;
    let moments = &stage.timeline.moments;
    let position = stepping::passed(moments, at).saturating_sub(1);
    let Some(moment) = moments.get(position).filter(|moment| moment.at == at && moment.steps.len() > 1) else {
        return Vec::new();
    };
    let told = told_around(stage, position..position + 1);
    let (mut found, mut left_out) = told_in(stage, told.as_deref(), moment, moment.steps.clone(), EVENT_LINES);
    found.retain(|line| line.selection.step != step);
    // One more is no longer than that there is one more.
    if left_out > 0 || found.len() > most + 1 {
        left_out += found.len().saturating_sub(most);
        found.truncate(most);
    }
    if left_out > 0 {
        found.push(more(stage, moment, moment.at, (stage.lang.page().more_events)(left_out)));
    }
    found
}

/// The lines of a block of moments, and of as many before and behind it as there is room for.
pub(super) fn lines_around(stage: &Stage, block: usize) -> Vec<Line> {
    let moments = &stage.timeline.moments;
    let end = (block + BLOCK).min(moments.len());
    let told = told_around(stage, block.saturating_sub(AROUND)..(end + AROUND).min(moments.len()));
    let of = |from: usize, to: usize, most: usize| -> Vec<Line> {
        (from..to).flat_map(|position| lines(stage, told.as_deref(), position, most)).collect()
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

/// The steps from a moment to the next. Where the run goes in circles for long, only those of the moment: what comes then
/// is what has come before.
fn steps_of(moments: &[Moment], position: usize) -> Range<u32> {
    let steps = moments[position].steps.clone();
    match moments.get(position + 1) {
        Some(next) if next.steps.start - steps.end <= MOST_BETWEEN => steps.start..next.steps.start,
        _ => steps,
    }
}

/// The Events about pods and nodes from the first of these moments to the last. What every pod goes through in one instant
/// is not worth a line each: that a container was made, and that its image was there. `None` if there are too many steps.
fn told_around(stage: &Stage, positions: Range<usize>) -> Option<Vec<PodEvent>> {
    let moments = &stage.timeline.moments;
    let mut stretches: Vec<Range<u32>> = Vec::new();
    for steps in positions.map(|position| steps_of(moments, position)) {
        match stretches.last_mut() {
            Some(last) if last.end == steps.start => last.end = steps.end,
            _ => stretches.push(steps),
        }
    }
    if stretches.iter().map(ExactSizeIterator::len).sum::<usize>() > MOST_STEPS {
        return None;
    }
    let mut told: Vec<PodEvent> =
        stretches.into_iter().flat_map(|steps| stage.recording.pod_events_in(steps)).collect();
    told.retain(|event| !event.is_routine);
    Some(told)
}

/// The lines of a moment and of what is told until the next, in the order in which things happened: events of Kubernetes in
/// its words; of a step that sent none, what it did. At most so many, and that there are more.
fn lines(stage: &Stage, all: Option<&[PodEvent]>, position: usize, most: usize) -> Vec<Line> {
    let moments = &stage.timeline.moments;
    let moment = &moments[position];
    let (mut lines, left_out) = told_in(stage, all, moment, steps_of(moments, position), most);
    let last = lines.last().map_or(moment.at, |line| line.at);
    if left_out > 0 {
        lines.push(more(stage, moment, last, (stage.lang.page().more_events)(left_out)));
    }
    lines.extend(goes_on(stage, position).map(|words| more(stage, moment, last, format!("… {words}"))));
    lines
}

/// The lines of steps of a moment, and behind it; at most so many, and how many are left out.
fn told_in(
    stage: &Stage,
    all: Option<&[PodEvent]>,
    moment: &Moment,
    steps: Range<u32>,
    most: usize,
) -> (Vec<Line>, usize) {
    let (recording, lang) = (&*stage.recording, stage.lang);
    let mut lines = Vec::new();
    let mut left_out = 0;
    for number in steps {
        let id = StepId(number);
        let step = recording.step(id);
        let line = |dot, reason, mut words| {
            fold(&mut words, EVENT_LINE_BYTES);
            Line { at: step.at, selection: Selection { step: id, object: step.key }, dot, reason, words, event: None }
        };
        let told = all.unwrap_or_default();
        let told = &told[told.partition_point(|event| event.step < id)..told.partition_point(|event| event.step <= id)];
        if moment.steps.contains(&number) && says_what_it_did(stage, step) {
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
                let is_dropped = all.is_some() && told.is_empty() && is_told(stage, step);
                let words = if is_dropped { words + lang.page().not_sent } else { words };
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
                event: Some(Counted { series: event.series, count: event.count, first: event.first, last: event.last }),
                ..line("ev", Some(event.reason), words)
            });
        }
    }
    lines.retain(|line| line.reason.is_some() || !line.words.is_empty());
    (lines, left_out)
}

/// A line about all of a moment.
fn more(stage: &Stage, moment: &Moment, at: Time, words: String) -> Line {
    let selection = Selection { step: moment.telling, object: stage.recording.step(moment.telling).key };
    Line { at, selection, dot: "ev", reason: None, words, event: None }
}

/// Whether a step is worth a line of its own.
fn says_what_it_did(stage: &Stage, step: &Step) -> bool {
    if step.component == Component::Outside && matches!(step.trigger.wake, Wake::Input(_)) {
        return true;
    }
    let is_seen = step.component == Component::Outside || !step.versions.is_empty() || is_try(stage, step);
    step.events.is_empty() && is_seen && !is_small(step.component, step.trigger.wake)
}

/// Whether something is tried in a step that may fail, or has failed.
fn is_try(stage: &Stage, step: &Step) -> bool {
    let is_try = |reason: &Reason| matches!(reason, Reason::Told(told) if told.is_try());
    stage.recording.reasons(step).iter().any(is_try)
}

/// Whether something is told in a step that is worth a line.
fn is_told(stage: &Stage, step: &Step) -> bool {
    let tells = |reason: &Reason| matches!(reason, Reason::Told(told) if told.is_try() || told.kept_back().is_some());
    stage.recording.reasons(step).iter().any(tells)
}

/// That the same comes again and again behind a moment.
fn goes_on(stage: &Stage, position: usize) -> Option<String> {
    let at = stage.timeline.moments[position].at;
    let next = stage.timeline.moments.get(position + 1).map_or(stage.timeline.end, |next| next.at);
    let is_fold = |reason| matches!(reason, IdleReason::Repeats | IdleReason::Endless);
    let gap = stage.timeline.axis.breaks.iter().find(|gap| is_fold(gap.reason) && at <= gap.from && gap.from < next)?;
    Some((stage.lang.timeline().idle)(gap.reason, gap.length))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::recording::Recording;
    use crate::texts::Lang;
    use crate::timeline::Timeline;
    use crate::web::state::run::RecordedRun;
    use crate::web::state::shared::Shared;
    use std::collections::BTreeMap;
    use yew::Callback;

    /// A pod whose image never comes, and one that fits nowhere.
    const TEXTS: [&str; 2] = [
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: c}\nspec: {activeDeadlineSeconds: 1500, template: {spec: \
         {restartPolicy: Never, containers: [{name: m, image: \"app:1\"}]}}}\n---\napiVersion: job-playground/v1\nkind: \
         Scenario\nspec: {kubernetes: \"1.36\", cluster: {images: [{match: \"app:*\", pull: 2s, error: NotFound}]}}\n",
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: c}\nspec: {activeDeadlineSeconds: 9000, template: {spec: \
         {restartPolicy: Never, containers: [{name: m, image: \"app:1\", resources: {requests: {cpu: 9}}}]}}}\n---\n\
         apiVersion: job-playground/v1\nkind: Scenario\nspec: {kubernetes: \"1.36\", cluster: {nodes: [{name: n}]}}\n",
    ];

    /// The page of a text, and all lines of its list.
    fn listed(text: &str) -> (Shared<Stage>, Vec<Line>) {
        let scenario = read(text).scenario;
        let recording = Recording::of(&scenario);
        let timeline = Timeline::of(&recording, &scenario);
        let run = RecordedRun::new(std::rc::Rc::new(scenario), recording, timeline);
        let stage = Stage::new(&run, Lang::En, Callback::noop());
        let moments = stage.timeline.moments.len();
        let told = told_around(&stage, 0..moments);
        let lines = (0..moments).flat_map(|number| lines(&stage, told.as_deref(), number, EVENT_LINES)).collect();
        (stage, lines)
    }

    #[test]
    fn at_any_moment_the_lines_count_what_kubectl_counts() {
        for text in TEXTS {
            let (stage, lines) = listed(text);
            assert!(lines.windows(2).all(|pair| pair[0].at <= pair[1].at), "in order of time");
            let mut counts = 0;
            for at in (0..9_000).step_by(7).map(Time::from_seconds) {
                let mut seen: BTreeMap<u32, Counted> = BTreeMap::new();
                for event in lines.iter().filter(|line| line.at <= at).filter_map(|line| line.event) {
                    seen.insert(event.series, event);
                }
                let passed = stage.recording.steps().partition_point(|step| step.at <= at) as u32;
                let mut wanted: BTreeMap<u32, Counted> = BTreeMap::new();
                for event in stage.recording.pod_events_in(0..passed).iter().filter(|event| !event.is_routine) {
                    let PodEvent { series, count, first, last, .. } = *event;
                    wanted.insert(series, Counted { series, count, first, last });
                }
                assert_eq!(seen, wanted, "at {at:?}");
                counts = counts.max(wanted.values().map(|event| event.count).max().unwrap_or(0));
            }
            assert!(counts > 3, "something is counted up");
        }
    }

    #[test]
    fn a_line_is_no_longer_than_it_may_be() {
        for name in ["a".repeat(9_000), "图".repeat(3_000)] {
            let (_, lines) = listed(&TEXTS[0].replace("app:1", &format!("app:{name}")));
            let longest = lines.iter().map(|line| line.words.len()).max().unwrap_or(0);
            assert!((EVENT_LINE_BYTES - 20..=EVENT_LINE_BYTES + 4).contains(&longest), "{longest}");
        }
    }

    #[test]
    fn every_pull_has_a_line() {
        let (stage, lines) = listed(TEXTS[0]);
        let depth = stage.timeline.jobs[0].bars[0].depth.as_ref().expect("it is no plain pod");
        assert!(depth.pulls.len() > 6, "{:?}", depth.pulls);
        for pull in &depth.pulls {
            assert!(lines.iter().any(|line| line.at == pull.from.at), "a pull at {:?}", pull.from.at);
        }
        let not_sent = Lang::En.page().not_sent;
        assert!(lines.iter().any(|line| line.words.contains(not_sent)), "what is in no event says so");
    }
}
