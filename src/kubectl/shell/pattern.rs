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

    /// Whether it is somewhere in a line.
    pub(super) fn is_in(&self, line: &str) -> bool {
        let letters: Vec<char> = line.chars().collect();
        self.alternatives.iter().any(|atoms| self.found(atoms, &letters))
    }

    /// All ways through the pattern at once: a set of places in it, moved on by each letter. With whole words each
    /// beginning is tried alone.
    fn found(&self, atoms: &[(Atom, Repeat)], line: &[char]) -> bool {
        if self.whole_words {
            let is_word = |place: Option<usize>| {
                place.and_then(|place| line.get(place)).is_some_and(|c| c.is_alphanumeric() || *c == '_')
            };
            return (0..=line.len()).any(|start| {
                !is_word(start.checked_sub(1))
                    && self.ends(atoms, line, start).into_iter().any(|end| end > start && !is_word(Some(end)))
            });
        }
        let mut states = vec![false; atoms.len() + 1];
        for place in 0..=line.len() {
            states[0] = true;
            close(atoms, &mut states, place, line.len());
            if states[atoms.len()] {
                return true;
            }
            let Some(letter) = line.get(place) else { break };
            states = self.moved(atoms, &states, *letter);
        }
        false
    }

    fn ends(&self, atoms: &[(Atom, Repeat)], line: &[char], start: usize) -> Vec<usize> {
        let mut states = vec![false; atoms.len() + 1];
        states[0] = true;
        let mut ends = Vec::new();
        for place in start..=line.len() {
            close(atoms, &mut states, place, line.len());
            if states[atoms.len()] {
                ends.push(place);
            }
            let Some(letter) = line.get(place) else { break };
            states = self.moved(atoms, &states, *letter);
            if !states.contains(&true) {
                break;
            }
        }
        ends
    }

    fn moved(&self, atoms: &[(Atom, Repeat)], states: &[bool], letter: char) -> Vec<bool> {
        let mut next = vec![false; states.len()];
        for (place, (atom, repeat)) in atoms.iter().enumerate().filter(|(place, _)| states[*place]) {
            if self.fits(atom, letter) {
                next[place + 1] = true;
                next[place] |= matches!(repeat, Repeat::Any | Repeat::Some);
            }
        }
        next
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

/// Passes everything that needs no letter.
fn close(atoms: &[(Atom, Repeat)], states: &mut [bool], place: usize, length: usize) {
    for (number, (atom, repeat)) in atoms.iter().enumerate() {
        let passes = match atom {
            Atom::Start => place == 0,
            Atom::End => place == length,
            _ => matches!(repeat, Repeat::Maybe | Repeat::Any),
        };
        if states[number] && passes {
            states[number + 1] = true;
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
            assert_eq!(read.is_in(line), is_in, "{pattern}: {line}");
        }
        let word = Pattern::parse("pi", false, false).expect("a pattern").with(true, true);
        assert!(word.is_in("a PI b") && !word.is_in("spin"));
        assert!(Pattern::parse("(a)", true, false).is_none());
    }
}
