//! What a person can do, as data: every component reports one of these to the app, which alone changes state.

use crate::cluster::behavior::Behavior;
use crate::cluster::input::Input;
use crate::explain::Selection;
use crate::manifest::Place;
use crate::manifest::edit::Edit;
use crate::texts::Lang;
use crate::time::Time;
use crate::web::state::part::Part;
use serde_json::Value;
use std::ops::Range;
use std::rc::Rc;

/// Something a person did.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// Move the playhead.
    Seek(Time),
    /// To the next or previous event.
    StepBy(i32),
    /// To this many tenths of the run.
    SeekTenth(u8),
    /// Play, or pause.
    TogglePlay,
    /// How fast to play.
    SetSpeed(Speed),
    /// Time to scale, or waits collapsed.
    SetTrueScale(bool),
    /// Select a mark, or nothing.
    Select(Option<Selection>),
    /// Add an input to the text.
    AddInput(Input),
    /// Move the n-th input of the text to another time.
    MoveInput(usize, Time),
    /// Take the n-th input out of the text.
    RemoveInput(usize),
    /// Let the n-th input happen, or not.
    SetInputDisabled(usize, bool),
    /// Write down what a program does, behind everything that is written about programs.
    AddBehavior(Behavior),
    /// Replace these bytes of the text: a fix.
    Fix(Vec<Edit>),
    /// The whole text after a number in it was stepped, and the byte at which the number begins.
    Step(String, usize),
    /// The number has been let go: the next step is another change.
    EndSteps,
    /// Select the next of these marks, the first after the last.
    Cycle(Rc<[Selection]>),
    /// Write a field of the text.
    SetField(Place, Value),
    /// Replace the whole text (a fix, a field set by a control).
    SetText(String),
    /// The whole text after something was typed.
    Type(String),
    /// Replace the whole text by one from outside: pasted, dropped.
    OpenText(String),
    /// Replace the whole text by an example, by its place in the list.
    OpenExample(usize),
    /// From a text that came with a link back to one's own.
    BackToMine,
    /// Undo the last change of the text.
    Undo,
    /// Do it again.
    Redo,
    /// Put the cursor on these bytes of the text.
    GoTo(Range<usize>),
    /// Which view of the text.
    ShowPart(Part),
    /// Which detail.
    ShowDetail(Detail),
    /// Which region, where there is room for one only.
    ShowPane(Pane),
    /// Open or close what breaks things, where it is not always open.
    ToggleBreaking,
    /// Open a dialog, or close it.
    ShowDialog(Option<Dialog>),
    /// In which language.
    SetLang(Lang),
    /// Light or dark.
    SetTheme(Theme),
    /// A notice has been read.
    DismissToast,
}

/// How fast to play.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Speed {
    /// One event per beat, however far apart they are.
    #[default]
    Beat,
    /// So many seconds of the run in one second.
    Times(u16),
}

impl Speed {
    /// All of them.
    pub(crate) const ALL: [Speed; 4] = [Speed::Beat, Speed::Times(1), Speed::Times(10), Speed::Times(60)];
}

/// A detail of the playhead's moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What happens, in order.
    #[default]
    Events,
    /// The Job's status.
    Status,
    /// The whole object.
    Yaml,
}

impl Detail {
    /// All of them.
    pub(crate) const ALL: [Detail; 3] = [Detail::Events, Detail::Status, Detail::Yaml];
}

/// A region of the page, where there is room for one only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pane {
    /// The editor.
    Spec,
    /// The timeline.
    #[default]
    Run,
    /// WHY and the details.
    Why,
}

/// A dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// The link to the text.
    Share,
    /// Keys.
    Help,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}
