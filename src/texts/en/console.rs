//! English words of the console.

use crate::texts::console::ConsoleWords;

pub(in crate::texts) static CONSOLE: ConsoleWords = ConsoleWords {
    help: "\
kubectl …                get, describe, logs, events, wait, explain, create, apply, patch, delete, drain …
time                     what time it is; time +5m, time -30s, time 1:30 go there
next, back               to the next event, to the one before; next 5
why [pod/NAME]           explains what an object has come to, or what has just happened
inject FAULT pod/NAME    fail [CODE], oom, evict, pressure, preempt, delete
inject FAULT node/NAME   drain, cordon, uncordon, taint, untaint, lost, back, remove
inject restart           restarts kube-controller-manager
undo, redo               the last change of the text
reset                    takes all inputs out, and goes to the start
share                    a link to all of this
history, clear           the lines you typed; empties the console
grep, head, tail, wc, sort behind a pipe; && || ; $(…) and variables as in a shell
",
    not_a_time: |text| format!("`{text}` is not a time: +5m, -30s, 90s, 1:30"),
    no_such_object: |name| match name {
        "" => "of which pod or node?".to_owned(),
        name => format!("`{name}` is not there"),
    },
    no_such_fault: |name| {
        let said = if name.is_empty() { String::new() } else { format!("`{name}` is none of these faults. ") };
        format!(
            "{said}Pods: fail, oom, evict, pressure, preempt, delete. Nodes: drain, cordon, uncordon, taint, untaint, lost, back, remove. Or: restart"
        )
    },
    not_a_number: |text| format!("`{text}` is not a number of events"),
    too_many: |word| format!("what is `{word}`?"),
    prompt: "Command, at the time of the playhead",
    log: "Console",
    invitation: "kubectl, on this cluster, at the time of the playhead. What acts becomes a line of the Scenario.",
    tries: "Try:",
    added: "Added to the Scenario: from here on it is a new run.",
    undo: "Undo",
    follows: "Follows the playhead",
    stop: "Stop",
    waits: "Waits until the run is recorded",
    copy: "Copy",
    clear: "Clear",
    run: "Run",
    earlier: |count| if count == 1 { "1 earlier command".to_owned() } else { format!("{count} earlier commands") },
    more_lines: |count| if count == 1 { "1 more line".to_owned() } else { format!("{count} more lines") },
    completions: "Completions",
    tab_takes: "Tab takes it",
    run_this: |command| format!("Run in the console: {command}"),
    locked: "error: in this step of the lesson nothing can be changed",
    broken: "error: the text has errors; nothing can be added to it before they are mended",
    show: |name| format!("Show {name} on the timeline"),
    explain: |status, name| format!("Why is {name} {status}?"),
};
