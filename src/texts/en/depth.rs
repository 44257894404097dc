//! English words of pods in depth.

use crate::api::ContainerRole;
use crate::texts::timeline::DepthWords;
use crate::timeline::nodes::RowsBy;

pub(super) static DEPTH: DepthWords = DepthWords {
    rows: "Rows",
    by: |by| match by {
        RowsBy::Pod => "by pod",
        RowsBy::Node => "by node",
    },
    too_many: "Too many nodes to have a row each",
    role: |role| match role {
        ContainerRole::Init => "init",
        ContainerRole::Sidecar => "sidecar",
        ContainerRole::Regular => "main",
    },
    running: "running",
    stopped: "stopped, counts as nothing",
    pulls: |number| if number == 1 { "1 pull".to_owned() } else { format!("{number} pulls") },
    counts_as_nothing: "counts as nothing",
    no_node: "No node",
    waits_for_node: "waits for a node",
    cpu: |reserved, all| match all {
        Some(all) => format!("cpu {reserved} of {all}"),
        None => format!("cpu {reserved}"),
    },
    closed: "takes no new pods",
    taint: "taint",
    lost: "lost",
    no_news: "Running, no news",
    unheard_stop: ["is to stop: waits until the node is back or deleted", "waits for the node"],
    strip: |node, cpu| format!("{node}, reserved: {cpu}"),
};
