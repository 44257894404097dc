//! Label selectors as texts: the form in which Kubernetes prints them (K4.6), and the one that `-l` takes (K10.5).

use super::snapshot::Snapshot;
use crate::api::{LabelSelector, Labels, SelectorOperator, SelectorRequirement};
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

/// What follows `-l`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Query(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq)]
struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Operator {
    Exists,
    DoesNotExist,
    In,
    NotIn,
    Greater,
    Less,
}

impl Query {
    /// Whether labels match all of it.
    pub(super) fn matches(&self, labels: &Labels) -> bool {
        self.0.iter().all(|requirement| {
            let value = labels.get(&*requirement.key).map(|value| &**value);
            let number = |text: &str| text.parse::<i64>().ok();
            let compares = |is_it: fn(&i64, &i64) -> bool| {
                let bound = requirement.values.first().and_then(|bound| number(bound));
                value.and_then(number).zip(bound).is_some_and(|(value, bound)| is_it(&value, &bound))
            };
            match requirement.operator {
                Operator::Exists => value.is_some(),
                Operator::DoesNotExist => value.is_none(),
                Operator::In => value.is_some_and(|value| requirement.values.iter().any(|one| *one == *value)),
                Operator::NotIn => !value.is_some_and(|value| requirement.values.iter().any(|one| *one == *value)),
                Operator::Greater => compares(i64::gt),
                Operator::Less => compares(i64::lt),
            }
        })
    }

    /// Reads a selector.
    ///
    /// # Errors
    /// The server's words for what is wrong with it. Upstream: apimachinery labels/selector.go.
    pub(super) fn parse(text: &str) -> Result<Query, String> {
        let mut tokens = Tokens { text, at: 0 };
        let mut query = Query::default();
        loop {
            match tokens.peek() {
                "" => return Ok(query),
                first if first == "!" || is_identifier(first) => {}
                first => return Err(format!("found '{first}', expected: !, identifier, or 'end of string'")),
            }
            let requirement = tokens.requirement();
            query.0.push(requirement.map_err(|why| format!("unable to parse requirement: {why}"))?);
            match tokens.next() {
                "" => return Ok(query),
                "," => match tokens.peek() {
                    next if next == "!" || is_identifier(next) => {}
                    next => return Err(format!("found '{next}', expected: identifier after ','")),
                },
                other => return Err(format!("found '{other}', expected: ',' or 'end of string'")),
            }
        }
    }
}

fn is_identifier(token: &str) -> bool {
    !token.is_empty() && !token.starts_with(|c: char| "()=!,<>".contains(c))
}

/// The tokens of a selector; an empty one is its end.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn peek(&self) -> &'a str {
        Tokens { ..*self }.next()
    }

    fn next(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.at = self.text.len() - rest.len();
        let is_special = |c: char| "()=!,<>".contains(c);
        let length = match rest.chars().next() {
            None => 0,
            Some(first) if is_special(first) => {
                let operators = ["==", "!="];
                operators.iter().find(|operator| rest.starts_with(**operator)).map_or(1, |operator| operator.len())
            }
            Some(_) => rest.find(|c: char| is_special(c) || " \t\r\n".contains(c)).unwrap_or(rest.len()),
        };
        self.at += length;
        &rest[..length]
    }

    fn requirement(&mut self) -> Result<Requirement, String> {
        let mut key = self.next();
        let is_absent = key == "!";
        if is_absent {
            key = self.next();
        }
        if !is_identifier(key) {
            return Err(format!("found '{key}', expected: identifier"));
        }
        let of = |operator, values| Ok(Requirement { key: key.to_owned(), operator, values });
        if is_absent {
            return of(Operator::DoesNotExist, Vec::new());
        }
        if matches!(self.peek(), "" | ",") {
            return of(Operator::Exists, Vec::new());
        }
        let operator = match self.next() {
            "in" => return of(Operator::In, self.list()?),
            "notin" => return of(Operator::NotIn, self.list()?),
            "=" | "==" => Operator::In,
            "!=" => Operator::NotIn,
            ">" => Operator::Greater,
            "<" => Operator::Less,
            other => return Err(format!("found '{other}', expected: in, notin, =, ==, !=, gt, lt")),
        };
        let value = match self.peek() {
            "" | "," => "",
            value if is_identifier(value) => self.next(),
            other => return Err(format!("found '{other}', expected: identifier")),
        };
        of(operator, vec![value.to_owned()])
    }

    /// `(a,b)`
    fn list(&mut self) -> Result<Vec<String>, String> {
        let open = self.next();
        if open != "(" {
            return Err(format!("found '{open}' expected: '('"));
        }
        let mut values = vec![String::new()];
        loop {
            match self.next() {
                ")" => {
                    order::sort(&mut values);
                    return Ok(values);
                }
                "," => values.push(String::new()),
                value if is_identifier(value) => match values.last_mut() {
                    Some(last) if last.is_empty() => *last = value.to_owned(),
                    _ => return Err(format!("found '{value}', expected: ',', or ')'")),
                },
                other => return Err(format!("found '{other}', expected: ',', ')' or identifier")),
            }
        }
    }
}
