//! What the parser says and which times follow, as tables.

use super::super::time_zone::{self, PACKED, TimeZone};
use super::Schedule;
use crate::time::calendar::Civil;

/// Schedule, zone, after when, and the times that follow, in UTC.
const TIMES: &[(&str, &str, &str, &[&str])] = &[
    ("* * * * *", "UTC", "2000-01-01T12:00:00Z", &["2000-01-01T12:01:00Z", "2000-01-01T12:02:00Z"]),
    ("* * * * *", "UTC", "2000-01-01T11:59:59Z", &["2000-01-01T12:00:00Z"]),
    ("5/6 * * * *", "UTC", "2000-01-01T12:00:00Z", &["2000-01-01T12:05:00Z", "2000-01-01T12:11:00Z"]),
    ("5/6 * * * *", "UTC", "2000-01-01T12:59:00Z", &["2000-01-01T13:05:00Z"]),
    (
        "10-20/7 * * * *",
        "UTC",
        "2000-01-01T12:00:00Z",
        &["2000-01-01T12:10:00Z", "2000-01-01T12:17:00Z", "2000-01-01T13:10:00Z"],
    ),
    ("30 8 * * *", "Asia/Shanghai", "2000-01-01T12:00:00Z", &["2000-01-02T00:30:00Z"]),
    ("0 17 * * *", "Asia/Kolkata", "2000-01-01T12:00:00Z", &["2000-01-02T11:30:00Z"]),
    (
        "0 0 1 JAN-mar *",
        "UTC",
        "2000-01-01T12:00:00Z",
        &["2000-02-01T00:00:00Z", "2000-03-01T00:00:00Z", "2001-01-01T00:00:00Z"],
    ),
    // 2000-01-01 is a Saturday.
    ("0 0 ? * sun", "UTC", "2000-01-01T12:00:00Z", &["2000-01-02T00:00:00Z", "2000-01-09T00:00:00Z"]),
    // Day of month or day of week, unless one of them is a star.
    (
        "0 0 13 * 5",
        "UTC",
        "2000-01-01T12:00:00Z",
        &["2000-01-07T00:00:00Z", "2000-01-13T00:00:00Z", "2000-01-14T00:00:00Z"],
    ),
    ("0 0 * * 5", "UTC", "2000-01-01T12:00:00Z", &["2000-01-07T00:00:00Z", "2000-01-14T00:00:00Z"]),
    ("0 0 */1 * 1", "UTC", "2000-01-01T12:00:00Z", &["2000-01-03T00:00:00Z", "2000-01-10T00:00:00Z"]),
    // To that rule a star with a step is not a star: every other day, and Mondays.
    (
        "0 0 */2 * 1",
        "UTC",
        "2000-01-01T12:00:00Z",
        &[
            "2000-01-03T00:00:00Z",
            "2000-01-05T00:00:00Z",
            "2000-01-07T00:00:00Z",
            "2000-01-09T00:00:00Z",
            "2000-01-10T00:00:00Z",
            "2000-01-11T00:00:00Z",
        ],
    ),
    ("@hourly", "UTC", "2000-01-01T12:00:00Z", &["2000-01-01T13:00:00Z"]),
    ("@daily", "UTC", "2000-01-01T12:00:00Z", &["2000-01-02T00:00:00Z"]),
    ("@midnight", "America/New_York", "2000-01-01T12:00:00Z", &["2000-01-02T05:00:00Z"]),
    ("@weekly", "UTC", "2000-01-01T12:00:00Z", &["2000-01-02T00:00:00Z", "2000-01-09T00:00:00Z"]),
    ("@monthly", "UTC", "2000-01-01T12:00:00Z", &["2000-02-01T00:00:00Z"]),
    ("@yearly", "UTC", "2000-01-01T12:00:00Z", &["2001-01-01T00:00:00Z"]),
    ("@annually", "UTC", "2000-01-01T00:00:00Z", &["2001-01-01T00:00:00Z"]),
    // From the last time, not from the clock; whole seconds, at least one.
    ("@every 90s", "UTC", "2000-01-01T12:00:20Z", &["2000-01-01T12:01:50Z", "2000-01-01T12:03:20Z"]),
    ("@every 1h0.5m1500ms", "UTC", "2000-01-01T12:00:00Z", &["2000-01-01T13:00:31Z"]),
    ("@every 300ms", "UTC", "2000-01-01T12:00:00Z", &["2000-01-01T12:00:01Z"]),
    ("@every -5m", "UTC", "2000-01-01T12:00:00Z", &["2000-01-01T12:00:01Z"]),
    // A time that is there once in four years, and times that never are.
    ("0 0 29 2 *", "UTC", "2001-01-01T00:00:00Z", &["2004-02-29T00:00:00Z"]),
    ("0 0 31 2 *", "UTC", "2000-01-01T12:00:00Z", &[]),
    ("0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", &[]),
    (", * * * *", "UTC", "2000-01-01T12:00:00Z", &[]),
    // The clocks go forward: what lies in the gap is left out that day.
    ("30 2 * * *", "Europe/Paris", "2026-03-28T12:00:00Z", &["2026-03-30T00:30:00Z"]),
    ("30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", &["2026-03-09T06:30:00Z"]),
    // The clocks go back: the hour that is there twice matches twice.
    (
        "30 2 * * *",
        "Europe/Paris",
        "2026-10-24T12:00:00Z",
        &["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z"],
    ),
    ("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", &["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]),
    ("*/30 * * * *", "Europe/Paris", "2026-03-29T00:30:00Z", &["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"]),
    (
        "*/30 * * * *",
        "Europe/Paris",
        "2026-10-25T00:30:00Z",
        &["2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z"],
    ),
    // A day without a midnight: west of Greenwich it is found, east of it passed over.
    ("0 9 8 10 *", "America/Sao_Paulo", "2000-10-06T12:00:00Z", &["2000-10-08T11:00:00Z"]),
    ("0 9 26 3 *", "Asia/Beirut", "2000-03-24T12:00:00Z", &["2001-03-26T06:00:00Z"]),
];

/// `2000-01-01T12:00:00Z` in seconds since 1970.
fn instant(text: &str) -> i64 {
    let number = |from: usize, to: usize| text[from..to].parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    Civil { year, month, day, hour: number(11, 13), minute: number(14, 16), second: number(17, 19) }.seconds()
}

#[test]
fn times_follow_a_schedule() {
    for (text, zone_name, after, expected) in TIMES {
        let schedule = Schedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let zone = TimeZone::find(zone_name, Some(PACKED)).unwrap_or_else(|| panic!("{zone_name}"));
        let mut at = instant(after);
        let mut found = Vec::new();
        for _ in 0..expected.len().max(1) {
            let Some(next) = schedule.next(at, &zone) else { break };
            found.push(TimeZone::UTC.rfc3339(next));
            at = next;
        }
        assert_eq!(found, *expected, "{text} in {zone_name} after {after}");
    }
}

/// Schedules that are refused, in the API server's words (V10.3).
const REFUSED: &[(&str, &str)] = &[
    ("", "empty spec string"),
    ("* * * *", "expected exactly 5 fields, found 4: [* * * *]"),
    ("0  0 * *\t* *", "expected exactly 5 fields, found 6: [0 0 * * * *]"),
    (" ", "expected exactly 5 fields, found 0: []"),
    ("60 * * * *", "end of range (60) above maximum (59): 60"),
    ("* 24 * * *", "end of range (24) above maximum (23): 24"),
    ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
    ("* * * 13 *", "end of range (13) above maximum (12): 13"),
    ("* * * * 7", "end of range (7) above maximum (6): 7"),
    ("1,2,5-60/3 * * * *", "end of range (60) above maximum (59): 5-60/3"),
    ("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"),
    ("a * * * *", "failed to parse int from a: strconv.Atoi: parsing \"a\": invalid syntax"),
    ("-1 * * * *", "failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax"),
    ("*/-1 * * * *", "negative number (-1) not allowed: -1"),
    ("*/ * * * *", "failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax"),
    ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
    ("1/2/3 * * * *", "too many slashes: 1/2/3"),
    ("*/0 * * * *", "step of range should be a positive number: */0"),
    ("mon * * * *", "failed to parse int from mon: strconv.Atoi: parsing \"mon\": invalid syntax"),
    ("* * * monday *", "failed to parse int from monday: strconv.Atoi: parsing \"monday\": invalid syntax"),
    ("* * * * 5L", "failed to parse int from 5L: strconv.Atoi: parsing \"5L\": invalid syntax"),
    (
        "9223372036854775808 * * * *",
        "failed to parse int from 9223372036854775808: strconv.Atoi: parsing \"9223372036854775808\": value out of range",
    ),
    ("9223372036854775807 * * * *", "end of range (9223372036854775807) above maximum (59): 9223372036854775807"),
    // Only the first bad field is reported.
    ("60 24 * * *", "end of range (60) above maximum (59): 60"),
    ("@reboot", "unrecognized descriptor: @reboot"),
    ("@foo", "unrecognized descriptor: @foo"),
    ("@Hourly", "unrecognized descriptor: @Hourly"),
    ("@every", "unrecognized descriptor: @every"),
    ("@every foo", "failed to parse duration @every foo: time: invalid duration \"foo\""),
    ("@every ", "failed to parse duration @every : time: invalid duration \"\""),
    ("@every 5", "failed to parse duration @every 5: time: missing unit in duration \"5\""),
    ("@every 1d", "failed to parse duration @every 1d: time: unknown unit \"d\" in duration \"1d\""),
    ("@every 3000000h", "failed to parse duration @every 3000000h: time: invalid duration \"3000000h\""),
    ("TZ=foo * * * * *", "provided bad location foo: unknown time zone foo"),
    ("CRON_TZ=../etc * * * * *", "provided bad location ../etc: time: invalid location name"),
    ("TZ=0", "invalid schedule format: runtime error: slice bounds out of range [:-1]"),
];

#[test]
fn refusals_are_in_the_words_of_the_api_server() {
    for (text, expected) in REFUSED {
        let refused = Schedule::parse(text).expect_err(text);
        assert_eq!(refused.to_string(), *expected, "{text}");
    }
}

#[test]
fn a_zone_may_stand_in_front() {
    for (text, zone) in [
        ("TZ=Asia/Shanghai 30 8 * * *", Some("Asia/Shanghai")),
        ("CRON_TZ=UTC   @hourly", Some("UTC")),
        ("TZ= * * * * *", Some("")),
        ("* * * * *", None),
    ] {
        let schedule = Schedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(schedule.zone.as_deref(), zone, "{text}");
    }
}

/// Where a zone left out a whole day, upstream's search does not end. Here it does, for every such day of every zone, and
/// for every field that may have to move.
#[test]
fn every_search_ends_where_a_zone_left_out_a_day() {
    let date = |civil: Civil| Civil { hour: 0, minute: 0, second: 0, ..civil }.seconds() / 86_400;
    let mut found = Vec::new();
    for name in time_zone::names() {
        let zone = TimeZone::find(name, Some(PACKED)).unwrap_or_else(|| panic!("{name}"));
        for change in zone.changes() {
            let (before, after) = (date(zone.civil_at(change - 1)), date(zone.civil_at(change)));
            if after <= before + 1 {
                continue;
            }
            found.push(name);
            let left_out = (before + 1) * 86_400;
            for text in [
                "* * * * *",
                "0 0 * * *",
                "0 0 * * 0",
                "30 0 * * 6",
                "59 23 * * 5",
                "0 0 1 * *",
                "0 0 30 * *",
                "0 0 31 12 *",
                "0 12 * * *",
                "*/7 3,9 */2 * 3",
                "0 0 1 1 *",
                "0 0 30 2 *",
                ", * * * *",
            ] {
                let schedule = Schedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
                for hours in (-60..=60).step_by(5) {
                    let start = change + hours * 3600 - 1;
                    let mut last = start;
                    for _ in 0..3 {
                        let Some(next) = schedule.next(last, &zone) else { break };
                        let shown = zone.civil_at(next);
                        assert!(next > last, "{text} in {name} after {last}: {next}");
                        assert_ne!(date(shown) * 86_400, left_out, "{text} in {name}: {shown:?}");
                        last = next;
                    }
                    let is_never = text.contains("30 2") || text.starts_with(',');
                    assert_eq!(last == start, is_never, "{text} in {name} after {start}");
                }
            }
        }
    }
    assert!(found.contains(&"Pacific/Apia") && found.contains(&"Pacific/Kwajalein"), "{found:?}");
}

#[test]
fn a_day_that_was_left_out_is_passed_over() {
    let zone = TimeZone::find("Pacific/Apia", Some(PACKED)).expect("it is packed");
    let start = Civil { year: 2011, month: 12, day: 29, hour: 0, minute: 0, second: 0 }.seconds();
    for (text, shown) in [
        ("0 0 * * *", "2011-12-29T00:00:00-10:00"),
        ("0 0 * * 0", "2012-01-01T00:00:00+14:00"),
        ("0 0 30 * *", "2012-01-30T00:00:00+14:00"),
        ("0 0 31 * *", "2011-12-31T00:00:00+14:00"),
    ] {
        let next = Schedule::parse(text).expect(text).next(start, &zone).expect(text);
        assert_eq!(zone.rfc3339(next), shown, "{text}");
    }
}
