//! The page in English.

use super::format::FORMAT;
use super::keys::KEYS;
use crate::recording::FullOf;
use crate::texts::format::count;
use crate::texts::page::{AboutWords, ExampleGroup, ExampleWords, PageWords};

pub(in crate::texts) static PAGE: PageWords = PageWords {
    product: "Job Playground",
    skip: ["To the spec", "To the timeline", "To why", "To the details"],
    untitled: "Untitled",
    examples: "Examples",
    example_groups: &[
        ExampleGroup {
            question: "When does it try again, when does it give up?",
            examples: &[
                ExampleWords {
                    title: "Two failures, then success",
                    about: "Back-off: each failure in a row doubles the wait, 10 s, 20 s, 40 s",
                    search: "backoffLimit OOMKilled 137 retry retries try again exponential crash restart failed pods",
                },
                ExampleWords {
                    title: "The deadline beats the retries",
                    about: "DeadlineExceeded: activeDeadlineSeconds runs over attempts and waits alike",
                    search: "timeout too long killed activeDeadlineSeconds",
                },
                ExampleWords {
                    title: "One name, two deadlines",
                    about: "activeDeadlineSeconds of a pod fails the pod, and the Job tries again",
                    search: "DeadlineExceeded pod template spec timeout each attempt per try",
                },
                ExampleWords {
                    title: "Init container fails: who counts it?",
                    about: "With Never the pod fails, and the Job counts it; the program has never run",
                    search: "initContainers Init:Error Init:CrashLoopBackOff PodInitializing wait for database",
                },
            ],
        },
        ExampleGroup {
            question: "Why did my logs vanish?",
            examples: &[ExampleWords {
                title: "OnFailure takes its pod along",
                about: "BackoffLimitExceeded: at the limit the only pod is deleted, and its logs vanished",
                search: "logs gone missing lost kubectl logs not found restartPolicy",
            }],
        },
        ExampleGroup {
            question: "Why is it Pending?",
            examples: &[
                ExampleWords {
                    title: "Each node has its own reason",
                    about: "FailedScheduling, node by node: no room, another label, a taint; then a node takes it",
                    search: "why Pending Unschedulable 0/3 nodes are available untolerated taint nodeSelector affinity toleration \
                             stuck",
                },
                ExampleWords {
                    title: "It does not fit",
                    about: "Insufficient cpu: requests larger than any node; only the deadline ends it",
                    search: "why Pending FailedScheduling memory resources limits too big capacity autoscaler preemption",
                },
                ExampleWords {
                    title: "ImagePullBackOff, and does it ever end?",
                    about: "A pod that waits for its image has not failed: nothing is counted until the deadline",
                    search: "why Pending ErrImagePull InvalidImageName manifest unknown not found unauthorized registry tag typo \
                             stuck",
                },
            ],
        },
        ExampleGroup {
            question: "Why is it stuck?",
            examples: &[
                ExampleWords {
                    title: "The sidecar that keeps the Job alive, and the one that does not",
                    about: "The work is done, and a helper among the containers goes on; as an init container it stops",
                    search: "istio envoy cloud-sql-proxy never completes hangs running for ever never ends native \
                             restartPolicy Always NotReady",
                },
                ExampleWords {
                    title: "Field is immutable",
                    about: "A new image for a Job that exists: the pod template cannot be changed",
                    search: "Invalid value: field is immutable spec.template apply update image cannot change",
                },
            ],
        },
        ExampleGroup {
            question: "How does it survive a drain?",
            examples: &[
                ExampleWords {
                    title: "An eviction that does not count",
                    about: "podFailurePolicy ignores the disruption, even with backoffLimit 0",
                    search: "evicted preempted spot node drain DisruptionTarget onPodConditions Ignore",
                },
                ExampleWords {
                    title: "Drain a node under a Job",
                    about: "Without a policy each evicted pod counts, and two of them fail the whole Job",
                    search: "kubectl drain cordon evicted nodes maintenance upgrade BackoffLimitExceeded",
                },
                ExampleWords {
                    title: "A node dies",
                    about: "50 s until it counts as NotReady, 300 s until its pod has to go, and Terminating until it \
                            is deleted",
                    search: "NodeLost unreachable not-ready NotReady TaintManagerEviction node failure crash stuck \
                             Terminating",
                },
                ExampleWords {
                    title: "Two at once",
                    about: "A pod that is being deleted is replaced before it has ended",
                    search: "twice duplicate concurrent terminating podReplacementPolicy overlap at least once",
                },
            ],
        },
        ExampleGroup {
            question: "What does one bad index cost?",
            examples: &[ExampleWords {
                title: "Index 1 always fails",
                about: "The others finish, and still the Job ends as Failed",
                search: "Indexed FailedIndexes backoffLimitPerIndex maxFailedIndexes MaxFailedIndexesExceeded partial",
            }],
        },
        ExampleGroup {
            question: "What happens to time?",
            examples: &[
                ExampleWords {
                    title: "Suspended is not paused",
                    about: "The pods are deleted, the deadline starts anew",
                    search: "suspend pause resume stop kueue queue",
                },
                ExampleWords {
                    title: "Forbid starts late, or never",
                    about: "A run of 90 s, every minute: the next one waits for its end",
                    search: "CronJob concurrencyPolicy Replace Allow missed skipped schedule overlapping runs",
                },
                ExampleWords {
                    title: "A backup each night",
                    about: "A CronJob with timeZone and startingDeadlineSeconds",
                    search: "time zone UTC daylight saving nightly schedule cron database dump",
                },
            ],
        },
        ExampleGroup {
            question: "How do I spread work over pods?",
            examples: &[
                ExampleWords {
                    title: "One pod, once",
                    about: "The digits of pi: the Job of the documentation",
                    search: "hello world perl bpi simple first",
                },
                ExampleWords {
                    title: "One Job for each item",
                    about: "From a template: each item fails on its own",
                    search: "parallel expansion template loop helm sed",
                },
                ExampleWords {
                    title: "A queue, one pod for each item",
                    about: "Data processing: completions: 10, parallelism: 4",
                    search: "RabbitMQ coarse completions fixed count",
                },
                ExampleWords {
                    title: "A queue, fewer pods than items",
                    about: "Work queue without completions: the first success ends the hiring",
                    search: "Redis fine parallel workers without completions",
                },
                ExampleWords {
                    title: "Each index its own part",
                    about: "Static assignment: completionMode: Indexed, JOB_COMPLETION_INDEX",
                    search: "shard partition batch array job index successPolicy SuccessCriteriaMet",
                },
            ],
        },
    ],
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

    details: ["Events", "Status", "YAML"],
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

    copy: "Copy",
    copied: "Copied",
    keys: &KEYS,

    edges: ["Width of the spec", "Height of spec and timeline", "Width of WHY"],
    fold_spec: "Fold the spec",
    unfold_spec: "Unfold the spec",
    panes: ["Spec", "Run", "Why"],
};
