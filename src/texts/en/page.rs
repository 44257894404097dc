//! The page in English.

use super::examples::EXAMPLES;
use super::format::FORMAT;
use super::keys::KEYS;
use crate::recording::FullOf;
use crate::texts::format::count;
use crate::texts::page::{AboutWords, PageWords};

pub(in crate::texts) static PAGE: PageWords = PageWords {
    product: "Job Playground",
    skip: ["To the spec", "To the timeline", "To why", "To the details"],
    untitled: "Untitled",
    examples: "Examples",
    example_groups: &EXAMPLES,
    search_examples: "An error, a field, a symptom",
    no_example: "No example has these words.",
    paste: "Paste my Job",
    purpose: "Paste a Kubernetes Job, break it, watch what the controller does, rewind it, ask why. Nothing leaves your \
              browser.",
    models: "models Kubernetes 1.36",
    about: AboutWords {
        simulated: "Simulated",
        simulated_list: &[
            "the Job controller: back-off, limits, deadlines, Indexed Jobs, policies, suspension, finalizers, counting",
            "the CronJob and TTL-after-finished controllers, garbage collection",
            "eviction and deletion with their grace periods",
            "the scheduler: nodes of limited capacity, taints, affinity, spread, preemption; nodes drained or lost",
            "the kubelet: image pulls, init containers, sidecars, probes, preStop hooks, restart rules, and what keeps a \
             container from starting",
            "of the API server: defaults, validation, and what may change",
        ],
        not_simulated: "Not simulated: a real cluster will differ here",
        not_simulated_list: &[
            "the kubelet's lag of a second or two, and jitter of restarts",
            "disruption budgets, quotas other than that of pods, webhooks, limit ranges, Pod Security",
            "without cluster.nodes every pod finds room, and what a manifest names exists unless it is said to be missing",
            "volumes beyond ConfigMaps, Secrets and claims that are missing; devices, resource claims, runtime classes",
            "a node short of memory or disk: image sizes, and whom it evicts by itself",
            "leader election, client throttling, the seconds of garbage collection",
            "nothing in a container is executed",
        ],
        judge: "The judge",
        judged: |cases| {
            format!(
                "{} recordings of the unmodified controllers, scheduler, kubelet, API server and kubectl of Kubernetes 1.36.3 are \
                 equal.",
                count(cases as i64)
            )
        },
        report: "Report a difference",
        report_how: "Send the link of your text (Share), and what a real cluster does instead.",
    },
    share: "Share",
    theme: "Light or dark",
    themes: ["As the system has it", "Light", "Dark"],
    help: "Help and keys",
    undo: "Undo",
    redo: "Redo",
    close: "Close",

    spec_region: "What you declare",
    stage_region: "What happens",
    detail_region: "Details at the playhead",

    spec: "Spec",
    scenario: "Scenario",
    refused: "The API server refuses this:",
    run_before: |name| format!("The text is refused. Shown is the run before: {name}"),
    no_scenario: "Nothing happens from outside yet, and every program runs for 10 s, that of an init container for \
                  2 s, and exits with 0, or does what its command says. Break something on the timeline, and it is written down here.",
    begin_scenario: "Begin a Scenario",

    playback: "Playback",
    start: "To the start",
    true_scale: "True time scale",
    zoom: ["Zoom out", "Zoom in", "All of the run"],
    story_or_rows: ["Story", "Timeline"],
    speed: "Speed",
    beat: "One event per beat",
    announce: |at, number, count, what| format!("{at}, step {number} of {count}. {what}"),
    voice: "After a step a screen reader says",
    voices: ["what happened", "the time and the step", "nothing"],
    played: |events, last| {
        format!("{} played. {last}", if events == 1 { "1 event".to_owned() } else { format!("{events} events") })
    },

    details: ["Events", "Status", "YAML", "Console"],
    nothing_there: "It is not there at this moment.",
    not_sent: " (no event: too many before)",
    event_times: |first, last| format!("first {}, last {}", FORMAT.clock_short(first), FORMAT.clock_short(last)),
    more_events: |number| {
        let events = if number == 1 { "event" } else { "events" };
        format!("… and {} more {events} at this moment", count(number as i64))
    },
    no_conditions: "none yet",
    not_readable: "The text has errors: nothing can run yet.",
    try_again: "Try again",
    part_coming: "This part of the page is still loading…",
    part_missing: "This part of the page could not be loaded. Is there a network? If there is, a new version may be on the server: then reload the page. The text is kept.",
    rules_missing: "The text has not been run: the rules of the API server, by which it is checked before, could not be loaded. Is there a network? If there is, a new version may be on the server: then reload the page. The text is kept.",
    words_missing: |language| {
        format!(
            "The words for {language} could not be loaded. Is there a network? If there is, a new version may be on the server: then reload the page."
        )
    },
    for_ever: "It goes on like this for ever: nothing in this text ends it. 10 days are recorded.",
    ten_days: "The run goes on. This is its beginning: no more than 10 days are recorded.",
    full: |at, of| {
        let kept = |number: usize, what| format!("{} {what} are as many as can be kept", count(number as i64));
        let why = match of {
            FullOf::Steps(steps) => kept(steps, "steps"),
            FullOf::Pods(pods) => kept(pods, "pods"),
            FullOf::Jobs(jobs) => kept(jobs, "Jobs"),
            FullOf::Runs(runs) => {
                format!("{} runs have piled up, and each sync looks at all of them", count(runs as i64))
            }
            FullOf::NodeLooks(looks) => {
                format!("the scheduler has looked at a node or a pod {} times", count(looks as i64))
            }
            FullOf::SilentTurns(turns) => {
                format!("nothing has come of {} attempts, most of them of pods that wait", count(turns as i64))
            }
        };
        format!("The run goes on. This is its beginning, up to {}: {why}.", FORMAT.clock_exact(at))
    },
    cut: "The run goes on behind the question. This is its beginning.",
    stopped: |at| {
        format!("You stopped the recording at {}. The run goes on; this is its beginning.", FORMAT.clock_exact(at))
    },
    record_again: "Record it again",
    records: "Recording the run…",
    records_at: |at, steps| {
        format!("Recording the run… it has come to {}, in {} steps.", FORMAT.clock_short(at), count(steps as i64))
    },
    lays_out: |steps| format!("Recorded, in {} steps. Drawing the run…", count(steps as i64)),
    stop_recording: "Stop here",
    escape_stops: "Escape stops it.",
    no_run: "Nothing runs yet. Paste a Job, or open an example.",

    replaced: "A new text is open.",
    paste_by_key: "The browser keeps the clipboard to itself. Press Ctrl+V or ⌘V anywhere on the page.",
    select_and_copy: "The browser lets the page copy nothing. Select the text and press Ctrl+C or ⌘C.",

    copy: "Copy",
    copied: "Copied",
    keys: &KEYS,

    edges: ["Width of the spec", "Height of spec and timeline", "Width of WHY"],
    fold_spec: "Fold the spec",
    unfold_spec: "Unfold the spec",
    panes: ["Spec", "Run", "Why"],
};
