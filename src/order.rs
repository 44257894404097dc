//! One sort for the whole page. The standard sorts are compiled for every type and key, some 5 KB of WebAssembly each;
//! here only numbers are sorted, and the items are then moved to their places. Stable. Long lists on a path that must
//! be fast (`timeline::crowd`) still use the standard sorts.

mod map;

pub(crate) use map::{Map, Set};
use std::cmp::Ordering;

/// Sorts by the items' own order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key of each item that takes time to make: it is made once.
pub(crate) fn sort_by_cached_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    arrange(items, sorted(keys.len(), &|one, other| keys[one as usize].cmp(&keys[other as usize])));
}

/// Sorts by a key of each item.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts by `compare`.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(items.len(), &|one, other| compare(&items[one as usize], &items[other as usize]));
    arrange(items, order);
}

/// Moves the item of the first number to the first place, and so on.
fn arrange<T>(items: &mut [T], mut order: Vec<u32>) {
    // Follow each cycle of the permutation, so that every item is swapped into its place once.
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut order[place], place as u32) as usize;
            if from == start {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

/// The numbers below `count`, sorted: the only sort that is compiled.
fn sorted(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

/// A set of these items.
pub(crate) fn set<T: Ord>(items: impl Iterator<Item = T>) -> Set<T> {
    collect(items)
}

/// A set or a map of these items. `Iterator::collect` would sort them first, with a sort of its own.
pub(crate) fn collect<C: Default + Extend<T>, T>(items: impl Iterator<Item = T>) -> C {
    let mut collection = C::default();
    collection.extend(items);
    collection
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_standard_sort() {
        for length in 0..40_u32 {
            for seed in 0..20_u32 {
                let items: Vec<(u32, u32)> =
                    (0..length).map(|at| (at.wrapping_mul(2_654_435_761 + seed) >> 28, at)).collect();
                let (mut ours, mut theirs) = (items.clone(), items);
                let mut cached = ours.clone();
                sort_by_key(&mut ours, |item| item.0);
                sort_by_cached_key(&mut cached, |item| item.0);
                theirs.sort_by_key(|item| item.0);
                assert_eq!(ours, theirs, "{length} items, seed {seed}");
                assert_eq!(cached, theirs, "{length} items, seed {seed}");
            }
        }
    }
}
