//! Words with braces, as bash unfolds them: `{1..5}`, `{10..0..2}`, `x{a,b}y`.

use crate::program::budget::Budget;

/// The words that one with braces becomes, in order; `None` for several pairs of braces, letters, and what is beyond the
/// budget.
pub(super) fn unfold(word: &str, budget: &Budget) -> Option<Vec<String>> {
    let (before, rest) = word.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    if [inside, after].iter().any(|text| text.contains(['{', '}'])) {
        return None;
    }
    let texts = match inside.split_once("..") {
        Some((first, rest)) => range(first, rest, budget)?,
        None => inside.split(',').map(str::to_owned).collect(),
    };
    let words: Vec<String> = texts.into_iter().map(|text| format!("{before}{text}{after}")).collect();
    budget.value(words.iter().map(String::len).sum())?;
    Some(words)
}

/// `FIRST..LAST` or `FIRST..LAST..STEP`: up or down, whatever the sign of the step.
fn range(first: &str, rest: &str, budget: &Budget) -> Option<Vec<String>> {
    let (last, step) = rest.split_once("..").unwrap_or((rest, "1"));
    let is_plain = |number: &str| !number.trim_start_matches('-').starts_with('0') || number == "0";
    if !is_plain(first) || !is_plain(last) {
        return None; // zeros in front make all as wide
    }
    let (first, last): (i64, i64) = (first.parse().ok()?, last.parse().ok()?);
    let step = step.parse::<i64>().ok()?.unsigned_abs().max(1);
    let count = first.abs_diff(last) / step + 1;
    budget.value(usize::try_from(count).ok()?)?;
    let step = i64::try_from(step).ok()?;
    let step = if first <= last { step } else { -step };
    (0..i64::try_from(count).ok()?)
        .map(|place| Some(first.checked_add(place.checked_mul(step)?)?.to_string()))
        .collect()
}
