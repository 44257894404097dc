//! A session at a terminal: a text, its run, a moment, and commands one after the other. What acts becomes a line of the
//! text, and the run is recorded again before the next command; what waits moves the moment on.

use super::beside::{self, Beside, Misuse, Request};
use super::command::Command;
use super::note::Note;
use super::response::Printed;
use super::shell::{Host, Script, Shell};
use super::snapshot::{Conventions, Snapshot};
use super::usage_error::UsageError;
use super::world::World;
use crate::api::ObjectKey;
use crate::cluster::input::Input;
use crate::cluster::reason::StepId;
use crate::explain::{self, Names, Selection};
use crate::limits::CONSOLE_OBJECTS;
use crate::manifest::{self, Reading, edit};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::time::{Span, Time};
use std::rc::Rc;

/// A session.
pub struct Session<'h> {
    reading: Rc<Reading>,
    scenario: Rc<Scenario>,
    recording: Rc<Recording>,
    /// Whether the text has changed since that was recorded.
    is_stale: bool,
    at: Time,
    conventions: Conventions,
    help: Option<&'h Help>,
    lang: Lang,
    shell: Shell,
    page: Option<Page>,
}

/// The page that a session runs in.
struct Page {
    /// Where its film ends: nothing behind it is gone to, or told.
    end: Time,
    /// What is asked of it.
    requests: Vec<Request>,
}

/// What a line answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What it prints.
    pub printed: Printed,
    /// Whether the text was changed.
    pub acted: bool,
    /// What it asks of the page around the session.
    pub requests: Vec<Request>,
}

impl<'h> Session<'h> {
    /// A session with a text that has been read, the run of it, and a moment that its recording covers.
    pub fn new(
        reading: impl Into<Rc<Reading>>,
        scenario: impl Into<Rc<Scenario>>,
        recording: impl Into<Rc<Recording>>,
        at: Time,
        conventions: Conventions,
    ) -> Session<'h> {
        Session {
            reading: reading.into(),
            scenario: scenario.into(),
            recording: recording.into(),
            is_stale: false,
            at,
            conventions,
            help: None,
            lang: Lang::En,
            shell: Shell::default(),
            page: None,
        }
    }

    /// With something to say about fields, and in a language.
    #[must_use]
    pub fn with_words(self, help: Option<&'h Help>, lang: Lang) -> Session<'h> {
        Session { help, lang, ..self }
    }

    /// In a page, which takes requests and whose film ends there, with the shell of the lines before.
    #[must_use]
    pub fn in_page(self, end: Time, shell: Shell) -> Session<'h> {
        Session { shell, page: Some(Page { end, requests: Vec::new() }), ..self }
    }

    /// Runs a line, or several.
    pub fn run(&mut self, line: &str) -> Answer {
        self.answer(|session, shell| Some(shell.run(line, session))).unwrap_or_default()
    }

    /// Runs the next command of lines that have been read; `None` at their end.
    pub fn advance(&mut self, script: &mut Script) -> Option<Answer> {
        self.answer(|session, shell| shell.advance(script, session))
    }

    fn answer(&mut self, run: impl FnOnce(&mut Self, &mut Shell) -> Option<Printed>) -> Option<Answer> {
        let before = Rc::clone(&self.reading.text);
        let mut shell = std::mem::take(&mut self.shell);
        let printed = run(self, &mut shell);
        self.shell = shell;
        let requests = self.page.as_mut().map(|page| std::mem::take(&mut page.requests)).unwrap_or_default();
        Some(Answer { printed: printed?, acted: before != self.reading.text, requests })
    }

    /// Runs `kubectl WORDS`.
    pub fn kubectl_words(&mut self, words: &[String], stdin: Option<&str>) -> Answer {
        self.answer(|session, _| Some(session.kubectl(words, stdin))).unwrap_or_default()
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.reading.text
    }

    /// The moment.
    pub fn at(&self) -> Time {
        self.at
    }

    /// The shell, for the lines that come.
    pub fn into_shell(self) -> Shell {
        self.shell
    }

    /// Adds inputs to the text.
    fn act(&mut self, inputs: &[Input]) -> Result<(), String> {
        let mut reading = Rc::clone(&self.reading);
        for input in inputs {
            let edits = edit::add_input(&reading, input)
                .map_err(|error| (self.lang.diagnostics().edit_error)(error).to_owned())?;
            reading = Rc::new(manifest::read(&edit::apply(&reading.text, &edits)));
        }
        self.reading = reading;
        let time_zones = self.scenario.time_zones.clone();
        self.scenario = Rc::new(Scenario { time_zones, ..self.reading.scenario.clone() });
        self.is_stale = true;
        Ok(())
    }

    /// Records what has changed; nothing is recorded for a command that is the last one.
    fn record(&mut self) {
        if std::mem::take(&mut self.is_stale) {
            self.recording = Rc::new(Recording::until(&self.scenario, self.at));
        }
    }

    fn go_to(&mut self, at: Time) {
        if let Some(Page { end, .. }) = self.page {
            self.at = at.min(end);
            return;
        }
        self.record();
        self.at = at;
        if !self.recording.covers(at) {
            let longer = Recording::until(&self.scenario, at);
            if let Some((_, end)) = longer.end().filter(|_| !longer.covers(at)) {
                self.at = end;
            }
            self.recording = Rc::new(longer);
        }
    }

    fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            recording: &self.recording,
            start_unix_seconds: self.scenario.start_unix_seconds,
            at: self.at,
            conventions: self.conventions,
        }
    }

    /// Carries out a word beside kubectl.
    fn carry_out(&mut self, name: &str, beside: Beside) -> Printed {
        let mut printed = Printed::default();
        match beside {
            Beside::Now => printed.stdout = self.clock(),
            Beside::GoTo(at) => {
                self.go_to(at);
                // A page shows it at its prompt.
                if self.page.is_none() {
                    printed.stdout = self.clock();
                }
            }
            Beside::Help => printed.stdout = self.lang.console().help.to_owned(),
            Beside::Act(action) => {
                if let Err(why) = self.act(&[Input::new(self.at, action)]) {
                    printed.fail(&why);
                }
            }
            Beside::Request(request) => match &mut self.page {
                Some(page) => {
                    page.requests.push(request);
                    if let Request::Why(Some(key)) = request {
                        printed.notes.extend(self.explained(key).map(Note::Because));
                    }
                }
                None => printed.fail(&(self.lang.kubectl().not_modelled)(name)),
            },
        }
        printed
    }

    fn clock(&self) -> String {
        format!("{}\n", self.lang.format().clock_short(self.at))
    }

    /// What an object has come to, in a sentence.
    fn explained(&self, key: ObjectKey) -> Option<String> {
        let selected = last_step(&self.snapshot(), key)?;
        let why = explain::why(&self.recording, &self.scenario, selected)?;
        let names = Names::new(&self.recording, why.key);
        Some((self.lang.explain().statement)(&why.statement, names).plain())
    }

    fn misused(&self, name: &str, why: &Misuse) -> Printed {
        let mut printed = Printed::default();
        printed.fail(&format!("{name}: {}", why.text(self.lang)));
        printed
    }
}

/// The last step in which an object was changed.
pub fn last_step(snapshot: &Snapshot<'_>, key: ObjectKey) -> Option<Selection> {
    let Snapshot { recording, at, .. } = *snapshot;
    let mut versions = recording.history(key).map(|version| recording.written_at(version));
    let written = versions.rfind(|written| *written <= at)?;
    let first = recording.steps().partition_point(|step| step.at < written);
    let steps = recording.steps()[first..].iter().take_while(|step| step.at == written);
    let changes = |step: &_| recording.versions(step).iter().any(|version| version.object.key() == key);
    let step = steps.enumerate().filter(|(_, step)| changes(step)).last()?.0;
    Some(Selection { step: StepId((first + step) as u32), object: Some(key) })
}

impl Host for Session<'_> {
    fn kubectl(&mut self, words: &[String], stdin: Option<&str>) -> Printed {
        self.record();
        let world = World {
            snapshot: self.snapshot(),
            behaviors: Some(&self.scenario.behaviors),
            text: &self.reading.text,
            stdin,
            help: self.help,
            lang: self.lang,
            most_objects: self.page.as_ref().map(|_| CONSOLE_OBJECTS),
        };
        let response = match Command::parse(words).and_then(|command| super::run_in(&command, &world)) {
            Ok(response) => response,
            Err(UsageError::Invalid(text)) => return Printed { stderr: text, failed: true, ..Printed::default() },
            Err(UsageError::NotModelled(what)) => {
                let mut printed = Printed::default();
                printed.fail(&(self.lang.kubectl().not_modelled)(&what));
                return printed;
            }
        };
        let mut printed = response.printed;
        printed.notes.extend(response.notes);
        if !response.inputs.is_empty()
            && let Err(why) = self.act(&response.inputs)
        {
            printed = Printed::default();
            printed.fail(&why);
            return printed;
        }
        // A page shows what is followed as its time goes on, and stays where it is for what returns behind its end.
        let is_followed = printed.later.is_some();
        let stays = |until: &Time| self.page.as_ref().is_some_and(|page| is_followed || *until > page.end);
        if let Some(until) = response.until.filter(|until| !stays(until)) {
            self.go_to(until);
        }
        printed
    }

    fn now_unix_millis(&self) -> i64 {
        self.scenario.start_unix_seconds * 1000 + (self.at - Time::ZERO).millis()
    }

    fn sleep(&mut self, span: Span) {
        self.go_to(self.at + span);
    }

    fn beside(&mut self, name: &str, arguments: &[String]) -> Option<Printed> {
        self.record();
        let read = beside::read(name, arguments, &self.snapshot())?;
        Some(match read {
            Ok(beside) => self.carry_out(name, beside),
            Err(why) => self.misused(name, &why),
        })
    }

    fn lang(&self) -> Lang {
        self.lang
    }
}
