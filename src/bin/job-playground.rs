//! The terminal front end: records scenarios and prints them, and runs the recorded cases of the real Kubernetes.

use job_playground::conformance::{self, Case};
use job_playground::manifest;
use job_playground::recording::Recording;
use lexopt::prelude::*;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Job Playground: paste a Kubernetes Job, break it, watch it, rewind it, ask why.

job-playground run FILE --trace       record a scenario and print it as a conformance trace
job-playground conformance DIR        run every recorded case under DIR
FILE may be - for standard input.
";

/// Why a command did not do what was asked.
enum Failure {
    /// The command line, or a file: exit code 2.
    Usage(String),
    /// Cases that differ: exit code 1.
    Differences,
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Failure {
        Failure::Usage(error.to_string())
    }
}

fn main() -> ExitCode {
    match command(lexopt::Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Differences) => ExitCode::FAILURE,
        Err(Failure::Usage(message)) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn command(mut arguments: lexopt::Parser) -> Result<(), Failure> {
    match arguments.next()? {
        Some(Value(word)) if word == "run" => run(arguments),
        Some(Value(word)) if word == "conformance" => run_cases(arguments),
        Some(Short('h') | Long("help")) | None => print(HELP),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Prints to standard output; a reader that went away is nobody's mistake.
fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Usage(error.to_string())),
        _ => Ok(()),
    }
}

fn run(mut arguments: lexopt::Parser) -> Result<(), Failure> {
    let (mut file, mut trace) = (None, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("trace") => trace = true,
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| Failure::Usage("run: which file?".to_owned()))?;
    let text = read(&file)?;
    let reading = manifest::read(&text);
    let recording = Recording::of(&reading.scenario.with_time_zones());
    let _ = trace;
    let name = Path::new(&file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    print(&(recording.trace(&name).join("\n") + "\n"))
}

fn read(file: &OsString) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let outcome = if file == "-" {
        std::io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(file).map(|read| bytes = read)
    };
    outcome.map_err(|error| Failure::Usage(format!("{}: {error}", Path::new(file).display())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn run_cases(mut arguments: lexopt::Parser) -> Result<(), Failure> {
    let mut folder = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let folder = folder.ok_or_else(|| Failure::Usage("conformance: which folder?".to_owned()))?;
    let failed_to_read = |error: std::io::Error| Failure::Usage(format!("{}: {error}", folder.display()));
    let cases = conformance::cases(&folder).map_err(failed_to_read)?;
    let mut failed = 0;
    for case in &cases {
        if let Some(difference) = conformance::judge(case).map_err(failed_to_read)? {
            failed += 1;
            print(&report(case, &difference))?;
        }
    }
    print(&format!("{} passed, {failed} failed\n", cases.len() - failed))?;
    if failed > 0 { Err(Failure::Differences) } else { Ok(()) }
}

fn report(case: &Case, difference: &conformance::Difference) -> String {
    format!(
        "{}: line {} differs\n  recorded: {}\n  found:    {}\n",
        case.expected.display(),
        difference.line,
        difference.expected,
        difference.found
    )
}
