//! Events, status and YAML at the playhead.

use crate::api::{ConditionStatus, Event, JobId, JobStatus, ObjectKey};
use crate::cluster::reason::{Component, StepId, Wake};
use crate::explain::{self, Brief, Names, Selection};
use crate::limits::EVENT_LINES;
use crate::manifest::print;
use crate::recording::PodEvent;
use crate::texts::Lang;
use crate::time::{Span, Time};
use crate::timeline::moments::Moment;
use crate::timeline::stepping;
use crate::web::controls::button::press;
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::action::{Action, Detail};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use web_sys::HtmlElement;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// So many moments have one list: most moves of the playhead make no new lines.
const BLOCK: usize = 10;
/// As many moments as this are listed before and behind them, if there is room.
const AROUND: usize = 20;
/// Of moments with more steps than this, the Events of pods are not worked out: they would be folded anyway.
const MOST_STEPS: usize = 4_000;
/// If the lines of a block are too many, each moment has at most so many: the first that fits.
const FOLDS: [usize; 5] = [EVENT_LINES, 48, 24, 12, 5];

/// What the region shows.
#[derive(Clone, PartialEq)]
pub(crate) struct DetailProps {
    pub(crate) stage: Shared<Stage>,
    pub(crate) playhead: Time,
    pub(crate) selection: Option<Selection>,
    pub(crate) detail: Detail,
    /// Whether the text is refused.
    pub(crate) is_refused: bool,
}

impl Piece for DetailProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        detail_panel(self)
    }
}

/// The region.
fn detail_panel(props: &DetailProps) -> Html {
    let words = props.stage.lang.page();
    let tabs = Detail::ALL.into_iter().zip(words.details).map(|(detail, name)| {
        let onclick = press(&props.stage.on_action, Action::ShowDetail(detail));
        let selected = (props.detail == detail).to_string();
        html! { <button type="button" class="tab" role="tab" aria-selected={selected} aria-controls="detail-panel" {onclick}>{ name }</button> }
    });
    let nothing = if props.is_refused { props.stage.lang.editor().nothing_created } else { words.no_run };
    html! {
        <section class="detail" id="detail" tabindex="-1" aria-label={words.detail_region}>
            <div class="tabs" role="tablist" aria-label={words.detail_region}>{ for tabs }</div>
            // What scrolls can be reached by Tab, also where nothing in it can be pressed.
            <div id="detail-panel" role="tabpanel" tabindex={(props.detail == Detail::Status).then_some("0")} aria-label={words.details[props.detail as usize]}>
                {
                    match props.detail {
                        _ if props.stage.timeline.moments.is_empty() => html! { <p class="nothing">{ nothing }</p> },
                        Detail::Events => piece(Events(props.clone())),
                        Detail::Status => status(props),
                        Detail::Yaml => yaml(props),
                    }
                }
            </div>
        </section>
    }
}

// Events.

/// A line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    at: Time,
    selection: Selection,
    dot: &'static str,
    /// The reason of an event of Kubernetes: `SuccessfulCreate`.
    reason: Option<&'static str>,
    words: String,
}

/// The list of events.
#[derive(PartialEq)]
struct Events(DetailProps);

impl Piece for Events {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_events(&self.0).run(hooks)
    }
}

#[hook]
fn use_events(props: &DetailProps) -> Html {
    let passed = stepping::passed(&props.stage.timeline.moments, props.playhead);
    let block = passed.saturating_sub(1) / BLOCK * BLOCK;
    let lines = use_memo((props.stage.clone(), block), |(stage, block)| lines_around(stage, *block));
    let list = use_node_ref();
    let now = lines.partition_point(|line| line.at <= props.playhead);
    use_effect_with((now, lines.len()), {
        let list = list.clone();
        move |_| {
            if let Some(list) = list.cast::<HtmlElement>() {
                keep_in_sight(&list, now.saturating_sub(1) as i32);
            }
        }
    });
    let current = now.checked_sub(1).map(|last| lines[last].at);
    html! {
        <ol class="events" ref={list}>
            { for lines.iter().enumerate().map(|(number, line)| {
                let is_now = Some(line.at) == current;
                let class = classes!(is_now.then_some("now"), (number >= now).then_some("later"));
                let onclick = press(&props.stage.on_action, Action::Select(Some(line.selection)));
                html! {
                    <li {class}>
                        <button type="button" {onclick} aria-current={is_now.then_some("step")}>
                            <time>{ props.stage.lang.format().clock(line.at) }</time>
                            <span class={classes!("ek", line.dot)}></span>
                            <span class="say" title={line.words.clone()}>
                                if let Some(reason) = line.reason { <b>{ reason }</b>{ " " } }{ &line.words }
                            </span>
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}

/// Scrolls the list, and only the list, to its n-th line.
fn keep_in_sight(list: &HtmlElement, line: i32) {
    let lines = list.child_element_count().max(1) as i32;
    let height = list.scroll_height() / lines;
    let (top, seen, room) = (line * height, list.scroll_top(), list.client_height());
    if top < seen + height || top + 2 * height > seen + room {
        list.set_scroll_top(top - room / 2);
    }
}

/// The lines of a block of moments, and of as many before and behind it as there is room for.
fn lines_around(stage: &Stage, block: usize) -> Vec<Line> {
    let moments = &stage.timeline.moments;
    let end = (block + BLOCK).min(moments.len());
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

/// The lines of a moment, in the order in which things happened: events of Kubernetes in its words; of a step that sent
/// none, what it did. At most so many, and that there are more.
fn lines(stage: &Stage, told: &[PodEvent], moment: &Moment, most: usize) -> Vec<Line> {
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
    if left_out > 0 {
        let selection = Selection { step: moment.telling, object: recording.step(moment.telling).key };
        let words = (lang.page().more_events)(left_out);
        lines.push(Line { at: moment.at, selection, dot: "ev", reason: None, words });
    }
    lines
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

// Status.

/// The Job that the details are about: the one that is selected or owns the selected pod, else the first.
fn job_of(props: &DetailProps) -> Option<JobId> {
    let object = props.selection.and_then(|selection| selection.object);
    props.stage.timeline.subject(object, props.playhead).map(|track| track.job)
}

fn status(props: &DetailProps) -> Html {
    let words = props.stage.lang.page();
    let now = job_of(props).and_then(|job| Some((job, props.stage.recording.job_at(job, props.playhead)?)));
    let Some((id, job)) = now else { return html! { <p class="nothing">{ words.nothing_there }</p> } };
    let moment = stepping::current(&props.stage.timeline.moments, props.playhead);
    let before = moment.and_then(|moment| props.stage.recording.job_at(id, moment.at - Span::from_millis(1)));
    let rows = fields(&job.status, props.stage.lang);
    let old = before.map(|job| fields(&job.status, props.stage.lang));
    html! {
        <table class="status">
            <caption class="sr">{ format!("{}: {}", words.details[1], job.meta.name) }</caption>
            <tbody>
                { for rows.into_iter().enumerate().map(|(number, (name, value))| {
                    let was = old.as_ref().map(|old| &old[number].1).filter(|was| **was != value);
                    html! {
                        <tr class={was.map(|_| "ch")}>
                            <th scope="row">{ name }</th>
                            <td>if let Some(was) = was { <s>{ was }</s> }{ value }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// The fields of a status, always the same ones in the same order, so that two statuses can be compared.
fn fields(status: &JobStatus, lang: Lang) -> Vec<(&'static str, String)> {
    let nothing = || "–".to_owned();
    let time = |at: Option<Time>| at.map_or_else(nothing, |at| lang.format().clock_short(at));
    let number = |count: Option<u32>| count.map_or_else(nothing, |count| count.to_string());
    let conditions: Vec<&str> = status
        .conditions
        .iter()
        .filter(|one| one.status == ConditionStatus::True)
        .map(|one| one.condition_type.as_str())
        .collect();
    let set = |text: String| if text.is_empty() { nothing() } else { text };
    vec![
        ("startTime", time(status.start_time)),
        ("active", status.active.to_string()),
        ("ready", number(status.ready)),
        ("terminating", number(status.terminating)),
        ("succeeded", status.succeeded.to_string()),
        ("failed", status.failed.to_string()),
        ("completedIndexes", set(status.completed_indexes.to_string())),
        ("failedIndexes", status.failed_indexes.as_ref().map_or_else(nothing, |indexes| set(indexes.to_string()))),
        ("completionTime", time(status.completion_time)),
        (
            "conditions",
            if conditions.is_empty() { lang.page().no_conditions.to_owned() } else { conditions.join(", ") },
        ),
    ]
}

// YAML.

fn yaml(props: &DetailProps) -> Html {
    let words = props.stage.lang.page();
    let key = props.selection.and_then(|selection| selection.object).or_else(|| job_of(props).map(ObjectKey::Job));
    let start = props.stage.scenario.start_unix_seconds;
    match key.and_then(|key| props.stage.recording.value_at(key, props.playhead, start)) {
        Some(value) => html! { <pre class="out" tabindex="0">{ print::yaml(&value) }</pre> },
        None => html! { <p class="nothing">{ words.nothing_there }</p> },
    }
}
