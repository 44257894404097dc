//! 简体中文：文本里的错误与意外。

use crate::api::TaintEffect;
use crate::cluster::inventory::Provided;
use crate::limits::{
    ALIASED_BYTES, ALIASED_NODES, BEHAVIORS, CHECK_DEPTH, COURSE_LESSONS, DOCUMENTS, INPUTS, INVENTORY_LINES,
    LESSON_CHECKS, LESSON_HINTS, LESSON_LANGUAGES, LESSON_LINES, LESSON_OPTIONS, LESSON_STOPS, LESSON_TEXTS,
    NODE_FIELDS, NODES, OBJECTS, TEXT_BYTES, TEXT_LINES, YAML_DEPTH,
};
use crate::manifest::edit::EditError;
use crate::manifest::link::LinkError;
use crate::manifest::schema::lesson::{CHECKS, MOMENTS};
use crate::manifest::{Code, Expected, Limited, Tier, ValueKind, Wrapping, YamlProblem};
use crate::texts::diagnostics::DiagnosticWords;
use crate::time::SpanError;

pub(in crate::texts) static DIAGNOSTICS: DiagnosticWords = DiagnosticWords {
    code,
    tier,
    edit_error,
    link_error,
    no_time_zones: "无法获取时区规则，带 timeZone 的排期还不能运行。",
};

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Refused => "会被拒绝",
        Tier::Surprising => "有效，但请注意",
        Tier::NotModelled => "此处不模拟",
    }
}

fn code(code: &Code) -> String {
    match code {
        Code::TooManyBytes { bytes } => {
            format!("这段文本有 {bytes} 字节，最多读取 {TEXT_BYTES} 字节。全文都没有读取。")
        }
        Code::TooMany { what, count } => {
            let (name, most) = match what {
                Limited::Documents => ("个文档", DOCUMENTS),
                Limited::Objects => ("个对象", OBJECTS),
                Limited::Inputs => ("个输入", INPUTS),
                Limited::Behaviors => ("条行为", BEHAVIORS),
                Limited::Nodes => ("个节点", NODES),
                Limited::NodeFields => ("项节点的标签、污点和容量", NODE_FIELDS),
                Limited::Images => ("条镜像规则", INVENTORY_LINES),
                Limited::Missing => ("个缺失的对象", INVENTORY_LINES),
                Limited::Referenced => ("个被 Pod 引用的对象", INVENTORY_LINES),
                Limited::Options => ("个选项", LESSON_OPTIONS),
                Limited::Stops => ("个停留点", LESSON_STOPS),
                Limited::Hints => ("条提示", LESSON_HINTS),
                Limited::Languages => ("种语言", LESSON_LANGUAGES),
                Limited::Texts => ("段同类的文字", LESSON_TEXTS),
                Limited::Lines => ("行", LESSON_LINES),
                Limited::Lessons => ("节课", COURSE_LESSONS),
            };
            format!("这段文本有 {count} {name}，只读取前 {most} {name}。从这里开始的都没有读取。")
        }
        Code::TooManyLines { lines } => format!("这段文本有 {lines} 行，最多读取 {TEXT_LINES} 行。全文都没有读取。"),
        Code::NotUtf8 { utf16: true } => {
            "这个文件是 UTF-16 编码，Windows PowerShell 的 > 就会这样写。请另存为 UTF-8。".to_owned()
        }
        Code::NotUtf8 { utf16: false } => "这个文件从这里起不是 UTF-8。请另存为 UTF-8。".to_owned(),
        Code::Yaml(problem) => yaml(problem),
        Code::Template => {
            "这还不是清单，而是模板：{{ … }} 尚待填入。请先渲染它（例如用 helm template），再粘贴结果。".to_owned()
        }
        Code::Lookalike { meant: Some(':'), .. } => {
            "全角冒号（：）在 YAML 里只是普通文字。请写半角冒号（:）加一个空格。".to_owned()
        }
        Code::LookalikeInValue { meant: Some(' '), .. } => {
            "这个字符看起来像空格，在 YAML 里却不是：它不构成缩进，而会成为键的一部分。请用普通的半角空格。".to_owned()
        }
        Code::Lookalike { meant: None, .. } | Code::LookalikeInValue { meant: None, .. } => {
            "这里有一个看不见的字符，它成了这个词的一部分。请删去它。".to_owned()
        }
        Code::Lookalike { meant: Some(' '), .. } => "这个字符看起来像空格，其实不是。请用普通的半角空格。".to_owned(),
        Code::Lookalike { found, meant: Some(meant) } => {
            format!("{found} 看起来像 {meant}，在 YAML 里却只是普通文字。请写 {meant}。")
        }
        Code::LookalikeInValue { found, meant: Some(meant) } => {
            format!("{found} 看起来像 {meant}，但在 YAML 里会成为值的一部分。请写 {meant}。")
        }
        Code::Wrapped(wrapping) => wrapped(*wrapping).to_owned(),
        Code::BadSeparator(_) => "分隔符 --- 后面只能写注释。".to_owned(),
        Code::DuplicateKey { key, .. } => {
            format!("{key} 在这里第二次出现。Kubernetes 采用这一个，并默默丢弃上面那个。")
        }
        Code::NotAManifest => "这不是清单：清单要有 apiVersion、kind 之类的键。".to_owned(),
        Code::NoKind => "这里没有 kind。请写 kind: Job。".to_owned(),
        Code::NoApiVersion { kind } => {
            let (version, kind) = (kind.api_version(), kind.as_str());
            format!("这里没有 apiVersion。请写 apiVersion: {version}；在此之前按 {version} 的 {kind} 读取。")
        }
        Code::WrongApiVersion { kind, found } if found == "batch/v1beta1" => format!(
            "Kubernetes 在 1.25 中移除了 batch/v1beta1 的 {}。请改写为 batch/v1，其他内容无需改动。此处按 batch/v1 读取。",
            kind.as_str()
        ),
        Code::WrongApiVersion { kind, .. } => {
            let (version, kind) = (kind.api_version(), kind.as_str());
            format!("这个 apiVersion 里没有 {kind}。请写 {version}；在此之前按 {version} 读取。")
        }
        Code::KindNotServed { kind, version } if version.is_empty() => {
            format!("这里没有 apiVersion：没有它就无法知道指的是哪一种 {kind}。")
        }
        Code::KindNotServed { kind, version } => {
            format!("Kubernetes 的 {version} 里没有 {kind} 这种 kind。请注意大小写。")
        }
        Code::KindNotModelled(kind) => {
            format!("{kind} 在这里不起作用：只有 Job 和 CronJob 会运行，其他对象原样保留。")
        }
        Code::ScenarioWithoutVersion => "Scenario 需要 apiVersion: job-playground/v1。此处按这一版本读取。".to_owned(),
        Code::NewerKind(kind) => {
            format!("这个版本不认识 {kind} 这种 kind。文本是由更新的版本生成的吗？内容会原样保留。")
        }
        Code::NewerVersion(version) => {
            format!("这个版本只认识 job-playground/v1，不认识 {version}。能读懂的部分仍会读取。")
        }
        Code::SecondScenario => "一段文本只有一个 Scenario，以第一个为准。这一个不会读取。".to_owned(),
        Code::InList => "Lesson 或 Course 必须是单独的文档，不能是 List 中的一项。这一个不会读取。".to_owned(),
        Code::CourseNotFirst => "Course 是文本的第一个文档，而且只有一个。这一个不会读取。".to_owned(),
        Code::BehindLesson => {
            "一节课到它的 Lesson 文档为止。后面的内容属于下一节课，这里不会读取。".to_owned()
        }
        Code::UnknownField(field) => {
            format!("这个版本不认识字段 {field}。是笔误，还是由更新的版本生成的？内容会原样保留，但不起作用。")
        }
        Code::ReservedField(field) => format!("字段 {field} 留给以后的版本使用，在这个版本里不起作用。"),
        Code::WrongType { expected, found } => {
            format!(
                "这里应当是{}，而不是{}。{}",
                expected_words(*expected),
                found_words(*found),
                hint(*expected, *found)
            )
        }
        Code::Duration { error, text } => duration(*error, text),
        Code::ForeverNotHere => "forever 只能写在 run、after、ready、hang 和 pull 里。".to_owned(),
        Code::OutOfRange { least, most: Some(most) } => format!("这里应当是 {least} 到 {most} 之间的数字。"),
        Code::OutOfRange { least, most: None } => format!("这里应当是不小于 {least} 的数字。"),
        Code::UnknownWord { allowed } => format!("这里只能写 {}。", one_of(allowed)),
        Code::IndexSet(error) => format!("这不是索引集合（{error}）。请写一个数字，或 \"0-2,5\"。"),
        Code::Chance { number: Some(number) } => format!("请写 {number}%。"),
        Code::Chance { number: None } => "概率是 0% 到 100% 的百分数，最多四位小数，例如 20%。".to_owned(),
        Code::StartTime => "这不是带时区、精确到整秒的时间。请写 \"2000-01-01T12:00:00Z\"。".to_owned(),
        Code::OtherKubernetes(version) => format!("这里没有 Kubernetes {version} 的规则，将按 1.36 的规则运行。"),
        Code::MissingField(field) => format!("这里缺少 {field}。这一行不起作用。"),
        Code::NoVerb => "这个输入什么也不做：它需要一个动词，例如 evict 或 fail。这一行不起作用。".to_owned(),
        Code::TwoVerbs { first, second } => {
            format!("一个输入只做一件事。请把 {first} 和 {second} 分成两行。这一行不起作用。")
        }
        Code::StartingOfContainer => {
            "starting 说的是 Pod 的首次启动，在带有 container 或 restart 的行为里不起作用。".to_owned()
        }
        Code::RestartInTarget => "restart 只能写在 match 里。这一行不起作用。".to_owned(),
        Code::NodeName => "节点名最多 63 个字符，只能有小写字母、数字和连字符（-），首尾必须是字母或数字。有 count 时，后面的编号也算在内。这一行不起作用。".to_owned(),
        Code::SecondNode(name) => format!("已经有节点 {name} 了。这一行不起作用。"),
        Code::UnknownNode(name) => format!("没有节点 {name}。这里不起作用。"),
        Code::Quantity => "这不是数量。请写 4、500m 或 16Gi。".to_owned(),
        Code::Label => "这不能作为标签：键是 zone 或 example.com/zone 这样的名称，值只能有字母、数字、-、_ 和 .，两者都最多 63 个字符。".to_owned(),
        Code::Taint { removed: false } => format!("这不是污点。请写 KEY=VALUE:EFFECT 或 KEY:EFFECT，其中 EFFECT 是 {}。", one_of(&TaintEffect::ALL.map(TaintEffect::as_str))),
        Code::Taint { removed: true } => format!("要去掉污点，请写 KEY:EFFECT 或 KEY，其中 EFFECT 是 {}。", one_of(&TaintEffect::ALL.map(TaintEffect::as_str))),
        Code::LessonId => {
            "它会出现在链接里：请只用小写字母、数字和 -，最多 63 个字符。定下之后就不再改变。".to_owned()
        }
        Code::StartOrMoment => "请写 start，或一个时刻，例如 {pod: {attempt: 1}, is: failed}。".to_owned(),
        Code::NoCheck => format!("这不是检查。它需要以下键之一：{}。", one_of(&CHECKS.map(|(key, _)| key))),
        Code::NoMoment => format!("这不是时刻。它需要以下键之一：{}。", one_of(&MOMENTS.map(|(key, _)| key))),
        Code::NoNumber => "要多少？请写 is、atLeast 或 atMost，后面是数字。".to_owned(),
        Code::TwoChecks { first, second } => {
            format!("这里同时问了两件事：{first} 和 {second}。请分成两个；all 和 any 可以包含多个检查。")
        }
        Code::TooManyChecks => {
            format!("一节课最多有 {LESSON_CHECKS} 项检查，嵌套的也算在内。从这里开始的都没有读取。")
        }
        Code::ChecksTooDeep => format!("这里的检查嵌套超过了 {CHECK_DEPTH} 层。"),
        Code::Reference { or_image } => {
            format!("请写 KIND/NAME，其中 KIND 是 {}。", one_of(&Provided::kinds(*or_image)))
        }
    }
}

fn wrapped(wrapping: Wrapping) -> &'static str {
    match wrapping {
        Wrapping::MarkdownFence => "复制时把 Markdown 的代码块标记（```）也带上了。它不是 YAML，标记之间才是清单。",
        Wrapping::HereDocument => "复制时把传给 kubectl 的 shell 命令也带上了。只有命令与结束词之间的内容才是 YAML。",
        Wrapping::DiffMarks => "这是一份 diff：行首的 + 和 - 属于 diff，不属于清单。应当取改动后的版本。",
        Wrapping::QuoteMarks => "每一行前面都有引用标记 >，像邮件或 issue 里那样。清单在它后面。",
        Wrapping::LineNumbers => "每一行前面都有行号。清单在行号后面。",
        Wrapping::Prompt => "复制时把命令或命令的输出也带上了。",
        Wrapping::Description => {
            "这是 kubectl describe 的输出：它是报告，不是清单。请用 kubectl get NAME -o yaml 取得清单。"
        }
        Wrapping::Table => "这是 kubectl get 输出的表格。加上 -o yaml 就会输出清单。",
    }
}

fn yaml(problem: &YamlProblem) -> String {
    match problem {
        YamlProblem::Syntax { problem, .. } => syntax(problem).to_owned(),
        YamlProblem::UnknownAnchor(name) => format!("上文没有用 &{name} 标记的内容。"),
        YamlProblem::ContainsItself(name) => format!("*{name} 写在 &{name} 之内，这样永远展开不完。"),
        YamlProblem::AliasesBeyondLimit => format!(
            "到这里为止，别名和合并键使内容比所写的多出超过 {ALIASED_NODES} 个值或 {ALIASED_BYTES} 字节。Kubernetes \
             也许能读，但这里不读取。"
        ),
        YamlProblem::ExcessiveAliasing => "这份文档的别名展开后远远超出所写的内容。".to_owned(),
        YamlProblem::MergeWithoutMap => "<< 只能合并一个映射，或一组映射。".to_owned(),
        YamlProblem::InvalidKey(_) | YamlProblem::UnsupportedKey { .. } => "键只能是文本、数字或布尔值。".to_owned(),
        YamlProblem::CannotDecode { tag, text, .. } => format!("{text} 不是 {tag}。"),
        YamlProblem::InvalidBinary => "!!binary 后面不是 base64。".to_owned(),
        YamlProblem::UnsupportedNumber(_) => "Kubernetes 没有这样的数字。".to_owned(),
        YamlProblem::NotJson { .. } => "JSON 在这里中断，后面的内容都不会读取。JSON 对象之间只能有空白。".to_owned(),
        YamlProblem::TooDeep => format!("嵌套超过了 {YAML_DEPTH} 层。"),
    }
}

/// YAML 解析器的提示背后通常是什么。
fn syntax(problem: &str) -> &'static str {
    match problem {
        "mapping values are not allowed in this context" => "这里不能出现冒号。是这一行缩进过多，还是上一行没有写完？",
        "did not find expected key" => "这一行与上面各行都对不齐。是不是多了或少了一个空格？",
        "did not find expected '-' indicator" => "这里列表还没有结束，但这一行不是以短横线开头。",
        "found character that cannot start any token" => {
            "任何内容都不能以这个字符开头。请用空格缩进，不要用制表符；含 @、` 或 % 的文本请加引号。"
        }
        "found a tab character that violates indentation" => "YAML 不能用制表符缩进。请用空格。",
        "could not find expected ':'" => "键后面缺少半角冒号（:），或这一行不属于任何内容。",
        "block sequence entries are not allowed in this context" => {
            "列表不能从这里开始。请把短横线另起一行，写在键的下面。"
        }
        "did not find expected ',' or ']'" => "方括号 [ 在这里还没有闭合。是不是缺少逗号或 ]？",
        "did not find expected ',' or '}'" => "花括号 { 在这里还没有闭合。是不是缺少逗号或 }？",
        "found unexpected end of stream" => "有引号没有闭合。",
        "found unexpected document indicator" => "到了这个分隔符，引号仍没有闭合。",
        "did not find expected node content" => "这里缺少内容。",
        "control characters are not allowed" => "文本里有看不见的控制字符。",
        "found unknown escape character" => "双引号里没有这种转义。含反斜杠的文本请用单引号。",
        _ => "这不是有效的 YAML。",
    }
}

fn duration(error: SpanError, text: &str) -> String {
    match error {
        SpanError::NoUnit => format!("时长需要单位：请写 {text}s。"),
        SpanError::Negative => "时长不能是负数。".to_owned(),
        SpanError::TooFine => "最小的单位是 1 ms。".to_owned(),
        SpanError::TooLong => "这个时长超出了能够模拟的范围。".to_owned(),
        SpanError::Malformed => "这不是时长。请写 10s、1.5s、250ms 或 1h2m。".to_owned(),
    }
}

fn expected_words(expected: Expected) -> &'static str {
    match expected {
        Expected::Map => "映射",
        Expected::List => "列表",
        Expected::Text => "文本",
        Expected::Number => "整数",
        Expected::Truth => " true 或 false",
        Expected::Duration => "时长（例如 10s）",
        Expected::NumberOrName => "数字或名称",
        Expected::NumberOrSet => "数字或集合（例如 \"0-2,5\"）",
        Expected::Quantity => "数量（例如 4、500m 或 16Gi）",
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

/// 只差一对引号的时候。
fn hint(expected: Expected, found: ValueKind) -> &'static str {
    match (expected, found) {
        (Expected::Text | Expected::NumberOrName, ValueKind::Truth) => {
            "YAML 把 yes、no、on、off 读作布尔值：请加引号。"
        }
        (Expected::Text, ValueKind::Number) => "请加引号。",
        (Expected::Number, ValueKind::Text) => "请去掉引号。",
        _ => "",
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} 或 {last}", first.join("、")),
    }
}

fn edit_error(error: EditError) -> &'static str {
    match error {
        EditError::Unreadable => "Scenario 目前无法读取。请先修正它的 YAML。",
        EditError::NotThere => "文本里已经没有这一行。",
        EditError::Shared => "文本的这一部分在多处使用（&、*）。请手动修改。",
        EditError::Inexpressible => "按照文本现在的写法，这个改动无法写进去。请手动修改。",
    }
}

fn link_error(error: &LinkError) -> String {
    match error {
        LinkError::NotALink => {
            "地址中 # 后面的内容不是 Job Playground 的链接，或者它的开头在途中被改动了：链接以小写的“v1.”开头。"
                .to_owned()
        }
        LinkError::Newer { version } => format!("这个链接由更新的版本（{version}）生成。请刷新页面。"),
        LinkError::Damaged { readable } if readable.is_empty() => "这个链接已损坏，完全无法读取。".to_owned(),
        LinkError::Damaged { .. } => "这个链接已损坏。以下是能够读出的部分。".to_owned(),
        LinkError::Altered { .. } => "这个链接在途中被改动了：其中有字符与分享时不同。以下是它现在的内容。".to_owned(),
        LinkError::TooLong => "这个链接里的文本太长。".to_owned(),
    }
}
