//! The menus of a pod, a Job and a CronJob: everything that can be done to it at the playhead, with its numbers. What
//! cannot be done there is done at the nearest moment at which it can, and says so; else it says why not.

mod cron_job;
mod node;

use super::focus_first;
use super::tray::{fault_icon, numbered, supply_action, supply_icon};
use crate::api::{Job, PodId};
use crate::cluster::input::{Cascade, Input, InputAction, ObjectKind, ObjectSelector};
use crate::cluster::reason::NoEffect;
use crate::explain::Supply;
use crate::time::Time;
use crate::timeline::faults::PodFault;
use crate::timeline::node_faults::Reach;
use crate::timeline::possible::Possible;
use crate::web::controls::button::on_enter;
use crate::web::controls::icon::icon;
use crate::web::controls::late::drawn_late;
use crate::web::controls::piece::{Piece, piece, piece_of_list};
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use crate::web::why::capitalized;
use cron_job::CronJobMenuProps;
use serde_json::{Value, json};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// Whose menu it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MenuTarget {
    /// A pod.
    Pod(crate::api::PodId),
    /// A Job.
    Job(crate::api::JobId),
    /// A CronJob.
    CronJob(crate::api::CronJobId),
    /// A node.
    Node(crate::api::NodeId),
}

#[derive(Clone, PartialEq)]
pub(crate) struct FaultMenuProps {
    pub(super) stage: Shared<Stage>,
    pub(super) of: MenuTarget,
    pub(super) title: AttrValue,
    pub(super) playhead: Time,
    /// Where it opens, in CSS.
    pub(super) place: AttrValue,
    /// Whether the first number takes the focus, not the first verb.
    pub(super) to_number: bool,
    pub(super) on_close: Callback<()>,
}

drawn_late!(FaultMenuProps, |props| &props.stage, |props, hooks| use_fault_menu(props).run(hooks), |props| props
    .on_close
    .reform(|_| ()));

/// A menu, floating under its row.
#[hook]
fn use_fault_menu(props: &FaultMenuProps) -> Html {
    let words = props.stage.lang.timeline();
    let node = use_node_ref();
    {
        let node = node.clone();
        let first = if props.to_number { "input" } else { ".verb, input" };
        use_effect_with(props.of, move |_| focus_first(&node, first));
    }
    let onkeydown = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.key() == "Escape" {
                on_close.emit(());
            }
        })
    };
    let close = {
        let on_close = props.on_close.clone();
        Callback::from(move |_: MouseEvent| on_close.emit(()))
    };
    let reach = use_memo(props.stage.recording.clone(), |recording| Reach::of(recording));
    let body = match props.of {
        MenuTarget::Pod(pod) => pod_menu(props, &reach, pod),
        MenuTarget::Job(job) => piece(JobMenuProps { menu: props.clone(), job }),
        MenuTarget::CronJob(cron_job) => piece(CronJobMenuProps { menu: props.clone(), cron_job }),
        MenuTarget::Node(node) => node::verbs(props, &reach, node),
    };
    html! {
        <div class="verbs" role="dialog" aria-label={props.title.clone()} ref={node} {onkeydown} ~style={props.place.to_string()}>
            <p class="head"><b>{ props.title.clone() }</b><span>{ words.at }{ " " }{ props.stage.lang.format().clock(props.playhead) }</span>
                <button type="button" class="x" onclick={close} aria-label={words.menu_words.close}>{ icon("close") }</button></p>
            { body }
        </div>
    }
}

fn done(props: &FaultMenuProps, verb: InputAction) {
    add(props, Input::new(props.playhead, verb), None);
}

/// Adds an input, at another time than the playhead's for this reason, and closes the menu.
fn add(props: &FaultMenuProps, input: Input, instead: Option<NoEffect>) {
    props.stage.on_action.emit(Action::add(input, instead));
    props.on_close.emit(());
}

/// A press does it, and so does Enter in the field beside the button.
fn press_or_enter(act: impl Fn() + Clone + 'static) -> (Callback<MouseEvent>, Callback<KeyboardEvent>) {
    let pressed = act.clone();
    (Callback::from(move |_: MouseEvent| pressed()), on_enter(act))
}

/// When something can be done, and why not at the playhead; or why never.
type Moment = Result<(Time, Option<NoEffect>), NoEffect>;

/// The moment for what is refused at the playhead, or is not.
fn moment(playhead: Time, refusal: Option<NoEffect>, possible: impl FnOnce() -> Possible) -> Moment {
    let Some(why) = refusal else { return Ok((playhead, None)) };
    possible().nearest(playhead).map(|at| (at, Some(why))).ok_or(why)
}

/// What can be done to a pod, to what it names, and to its node.
fn pod_menu(props: &FaultMenuProps, reach: &Reach, pod: PodId) -> Html {
    let (stage, playhead) = (&props.stage, props.playhead);
    let now = stage.recording.pod_at(pod, playhead);
    let node = now.and_then(|pod| Some(pod.bound?.node));
    let name = node.and_then(|node| stage.recording.node_name(node)).unwrap_or_default().to_owned();
    let supplies = now.map_or_else(Vec::new, |pod| Supply::of(&stage.scenario, &pod.birth.template.spec, playhead));
    html! {<>
        <ul>{ for PodFault::ALL.iter().map(|fault| piece_of_list(*fault as u64, PodVerbProps { menu: props.clone(), fault: *fault, pod })) }</ul>
        if !supplies.is_empty() {
            <p class="of">{ stage.lang.timeline().faults.groups[2] }</p>
            <ul>{ for supplies.iter().map(|supply| supply_verb(props, supply)) }</ul>
        }
        if let Some(node) = node {
            <p class="of"><b>{ name }</b></p>
            { node::verbs(props, reach, node) }
        }
    </>}
}

fn supply_verb(props: &FaultMenuProps, supply: &Supply) -> Html {
    let words = props.stage.lang.timeline().faults;
    let onclick = {
        let (props, action) = (props.clone(), supply_action(&props.stage, supply, props.playhead));
        Callback::from(move |_: MouseEvent| {
            props.stage.on_action.emit(action.clone());
            props.on_close.emit(());
        })
    };
    html! {
        <li><button type="button" class="verb" {onclick} title={(words.supply_on)(supply)}>
            { icon(supply_icon(supply)) }<span>{ (words.supply)(supply) }{ " " }<code>{ supply.name() }</code></span>
        </button></li>
    }
}

#[derive(Clone, PartialEq)]
struct PodVerbProps {
    menu: FaultMenuProps,
    fault: PodFault,
    pod: PodId,
}

impl PodVerbProps {
    fn moment(&self) -> Moment {
        let (recording, playhead) = (&self.menu.stage.recording, self.menu.playhead);
        let refusal = self.fault.refusal(recording.pod_at(self.pod, playhead));
        moment(playhead, refusal, || Possible::of_pod(recording, self.pod, self.fault))
    }
}

impl Piece for PodVerbProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_pod_verb(self).run(hooks)
    }
}

/// One verb, with a number where it has one.
#[hook]
fn use_pod_verb(props: &PodVerbProps) -> Html {
    let lang = props.menu.stage.lang;
    let words = lang.timeline();
    let number = use_node_ref();
    let moment = props.moment();
    let act = {
        let (props, number) = (props.clone(), number.clone());
        move || {
            let Ok((at, instead)) = moment else { return };
            let Some(pod) = props.menu.stage.recording.pod_at(props.pod, at) else { return };
            let typed = number.cast::<HtmlInputElement>().and_then(|input| input.value().trim().parse::<i64>().ok());
            let input = numbered(props.fault, pod, at, typed);
            add(&props.menu, input, instead);
        }
    };
    let note = match moment {
        Ok((at, why)) => why.map(|why| (words.nearest)(at, why)),
        Err(why) => Some(capitalized((lang.reason().no_effect)(why))),
    };
    let (onclick, onkeydown) = press_or_enter(act);
    let menu_words = &words.menu_words;
    let field = match props.fault {
        PodFault::Fail => Some((menu_words.exit_code, "1", "")),
        PodFault::Delete => Some((menu_words.grace_seconds, "", menu_words.own)),
        PodFault::OomKill | PodFault::Evict | PodFault::NodePressure | PodFault::Preempt => None,
    };
    html! {
        <li>
            <button type="button" class="verb" {onclick} aria-disabled={moment.is_err().then_some("true")} title={note.clone()}>
                { icon(fault_icon(props.fault)) }<span>{ (words.pod_fault)(props.fault) }</span>
            </button>
            if let (Some((label, value, placeholder)), Ok(_)) = (field, moment) {
                <label>{ label }<input type="number" ref={number} min="0" max="3600" {value} {placeholder} {onkeydown}/></label>
            }
            if let Some(note) = note { <small>{ note }</small> }
        </li>
    }
}

#[derive(Clone, PartialEq)]
struct JobMenuProps {
    menu: FaultMenuProps,
    job: crate::api::JobId,
}

impl Piece for JobMenuProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_job_menu(self).run(hooks)
    }
}

/// What can be done to a Job: the fields that may change while it runs, and its deletion.
#[hook]
fn use_job_menu(props: &JobMenuProps) -> Html {
    let words = &props.menu.stage.lang.timeline().menu_words;
    let (scale, deadline, cascade) = (use_node_ref(), use_node_ref(), use_node_ref());
    let Some(job) = props.menu.stage.recording.job_at(props.job, props.menu.playhead) else {
        return html! { <ul><li><small>{ words.job_is_over }</small></li></ul> };
    };
    let target = selector(job);
    let is_over = job.is_finished();
    let patch = |spec: Value| {
        let (props, target) = (props.clone(), target.clone());
        Callback::from(move |_: MouseEvent| {
            done(&props.menu, InputAction::Patch { target: target.clone(), patch: Rc::new(json!({ "spec": spec })) });
        })
    };
    let patch_number = |node: &NodeRef, field: &'static str| {
        let (props, target, node) = (props.clone(), target.clone(), node.clone());
        let act = move || {
            let typed = node.cast::<HtmlInputElement>().and_then(|input| input.value().trim().parse::<i64>().ok());
            let Some(number) = typed else { return };
            done(
                &props.menu,
                InputAction::Patch { target: target.clone(), patch: Rc::new(json!({ "spec": { field: number } })) },
            );
        };
        press_or_enter(act)
    };
    let (set_scale, scale_keys) = patch_number(&scale, "parallelism");
    let (set_deadline, deadline_keys) = patch_number(&deadline, "activeDeadlineSeconds");
    let delete = delete_verb(&props.menu, &target, &cascade, words.delete_job);
    let suspended = job.spec.suspend;
    let deadline_now = job.spec.active_deadline_seconds.map(|seconds| seconds.to_string());
    html! {
        <ul>
            if is_over { <li><small>{ words.job_is_over }</small></li> } else {
                <li><button type="button" class="verb" onclick={patch(json!({ "suspend": !suspended }))}>{ icon(if suspended { "play" } else { "pause" }) }<span>{ if suspended { words.resume } else { words.suspend } }</span></button></li>
                <li>
                    <button type="button" class="verb" onclick={set_scale}>{ icon("expand") }<span class="mono">{ words.scale }</span></button>
                    <label><span class="sr">{ words.scale }</span><input type="number" min="0" max="1000" ref={scale} onkeydown={scale_keys} value={(job.spec.parallelism + 1).to_string()}/></label>
                </li>
                <li>
                    <button type="button" class="verb" onclick={set_deadline}>{ icon("pressure") }<span class="mono">{ words.deadline }</span></button>
                    <label><span class="sr">{ words.deadline }</span><input type="number" min="0" ref={deadline} onkeydown={deadline_keys} value={deadline_now.unwrap_or("60".to_owned())}/></label>
                </li>
            }
            { delete }
        </ul>
    }
}

/// Deletes an object; what becomes of its dependents can be chosen.
fn delete_verb(menu: &FaultMenuProps, target: &ObjectSelector, cascade: &NodeRef, name: &'static str) -> Html {
    const ALL: [Cascade; 3] = [Cascade::Background, Cascade::Foreground, Cascade::Orphan];
    let words = &menu.stage.lang.timeline().menu_words;
    let onclick = {
        let (menu, target, cascade) = (menu.clone(), target.clone(), cascade.clone());
        Callback::from(move |_: MouseEvent| {
            let chosen = cascade.cast::<HtmlSelectElement>().map(|select| select.value());
            let cascade = ALL.into_iter().find(|cascade| Some(cascade.as_str()) == chosen.as_deref());
            done(&menu, InputAction::Delete { target: target.clone(), cascade: cascade.unwrap_or_default() });
        })
    };
    html! {
        <li>
            <button type="button" class="verb" {onclick}>{ icon("trash") }<span>{ name }</span></button>
            <label><span class="sr">{ words.cascade }</span><select ref={cascade.clone()}>
                { for ALL.iter().map(|cascade| html! { <option selected={*cascade == Cascade::default()}>{ cascade.as_str() }</option> }) }
            </select></label>
        </li>
    }
}

fn selector(job: &Job) -> ObjectSelector {
    ObjectSelector { kind: ObjectKind::Job, namespace: None, name: Some(job.meta.name.clone()) }
}
