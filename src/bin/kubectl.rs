//! `kubectl`: what kubectl prints of a run at a time.

use super::name::Name;
use super::{CliError, note, print, read, recording_until, report_diagnostics, time};
use job_playground::kubectl::{Conventions, Session};
use job_playground::manifest;
use job_playground::texts::Lang;
use job_playground::texts::help::Help;
use job_playground::time::Time;
use lexopt::prelude::*;

const HELP: &str = "\
Prints what kubectl prints at a time; a command that acts prints the changed text.

job-playground kubectl FILE -- get pods
               --at TIME      at a time after the start: 90s, 1m30s; else at the end of the recording
               --normalize    what differs from run to run in a real cluster is replaced, as in tests/conformance
What follows -- is given to kubectl as it is; one word with blanks in it is a line of a shell: pipes to grep, head,
tail, wc and sort, && || ; $(…) and variables.
";

/// Runs the command line behind `--`.
pub(super) fn kubectl(mut arguments: lexopt::Parser) -> Result<(), CliError> {
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
            Some(Short('h') | Long("help")) => return print(HELP),
            Some(Long("normalize")) => conventions = Conventions::Recordings,
            Some(Value(path)) if file.is_none() => file = Some(path),
            Some(other) => return Err(other.unexpected().into()),
            None => break,
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("kubectl: which file?".to_owned()))?;
    let (name, reading) = (Name::of(&file), manifest::read(&read(&file)?));
    report_diagnostics(&name, &reading)?;
    let scenario = reading.scenario.clone().with_time_zones();
    let recording = recording_until(&name, &scenario, at)?;
    let at = at.or(recording.end().map(|(_, at)| at)).unwrap_or(Time::ZERO);
    let help = Help::parse(include_str!("../../static/help.en.txt"));
    let mut session = Session::new(reading, scenario, recording, at, conventions).with_words(Some(&help), Lang::En);
    // One word with blanks in it is a line of a shell.
    let answer = match &words[..] {
        [line] if line.contains(char::is_whitespace) => session.run(line),
        words => session.kubectl_words(words, None),
    };
    answer.printed.stderr.lines().for_each(note);
    for remark in &answer.printed.notes {
        note(&format!("# {}", remark.text(Lang::En, |at| (at - Time::ZERO).to_string())));
    }
    match answer.acted {
        false => print(&answer.printed.stdout)?,
        true => {
            answer.printed.stdout.lines().for_each(note);
            print(session.text())?;
        }
    }
    if answer.printed.failed { Err(CliError::Reported) } else { Ok(()) }
}
