//! What a change of the state asks of the world outside it, as data: the app carries it out.

/// Something to be done outside the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Store the text where texts of its [`Slot`](super::Slot) are kept.
    KeepText,
    /// Record the text, instead of whatever is being recorded.
    Record,
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
}
