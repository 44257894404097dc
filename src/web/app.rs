//! The app: holds the state, hands to it whatever happens, and carries out what the state asks for in return.

mod chrome;
mod console;
pub(super) mod dialogs;
mod edge;
pub(super) mod examples;
mod header;
mod history;
mod incoming;
mod leavings;
mod lesson;
mod notices;
mod player;
mod preferences;
mod shortcuts;
mod slices;
mod slot;
pub(super) mod view;

use super::browser::listener::Listener;
use super::browser::reached::Reached;
use super::browser::{self, address, clipboard, files, panic};
use super::chunks;
use super::keeping::past::exported;
use super::lessons;
use super::spec::margin::Margin;
use super::state::action::{Action, Detail, Pane};
use super::state::effect::Effect;
use super::state::lesson::locks::Locks;
use super::state::lesson::{Door, Shelf};
use super::state::run::Stage;
use super::state::shared::Shared;
use super::state::{Announced, FileError, Lack, Opening, State, Toast};
use crate::api::time_zone;
use crate::examples::is_example;
use crate::texts::Lang;
use gloo_timers::callback::Timeout;
use leavings::Leavings;
use player::Player;
pub(super) use preferences::lang;
use slices::SlicedRecorder;
use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;
use web_sys::StorageEvent;
use yew::prelude::*;

/// How long the old future stays after a change.
const GHOST_MILLIS: u32 = 2_000;
/// A task that has gone on for so many milliseconds leaves the rest to the next ones.
const TASK_MILLIS: f64 = 24.0;
/// A pause in typing, after which the run is looked through.
const LOOK_MILLIS: u32 = 150;
/// A pause between steps, after which a screen reader is told of the last one.
const SAY_MILLIS: u32 = 200;
/// How long a notice stays.
const TOAST_MILLIS: u32 = 8_000;
/// What files are called that the page saves.
const DOWNLOAD_NAME: &str = "job-playground.yaml";
const EXPORT_NAME: &str = "job-playground-texts.yaml";

/// What happens to the app.
pub(super) enum AppMessage {
    /// Someone did something.
    Act(Action),
    /// Record a little further.
    Record,
    /// Play a beat.
    Beat,
    /// Play a frame, at this time of the window in milliseconds.
    Frame(f64),
    /// Look through the run for what decided it.
    LookThrough,
    /// Look through the text a little further.
    Review,
    /// Tell a screen reader where the playhead is.
    Say,
    /// Keep the text.
    Keep,
    /// Give back a little more of what a run took that is no longer shown.
    GiveBack,
    /// The old future has been seen.
    GhostOver,
    /// The address has changed.
    AddressChanged,
    /// Another tab has kept something, or removed it.
    KeptElsewhere(StorageEvent),
    /// The window has another size.
    Resized,
    /// A key went down somewhere.
    Key(KeyboardEvent),
    /// Something was pasted outside the text box.
    Pasted(Event),
    /// Something is dragged over the page.
    DragOver(DragEvent),
    /// What was dragged left the page.
    DragLeft,
    Dropped(DragEvent),
    /// Open the link that a poster carries, as a text of one's own.
    Carried(String),
    /// Open what is in the clipboard.
    Paste,
    /// Whether the text is in the clipboard.
    Copied(bool),
    /// These results are in the clipboard, or could not be put there.
    ResultsCopied(String, bool),
    /// The browser does not let the page read the clipboard.
    PasteRefused,
    /// A file cannot be opened.
    NotOpened(FileError),
    /// A chunk of the page has come, is coming, or cannot be had.
    Chunks,
    /// Whether the words of a language are there.
    Words(Lang, bool),
    /// The rules of the time zones; `None` if they cannot be had.
    TimeZones(Option<Rc<[u8]>>),
    /// The next command of the console.
    Console,
    /// What there is to say about fields, for the console.
    Help(Lang, Option<Rc<[u8]>>),
    /// All lessons in a language; `None` if they cannot be had.
    Lessons(Lang, Option<Rc<[u8]>>),
}

/// The whole page.
pub(super) struct App {
    state: State,
    /// What every region is given of the state.
    stage: Shared<Stage>,
    /// Takes what people do. One for the life of the page: a component that gets a new one is drawn anew.
    on_action: Callback<Action>,
    on_paste: Callback<()>,
    recorder: SlicedRecorder,
    leavings: Leavings,
    /// Whether a text is to be run once the rules of the API server are there.
    waits_for_rules: bool,
    /// The rules of all time zones, once a text has named one.
    time_zones: Option<Rc<[u8]>>,
    player: Option<Player>,
    /// What is derived from the text and its run, and shown beside the text.
    margin: Margin,
    timers: Timers,
    /// What a screen reader is told, and what of.
    said: String,
    told: Option<Announced>,
    /// When the task began that is being done, in the window's time.
    began: f64,
    /// Whether something is being dragged over the page that can be opened.
    dropping: bool,
    /// The region that was shown last.
    shown: Pane,
    /// What is to take the focus, once it is drawn.
    focuses: Option<Focus>,
    /// Whether there is room for one region only.
    narrow: bool,
    /// Whether it is shown to a room: then the card of a lesson heads the page.
    large: bool,
    /// Of a text that is not a lesson's.
    no_locks: Shared<Locks>,
    _listeners: Vec<Listener>,
}

/// What can be told to take the focus.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Stage,
    /// The card of a lesson, or its question.
    Card,
    /// The prompt of the console.
    Prompt,
    /// The prompt comes into sight, and takes no focus: on a phone that would bring the keyboard.
    Console,
}

/// What is to happen after a while. A new timer takes the place of the old one.
#[derive(Default)]
struct Timers {
    ghost: Option<Timeout>,
    toast: Option<Timeout>,
    look: Option<Timeout>,
    review: Option<Timeout>,
    say: Option<Timeout>,
    keep: Option<Timeout>,
    console: Option<Timeout>,
}

/// What the page begins with.
#[derive(PartialEq, Properties)]
pub(super) struct First {
    state: Shared<Cell<Option<State>>>,
    reached: Option<Reached>,
}

impl First {
    /// Reads the text of the address, or the one that is kept.
    pub(super) fn read() -> First {
        address::move_into_fragment("step");
        let state = slot::first_state(slot::KEEPING, address::fragment());
        First { state: Shared::new(Cell::new(Some(state))), reached: None }
    }

    /// Where the film is left that stood here until now.
    pub(super) fn go_on(self) -> First {
        First { reached: Reached::take_over(), ..self }
    }

    fn take(&self) -> State {
        self.state.take().unwrap_or_else(|| slot::first_state(slot::KEEPING, address::fragment()))
    }
}

impl Component for App {
    type Message = AppMessage;
    type Properties = First;

    fn create(ctx: &Context<App>) -> App {
        let mut state = ctx.props().take();
        state.preferences = preferences::load();
        let reached = ctx.props().reached.as_ref();
        if let Some(reached) = reached {
            state.open_at(reached.mark.map_or(Opening::At(reached.at), Opening::On));
            state.plays_at_opening = reached.plays;
        }
        let on_action = ctx.link().callback(AppMessage::Act);
        let mut app = App {
            stage: Stage::new(&state.run, state.preferences.lang, on_action.clone()),
            state,
            on_action,
            on_paste: ctx.link().callback(|()| AppMessage::Paste),
            recorder: SlicedRecorder::default(),
            leavings: Leavings::default(),
            waits_for_rules: false,
            time_zones: None,
            player: None,
            margin: Margin::default(),
            timers: Timers::default(),
            said: String::new(),
            told: None,
            began: browser::now(),
            dropping: false,
            shown: Pane::default(),
            focuses: None,
            narrow: view::is_narrow(),
            large: address::names("large"),
            no_locks: Shared::default(),
            _listeners: incoming::listeners(ctx.link()),
        };
        app.carry_out(ctx, vec![Effect::ShowPreferences, Effect::Record]);
        if address::fragment().is_some_and(|fragment| Door::of(&fragment).is_some()) {
            app.carry_out(ctx, vec![Effect::FollowFragment]);
        }
        // What takes the place of a picture is whole in its first frame: to record the run of an example takes milliseconds.
        let is_example = is_example(app.state.draft.text.as_str());
        while is_example && app.recorder.is_busy() {
            let effects = app.advance(ctx).unwrap_or_default();
            app.carry_out(ctx, effects);
        }
        if reached.is_some_and(|reached| reached.has_focus) {
            app.focuses = Some(Focus::Stage);
        }
        app
    }

    fn update(&mut self, ctx: &Context<App>, message: AppMessage) -> bool {
        self.began = browser::now();
        if matches!(message, AppMessage::Act(_) | AppMessage::Key(_)) {
            self.focuses = None;
        }
        let state = &mut self.state;
        let effects = match message {
            AppMessage::Act(action) => state.apply(action),
            AppMessage::Record => match self.advance(ctx) {
                Some(effects) => effects,
                // Another slice has passed: the page is drawn again only to say how far it is.
                None => {
                    let has_news = self.recorder.has_news();
                    if has_news {
                        // It takes so long that the run before would be taken for the text's.
                        self.state.end_foreign_run();
                        self.carry_out(ctx, Vec::new());
                    }
                    return has_news;
                }
            },
            AppMessage::Beat => state.beat(),
            AppMessage::Frame(now) => self
                .player
                .as_mut()
                .and_then(|player| player.frame(now))
                .map_or_else(Vec::new, |span| state.play_on(span)),
            AppMessage::LookThrough => {
                self.timers.look = None;
                state.look_at_writing();
                self.margin.look_through(state);
                Vec::new()
            }
            AppMessage::Review => {
                let is_complete = self.margin.advance(state);
                self.time_review(ctx);
                return is_complete;
            }
            AppMessage::Say => {
                self.said = self.announcement();
                return true;
            }
            AppMessage::Keep => vec![Effect::KeepText],
            AppMessage::GiveBack => {
                self.leavings.advance(ctx.link());
                return false;
            }
            AppMessage::GhostOver => state.end_ghost(),
            AppMessage::AddressChanged => vec![Effect::FollowFragment],
            AppMessage::KeptElsewhere(event) => {
                state.kept_elsewhere(event.key().as_deref(), event.new_value().as_deref())
            }
            AppMessage::Resized => return std::mem::replace(&mut self.narrow, view::is_narrow()) != self.narrow,
            AppMessage::Key(event) if shortcuts::is_escape(&event) && self.recorder.report().is_some() => {
                event.prevent_default();
                self.recorder.stop();
                return false;
            }
            AppMessage::Key(event) => match shortcuts::action(&event, state, &self.stage) {
                Some(action) => {
                    event.prevent_default();
                    state.apply(action)
                }
                None => return false,
            },
            AppMessage::Pasted(event) => match incoming::pasted(&event) {
                Some(text) => {
                    event.prevent_default();
                    state.apply(Action::OpenText(text))
                }
                None => return false,
            },
            AppMessage::DragOver(event) => {
                if !files::brings_text(&event) {
                    return false;
                }
                event.prevent_default();
                return !std::mem::replace(&mut self.dropping, true);
            }
            AppMessage::DragLeft => return std::mem::take(&mut self.dropping),
            AppMessage::Dropped(event) => {
                incoming::dropped(ctx.link(), &event);
                return std::mem::take(&mut self.dropping);
            }
            AppMessage::Carried(fragment) => slot::open_carried(state, &fragment),
            AppMessage::Paste => {
                let link = ctx.link().clone();
                clipboard::paste(move |text| link.send_message(incoming::from_clipboard(text)));
                return false;
            }
            AppMessage::Copied(copied) => state.notify(if copied { Toast::Copied } else { Toast::NotCopied }),
            AppMessage::ResultsCopied(lines, copied) => state.results_copied(lines, copied),
            AppMessage::PasteRefused => state.notify(Toast::PasteByKey),
            AppMessage::NotOpened(error) => state.notify(Toast::File(error)),
            AppMessage::Chunks => {
                self.margin.look_through(state);
                let waits_for_rules = std::mem::take(&mut self.waits_for_rules);
                let mut effects: Vec<Effect> = waits_for_rules.then_some(Effect::Record).into_iter().collect();
                effects.extend(state.console.is_busy().then_some(Effect::RunConsole));
                effects
            }
            AppMessage::Words(lang, found) => state.words_fetched(lang, found),
            AppMessage::TimeZones(rules) => {
                self.time_zones = rules.filter(|rules| time_zone::is_whole(rules));
                state.fetched(Lack::TimeZones, self.time_zones.is_some())
            }
            AppMessage::Console => self.run_console(),
            AppMessage::Help(lang, file) => self.help_came(lang, file.as_deref()),
            AppMessage::Lessons(lang, file) => state.lessons_fetched(lang, Shelf::read(file.as_deref())),
        };
        self.carry_out(ctx, effects);
        true
    }

    fn rendered(&mut self, _ctx: &Context<App>, _first: bool) {
        if !self.recorder.is_busy() && self.timers.look.is_none() {
            panic::shown();
        }
        // Another region begins at its top, the story where it was.
        if std::mem::replace(&mut self.shown, self.state.pane) != self.state.pane {
            browser::scroll_to_top(".app");
            // What is refused stands above it.
            if self.state.is_fresh() {
                browser::scroll_to_middle(".story .now");
            }
        }
        match self.focuses.take() {
            Some(Focus::Stage) => {
                browser::focus("#stage");
            }
            // It takes the focus when it comes, if nothing is done until then.
            Some(Focus::Card) if !lessons::focus() => self.focuses = Some(Focus::Card),
            Some(Focus::Prompt) if !browser::focus(console::PROMPT) => self.focuses = Some(Focus::Prompt),
            // On a phone it stands below WHY.
            Some(Focus::Console) if !browser::scroll_into_sight(console::PROMPT) => self.focuses = Some(Focus::Console),
            Some(Focus::Card | Focus::Prompt | Focus::Console) => {}
            None => {}
        }
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        self.page(ctx.link())
    }
}

impl App {
    /// Carries out what the state asks for, and lets what is derived from the state follow it.
    fn carry_out(&mut self, ctx: &Context<App>, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            waiting.extend(self.carry_out_one(ctx, effect));
        }
        let state = &self.state;
        Player::follow(&mut self.player, state.playing.then(|| state.pace()), ctx.link());
        if !self.stage.is_of(&state.run, state.preferences.lang) {
            self.leavings.hold(&self.stage, ctx.link());
            self.stage = Stage::new(&state.run, state.preferences.lang, self.on_action.clone());
        }
        // What a run decided stands beside the text only while the text and the run are each other's.
        self.margin.follow(state, state.is_fresh() && !self.recorder.is_busy(), !self.is_late());
        self.time_review(ctx);
        self.time_words(ctx);
    }

    /// One sentence after a step, none while it is played or while steps follow each other quickly.
    fn time_words(&mut self, ctx: &Context<App>) {
        let announced = self.state.announced.filter(|_| !self.state.playing);
        if std::mem::replace(&mut self.told, announced) != announced && announced.is_some() {
            let link = ctx.link().clone();
            self.timers.say = Some(Timeout::new(SAY_MILLIS, move || link.send_message(AppMessage::Say)));
        }
    }

    /// Whether the rest has to wait for another task: a long text takes its time to be read.
    fn is_late(&self) -> bool {
        browser::now() - self.began > TASK_MILLIS
    }

    /// A long text is looked through in slices.
    fn time_review(&mut self, ctx: &Context<App>) {
        let link = ctx.link().clone();
        let pending = self.margin.is_pending();
        self.timers.review = pending.then(|| Timeout::new(0, move || link.send_message(AppMessage::Review)));
    }

    /// Returns what follows from it.
    fn carry_out_one(&mut self, ctx: &Context<App>, effect: Effect) -> Vec<Effect> {
        let after = |millis, message: fn() -> AppMessage| {
            let link = ctx.link().clone();
            Some(Timeout::new(millis, move || link.send_message(message())))
        };
        match effect {
            Effect::KeepText if self.is_late() => self.timers.keep = after(0, || AppMessage::Keep),
            Effect::KeepText => return slot::keep(&mut self.state, slot::KEEPING, browser::date()),
            Effect::KeepPast { name, text } => {
                return slot::keep_past(&mut self.state, slot::KEEPING, &name, &text, browser::date());
            }
            Effect::ReadPastTexts => return self.state.past_texts_read(slot::KEEPING.past_texts()),
            Effect::RemovePast(time) => return slot::remove_past(&mut self.state, slot::KEEPING, time),
            Effect::ExportPastTexts => {
                let texts = slot::texts_to_export(&self.state, browser::date());
                files::save(EXPORT_NAME, &exported(&texts, browser::iso_date));
            }
            Effect::Copy => {
                let link = ctx.link().clone();
                let text = self.state.draft.text.as_str();
                clipboard::copy_unseen(text, move |copied| link.send_message(AppMessage::Copied(copied)));
            }
            Effect::FocusStage => self.focuses = Some(Focus::Stage),
            Effect::Download => files::save(DOWNLOAD_NAME, self.state.draft.text.as_str()),
            Effect::Record => return self.record(ctx, false),
            Effect::RecordAgain => return self.record(ctx, true),
            Effect::FetchChunks => {
                chunks::fetch();
                if self.state.detail == Detail::Console {
                    chunks::fetch_console();
                }
            }
            Effect::FetchWords(lang) => {
                let link = ctx.link().clone();
                chunks::fetch_words(lang, move |found| link.send_message(AppMessage::Words(lang, found)));
            }
            Effect::StopRecording => self.recorder.stop(),
            Effect::LookThrough => self.timers.look = after(LOOK_MILLIS, || AppMessage::LookThrough),
            Effect::TimeToast => self.timers.toast = after(TOAST_MILLIS, || AppMessage::Act(Action::DismissToast)),
            Effect::TimeGhost => self.timers.ghost = after(GHOST_MILLIS, || AppMessage::GhostOver),
            Effect::KeepPreferences => preferences::keep(self.state.preferences),
            Effect::ShowPreferences => preferences::show(self.state.preferences),
            Effect::LeaveFragment => address::leave_fragment(),
            Effect::FollowFragment if panic::is_held_back() => browser::reload(),
            Effect::FollowFragment => {
                return slot::follow_address(&mut self.state, slot::KEEPING, address::fragment());
            }
            Effect::FocusCard => self.focuses = Some(Focus::Card),
            Effect::FocusConsole => self.focuses = Some(Focus::Prompt),
            other => return self.carry_out_of_console(ctx, other),
        }
        Vec::new()
    }
}
