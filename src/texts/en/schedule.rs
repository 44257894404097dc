//! The times of a schedule in English.

use super::format::FORMAT;
use crate::api::CronJobSpec;
use crate::api::schedule::{Clock, Days, Hand, Pattern, Within};
use crate::texts::in_words::When;
use crate::time::Span;
use crate::time::calendar::{DAYS, MONTHS};

/// `every weekday at 02:00, Berlin time`
pub(super) fn times(spec: &CronJobSpec, when: When) -> String {
    let zone = match when.zone {
        Some(zone) if zone != "UTC" => format!("{zone} time"),
        _ => "UTC".to_owned(),
    };
    let words = match when.pattern {
        Some(Pattern::Every(seconds)) => format!("every {}", FORMAT.span(Span::from_seconds(seconds))),
        Some(Pattern::On(on, Clock::At(times))) => {
            format!("{} at {}", days(&on), list(times.iter().map(|time| hand(*time))))
        }
        Some(Pattern::On(on, times)) => match days(&on).as_str() {
            "every day" => clock(&times),
            days => format!("{}, {days}", clock(&times)),
        },
        None => format!("at {}", spec.schedule),
    };
    format!("{words}, {zone}")
}

fn hand((hour, minute): Hand) -> String {
    format!("{hour:02}:{minute:02}")
}

fn clock(clock: &Clock) -> String {
    match clock {
        Clock::Minutes(1) => "every minute".to_owned(),
        Clock::Minutes(step) => format!("every {step} minutes"),
        Clock::HourlyFrom { minute, step } => {
            format!("every {step} minutes, anew from {} of each hour on", past(*minute))
        }
        Clock::Hourly(minutes) if minutes.as_slice() == [0] => "every hour, on the hour".to_owned(),
        Clock::Hourly(minutes) => {
            let unit = if minutes.as_slice() == [1] { "minute" } else { "minutes" };
            format!("every hour, {} {unit} past", list(minutes.iter().map(i64::to_string)))
        }
        Clock::Hours { step, minute } => format!("every {step} hours, from {} on", hand((0, *minute))),
        Clock::Between { first, last, minutes } => {
            let step = match minutes {
                1 => "minute".to_owned(),
                60 => "hour".to_owned(),
                minutes if minutes % 60 == 0 => format!("{} hours", minutes / 60),
                minutes => format!("{minutes} minutes"),
            };
            format!("every {step} from {} to {}", hand(*first), hand(*last))
        }
        Clock::At(times) => format!("at {}", list(times.iter().map(|time| hand(*time)))),
    }
}

/// `minute 5`
fn past(minute: i64) -> String {
    format!("minute {minute}")
}

/// `every weekday`, `on the 1st and 15th of every month and every Friday`
fn days(on: &Days) -> String {
    let of_month = if on.months.is_empty() { "of every month".to_owned() } else { format!("of {}", months(on)) };
    let in_month = if on.months.is_empty() { String::new() } else { format!(" in {}", months(on)) };
    match &on.within {
        Within::Every => format!("every day{in_month}"),
        Within::Week(week) => format!("every {}{in_month}", names(week)),
        Within::Month(days) => match (days.as_slice(), on.months.as_slice()) {
            ([day], [_]) => format!("every year on {day} {}", months(on)),
            _ => format!("on the {} {of_month}", ordinals(days)),
        },
        Within::Either(days, week) => {
            format!("on the {} {of_month}, and every {} as well,", ordinals(days), names(week))
        }
        Within::Both(days, week) => format!("every {} that is the {} {of_month},", names(week), ordinals(days)),
    }
}

fn months(on: &Days) -> String {
    list(on.months.iter().map(|month| name(&MONTHS, month - 1)))
}

fn ordinals(days: &[i64]) -> String {
    list(days.iter().map(|day| (FORMAT.ordinal)(u32::try_from(*day).unwrap_or_default())))
}

/// Days of the week, the week-end at its end.
fn names(week: &[i64]) -> String {
    if week == [1, 2, 3, 4, 5] {
        return "weekday".to_owned();
    }
    let (sunday, others): (Vec<i64>, Vec<i64>) = week.iter().partition(|day| **day == 0);
    list(others.iter().chain(&sunday).map(|day| name(&DAYS, *day)))
}

fn name(names: &[&str], number: i64) -> String {
    usize::try_from(number).ok().and_then(|number| names.get(number)).copied().unwrap_or_default().to_owned()
}

/// `a`, `a and b`, `a, b and c`
fn list(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    match parts.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        parts => parts.concat(),
    }
}
