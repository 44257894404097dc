//! The flags of a command line, long and short, with their values, as pflag reads them.

use super::flag_table::{FlagSpec, GLOBAL, Takes, of};
use crate::kubectl::usage_error::UsageError;
use crate::time::Span;

/// The place of the first word that is neither a flag nor the value of one that every command has: its name.
pub(super) fn place_of_command(words: &[String]) -> Option<usize> {
    let mut place = 0;
    while let Some(word) = words.get(place) {
        let flag = word.strip_prefix("--").map(|long| GLOBAL.iter().find(|spec| spec.long == long));
        let flag = flag.or_else(|| {
            let short = word.strip_prefix('-')?.chars().next()?;
            let is_alone = word.len() == 1 + short.len_utf8();
            Some(GLOBAL.iter().find(|spec| is_alone && spec.short == Some(short)))
        });
        match flag {
            None => return Some(place),
            Some(Some(spec)) if spec.takes == Takes::Value => place += 2,
            Some(_) => place += 1,
        }
    }
    None
}

/// The flags of a command, as they are completed: those with a value end with `=`.
pub(in crate::kubectl) fn flag_names(command: &str) -> Vec<String> {
    let namespace = GLOBAL.iter().filter(|spec| spec.long == "namespace");
    let known = of(command).iter().copied().flatten().filter(|spec| !spec.is_unknown_here).chain(namespace);
    known
        .map(|spec| match spec.takes {
            Takes::Value => format!("--{}=", spec.long),
            Takes::Switch | Takes::ValueBehindEquals(_) => format!("--{}", spec.long),
        })
        .collect()
}

/// Whether the word behind a flag is its value.
pub(in crate::kubectl) fn takes_value(command: &str, flag: &str) -> bool {
    let is_it = |spec: &&FlagSpec| match flag.strip_prefix("--") {
        Some(long) => spec.long == long,
        None => flag.strip_prefix('-').is_some_and(|short| spec.short.is_some_and(|known| short == known.to_string())),
    };
    of(command).iter().copied().flatten().chain(GLOBAL).find(is_it).is_some_and(|spec| spec.takes == Takes::Value)
}

/// The arguments of a command: flags and words.
pub(super) struct Flags {
    command: String,
    /// The arguments that are not flags.
    pub(super) words: Vec<String>,
    /// How many of them stand before `--`; `None` without one.
    pub(super) dash: Option<usize>,
    given: Vec<(&'static str, String)>,
}

impl Flags {
    /// Reads the arguments of a command.
    pub(super) fn read<'w>(command: &str, arguments: impl Iterator<Item = &'w String>) -> Result<Flags, UsageError> {
        let mut flags = Flags { command: command.to_owned(), words: Vec::new(), dash: None, given: Vec::new() };
        let specs = of(command);
        let find = |is_it: &dyn Fn(&&FlagSpec) -> bool| {
            specs.iter().copied().chain([GLOBAL]).flatten().find(|spec| is_it(spec))
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                flags.dash = Some(flags.words.len());
                flags.words.extend(arguments.by_ref().cloned());
            } else if let Some(long) = argument.strip_prefix("--") {
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
                let Some(found) = find(&|spec| spec.long == name) else {
                    return Err(flags.usage(format!("unknown flag: --{name}")));
                };
                let value = match (value, found.takes) {
                    (Some(value), _) => value.to_owned(),
                    (None, Takes::Switch) => "true".to_owned(),
                    (None, Takes::ValueBehindEquals(without)) => without.to_owned(),
                    (None, Takes::Value) => {
                        let next = arguments.next().cloned();
                        next.ok_or_else(|| flags.usage(format!("flag needs an argument: --{name}")))?
                    }
                };
                flags.add(found, value)?;
            } else if let Some(word) = argument.strip_prefix('-').filter(|word| !word.is_empty()) {
                let mut letters = word.chars();
                while let Some(letter) = letters.next() {
                    let Some(found) = find(&|spec| spec.short == Some(letter)) else {
                        return Err(flags.usage(format!("unknown shorthand flag: '{letter}' in -{word}")));
                    };
                    if found.takes == Takes::Switch && !letters.as_str().starts_with('=') {
                        flags.add(found, "true".to_owned())?;
                        continue;
                    }
                    let value = match letters.as_str() {
                        "" => {
                            let next = arguments.next().cloned();
                            next.ok_or_else(|| flags.usage(format!("flag needs an argument: '{letter}' in -{word}")))?
                        }
                        value => value.strip_prefix('=').unwrap_or(value).to_owned(),
                    };
                    flags.add(found, value)?;
                    break;
                }
            } else {
                flags.words.push(argument.clone());
            }
        }
        Ok(flags)
    }

    fn usage(&self, text: String) -> UsageError {
        UsageError::Invalid(format!("error: {text}\nSee 'kubectl {} --help' for usage.\n", self.command))
    }

    fn add(&mut self, spec: &'static FlagSpec, value: String) -> Result<(), UsageError> {
        if spec.is_unknown_here {
            return Err(UsageError::NotModelled(format!("--{}", spec.long)));
        }
        self.given.push((spec.long, value));
        Ok(())
    }

    /// The value of a flag; the last one counts.
    pub(super) fn value(&self, flag: &str) -> Option<&str> {
        self.given.iter().rev().find(|(given, _)| *given == flag).map(|(_, value)| value.as_str())
    }

    /// All values of a flag that may be repeated.
    pub(super) fn values<'f>(&'f self, flag: &'f str) -> impl Iterator<Item = &'f str> {
        self.given.iter().filter(move |(given, _)| *given == flag).map(|(_, value)| value.as_str())
    }

    /// Whether a switch is on; off where it is not given.
    pub(super) fn is_set(&self, flag: &str) -> Result<bool, UsageError> {
        Ok(self.switch(flag)?.unwrap_or(false))
    }

    /// Whether a switch is on, if it is given.
    pub(super) fn switch(&self, flag: &str) -> Result<Option<bool>, UsageError> {
        match self.value(flag) {
            None => Ok(None),
            Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(Some(true)),
            Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(Some(false)),
            Some(other) => Err(self.invalid(flag, other, "strconv.ParseBool", "invalid syntax")),
        }
    }

    /// The value of a flag that is a number.
    pub(super) fn number(&self, flag: &str) -> Result<Option<i64>, UsageError> {
        let Some(value) = self.value(flag) else { return Ok(None) };
        match value.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => {
                let digits = value.trim_start_matches(['-', '+']);
                let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                let why = if is_number { "value out of range" } else { "invalid syntax" };
                Err(self.invalid(flag, value, "strconv.ParseInt", why))
            }
        }
    }

    /// The value of a flag that is a length of time, as Go writes it: `90s`, `1h30m`, `-1s`.
    pub(super) fn duration(&self, flag: &str) -> Result<Option<Span>, UsageError> {
        let Some(value) = self.value(flag) else { return Ok(None) };
        go_duration(value).map(Some).map_err(|why| {
            self.usage(format!("invalid argument \"{value}\" for \"--{flag}\" flag: time: {why} \"{value}\""))
        })
    }

    fn invalid(&self, flag: &str, value: &str, function: &str, why: &str) -> UsageError {
        self.usage(format!(
            "invalid argument \"{value}\" for \"--{flag}\" flag: {function}: parsing \"{value}\": {why}"
        ))
    }
}

/// Upstream: Go's time.ParseDuration.
pub(in crate::kubectl) fn go_duration(text: &str) -> Result<Span, &'static str> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(Span::ZERO);
    }
    if rest.is_empty() {
        return Err("invalid duration");
    }
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number: f64 = rest[..length].parse().map_err(|_| "invalid duration")?;
        rest = &rest[length..];
        let length = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        seconds += number
            * match &rest[..length] {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "µs" => 1e-6,
                "ns" => 1e-9,
                "" => return Err("missing unit in duration"),
                _ => return Err("unknown unit in duration"),
            };
        rest = &rest[length..];
    }
    if seconds > 9e9 {
        return Err("invalid duration");
    }
    Ok(Span::from_millis((sign * seconds * 1000.0) as i64))
}

#[cfg(test)]
mod tests {
    use super::go_duration;

    #[test]
    fn lengths_of_time_are_gos() {
        for (text, is_one) in [("1s", true), ("1h30m", true), ("1.5s", true), ("0", true), ("1", false), ("s", false)] {
            assert_eq!(go_duration(text).is_ok(), is_one, "{text}");
        }
    }
}
