//! The editor in English.

use super::format::FORMAT;
use crate::cluster::behavior::Program;
use crate::limits::TEXT_BYTES;
use crate::texts::editor::EditorWords;
use crate::texts::format::count;
use crate::texts::keys::KeyGroup;
use crate::time::Span;

pub(in crate::texts) static EDITOR: EditorWords = EditorWords {
    spec_box: "Manifests, as YAML",
    scenario_box: "Scenario, as YAML",
    lesson_box: "Lesson, as YAML",
    simplified: "Simpler here",
    tiers: ["refused", "to know", "not modelled"],
    valid: "valid",
    checking: "checking…",
    not_checked: "not checked",
    findings: "Remarks on the text",
    line: |line| format!("Line {line}"),
    nothing_created: "Refused: nothing is created",
    from_the_start: "from the start",
    apply_at: |at| format!("kubectl apply at {}", FORMAT.clock_short(at)),
    more_problems: |count| format!("and {count} more"),
    default: "default",
    assumed: "assumed",
    write_default: "Write it into the text",
    write_assumed: "Write it into the Scenario, to change it",
    program: |container, program| match program {
        None => format!("{container}: as its command says, index by index"),
        Some(Program { run: Span::FOREVER, .. }) => format!("{container} runs until it is stopped"),
        Some(program) => format!("{container} runs {}, exits {}", FORMAT.span(program.run), program.exit_code),
    },
    about_place: "About this place",
    nothing_to_say: "Nothing to say about this place.",
    decided: |steps| match steps {
        1 => "decided 1 step of this run".to_owned(),
        _ => format!("decided {steps} steps of this run"),
    },
    inert: "never came into play in this run",
    without: "Without it:",
    same_without: "Without it this run would end in the same way.",
    show_effects: "Show them",
    number: "Step the number",
    less_more: ["Less", "More"],
    number_keys: "Alt+↑ ↓, or drag with Alt",
    completions: "What could stand here",
    required: "required",
    document: "manifest",
    suggestions: |count| match count {
        1 => "1 suggestion".to_owned(),
        _ => format!("{count} suggestions"),
    },
    chip_row: "Keys for YAML",
    chips: ["Colon", "Dash", "Less deep", "Deeper", "Undo", "About this place"],
    file_too_large: |bytes| {
        let (bytes, most) = (count(bytes as i64), count(TEXT_BYTES as i64));
        format!("This file has {bytes} bytes; at most {most} are opened. Your text stays.")
    },
    file_not_text: "This file is no text in UTF-8. Your text stays.",
    file_unreadable: "The browser could not read this file. Your text stays.",
    keys: KeyGroup {
        title: "In the text box",
        keys: &[
            ("F8 Shift+F8", "Next, previous finding"),
            ("Ctrl+I", "About this place: findings, help, effects; Tab leads into it"),
            ("Ctrl+Space", "What could stand here"),
            ("Alt+↑ Alt+↓", "The number at the caret: one more, one less; with Shift by 10; or drag it with Alt"),
            ("Ctrl+] Ctrl+[", "Lines deeper, less deep; also Tab and Shift+Tab while several lines are selected"),
            ("Tab", "On to the next control"),
            ("Esc", "Close the card or the list"),
        ],
    },
};
