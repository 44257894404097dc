//! What the examples are about, in Chinese.

use crate::texts::page::{ExampleGroup, ExampleWords};

pub(in crate::texts) static EXAMPLES: [ExampleGroup; 8] = [
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
];
