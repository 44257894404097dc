//! The words of a lesson: each language has exactly the keys of the structure, and what is short stays short.

use super::{Found, has_task, keys};
use crate::api::Name;
use crate::lessons::fault::FaultKind;
use crate::manifest::read;
use crate::order::{self, Set};
use crate::scenario::Scenario;
use crate::scenario::lesson::{Lesson, Prose};
use serde_json::Value;

/// How many letters fit: of the title, the symptom and a stop.
struct Room {
    title: usize,
    symptom: usize,
    stop: usize,
}

impl Room {
    /// A Chinese, Japanese or Korean letter says as much as two or three others.
    fn of(tag: &str) -> Room {
        match ["zh", "ja", "ko"].iter().any(|dense| tag.starts_with(dense)) {
            true => Room { title: 20, symptom: 90, stop: 70 },
            false => Room { title: 48, symptom: 200, stop: 160 },
        }
    }
}

impl Found<'_> {
    pub(super) fn prose(&mut self, lesson: &Lesson) {
        if lesson.prose.is_empty() {
            return self.say("spec.text", FaultKind::NoText);
        }
        let added = added_fields(lesson, &self.reading.scenario);
        for (lang, prose) in &lesson.prose {
            self.required(lesson, lang, prose);
            self.keyed(lesson, lang, prose);
            self.lengths(lang, prose);
            for (field, text) in [("title", &prose.title), ("symptom", &prose.symptom)] {
                let said = order::set(words(text).map(str::to_ascii_lowercase));
                if let Some(name) = added.iter().find(|field| said.contains(&field.to_ascii_lowercase())) {
                    self.say(&format!("spec.text.{lang}.{field}"), FaultKind::NamesCause { field: name.clone() });
                }
            }
        }
    }

    fn missing(&mut self, lang: &Name, path: String) {
        let place = format!("spec.text.{lang}");
        self.say(&place, FaultKind::TextMissing { lang: lang.clone(), path });
    }

    fn required(&mut self, lesson: &Lesson, lang: &Name, prose: &Prose) {
        let blank = |text: &str| text.trim().is_empty();
        let asks = lesson.ask.is_some();
        let needed = [
            ("title", blank(&prose.title)),
            ("symptom", blank(&prose.symptom)),
            ("ask", asks && prose.ask.as_deref().is_none_or(blank)),
            ("task", has_task(lesson) && prose.task.as_deref().is_none_or(blank)),
            ("takeaway", blank(&prose.takeaway)),
        ];
        for (path, is_missing) in needed {
            if is_missing {
                self.missing(lang, path.to_owned());
            }
        }
        for (key, answer) in &prose.options {
            for (part, text) in [("say", &answer.say), ("reply", &answer.reply)] {
                if blank(text) {
                    self.missing(lang, format!("options.{key}.{part}"));
                }
            }
        }
        let alone = [("ask", prose.ask.is_some() && !asks), ("task", prose.task.is_some() && !has_task(lesson))];
        for (path, is_alone) in alone {
            if is_alone {
                self.without_key(lang, path.to_owned());
            }
        }
    }

    fn without_key(&mut self, lang: &Name, path: String) {
        let place = format!("spec.text.{lang}.{path}");
        self.say(&place, FaultKind::TextWithoutKey { lang: lang.clone(), path });
    }

    fn keyed(&mut self, lesson: &Lesson, lang: &Name, prose: &Prose) {
        let options: Vec<&str> = lesson.ask.iter().flat_map(|ask| keys(&ask.options)).collect();
        let stops: Vec<&str> = lesson.stops.iter().map(|stop| &*stop.key).collect();
        let goals: Vec<&str> = lesson.goals.iter().map(|goal| &*goal.key).collect();
        let groups: [(&str, Vec<&str>, Vec<&str>); 3] = [
            ("options", options, keys(&prose.options).collect()),
            ("stops", stops, keys(&prose.stops).collect()),
            ("goal", goals, keys(&prose.goals).collect()),
        ];
        for (group, wanted, there) in groups {
            for key in wanted.iter().filter(|key| !there.contains(key)) {
                self.missing(lang, format!("{group}.{key}"));
            }
            for key in there.iter().filter(|key| !wanted.contains(key)) {
                self.without_key(lang, format!("{group}.{key}"));
            }
        }
    }

    fn lengths(&mut self, lang: &Name, prose: &Prose) {
        let room = Room::of(lang);
        let own =
            [("title".to_owned(), &prose.title, room.title), ("symptom".to_owned(), &prose.symptom, room.symptom)];
        let stops = prose.stops.iter().map(|(key, text)| (format!("stops.{key}"), text, room.stop));
        for (path, text, most) in own.into_iter().chain(stops) {
            let letters = text.chars().filter(|letter| !matches!(letter, '`' | '*')).count();
            if letters > most {
                self.say(&format!("spec.text.{lang}.{path}"), FaultKind::TextTooLong { letters, most });
            }
        }
    }
}

/// Words of a text as fields are written: letters only.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// Names of fields that the manifests of the solution have, and those of the start do not.
fn added_fields(lesson: &Lesson, start: &Scenario) -> Vec<String> {
    let Some(solution) = &lesson.solution else { return Vec::new() };
    let of = |scenario: &Scenario| {
        let mut names = Set::new();
        scenario.manifests.iter().for_each(|manifest| collect(&manifest.value, &mut names));
        names
    };
    let (before, after) = (of(start), of(&read(solution).scenario));
    after.into_items().filter(|name| !before.contains(name)).collect()
}

fn collect(value: &Value, names: &mut Set<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| {
            names.insert(name.clone());
            collect(value, names);
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}
