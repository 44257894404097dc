//! Texts that are almost manifests: those of this repository, cut, mixed, and with tokens of YAML inserted.

use job_playground::chance;
use support::{files_with, text};

/// Folders of real manifests and Scenarios.
const FOLDERS: [&str; 6] = [
    "tests/examples",
    "tests/conformance/manifests",
    "tests/conformance/curated",
    "tests/conformance/random",
    "tests/manifest/found",
    "tests/fuzz/seeds",
];

/// Tokens that mean something to YAML, JSON, Kubernetes or this reader.
const TOKENS: &[&str] = &[
    ":",
    ": ",
    "- ",
    "-",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "<<: *a",
    "<<: [*a, *a]",
    "!!int ",
    "!!binary ",
    "!!str ",
    "!!null",
    "!x ",
    "!<tag:yaml.org,2002:merge> ",
    "|",
    ">",
    "|2-\n",
    ">+\n",
    "'",
    "\"",
    "\\",
    "\\uD800",
    "\"\\uD83D\"",
    "\\x",
    "#",
    " #",
    "%YAML 1.1",
    "@",
    "`",
    "---",
    "\n---\n",
    "\n--- x\n",
    "...",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "：",
    "\0",
    "\u{7f}",
    "\u{fffe}",
    "\u{10ffff}",
    "中",
    "é",
    "{{ .Values.x }}",
    "${X}",
    "null",
    "~",
    "true",
    "yes",
    "no",
    "y",
    "0",
    "-0",
    "-1",
    "1.5",
    "1e3",
    "1e999",
    "-1e999",
    "1e-400",
    "0x1F",
    "0o17",
    "0b1",
    "017",
    "1_000",
    "_1",
    ".inf",
    "-.inf",
    ".nan",
    "2147483647",
    "2147483648",
    "-2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999999",
    "1Gi",
    "100m",
    "1e3Mi",
    "-1",
    "0.0000000001",
    "9999999999999999Ei",
    "5s",
    "0s",
    "1.0005s",
    "9999999999h",
    "forever",
    "20%",
    "100.0001%",
    "0-2,5",
    "0-4294967295",
    "3-1",
    "2000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z",
    "* * * * *",
    "@every 1s",
    "@every 9999999h",
    "@reboot",
    "*/0 * * * *",
    "0 0 31 2 *",
    "TZ=UTC * * * * *",
    "TZ=0",
    "Europe/Berlin",
    "Local",
    "kind: Job",
    "kind: CronJob",
    "kind: List",
    "kind: Scenario",
    "apiVersion: batch/v1",
    "apiVersion: v1",
    "apiVersion: job-playground/v1",
    "metadata: {name: pi}",
    "spec:",
    "items:",
    "template:",
    "jobTemplate:",
    "schedule: '* * * * *'",
    "parallelism: 3",
    "completions: 2147483647",
    "parallelism: 2147483647",
    "backoffLimit: 2147483647",
    "backoffLimitPerIndex: 1",
    "activeDeadlineSeconds: 9223372036854775807",
    "ttlSecondsAfterFinished: 2147483647",
    "suspend: true",
    "startingDeadlineSeconds: 9223372036854775807",
    "completionMode: Indexed",
    "completions: 100001",
    "podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {operator: NotIn, values: [0]}}]}",
    "successPolicy: {rules: [{succeededIndexes: '0-2147483646'}]}",
    "manualSelector: true",
    "restartPolicy: Never",
    "restartPolicy: OnFailure",
    "terminationGracePeriodSeconds: 9223372036854775807",
    "containers: [{name: main, image: busybox, command: [sh, -c, 'sleep 9223372036854775807; exit 3']}]",
    "command: [python, -c, 'import time; time.sleep(1e308)']",
    "inputs:",
    "behaviors:",
    "- {at: 5s, evict: {}}",
    "- {at: 9223372036854775807ms, deletePod: {graceSeconds: 9223372036854775807}}",
    "- {run: forever}",
    "- {at: 0s, patch: {spec: null}}",
    "- {at: 1s, patch: {spec: {parallelism: 0}}}",
    "until: 9999999h",
    "- {at: 3s, create: {kind: Job}}",
    "podQuota: 0",
    "scheduling: 9999999h",
    "seed: 18446744073709551615",
    "env:",
    "volumes: [{name: a}]",
    "labels: {a: b}",
    "annotations:",
    "resources: {limits: {cpu: 1}}",
    "timeZone: Etc/UTC",
];

/// The texts from which all inputs are derived.
pub(crate) struct Seeds(Vec<String>);

impl Seeds {
    /// Those of this repository, in the order of their names.
    pub(crate) fn of_repository() -> Seeds {
        let mut paths: Vec<_> = FOLDERS.iter().flat_map(|folder| files_with("yaml", folder)).collect();
        paths.sort();
        let texts: Vec<String> = paths.iter().map(|path| text(path)).collect();
        assert!(texts.len() > 500, "{} seeds", texts.len());
        Seeds(texts)
    }

    /// Input `number`.
    pub(crate) fn input(&self, number: u64) -> Vec<u8> {
        let mut dice = Dice::new(number);
        let mut text = self.any(&mut dice).to_owned();
        for _ in 0..=dice.below(6) {
            text = self.mutated(&text, &mut dice);
        }
        let mut bytes = text.into_bytes();
        if dice.below(50) == 0 && !bytes.is_empty() {
            let at = dice.below(bytes.len());
            bytes[at] = dice.below(256) as u8;
        }
        bytes
    }

    /// One of the texts.
    pub(crate) fn any(&self, dice: &mut Dice) -> &str {
        &self.0[dice.below(self.0.len())]
    }

    /// A text in which one or two values or lines were replaced: most of these can be run.
    pub(crate) fn nearly_valid(&self, dice: &mut Dice) -> String {
        let mut text = self.any(dice).to_owned();
        for _ in 0..dice.below(3) {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            text = value(&lines, TOKENS[dice.below(TOKENS.len())], dice);
        }
        text
    }

    fn mutated(&self, text: &str, dice: &mut Dice) -> String {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        match dice.below(12) {
            0 => insert(text, TOKENS[dice.below(TOKENS.len())], dice),
            1 => insert(text, &TOKENS[dice.below(TOKENS.len())].repeat(1 + dice.below(300)), dice),
            2 => {
                let (from, to) = dice.range(text.len());
                format!("{}{}", &text[..floor(text, from)], &text[floor(text, to)..])
            }
            3 => {
                let (from, to) = dice.range(lines.len());
                [&lines[..from], &lines[to..]].concat().concat()
            }
            4 => {
                let (from, to) = dice.range(lines.len());
                [&lines[..to], &lines[from..]].concat().concat()
            }
            5 => {
                let (from, to) = dice.range(lines.len());
                let by = 1 + dice.below(3);
                let shift = |line: &&str| match by {
                    3 => line.strip_prefix("  ").unwrap_or(line).to_owned(),
                    by => format!("{}{line}", " ".repeat(by)),
                };
                let shifted: String = lines[from..to].iter().map(shift).collect();
                lines[..from].concat() + &shifted + &lines[to..].concat()
            }
            6 => {
                let other: Vec<&str> = self.any(dice).split_inclusive('\n').collect();
                let (from, to) = dice.range(other.len());
                let at = dice.below(lines.len() + 1);
                [&lines[..at], &other[from..to], &lines[at..]].concat().concat()
            }
            7 | 8 => value(&lines, TOKENS[dice.below(TOKENS.len())], dice),
            9 => format!("{text}---\n{}", self.any(dice)),
            10 => {
                let at = floor(text, dice.below(text.len() + 1));
                text[..at].to_owned()
            }
            _ => match dice.below(3) {
                0 => text.replace('\n', "\r\n"),
                1 => format!("\u{feff}{text}"),
                _ => format!("apiVersion: v1\nkind: List\nitems:\n- {}", text.replace('\n', "\n  ")),
            },
        }
    }
}

fn insert(text: &str, token: &str, dice: &mut Dice) -> String {
    let at = floor(text, dice.below(text.len() + 1));
    format!("{}{token}{}", &text[..at], &text[at..])
}

/// Replaces the value of a line, or one time in four its key.
fn value(lines: &[&str], token: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let at = dice.below(lines.len());
    if let Some(line) = lines.get_mut(at)
        && let Some((key, value)) = line.split_once(':')
    {
        *line = if dice.below(4) == 0 { format!("{token}:{value}") } else { format!("{key}: {token}\n") };
    }
    lines.concat()
}

/// The last place up to `at` where a character begins.
pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The draws for one input.
pub(crate) struct Dice {
    number: u64,
    thrown: u64,
}

impl Dice {
    pub(crate) fn new(number: u64) -> Dice {
        Dice { number, thrown: 0 }
    }

    /// One of some things.
    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A number below `bound`; 0 if that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.thrown += 1;
        (chance::draw(self.number, &[self.thrown]) % bound.max(1) as u64) as usize
    }

    /// A range within `0..length`; every other one is at most 8 long.
    pub(crate) fn range(&mut self, length: usize) -> (usize, usize) {
        let from = self.below(length + 1);
        let most = if self.below(2) == 0 { 8 } else { length };
        (from, (from + self.below(most + 1)).min(length))
    }
}
