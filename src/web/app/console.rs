//! The app's part in the console: what it asks of the world outside the state, and what of the state it shows.

use super::{App, AppMessage, Focus};
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::web::browser::{clipboard, files, storage};
use crate::web::chunks;
use crate::web::console::{self, ConsoleProps};
use crate::web::state::State;
use crate::web::state::action::Detail;
use crate::web::state::effect::Effect;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// What asks for the focus of the prompt.
pub(super) const PROMPT: &str = "#console-line";

impl App {
    /// Returns what follows from it.
    pub(super) fn carry_out_of_console(&mut self, ctx: &Context<App>, effect: Effect) -> Vec<Effect> {
        let link = ctx.link().clone();
        match effect {
            Effect::OpenConsole => {
                chunks::fetch_console();
                self.focuses.get_or_insert(Focus::Console);
                self.state.console.remember(kept());
            }
            Effect::KeepConsole => keep(&self.state),
            // In a task of its own, and after the run that the command before has led to.
            Effect::RunConsole => {
                self.timers.console = Some(Timeout::new(0, move || link.send_message(AppMessage::Console)));
            }
            Effect::CopyConsole => {
                let text = console::written(&self.state.console.entries, self.state.playhead);
                clipboard::copy_unseen(&text, move |copied| link.send_message(AppMessage::Copied(copied)));
            }
            Effect::FetchHelp(lang) => {
                files::fetch(&format!("static/{}", lang.help_file()), move |file| {
                    link.send_message(AppMessage::Help(lang, file));
                });
            }
            other => return self.carry_out_of_lesson(ctx, other),
        }
        Vec::new()
    }

    /// The next command, unless the run is still being recorded.
    pub(super) fn run_console(&mut self) -> Vec<Effect> {
        if self.recorder.is_busy() || self.waits_for_rules { Vec::new() } else { self.state.console_turn() }
    }

    /// What there is to say about fields has come, or cannot be had.
    pub(super) fn help_came(&mut self, lang: Lang, file: Option<&[u8]>) -> Vec<Effect> {
        let help = file.map(|file| Help::parse(&String::from_utf8_lossy(file)));
        self.state.console.take_help(lang, help);
        self.run_console()
    }

    /// The console, where it is what is shown.
    pub(super) fn console(&self) -> Option<ConsoleProps> {
        let state = &self.state;
        (state.detail == Detail::Console).then(|| ConsoleProps {
            stage: self.stage.clone(),
            playhead: state.playhead,
            entries: state.console.entries.clone(),
            history: state.console.history.clone(),
            is_busy: state.console.is_busy() || state.console.is_following(),
            is_following: state.console.is_following(),
            undoable: state.draft.text.can_undo().then(|| Rc::clone(state.draft.text.rc())),
        })
    }
}

/// Lines of earlier visits.
fn kept() -> Vec<Rc<str>> {
    let lines = storage::stored(storage::CONSOLE_KEY).and_then(|kept| serde_json::from_str::<Vec<String>>(&kept).ok());
    lines.unwrap_or_default().into_iter().map(Rc::from).collect()
}

fn keep(state: &State) {
    let lines: Vec<&str> = state.console.history.iter().map(|line| &**line).collect();
    if let Ok(kept) = serde_json::to_string(&lines) {
        storage::store(storage::CONSOLE_KEY, &kept);
    }
}
