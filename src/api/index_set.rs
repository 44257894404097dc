//! Sets of completion indexes as in `completedIndexes`: `0-4,6`. Intervals, shared between versions.

use crate::order;
use std::fmt;
use std::rc::Rc;

/// A set of indexes: ascending intervals `first..=last` that neither overlap nor touch. Cloning shares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexSet {
    intervals: Rc<[(u32, u32)]>,
}

impl IndexSet {
    /// The set of `intervals` (`first..=last`), in any order; overlapping and touching ones are merged.
    pub fn from_intervals(mut intervals: Vec<(u32, u32)>) -> IndexSet {
        order::sort(&mut intervals);
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(intervals.len());
        for (first, last) in intervals {
            match merged.last_mut() {
                Some(previous) if first <= previous.1.saturating_add(1) => previous.1 = previous.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        IndexSet { intervals: merged.into() }
    }

    /// The set of single `indexes`, in any order.
    pub fn from_indexes(indexes: impl IntoIterator<Item = u32>) -> IndexSet {
        IndexSet::from_intervals(indexes.into_iter().map(|index| (index, index)).collect())
    }

    /// Both sets together.
    pub fn union(&self, other: &IndexSet) -> IndexSet {
        if other.is_empty() {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        IndexSet::from_intervals(self.intervals.iter().chain(other.intervals.iter()).copied().collect())
    }

    /// The indexes below `end`.
    pub fn below(&self, end: u32) -> IndexSet {
        match self.intervals.last() {
            Some(&(_, last)) if last >= end => IndexSet {
                intervals: self
                    .intervals
                    .iter()
                    .take_while(|(first, _)| *first < end)
                    .map(|(first, last)| (*first, (*last).min(end - 1)))
                    .collect(),
            },
            _ => self.clone(),
        }
    }

    /// Whether `index` is in it.
    pub fn contains(&self, index: u32) -> bool {
        let after = self.intervals.partition_point(|(first, _)| *first <= index);
        after > 0 && self.intervals[after - 1].1 >= index
    }

    /// How many indexes.
    pub fn len(&self) -> u32 {
        self.intervals.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.intervals.is_empty()
    }

    /// The intervals, ascending.
    pub fn intervals(&self) -> &[(u32, u32)] {
        &self.intervals
    }

    /// The indexes, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.intervals.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// The indexes in `0..end` that are not in it, ascending.
    pub fn gaps(&self, end: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = 0;
        let before = self.intervals.iter().map(move |(first, last)| {
            let gap = next..(*first).min(end);
            next = last + 1;
            gap
        });
        let tail = self.intervals.last().map_or(0, |(_, last)| last + 1);
        before.chain(std::iter::once(tail..end)).flatten()
    }

    /// Reads a set as people write it: `0-2,5`. Every index must be below `end`, in ascending order.
    ///
    /// # Errors
    /// [`IndexSetError`], in the API server's words (V8.28).
    pub fn parse(text: &str, end: u32) -> Result<IndexSet, IndexSetError> {
        let mut intervals: Vec<(u32, u32)> = Vec::new();
        if text.is_empty() {
            return Ok(IndexSet::default());
        }
        let mut previous: Option<u32> = None;
        for fragment in text.split(',') {
            let (first, last) = match fragment.split('-').collect::<Vec<_>>().as_slice() {
                [only] => (*only, None),
                [first, last] => (*first, Some(*last)),
                _ => return Err(IndexSetError::Parts(fragment.to_owned())),
            };
            let first = parse_index(first, end)?;
            if let Some(previous) = previous
                && first <= previous
            {
                return Err(IndexSetError::Order { previous, current: first });
            }
            let mut to = first;
            if let Some(last) = last {
                to = parse_index(last, end)?;
                if to <= first {
                    return Err(IndexSetError::Order { previous: first, current: to });
                }
            }
            intervals.push((first, to));
            previous = Some(to);
        }
        Ok(IndexSet::from_intervals(intervals))
    }
}

fn parse_index(text: &str, end: u32) -> Result<u32, IndexSetError> {
    let index: i64 = text.parse().map_err(|_| IndexSetError::NotANumber(text.to_owned()))?;
    match u32::try_from(index) {
        Ok(index) if index < end => Ok(index),
        _ => Err(IndexSetError::TooLarge(text.to_owned())),
    }
}

/// Why a text is not a set of indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexSetError {
    /// Not a number.
    NotANumber(String),
    /// Not below the number of completions.
    TooLarge(String),
    /// Not ascending.
    Order {
        /// The index before.
        previous: u32,
        /// The one that is not larger.
        current: u32,
    },
    /// More than one `-` in a fragment.
    Parts(String),
}

impl fmt::Display for IndexSetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IndexSetError::NotANumber(text) => write!(f, "cannot convert string to integer for index: \"{text}\""),
            IndexSetError::TooLarge(text) => write!(f, "too large index: \"{text}\""),
            IndexSetError::Order { previous, current } => {
                write!(f, "non-increasing order, previous: {previous}, current: {current}")
            }
            IndexSetError::Parts(fragment) => write!(
                f,
                "the fragment \"{fragment}\" violates the requirement that an index interval can have at most two parts separated by '-'"
            ),
        }
    }
}

impl fmt::Display for IndexSet {
    /// As in `completedIndexes`: a run of three or more as `a-b`, a run of two as `a,b` (JC-151).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (first, last)) in self.intervals.iter().enumerate() {
            if position > 0 {
                f.write_str(",")?;
            }
            match last - first {
                0 => write!(f, "{first}")?,
                1 => write!(f, "{first},{last}")?,
                _ => write!(f, "{first}-{last}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_kubernetes_does() {
        for (indexes, text) in [
            (vec![], ""),
            (vec![0], "0"),
            (vec![0, 1], "0,1"),
            (vec![0, 1, 2], "0-2"),
            (vec![2, 4, 5, 7, 8, 9], "2,4,5,7-9"),
        ] {
            assert_eq!(IndexSet::from_indexes(indexes.iter().copied()).to_string(), text);
            assert_eq!(IndexSet::parse(text, 10), Ok(IndexSet::from_indexes(indexes)));
        }
    }

    #[test]
    fn gaps_are_what_is_missing() {
        let set = IndexSet::from_indexes([1, 2, 5]);
        assert_eq!(set.gaps(8).collect::<Vec<_>>(), [0, 3, 4, 6, 7]);
        assert_eq!(set.gaps(4).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(IndexSet::default().gaps(2).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(set.below(5).to_string(), "1,2");
        assert!(set.contains(2) && !set.contains(3) && set.len() == 3);
    }

    #[test]
    fn what_is_not_a_set_says_why() {
        for (text, why) in [
            ("a", "cannot convert string to integer for index: \"a\""),
            ("5", "too large index: \"5\""),
            ("3,1", "non-increasing order, previous: 3, current: 1"),
            ("1-1", "non-increasing order, previous: 1, current: 1"),
            (
                "1-2-3",
                "the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts separated by '-'",
            ),
        ] {
            assert_eq!(IndexSet::parse(text, 5).map_err(|e| e.to_string()), Err(why.to_owned()));
        }
    }
}
