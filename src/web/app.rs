//! The app: holds the state, hands every action to it, and sees to what the state cannot do by itself: record in
//! slices, play, keep the text, follow the address.

pub(crate) mod chrome;
pub(crate) mod dialogs;
pub(crate) mod header;
pub(crate) mod preferences;
pub(crate) mod shortcuts;
pub(crate) mod slot;

use crate::explain::{self, Names};
use crate::manifest::link;
use crate::recording::{Capacity, Progress, Recorder};
use crate::scenario::Scenario;
use crate::time::Span;
use crate::web::app::chrome::{dock, guest, last_good, nothing_runs, skip_links, toast_view};
use crate::web::app::dialogs::DialogProps;
use crate::web::app::header::HeaderProps;
use crate::web::app::shortcuts::{on_stage, stage_key};
use crate::web::app::slot::{first_state, text_of, title};
use crate::web::browser;
use crate::web::browser::animation::Frames;
use crate::web::browser::listener::Listener;
use crate::web::browser::panic;
use crate::web::controls::button::press;
use crate::web::controls::icon::{icon, sprite};
use crate::web::controls::piece::piece;
use crate::web::detail::DetailProps;
use crate::web::moments::passed;
use crate::web::spec::SpecProps;
use crate::web::spec::editor::takes_keys;
use crate::web::spec::margin::Margin;
use crate::web::state::action::{Action, Dialog, Pane, Speed};
use crate::web::state::examples::EXAMPLES;
use crate::web::state::shared::Shared;
use crate::web::state::{FileError, Opening, Run, Slot, State, Toast};
use crate::web::timeline::transport::{self, TransportProps};
use crate::web::timeline::{SheetProps, StoryProps};
use crate::web::why::{WhyCardProps, WhyProps};
use gloo_timers::callback::{Interval, Timeout};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// One slice of recording: so many milliseconds, looked at after so many steps. Where it ends changes nothing of what is
/// recorded.
const SLICE_MILLIS: f64 = 8.0;
const SLICE_STEPS: usize = 50;
/// What the page records: 100,000 pods that run and end fit in, in 300,000 steps; the program and two recordings, the
/// one that is shown and the one that is made, stay far below the 4 GB that a page has.
const CAPACITY: Capacity = Capacity { steps: 500_000, pods: 150_000 };
/// How long an event is shown when playing by beats.
const BEAT_MILLIS: u32 = 900;
/// How long the old future stays after a change.
const GHOST_MILLIS: u32 = 2_000;
/// A pause in typing, after which the run is looked through.
const LOOK_MILLIS: u32 = 150;
/// How long a notice stays.
const TOAST_MILLIS: u32 = 8_000;

/// What happens to the app.
pub(crate) enum Message {
    /// Someone did something.
    Act(Action),
    /// Record a little further.
    Record,
    /// Play a beat.
    Beat,
    /// Play a frame, at this time of the window in milliseconds.
    Frame(f64),
    /// Look through the run for what decided it.
    Look,
    /// The old future has been seen.
    GhostOver,
    /// The notice has been seen.
    ToastOver,
    /// The address changed.
    AddressChanged,
    /// The window has another size.
    Resized,
    /// A key went down somewhere.
    Key(KeyboardEvent),
    /// Something was pasted outside the text box.
    Pasted(Event),
    /// Something is dragged over the page.
    DragOver(DragEvent),
    /// It went away again.
    DragLeft,
    /// It was dropped.
    Dropped(DragEvent),
    /// Read the clipboard.
    Paste,
    /// The clipboard is closed to the page.
    PasteRefused,
    /// A file cannot be opened.
    NotOpened(FileError),
    /// The rules of the time zones are here, or are not to be had.
    TimeZones(Option<Rc<[u8]>>),
}

/// The whole page.
pub(crate) struct App {
    state: State,
    /// Takes what people do. One for the life of the page: a component that gets a new one is drawn anew.
    on_action: Callback<Action>,
    on_paste: Callback<()>,
    /// The recording that is being made, and what will go on with it.
    recorder: Option<(Rc<Scenario>, Recorder)>,
    slice: Option<Timeout>,
    /// The rules of all time zones, once a text has named one.
    time_zones: Option<Rc<[u8]>>,
    player: Option<Player>,
    ghost: Option<Timeout>,
    toast: Option<Timeout>,
    /// What is derived from the text and its run, and shown in the editor.
    margin: Margin,
    /// Waits for a pause in typing to look through the run.
    look: Option<Timeout>,
    dropping: bool,
    /// The region that was shown last.
    shown: Pane,
    /// Whether there is room for one region only.
    narrow: bool,
    _listeners: Vec<Listener>,
}

/// What drives playing.
enum Player {
    Beats { _interval: Interval },
    Frames { _frames: Frames, last: f64 },
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<App>) -> App {
        let mut state = first_state();
        preferences::load(&mut state);
        let mut app = App {
            state,
            on_action: ctx.link().callback(Message::Act),
            on_paste: ctx.link().callback(|()| Message::Paste),
            recorder: None,
            slice: None,
            time_zones: None,
            player: None,
            ghost: None,
            toast: None,
            margin: Margin::default(),
            look: None,
            dropping: false,
            shown: Pane::default(),
            narrow: is_narrow(),
            _listeners: listeners(ctx),
        };
        if !panic::first_run_is_held_back() {
            app.record(ctx);
        }
        app.annotate();
        preferences::show(&app.state);
        app
    }

    fn update(&mut self, ctx: &Context<App>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Record => self.advance(ctx),
            Message::Beat => self.state.beat(),
            Message::Frame(now) => self.frame(now),
            Message::Look => self.margin.look(&self.state),
            Message::GhostOver => self.state.ghost = None,
            Message::ToastOver => self.state.toast = None,
            Message::AddressChanged => self.follow_address(ctx),
            Message::Resized => return std::mem::replace(&mut self.narrow, is_narrow()) != self.narrow,
            Message::Key(event) => return self.key(ctx, &event),
            Message::Pasted(event) => return self.pasted(ctx, &event),
            Message::DragOver(event) => {
                if !browser::files::brings_text(&event) {
                    return false;
                }
                event.prevent_default();
                return !std::mem::replace(&mut self.dropping, true);
            }
            Message::DragLeft => self.dropping = false,
            Message::Dropped(event) => {
                self.dropping = false;
                self.dropped(ctx, &event);
            }
            Message::Paste => self.paste(ctx),
            Message::PasteRefused => self.say(ctx, Toast::PasteByKey),
            Message::NotOpened(error) => self.say(ctx, Toast::File(error)),
            Message::TimeZones(rules) => {
                self.state.lacks_time_zones = rules.is_none();
                self.time_zones = rules;
                if !self.state.lacks_time_zones {
                    self.record(ctx);
                }
            }
        }
        self.play(ctx);
        self.annotate();
        true
    }

    fn rendered(&mut self, _ctx: &Context<App>, _first: bool) {
        // Another region begins at its top; the story finds its own place.
        if std::mem::replace(&mut self.shown, self.state.pane) != self.state.pane && self.state.pane != Pane::Run {
            browser::scroll_to_top(".app");
        }
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let state = &self.state;
        let on_action = self.on_action.clone();
        let class = classes!("page", self.dropping.then_some("dropping"));
        let pane = match state.pane {
            Pane::Spec => "spec",
            Pane::Run => "run",
            Pane::Why => "why",
        };
        let transport = self.transport(&on_action);
        html! {
            <div {class} ondragover={ctx.link().callback(Message::DragOver)} ondrop={ctx.link().callback(Message::Dropped)}
                ondragleave={ctx.link().batch_callback(|event: DragEvent| event.related_target().is_none().then_some(Message::DragLeft))}>
                { sprite() }
                { skip_links(state.lang) }
                { self.header(&on_action) }
                if state.slot != Slot::Mine { { guest(state.lang, &on_action) } }
                <main class="app" data-pane={pane}>
                    { piece(SpecProps { reading: Shared::from(Rc::clone(&state.reading)), part: state.part, remarks: Rc::clone(&self.margin.remarks), dots: Rc::clone(&self.margin.dots), implied: Rc::clone(&self.margin.implied), assumed: Rc::clone(&self.margin.assumed), in_words: Rc::clone(&self.margin.in_words), recording: Shared::from(Rc::clone(&state.run.recording)), scenario: Shared::from(Rc::clone(&state.run.scenario)), glow: Rc::clone(&self.margin.glow), reveal: state.reveal.clone(), lang: state.lang, on_action: on_action.clone() }) }
                    { self.stage(&transport, &on_action) }
                    <div class="whybox" id="why-region" tabindex="-1">{ piece(self.why_props(&on_action)) }</div>
                    { piece(DetailProps { recording: Shared::from(Rc::clone(&state.run.recording)), scenario: Shared::from(Rc::clone(&state.run.scenario)), timeline: state.run.timeline.clone(), playhead: state.playhead, selection: state.selection, detail: state.detail, lang: state.lang, on_action: on_action.clone() }) }
                </main>
                { dock(state, &transport, &on_action) }
                <p class="sr" aria-live="polite">{ self.announcement() }</p>
                if let Some(dialog) = state.dialog {
                    { piece(DialogProps { dialog, link: self.link(), lang: state.lang, on_action: on_action.clone() }) }
                }
                if let Some(toast) = &state.toast { { toast_view(toast, state.lang, &on_action) } }
            </div>
        }
    }
}

impl App {
    fn act(&mut self, ctx: &Context<App>, action: Action) {
        let text = Rc::clone(self.state.text());
        let toast = self.state.toast.clone();
        let prefers = (self.state.lang, self.state.theme, self.state.speed);
        if action == Action::BackToMine {
            browser::address::leave_fragment();
            self.follow_address(ctx);
            return;
        }
        self.state.apply(action);
        if !Rc::ptr_eq(&text, self.state.text()) {
            self.keep_text();
            self.record(ctx);
        }
        if self.state.toast != toast {
            self.time_toast(ctx);
        }
        if prefers != (self.state.lang, self.state.theme, self.state.speed) {
            preferences::keep(&self.state);
            preferences::show(&self.state);
        }
    }

    // Recording.

    /// Records the text anew, unless it has errors: then the last good run stays.
    fn record(&mut self, ctx: &Context<App>) {
        self.slice = None;
        if self.recorder.take().is_some() {
            panic::recording_ended();
        }
        self.state.refused = None;
        self.state.lacks_time_zones = false;
        if !self.state.is_fresh() {
            return;
        }
        let mut scenario = self.state.reading.scenario.clone();
        if scenario.needs_time_zones() {
            let Some(rules) = &self.time_zones else {
                let link = ctx.link().clone();
                browser::files::fetch("static/time-zones.bin", move |rules| {
                    link.send_message(Message::TimeZones(rules))
                });
                return;
            };
            scenario.time_zones = Some(Rc::clone(rules));
        }
        let scenario = Rc::new(scenario);
        if *scenario == *self.state.run.scenario && self.state.opening.is_none() {
            return;
        }
        panic::recording_began();
        let recorder = Recorder::new(&scenario).within(CAPACITY);
        self.recorder = Some((scenario, recorder));
        self.advance(ctx);
    }

    /// A slice of recording; the next one waits until the browser has drawn and read its keys.
    fn advance(&mut self, ctx: &Context<App>) {
        let Some((_, recorder)) = &mut self.recorder else { return };
        let start = browser::now();
        let mut progress = Progress::More;
        while progress == Progress::More && browser::now() - start < SLICE_MILLIS {
            progress = recorder.advance(SLICE_STEPS);
        }
        match progress {
            Progress::More => {
                let link = ctx.link().clone();
                self.slice = Some(Timeout::new(0, move || link.send_message(Message::Record)));
            }
            Progress::Done => {
                let Some((scenario, recorder)) = self.recorder.take() else { return };
                self.state.recorded(scenario, Rc::new(recorder.into_recording()));
                panic::recording_ended();
                self.time_ghost(ctx);
                let link = ctx.link().clone();
                self.look = Some(Timeout::new(LOOK_MILLIS, move || link.send_message(Message::Look)));
            }
        }
    }

    fn time_ghost(&mut self, ctx: &Context<App>) {
        let link = ctx.link().clone();
        self.ghost = self
            .state
            .ghost
            .is_some()
            .then(|| Timeout::new(GHOST_MILLIS, move || link.send_message(Message::GhostOver)));
    }

    // Playing.

    /// Starts or stops what drives playing.
    fn play(&mut self, ctx: &Context<App>) {
        if !self.state.playing {
            self.player = None;
            return;
        }
        // With reduced motion the playhead goes from event to event.
        let beats = self.state.speed == Speed::Beat || browser::media("(prefers-reduced-motion: reduce)");
        match (&self.player, beats) {
            (Some(Player::Beats { .. }), true) | (Some(Player::Frames { .. }), false) => {}
            (_, true) => {
                let link = ctx.link().clone();
                let interval = Interval::new(BEAT_MILLIS, move || link.send_message(Message::Beat));
                self.player = Some(Player::Beats { _interval: interval });
            }
            (_, false) => {
                let frames = Frames::new(ctx.link().callback(Message::Frame));
                self.player = Some(Player::Frames { _frames: frames, last: browser::now() });
            }
        }
    }

    fn frame(&mut self, now: f64) {
        if let Some(Player::Frames { last, .. }) = &mut self.player {
            // A hidden tab gets no frames: playing goes on where it stopped.
            let passed = (now - *last).clamp(0.0, 100.0);
            *last += (now - *last).max(0.0);
            self.state.play_on(Span::from_millis(passed as i64));
        }
    }

    // Keeping.

    fn keep_text(&self) {
        match &self.state.slot {
            Slot::Mine => browser::storage::store(browser::storage::TEXT_KEY, self.state.text()),
            Slot::Link(fragment) => {
                browser::storage::store(&format!("{}{fragment}", browser::storage::GUEST_KEY), self.state.text())
            }
        }
    }

    // The address.

    fn link(&self) -> AttrValue {
        browser::address::address_with(&link::encode(self.state.text())).into()
    }

    fn follow_address(&mut self, ctx: &Context<App>) {
        let slot = browser::address::fragment().map_or(Slot::Mine, Slot::Link);
        if slot == self.state.slot {
            return;
        }
        let (text, slot, toast) = text_of(slot);
        self.state.enter(&text, slot, Opening::Telling);
        self.record(ctx);
        if let Some(toast) = toast {
            self.say(ctx, toast);
        }
    }

    // Notices.

    fn say(&mut self, ctx: &Context<App>, toast: Toast) {
        self.state.toast = Some(toast);
        self.time_toast(ctx);
    }

    fn time_toast(&mut self, ctx: &Context<App>) {
        let link = ctx.link().clone();
        self.toast = self
            .state
            .toast
            .is_some()
            .then(|| Timeout::new(TOAST_MILLIS, move || link.send_message(Message::ToastOver)));
    }

    /// After a step: when, which, and what happened.
    fn announcement(&self) -> String {
        let state = &self.state;
        let (Some(at), Some(selection)) = (state.announced.filter(|_| !state.playing), state.selection) else {
            return String::new();
        };
        let Run { scenario, recording, timeline } = &state.run;
        let names = Names::new(recording, selection.object);
        let what = state.lang.explain().line(&explain::brief(recording, scenario, selection.step), names);
        let at = state.lang.format().clock_exact(at);
        (state.lang.page().announce)(&at, passed(&timeline.moments, state.playhead), timeline.moments.len(), &what)
    }

    // Keys, clipboard, files.

    /// Keys of the whole page. Those of one letter work only with the focus on the timeline.
    fn key(&mut self, ctx: &Context<App>, event: &KeyboardEvent) -> bool {
        if event.default_prevented() || event.is_composing() || self.state.dialog.is_some() {
            return false;
        }
        let command = event.ctrl_key() || event.meta_key();
        let action = match (command, event.shift_key(), event.key().to_ascii_lowercase().as_str()) {
            (true, false, "z") => Action::Undo,
            (true, true, "z") | (true, false, "y") => Action::Redo,
            (true, false, "s") => Action::ShowDialog(Some(Dialog::Share)),
            (false, ..) if !event.alt_key() && on_stage(event) => match stage_key(event) {
                Some(action) => action,
                None => return false,
            },
            _ => return false,
        };
        event.prevent_default();
        self.act(ctx, action);
        self.play(ctx);
        self.annotate();
        true
    }

    fn pasted(&mut self, ctx: &Context<App>, event: &Event) -> bool {
        let text = event
            .dyn_ref::<web_sys::ClipboardEvent>()
            .and_then(|event| event.clipboard_data())
            .and_then(|data| data.get_data("text/plain").ok())
            .filter(|text| !text.trim().is_empty());
        let Some(text) = text else { return false };
        // A whole manifest over all that stands in the box is a text of its own: what happened to the pods of the
        // old one does not happen to its pods.
        let is_manifest = text.lines().any(|line| line.starts_with("kind:"));
        if takes_keys(event) && !(is_manifest && all_is_selected(event)) {
            return false;
        }
        event.prevent_default();
        self.act(ctx, Action::OpenText(text));
        self.annotate();
        true
    }

    fn paste(&mut self, ctx: &Context<App>) {
        let link = ctx.link().clone();
        browser::clipboard::paste(move |text| match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => link.send_message(Message::Act(Action::OpenText(text))),
            None => link.send_message(Message::PasteRefused),
        });
    }

    fn dropped(&mut self, ctx: &Context<App>, event: &DragEvent) {
        let Some(data) = event.data_transfer() else { return };
        let link = ctx.link().clone();
        let open = move |text: String| link.send_message(Message::Act(Action::OpenText(text)));
        if let Some(file) = data.files().and_then(|files| files.get(0)) {
            event.prevent_default();
            let link = ctx.link().clone();
            browser::files::read_file(&file, move |text| match text {
                Ok(text) => open(text),
                Err(error) => link.send_message(Message::NotOpened(error)),
            });
        } else if !takes_keys(event)
            && let Ok(text) = data.get_data("text/plain")
            && !text.trim().is_empty()
        {
            event.prevent_default();
            open(text);
        }
    }

    // Parts of the view.

    /// Keeps what the editor shows beside the text up to date. Remarks of a run, dots and glow only while the text and
    /// the run are each other's.
    fn annotate(&mut self) {
        let state = &self.state;
        let own = state.is_fresh() && self.recorder.is_none();
        self.margin.annotate(state, own);
    }

    /// The timeline; where there is no room for it, its story.
    fn stage(&self, transport: &TransportProps, on_action: &Callback<Action>) -> Html {
        let state = &self.state;
        let recording = Shared::from(Rc::clone(&state.run.recording));
        let class =
            classes!("stage", "sheet", state.breaking.then_some("breaking"), (!state.is_fresh()).then_some("stale"));
        let on_open = press(on_action, Action::ShowPane(Pane::Why));
        html! {
            <section {class} id="stage" tabindex="-1" aria-label={state.lang.page().stage_region}>
                if state.run.is_empty() {
                    { nothing_runs(state, self.recorder.is_some(), &self.margin.remarks, on_action) }
                } else {
                { piece(SheetProps { recording: recording.clone(), timeline: state.run.timeline.clone(), playhead: state.playhead, selection: state.selection, lang: state.lang, ghost: state.ghost.clone(), true_scale: state.true_scale, on_action: on_action.clone() }) }
                }
                if self.narrow && !state.run.is_empty() {
                    { piece(StoryProps { recording, timeline: state.run.timeline.clone(), playhead: state.playhead, selection: state.selection, lang: state.lang, on_action: on_action.clone(), children: piece(WhyCardProps { why: self.why_props(on_action), on_open }) }) }
                }
                if !state.is_fresh() && !state.run.is_empty() { <p class="lastgood">{ icon("error") }{ last_good(state) }</p> }
                if let Some(words) = state.lang.page().goes_on(&state.run.recording) { <p class="lastgood goeson">{ icon("warn") }{ words }</p> }
                { transport::transport(transport) }
            </section>
        }
    }

    fn why_props(&self, on_action: &Callback<Action>) -> WhyProps {
        let state = &self.state;
        WhyProps {
            recording: Rc::clone(&state.run.recording),
            scenario: Rc::clone(&state.run.scenario),
            reading: Rc::clone(&state.reading),
            selection: state.selection,
            playhead: state.playhead,
            lang: state.lang,
            on_action: on_action.clone(),
        }
    }

    fn header(&self, on_action: &Callback<Action>) -> Html {
        let state = &self.state;
        let example = EXAMPLES.iter().position(|example| *example.text == **state.text());
        let title = title(state);
        browser::set_title(&format!("{title} · {}", state.lang.page().product));
        html! {
            { piece(HeaderProps { title: title.into(), example, lang: state.lang, can_undo: state.history.can_undo(), can_redo: state.history.can_redo(), on_action: on_action.clone(), on_paste: self.on_paste.clone() }) }
        }
    }

    fn transport(&self, on_action: &Callback<Action>) -> TransportProps {
        let state = &self.state;
        TransportProps {
            timeline: state.run.timeline.clone(),
            playhead: state.playhead,
            true_scale: state.true_scale,
            playing: state.playing,
            speed: state.speed,
            lang: state.lang,
            on_action: on_action.clone(),
        }
    }
}

/// As the style sheet has it.
fn is_narrow() -> bool {
    browser::media("screen and (max-width: 1099px)")
}

/// Whether a paste replaces everything in a text box.
fn all_is_selected(event: &Event) -> bool {
    let text_box = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    text_box.is_some_and(|text_box| {
        let at = |edge: Result<Option<u32>, _>| edge.ok().flatten().unwrap_or(0);
        let length = text_box.value().encode_utf16().count() as u32;
        at(text_box.selection_start()) == 0 && at(text_box.selection_end()) >= length
    })
}

fn listeners(ctx: &Context<App>) -> Vec<Listener> {
    let link = ctx.link();
    let messages: [(&'static str, Callback<web_sys::Event>); 5] = [
        ("resize", link.callback(|_| Message::Resized)),
        ("hashchange", link.callback(|_| Message::AddressChanged)),
        ("popstate", link.callback(|_| Message::AddressChanged)),
        ("keydown", link.batch_callback(|event: web_sys::Event| event.dyn_into().ok().map(Message::Key))),
        ("paste", link.callback(Message::Pasted)),
    ];
    messages
        .into_iter()
        .filter_map(|(name, callback)| Some(Listener::new(web_sys::window()?.as_ref(), name, callback)))
        .collect()
}
