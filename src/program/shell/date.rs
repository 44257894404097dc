//! What `date` prints.

use crate::time::calendar::Civil;

/// The line for these arguments at a time in milliseconds since 1970; `None` for a form that is not known.
pub(in crate::program) fn date(arguments: &[&str], unix_millis: i64) -> Option<String> {
    let format = match arguments.strip_prefix(&["-u"]).unwrap_or(arguments) {
        [] => "%a %b %e %H:%M:%S %Z %Y",
        ["-R"] => "%a, %d %b %Y %H:%M:%S %z",
        ["-I" | "--iso-8601"] => "%F",
        ["-Is" | "-Iseconds" | "--iso-8601=seconds"] => "%FT%T+00:00",
        [format] => format.strip_prefix('+')?,
        _ => return None,
    };
    let civil = Civil::of(unix_millis.div_euclid(1000));
    let mut text = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let (day, month) = (civil.day_name(), civil.month_name());
        text += &match letters.next()? {
            'Y' => format!("{:04}", civil.year),
            'y' => format!("{:02}", civil.year.rem_euclid(100)),
            'm' => format!("{:02}", civil.month),
            'd' => format!("{:02}", civil.day),
            'e' => format!("{:2}", civil.day),
            'H' => format!("{:02}", civil.hour),
            'M' => format!("{:02}", civil.minute),
            'S' => format!("{:02}", civil.second),
            's' => unix_millis.div_euclid(1000).to_string(),
            'N' => format!("{:09}", unix_millis.rem_euclid(1000) * 1_000_000),
            'F' => format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day),
            'T' => format!("{:02}:{:02}:{:02}", civil.hour, civil.minute, civil.second),
            'R' => format!("{:02}:{:02}", civil.hour, civil.minute),
            'D' => format!("{:02}/{:02}/{:02}", civil.month, civil.day, civil.year.rem_euclid(100)),
            'a' => day[..3].to_owned(),
            'A' => day.to_owned(),
            'b' | 'h' => month[..3].to_owned(),
            'B' => month.to_owned(),
            'Z' => "UTC".to_owned(),
            'z' => "+0000".to_owned(),
            'n' => "\n".to_owned(),
            't' => "\t".to_owned(),
            '%' => "%".to_owned(),
            _ => return None,
        };
    }
    Some(text + "\n")
}
