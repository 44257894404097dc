//! The flags of a command line, long and short, with their values, as pflag reads them.

use super::{Refusal, error};

/// A flag that means something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    AllNamespaces,
    Cascade,
    Force,
    GracePeriod,
    Namespace,
    NoHeaders,
    Now,
    Output,
    Patch,
    Selector,
    ShowEvents,
    ShowLabels,
    Type,
    /// Said, but without meaning in a recording: nothing is waited for.
    Wait,
    /// kubectl knows it, we do not.
    NotModelled,
}

/// Whether a flag needs a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// `--output wide`.
    Value,
    /// `--no-headers`, `--show-events=false`.
    Switch,
    /// `--cascade`, `--cascade=orphan`.
    ValueBehindEquals,
}

/// A flag of a command.
pub(super) struct Known {
    long: &'static str,
    short: Option<char>,
    flag: Flag,
    takes: Takes,
}

const fn known(long: &'static str, short: Option<char>, flag: Flag, takes: Takes) -> Known {
    Known { long, short, flag, takes }
}

const NAMESPACE: Known = known("namespace", Some('n'), Flag::Namespace, Takes::Value);
const SELECTOR: Known = known("selector", Some('l'), Flag::Selector, Takes::Value);
const ALL_NAMESPACES: Known = known("all-namespaces", Some('A'), Flag::AllNamespaces, Takes::Switch);
const FILENAME: Known = known("filename", Some('f'), Flag::NotModelled, Takes::Value);

pub(super) const GET: &[Known] = &[
    NAMESPACE,
    SELECTOR,
    ALL_NAMESPACES,
    FILENAME,
    known("output", Some('o'), Flag::Output, Takes::Value),
    known("no-headers", None, Flag::NoHeaders, Takes::Switch),
    known("show-labels", None, Flag::ShowLabels, Takes::Switch),
    known("show-kind", None, Flag::NotModelled, Takes::Switch),
    known("watch", Some('w'), Flag::NotModelled, Takes::Switch),
    known("watch-only", None, Flag::NotModelled, Takes::Switch),
    known("sort-by", None, Flag::NotModelled, Takes::Value),
    known("field-selector", None, Flag::NotModelled, Takes::Value),
    known("label-columns", Some('L'), Flag::NotModelled, Takes::Value),
];

pub(super) const DESCRIBE: &[Known] =
    &[NAMESPACE, SELECTOR, ALL_NAMESPACES, FILENAME, known("show-events", None, Flag::ShowEvents, Takes::Switch)];

pub(super) const DELETE: &[Known] = &[
    NAMESPACE,
    FILENAME,
    known("selector", Some('l'), Flag::NotModelled, Takes::Value),
    known("field-selector", None, Flag::NotModelled, Takes::Value),
    known("all", None, Flag::NotModelled, Takes::Switch),
    known("output", Some('o'), Flag::NotModelled, Takes::Value),
    known("cascade", None, Flag::Cascade, Takes::ValueBehindEquals),
    known("force", None, Flag::Force, Takes::Switch),
    known("now", None, Flag::Now, Takes::Switch),
    known("grace-period", None, Flag::GracePeriod, Takes::Value),
    known("wait", None, Flag::Wait, Takes::Switch),
    known("timeout", None, Flag::Wait, Takes::Value),
];

pub(super) const PATCH: &[Known] = &[
    NAMESPACE,
    FILENAME,
    known("patch", Some('p'), Flag::Patch, Takes::Value),
    known("patch-file", None, Flag::NotModelled, Takes::Value),
    known("type", None, Flag::Type, Takes::Value),
];

/// A command line, sorted out.
pub(super) struct Flags {
    /// What is no flag.
    pub(super) words: Vec<String>,
    given: Vec<(Flag, &'static str, String)>,
}

impl Flags {
    /// Sorts the words of a command.
    pub(super) fn read(command: &str, arguments: &[String], known: &'static [Known]) -> Result<Flags, Refusal> {
        let mut flags = Flags { words: Vec::new(), given: Vec::new() };
        let usage =
            |text: String| Refusal::Kubectl(format!("error: {text}\nSee 'kubectl {command} --help' for usage.\n"));
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                flags.words.extend(arguments.by_ref().cloned());
            } else if let Some(long) = argument.strip_prefix("--") {
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
                let Some(found) = known.iter().find(|known| known.long == name) else {
                    return Err(usage(format!("unknown flag: --{name}")));
                };
                let value = match (value, found.takes) {
                    (Some(value), _) => value.to_owned(),
                    (None, Takes::Switch) => "true".to_owned(),
                    (None, Takes::ValueBehindEquals) => String::new(),
                    (None, Takes::Value) => {
                        let next = arguments.next().cloned();
                        next.ok_or_else(|| usage(format!("flag needs an argument: --{name}")))?
                    }
                };
                flags.add(found, value)?;
            } else if let Some(short) = argument.strip_prefix('-').filter(|short| !short.is_empty()) {
                flags.read_short(short, &mut arguments, known, &usage)?;
            } else {
                flags.words.push(argument.clone());
            }
        }
        Ok(flags)
    }

    /// `-A`, `-o wide`, `-owide`, `-o=wide`, and several switches in one word.
    fn read_short<'w>(
        &mut self,
        word: &str,
        rest: &mut impl Iterator<Item = &'w String>,
        known: &'static [Known],
        usage: &impl Fn(String) -> Refusal,
    ) -> Result<(), Refusal> {
        let mut letters = word.chars();
        while let Some(letter) = letters.next() {
            let Some(found) = known.iter().find(|known| known.short == Some(letter)) else {
                return Err(usage(format!("unknown shorthand flag: '{letter}' in -{word}")));
            };
            if found.takes == Takes::Switch && !letters.as_str().starts_with('=') {
                self.add(found, "true".to_owned())?;
                continue;
            }
            let value = match letters.as_str() {
                "" => {
                    let next = rest.next().cloned();
                    next.ok_or_else(|| usage(format!("flag needs an argument: '{letter}' in -{word}")))?
                }
                value => value.strip_prefix('=').unwrap_or(value).to_owned(),
            };
            return self.add(found, value);
        }
        Ok(())
    }

    fn add(&mut self, known: &'static Known, value: String) -> Result<(), Refusal> {
        if known.flag == Flag::NotModelled {
            return Err(Refusal::NotModelled(format!("--{}", known.long)));
        }
        self.given.push((known.flag, known.long, value));
        Ok(())
    }

    /// The value of a flag; the last one counts.
    pub(super) fn value(&self, flag: Flag) -> Option<&str> {
        self.given.iter().rev().find(|(given, ..)| *given == flag).map(|(.., value)| value.as_str())
    }

    /// Whether a switch is on; off where it is not given.
    pub(super) fn is_set(&self, flag: Flag) -> Result<bool, Refusal> {
        self.is_set_or(flag, false)
    }

    /// Whether a switch is on.
    pub(super) fn is_set_or(&self, flag: Flag, default: bool) -> Result<bool, Refusal> {
        let Some((_, long, value)) = self.given.iter().rev().find(|(given, ..)| *given == flag) else {
            return Ok(default);
        };
        match value.as_str() {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
            other => {
                let reason = format!("strconv.ParseBool: parsing \"{other}\": invalid syntax");
                Err(error(format!("invalid argument \"{other}\" for \"--{long}\" flag: {reason}")))
            }
        }
    }

    /// The value of a flag that is a number.
    pub(super) fn number(&self, flag: Flag) -> Result<Option<i64>, Refusal> {
        let Some((_, long, value)) = self.given.iter().rev().find(|(given, ..)| *given == flag) else {
            return Ok(None);
        };
        value.parse().map(Some).map_err(|_| {
            let reason = format!("strconv.ParseInt: parsing \"{value}\": invalid syntax");
            error(format!("invalid argument \"{value}\" for \"--{long}\" flag: {reason}"))
        })
    }
}
