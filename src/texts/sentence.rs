//! Sentences in parts, so that the page can set numbers in bold and fields as chips without knowing the language.

use crate::api::ObjectKey;
use crate::explain::{Origin, Setting};

/// [`fill`] with arguments of any kind.
macro_rules! say {
    ($template:expr $(, $arg:expr)* $(,)?) => {
        $crate::texts::sentence::fill($template, [$($crate::texts::sentence::Arg::from($arg)),*])
    };
}
pub(super) use say;

/// A piece of a sentence.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    Text(String),
    /// Words in bold: what matters most.
    Strong(String),
    /// A field of a spec with its value, and its origin.
    Field(String, Option<Origin>),
    /// The name of an object.
    Object(String, ObjectKey),
    /// Words of Kubernetes, which stay as they are in every language.
    Code(String),
}

impl Phrase {
    /// Its words.
    pub fn words(&self) -> &str {
        match self {
            Phrase::Text(words) | Phrase::Strong(words) | Phrase::Field(words, _) | Phrase::Object(words, _) => words,
            Phrase::Code(words) => words,
        }
    }

    fn words_mut(&mut self) -> &mut String {
        match self {
            Phrase::Text(words) | Phrase::Strong(words) | Phrase::Field(words, _) | Phrase::Object(words, _) => words,
            Phrase::Code(words) => words,
        }
    }
}

/// A letter or a mark of Chinese, which stands beside others of its kind without a space.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Words without the spaces between two letters of Chinese, as [`Sentence`] joins them.
pub(super) fn joined(words: &str) -> String {
    let mut sentence = Sentence::default();
    words.split_inclusive(' ').for_each(|word| sentence.push(Phrase::Text(word.to_owned())));
    sentence.plain()
}

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(pub Vec<Phrase>);

impl Sentence {
    /// Plain words.
    pub(super) fn words(words: &str) -> Sentence {
        Sentence(vec![Phrase::Text(words.to_owned())])
    }

    /// As one string, for tables and for screen readers.
    pub fn plain(&self) -> String {
        self.0.iter().map(Phrase::words).collect()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|part| part.words().is_empty())
    }

    /// Appends a sentence, with `between` in between.
    pub(super) fn and(mut self, between: &str, other: Sentence) -> Sentence {
        self.push(Phrase::Text(between.to_owned()));
        other.0.into_iter().for_each(|part| self.push(part));
        self
    }

    /// Appends a piece; two of plain words become one. Chinese sets no space between its own letters: a template has one
    /// where a name may be Latin.
    fn push(&mut self, mut part: Phrase) {
        if part.words().is_empty() {
            return;
        }
        if let Some(before) = self.0.last_mut() {
            let mut letters = part.words().chars();
            let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
            if is_wide(first) && before.words().strip_suffix(' ').is_some_and(|words| words.ends_with(is_wide)) {
                before.words_mut().pop();
            } else if first == ' ' && is_wide(second) && before.words().ends_with(is_wide) {
                part.words_mut().remove(0);
            }
        }
        match (self.0.last_mut(), &part) {
            (Some(Phrase::Text(before)), Phrase::Text(words))
            | (Some(Phrase::Strong(before)), Phrase::Strong(words)) => before.push_str(words),
            _ => self.0.push(part),
        }
    }

    /// With a capital first letter, where the language has capitals.
    pub(super) fn capitalized(mut self) -> Sentence {
        let first = match self.0.first_mut() {
            Some(Phrase::Text(words) | Phrase::Strong(words) | Phrase::Object(words, _)) => words,
            Some(Phrase::Field(..) | Phrase::Code(_)) | None => return self,
        };
        *first = capitalized(first);
        self
    }
}

/// With a capital letter in front, as words begin a sentence. A name such as `node-1` stays as it is.
pub fn capitalized(words: &str) -> String {
    let is_name = words
        .split([' ', super::format::NO_BREAK])
        .next()
        .is_some_and(|word| word.contains(|letter: char| letter.is_ascii_digit()));
    let mut letters = words.chars();
    match letters.next() {
        Some(letter) if !is_name => letter.to_uppercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// The value for a `{}` of a template.
pub(super) enum Arg {
    Words(String),
    Phrase(Phrase),
    Sentence(Sentence),
}

impl Arg {
    /// A field between two words.
    pub(super) fn bracketed(before: &str, setting: &Setting, after: &str) -> Arg {
        Arg::Sentence(say!("{}{}{}", before, setting, after))
    }
}

impl From<Sentence> for Arg {
    fn from(sentence: Sentence) -> Arg {
        Arg::Sentence(sentence)
    }
}

impl From<String> for Arg {
    fn from(words: String) -> Arg {
        Arg::Words(words)
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Arg {
        Arg::Words(words.to_owned())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Arg {
        Arg::Words(super::format::count(number))
    }
}

impl From<Phrase> for Arg {
    fn from(part: Phrase) -> Arg {
        Arg::Phrase(part)
    }
}

impl From<&Setting> for Arg {
    fn from(setting: &Setting) -> Arg {
        Arg::Phrase(Phrase::Field(setting.chip(), setting.origin))
    }
}

/// Words of Kubernetes.
pub(super) fn code(words: impl Into<String>) -> Arg {
    Arg::Phrase(Phrase::Code(words.into()))
}

/// Fills a template: `{}` takes the next argument, what stands between two `*` is strong.
pub(super) fn fill<const N: usize>(template: &str, args: [Arg; N]) -> Sentence {
    let mut args = args.into_iter();
    let mut sentence = Sentence::default();
    let mut push = |part: Phrase| sentence.push(part);
    for (position, run) in template.split('*').enumerate() {
        let word = |words: String| if position % 2 == 1 { Phrase::Strong(words) } else { Phrase::Text(words) };
        for (number, piece) in run.split("{}").enumerate() {
            if number > 0 {
                match args.next() {
                    Some(Arg::Words(words)) => push(word(words)),
                    Some(Arg::Phrase(Phrase::Text(words) | Phrase::Strong(words))) => push(word(words)),
                    Some(Arg::Phrase(part)) => push(part),
                    Some(Arg::Sentence(sentence)) => sentence.0.into_iter().for_each(&mut push),
                    None => debug_assert!(false, "no argument left for: {template}"),
                }
            }
            push(word(piece.to_owned()));
        }
    }
    debug_assert!(args.next().is_none(), "an argument too many for: {template}");
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_becomes_parts() {
        let sentence = say!("waits *{} first*: see {}.", "20 s", code("Failed"));
        let parts = [
            Phrase::Text("waits ".into()),
            Phrase::Strong("20 s first".into()),
            Phrase::Text(": see ".into()),
            Phrase::Code("Failed".into()),
            Phrase::Text(".".into()),
        ];
        assert_eq!(sentence.0, parts);
        assert_eq!(sentence.clone().capitalized().plain(), "Waits 20 s first: see Failed.");
        assert_eq!(say!("a {} b", "a * and {}").plain(), "a a * and {} b");
    }

    #[test]
    fn letters_of_chinese_stand_beside_each_other() {
        for (named, expected) in [("Pod 8", "之后是 Pod 8 的日志"), ("索引 4 的 Pod 8", "之后是索引 4 的 Pod 8 的日志")]
        {
            assert_eq!(say!("之后是 {} 的日志", named).plain(), expected);
            assert_eq!(joined(&format!("之后是 {named} 的日志")), expected);
        }
        assert_eq!(say!("*{}* 失败", "它").plain(), "它失败");
        assert_eq!(say!("*{}* 失败", "Pod").plain(), "Pod 失败");
    }
}
