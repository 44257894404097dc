//! Fields of a pod template that change nothing here, and what is not checked: one finding for all of them.

use super::{Review, unchecked};
use crate::advice::finding::{About, Finding, mark};
use crate::advice::values::pod_spec;
use crate::manifest::Path;
use crate::manifest::Tier;
use crate::order;
use serde_json::Value;
use std::ops::Range;

/// Fields of a pod's spec that decide something here.
const OF_POD: [&str; 3] = ["restartPolicy", "terminationGracePeriodSeconds", "containers"];
/// Fields of a container that decide something here, or say what it is.
const OF_CONTAINER: [&str; 4] = ["name", "image", "command", "args"];

/// One finding at the first of them, with the names of all. What is not checked is said there too.
pub(super) fn look(review: &mut Review<'_>, written: &Value) {
    let spec = pod_spec(written);
    let mut idle: Vec<(String, Path)> = Vec::new();
    let mut note = |around: &str, fields: &Value, known: &[&str]| {
        let names = fields.as_object().into_iter().flatten().map(|(name, _)| name);
        for name in names.filter(|name| !known.contains(&name.as_str())) {
            // Where it stands first is enough: to look a place up takes time.
            if idle.iter().all(|(noted, _)| noted != name) {
                idle.push((name.clone(), review.path(&format!("template.spec{around}")).joined(name)));
            }
        }
    };
    for (number, container) in spec["containers"].as_array().into_iter().flatten().enumerate() {
        note(&format!(".containers[{number}]"), container, &OF_CONTAINER);
    }
    note("", spec, &OF_POD);
    let reading = review.fixer.reading;
    let place = |path: &Path| reading.key_span(&review.fixer.place(path));
    let mut placed: Vec<(Range<usize>, String)> =
        idle.into_iter().filter_map(|(name, path)| Some((place(&path)?, name))).collect();
    order::sort_by_key(&mut placed, |(span, _)| span.start);
    let unchecked = unchecked::of(written);
    let namespace =
        || unchecked.first().map(|_| mark(reading, &review.fixer.place(&Path::parse("metadata.namespace"))));
    let Some(span) = placed.first().map(|(span, _)| span.clone()).or_else(namespace) else { return };
    let about = About::Idle { fields: placed.into_iter().map(|(_, name)| name).collect(), unchecked };
    review.findings.push(Finding { span, tier: Tier::NotModelled, about, quote: None, fixes: Vec::new() });
}
