//! Fields of a pod template that change nothing here: told in one line.

use super::Speaker;
use crate::advice::causes::pod_spec;
use crate::advice::finding::{About, Finding, Tier};
use serde_json::Value;
use std::ops::Range;

/// Fields of a pod's spec that decide something here.
const OF_POD: [&str; 3] = ["restartPolicy", "terminationGracePeriodSeconds", "containers"];
/// Fields of a container that decide something here, or say what it is.
const OF_CONTAINER: [&str; 4] = ["name", "image", "command", "args"];

/// One finding at the first of them, with the names of all.
pub(super) fn look(speaker: &mut Speaker<'_>, written: &Value) {
    let spec = pod_spec(written);
    let mut idle: Vec<(Range<usize>, String)> = Vec::new();
    let mut note = |around: &str, fields: &Value, known: &[&str]| {
        let names = fields.as_object().into_iter().flatten().map(|(name, _)| name);
        for name in names.filter(|name| !known.contains(&name.as_str())) {
            let path = speaker.path(&format!("template.spec{around}")).joined(name);
            idle.extend(speaker.mender.reading.key_span(&speaker.mender.place(&path)).map(|span| (span, name.clone())));
        }
    };
    note("", spec, &OF_POD);
    for (number, container) in spec["containers"].as_array().into_iter().flatten().enumerate() {
        note(&format!(".containers[{number}]"), container, &OF_CONTAINER);
    }
    idle.sort_by_key(|(span, _)| span.start);
    let Some((span, _)) = idle.first().cloned() else { return };
    let mut names: Vec<String> = Vec::new();
    for (_, name) in idle {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let about = About::Idle(names);
    speaker.findings.push(Finding { span, tier: Tier::NotModelled, about, quote: None, fixes: Vec::new() });
}
