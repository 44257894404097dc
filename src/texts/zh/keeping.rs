//! Keeping in Chinese.

use crate::texts::keeping::KeepingWords;

pub(in crate::texts) static KEEPING: KeepingWords = KeepingWords {
    guest: "这段文本来自一个链接。",
    guest_edited: "这段文本来自一个链接，你已经改过它。",
    own_is_kept: "你自己的文本仍然保留。",
    as_it_came: "恢复原样",
    back_to_mine: "回到我的文本",

    offer: "另一个标签页改动了这段文本。两份文本都会保留。",
    take_offer: "打开那一份",
    decline_offer: "继续用这一份",

    text_not_kept: |why| format!("你的文本没有保存：{why}。请复制或下载。"),
    past_not_kept: |why| format!("之前的那段文本没有保存：{why}。可以用“撤销”回到它。"),
    before_not_read: |why| format!("现在读不出以前保存的文本：{why}。它们保持不变。"),
    cleared: "浏览器里保存的文本已被删除。你的文本现在只在这个页面里，请复制或下载。",
    denied: "浏览器不允许这个页面保存内容",
    full: "浏览器的存储空间已满",
    broken: "浏览器的存储无法使用",
    download: "下载",

    history: "历史",
    history_about: |number| {
        format!("被别的文本取代的你的文本，以及每次回来时最初的文本。保留最近 {number} 份，只在这个浏览器里。")
    },
    links_about: |number| format!("来自链接并且改过的文本，保留最近 {number} 份；打开原来的链接就能看到。"),
    no_history: "还没有内容。当别的文本取代你的文本时，你的文本会保留在这里。",
    history_not_read: |why| format!("无法读取：{why}。"),
    lines: |number| format!("{number} 行"),
    remove: |name| format!("删除 {name}"),
    export: "全部下载为一个文件",
};
