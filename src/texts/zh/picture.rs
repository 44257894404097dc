//! Chinese words of posters and films.

use super::format::FORMAT;
use crate::texts::format::count;
use crate::texts::picture::PictureWords;

pub(in crate::texts) static PICTURE: PictureWords = PictureWords {
    format: &FORMAT,
    after: |took| format!("用时 {took}"),
    failures: |used, limit| format!("失败 {} 次{}", count(used), of(used, limit)),
    restarts: |used, limit| format!("重启 {} 次{}", count(used), of(used, limit)),
    with: "，",
    went: |what, how| format!("{what}：{how}"),
    jobs: |number| format!("{} 个 Job", count(number)),
    range: |are_indexes, from, to| {
        let what = if are_indexes { "索引" } else { "Pod" };
        (what.to_owned(), format!("{}–{}", count(from as i64), count(to as i64)))
    },
    alive: "存活 Pod",
    most_alive: |most| format!("最多 {}", count(most)),
    step_through: "逐步查看",
    open: "在 Job Playground 中打开",
    truncated: "运行较长，这里是最初的决定",
};

fn of(used: u32, limit: Option<u32>) -> String {
    let limit = limit.filter(|limit| used <= *limit);
    limit.map_or(String::new(), |limit| format!("（上限 {} 次）", count(limit)))
}
