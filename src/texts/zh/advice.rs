//! 简体中文：编辑器对文本的提示。

use super::format::FORMAT;
use crate::advice::{FixAction, Malformed, RefusedBy, Surprise, Unchecked};
use crate::api::Shape;
use crate::api::validation::{Cause, WarningCause};
use crate::limits::{COMMAND_BYTES, SHELL_DEPTH, SHELL_STEPS, SHELL_TEXT_BYTES};
use crate::manifest::ValueKind;
use crate::program::Bound;
use crate::texts::advice::AdviceWords;
use crate::texts::format::{amount, count};
use crate::time::Span;

pub(in crate::texts) static ADVICE: AdviceWords = AdviceWords { malformed, refused, warned, surprise, idle, action };

fn malformed(malformed: &Malformed) -> String {
    match malformed {
        Malformed::UnknownField { field, of: "" } => format!("这里没有 {field} 字段。"),
        Malformed::UnknownField { field, of } => format!("这里没有 {field} 字段：{of} 没有这个名称的字段。"),
        Malformed::Misplaced { field, to } if to.is_empty() => format!("{field} 应当写在清单的最外层。"),
        Malformed::Misplaced { field, to } => format!("{field} 应当写在 {to} 里，而不是这里。"),
        Malformed::WrongType { field, wanted, found } => {
            format!("{field} 应当是{}，而不是{}。", shape(wanted), found_words(*found))
        }
        Malformed::NotAWholeNumber { field } => format!("{field} 应当是大小合适的整数。"),
        Malformed::NotAQuantity { field } => format!("{field} 应当是数量，例如 500m、2、64Mi 或 1Gi。"),
        Malformed::NotATime { field } => format!("{field} 应当是时间，例如 2000-01-01T12:00:00Z。"),
    }
}

fn refused(cause: &Cause, field: &str) -> String {
    match cause {
        Cause::Required => format!("这里必须写 {field}。"),
        Cause::NotSupported { allowed } => format!("{field} 必须是 {}。", one_of(allowed)),
        Cause::Invalid => format!("{field} 不能是这个值。"),
        Cause::Duplicate { value } => format!("{value} 已经有了，每个只能写一次。"),
        Cause::NotFound => format!("{field} 所指的内容在这里不存在。"),
        Cause::Forbidden => format!("这里不能写 {field}。"),
        Cause::TooLong { .. } => format!("{field} 太长。"),
        Cause::TooMany { .. } => format!("{field} 的条目太多。"),
        Cause::RestartPolicyRequired => {
            "Job 的 Pod 不能永远重启，而不写时 Kubernetes 正是这样假定的。Never：每次重试都是新的 \
             Pod；OnFailure：容器在同一个 Pod 里重新启动。"
                .to_owned()
        }
        Cause::OnFailureWithPodFailurePolicy => {
            "podFailurePolicy 看的是失败的 Pod。用 OnFailure 时 Pod 会原地重启，所以这里必须是 Never。".to_owned()
        }
        Cause::Negative => format!("{field} 不能小于零。"),
        Cause::BadName => {
            format!("{field} 只能由小写字母、数字和短横线组成，并以字母或数字开头和结尾。")
        }
        Cause::NameRequired => "对象需要名称：写 metadata.name，或用 generateName 每次生成新名称。".to_owned(),
        Cause::CronJobNameTooLong { most } => {
            format!("名称最多 {most} 个字符：CronJob 的 Job 会在后面再加 11 个字符。")
        }
        Cause::JobNameTooLong { most } => format!("名称最多 {most} 个字符：它会成为 Pod 的标签。"),
        Cause::IndexedHostName { .. } => {
            "Indexed Job 的 Pod 名为“名称-索引”，它必须能做主机名：小写字母、数字和短横线，最多 63 个字符。".to_owned()
        }
        Cause::GeneratedLabel { .. } => {
            format!("标签 {field} 由 Kubernetes 自己写入。复制来的清单里要删去它。")
        }
        Cause::OutOfRange { least, most } => format!("{field} 必须是 {least} 到 {most} 之间的数字。"),
        Cause::Above { most } => format!("{field} 最大为 {most}。"),
        Cause::FailIndexWithoutLimit => {
            "FailIndex 会放弃一个索引，而只有写了 backoffLimitPerIndex 的 Job 才能放弃索引。".to_owned()
        }
        Cause::IndexedWithoutCompletions => "Indexed Job 必须用 completions 写明有多少个索引。".to_owned(),
        Cause::NeedsIndexed => {
            format!("{field} 按索引计算，而只有 completionMode: Indexed 的 Job 才有索引。")
        }
        Cause::NeedsLimitPerIndex => {
            "maxFailedIndexes 计算被放弃的索引，而只有 backoffLimitPerIndex 会让索引被放弃。".to_owned()
        }
        Cause::OwnSelector => "Job 会自己生成选择算符。请删去这一项。".to_owned(),
        Cause::ManualSelector => {
            "写了 manualSelector: true，就要自己选定选择算符和模板标签，而且两者必须一致。不写时由 Kubernetes 代劳。"
                .to_owned()
        }
        Cause::ContainersRequired => "Pod 至少需要一个容器。".to_owned(),
        Cause::ImageRequired => "容器需要镜像才能运行。".to_owned(),
        Cause::Schedule(_) => "时间表有五个字段：分钟、小时、日、月、星期。".to_owned(),
        Cause::ZoneInSchedule => "时区有自己的字段：timeZone。".to_owned(),
        Cause::TimeZone => "没有这个名称的时区。请用 IANA 数据库里的名称，例如 Europe/Paris。".to_owned(),
        Cause::TwoMatchers => "一条规则要么看退出码，要么看 Pod 状况。请拆成两条规则。".to_owned(),
        Cause::NoMatcher => "规则必须写明看什么：onExitCodes 或 onPodConditions。".to_owned(),
        Cause::ExitCodeZero => "退出码 0 表示成功，失败的 Pod 不会有它。".to_owned(),
        Cause::ExitCodesUnordered => "退出码必须从小到大排列。".to_owned(),
        Cause::ReplacementWithPodFailurePolicy => {
            "有 podFailurePolicy 时，Pod 失败之后才会被替换：这里必须是 Failed。".to_owned()
        }
        Cause::RequestAboveLimit { .. } => "容器的请求不能超过它的限制。".to_owned(),
        Cause::NoSuchVolume { name } => format!("这个 Pod 没有卷 {name}。请在 volumes 里添加。"),
        Cause::Immutable => {
            format!("Job 创建之后不能再修改 {field}。请删除 Job 再重新创建，或给新的 Job 换一个名称。")
        }
    }
}

fn shape(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } | Shape::Map => "映射",
        Shape::List => "列表",
        Shape::Text => "文本",
        Shape::Truth => " true 或 false",
        Shape::Number => "整数",
        Shape::Quantity => "数量",
        Shape::NumberOrText => "整数或文本",
        Shape::Time => "时间",
        Shape::Any => "其他内容",
    }
}

fn found_words(found: ValueKind) -> &'static str {
    match found {
        ValueKind::Map => "映射",
        ValueKind::List => "列表",
        ValueKind::Text => "文本",
        ValueKind::Number => "数字",
        ValueKind::Truth => "布尔值",
        ValueKind::Nothing => "空值",
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} 或 {last}", first.join("、")),
    }
}

fn warned(cause: &WarningCause) -> &'static str {
    match cause {
        WarningCause::HostName => "Pod 的主机名来自这个名称，而它不适合做主机名。请用小写字母、数字和短横线。",
        WarningCause::RepeatedVariable => "这个变量写了两次，以后一个为准。",
        WarningCause::RepeatedPort { .. } => "这个端口写了两次，写一次就够了。",
        WarningCause::NegativeGracePeriod => "宽限期不能小于零，会按 1 秒计算。",
        WarningCause::Deprecated => "这个写法已经弃用：会被接受，但可能不起作用。",
        WarningCause::UnknownField => "没有这个字段。更改会被接受，但这一部分会被丢弃，并给出警告。",
        WarningCause::Other => "API 服务器接受它，但会给出警告。",
    }
}

fn surprise(surprise: &Surprise) -> String {
    match surprise {
        Surprise::OnFailureDeletesPod { restart } => format!(
            "用 OnFailure 时，容器在同一个 Pod 里重新启动。到第 {restart} 次重启时 Job 失败，Pod 连同日志一起被删除。用 Never \
             会保留失败的 Pod。"
        ),
        Surprise::NeverEnds { container, beside_others: true, deadline } => format!(
            "{container} 永远不会结束，而 Pod 要等所有容器都结束才算完成。辅助容器应当写在 initContainers 里，并设置 \
             restartPolicy: Always；否则只有{}。",
            deadline.map_or("期限能结束这个 Job".to_owned(), |deadline| format!(
                "期限会在 {}后结束这个 Job",
                length(deadline)
            ))
        ),
        Surprise::NeverEnds { container, .. } => {
            format!("{container} 永远不会结束，也没有别的东西会结束这个 Job。请设置 activeDeadlineSeconds。")
        }
        Surprise::CommandNotGuessed { container, bound } => {
            let why = match bound {
                Bound::Length => format!("超过了 {} 字节", count(COMMAND_BYTES as i64)),
                Bound::Depth => format!("嵌套超过了 {SHELL_DEPTH} 层"),
                Bound::Steps => format!("推演它需要超过 {} 步", count(SHELL_STEPS)),
                Bound::Text => format!("其中的词和变量会超过 {} 字节", count(SHELL_TEXT_BYTES as i64)),
            };
            format!(
                "没有推测这条命令会做什么：{why}。假定 {container} 运行 10 秒并成功结束；可以在情景的 behaviors 里另作说明。"
            )
        }
        Surprise::OwnerAbsent { kind, name } => {
            format!("这里写的属主 {kind} {name} 在这个集群中不存在：垃圾收集器会立刻删除这个对象。")
        }
        Surprise::ImageName { deadline } => format!(
            "不可能有这个名称的镜像：Pod 会一直是 Pending，原因是 InvalidImageName。这不算失败：backoffLimit 不会计数，{}。",
            only_deadline(*deadline)
        ),
        Surprise::DeadlineBeforeRetries { deadline, possible, allowed, waits } => format!(
            "backoffLimit 允许运行 {allowed} 次，但其间的等待一共要 {}。{}后期限就会结束 Job，那时最多开始了 {possible} 次。",
            length(*waits),
            length(*deadline)
        ),
        Surprise::DeadlineZero => "什么都还没开始，期限就已经到了：Job 会立即失败。".to_owned(),
        Surprise::TooLargeForNodes { resource, wanted, most, by } => {
            let (wanted, most) = (amount(resource, *wanted), amount(resource, *most));
            match by.count == by.all {
                true => format!("Pod 要求 {resource}: {wanted}，而没有节点超过 {most}。{}", stays_pending(by)),
                false => format!(
                    "Pod 要求 {resource}: {wanted}，而 {}不超过 {most}，其余的因别的原因不接受它。{}",
                    of_nodes(by),
                    stays_pending(by)
                ),
            }
        }
        Surprise::NoNodeMatches { label, by } => {
            let (all, some) = match label {
                Some((key, value)) => (format!("有标签 {key}: {value}"), format!("没有标签 {key}: {value}")),
                None => ("满足这里的全部要求".to_owned(), "不满足这里的全部要求".to_owned()),
            };
            match by.count == by.all {
                true => format!("没有节点{all}。{}", stays_pending(by)),
                false => {
                    format!("{}{some}，其余的因别的原因不接受这个 Pod。{}", of_nodes(by), stays_pending(by))
                }
            }
        }
        Surprise::TaintNotTolerated { taint, by } => {
            let nodes = match (by.all, by.count == by.all) {
                (1, _) => "唯一的节点".to_owned(),
                (2, true) => "两个节点都".to_owned(),
                (all, true) => format!("全部 {all} 个节点都"),
                (_, false) => of_nodes(by),
            };
            let others = if by.count == by.all { "" } else { "，其余的因别的原因不接受它" };
            format!("{nodes}有污点 {taint}，而 Pod 不容忍它{others}。{}", stays_pending(by))
        }
        Surprise::PulledEachTime { pulls } => {
            let times = pulls.map_or(String::new(), |pulls| format!("（这次运行中拉取了 {} 次）", count(pulls as i64)));
            format!(
                "不写镜像标签就是 latest，而 imagePullPolicy: Always 会在每次启动时重新拉取{times}：镜像仓库不响应时无法重试，\
                 两次运行的程序也可能不同。"
            )
        }
        Surprise::InitFailsJob { container } => format!(
            "不写 containerName 时，这条规则也会检查 Init 容器：如果 {container} 这样结束，无论 backoffLimit 还允许几次，Job 都会立即失败。"
        ),
        Surprise::PodDeadline { seconds, of_job: Some(of_job) } if of_job <= seconds => format!(
            "Pod 模板里的期限从 Pod 开始算起，{}后结束的是单个 Pod。Job 自己的期限从 Job 开始算起，{}后先到：这个期限不起作用。",
            length(*seconds),
            length(*of_job)
        ),
        Surprise::PodDeadline { seconds, of_job: Some(of_job) } => format!(
            "Pod 模板里的期限在 {}后结束的是单个 Pod：这算一次失败，Job 会重试，直到 {}后它自己的期限让它结束。",
            length(*seconds),
            length(*of_job)
        ),
        Surprise::PodDeadline { seconds, of_job: None } => format!(
            "Pod 模板里的期限在 {}后结束的是单个 Pod：这算一次失败，Job 会重试。整个 Job 的期限是 \
             spec.activeDeadlineSeconds。",
            length(*seconds)
        ),
        Surprise::EvictionFailsJob => {
            "backoffLimit: 0 时，一次驱逐或节点排空就会让 Job 失败：它和崩溃一样计数，除非 podFailurePolicy 忽略 \
             DisruptionTarget。"
                .to_owned()
        }
        Surprise::ImpossibleExitCode { code } => {
            format!("没有容器会以 {code} 退出：退出码在 0 到 255 之间。这里永远不会匹配。")
        }
        Surprise::RuleNeverReached { rule, by } => {
            format!("rules[{rule}] 能匹配的，rules[{by}] 都会先匹配到，而先匹配的规则说了算：这一条永远用不上。")
        }
        Surprise::DeletedSoon { seconds: 0 } => "Job 一结束就会连同 Pod 和日志一起被删除。".to_owned(),
        Surprise::DeletedSoon { seconds } => {
            format!("Job 结束 {}后会连同 Pod 和日志一起被删除。", length(*seconds))
        }
        Surprise::ReplacementOverlaps { grace } => format!(
            "被删除的 Pod 不等结束、回退之后就被替换，所以新旧两个 Pod 最多可能同时运行 {}。podReplacementPolicy: Failed 会等待。",
            length(*grace)
        ),
        Surprise::ParallelismAboveCompletions { parallelism, completions } => {
            format!("同时运行的 Pod 不会多于还需要的个数：最多 {completions} 个，永远不会有 {parallelism} 个。")
        }
        Surprise::ParallelismZero => "parallelism 为 0 时没有 Pod 运行：Job 一直等待。".to_owned(),
        Surprise::CompletionsZero => "没有事情要做：Job 不用任何 Pod 就会完成。".to_owned(),
        Surprise::WorkQueue { parallelism } => format!(
            "不写 completions 时，这 {parallelism} 个 Pod 共用一个工作队列：第一次成功之后不再启动新的 Pod，其余的结束时 Job \
             完成。"
        ),
        Surprise::SharedBudget { limit: 0, indexes } => {
            format!(
                "{} 个索引中任何一个失败一次，全部都会结束。backoffLimitPerIndex 会让每个索引单独计数。",
                count(*indexes)
            )
        }
        Surprise::SharedBudget { limit, indexes } => format!(
            "{} 个索引共用 {limit} 次失败的预算：一个有问题的索引就可能用完它，让其他索引也结束。backoffLimitPerIndex \
             会让每个索引单独计数。",
            count(*indexes)
        ),
        Surprise::PolicyMayBeLate { count: asked, indexes } => format!(
            "{} 个索引要 {} 次成功，可能太晚：如果那时已有一个索引彻底失败，这最后一次成功之后所有索引都有了结果，而控制器先看失败的索引，Job 就是 Failed。",
            count(*indexes),
            count(*asked)
        ),
        Surprise::PartialFailure { limit } => format!(
            "一个索引在第 {} 次失败时会被放弃，其他索引继续。但只要有一个被放弃，其他的都结束之后 Job 仍是 Failed；只有在最后一个索引有结果之前\
             满足的 successPolicy 能让它完成。",
            i64::from(*limit) + 1
        ),
        Surprise::Suspended => {
            "Job 在等待：suspend 变为 false 之前没有 Pod 启动。挂起一个正在运行的 Job 会删除它的 Pod。".to_owned()
        }
        Surprise::ManagedBy { manager } => {
            format!("这个 Job 归 {manager} 管理：Job 控制器不会碰它，所以这里什么都不会发生。")
        }
        Surprise::SelectorByHand => {
            "用 manualSelector 时，凡是带有这些标签的 Pod，Job 都会当作自己的，包括其他 Job 的 Pod。".to_owned()
        }
        Surprise::NoTimeZone => {
            "不写 timeZone 时，小时按控制器的时区计算，这里是 UTC，往往不是你所在的时区。".to_owned()
        }
        Surprise::EitherDay => "日和星期都写了：满足其中一个就会运行，不必同时满足。".to_owned(),
        Surprise::EveryMinuteOfHour { hour } => {
            format!("分钟写 * 表示运行六十次：从 {hour}:00 到 {hour}:59 每分钟一次。")
        }
        Surprise::NeverDue => "这个时间永远不会到来：不会有 Job 启动。".to_owned(),
        Surprise::ForbidHoldsBack => {
            "Forbid 是推迟而不是跳过：其间到期的运行（只算一次）会在上一个 Job 结束后立即开始，无论晚了多久。\
             startingDeadlineSeconds 限制最多晚多久。"
                .to_owned()
        }
        Surprise::RunsOverlap { run: Some(run), gap } => format!(
            "一次运行要 {}，而它开始 {}后下一次就到期：concurrencyPolicy 为 Allow 时，两次会同时运行。",
            length(*run),
            length(*gap)
        ),
        Surprise::RunsOverlap { run: None, gap } => format!(
            "一次运行自己不会结束，而它开始 {}后下一次就到期：concurrencyPolicy 为 Allow 时会越积越多。",
            length(*gap)
        ),
        Surprise::ShortStartingDeadline { seconds } => {
            format!("控制器可能每 10 秒才检查一次。期限只有 {}时，可能仅仅因此就错过运行。", length(*seconds))
        }
        Surprise::NoHistory { failed: false } => "每个 Job 一完成就会连同 Pod 和日志一起被删除。".to_owned(),
        Surprise::NoHistory { failed: true } => {
            "每个 Job 一失败就会连同 Pod 和日志一起被删除：没有什么能说明原因。".to_owned()
        }
        Surprise::CronSuspended => "suspend 变为 false 之前不会有 Job 启动。".to_owned(),
        Surprise::StartTogether { objects } => {
            format!("这段文本里的 {objects} 个对象都在 0:00 创建，并同时运行。")
        }
    }
}

/// `3 个节点中有 2 个`
fn of_nodes(by: &RefusedBy) -> String {
    format!("{} 个节点中有 {} 个", by.all, by.count)
}

fn stays_pending(by: &RefusedBy) -> String {
    format!("Pod 会一直是 Pending，这不算失败：backoffLimit 不会计数，{}。", only_deadline(by.deadline))
}

/// What ends a Job whose pods stay Pending.
fn only_deadline(deadline: Option<i64>) -> String {
    deadline.map_or("只有设置 activeDeadlineSeconds 才能结束这个 Job".to_owned(), |seconds| {
        format!("Job 要到 {}后的期限才会结束", length(seconds))
    })
}

fn length(seconds: i64) -> String {
    FORMAT.span(Span::from_seconds(seconds))
}

fn idle(fields: &[String], unchecked: &[Unchecked]) -> String {
    let mut sentences = String::new();
    if !fields.is_empty() {
        sentences = format!("会保留，但在这里不起作用：{}。", fields.join("、"));
    }
    let assumed: Vec<&str> = Unchecked::assumed_kinds(unchecked).collect();
    if !assumed.is_empty() {
        sentences += &format!("除非 cluster.missing 另作说明，这里假定存在：{}。", assumed.join("、"));
    }
    if unchecked.contains(&Unchecked::Node) {
        sentences += "在 cluster.nodes 写明有哪些节点之前，每个 Pod 都能找到节点。";
    }
    let kinds: Vec<&str> = Unchecked::unknown_kinds(unchecked).collect();
    let exist = (!kinds.is_empty()).then(|| format!("{} 是否存在", kinds.join("、")));
    let policy = unchecked.contains(&Unchecked::Policy).then(|| "是否被策略禁止".to_owned());
    let questions: Vec<String> = [exist, policy].into_iter().flatten().collect();
    if !questions.is_empty() {
        sentences += &format!("这里不检查：{}。", questions.join("；"));
    }
    sentences
}

fn action(action: &FixAction) -> String {
    match action {
        FixAction::Add { field, value } => format!("添加 {field}: {value}"),
        FixAction::Set { field, value } => format!("改为 {field}: {value}"),
        FixAction::Remove { field } => format!("删去 {field}"),
        FixAction::RemoveFirst { field } => format!("删去第一个 {field}"),
        FixAction::Rename { from: _, to } => format!("是不是想写 {to}？"),
        FixAction::Move { field, to } if to.is_empty() => format!("把 {field} 移到最外层"),
        FixAction::Move { field, to } => format!("把 {field} 移到 {to}"),
        FixAction::MakeSidecar { container } => format!("把 {container} 改为边车"),
        FixAction::Replace { found, with } => format!("把 {found} 改为 {with}"),
        FixAction::PlainCharacters => "全部改为 YAML 的字符".to_owned(),
        FixAction::Unwrap => "只保留清单".to_owned(),
        FixAction::RemoveServerWritten => "删去服务器写入的内容".to_owned(),
        FixAction::SpacesForTabs => "改用空格缩进".to_owned(),
        FixAction::KeepScenario { first: true } => "保留第一个，移除这一个".to_owned(),
        FixAction::KeepScenario { first: false } => "保留这一个，移除第一个".to_owned(),
    }
}
