//! Words beside those of kubectl: what the simulated cluster does not know, and what it knows of the time.

/// Words that are not kubectl's own.
pub struct KubectlWords {
    /// kubectl knows this word, the simulated cluster does not.
    pub not_modelled: fn(&str) -> String,
    /// The command returns at this time of the run.
    pub returns: fn(&str) -> String,
    /// What a command waits for does not happen: nothing is left to happen.
    pub never_again: &'static str,
    /// What a command waits for does not happen: the Job has ended with another condition, at this time.
    pub ended_as: fn(&str, &str, &str) -> String,
    /// What a command waits for happens at this time, which is later than it waits.
    pub later: fn(&str) -> String,
    /// The recording ends at this time, before the command does.
    pub beyond_recording: fn(&str) -> String,
    /// The output of this container is not known.
    pub simulated_log: &'static str,
    /// So many changes are left out.
    pub cut_short: fn(usize) -> String,
    /// A part of a shell that is not read here.
    pub not_of_this_shell: fn(&str) -> String,
    /// A line of a shell, or a part of one, that costs too much.
    pub too_much: &'static str,
    /// A line of a shell that cannot be read.
    pub unfinished_line: &'static str,
}
