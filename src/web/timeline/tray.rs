//! The tray: what can be broken at the playhead. Acts on the selected pod, else on the newest one that it can act on.

pub(super) mod nodes;

use crate::api::{JobId, ObjectKey, Pod, PodId, PodSpec};
use crate::cluster::input::{Input, InputAction, JobSelector, PodSelector};
use crate::cluster::reason::NoEffect;
use crate::explain::{Selection, Supply, SupplyChange};
use crate::manifest::edit::{ClusterChange, ClusterList};
use crate::order;
use crate::time::{Span, Time};
use crate::timeline::JobTrack;
use crate::timeline::faults::PodFault;
use crate::timeline::node_faults::Reach;
use crate::timeline::pods::SegmentKind;
use crate::web::browser;
use crate::web::controls::button::{button, on_enter, press};
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use crate::web::spec::first_line;
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use web_sys::{Element, HtmlInputElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct TrayProps {
    pub(super) stage: Shared<Stage>,
    pub(super) job: Option<JobId>,
    pub(super) playhead: Time,
    pub(super) selection: Option<Selection>,
}

impl Piece for TrayProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_tray(self).run(hooks)
    }
}

/// The buttons; each can also be dragged onto a bar.
#[hook]
fn use_tray(props: &TrayProps) -> Html {
    let words = props.stage.lang.timeline();
    let running = use_memo((props.stage.timeline.clone(), props.job), |(timeline, job)| {
        job.and_then(|job| timeline.track(job)).map(running_of).unwrap_or_default()
    });
    let reach = use_memo(props.stage.recording.clone(), |recording| Reach::of(recording));
    let (exit_code, grace) = (use_state_eq(|| Some(1)), use_state_eq(|| None));
    let is_open = use_state_eq(|| false);
    // With another text the way is free to what is said of it.
    let about = props.stage.timeline.jobs.first().map(|track| track.name.clone());
    use_effect_with(about, {
        let is_open = is_open.clone();
        move |_| is_open.set(false)
    });
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    // What is done is explained below, where the buttons lie.
    let close = {
        let is_open = is_open.clone();
        Callback::from(move |event: MouseEvent| {
            let pressed = event.target_dyn_into::<Element>();
            let acts = pressed.and_then(|pressed| pressed.closest("button:not([aria-disabled])").ok().flatten());
            is_open.set(*is_open && acts.is_none());
        })
    };
    let onkeydown = {
        let is_open = is_open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *is_open {
                event.prevent_default();
                is_open.set(false);
                browser::focus(".tray .all");
            }
        })
    };
    let pods = PodFault::ALL.map(|fault| match fault {
        PodFault::Fail => with_number(props, &running, fault, &exit_code),
        PodFault::Delete => with_number(props, &running, fault, &grace),
        _ => chip(props, &running, fault, None).0,
    });
    let (nodes, supplies) = (nodes::chips(props, &reach), supplies(props));
    let has_nodes =
        props.stage.recording.nodes().any(|node| props.stage.recording.node_at(node, props.playhead).is_some());
    let count = pods.len() + nodes.len() + supplies.len() + 1;
    let [of_pods, of_nodes, of_cluster] = words.faults.groups;
    let all = if *is_open { words.faults.fewer.to_owned() } else { (words.faults.all)(count) };
    html! {
        <div class={classes!("row", "tray", is_open.then_some("open"))} {onkeydown}>
            <h2 class="lab">{ words.break_it }</h2>
            <div class="faces">
            <div class="chips" onclick={close}>
                <div class="group" role="group" aria-label={of_pods}><span aria-hidden="true">{ of_pods }</span>{ for pods }</div>
                <div class="group" role="group" aria-label={of_nodes}>
                    <span aria-hidden="true">{ of_nodes }</span>{ for nodes }
                    if !has_nodes { { add_node(props) } }
                </div>
                <div class="group spare" role="group" aria-label={of_cluster}><span aria-hidden="true">{ of_cluster }</span>{ for supplies }{ restart(props) }</div>
            </div>
            <button type="button" class="chip all" aria-expanded={is_open.to_string()} onclick={toggle}>{ icon("more") }{ all }</button>
            </div>
        </div>
    }
}

/// A node, where there is none that a fault could hit.
fn add_node(props: &TrayProps) -> Html {
    let words = props.stage.lang.timeline().faults;
    let stage = props.stage.clone();
    let onclick = props.stage.on_action.reform(move |_: MouseEvent| {
        Action::ChangeCluster(ClusterChange::Add(first_line(ClusterList::Nodes, &stage.scenario, &stage.recording)))
    });
    html! { <span class="needs spare">{ words.needs_node }{ button("btn ring", Some("plus"), words.add_node, onclick) }</span> }
}

/// What can be done about the images and objects that the selected pod names, else the newest one: one of a kind.
fn supplies(props: &TrayProps) -> Vec<Html> {
    let words = props.stage.lang.timeline().faults;
    let selected = props.selection.and_then(|on| on.object);
    let Some(spec) = spec_of(&props.stage, props.job, selected, props.playhead) else { return Vec::new() };
    let mut supplies = Supply::of(&props.stage.scenario, spec, props.playhead);
    let mut kinds = Vec::new();
    supplies.retain(|supply| {
        let kind = std::mem::discriminant(supply);
        let is_first = !kinds.contains(&kind);
        kinds.push(kind);
        is_first
    });
    let chips = supplies.into_iter().map(|supply| {
        let action = supply_action(&props.stage, &supply, props.playhead);
        let face = (words.supply)(&supply);
        plain_chip(props, "chip", supply_icon(&supply), face, &(words.supply_on)(&supply), None, Some(action))
    });
    chips.collect()
}

pub(super) fn supply_action(stage: &Stage, supply: &Supply, at: Time) -> Action {
    match supply.change(&stage.scenario) {
        SupplyChange::Cluster(change) => Action::ChangeCluster(change),
        SupplyChange::Input(action) => Action::AddInput(Input::new(at, action)),
    }
}

pub(super) fn supply_icon(supply: &Supply) -> &'static str {
    match supply {
        Supply::ImageFails(_) | Supply::ObjectMissing(_) => "absent",
        Supply::ImageThere(_) | Supply::ObjectThere(_) => "provide",
    }
}

/// The template of the selected pod, else of the newest one at the playhead, else of the first.
fn spec_of(stage: &Stage, job: Option<JobId>, selected: Option<ObjectKey>, at: Time) -> Option<&PodSpec> {
    let selected = match selected {
        Some(ObjectKey::Pod(pod)) => stage.timeline.bar(pod),
        _ => None,
    };
    let bars = job.and_then(|job| stage.timeline.track(job)).map_or(&[][..], |track| &track.bars);
    let newest = bars[..bars.partition_point(|bar| bar.created.at <= at)].last();
    let bar = selected.or(newest).or(bars.first())?;
    Some(&bar.birth.template.spec)
}

/// The title of a button that does something, or says why it cannot; and its name. `detail`: what it does, to what.
fn named(face: &str, detail: &str, refusal: Option<&str>) -> (String, String) {
    // The name begins with the visible words (WCAG 2.5.3), so that speech input finds it.
    let named = if detail.starts_with(face) { detail.to_owned() } else { format!("{face}: {detail}") };
    match refusal {
        Some(why) => (why.to_owned(), format!("{named}: {why}")),
        None => (detail.to_owned(), named),
    }
}

/// A button that does one thing, or says why it cannot. `detail`: what it does, to what.
fn plain_chip(
    props: &TrayProps,
    class: &'static str,
    glyph: &str,
    face: &'static str,
    detail: &str,
    refusal: Option<&'static str>,
    action: Option<Action>,
) -> Html {
    let (title, label) = named(face, detail, refusal);
    let onclick = action.map(|action| press(&props.stage.on_action, action));
    html! {
        <button type="button" {class} {onclick} aria-disabled={refusal.is_some().then_some("true")} {title} aria-label={label}>{ icon(glyph) }{ face }</button>
    }
}

/// A button with the number that belongs to it: the exit code, or the grace period in seconds.
fn with_number(props: &TrayProps, running: &[Running], fault: PodFault, number: &UseStateHandle<Option<i64>>) -> Html {
    let words = &props.stage.lang.timeline().menu_words;
    let (button, act) = chip(props, running, fault, **number);
    let (short, name, least, most) = match fault {
        PodFault::Fail => (words.exit, words.exit_code, "1", "255"),
        _ => (words.grace, words.grace_seconds, "0", "3600"),
    };
    let oninput = {
        let number = number.clone();
        Callback::from(move |event: InputEvent| {
            number.set(event.target_unchecked_into::<HtmlInputElement>().value().trim().parse().ok());
        })
    };
    let onkeydown = on_enter(move || act.emit(()));
    let value = number.map(|number| number.to_string());
    html! {
        <span class={classes!("numbered", (fault == PodFault::Delete).then_some("wide"))}>{ button }
            <label title={name}>{ short }<input type="number" min={least} max={most} {value} placeholder={words.own} aria-label={name} {oninput} {onkeydown}/></label>
        </span>
    }
}

/// A button of the tray, and what a press on it does.
fn chip(props: &TrayProps, running: &[Running], fault: PodFault, number: Option<i64>) -> (Html, Callback<()>) {
    let words = props.stage.lang.timeline();
    let selected = props.selection.and_then(|on| on.object);
    let hit = hit(&props.stage, props.job, selected, props.playhead, fault, running);
    let (name, refusal) = match &hit {
        Ok(hit) if hit.instead.is_some() => ((words.pod_fault_later)(fault, hit.pod.id.0, hit.at), None),
        Ok(hit) => ((words.pod_fault_on)(fault, hit.pod.id.0), None),
        Err(why) => ((words.pod_fault)(fault).to_owned(), Some((props.stage.lang.reason().no_effect)(*why))),
    };
    let act = {
        let (on_action, action) = (props.stage.on_action.clone(), hit.ok().map(|hit| hit.action(fault, number)));
        Callback::from(move |()| {
            if let Some(action) = &action {
                on_action.emit(action.clone());
            }
        })
    };
    let onclick = act.reform(|_: MouseEvent| ());
    let ondragstart = Callback::from(move |event: DragEvent| {
        if let Some(data) = event.data_transfer() {
            // A browser that refuses it cannot drag; the button still works.
            let number = number.map(|number| number.to_string()).unwrap_or_default();
            let _ = data.set_data(&format!("{DRAGGED}{}", fault as u8), &number);
        }
    });
    let spare = matches!(fault, PodFault::OomKill | PodFault::NodePressure | PodFault::Preempt);
    let class = classes!("chip", (fault == PodFault::Fail).then_some("first"), spare.then_some("spare"));
    let face = (words.pod_fault)(fault);
    let (title, label) = named(face, &name, refusal);
    // Not `disabled`: a screen reader must be able to reach it and read why it cannot act.
    let button = html! {
        <button type="button" {class} {onclick} {ondragstart} draggable="true" aria-disabled={refusal.is_some().then_some("true")} {title} aria-label={label}>
            { icon(fault_icon(fault)) }{ face }
        </button>
    };
    (button, act)
}

fn restart(props: &TrayProps) -> Html {
    let words = props.stage.lang.timeline();
    let action = Action::AddInput(Input::new(props.playhead, InputAction::RestartControllers));
    button("chip", Some("restart"), words.restart_controllers, press(&props.stage.on_action, action))
}

/// What a dragged chip carries: a type of its own for each fault, so that no other program takes it for text. Until it
/// is dropped only its type can be read.
const DRAGGED: &str = "application/x-job-playground-fault-";

/// The fault that is being dragged, if it is one.
pub(super) fn dragged(event: &DragEvent) -> Option<PodFault> {
    let types = event.data_transfer()?.types();
    PodFault::ALL.into_iter().find(|fault| types.includes(&format!("{DRAGGED}{}", *fault as u8).into(), 0))
}

/// The number that was beside it.
pub(super) fn dropped_number(event: &DragEvent, fault: PodFault) -> Option<i64> {
    event.data_transfer()?.get_data(&format!("{DRAGGED}{}", fault as u8)).ok()?.parse().ok()
}

pub(super) fn fault_icon(fault: PodFault) -> &'static str {
    match fault {
        PodFault::Fail => "bolt",
        PodFault::OomKill => "memory",
        PodFault::Evict => "evict",
        PodFault::NodePressure => "pressure",
        PodFault::Preempt => "drain",
        PodFault::Delete => "trash",
    }
}

/// The pod that a fault would hit: the selected one, else the newest of the Job that it can act on.
pub(super) fn target(
    stage: &Stage,
    job: Option<JobId>,
    selected: Option<ObjectKey>,
    at: Time,
    fault: PodFault,
) -> Result<&Pod, NoEffect> {
    let can = |pod: &&Pod| fault.refusal(Some(pod)).is_none();
    let recording = &stage.recording;
    let selected = match selected {
        Some(ObjectKey::Pod(pod)) => recording.pod_at(pod, at),
        Some(ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => None,
    };
    if let Some(pod) = selected.filter(can) {
        return Ok(pod);
    }
    let track = job.and_then(|job| stage.timeline.track(job)).ok_or(NoEffect::NoSuchPod)?;
    let started = track.bars.partition_point(|bar| bar.created.at <= at);
    let mut last = NoEffect::NoSuchPod;
    // Old pods are rarely alive; looking at the newest thousand is enough to find one that is.
    for bar in track.bars[..started].iter().rev().take(1000) {
        if bar.end.is_some_and(|end| end.mark.at <= at) {
            // Evicting what has ended is possible and pointless; a live pod is meant.
            if last == NoEffect::NoSuchPod && bar.ghost.is_none_or(|ghost| ghost.mark.at > at) {
                last = NoEffect::AlreadyEnded;
            }
            continue;
        }
        let Some(pod) = recording.pod_at(bar.pod, at) else { continue };
        match fault.refusal(Some(pod)) {
            None => return Ok(pod),
            Some(why) if last == NoEffect::NoSuchPod => last = why,
            Some(_) => {}
        }
    }
    Err(last)
}

/// The selector that the page writes for a pod: by attempt, since a pod's number changes when something earlier does.
pub(super) fn selector(pod: &Pod) -> PodSelector {
    PodSelector {
        job: Some(JobSelector::Name(pod.birth.job_name.clone())),
        index: pod.birth.index.map(|index| crate::api::IndexSet::from_indexes([index])),
        attempt: Some(pod.birth.attempt),
        ..PodSelector::default()
    }
}

/// A stretch of time in which a pod runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Running {
    from: Time,
    to: Time,
    pod: PodId,
}

impl Running {
    /// The middle of the stretch, to a tenth of a second.
    fn middle(&self) -> Time {
        let middle = self.from + Span::from_millis((self.to - self.from).millis() / 2);
        Time::from_millis(middle.millis() / 100 * 100).max(self.from)
    }
}

/// Every stretch in which a pod of a Job runs, in the order of time.
fn running_of(track: &JobTrack) -> Vec<Running> {
    let segments = track.bars.iter().flat_map(|bar| bar.segments.iter().map(move |segment| (bar.pod, segment)));
    let running = segments.filter(|(_, segment)| segment.kind == SegmentKind::Running);
    let mut found: Vec<Running> =
        running.map(|(pod, segment)| Running { from: segment.from, to: segment.to, pod }).collect();
    order::sort(&mut found);
    found
}

/// What a fault of the tray hits, and when.
pub(super) struct Hit<'r> {
    pub(super) pod: &'r Pod,
    pub(super) at: Time,
    /// Why nothing can be hit at the playhead: it is done at the nearest run instead.
    pub(super) instead: Option<NoEffect>,
}

impl Hit<'_> {
    /// The fault as a change of the text.
    pub(super) fn action(&self, fault: PodFault, number: Option<i64>) -> Action {
        Action::add(numbered(fault, self.pod, self.at, number), self.instead)
    }
}

/// What a fault hits: at the playhead, if it can; else in the middle of the run that is nearest to it.
fn hit<'r>(
    stage: &'r Stage,
    job: Option<JobId>,
    selected: Option<ObjectKey>,
    at: Time,
    fault: PodFault,
    running: &[Running],
) -> Result<Hit<'r>, NoEffect> {
    let why = match target(stage, job, selected, at, fault) {
        Ok(pod) => return Ok(Hit { pod, at, instead: None }),
        Err(why) => why,
    };
    let distance = |run: &&Running| if run.from > at { run.from - at } else { (at - run.to).max(Span::ZERO) };
    let mut found: Option<(&Running, Hit)> = None;
    for run in running {
        if found.as_ref().is_some_and(|(nearest, _)| distance(nearest) <= distance(&run)) {
            continue;
        }
        let middle = run.middle();
        if let Some(pod) = stage.recording.pod_at(run.pod, middle).filter(|pod| fault.refusal(Some(pod)).is_none()) {
            found = Some((run, Hit { pod, at: middle, instead: Some(why) }));
        }
    }
    found.map(|(_, hit)| hit).ok_or(why)
}

/// What a key hits: the pod that has the focus, else as a button of the tray.
pub(super) fn hit_by_key(
    stage: &Stage,
    focused: Option<PodId>,
    selected: Option<ObjectKey>,
    at: Time,
    fault: PodFault,
) -> Option<Action> {
    let object = focused.map(ObjectKey::Pod).or(selected);
    let track = stage.timeline.subject(object, at)?;
    let mut running = running_of(track);
    let runs_later = |pod: PodId| running.iter().any(|run| run.pod == pod);
    let can_now = |pod: PodId| stage.recording.pod_at(pod, at).is_some_and(|pod| fault.refusal(Some(pod)).is_none());
    let job = match focused.filter(|pod| !can_now(*pod) && runs_later(*pod)) {
        Some(pod) => {
            running.retain(|run| run.pod == pod);
            None
        }
        None => Some(track.job),
    };
    hit(stage, job, object, at, fault, &running).ok().map(|hit| hit.action(fault, None))
}

/// A fault on a pod as an input, with its exit code or its grace period.
pub(super) fn numbered(fault: PodFault, pod: &Pod, at: Time, number: Option<i64>) -> Input {
    let code = number.and_then(|number| i32::try_from(number).ok()).map_or(1, |code| code.clamp(1, 255));
    input(fault, pod, at, code, number.filter(|seconds| *seconds >= 0))
}

/// A fault on a pod as an input.
pub(super) fn input(fault: PodFault, pod: &Pod, at: Time, exit_code: i32, grace_seconds: Option<i64>) -> Input {
    Input::new(at, fault.on(selector(pod), exit_code, grace_seconds))
}
