//! The menu of a CronJob: what people do to one with kubectl.

use super::{FaultMenuProps, delete_verb, done, press_or_enter};
use crate::api::{CronJob, CronJobId};
use crate::cluster::input::{InputAction, ObjectKind, ObjectSelector};
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use serde_json::{Value, json};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct CronJobMenuProps {
    pub(super) menu: FaultMenuProps,
    pub(super) cron_job: CronJobId,
}

impl Piece for CronJobMenuProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_cron_job_menu(self).run(hooks)
    }
}

#[hook]
fn use_cron_job_menu(props: &CronJobMenuProps) -> Html {
    let words = &props.menu.stage.lang.timeline().menu_words;
    let (schedule, cascade) = (use_node_ref(), use_node_ref());
    let Some(cron_job) = props.menu.stage.recording.cron_job_at(props.cron_job, props.menu.playhead) else {
        return html! { <ul><li><small>{ words.cron_job_is_gone }</small></li></ul> };
    };
    let name = cron_job.meta.name.clone();
    let target = ObjectSelector { kind: ObjectKind::CronJob, namespace: None, name: Some(name) };
    let act = |action: InputAction| {
        let menu = props.menu.clone();
        Callback::from(move |_: MouseEvent| done(&menu, action.clone()))
    };
    let suspended = cron_job.spec.suspend;
    let patch = Rc::new(json!({ "spec": { "suspend": !suspended } }));
    let switch = act(InputAction::Patch { target: target.clone(), patch });
    let run_now = act(InputAction::Create(Rc::new(manual_job(props, cron_job))));
    let change = {
        let (menu, target, schedule) = (props.menu.clone(), target.clone(), schedule.clone());
        move || {
            let Some(typed) = schedule.cast::<HtmlInputElement>().map(|input| input.value()) else { return };
            let patch = Rc::new(json!({ "spec": { "schedule": typed.trim() } }));
            done(&menu, InputAction::Patch { target: target.clone(), patch });
        }
    };
    let (onclick, onkeydown) = press_or_enter(change);
    html! {
        <ul>
            <li><button type="button" class="verb" onclick={switch}>{ icon(if suspended { "play" } else { "pause" }) }<span>{ if suspended { words.resume } else { words.suspend } }</span></button></li>
            <li><button type="button" class="verb" onclick={run_now}>{ icon("bolt") }<span>{ words.run_now }</span></button></li>
            <li>
                <button type="button" class="verb" {onclick}>{ icon("pen") }<span class="mono">{ "schedule" }</span></button>
                <label><span class="sr">{ words.schedule }</span><input class="mono wide" ref={schedule} {onkeydown} value={cron_job.spec.schedule.to_string()}/></label>
            </li>
            { delete_verb(&props.menu, &target, &cascade, words.delete_cron_job) }
        </ul>
    }
}

/// The manifest that `kubectl create job --from=cronjob/NAME` sends. The first name that no Job of the run has.
fn manual_job(props: &CronJobMenuProps, cron_job: &CronJob) -> Value {
    let template = &cron_job.spec.value["jobTemplate"];
    let jobs = &props.menu.stage.timeline.jobs;
    let names = (1..).map(|number| format!("{}-manual-{number}", cron_job.meta.name));
    let name = names.into_iter().find(|name| jobs.iter().all(|track| *track.name != **name));
    let mut metadata = json!({
        "name": name,
        "annotations": { "cronjob.kubernetes.io/instantiate": "manual" },
        "ownerReferences": [{
            "apiVersion": "batch/v1",
            "kind": "CronJob",
            "name": &*cron_job.meta.name,
            "uid": cron_job.id.to_string(),
            "controller": true,
        }],
    });
    if *cron_job.meta.namespace != *"default" {
        metadata["namespace"] = json!(&*cron_job.meta.namespace);
    }
    if let Value::Object(annotations) = &template["metadata"]["annotations"] {
        for (key, value) in annotations {
            metadata["annotations"][key] = value.clone();
        }
    }
    if let labels @ Value::Object(_) = &template["metadata"]["labels"] {
        metadata["labels"] = labels.clone();
    }
    json!({ "apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": template["spec"] })
}
