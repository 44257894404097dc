//! The table of the cluster in Simplified Chinese.

use crate::cluster::inventory::Inventory;
use crate::explain::Room;
use crate::texts::cluster::ClusterWords;
use crate::texts::format::{NO_BREAK, amount, count};
use crate::texts::sentence::{Sentence, code, say};

pub(in crate::texts) static CLUSTER: ClusterWords = ClusterWords {
    cluster: "集群",
    node: "节点",
    add: [("节点", "添加节点"), ("镜像", "添加镜像"), ("对象", "添加缺失的对象")],
    heads: ["拉取失败或缓慢的镜像", "缺失的对象"],
    empty: ["无：所有镜像都已在每个节点上", "无：Pod 引用的对象都存在"],
    none: "无",
    for_ever: "永远",
    field: |field, line| format!("{line} 的 {field}"),
    number_keys: "↑ ↓，或左右拖动",
    remove: |line| format!("移除 {line}"),
    more: |lines| format!("情景中还有 {} 行", count(lines as i64)),
    unreadable: "情景无法读取，因此没有表格。",
    unlimited: || say!("*任何 Pod 都放得下*：只有一个没有上限的节点 {}。", code(Inventory::ONLY_NODE)),
    no_nodes: || say!("*没有节点*：任何 Pod 都无法启动。"),
    room,
};

fn number(number: usize, of: &str) -> String {
    format!("{}{NO_BREAK}个{of}", count(number as i64))
}

fn room(room: &Room) -> Sentence {
    let pods = number(room.pods, " Pod");
    let nodes = number(room.nodes, "节点");
    let room_for_them = match &room.resource {
        Some(resource) => {
            let of = |amount_of: i64| amount(resource.name, amount_of);
            let asked = format!("{}{NO_BREAK}{}", of(resource.asked), resource.name);
            let asked = say!("同时最多 *{}*，共请求 *{}*", pods, asked);
            match room.nodes {
                0 => asked.and("", say!("；*没有节点*可以接收")),
                _ => asked.and("", say!("；*{}*共提供 *{}*", nodes, of(resource.offered))),
            }
        }
        None => {
            let asked = say!("同时最多 *{}*，不请求 cpu 和 memory", pods);
            match room.nodes {
                0 => asked.and("", say!("；*没有节点*可以接收")),
                _ => asked.and("", say!("；*{}*最多容纳 *{}*", nodes, number(room.most_pods as usize, " Pod"))),
            }
        }
    };
    let too_large = room.too_large.as_ref().map(|resource| {
        let of = |amount_of: i64| amount(resource.name, amount_of);
        let one = format!("{}{NO_BREAK}{}", of(resource.asked), resource.name);
        say!("。但*一个 Pod 请求 {}*，单个节点最多 *{}*：哪里都放不下", one, of(resource.offered))
    });
    let kept = room
        .kept
        .as_ref()
        .map(|(kept, taint)| say!("，另有 {}只接收容忍 {} 的 Pod", number(*kept, "节点"), code(&*taint.key)));
    room_for_them.and("", kept.unwrap_or_default()).and("", too_large.unwrap_or_default()).and("", say!("。"))
}
