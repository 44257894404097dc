//! A session at a terminal: a text, its run, a moment, and commands one after the other. What acts becomes a line of the
//! text, and the run is recorded again; what waits moves the moment on.

use super::command::Command;
use super::response::Printed;
use super::shell::{Host, Shell};
use super::snapshot::{Conventions, Snapshot};
use super::usage_error::UsageError;
use super::world::World;
use crate::cluster::input::Input;
use crate::manifest::{self, Reading, edit};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::time::{Span, Time};
use std::rc::Rc;

/// A session.
pub struct Session<'h> {
    reading: Reading,
    scenario: Scenario,
    recording: Recording,
    at: Time,
    conventions: Conventions,
    help: Option<&'h Help>,
    lang: Lang,
    shell: Shell,
}

/// What a line answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What it prints.
    pub printed: Printed,
    /// Whether the text was changed.
    pub acted: bool,
}

impl<'h> Session<'h> {
    /// A session with a text that has been read, at a moment that its recording covers.
    pub fn new(reading: Reading, recording: Recording, at: Time, conventions: Conventions) -> Session<'h> {
        let scenario = reading.scenario.clone().with_time_zones();
        let shell = Shell::default();
        Session { reading, scenario, recording, at, conventions, help: None, lang: Lang::En, shell }
    }

    /// With something to say about fields, and in a language.
    #[must_use]
    pub fn with_words(self, help: Option<&'h Help>, lang: Lang) -> Session<'h> {
        Session { help, lang, ..self }
    }

    /// Runs a line, or several.
    pub fn run(&mut self, line: &str) -> Answer {
        let before = Rc::clone(&self.reading.text);
        let mut shell = std::mem::take(&mut self.shell);
        let printed = shell.run(line, self);
        self.shell = shell;
        Answer { printed, acted: before != self.reading.text }
    }

    /// Runs `kubectl WORDS`.
    pub fn kubectl_words(&mut self, words: &[String], stdin: Option<&str>) -> Answer {
        let before = Rc::clone(&self.reading.text);
        let printed = self.kubectl(words, stdin);
        Answer { printed, acted: before != self.reading.text }
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.reading.text
    }

    /// The moment.
    pub fn at(&self) -> Time {
        self.at
    }

    /// Adds inputs to the text, and records it again.
    fn act(&mut self, inputs: &[Input]) -> Result<(), String> {
        let mut reading = self.reading.clone();
        for input in inputs {
            let edits = edit::add_input(&reading, input)
                .map_err(|error| (self.lang.diagnostics().edit_error)(error).to_owned())?;
            reading = manifest::read(&edit::apply(&reading.text, &edits));
        }
        self.reading = reading;
        self.scenario = self.reading.scenario.clone().with_time_zones();
        self.recording = Recording::until(&self.scenario, self.at);
        Ok(())
    }

    fn go_to(&mut self, at: Time) {
        self.at = at;
        if !self.recording.covers(at) {
            let longer = Recording::until(&self.scenario, at);
            if longer.covers(at) {
                self.recording = longer;
            } else if let Some((_, end)) = longer.end() {
                self.recording = longer;
                self.at = end;
            }
        }
    }
}

impl Host for Session<'_> {
    fn kubectl(&mut self, words: &[String], stdin: Option<&str>) -> Printed {
        let snapshot = Snapshot {
            recording: &self.recording,
            start_unix_seconds: self.scenario.start_unix_seconds,
            at: self.at,
            conventions: self.conventions,
        };
        let world = World {
            snapshot,
            behaviors: Some(&self.scenario.behaviors),
            text: &self.reading.text,
            stdin,
            help: self.help,
            lang: self.lang,
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
        for note in &response.notes {
            printed.stderr += &format!("# {}\n", note.text(self.lang));
        }
        if !response.inputs.is_empty()
            && let Err(why) = self.act(&response.inputs)
        {
            printed = Printed::default();
            printed.fail(&why);
            return printed;
        }
        if let Some(until) = response.until {
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

    fn lang(&self) -> Lang {
        self.lang
    }
}
