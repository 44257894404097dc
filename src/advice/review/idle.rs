//! Fields of a pod template that change nothing here, what is taken for granted, and what is not checked: one finding for
//! all of them.

use super::{Review, unchecked};
use crate::advice::field_info::is_modelled;
use crate::advice::finding::{About, Finding, mark};
use crate::advice::references::{containers, items};
use crate::advice::values::pod_spec;
use crate::manifest::Path;
use crate::manifest::Tier;
use crate::order;
use serde_json::Value;
use std::ops::Range;

/// Fields of a pod's spec that decide which node it gets, where nodes have limits.
const OF_PLACEMENT: [&str; 6] =
    ["nodeSelector", "affinity", "topologySpreadConstraints", "schedulingGates", "preemptionPolicy", "overhead"];

/// Whether a field of a pod's spec decides something with this value.
fn decides_in_pod(name: &str, value: &Value, has_nodes: bool) -> bool {
    match name {
        "volumes" => items(value).any(|volume| {
            ["configMap", "secret", "persistentVolumeClaim"].iter().any(|source| volume[source].is_object())
        }),
        "securityContext" => value["runAsNonRoot"] == true,
        _ => is_modelled("PodSpec", name) && (has_nodes || !OF_PLACEMENT.contains(&name)),
    }
}

/// Whether a field of a container decides something with this value.
fn decides_in_container(name: &str, value: &Value, has_nodes: bool) -> bool {
    match name {
        "env" => items(value).any(|variable| {
            ["configMapKeyRef", "secretKeyRef"].iter().any(|source| variable["valueFrom"][source].is_object())
        }),
        "lifecycle" => value["preStop"].is_object(),
        "securityContext" => value["runAsNonRoot"] == true,
        "resources" => has_nodes,
        "ports" => has_nodes && items(value).any(|port| port["hostPort"].is_number()),
        _ => is_modelled("Container", name),
    }
}

/// One finding at the first of them, with the names of all.
pub(super) fn look(review: &mut Review<'_>, written: &Value) {
    let spec = pod_spec(written);
    let has_nodes = review.fixer.reading.scenario.has_nodes();
    let mut idle: Vec<(String, Path)> = Vec::new();
    let mut note = |around: &str, fields: &Value, decides: fn(&str, &Value, bool) -> bool| {
        for (name, value) in fields.as_object().into_iter().flatten() {
            // Where it stands first is enough: to look a place up takes time.
            if !decides(name, value, has_nodes) && idle.iter().all(|(noted, _)| noted != name) {
                idle.push((name.clone(), review.path(&format!("template.spec{around}")).joined(name)));
            }
        }
    };
    for (path, container) in containers(spec) {
        note(&format!(".{path}"), container, decides_in_container);
    }
    note("", spec, decides_in_pod);
    let reading = review.fixer.reading;
    let place = |path: &Path| reading.key_span(&review.fixer.place(path));
    let mut placed: Vec<(Range<usize>, String)> =
        idle.into_iter().filter_map(|(name, path)| Some((place(&path)?, name))).collect();
    order::sort_by_key(&mut placed, |(span, _)| span.start);
    let unchecked = unchecked::of(written, &reading.scenario);
    let first_unchecked = || {
        let spans = unchecked.iter().map(|(_, path)| {
            let path = path.as_ref().map_or_else(|| Path::parse("metadata.namespace"), |path| review.path(path));
            mark(reading, &review.fixer.place(&path))
        });
        spans.min_by_key(|span| span.start)
    };
    let Some(span) = placed.first().map(|(span, _)| span.clone()).or_else(first_unchecked) else { return };
    let fields = placed.into_iter().map(|(_, name)| name).collect();
    let about = About::Idle { fields, unchecked: unchecked.into_iter().map(|(what, _)| what).collect() };
    review.findings.push(Finding { span, tier: Tier::NotModelled, about, quote: None, fixes: Vec::new() });
}
