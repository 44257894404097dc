//! Words: the only place that speaks a language. A topic is a struct of words, a language fills it in with a constant,
//! so a missing sentence does not compile. [`Language`] is the list of the topics, [`Lang`] that of the languages.
//! Only the paragraphs about fields live elsewhere, in `static/help.<lang>.txt`: [`help`] says why, and a test keeps
//! them complete.

pub mod advice;
pub mod cluster;
pub mod diagnostics;
pub mod editor;
mod en;
pub mod explain;
pub mod format;
pub mod help;
pub mod in_words;
pub mod keeping;
pub mod keys;
pub mod kubectl;
pub mod page;
pub mod picture;
pub mod reason;
pub mod sentence;
pub mod timeline;
mod zh;

use advice::AdviceWords;
use cluster::ClusterWords;
use diagnostics::DiagnosticWords;
use editor::EditorWords;
use explain::ExplainWords;
use format::FormatWords;
use help::FieldWords;
use in_words::InWords;
use keeping::KeepingWords;
use kubectl::KubectlWords;
use page::PageWords;
use picture::PictureWords;
use reason::ReasonWords;
use timeline::TimelineWords;

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

/// All words of one language.
struct Language {
    /// Its BCP 47 tag.
    tag: &'static str,
    /// The file with its paragraphs about fields, next to the page.
    help_file: &'static str,
    advice: &'static AdviceWords,
    cluster: &'static ClusterWords,
    diagnostics: &'static DiagnosticWords,
    editor: &'static EditorWords,
    explain: &'static ExplainWords,
    fields: &'static FieldWords,
    format: &'static FormatWords,
    in_words: &'static InWords,
    keeping: &'static KeepingWords,
    kubectl: &'static KubectlWords,
    page: &'static PageWords,
    picture: &'static PictureWords,
    reason: &'static ReasonWords,
    timeline: &'static TimelineWords,
}

impl Lang {
    /// All languages.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The language of a BCP 47 tag: `zh`, `zh-Hant-TW`. English, if it is none of ours.
    pub fn of(tag: &str) -> Lang {
        if tag.starts_with("zh") { Lang::Zh } else { Lang::En }
    }

    fn language(self) -> &'static Language {
        match self {
            Lang::En => &en::ENGLISH,
            Lang::Zh => &zh::CHINESE,
        }
    }
}

#[allow(missing_docs)]
impl Lang {
    /// The value of `lang` in the page and in its address: a BCP 47 tag.
    pub fn tag(self) -> &'static str {
        self.language().tag
    }

    /// The file with this language's paragraphs about fields, next to the page.
    pub fn help_file(self) -> &'static str {
        self.language().help_file
    }

    pub fn advice(self) -> &'static AdviceWords {
        self.language().advice
    }

    pub fn cluster(self) -> &'static ClusterWords {
        self.language().cluster
    }

    pub fn diagnostics(self) -> &'static DiagnosticWords {
        self.language().diagnostics
    }

    pub fn editor(self) -> &'static EditorWords {
        self.language().editor
    }

    pub fn explain(self) -> &'static ExplainWords {
        self.language().explain
    }

    pub fn fields(self) -> &'static FieldWords {
        self.language().fields
    }

    pub fn format(self) -> &'static FormatWords {
        self.language().format
    }

    pub fn in_words(self) -> &'static InWords {
        self.language().in_words
    }

    pub fn keeping(self) -> &'static KeepingWords {
        self.language().keeping
    }

    pub fn kubectl(self) -> &'static KubectlWords {
        self.language().kubectl
    }

    pub fn page(self) -> &'static PageWords {
        self.language().page
    }

    pub fn picture(self) -> &'static PictureWords {
        self.language().picture
    }

    pub fn reason(self) -> &'static ReasonWords {
        self.language().reason
    }

    pub fn timeline(self) -> &'static TimelineWords {
        self.language().timeline
    }
}
