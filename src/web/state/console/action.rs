//! What a person can do with the console, as data.

/// What is done with the console.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ConsoleAction {
    /// Show it, and let it take the focus.
    Open,
    /// Run a line, or several.
    Run(String),
    /// Give up what is still to run, and end what follows the playhead.
    Stop,
    Clear,
    /// Put all that is in it into the clipboard.
    Copy,
}
