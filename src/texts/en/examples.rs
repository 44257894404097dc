//! What the examples are about, in English.

use crate::texts::page::{ExampleGroup, ExampleWords};

pub(in crate::texts) static EXAMPLES: [ExampleGroup; 8] = [
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
];
