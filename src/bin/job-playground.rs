//! The terminal front end: records scenarios and prints them, and runs the recorded cases of the real Kubernetes.

use job_playground::advice::{self, About, Surprise};
use job_playground::api::ObjectKey;
use job_playground::cluster::input::Input;
use job_playground::conformance::{self, Case};
use job_playground::kubectl::{self, Command, Conventions, Snapshot, UsageError};
use job_playground::manifest;
use job_playground::manifest::answer::Answer;
use job_playground::recording::Recording;
use job_playground::scenario::Scenario;
use job_playground::texts::Lang;
use job_playground::time::{Span, Time};
use job_playground::timeline::{Timeline, characters};
use lexopt::prelude::*;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Job Playground: paste a Kubernetes Job, break it, watch it, rewind it, ask why.

job-playground run FILE                     record a scenario and draw its timeline
               run FILE --trace             … print it as a conformance trace
               run FILE --output json|yaml  … print all objects, at the end or --at TIME (90s, 1m30s)
job-playground answer FILE                  print what the API server answers to a manifest
job-playground kubectl FILE --at TIME [--normalize] -- get pods
                                            what kubectl prints at a time; a command that acts prints the changed text
job-playground conformance DIR              run every recorded case under DIR
FILE may be - for standard input. Errors in the input are printed to standard error with line and column; the exit code is 2.
";

/// The width of a timeline, in characters.
const WIDTH: usize = 100;

/// How many diagnostics of a text are printed.
const MAX_REPORTED: usize = 100;

/// Why the program ends with an exit code other than 0.
enum CliError {
    /// The command line is wrong, or a file cannot be read or run: a message, exit code 2.
    Usage(String),
    /// Cases that differ, or a kubectl command that failed. It has been printed already: exit code 1.
    Reported,
}

impl From<lexopt::Error> for CliError {
    fn from(error: lexopt::Error) -> CliError {
        CliError::Usage(error.to_string())
    }
}

fn main() -> ExitCode {
    match command(lexopt::Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(CliError::Reported) => ExitCode::FAILURE,
        Err(CliError::Usage(message)) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn command(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    match arguments.next()? {
        Some(Value(word)) if word == "run" => run(arguments),
        Some(Value(word)) if word == "answer" => answer(arguments),
        Some(Value(word)) if word == "kubectl" => run_kubectl(arguments),
        Some(Value(word)) if word == "conformance" => run_cases(arguments),
        Some(Short('h') | Long("help")) | None => print(HELP),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Prints to standard output. A closed pipe is not an error: `… | head` ends so.
fn print(text: &str) -> Result<(), CliError> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(CliError::Usage(error.to_string())),
        _ => Ok(()),
    }
}

/// What `run` prints.
enum OutputFormat {
    Timeline,
    Trace,
    Json,
    Yaml,
}

fn run(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let (mut file, mut output, mut at) = (None, OutputFormat::Timeline, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("trace") => output = OutputFormat::Trace,
            Long("output") => output = output_format(&arguments.value()?.string()?)?,
            Long("at") => at = Some(time(&arguments.value()?.string()?)?),
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("run: which file?".to_owned()))?;
    let reading = manifest::read(&read(&file)?);
    report_diagnostics(&file, &reading)?;
    report_notes(&file, &reading, |about| matches!(about, About::Surprise(Surprise::CommandNotGuessed { .. })));
    let scenario = reading.scenario.with_time_zones();
    let recording = Recording::of(&scenario);
    report_refusals(&file, &recording);
    report_end(&file, &recording);
    let at = at.or(recording.end().map(|(_, at)| at)).unwrap_or(Time::ZERO);
    match output {
        OutputFormat::Trace => {
            let name = Path::new(&file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            print(&(recording.trace(&name.unwrap_or_default()).join("\n") + "\n"))
        }
        OutputFormat::Timeline => print(&characters::render(&Timeline::of(&recording, &scenario), WIDTH)),
        OutputFormat::Json => print(&format!("{:#}\n", objects(&recording, &scenario, at))),
        OutputFormat::Yaml => {
            let objects = objects(&recording, &scenario, at);
            print(&serde_yaml::to_string(&objects).map_err(|error| CliError::Usage(error.to_string()))?)
        }
    }
}

fn output_format(word: &str) -> Result<OutputFormat, CliError> {
    match word {
        "timeline" => Ok(OutputFormat::Timeline),
        "json" => Ok(OutputFormat::Json),
        "yaml" => Ok(OutputFormat::Yaml),
        other => Err(CliError::Usage(format!("--output {other}: timeline, json or yaml"))),
    }
}

fn time(text: &str) -> Result<Time, CliError> {
    let span =
        Span::parse(text).map_err(|_| CliError::Usage(format!("--at {text}: write a time like 90s or 1m30s")))?;
    Ok(Time::ZERO + span)
}

/// All objects at a moment, as a List.
fn objects(recording: &Recording, scenario: &Scenario, at: Time) -> serde_json::Value {
    let keys = recording.cron_jobs().map(ObjectKey::CronJob);
    let keys = keys.chain(recording.jobs().map(ObjectKey::Job)).chain(recording.pods().map(ObjectKey::Pod));
    let items: Vec<serde_json::Value> = keys
        .filter_map(|key| recording.object_at(key, at))
        .map(|object| recording.value(object, scenario.start_unix_seconds))
        .collect();
    serde_json::json!({ "apiVersion": "v1", "kind": "List", "items": items })
}

/// Prints the diagnostics of a text with line and column.
///
/// # Errors
/// The text has errors: it cannot be run.
fn report_diagnostics(file: &OsString, reading: &manifest::Reading) -> Result<(), CliError> {
    for diagnostic in reading.diagnostics.iter().take(MAX_REPORTED) {
        let (line, column) = manifest::line_column(&reading.text, diagnostic.span.start);
        let tier = diagnostic.code.tier();
        let word = (Lang::En.diagnostics().tier)(tier);
        eprintln!("{}:{line}:{column}: {word}: {}", Path::new(file).display(), Lang::En.diagnostic(&diagnostic.code));
    }
    let left = reading.diagnostics.len().saturating_sub(MAX_REPORTED);
    if left > 0 {
        eprintln!("{}: {left} more remarks", Path::new(file).display());
    }
    match reading.has_errors() {
        true => Err(CliError::Usage("nothing was run".to_owned())),
        false => Ok(()),
    }
}

/// Prints what the API server refused while the scenario ran: a part of the run, not a mistake in the text.
fn report_refusals(file: &OsString, recording: &Recording) {
    for refused in recording.refused() {
        let at = refused.at - Time::ZERO;
        eprintln!("{}: refused at {at}: {}", Path::new(file).display(), refused.message);
    }
}

/// Prints that a run goes on after the end of its recording.
fn report_end(file: &OsString, recording: &Recording) {
    if let Some(words) = Lang::En.page().goes_on(recording) {
        eprintln!("{}: {words}", Path::new(file).display());
    }
}

fn answer(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let mut file = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("answer: which file?".to_owned()))?;
    let text = read(&file)?;
    let is_unchecked = |about: &About| matches!(about, About::Idle { unchecked, .. } if !unchecked.is_empty());
    report_notes(&file, &manifest::read(&text), is_unchecked);
    print(&(conformance::pretty(&Answer::to_text(&text).as_json()) + "\n"))
}

/// Prints findings of one kind: what a real cluster would check in an accepted manifest and this one does not, or what is
/// assumed without a guess.
fn report_notes(file: &OsString, reading: &manifest::Reading, is_wanted: impl Fn(&About) -> bool) {
    for finding in advice::findings(reading) {
        if is_wanted(&finding.about) {
            let (line, column) = manifest::line_column(&reading.text, finding.span.start);
            eprintln!("{}:{line}:{column}: note: {}", Path::new(file).display(), Lang::En.finding(&finding.about));
        }
    }
}

fn run_kubectl(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let (mut file, mut at, mut conventions, mut words) = (None, None, Conventions::Cluster, Vec::new());
    loop {
        // Everything behind `--` belongs to kubectl.
        if arguments.try_raw_args().is_some_and(|raw| raw.as_slice().first().is_some_and(|word| word == "--")) {
            for word in arguments.raw_args()?.skip(1) {
                words.push(word.string()?);
            }
            break;
        }
        match arguments.next()? {
            Some(Long("at")) => at = Some(time(&arguments.value()?.string()?)?),
            Some(Long("normalize")) => conventions = Conventions::Recordings,
            Some(Value(path)) if file.is_none() => file = Some(path),
            Some(other) => return Err(other.unexpected().into()),
            None => break,
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("kubectl: which file?".to_owned()))?;
    let reading = manifest::read(&read(&file)?);
    report_diagnostics(&file, &reading)?;
    let scenario = reading.scenario.clone().with_time_zones();
    let recording = Recording::of(&scenario);
    let at = at.or(recording.end().map(|(_, at)| at)).unwrap_or(Time::ZERO);
    let snapshot = Snapshot { recording: &recording, start_unix_seconds: scenario.start_unix_seconds, at, conventions };
    let outcome = Command::parse(&words).and_then(|command| kubectl::run(&command, &snapshot));
    let outcome = outcome.map_err(|refusal| match refusal {
        UsageError::Invalid(text) => CliError::Usage(text.trim_end().to_owned()),
        UsageError::NotModelled(what) => CliError::Usage((Lang::En.kubectl().not_modelled)(&what)),
    })?;
    eprint!("{}", outcome.printed.stderr);
    match outcome.inputs.is_empty() {
        true => print(&outcome.printed.stdout)?,
        false => {
            eprint!("{}", outcome.printed.stdout);
            print(&with_inputs(reading, &outcome.inputs)?)?;
        }
    }
    if outcome.printed.failed { Err(CliError::Reported) } else { Ok(()) }
}

/// The text with the inputs added.
fn with_inputs(mut reading: manifest::Reading, inputs: &[Input]) -> Result<String, CliError> {
    for input in inputs {
        let edits = manifest::edit::add_input(&reading, input)
            .map_err(|error| CliError::Usage((Lang::En.diagnostics().edit_error)(error).to_owned()))?;
        reading = manifest::read(&manifest::edit::apply(&reading.text, &edits));
    }
    Ok(reading.text.to_string())
}

fn read(file: &OsString) -> Result<String, CliError> {
    let mut bytes = Vec::new();
    let outcome = if file == "-" {
        std::io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(file).map(|read| bytes = read)
    };
    outcome.map_err(|error| CliError::Usage(format!("{}: {error}", Path::new(file).display())))?;
    manifest::text_of(&bytes).map(str::to_owned).map_err(|(readable, code)| {
        let (line, column) = manifest::line_column(readable, readable.len());
        CliError::Usage(format!("{}:{line}:{column}: {}", Path::new(file).display(), Lang::En.diagnostic(&code)))
    })
}

fn run_cases(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let mut folder = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let folder = folder.ok_or_else(|| CliError::Usage("conformance: which folder?".to_owned()))?;
    let failed_to_read = |error: std::io::Error| CliError::Usage(format!("{}: {error}", folder.display()));
    let cases = conformance::cases(&folder).map_err(failed_to_read)?;
    let mut failed = 0;
    for case in &cases {
        if let Some(difference) = conformance::judge(case).map_err(failed_to_read)? {
            failed += 1;
            print(&report(case, &difference))?;
        }
    }
    print(&format!("{} passed, {failed} failed\n", cases.len() - failed))?;
    if failed > 0 { Err(CliError::Reported) } else { Ok(()) }
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
