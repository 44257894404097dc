//! The editor in Simplified Chinese.

use super::format::FORMAT;
use crate::cluster::behavior::Program;
use crate::limits::TEXT_BYTES;
use crate::texts::editor::EditorWords;
use crate::texts::format::count;
use crate::texts::keys::KeyGroup;
use crate::time::Span;

pub(in crate::texts) static EDITOR: EditorWords = EditorWords {
    spec_box: "清单（YAML）",
    scenario_box: "情景（YAML）",
    lesson_box: "课程（YAML）",
    simplified: "这里从简",
    tiers: ["处被拒绝", "处需留意", "处未模拟"],
    valid: "有效",
    checking: "检查中……",
    not_checked: "未检查",
    findings: "关于这段文本的提示",
    line: |line| format!("第 {line} 行"),
    nothing_created: "被拒绝：什么都不会创建",
    from_the_start: "从头开始",
    apply_at: |at| format!("在 {} 执行 kubectl apply", FORMAT.clock_short(at)),
    more_problems: |count| format!("还有 {count} 条"),
    default: "默认值",
    assumed: "假定",
    write_default: "写进文本",
    write_assumed: "写进情景，以便修改",
    program: |container, program| match program {
        None => format!("{container}：按其命令，因索引而异"),
        Some(Program { run: Span::FOREVER, .. }) => format!("{container} 一直运行，直到被停止"),
        Some(program) => {
            format!("{container} 运行 {}，以 {} 退出", FORMAT.span(program.run), program.exit_code)
        }
    },
    about_place: "关于此处",
    nothing_to_say: "关于此处没有什么可说的。",
    decided: |steps| format!("决定了这次运行中的 {steps} 步"),
    inert: "在这次运行中没有起作用",
    without: "如果没有它：",
    same_without: "如果没有它，这次运行的结局相同。",
    show_effects: "逐一查看",
    number: "调整数值",
    less_more: ["减小", "增大"],
    number_keys: "Alt+↑ ↓，或按住 Alt 拖动",
    completions: "这里可以写什么",
    required: "必填",
    document: "清单",
    suggestions: |count| format!("{count} 条建议"),
    chip_row: "YAML 按键",
    chips: ["冒号", "短横线", "减少缩进", "增加缩进", "撤销", "关于此处"],
    file_too_large: |bytes| {
        let (bytes, most) = (count(bytes as i64), count(TEXT_BYTES as i64));
        format!("这个文件有 {bytes} 字节，最多只能打开 {most} 字节。你的文本没有变。")
    },
    file_not_text: "这个文件不是 UTF-8 文本。你的文本没有变。",
    file_unreadable: "浏览器无法读取这个文件。你的文本没有变。",
    keys: KeyGroup {
        title: "焦点在文本框中时",
        keys: &[
            ("F8 Shift+F8", "下一条、上一条提示"),
            ("Ctrl+I", "关于此处：提示、说明、作用；按 Tab 进入"),
            ("Ctrl+Space", "这里可以写什么"),
            ("Alt+↑ Alt+↓", "光标处的数值加一、减一；加 Shift 为十；也可按住 Alt 拖动"),
            ("Ctrl+] Ctrl+[", "增加、减少缩进；选中多行时也可用 Tab 和 Shift+Tab"),
            ("Tab", "移到下一个控件"),
            ("Esc", "关闭卡片或列表"),
        ],
    },
};
