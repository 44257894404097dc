//! The menus of a pod and of a Job: everything that can be done to it at the playhead, with its numbers; what cannot be
//! done says why.

use super::focus_first;
use super::layout;
use super::tray::{fault_icon, input, plain};
use crate::api::{Job, Pod};
use crate::cluster::input::{Cascade, InputAction, ObjectKind, ObjectSelector};
use crate::time::Time;
use crate::timeline::faults::PodFault;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::{Piece, piece, piece_of_list};
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use crate::web::why::capitalized;
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
}

#[derive(Clone, PartialEq)]
pub(super) struct FaultMenuProps {
    pub(super) stage: Shared<Stage>,
    pub(super) of: MenuTarget,
    pub(super) title: AttrValue,
    pub(super) playhead: Time,
    pub(super) top: f64,
    pub(super) on_close: Callback<()>,
}

impl Piece for FaultMenuProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_fault_menu(self).run(hooks)
    }
}

/// A menu, floating under its row.
#[hook]
fn use_fault_menu(props: &FaultMenuProps) -> Html {
    let words = props.stage.lang.timeline();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.of, move |_| focus_first(&node));
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
    let body = match props.of {
        MenuTarget::Pod(pod) => pod_menu(props, props.stage.recording.pod_at(pod, props.playhead)),
        MenuTarget::Job(job) => piece(JobMenuProps { menu: props.clone(), job }),
    };
    html! {
        <div class="verbs" role="dialog" aria-label={props.title.clone()} ref={node} {onkeydown} ~style={format!("top:{:.0}px", props.top + layout::ROW)}>
            <p class="head"><b>{ props.title.clone() }</b><span>{ words.at }{ " " }{ props.stage.lang.format().clock(props.playhead) }</span>
                <button type="button" class="x" onclick={close} aria-label={words.menu_words.close}>{ icon("close") }</button></p>
            { body }
        </div>
    }
}

fn done(props: &FaultMenuProps, verb: InputAction) {
    props.stage.on_action.emit(Action::AddInput(plain(verb, props.playhead)));
    props.on_close.emit(());
}

fn pod_menu(props: &FaultMenuProps, pod: Option<&Pod>) -> Html {
    html! { <ul>{ for PodFault::ALL.iter().map(|fault| piece_of_list(*fault as u64, PodVerbProps { menu: props.clone(), fault: *fault, pod: pod.cloned().map(Rc::new) })) }</ul> }
}

#[derive(Clone, PartialEq)]
struct PodVerbProps {
    menu: FaultMenuProps,
    fault: PodFault,
    pod: Option<Rc<Pod>>,
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
    let refusal = props.fault.refusal(props.pod.as_deref()).map(|why| capitalized((lang.reason().no_effect)(why)));
    let act = {
        let (props, number) = (props.clone(), number.clone());
        move || {
            let Some(pod) = props.pod.as_deref().filter(|pod| props.fault.refusal(Some(pod)).is_none()) else { return };
            let typed = number.cast::<HtmlInputElement>().and_then(|input| input.value().trim().parse::<i64>().ok());
            let code = i32::try_from(typed.unwrap_or(1)).unwrap_or(1).clamp(1, 255);
            let grace = typed.filter(|seconds| *seconds >= 0);
            let input = input(props.fault, pod, props.menu.playhead, code, grace);
            props.menu.stage.on_action.emit(Action::AddInput(input));
            props.menu.on_close.emit(());
        }
    };
    let onclick = {
        let act = act.clone();
        Callback::from(move |_: MouseEvent| act())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            act();
        }
    });
    let menu_words = &words.menu_words;
    let field = match props.fault {
        PodFault::Fail => Some((menu_words.exit_code, "1", "")),
        PodFault::Delete => Some((menu_words.grace_seconds, "", menu_words.own)),
        PodFault::OomKill | PodFault::Evict | PodFault::NodePressure | PodFault::Preempt => None,
    };
    html! {
        <li>
            <button type="button" class="verb" {onclick} aria-disabled={refusal.is_some().then_some("true")} title={refusal.clone()}>
                { icon(fault_icon(props.fault)) }<span>{ (words.pod_fault)(props.fault) }</span>
            </button>
            if let (Some((label, value, placeholder)), None) = (field, &refusal) {
                <label>{ label }<input type="number" ref={number} min="0" max="3600" {value} {placeholder} {onkeydown}/></label>
            }
            if let Some(why) = refusal { <small>{ why }</small> }
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
        Callback::from(move |_: MouseEvent| {
            let Some(number) =
                node.cast::<HtmlInputElement>().and_then(|input| input.value().trim().parse::<i64>().ok())
            else {
                return;
            };
            done(
                &props.menu,
                InputAction::Patch { target: target.clone(), patch: Rc::new(json!({ "spec": { field: number } })) },
            );
        })
    };
    let delete = {
        let (props, target, cascade) = (props.clone(), target.clone(), cascade.clone());
        Callback::from(move |_: MouseEvent| {
            let chosen = cascade.cast::<HtmlSelectElement>().map(|select| select.value());
            let all = [Cascade::Background, Cascade::Foreground, Cascade::Orphan];
            let cascade =
                all.into_iter().find(|cascade| Some(cascade.as_str()) == chosen.as_deref()).unwrap_or_default();
            done(&props.menu, InputAction::Delete { target: target.clone(), cascade });
        })
    };
    let suspended = job.spec.suspend;
    let deadline_now = job.spec.active_deadline_seconds.map(|seconds| seconds.to_string());
    html! {
        <ul>
            if is_over { <li><small>{ words.job_is_over }</small></li> } else {
                <li><button type="button" class="verb" onclick={patch(json!({ "suspend": !suspended }))}>{ icon(if suspended { "play" } else { "pause" }) }<span>{ if suspended { words.resume } else { words.suspend } }</span></button></li>
                <li>
                    <button type="button" class="verb" onclick={patch_number(&scale, "parallelism")}>{ icon("expand") }<span class="mono">{ words.scale }</span></button>
                    <label><span class="sr">{ words.scale }</span><input type="number" min="0" max="1000" ref={scale} value={(job.spec.parallelism + 1).to_string()}/></label>
                </li>
                <li>
                    <button type="button" class="verb" onclick={patch_number(&deadline, "activeDeadlineSeconds")}>{ icon("pressure") }<span class="mono">{ words.deadline }</span></button>
                    <label><span class="sr">{ words.deadline }</span><input type="number" min="0" ref={deadline} value={deadline_now.unwrap_or("60".to_owned())}/></label>
                </li>
            }
            <li>
                <button type="button" class="verb" onclick={delete}>{ icon("trash") }<span>{ words.delete_job }</span></button>
                <label><span class="sr">{ words.cascade }</span><select ref={cascade}>
                    { for [Cascade::Background, Cascade::Foreground, Cascade::Orphan].iter().map(|cascade| html! { <option selected={*cascade == Cascade::default()}>{ cascade.as_str() }</option> }) }
                </select></label>
            </li>
        </ul>
    }
}

fn selector(job: &Job) -> ObjectSelector {
    ObjectSelector { kind: ObjectKind::Job, namespace: None, name: Some(job.meta.name.clone()) }
}
