//! The Gregorian calendar without time zones: seconds since 1970 to year, month, day and back.

/// The days of the week.
pub const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/// The months of the year.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date and a time of day, as on a wall clock, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// Year; 0 is 1 BC.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 0 to 59.
    pub second: i64,
}

impl Civil {
    /// The date and time this many seconds after 1970-01-01T00:00:00.
    pub fn of(seconds: i64) -> Civil {
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Years that begin in March, so that the leap day is the last.
        let days = days + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        Civil {
            year: era * 400 + year_of_era + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
        }
    }

    /// Seconds since 1970-01-01T00:00:00. Fields out of range carry over: month 13 is January of the next year.
    pub fn seconds(self) -> i64 {
        let months = self.year * 12 + self.month - 1;
        let days = days_since_1970(months.div_euclid(12), months.rem_euclid(12) + 1, 1) + self.day - 1;
        days * 86_400 + self.hour * 3600 + self.minute * 60 + self.second
    }

    /// The day of the week; 0 is Sunday.
    pub fn weekday(self) -> i64 {
        // 1970 began on a Thursday.
        (self.seconds().div_euclid(86_400) + 4).rem_euclid(7)
    }

    /// `Sunday`
    pub fn day_name(self) -> &'static str {
        DAYS[self.weekday() as usize]
    }

    /// `January`
    pub fn month_name(self) -> &'static str {
        MONTHS[(self.month - 1).rem_euclid(12) as usize]
    }
}

/// Days from 1970-01-01 to a date.
pub fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March, so that the leap day is the last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The number of days of a month; 1 is January.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    days_since_1970(year + month / 12, month % 12 + 1, 1) - days_since_1970(year, month, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_convert_both_ways() {
        for (seconds, year, month, day, hour, weekday) in [
            (0, 1970, 1, 1, 0, 4),
            (-1, 1969, 12, 31, 23, 3),
            (946_728_000, 2000, 1, 1, 12, 6),
            (951_782_400, 2000, 2, 29, 0, 2),
            (4_107_542_400, 2100, 3, 1, 0, 1),
            (-62_135_596_800, 1, 1, 1, 0, 1),
        ] {
            let civil = Civil::of(seconds);
            assert_eq!(
                (civil.year, civil.month, civil.day, civil.hour, civil.weekday()),
                (year, month, day, hour, weekday)
            );
            assert_eq!(civil.seconds(), seconds);
        }
    }

    #[test]
    fn fields_out_of_range_carry_over() {
        let overfull = Civil { year: 2001, month: 14, day: 31, hour: 24, minute: 0, second: 0 };
        let expected = Civil { year: 2002, month: 3, day: 4, hour: 0, minute: 0, second: 0 };
        assert_eq!(Civil::of(overfull.seconds()), expected);
    }

    #[test]
    fn months_have_their_lengths() {
        for (year, month, days) in [(2000, 2, 29), (1900, 2, 28), (2024, 2, 29), (2023, 12, 31), (2023, 11, 30)] {
            assert_eq!(days_in_month(year, month), days, "{year}-{month}");
        }
    }
}
