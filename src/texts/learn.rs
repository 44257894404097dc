//! Words around lessons: the steps, the card, the curtain, the panel Learn. What a lesson itself says is in its prose.

/// Words around lessons.
#[allow(missing_docs)]
pub struct LearnWords {
    pub learn: &'static str,
    /// The steps of a lesson: guess, watch, fix, kept.
    pub steps: [&'static str; 4],
    /// Which lesson of how many, and of which world.
    pub place: fn(usize, usize, &str) -> String,
    /// Which of how many, in the header.
    pub number: fn(usize, usize) -> String,
    /// The region of the card.
    pub card: &'static str,
    pub fold: &'static str,
    pub unfold: &'static str,

    /// The film ends here.
    pub cut_at: fn(&str) -> String,
    pub not_over: &'static str,
    pub film_stops: &'static str,
    /// Of a film that ends before the API server has answered.
    pub before_answer: &'static str,
    /// In the place of what WHY would say beside its sentence.
    pub opens_with_answer: &'static str,
    pub read_only: &'static str,
    pub faults_closed: &'static str,
    pub faults_kept: &'static str,
    pub answer: &'static str,
    pub show_me: &'static str,
    /// The same where there is little room.
    pub show_me_short: &'static str,

    /// The guess and the truth: `You said **6**`, `It was **7**`.
    pub you_said: fn(&str) -> String,
    pub it_was: fn(&str) -> String,
    /// The truth is what was said.
    pub as_you_said: fn(&str) -> String,
    /// Which stop of how many, and when.
    pub stop: fn(usize, usize, &str) -> String,
    pub next: &'static str,
    pub to_fix: &'static str,
    /// A moment that does not come in this run.
    pub no_moment: &'static str,

    pub goals: &'static str,
    /// Before what was seen.
    pub seen: fn(&str) -> String,
    pub reached: &'static str,
    pub open: &'static str,
    pub no_run: &'static str,
    pub line_kept: &'static str,
    /// The row among the goals that says that kept lines were changed.
    pub kept_lines: &'static str,
    pub changed: &'static str,
    pub hint: fn(usize, usize) -> String,
    pub solution: &'static str,
    pub again: &'static str,

    pub your_guess: &'static str,
    pub no_guess: &'static str,
    /// Your guess beside the truth.
    pub guess_was: fn(&str, &str) -> String,
    pub guess_right: fn(&str) -> String,
    pub your_change: &'static str,
    /// So many lines, with so many hints.
    pub lines_changed: fn(usize, usize) -> String,
    /// Between two parts of a line.
    pub comma: &'static str,
    pub solution_seen: &'static str,
    pub real_life: &'static str,
    pub next_lesson: fn(&str) -> String,
    pub go_on_playing: &'static str,
    pub all_lessons: &'static str,

    /// So many of so many are done.
    pub progress: fn(usize, usize) -> String,
    pub go_on: fn(&str) -> String,
    pub begin: fn(&str) -> String,
    /// What became of a lesson: new, watched, solved, solution seen.
    pub states: [&'static str; 4],
    pub save: &'static str,
    pub read: &'static str,
    pub forget: &'static str,
    pub forget_really: &'static str,
    pub not_kept: &'static str,
    pub not_progress: &'static str,
    pub read_in: fn(usize) -> String,
    /// What the file with the progress is called.
    pub file: &'static str,

    pub fetching: &'static str,
    pub not_fetched: &'static str,
    pub no_lesson: fn(&str) -> String,
    pub no_course: fn(&str) -> String,
    /// Behind a remark that has a lesson.
    pub door: &'static str,
    /// Beside an example that has one.
    pub as_a_lesson: &'static str,
    /// Of the QR code on paper.
    pub code: &'static str,
    /// Told to screen readers.
    pub answered: fn(&str) -> String,
    pub goals_told: fn(usize, usize) -> String,
}
