//! What a change of the state asks of the world outside it, as data: the app carries it out.

use super::action::Action;
use crate::texts::Lang;
use std::rc::Rc;

/// Something to be done outside the state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Effect {
    /// Keep the text at its place.
    KeepText,
    /// Keep a text that another one takes the place of.
    KeepPast {
        name: String,
        text: Rc<str>,
    },
    ReadPastTexts,
    /// Remove the past text of this time.
    RemovePast(u64),
    /// Save the open text and all past ones as one file.
    ExportPastTexts,
    /// The stage takes the focus: what had it is gone.
    FocusStage,
    /// Put the open text into the clipboard.
    Copy,
    /// Save the open text as a file.
    Download,
    /// Record the text, instead of whatever is being recorded.
    Record,
    /// Fetch what is missing of the page.
    FetchChunks,
    /// Fetch the words of a language, which is then the page's.
    FetchWords(Lang),
    /// Record the text once more, although its run is shown.
    RecordAgain,
    /// End the recording that is being made where it is.
    StopRecording,
    /// Look through the run for what decided it, after a pause in typing.
    LookThrough,
    /// A notice has appeared: take it away after a while.
    TimeToast,
    /// The old future is shown: take it away after a while.
    TimeGhost,
    /// Store language, theme and speed.
    KeepPreferences,
    /// Let the document have the language and the theme.
    ShowPreferences,
    /// Take the fragment out of the address.
    LeaveFragment,
    /// Open the text that the address names.
    FollowFragment,
    /// Put this fragment into the address, which then is followed.
    GoToFragment(String),
    /// Do this once what is before it is done.
    Then(Box<Action>),
    /// Fetch the lessons, unless they are here.
    FetchLessons,
    /// The card of the lesson takes the focus.
    FocusCard,
    /// Fetch what the console needs, and the lines of earlier visits, unless they are here.
    OpenConsole,
    /// The prompt of the console takes the focus.
    FocusConsole,
    /// The next command of the console runs, once the run is the text's.
    RunConsole,
    /// Keep the lines that were typed.
    KeepConsole,
    CopyConsole,
    /// Fetch what there is to say about fields, for the console.
    FetchHelp(Lang),
    KeepProgress,
    /// Put the results of lessons into the clipboard.
    CopyResults,
    /// Keep the lessons that were handed out.
    KeepHanded,
    ForgetProgress,
    /// Save the progress as a file.
    SaveProgress,
}
