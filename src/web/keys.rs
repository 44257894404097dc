//! The keys of the page, and what they do: the one table that both the help and the page itself read. Keys of the text
//! box are those of the editor.

use crate::texts::keys::KeyWords;
use crate::timeline::faults::PodFault;
use crate::timeline::node_faults::NodeFault;
use web_sys::KeyboardEvent;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Command {
    /// Belongs to what has the focus: a button, a slider, the cells.
    Own,
    /// Walk over the marks of the timeline.
    Walk,
    TogglePlay,
    StepBy(i32),
    SeekTenth(u8),
    /// Do this to the pod of the row.
    Fault(PodFault),
    /// Do this to the node of the pod of the row.
    NodeFault(NodeFault),
    /// Choose the exit code of the pod of the row.
    ExitCode,
    SelectNothing,
    /// Closer by a factor less than 1, further away by a greater one.
    Zoom(f64),
    /// By so many times what is shown.
    Pan(f64),
    ShowAll,
    ShowSelection,
    FromPlayhead,
    ToPlayhead,
    /// Look for a pod.
    Find,
    /// The timeline as a table, and back.
    Table,
    /// The console's prompt.
    Console,
    Help,
    /// Move the edge between two regions, by thousandths of their room.
    EdgeBy(f64),
    /// To the thousandths of their room, as far as it goes.
    EdgeTo(f64),
    /// Back to where it was; the spec's folds and unfolds it.
    EdgeBack,
    Undo,
    Redo,
    Share,
}

/// How much closer one key leads; the same way back.
pub(crate) const CLOSER: f64 = 0.8;
/// How far a key moves an edge, in thousandths.
const EDGE: f64 = 20.0;
/// How far one key leads, as a share of what is shown.
const ASIDE: f64 = 0.2;

/// A line of the help.
pub(crate) struct Line {
    /// Its keys as they are written there, separated by spaces.
    pub(crate) keys: &'static str,
    pub(crate) words: fn(&KeyWords) -> &'static str,
    /// The same keys as events name them, with their modifiers.
    commands: &'static [(&'static str, Command)],
}

const fn line(
    keys: &'static str,
    words: fn(&KeyWords) -> &'static str,
    commands: &'static [(&'static str, Command)],
) -> Line {
    Line { keys, words, commands }
}

/// While the focus is on the timeline or its transport.
pub(crate) static ON_TIMELINE: [Line; 21] = [
    line("Space", |words| words.play, &[(" ", Command::TogglePlay)]),
    line(". ,", |words| words.step, &[(".", Command::StepBy(1)), (",", Command::StepBy(-1))]),
    line("← →", |words| words.marks, &[("ArrowLeft", Command::Walk), ("ArrowRight", Command::Walk)]),
    line("↑ ↓", |words| words.rows, &[("ArrowUp", Command::Walk), ("ArrowDown", Command::Walk)]),
    line("PgUp PgDn", |words| words.pages, &[("PageUp", Command::Own), ("PageDown", Command::Own)]),
    line("Home End", |words| words.ends, &[("Home", Command::SeekTenth(0)), ("End", Command::SeekTenth(10))]),
    line(
        "0 … 9",
        |words| words.tenths,
        &[
            ("0", Command::SeekTenth(0)),
            ("1", Command::SeekTenth(1)),
            ("2", Command::SeekTenth(2)),
            ("3", Command::SeekTenth(3)),
            ("4", Command::SeekTenth(4)),
            ("5", Command::SeekTenth(5)),
            ("6", Command::SeekTenth(6)),
            ("7", Command::SeekTenth(7)),
            ("8", Command::SeekTenth(8)),
            ("9", Command::SeekTenth(9)),
        ],
    ),
    line(
        "W S + −",
        |words| words.zoom,
        &[
            ("w", Command::Zoom(CLOSER)),
            ("s", Command::Zoom(1.0 / CLOSER)),
            ("+", Command::Zoom(CLOSER)),
            ("-", Command::Zoom(1.0 / CLOSER)),
        ],
    ),
    line("A D", |words| words.pan, &[("a", Command::Pan(-ASIDE)), ("d", Command::Pan(ASIDE))]),
    line("F", |words| words.fit, &[("f", Command::ShowAll)]),
    line("Shift+F", |words| words.fit_selection, &[("Shift+f", Command::ShowSelection)]),
    line("[ ]", |words| words.range, &[("[", Command::FromPlayhead), ("]", Command::ToPlayhead)]),
    line("P", |words| words.find, &[("p", Command::Find)]),
    line("T", |words| words.table, &[("t", Command::Table)]),
    line("/", |words| words.console, &[("/", Command::Console)]),
    line("Enter", |words| words.why, &[("Enter", Command::Own)]),
    line(
        "K E O M",
        |words| words.faults,
        &[
            ("k", Command::Fault(PodFault::Fail)),
            ("e", Command::Fault(PodFault::Evict)),
            ("o", Command::Fault(PodFault::OomKill)),
            ("m", Command::Fault(PodFault::NodePressure)),
        ],
    ),
    line(
        "N L",
        |words| words.node_faults,
        &[("n", Command::NodeFault(NodeFault::Drain)), ("l", Command::NodeFault(NodeFault::Lost))],
    ),
    line("X", |words| words.exit_code, &[("x", Command::ExitCode)]),
    line("Esc", |words| words.nothing, &[("Escape", Command::SelectNothing)]),
    line("?", |words| words.help, &[("?", Command::Help)]),
];

/// While the focus is on the edge between two regions.
pub(crate) static ON_EDGE: [Line; 3] = [
    line(
        "← → ↑ ↓",
        |words| words.edge_by,
        &[
            ("ArrowLeft", Command::EdgeBy(-EDGE)),
            ("ArrowRight", Command::EdgeBy(EDGE)),
            ("ArrowUp", Command::EdgeBy(-EDGE)),
            ("ArrowDown", Command::EdgeBy(EDGE)),
        ],
    ),
    line("Home End", |words| words.edge_to, &[("Home", Command::EdgeTo(0.0)), ("End", Command::EdgeTo(1000.0))]),
    line("Enter", |words| words.edge_back, &[("Enter", Command::EdgeBack)]),
];

/// Wherever the focus is.
pub(crate) static EVERYWHERE: [Line; 4] = [
    line("Ctrl+Z", |words| words.undo, &[("Ctrl+z", Command::Undo)]),
    line("Shift+Ctrl+Z Ctrl+Y", |words| words.redo, &[("Shift+Ctrl+z", Command::Redo), ("Ctrl+y", Command::Redo)]),
    line("Ctrl+S", |words| words.share, &[("Ctrl+s", Command::Share)]),
    line("Ctrl+V", |words| words.paste, &[("Ctrl+v", Command::Own)]),
];

/// What a key asks for among some lines; nothing that belongs to whatever has the focus.
pub(crate) fn command(lines: &[Line], event: &KeyboardEvent) -> Option<Command> {
    if event.alt_key() || event.is_composing() {
        return None;
    }
    named(lines, &name(&event.key(), event.shift_key(), event.ctrl_key() || event.meta_key()))
}

fn named(lines: &[Line], name: &str) -> Option<Command> {
    let mut commands = lines.iter().flat_map(|line| line.commands);
    commands.find(|(key, _)| *key == name).map(|(_, command)| *command).filter(|command| *command != Command::Own)
}

/// A key with its modifiers. That Shift was pressed is part of the key itself, unless it is a letter.
fn name(key: &str, shift: bool, command: bool) -> String {
    let is_letter = key.len() == 1 && key.as_bytes()[0].is_ascii_alphabetic();
    let shift = if shift && is_letter { "Shift+" } else { "" };
    format!(
        "{shift}{}{}",
        if command { "Ctrl+" } else { "" },
        if is_letter { key.to_ascii_lowercase() } else { key.to_owned() }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The keys of a line as events name them, read from what the help says.
    fn in_the_help(line: &Line) -> Vec<String> {
        if line.keys == "0 … 9" {
            return (0..=9).map(|digit| digit.to_string()).collect();
        }
        let named = |key: &str| match key {
            "Space" => " ".to_owned(),
            "←" => "ArrowLeft".to_owned(),
            "→" => "ArrowRight".to_owned(),
            "↑" => "ArrowUp".to_owned(),
            "↓" => "ArrowDown".to_owned(),
            "PgUp" => "PageUp".to_owned(),
            "PgDn" => "PageDown".to_owned(),
            "−" => "-".to_owned(),
            "Esc" => "Escape".to_owned(),
            key => {
                let (modifiers, letter) =
                    key.rsplit_once('+').filter(|(before, _)| !before.is_empty()).unwrap_or(("", key));
                name(letter, modifiers.contains("Shift"), modifiers.contains("Ctrl"))
            }
        };
        line.keys.split(' ').map(named).collect()
    }

    #[test]
    fn the_keys_in_the_help_are_exactly_those_that_act() {
        for line in ON_TIMELINE.iter().chain(&ON_EDGE).chain(&EVERYWHERE) {
            let acting: Vec<&str> = line.commands.iter().map(|(key, _)| *key).collect();
            assert_eq!(in_the_help(line), acting, "{}", line.keys);
        }
    }

    #[test]
    fn no_key_asks_for_two_things() {
        for lines in [&ON_TIMELINE[..], &ON_EDGE[..], &EVERYWHERE[..]] {
            let keys: Vec<&str> = lines.iter().flat_map(|line| line.commands).map(|(key, _)| *key).collect();
            assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
        }
    }

    #[test]
    fn shift_belongs_to_letters_and_caps_lock_to_none() {
        let of = |key: &str, shift, command| named(&ON_TIMELINE, &name(key, shift, command));
        assert_eq!(of("F", true, false), Some(Command::ShowSelection));
        assert_eq!(of("F", false, false), Some(Command::ShowAll));
        assert_eq!(of("?", true, false), Some(Command::Help));
        assert_eq!(of("+", true, false), Some(Command::Zoom(CLOSER)));
        assert_eq!((of("w", false, true), of("PageUp", false, false)), (None, None));
    }
}
