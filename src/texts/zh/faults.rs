//! What can be done to nodes, and to what pods name, in Simplified Chinese.

use crate::explain::Supply;
use crate::texts::timeline::FaultWords;
use crate::timeline::node_faults::NodeFault;

pub(super) static FAULTS: FaultWords = FaultWords {
    all: |count| format!("全部 {count} 种"),
    fewer: "收起",
    groups: ["Pod", "节点", "集群"],
    node: |fault| match fault {
        NodeFault::Drain => "排空节点",
        NodeFault::Cordon => "设为不可调度",
        NodeFault::Uncordon => "恢复可调度",
        NodeFault::Taint => "加污点",
        NodeFault::Untaint => "去污点",
        NodeFault::Lost => "节点失联",
        NodeFault::Back => "节点恢复",
        NodeFault::Delete => "删除节点",
    },
    node_on: |fault, node| match fault {
        NodeFault::Drain => format!("排空 {node}：不再接收新的 Pod，并驱逐其上的 Pod"),
        NodeFault::Cordon => format!("{node} 不再接收新的 Pod"),
        NodeFault::Uncordon => format!("{node} 重新接收新的 Pod"),
        NodeFault::Taint => format!("给 {node} 加上污点 {}", NodeFault::taint()),
        NodeFault::Untaint => format!("去掉 {node} 的一个污点"),
        NodeFault::Lost => format!("{node} 无法再联系 API 服务器"),
        NodeFault::Back => format!("{node} 重新联系上 API 服务器"),
        NodeFault::Delete => format!("删除 {node}：机器不复存在"),
    },
    needs_node: "节点故障需要有节点",
    add_node: "添加节点",
    supply: |supply| match supply {
        Supply::ImageFails(_) => "镜像拉取失败",
        Supply::ImageThere(_) => "补上镜像",
        Supply::ObjectMissing(_) => "缺失对象",
        Supply::ObjectThere(_) => "补上对象",
    },
    supply_on: |supply| match supply {
        Supply::ImageFails(image) => format!("从一开始就无法拉取 {image}"),
        Supply::ImageThere(pattern) => format!("从现在起可以拉取 {pattern}"),
        Supply::ObjectMissing(object) => format!("从一开始就没有 {object}"),
        Supply::ObjectThere(object) => format!("从现在起有 {object}"),
    },
    taint: "污点",
};
