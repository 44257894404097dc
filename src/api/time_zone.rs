//! Time zones: which names there are, and what a wall clock shows where. The rules are an input: one packed file, read
//! only where a zone is needed; the names alone are always known, so that validation needs no file.

use crate::time::calendar::Civil;
use std::rc::Rc;

/// The names of all zones, sorted, one per line.
const NAMES: &str = include_str!("time_zone/names.txt");

/// The packed file, for programs that run where files are: the page fetches the same one when a text names a zone.
pub const PACKED: &[u8] = include_bytes!("../../static/time-zones.bin");

/// The rules of one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeZone(Option<Rc<tz::TimeZone>>);

impl TimeZone {
    /// Coordinated universal time.
    pub const UTC: TimeZone = TimeZone(None);

    /// Finds a zone in the packed data; `None` if it is not there. `UTC` and the empty name need no data, and `Local`
    /// is the controller's zone, which is UTC.
    pub fn find(name: &str, packed: Option<&[u8]>) -> Option<TimeZone> {
        if is_built_in(name) {
            return Some(TimeZone::UTC);
        }
        let bytes = tz_if(name, packed?)?;
        Some(TimeZone(Some(Rc::new(tz::TimeZone::from_tz_data(bytes).ok()?))))
    }

    /// Seconds to add to UTC for what a wall clock shows, at an instant in seconds since 1970.
    pub fn offset_at(&self, unix_seconds: i64) -> i64 {
        let found = self.0.as_ref().and_then(|zone| zone.find_local_time_type(unix_seconds).ok());
        found.map_or(0, |local| i64::from(local.ut_offset()))
    }

    /// The wall clock at an instant in seconds since 1970.
    pub fn civil_at(&self, unix_seconds: i64) -> Civil {
        Civil::of(unix_seconds + self.offset_at(unix_seconds))
    }

    /// The instant at which a wall clock shows this, in seconds since 1970. Where the clocks go back it is one of the
    /// two; where they go forward it is an hour beside, before or after as Go's `time.Date` has it.
    pub fn instant_of(&self, civil: Civil) -> i64 {
        let shown = civil.seconds();
        match self.offset_at(shown) {
            0 => shown,
            guess => shown - self.offset_at(shown - guess),
        }
    }

    /// An instant as RFC 3339 in this zone: `2026-11-21T02:25:00+01:00`, `…Z` for UTC.
    pub fn rfc3339(&self, unix_seconds: i64) -> String {
        let offset = self.offset_at(unix_seconds);
        let Civil { year, month, day, hour, minute, second } = Civil::of(unix_seconds + offset);
        let zone = match offset {
            0 => "Z".to_owned(),
            _ => {
                let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
    }
}

#[cfg(test)]
impl TimeZone {
    /// When the clocks change, in seconds since 1970, as far as the changes are listed.
    pub(super) fn changes(&self) -> Vec<i64> {
        let Some(zone) = &self.0 else { return Vec::new() };
        tz::TimeZone::as_ref(zone).transitions().iter().map(|change| change.unix_leap_time()).collect()
    }
}

/// Whether the database has a zone of this name.
pub fn is_known(name: &str) -> bool {
    is_built_in(name) || names().any(|known| known == name)
}

/// The names of the database, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.lines()
}

fn is_built_in(name: &str) -> bool {
    matches!(name, "" | "UTC" | "Local")
}

/// Whether these bytes are the packed data, and all of them: a server may have sent another file, or half of it.
pub fn is_whole(packed: &[u8]) -> bool {
    names().all(|name| tz_if(name, packed).is_some_and(|rules| rules.starts_with(b"TZif")))
}

/// The rules of a zone as TZif (RFC 9636). The packed file is a line with the version of the database, a line per zone
/// (`NAME OFFSET LENGTH`, sorted), an empty line, and the TZif files, equal ones once; offsets count from there.
fn tz_if<'a>(name: &str, packed: &'a [u8]) -> Option<&'a [u8]> {
    let index_len = packed.windows(2).position(|pair| pair == b"\n\n")?;
    let (index, data) = (std::str::from_utf8(&packed[..index_len]).ok()?, &packed[index_len + 2..]);
    let mut entries = index.lines().skip(1).map(|line| line.split(' '));
    let mut entry = entries.find_map(|mut words| (words.next() == Some(name)).then_some(words))?;
    let (offset, length): (usize, usize) = (entry.next()?.parse().ok()?, entry.next()?.parse().ok()?);
    data.get(offset..offset.checked_add(length)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::find(name, Some(PACKED)).unwrap_or_else(|| panic!("{name}"))
    }

    #[test]
    fn wall_clocks() {
        for (name, unix_seconds, shown) in [
            ("UTC", 946_728_000, "2000-01-01T12:00:00Z"),
            ("Etc/UTC", 946_728_000, "2000-01-01T12:00:00Z"),
            ("Asia/Shanghai", 946_728_000, "2000-01-01T20:00:00+08:00"),
            ("Asia/Kolkata", 946_728_000, "2000-01-01T17:30:00+05:30"),
            ("America/New_York", 946_728_000, "2000-01-01T07:00:00-05:00"),
            // The clocks go forward on 29 March 2026 and back on 25 October: both beyond the listed transitions.
            ("Europe/Paris", 1_774_745_999, "2026-03-29T01:59:59+01:00"),
            ("Europe/Paris", 1_774_746_000, "2026-03-29T03:00:00+02:00"),
            ("Europe/Paris", 1_792_889_999, "2026-10-25T02:59:59+02:00"),
            ("Europe/Paris", 1_792_890_000, "2026-10-25T02:00:00+01:00"),
            ("Europe/Dublin", 1_783_000_000, "2026-07-02T14:46:40+01:00"),
            ("Australia/Lord_Howe", 1_783_000_000, "2026-07-03T00:16:40+10:30"),
        ] {
            assert_eq!(zone(name).rfc3339(unix_seconds), shown, "{name}");
        }
    }

    #[test]
    fn every_name_has_readable_rules() {
        assert!(names().count() > 590 && names().is_sorted());
        for name in names() {
            assert_eq!(zone(name) == TimeZone::UTC, name == "UTC", "{name}");
        }
    }

    #[test]
    fn what_is_not_the_whole_file_is_recognized() {
        assert!(is_whole(PACKED));
        for other in [&PACKED[..PACKED.len() - 1], &PACKED[..100], &PACKED[1_000..], b"<!doctype html>\n\n", b""] {
            assert!(!is_whole(other), "{} bytes", other.len());
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for name in ["Mars/Phobos", "Europe", "europe/paris", "Europe/Paris ", "time"] {
            assert_eq!(TimeZone::find(name, Some(PACKED)), None, "{name}");
            assert!(!is_known(name), "{name}");
        }
        assert_eq!(TimeZone::find("Europe/Paris", None), None);
        assert_eq!(TimeZone::find("Europe/Paris", Some(b"time zones\nEurope/Paris 0 9\n\n")), None);
        assert_eq!(TimeZone::find("UTC", None), Some(TimeZone::UTC));
    }
}
