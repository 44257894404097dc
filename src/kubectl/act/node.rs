//! `kubectl cordon`, `uncordon`, `drain` and `taint` (K22, K26).

use crate::api::{Node, Pod, TaintEffect};
use crate::cluster::input::{Input, InputAction, TaintChange};
use crate::kubectl::command::{Cordon, Drain, DryRun, Taint};
use crate::kubectl::listing::Listing;
use crate::kubectl::response::{Printed, Response};
use crate::kubectl::select;
use crate::kubectl::snapshot::Namespaces;
use crate::kubectl::usage_error::UsageError;
use crate::kubectl::world::World;

/// The nodes of a command that names them.
fn nodes<'a>(
    selection: &crate::kubectl::command::Selection,
    world: &World<'a>,
    printed: &mut Printed,
) -> Vec<&'a Node> {
    let found = select::found(selection, world, printed);
    found
        .into_iter()
        .flat_map(|(_, listing)| match listing {
            Listing::Nodes(nodes) => nodes,
            _ => Vec::new(),
        })
        .collect()
}

/// Makes nodes take no new pods, or take them again.
pub(in crate::kubectl) fn cordon(command: &Cordon, world: &World<'_>) -> Result<Response, UsageError> {
    let mut outcome = Response::default();
    for node in nodes(&command.selection, world, &mut outcome.printed) {
        let word = if command.is_cordon { "cordoned" } else { "uncordoned" };
        let is_so = node.unschedulable == command.is_cordon;
        let already = if is_so { "already " } else { "" };
        outcome.printed.stdout += &format!("node/{} {already}{word}{}\n", node.name, command.dry_run.suffix());
        if !is_so && command.dry_run == DryRun::None {
            let name = node.name.clone();
            let action = if command.is_cordon { InputAction::Cordon(name) } else { InputAction::Uncordon(name) };
            outcome.inputs.push(Input::new(world.snapshot.at, action));
        }
    }
    Ok(outcome)
}

/// Drains nodes. All pods here belong to Jobs, so that `--force` and `--ignore-daemonsets` decide nothing; pods with an
/// emptyDir stay unless `--delete-emptydir-data` is given. Upstream: kubectl/pkg/drain.
pub(in crate::kubectl) fn drain(command: &Drain, world: &World<'_>) -> Result<Response, UsageError> {
    let snapshot = &world.snapshot;
    let mut outcome = Response::default();
    for node in nodes(&command.selection, world, &mut outcome.printed) {
        let name = &node.name;
        let already = if node.unschedulable { "already " } else { "" };
        outcome.printed.stdout += &format!("node/{name} {already}cordoned{}\n", command.dry_run.suffix());
        let pods = snapshot.pods(&Namespaces::All);
        let here: Vec<&Pod> = pods.into_iter().filter(|pod| snapshot.node_of(pod) == Some(&**name)).collect();
        let keeps = |pod: &&&Pod| !command.deletes_local_data && has_local_data(pod) && !pod.phase.is_terminal();
        let kept: Vec<String> = here
            .iter()
            .filter(keeps)
            .map(|pod| format!("{}/{}", pod.birth.namespace, snapshot.pod_name(pod)))
            .collect();
        if !kept.is_empty() {
            let why = format!(
                "cannot delete Pods with local storage (use --delete-emptydir-data to override): {}",
                kept.join(", ")
            );
            outcome.printed.fail(&format!(
                "error: unable to drain node \"{name}\" due to error: {why}, continuing command...\nThere are pending nodes \
                 to be drained:\n {name}\n{why}"
            ));
            if !node.unschedulable && command.dry_run == DryRun::None {
                outcome.inputs.push(Input::new(snapshot.at, InputAction::Cordon(name.clone())));
            }
            continue;
        }
        for pod in &here {
            let (namespace, pod) = (&pod.birth.namespace, snapshot.pod_name(pod));
            outcome.printed.stdout += &format!("evicting pod {namespace}/{pod}{}\n", command.dry_run.suffix());
        }
        if command.dry_run == DryRun::None {
            for pod in &here {
                outcome.printed.stdout += &format!("pod/{} evicted\n", snapshot.pod_name(pod));
            }
            outcome.inputs.push(Input::new(snapshot.at, InputAction::Drain(name.clone())));
        }
        outcome.printed.stdout += &format!("node/{name} drained{}\n", command.dry_run.suffix());
    }
    Ok(outcome)
}

fn has_local_data(pod: &Pod) -> bool {
    let volumes = pod.birth.template.spec.value["volumes"].as_array();
    volumes.into_iter().flatten().any(|volume| !volume["emptyDir"].is_null())
}

/// Sets and takes away taints. Upstream: kubectl/pkg/cmd/taint.
pub(in crate::kubectl) fn taint(command: &Taint, world: &World<'_>) -> Result<Response, UsageError> {
    let mut outcome = Response::default();
    for node in nodes(&command.selection, world, &mut outcome.printed) {
        let name = &node.name;
        let known = |key: &str, effect: Option<TaintEffect>| {
            node.taints.iter().any(|taint| *taint.key == *key && effect.is_none_or(|effect| taint.effect == effect))
        };
        let (mut adds, mut removes, mut failed) = (false, false, false);
        for change in &command.changes {
            match change {
                TaintChange::Add(taint) => {
                    adds = true;
                    if known(&taint.key, Some(taint.effect)) && !command.overwrite {
                        let key = &taint.key;
                        let text = format!(
                            "node {name} already has {key} taint(s) with same effect(s) and --overwrite is false"
                        );
                        outcome.printed.fail(&format!("error: {text}"));
                        failed = true;
                    }
                }
                TaintChange::Remove { key, effect } => {
                    removes = true;
                    if !known(key, *effect) {
                        let of = effect.map_or_else(String::new, |effect| format!(":{}", effect.as_str()));
                        outcome.printed.fail(&format!("error: taint \"{key}{of}\" not found"));
                        failed = true;
                    }
                }
            }
        }
        if failed {
            continue;
        }
        let word = match (adds, removes) {
            (true, true) => "modified",
            (true, false) => "tainted",
            _ => "untainted",
        };
        outcome.printed.stdout += &format!("node/{name} {word}{}\n", command.dry_run.suffix());
        if command.dry_run == DryRun::None {
            for change in &command.changes {
                let action = InputAction::Taint { node: name.clone(), change: change.clone() };
                outcome.inputs.push(Input::new(world.snapshot.at, action));
            }
        }
    }
    Ok(outcome)
}
