//! The flags of a command line, long and short, with their values, as pflag reads them.

use crate::kubectl::usage_error::UsageError;

/// The flags that are modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    AllNamespaces,
    Cascade,
    For,
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
    Types,
    /// Accepted without effect: in a recording nothing has to be waited for.
    Wait,
    /// kubectl has it, the simulated cluster does not.
    NotModelled,
}

/// Whether and how a flag takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// `--output wide`.
    Value,
    /// `--no-headers`, `--show-events=false`.
    Switch,
    /// `--cascade`, `--cascade=orphan`.
    ValueBehindEquals,
}

/// How a flag of a command is written.
pub(super) struct FlagSpec {
    long: &'static str,
    short: Option<char>,
    flag: Flag,
    takes: Takes,
}

const fn spec(long: &'static str, short: Option<char>, flag: Flag, takes: Takes) -> FlagSpec {
    FlagSpec { long, short, flag, takes }
}

const NAMESPACE: FlagSpec = spec("namespace", Some('n'), Flag::Namespace, Takes::Value);
const SELECTOR: FlagSpec = spec("selector", Some('l'), Flag::Selector, Takes::Value);
const ALL_NAMESPACES: FlagSpec = spec("all-namespaces", Some('A'), Flag::AllNamespaces, Takes::Switch);
const FILENAME: FlagSpec = spec("filename", Some('f'), Flag::NotModelled, Takes::Value);

pub(super) const GET: &[FlagSpec] = &[
    NAMESPACE,
    SELECTOR,
    ALL_NAMESPACES,
    FILENAME,
    spec("output", Some('o'), Flag::Output, Takes::Value),
    spec("no-headers", None, Flag::NoHeaders, Takes::Switch),
    spec("show-labels", None, Flag::ShowLabels, Takes::Switch),
    spec("show-kind", None, Flag::NotModelled, Takes::Switch),
    spec("watch", Some('w'), Flag::NotModelled, Takes::Switch),
    spec("watch-only", None, Flag::NotModelled, Takes::Switch),
    spec("sort-by", None, Flag::NotModelled, Takes::Value),
    spec("field-selector", None, Flag::NotModelled, Takes::Value),
    spec("label-columns", Some('L'), Flag::NotModelled, Takes::Value),
];

pub(super) const EVENTS: &[FlagSpec] = &[
    NAMESPACE,
    ALL_NAMESPACES,
    spec("for", None, Flag::For, Takes::Value),
    spec("types", None, Flag::Types, Takes::Value),
    spec("no-headers", None, Flag::NoHeaders, Takes::Switch),
    spec("output", Some('o'), Flag::NotModelled, Takes::Value),
    spec("watch", Some('w'), Flag::NotModelled, Takes::Switch),
];

pub(super) const DESCRIBE: &[FlagSpec] =
    &[NAMESPACE, SELECTOR, ALL_NAMESPACES, FILENAME, spec("show-events", None, Flag::ShowEvents, Takes::Switch)];

pub(super) const DELETE: &[FlagSpec] = &[
    NAMESPACE,
    FILENAME,
    spec("selector", Some('l'), Flag::NotModelled, Takes::Value),
    spec("field-selector", None, Flag::NotModelled, Takes::Value),
    spec("all", None, Flag::NotModelled, Takes::Switch),
    spec("output", Some('o'), Flag::NotModelled, Takes::Value),
    spec("cascade", None, Flag::Cascade, Takes::ValueBehindEquals),
    spec("force", None, Flag::Force, Takes::Switch),
    spec("now", None, Flag::Now, Takes::Switch),
    spec("grace-period", None, Flag::GracePeriod, Takes::Value),
    spec("wait", None, Flag::Wait, Takes::Switch),
    spec("timeout", None, Flag::Wait, Takes::Value),
];

pub(super) const PATCH: &[FlagSpec] = &[
    NAMESPACE,
    FILENAME,
    spec("patch", Some('p'), Flag::Patch, Takes::Value),
    spec("patch-file", None, Flag::NotModelled, Takes::Value),
    spec("type", None, Flag::Type, Takes::Value),
];

/// The arguments of a command: flags and words.
pub(super) struct Flags {
    /// The arguments that are not flags.
    pub(super) words: Vec<String>,
    given: Vec<(Flag, &'static str, String)>,
}

impl Flags {
    /// Reads the arguments of a command that has these flags.
    pub(super) fn read(command: &str, arguments: &[String], specs: &'static [FlagSpec]) -> Result<Flags, UsageError> {
        let mut flags = Flags { words: Vec::new(), given: Vec::new() };
        let usage =
            |text: String| UsageError::Invalid(format!("error: {text}\nSee 'kubectl {command} --help' for usage.\n"));
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                flags.words.extend(arguments.by_ref().cloned());
            } else if let Some(long) = argument.strip_prefix("--") {
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
                let Some(found) = specs.iter().find(|spec| spec.long == name) else {
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
                flags.read_short(short, &mut arguments, specs, &usage)?;
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
        specs: &'static [FlagSpec],
        usage: &impl Fn(String) -> UsageError,
    ) -> Result<(), UsageError> {
        let mut letters = word.chars();
        while let Some(letter) = letters.next() {
            let Some(found) = specs.iter().find(|spec| spec.short == Some(letter)) else {
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

    fn add(&mut self, spec: &'static FlagSpec, value: String) -> Result<(), UsageError> {
        if spec.flag == Flag::NotModelled {
            return Err(UsageError::NotModelled(format!("--{}", spec.long)));
        }
        self.given.push((spec.flag, spec.long, value));
        Ok(())
    }

    /// The value of a flag; the last one counts.
    pub(super) fn value(&self, flag: Flag) -> Option<&str> {
        self.given.iter().rev().find(|(given, ..)| *given == flag).map(|(.., value)| value.as_str())
    }

    /// Whether a switch is on; off where it is not given.
    pub(super) fn is_set(&self, flag: Flag) -> Result<bool, UsageError> {
        self.is_set_or(flag, false)
    }

    /// Whether a switch is on.
    pub(super) fn is_set_or(&self, flag: Flag, default: bool) -> Result<bool, UsageError> {
        Ok(self.switch(flag)?.unwrap_or(default))
    }

    /// Whether a switch is on, if it is given.
    pub(super) fn switch(&self, flag: Flag) -> Result<Option<bool>, UsageError> {
        let Some((_, long, value)) = self.given.iter().rev().find(|(given, ..)| *given == flag) else {
            return Ok(None);
        };
        match value.as_str() {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Some(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Some(false)),
            other => {
                let reason = format!("strconv.ParseBool: parsing \"{other}\": invalid syntax");
                Err(UsageError::error(format!("invalid argument \"{other}\" for \"--{long}\" flag: {reason}")))
            }
        }
    }

    /// The value of a flag that is a number.
    pub(super) fn number(&self, flag: Flag) -> Result<Option<i64>, UsageError> {
        let Some((_, long, value)) = self.given.iter().rev().find(|(given, ..)| *given == flag) else {
            return Ok(None);
        };
        value.parse().map(Some).map_err(|_| {
            let reason = format!("strconv.ParseInt: parsing \"{value}\": invalid syntax");
            UsageError::error(format!("invalid argument \"{value}\" for \"--{long}\" flag: {reason}"))
        })
    }
}
