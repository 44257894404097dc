//! Words of a script, expanded: braces, variables, numbers.

use super::syntax::{Word, WordPart};
use super::{INDEX, Interpreter, arithmetic, braces};

impl Interpreter<'_> {
    /// Words to arguments: braces are unfolded, an unquoted empty variable disappears, unknown values stay unknown.
    pub(super) fn expand(&self, words: &[Word]) -> Option<Vec<Option<String>>> {
        let mut arguments = Vec::new();
        for word in words {
            if let Some(text) = word.braces() {
                // What other shells do with braces depends on which one it is.
                let unfolded = if self.is_bash { braces::unfold(text, self.budget)? } else { return None };
                arguments.extend(unfolded.into_iter().map(Some));
                continue;
            }
            let value = self.word(word);
            let is_quoted = word.is_quoted();
            match value {
                Some(value) if value.is_empty() && !is_quoted => {}
                Some(value) if !is_quoted && value.contains(char::is_whitespace) => {
                    arguments.extend(value.split_whitespace().map(|value| Some(value.to_owned())));
                }
                value => arguments.push(value),
            }
        }
        Some(arguments)
    }

    /// The text of a word; `None` if it is not known.
    pub(super) fn word(&self, word: &Word) -> Option<String> {
        if word.is_pattern() {
            return None; // which files there are
        }
        let mut text = String::new();
        for part in &word.0 {
            let before = text.len();
            match part {
                WordPart::Plain(plain) | WordPart::Quoted(plain) => text.push_str(plain),
                WordPart::Variable(name) | WordPart::QuotedVariable(name) => text.push_str(&self.variable(name)?),
                WordPart::Arithmetic(expression) => {
                    let value = arithmetic::value(expression, &|name| self.variable(name), self.budget)?;
                    text.push_str(&value.to_string());
                }
                WordPart::Numbers(arguments) => self.numbers(arguments, &mut text)?,
                WordPart::Substitution(command) => text.push_str(&self.substituted(command)?),
                WordPart::Unknown => return None,
            }
            self.budget.value(text.len() - before)?;
        }
        Some(text)
    }

    pub(super) fn variable(&self, name: &str) -> Option<String> {
        match name {
            "?" => Some(self.status.to_string()),
            _ => {
                if name == INDEX {
                    self.budget.ask_for_index();
                }
                let value = match (self.variables.get(name), &self.output) {
                    // Where all of the environment is known, what is not in it is nothing.
                    (None, Some(output)) if output.surroundings.is_complete => return Some(String::new()),
                    (value, _) => value?.as_ref()?,
                };
                self.budget.value(value.len())?;
                Some(value.clone())
            }
        }
    }

    /// What `seq` prints: `LAST`, `FIRST LAST` or `FIRST INCREMENT LAST`.
    fn numbers(&self, arguments: &[WordPart], text: &mut String) -> Option<()> {
        let number = |part: &WordPart| match part {
            WordPart::Variable(name) => self.variable(name)?.parse().ok(),
            WordPart::Plain(plain) => plain.parse().ok(),
            _ => None,
        };
        let numbers: Vec<i64> = arguments.iter().map(number).collect::<Option<_>>()?;
        let (first, step, last) = match numbers[..] {
            [last] => (1, 1, last),
            [first, last] => (first, 1, last),
            [first, step, last] if step != 0 => (first, step, last),
            _ => return None,
        };
        let mut next = Some(first);
        while let Some(number) = next.filter(|number| if step > 0 { *number <= last } else { *number >= last }) {
            if number != first {
                text.push('\n');
            }
            let written = number.to_string();
            self.budget.value(written.len())?;
            text.push_str(&written);
            next = number.checked_add(step);
        }
        Some(())
    }
}
