//! Chinese words of pods in depth.

use crate::api::ContainerRole;
use crate::texts::timeline::DepthWords;
use crate::timeline::nodes::RowsBy;

pub(super) static DEPTH: DepthWords = DepthWords {
    rows: "行",
    by: |by| match by {
        RowsBy::Pod => "按 Pod",
        RowsBy::Node => "按节点",
    },
    too_many: "节点太多，无法各占一行",
    role: |role| match role {
        ContainerRole::Init => "init",
        ContainerRole::Sidecar => "sidecar",
        ContainerRole::Regular => "主容器",
    },
    running: "运行中",
    stopped: "被停止，什么也不计入",
    pulls: |number| format!("拉取 {number} 次"),
    counts_as_nothing: "什么也不计入",
    no_node: "没有节点",
    waits_for_node: "等待节点",
    cpu: |reserved, all| match all {
        Some(all) => format!("cpu {reserved} / {all}"),
        None => format!("cpu {reserved}"),
    },
    closed: "不接收新 Pod",
    taint: "污点",
    lost: "失联",
    no_news: "Running，没有消息",
    unheard_stop: ["应停止：等节点恢复或被删除", "等待节点"],
    strip: |node, cpu| format!("{node}，已预留 {cpu}"),
};
