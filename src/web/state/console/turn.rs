//! What a command does to the page, as data. It comes with a chunk: kubectl is not needed before the console is opened.

use super::{Printed, Said};
use crate::kubectl::beside::Request;
use crate::kubectl::{self, Answer, Conventions, Names, Note, Script, Session, Shell, Snapshot};
use crate::late::Late;
use crate::limits::{CONSOLE_BYTES, whole_letters};
use crate::manifest::Reading;
use crate::order;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::time::Time;
use std::rc::Rc;

/// Names in a line that is followed that lead somewhere.
const LINKS_OF_LINE: usize = 8;

/// What a command runs in.
pub(crate) struct Moment {
    pub(crate) reading: Rc<Reading>,
    pub(crate) scenario: Rc<Scenario>,
    pub(crate) recording: Rc<Recording>,
    pub(crate) at: Time,
    /// Where the film ends.
    pub(crate) end: Time,
    pub(crate) lang: Lang,
    pub(crate) help: Option<Rc<Help>>,
    /// So many names of what is printed may lead somewhere.
    pub(crate) links: usize,
}

impl Moment {
    /// What kubectl sees at a time.
    pub(super) fn snapshot(&self, at: Time) -> Snapshot<'_> {
        let start_unix_seconds = self.scenario.start_unix_seconds;
        Snapshot { recording: &self.recording, start_unix_seconds, at, conventions: Conventions::Cluster }
    }
}

/// What became of a command.
pub(crate) struct Turn {
    pub(crate) said: Vec<Said>,
    /// What is printed as the playhead moves.
    pub(crate) follow: Option<Rc<[Printed]>>,
    /// Whether the line has nothing else.
    pub(crate) is_alone: bool,
    /// The whole text, if it is another one now.
    pub(crate) text: Option<Rc<str>>,
    /// When the command has returned.
    pub(crate) at: Time,
    pub(crate) requests: Vec<Request>,
}

/// Reads lines, and runs their commands.
pub(crate) struct Runner {
    /// Fails with what is said of a line that cannot be read.
    pub(super) begin: fn(&mut Shell, &str, Lang) -> Result<Script, String>,
    pub(super) advance: fn(&Moment, &mut Shell, &mut Script) -> Option<Turn>,
}

/// Once its chunk is there.
pub(crate) static RUNNER: Late<Runner> = Late::new(&RUNS);

/// The one that there is.
pub(crate) static RUNS: Runner = Runner { begin, advance };

fn begin(shell: &mut Shell, line: &str, lang: Lang) -> Result<Script, String> {
    shell.begin(line, lang).map_err(|printed| printed.stderr)
}

fn advance(moment: &Moment, shell: &mut Shell, script: &mut Script) -> Option<Turn> {
    let Moment { reading, scenario, recording, at, end, lang, help, .. } = moment;
    let (reading, scenario, recording) = (Rc::clone(reading), Rc::clone(scenario), Rc::clone(recording));
    let mut session = Session::new(reading, scenario, recording, *at, Conventions::Cluster)
        .with_words(help.as_deref(), *lang)
        .in_page(*end, std::mem::take(shell));
    let is_first = script.is_fresh();
    let answer = session.advance(script);
    let returned = session.at();
    let text = answer.as_ref().filter(|answer| answer.acted).map(|_| session.text().into());
    *shell = session.into_shell();
    let Answer { printed, requests, .. } = answer?;
    let (said, follow) = told(moment, printed, returned);
    Some(Turn { said, follow, is_alone: is_first && script.is_empty(), text, at: returned, requests })
}

/// What stands below the line, and what follows as the playhead moves.
fn told(moment: &Moment, printed: kubectl::Printed, returned: Time) -> (Vec<Said>, Option<Rc<[Printed]>>) {
    let kubectl::Printed { stdout, stderr, notes, later, .. } = printed;
    let names = Names::of(whole_letters(&stdout, CONSOLE_BYTES), &moment.snapshot(moment.at));
    let lines = |at: Time, text: &str, most: usize| {
        let kept = whole_letters(text, CONSOLE_BYTES);
        let links = names.mentions(kept, &moment.snapshot(at), most).into();
        Printed { links, lines: text.lines().count(), ..Printed::plain(at, kept, false) }
    };
    // What returns behind the film's end has its time, too.
    let returned =
        notes.iter().find_map(|note| if let Note::Returns(at) = note { Some(*at) } else { None }).unwrap_or(returned);
    let now = later.as_ref().map_or(stdout.len(), |later| later.first().map_or(stdout.len(), |first| first.byte));
    let mut said = Vec::new();
    if now > 0 {
        let at = if later.is_some() { moment.at } else { returned };
        said.push(Said::Printed(lines(at, &stdout[..now], moment.links)));
    }
    if !stderr.is_empty() {
        said.push(Said::Printed(Printed::plain(returned, &stderr, true)));
    }
    let follow: Option<Rc<[Printed]>> = later.map(|later| {
        let ends = later.iter().skip(1).map(|next| next.byte).chain([stdout.len()]);
        let parts = later.iter().zip(ends).filter(|(one, end)| one.byte < *end);
        let mut all: Vec<Printed> =
            parts.map(|(one, end)| lines(one.at, &stdout[one.byte..end], LINKS_OF_LINE)).collect();
        // Several logs are followed at once.
        order::sort_by_key(&mut all, |line| line.at);
        all.into()
    });
    // When it returns stands beside what it prints; what is followed ends with the film.
    let is_seen = |note: &Note| match note {
        Note::Returns(_) => true,
        Note::BeyondRecording(_) => follow.is_some(),
        _ => false,
    };
    said.extend(notes.into_iter().filter(|note| !is_seen(note)).map(Said::Note));
    (said, follow)
}
