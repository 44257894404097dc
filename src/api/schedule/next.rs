//! The next time of a schedule, on the wall clock of a zone (C19.3, C19.7, C19.8).

use super::super::time_zone::TimeZone;
use super::{Fields, Schedule, Times};
use crate::time::calendar::Civil;

const HOUR: i64 = 3600;
/// A schedule without a time in this many years has none.
const YEARS: i64 = 5;

impl Schedule {
    /// The first scheduled time after an instant, both in seconds since 1970; `None` if there is none within five
    /// years.
    pub fn next(&self, after: i64, zone: &TimeZone) -> Option<i64> {
        match &self.times {
            Times::Every(seconds) => Some(after + seconds),
            Times::Fields(fields) => fields.next(after, zone),
        }
    }
}

/// A hand that goes forward over a wall clock until all fields match.
struct Hand<'a> {
    zone: &'a TimeZone,
    at: i64,
    /// Whether it stands at the beginning of a unit: it is set back to one once, before its first move.
    aligned: bool,
}

/// A unit ran over into the next bigger one: months into the year, days into the month and so on.
struct RanOver;

impl Fields {
    /// Field by field, the biggest first; whenever one runs over, from the beginning. How this meets clock changes is
    /// upstream's, to the hour: days without a midnight are found, or passed over, as there.
    ///
    /// This search always ends. Upstream's own never does where a zone left out a whole day, as Samoa did with
    /// 2011-12-30: the next midnight is then the one it stands at. Here every move goes forward ([`Hand::forward`]).
    ///
    /// Upstream: robfig/cron spec.go Next.
    fn next(&self, after: i64, zone: &TimeZone) -> Option<i64> {
        // Written as `,`: looking through five years minute by minute would find the same.
        if [self.minute, self.hour, self.month].iter().any(|field| field.values == 0) {
            return None;
        }
        let mut hand = Hand { zone, at: after + 1, aligned: false };
        let last_year = hand.shows().year + YEARS;
        while hand.shows().year <= last_year {
            if self.go_to_match(&mut hand).is_ok() {
                return Some(hand.at);
            }
        }
        None
    }

    fn go_to_match(&self, hand: &mut Hand<'_>) -> Result<(), RanOver> {
        while !self.month.has(hand.shows().month) {
            hand.align(|now| Civil { day: 1, hour: 0, minute: 0, second: 0, ..now });
            let now = hand.shows();
            hand.forward(|hand| hand.set(Civil { month: now.month + 1, ..now }));
            hand.check(|now| now.month > 1)?;
        }
        while !self.matches_day(hand.shows()) {
            hand.align(|now| Civil { hour: 0, minute: 0, second: 0, ..now });
            hand.forward(Hand::next_day);
            hand.check(|now| now.day > 1)?;
        }
        while !self.hour.has(hand.shows().hour) {
            hand.align(|now| Civil { minute: 0, second: 0, ..now });
            hand.at += HOUR;
            hand.check(|now| now.hour > 0)?;
        }
        while !self.minute.has(hand.shows().minute) {
            hand.align_minute();
            hand.at += 60;
            hand.check(|now| now.minute > 0)?;
        }
        while hand.shows().second != 0 {
            hand.aligned = true;
            hand.next_minute();
            hand.check(|now| now.second > 0)?;
        }
        Ok(())
    }

    /// Both day fields must match if one of them is a star; else either will do.
    fn matches_day(&self, now: Civil) -> bool {
        let (of_month, of_week) = (self.day_of_month.has(now.day), self.day_of_week.has(now.weekday()));
        if self.day_of_month.star || self.day_of_week.star { of_month && of_week } else { of_month || of_week }
    }
}

impl Hand<'_> {
    fn shows(&self) -> Civil {
        self.zone.civil_at(self.at)
    }

    fn set(&mut self, civil: Civil) {
        self.at = self.zone.instant_of(civil);
    }

    /// Makes a move. Where it does not go forward, because the zone left out the day that it aims at, the hand goes on
    /// hour by hour to the beginning of the next day that there is.
    fn forward(&mut self, go: impl FnOnce(&mut Self)) {
        let before = self.at;
        go(self);
        if self.at > before {
            return;
        }
        self.at = before;
        let day = self.shows().day;
        while self.shows().day == day {
            self.at += HOUR;
        }
        let Civil { minute, second, .. } = self.shows();
        self.at -= minute * 60 + second;
    }

    fn align(&mut self, beginning: impl FnOnce(Civil) -> Civil) {
        if !self.aligned {
            self.aligned = true;
            self.set(beginning(self.shows()));
        }
    }

    fn align_minute(&mut self) {
        if !self.aligned {
            self.aligned = true;
            self.at -= self.at.rem_euclid(60);
        }
    }

    /// To the next midnight, or as near as the clock changes let it.
    fn next_day(&mut self) {
        let now = self.shows();
        self.set(Civil { day: now.day + 1, ..now });
        match self.shows().hour {
            0 => {}
            hour if hour > 12 => self.at += (24 - hour) * HOUR,
            hour => self.at -= hour * HOUR,
        }
    }

    /// Upstream goes second by second; that comes to the same where the clocks do not change meanwhile.
    fn next_minute(&mut self) {
        let next = self.at + 60 - self.shows().second;
        let is_steady = self.zone.offset_at(self.at) == self.zone.offset_at(next);
        self.at = if is_steady { next } else { self.at + 1 };
    }

    fn check(&self, within: impl FnOnce(Civil) -> bool) -> Result<(), RanOver> {
        if within(self.shows()) { Ok(()) } else { Err(RanOver) }
    }
}
