//! Everything the page knows, and what becomes of it when something happens. Pure: nothing of the browser. What is to be
//! done outside, every method hands back as [`Effect`]s, and [`super::app`] carries them out.

pub(crate) mod action;
pub(crate) mod apply;
mod cluster;
pub(crate) mod console;
mod document;
pub(crate) mod draft;
pub(crate) mod drag;
pub(crate) mod edits;
pub(crate) mod effect;
mod history;
pub(crate) mod lesson;
pub(crate) mod look;
mod notices;
pub(crate) mod panes;
pub(crate) mod part;
pub(crate) mod playhead;
pub(crate) mod preferences;
mod recording;
mod reveal;
pub(crate) mod run;
pub(crate) mod shared;
mod stood;
#[cfg(test)]
mod tests;
mod text;

use crate::cluster::input::Input;
use crate::cluster::reason::NoEffect;
use crate::examples::EXAMPLES;
use crate::explain::Selection;
use crate::manifest::Reading;
use crate::manifest::edit::{self, EditError};
use crate::manifest::link::LinkError;
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::Timeline;
use crate::web::keeping::past::PastText;
use crate::web::keeping::store::StoreError;
use action::{Action, Detail, Dialog, Pane};
use apply::Applicable;
use console::Console;
pub(crate) use draft::Slot;
use draft::{Draft, Keeper};
use drag::Drag;
use edits::{EDITS, Edited, Edits};
use effect::Effect;
use lesson::Learn;
use look::Sight;
use part::{Part, Tab};
pub(crate) use playhead::Announced;
use preferences::Preferences;
pub(crate) use reveal::Reveal;
use run::RecordedRun;
use shared::Shared;
use std::ops::Range;
use std::rc::Rc;
use stood::{Moment, Stood};
use text::Text;
pub(crate) use text::before_reading;

/// A short notice about what just happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Toast {
    /// The text was replaced; it can be undone.
    Replaced,
    /// The text is in the clipboard.
    Copied,
    /// The browser does not let the page copy.
    NotCopied,
    /// There is no lesson with this id.
    NoLesson(Rc<str>),
    /// A link could not be read, or not all of it.
    Link(LinkError),
    /// A gesture cannot be written into the text.
    Edit(EditError),
    /// What was done was done at this time, because it was not possible where it was asked for.
    Nearest(Time, NoEffect),
    /// The browser does not let the page read the clipboard.
    PasteByKey,
    /// A part of the page that this needs is not there yet, or cannot be had.
    PartMissing,
    /// The words of a language cannot be had.
    WordsMissing(Lang),
    /// A file cannot be opened; the text stays.
    File(FileError),
}

/// What a run waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    /// The rules of the time zones, of which the text names one.
    TimeZones,
    /// The rules of the API server.
    Rules,
}

/// Why a file cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileError {
    /// It has that many bytes, more than are read.
    TooLarge(usize),
    /// It has zeros in it, or bytes that are not UTF-8.
    NotText,
    /// The browser does not hand it out.
    Unreadable,
}

/// Where the playhead goes once a text that was just opened is recorded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Opening {
    At(Time),
    /// At a mark, which is explained.
    On(Selection),
    /// At a moment, with what is explained there by its name ([`explain::mark`](crate::explain::mark)).
    Mark(Time, Rc<str>),
    /// Where the run is most telling.
    Telling,
}

/// The state of the page.
pub(crate) struct State {
    pub(crate) draft: Draft,
    /// Texts that were left for others since the page was opened, the last one last.
    resting: Vec<Draft>,
    pub(crate) keeper: Keeper,
    /// Whether there is a text of one's own to go back to from one that came with a link.
    pub(crate) has_own_text: bool,
    /// Past texts as they were last read.
    pub(crate) past: Result<Rc<[PastText]>, StoreError>,
    /// The last good run of the text's objects.
    pub(crate) run: RecordedRun,
    /// The run of a text of which the API server refused every manifest: it only says why.
    pub(crate) refused: Option<RecordedRun>,
    /// What the text needs to be run and could not be fetched.
    pub(crate) lacks: Option<Lack>,
    /// Whether the next run selects what happens at the playhead: a gesture was just made there.
    follows: bool,
    /// The run before the last change, for a short while.
    pub(crate) ghost: Option<Shared<Timeline>>,
    opening: Option<Opening>,
    /// Whether it plays once that is so.
    pub(crate) plays_at_opening: bool,
    /// Whether the text was opened or pasted since the run that is shown was recorded: it is another one, also where its
    /// objects are called the same.
    is_other_text: bool,
    /// Where the playhead stood with the texts before, and where it is to stand again.
    stood: Stood,
    back: Option<Moment>,
    /// The change that could as well be applied at the playhead.
    applicable: Option<Applicable>,
    /// When something was just applied or injected: what the server says to it is to be explained.
    answers: Option<Time>,
    /// The input that is being dragged.
    drag: Option<Drag>,
    pub(crate) playhead: Time,
    pub(crate) selection: Option<Selection>,
    pub(crate) playing: bool,
    /// Time to scale instead of waits collapsed.
    pub(crate) true_scale: bool,
    pub(crate) sight: Sight,
    /// Whether the tray of faults is open, where it is not always.
    pub(crate) breaking: bool,
    pub(crate) tab: Tab,
    pub(crate) detail: Detail,
    pub(crate) pane: Pane,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) toast: Option<Toast>,
    pub(crate) reveal: Reveal,
    pub(crate) preferences: Preferences,
    /// What a screen reader is told of.
    pub(crate) announced: Option<Announced>,
    /// Where playing began.
    played_from: Time,
    pub(crate) learn: Learn,
    pub(crate) console: Console,
}

impl State {
    /// A page with this text, and nothing recorded yet.
    pub(crate) fn new(draft: Draft, opening: Opening) -> State {
        State {
            draft,
            resting: Vec::new(),
            keeper: Keeper::default(),
            has_own_text: false,
            past: Ok(Rc::default()),
            run: RecordedRun::nothing(),
            refused: None,
            lacks: None,
            follows: false,
            ghost: None,
            opening: Some(opening),
            plays_at_opening: false,
            is_other_text: false,
            stood: Stood::default(),
            back: None,
            applicable: None,
            answers: None,
            drag: None,
            playhead: Time::ZERO,
            selection: None,
            playing: false,
            true_scale: false,
            sight: Sight::default(),
            breaking: false,
            tab: Tab::Text(Part::default()),
            detail: Detail::default(),
            pane: Pane::default(),
            dialog: None,
            toast: None,
            reveal: Reveal::default(),
            preferences: Preferences::default(),
            announced: None,
            played_from: Time::ZERO,
            learn: Learn::default(),
            console: Console::default(),
        }
    }

    /// Whether the run is the text's, and not an older one that stays while the text is broken.
    pub(crate) fn is_fresh(&self) -> bool {
        !self.draft.text.reading().has_errors() && self.refused.is_none() && self.lacks.is_none()
    }

    /// When the run ends.
    fn end(&self) -> Time {
        self.run.timeline.end
    }

    /// What a person did.
    pub(crate) fn apply(&mut self, action: Action) -> Vec<Effect> {
        if action.changes_text() && self.is_locked() {
            return Vec::new();
        }
        // A lesson is left alone for another text.
        if self.leaves_lesson(&action) {
            return self.leave(Some(action));
        }
        let mut effects = Vec::new();
        self.pass_over();
        match action {
            Action::SetText(text) => effects = self.change(|words| words.set(&text), false),
            Action::Undo => effects = self.go_back(Text::undo),
            Action::Redo => effects = self.go_back(Text::redo),
            // The text box shows it already.
            Action::Type(text) => {
                let is_mostly_new = edit::difference(self.draft.text.as_str(), &text)
                    .is_some_and(|edit| edit.replacement.len() * 2 > text.len());
                effects = self.change_field(|state| state.change(|words| words.type_in(&text), false));
                self.is_other_text |= is_mostly_new;
            }
            Action::StepNumber { text, number } => {
                effects = self.change_field(|state| state.change(|words| words.step(&text, number), false));
            }
            Action::Apply => effects = self.apply_in_run(),
            Action::DeclineApply => self.applicable = None,
            Action::EndSteps => self.draft.text.end_steps(),
            Action::OpenText(text) => effects = self.open(&text, Opening::Telling),
            Action::OpenExample(number) => {
                let example = &EXAMPLES[number];
                effects = self.open(example.text, Opening::At(example.opens_at));
                effects.push(Effect::FocusStage);
                self.pane = Pane::Run;
            }
            Action::FetchTimeZones => effects = vec![Effect::Record],
            Action::FetchChunks => effects = vec![Effect::FetchChunks, Effect::Record],
            Action::OpenPast(time) => effects = self.open_past(time),
            Action::RemovePast(time) => effects = vec![Effect::RemovePast(time)],
            Action::ExportPastTexts => effects = vec![Effect::ExportPastTexts],
            Action::Copy => effects = vec![Effect::Copy],
            Action::Download => effects = vec![Effect::Download],
            Action::AsItCame => effects = self.as_it_came(),
            Action::TakeOffer => effects = self.take_offer(),
            Action::DeclineOffer => effects = self.decline_offer(),
            Action::DismissNotKept => self.keeper.dismiss(),
            Action::DismissGuest => self.draft.is_quiet = true,
            Action::BackToMine => effects = vec![Effect::LeaveFragment, Effect::FollowFragment],
            Action::Fix(edits) => effects = self.edit(|_, _| Ok(edits)),
            Action::AddBehavior(behavior) => {
                effects = self.edit(|edits, reading| (edits.append_behavior)(reading, &behavior))
            }
            Action::SetFields(fields) => {
                effects = self.change_field(|state| state.edit(|edits, reading| (edits.set_fields)(reading, &fields)));
            }
            Action::ChangeCluster(change) => effects = self.change_cluster(&change),
            Action::StepCluster(change) => effects = self.step_cluster(&change),
            Action::AddInput(input) => effects = self.add_input(&input),
            Action::AddNearest(input, why) => {
                effects = self.add_input(&input);
                // Unless there is a notice that it was not added.
                if self.toast.is_none() {
                    effects.extend(self.notify(Toast::Nearest(input.at, why)));
                }
            }
            Action::DragInput(number, at) => effects = self.drag(number, at),
            Action::LetGo => effects = self.let_go(),
            Action::CancelDrag => effects = self.cancel_drag(),
            Action::RemoveInput(number) => effects = self.edit(|edits, reading| (edits.remove_input)(reading, number)),
            Action::SetInputDisabled(number, true) => {
                effects = self.edit(|edits, reading| (edits.disable_input)(reading, number));
            }
            Action::SetInputDisabled(number, false) => {
                effects = self.edit(|edits, reading| (edits.enable_input)(reading, number));
            }
            Action::SetSpeed(speed) => effects = self.prefer(Preferences { speed, ..self.preferences }),
            Action::SetLang(lang) if !lang.is_there() => effects = vec![Effect::FetchWords(lang)],
            Action::SetLang(lang) => {
                effects = self.prefer(Preferences { lang, ..self.preferences });
                effects.extend(self.learn.shelf.is_here().then_some(Effect::FetchLessons));
            }
            Action::SetTheme(theme) => effects = self.prefer(Preferences { theme, ..self.preferences }),
            Action::Seek(at) => self.go_to(at),
            Action::SeekTenth(10) => self.go_to(self.end()),
            Action::SeekTenth(tenths) => {
                // To scale, as the overview is.
                let scale = &self.run.timeline.true_scale;
                self.go_to(scale.time(scale.x(scale.end()) * f64::from(tenths) / 10.0));
            }
            Action::StepBy(count) => {
                self.playing = false;
                self.go_by(count);
            }
            Action::TogglePlay => self.toggle_play(),
            Action::Select(selection) => self.select(selection),
            Action::Pick(selection) => {
                self.playing = false;
                self.selection = Some(selection);
            }
            Action::Cycle(marks) => self.cycle(&marks),
            Action::GoTo(bytes) => effects = self.go_to_bytes(bytes),
            Action::SetFreeKeys(on) => effects = self.prefer(Preferences { has_free_keys: on, ..self.preferences }),
            Action::SetVoice(voice) => effects = self.prefer(Preferences { voice, ..self.preferences }),
            Action::SetPanes(panes) => effects = self.prefer(Preferences { panes, ..self.preferences }),
            Action::ShowTab(tab) => self.tab = tab,
            Action::ShowDetail(detail) => {
                self.detail = detail;
                effects.extend((detail == Detail::Console).then_some(Effect::OpenConsole));
            }
            Action::ShowPane(pane) => {
                self.pane = pane;
                self.breaking = false;
            }
            Action::ToggleBreaking => {
                self.toast = None;
                self.breaking = !self.breaking;
                self.pane = Pane::Run;
            }
            Action::ShowDialog(dialog) => effects = self.show_dialog(dialog),
            Action::SetTrueScale(on) => self.true_scale = on,
            Action::SetOrder(order) => effects = self.prefer(Preferences { order, ..self.preferences }),
            Action::SetRows(rows) => effects = self.prefer(Preferences { rows, ..self.preferences }),
            Action::Look(look) => self.look(look),
            Action::DismissToast => self.toast = None,
            Action::StopRecording => effects = vec![Effect::StopRecording],
            Action::RecordAgain => effects = vec![Effect::RecordAgain],
            Action::Learn(action) => effects = self.learn(action),
            Action::Console(action) => effects = self.console(action),
        }
        effects
    }

    // The text.

    /// A change of the text. `shows`: the bytes that differ come into sight.
    fn change(&mut self, change: impl FnOnce(&mut Text) -> Option<Range<usize>>, shows: bool) -> Vec<Effect> {
        let replaced = self.replaced();
        self.stood.note(self.draft.text.rc(), Moment { at: self.playhead, selection: self.selection });
        let cluster = (self.tab == Tab::Cluster).then(|| self.cluster());
        let Some(bytes) = change(&mut self.draft.text) else { return Vec::new() };
        (self.back, self.applicable, self.answers) = (None, None, None);
        self.toast = None;
        self.drag = None;
        // What the table shows of a change need not be shown as text.
        let is_in_table = cluster.is_some_and(|cluster| self.cluster() != cluster);
        if shows && !is_in_table {
            self.show(bytes, false);
        }
        let is_emptied = self.draft.text.as_str().trim().is_empty();
        let mut effects: Vec<Effect> = replaced.filter(|_| is_emptied).into_iter().collect();
        effects.extend([Effect::KeepText, Effect::Record]);
        effects
    }

    /// Undoes or redoes a change: the playhead, too, is where it was with that text.
    fn go_back(&mut self, change: impl FnOnce(&mut Text) -> Option<Range<usize>>) -> Vec<Effect> {
        let effects = self.change(change, true);
        self.back = self.stood.with(self.draft.text.rc());
        if self.back.is_some() {
            self.opening = None;
        }
        effects
    }

    /// A gesture as an edit of the text. The bytes that it changed are shown.
    fn edit(&mut self, gesture: impl FnOnce(&Edits, &Reading) -> Edited) -> Vec<Effect> {
        self.draft.text.read_now();
        let reading = self.draft.text.reading().clone();
        self.edit_of(&reading, gesture)
    }

    /// A gesture as an edit of the text as it is, or was.
    fn edit_of(&mut self, reading: &Reading, gesture: impl FnOnce(&Edits, &Reading) -> Edited) -> Vec<Effect> {
        let Some(edits) = EDITS.get() else { return self.lacks_part() };
        let edits = match gesture(edits, reading) {
            Ok(edits) => edits,
            Err(error) => return self.notify(Toast::Edit(error)),
        };
        self.gesture(&edit::apply(&reading.text, &edits))
    }

    /// The text after a gesture: what it did is explained once it has run.
    fn gesture(&mut self, text: &str) -> Vec<Effect> {
        self.playing = false;
        self.breaking = false;
        self.follows = true;
        self.change(|words| words.set(text), true)
    }

    /// What is added is explained, also where other things happen at the same instant.
    fn add_input(&mut self, input: &Input) -> Vec<Effect> {
        let effects = self.edit(|edits, reading| (edits.add_input)(reading, input));
        self.seek(input.at);
        self.answers = Some(input.at);
        effects
    }

    /// A text from elsewhere takes the place of the one that is open; undo leads back, and so does the History.
    fn open(&mut self, text: &str, opening: Opening) -> Vec<Effect> {
        let had_text = !self.draft.text.as_str().trim().is_empty();
        let replaced = self.replaced();
        let mut effects = self.change(|words| words.set(text), false);
        if effects.is_empty() {
            // It is open already, but the playhead is to be where it opens.
            effects.push(Effect::Record);
        } else {
            self.is_other_text = true;
            effects.splice(0..0, replaced.filter(|_| had_text));
        }
        self.begin(opening);
        if had_text {
            effects.extend(self.notify(Toast::Replaced));
        }
        effects
    }

    fn begin(&mut self, opening: Opening) {
        self.opening = Some(opening);
        self.tab = Tab::Text(Part::Spec);
        self.sight.window = None;
        self.ghost = None;
        self.playing = false;
        self.toast = None;
    }
}
