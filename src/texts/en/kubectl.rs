//! English words beside those of kubectl.

use crate::texts::kubectl::KubectlWords;

pub(in crate::texts) static KUBECTL: KubectlWords = KubectlWords {
    not_modelled: |what| format!("error: not modelled here: {what}"),
    returns: |at| format!("returns at {at}"),
    never_again: "never happens: nothing is left to happen in this run",
    ended_as: |job, condition, at| {
        format!("never happens: Job {job} is {condition} from {at} on, and has no other condition to wait for")
    },
    later: |at| format!("would happen at {at}"),
    beyond_recording: |at| format!("the recording ends at {at}"),
    simulated_log: "simulated: the output of this program is not known",
    cut_short: |count| format!("{count} more changes"),
    not_of_this_shell: |what| format!("error: {what}: this shell only knows commands, pipes, && || ; and $(…)"),
    too_much: "error: more than is done at once here",
    unfinished_line: "error: a quote or a bracket is not closed",
};
