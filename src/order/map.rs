//! Maps and sets in the order of their keys. The standard B-trees are compiled for every type, 4 to 7 KB of WebAssembly
//! each; sorted runs with a binary search take a fifth of that.

use std::borrow::Borrow;

/// A run of this length is split before it grows: long enough that runs are few, short enough that moving one is cheap.
const LONGEST: usize = 256;

/// A map in the order of its keys.
#[derive(Clone, Debug)]
pub(crate) struct Map<K, V> {
    /// None is empty; the keys of each are greater than those of the one before.
    runs: Vec<Vec<(K, V)>>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K, V> Map<K, V> {
    /// An empty map.
    pub(crate) fn new() -> Self {
        Map { runs: Vec::new() }
    }

    /// Whether it has no entries.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// All entries, in the order of their keys.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.runs.iter().flatten().map(|(key, value)| (key, value))
    }

    /// All entries, in the order of their keys; the values may be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.runs.iter_mut().flatten().map(|(key, value)| (&*key, value))
    }

    /// All keys, in order.
    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// All values, in the order of their keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// All values, in the order of their keys.
    pub(crate) fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    /// The entry of the lowest key.
    pub(crate) fn first(&self) -> Option<(&K, &V)> {
        self.runs.first().map(|run| (&run[0].0, &run[0].1))
    }

    /// Removes the entry of the lowest key.
    pub(crate) fn pop_first(&mut self) -> Option<(K, V)> {
        (!self.is_empty()).then(|| self.take(0, 0))
    }

    fn take(&mut self, run: usize, at: usize) -> (K, V) {
        let entry = self.runs[run].remove(at);
        if self.runs[run].is_empty() {
            self.runs.remove(run);
        }
        entry
    }

    fn put(&mut self, mut run: usize, mut at: usize, entry: (K, V)) -> &mut V {
        match self.runs.get_mut(run) {
            None => self.runs.push(Vec::new()),
            Some(full) if full.len() == LONGEST => {
                // A map that only grows at its end leaves full runs behind.
                let middle = if at == LONGEST { at } else { LONGEST / 2 };
                let rest = full.split_off(middle);
                self.runs.insert(run + 1, rest);
                if at >= middle {
                    (run, at) = (run + 1, at - middle);
                }
            }
            Some(_) => {}
        }
        self.runs[run].insert(at, entry);
        &mut self.runs[run][at].1
    }
}

impl<K: Ord, V> Map<K, V> {
    /// The run that has a key or would have it, and the place in it: `Err` where it would be.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> (usize, Result<usize, usize>)
    where
        K: Borrow<Q>,
    {
        let run = self.runs.partition_point(|run| run[0].0.borrow() <= key).saturating_sub(1);
        let entries = self.runs.get(run).map_or(&[][..], Vec::as_slice);
        (run, entries.binary_search_by(|(other, _)| other.borrow().cmp(key)))
    }

    /// The value of a key.
    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (run, Ok(at)) = self.place(key) else { return None };
        Some(&self.runs[run][at].1)
    }

    /// The value of a key, to change it.
    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (run, Ok(at)) = self.place(key) else { return None };
        Some(&mut self.runs[run][at].1)
    }

    /// The value of a key; `make` inserts a missing one.
    pub(crate) fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        match self.place(&key) {
            (run, Ok(at)) => &mut self.runs[run][at].1,
            (run, Err(at)) => self.put(run, at, (key, make())),
        }
    }

    /// Sets the value of a key; returns the previous one.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            (run, Ok(at)) => Some(std::mem::replace(&mut self.runs[run][at].1, value)),
            (run, Err(at)) => {
                self.put(run, at, (key, value));
                None
            }
        }
    }

    /// Removes a key; returns its value.
    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (run, Ok(at)) = self.place(key) else { return None };
        Some(self.take(run, at).1)
    }

    /// The entries from a key on.
    pub(crate) fn from<'m, Q: Ord + ?Sized>(
        &'m self,
        key: &Q,
    ) -> impl Iterator<Item = (&'m K, &'m V)> + use<'m, K, V, Q>
    where
        K: Borrow<Q>,
    {
        let (run, at) = self.place(key);
        let at = at.unwrap_or_else(|at| at);
        self.runs.iter().skip(run).flatten().skip(at).map(|(key, value)| (key, value))
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.runs.into_iter().flatten()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| _ = self.insert(key, value));
    }
}

/// A set in order.
#[derive(Clone, Debug)]
pub(crate) struct Set<T>(Map<T, ()>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Set::new()
    }
}

impl<T> Set<T> {
    /// An empty set.
    pub(crate) fn new() -> Self {
        Set(Map::new())
    }

    /// All items, in order.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.keys()
    }

    /// All items, in order.
    pub(crate) fn into_items(self) -> impl Iterator<Item = T> {
        self.0.into_iter().map(|(item, ())| item)
    }

    /// Whether it has no entries.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lowest item.
    pub(crate) fn first(&self) -> Option<&T> {
        self.0.first().map(|(item, ())| item)
    }

    /// Removes the lowest item.
    pub(crate) fn pop_first(&mut self) -> Option<T> {
        self.0.pop_first().map(|(item, ())| item)
    }
}

impl<T: Ord> Set<T> {
    /// Whether it has an item.
    pub(crate) fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.get(item).is_some()
    }

    /// Adds an item; whether it is new.
    pub(crate) fn insert(&mut self, item: T) -> bool {
        self.0.insert(item, ()).is_none()
    }

    /// Removes an item; whether it was there.
    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.remove(item).is_some()
    }

    /// The items from this one on.
    pub(crate) fn from<'m, Q: Ord + ?Sized>(&'m self, item: &Q) -> impl Iterator<Item = &'m T> + use<'m, T, Q>
    where
        T: Borrow<Q>,
    {
        self.0.from(item).map(|(item, ())| item)
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| _ = self.insert(item));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn agrees_with_the_standard_map() {
        for keys in [7, 300, 5_000] {
            let (mut ours, mut theirs, mut state) = (Map::new(), BTreeMap::new(), 1_u32);
            for round in 0..20_000_u32 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let (key, what) = ((state >> 8) % keys, state >> 29);
                match what {
                    0..=3 => assert_eq!(ours.insert(key, round), theirs.insert(key, round)),
                    4 | 5 => assert_eq!(ours.remove(&key), theirs.remove(&key)),
                    6 => assert_eq!(ours.pop_first(), theirs.pop_first()),
                    _ => assert_eq!(ours.get_or_insert_with(key, || 1), theirs.entry(key).or_insert(1)),
                }
                assert_eq!(ours.get(&key), theirs.get(&key));
                assert_eq!(ours.first(), theirs.first_key_value());
                assert_eq!(ours.from(&key).next(), theirs.range(key..).next());
            }
            assert!(ours.iter().eq(&theirs), "{keys} keys");
        }
    }

    #[test]
    fn growing_at_the_end_leaves_full_runs() {
        let mut ascending = Set::new();
        ascending.extend(0..4 * LONGEST);
        assert_eq!(ascending.0.runs.len(), 4);
        assert!(ascending.iter().copied().eq(0..4 * LONGEST));
    }
}
