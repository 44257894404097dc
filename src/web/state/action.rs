//! What a person can do, as data: every component reports one of these to the app, which alone changes state.

use super::console::action::ConsoleAction;
use super::lesson::LearnAction;
use super::look::Look;
use super::panes::Panes;
use super::part::Tab;
use super::preferences::{Speed, Theme, Voice};
use crate::cluster::behavior::Behavior;
use crate::cluster::input::Input;
use crate::cluster::reason::NoEffect;
use crate::explain::Selection;
use crate::manifest::Place;
use crate::manifest::edit::{ClusterChange, Edit};
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::nodes::RowsBy;
use crate::timeline::sorted::RowOrder;
use serde_json::Value;
use std::ops::Range;
use std::rc::Rc;

/// Something a person did.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// Move the playhead.
    Seek(Time),
    /// Move the playhead by that many events; back, if negative.
    StepBy(i32),
    /// Move the playhead to this many tenths of the run.
    SeekTenth(u8),
    /// Play, or pause.
    TogglePlay,
    SetSpeed(Speed),
    /// Time to scale instead of waits collapsed.
    SetTrueScale(bool),
    SetOrder(RowOrder),
    SetRows(RowsBy),
    /// Show something else of the pods, or show them otherwise.
    Look(Look),
    /// Select a mark, or nothing.
    Select(Option<Selection>),
    /// Select what something has come to at the playhead, which stays where it is.
    Pick(Selection),
    /// Add an input to the text.
    AddInput(Input),
    /// Add an input at the nearest moment to one at which it is not possible, for this reason.
    AddNearest(Input, NoEffect),
    /// Hold the n-th input of the text at another time. The text changes when it is let go.
    DragInput(usize, Time),
    /// Let go of the input that is held.
    LetGo,
    /// Put the input that is held back to where it was.
    CancelDrag,
    /// Take the n-th input out of the text.
    RemoveInput(usize),
    /// Keep the n-th input from happening, or let it happen again.
    SetInputDisabled(usize, bool),
    /// Write down what a program does, behind all other behaviors.
    AddBehavior(Behavior),
    /// Replace these bytes of the text: a fix.
    Fix(Vec<Edit>),
    /// The whole text after a number in it was stepped.
    StepNumber {
        text: String,
        /// The byte at which the number begins.
        number: usize,
    },
    /// The number was let go: its next step is a change of its own.
    EndSteps,
    /// Select the next of these marks; after the last one, the first.
    Cycle(Rc<[Selection]>),
    /// Make the last change of the text at the playhead instead of at the start.
    Apply,
    /// The last change is meant from the start.
    DeclineApply,
    /// Write these fields of the text.
    SetFields(Vec<(Place, Value)>),
    /// Change the cluster of the Scenario.
    ChangeCluster(ClusterChange),
    /// Step a number of the cluster; its steps are one change until [`Action::EndSteps`].
    StepCluster(ClusterChange),
    /// Replace the whole text by a change of it.
    SetText(String),
    /// The whole text after a key was typed.
    Type(String),
    /// Replace the whole text by one from outside: pasted, dropped.
    OpenText(String),
    /// Ask once more for the rules of the time zones, which could not be fetched.
    FetchTimeZones,
    /// Fetch what is missing of the page.
    FetchChunks,
    /// Replace the whole text by an example, by its place in the list.
    OpenExample(usize),
    /// Replace the whole text by a past one, by its time.
    OpenPast(u64),
    /// Remove a past text, by its time.
    RemovePast(u64),
    /// Save the open text and all past ones as one file.
    ExportPastTexts,
    /// Put the open text into the clipboard.
    Copy,
    /// Save the open text as a file.
    Download,
    /// Undo all changes of a text that came with a link.
    AsItCame,
    /// Open the text that another tab keeps in the place of this one.
    TakeOffer,
    /// Leave it there, and keep this one beside it.
    DeclineOffer,
    DismissNotKept,
    /// No more about whose text is open.
    DismissGuest,
    /// Leave a text that came with a link, for one's own.
    BackToMine,
    Undo,
    Redo,
    /// Select these bytes in the text box.
    GoTo(Range<usize>),
    ShowTab(Tab),
    ShowDetail(Detail),
    /// Show this region, where there is room for one only.
    ShowPane(Pane),
    /// Open or close the tray of faults, where it is not always open.
    ToggleBreaking,
    /// Open a dialog, or close it.
    ShowDialog(Option<Dialog>),
    SetLang(Lang),
    SetTheme(Theme),
    /// Whether single keys act also where nothing has the focus that takes them.
    SetFreeKeys(bool),
    /// Choose what a screen reader is told after a step.
    SetVoice(Voice),
    /// Move an edge between two regions, fold the spec or unfold it.
    SetPanes(Panes),
    DismissToast,
    /// Show what has been recorded until now.
    StopRecording,
    /// Record once more what was stopped.
    RecordAgain,
    /// Something in a lesson.
    Learn(LearnAction),
    /// Something in the console.
    Console(ConsoleAction),
}

impl Action {
    /// Whether it changes the text that is open.
    pub(super) fn changes_text(&self) -> bool {
        matches!(
            self,
            Action::SetText(_)
                | Action::Type(_)
                | Action::StepNumber { .. }
                | Action::Undo
                | Action::Redo
                | Action::Apply
                | Action::Fix(_)
                | Action::AddBehavior(_)
                | Action::SetFields(_)
                | Action::ChangeCluster(_)
                | Action::StepCluster(_)
                | Action::AddInput(_)
                | Action::AddNearest(..)
                | Action::DragInput(..)
                | Action::RemoveInput(_)
                | Action::SetInputDisabled(..)
        )
    }

    /// Whether it puts another text in the place of the one that is open.
    pub(super) fn opens_text(&self) -> bool {
        matches!(self, Action::OpenText(_) | Action::OpenExample(_) | Action::OpenPast(_))
    }

    /// Adds an input; `instead`: why it comes at this time and not when it was asked for.
    pub(crate) fn add(input: Input, instead: Option<NoEffect>) -> Action {
        match instead {
            Some(why) => Action::AddNearest(input, why),
            None => Action::AddInput(input),
        }
    }
}

/// A view of what there is at the playhead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What happens, in order.
    #[default]
    Events,
    /// The Job's status.
    Status,
    /// The whole object.
    Yaml,
    /// kubectl, at this moment.
    Console,
}

impl Detail {
    pub(crate) const ALL: [Detail; 4] = [Detail::Events, Detail::Status, Detail::Yaml, Detail::Console];
}

/// A region of the page, where there is room for one only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pane {
    Spec,
    /// The timeline.
    #[default]
    Run,
    /// WHY and the details.
    Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// The link to the text.
    Share,
    /// Past texts of one's own.
    History,
    /// The list of keys.
    Help,
    /// What is simulated and what is not.
    About,
    /// The lessons, and how far one came.
    Learn,
}
