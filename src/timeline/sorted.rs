//! In which order the rows of pods stand, and which pods there are at a moment.

use super::pods::{Bar, PodEnding};
use super::{JobTrack, Timeline};
use crate::order;
use crate::time::Time;

/// By what rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// By the creation of their first pod.
    #[default]
    Creation,
    /// By completion index; pods without one by their creation.
    Index,
    /// By how their newest pod ends, the worst first; rows that end alike by their creation.
    Outcome,
}

impl RowOrder {
    /// All of them, as they are offered.
    pub const ALL: [RowOrder; 3] = [RowOrder::Creation, RowOrder::Index, RowOrder::Outcome];
}

/// How a row ends, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowOutcome {
    /// Its newest pod failed.
    Failed,
    /// Its newest pod was deleted before it had ended.
    Vanished,
    /// Its newest pod is there at the end, or none ever came.
    Open,
    /// Its newest pod succeeded.
    Succeeded,
}

impl RowOutcome {
    /// Of a row with this newest pod.
    pub fn of(newest: Option<&Bar>) -> RowOutcome {
        match newest.and_then(|bar| bar.end).map(|end| end.how) {
            Some(PodEnding::Failed) => RowOutcome::Failed,
            Some(PodEnding::Vanished) => RowOutcome::Vanished,
            None => RowOutcome::Open,
            Some(PodEnding::Succeeded) => RowOutcome::Succeeded,
        }
    }
}

impl JobTrack {
    /// How a row ends.
    pub fn outcome_of(&self, row: usize) -> RowOutcome {
        RowOutcome::of(self.rows[row].bars.last().map(|position| &self.bars[*position]))
    }

    /// The positions of its rows in an order.
    pub fn sorted_rows(&self, by: RowOrder) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.rows.len()).collect();
        // Bars are in the order of their creation.
        let first = |row: &usize| self.rows[*row].bars.first().copied().unwrap_or(usize::MAX);
        match by {
            RowOrder::Creation => order::sort_by_key(&mut rows, first),
            // They stand so.
            RowOrder::Index => {}
            RowOrder::Outcome => order::sort_by_key(&mut rows, |row| (self.outcome_of(*row), first(row))),
        }
        rows
    }

    fn sorted_bars(&self, by: RowOrder) -> Vec<usize> {
        let mut bars: Vec<usize> = (0..self.bars.len()).collect();
        let bar = |position: &usize| &self.bars[*position];
        match by {
            RowOrder::Creation => {}
            RowOrder::Index => order::sort_by_key(&mut bars, |position| bar(position).birth.index),
            RowOrder::Outcome => order::sort_by_key(&mut bars, |position| RowOutcome::of(Some(bar(position)))),
        }
        bars
    }
}

impl Timeline {
    /// All pods that there ever are, Job by Job, each Job's in an order: the positions of their tracks and their bars.
    pub fn sorted_pods(&self, by: RowOrder) -> Vec<(usize, usize)> {
        let jobs = self.jobs.iter().enumerate();
        jobs.flat_map(|(n, track)| track.sorted_bars(by).into_iter().map(move |bar| (n, bar))).collect()
    }
}

impl Bar {
    /// Whether its object is there at a time.
    pub fn is_there(&self, at: Time) -> bool {
        self.created.at <= at && self.ghost.is_none_or(|ghost| at < ghost.mark.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::recording::Recording;
    use crate::timeline::pods::RowOf;

    /// Four indexes, two at a time; 1 succeeds at its second attempt, 2 fails for good.
    fn indexed() -> Timeline {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec:\n  completions: 4\n  parallelism: 2\n  \
                    completionMode: Indexed\n  backoffLimitPerIndex: 1\n  template: {spec: {restartPolicy: Never, \
                    containers: [{name: m, image: b}]}}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n  \
                    kubernetes: \"1.36\"\n  behaviors:\n  - {match: {index: 1, attempt: 1}, run: 2s, exitCode: 1}\n  - {match: \
                    {index: 2}, run: 2s, exitCode: 1}\n";
        let scenario = read(text).scenario;
        Timeline::of(&Recording::of(&scenario), &scenario)
    }

    #[test]
    fn rows_are_sorted_by_creation_index_and_outcome() {
        let timeline = indexed();
        let track = &timeline.jobs[0];
        let indexes = |by| -> Vec<RowOf> { track.sorted_rows(by).into_iter().map(|row| track.rows[row].of).collect() };
        let of = |numbers: [u32; 4]| numbers.map(RowOf::Index).to_vec();
        assert_eq!(indexes(RowOrder::Index), of([0, 1, 2, 3]));
        assert_eq!(indexes(RowOrder::Creation), of([0, 1, 2, 3]));
        assert_eq!(indexes(RowOrder::Outcome), of([2, 0, 1, 3]));
        assert_eq!((track.outcome_of(2), track.outcome_of(1)), (RowOutcome::Failed, RowOutcome::Succeeded));
    }

    #[test]
    fn pods_are_sorted_alike_and_are_there_until_their_object_goes() {
        let timeline = indexed();
        let sorted = |by| timeline.sorted_pods(by).into_iter().map(|(n, bar)| &timeline.jobs[n].bars[bar]);
        let indexes = |by| -> Vec<Option<u32>> { sorted(by).map(|bar| bar.birth.index).collect() };
        assert_eq!(indexes(RowOrder::Index), [0, 1, 1, 2, 2, 3].map(Some));
        assert_eq!(indexes(RowOrder::Outcome)[..3].iter().collect::<Vec<_>>(), [&Some(1), &Some(2), &Some(2)]);
        let there = |at| sorted(RowOrder::Creation).filter(|bar| bar.is_there(at)).count();
        assert_eq!((there(Time::ZERO), there(timeline.end)), (2, 6));
    }
}
