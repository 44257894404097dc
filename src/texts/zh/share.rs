//! Sharing in Chinese.

use crate::manifest::redact::What;
use crate::texts::format::count;
use crate::texts::share::ShareWords;

pub(in crate::texts) static SHARE: ShareWords = ShareWords {
    about: "链接里包含全部文本：打开它的人看到的是同一次运行，精确到毫秒。内容不会离开你的浏览器：# 之后的部分从不发送给服务器。",
    link: "链接",
    copy_link: "复制链接",
    copy_by_key: "请按 Ctrl+C 或 ⌘C",
    link_length: |length| {
        let note = match length {
            0..=2000 => "聊天和工单都放得下",
            2001..=8000 => "有些聊天软件会截断超过 2,000 个字符的链接",
            _ => "对许多软件来说太长，请改为发送文件",
        };
        format!("{} 个字符，{note}", count(length as i64))
    },
    at_moment: |clock| format!("打开时停在 {clock}"),
    at_mark: |clock| format!("打开时停在 {clock}，并显示原因"),
    redact: "隐去名称、镜像、取值和命令",
    would_replace: |kinds| format!("隐去会替换 {}。", counted(kinds)),
    replaced: |kinds| format!("已替换：{}", counted(kinds)),
    nothing_to_replace: "没有可以替换的内容。",
    has_chance: "概率与名称有关：隐去之后，走运的可能是别的 Pod。",
    records: "正在记录隐去后的运行……",
    no_run: "这段文本没有自己的运行：只能分享链接和文件。",

    embed: "嵌入",
    frame: "框架",
    element: "元素",
    for_frame: "适用于 Confluence、Notion、Moodle：整段影片都在地址里。",
    for_element: |name| {
        format!("把 {name}.svg 和 {name}.film.json 存到页面旁边，job-playground.js 与你的脚本放在一起。")
    },
    for_picture: |name| format!("适用于 README 和 issue：把 {name}.svg 存到旁边。"),
    for_hugo: |name| format!("把文本存为 runs/{name}.yaml，其余的由套件在构建网站时完成。"),
    for_kit: "套件在构建网站时把它变成一次运行。",
    snippet: "要粘贴的内容",
    characters: |length| format!("{} 个字符", count(length as i64)),
    qr: "链接的二维码",
    qr_too_long: |length, most| {
        format!("链接有 {} 个字符，而相机最多能识别 {} 个字符的二维码。", count(length as i64), count(most as i64))
    },

    save: "保存",
    file: "文本",
    picture: "图片",
    pixels: |scale| format!("PNG，{scale} 倍"),
    no_pixels: "浏览器没能生成 PNG。请改为保存图片，它是 SVG 文件。",
    film: "影片",
    trace: "轨迹",
    perfetto: "用于 Perfetto",
    qr_file: "二维码",
    width: "宽度",
    widths: ["720 px", "380 px"],
    colours: "颜色",
    themes: ["两种", "浅色", "深色"],
};

fn counted(kinds: &[(What, usize)]) -> String {
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(what, number)| {
            let what = match what {
                What::Name => "个名称",
                What::Image => "个镜像",
                What::Label => "个标签",
                What::Value => "个取值",
                What::Command => "条命令",
                What::Text => "段其他文本",
            };
            format!("{} {what}", count(*number as i64))
        })
        .collect();
    kinds.join("、")
}
