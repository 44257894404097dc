//! What a person would call the times of a schedule: when on a day, and on which days.

use super::{Field, Schedule, Times};

/// A schedule that can be said in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// `@every`, in seconds.
    Every(i64),
    /// On some days, at some times of these.
    On(Days, Clock),
}

/// When on a day.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Each so many minutes.
    Minutes(i64),
    /// Each so many minutes, anew from this minute of each hour on.
    HourlyFrom { minute: i64, step: i64 },
    /// At these minutes of each hour.
    Hourly(Vec<i64>),
    /// Each so many hours, from this minute after midnight on.
    Hours { step: i64, minute: i64 },
    /// From one time to another, each so many minutes.
    Between { first: Hand, last: Hand, minutes: i64 },
    /// At these times.
    At(Vec<Hand>),
}

/// Hour and minute.
pub type Hand = (i64, i64);

/// On which days.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// 1 to 12; none for every month.
    pub months: Vec<i64>,
    pub within: Within,
}

/// On which days of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// On every one.
    Every,
    /// On these days of the week; Sunday is 0.
    Week(Vec<i64>),
    /// On these days of the month.
    Month(Vec<i64>),
    /// On these days of the month, and on these of the week, too.
    Either(Vec<i64>, Vec<i64>),
    /// On these days of the week, where they are among these of the month.
    Both(Vec<i64>, Vec<i64>),
}

/// More single values than this are a list that nobody reads.
const LISTED: usize = 6;

impl Schedule {
    /// What it is called; `None` if its words would be longer than itself.
    pub fn pattern(&self) -> Option<Pattern> {
        let fields = match &self.times {
            Times::Every(seconds) => return Some(Pattern::Every(*seconds)),
            Times::Fields(fields) => fields,
        };
        let clock = clock(&values(fields.minute, 0, 59), &values(fields.hour, 0, 23))?;
        let months = values(fields.month, 1, 12);
        let months = if months.len() == 12 { Vec::new() } else { months };
        let (days, week) = (values(fields.day_of_month, 1, 31), values(fields.day_of_week, 0, 6));
        let (all_days, all_week) = (days.len() == 31, week.len() == 7);
        let must_both = fields.day_of_month.star || fields.day_of_week.star;
        let within = match (all_days, all_week) {
            (true, true) => Within::Every,
            (true, false) if must_both => Within::Week(week),
            (false, true) if must_both => Within::Month(days),
            // One of both is every day.
            (true, false) | (false, true) => Within::Every,
            (false, false) if must_both => Within::Both(days, week),
            (false, false) => Within::Either(days, week),
        };
        let listed = match &within {
            Within::Month(days) | Within::Either(days, _) | Within::Both(days, _) => days.len(),
            Within::Every | Within::Week(_) => 0,
        };
        let never = months.is_empty() && values(fields.month, 1, 12).is_empty();
        (listed <= LISTED && months.len() <= LISTED && !never).then_some(Pattern::On(Days { months, within }, clock))
    }
}

fn values(field: Field, first: i64, last: i64) -> Vec<i64> {
    (first..=last).filter(|value| field.has(*value)).collect()
}

fn clock(minutes: &[i64], hours: &[i64]) -> Option<Clock> {
    let (first_minute, first_hour) = (*minutes.first()?, *hours.first()?);
    let (last_minute, last_hour) = (*minutes.last()?, *hours.last()?);
    let is_whole = |values: &[i64], step: i64, whole: i64| values[0] + whole - values[values.len() - 1] == step;
    if hours.len() == 24 {
        return match step(minutes) {
            _ if minutes.len() == 1 => Some(Clock::Hourly(minutes.to_vec())),
            Some(step) if first_minute == 0 && is_whole(minutes, step, 60) => Some(Clock::Minutes(step)),
            Some(step) if last_minute + step >= 60 && minutes.len() > 2 => {
                Some(Clock::HourlyFrom { minute: first_minute, step })
            }
            _ if minutes.len() <= LISTED => Some(Clock::Hourly(minutes.to_vec())),
            _ => None,
        };
    }
    let step_of_hours = step(hours);
    match (minutes.len(), step_of_hours, step(minutes)) {
        (1, Some(step), _) if first_hour == 0 && is_whole(hours, step, 24) && hours.len() > 2 => {
            Some(Clock::Hours { step, minute: first_minute })
        }
        (1, Some(step), _) if hours.len() > 2 => Some(Clock::Between {
            first: (first_hour, first_minute),
            last: (last_hour, first_minute),
            minutes: 60 * step,
        }),
        (2.., Some(1), Some(step)) if is_whole(minutes, step, 60) => {
            Some(Clock::Between { first: (first_hour, first_minute), last: (last_hour, last_minute), minutes: step })
        }
        (2.., _, Some(step)) if is_whole(minutes, step, 60) && hours.len() == 1 => {
            Some(Clock::Between { first: (first_hour, first_minute), last: (first_hour, last_minute), minutes: step })
        }
        _ if minutes.len() * hours.len() <= LISTED => {
            Some(Clock::At(hours.iter().flat_map(|hour| minutes.iter().map(|minute| (*hour, *minute))).collect()))
        }
        _ => None,
    }
}

/// The distance of values that go evenly.
fn step(values: &[i64]) -> Option<i64> {
    let step = values.get(1)? - values.first()?;
    values.windows(2).all(|pair| pair[1] - pair[0] == step).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_schedules_are_called() {
        let on = |clock| Some(Pattern::On(Days { months: Vec::new(), within: Within::Every }, clock));
        let at = |months: &[i64], within, at: &[Hand]| {
            Some(Pattern::On(Days { months: months.to_vec(), within }, Clock::At(at.to_vec())))
        };
        for (text, pattern) in [
            ("*/5 * * * *", on(Clock::Minutes(5))),
            ("* * * * *", on(Clock::Minutes(1))),
            ("*/7 * * * *", on(Clock::HourlyFrom { minute: 0, step: 7 })),
            ("5/10 * * * *", on(Clock::HourlyFrom { minute: 5, step: 10 })),
            ("@hourly", on(Clock::Hourly(vec![0]))),
            ("5,35,36 * * * *", on(Clock::Hourly(vec![5, 35, 36]))),
            ("30 */6 * * *", on(Clock::Hours { step: 6, minute: 30 })),
            ("0 9-17/2 * * *", on(Clock::Between { first: (9, 0), last: (17, 0), minutes: 120 })),
            ("*/15 9-17 * * *", on(Clock::Between { first: (9, 0), last: (17, 45), minutes: 15 })),
            ("0 2 * * 1-5", at(&[], Within::Week(vec![1, 2, 3, 4, 5]), &[(2, 0)])),
            ("0 2 1-31 * 1", at(&[], Within::Every, &[(2, 0)])),
            ("@daily", at(&[], Within::Every, &[(0, 0)])),
            ("15 3 1 * *", at(&[], Within::Month(vec![1]), &[(3, 15)])),
            ("@yearly", at(&[1], Within::Month(vec![1]), &[(0, 0)])),
            ("30 4 1,15 * 5", at(&[], Within::Either(vec![1, 15], vec![5]), &[(4, 30)])),
            ("0,5 2 * * *", at(&[], Within::Every, &[(2, 0), (2, 5)])),
            ("@every 90s", Some(Pattern::Every(90))),
            ("1,2,3,5,8,13,21,34 * * * *", None),
            ("0 2 1-8 * *", None),
            ("0 2 * , *", None),
        ] {
            assert_eq!(Schedule::parse(text).expect(text).pattern(), pattern, "{text}");
        }
    }
}
