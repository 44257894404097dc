//! Chinese: what is said about every field.

use crate::advice::TypeName;
use crate::api::validation::Mutability;
use crate::texts::help::FieldWords;

pub(in crate::texts) static FIELDS: FieldWords = FieldWords {
    type_name,
    mutability,
    default: |value| format!("默认值 {value}"),
    required: "必需",
    since: |versions| {
        format!("自 Kubernetes {} 起", versions.replace(", stable", "，稳定版").replace(", beta", "，Beta 版"))
    },
    not_modelled: "在此模拟中不起任何作用。",
    no_help: "原样传给 Pod。",
};

fn type_name(kind: &TypeName) -> String {
    match kind {
        TypeName::Text => "文本",
        TypeName::Integer => "整数",
        TypeName::Truth => "true 或 false",
        TypeName::Quantity => "数量，例如 500m 或 1Gi",
        TypeName::IntegerOrText => "数字或名称",
        TypeName::Time => "时间，例如 2000-01-01T12:00:00Z",
        TypeName::Anything => "任意值",
        TypeName::Object => "字段",
        TypeName::Map(value) => return format!("映射，值为{}", type_name(value)),
        TypeName::List(item) => return format!("列表，元素为{}", type_name(item)),
        TypeName::Duration => "时长，例如 1m30s",
        TypeName::DurationOrForever => "时长，或 forever",
        TypeName::Percent => "百分比",
        TypeName::NumberOrName => "数字或名称",
        TypeName::NumberOrSet => "数字或集合，例如 \"1-3,5\"",
    }
    .to_owned()
}

fn mutability(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::Always => "随时可以更改",
        Mutability::Never => "对象创建后不可更改",
        Mutability::WhileSuspended => "Job 被挂起且没有活跃的 Pod 时可以更改",
        Mutability::WithParallelism => "只能与 parallelism 一起改为同一个数",
        Mutability::FutureJobs => "随时可以更改；已有的 Job 保持不变",
    }
}
