//! Label selectors as texts: the form in which Kubernetes prints them, and the one that `-l` takes (K4.6, K10.5).

use super::snapshot::Snapshot;
use crate::api::{LabelSelector, SelectorOperator, SelectorRequirement};
use crate::order;

/// `k=v,k2 in (a,b),!k3`, ordered by key.
pub(super) fn text(selector: &LabelSelector, snapshot: &Snapshot<'_>) -> String {
    let equal = selector.match_labels.iter();
    let mut parts: Vec<(&str, String)> =
        equal.map(|(key, value)| (&**key, format!("{key}={}", snapshot.label_value(key, value)))).collect();
    for SelectorRequirement { key, operator, values } in &selector.match_expressions {
        let mut values: Vec<&str> = values.iter().map(|value| &**value).collect();
        order::sort(&mut values);
        let values = values.join(",");
        let part = match operator {
            SelectorOperator::In => format!("{key} in ({values})"),
            SelectorOperator::NotIn => format!("{key} notin ({values})"),
            SelectorOperator::Exists => key.to_string(),
            SelectorOperator::DoesNotExist => format!("!{key}"),
        };
        parts.push((key, part));
    }
    order::sort_by_key(&mut parts, |(key, _)| *key);
    parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>().join(",")
}

/// The selector in a text after `-l`; `None` if the text is malformed.
pub(super) fn parse(text: &str) -> Option<LabelSelector> {
    let mut selector = LabelSelector::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = end_of_part(rest);
        selector.match_expressions.push(requirement(rest[..end].trim())?);
        rest = rest[end..].trim_start_matches(',').trim();
    }
    Some(selector)
}

/// Commas in parentheses separate values, not requirements.
fn end_of_part(text: &str) -> usize {
    let mut depth = 0;
    for (place, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => return place,
            _ => {}
        }
    }
    text.len()
}

fn requirement(text: &str) -> Option<SelectorRequirement> {
    let of = |key: &str, operator, values: Vec<&str>| {
        let key = key.trim();
        let is_key = !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || "()=!,".contains(c));
        is_key.then(|| SelectorRequirement {
            key: key.into(),
            operator,
            values: values.into_iter().map(|value| value.trim().into()).collect(),
        })
    };
    if let Some(key) = text.strip_prefix('!') {
        return of(key, SelectorOperator::DoesNotExist, Vec::new());
    }
    if let Some(listed) = text.strip_suffix(')') {
        let (head, values) = listed.split_once('(')?;
        let (key, word) = head.trim().rsplit_once(char::is_whitespace)?;
        let operator = match word {
            "in" => SelectorOperator::In,
            "notin" => SelectorOperator::NotIn,
            _ => return None,
        };
        return of(key, operator, values.split(',').collect());
    }
    if let Some((key, value)) = text.split_once("!=") {
        return of(key, SelectorOperator::NotIn, vec![value]);
    }
    if let Some((key, value)) = text.split_once('=') {
        return of(key, SelectorOperator::In, vec![value.strip_prefix('=').unwrap_or(value)]);
    }
    of(text, SelectorOperator::Exists, Vec::new())
}
