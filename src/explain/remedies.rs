//! Changes of the text that may let a pod start that is kept back, or put an end to its wait.

use super::film::Film;
use super::intervention::Intervention;
use super::kept_back;
use super::origin::ObjectSource;
use super::spec_field::{ContainerField, SpecField};
use crate::api::{ContainerPlace, Job, PodId, PodSpec, Taint};
use crate::cluster::reason::StepId;
use crate::cluster::scheduler::{Obstacle, Refusals};
use crate::cluster::told::Told;
use serde_json::{Value, json};

/// How long a Job without a deadline is given, in seconds.
const DEADLINE: i64 = 300;

/// Changes for a pod that is kept back, the most instructive first.
pub(super) fn remedies(
    film: Film<'_>,
    step: StepId,
    told: &Told,
    pod: PodId,
    source: ObjectSource,
    job: &Job,
) -> Vec<Intervention> {
    let Some(object) = film.pod(pod, step) else { return Vec::new() };
    let spec = &object.birth.template.spec;
    let set = |field, value| Intervention::Field { source, field, value };
    let mut changes = match told {
        Told::Unschedulable { .. } | Told::UnschedulableAgain { .. } => {
            film.refusals(step).map_or_else(Vec::new, |all| for_refusals(all, spec, job, &set))
        }
        Told::PullFailed { .. } | Told::BackOffPulling(_) | Told::Pulling(_) => {
            vec![Intervention::WithoutCluster("images")]
        }
        Told::ConfigMissing { .. } | Told::MountFailed { .. } => vec![Intervention::WithoutCluster("missing")],
        Told::MarkedForDeletion(_) => {
            let taint = kept_back::driving_taint(film, step, object);
            taint.into_iter().map(|taint| set(SpecField::Tolerations, tolerating(job, &taint))).collect()
        }
        _ => return Vec::new(),
    };
    if job.spec.active_deadline_seconds.is_none() {
        changes.push(set(SpecField::ActiveDeadlineSeconds, json!(DEADLINE)));
    }
    changes
}

fn for_refusals(
    refusals: &Refusals,
    spec: &PodSpec,
    job: &Job,
    set: &impl Fn(SpecField, Value) -> Intervention,
) -> Vec<Intervention> {
    let mut changes: Vec<Intervention> = Vec::new();
    let mut add = |change: Intervention| {
        if !changes.contains(&change) {
            changes.push(change);
        }
    };
    for obstacle in refusals.first.iter().flat_map(|(_, obstacles)| obstacles) {
        match obstacle {
            Obstacle::Insufficient { resource, .. } => {
                let most = refusals.first.iter().flat_map(|(_, obstacles)| obstacles).filter_map(|other| match other {
                    Obstacle::Insufficient { resource: of, free, .. } if of == resource => Some(*free),
                    _ => None,
                });
                less(spec, resource, most.max().unwrap_or(0))
                    .into_iter()
                    .for_each(|(field, value)| add(set(field, value)));
            }
            Obstacle::Taint(taint) => add(set(SpecField::Tolerations, tolerating(job, taint))),
            Obstacle::Selector => {
                add(set(SpecField::NodeSelector, Value::Null));
                add(set(SpecField::Affinity, Value::Null));
            }
            Obstacle::Affinity | Obstacle::AntiAffinity => add(set(SpecField::Affinity, Value::Null)),
            Obstacle::Spread | Obstacle::SpreadLabel => add(set(SpecField::TopologySpread, Value::Null)),
            Obstacle::Cordoned | Obstacle::Ports | Obstacle::TooManyPods { .. } | Obstacle::OthersAntiAffinity => {}
        }
    }
    changes
}

/// Smaller requests for a resource: what is free at most on a node, and a quarter of what is asked for.
fn less(spec: &PodSpec, resource: &str, free: i64) -> Vec<(SpecField, Value)> {
    let asking = spec.containers.iter().zip(0..).max_by_key(|(one, _)| one.requests.of(resource));
    let Some((container, place)) = asking else { return Vec::new() };
    let own = container.requests.of(resource);
    let field = SpecField::OfContainer(ContainerPlace::Regular(place), ContainerField::requesting(resource));
    if own <= 0 || field.name() == "requests" {
        return Vec::new();
    }
    let others = spec.placement.requests.of(resource) - own;
    let fits = [free - others, own / 4].into_iter().filter(|amount| *amount > 0 && *amount < own);
    fits.map(|amount| (field, json!(quantity(resource, amount)))).collect()
}

/// A quantity as one would write it: `500m`, `2`, `512Mi`.
fn quantity(resource: &str, amount: i64) -> String {
    const MEBIBYTE: i64 = 1 << 20;
    match resource {
        "cpu" if amount % 1000 == 0 => (amount / 1000).to_string(),
        "cpu" => format!("{amount}m"),
        _ if amount >= MEBIBYTE => format!("{}Mi", amount / MEBIBYTE),
        _ => amount.to_string(),
    }
}

/// The tolerations of a Job's pods, and one for this taint.
fn tolerating(job: &Job, taint: &Taint) -> Value {
    let written = job.spec.field(&["template", "spec", "tolerations"]).and_then(Value::as_array);
    let mut tolerations = written.cloned().unwrap_or_default();
    tolerations.push(json!({ "key": &*taint.key, "operator": "Exists", "effect": taint.effect.as_str() }));
    Value::Array(tolerations)
}
