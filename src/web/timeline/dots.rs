//! How far dots can be hit that stand close to each other.

/// How far the n-th of these dots can be hit to its left and right, in pixels: as far as it is the nearest one. A dot
/// that wrote something takes room from one that did not, but for the middle of it.
pub(super) fn reach(places: &[(f64, bool)], n: usize) -> (f64, f64) {
    let (x, wrote) = places[n];
    let towards = |other: Option<&(f64, bool)>| {
        let Some((other, other_wrote)) = other else { return DOT_REACH };
        let gap = (other - x).abs();
        let share = match (wrote, other_wrote) {
            (true, false) => (gap / 2.0).max((gap - 2.5).min(8.0)),
            (false, true) => gap - (gap / 2.0).max((gap - 2.5).min(8.0)),
            _ => gap / 2.0,
        };
        share.min(DOT_REACH)
    };
    (towards(n.checked_sub(1).and_then(|before| places.get(before))), towards(places.get(n + 1)))
}

pub(super) fn reach_style(x: &str, (left, right): (f64, f64)) -> String {
    format!("left:calc({x} - {left:.1}px);width:{:.1}px", left + right)
}

/// How far a dot can be hit at most.
const DOT_REACH: f64 = 12.0;

#[cfg(test)]
mod tests {
    use super::reach;

    #[test]
    fn each_dot_is_hit_at_its_middle_and_those_that_wrote_from_further_off() {
        let places = [(10.0, true), (16.0, false), (40.0, false), (46.0, true), (200.0, false)];
        for (n, (x, _)) in places.iter().enumerate() {
            let (left, right) = reach(&places, n);
            assert!(left >= 1.5 && right >= 1.5, "{n}: {left} {right}");
            if let Some((next, _)) = places.get(n + 1) {
                assert!(x + right <= next - reach(&places, n + 1).0 + 1e-9, "{n}: none lies on another");
            }
        }
        assert!(reach(&places, 0).1 > reach(&places, 1).0, "that one wrote");
        assert_eq!(reach(&places, 4), (12.0, 12.0));
    }
}
