//! The event recorder of client-go: counts equal events up, combines similar ones, and lets through a burst of 25
//! per object (C16). One process, one recorder: a restart of the controllers makes it forget.

use super::reason::Reason;
use crate::api::{Event, EventType, Message, ObjectKey};
use crate::order::Map;
use crate::time::{Span, Time};

/// From the 10th distinct message on, similar events are combined (C16.3).
const COMBINE_FROM: usize = 10;
/// … if they are not further apart than this.
const COMBINE_WITHIN: Span = Span::from_seconds(600);
/// Tokens of the spam filter (C16.4).
const BURST: i64 = 25;
/// One token comes back after this many milliseconds.
const REFILL_MILLIS: i64 = 300_000;

/// What makes events similar.
type Kind = (ObjectKey, EventType, &'static str);

/// The memory of the event recorder.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventRecorder {
    kinds: Map<Kind, Known>,
    buckets: Map<(ObjectKey, EventType), Bucket>,
    /// How many Event objects were made; not the recorder's memory, but the names it has given away.
    series: u32,
}

/// What was sent of one kind.
#[derive(Clone, Debug, Default)]
struct Known {
    similar: Option<Similar>,
    /// Single events by message: a Job that makes pods for months has very many.
    single: Map<Message, Log>,
    combined: Option<Log>,
}

#[derive(Clone, Debug)]
struct Similar {
    messages: Vec<Message>,
    last: Time,
}

#[derive(Clone, Copy, Debug)]
struct Log {
    series: u32,
    count: u32,
    first: Time,
}

/// A token bucket in units of 1/300000 token, so that a millisecond refills one unit.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    units: i64,
    at: Time,
}

impl EventRecorder {
    /// A new process: what is sent from now on is a new Event object.
    pub(crate) fn forget(&mut self) {
        *self = EventRecorder { series: self.series, ..EventRecorder::default() };
    }

    /// What the API server receives for this event; the reason, if it receives nothing.
    ///
    /// Upstream: events_cache.go EventCorrelate.
    pub(crate) fn record(
        &mut self,
        now: Time,
        object: ObjectKey,
        event_type: EventType,
        reason: &'static str,
        message: Message,
    ) -> Result<Event, Reason> {
        let kind = (object, event_type, reason);
        let combined = self.is_one_too_many(kind, &message, now);
        let log = if combined { self.count_combined(kind, now) } else { self.count_single(kind, &message, now) };
        if !self.has_token(object, event_type, now) {
            return Err(Reason::EventDropped { reason });
        }
        let Log { series, count, first } = log;
        Ok(Event { series, object, event_type, reason, message, combined, count, first, last: now.truncated() })
    }

    fn is_one_too_many(&mut self, kind: Kind, message: &Message, now: Time) -> bool {
        let similar = self
            .kinds
            .get_or_insert_with(kind, Default::default)
            .similar
            .get_or_insert(Similar { messages: Vec::new(), last: now });
        if now - similar.last > COMBINE_WITHIN {
            similar.messages.clear();
        }
        similar.last = now;
        if !similar.messages.contains(message) {
            similar.messages.push(message.clone());
        }
        if similar.messages.len() < COMBINE_FROM {
            return false;
        }
        // Upstream takes any message out of its set; here it is the newest.
        similar.messages.pop();
        true
    }

    fn count_single(&mut self, kind: Kind, message: &Message, now: Time) -> Log {
        let next = self.series + 1;
        let single = &mut self.kinds.get_or_insert_with(kind, Default::default).single;
        let log = single.get_or_insert_with(message.clone(), || Log { series: next, count: 0, first: now.truncated() });
        log.count += 1;
        self.series = self.series.max(log.series);
        *log
    }

    fn count_combined(&mut self, kind: Kind, now: Time) -> Log {
        let next = self.series + 1;
        let combined = &mut self.kinds.get_or_insert_with(kind, Default::default).combined;
        let log = combined.get_or_insert(Log { series: next, count: 0, first: now.truncated() });
        log.count += 1;
        self.series = self.series.max(log.series);
        *log
    }

    fn has_token(&mut self, object: ObjectKey, event_type: EventType, now: Time) -> bool {
        let full = BURST * REFILL_MILLIS;
        let bucket = self.buckets.get_or_insert_with((object, event_type), || Bucket { units: full, at: now });
        bucket.units = (bucket.units + (now - bucket.at).millis()).min(full);
        bucket.at = now;
        if bucket.units < REFILL_MILLIS {
            return false;
        }
        bucket.units -= REFILL_MILLIS;
        true
    }
}
