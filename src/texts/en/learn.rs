//! Around lessons, in English.

use crate::texts::learn::LearnWords;

pub(in crate::texts) static LEARN: LearnWords = LearnWords {
    learn: "Learn",
    steps: ["Guess", "Watch", "Fix", "Kept"],
    place: |number, of, world| format!("{number} of {of}, {world}"),
    number: |number, of| format!("{number} of {of}"),
    card: "Lesson",
    fold: "Fold the lesson",
    unfold: "Unfold the lesson",

    cut_at: |time| format!("cut at {time}"),
    not_over: "Not over yet",
    film_stops: "the film stops at the question",
    before_answer: "This text is applied. The film stops before the API server answers.",
    opens_with_answer: "Opens with your answer, as does what would have changed it.",
    read_only: "read-only",
    faults_closed: "Faults open with Fix",
    faults_kept: "The task keeps what happens",
    answer: "Answer",
    show_me: "I don't know, show me",
    show_me_short: "I don't know",

    you_said: |guess| format!("You said **{guess}**"),
    it_was: |truth| format!("It was **{truth}**"),
    as_you_said: |truth| format!("It was **{truth}**, as you said"),
    stop: |number, of, at| format!("Stop {number} of {of}, at {at}"),
    next: "Next",
    to_fix: "Go to Fix",
    no_moment: "In this run that moment does not come.",

    goals: "Goals",
    seen: |seen| format!("seen **{seen}**"),
    reached: "reached",
    open: "open",
    no_run: "does not run",
    line_kept: "The task keeps this line",
    kept_lines: "The lines with a lock stay as they are",
    changed: "changed",
    hint: |number, of| format!("Hint {number} of {of}"),
    solution: "Show the solution",
    again: "Start again",

    your_guess: "Your guess",
    no_guess: "none, you had it shown",
    guess_was: |guess, truth| format!("**{guess}**, it was **{truth}**"),
    guess_right: |truth| format!("**{truth}**, and so it was"),
    your_change: "Changed",
    lines_changed: |lines, hints| {
        let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        match hints {
            0 => lines,
            1 => format!("{lines}, 1 hint"),
            _ => format!("{lines}, {hints} hints"),
        }
    },
    comma: ", ",
    solution_seen: "the solution was shown",
    real_life: "Real life",
    next_lesson: |title| format!("Next: {title}"),
    go_on_playing: "Go on playing",
    all_lessons: "All lessons",

    progress: |done, of| format!("{done} of {of}"),
    go_on: |title| format!("Continue: {title}"),
    begin: |title| format!("Begin: {title}"),
    states: ["new", "watched", "solved", "solution seen"],
    save: "Save progress",
    read: "Read progress or lessons",
    forget: "Forget",
    forget_really: "Forget all of it?",
    not_kept: "not kept",
    not_progress: "That file has neither progress nor lessons in it.",
    read_in: |lessons| {
        if lessons == 1 { "1 lesson was read.".to_owned() } else { format!("{lessons} lessons were read.") }
    },
    file: "job-playground-progress.json",

    fetching: "The lessons are being fetched.",
    not_fetched: "The lessons cannot be fetched now. Everything else works.",
    no_lesson: |id| format!("There is no lesson “{id}”. Learn lists all of them."),
    no_course: |id| format!("There is no course “{id}”. These are all of them."),
    door: "Show me, 1 min",
    as_a_lesson: "as a lesson",
    code: "This lesson, to be opened with a phone",
    answered: |truth| format!("The answer is: {truth}."),
    goals_told: |met, of| format!("{met} of {of} goals reached."),
};
