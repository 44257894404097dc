//! The story: the timeline for a narrow screen. Time runs down, three rails (Job, controller, pod), one entry per event,
//! and the one at the playhead is open.

use crate::api::ObjectKey;
use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::time::{Span, Time};
use crate::timeline::JobTrack;
use crate::timeline::axis::Break;
use crate::timeline::idle::IdleReason;
use crate::timeline::job_lane::StretchKind;
use crate::timeline::pods::{Bar, PodEnding, RowOf, SegmentKind};
use crate::timeline::story::{Chapter, Happening};
use crate::web::browser;
use crate::web::controls::button::press;
use crate::web::controls::icon::icon;
use crate::web::controls::late::drawn_late;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use crate::web::why::sentence;
use web_sys::Element;
use yew::functional::Hook;
use yew::prelude::*;

/// Props of [`Story`].
#[derive(Clone, PartialEq)]
pub(crate) struct StoryProps {
    pub(crate) stage: Shared<Stage>,
    /// Where the playhead is.
    pub(crate) playhead: Time,
    /// What is selected.
    pub(crate) selection: Option<Selection>,
    /// What the open card says: why.
    pub(crate) children: Html,
    /// What stands where the film is cut.
    pub(crate) end: Html,
}

/// Entries that are mounted around the playhead.
const AROUND: usize = 30;
/// Lines of an entry: in a large Job thousands of pods end at once.
const LINES: usize = 8;

drawn_late!(StoryProps, |props| &props.stage, |props, hooks| use_story(props).run(hooks));

/// The whole run as a list.
#[hook]
fn use_story(props: &StoryProps) -> Html {
    let words = props.stage.lang.timeline();
    let chapters = use_memo((props.stage.timeline.clone(), props.stage.recording.clone()), |(timeline, recording)| {
        timeline.story(recording)
    });
    let now = chapters.partition_point(|chapter| chapter.at <= props.playhead).saturating_sub(1);
    let open = use_node_ref();
    let is_open = use_mut_ref(|| false);
    {
        let open = open.clone();
        use_effect_with((now, props.stage.timeline.clone()), move |_| {
            // A window that scrolls as a whole begins at its top.
            let is_first = !std::mem::replace(&mut *is_open.borrow_mut(), true);
            let stays = is_first && browser::media("(max-height: 480px)");
            if let Some(element) = open.cast::<Element>().filter(|_| !stays) {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Center);
                element.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let from = now.saturating_sub(AROUND);
    let until = (now + AROUND).min(chapters.len());
    html! {
        <ol class="story" aria-label={words.story}>
            { for chapters[from..until].iter().enumerate().map(|(n, chapter)| {
                let position = from + n;
                html! { <>
                    if let Some(wait) = &chapter.wait { { pause(props, wait, position > now) } }
                    if !chapter.happenings.is_empty() { { entry(props, chapter, position, now, &open) } }
                    if let Some(wait) = &chapter.then { { pause(props, wait, wait.from > props.playhead) } }
                </> }
            }) }
            if props.end != Html::default() { <li class="end">{ props.end.clone() }</li> }
        </ol>
    }
}

fn pause(props: &StoryProps, wait: &Break, is_later: bool) -> Html {
    let words = props.stage.lang.timeline();
    let middle = wait.from + Span::from_millis((wait.to - wait.from).millis() / 2);
    let is_backoff = matches!(wait.reason, IdleReason::Backoff | IdleReason::Restart);
    html! {
        <li class={classes!("pause", is_later.then_some("later"), (!is_backoff).then_some("other"))}>
            <svg class="rails" aria-hidden="true">{ rail(props, middle, "0", "100%") }</svg>
            <p>{ (words.idle)(wait.reason, wait.length) }<span aria-hidden="true">{ for (0..wait.points()).map(|_| html! { <i/> }) }</span></p>
        </li>
    }
}

fn entry(props: &StoryProps, chapter: &Chapter, position: usize, now: usize, open: &NodeRef) -> Html {
    let is_now = position == now;
    let class = classes!("ev", is_now.then_some("now"), (position > now).then_some("later"));
    let before = chapter.at - Span::from_millis(1);
    let onclick = {
        let (on_action, at, step, object) =
            (props.stage.on_action.clone(), chapter.at, chapter.step, object(props, chapter.step));
        Callback::from(move |_: MouseEvent| {
            on_action.emit(Action::Seek(at));
            on_action.emit(Action::Select(Some(Selection { step, object })));
        })
    };
    let node = if is_now { open.clone() } else { NodeRef::default() };
    html! {
        <li {class} ref={node} key={position}>
            <svg class="rails" aria-hidden="true">
                if chapter.at > Time::ZERO { { rail(props, before, "0", "24px") } }
                { rail(props, chapter.at, "24px", "calc(100% - 24px)") }
                <rect x="24.5" width="1" height="100%" fill="var(--line)"/>
                { dot(chapter, is_now) }
                { cap(chapter) }
            </svg>
            <div class="card">
                <time>{ props.stage.lang.format().clock_short(chapter.at) }</time>
                <button type="button" {onclick} aria-current={is_now.then_some("step")}>{ lines(props, chapter) }</button>
                if is_now { { for chapter.happenings.iter().take(LINES).filter_map(|happening| held(props, happening)) } }
                if is_now && props.children != Html::default() {
                    <div class="why">{ later(props, chapter) }{ props.children.clone() }</div>
                }
            </div>
        </li>
    }
}

/// When it was, if what is explained came after the open entry: not every event is told.
fn later(props: &StoryProps, chapter: &Chapter) -> Html {
    let at = props.selection.map(|on| props.stage.recording.step(on.step).at).filter(|at| *at != chapter.at);
    let at = at.map(|at| props.stage.lang.format().clock_exact(at));
    at.map_or_else(
        Html::default,
        |at| html! { <p class="support">{ format!("{} {at}", props.stage.lang.timeline().at) }</p> },
    )
}

fn object(props: &StoryProps, step: StepId) -> Option<crate::api::ObjectKey> {
    props.stage.recording.step(step).key
}

fn lines(props: &StoryProps, chapter: &Chapter) -> Html {
    let words = props.stage.lang.timeline();
    let by_input = chapter.happenings.iter().any(|happening| matches!(happening, Happening::Input(_)));
    html! { <>
        { for chapter.happenings.iter().take(LINES).map(|happening| match happening {
            Happening::Input(number) => {
                let fault = props.stage.timeline.faults.iter().find(|fault| fault.input == *number);
                html! { <p class="mine">{ icon("bolt") }<b>{ fault.map(|fault| (words.fault)(fault)).unwrap_or_default() }</b></p> }
            }
            // The input has said it already.
            Happening::PodStops(_) | Happening::StopUnheard(..) if by_input => Html::default(),
            happening => html! {
                <p>{ sentence(&(words.happening)(happening)) }if let Some(whose) = whose(props, chapter, happening) { { " " }<small>{ whose }</small> }</p>
            },
        }) }
        if chapter.happenings.len() > LINES {
            <p>{ (props.stage.lang.page().more_events)(chapter.happenings.len() - LINES) }</p>
        }
    </> }
}

/// The index of a pod, and its Job where there are several.
fn whose(props: &StoryProps, chapter: &Chapter, happening: &Happening) -> Option<String> {
    let (timeline, words) = (&props.stage.timeline, props.stage.lang.timeline());
    let track = match (happening, happening.pod()) {
        (_, Some(pod)) => timeline.track_of(pod),
        (Happening::JobCreated(job) | Happening::JobGone(job, _), None) => timeline.track(*job),
        _ => match props.stage.recording.step(chapter.step).key {
            Some(ObjectKey::Job(job)) => timeline.track(job),
            _ => None,
        },
    }?;
    let is_one = !matches!(happening, Happening::PodsCreated(_, 2..) | Happening::PodsGone { count: 2.., .. });
    let index = happening.pod().filter(|_| is_one).and_then(|pod| track.bar(pod)?.birth.index);
    let index = index.map(|index| (words.row)(RowOf::Index(index), 1).0);
    let is_told = timeline.jobs.len() > 1 || matches!(happening, Happening::JobCreated(_));
    let parts: Vec<String> = index.into_iter().chain(is_told.then(|| track.name.to_string())).collect();
    (!parts.is_empty()).then(|| parts.join(words.format.comma))
}

/// How far a press moves an input, in seconds: the shortest of these that is at least a two-hundredth of the run.
const STEPS: [i64; 8] = [1, 5, 10, 30, 60, 300, 600, 3600];

/// What can be done to an input without dragging it: moved, and taken out.
fn held(props: &StoryProps, happening: &Happening) -> Option<Html> {
    let Happening::Input(number) = happening else { return None };
    let words = props.stage.lang.timeline();
    let fault = props.stage.timeline.faults.iter().find(|fault| fault.input == *number)?;
    let least = props.stage.timeline.end.millis() / 200_000;
    let step = Span::from_seconds(STEPS.into_iter().find(|step| *step >= least).unwrap_or(STEPS[STEPS.len() - 1]));
    let length = props.stage.lang.format().span(step);
    let moves = |later: bool| {
        let span = if later { step } else { Span::ZERO - step };
        let at = (fault.at + span).max(Time::ZERO);
        let (on_action, input) = (props.stage.on_action.clone(), fault.input);
        let onclick = Callback::from(move |_: MouseEvent| {
            on_action.emit(Action::DragInput(input, at));
            on_action.emit(Action::LetGo);
        });
        let sign = if later { '+' } else { '−' };
        html! { <button type="button" {onclick} aria-label={(words.moved_by)(later, step)}>{ format!("{sign}{length}") }</button> }
    };
    let remove = press(&props.stage.on_action, Action::RemoveInput(fault.input));
    Some(html! {
        <div class="held" role="group" aria-label={(words.fault)(fault)}>
            { moves(false) }<time>{ props.stage.lang.format().clock(fault.at) }</time>{ moves(true) }
            <button type="button" onclick={remove} aria-label={words.remove} title={words.remove}>{ icon("close") }</button>
        </div>
    })
}

fn dot(chapter: &Chapter, is_now: bool) -> Html {
    if is_now {
        return html! { <><circle cx="25" cy="24" r="9" fill="var(--thread)" opacity=".18"/><circle cx="25" cy="24" r="5" fill="var(--thread)"/></> };
    }
    if chapter.is_controller {
        html! { <circle cx="25" cy="24" r="4" fill="var(--ink-2)"/> }
    } else {
        Html::default()
    }
}

fn cap(chapter: &Chapter) -> Html {
    let ended = chapter.happenings.iter().find_map(|happening| match happening {
        Happening::PodEnded { phase, .. } => Some(*phase),
        _ => None,
    });
    match ended {
        Some(crate::api::Phase::Succeeded) => {
            html! { <><rect class="m-succeeded" x="35" y="14" width="20" height="20" rx="5"/><path class="m-glyph" d="M41 24.5l3 3 5-6.500"/></> }
        }
        Some(_) => html! { <>
            <rect class="m-failed" x="35" y="14" width="20" height="20" rx="5"/><rect x="35" y="14" width="20" height="20" rx="5" fill="url(#p-cross)"/>
            <path class="m-glyph" d="M41.5 20.5l7 7m0-7l-7 7"/>
        </> },
        None => Html::default(),
    }
}

/// The rails from one event to the next: what the Job and its most active pod are then.
fn rail(props: &StoryProps, at: Time, y: &'static str, height: &'static str) -> Html {
    let style = format!("y:{y};height:{height}");
    let Some(track) = props.stage.timeline.subject(None, at) else { return Html::default() };
    let stretch = track.lane.stretches.iter().find(|stretch| stretch.from <= at && at < stretch.to);
    let waits = track.backoffs.iter().any(|wait| wait.from <= at && at < wait.ended);
    let colour = stretch.map(|stretch| match stretch.kind {
        StretchKind::Active if waits => "var(--line-2)",
        StretchKind::Active => "var(--running)",
        StretchKind::Suspended => "var(--line-2)",
        StretchKind::Finishing => "var(--terminating)",
        StretchKind::Finished
            if track.lane.finished().is_some_and(|flag| flag.condition == crate::api::ConditionType::Failed) =>
        {
            "var(--failed)"
        }
        StretchKind::Finished => "var(--succeeded)",
    });
    let state = pod_state(track, at, waits);
    let edge = |x: &'static str, fill: &'static str| html! { <rect {x} width="1.5" {fill} ~style={style.clone()}/> };
    html! { <>
        if let Some(fill) = colour { <rect x="6" width="4" {fill} ~style={style.clone()}/> }
        { match state.map(|(_, kind)| kind) {
            Some(SegmentKind::Pending) => html! { <><rect x="42" width="6" fill="url(#p-dots)" ~style={style.clone()}/>{ edge("41.25", "var(--pending)") }{ edge("47.25", "var(--pending)") }</> },
            Some(SegmentKind::Waiting(_)) => html! { <rect x="43" width="4" fill="url(#p-dots)" ~style={style.clone()}/> },
            Some(SegmentKind::Running) => html! { <rect class="m-running" x="39" width="12" ~style={style.clone()}/> },
            Some(SegmentKind::AwaitingRestart { .. }) => html! { <><rect x="39.75" width="10.5" fill="url(#p-hatch)" ~style={style.clone()}/>{ edge("39", "url(#p-dash)") }{ edge("49.5", "url(#p-dash)") }</> },
            Some(SegmentKind::Terminating { .. }) => html! { <><rect x="39.75" width="10.5" fill="url(#p-stripes)" ~style={style.clone()}/>{ edge("39", "var(--terminating)") }{ edge("49.5", "var(--terminating)") }</> },
            None => Html::default(),
        } }
        { for state.and_then(|(bar, _)| bar).into_iter().flat_map(|bar| containers(bar, at, &style)) }
    </> }
}

/// So many containers have a rail beside that of their pod.
const CONTAINER_RAILS: usize = 3;

/// The containers that run then, in the order in which they start.
fn containers<'b>(bar: &'b Bar, at: Time, style: &'b str) -> impl Iterator<Item = Html> + 'b {
    let containers = bar.depth.iter().flat_map(|depth| &depth.containers).take(CONTAINER_RAILS).enumerate();
    containers.filter_map(move |(n, container)| {
        let run = container.runs.iter().find(|run| run.from.at <= at && at < run.to)?;
        let is_stopped = run.stopped.is_some_and(|mark| mark.at <= at);
        let fill = if is_stopped { "var(--terminating)" } else { "var(--running)" };
        Some(html! { <rect x={(53 + 5 * n).to_string()} width="3" {fill} ~style={style.to_owned()}/> })
    })
}

/// What the most active of the pods does; a wait where there is none.
fn pod_state(track: &JobTrack, at: Time, waits: bool) -> Option<(Option<&Bar>, SegmentKind)> {
    let started = track.bars.partition_point(|bar| bar.created.at <= at);
    // Long ended pods say nothing any more; the newest hundreds are enough.
    let doing = track.bars[..started]
        .iter()
        .rev()
        .take(300)
        .filter(|bar| bar.end.is_none_or(|end| end.how == PodEnding::Vanished || end.mark.at > at));
    let kinds = doing.filter_map(|bar| Some((Some(bar), bar.segment_at(at)?.kind)));
    let rank = |(_, kind): &(Option<&Bar>, SegmentKind)| match kind {
        SegmentKind::Running => 3,
        SegmentKind::Terminating { .. } => 2,
        SegmentKind::Pending | SegmentKind::Waiting(_) => 1,
        SegmentKind::AwaitingRestart { .. } => 0,
    };
    let most = kinds.max_by_key(rank);
    most.or(waits.then_some((None, SegmentKind::AwaitingRestart { wait: Span::ZERO })))
}
