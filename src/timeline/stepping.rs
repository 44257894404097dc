//! Stepping: from a playhead to the moment so many events away.

use super::moments::Moment;
use crate::time::Time;

/// How many moments have passed at a time, that instant included: the number of the current one, from 1.
pub fn passed(moments: &[Moment], at: Time) -> usize {
    moments.partition_point(|moment| moment.at <= at)
}

/// The moment that many after `at` (before it, if `count` is negative); the first or last if there are not as many.
/// `None` only if there are no moments at all.
pub fn by(moments: &[Moment], at: Time, count: i32) -> Option<&Moment> {
    let index = match count {
        0.. => passed(moments, at) as i64 - 1 + i64::from(count),
        _ => moments.partition_point(|moment| moment.at < at) as i64 + i64::from(count),
    };
    let last = moments.len().checked_sub(1)?;
    moments.get(index.clamp(0, last as i64) as usize)
}

/// The last moment at or before a time; `None` before the first.
pub fn current(moments: &[Moment], at: Time) -> Option<&Moment> {
    moments.get(passed(moments, at).checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::reason::StepId;

    #[test]
    fn steps_go_from_moment_to_moment_and_stop_at_the_ends() {
        let at = Time::from_seconds;
        let moments: Vec<Moment> =
            [0, 5, 9].map(|seconds| Moment { at: at(seconds), steps: 0..1, telling: StepId(0) }).into();
        for (from, count, to) in
            [(0, 1, 5), (4, 1, 5), (5, 1, 9), (9, 1, 9), (9, -1, 5), (6, -1, 5), (0, -1, 0), (0, 9, 9), (9, -9, 0)]
        {
            assert_eq!(by(&moments, at(from), count).map(|moment| moment.at), Some(at(to)), "{count} from {from}");
        }
        assert_eq!(by(&[], at(1), 1), None);
        assert_eq!((passed(&moments, at(6)), current(&moments, at(6)).map(|moment| moment.at)), (2, Some(at(5))));
        assert_eq!(current(&moments, Time::from_millis(-1)), None);
    }
}
