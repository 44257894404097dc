//! The event recorder of client-go: counts equal events up, combines similar ones, and lets through a burst of 25
//! per object (C16). It belongs to the process of the controllers: their restart makes it forget.

use super::reason::Reason;
use crate::api::{Event, EventType, Message, ObjectKey};
use crate::order::Map;
use crate::time::{Span, Time};

/// From this many distinct messages on, similar events are combined (C16.3).
const COMBINE_FROM: usize = 10;
/// … unless they are further apart than this.
const COMBINE_WITHIN: Span = Span::from_seconds(600);
/// Tokens of the spam filter (C16.4).
const BURST: i64 = 25;
/// One token comes back after this many milliseconds.
const REFILL_MILLIS: i64 = 300_000;

/// What similar events have in common: object, type and reason. Upstream: EventAggregatorByReasonFunc.
type AggregateKey = (ObjectKey, EventType, &'static str);

/// The memory of the event recorder.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventRecorder {
    aggregates: Map<AggregateKey, Aggregate>,
    buckets: Map<(ObjectKey, EventType), Bucket>,
    /// Event objects made so far. A restart does not reset it: it stands for their names.
    series: u32,
}

/// The similar events of one key.
#[derive(Clone, Debug, Default)]
struct Aggregate {
    recent: Option<RecentMessages>,
    /// Single events by message; a map, because a Job that creates pods for months has very many.
    single: Map<Message, EventLog>,
    combined: Option<EventLog>,
}

/// Distinct messages since the last pause of [`COMBINE_WITHIN`]. Upstream: aggregateRecord.
#[derive(Clone, Debug)]
struct RecentMessages {
    messages: Vec<Message>,
    last: Time,
}

/// One Event object. Upstream: eventLog.
#[derive(Clone, Copy, Debug)]
struct EventLog {
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
    /// A new process: events sent from now on are new Event objects.
    pub(crate) fn forget(&mut self) {
        *self = EventRecorder { series: self.series, ..EventRecorder::default() };
    }

    /// The event as the API server receives it. Upstream: events_cache.go EventCorrelate.
    ///
    /// # Errors
    /// [`Reason::EventDropped`] if the object's burst is used up.
    pub(crate) fn record(
        &mut self,
        now: Time,
        object: ObjectKey,
        event_type: EventType,
        reason: &'static str,
        message: Message,
    ) -> Result<Event, Reason> {
        let key = (object, event_type, reason);
        let combined = self.combines(key, &message, now);
        let log = if combined { self.count_combined(key, now) } else { self.count_single(key, &message, now) };
        if !self.has_token(object, event_type, now) {
            return Err(Reason::EventDropped { reason });
        }
        let EventLog { series, count, first } = log;
        Ok(Event { series, object, event_type, reason, message, combined, count, first, last: now.truncated() })
    }

    /// Notes a message; whether its event is combined with similar ones.
    fn combines(&mut self, key: AggregateKey, message: &Message, now: Time) -> bool {
        let recent = self
            .aggregates
            .get_or_insert_with(key, Default::default)
            .recent
            .get_or_insert(RecentMessages { messages: Vec::new(), last: now });
        if now - recent.last > COMBINE_WITHIN {
            recent.messages.clear();
        }
        recent.last = now;
        if !recent.messages.contains(message) {
            recent.messages.push(message.clone());
        }
        if recent.messages.len() < COMBINE_FROM {
            return false;
        }
        // Upstream takes any message out of its set; here it is the newest.
        recent.messages.pop();
        true
    }

    fn count_single(&mut self, key: AggregateKey, message: &Message, now: Time) -> EventLog {
        let next = self.series + 1;
        let single = &mut self.aggregates.get_or_insert_with(key, Default::default).single;
        let log =
            single.get_or_insert_with(message.clone(), || EventLog { series: next, count: 0, first: now.truncated() });
        log.count += 1;
        self.series = self.series.max(log.series);
        *log
    }

    fn count_combined(&mut self, key: AggregateKey, now: Time) -> EventLog {
        let next = self.series + 1;
        let combined = &mut self.aggregates.get_or_insert_with(key, Default::default).combined;
        let log = combined.get_or_insert(EventLog { series: next, count: 0, first: now.truncated() });
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
