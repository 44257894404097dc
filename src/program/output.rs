//! What a program prints while it runs, as far as its command tells.

use super::budget::Budget;
use super::surroundings::Surroundings;
use super::{Started, base_name, is_shell, one_liner, script_of, shell};
use crate::time::Span;

/// A line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How long after the start.
    pub after: Span,
    /// What it says; `None` if that is not known.
    pub text: Option<String>,
}

/// The line that `date` prints at a time in milliseconds since 1970; `None` for a form that is not known.
pub fn date(arguments: &[&str], unix_millis: i64) -> Option<String> {
    shell::date(arguments, unix_millis)
}

/// What a container prints; `None` if its command is not understood.
pub fn output(started: Started<'_>, index: Option<u32>, surroundings: &Surroundings) -> Option<Vec<Line>> {
    let words: Vec<&str> = started.command.iter().map(|word| &**word).collect();
    let budget = Budget::default();
    let pieces = match &words[..] {
        [] => return None,
        [name, rest @ ..] if is_shell(name) => {
            let script = shell::Script { is_bash: base_name(name) == "bash", ..script_of(rest)? };
            shell::printed_by_script(script, index, surroundings, &budget)?
        }
        words => {
            shell::printed_by_command(words, index, surroundings, &budget).or_else(|| one_liner::printed(words))?
        }
    };
    Some(lines(pieces, surroundings.until))
}

/// Pieces of text as lines: each has the time of its first piece.
fn lines(pieces: Vec<(Span, Option<String>)>, until: Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut begun: Option<(Span, String)> = None;
    for (after, text) in pieces.into_iter().filter(|(after, _)| *after <= until) {
        let Some(text) = text else {
            lines.extend(begun.take().map(|(after, text)| Line { after, text: Some(text) }));
            lines.push(Line { after, text: None });
            continue;
        };
        for part in text.split_inclusive('\n') {
            let (since, mut line) = begun.take().unwrap_or((after, String::new()));
            match part.strip_suffix('\n') {
                Some(rest) => {
                    line += rest;
                    lines.push(Line { after: since, text: Some(line) });
                }
                None => begun = Some((since, line + part)),
            }
        }
    }
    lines.extend(begun.map(|(after, text)| Line { after, text: Some(text) }));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::rc::Rc;

    fn printed(command: &[&str], seconds: i64) -> String {
        let command: Vec<Rc<str>> = command.iter().map(|word| (*word).into()).collect();
        let surroundings = Surroundings {
            start_unix_millis: 946_728_000_000,
            until: Span::from_seconds(seconds),
            hostname: "pi-abcde".to_owned(),
            variables: BTreeMap::from([("WHO".to_owned(), Some("you".to_owned())), ("KEY".to_owned(), None)]),
            is_complete: true,
        };
        let started = Started { command: &command, image: "busybox", container: "main" };
        let Some(lines) = output(started, Some(3), &surroundings) else { return "unknown".to_owned() };
        let lines = lines
            .into_iter()
            .map(|line| format!("{}:{}", line.after.millis() / 1000, line.text.unwrap_or_else(|| "?".to_owned())));
        lines.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_scripts_print() {
        for (script, expected) in [
            ("echo 'Processing files...' && sleep 10 && echo 'Done!'", "0:Processing files...|10:Done!"),
            ("for i in $(seq 1 3); do echo $i; sleep 2; done", "0:1|2:2|4:3"),
            ("while true; do date; sleep 20; done", "0:Sat Jan  1 12:00:00 UTC 2000|20:Sat Jan  1 12:00:20 UTC 2000"),
            ("echo $(date +%F) $HOSTNAME `hostname`", "0:2000-01-01 pi-abcde pi-abcde"),
            ("echo hello $WHO; echo $KEY; echo [$NOTHING]", "0:hello you|0:?|0:[]"),
            ("printf 'a %s\\n' x y; printf b", "0:a x|0:a y|0:b"),
            ("echo to > /tmp/file; echo log >&2; echo both 2>&1", "0:log|0:both"),
            ("date | tee /log; echo a | tee /log", "0:Sat Jan  1 12:00:00 UTC 2000|0:a"),
            ("echo index $JOB_COMPLETION_INDEX; exit 3", "0:index 3"),
            ("x=$(echo a b); echo \"$x\"; echo -n c; echo d", "0:a b|0:cd"),
            ("{ echo a; echo b; } > /dev/null; (echo c)", "0:c"),
            ("seq 2", "0:1|0:2"),
            ("./migrate", "unknown"),
            ("echo before; ./migrate", "unknown"),
        ] {
            assert_eq!(printed(&["sh", "-c", script], 35), expected, "{script}");
        }
        assert_eq!(printed(&["echo", "Hello", "Kubernetes"], 1), "0:Hello Kubernetes");
        assert_eq!(printed(&["date"], 1), "0:Sat Jan  1 12:00:00 UTC 2000");
        assert_eq!(printed(&["python", "-c", "print('hi'); import time; time.sleep(3); print(5)"], 9), "0:hi|3:5");
        assert_eq!(printed(&["perl", "-wle", "print bpi(2000)"], 1), "unknown");
    }
}
