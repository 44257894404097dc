//! The terminal front end: records scenarios and prints them, and runs the recorded cases of the real Kubernetes.

use job_playground::advice::{self, About};
use job_playground::api::ObjectKey;
use job_playground::cluster::input::Input;
use job_playground::conformance::{self, Case};
use job_playground::kubectl::{self, Command, Conventions, Refusal, View};
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
FILE may be - for standard input. Bad input is told on standard error with its line and column; exit code 2.
";

/// How wide a timeline is drawn.
const WIDTH: usize = 100;

/// No more remarks about a text are told.
const MOST_TOLD: usize = 100;

/// Why a command did not do what was asked.
enum Failure {
    /// The command line, or a file: exit code 2.
    Usage(String),
    /// Cases that differ, or a kubectl that failed: exit code 1.
    Told,
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Failure {
        Failure::Usage(error.to_string())
    }
}

fn main() -> ExitCode {
    match command(lexopt::Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::FAILURE,
        Err(Failure::Usage(message)) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn command(mut arguments: lexopt::Parser) -> Result<(), Failure> {
    match arguments.next()? {
        Some(Value(word)) if word == "run" => run(arguments),
        Some(Value(word)) if word == "answer" => answer(arguments),
        Some(Value(word)) if word == "kubectl" => run_kubectl(arguments),
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

/// What `run` prints.
enum Output {
    Timeline,
    Trace,
    Json,
    Yaml,
}

fn run(mut arguments: lexopt::Parser) -> Result<(), Failure> {
    let (mut file, mut output, mut at) = (None, Output::Timeline, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("trace") => output = Output::Trace,
            Long("output") => output = output_of(&arguments.value()?.string()?)?,
            Long("at") => at = Some(time(&arguments.value()?.string()?)?),
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| Failure::Usage("run: which file?".to_owned()))?;
    let reading = manifest::read(&read(&file)?);
    tell(&file, &reading)?;
    let scenario = reading.scenario.with_time_zones();
    let recording = Recording::of(&scenario);
    tell_refusals(&file, &recording);
    tell_end(&file, &recording);
    let at = at.or(recording.end().map(|(_, at)| at)).unwrap_or(Time::ZERO);
    match output {
        Output::Trace => {
            let name = Path::new(&file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            print(&(recording.trace(&name.unwrap_or_default()).join("\n") + "\n"))
        }
        Output::Timeline => print(&characters::render(&Timeline::of(&recording, &scenario), WIDTH)),
        Output::Json => print(&format!("{:#}\n", objects(&recording, &scenario, at))),
        Output::Yaml => {
            let objects = objects(&recording, &scenario, at);
            print(&serde_yaml::to_string(&objects).map_err(|error| Failure::Usage(error.to_string()))?)
        }
    }
}

fn output_of(word: &str) -> Result<Output, Failure> {
    match word {
        "timeline" => Ok(Output::Timeline),
        "json" => Ok(Output::Json),
        "yaml" => Ok(Output::Yaml),
        other => Err(Failure::Usage(format!("--output {other}: timeline, json or yaml"))),
    }
}

fn time(text: &str) -> Result<Time, Failure> {
    let span = Span::parse(text).map_err(|_| Failure::Usage(format!("--at {text}: write a time like 90s or 1m30s")))?;
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

/// Tells what is wrong or surprising in a text, with line and column; fails on a mistake.
fn tell(file: &OsString, reading: &manifest::Reading) -> Result<(), Failure> {
    for diagnostic in reading.diagnostics.iter().take(MOST_TOLD) {
        let (line, column) = manifest::line_column(&reading.text, diagnostic.span.start);
        let tier = diagnostic.code.tier();
        let word = (Lang::En.diagnostics().tier)(tier);
        eprintln!("{}:{line}:{column}: {word}: {}", Path::new(file).display(), Lang::En.diagnostic(&diagnostic.code));
    }
    let left = reading.diagnostics.len().saturating_sub(MOST_TOLD);
    if left > 0 {
        eprintln!("{}: {left} more remarks", Path::new(file).display());
    }
    match reading.has_errors() {
        true => Err(Failure::Usage("nothing was run".to_owned())),
        false => Ok(()),
    }
}

/// Tells what the API server refused while the scenario ran: that is a part of the run, not a mistake of the text.
fn tell_refusals(file: &OsString, recording: &Recording) {
    for refused in recording.refused() {
        let at = refused.at - Time::ZERO;
        eprintln!("{}: refused at {at}: {}", Path::new(file).display(), refused.message);
    }
}

/// Tells that a run goes on where its recording ends.
fn tell_end(file: &OsString, recording: &Recording) {
    if let Some(words) = Lang::En.page().goes_on(recording) {
        eprintln!("{}: {words}", Path::new(file).display());
    }
}

fn answer(mut arguments: lexopt::Parser) -> Result<(), Failure> {
    let mut file = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| Failure::Usage("answer: which file?".to_owned()))?;
    let text = read(&file)?;
    tell_unchecked(&file, &manifest::read(&text));
    print(&(conformance::pretty(&Answer::to_text(&text).as_json()) + "\n"))
}

/// Tells what a real cluster would check of an accepted manifest, and this one does not.
fn tell_unchecked(file: &OsString, reading: &manifest::Reading) {
    for finding in advice::findings(reading) {
        if matches!(&finding.about, About::Idle { unchecked, .. } if !unchecked.is_empty()) {
            let (line, column) = manifest::line_column(&reading.text, finding.span.start);
            eprintln!("{}:{line}:{column}: note: {}", Path::new(file).display(), Lang::En.finding(&finding.about));
        }
    }
}

fn run_kubectl(mut arguments: lexopt::Parser) -> Result<(), Failure> {
    let (mut file, mut at, mut conventions, mut words) = (None, None, Conventions::Cluster, Vec::new());
    loop {
        // What stands behind `--` is kubectl's.
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
    let file = file.ok_or_else(|| Failure::Usage("kubectl: which file?".to_owned()))?;
    let reading = manifest::read(&read(&file)?);
    tell(&file, &reading)?;
    let scenario = reading.scenario.clone().with_time_zones();
    let recording = Recording::of(&scenario);
    let at = at.or(recording.end().map(|(_, at)| at)).unwrap_or(Time::ZERO);
    let view = View { recording: &recording, start_unix_seconds: scenario.start_unix_seconds, at, conventions };
    let outcome = Command::parse(&words).and_then(|command| kubectl::run(&command, &view));
    let outcome = outcome.map_err(|refusal| match refusal {
        Refusal::Kubectl(text) => Failure::Usage(text.trim_end().to_owned()),
        Refusal::NotModelled(what) => Failure::Usage((Lang::En.kubectl().not_modelled)(&what)),
    })?;
    eprint!("{}", outcome.printed.stderr);
    match outcome.inputs.is_empty() {
        true => print(&outcome.printed.stdout)?,
        false => {
            eprint!("{}", outcome.printed.stdout);
            print(&with_inputs(reading, &outcome.inputs)?)?;
        }
    }
    if outcome.printed.failed { Err(Failure::Told) } else { Ok(()) }
}

/// The text with more inputs in it.
fn with_inputs(mut reading: manifest::Reading, inputs: &[Input]) -> Result<String, Failure> {
    for input in inputs {
        let edits = manifest::edit::add_input(&reading, input)
            .map_err(|error| Failure::Usage((Lang::En.diagnostics().edit_error)(error).to_owned()))?;
        reading = manifest::read(&manifest::edit::apply(&reading.text, &edits));
    }
    Ok(reading.text.to_string())
}

fn read(file: &OsString) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let outcome = if file == "-" {
        std::io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(file).map(|read| bytes = read)
    };
    outcome.map_err(|error| Failure::Usage(format!("{}: {error}", Path::new(file).display())))?;
    manifest::text_of(&bytes).map(str::to_owned).map_err(|(readable, code)| {
        let (line, column) = manifest::line_column(readable, readable.len());
        Failure::Usage(format!("{}:{line}:{column}: {}", Path::new(file).display(), Lang::En.diagnostic(&code)))
    })
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
    if failed > 0 { Err(Failure::Told) } else { Ok(()) }
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
