//! English words of posters and films.

use super::format::FORMAT;
use crate::texts::format::count;
use crate::texts::picture::PictureWords;

pub(in crate::texts) static PICTURE: PictureWords = PictureWords {
    format: &FORMAT,
    after: |took| format!("after {took}"),
    failures: |used, limit| of(used, limit, ["failure", "failures"]),
    restarts: |used, limit| of(used, limit, ["restart", "restarts"]),
    with: ", with ",
    went: |what, how| format!("{what}: {how}"),
    jobs: |number| if number == 1 { "1 Job".to_owned() } else { format!("{} Jobs", count(number)) },
    range: |are_indexes, from, to| {
        let what = if are_indexes { "Indexes" } else { "Pods" };
        (what.to_owned(), format!("{}–{}", count(from as i64), count(to as i64)))
    },
    alive: "Pods alive",
    most_alive: |most| format!("at most {}", count(most)),
    step_through: "Step through it",
    open: "Open in Job Playground",
    truncated: "The first decisions of a longer run",
};

fn of(used: u32, limit: Option<u32>, [one, many]: [&str; 2]) -> String {
    match limit {
        Some(limit) if used <= limit => {
            format!("{} of {} {} used", count(used), count(limit), if limit == 1 { one } else { many })
        }
        _ => format!("{} {}", count(used), if used == 1 { one } else { many }),
    }
}
