//! The page in Chinese.

use super::examples::EXAMPLES;
use super::format::FORMAT;
use super::keys::KEYS;
use crate::recording::FullOf;
use crate::texts::format::count;
use crate::texts::page::{AboutWords, PageWords};

pub(in crate::texts) static PAGE: PageWords = PageWords {
    product: "Job Playground",
    skip: ["跳到规约", "跳到时间线", "跳到原因", "跳到详情"],
    untitled: "未命名",
    examples: "示例",
    example_groups: &EXAMPLES,
    search_examples: "报错、字段或现象",
    no_example: "没有示例包含这些词。",
    paste: "粘贴我的 Job",
    purpose: "粘贴一个 Kubernetes Job，弄坏它，看控制器怎么做，回放，再问为什么。内容不会离开你的浏览器。",
    models: "模拟 Kubernetes 1.36",
    about: AboutWords {
        simulated: "模拟的部分",
        simulated_list: &[
            "Job 控制器：回退、各种上限、期限、Indexed Job、各种策略、挂起、Finalizer、计数",
            "CronJob 控制器、TTL-after-finished 控制器、垃圾收集",
            "驱逐和删除，以及它们的宽限期",
            "调度器：容量有限的节点、污点、亲和性、拓扑分布、抢占；节点的排空与失联",
            "kubelet：拉取镜像、Init 容器、边车、探针、preStop 钩子、重启规则，以及让容器无法启动的原因",
            "API 服务器的默认值、校验，以及哪些字段可以更改",
        ],
        not_simulated: "不模拟的部分：真实集群在这里会有不同",
        not_simulated_list: &[
            "kubelet 一两秒的滞后，以及重启等待的抖动",
            "干扰预算、Pod 数量以外的配额、Webhook、LimitRange、Pod 安全",
            "不写 cluster.nodes 时每个 Pod 都能找到节点；清单里引用的对象，没有写明缺失的都算存在",
            "除了缺失的 ConfigMap、Secret 和存储卷申领，不模拟存储卷；也不模拟设备、资源申领和 RuntimeClass",
            "节点的内存或磁盘不足：镜像的大小，以及节点自行驱逐哪些 Pod",
            "领导者选举、客户端限流、垃圾收集所用的几秒",
            "容器里的程序不会真正执行",
        ],
        judge: "评判依据",
        judged: |cases| {
            format!(
                "与 Kubernetes 1.36.3 原版控制器、调度器、kubelet、API 服务器和 kubectl 的 {} 份录制结果一致。",
                count(cases as i64)
            )
        },
        report: "报告差异",
        report_how: "请附上文本的链接（分享），以及真实集群的表现。",
    },
    share: "分享",
    theme: "浅色或深色",
    themes: ["跟随系统", "浅色", "深色"],
    help: "帮助与快捷键",
    undo: "撤销",
    redo: "重做",
    close: "关闭",

    spec_region: "声明",
    stage_region: "运行过程",
    detail_region: "播放头处的详情",

    spec: "规约",
    scenario: "情景",
    refused: "API 服务器拒绝：",
    run_before: |name| format!("现在的文本被拒绝。这里显示的是之前的运行：{name}"),
    no_scenario: "还没有外部事件；每个程序运行 10 秒（Init 容器 2 秒）后以 0 退出，或者按其命令所写的运行。在时间线上制造一次故障，就会记录在这里。",
    begin_scenario: "开始写情景",

    playback: "播放",
    start: "回到开头",
    true_scale: "真实时间比例",
    zoom: ["缩小", "放大", "显示整个运行"],
    story_or_rows: ["经过", "时间线"],
    speed: "速度",
    beat: "逐个事件",
    announce: |at, number, count, what| format!("{at}，第 {number} 步，共 {count} 步。{what}"),
    voice: "每一步之后，读屏软件读出",
    voices: ["发生了什么", "时间和步数", "什么都不读"],
    played: |events, last| format!("播放了 {events} 个事件。{last}"),

    details: ["事件", "状态", "YAML", "控制台"],
    nothing_there: "此刻它不存在。",
    not_sent: "（没有事件：之前太多）",
    event_times: |first, last| format!("首次 {}，最近 {}", FORMAT.clock_short(first), FORMAT.clock_short(last)),
    more_events: |number| format!("……此刻还有 {} 个事件", count(number as i64)),
    no_conditions: "还没有",
    not_readable: "文本有错误，还无法运行。",
    try_again: "重试",
    part_coming: "页面的这一部分仍在加载……",
    part_missing: "页面的这一部分无法加载。请检查网络；如果网络正常，服务器上可能有了新版本，请重新加载页面。文本已保存。",
    rules_missing: "文本尚未运行：运行前要用 API server 的规则检查它，而这些规则无法加载。请检查网络；如果网络正常，服务器上可能有了新版本，请重新加载页面。文本已保存。",
    words_missing: |language| {
        format!("{language} 的文字无法加载。请检查网络；如果网络正常，服务器上可能有了新版本，请重新加载页面。")
    },
    for_ever: "此后永远如此：这段文本里没有什么能结束它。共录制 10 天。",
    ten_days: "运行还会继续，这里是它的开头：最多录制 10 天。",
    full: |at, of| {
        let why = match of {
            FullOf::Steps(steps) => format!("最多保存 {} 步", count(steps as i64)),
            FullOf::Pods(pods) => format!("最多保存 {} 个 Pod", count(pods as i64)),
            FullOf::Jobs(jobs) => format!("最多保存 {} 个 Job", count(jobs as i64)),
            FullOf::Runs(runs) => format!("已积压 {} 次运行，而每次同步都要查看全部", count(runs as i64)),
            FullOf::NodeLooks(looks) => format!("调度器已查看节点和 Pod 共 {} 次", count(looks as i64)),
            FullOf::SilentTurns(turns) => {
                format!("已有 {} 次尝试没有结果，其中多数来自等待中的 Pod", count(turns as i64))
            }
        };
        format!("运行还会继续，这里是它的开头，到 {} 为止：{why}。", FORMAT.clock_exact(at))
    },
    cut: "问题之后运行还会继续，这里是它的开头。",
    stopped: |at| format!("你在 {} 停止了记录。运行还会继续，这里是它的开头。", FORMAT.clock_exact(at)),
    record_again: "重新记录",
    records: "正在记录运行……",
    records_at: |at, steps| format!("正在记录运行……已到 {}，共 {} 步。", FORMAT.clock_short(at), count(steps as i64)),
    lays_out: |steps| format!("已记录 {} 步，正在绘制……", count(steps as i64)),
    stop_recording: "到此为止",
    escape_stops: "按 Esc 停止。",
    no_run: "还没有运行。粘贴一个 Job，或者打开一个示例。",

    replaced: "已打开新的文本。",
    paste_by_key: "浏览器不允许读取剪贴板。请在页面任意位置按 Ctrl+V 或 ⌘V。",
    select_and_copy: "浏览器不允许页面复制。请选中文本，再按 Ctrl+C 或 ⌘C。",

    copy: "复制",
    copied: "已复制",
    keys: &KEYS,

    edges: ["规约的宽度", "规约和时间线的高度", "“原因”的宽度"],
    fold_spec: "收起规约",
    unfold_spec: "展开规约",
    panes: ["规约", "运行", "原因"],
};
