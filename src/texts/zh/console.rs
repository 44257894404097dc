//! Chinese words of the console.

use crate::texts::console::ConsoleWords;

pub(in crate::texts) static CONSOLE: ConsoleWords = ConsoleWords {
    help: "\
kubectl …                get、describe、logs、events、wait、explain、create、apply、patch、delete、drain……
time                     现在几点；time +5m、time -30s、time 1:30 跳到那里
next、back               到下一个事件、上一个事件；也可以写 next 5
why [pod/NAME]           解释一个对象为什么是这样，或者刚才发生了什么
inject FAULT pod/NAME    fail [CODE]、oom、evict、pressure、preempt、delete
inject FAULT node/NAME   drain、cordon、uncordon、taint、untaint、lost、back、remove
inject restart           重启 kube-controller-manager
undo、redo               撤销、重做文本的上一次改动
reset                    去掉全部输入，回到开头
share                    生成包含这一切的链接
history、clear           输入过的命令；清空控制台
管道后面可以用 grep、head、tail、wc、sort；&& || ; $(…) 和变量与 shell 相同
",
    not_a_time: |text| format!("`{text}` 不是时间，要写成 +5m、-30s、90s、1:30"),
    no_such_object: |name| match name {
        "" => "是哪个 Pod 或节点？".to_owned(),
        name => format!("`{name}` 不存在"),
    },
    no_such_fault: |name| {
        let said = if name.is_empty() { String::new() } else { format!("没有名为 `{name}` 的故障。") };
        format!(
            "{said}Pod：fail、oom、evict、pressure、preempt、delete。节点：drain、cordon、uncordon、taint、untaint、lost、back、remove。或者：restart"
        )
    },
    not_a_number: |text| format!("`{text}` 不是事件数"),
    too_many: |word| format!("`{word}` 是什么？"),
    prompt: "命令，在播放头所在的时刻执行",
    log: "控制台",
    invitation: "在播放头所在的时刻，对这个集群执行 kubectl。做出改动的命令会成为 Scenario 里的一行。",
    tries: "试试：",
    added: "已加入 Scenario：从这里起是一次新的运行。",
    undo: "撤销",
    follows: "随播放头继续",
    stop: "停止",
    waits: "等待录制完成",
    copy: "复制",
    clear: "清空",
    run: "执行",
    earlier: |count| format!("前面还有 {count} 条命令"),
    more_lines: |count| format!("还有 {count} 行"),
    completions: "补全",
    tab_takes: "按 Tab 采用",
    run_this: |command| format!("在控制台里执行：{command}"),
    locked: "error: 在这一步不能做任何改动",
    broken: "error: 文本有错误，改好之前不能加入任何操作",
    show: |name| format!("在时间线上显示 {name}"),
    explain: |status, name| format!("{name} 为什么是 {status}？"),
};
