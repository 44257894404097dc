//! The terminal front end: records scenarios and prints them, and runs the recorded cases of the real Kubernetes.

mod kubectl;
mod lesson;
mod mdbook;
mod name;
mod pictures;

use job_playground::advice::{self, About, Finding, Surprise};
use job_playground::api::ObjectKey;
use job_playground::conformance::{self, Case};
use job_playground::limits::TEXT_BYTES;
use job_playground::manifest::answer::Answer;
use job_playground::manifest::{self, Reading};
use job_playground::picture::svg::Look;
use job_playground::picture::{OwnedRun, figure, film, svg};
use job_playground::recording::Recording;
use job_playground::scenario::Scenario;
use job_playground::texts::Lang;
use job_playground::time::{Span, Time};
use job_playground::timeline::trace_events::trace_events;
use job_playground::timeline::{Timeline, characters};
use lexopt::prelude::*;
use name::Name;
use std::ffi::OsString;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Job Playground: paste a Kubernetes Job, break it, watch it, rewind it, ask why.

job-playground run FILE           record a scenario and draw its timeline
job-playground link FILE          print the link to a run
job-playground redact FILE        print a text without the names, images, values and commands of its author
job-playground embed DIR… --out DIR  write a poster and a film of every manifest in a folder
job-playground lesson FILE…       look at lessons: is each of them sound?
job-playground mdbook             a preprocessor of mdBook: fences become runs
job-playground answer FILE        print what the API server answers to a manifest
job-playground kubectl FILE       print what kubectl prints at a time
job-playground conformance DIR    run recorded cases of the real Kubernetes
job-playground COMMAND --help     more about a command
job-playground --version

FILE may be - for standard input. Errors in the input are printed to standard error with line and column. The exit code
is 1 if a case differs, a lesson is not sound, a kubectl command fails or nothing can be printed, and 2 if the input or
the command line is wrong.
";

const RUN_HELP: &str = "\
Records a scenario and prints what happens in it.

job-playground run FILE                       the timeline in characters
job-playground run FILE --trace               every write, as lines of JSON; --trace=2: with nodes,
                                              containers and the events of pods
job-playground run FILE --output perfetto     the same as trace events, for ui.perfetto.dev
job-playground run FILE --output json|yaml    all objects at the end of the recording
               --at TIME                      \u{2026} at a time after the start: 90s, 1m30s

job-playground run FILE --output svg          a poster of the run
               --at TIME                      \u{2026} at a time
               --width 720|380                \u{2026} for a column of text, for a phone
               --theme auto|light|dark|print|mono
job-playground run FILE --output film         what a player shows: static/film.v1.schema.json
job-playground run FILE --output html         a poster, its film and its text, to be pasted into a page
               --page ADDRESS                 \u{2026} that opens the run in the page there
               --attributes TEXT              \u{2026} as its author wants it: at=\"25s\" why=\"full\" caption=\"Words\"
               --name FILE:LINE               \u{2026} where the text begins that is read, for messages
               --lang en|zh                   the language of all these
";

const ANSWER_HELP: &str = "\
Prints what the API server answers to each document: why it is refused, or its warnings and its spec with everything
filled in. Another kind than Job and CronJob is notModelled.

job-playground answer FILE
";

const CONFORMANCE_HELP: &str = "\
Runs every recorded case under a folder and prints the first difference of each.

job-playground conformance DIR
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
    /// Standard output cannot be written to: exit code 1.
    Output(std::io::Error),
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
        Err(CliError::Output(error)) => {
            note(&format!("standard output: {error}"));
            ExitCode::FAILURE
        }
        Err(CliError::Usage(message)) => {
            note(&message);
            ExitCode::from(2)
        }
    }
}

fn command(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    match arguments.next()? {
        Some(Value(word)) if word == "run" => run(arguments),
        Some(Value(word)) if word == "link" => pictures::link(arguments),
        Some(Value(word)) if word == "redact" => pictures::redact(arguments),
        Some(Value(word)) if word == "embed" => pictures::embed(arguments),
        Some(Value(word)) if word == "lesson" => lesson::lesson(arguments),
        Some(Value(word)) if word == "mdbook" => mdbook::mdbook(arguments),
        Some(Value(word)) if word == "answer" => answer(arguments),
        Some(Value(word)) if word == "kubectl" => kubectl::kubectl(arguments),
        Some(Value(word)) if word == "conformance" => run_cases(arguments),
        Some(Short('h') | Long("help")) | None => print(HELP),
        Some(Short('V') | Long("version")) => print(concat!("job-playground ", env!("CARGO_PKG_VERSION"), "\n")),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Prints to standard output. A closed pipe is not an error: `… | head` ends so.
fn print(text: &str) -> Result<(), CliError> {
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(()),
    }
}

/// Prints a line to standard error, if that can be written to.
fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", visible(line));
}

/// Words of a text, for a terminal: characters that would take hold of it are shown, `^[` for ESC.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => shown.push(character),
            '\0'..='\x1f' | '\x7f' => shown.extend(['^', char::from(character as u8 ^ 0x40)]),
            // Controls of 8 bits, and marks that change the order in which letters are shown.
            '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown.extend(character.escape_unicode());
            }
            _ => shown.push(character),
        }
    }
    shown
}

/// What `run` prints.
enum OutputFormat {
    Timeline,
    /// Its version.
    Trace(u8),
    /// In the Trace Event Format.
    Perfetto,
    Json,
    Yaml,
    Svg,
    Film,
    Html,
}

impl OutputFormat {
    fn shows_a_moment(&self) -> bool {
        matches!(self, OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Svg | OutputFormat::Html)
    }
}

/// 1 without a value.
fn trace_version(value: Option<std::ffi::OsString>) -> Result<u8, CliError> {
    match value.as_ref().map(|value| value.to_string_lossy()).as_deref() {
        None | Some("1") => Ok(1),
        Some("2") => Ok(2),
        Some(other) => Err(CliError::Usage(format!("--trace={other}: there are versions 1 and 2"))),
    }
}

fn run(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let (mut file, mut output, mut at) = (None, OutputFormat::Timeline, None);
    let (mut look, mut page) = (Look::default(), figure::PAGE.to_owned());
    let (mut attributes, mut name) = (String::new(), None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("lang") => look.lang = pictures::lang(&arguments.value()?.string()?)?,
            Long("width") => look.width = pictures::width(&arguments.value()?.string()?)?,
            Long("theme") => look.theme = pictures::theme(&arguments.value()?.string()?)?,
            Long("page") => page = arguments.value()?.string()?,
            Long("attributes") => attributes = arguments.value()?.string()?,
            Long("name") => name = Some(Name::read(&arguments.value()?.string()?)),
            Long("trace") => output = OutputFormat::Trace(trace_version(arguments.optional_value())?),
            Long("output") => output = output_format(&arguments.value()?.string()?)?,
            Long("at") => at = Some(time(&arguments.value()?.string()?)?),
            Short('h') | Long("help") => return print(RUN_HELP),
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("run: which file?".to_owned()))?;
    let name = name.unwrap_or_else(|| Name::of(&file));
    // Whoever hands a text over is listened to before anything is said.
    let text = read(&file)?;
    let attributes = pictures::attributes(&name, &attributes)?;
    look = attributes.on(look);
    at = look.at.or(at);
    if at.is_some() && !output.shows_a_moment() {
        let message = "run: --at is the time of --output json, yaml, svg or html; all else shows all times";
        return Err(CliError::Usage(message.to_owned()));
    }
    let (reading, scenario, recording) = recorded(&name, &text, at)?;
    let asked = at;
    let at = at.or(recording.end().map(|(_, at)| at)).unwrap_or(Time::ZERO);
    match output {
        OutputFormat::Trace(version) => {
            let name = Path::new(&file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let name = name.unwrap_or_default();
            let lines = if version == 2 { recording.trace_2(&name) } else { recording.trace(&name) };
            print(&(lines.join("\n") + "\n"))
        }
        OutputFormat::Perfetto => print(&trace_events(&recording, &scenario, &Timeline::of(&recording, &scenario))),
        OutputFormat::Timeline => print(&visible(&characters::render(&Timeline::of(&recording, &scenario), WIDTH))),
        OutputFormat::Json => print(&format!("{:#}\n", objects(&recording, &scenario, at))),
        OutputFormat::Yaml => {
            let objects = objects(&recording, &scenario, at);
            print(&serde_yaml::to_string(&objects).map_err(|error| CliError::Usage(error.to_string()))?)
        }
        OutputFormat::Svg | OutputFormat::Film | OutputFormat::Html => {
            let run = OwnedRun::recorded(reading, scenario, recording);
            let (run, look) = (run.as_run(), Look { at: asked, ..look });
            print(&match output {
                OutputFormat::Svg => svg::poster(&run, look),
                OutputFormat::Film => film::film(&run, look.lang),
                _ => figure::figure(&run, look, &page, &attributes),
            })
        }
    }
}

/// The run of a text, and what is to be said about the text.
///
/// # Errors
/// It cannot be run, or not up to that moment.
fn recorded(name: &Name, text: &str, at: Option<Time>) -> Result<(Reading, Scenario, Recording), CliError> {
    let reading = manifest::read(text);
    report_diagnostics(name, &reading)?;
    let scenario = reading.scenario.clone().with_time_zones();
    let recording = recording_until(name, &scenario, at)?;
    report_notes(name, &reading, &advice::findings_with_run(&reading, Some(&recording)), |about| {
        matches!(
            about,
            About::NoEffect(_) | About::Surprise(Surprise::CommandNotGuessed { .. } | Surprise::OwnerAbsent { .. })
        )
    });
    report_refusals(name, &recording);
    report_end(name, &recording);
    Ok((reading, scenario, recording))
}

fn output_format(word: &str) -> Result<OutputFormat, CliError> {
    match word {
        "timeline" => Ok(OutputFormat::Timeline),
        "perfetto" => Ok(OutputFormat::Perfetto),
        "json" => Ok(OutputFormat::Json),
        "yaml" => Ok(OutputFormat::Yaml),
        "svg" => Ok(OutputFormat::Svg),
        "film" => Ok(OutputFormat::Film),
        "html" => Ok(OutputFormat::Html),
        other => Err(CliError::Usage(format!("--output {other}: timeline, perfetto, json, yaml, svg, film or html"))),
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
    let items: Vec<serde_json::Value> =
        keys.filter_map(|key| recording.value_at(key, at, scenario.start_unix_seconds)).collect();
    serde_json::json!({ "apiVersion": "v1", "kind": "List", "items": items })
}

/// Prints the diagnostics of a text with line and column.
///
/// # Errors
/// The text has errors: it cannot be run.
fn report_diagnostics(name: &Name, reading: &Reading) -> Result<(), CliError> {
    for diagnostic in reading.diagnostics.iter().take(MAX_REPORTED) {
        let place = name.place(&reading.text, diagnostic.span.start);
        let tier = diagnostic.code.tier();
        let word = (Lang::En.diagnostics().tier)(tier);
        let words = Lang::En.diagnostic(&diagnostic.code);
        note(&format!("{place}: {word}: {words}"));
    }
    let left = reading.diagnostics.len().saturating_sub(MAX_REPORTED);
    if left > 0 {
        note(&format!("{name}: {left} more remarks"));
    }
    match reading.has_errors() {
        true => Err(CliError::Usage("nothing was run".to_owned())),
        false => Ok(()),
    }
}

/// Prints what the API server refused while the scenario ran: a part of the run, not a mistake in the text.
fn report_refusals(name: &Name, recording: &Recording) {
    for refused in recording.refused() {
        let at = refused.at - Time::ZERO;
        note(&format!("{name}: refused at {at}: {}", refused.message));
    }
}

/// Prints that a run goes on after the end of its recording.
fn report_end(name: &Name, recording: &Recording) {
    if let Some(words) = Lang::En.page().goes_on(recording) {
        note(&format!("{name}: {words}"));
    }
}

fn answer(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let mut file = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => return print(ANSWER_HELP),
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("answer: which file?".to_owned()))?;
    let text = read(&file)?;
    let is_unchecked = |about: &About| matches!(about, About::Idle { unchecked, .. } if !unchecked.is_empty());
    let reading = manifest::read(&text);
    report_notes(&Name::of(&file), &reading, &advice::findings(&reading), is_unchecked);
    let answers = Answer::to_text(&text);
    if answers.is_empty() {
        return Err(CliError::Usage(format!("{}: no objects in it", Path::new(&file).display())));
    }
    print(&answers.iter().map(|answer| conformance::pretty(&answer.as_json()) + "\n").collect::<String>())
}

/// A recording that covers a moment.
///
/// # Errors
/// The run goes on to that moment and further, but no more of it can be recorded.
fn recording_until(name: &Name, scenario: &Scenario, at: Option<Time>) -> Result<Recording, CliError> {
    let Some(at) = at else { return Ok(Recording::of(scenario)) };
    let recording = Recording::until(scenario, at);
    if recording.covers(at) {
        return Ok(recording);
    }
    report_end(name, &recording);
    let at = at - Time::ZERO;
    Err(CliError::Usage(format!("{name}: --at {at} is beyond the end of the recording")))
}

/// Prints findings of some kinds: what a real cluster would check in an accepted manifest and this one does not, what is
/// assumed without a guess, what did nothing.
fn report_notes(name: &Name, reading: &Reading, findings: &[Finding], is_wanted: impl Fn(&About) -> bool) {
    for finding in findings {
        if is_wanted(&finding.about) {
            let place = name.place(&reading.text, finding.span.start);
            let words = Lang::En.finding(&finding.about);
            note(&format!("{place}: note: {words}"));
        }
    }
}

/// The text of a file, or of standard input: no more of either is read than a text may have.
fn read(file: &OsString) -> Result<String, CliError> {
    let failed = |error: std::io::Error| CliError::Usage(format!("{}: {error}", Path::new(file).display()));
    let source: Box<dyn Read> =
        if file == "-" { Box::new(std::io::stdin()) } else { Box::new(File::open(file).map_err(failed)?) };
    let mut bytes = Vec::new();
    source.take(TEXT_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > TEXT_BYTES {
        let file = Path::new(file).display();
        return Err(CliError::Usage(format!("{file}: more than {TEXT_BYTES} bytes. Nothing of it was read.")));
    }
    manifest::text_of(&bytes).map(str::to_owned).map_err(|(readable, code)| {
        let (line, column) = manifest::line_column(readable, readable.len());
        CliError::Usage(format!("{}:{line}:{column}: {}", Path::new(file).display(), Lang::En.diagnostic(&code)))
    })
}

fn run_cases(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let mut folder = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => return print(CONFORMANCE_HELP),
            Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let folder = folder.ok_or_else(|| CliError::Usage("conformance: which folder?".to_owned()))?;
    let failed_to_read = |error: std::io::Error| CliError::Usage(format!("{}: {error}", folder.display()));
    let cases = conformance::cases(&folder).map_err(failed_to_read)?;
    if cases.is_empty() {
        return Err(CliError::Usage(format!("{}: there are no recorded cases", folder.display())));
    }
    let mut failed = 0;
    for case in &cases {
        if let Some(difference) = conformance::judge(case).map_err(failed_to_read)? {
            failed += 1;
            print(&visible(&report(case, &difference)))?;
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
