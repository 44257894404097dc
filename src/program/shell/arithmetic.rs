//! `$((…))`: integers, variables, and the operators of C.

use crate::program::budget::Budget;

/// The value of an expression; `None` for anything unknown.
pub(super) fn value(expression: &str, variable: &dyn Fn(&str) -> Option<String>, budget: &Budget) -> Option<i64> {
    let mut evaluator = Evaluator { rest: expression.trim(), variable, depth: 0, budget };
    let value = evaluator.binary(0)?;
    evaluator.rest.is_empty().then_some(value)
}

/// Operators from the loosest to the tightest; of one level, longer ones first.
const LEVELS: &[&[&str]] = &[&["==", "!="], &["<=", ">=", "<", ">"], &["+", "-"], &["*", "/", "%"]];

struct Evaluator<'a> {
    rest: &'a str,
    variable: &'a dyn Fn(&str) -> Option<String>,
    depth: usize,
    budget: &'a Budget,
}

impl Evaluator<'_> {
    fn binary(&mut self, level: usize) -> Option<i64> {
        let Some(operators) = LEVELS.get(level) else { return self.operand() };
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.rest.starts_with(**operator)) {
            self.skip(operator.len());
            let right = self.binary(level + 1)?;
            left = apply(operator, left, right)?;
        }
        Some(left)
    }

    fn operand(&mut self) -> Option<i64> {
        self.depth += 1;
        self.budget.depth(self.depth)?;
        let value = if self.rest.starts_with('(') {
            self.skip(1);
            let value = self.binary(0)?;
            self.rest.starts_with(')').then(|| self.skip(1))?;
            value
        } else if self.rest.starts_with('-') {
            self.skip(1);
            self.operand()?.checked_neg()?
        } else {
            self.name_or_number()?
        };
        self.depth -= 1;
        Some(value)
    }

    fn name_or_number(&mut self) -> Option<i64> {
        let bare = self.rest.strip_prefix("${").or_else(|| self.rest.strip_prefix('$')).unwrap_or(self.rest);
        let length = bare.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(bare.len());
        let (word, tail) = bare.split_at(length);
        let is_braced = self.rest.starts_with("${");
        let tail = if is_braced { tail.strip_prefix('}')? } else { tail };
        self.rest = tail.trim_start();
        match word.as_bytes().first()? {
            b'0'..=b'9' => word.parse().ok(),
            _ => (self.variable)(word)?.parse().ok(),
        }
    }

    fn skip(&mut self, length: usize) {
        self.rest = self.rest[length..].trim_start();
    }
}

fn apply(operator: &str, left: i64, right: i64) -> Option<i64> {
    match operator {
        "+" => left.checked_add(right),
        "-" => left.checked_sub(right),
        "*" => left.checked_mul(right),
        "/" => left.checked_div(right),
        "%" => left.checked_rem(right),
        "<" => Some(i64::from(left < right)),
        "<=" => Some(i64::from(left <= right)),
        ">" => Some(i64::from(left > right)),
        ">=" => Some(i64::from(left >= right)),
        "==" => Some(i64::from(left == right)),
        _ => Some(i64::from(left != right)),
    }
}
