//! The programs to which people pipe what kubectl prints: `grep`, `head`, `tail`, `wc`, `sort`, `cat`, `echo`.

use super::failure;
use super::pattern::Pattern;
use crate::kubectl::response::Printed;
use crate::order;
use crate::texts::kubectl::KubectlWords;

/// The most steps that one `grep` makes: some 100 ms in a browser.
const GREP_STEPS: usize = 20_000_000;

/// Runs a filter; `None` for a program that is not known.
pub(super) fn run(name: &str, arguments: &[String], stdin: Option<&str>, words: &KubectlWords) -> Option<Printed> {
    let text = stdin.unwrap_or_default();
    let result = match name {
        "true" | ":" => Ok(String::new()),
        "false" => Err(String::new()),
        "cat" => Ok(text.to_owned()),
        "echo" => Ok(arguments.join(" ") + "\n"),
        "grep" | "egrep" | "fgrep" => return Some(grep(name, arguments, text, words)),
        "head" => cut(arguments, text, true),
        "tail" => cut(arguments, text, false),
        "wc" => count(arguments, text),
        "sort" => sort(arguments, text),
        "uniq" => Ok(unique(text)),
        _ => return None,
    };
    Some(match result {
        Ok(stdout) => Printed { stdout, ..Printed::default() },
        Err(why) if why.is_empty() => Printed { failed: true, ..Printed::default() },
        Err(why) => failure(&format!("{name}: {why}")),
    })
}

/// The value of an option of one letter: the rest of its word, else the next word.
fn value<'w>(rest: &'w str, arguments: &mut std::slice::Iter<'w, String>) -> Option<&'w str> {
    if rest.is_empty() { arguments.next().map(String::as_str) } else { Some(rest) }
}

fn grep(name: &str, arguments: &[String], text: &str, says: &KubectlWords) -> Printed {
    let (mut inverted, mut counted, mut numbered, mut quiet) = (false, false, false, false);
    let (mut ignores_case, mut words, mut only_files) = (false, false, false);
    let (mut is_extended, mut is_fixed) = (name == "egrep", name == "fgrep");
    let (mut before, mut after) = (0, 0);
    let mut patterns: Vec<&str> = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let Some(letters) = argument.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            if patterns.is_empty() {
                patterns.push(argument);
                continue;
            }
            return failure(&format!("grep: {argument}: No such file or directory"));
        };
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            match letter {
                'v' => inverted = true,
                'c' => counted = true,
                'n' => numbered = true,
                'q' => quiet = true,
                'i' => ignores_case = true,
                'w' => words = true,
                'E' => is_extended = true,
                'F' => is_fixed = true,
                'l' => only_files = true,
                'A' | 'B' | 'C' => {
                    let number = value(rest.as_str(), &mut arguments);
                    let Some(lines) = number.and_then(|number| number.parse::<usize>().ok()) else {
                        return failure("grep: invalid context length argument");
                    };
                    before = if letter == 'A' { before } else { lines };
                    after = if letter == 'B' { after } else { lines };
                    break;
                }
                'e' => {
                    patterns.extend(value(rest.as_str(), &mut arguments));
                    break;
                }
                other => return failure(&format!("grep: invalid option -- '{other}'")),
            }
        }
    }
    if patterns.is_empty() {
        return failure("Usage: grep [OPTION]... PATTERNS [FILE]...");
    }
    let mut read = Vec::new();
    for pattern in patterns.iter().flat_map(|pattern| pattern.lines().chain(pattern.is_empty().then_some(""))) {
        match Pattern::parse(pattern, is_extended, is_fixed) {
            Some(pattern) => read.push(pattern.with(ignores_case, words)),
            None => return failure(&(says.not_modelled)(&format!("grep {pattern}"))),
        }
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut steps = GREP_STEPS;
    let mut found: Vec<usize> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let mut is_in = false;
        for pattern in &read {
            match pattern.is_in(line, &mut steps) {
                Some(false) => {}
                Some(true) => {
                    is_in = true;
                    break;
                }
                None => return failure(says.too_much),
            }
        }
        found.extend((is_in != inverted).then_some(place));
    }
    let mut stdout = String::new();
    if counted {
        stdout = format!("{}\n", found.len());
    } else if only_files {
        stdout = if found.is_empty() { String::new() } else { "(standard input)\n".to_owned() };
    } else if !quiet {
        let mut next = 0;
        for place in &found {
            let first = place.saturating_sub(before).max(next);
            if (before > 0 || after > 0) && next > 0 && first > next {
                stdout += "--\n";
            }
            let last = place.saturating_add(after).saturating_add(1).min(lines.len());
            for (shown, line) in lines.iter().enumerate().take(last).skip(first) {
                if numbered {
                    let mark = if found.binary_search(&shown).is_ok() { ':' } else { '-' };
                    stdout += &format!("{}{mark}", shown + 1);
                }
                stdout += line;
                stdout.push('\n');
            }
            next = last.max(next);
        }
    }
    Printed { stdout, failed: found.is_empty(), ..Printed::default() }
}

/// `head` and `tail`: `-n 5`, `-n5`, `-5`, and `tail -n +2`.
fn cut(arguments: &[String], text: &str, is_head: bool) -> Result<String, String> {
    let mut count = "10";
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        count = match argument.as_str() {
            "-n" => arguments.next().ok_or("option requires an argument -- 'n'")?,
            argument => match argument.strip_prefix("--lines=").or_else(|| argument.strip_prefix("-n")) {
                Some(count) => count,
                None => argument
                    .strip_prefix('-')
                    .ok_or_else(|| format!("cannot open '{argument}' for reading: No such file or directory"))?,
            },
        };
    }
    let digits = count.trim_start_matches(['+', '-']);
    let number: usize = digits.parse().map_err(|_| format!("invalid number of lines: '{count}'"))?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let range = match (is_head, count.starts_with('+'), count.starts_with('-')) {
        (true, _, true) => 0..lines.len().saturating_sub(number),
        (true, ..) => 0..number.min(lines.len()),
        (false, true, _) => number.saturating_sub(1).min(lines.len())..lines.len(),
        (false, ..) => lines.len().saturating_sub(number)..lines.len(),
    };
    Ok(lines[range].concat())
}

fn count(arguments: &[String], text: &str) -> Result<String, String> {
    let numbers = [text.matches('\n').count(), text.split_whitespace().count(), text.len()];
    match arguments.first().map(String::as_str) {
        Some("-l" | "--lines") => Ok(format!("{}\n", numbers[0])),
        Some("-w" | "--words") => Ok(format!("{}\n", numbers[1])),
        Some("-c" | "--bytes") => Ok(format!("{}\n", numbers[2])),
        None => Ok(format!("{:>7} {:>7} {:>7}\n", numbers[0], numbers[1], numbers[2])),
        Some(other) => Err(format!("invalid option -- '{}'", other.trim_start_matches('-'))),
    }
}

/// `sort -r -n -u -k 2`
fn sort(arguments: &[String], text: &str) -> Result<String, String> {
    let (mut reversed, mut by_number, mut once, mut key) = (false, false, false, None);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let letters =
            argument.strip_prefix('-').ok_or_else(|| format!("cannot read: {argument}: No such file or directory"))?;
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            match letter {
                'r' => reversed = true,
                'n' => by_number = true,
                'u' => once = true,
                'k' => {
                    let value = value(rest.as_str(), &mut arguments).ok_or("option requires an argument -- 'k'")?;
                    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
                    key =
                        Some(digits.parse::<usize>().map_err(|_| format!("invalid number at field start: '{value}'"))?);
                    by_number |= value.contains('n');
                    reversed |= value.contains('r');
                    break;
                }
                other => return Err(format!("invalid option -- '{other}'")),
            }
        }
    }
    let mut lines: Vec<&str> = text.lines().collect();
    let field = |line: &str| match key {
        None => line.to_owned(),
        Some(key) => line.split_whitespace().skip(key.saturating_sub(1)).collect::<Vec<_>>().join(" "),
    };
    let number = |line: &str| {
        let field = field(line);
        let field = field.trim_start();
        let length = field.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(field.len());
        field[..length].parse::<f64>().unwrap_or(0.0)
    };
    order::sort_by(&mut lines, |one, other| {
        let by_key = match by_number {
            true => number(one).total_cmp(&number(other)),
            false => field(one).cmp(&field(other)),
        };
        let order = by_key.then_with(|| one.cmp(other));
        if reversed { order.reverse() } else { order }
    });
    if once {
        lines.dedup();
    }
    Ok(lines.iter().map(|line| format!("{line}\n")).collect())
}

fn unique(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.dedup();
    lines.iter().map(|line| format!("{line}\n")).collect()
}
