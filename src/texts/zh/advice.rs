//! 简体中文：编辑器对文本的提示。

use crate::advice::{Change, Mistake, Surprise, Tier, Warned};
use crate::api::Shape;
use crate::manifest::Found;
use crate::texts::Lang;
use crate::texts::advice::AdviceWords;
use crate::texts::format::span;
use crate::time::Span;

pub(crate) const ADVICE: AdviceWords = AdviceWords { tier, mistake, warned, surprise, idle, change };

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Refused => "会被拒绝",
        Tier::Surprising => "有效，但请注意",
        Tier::NotModelled => "此处不模拟",
    }
}

fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::UnknownField { field, of: "" } => format!("这里没有 {field} 字段。"),
        Mistake::UnknownField { field, of } => format!("这里没有 {field} 字段：{of} 没有这个名称的字段。"),
        Mistake::Misplaced { field, to } if to.is_empty() => format!("{field} 应当写在清单的最外层。"),
        Mistake::Misplaced { field, to } => format!("{field} 应当写在 {to} 里，而不是这里。"),
        Mistake::WrongType { field, wanted, found } => {
            format!("{field} 应当是{}，而不是{}。", shape(wanted), found_words(*found))
        }
        Mistake::NotThisNumber { field } => format!("{field} 应当是大小合适的整数。"),
        Mistake::NoQuantity { field } => format!("{field} 应当是数量，例如 500m、2、64Mi 或 1Gi。"),
        Mistake::NoTime { field } => format!("{field} 应当是时间，例如 2000-01-01T12:00:00Z。"),
        Mistake::RestartPolicy => {
            "Job 的 Pod 不能永远重启，而不写时 Kubernetes 正是这样假定的。Never：每次重试都是新的 \
             Pod；OnFailure：容器在同一个 Pod 里重新启动。"
                .to_owned()
        }
        Mistake::OnFailureWithPolicy => {
            "podFailurePolicy 看的是失效的 Pod。用 OnFailure 时 Pod 会原地重启，所以这里必须是 Never。".to_owned()
        }
        Mistake::Negative { field } => format!("{field} 不能小于零。"),
        Mistake::BadName { field } => {
            format!("{field} 只能由小写字母、数字和短横线组成，并以字母或数字开头和结尾。")
        }
        Mistake::NoName => "对象需要名称：写 metadata.name，或用 generateName 每次生成新名称。".to_owned(),
        Mistake::LongName { most: 52 } => "名称最多 52 个字符：CronJob 的 Job 会在后面再加 11 个字符。".to_owned(),
        Mistake::LongName { most } => format!("名称最多 {most} 个字符：它会成为 Pod 的标签。"),
        Mistake::IndexedWithoutCompletions => "Indexed Job 必须用 completions 写明有多少个索引。".to_owned(),
        Mistake::NeedsIndexed { field } => {
            format!("{field} 按索引计算，而只有 completionMode: Indexed 的 Job 才有索引。")
        }
        Mistake::NeedsLimitPerIndex => {
            "maxFailedIndexes 计算被放弃的索引，而只有 backoffLimitPerIndex 会让索引被放弃。".to_owned()
        }
        Mistake::OwnSelector => "Job 会自己生成选择算符。请删去这一项。".to_owned(),
        Mistake::ManualSelector => {
            "写了 manualSelector: true，就要自己选定选择算符和模板标签，而且两者必须一致。不写时由 Kubernetes 代劳。"
                .to_owned()
        }
        Mistake::NoContainers => "Pod 至少需要一个容器。".to_owned(),
        Mistake::NoImage => "容器需要镜像才能运行。".to_owned(),
        Mistake::Schedule => "时间表有五个字段：分钟、小时、日、月、星期。".to_owned(),
        Mistake::ZoneInSchedule => "时区有自己的字段：timeZone。".to_owned(),
        Mistake::TimeZone => "没有这个名称的时区。请用 IANA 数据库里的名称，例如 Europe/Paris。".to_owned(),
        Mistake::RuleMatchers { both: true } => "一条规则要么看退出码，要么看 Pod 状况。请拆成两条规则。".to_owned(),
        Mistake::RuleMatchers { both: false } => "规则必须写明看什么：onExitCodes 或 onPodConditions。".to_owned(),
        Mistake::ExitCodeZero => "退出码 0 表示成功，失效的 Pod 不会有它。".to_owned(),
        Mistake::ExitCodesUnordered => "退出码必须从小到大排列。".to_owned(),
        Mistake::ReplacementWithPolicy => {
            "有 podFailurePolicy 时，Pod 失效之后才会被替换：这里必须是 Failed。".to_owned()
        }
        Mistake::RequestAboveLimit => "容器的请求不能超过它的限制。".to_owned(),
        Mistake::NoSuchVolume { name } => format!("这个 Pod 没有卷 {name}。请在 volumes 里添加。"),
        Mistake::Required { field } => format!("这里必须写 {field}。"),
        Mistake::NotSupported { field, allowed } => format!("{field} 必须是 {}。", one_of(allowed)),
        Mistake::Invalid { field } => format!("{field} 不能是这个值。"),
        Mistake::Duplicate { field } => format!("这个 {field} 已经有了，每个只能写一次。"),
        Mistake::NotFound { field } => format!("{field} 所指的内容在这里不存在。"),
        Mistake::Forbidden { field } => format!("这里不能写 {field}。"),
        Mistake::TooLong { field } => format!("{field} 太长。"),
        Mistake::TooMany { field } => format!("{field} 的条目太多。"),
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

fn found_words(found: Found) -> &'static str {
    match found {
        Found::Map => "映射",
        Found::List => "列表",
        Found::Text => "文本",
        Found::Number => "数字",
        Found::Truth => "布尔值",
        Found::Nothing => "空值",
    }
}

fn one_of(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} 或 {last}", first.join("、")),
    }
}

fn warned(warned: Warned) -> &'static str {
    match warned {
        Warned::Name => "Pod 的主机名来自这个名称，而它不适合做主机名。请用小写字母、数字和短横线。",
        Warned::Env => "这个变量写了两次，以后一个为准。",
        Warned::Grace => "宽限期不能小于零，会按 1 秒计算。",
        Warned::Deprecated => "这个写法已经弃用：会被接受，但可能不起作用。",
        Warned::Other => "API 服务器接受它，但会给出警告。",
    }
}

fn surprise(surprise: &Surprise) -> String {
    match surprise {
        Surprise::OnFailureDeletesPod { restart } => format!(
            "用 OnFailure 时，容器在同一个 Pod 里重新启动。到第 {restart} 次重启时 Job 失败，Pod 连同日志一起被删除。用 Never \
             会保留失效的 Pod。"
        ),
        Surprise::ParallelismAboveCompletions { parallelism, completions } => {
            format!("{completions} 个 Pod 就够了，所以永远不会有 {parallelism} 个同时运行。多出来的不起作用。")
        }
        Surprise::WorkQueue { parallelism } => format!(
            "不写 completions 时，这 {parallelism} 个 Pod 共用一个工作队列：第一次成功之后不再启动新的 Pod，其余的结束时 Job 完成。"
        ),
        Surprise::DeletedSoon { seconds: 0 } => "Job 一结束就会连同 Pod 和日志一起被删除。".to_owned(),
        Surprise::DeletedSoon { seconds } => {
            format!("Job 结束 {} 后会连同 Pod 和日志一起被删除。", length(*seconds))
        }
    }
}

fn length(seconds: i64) -> String {
    span(Span::from_seconds(seconds), Lang::Zh)
}

fn idle(fields: &[String]) -> String {
    format!("会保留，但在这里不起作用：{}。", fields.join("、"))
}

fn change(change: &Change) -> String {
    match change {
        Change::Add { field, value } => format!("添加 {field}: {value}"),
        Change::Set { field, value } => format!("改为 {field}: {value}"),
        Change::Remove { field } => format!("删去 {field}"),
        Change::Rename { from: _, to } => format!("是不是想写 {to}？"),
        Change::Move { field, to } if to.is_empty() => format!("把 {field} 移到最外层"),
        Change::Move { field, to } => format!("把 {field} 移到 {to}"),
        Change::Replace { found, with } => format!("把 {found} 改为 {with}"),
        Change::SpacesForTabs => "改用空格缩进".to_owned(),
    }
}
