//! Words of what stands outside of the program: the page until it runs, and the pages about examples.

/// Words outside of the program.
#[allow(missing_docs)]
pub struct OutsideWords {
    /// What this language calls itself.
    pub own_name: &'static str,
    /// What is awaited while the film of an example is shown.
    pub starting: &'static str,
    /// What is done while a text of the reader's, or that of a link, is to be opened.
    pub opens_own: &'static str,
    pub opens_link: &'static str,
    /// Above the text of an example.
    pub text: &'static str,
    /// Above all examples.
    pub all_examples: &'static str,
    /// What somebody can do with one of them.
    pub try_it: &'static str,
}
