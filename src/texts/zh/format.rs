//! Chinese numbers and lists.

use crate::texts::format::{FormatWords, NO_BREAK};

pub(in crate::texts) static FORMAT: FormatWords = FormatWords {
    milliseconds: "毫秒",
    seconds: "秒",
    minutes: "分钟",
    hours: "小时",
    days: |_| "天",
    forever: "永远",
    never: "永不",
    comma: "，",
    full_stop: "。",
    gap: "",
    ordinal: |number| format!("第{NO_BREAK}{number}"),
};
