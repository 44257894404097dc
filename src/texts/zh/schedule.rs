//! The times of a schedule in Chinese.

use super::format::FORMAT;
use crate::api::CronJobSpec;
use crate::api::schedule::{Clock, Days, Hand, Pattern, Within};
use crate::texts::in_words::When;
use crate::time::Span;

const DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

/// `每个工作日 02:00（Berlin 时间）`
pub(super) fn times(spec: &CronJobSpec, when: When) -> String {
    let zone = match when.zone {
        Some(zone) if zone != "UTC" => format!("（{zone} 时间）"),
        _ => "（UTC）".to_owned(),
    };
    let words = match when.pattern {
        Some(Pattern::Every(seconds)) => format!("每隔 {}", FORMAT.span(Span::from_seconds(seconds))),
        Some(Pattern::On(on, Clock::At(times))) => format!("{} {}", days(&on), clock(&Clock::At(times))),
        Some(Pattern::On(on, times)) => match days(&on).as_str() {
            "每天" => clock(&times),
            days => format!("{days}，{}", clock(&times)),
        },
        None => format!("按 {}", spec.schedule),
    };
    format!("{words}{zone}")
}

fn hand((hour, minute): Hand) -> String {
    format!("{hour:02}:{minute:02}")
}

fn clock(clock: &Clock) -> String {
    match clock {
        Clock::Minutes(1) => "每分钟".to_owned(),
        Clock::Minutes(step) => format!("每 {step} 分钟"),
        Clock::HourlyFrom { minute, step } => format!("每小时从第 {minute} 分起每 {step} 分钟"),
        Clock::Hourly(minutes) if minutes.as_slice() == [0] => "每小时整点".to_owned(),
        Clock::Hourly(minutes) => format!("每小时的第 {} 分", list(minutes.iter().map(i64::to_string))),
        Clock::Hours { step, minute } => format!("从 {} 起每 {step} 小时", hand((0, *minute))),
        Clock::Between { first, last, minutes } => {
            let step = match minutes {
                1 => "每分钟".to_owned(),
                60 => "每小时".to_owned(),
                minutes if minutes % 60 == 0 => format!("每 {} 小时", minutes / 60),
                minutes => format!("每 {minutes} 分钟"),
            };
            format!("{} 至 {} {step}", hand(*first), hand(*last))
        }
        Clock::At(times) => list(times.iter().map(|time| hand(*time))),
    }
}

/// `每个工作日`、`每月 1、15 日以及每周五`
fn days(on: &Days) -> String {
    let month = match on.months.as_slice() {
        [] => "每月".to_owned(),
        months => format!("每年 {} 月", list(months.iter().map(i64::to_string))),
    };
    // A week needs no month, if it may be any.
    let of = if on.months.is_empty() { String::new() } else { format!("{month}的") };
    let dates = |days: &[i64]| format!("{month} {} 日", list(days.iter().map(i64::to_string)));
    match &on.within {
        Within::Every => format!("{of}每天"),
        Within::Week(week) => format!("{of}{}", names(week)),
        Within::Month(days) => dates(days),
        Within::Either(days, week) => format!("{}以及{of}{}", dates(days), names(week)),
        Within::Both(days, week) => format!("{}中的{}", dates(days), names(week)),
    }
}

/// Days of the week, the week-end at its end.
fn names(week: &[i64]) -> String {
    if week == [1, 2, 3, 4, 5] {
        return "每个工作日".to_owned();
    }
    let (sunday, others): (Vec<i64>, Vec<i64>) = week.iter().partition(|day| **day == 0);
    let name = |day: &i64| usize::try_from(*day).ok().and_then(|day| DAYS.get(day)).copied().unwrap_or_default();
    format!("每周{}", list(others.iter().chain(&sunday).map(|day| name(day).to_owned())))
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("、")
}
