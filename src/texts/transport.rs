//! Words for going through a run, in the page and in a player.

/// Buttons, and where one is.
#[allow(missing_docs)]
pub struct TransportWords {
    /// To the previous event.
    pub previous: &'static str,
    /// To the next event.
    pub next: &'static str,
    pub play: &'static str,
    pub pause: &'static str,
    /// Before the number of the step, between number and count, behind it.
    pub step: [&'static str; 3],
}
