//! How much the product takes in and how long it goes on: all budgets in one table, so that no text, however it was made,
//! costs more than a page can bear. What a budget bounds says in words what was left out, and where. `docs/limits.md` is
//! the same table for readers; `tests/limits.rs` compares the two.
//!
//! Bounds of Kubernetes itself are not here but where they are checked (`docs/validation.md`).

// What is read of a text.

/// Bytes of a text. Kubernetes takes 3 MB in a request and keeps 1.5 MB of an object.
pub const TEXT_BYTES: usize = 1_000_000;
/// Lines of a text.
pub const TEXT_LINES: usize = 10_000;
/// Levels of collections in a document, aliases counted in. Real manifests have about fifteen; the bound keeps recursion
/// over a value within WebAssembly's stack of 1 MB.
pub const YAML_DEPTH: usize = 200;
/// Nodes that aliases and merge keys add to all documents of a text. go-yaml bounds only their share, and allows 4,000,000.
pub const ALIASED_NODES: usize = 100_000;
/// Bytes of keys and scalars that aliases and merge keys add to all documents of a text; go-yaml does not count them.
pub const ALIASED_BYTES: usize = 1_000_000;

/// Documents of a text, empty ones counted in: of a JSON stream thousands may stand in one line.
pub const DOCUMENTS: usize = 5_000;
/// Jobs and CronJobs of a text, items of Lists counted in.
pub const OBJECTS: usize = 1_000;
/// Lines of `inputs` of a Scenario.
pub const INPUTS: usize = 2_000;
/// Lines of `behaviors` of a Scenario: each run of a program goes through them until one applies.
pub const BEHAVIORS: usize = 1_000;

/// Nodes of a cluster, those of `nodeAdd` counted in: each pod is compared with each of them.
pub const NODES: usize = 1_000;
/// Labels, taints and amounts of all these nodes: a line with a `count` makes nodes that have all of its own each.
pub const NODE_FIELDS: usize = 100_000;
/// Lines of `cluster.images`, and of `cluster.missing`, and objects that pods name: each pod goes through them.
pub const INVENTORY_LINES: usize = 1_000;
/// Steps that are made to compare a glob with a name; beyond them it does not match.
pub const GLOB_STEPS: usize = 10_000;

/// Answers to the question of a Lesson.
pub const LESSON_OPTIONS: usize = 4;
/// Moments at which a Lesson stops.
pub const LESSON_STOPS: usize = 5;
/// Hints of a Lesson, in each language.
pub const LESSON_HINTS: usize = 3;
/// Languages of a Lesson or a Course.
pub const LESSON_LANGUAGES: usize = 20;
/// Texts of one kind in a language of a Lesson: of options, of stops, of goals.
pub const LESSON_TEXTS: usize = 60;
/// Lines of `about` and of `keep` of a Lesson.
pub const LESSON_LINES: usize = 100;
/// Checks of a Lesson, those in `all`, `any` and `not` counted in: each goes through the recording.
pub const LESSON_CHECKS: usize = 60;
/// Levels of `all`, `any` and `not` in a check; bounds the recursion.
pub const CHECK_DEPTH: usize = 8;
/// Lessons of a Course.
pub const COURSE_LESSONS: usize = 200;
/// Steps of the run of a Lesson: it is recorded anew while somebody writes it.
pub const LESSON_STEPS: usize = 20_000;
/// Pods of the run of a Lesson.
pub const LESSON_PODS: usize = 2_000;
/// Letters of a Lesson's link: what a chat and a slide still take.
pub const LESSON_LINK_LETTERS: usize = 8_000;

// What the console keeps.

/// Lines with what they printed.
pub const CONSOLE_ENTRIES: usize = 60;
/// Lines that can be called back, over visits.
pub const CONSOLE_HISTORY: usize = 200;
/// Bytes of what one command prints.
pub const CONSOLE_BYTES: usize = 200_000;
/// Lines of what one command prints that are shown; all are copied.
pub const CONSOLE_LINES: usize = 400;
/// Names below one line that lead somewhere.
pub const CONSOLE_LINKS: usize = 200;
/// Lines of a command that follows the playhead that are shown; all are copied.
pub const CONSOLE_FOLLOWED: usize = 150;
/// Nodes of the document that the console takes; older lines are copied, and not shown.
pub const CONSOLE_NODES: usize = 2_500;
/// Objects that one command of the page's console prints whole.
pub const CONSOLE_OBJECTS: usize = 300;

// What is said about a text.

/// What is wrong with the solution of a Lesson, said at one place.
pub const SOLUTION_FAULTS: usize = 20;
/// What is wrong with lessons that were handed out, as the page lists it.
pub const HANDED_FAULTS: usize = 60;
/// Fixes that are looked for in a text; findings behind them get theirs once these are applied.
pub const FIXES: usize = 300;
/// Bytes of text that are read again to check fixes, in all. Every finding is made at each key that is typed: this is some
/// 100 ms in a browser.
pub const FIXES_READ_BYTES: usize = 250_000;
/// Bytes of the API server's words that a remark quotes: a name in them may be as long as a text.
pub const QUOTE_BYTES: usize = 8_000;
/// Bytes of a document in which fixes of a refusal are tried out, in one piece.
pub const TRIED_BYTES: usize = 60_000;
/// Bytes of a document in which names and values are completed: it is looked through from its beginning at each letter.
pub const COMPLETED_BYTES: usize = 250_000;

// What is guessed of a command.

/// Bytes of a container's command and args together: a guess takes about a millisecond at most.
pub const COMMAND_BYTES: usize = 8_192;
/// Levels of nesting in a shell script and in an arithmetic expression; bounds the recursion.
pub const SHELL_DEPTH: usize = 30;
/// Steps of a shell script that are followed: commands, lists of commands and conditions, each round of a loop anew.
pub const SHELL_STEPS: u32 = 5_000;
/// Bytes of all words and variables that a shell script makes or copies, 16 more for each.
pub const SHELL_TEXT_BYTES: usize = 262_144;

// What is recorded.

/// Steps of a recording in the terminal.
pub const RECORDING_STEPS: usize = 2_000_000;
/// Pods of a recording in the terminal.
pub const RECORDING_PODS: usize = 1_000_000;
/// Jobs of a recording in the terminal.
pub const RECORDING_JOBS: usize = 100_000;
/// Jobs that the syncs of CronJobs look at beyond the first [`CRON_JOB_FREE_JOBS`] in each: a sync looks at every Job of its
/// CronJob and writes the active ones anew, as upstream's does, so thousands of them make every tick expensive.
pub const CRON_JOB_JOBS: usize = 10_000_000;
/// Jobs of a CronJob that cost nothing.
pub const CRON_JOB_FREE_JOBS: usize = 100;
/// Looks of the scheduler at a node, and at a pod on it where a pod asks about others: each attempt to find a node asks all
/// of them, and each of those that fit for its points.
pub const NODE_LOOKS: usize = 25_000_000;
/// Turns of a component of which nothing comes: a pod that waits for a node is tried again every few minutes, and when
/// another one ends.
pub const SILENT_TURNS: usize = 4_000_000;
/// Steps of a recording in the page, whose memory is smaller.
pub const PAGE_RECORDING_STEPS: usize = 500_000;
/// Pods of a recording in the page.
pub const PAGE_RECORDING_PODS: usize = 150_000;
/// Jobs of a recording in the page: each takes some 15 KB, more than twenty times as much as a pod.
pub const PAGE_RECORDING_JOBS: usize = 10_000;

// What the page draws. All of it together stays within [`PAGE_NODES`], whatever the text.

/// Nodes of the page's document, as `tests/browser/hostile.js` counts them.
pub const PAGE_NODES: usize = 6_000;
/// Milliseconds for which the page's thread is blocked at a time.
pub const PAGE_BLOCK_MILLIS: usize = 200;
/// Lanes of Jobs, their controllers and their pods; beyond it Jobs are cells, and one of them has its lanes.
pub const LANES: usize = 120;
/// Bars, dots and flags in all these lanes; beyond it as beyond [`LANES`].
pub const LANE_MARKS: usize = 360;
/// Lanes of CronJobs; beyond it they are cells, and one of them has its lane.
pub const CRON_LANES: usize = 20;
/// Marks of scheduled times in the lane of a CronJob, and twice that in all of them; beyond it they are cells, and the
/// marks one path.
pub const TICKS: usize = 60;
/// Inputs with a box each; beyond it they are cells, and one of them has its box.
pub const INPUT_BOXES: usize = 40;
/// Bars, restarts and back-offs in the rows of a Job; beyond it its rows are thin.
pub const ROW_MARKS: usize = 120;
/// Waits that are collapsed on the axis; of more of them only the longest are.
pub const BREAKS: usize = 60;
/// Pieces of drawn lines of the text that have a colour or an underline, two nodes each; lines behind them are drawn plain.
pub const COLOURED_PIECES: usize = 500;
/// Lines of each list of the cluster's table.
pub const CLUSTER_LINES: usize = 40;
/// Lines of the list of events.
pub const EVENT_LINES: usize = 120;
/// Bytes of a line of it. Kubernetes's own events have 1,024 bytes of words at most; a line of ours names what it is about.
pub const EVENT_LINE_BYTES: usize = 1_500;

// What a film tells. Of a longer run it has the whole picture, and the first moments.

/// Moments of a film.
pub const FILM_MOMENTS: usize = 300;
/// Rows of pods of a film.
pub const FILM_ROWS: usize = 60;

// What the page keeps of the user's texts, in a storage of some 5,000,000 letters in all.

/// Past texts of one's own that are kept.
pub const KEPT_TEXTS: usize = 20;
/// Bytes of all these, names counted in.
pub const KEPT_TEXTS_BYTES: usize = 1_500_000;
/// Texts that came with links and were changed.
pub const KEPT_LINKS: usize = 20;
/// Bytes of all these, their links counted in.
pub const KEPT_LINKS_BYTES: usize = 1_500_000;
/// Lessons whose progress is kept.
pub const PROGRESS_LESSONS: usize = 400;
/// Bytes of the edited text of a lesson that are kept.
pub const LESSON_TEXT_BYTES: usize = 20_000;
/// Bytes of a guess that are kept: what an option of a lesson is called.
pub const LESSON_GUESS_BYTES: usize = 200;
/// Bytes of the progress of all lessons, texts counted in.
pub const PROGRESS_BYTES: usize = 1_000_000;
/// Courses that were handed out and are kept.
pub const KEPT_COURSES: usize = 12;
/// Bytes of them all.
pub const KEPT_COURSES_BYTES: usize = 400_000;
/// Texts with their changes that are at hand while the page is open: one's own and those that came with links.
pub const TEXTS_AT_HAND: usize = 8;
/// Changes of a text that can be undone.
pub const UNDO_CHANGES: usize = 400;
/// Bytes of all texts that undo leads back to.
pub const UNDO_BYTES: usize = 20_000_000;

/// The beginning of a text, of at most so many bytes, without half a letter.
pub(crate) fn whole_letters(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

/// Leaves the beginning and the end of a text that is longer than so many bytes.
pub(crate) fn fold(text: &mut String, most: usize) {
    const GAP: &str = " … ";
    if text.len() <= most {
        return;
    }
    let letter_from = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let (start, end) = (letter_from(most / 2 - GAP.len()), letter_from(text.len() - most / 2));
    text.replace_range(start..end, GAP);
}
