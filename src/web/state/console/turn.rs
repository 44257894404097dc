//! What a command does to the page, as data. It comes with a chunk: kubectl is not needed before the console is opened.

use super::{Printed, Said};
use crate::kubectl::beside::Request;
use crate::kubectl::{Answer, Conventions, Later, Note, Script, Session, Shell, Snapshot, mentions};
use crate::late::Late;
use crate::limits::{CONSOLE_BYTES, CONSOLE_LINKS};
use crate::manifest::Reading;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::time::Time;
use std::rc::Rc;

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

/// What is said at a time, where a line cannot be read.
pub(crate) type Refusal = Box<dyn FnOnce(Time) -> Vec<Said>>;

/// Reads lines, and runs their commands.
pub(crate) struct Runner {
    pub(super) begin: fn(&mut Shell, &str, Lang) -> Result<Script, Refusal>,
    pub(super) advance: fn(&Moment, &mut Shell, &mut Script) -> Option<Turn>,
}

/// Once its chunk is there.
pub(crate) static RUNNER: Late<Runner> = Late::new(&RUNS);

/// The one that there is.
pub(crate) static RUNS: Runner = Runner { begin, advance };

fn begin(shell: &mut Shell, line: &str, lang: Lang) -> Result<Script, Refusal> {
    shell.begin(line, lang).map_err(|printed| -> Refusal {
        Box::new(move |at| {
            vec![Said::Printed(Printed { at, text: printed.stderr.into(), is_error: true, links: Rc::default() })]
        })
    })
}

fn advance(moment: &Moment, shell: &mut Shell, script: &mut Script) -> Option<Turn> {
    let Moment { reading, scenario, recording, at, end, lang, help } = moment;
    let conventions = Conventions::Cluster;
    let mut session = Session::new(Rc::clone(reading), Rc::clone(scenario), Rc::clone(recording), *at, conventions)
        .with_words(help.as_deref(), *lang)
        .in_page(*end, std::mem::take(shell));
    let is_first = script.is_fresh();
    let answer = session.advance(script);
    let (returned, text) = (session.at(), Rc::from(session.text()));
    *shell = session.into_shell();
    let Answer { printed, acted, requests } = answer?;
    let start_unix_seconds = scenario.start_unix_seconds;
    let lines = |at: Time, text: &str, is_error: bool| {
        let snapshot = Snapshot { recording, start_unix_seconds, at, conventions };
        let text = cut(text);
        let links = if is_error { Vec::new() } else { mentions(text, &snapshot, CONSOLE_LINKS) };
        Printed { at, text: text.into(), is_error, links: links.into() }
    };
    let returns = printed.notes.iter().find_map(|note| match note {
        Note::Returns(at) => Some(*at),
        _ => None,
    });
    let returned_at = returns.unwrap_or(returned);
    let mut said = Vec::new();
    let now = printed.later.as_ref().map_or(printed.stdout.len(), |later| first_byte(later, printed.stdout.len()));
    if now > 0 {
        said.push(Said::Printed(lines(
            if printed.later.is_some() { *at } else { returned_at },
            &printed.stdout[..now],
            false,
        )));
    }
    if !printed.stderr.is_empty() {
        said.push(Said::Printed(lines(returned_at, &printed.stderr, true)));
    }
    let follow = printed.later.map(|later| {
        let mut all: Vec<Printed> = Vec::new();
        for (place, one) in later.iter().enumerate() {
            let end = later.get(place + 1).map_or(printed.stdout.len(), |next| next.byte);
            if one.byte < end {
                all.push(lines(one.at, &printed.stdout[one.byte..end], false));
            }
        }
        // Several logs are followed at once.
        crate::order::sort_by_key(&mut all, |line| line.at);
        all.into()
    });
    // When it returns stands beside what it prints; what is followed ends with the film.
    let is_seen = |note: &Note| match note {
        Note::Returns(_) => true,
        Note::BeyondRecording(_) => follow.is_some(),
        _ => false,
    };
    said.extend(printed.notes.into_iter().filter(|note| !is_seen(note)).map(Said::Note));
    let is_alone = is_first && script.is_empty();
    Some(Turn { said, follow, is_alone, text: acted.then_some(text), at: returned, requests })
}

fn first_byte(later: &[Later], all: usize) -> usize {
    later.first().map_or(all, |later| later.byte)
}

/// At most so many bytes are kept of what one command prints.
fn cut(text: &str) -> &str {
    let end = (0..=CONSOLE_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}
