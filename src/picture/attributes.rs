//! What an author says about a figure, in one line: attributes of the element, as HTML writes them.

use super::svg::{Look, Theme};
use crate::texts::Lang;
use crate::time::{Span, Time};

/// What is passed on to the element as it is.
const OF_ELEMENT: [&str; 10] =
    ["theme", "load", "controls", "why", "lines", "beats", "label", "mode", "faults", "href"];

/// What was said about a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The moment of its poster.
    pub at: Option<Time>,
    /// Its language.
    pub lang: Option<Lang>,
    /// What stands below it.
    pub caption: Option<String>,
    /// Without a film: the reader's browser makes it of the text.
    pub live: bool,
    /// What the element has, in order.
    pub of_element: Vec<(String, String)>,
}

/// Why attributes cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// What begins here is no name with a value.
    Malformed(String),
    /// There is no such attribute.
    Unknown(String),
    /// The attribute has another kind of value.
    Value(&'static str, String),
}

impl Attributes {
    /// Reads a line such as `at="25s" why=full`.
    ///
    /// # Errors
    /// The first [`Mistake`].
    pub fn read(line: &str) -> Result<Attributes, Mistake> {
        let mut attributes = Attributes::default();
        let mut rest = line.trim();
        while !rest.is_empty() {
            let (name, value, behind) = first(rest).ok_or_else(|| Mistake::Malformed(rest.to_owned()))?;
            attributes.set(name, value)?;
            rest = behind.trim_start();
        }
        Ok(attributes)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Mistake> {
        let wrong = |name| Mistake::Value(name, value.to_owned());
        match name {
            "lang" => self.lang = Some(language(value).ok_or_else(|| wrong("lang"))?),
            "caption" => self.caption = Some(value.to_owned()),
            "live" if value == "true" => self.live = true,
            "live" => return Err(wrong("live")),
            "at" => match Span::parse(value) {
                Ok(span) => self.at = Some(Time::ZERO + span),
                // A poster shows times alone; the player finds the others.
                Err(_) if is_place(value) => self.of_element.push((name.to_owned(), value.to_owned())),
                Err(_) => return Err(wrong("at")),
            },
            "theme" if !["auto", "light", "dark"].contains(&value) => return Err(wrong("theme")),
            _ if OF_ELEMENT.contains(&name) => self.of_element.push((name.to_owned(), value.to_owned())),
            _ => return Err(Mistake::Unknown(name.to_owned())),
        }
        Ok(())
    }

    /// A look, as far as these attributes leave it.
    pub fn on(&self, look: Look) -> Look {
        let theme = self.of_element.iter().find(|(name, _)| name == "theme").map(|(_, value)| match value.as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        });
        Look {
            lang: self.lang.unwrap_or(look.lang),
            theme: theme.unwrap_or(look.theme),
            at: self.at.or(look.at),
            ..look
        }
    }
}

/// The first name and its value, and what stands behind them.
fn first(line: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = line.split_once('=')?;
    if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
        return None;
    }
    let quote = rest.chars().next().filter(|letter| matches!(letter, '"' | '\''));
    let (value, behind) = match quote {
        Some(quote) => rest[1..].split_once(quote)?,
        None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
    };
    let is_whole = behind.is_empty() || behind.starts_with(char::is_whitespace);
    is_whole.then_some((name, value, behind))
}

fn language(tag: &str) -> Option<Lang> {
    match tag.split('-').next() {
        Some("en") => Some(Lang::En),
        Some("zh") => Some(Lang::Zh),
        _ => None,
    }
}

/// A moment that is no time.
fn is_place(at: &str) -> bool {
    at == "end" || at.starts_with("step:") || at.starts_with("mark:")
}
