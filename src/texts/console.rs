//! Words of the console beside kubectl.

/// Words of the console.
pub struct ConsoleWords {
    /// What the console knows beside kubectl, a line for each word.
    pub help: &'static str,
    /// It is not a time; how times are written.
    pub not_a_time: fn(&str) -> String,
    /// No object is called so.
    pub no_such_object: fn(&str) -> String,
    /// No fault is called so; empty if none was named. Which there are.
    pub no_such_fault: fn(&str) -> String,
    /// It is not a number of events.
    pub not_a_number: fn(&str) -> String,
    /// This word is one too many.
    pub too_many: fn(&str) -> String,
    /// The prompt, for screen readers.
    pub prompt: &'static str,
    /// What has been printed, for screen readers.
    pub log: &'static str,
    /// What an empty console says: what can be typed.
    pub invitation: &'static str,
    /// Lines that can be tried, behind it.
    pub tries: &'static str,
    /// The input was added, and the run is another one from here.
    pub added: &'static str,
    /// Takes it back.
    pub undo: &'static str,
    /// Follows what happens: lines come as the playhead moves.
    pub follows: &'static str,
    /// Ends that.
    pub stop: &'static str,
    /// A command waits until the run is recorded.
    pub waits: &'static str,
    /// Copies all that is in the console.
    pub copy: &'static str,
    /// Empties it.
    pub clear: &'static str,
    /// Runs the line.
    pub run: &'static str,
    /// So many lines that were typed before are not shown.
    pub earlier: fn(usize) -> String,
    /// So many lines are not shown.
    pub more_lines: fn(usize) -> String,
    /// The list of completions.
    pub completions: &'static str,
    /// Takes the completion that is chosen.
    pub tab_takes: &'static str,
    /// Runs a command of WHY.
    pub run_this: fn(&str) -> String,
    /// The text is locked: nothing can be changed now.
    pub locked: &'static str,
    /// The text has errors: nothing can be added to it.
    pub broken: &'static str,
    /// Where a name leads to.
    pub show: fn(&str) -> String,
    /// Explains a status of this object.
    pub explain: fn(&str, &str) -> String,
}
