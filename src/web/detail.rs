//! Events, status and YAML at the playhead, and the console.

pub(crate) mod lines;

use crate::api::{ConditionStatus, JobId, JobStatus, ObjectKey};
use crate::explain::Selection;
use crate::manifest::print;
use crate::texts::Lang;
use crate::time::{Span, Time};
use crate::timeline::stepping;
use crate::web::console::ConsoleProps;
use crate::web::controls::button::press;
use crate::web::controls::late::{drawn_late, late_piece};
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::action::{Action, Detail};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use lines::{BLOCK, Line, lines_around};
use web_sys::HtmlElement;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// What the region shows.
#[derive(Clone, PartialEq)]
pub(crate) struct DetailProps {
    pub(crate) stage: Shared<Stage>,
    pub(crate) playhead: Time,
    pub(crate) selection: Option<Selection>,
    pub(crate) detail: Detail,
    /// Whether the text is refused.
    pub(crate) is_refused: bool,
    /// Whether its run is being recorded.
    pub(crate) is_recorded: bool,
    /// The console, where it is what is shown.
    pub(crate) console: Option<ConsoleProps>,
}

drawn_late!(DetailProps, |props| &props.stage, |props, _| detail_panel(props));

/// What is in the region.
fn detail_panel(props: &DetailProps) -> Html {
    let words = props.stage.lang.page();
    let tabs = Detail::ALL.into_iter().zip(words.details).map(|(detail, name)| {
        let onclick = press(&props.stage.on_action, Action::ShowDetail(detail));
        let selected = (props.detail == detail).to_string();
        html! { <button type="button" class="tab" role="tab" aria-selected={selected} aria-controls="detail-panel" {onclick}>{ name }</button> }
    });
    let nothing = match (props.is_refused, props.is_recorded) {
        (true, _) => props.stage.lang.editor().nothing_created,
        (_, true) => words.records,
        _ => words.no_run,
    };
    html! {<>
        <div class="tabs" role="tablist" aria-label={words.detail_region}>{ for tabs }</div>
        // What scrolls can be reached by Tab, also where nothing in it can be pressed.
        <div id="detail-panel" class={(props.detail == Detail::Console).then_some("has-console")} role="tabpanel" tabindex={(props.detail == Detail::Status).then_some("0")} aria-label={words.details[props.detail as usize]}>
            {
                match props.detail {
                    Detail::Console => props.console.clone().map(late_piece).unwrap_or_default(),
                    _ if props.stage.timeline.moments.is_empty() => html! { <p class="nothing">{ nothing }</p> },
                    Detail::Events => piece(Events(props.clone())),
                    Detail::Status => status(props),
                    Detail::Yaml => yaml(props),
                }
            }
        </div>
    </>}
}

// Events.

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
                            <span class="say" title={title(line, props.stage.lang)}>
                                if let Some(reason) = line.reason { <b>{ reason }</b>{ " " } }{ &line.words }
                            </span>
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}

/// The whole line, and when what it counts up was first and last.
fn title(line: &Line, lang: Lang) -> String {
    match line.event.filter(|event| event.count > 1) {
        Some(event) => format!("{}\n{}", line.words, (lang.page().event_times)(event.first, event.last)),
        None => line.words.clone(),
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
