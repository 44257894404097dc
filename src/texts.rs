//! Words: the only place that speaks a language. A topic is a struct of words with one constant per language, so a
//! missing sentence does not compile. Only the paragraphs about fields live elsewhere, in `static/help.<lang>.txt`:
//! [`help`] says why, and a test keeps them complete.

pub mod advice;
pub mod diagnostics;
pub mod editor;
mod en;
pub mod explain;
pub mod format;
pub mod help;
pub mod in_words;
pub mod kubectl;
pub mod page;
pub mod reason;
pub mod sentence;
pub mod timeline;
mod zh;

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// All languages.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The value of `lang` in the page and in the address.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        }
    }
}
