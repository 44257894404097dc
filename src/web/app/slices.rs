//! Reading, recording and laying out in slices, between which the browser draws and reads its keys. Where a slice ends changes
//! nothing of what is recorded. What takes longer than a second says how far it is, and can be stopped.

use super::{App, AppMessage};
use crate::api::validation;
use crate::examples::EXAMPLES;
use crate::manifest::{Reader, Reading};
use crate::recording::{Progress, Recorder, Recording};
use crate::scenario::Scenario;
use crate::scenario::lesson::Question;
use crate::time::Time;
use crate::timeline::{Layout, Timeline};
use crate::web::browser::{self, files, panic};
use crate::web::state::Lack;
use crate::web::state::effect::Effect;
use crate::web::state::lesson::asked::ASKED;
use crate::web::state::run::CAPACITY;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::html::Scope;
use yew::prelude::Context;

/// One slice: that many milliseconds, looked at after that many steps; of a layout, that many steps, pods or rows. Between
/// two slices a browser waits for 4 ms: what takes long has longer ones.
const SLICE_MILLIS: f64 = 8.0;
const LONG_SLICE_MILLIS: f64 = 24.0;
const SLICE_EVENTS: usize = 500;
const SLICE_STEPS: usize = 50;
const SLICE_LAYOUT: usize = 500;
/// What takes longer than this many milliseconds says how far it is, and how often it does.
const PATIENCE_MILLIS: f64 = 1_000.0;
const REPORT_MILLIS: f64 = 250.0;
/// While an input is dragged: a recording that takes longer is given up for that of the input's newest place.
const WORTH_MILLIS: f64 = 250.0;
/// How often screen readers are told.
const SAY_MILLIS: f64 = 10_000.0;
/// The recording that is being made, if any; before it, the text is read that is too long to be read at once.
#[derive(Default)]
pub(super) struct SlicedRecorder {
    current: Option<Work>,
    /// The question that the recording ends with.
    question: Option<Question>,
    next_slice: Option<Timeout>,
    /// When it began, when it was last said how far it is, and when to screen readers: in the window's time.
    began: f64,
    reported: f64,
    said: f64,
    report: Option<Report>,
    /// Whether another one is to be made after it.
    next_waits: bool,
}

enum Work {
    Reading(Box<Reader>),
    Recording(Rc<Scenario>, Box<Recorder>),
    LayingOut(Rc<Scenario>, Box<Recording>, Box<Layout>),
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Report {
    /// The time that it has reached, and its steps.
    pub(super) reached: Time,
    pub(super) steps: usize,
    /// The same as of the last time that screen readers were told.
    pub(super) said: (Time, usize),
    /// Whether all is recorded, and what remains is to draw it.
    pub(super) is_recorded: bool,
}

/// What was done to its end.
pub(super) enum Done {
    Read(Reading),
    /// A run with its picture.
    Recorded {
        scenario: Rc<Scenario>,
        recording: Recording,
        timeline: Timeline,
    },
}

impl SlicedRecorder {
    pub(super) fn is_busy(&self) -> bool {
        self.current.is_some()
    }

    /// How far it is, if it takes long.
    pub(super) fn report(&self) -> Option<Report> {
        self.report
    }

    /// Gives up what is being recorded.
    pub(super) fn give_up(&mut self) {
        self.next_slice = None;
        self.report = None;
        self.current = None;
        self.next_waits = false;
    }

    /// Whether the next recording waits for the one that is being made: it is to be seen, unless it takes long.
    pub(super) fn waits_for_current(&mut self) -> bool {
        let waits = self.current.is_some() && browser::now() - self.began < WORTH_MILLIS;
        self.next_waits |= waits;
        waits
    }

    /// Whether another recording waits for its turn.
    pub(super) fn takes_next(&mut self) -> bool {
        std::mem::take(&mut self.next_waits)
    }

    /// Ends the recording where it is: what there is until then is shown.
    pub(super) fn stop(&mut self) {
        if let Some(Work::Recording(_, recorder)) = &mut self.current {
            recorder.stop();
        }
    }

    pub(super) fn start(&mut self, scenario: Rc<Scenario>, question: Option<Question>) {
        self.question = question;
        let recorder = Recorder::new(&scenario).within(CAPACITY);
        self.begin(Work::Recording(scenario, Box::new(recorder)));
    }

    /// Reads a text, which is then to be recorded.
    pub(super) fn read(&mut self, reader: Reader) {
        self.begin(Work::Reading(Box::new(reader)));
    }

    fn begin(&mut self, work: Work) {
        self.current = Some(work);
        self.began = browser::now();
        (self.reported, self.said) = (self.began, f64::MIN);
    }

    /// Goes on for a slice; the next one waits for its turn. Returns what is done with that.
    pub(super) fn advance(&mut self, link: &Scope<App>) -> Option<Done> {
        let start = browser::now();
        let length = if start - self.began < PATIENCE_MILLIS { SLICE_MILLIS } else { LONG_SLICE_MILLIS };
        while browser::now() - start < length {
            self.current = Some(match self.current.take()? {
                Work::Reading(mut reader) => match reader.advance(SLICE_EVENTS) {
                    Some(reading) => return Some(Done::Read(reading)),
                    None => Work::Reading(reader),
                },
                Work::Recording(scenario, mut recorder) => match recorder.advance(SLICE_STEPS) {
                    Progress::More => Work::Recording(scenario, recorder),
                    Progress::Done => {
                        let (scenario, recording) = match &self.question {
                            Some(question) => {
                                let asked = ASKED.get()?;
                                let (scenario, shown) =
                                    (asked.cut)(&question.cut, &scenario, &recorder.into_recording());
                                (Rc::new(scenario), shown)
                            }
                            None => (scenario, recorder.into_recording()),
                        };
                        let layout = Layout::new(&recording, &scenario);
                        Work::LayingOut(scenario, Box::new(recording), Box::new(layout))
                    }
                },
                Work::LayingOut(scenario, recording, mut layout) => {
                    if let Some(timeline) = layout.advance(&recording, &scenario, SLICE_LAYOUT) {
                        self.report = None;
                        return Some(Done::Recorded { scenario, recording: *recording, timeline });
                    }
                    Work::LayingOut(scenario, recording, layout)
                }
            });
        }
        self.go_on_later(link);
        None
    }

    /// The next slice waits for its turn.
    pub(super) fn go_on_later(&mut self, link: &Scope<App>) {
        let link = link.clone();
        self.next_slice = Some(Timeout::new(0, move || link.send_message(AppMessage::Record)));
    }

    /// Whether there is something new to say about how far it is.
    pub(super) fn has_news(&mut self) -> bool {
        let now = browser::now();
        let (recording, is_recorded) = match &self.current {
            Some(Work::Recording(_, recorder)) => (recorder.recording(), false),
            Some(Work::LayingOut(_, recording, _)) => (&**recording, true),
            Some(Work::Reading(_)) | None => return false,
        };
        if now - self.began < PATIENCE_MILLIS || now - self.reported < REPORT_MILLIS {
            return false;
        }
        self.reported = now;
        let steps = recording.steps().len();
        let reached = recording.steps().last().map_or(Time::ZERO, |step| step.at);
        let mut said = self.report.map_or((reached, steps), |report| report.said);
        if now - self.said >= SAY_MILLIS {
            (self.said, said) = (now, (reached, steps));
        }
        self.report = Some(Report { reached, steps, said, is_recorded });
        true
    }
}

impl App {
    /// Records the text anew, unless it has errors: then the last good run stays. `again`: even if its run is shown.
    pub(super) fn record(&mut self, ctx: &Context<App>, again: bool) -> Vec<Effect> {
        // What is dragged is recorded to the end, so that the future flows under the hand; then comes its newest place.
        if self.state.held().is_some() && self.recorder.waits_for_current() {
            return Vec::new();
        }
        self.recorder.give_up();
        if let Some(reader) = self.state.draft.text.reader() {
            self.recorder.read(reader);
            self.recorder.go_on_later(ctx.link());
            return Vec::new();
        }
        let Some(mut scenario) = self.state.begin_recording() else { return Vec::new() };
        if scenario.needs_time_zones() {
            let Some(rules) = &self.time_zones else {
                let link = ctx.link().clone();
                files::fetch("static/time-zones.bin", move |rules| link.send_message(AppMessage::TimeZones(rules)));
                return Vec::new();
            };
            scenario.time_zones = Some(Rc::clone(rules));
        }
        if !self.has_rules_for(self.state.draft.text.as_str()) {
            self.waits_for_rules = browser::chunks::is_coming();
            return self.state.fetched(Lack::Rules, false);
        }
        if !again && self.state.shows(&scenario) {
            return self.state.stays();
        }
        // Not every text that is recorded was read just now.
        panic::reading(self.state.draft.text.as_str());
        self.recorder.start(Rc::new(scenario), self.state.question().cloned());
        if self.is_late() {
            self.recorder.go_on_later(ctx.link());
            return Vec::new();
        }
        self.advance(ctx).unwrap_or_default()
    }

    /// Whether a text can be run: nothing of it is refused or warned of, or the rules for that are there.
    fn has_rules_for(&self, text: &str) -> bool {
        validation::RULES.get().is_some() || text == EXAMPLES[0].text && self.state.question().is_none()
    }

    /// Records a little further; `None` if that is not the end of it.
    pub(super) fn advance(&mut self, ctx: &Context<App>) -> Option<Vec<Effect>> {
        let mut effects = match self.recorder.advance(ctx.link())? {
            Done::Read(reading) => self.state.text_read(reading),
            Done::Recorded { scenario, recording, timeline } => self.state.recorded(scenario, recording, timeline),
        };
        effects.extend(self.recorder.takes_next().then_some(Effect::Record));
        Some(effects)
    }
}
