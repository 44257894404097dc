//! Words: the only place that speaks a language. A topic is a struct of words, a language fills it in with a constant,
//! so a missing sentence does not compile. `topics!` is the list of the topics, [`Lang`] that of the languages.
//! Only the paragraphs about fields live elsewhere, in `static/help.<lang>.txt`: [`help`] says why, and a test keeps
//! them complete.

pub mod advice;
pub mod cluster;
pub mod console;
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
pub mod learn;
pub mod lessons;
pub mod outside;
pub mod page;
pub mod picture;
pub mod reason;
pub mod sentence;
pub mod share;
pub mod timeline;
pub mod transport;
pub mod workshop;
mod zh;

#[cfg(feature = "chunks")]
use crate::late::Late;
use advice::AdviceWords;
use cluster::ClusterWords;
use console::ConsoleWords;
use diagnostics::DiagnosticWords;
use editor::EditorWords;
use explain::ExplainWords;
use format::FormatWords;
use help::FieldWords;
use in_words::InWords;
use keeping::KeepingWords;
use kubectl::KubectlWords;
use learn::LearnWords;
use lessons::{BuiltInLessonWords, LessonFaultWords, LessonWords};
use outside::OutsideWords;
use page::{ExampleGroup, PageWords};
use picture::PictureWords;
use reason::ReasonWords;
use share::ShareWords;
use timeline::TimelineWords;
use transport::TransportWords;
use workshop::WorkshopWords;

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

    /// The language of a BCP 47 tag: `zh`, `zh-Hant-TW`. English, if it is none of ours.
    pub fn of(tag: &str) -> Lang {
        if tag.starts_with("zh") { Lang::Zh } else { Lang::En }
    }
}

impl Lang {
    /// The value of `lang` in the page and in its address: a BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        }
    }

    /// What it is called in itself.
    pub fn name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Zh => "中文",
        }
    }

    /// The first part of its tag, by which a text names its blocks: `en`, `zh`.
    pub fn primary_tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    /// The file with the built-in lessons in this language, next to the page.
    pub fn lessons_file(self) -> &'static str {
        match self {
            Lang::En => "lessons.en.txt",
            Lang::Zh => "lessons.zh.txt",
        }
    }

    /// The file with this language's paragraphs about fields, next to the page.
    pub fn help_file(self) -> &'static str {
        match self {
            Lang::En => "help.en.txt",
            Lang::Zh => "help.zh.txt",
        }
    }
}

/// The topics. In a program of one piece each is looked up by itself, so that it holds only the words that it says. In the
/// page's chunks a language is one table, which comes as a whole.
macro_rules! topics {
    ($($topic:ident: $words:ty = $file:ident::$constant:ident;)*) => {
        #[cfg(not(feature = "chunks"))]
        #[allow(missing_docs)]
        impl Lang {
            $(pub fn $topic(self) -> &'static $words {
                match self {
                    Lang::En => &en::$file::$constant,
                    Lang::Zh => &zh::$file::$constant,
                }
            })*
        }

        /// All words of a language.
        #[cfg(feature = "chunks")]
        #[allow(missing_debug_implementations)]
        pub struct Words {
            $($topic: &'static $words,)*
        }

        /// The words of English.
        #[cfg(feature = "chunks")]
        pub static EN: Words = Words { $($topic: &en::$file::$constant,)* };

        /// The words of Chinese.
        #[cfg(feature = "chunks")]
        pub static ZH: Words = Words { $($topic: &zh::$file::$constant,)* };

        #[cfg(feature = "chunks")]
        #[allow(missing_docs)]
        impl Lang {
            $(pub fn $topic(self) -> &'static $words {
                self.words().$topic
            })*
        }
    };
}

/// The words that are there, by language.
#[cfg(feature = "chunks")]
static HERE: [Late<Words>; 2] = [Late::new(&EN), Late::new(&ZH)];

#[cfg(feature = "chunks")]
impl Lang {
    /// The chunk of this language is there.
    pub fn bring(self, words: &'static Words) {
        HERE[self as usize].bring(words);
    }

    /// The words of this language; of another one until they are there. The page shows nothing before it has some.
    fn words(self) -> &'static Words {
        let all = [&HERE[self as usize]].into_iter().chain(&HERE);
        all.filter_map(Late::get).next().expect("a page has words before it says any")
    }
}

/// What the examples are about, in all languages: whoever looks for one may use the words of any, whether the others of that
/// language are there or not.
static EXAMPLES: [&[ExampleGroup]; Lang::ALL.len()] = [&en::examples::EXAMPLES, &zh::examples::EXAMPLES];

impl Lang {
    /// Whether its words are there.
    pub fn is_there(self) -> bool {
        #[cfg(feature = "chunks")]
        return HERE[self as usize].get().is_some();
        #[cfg(not(feature = "chunks"))]
        true
    }
}

topics! {
    advice: AdviceWords = advice::ADVICE;
    built_in_lessons: BuiltInLessonWords = lessons::BUILT_IN_LESSONS;
    cluster: ClusterWords = cluster::CLUSTER;
    console: ConsoleWords = console::CONSOLE;
    diagnostics: DiagnosticWords = diagnostics::DIAGNOSTICS;
    editor: EditorWords = editor::EDITOR;
    explain: ExplainWords = explain::EXPLAIN;
    fields: FieldWords = help::FIELDS;
    format: FormatWords = format::FORMAT;
    in_words: InWords = in_words::IN_WORDS;
    keeping: KeepingWords = keeping::KEEPING;
    kubectl: KubectlWords = kubectl::KUBECTL;
    learn: LearnWords = learn::LEARN;
    lesson_faults: LessonFaultWords = lessons::LESSON_FAULTS;
    lessons: LessonWords = lessons::LESSONS;
    outside: OutsideWords = outside::OUTSIDE;
    page: PageWords = page::PAGE;
    picture: PictureWords = picture::PICTURE;
    reason: ReasonWords = reason::REASON;
    share: ShareWords = share::SHARE;
    timeline: TimelineWords = timeline::TIMELINE;
    transport: TransportWords = transport::TRANSPORT;
    workshop: WorkshopWords = workshop::WORKSHOP;
}
