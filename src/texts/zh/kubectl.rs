//! Chinese words beside those of kubectl.

use crate::texts::kubectl::KubectlWords;

pub(in crate::texts) static KUBECTL: KubectlWords = KubectlWords {
    not_modelled: |what| format!("error: 这里没有模拟：{what}"),
    returns: |at| format!("在 {at} 返回"),
    never_again: "永远不会发生：这次运行已经没有后续",
    ended_as: |job, condition, at| format!("永远不会发生：Job {job} 从 {at} 起已是 {condition}，不会再有别的状况可等"),
    later: |at| format!("要到 {at} 才会发生"),
    beyond_recording: |at| format!("录制在 {at} 结束"),
    simulated_log: "模拟输出：无法得知这个程序会输出什么",
    cut_short: |count| format!("还有 {count} 个变化"),
    not_of_this_shell: |what| format!("error: {what}：这个 shell 只认识命令、管道、连接命令的符号和 $(…)"),
    too_much: "error: 要做的太多，这里一次做不完",
    unfinished_line: "error: 引号或括号没有闭合",
};
