//! Amounts that can be stepped: a number with a unit behind it. Pure.

/// How much one step is of what has this unit, where that is not one.
const STEPS: [(&str, i64); 2] = [("m", 100), ("ms", 100)];

/// An amount after so many steps: `4` → `5`, `500m` → `600m`, `16Gi` → `17Gi`, `1.3s` → `1.4s`. `None` for what does not
/// begin with a number, and where nothing changes: no amount is less than `least`.
pub(super) fn stepped(amount: &str, steps: i64, least: i64) -> Option<String> {
    let end = amount.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(amount.len());
    let (number, unit) = amount.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let value: i64 = [whole, fraction].concat().parse().ok()?;
    let step = STEPS.iter().find(|(known, _)| *known == unit).map_or(1, |(_, step)| *step);
    let next = value.saturating_add(steps.saturating_mul(step)).clamp(least, i64::from(i32::MAX).max(value));
    let written = match fraction.len() {
        0 => next.to_string(),
        digits => format!("{}.{:0digits$}", next / scale, next % scale),
    };
    (next != value).then(|| written + unit)
}

#[cfg(test)]
mod tests {
    use super::stepped;

    #[test]
    fn a_step_keeps_the_unit() {
        for (amount, steps, expected) in [
            ("4", 1, Some("5")),
            ("4", -9, Some("0")),
            ("0", -1, None),
            ("500m", 1, Some("600m")),
            ("50m", -1, Some("0m")),
            ("16Gi", 2, Some("18Gi")),
            ("3s", 1, Some("4s")),
            ("500ms", 1, Some("600ms")),
            ("1.3s", 1, Some("1.4s")),
            ("1.95", 1, Some("1.96")),
            ("1.0", -1, Some("0.9")),
            ("forever", 1, None),
            ("", 1, None),
            (".", 1, None),
            ("99999999999999999999", 1, None),
        ] {
            assert_eq!(stepped(amount, steps, 0).as_deref(), expected, "{amount} {steps}");
        }
        assert_eq!(stepped("1", -1, 1), None);
    }
}
