//! The commands that a shell has itself.

use super::questions::test_of;
use super::sleep::{add, sleep_of};
use super::{Flow, Interpreter};
use crate::program::daemons::serves;
use crate::time::Span;

impl Interpreter<'_> {
    pub(super) fn builtin(&mut self, name: &str, arguments: &[&str]) -> Option<Flow> {
        self.status = match name {
            "false" => 1,
            "sleep" => {
                self.slept = add(self.slept, sleep_of(arguments)?);
                if self.slept == Span::FOREVER {
                    return Some(Flow::Exit);
                }
                0
            }
            "exit" => {
                self.status = match arguments {
                    [] => self.status,
                    [code, ..] => code.parse().ok()?,
                };
                return Some(Flow::Exit);
            }
            "break" if arguments.is_empty() => return Some(Flow::Break),
            "continue" if arguments.is_empty() => return Some(Flow::Continue),
            "test" => test_of(arguments)?,
            "[" => test_of(arguments.strip_suffix(&["]"])?)?,
            "[[" => test_of(arguments.strip_suffix(&["]]"])?)?,
            "export" => {
                for argument in arguments {
                    if let Some((name, value)) = argument.split_once('=') {
                        self.variables.insert(name.to_owned(), Some(value.to_owned()));
                    }
                }
                0
            }
            "set" => {
                self.set(arguments)?;
                0
            }
            "wait" => {
                let (end, status) = self.background?;
                self.slept = self.slept.max(end);
                if self.slept == Span::FOREVER {
                    return Some(Flow::Exit);
                }
                match arguments {
                    [] => 0,
                    ["$!"] => status,
                    _ => return None,
                }
            }
            name if serves(name, arguments) => {
                self.slept = Span::FOREVER;
                return Some(Flow::Exit);
            }
            _ => return None,
        };
        self.checked()
    }

    /// `set -euo pipefail`, `set +e`.
    fn set(&mut self, arguments: &[&str]) -> Option<()> {
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let (is_on, letters) = match (argument.strip_prefix('-'), argument.strip_prefix('+')) {
                (Some(letters), _) => (true, letters),
                (None, Some(letters)) => (false, letters),
                (None, None) => return None,
            };
            for letter in letters.chars() {
                match letter {
                    'e' => self.options.stops_at_failure = is_on,
                    'o' => self.options.set(arguments.next()?, is_on),
                    _ => {}
                }
            }
        }
        Some(())
    }
}
