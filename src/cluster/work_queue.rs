//! The work queue of client-go: keys that wait for their time, keys that are ready, and back-off after errors.

use super::control_loop::Due;
use super::reason::{StepId, Trigger, Wake};
use crate::order::{Map, Set};
use crate::time::{Span, Time};

/// A delaying, rate-limited queue. At most one waiting entry per key, the earliest (JC-19).
#[derive(Clone, Debug)]
pub(crate) struct WorkQueue<K> {
    /// Keys that can be taken, by name: upstream leaves the order of one instant open, and a trace numbers pods of one
    /// instant by the name of their Job.
    ready: Set<K>,
    keys: Map<K, KeyState>,
    /// Waiting keys, the earliest first.
    due: Set<(Time, K)>,
    limit: RateLimit,
}

/// The state of a key; one without state is not kept.
#[derive(Clone, Copy, Debug, Default)]
struct KeyState {
    /// Why it is ready; `None` if it is not.
    queued: Option<Trigger>,
    waiting: Option<Entry>,
    failures: u32,
}

/// A key that waits.
#[derive(Clone, Copy, Debug)]
struct Entry {
    at: Time,
    trigger: Trigger,
    /// When it was added.
    since: Time,
}

/// A sync failed: its key is added again, rate-limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SyncError;

/// Waits after errors: `first`, doubled each time, at most `longest`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateLimit {
    pub(crate) first: Span,
    pub(crate) longest: Span,
}

impl<K: Ord + Clone> WorkQueue<K> {
    /// An empty queue.
    pub(crate) fn new(limit: RateLimit) -> WorkQueue<K> {
        WorkQueue { ready: Set::new(), keys: Map::new(), due: Set::new(), limit }
    }

    /// Adds a key that is ready now; one that is in the queue keeps its place and trigger.
    pub(crate) fn add(&mut self, key: K, trigger: Trigger) {
        let state = self.keys.get_or_insert_with(key.clone(), Default::default);
        if state.queued.is_none() {
            state.queued = Some(trigger);
            self.ready.insert(key);
        }
    }

    /// Adds a key that becomes ready at `at`; if it waits already, the earlier time counts (JC-19).
    pub(crate) fn add_at(&mut self, key: K, at: Time, now: Time, trigger: Trigger) {
        if at <= now {
            return self.add(key, trigger);
        }
        let state = self.keys.get_or_insert_with(key.clone(), Default::default);
        if let Some(Entry { at: time, .. }) = state.waiting {
            if time <= at {
                return;
            }
            self.due.remove(&(time, key.clone()));
        }
        state.waiting = Some(Entry { at, trigger, since: now });
        self.due.insert((at, key));
    }

    /// Adds a key after an error, with a longer wait after each.
    pub(crate) fn add_rate_limited(&mut self, key: K, now: Time, cause: StepId) {
        let failures = &mut self.keys.get_or_insert_with(key.clone(), Default::default).failures;
        let wait = self.limit.first.millis().saturating_mul(1 << (*failures).min(32)).min(self.limit.longest.millis());
        *failures += 1;
        let trigger = Trigger::by(Wake::Retry(*failures), cause);
        self.add_at(key, now + Span::from_millis(wait), now, trigger);
    }

    /// Removes a key whose object is gone.
    pub(crate) fn remove(&mut self, key: &K) {
        self.ready.remove(key);
        if let Some(entry) = self.keys.remove(key).and_then(|state| state.waiting) {
            self.due.remove(&(entry.at, key.clone()));
        }
    }

    /// Resets the waits of a key after a success.
    pub(crate) fn forget(&mut self, key: &K) {
        if let Some(state) = self.keys.get_mut(key) {
            state.failures = 0;
            self.tidy(key);
        }
    }

    /// Drops the state of a key that is neither queued nor waiting and has had no errors.
    fn tidy(&mut self, key: &K) {
        let is_idle = |state: &KeyState| state.queued.is_none() && state.waiting.is_none() && state.failures == 0;
        if self.keys.get(key).is_some_and(is_idle) {
            self.keys.remove(key);
        }
    }

    /// When a key can be taken: now if one is ready, or when the first becomes ready.
    pub(crate) fn next_due(&self, now: Time) -> Option<Due> {
        if !self.ready.is_empty() {
            return Some(Due::of_controller(now, now));
        }
        let (at, key) = self.due.first()?;
        let since = self.keys.get(key).and_then(|state| state.waiting).map_or(*at, |entry| entry.since);
        Some(Due::of_controller(*at, since))
    }

    /// Takes the next ready key, after making ready what is due.
    pub(crate) fn take(&mut self, now: Time) -> Option<(K, Trigger)> {
        while let Some((at, _)) = self.due.first()
            && *at <= now
            && let Some((_, key)) = self.due.pop_first()
        {
            if let Some(Entry { trigger, .. }) = self.keys.get_mut(&key).and_then(|state| state.waiting.take()) {
                self.add(key, trigger);
            }
        }
        let key = self.ready.pop_first()?;
        let trigger = self.keys.get_mut(&key)?.queued.take()?;
        self.tidy(&key);
        Some((key, trigger))
    }

    /// When a waiting key will be ready, and why.
    pub(crate) fn waits(&self, key: &K) -> Option<(Time, Wake)> {
        self.keys.get(key)?.waiting.map(|entry| (entry.at, entry.trigger.wake))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: RateLimit = RateLimit { first: Span::from_seconds(1), longest: Span::from_seconds(60) };

    fn seconds(seconds: i64) -> Time {
        Time::from_seconds(seconds)
    }

    fn trigger() -> Trigger {
        Trigger { wake: Wake::Schedule, cause: None }
    }

    #[test]
    fn a_key_waits_once_for_its_earliest_time() {
        let mut queue = WorkQueue::new(LIMIT);
        queue.add_at("pi", seconds(5), Time::ZERO, trigger());
        queue.add_at("pi", seconds(3), Time::ZERO, trigger());
        queue.add_at("pi", seconds(9), Time::ZERO, trigger());
        assert_eq!(queue.next_due(Time::ZERO).map(|due| due.at), Some(seconds(3)));
        assert!(queue.take(seconds(2)).is_none());
        assert!(queue.take(seconds(3)).is_some());
        assert_eq!(queue.next_due(seconds(3)), None);
    }

    #[test]
    fn waits_after_errors_double_until_a_success() {
        let mut queue = WorkQueue::new(LIMIT);
        let mut now = Time::ZERO;
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            queue.add_rate_limited("pi", now, StepId(0));
            assert_eq!(queue.next_due(now).map(|due| due.at), Some(now + Span::from_seconds(wait)));
            now += Span::from_seconds(wait);
            assert!(queue.take(now).is_some());
        }
        queue.forget(&"pi");
        queue.add_rate_limited("pi", now, StepId(0));
        assert_eq!(queue.next_due(now).map(|due| due.at), Some(now + Span::from_seconds(1)));
    }

    #[test]
    fn keys_of_one_instant_are_taken_by_name() {
        let mut queue = WorkQueue::new(LIMIT);
        queue.add_at("late", seconds(1), Time::ZERO, trigger());
        queue.add("b", trigger());
        queue.add("a", trigger());
        queue.add("b", trigger());
        let mut taken = |at| -> Vec<&str> { std::iter::from_fn(|| queue.take(at)).map(|(key, _)| key).collect() };
        assert_eq!(taken(Time::ZERO), ["a", "b"]);
        assert_eq!(taken(seconds(1)), ["late"]);
    }
}
