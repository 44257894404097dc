//! Programs of one line for an interpreter: `python -c "import time; time.sleep(5)"`, `perl -e 'sleep 5; exit 3'`,
//! `node -e "process.exit(2)"`. Only statements that are understood for certain.

use super::outcome::Outcome;
use crate::time::Span;

/// What `interpreter -c CODE` does; `None` for another command, or a statement that is not understood.
pub(super) fn run(words: &[&str]) -> Option<Outcome> {
    follow(words, &mut |_, _| ())
}

/// What it prints, with the times.
pub(super) fn printed(words: &[&str]) -> Option<Vec<(Span, Option<String>)>> {
    let mut pieces = Vec::new();
    follow(words, &mut |at, text| pieces.push((at, Some(text))))?;
    Some(pieces)
}

fn follow(words: &[&str], print: &mut dyn FnMut(Span, String)) -> Option<Outcome> {
    let [interpreter, option, code] = words else { return None };
    let read: fn(&str, &mut Vec<String>) -> Option<Statement> = match (interpreter.rsplit('/').next()?, *option) {
        ("python" | "python3", "-c") => python,
        ("perl", "-e") => perl,
        ("node", "-e") => node,
        _ => return None,
    };
    let mut outcome = Outcome { slept: Span::ZERO, exit_code: 0 };
    let mut imported = Vec::new();
    for text in statements(code)? {
        match read(text.trim(), &mut imported)? {
            Statement::Nothing => {}
            Statement::Print(text) => print(outcome.slept, text),
            Statement::Sleep(span) => {
                outcome.slept = Span::from_millis(outcome.slept.millis().checked_add(span.millis())?)
            }
            Statement::Exit(exit_code) => return Some(Outcome { exit_code, ..outcome }),
        }
    }
    Some(outcome)
}

/// What one statement does.
enum Statement {
    Nothing,
    Print(String),
    Sleep(Span),
    Exit(i32),
}

/// The statements of a text, separated by semicolons and line ends outside of quotes; `None` if one is indented, that
/// is, if it belongs to a loop or a condition.
fn statements(code: &str) -> Option<Vec<&str>> {
    let (mut found, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, letter) in code.char_indices() {
        match (letter, quote) {
            ('\\', _) => return None,
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            (';' | '\n', None) => {
                found.push(&code[start..at]);
                start = at + 1;
                if letter == '\n' && code[start..].starts_with([' ', '\t']) {
                    return None;
                }
            }
            _ => {}
        }
    }
    found.push(&code[start..]);
    quote.is_none().then_some(found)
}

fn python(text: &str, imported: &mut Vec<String>) -> Option<Statement> {
    if let Some(modules) = text.strip_prefix("import ") {
        for module in modules.split(',').map(str::trim) {
            matches!(module, "time" | "sys" | "os").then(|| imported.push(format!("{module}.")))?;
        }
        return Some(Statement::Nothing);
    }
    if text == "from time import sleep" {
        imported.push("sleep".to_owned());
        return Some(Statement::Nothing);
    }
    if text.is_empty() {
        return Some(Statement::Nothing);
    }
    let (name, argument) = call(text)?;
    let is_imported = |module: &str| imported.iter().any(|known| known == module);
    match name {
        "print" => literal(argument).map(|text| Statement::Print(text + "\n")),
        "time.sleep" if is_imported("time.") => seconds(argument),
        "sleep" if is_imported("sleep") => seconds(argument),
        "sys.exit" if is_imported("sys.") => exit(argument),
        "exit" | "quit" | "raise SystemExit" => exit(argument),
        _ => None,
    }
}

fn perl(text: &str, _: &mut Vec<String>) -> Option<Statement> {
    let (name, argument) = text.split_once(' ').or_else(|| call(text)).unwrap_or((text, ""));
    match name {
        "" => Some(Statement::Nothing),
        // It cuts fractions off.
        "sleep" => {
            argument.trim().parse::<u32>().ok().map(|length| Statement::Sleep(Span::from_seconds(length.into())))
        }
        "exit" => exit(argument),
        "print" => literal(argument).map(|text| Statement::Print(text.replace("\\n", "\n"))),
        _ => None,
    }
}

fn node(text: &str, _: &mut Vec<String>) -> Option<Statement> {
    if text.is_empty() {
        return Some(Statement::Nothing);
    }
    match call(text)? {
        ("process.exit", argument) => exit(argument),
        ("console.log" | "console.error", argument) => literal(argument).map(|text| Statement::Print(text + "\n")),
        _ => None,
    }
}

/// `name(argument)`.
fn call(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('(')?;
    Some((name.trim_end(), rest.strip_suffix(')')?))
}

fn seconds(argument: &str) -> Option<Statement> {
    let argument = argument.trim();
    let is_number = argument.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let seconds: f64 = argument.parse().ok().filter(|seconds| is_number && *seconds < 1e9)?;
    Some(Statement::Sleep(Span::from_millis((seconds * 1000.0).round() as i64)))
}

fn exit(argument: &str) -> Option<Statement> {
    let argument = argument.trim();
    if argument.is_empty() {
        return Some(Statement::Exit(0));
    }
    argument.parse::<u8>().ok().map(|code| Statement::Exit(code.into()))
}

/// A number or one text in quotes, without its quotes.
fn literal(argument: &str) -> Option<String> {
    let argument = argument.trim();
    let quoted = |quote| {
        let inside = argument.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
        inside.filter(|inside| !inside.contains(['"', '\'', '$', '@', '%']))
    };
    let is_number = !argument.is_empty() && argument.bytes().all(|byte| byte.is_ascii_digit());
    quoted('"').or_else(|| quoted('\'')).or(is_number.then_some(argument)).map(str::to_owned)
}
