//! The page in Chinese.

use super::format::FORMAT;
use super::keys::KEYS;
use crate::recording::FullOf;
use crate::texts::format::count;
use crate::texts::page::{AboutWords, ExampleGroup, ExampleWords, PageWords};

pub(in crate::texts) static PAGE: PageWords = PageWords {
    product: "Job Playground",
    skip: ["跳到规约", "跳到时间线", "跳到原因", "跳到详情"],
    untitled: "未命名",
    examples: "示例",
    example_groups: &[
        ExampleGroup {
            question: "什么时候重试，什么时候放弃？",
            examples: &[
                ExampleWords {
                    title: "失败两次，然后成功",
                    about: "连续失败一次，等待就加倍：10 秒、20 秒、40 秒",
                    search: "backoffLimit OOMKilled 内存溢出、重试、回退、退避、重启、失败的 Pod",
                },
                ExampleWords {
                    title: "期限先于重试",
                    about: "DeadlineExceeded：activeDeadlineSeconds 把每次尝试和等待都算在内",
                    search: "超时、太久、被杀 activeDeadlineSeconds",
                },
                ExampleWords {
                    title: "同名的两个期限",
                    about: "Pod 的 activeDeadlineSeconds 只让 Pod 失败，Job 会重试",
                    search: "DeadlineExceeded Pod 模板、超时、每次运行的期限、每次重试",
                },
                ExampleWords {
                    title: "Init 容器失败：算在谁头上？",
                    about: "用 Never 时 Pod 失败，Job 计数；主程序根本没有运行",
                    search: "initContainers Init:Error Init:CrashLoopBackOff PodInitializing 初始化容器、等待数据库",
                },
            ],
        },
        ExampleGroup {
            question: "日志为什么没了？",
            examples: &[ExampleWords {
                title: "OnFailure 带走了它的 Pod",
                about: "BackoffLimitExceeded：达到上限时唯一的 Pod 被删除，日志没了",
                search: "日志丢失、日志不见了、看不到日志 kubectl logs restartPolicy logs vanished",
            }],
        },
        ExampleGroup {
            question: "为什么一直 Pending？",
            examples: &[
                ExampleWords {
                    title: "每个节点各有各的原因",
                    about: "FailedScheduling，逐个节点说明：没有余量、标签不符、有污点；后来有节点接受了它",
                    search: "为什么 Pending 调度失败、无法调度 Unschedulable 污点、容忍、亲和性 nodeSelector 节点选择、卡住",
                },
                ExampleWords {
                    title: "放不下",
                    about: "Insufficient cpu：要求的比任何节点都多，只有期限能结束它",
                    search: "为什么 Pending FailedScheduling 资源不足、内存不足、CPU 不足、requests limits 节点容量、抢占",
                },
                ExampleWords {
                    title: "ImagePullBackOff：会有尽头吗？",
                    about: "等镜像的 Pod 不算失败：到期限之前什么都不计数",
                    search: "为什么 Pending ErrImagePull InvalidImageName 镜像拉不下来、拉取失败、镜像不存在、镜像仓库、标签写错、卡住",
                },
            ],
        },
        ExampleGroup {
            question: "为什么卡住了？",
            examples: &[
                ExampleWords {
                    title: "拖住 Job 的边车，和不拖住的边车",
                    about: "工作已完成：写在 containers 里的代理让 Pod 一直运行，写成 Init 容器的会停下",
                    search: "istio envoy cloud-sql-proxy sidecar 辅助容器、不结束、一直 Running 卡住、永不完成 restartPolicy Always \
                             NotReady",
                },
                ExampleWords {
                    title: "字段不可更改（field is immutable）",
                    about: "给已有的 Job 换镜像：Pod 模板不可更改",
                    search: "Invalid value: field is immutable 模板、更新镜像 apply 报错、字段不可变、不可修改",
                },
            ],
        },
        ExampleGroup {
            question: "怎样经得起节点排空？",
            examples: &[
                ExampleWords {
                    title: "不计入失败的驱逐",
                    about: "podFailurePolicy 忽略干扰，backoffLimit 为 0 也不怕",
                    search: "驱逐、抢占、排空、节点、竞价实例 DisruptionTarget onPodConditions Ignore",
                },
                ExampleWords {
                    title: "排空 Job 所在的节点",
                    about: "没有策略时，每个被驱逐的 Pod 都算失败：两个就让整个 Job 失败",
                    search: "kubectl drain cordon 封锁、驱逐、节点维护、升级 BackoffLimitExceeded",
                },
                ExampleWords {
                    title: "节点死了",
                    about: "50 秒后才算 NotReady，再过 300 秒 Pod 才要离开，然后一直 Terminating，直到节点被删除",
                    search: "NodeLost unreachable not-ready NotReady TaintManagerEviction 节点宕机、节点故障、失联、卡在 Terminating",
                },
                ExampleWords {
                    title: "两个同时在运行",
                    about: "正在删除的 Pod 还没结束，替代它的 Pod 就已创建",
                    search: "重复、运行两次、并发 podReplacementPolicy 至少一次",
                },
            ],
        },
        ExampleGroup {
            question: "一个坏索引的代价是什么？",
            examples: &[ExampleWords {
                title: "索引 1 总是失败",
                about: "其他索引都完成了，Job 仍以 Failed 结束",
                search: "Indexed FailedIndexes backoffLimitPerIndex maxFailedIndexes MaxFailedIndexesExceeded 部分失败",
            }],
        },
        ExampleGroup {
            question: "时间是怎么算的？",
            examples: &[
                ExampleWords {
                    title: "挂起不是暂停",
                    about: "Pod 会被删除，期限重新计时",
                    search: "suspend 暂停、恢复 kueue 排队",
                },
                ExampleWords {
                    title: "Forbid：晚启动，或不启动",
                    about: "每分钟一次、每次 90 秒：下一次要等上一次结束",
                    search: "CronJob concurrencyPolicy Replace Allow 错过、跳过、定时任务、并发策略",
                },
                ExampleWords {
                    title: "每晚备份",
                    about: "带 timeZone 和 startingDeadlineSeconds 的 CronJob",
                    search: "时区 UTC 夏令时、定时任务 cron 数据库",
                },
            ],
        },
        ExampleGroup {
            question: "怎样把工作分给多个 Pod？",
            examples: &[
                ExampleWords {
                    title: "一个 Pod，一次",
                    about: "计算圆周率：文档里的那个 Job",
                    search: "hello 入门、简单 perl pi",
                },
                ExampleWords {
                    title: "每个工作项一个 Job",
                    about: "由模板生成：各自失败，各自结束",
                    search: "并行、展开、模板、循环 helm sed",
                },
                ExampleWords {
                    title: "队列：每项一个 Pod",
                    about: "数据处理：completions: 10，parallelism: 4",
                    search: "RabbitMQ 消息队列、固定数量 completions",
                },
                ExampleWords {
                    title: "队列：Pod 少于工作项",
                    about: "工作队列，不设 completions：第一次成功后不再启动新的",
                    search: "Redis 消息队列、并行 worker 工作队列",
                },
                ExampleWords {
                    title: "每个索引各做一份",
                    about: "静态分配：completionMode: Indexed，JOB_COMPLETION_INDEX",
                    search: "分片、分区、批处理、数组作业 job index",
                },
            ],
        },
    ],
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

    details: ["事件", "状态", "YAML"],
    nothing_there: "此刻它不存在。",
    not_sent: "（没有事件：之前太多）",
    event_times: |first, last| format!("首次 {}，最近 {}", FORMAT.clock_short(first), FORMAT.clock_short(last)),
    more_events: |number| format!("……此刻还有 {} 个事件", count(number as i64)),
    no_conditions: "还没有",
    not_readable: "文本有错误，还无法运行。",
    try_again: "重试",
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

    copy: "复制",
    copied: "已复制",
    keys: &KEYS,

    edges: ["规约的宽度", "规约和时间线的高度", "“原因”的宽度"],
    fold_spec: "收起规约",
    unfold_spec: "展开规约",
    panes: ["规约", "运行", "原因"],
};
