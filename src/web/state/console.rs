//! The console: what was typed, what was printed, and what is still to run. Commands run one after the other, each in the
//! run that the one before has led to.

pub(crate) mod action;
pub(crate) mod turn;

pub(crate) use action::ConsoleAction;

use super::State;
use super::action::{Action, Detail, Dialog, Pane};
use super::effect::Effect;
use super::shared::Shared;
use crate::kubectl::beside::Request;
use crate::kubectl::{Mention, Note, Script, Shell, last_step};
use crate::limits::{CONSOLE_ENTRIES, CONSOLE_HISTORY, CONSOLE_LINKS};
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::time::Time;
use std::collections::VecDeque;
use std::rc::Rc;
use turn::{Moment, RUNNER, Turn};

/// The console.
#[derive(Default)]
pub(crate) struct Console {
    pub(crate) entries: Shared<Vec<Shared<Entry>>>,
    /// Lines that were typed, the last one last.
    pub(crate) history: Shared<Vec<Rc<str>>>,
    shell: Shell,
    running: Option<Script>,
    /// Lines that were typed while another one was running.
    waiting: VecDeque<Rc<str>>,
    next_number: u64,
    /// What there is to say about fields, in the language in which it was asked for; `None` where it cannot be had.
    help: Option<(Lang, Option<Rc<Help>>)>,
}

/// A line, and what became of it.
#[derive(Debug)]
pub(crate) struct Entry {
    /// One for the life of the page.
    pub(crate) number: u64,
    /// Where the playhead was.
    pub(crate) at: Time,
    pub(crate) line: Rc<str>,
    pub(crate) said: Vec<Said>,
    pub(crate) follow: Option<Follow>,
}

/// What is printed as the playhead moves.
#[derive(Clone, Debug)]
pub(crate) struct Follow {
    /// Each with its time, which is when it is shown.
    pub(crate) lines: Rc<[Printed]>,
    /// Where the playhead was when it was ended; `None` while it goes on.
    pub(crate) ended: Option<Time>,
    /// Whether the line has nothing else, so that it can be run again when the run becomes another one.
    is_alone: bool,
}

impl Follow {
    /// What is printed until the playhead, or until it was ended.
    pub(crate) fn shown(&self, playhead: Time) -> &[Printed] {
        let until = self.ended.unwrap_or(playhead);
        &self.lines[..self.lines.partition_point(|line| line.at <= until)]
    }
}

/// Something that stands in the console below a line.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    Printed(Printed),
    /// A remark beside what kubectl prints.
    Note(Note),
    /// The text was changed. It can be undone as long as the text is still this one.
    Added(Rc<str>),
    /// Nothing can be changed in this step of a lesson.
    Locked,
    /// The text has errors: the run that is shown is not its own, and nothing can be added to it.
    Broken,
}

/// Lines that were printed.
#[derive(Clone, Debug)]
pub(crate) struct Printed {
    pub(crate) at: Time,
    pub(crate) text: Rc<str>,
    /// How many lines there were; of many bytes only the first are kept.
    pub(crate) lines: usize,
    pub(crate) is_error: bool,
    pub(crate) links: Rc<[Mention]>,
}

impl Printed {
    /// Words that lead nowhere.
    fn plain(at: Time, text: &str, is_error: bool) -> Printed {
        Printed { at, lines: text.lines().count(), text: text.into(), is_error, links: Rc::default() }
    }
}

impl Entry {
    /// How many names below it lead somewhere.
    pub(crate) fn links(&self) -> usize {
        let links = self.said.iter().map(|said| match said {
            Said::Printed(printed) => printed.links.len(),
            _ => 0,
        });
        links.sum()
    }
}

impl Console {
    /// Whether something is still to run.
    pub(crate) fn is_busy(&self) -> bool {
        self.running.is_some() || !self.waiting.is_empty()
    }

    /// Lines of an earlier visit, or of another tab, come before those of this one.
    pub(crate) fn remember(&mut self, kept: Vec<Rc<str>>) {
        let own = Rc::clone(self.history.rc());
        self.history = Shared::new(kept);
        own.iter().for_each(|line| self.note_line(line));
    }

    /// What there is to say about fields was fetched, or cannot be had.
    pub(crate) fn take_help(&mut self, lang: Lang, help: Option<Help>) {
        self.help = Some((lang, help.map(Rc::new)));
    }

    /// Whether the newest line follows the playhead.
    pub(crate) fn is_following(&self) -> bool {
        self.entries.last().and_then(|entry| entry.follow.as_ref()).is_some_and(|follow| follow.ended.is_none())
    }

    fn note_line(&mut self, line: &Rc<str>) {
        let mut lines = (*self.history).clone();
        lines.retain(|known| known != line);
        lines.push(Rc::clone(line));
        let surplus = lines.len().saturating_sub(CONSOLE_HISTORY);
        lines.drain(..surplus);
        self.history = Shared::new(lines);
    }

    fn begin_entry(&mut self, at: Time, line: Rc<str>) {
        let mut entries = (*self.entries).clone();
        let surplus = (entries.len() + 1).saturating_sub(CONSOLE_ENTRIES);
        entries.drain(..surplus);
        self.next_number += 1;
        entries.push(Shared::new(Entry { number: self.next_number, at, line, said: Vec::new(), follow: None }));
        self.entries = Shared::new(entries);
    }

    /// Changes the newest entry.
    fn change_entry(&mut self, change: impl FnOnce(&mut Entry)) {
        let mut entries = (*self.entries).clone();
        let Some(last) = entries.last_mut() else { return };
        let Entry { number, at, line, said, follow } = &**last;
        let mut entry =
            Entry { number: *number, at: *at, line: Rc::clone(line), said: said.clone(), follow: follow.clone() };
        change(&mut entry);
        *last = Shared::new(entry);
        self.entries = Shared::new(entries);
    }

    fn end_follow(&mut self, at: Time) {
        if self.is_following() {
            self.change_entry(|entry| {
                if let Some(follow) = &mut entry.follow {
                    follow.ended = Some(at);
                }
            });
        }
    }
}

impl State {
    pub(super) fn console(&mut self, action: ConsoleAction) -> Vec<Effect> {
        match action {
            ConsoleAction::Open => {
                self.show_console();
                vec![Effect::OpenConsole, Effect::FocusConsole]
            }
            ConsoleAction::Run(line) => self.run_line(line.trim()),
            ConsoleAction::Stop => {
                self.console.end_follow(self.playhead);
                (self.console.running, self.console.waiting) = (None, VecDeque::new());
                Vec::new()
            }
            ConsoleAction::Clear => {
                self.console.entries = Shared::default();
                Vec::new()
            }
            ConsoleAction::Copy => vec![Effect::CopyConsole],
        }
    }

    fn show_console(&mut self) {
        self.detail = Detail::Console;
        self.pane = Pane::Why;
        self.breaking = false;
    }

    fn run_line(&mut self, line: &str) -> Vec<Effect> {
        self.show_console();
        self.playing = false;
        self.console.end_follow(self.playhead);
        if line.is_empty() {
            return vec![Effect::OpenConsole];
        }
        let line: Rc<str> = line.into();
        self.console.note_line(&line);
        self.console.waiting.push_back(line);
        vec![Effect::OpenConsole, Effect::KeepConsole, Effect::RunConsole]
    }

    /// The next command runs, in the run that is shown: it is the text's. Nothing happens if there is none.
    pub(crate) fn console_turn(&mut self) -> Vec<Effect> {
        let Some(runner) = RUNNER.get() else { return Vec::new() };
        let lang = self.preferences.lang;
        if self.console.running.is_none() {
            let Some(line) = self.console.waiting.front().cloned() else { return Vec::new() };
            if line.contains("explain") && self.console.help.as_ref().is_none_or(|(known, _)| *known != lang) {
                return vec![Effect::FetchHelp(lang)];
            }
            self.console.waiting.pop_front();
            self.console.begin_entry(self.playhead, Rc::clone(&line));
            match (runner.begin)(&mut self.console.shell, &line, lang) {
                Ok(script) => self.console.running = Some(script),
                Err(refusal) => self.console.change_entry(|entry| {
                    entry.said.push(Said::Printed(Printed::plain(entry.at, &refusal, true)));
                }),
            }
        }
        let Some(mut script) = self.console.running.take() else { return vec![Effect::RunConsole] };
        let moment = self.console_moment(self.playhead);
        let Some(turn) = (runner.advance)(&moment, &mut self.console.shell, &mut script) else {
            return if self.console.is_busy() { vec![Effect::RunConsole] } else { Vec::new() };
        };
        self.console.running = Some(script);
        let mut effects = self.carry_out_turn(turn);
        effects.push(Effect::RunConsole);
        effects
    }

    fn console_moment(&mut self, at: Time) -> Moment {
        self.draft.text.read_now();
        Moment {
            reading: Rc::clone(self.draft.text.reading().rc()),
            scenario: Rc::clone(self.run.scenario.rc()),
            recording: Rc::clone(self.run.recording.rc()),
            at,
            end: self.end(),
            lang: self.preferences.lang,
            help: self.console.help.as_ref().and_then(|(_, help)| help.clone()),
            links: CONSOLE_LINKS.saturating_sub(self.console.entries.last().map_or(0, |entry| entry.links())),
        }
    }

    fn carry_out_turn(&mut self, turn: Turn) -> Vec<Effect> {
        let is_alone = turn.is_alone;
        let follow = turn.follow.map(|lines| Follow { lines, ended: None, is_alone });
        let refusal = match turn.text {
            Some(_) if self.is_closed() => Some(Said::Locked),
            Some(_) if self.draft.text.reading().has_errors() => Some(Said::Broken),
            _ => None,
        };
        if let Some(refusal) = refusal {
            self.console.running = None;
            self.console.change_entry(|entry| entry.said.push(refusal));
            return Vec::new();
        }
        self.console.change_entry(|entry| {
            entry.said.extend(turn.said);
            entry.follow = follow;
        });
        let mut effects = Vec::new();
        if let Some(text) = turn.text {
            let at = self.playhead;
            effects.extend(self.gesture(&text));
            self.answers = Some(at);
            self.console.change_entry(|entry| entry.said.push(Said::Added(text)));
        }
        if turn.at != self.playhead {
            self.playing = false;
            self.go_to(turn.at);
        }
        for request in turn.requests {
            effects.extend(self.carry_out_request(request));
        }
        effects
    }

    fn carry_out_request(&mut self, request: Request) -> Vec<Effect> {
        match request {
            Request::Step(count) => self.apply(Action::StepBy(count)),
            Request::Why(None) => {
                self.follow();
                Vec::new()
            }
            Request::Why(Some(key)) => {
                let moment = self.console_moment(self.playhead);
                self.apply(last_step(&moment.snapshot(moment.at), key).map_or(Action::Select(None), Action::Pick))
            }
            Request::Undo => self.apply(Action::Undo),
            Request::Redo => self.apply(Action::Redo),
            Request::Reset => {
                self.draft.text.read_now();
                let mut effects = Vec::new();
                if !self.draft.text.reading().scenario.inputs.is_empty() && !self.is_closed() {
                    effects = self.edit(|edits, reading| (edits.remove_inputs)(reading));
                }
                self.go_to(Time::ZERO);
                effects
            }
            Request::Share => self.apply(Action::ShowDialog(Some(Dialog::Share))),
            Request::History => {
                let lines: String = self.console.history.iter().map(|line| format!("{line}\n")).collect();
                let printed = Printed::plain(self.playhead, &lines, false);
                self.console.change_entry(|entry| entry.said.push(Said::Printed(printed)));
                Vec::new()
            }
            Request::Clear => self.apply(Action::Console(ConsoleAction::Clear)),
        }
    }

    /// Whether nothing may happen to the text now.
    fn is_closed(&self) -> bool {
        self.is_locked() || self.keeps_what_happens()
    }

    /// Another run is shown: what follows goes on in it, and what waited for it runs.
    pub(super) fn console_follows_run(&mut self) -> Vec<Effect> {
        let followed = self.console.entries.last().filter(|_| self.console.is_following()).cloned();
        if let (Some(entry), Some(runner)) = (followed, RUNNER.get()) {
            if entry.follow.as_ref().is_some_and(|follow| follow.is_alone) {
                let moment = self.console_moment(entry.at);
                let mut shell = self.console.shell.clone();
                let begun = (runner.begin)(&mut shell, &entry.line, self.preferences.lang);
                let turn = begun.ok().and_then(|mut script| (runner.advance)(&moment, &mut shell, &mut script));
                if let Some(lines) = turn.and_then(|turn| turn.follow) {
                    self.console.change_entry(|entry| {
                        entry.follow = Some(Follow { lines, ended: None, is_alone: true });
                    });
                }
            } else {
                self.console.end_follow(self.playhead);
            }
        }
        if self.console.is_busy() { vec![Effect::RunConsole] } else { Vec::new() }
    }
}
