//! Words around lessons that people write and hand out, and results that they hand in.

/// Words of a workshop.
#[allow(missing_docs)]
pub struct WorkshopWords {
    /// Lessons that came without a title.
    pub untitled: &'static str,
    /// Above what is wrong with them.
    pub faulty: &'static str,
    /// So many faults more.
    pub more_faults: fn(usize) -> String,
    /// The text of these lessons as one's own, to write on.
    pub write_on: &'static str,
    /// Out of the list.
    pub remove: &'static str,

    pub copy_results: &'static str,
    pub results_copied: &'static str,
    /// The browser does not let the page copy: the lines are below.
    pub copy_yourself: &'static str,
    pub no_results: &'static str,
    /// The head of the lines.
    pub results: &'static str,
    /// Behind what they name: a guess, the truth.
    pub guess: fn(&str) -> String,
    pub truth: fn(&str) -> String,
    pub no_guess: &'static str,

    /// What a link with someone's text is.
    pub result: &'static str,
    pub they_said: fn(&str) -> String,
    pub they_said_so: fn(&str) -> String,
    pub they_did_not_say: &'static str,
    pub what_they_changed: &'static str,
    pub checked_anew: &'static str,
    /// The lesson that the result is of.
    pub open_lesson: &'static str,

    /// The tab.
    pub lesson: &'static str,
    pub no_lesson: &'static str,
    pub make: &'static str,
    pub write: &'static str,
    pub stop_here: &'static str,
    pub stop_here_hint: &'static str,
    pub ask_here: &'static str,
    pub ask_here_hint: &'static str,
    pub solution: &'static str,
    pub solution_hint: &'static str,
    pub try_it: &'static str,
    pub try_it_hint: &'static str,
    pub nothing_selected: &'static str,
    pub too_many_stops: &'static str,
    pub stop_is_there: fn(&str) -> String,
    pub stop_written: fn(&str) -> String,
    pub ask_written: fn(&str) -> String,
    pub no_goal_yet: &'static str,
    pub goal_missed: &'static str,
    pub solution_written: &'static str,
    pub solution_is_start: &'static str,
    pub not_readable: &'static str,
    pub observations: &'static str,
    pub on_solution: fn(&str) -> String,
    pub sound: fn(usize) -> String,
    pub unsound: fn(usize) -> String,
    /// What a new lesson says until its author does.
    pub stub: Stub,
}

/// The words of a lesson that was just begun.
#[allow(missing_docs)]
pub struct Stub {
    pub title: &'static str,
    pub symptom: &'static str,
    pub ask: &'static str,
    pub say: &'static str,
    pub reply: &'static str,
    pub stop: &'static str,
    pub task: &'static str,
    pub goal: &'static str,
    pub takeaway: &'static str,
}
