//! Words about what is kept of the user's texts: notices, and the History.

/// Words about keeping.
#[allow(missing_docs)]
pub struct KeepingWords {
    /// A text came with a link.
    pub guest: &'static str,
    /// It did, and was changed here.
    pub guest_edited: &'static str,
    /// Behind either: there is a text of one's own, too.
    pub own_is_kept: &'static str,
    /// The text as it came with its link.
    pub as_it_came: &'static str,
    /// Back to one's own text.
    pub back_to_mine: &'static str,

    /// Another tab changed the same text.
    pub offer: &'static str,
    /// Opens the other tab's text.
    pub take_offer: &'static str,
    /// Goes on with this one.
    pub decline_offer: &'static str,

    /// The open text is not kept, and why.
    pub text_not_kept: fn(&str) -> String,
    /// The text that this one took the place of is not kept, and why.
    pub past_not_kept: fn(&str) -> String,
    /// What was kept before cannot be read, and why.
    pub before_not_read: fn(&str) -> String,
    /// The store was emptied while the page was open.
    pub cleared: &'static str,
    /// Why: the page may not use the browser's storage.
    pub denied: &'static str,
    /// Why: it is full.
    pub full: &'static str,
    /// Why: it throws.
    pub broken: &'static str,
    /// Saves the open text as a file.
    pub download: &'static str,

    pub history: &'static str,
    /// What is kept there: so many texts.
    pub history_about: fn(usize) -> String,
    /// Of texts that came with links so many are kept.
    pub links_about: fn(usize) -> String,
    /// Nothing is there.
    pub no_history: &'static str,
    /// It cannot be read.
    pub history_not_read: fn(&str) -> String,
    /// Size of a text.
    pub lines: fn(usize) -> String,
    /// Removes a text of this name.
    pub remove: fn(&str) -> String,
    /// Saves all texts as one file.
    pub export: &'static str,
}
