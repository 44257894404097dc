//! Schedules that have plain words in every language: what a person would call them.

use super::{Field, Schedule, Times};

/// A schedule that can be said in a few words.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// `@every`, in seconds.
    Every { seconds: i64 },
    /// At minutes 0, n, 2n … of each hour.
    Minutes { step: i64 },
    /// Each hour at this minute, or each n-th hour from midnight on.
    Hours { step: i64, minute: i64 },
    /// On these days of the week, Sunday is 0; all seven for each day.
    Days { days: Vec<i64>, hour: i64, minute: i64 },
    /// On this day of each month.
    Months { day: i64, hour: i64, minute: i64 },
    /// On this day of the year.
    Years { month: i64, day: i64, hour: i64, minute: i64 },
}

impl Schedule {
    /// What it is called; `None` if it has no plain words.
    pub fn pattern(&self) -> Option<Pattern> {
        let fields = match &self.times {
            Times::Every(seconds) => return Some(Pattern::Every { seconds: *seconds }),
            Times::Fields(fields) => fields,
        };
        let minutes = values(fields.minute, 0, 59);
        let hours = values(fields.hour, 0, 23);
        let days = values(fields.day_of_month, 1, 31);
        let months = values(fields.month, 1, 12);
        let week = values(fields.day_of_week, 0, 6);
        let (any_day, any_month, any_week) = (days.len() == 31, months.len() == 12, week.len() == 7);
        let each_day = any_day && any_month && any_week;
        match (minutes.as_slice(), hours.as_slice()) {
            (_, hours) if each_day && hours.len() == 24 && minutes.len() > 1 => {
                Some(Pattern::Minutes { step: step(&minutes, 60)? })
            }
            ([minute], hours) if each_day && hours.len() > 1 => {
                Some(Pattern::Hours { step: step(hours, 24)?, minute: *minute })
            }
            ([minute], [hour]) => {
                let (hour, minute) = (*hour, *minute);
                match (days.as_slice(), months.as_slice()) {
                    _ if any_day && any_month => Some(Pattern::Days { days: week, hour, minute }),
                    ([day], _) if any_month && any_week => Some(Pattern::Months { day: *day, hour, minute }),
                    ([day], [month]) if any_week => Some(Pattern::Years { month: *month, day: *day, hour, minute }),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

fn values(field: Field, first: i64, last: i64) -> Vec<i64> {
    (first..=last).filter(|value| field.has(*value)).collect()
}

/// The step of values that begin at 0 and go evenly through the whole.
fn step(values: &[i64], whole: i64) -> Option<i64> {
    let step = values.get(1)? - values.first()?;
    let is_even = values[0] == 0 && whole % step == 0 && values.len() as i64 == whole / step;
    let has_step = values.windows(2).all(|pair| pair[1] - pair[0] == step);
    (is_even && has_step).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_schedules_are_called() {
        for (text, pattern) in [
            ("*/5 * * * *", Some(Pattern::Minutes { step: 5 })),
            ("* * * * *", Some(Pattern::Minutes { step: 1 })),
            ("@hourly", Some(Pattern::Hours { step: 1, minute: 0 })),
            ("30 */6 * * *", Some(Pattern::Hours { step: 6, minute: 30 })),
            ("0 2 * * 1-5", Some(Pattern::Days { days: vec![1, 2, 3, 4, 5], hour: 2, minute: 0 })),
            ("@daily", Some(Pattern::Days { days: (0..7).collect(), hour: 0, minute: 0 })),
            ("15 3 1 * *", Some(Pattern::Months { day: 1, hour: 3, minute: 15 })),
            ("@yearly", Some(Pattern::Years { month: 1, day: 1, hour: 0, minute: 0 })),
            ("@every 90s", Some(Pattern::Every { seconds: 90 })),
            ("*/7 * * * *", None),
            ("0 2 13 * 5", None),
            ("0,5 2 * * *", None),
        ] {
            assert_eq!(Schedule::parse(text).expect(text).pattern(), pattern, "{text}");
        }
    }
}
