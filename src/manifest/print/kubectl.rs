//! `kubectl get -o yaml`: go-yaml's layout (keys sorted, lists at their key's column, `|` for texts of several lines)
//! and its choice of quotes, through an emitter of the same descent.

use crate::manifest::yaml::Scalar;
use libyaml_safer::{Emitter, Encoding, Event, MappingStyle, ScalarStyle, SequenceStyle};
use serde_json::Value;

/// A value as kubectl prints it, with a line break at its end.
pub fn yaml(value: &Value) -> String {
    let mut bytes = Vec::new();
    let mut emitter = Emitter::new();
    emitter.set_output_string(&mut bytes);
    emitter.set_unicode(true);
    let mut events = vec![Event::stream_start(Encoding::Utf8), Event::document_start(None, &[], true)];
    collect(value, &mut events);
    events.extend([Event::document_end(true), Event::stream_end()]);
    let done = events.into_iter().try_for_each(|event| emitter.emit(event)).and_then(|()| emitter.flush());
    drop(emitter);
    // The emitter fails only on events in a wrong order and on errors of the writer.
    assert!(done.is_ok(), "a value is a valid sequence of events");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn collect(value: &Value, events: &mut Vec<Event>) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            events.push(Event::scalar(None, None, &value.to_string(), true, true, ScalarStyle::Plain));
        }
        Value::String(text) => events.push(text_event(text)),
        Value::Array(items) => {
            events.push(Event::sequence_start(None, None, true, SequenceStyle::Block));
            items.iter().for_each(|item| collect(item, events));
            events.push(Event::sequence_end());
        }
        Value::Object(map) => {
            events.push(Event::mapping_start(None, None, true, MappingStyle::Block));
            for (name, value) in map {
                events.push(text_event(name));
                collect(value, events);
            }
            events.push(Event::mapping_end());
        }
    }
}

/// The style that go-yaml chooses: `|` for several lines, plain if it reads back as a text, else double quotes. The
/// emitter replaces plain by single quotes where the characters need them.
fn text_event(text: &str) -> Event {
    let style = if text.contains('\n') {
        ScalarStyle::Literal
    } else if matches!(Scalar::plain(text), Scalar::Text(_)) && !is_base_60(text) && !is_timestamp(text) && text != "<<"
    {
        ScalarStyle::Plain
    } else {
        ScalarStyle::DoubleQuoted
    };
    Event::scalar(None, None, text, true, true, style)
}

/// `10:30`: a number in YAML 1.1. go-yaml does not read it as one, but quotes it.
fn is_base_60(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let parts: Vec<&str> = unsigned.split(':').collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    parts.len() > 1
        && parts[0].starts_with(|c: char| c.is_ascii_digit())
        && digits(parts[0])
        && parts[1..].iter().enumerate().all(|(place, part)| {
            let is_last = place + 2 == parts.len();
            let (whole, fraction) = part.split_once('.').filter(|_| is_last).unwrap_or((part, ""));
            (fraction.is_empty() || digits(fraction)) && digits(whole) && whole.len() <= 2 && whole < "60"
        })
}

/// `2000-01-01`, alone or with a time behind it: a timestamp to go-yaml.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |length: usize, from: usize| {
        bytes.get(from..from + length).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let is_date =
        digits(4, 0) && bytes.get(4) == Some(&b'-') && digits(2, 5) && bytes.get(7) == Some(&b'-') && digits(2, 8);
    is_date && matches!(bytes.get(10), None | Some(b'T' | b't' | b' '))
}
