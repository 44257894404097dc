//! Patterns of `grep`: letters, `.`, `*`, `+`, `?`, `[…]`, `^`, `$` and alternatives. Without groups, so that a line is
//! read once.

/// A pattern.
pub(super) struct Pattern {
    alternatives: Vec<Vec<(Atom, Repeat)>>,
    ignores_case: bool,
    whole_words: bool,
}

#[derive(Debug)]
enum Atom {
    Start,
    End,
    Any,
    Letter(char),
    /// Whether it is all others.
    Set(Vec<(char, char)>, bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Repeat {
    Once,
    /// `?`
    Maybe,
    /// `*`
    Any,
    /// `+`
    Some,
}

impl Pattern {
    /// Reads a pattern; `None` for what is not known here.
    pub(super) fn parse(text: &str, is_extended: bool, is_fixed: bool) -> Option<Pattern> {
        let mut alternatives = vec![Vec::new()];
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let atoms = alternatives.last_mut()?;
            let atom = match letter {
                letter if is_fixed => Atom::Letter(letter),
                '|' if is_extended => {
                    alternatives.push(Vec::new());
                    continue;
                }
                '(' | ')' | '{' if is_extended => return None,
                '\\' => match letters.next()? {
                    '|' if !is_extended => {
                        alternatives.push(Vec::new());
                        continue;
                    }
                    '(' | ')' | '{' | '}' if !is_extended => return None,
                    'b' | '<' | '>' => return None,
                    's' => Atom::Set(vec![(' ', ' '), ('\t', '\t')], false),
                    'S' => Atom::Set(vec![(' ', ' '), ('\t', '\t')], true),
                    'd' => Atom::Set(vec![('0', '9')], false),
                    'w' => Atom::Set(vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')], false),
                    other => Atom::Letter(other),
                },
                '^' if atoms.is_empty() => Atom::Start,
                '$' if letters.peek().is_none_or(|next| *next == '|' && is_extended) => Atom::End,
                '.' => Atom::Any,
                '[' => {
                    let is_other = letters.next_if_eq(&'^').is_some();
                    let mut ranges = Vec::new();
                    loop {
                        let first = letters.next()?;
                        if first == ']' && !ranges.is_empty() {
                            break;
                        }
                        let range = letters.clone().take(2).collect::<Vec<char>>();
                        match range[..] {
                            ['-', last] if last != ']' => {
                                letters.nth(1);
                                ranges.push((first, last));
                            }
                            _ => ranges.push((first, first)),
                        }
                    }
                    Atom::Set(ranges, is_other)
                }
                other => Atom::Letter(other),
            };
            let repeat = match letters.peek() {
                _ if is_fixed || matches!(atom, Atom::Start | Atom::End) => Repeat::Once,
                Some('*') => Repeat::Any,
                Some('+') if is_extended => Repeat::Some,
                Some('?') if is_extended => Repeat::Maybe,
                _ => Repeat::Once,
            };
            if repeat != Repeat::Once {
                letters.next();
            }
            atoms.push((atom, repeat));
        }
        Some(Pattern { alternatives, ignores_case: false, whole_words: false })
    }

    pub(super) fn with(self, ignores_case: bool, whole_words: bool) -> Pattern {
        Pattern { ignores_case, whole_words, ..self }
    }

    /// Whether it is somewhere in a line; `None` if `steps` do not suffice to tell.
    pub(super) fn is_in(&self, line: &str, steps: &mut usize) -> Option<bool> {
        let letters: Vec<char> = line.chars().collect();
        for atoms in &self.alternatives {
            if self.found(atoms, &letters, steps)? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// All ways through the pattern at once: a set of places in it, moved on by each letter.
    fn found(&self, atoms: &[(Atom, Repeat)], line: &[char], steps: &mut usize) -> Option<bool> {
        let is_word = |place: usize| line.get(place).is_some_and(|c| c.is_alphanumeric() || *c == '_');
        let mut places = Places::new(atoms, line.len());
        let mut next = Places::new(atoms, line.len());
        *steps = steps.checked_sub(atoms.len())?;
        for at in 0..=line.len() {
            // A whole word has a letter, so what begins only here does not end here.
            let ends = places.has_end() && !(self.whole_words && is_word(at));
            if !self.whole_words || at == 0 || !is_word(at - 1) {
                places.add(0, at);
            }
            if ends || !self.whole_words && places.has_end() {
                return Some(true);
            }
            let Some(letter) = line.get(at) else { break };
            *steps = steps.checked_sub(places.list.len() + 1)?;
            next.clear();
            for place in &places.list {
                if let Some((_, repeat)) = atoms.get(*place).filter(|(atom, _)| self.fits(atom, *letter)) {
                    next.add(place + 1, at + 1);
                    if matches!(repeat, Repeat::Any | Repeat::Some) {
                        next.add(*place, at + 1);
                    }
                }
            }
            std::mem::swap(&mut places, &mut next);
        }
        Some(false)
    }

    fn fits(&self, atom: &Atom, letter: char) -> bool {
        let small = |c: char| if self.ignores_case { c.to_ascii_lowercase() } else { c };
        match atom {
            Atom::Start | Atom::End => false,
            Atom::Any => true,
            Atom::Letter(wanted) => small(*wanted) == small(letter),
            Atom::Set(ranges, is_other) => {
                let fits = |letter: char| ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter));
                let is_in = fits(letter)
                    || self.ignores_case && (fits(letter.to_ascii_lowercase()) || fits(letter.to_ascii_uppercase()));
                is_in != *is_other
            }
        }
    }
}

/// Places in a pattern, each once.
struct Places<'p> {
    atoms: &'p [(Atom, Repeat)],
    length: usize,
    list: Vec<usize>,
    is_in: Vec<bool>,
}

impl<'p> Places<'p> {
    fn new(atoms: &'p [(Atom, Repeat)], length: usize) -> Places<'p> {
        Places { atoms, length, list: Vec::new(), is_in: vec![false; atoms.len() + 1] }
    }

    /// Adds a place, and those behind it up to where a letter is needed.
    fn add(&mut self, mut place: usize, at: usize) {
        while !self.is_in[place] {
            self.is_in[place] = true;
            self.list.push(place);
            let passes = self.atoms.get(place).is_some_and(|(atom, repeat)| match atom {
                Atom::Start => at == 0,
                Atom::End => at == self.length,
                _ => matches!(repeat, Repeat::Maybe | Repeat::Any),
            });
            place += usize::from(passes);
        }
    }

    fn has_end(&self) -> bool {
        self.is_in[self.atoms.len()]
    }

    fn clear(&mut self) {
        for place in self.list.drain(..) {
            self.is_in[place] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_as_grep_reads_them() {
        for (pattern, is_extended, line, is_in) in [
            ("Complete", false, "pi   Complete   1/1", true),
            ("^pi", false, "a pi", false),
            ("1/1$", false, "pi 1/1", true),
            ("p.*2", false, "pods 12", true),
            ("[0-9]s", false, "5s", true),
            ("[^0-9]s", false, "5s", false),
            ("a\\|b", false, "xbx", true),
            ("a|b", false, "xbx", false),
            ("Failed|Error", true, "an Error", true),
            ("ab+c", true, "abbbc", true),
            ("ab?c", true, "ac", true),
            ("", false, "anything", true),
        ] {
            let read = Pattern::parse(pattern, is_extended, false).expect("a pattern");
            assert_eq!(read.is_in(line, &mut 1_000), Some(is_in), "{pattern}: {line}");
        }
        let word = Pattern::parse("pi", false, false).expect("a pattern").with(true, true);
        for (line, is_in) in [("a PI b", true), ("spin", false), ("pi-1", true), ("spin pi", true), ("", false)] {
            assert_eq!(word.is_in(line, &mut 1_000), Some(is_in), "{line}");
        }
        let many = Pattern::parse(&("a*".repeat(500) + "b"), false, false).expect("a pattern");
        assert_eq!(many.is_in(&"a".repeat(500), &mut 10_000), None);
        assert!(Pattern::parse("(a)", true, false).is_none());
    }
}
