//! Everything the page knows, and what an action makes of it. Pure: no timers, no storage, nothing of the browser;
//! [`crate::web::app`] sees to these.

pub(crate) mod action;
pub(crate) mod examples;
pub(crate) mod history;
pub(crate) mod part;
pub(crate) mod shared;

use crate::cluster::reason::{CountedAs, Reason, StepId};
use crate::explain::Selection;
use crate::manifest::edit::{self, Edit, EditError};
use crate::manifest::link::LinkError;
use crate::manifest::{self, Reading};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::time::{Span, Time};
use crate::timeline::Timeline;
use crate::web::moments;
use crate::web::state::action::{Action, Detail, Dialog, Pane, Speed, Theme};
use crate::web::state::examples::EXAMPLES;
use crate::web::state::history::{History, changed};
use crate::web::state::part::Part;
use crate::web::state::shared::Shared;
use std::ops::Range;
use std::rc::Rc;

/// A run: a scenario, what became of it, and its picture.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) scenario: Rc<Scenario>,
    pub(crate) recording: Rc<Recording>,
    pub(crate) timeline: Shared<Timeline>,
}

/// A place in the text to show, and how often one was asked for, so that the same place can be shown again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reveal {
    pub(crate) serial: u32,
    pub(crate) bytes: Range<usize>,
    /// Whether the text box takes the focus, too.
    pub(crate) focus: bool,
}

/// A short notice about what just happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Toast {
    /// The text was replaced; it can be undone.
    Replaced,
    /// A link could not be read, or not all of it.
    Link(LinkError),
    /// A gesture cannot be written into the text.
    Edit(EditError),
    /// The clipboard is closed to the page.
    PasteByKey,
    /// A file that cannot be opened; the text stays.
    File(FileError),
}

/// Why a file cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileError {
    /// It has more bytes than are read.
    TooLarge(usize),
    /// It is no text: zeros in it, or bytes that are no UTF-8.
    NotText,
    /// The browser does not hand it out.
    Unreadable,
}

/// Whose text is open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Slot {
    /// One's own.
    Mine,
    /// One that came with this fragment of an address.
    Link(String),
}

/// The state of the page.
pub(crate) struct State {
    pub(crate) history: History,
    pub(crate) reading: Rc<Reading>,
    pub(crate) slot: Slot,
    /// The last good run.
    pub(crate) run: Run,
    /// The run of a text of which the API server has refused every manifest: it only tells why.
    pub(crate) refused: Option<Run>,
    /// Whether the text names a time zone and the rules of the zones could not be fetched.
    pub(crate) lacks_time_zones: bool,
    /// Whether the next run selects what happens at the playhead: a gesture has just been made there.
    follows: bool,
    /// The run before the last change, for a short while.
    pub(crate) ghost: Option<Shared<Timeline>>,
    /// Where the playhead goes once a text that has just been opened is recorded.
    pub(crate) opening: Option<Opening>,
    pub(crate) playhead: Time,
    pub(crate) selection: Option<Selection>,
    pub(crate) playing: bool,
    pub(crate) speed: Speed,
    /// Time to scale instead of waits collapsed.
    pub(crate) true_scale: bool,
    pub(crate) breaking: bool,
    pub(crate) part: Part,
    pub(crate) detail: Detail,
    pub(crate) pane: Pane,
    pub(crate) dialog: Option<Dialog>,
    pub(crate) toast: Option<Toast>,
    pub(crate) reveal: Reveal,
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    /// What a screen reader is told after a step.
    pub(crate) announced: Option<Time>,
}

/// Where a text opens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Opening {
    /// At this time.
    At(Time),
    /// Where it is most telling.
    Telling,
}

impl Run {
    fn of(scenario: Rc<Scenario>, recording: Rc<Recording>) -> Run {
        let timeline = Shared::new(Timeline::of(&recording, &scenario));
        Run { scenario, recording, timeline }
    }

    /// Whether nothing was ever there.
    pub(crate) fn is_empty(&self) -> bool {
        self.recording.jobs().next().is_none() && self.recording.cron_jobs().next().is_none()
    }

    fn is_refused(&self) -> bool {
        self.is_empty() && !self.scenario.manifests.is_empty()
    }
}

impl State {
    /// A page with this text, and nothing recorded yet.
    pub(crate) fn new(text: &str, slot: Slot, opening: Opening) -> State {
        State {
            history: History::new(text.into()),
            reading: Rc::new(manifest::read(text)),
            slot,
            run: Run::of(Rc::default(), Rc::default()),
            refused: None,
            lacks_time_zones: false,
            follows: false,
            ghost: None,
            opening: Some(opening),
            playhead: Time::ZERO,
            selection: None,
            playing: false,
            speed: Speed::default(),
            true_scale: false,
            breaking: false,
            part: Part::default(),
            detail: Detail::default(),
            pane: Pane::default(),
            dialog: None,
            toast: None,
            reveal: Reveal::default(),
            lang: Lang::default(),
            theme: Theme::default(),
            announced: None,
        }
    }

    /// The text.
    pub(crate) fn text(&self) -> &Rc<str> {
        self.history.text()
    }

    /// Whether the run is the text's, and not an older one that stays while the text is broken.
    pub(crate) fn is_fresh(&self) -> bool {
        !self.reading.has_errors() && self.refused.is_none() && !self.lacks_time_zones
    }

    /// When the run ends.
    pub(crate) fn end(&self) -> Time {
        self.run.timeline.end
    }

    /// What an action makes of the state.
    pub(crate) fn apply(&mut self, action: Action) {
        match action {
            Action::Seek(at) => self.seek(at),
            Action::SeekTenth(tenths) => self.seek(Time::from_millis(self.end().millis() / 10 * i64::from(tenths))),
            Action::StepBy(count) => self.step_by(count),
            Action::TogglePlay => self.toggle_play(),
            Action::SetSpeed(speed) => self.speed = speed,
            Action::Select(selection) => self.select(selection),
            Action::SetText(text) => self.change(|history| history.set(&text).then_some(None)),
            Action::Type(text) => self.type_in(|history| history.type_in(&text)),
            Action::Step(text, number) => self.type_in(|history| history.step(&text, number)),
            Action::EndSteps => self.history.end_steps(),
            Action::Fix(edits) => self.edit(|_| Ok(edits)),
            Action::AddBehavior(behavior) => self.edit(|reading| edit::append_behavior(reading, &behavior)),
            Action::Cycle(marks) => self.cycle(&marks),
            Action::OpenText(text) => self.open(&text, Opening::Telling),
            Action::OpenExample(number) => {
                let example = &EXAMPLES[number];
                self.open(example.text, Opening::At(example.opens_at));
            }
            Action::Undo => self.change(|history| history.undo().map(Some)),
            Action::Redo => self.change(|history| history.redo().map(Some)),
            Action::GoTo(bytes) => {
                self.pane = Pane::Spec;
                self.show(bytes, true);
            }
            Action::ShowPart(part) => self.part = part,
            Action::ShowDetail(detail) => self.detail = detail,
            Action::ShowPane(pane) => {
                self.pane = pane;
                self.breaking = false;
            }
            Action::ToggleBreaking => {
                self.breaking = !self.breaking;
                self.pane = Pane::Run;
            }
            Action::ShowDialog(dialog) => self.dialog = dialog,
            Action::SetTrueScale(on) => self.true_scale = on,
            Action::SetLang(lang) => self.lang = lang,
            Action::SetTheme(theme) => self.theme = theme,
            Action::DismissToast => self.toast = None,
            Action::SetField(place, value) => self.edit(|reading| edit::set_field(reading, &place, &value)),
            Action::AddInput(input) => self.edit(|reading| edit::add_input(reading, &input)),
            Action::MoveInput(number, at) => self.edit(|reading| edit::move_input(reading, number, at)),
            Action::RemoveInput(number) => self.edit(|reading| edit::remove_input(reading, number)),
            Action::SetInputDisabled(number, true) => self.edit(|reading| edit::disable_input(reading, number)),
            Action::SetInputDisabled(number, false) => self.edit(|reading| edit::enable_input(reading, number)),
            // The address decides which text is open: the app sees to it.
            Action::BackToMine => {}
        }
    }

    /// A gesture as an edit of the text. The bytes that it changed are shown.
    fn edit(&mut self, gesture: impl FnOnce(&Reading) -> Result<Vec<Edit>, EditError>) {
        let edits = match gesture(&self.reading) {
            Ok(edits) => edits,
            Err(error) => {
                self.toast = Some(Toast::Edit(error));
                return;
            }
        };
        let text = edit::apply(self.text(), &edits);
        self.playing = false;
        self.breaking = false;
        self.follows = true;
        self.change(|history| {
            let place = changed(history.text(), &text).map(|(_, new)| new);
            history.set(&text).then_some(place)
        });
    }

    fn seek(&mut self, at: Time) {
        self.playhead = at.clamp(Time::ZERO, self.end());
    }

    fn step_by(&mut self, count: i32) {
        self.playing = false;
        self.go_by(count);
    }

    /// One beat of playing: to the next event, and to the end of playing with the last.
    pub(crate) fn beat(&mut self) {
        self.go_by(1);
        self.playing = self.playhead < self.end();
    }

    /// A stretch of playing at a speed.
    pub(crate) fn play_on(&mut self, real: Span) {
        let Speed::Times(times) = self.speed else { return };
        self.seek(self.playhead + Span::from_millis(real.millis() * i64::from(times)));
        self.follow();
        self.playing = self.playhead < self.end();
    }

    fn go_by(&mut self, count: i32) {
        let Some(moment) = moments::by(&self.run.timeline.moments, self.playhead, count) else { return };
        self.playhead = moment.at;
        self.announced = Some(moment.at);
        self.follow();
    }

    /// Selects what has just happened at the playhead.
    fn follow(&mut self) {
        self.selection = selection_at(&self.run, self.playhead);
    }

    fn toggle_play(&mut self) {
        self.playing = !self.playing && !self.run.timeline.moments.is_empty();
        if self.playing && self.playhead >= self.end() {
            self.seek(Time::ZERO);
            self.follow();
        }
    }

    fn select(&mut self, selection: Option<Selection>) {
        self.playing = false;
        self.selection = selection;
        if let Some(selection) = selection {
            self.playhead = self.run.recording.step(selection.step).at;
        }
    }

    /// Selects the next of these marks: all that a field decided, one after the other.
    fn cycle(&mut self, marks: &[Selection]) {
        let now = self.selection.map(|selection| selection.step);
        let next = marks.iter().find(|mark| now.is_some_and(|now| mark.step > now)).or(marks.first()).copied();
        self.select(next);
        self.announced = Some(self.playhead);
        self.pane = Pane::Run;
    }

    /// A change made in the text box: it knows already.
    fn type_in(&mut self, change: impl FnOnce(&mut History) -> bool) {
        if change(&mut self.history) {
            self.reading = Rc::new(manifest::read(self.history.text()));
            self.toast = None;
        }
    }

    /// A change of the text by other means than typing; `change` returns `None` if there was none, else the place to
    /// show, if it knows one.
    fn change(&mut self, change: impl FnOnce(&mut History) -> Option<Option<Range<usize>>>) {
        let Some(place) = change(&mut self.history) else { return };
        self.reading = Rc::new(manifest::read(self.history.text()));
        self.toast = None;
        if let Some(bytes) = place {
            self.show(bytes, false);
        }
    }

    fn open(&mut self, text: &str, opening: Opening) {
        let had_text = !self.text().trim().is_empty();
        self.change(|history| history.set(text).then_some(None));
        self.opening = Some(opening);
        self.part = Part::Spec;
        self.ghost = None;
        self.playing = false;
        self.toast = had_text.then_some(Toast::Replaced);
    }

    fn show(&mut self, bytes: Range<usize>, focus: bool) {
        self.part = Part::at(self.history.text(), bytes.start);
        self.reveal = Reveal { serial: self.reveal.serial + 1, bytes, focus };
    }

    /// A text that came with an address takes the place of the one that is open, whole, with a history of its own.
    pub(crate) fn enter(&mut self, text: &str, slot: Slot, opening: Opening) {
        self.history = History::new(text.into());
        self.reading = Rc::new(manifest::read(text));
        self.slot = slot;
        self.opening = Some(opening);
        self.part = Part::Spec;
        self.ghost = None;
        self.playing = false;
        self.toast = None;
    }

    /// A new run takes the place of the old one. The playhead stays, unless the text has just been opened.
    pub(crate) fn recorded(&mut self, scenario: Rc<Scenario>, recording: Rc<Recording>) {
        let run = Run::of(scenario, recording);
        if run.is_refused() && !self.run.is_empty() {
            self.refused = Some(run);
            return;
        }
        self.refused = None;
        let old = std::mem::replace(&mut self.run, run);
        match self.opening.take() {
            Some(Opening::At(at)) => {
                self.seek(at);
                self.follow();
            }
            Some(Opening::Telling) => {
                self.seek(telling_moment(&self.run));
                self.follow();
            }
            None => {
                self.ghost.get_or_insert_with(|| old.timeline.clone());
                self.playhead = self.playhead.min(self.end());
                if std::mem::take(&mut self.follows) {
                    return self.follow();
                }
                self.selection = self.selection.and_then(|selection| same_step(&old.recording, &self.run, selection));
            }
        }
    }
}

/// What says most at a time.
fn selection_at(run: &Run, at: Time) -> Option<Selection> {
    let moment = moments::current(&run.timeline.moments, at)?;
    Some(Selection { step: moment.telling, object: run.recording.step(moment.telling).key })
}

/// The first decision after a failure; else the end of the first Job; else the last moment.
fn telling_moment(run: &Run) -> Time {
    let recording = &run.recording;
    let failure = run.timeline.moments.iter().find(|moment| {
        let reasons = recording.reasons(recording.step(moment.telling));
        reasons.iter().any(|reason| matches!(reason, Reason::Counted { counted: CountedAs::Failed, .. }))
    });
    let finish = || {
        run.timeline.moments.iter().find(|moment| {
            let reasons = recording.reasons(recording.step(moment.telling));
            reasons.iter().any(|reason| matches!(reason, Reason::ConditionAdded { .. }))
        })
    };
    failure.or_else(finish).map_or(run.timeline.end, |moment| moment.at)
}

/// The step of a new run that does the same at the same time.
fn same_step(old: &Recording, run: &Run, selection: Selection) -> Option<Selection> {
    let step = old.steps().get(selection.step.0 as usize)?;
    let steps = run.recording.steps();
    let first = steps.partition_point(|other| other.at < step.at);
    let same = steps[first..]
        .iter()
        .take_while(|other| other.at == step.at)
        .position(|other| other.component == step.component && other.key == step.key);
    match same {
        Some(position) => {
            let step = StepId((first + position) as u32);
            Some(Selection { step, object: selection.object })
        }
        None => selection_at(run, step.at),
    }
}
